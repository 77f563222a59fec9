"""What neighbours mean to do this season that would leave an action of one's own with nothing to do.

Those whom nobody plays plan when the season begins, and what they plan of the
kind that is no secret (nothing of it is force) is told where it makes the same
deed of the player's come to nothing: what one pasture needs once is done once.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np

from game.insight.reasons import why_not
from game.playing.letters import offered_amount
from game.playing.preview import carry_out
from game.playing.session import Session
from game.sim.actions import NOTHING
from game.sim.model import Model
from game.sim.plans import Candidate
from game.sim.possible import action_frame, cost_of
from game.sim.world import World
from game.telling import words
from game.telling.say import say

Planned = list[tuple[int, int]]  # (seat, candidate) of each action that would be carried out

_KEPT: WeakKeyDictionary[Session, tuple[tuple[int, int], World, Planned]] = WeakKeyDictionary()


def needless(session: Session, candidate: int) -> str:
    """Return in a sentence why an action need not be planned this season, since others do or offer it; else nothing."""
    model = session.model
    for told, agreed in (("meanwhile.agreed", True), ("meanwhile.offered", False)):
        offered = _offered(session, candidate, agreed)
        if offered:
            return say(told, who=words.capital(_named(model, offered)))
    after, planned = _meanwhile(session)
    same = [seat for seat, other in planned if alike(model, other, candidate)]
    if not same or why_not(model, after, session.seat, candidate) is None:
        return ""
    return say("meanwhile.same", who=words.capital(_named(model, same)))


def alike(model: Model, one: int, other: int) -> bool:
    """Return whether two candidates are the same deed, and about the same people or some of the same ground."""
    first, second = model.candidates[one], model.candidates[other]
    if first.action != second.action:
        return False
    if first.tiles is None or second.tiles is None:
        return first.choice == second.choice
    return bool((_ground(first) & _ground(second)).any())


def _ground(candidate: Candidate) -> np.typing.NDArray[np.bool_]:
    assert candidate.tiles is not None
    return np.asarray(candidate.tiles) > 0.0


def _offered(session: Session, candidate: int, agreed: bool) -> list[int]:
    """Return the seats of those who offer the player the very agreement that a candidate would offer to all.

    Of the letters it is those that the player has `agreed` to, else those that are not answered yet.
    """
    model, plan = session.model, session.model.actions[session.model.candidates[candidate].action]
    if not plan.circle:
        return []
    asked = offered_amount(model, session.world, candidate)
    return [
        one.seat
        for one in session.letters()
        if (one.answer is True if agreed else one.answer is None)
        and model.candidates[one.candidate].action == plan.name
        and offered_amount(model, session.world, one.candidate) == asked
    ]


def _meanwhile(session: Session) -> tuple[World, Planned]:
    """Return how things would stand once the neighbours have done what they mean to do, and what that is."""
    key = (session.world.season, session.seat)
    if session not in _KEPT or _KEPT[session][0] != key:
        _KEPT[session] = (key, *_walked(session))
    return _KEPT[session][1:]


def _walked(session: Session) -> tuple[World, Planned]:
    model, imagined, found = session.model, session.world.copy(), []
    chosen = session.plans_of_others().chosen[:, :, 0]
    seats = chosen.shape[1]
    for slot in chosen:
        for turn in range(seats):
            seat = (turn + session.world.season) % seats
            index = int(slot[seat])
            if index == NOTHING or _is_secret(model, index) or why_not(model, imagined, seat, index) is not None:
                continue
            frame = action_frame(model, imagined, seat, index)
            costs = cost_of(model, frame, model.actions[model.candidates[index].action])
            carry_out(model, imagined, seat, index, tuple((name, float(amount[0])) for name, amount in costs))
            found.append((seat, index))
    return imagined, found


def _is_secret(model: Model, index: int) -> bool:
    """Whether an action is force, of which nobody is told, or an offer, which comes as a letter."""
    plan = model.actions[model.candidates[index].action]
    return plan.spec.mode == "over" or plan.accepts is not None


def _named(model: Model, seats: list[int]) -> str:
    communities = [model.layout.seats[seat] for seat in dict.fromkeys(seats)]
    return words.joined([words.the_people(model, one) for one in communities])
