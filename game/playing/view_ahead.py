"""The time to come, as plain data: what is on its way, what may come of the plan, the loops that pull."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from game.insight.coming import pipeline
from game.insight.loops import REINFORCING
from game.players.forecast import DREAMS, Fan
from game.players.standstill import Stopped
from game.playing.forecast import Outlook, Prospect, because
from game.playing.session import Session
from game.playing.standing import Sign, signs
from game.playing.standstill import (
    Ahead,
    ahead,
    course_in_words,
    drain_line,
    full_measure,
    goal_lines,
    in_short,
    numbers_of,
    soon_in_words,
)
from game.telling import words
from game.telling.coming import belief_line, lines, rows
from game.telling.loops import Shown, arrows, key_of, name_of, runs, shown, tiles_of
from game.telling.say import say

Data = dict[str, Any]  # JSON types only


def coming(session: Session) -> Data:
    """Return what is on its way: in sentences, and as rows of a line of time."""
    model, found = session.model, pipeline(session.model, session.world)
    # Nothing comes after the last season.
    announced = [] if session.over else [one for one in signs(session) if not one.here]
    told = [] if found.empty and announced else lines(model, found, session.me)
    return {
        "empty": bool(found.empty) and not announced,
        "sentences": [f"{one.text} {one.plain}".strip() for one in announced] + told,
        "rows": [_announced(session, one) for one in announced]
        + [
            {
                "icon": row.picture,
                "title": row.title,
                "short": row.title,
                "plain": row.plain,
                "mine": row.mine,
                "until": None if row.until is None else int(row.until),
                "marks": [{"season": int(season), "text": text, "full": full} for season, text, full in row.marks],
                "course": [float(value) for value in row.course],
            }
            for row in rows(model, found, session.me)
        ],
        "beliefs": [belief_line(model, one, session.me) for one in found.beliefs],
        "numbers": [number.title for number in numbers_of(session)],
    }


def _announced(session: Session, sign: Sign) -> Data:
    """Return the row of an event that may come next season."""
    odds, season = words.odds(sign.odds), int(session.world.season) + 1
    mark = {"season": season, "text": odds, "full": say("coming.may_come", event=sign.name, odds=odds)}
    return {
        "icon": sign.icon, "title": sign.text, "short": sign.short, "plain": sign.plain, "mine": True,
        "until": None, "marks": [mark], "course": [],
    }  # fmt: skip


def stopped(session: Session, found: Stopped) -> Data:
    """Return what would come if everyone stopped now: the course of each number, and what becomes of each goal."""
    return {
        "numbers": [_ahead(session, ahead(session, number, found)) for number in numbers_of(session)],
        "goals": [{"met": met, "text": text} for met, text in goal_lines(session.model, found)],
        "games": DREAMS,
        "short": in_short(found) if session.model.level.goals else "",
    }


def _ahead(session: Session, one: Ahead) -> Data:
    """Return a number as it was and would go on, with its full measure, and what its chart and its sentences say."""
    model, number, full = session.model, one.number, full_measure(session.model, one)
    told = (course_in_words(model, one, session.world.season), drain_line(session, one))
    return {
        "stock": "" if number.dial else number.stock,
        "title": number.title,
        "past": [float(value) for value in one.past],
        **_fan(one.fan),
        "full": float(full),
        "full_told": number.text(model, full),
        "none_told": number.text(model, 0.0),
        "goal": None if number.goal is None else float(number.goal),
        "goal_told": "" if number.goal is None else number.text(model, number.goal),
        "sentences": [line for line in told if line],
        "soon": soon_in_words(model, one),
    }


def forecast(session: Session, outlook: Outlook) -> Data:
    """Return what may come of the plan so far: for each number foreseen its course, and what the plan adds to it.

    Until it is dreamt `ready` is false; `trouble` tells why it cannot be.
    """
    work = outlook.ask(session.plan)
    found = work.result if work.finished else None
    return {"ready": found is not None, "trouble": work.trouble, **foretold(session, found or ())}


def foretold(session: Session, found: Sequence[Prospect]) -> Data:
    """Return what may come of a plan, for each number foreseen, over how many seasons, and why it is not surer."""
    return {
        "numbers": [_prospect(session, one) for one in found],
        "seasons": len(found[0].gain.values) if found else 0,
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
        "id": one.loop.id,
        "mark": one.mark,
        "name": one.name,
        "text": one.text,
        "kind": one.loop.kind,
        "reinforcing": one.reinforcing,
        "kind_told": one.kind_words,
        "strength": float(one.loop.score),
        "stocks": [_stock(session, name) for name in one.loop.members],
        "arrows": [
            {"from": source, "to": target, "rising": rising}
            for source, target, rising in (key_of(link) for link in one.loop.links)
        ],
        "falls_on": list(one.falls_on),
        "wears_off": bool(one.loop.wears_off),
        "delay": float(one.loop.delay),
        "tiles": None if tiles is None else [[int(row), int(column)] for row, column in np.argwhere(tiles)],
    }


def _stock(session: Session, name: str) -> Data:
    return {"stock": name, "name": words.stock_word(session.model, name), "icon": session.model.level.stocks[name].icon}


def rulers(session: Session) -> list[Data]:
    """Return which loop ruled when, a row for each run of seasons (from 1); None stands where none did.

    Seasons are looked through a few at a time, whenever it is asked for.
    """
    return [
        {
            "first": first + 1,
            "last": last + 1,
            "loop": None
            if loop is None
            else {"name": name_of(session.model, loop), "reinforcing": loop.kind == REINFORCING},
        }
        for first, last, loop in runs(session.rulers())
    ]
