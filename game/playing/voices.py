"""Four voices look at the same season: a mechanic, a gardener, an elder, an auditor; they speak when they differ.

Each says one number that it has read off the worlds before and after: the own
store, the life of the land, trust, and how many neighbours have less.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from game.insight.readings import smallest
from game.insight.roles import watched
from game.playing.moments import on_land
from game.playing.season import SeasonReport
from game.playing.session import Session
from game.sim.units_told import unit_of
from game.telling import words
from game.telling.say import say

Data = dict[str, Any]  # JSON types only
FELT = 0.03  # of trust: who would speak of less?
WORTH = 0.03  # of what was held before: a barn that has a hundredth less stands as it stood


def voices(session: Session) -> list[Data]:
    """Return what the voices say of the last season, each with whether it likes it; nothing where they agree.

    Where several people share the keyboard they are silent, as each would hear what only another knows.
    """
    found = session.last
    if found is None or len(session.seats) > 1:
        return []
    told = [one for one in (each(session, found) for each in (_mechanic, _gardener, _elder, _auditor)) if one]
    return told if len({one["good"] for one in told}) == 2 else []


def _voice(who: str, icon: str, good: bool, **told: object) -> Data:
    text = say(f"voice.{who}_{'likes' if good else 'warns'}", **told)
    asks = say("voice.asks", who=say(f"voice.{who}"), question=say(f"voice.{who}_asks"))
    return {"who": who, "name": say(f"voice.{who}"), "asks": asks, "icon": icon, "good": good, "text": text}


def _mechanic(session: Session, found: SeasonReport) -> Data | None:
    """Whether it works: the own store."""
    name, me = session.roles.store, session.me
    if not name:
        return None
    change = float(found.after.stock[name][me, 0, 0, 0, 0] - found.before.stock[name][me, 0, 0, 0, 0])
    held = float(found.before.stock[name][me, 0, 0, 0, 0])
    if abs(change) <= max(smallest(session.model, name), WORTH * held):
        return None
    word = words.stock_word(session.model, name)
    amount = words.beside(word, words.amount(abs(change), unit_of(session.model, name)))
    return _voice("mechanic", "hammer", change > 0.0, amount=amount, stock=word)


def _gardener(session: Session, found: SeasonReport) -> Data | None:
    """Whether it grows: what lives here."""
    name = next((one for one in watched(session.model, session.roles) if one == session.roles.living), None)
    if not name or session.model.stocks[name].place != "tile":
        return None
    before, now = (on_land(session.model, world, name) for world in (found.before, found.after))
    first, last = (words.land_text(session.model, name, value) for value in (before, now))
    if first == last:
        return None
    stock = words.capital(words.stock_word(session.model, name))
    return _voice("gardener", "leaf", now > before, stock=stock, before=first, now=last)


def _elder(session: Session, found: SeasonReport) -> Data | None:
    """Whether people come closer: how far the others trust one."""
    name, me = session.roles.trust, session.me
    others = [one for one in range(len(session.model.layout.communities)) if one != me]
    if not name or not others:
        return None
    before, now = (
        float(np.mean([world.stock[name][one, me, 0, 0, 0] for one in others])) for world in (found.before, found.after)
    )
    if abs(now - before) < FELT:
        return None
    return _voice("elder", "hands", now > before, before=words.percent(before), now=words.percent(now))


def _auditor(session: Session, found: SeasonReport) -> Data | None:
    """Who pays: how many neighbours have less in store, and how many have more."""
    name = session.roles.store
    others = [one for one in range(len(session.model.layout.communities)) if one != session.me]
    if not name or not others:
        return None
    bound = smallest(session.model, name)
    change = [float((found.after.stock[name] - found.before.stock[name])[one, 0, 0, 0, 0]) for one in others]
    less, more = sum(one < -bound for one in change), sum(one > bound for one in change)
    if less == more:
        return None
    told = {"count": max(less, more), "all": len(others), "stock": words.stock_word(session.model, name)}
    return _voice("auditor", "scale", more > less, **told)
