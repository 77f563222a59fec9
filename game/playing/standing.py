"""How a game stands, besides its numbers: each goal, the dials, and the events that last or are announced."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.insight.terms import names_in
from game.playing.numbers import compares_least, goal_state
from game.playing.session import Session
from game.sim.dials import dial_parts
from game.sim.frame import Frame
from game.sim.sight import as_seen, unseen
from game.sim.units_told import unit_of
from game.telling import words
from game.telling.say import say

STEADY = 0.005  # of a dial: a change below it is none
WORN_OUT, TIRED = 0.3, 0.6  # of rest: below the first, and below the second


@dataclass(frozen=True)
class Amount:
    """How much there is of a stock, its unit in the text; `needed` is what is used up in a season, "" where unknown."""

    stock: str
    name: str
    amount: float
    text: str
    needed: str = ""
    held: str = ""  # the text with the name before it, unless the unit says it


@dataclass(frozen=True)
class Banner:
    """The state of things in short, for one household.

    `living` is how full of life the land is, 0 to 1, and `change` how much
    that moved last season (None before the first); `has` are the store and
    what is counted; `rest` is how rested people are, 0 to 1, and `rested` the
    word for it.
    """

    season: int  # from 1
    seasons: int
    season_name: str
    living_name: str  # "" where nothing lives
    living: float
    change: float | None
    household: str
    has: tuple[Amount, ...]
    days: Amount | None
    rest: float | None
    rested: str


@dataclass(frozen=True)
class GoalStanding:
    """One goal: how long it has held and must hold, whether it is reached or too late, and what it compares.

    `measured` is (now, needed, share reached), None where the goal is no
    plain comparison or no season has passed.  `least` is whether that is the
    least of several, each of which must reach it.
    """

    plain: str
    streak: int
    in_a_row: int
    done: bool
    late: bool
    measured: tuple[str, str, float] | None
    least: bool
    about: str = ""  # the stock or flow it speaks of first


@dataclass(frozen=True)
class DialStanding:
    """One dial, 0 fine to 1 worst, and which way it moved: -1 down, 0 hardly, 1 up; `why` has a sentence a part."""

    name: str
    value: float
    way: int
    why: tuple[str, ...]


@dataclass(frozen=True)
class Sign:
    """An event that lasts (`left` more seasons) or is announced (`odds` that it comes)."""

    event: str
    name: str
    plain: str
    icon: str
    here: bool
    left: int
    odds: float
    text: str  # what a banner says of it
    short: str  # the same without the clue that goes before it


def banner(session: Session) -> Banner:
    """Return the state of things for the household whose turn it is."""
    model, roles, history = session.model, session.roles, session.history
    season = session.world.season + 1
    has = [_amount(session, roles.store, _eaten(session))] if roles.store else []
    rest = None if roles.rest is None else _own(session, roles.rest)
    return Banner(
        season,
        int(model.seasons),
        words.season_name(season),
        words.stock_word(model, roles.living) if roles.living else "",
        float(history[-1].living),
        float(history[-1].living - history[-2].living) if len(history) > 1 else None,
        model.level.communities[model.layout.communities[session.me]].name,
        (*has, *(_amount(session, name) for name in roles.counted)),
        _amount(session, roles.days) if roles.days else None,
        rest,
        "" if rest is None else _rested(rest),
    )


def _rested(rest: float) -> str:
    return say("number.worn_out" if rest < WORN_OUT else "number.tired" if rest < TIRED else "number.rested")


def _own(session: Session, stock: str) -> float:
    return float(session.world.stock[stock][session.me, 0, 0, 0, 0])


def _amount(session: Session, stock: str, needed: str = "") -> Amount:
    model, value = session.model, _own(session, stock)
    text = words.amount(value, unit_of(model, stock))
    return Amount(stock, words.stock_word(model, stock), value, text, needed, words.held(model, stock, value))


def _eaten(session: Session) -> str:
    """Return what the household uses up in a season, as far as a level says so."""
    model, eating = session.model, session.roles.eating
    if not eating:
        return ""
    flow = next(flow for flow in model.flows if flow.name == eating)
    rate = np.asarray(flow.rate(Frame(model.layout, session.world)))
    each = np.broadcast_to(rate, (len(model.layout.communities), 1, 1, 1, 1))
    return words.amount(float(each[session.me, 0, 0, 0, 0]), unit_of(model, flow.source))


def goals_standing(session: Session) -> list[GoalStanding]:
    """Return how each goal stands."""
    world, found = session.world, []
    hidden = unseen(session.model, world)
    for index, goal in enumerate(session.model.level.goals):
        streak, reached = int(world.streak[index, 0]), bool(world.reached[index, 0])
        late = goal.by is not None and world.season >= goal.by and not reached
        done = streak >= goal.in_a_row or reached
        measured = goal_state(session, index, world)
        names = names_in(session.model.nodes["goals", index, "hold"])
        if hidden & set(names):  # nobody knows how it stands
            streak, done, measured = 0, False, None
        least, about = compares_least(session, index), names[0] if names else ""
        found.append(GoalStanding(goal.plain, streak, goal.in_a_row, done, late, measured, least, about))
    return found


def dials_standing(session: Session) -> list[DialStanding]:
    """Return the three dials."""
    history, found = session.history, []
    model, world = session.model, as_seen(session.model, session.world)
    hidden, parts = unseen(model, session.world), dial_parts(model, world)
    for name, value in history[-1].dials.items():
        change = value - history[-2].dials[name] if len(history) > 1 else 0.0
        own = {stock: float(one[0]) for stock, one in parts.get(name, {}).items() if stock not in hidden}
        why = [_dial_part(session, name, stock, own[stock]) for stock in sorted(own, key=lambda one: -own[one])]
        way = 0 if abs(change) < STEADY else 1 if change > 0.0 else -1
        found.append(DialStanding(name, value, way, tuple(one for one in why if one)))
    return found


def _dial_part(session: Session, dial: str, stock: str, share: float) -> str:
    """Return in a sentence how far one stock moves a dial, and what it is; nothing where hardly."""
    if share < STEADY:
        return ""
    what, plain = words.capital(words.stock_word(session.model, stock)), session.model.level.stocks[stock].plain
    return say(f"dial.{dial}_part", what=what, share=words.percent(share), plain=plain).strip()


def signs(session: Session) -> list[Sign]:
    """Return the events that last, and those that are announced for the season to come."""
    world, found = session.world, []
    for event in session.model.events:
        spec, left = event.spec, int(world.event_left[event.name][0])
        name = words.event_name(event)
        icon = spec.icon or "cloud_light"
        if left > 1:
            text = say("number.event_lasts", event=name, seasons=words.turns(left - 1, more=True))
            found.append(Sign(event.name, name, spec.plain, icon, True, left - 1, 0.0, text, text))
        if world.event_sign[event.name][0] and world.season < session.model.seasons:  # else no season is left for it
            sign, odds = spec.sign or say("number.event_may_come", event=name), words.odds(spec.odds)
            told = [say("number.event_announced", sign=one.rstrip("."), odds=odds) for one in (sign, _last(sign))]
            found.append(Sign(event.name, name, spec.plain, icon, False, 0, float(spec.odds), *told))
    return found


def _last(sentences: str) -> str:
    """Return the last of some sentences: of a sign what it tells of, and not by what it is known."""
    return sentences.rstrip(".").rpartition(". ")[2]
