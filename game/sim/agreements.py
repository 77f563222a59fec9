"""Agreements: offered, accepted or declined, kept or broken, watched and fined, and over.

An agreement is a circle of communities around one action.  What it promises
is set for its members each season; at the season's end what they really
moved is held against it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from game.sim.effects import apply_effects
from game.sim.frame import Frame, along_worlds
from game.sim.model import Model
from game.sim.people import resents
from game.sim.plans import ActionPlan, Candidate, usual_term
from game.sim.totals import COMMUNITY_AXIS, Floats, total_over
from game.sim.world import Integers, World

Mask = NDArray[np.bool_]

TOLERANCE = 1.01  # moving up to one per cent more than promised still counts as keeping it


def willing(model: Model, world: World, plan: ActionPlan, frame: Frame) -> Mask:
    """Return which communities would say yes to the actor, (C, W)."""
    communities = len(model.layout.communities)
    if plan.accepts is None:
        return np.zeros((communities, world.count), np.bool_)
    inner = asking_frame(model, world, plan, frame)
    value = np.broadcast_to(plan.accepts(inner), (communities, 1, 1, 1, world.count))[:, 0, 0, 0]
    return np.asarray((value > 0.0) & ~resents(world, frame.me))


def asking_frame(model: Model, world: World, plan: ActionPlan, frame: Frame) -> Frame:
    """Return the frame in which all partners weigh an offer; `fits` is 1 for those whose need it meets."""
    needs = list(model.level.needs)
    meets = np.zeros(world.need.shape)
    for need in plan.spec.meets:
        meets = np.where(world.need == needs.index(need), 1.0, meets)
    fits = meets.reshape(len(meets), 1, 1, 1, -1)
    return Frame(model.layout, world, me=frame.me, extra={**frame.extra, "fits": fits}, terms=frame.terms)


def invite(
    model: Model,
    world: World,
    plan: ActionPlan,
    candidate: Candidate,
    frame: Frame,
    going: Mask,
    said: Integers | None,
    answer: Integers,
) -> Mask:
    """Ask those the action addresses; return where enough said yes.  `answer` (C, W) is filled in place.

    `said` (C, W) is above 0 where somebody agrees; without it they answer on
    the spot, as the rule of the action says.  Where the offer is another
    amount than the one that stands, all who are in it are asked, and all of
    them have to agree.
    """
    communities = len(model.layout.communities)
    asked = np.zeros((communities, world.count), np.bool_)
    asked[candidate.target if candidate.target >= 0 else slice(None)] = True
    asked[frame.me] = False
    member = world.member.get(plan.name)
    inside = member[:, 0, 0, 0] > 0.0 if member is not None else np.zeros_like(asked)
    changing = _changing(world, plan, candidate, inside[frame.me])
    asked &= (~inside | changing) & going
    yes = asked & (willing(model, world, plan, frame) if said is None else said > 0)
    if plan.circle and member is not None:
        yes = _fit_in(yes, inside, frame.me, plan.circle[1])
        size = (yes | inside).sum(axis=0) + ~inside[frame.me]
        agreed = going & yes.any(axis=0) & (size >= plan.circle[0])
        agreed &= ~changing | (yes | ~(asked & inside)).all(axis=0)
        if candidate.amount is not None:
            world.term[plan.name] = np.where(agreed, candidate.amount, world.term[plan.name])
        joining = (yes & agreed) | ((np.arange(communities) == frame.me)[:, None] & agreed & ~inside)
        join(model, world, plan, joining | (inside & changing & agreed))
    else:
        agreed = going & yes.any(axis=0)
        if member is not None:
            join(model, world, plan, (yes | (np.arange(communities) == frame.me)[:, None]) & agreed)
    answer[...] = np.where(yes, 1, np.where(asked, -1, answer))
    return np.asarray(agreed)


def _changing(world: World, plan: ActionPlan, candidate: Candidate, inside: Mask) -> Mask:
    """Return where one who is inside (W,) offers to change what is settled, (W,)."""
    if candidate.amount is None or plan.name not in world.term:
        return np.zeros_like(inside)
    return np.asarray(inside & (world.term[plan.name].reshape(-1) != candidate.amount))


def _fit_in(yes: Mask, inside: Mask, me: int, most: int) -> Mask:
    size = inside.sum(axis=0) + ~inside[me]
    kept = yes.copy()
    for index in range(len(yes)):
        kept[index] = yes[index] & (inside[index] | (size < most))
        size = size + (kept[index] & ~inside[index])
    return np.asarray(kept)


def join(model: Model, world: World, plan: ActionPlan, joining: Mask) -> None:
    """Take communities into an agreement, (C, W), and set for them what it promises."""
    shaped = joining[:, None, None, None, :]
    world.member[plan.name] = np.where(shaped, 1.0, world.member[plan.name])
    if plan.spec.lasts and plan.spec.lasts.seasons:
        world.left[plan.name] = np.where(joining.any(axis=0), plan.spec.lasts.seasons, world.left[plan.name])
    _set_terms(model, world, plan, shaped)


def _set_terms(model: Model, world: World, plan: ActionPlan, whose: NDArray[np.bool_]) -> None:
    frame = Frame(model.layout, world, members=world.member[plan.name], terms=_settled(world, plan))
    for place, (stock, rule) in enumerate(plan.sets):
        low, high = model.stocks[stock].low, model.stocks[stock].high
        value = np.minimum(np.maximum(np.asarray(rule(frame)), low), high) + 0.0
        world.stock[stock] = np.where(whose, value, world.stock[stock])
        if plan.name in world.promise and place == 0:
            world.promise[plan.name] = np.where(whose, value, world.promise[plan.name])


def _settled(world: World, plan: ActionPlan) -> dict[str, Floats]:
    return {plan.term: world.term[plan.name]} if plan.term and plan.name in world.term else {}


def renew_terms(model: Model, world: World) -> None:
    """At the start of a season set for all members what their agreements promise."""
    for plan in model.actions.values():
        inside = world.member[plan.name] > 0.0 if plan.sets else None
        if inside is not None and inside.any():
            _set_terms(model, world, plan, inside)


def settle(model: Model, world: World) -> None:
    """At the end of a season: who kept what, who is fined, what grows, who leaves, what ends."""
    lasting = [plan for plan in model.actions.values() if plan.spec.lasts]
    for values in world.fined.values():
        values[...] = 0.0
    in_force = [plan for plan in lasting if world.member[plan.name].any()]  # the others have nobody to reach
    broken = {plan.name: kept_and_excess(world, plan) for plan in in_force if plan.name in world.promise}
    for plan in in_force:
        if plan.fines and plan.spec.lasts and plan.spec.lasts.fines:
            watched = plan.spec.lasts.fines.breaking
            if watched in broken:
                _fine(model, world, plan, watched, *broken[watched])
    for plan in in_force:
        frame = Frame(model.layout, world, members=world.member[plan.name], terms=_settled(world, plan))
        if plan.name in broken:
            frame.extra["kept"], frame.extra["excess"] = broken[plan.name]
        running = (world.member[plan.name].max(axis=0) > 0.0).reshape(-1)
        apply_effects(model, world, frame, plan.each_season, running)
    for plan in lasting:
        if any(plan is one for one in in_force):
            _end(model, world, plan)
        else:
            world.left[plan.name][...] = 0


def kept_and_excess(world: World, plan: ActionPlan) -> tuple[Floats, Floats]:
    """Return the share of its promise each member kept, and what it moved beyond it, both (C, 1, 1, 1, W)."""
    limits = plan.spec.lasts.limits if plan.spec.lasts else ()
    inside = world.member[plan.name] > 0.0
    moved, promised = world.moved[limits[0]], world.promise[plan.name]
    for flow in limits[1:]:
        moved = moved + world.moved[flow]
    broke = inside & (moved > promised * TOLERANCE)
    kept = np.where(broke, promised / np.where(broke, moved, 1.0), 1.0)
    return kept, np.where(broke, moved - promised, 0.0)


def _fine(model: Model, world: World, plan: ActionPlan, watched: str, kept: Floats, excess: Floats) -> None:
    """Whoever broke the agreement pays those who kept it, one step more for each offence (Ostrom 1990)."""
    lasts = plan.spec.lasts
    assert lasts is not None and lasts.fines is not None
    stock = lasts.fines.stock
    counting = (world.member[plan.name].max(axis=0) > 0.0).reshape(-1)
    frame = Frame(
        model.layout,
        world,
        members=world.member[watched],
        extra={"kept": kept, "excess": excess},
        terms=_settled(world, plan),
    )
    steps = [np.broadcast_to(rule(frame), kept.shape)[:, 0, 0, 0] for rule in plan.fines]
    offences = world.offences[plan.name]
    broke = (excess[:, 0, 0, 0] > 0.0) & counting
    keepers = (world.member[watched][:, 0, 0, 0] > 0.0) & (excess[:, 0, 0, 0] <= 0.0)
    shares = total_over(np.where(keepers, 1.0, 0.0)[:, None, None, None, :], (COMMUNITY_AXIS,)).reshape(-1)
    due = steps[-1]
    for step in reversed(range(len(steps) - 1)):
        due = np.where(offences <= step, steps[step], due)
    holding = world.stock[stock]
    high = model.stocks[stock].high
    for payer in range(len(holding)):
        fine = np.where(broke[payer] & (shares > 0.0), np.maximum(due[payer], 0.0), 0.0) + 0.0
        owed = np.minimum(fine, holding[payer, 0, 0, 0]) + 0.0
        for name, each in lasts.fines.seizes.items():
            state = world.stock[name]
            state[payer, 0, 0, 0] = (
                np.maximum(state[payer, 0, 0, 0] - (fine - owed) * each, model.stocks[name].low) + 0.0
            )
        portion = owed / np.where(shares > 0.0, shares, 1.0)
        paid = np.zeros(world.count)
        for keeper in range(len(holding)):
            room = np.maximum(high - holding[keeper, 0, 0, 0], 0.0)
            given = np.where(keepers[keeper], np.minimum(portion, room), 0.0) + 0.0
            holding[keeper, 0, 0, 0] = holding[keeper, 0, 0, 0] + given
            world.fined[stock][keeper, 0, 0, 0] += given
            paid = paid + given
        holding[payer, 0, 0, 0] = np.maximum(holding[payer, 0, 0, 0] - paid, 0.0) + 0.0
        world.fined[stock][payer, 0, 0, 0] -= paid
    world.offences[plan.name] = offences + broke


def _end(model: Model, world: World, plan: ActionPlan) -> None:
    """Let members leave and agreements end; what an agreement had set goes back to where it started."""
    before = world.member[plan.name]
    frame = Frame(model.layout, world, members=before, terms=_settled(world, plan))
    stays = before > 0.0
    if plan.name in world.leaving:
        stays = stays & ~(world.leaving[plan.name] > 0.0)
        world.leaving[plan.name] = np.zeros_like(before)
    if plan.leaves is not None:
        stays = stays & ~(np.broadcast_to(plan.leaves(frame), before.shape) > 0.0)
    if plan.while_ is not None:
        stays = stays & (along_worlds(np.asarray(plan.while_(frame)), world.count) > 0.0)
    if plan.spec.lasts and plan.spec.lasts.seasons:
        left = np.maximum(world.left[plan.name] - 1, 0)
        stays = stays & (left > 0)
        world.left[plan.name] = np.where(stays.any(axis=0).reshape(-1), left, 0)
    if plan.circle:
        stays = stays & (stays.sum(axis=0, keepdims=True) >= plan.circle[0])
    world.member[plan.name] = np.where(stays, 1.0, 0.0)
    gone = (before > 0.0) & ~stays
    for stock, _ in plan.sets:
        world.stock[stock] = np.where(gone, model.stocks[stock].start, world.stock[stock])
    if plan.name in world.promise:
        world.promise[plan.name] = np.where(gone, 0.0, world.promise[plan.name])
    if plan.name in world.term:
        lapsed = ~stays.any(axis=0, keepdims=True)
        world.term[plan.name] = np.where(lapsed, usual_term(plan), world.term[plan.name])
