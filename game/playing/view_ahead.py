"""The time to come, as plain data: what is on its way, what may come of the plan, the loops that pull."""

from __future__ import annotations

from typing import Any

import numpy as np

from game.insight.coming import pipeline
from game.players.forecast import Fan
from game.playing.forecast import Outlook, Prospect, because
from game.playing.session import Session
from game.telling import words
from game.telling.coming import belief_line, lines, rows
from game.telling.loops import Shown, arrows, shown, tiles_of

Data = dict[str, Any]  # JSON types only


def coming(session: Session) -> Data:
    """Return what is on its way: in sentences, and as rows of a line of time."""
    model, found = session.model, pipeline(session.model, session.world)
    return {
        "sentences": lines(model, found, session.me),
        "rows": [
            {
                "icon": row.picture,
                "title": row.title,
                "plain": row.plain,
                "mine": row.mine,
                "until": None if row.until is None else int(row.until),
                "marks": [{"season": int(season), "text": text, "full": full} for season, text, full in row.marks],
                "course": [float(value) for value in row.course],
            }
            for row in rows(model, found, session.me)
        ],
        "beliefs": [belief_line(model, one, session.me) for one in found.beliefs],
    }


def forecast(session: Session, outlook: Outlook) -> Data:
    """Return what may come of the plan so far: for each number foreseen its course, and what the plan adds to it.

    Until it is dreamt `ready` is false; `trouble` tells why it cannot be.
    """
    work = outlook.ask(session.plan)
    found = work.result or ()
    return {
        "ready": work.result is not None,
        "trouble": work.trouble,
        "numbers": [_prospect(session, one) for one in found],
        "because": because(session.model, found),
    }


def _prospect(session: Session, one: Prospect) -> Data:
    names, whose = session.model.layout.communities, one.number.community
    return {
        "stock": one.number.stock,
        "household": None if whose is None else names[whose],
        "title": one.number.title,
        "text": one.text,
        "course": _fan(one.course),
        "gain": _fan(one.gain),
    }


def _fan(fan: Fan) -> Data:
    """Return the band that most dreams fill and their middle, a value for each season from the one planned on."""
    return {"low": fan.low.tolist(), "middle": fan.middle.tolist(), "high": fan.high.tolist()}


def loops(session: Session) -> Data:
    """Return the loops worth a picture, strongest first, and the arrows they are made of."""
    chosen = shown(session.model, session.loops())
    return {
        "loops": [_loop(session, one) for one in chosen],
        "arrows": [
            {
                "from": arrow.source,
                "to": arrow.target,
                "rising": arrow.rising,
                "pull": float(arrow.pull),
                "delay": float(arrow.delay),
            }
            for arrow in arrows(chosen).values()
        ],
    }


def _loop(session: Session, one: Shown) -> Data:
    tiles = tiles_of(session.model, session.world, one.loop)
    return {
        "mark": one.mark,
        "name": one.name,
        "text": one.text,
        "kind": one.loop.kind,
        "strength": float(one.loop.score),
        "stocks": [{"stock": name, "name": words.stock_word(session.model, name)} for name in one.loop.members],
        "falls_on": list(one.falls_on),
        "wears_off": bool(one.loop.wears_off),
        "delay": float(one.loop.delay),
        "tiles": None if tiles is None else [[int(row), int(column)] for row, column in np.argwhere(tiles)],
    }
