"""The courses of a game's numbers as lines of a chart."""

from __future__ import annotations

from game.playing.session import Session
from game.screen.kit.chart import MAIN_COLOURS, MAIN_SIGNS, SIGNS, Line
from game.screen.kit.ui import Ui
from game.telling import words


def main_lines(session: Session, beside: Session | None = None) -> list[tuple[str, list[float]]]:
    """Return what the thick lines of a course tell, and their values as shares.

    They are what goals speak of on the land, else how far the place is on the
    way to what the level wants.  `beside` is a game with which they share their measure.
    """
    found = []
    for name in session.charted[: len(MAIN_SIGNS)]:
        values, full = [moment.held[name] for moment in session.history], session.model.stocks[name].high
        others = [moment.held[name] for moment in beside.history] if beside else []
        top = full if full <= 1.0 else max([*values, *others]) or 1.0
        found.append((words.stock_word(session.model, name).capitalize(), [value / top for value in values]))
    return found or [("How near it is to the goals", [moment.objective for moment in session.history])]


def chart_lines(ui: Ui, session: Session) -> list[Line]:
    """Return the lines of the course so far: each store, then what the level is about, thick."""
    history, roles, model = session.history, session.roles, session.model
    lines: list[Line] = []
    if roles.store:
        top, store = max(max(moment.stores) for moment in history) or 1.0, words.stock_word(model, roles.store)
        for one in range(len(model.layout.communities)):
            values = [moment.stores[one] / top for moment in history]
            name = f"{words.people(model, one)}: {store}"
            lines.append(Line(name, values, ui.colours.household(one), False, SIGNS[one % len(SIGNS)]))
    for (name, values), colour, sign in zip(
        main_lines(session, session.origin), MAIN_COLOURS, MAIN_SIGNS, strict=False
    ):
        lines.append(Line(name, values, ui.colours[colour], True, sign))
    if session.origin is not None:
        for _, values in main_lines(session.origin, session)[:1]:
            lines.append(Line("The first time", values[: len(history)], ui.colours["faint"], True, "ring"))
    return lines
