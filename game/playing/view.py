"""A game in play as plain data: all that a screen shows, and nothing that the one who plays may not know.

What comes out holds dictionaries, lists, texts, numbers, truth values and
None, so that any client can be sent it as JSON; decisions come back the same
way through `game.playing.decide`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import asdict
from itertools import combinations
from typing import Any

import numpy as np

from game.language.errors import ArgumentError
from game.level.schema import TileTarget
from game.playing.afterwards import afterwards
from game.playing.ending import Ending
from game.playing.finish import offer
from game.playing.forecast import Outlook
from game.playing.guide import Guide
from game.playing.numbers import Fact, facts
from game.playing.scenes import scenes
from game.playing.session import Session
from game.playing.standing import GoalStanding, banner, dials_standing, goals_standing, signs
from game.playing.story import Story
from game.playing.view_ahead import coming, forecast, loops, rulers
from game.playing.view_causes import lost
from game.playing.view_letters import asked, letters
from game.playing.view_of_one import actions, cards, households, icon_of, plan
from game.playing.view_of_others import faring, neighbours
from game.playing.view_past import course, deeds
from game.playing.view_report import checks, report
from game.playing.voices import voices
from game.sim.model import plots
from game.sim.observe import OUTCOME_NAMES
from game.sim.sight import seen
from game.telling import words
from game.telling.lines import Line, told
from game.telling.say import told_in

Data = dict[str, Any]  # JSON types only


EVERYBODYS: dict[str, Callable[[Session], Any]] = {
    "level": lambda session: _level(session),
    "actions": actions,
    "board": lambda session: _board(session),
    "goals": lambda session: [] if _is_model(session) else [_goal(session, one) for one in goals_standing(session)],
    "dials": lambda session: (
        [] if _is_model(session) else [asdict(one) | {"why": list(one.why)} for one in dials_standing(session)]
    ),
    "signs": lambda session: [asdict(one) for one in signs(session)],
    "stocks": lambda session: [
        {"id": name, "word": words.stock_word(session.model, name)}
        for name in (*session.model.level.stocks, *session.model.level.auxiliaries)
    ],
    "loops": loops,
    "course": course,
    "rulers": rulers,
    "deeds": deeds,
    "scenes": scenes,
    "outcome": lambda session: _outcome(session),
    "finish": lambda session: _finish(session),
    "seasons_over": lambda session: int(session.world.season),
}
OF_ONE: dict[str, Callable[[Session], Any]] = {
    "banner": lambda session: _banner(session),
    "letters": letters,
    "asked": asked,
    "households": households,
    "faring": faring,
    "neighbours": neighbours,
    "voices": voices,
    "facts": lambda session: [_fact(session, one) for one in facts(session)],
    "cards": cards,
    "plan": plan,
    "report": report,
    "messages": lambda session: _messages(session),
    "coming": coming,
}
NOBODYS: Data = {
    "banner": None,
    "asked": None,
    "plan": None,
    "coming": None,
    "faring": None,
    "forecast": None,
    "report": None,
    "checks": None,
    "note": "",
}  # else an empty list
PARTS = ("turn", *EVERYBODYS, *OF_ONE, "forecast", "checks", "note")


def view(
    session: Session,
    guide: Guide | None = None,
    covered: bool = False,
    outlook: Outlook | None = None,
    parts: Collection[str] = PARTS,
) -> Data:
    """Return what the person whose turn it is sees of a game.

    Parameters
    ----------
    session
        The game.
    guide
        The notes of a guided level, kept from season to season by whoever
        shows the game; without it no note is given.
    covered
        Whether the game is being handed over: then nothing that belongs to a
        person is in it (households, cards, plan, facts, messages are empty).
    outlook
        The forecasts of the game, kept by whoever shows it; without them none
        is given.  A forecast is dreamt beside the game: it is None until then.
    parts
        Which keys are asked for; by default all.

    Returns
    -------
    dict
        JSON types only; the keys are the same in every state of the game.

    Raises
    ------
    ArgumentError
        For a part that there is not.
    """
    if unknown := sorted(set(parts) - set(PARTS)):
        raise ArgumentError(f"a view has no part {unknown[0]!r}; it has {', '.join(PARTS)}")
    with told_in(session.model.level.seasons):
        return {name: _part(name, session, guide, covered, outlook) for name in PARTS if name in parts}


def _part(name: str, session: Session, guide: Guide | None, covered: bool, outlook: Outlook | None) -> Any:
    if name == "turn":
        return _turn(session, covered)
    if name in EVERYBODYS:
        return EVERYBODYS[name](session)
    if covered:
        return NOBODYS.get(name, [])
    if name == "forecast":
        return forecast(session, outlook) if outlook else None
    if name == "checks":
        return checks(session, outlook) if outlook else None
    if name == "note":
        return guide.text() if guide else ""
    return OF_ONE[name](session)


def _turn(session: Session, covered: bool) -> Data:
    """Return whose turn it is, and whether the game is being handed over to them."""
    return {
        "seat": session.seat,
        "household": words.people(session.model, session.me),
        "name": words.people(session.model, session.me),
        "whole_name": session.model.level.communities[session.model.layout.communities[session.me]].name,
        "people": len(session.seats),
        "last": session.turn + 1 == len(session.seats),
        "answering": session.answering,
        "covered": covered,
    }


def _banner(session: Session) -> Data:
    found = banner(session)
    return asdict(found) | {"has": [asdict(one) for one in found.has]}


def _is_model(session: Session) -> bool:
    """Whether it is a model without a game: it has no goals, and nobody whose power could do harm."""
    return session.model.level.kind == "model"


def _level(session: Session) -> Data:
    level, model = session.model.level, session.model
    season = min(session.world.season + 1, model.seasons)
    return {
        "id": level.id,
        "title": level.title,
        "promise": level.promise,
        "by": words.by_whom(level.author, level.licence),
        "opening": level.opening,
        "lesson": level.lesson,
        "sound": level.sound,
        "season": int(season),
        "seasons": int(model.seasons),
        "season_name": words.season_name(season),
        "guided": bool(level.guide),
        "model": _is_model(session),
        "seats": [level.communities[seat].name for seat in level.seats],
    }


def _board(session: Session) -> Data:
    """Return the land: terrain, whose it is, and what lies on it; None where a stock cannot be or nobody sees it.

    `living` is the stock that tells how the land is doing, `trust` and
    `grievance` those that people have for each other (None where there is no
    such stock), `fenced` where one household keeps to itself what several
    could use at first, `plots` the squares of `area` tiles a side that places
    are called by.
    """
    model, world = session.model, session.world
    layout, level = model.layout, model.level
    names = list(layout.communities)
    uses = world.uses[:, 0, :, :, 0] > 0.0
    closed = (uses.sum(axis=0) == 1) & (model.uses_start[:, 0, :, :, 0].sum(axis=0) > 1)
    grounds = [plan.spec.target for plan in model.actions.values() if isinstance(plan.spec.target, TileTarget)]
    squares = plots(layout, grounds[0]) if grounds else []
    stocks = {}
    for name, spec in level.stocks.items():
        if spec.place == "tile":
            live = np.broadcast_to(model.stocks[name].live[0, 0, :, :, 0] > 0.0, (layout.rows, layout.columns))
            there = live & seen(model, world, name)[0, 0, :, :, 0]
            held = np.where(there, world.stock[name][0, 0, :, :, 0], np.nan)
            stocks[name] = {
                "name": words.stock_word(model, name),
                "unit": spec.unit,
                "empty": float(model.stocks[name].low),
                "full": float(model.stocks[name].high) if np.isfinite(model.stocks[name].high) else None,
                "values": [[None if np.isnan(value) else float(value) for value in row] for row in held],
            }
    return {
        "rows": int(layout.rows),
        "columns": int(layout.columns),
        "terrain": [list(row) for row in layout.terrain_yx],
        "terrains": {
            name: {"name": spec.name or name.replace("_", " "), "plain": spec.plain}
            for name, spec in level.terrains.items()
        },
        "stocks": stocks,
        "living": session.roles.living,
        "trust": session.roles.trust,
        "grievance": session.roles.grievance,
        "area": int(grounds[0].area) if grounds else 0,
        "plots": [{"name": name, "tiles": np.argwhere(mask[0, 0, :, :, 0] > 0).tolist()} for name, mask in squares],
        "ties": _ties(session),
        "users": [
            [[names[one] for one in np.flatnonzero(uses[:, row, column])] for column in range(layout.columns)]
            for row in range(layout.rows)
        ],
        "fenced": [[bool(one) for one in row] for row in closed],
    }


def _fact(session: Session, fact: Fact) -> Data:
    names = session.model.layout.communities
    return {
        "stock": fact.stock,
        "household": None if fact.community is None else names[fact.community],
        "icon": icon_of(session, fact.stock),
        "title": fact.title,
        "value": fact.value,
        "detail": fact.detail,
        "short": bool(fact.short),
        "way": int(fact.way),
    }


def _goal(session: Session, one: GoalStanding) -> Data:
    """Return how a goal stands; `stock` is what it is about, with its picture and its name."""
    now, needed, share = one.measured or ("", "", 0.0)
    return {
        "plain": one.plain,
        "stock": one.about,
        "icon": icon_of(session, one.about),
        "name": words.capital(words.stock_word(session.model, one.about)) if one.about else "",
        "streak": one.streak,
        "needed": one.in_a_row,
        "reached": one.done,
        "late": one.late,
        "state": None
        if one.measured is None
        else {"now": now, "needed": needed, "share": float(share), "least": one.least},
    }


def _ties(session: Session) -> list[Data]:
    """Return how far each two households trust each other, as everybody sees it on the board."""
    names, trust = session.model.layout.communities, session.roles.trust
    if trust is None:
        return []
    held = session.world.stock[trust][:, :, 0, 0, 0]
    return [
        {"between": [names[one], names[two]], "trust": float(held[one, two] + held[two, one]) / 2.0}
        for one, two in combinations(range(len(names)), 2)
    ]


def _messages(session: Session) -> list[Data]:
    """Return what the last season brought, as this person may read it."""
    if session.last is None:
        return []
    return told(Story(session, on_board=True, seats=(session.seat,)).season(session.last))


def _finish(session: Session) -> Data:
    """Return whether the game can be ended now with its win, and what is at stake; `new` when it is so first."""
    possible = session.may_finish
    return {
        "possible": possible,
        "new": session.finish_is_new,
        "text": offer(session.model, session.world) if possible else "",
    }


def _outcome(session: Session) -> Data:
    """Return whether the game is over, how it ended, and the sentences of its end.

    `became` is what the place was and is; `force` and `deeds` tell whether there is anything to look back on: force
    by anybody, deeds of the first player.
    """
    verdict_lines: list[Line] = []
    question_lines: list[Line] = []
    courses: list[Data] = []
    decisive: list[str] = []
    verdicts: list[tuple[bool, str]] = []
    became, force = "", False
    left: list[Data] = []
    level = session.model.level
    if session.over:
        ending = Ending(session)
        verdict_lines, question_lines, decisive = ending.verdicts(), ending.questions(), ending.decisive()
        courses = [asdict(one) | {"values": [float(value) for value in one.values]} for one in ending.courses()]
        verdicts = [ending.verdict(index) for index in range(len(level.goals))]
        became, force = ending.became(), ending.force()
        left = [asdict(one) | {"values": list(one.values)} for one in afterwards(session.model, session.world)]
    return {
        "over": session.over,
        "name": OUTCOME_NAMES[int(session.world.outcome[0])],
        "season": int(session.world.outcome_season[0]) if session.over else None,
        "verdicts": told(verdict_lines),
        "courses": courses,
        "questions": told(question_lines),
        "decisive": decisive,
        "afterwards": left,
        "afterwards_plain": level.afterwards.plain if level.afterwards and session.over else "",
        "goals": [{"met": bool(met), "text": text} for met, text in verdicts],
        "talk": list(level.talk) if session.over else [],
        "why": level.lost_when.plain if session.over and level.lost_when else "",
        "became": became,
        "force": force,
        "deeds": any(deed.seat == session.seats[0] for deed in session.tried),
        "branch": session.origin is not None,
        "lost": lost(session) if session.over else [],
    }
