"""How the others fare and why they act, as plain data."""

from __future__ import annotations

from typing import Any

from game.insight.without import Difference
from game.playing.faring import (
    Fares,
    counting,
    difference_words,
    fares_line,
    fares_words,
    faring_lines,
    note,
    size_of,
    summary,
    title,
    what_it_is,
)
from game.playing.motives import Motive, motives
from game.playing.session import Session
from game.sim.model import Model
from game.telling.lines import told

Data = dict[str, Any]  # JSON types only


def faring(session: Session) -> Data:
    """Return who is better and who is worse off through the one whose turn it is, as that person reads it."""
    return _faring(session, session.seat, session.me)


def farings(session: Session) -> list[Data]:
    """Return the same for each who plays, to be read together; where several do, nobody is called `you`."""
    seats = session.model.layout.seats
    return [_faring(session, seat, seats[seat] if len(session.seats) == 1 else -1) for seat in session.seats]


def _faring(session: Session, seat: int, reader: int) -> Data:
    """Return who is better and who is worse off through the one in a seat, and in what.

    It is worked out beside the game: until then `ready` is false and `counting` says so; `trouble` tells why it
    cannot be.  The land is a row of its own, without a household, where it lives otherwise.
    Before the first season there is no row; `summary` says by name who is better off and who is worse off.
    """
    model, mine = session.model, session.model.layout.seats[seat]
    work = session.fared.ask(seat) if session.world.season else None
    found = () if work is None else work.result or ()
    return {
        "ready": work is None or work.result is not None,
        "progress": 1.0 if work is None else float(work.progress),
        "trouble": "" if work is None else work.trouble,
        "title": title(model, mine, reader),
        "note": note(mine, reader),
        "counting": counting(model, mine, reader),
        "summary": summary(model, found, mine, reader) if found else "",
        "households": [_fares(model, one, reader) for one in found],
        "lines": [] if work is None else told(faring_lines(model, work, mine, reader)),
    }


def _fares(model: Model, one: Fares, me: int) -> Data:
    return {
        "household": None if one.community is None else model.layout.communities[one.community],
        "mine": one.community == me,
        "way": one.way,
        "line": fares_line(model, one, me),
        "text": fares_words(model, one),
        "differences": [_difference(model, each) for each in one.differences],
    }


def _difference(model: Model, one: Difference) -> Data:
    return {
        "kind": one.kind,
        "stock": one.of,
        "name": what_it_is(model, one),
        "here": float(one.here),
        "without": float(one.there),
        "size": size_of(model, one),
        "text": difference_words(model, one),
        "short": difference_words(model, one, True),
        "better": bool(one.better),
    }


def neighbours(session: Session) -> list[Data]:
    """Return what each neighbour wants, did last season and why, and what would change its mind, in sentences."""
    return [_motive(session, one) for one in motives(session)]


def _motive(session: Session, one: Motive) -> Data:
    return {
        "household": session.model.layout.communities[one.community],
        "wants": list(one.wants),
        "did": list(one.did),
        "change": list(one.change),
        "acted": bool(one.acted),
    }
