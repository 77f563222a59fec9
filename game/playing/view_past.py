"""What has been, as plain data: the course of a game so far, and what everybody was seen to do last season."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from game.playing.season import Attempt
from game.playing.session import Session
from game.playing.view_of_one import tiles_of
from game.sim.actions import BLOCKED, DECLINED, DONE
from game.sim.units_told import unit_of
from game.telling import words
from game.telling.say import say

Data = dict[str, Any]  # JSON types only
MAIN = 3  # numbers that a level is about, at most so many
SEEN = {DONE: "done", BLOCKED: "blocked", DECLINED: "declined"}  # what anybody can see; other deeds were not tried


def course(session: Session) -> Data:
    """Return how the place has fared, the start first, and the lines of a chart of it as shares of its height."""
    history, names = session.history, session.model.layout.communities
    return {
        "seasons": [int(moment.season) for moment in history],
        "living": [moment.living for moment in history],
        "dials": {name: [moment.dials[name] for moment in history] for name in history[0].dials},
        "objective": [moment.objective for moment in history],
        "stores": {
            name: [moment.stores[place] for moment in history] for place, name in enumerate(names) if history[0].stores
        },
        "store": words.stock_word(session.model, session.roles.store) if session.roles.store else "",
        "store_full": _full_store(session),
        "lines": [*_stores(session), *_main(session)],
    }


def main_lines(session: Session, beside: Session | None = None) -> list[tuple[str, list[float]]]:
    """Return what the thick lines of a course tell, and their values as shares.

    They are what goals speak of on the land, else how far the place is on the
    way to what the level wants.  `beside` is a game with which they share their measure.
    """
    found = []
    whole = session.model.level.kind == "model"
    for name in session.charted[:MAIN]:
        values, plan = [moment.held[name] for moment in session.history], session.model.stocks[name]
        others = [moment.held[name] for moment in beside.history] if beside else []
        ends = (plan.low, plan.high) if plan.high <= 1.0 else (*values, *others)
        ends = _alike(session, name) if whole else ends
        found.append((words.stock_word(session.model, name).capitalize(), _shares(values, ends)))
    return found or [(say("chart.near_to_goals"), [float(moment.objective) for moment in session.history])]


def _alike(session: Session, name: str) -> tuple[float, ...]:
    """Return all values so far of the charted stocks of one unit: their lines have one scale."""
    model = session.model
    same = [one for one in session.charted[:MAIN] if unit_of(model, one) == unit_of(model, name)]
    return tuple(moment.held[one] for moment in session.history for one in same)


def _shares(values: Sequence[float], ends: Sequence[float]) -> list[float]:
    """Return values as shares of the way from 0, or the least of `ends` below it, to the greatest of them."""
    bottom, top = min(0.0, *ends), max(ends)
    return [float((value - bottom) / ((top - bottom) or 1.0)) for value in values]


def _full_store(session: Session) -> str:
    """Return what the full height of the chart is for stores: the most that a household had so far."""
    store = session.roles.store
    if not store:
        return ""
    most = max(max(moment.stores) for moment in session.history)
    return words.amount(float(most), unit_of(session.model, store))


def _stores(session: Session) -> list[Data]:
    """Return a line for the store of each household."""
    history, model, store = session.history, session.model, session.roles.store
    if not store:
        return []
    ends = [held for moment in history for held in moment.stores]
    return [
        {
            "of": "store",
            "household": one,
            "name": f"{words.people(model, one)}: {words.stock_word(model, store)}",
            "values": _shares([moment.stores[one] for moment in history], ends),
        }
        for one in range(len(model.layout.communities))
    ]


def _main(session: Session) -> list[Data]:
    """Return a line for each number that the level is about, and for the first one as it went the first time."""
    found = [
        {"of": "level", "household": None, "name": name, "values": values}
        for name, values in main_lines(session, session.origin)
    ]
    if session.origin is not None:
        _, values = main_lines(session.origin, session)[0]
        values = values[: len(session.history)]
        found.append({"of": "first time", "household": None, "name": say("chart.first_time"), "values": values})
    return found


def deeds(session: Session) -> list[Data]:
    """Return what everybody did last season and what became of it, as far as all can see it."""
    return [] if session.last is None else [_deed(session, one) for one in session.last.deeds if one.outcome in SEEN]


def _deed(session: Session, deed: Attempt) -> Data:
    """Return one deed: whose it is (numbers of households), towards which of the others, or on which tiles."""
    model = session.model
    candidate, mine = model.candidates[deed.candidate], model.layout.seats[deed.seat]
    towards = [candidate.target] if candidate.target >= 0 else [int(one) for one, yes in deed.said.items() if yes]
    return {
        "household": int(mine),
        "person": deed.seat in session.seats,
        "mode": model.actions[candidate.action].spec.mode,
        "name": words.action_name(model, candidate, True),
        "outcome": SEEN[deed.outcome],
        "agreed": any(deed.said.values()),
        "tiles": tiles_of(candidate),
        "towards": [int(one) for one in towards if one != mine],
    }
