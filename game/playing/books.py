"""The books of a game, line by line: what fills and empties a stock, what moves a state, what weighs in an action."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from game.insight.accounts import Account, Place, StateAccount, why_flows, why_state
from game.insight.reasons import answers, caution, why_not
from game.insight.vigilance import HARMLESS
from game.insight.watchfulness import Care, care_now
from game.language.errors import ArgumentError
from game.language.suggest import did_you_mean
from game.level.schema import TerrainTarget, TileTarget
from game.playing.derived import why_derived
from game.playing.motives import motive_of
from game.playing.numbers import pace_lines
from game.playing.session import Session
from game.sim.layout import map_rows
from game.sim.model import plots
from game.sim.totals import Floats
from game.sim.world import World
from game.telling import consent, words
from game.telling.care import care_lines, care_notes
from game.telling.lines import Line
from game.telling.say import say, told_in

MOST_PARTS = 6
LEAST = 1  # digits after the point of what is worth a line
LEAST_PULL = 0.01

Question = Mapping[str, object]


def books(session: Session, question: Question) -> list[Line]:
    """Return the books of what is asked about.

    Parameters
    ----------
    session
        The game; what the one whose turn it is may not know is not told.
    question
        `{"about": "land"}`, `{"about": "plot", "plot": name}`, `{"about": "household", "household": id}`,
        `{"about": "stock", "stock": id}`, `{"about": "tile", "row": n, "column": n}` with places from 0,
        `{"about": "action", "option": id}` with the id of a choice.

    Raises
    ------
    ArgumentError
        For something that has no books, and where a key is missing or names nothing.
    """
    about = question.get("about")
    if not isinstance(about, str) or about not in ABOUT:
        hint = did_you_mean(about, ABOUT) if isinstance(about, str) else ""
        raise ArgumentError(f'there are no books of {about!r}: write one of {", ".join(ABOUT)} into "about"{hint}')
    with told_in(session.model.level.seasons):
        return ABOUT[about](session, question)


def _one_of(question: Question, key: str, names: Mapping[str, object]) -> str:
    name = question.get(key)
    if not isinstance(name, str) or name not in names:
        raise ArgumentError(f"there is no {key} {name!r}; there are {', '.join(names)}")
    return name


def _land(session: Session, question: Question) -> list[Line]:
    return _growing(session, Place(), say("why.everywhere"))


def _plot(session: Session, question: Question) -> list[Line]:
    squares = _plots(session)
    name = _one_of(question, "plot", squares)
    place = Place(tiles=squares[name])
    return [
        Line(say("why.plot", plot=name)),
        _users(session, squares[name]),
        *_growing(session, place, say("why.in_plot", plot=name)),
    ]


def _plots(session: Session) -> dict[str, Floats]:
    targets = (plan.spec.target for plan in session.model.actions.values())
    ground = next((one for one in targets if isinstance(one, TileTarget)), None)
    return {} if ground is None else dict(plots(session.model.layout, ground))


def _growing(session: Session, place: Place, where: str) -> list[Line]:
    """Return the books of what grows, at a place."""
    if session.roles.living is None:
        return [Line(say("why.nothing_grows"))]
    return _account(
        session, why_flows(session.model, session.world, session.roles.living, place, _before(session)), where
    )


def _before(session: Session) -> World | None:
    return session.last.before if session.last else None


def _account(session: Session, found: Account, where: str) -> list[Line]:
    """Return the books of a matter stock in words: what it holds, what came, what went, where it leads."""
    name = words.stock_word(session.model, found.stock).capitalize()
    held = {
        "stock": say("why.at", stock=name, where=where) if where else name,
        "amount": words.amount(found.held, found.unit),
    }
    plan = session.model.stocks[found.stock]
    if found.full and plan.place == "tile" and plan.low >= 0.0:
        lines = [Line(say("why.holds_of_full", share=words.percent(found.held / found.full), **held))]
    else:
        lines = [Line(say("why.holds", **held))]
    if session.world.season == 0:
        return [*lines, Line(say("why.not_yet"))]
    lines += _entries(session, found, 1.0) + _entries(session, found, -1.0)
    net = words.together(_told(found), found.unit)
    evened = words.is_nothing(net)
    lines.append(Line(say("why.evened_out") if evened else say("why.together", amount=net), place="inset"))
    return lines + [Line(line, place="inset") for line in pace_lines(found, found.stock == session.roles.living)]


def _entries(session: Session, found: Account, sign: float) -> list[Line]:
    model, lines = session.model, []
    for entry in found.feeds if sign > 0 else found.drains:
        if round(entry.amount, LEAST) == 0:
            continue
        amount = words.signed(sign * entry.amount, found.unit)
        moved = {"flow": words.stock_word(model, entry.name), "amount": amount}
        text = say("why.moved", **moved)
        if len(entry.by) > 1 or (entry.by and len(model.layout.communities) > 1):
            people = [f"{words.people(model, one)} {number:.1f}" for one, number in entry.by[:MOST_PARTS]]
            text = say("why.moved_by", people=", ".join(people), **moved)
        lines.append(Line(text, place="inside"))
    return lines


def _told(found: Account) -> list[float]:
    """Return what came (above 0) and went (below 0) that has a line of its own."""
    moved = [*(one.amount for one in found.feeds), *(-one.amount for one in found.drains)]
    return [number for number in moved if round(number, LEAST) != 0]


def _household(session: Session, question: Question) -> list[Line]:
    """Return what fills and empties a barn, and what moves how its people feel."""
    model, world, roles = session.model, session.world, session.roles
    community = model.layout.community_index[_one_of(question, "household", model.layout.community_index)]
    mine, lines = community == session.me, []
    if roles.store:
        found = why_flows(model, world, roles.store, Place(community), _before(session))
        whose = words.whose(model, community, -1)
        lines += _account(session, found, say("why.your_barn") if mine else say("why.barn_of", whose=whose))
    for name in (*roles.counted, roles.grievance, *((roles.rest, roles.days) if mine else ())):
        if name:
            lines += _state(session, why_state(model, world, name, Place(community)), "")
    if not mine and roles.trust:
        lines += _state(session, why_state(model, world, roles.trust, Place(community, session.me)), say("why.in_you"))
    moved = motive_of(session, community)
    return lines + [Line(line, place="entry") for line in (() if moved is None else moved.lines)]


def _state(session: Session, found: StateAccount, where: str) -> list[Line]:
    """Return what moves a state, strongest first; of what an agreement sets, what it is set to."""
    name = words.stock_word(session.model, found.stock).capitalize()
    name = say("why.at", stock=name, where=where) if where else name
    if _not_agreed(session, found.stock):
        return [Line(say("why.nothing_agreed", stock=name))]
    value, lines = words.amount(found.value, found.unit), []
    for pull in found.pulls:
        nothing = words.amount(abs(pull.amount), found.unit) == words.amount(0.0, found.unit)
        if nothing or round(abs(pull.amount), 2) < LEAST_PULL:
            continue
        pulled = {"reason": pull.plain, "amount": words.signed(pull.amount, found.unit)}
        merged: dict[str, float] = {}
        for names, number in pull.parts:
            said = ", ".join(words.stock_word(session.model, one) for one in names) or say("why.always")
            merged[said] = merged.get(said, 0.0) + number
        parts = "; ".join(f"{said} {number:+.2f}" for said, number in merged.items())
        text = say("why.pull_for", parts=parts, **pulled) if len(merged) > 1 else say("why.pull", **pulled)
        lines.append(Line(text, place="inside"))
    return [Line(say("why.state" if lines else "why.state_unmoved", stock=name, value=value)), *lines]


def _not_agreed(session: Session, stock: str) -> bool:
    """Return whether a stock is what agreements set, and the person is in none of them."""
    actions, member = session.model.level.actions, session.world.member
    setting = [name for name, spec in actions.items() if spec.lasts and stock in spec.lasts.sets]
    return bool(setting) and not any(name in member and member[name][session.me].any() for name in setting)


def _stock(session: Session, question: Question) -> list[Line]:
    """Return what moves a stock: on the land, in one's own household, or towards oneself; of an auxiliary its rule."""
    model, world, me = session.model, session.world, session.me
    name = _one_of(question, "stock", {**model.level.stocks, **model.level.auxiliaries})
    if name in model.level.auxiliaries:
        return [Line(line) for line in why_derived(session, name)]
    stock = model.level.stocks[name]
    lines = [Line(stock.plain)]
    if stock.kind == "matter":
        place = Place(me) if stock.place == "community" else Place()
        where = {"community": say("why.with_you"), "tile": say("why.everywhere")}.get(stock.place, "")
        return lines + _account(session, why_flows(model, world, name, place, _before(session)), where)
    if stock.place != "relation":
        place = Place(None if stock.place == "tile" else me)
        return lines + _state(session, why_state(model, world, name, place), "")
    for other in range(len(model.layout.communities)):
        if other != me:
            found = why_state(model, world, name, Place(other, me))
            lines += _state(session, found, say("why.and_you", who=words.people(model, other)))
    return lines


def _users(session: Session, mask: Floats) -> Line:
    used = (session.world.uses * mask).sum(axis=(2, 3))[:, 0, 0]
    who = [words.people(session.model, int(index)) for index in np.flatnonzero(used > 0)]
    return Line(say("why.used_by", who=words.joined(who)) if who else say("why.used_by_nobody"))


def _tile(session: Session, question: Question) -> list[Line]:
    """Return what is known of one tile."""
    model, level, layout = session.model, session.model.level, session.model.layout
    row, column = (question.get(name) for name in ("row", "column"))
    if not isinstance(row, int) or not isinstance(column, int) or not (
        0 <= row < layout.rows and 0 <= column < layout.columns
    ):  # fmt: skip
        return [Line(say("why.map_size", columns=layout.columns, rows=layout.rows))]
    mask = np.zeros((1, 1, layout.rows, layout.columns, 1))
    mask[0, 0, row, column, 0] = 1.0
    terrain = layout.terrain_yx[row][column]
    plot = next((name for name, square in _plots(session).items() if square[0, 0, row, column, 0]), "")
    ground = {"x": column + 1, "y": row + 1, "terrain": terrain, "plain": level.terrains[terrain].plain}
    lines = [Line(say("why.tile_in_plot", plot=plot, **ground) if plot else say("why.tile", **ground))]
    home = level.map.legend[list(map_rows(level))[row][column]].home
    if home:
        return [*lines, Line(say("why.home", household=words.within(level.communities[home].name)))]
    values = [
        f"{words.stock_word(model, name)} {float(session.world.stock[name][0, 0, row, column, 0]):.2f}"
        for name, stock in level.stocks.items()
        if stock.place == "tile" and layout.live[name][0, 0, row, column, 0]
    ]
    lines.append(Line(", ".join(values), place="inset"))
    living = session.roles.living
    return [*lines, _users(session, mask)] if living and terrain in level.stocks[living].on else lines


def _action(session: Session, question: Question) -> list[Line]:
    """Return everything that speaks for and against an action."""
    model, world, seat = session.model, session.preview().world, session.seat
    choices = {one.choice: index for index, one in enumerate(model.candidates) if one.amount is None}
    index = choices[_one_of(question, "option", choices)]
    candidate = model.candidates[index]
    plan = model.actions[candidate.action]
    lines = [
        Line(say("why.action", action=words.action_name(model, candidate))),
        Line(plan.spec.plain, place="inset"),
    ]
    found = why_not(model, world, seat, index)
    if found:
        lines.append(Line(say("why.not_now", reason=words.obstacle(model, found)), place="inset"))
    for text in words.caution(model, caution(model, world, seat, index), _ground(plan.spec.target)):
        lines.append(Line(text, place="warning"))
    if plan.spec.mode == "over":
        lines += _care(care_now(model, world, seat, candidate))
    for text in consent.answers(model, answers(model, world, seat, index, knowing=session.world)):
        lines.append(Line(text, place="inside"))
    for item in plan.spec.later:
        later = say("why.later", seasons=words.turns(item.after), what=item.plain)
        lines.append(Line(later, place="inside"))
    if plan.accepts is not None:
        lines.append(Line(say("why.rule", rule=str(plan.spec.accepts).replace("_", " ")), place="inside"))
    return lines


def _ground(target: object) -> str:
    match target:
        case TileTarget():
            return target.tiles
        case TerrainTarget():
            return target.all
        case _:
            return "land"


def _care(care: Care) -> list[Line]:
    """Return the meter of vigilance, what is in force, and what is left to beware of."""
    if care.usual < HARMLESS:
        return []
    return [
        Line(" ".join(care_lines(care)), place="warning", share=care.now),
        *(Line(text, place="yes") for text in care_notes(care)),
        *(Line(text, place="warning") for text in care.sentences),
    ]


ABOUT: dict[str, Callable[[Session, Question], list[Line]]] = {
    "land": _land,
    "plot": _plot,
    "household": _household,
    "stock": _stock,
    "tile": _tile,
    "action": _action,
}
