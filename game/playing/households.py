"""The households of a game as the person sees them whose turn it is: what each has, how it feels, what is known."""

from __future__ import annotations

from dataclasses import dataclass

from game.insight.reasons import why_not
from game.insight.roles import Roles
from game.playing.learnt import knows_need
from game.playing.session import Session
from game.sim.actions import DONE
from game.sim.beginning import wants_of
from game.sim.model import Model
from game.telling import words
from game.telling.say import say, turns_now


@dataclass(frozen=True)
class Need:
    """What a household wants most; `name` and `plain` are empty where the person never knew it.

    `known` says whether it is known to be so now; else it was so when it was last known, after season `since`.
    """

    known: bool
    name: str = ""
    plain: str = ""
    since: int | None = None
    cards: tuple[str, ...] = ()  # what is done about it, by the names of the cards
    agreed: tuple[str, ...] = ()  # what is for it and agreed with them already
    done: tuple[str, ...] = ()  # what the player did about it in the season that has just passed
    closed: tuple[str, ...] = ()  # what would answer it and has no sense now, each with the reason


@dataclass(frozen=True)
class Household:
    """One community, as far as the person whose turn it is may know it.

    `mood` and `grievance` are how wronged it feels, the number only where one
    knows it; `trust` is theirs in the person, `trusted` the person's in them
    (None towards oneself); `has` are (stock, amount) that everybody sees;
    `agreements` are the ids of the actions whose agreements it is part of.
    """

    index: int
    name: str
    short: str
    letter: str
    mine: bool
    people: float
    has: tuple[tuple[str, float], ...]
    mood: str
    grievance: float | None
    need: Need | None  # None where a level knows no needs, and for oneself
    trust: float | None
    trusted: float | None
    agreements: tuple[str, ...]


def households(session: Session) -> list[Household]:
    """Return every household, in the order of the level."""
    return [household(session, index) for index in range(len(session.model.layout.communities))]


def household(session: Session, index: int) -> Household:
    """Return one household as the person whose turn it is sees it."""
    model, world, roles, me = session.model, session.world, session.roles, session.me
    community = model.level.communities[model.layout.communities[index]]
    mine = index == me
    grievance = float(world.stock[roles.grievance][index, 0, 0, 0, 0]) if roles.grievance else None
    return Household(
        index,
        community.name,
        words.people(model, index),
        words.letter(model, index),
        mine,
        float(community.people),
        tuple((name, float(world.stock[name][index, 0, 0, 0, 0])) for name in holdings(roles)),
        "" if grievance is None else words.mood(grievance),
        grievance if mine or knows(session, index) else None,
        None if mine else need_of(session, index),
        None if mine or not roles.trust else float(world.stock[roles.trust][index, me, 0, 0, 0]),
        None if mine or not roles.trust else float(world.stock[roles.trust][me, index, 0, 0, 0]),
        tuple(
            plan.name
            for plan in model.actions.values()
            if plan.spec.lasts and world.member[plan.name][index, 0, 0, 0, 0] > 0
        ),
    )


def holdings(roles: Roles) -> list[str]:
    """Return the stocks that a household is seen to have: its store, and what is counted."""
    return [*([roles.store] if roles.store else []), *roles.counted]


def knows(session: Session, other: int) -> bool:
    """Whether the person whose turn it is knows what somebody needs now."""
    return knows_need(session.model, session.world, session.me, other)


def need_of(session: Session, other: int) -> Need | None:
    """Return what somebody needs, as far as the person knows or once knew it; None where the level has no needs."""
    if wants_of(session.model, other) is None:
        return None
    needs, known = session.model.level.needs, knows(session, other)
    old = session.learnt.of(session.me, other)
    if not known and old is None:
        return Need(False)
    name = list(needs)[int(session.world.need[other, 0]) if known or old is None else old.need]
    since = None if known or old is None else old.season
    named = needs[name].name or name.replace("_", " ")
    cards = answering(session.model, name)
    agreed = tuple(one for one in cards if _agreed(session, one, other))
    done = tuple(one for one in cards if one not in agreed and _done(session, one, other))
    why_closed = {one: _pointless(session, one, other) for one in cards if one not in agreed}
    open_ones = tuple(one for one, why in why_closed.items() if not why)
    closed = ((words.kind_name(session.model, one), why) for one, why in why_closed.items() if why)
    return Need(
        known,
        named,
        needs[name].plain,
        since,
        _titles(session.model, open_ones),
        _titles(session.model, agreed),
        _titles(session.model, done),
        tuple(say("motive.closed", card=card, reason=why) for card, why in closed),
    )


def _titles(model: Model, actions: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(words.kind_name(model, one) for one in actions)


def answering(model: Model, need: str) -> tuple[str, ...]:
    """Return the ids of the actions of a level that answer a need, in the order of the level."""
    return tuple(plan.name for plan in model.actions.values() if need in plan.spec.meets)


def _agreed(session: Session, action: str, other: int) -> bool:
    """Whether the player and another household are both in the agreement of an action."""
    member = session.world.member.get(action)
    return member is not None and all(float(member[one, 0, 0, 0, 0]) > 0.0 for one in (session.me, other))


def _done(session: Session, action: str, other: int) -> bool:
    """Whether the player did something for another household last season."""
    deeds = () if session.last is None else session.last.deeds
    return any(
        deed.seat == session.seat
        and deed.outcome == DONE
        and session.model.candidates[deed.candidate].action == action
        and session.model.candidates[deed.candidate].target == other
        for deed in deeds
    )


def _pointless(session: Session, action: str, other: int) -> str:
    """Return why an action that is meant for one household has no sense for this one now; nothing where it has."""
    model = session.model
    for index, one in enumerate(model.candidates):
        if one.action == action and one.target == other and not model.actions[action].circle:
            obstacle = why_not(model, session.world, session.seat, index)
            return words.obstacle(model, obstacle) if obstacle is not None and obstacle.kind == "when" else ""
    return ""


def _cards_for(need: Need) -> str:
    told = [say("motive.done_for", cards=words.joined(need.done))] if need.done else []
    if need.cards:
        told.append(say("motive.cards", cards=words.joined(need.cards)))
    elif need.agreed:
        told.append(say("motive.agreed_for", cards=words.joined(need.agreed)))
    elif need.closed and not told:
        told.append(need.closed[0])
    elif not told:
        told.append(say("motive.no_card"))
    return " ".join(told)


def want_words(need: Need) -> str:
    """Return what somebody needs, as far as one knows it or once knew it: `calm, when you last knew, in ...`."""
    if need.known:
        return f"{say('motive.wants', need=need.name)} {_cards_for(need)}"
    if need.since is None:
        return say("motive.not_asked")
    since = max(need.since, 1)
    if turns_now() is not None:
        return say("motive.wanted_in", need=need.name, season=since)
    return say("motive.wanted", need=need.name, season=words.season_name(since))
