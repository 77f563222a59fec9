"""The report of a season as plain data: what it brought, the ledgers, what the others did, what was foreseen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.insight.causes import Where, worse_way
from game.insight.ledger import Card
from game.insight.played import TRIED
from game.insight.readings import Change
from game.insight.roles import watched
from game.playing.forecast import Outlook, check_line, record_line
from game.playing.ledger import grouped, harm_in_sight, together_line
from game.playing.moments import on_land
from game.playing.motives import motives
from game.playing.numbers import short_reason
from game.playing.season import SeasonReport
from game.playing.session import Session
from game.playing.story import Story
from game.playing.view_causes import question_of
from game.sim.actions import BLOCKED, DECLINED, DONE, OUTCOMES
from game.sim.model import Model
from game.sim.units_told import unit_of
from game.telling import words
from game.telling.loops import name_of, ruling
from game.telling.say import say

Data = dict[str, Any]  # JSON types only
AT_FIRST = 2  # things that came besides: the others are read where somebody asks for them
STEADY = 0.005  # a change up to it is none
CARDS = {DONE: "done", BLOCKED: "blocked", DECLINED: "declined"}  # what is tried has a card in the ledger


def report(session: Session) -> Data | None:
    """Return what the season that has just passed brought the one whose turn it is; None before the first is over.

    `changes` are the numbers that matter, `players` the ledgers of whoever
    reads it, `neighbours` what the others did and why, `notes` what came
    besides (each an `event`, a `find`, or `bound`: an agreement or an
    unanswered letter), `loop` which one rules now (None where none does).
    """
    found = report_for(session, (session.seat,))
    return None if found is None else {**found, "loop": ruling_loop(session)}


def report_for(session: Session, seats: tuple[int, ...]) -> Data | None:
    """Return the same for those in some seats, who read it together, but for the loop: that takes its time.

    Several read only the first of the numbers, and nothing of what a
    neighbour wants: that is not for everybody at the keyboard.
    """
    found = session.last
    if found is None:
        return None
    story, alone = Story(session, on_board=True, seats=seats), len(seats) == 1
    notes = [("event", story.events(found)), ("find", story.finds(found)), ("bound", story.bound(found))]
    return {
        "season": int(found.after.season),
        "season_name": words.season_name(found.after.season),
        "changes": changes(session, found)[: None if alone else 1],
        "players": [_player(session, story, seat, found.cards[seat], found) for seat in seats],
        "neighbours": _neighbours(session, alone),
        "notes": [{"kind": kind, "text": line.text} for kind, lines in notes for line in lines],
        "arrivals": [line.text for line in story.arrivals(found)],
        "hint": found.hint,
    }


def ruling_loop(session: Session) -> Data | None:
    """Return which loop rules as things stand, and what it does; None where none does."""
    one = ruling(session.model, session.loops())
    if one is None:
        return None
    return {
        "mark": one.mark,
        "reinforcing": one.reinforcing,
        # The name of a loop of one stock says no more than its sentence.
        "text": say("loop.rules_alone", text=one.text[:1].lower() + one.text[1:])
        if len(one.loop.members) == 1
        else say("loop.rules_now", name=name_of(session.model, one.loop), text=one.text),
        "short": say("loop.rules_short", name=name_of(session.model, one.loop), kind=one.kind_words),
    }


def checks(session: Session, outlook: Outlook) -> Data:
    """Return what was foreseen of the season that has just passed beside what came, once it is worked out.

    `record` tells how many forecasts of the game held so far; `trouble` why it cannot be worked out.
    """
    season = session.world.season
    found = outlook.checked(season)
    return {
        "checks": [{"held": bool(one.held), "text": check_line(session.model, one)} for one in found],
        "record": record_line(outlook.checks) if found else "",
        "trouble": outlook.trouble(season),
    }


def changes(session: Session, found: SeasonReport) -> list[Data]:
    """Return how the numbers that matter changed, and in a few words why.

    `question` is what may be asked about a number that got worse, else None.
    """
    roles, model, me = session.roles, session.model, session.me
    told = [_on_land(session, found, name) if _is_land(model, name) else _held(session, found, name) for name in
            watched(model, roles)]  # fmt: skip
    if roles.trust:
        others = [one for one in range(len(model.layout.communities)) if one != me]
        was, now = (
            sum(float(world.stock[roles.trust][one, me, 0, 0, 0]) for one in others) / max(len(others), 1)
            for world in (found.before, found.after)
        )
        ends = (f"{100 * was:.0f}", words.percent(now))
        where = Where(roles.trust, None, me)
        told.append(_change(session, found, "hands", say("report.trust_in_you"), ends, now - was, "", where))
    return told


def _is_land(model: Model, name: str) -> bool:
    return bool(model.stocks[name].place == "tile")


def _on_land(session: Session, found: SeasonReport, name: str) -> Data:
    model = session.model
    was, now = (on_land(model, world, name) for world in (found.before, found.after))
    ends = (words.land_text(model, name, was).split(" ")[0], words.land_text(model, name, now))
    why = short_reason(session, found.after, found.before, name, None)
    icon = model.level.stocks[name].icon or "grass"
    return _change(session, found, icon, words.stock_word(model, name), ends, now - was, why, Where(name))


def _held(session: Session, found: SeasonReport, name: str) -> Data:
    """Return how a number changed that a household has, or the whole place."""
    roles, model, icon = session.roles, session.model, session.model.level.stocks[name].icon
    mine = model.stocks[name].place == "community"
    one = session.me if mine else 0
    was, now = (float(world.stock[name][one, 0, 0, 0, 0]) for world in (found.before, found.after))
    if name in roles.counted:
        was, now = round(was), round(now)
    ends = words.from_to(was, now, unit_of(model, name), True)
    whose = session.me if mine else None
    why = short_reason(session, found.after, found.before, name, whose)
    icon = icon or ("store" if name == roles.store else "cow")
    word = words.stock_word(model, name)
    title = say("report.your", what=word) if mine else word
    return _change(session, found, icon, title, ends, now - was, why, Where(name, whose))


def _change(
    session: Session,
    found: SeasonReport,
    icon: str,
    name: str,
    ends: tuple[str, str],
    change: float,
    why: str,
    where: Where,
) -> Data:
    """Return a change; `ends` are both values as they are told, the unit with the last at least."""
    first, last = (end.partition(" ")[0] for end in ends)
    same = first == last  # an arrow beside two equal numbers would be a riddle
    worse = change * worse_way(session.model, where.stock) > STEADY
    return {
        "icon": icon,
        "name": words.capital(name),
        "text": say("report.from_to", before=ends[0], now=ends[1]),
        "bare": say("report.from_to", before=first, now=last),  # without its unit, where room is short
        "change": float(change),
        "way": "level" if same else "up" if change > 0.0 else "down",
        "why": why,
        "question": question_of(session, where, found.before.season) if worse else None,
    }


def _player(session: Session, story: Story, seat: int, cards: Sequence[Card], found: SeasonReport) -> Data:
    """Return the ledger of one who plays: its cards, equal ones once, and what belongs to no card."""
    deeds = [deed for deed in found.deeds if deed.seat == seat]
    return {
        "seat": seat,
        "household": int(session.model.layout.seats[seat]),
        "name": story.actor(seat),
        "rest": not deeds,
        "cards": [_card(session, story, seat, card, times, found) for card, times in grouped(cards)],
        "together": together_line(cards),
        "answers": [line.text for line in story.answered(seat, found)[1:]],
        "too_late": [story.too_late(deed, found) for deed in deeds if deed.outcome not in TRIED],
    }


def _card(session: Session, story: Story, seat: int, card: Card, times: int, found: SeasonReport) -> Data:
    """Return a card of the ledger: what was intended, what came besides, and where on the land it made a difference.

    `intended` is None where the number that the action is for did not move;
    then `plain` says what became of it.
    """
    model, me = session.model, session.model.layout.seats[seat]
    plan, name = model.actions[model.candidates[card.candidate].action], story.name(card.candidate)
    tiles = _tiles_of(found.cards[seat], card)
    plain = ""
    if card.outcome != DONE:
        plain = say("report.came_to_nothing", outcome=OUTCOMES[card.outcome])
    elif card.intended is None:
        plain = story.without_number(card)
    moved, besides = card.intended if card.outcome == DONE else None, harm_in_sight(model, card.besides, AT_FIRST)
    return {
        "title": say("report.each_of", action=name, count=times) if times > 1 else name,
        "times": times,
        "mode": plan.spec.mode,
        "outcome": CARDS[card.outcome],
        "plain": plain,
        "intended": None if moved is None else _moved(model, moved, me, story.price(card)),
        "needed_by": [story.needed_by(candidate) for candidate in card.enabled],
        "said": _said(story, seat, card, found),
        "besides": [_moved(model, change, me) for change in besides[: _shown_besides(card)]],
        "headed": card.intended is not None,
        "smaller": [_moved(model, change, me) for change in besides[_shown_besides(card) :]],
        "tiles": None if tiles is None else np.argwhere(tiles).tolist(),
    }


def _shown_besides(card: Card) -> int:
    """Return how many of the things that came besides are shown at once: a door for a single one is none."""
    return len(card.besides) if len(card.besides) <= AT_FIRST + 1 else AT_FIRST


def _moved(model: Model, change: Change, me: int, more: str = "") -> Data:
    text = words.change(model, change, me, True) + more
    return {"text": text, "way": "up" if change.amount > 0 else "down"}


def _said(story: Story, seat: int, card: Card, found: SeasonReport) -> list[str]:
    """Return who agreed to an action of a player and who declined, and why; others may have done the same."""
    this = (seat, card.candidate, card.outcome)
    deed = next((one for one in found.deeds if (one.seat, one.candidate, one.outcome) == this and one.said), None)
    if deed is None:
        return []
    said, why = words.capital(story.said(deed, found)), story.reasons(deed, found).strip()
    if deed.outcome == BLOCKED:
        return [words.capital(say("report.stopped", who=story.stoppers([deed])))]
    return [part for part in (say("report.said", said=said), why) if part]


def _tiles_of(cards: Sequence[Card], card: Card) -> NDArray[np.bool_] | None:
    """Return (rows, columns) what an action changed, together with the same done again; None where nothing shows."""
    same = [one for one in cards if one.candidate == card.candidate and one.outcome == card.outcome]
    tiles = [one.tiles for one in same if one.tiles is not None]
    return np.logical_or.reduce(tiles) if tiles else None


def _neighbours(session: Session, alone: bool) -> list[Data]:
    """Return what each neighbour did and why, and to one who reads alone what it wants; `more` what would change it."""
    return [
        {
            "household": int(one.community),
            "name": words.people(session.model, one.community),
            "lines": [*one.did, *(one.wants if alone else ())],
            "more": list(one.change) if alone else [],
        }
        for one in motives(session)
    ]
