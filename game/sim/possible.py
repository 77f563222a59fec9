"""What an action would mean if it were tried now: whom it touches, what it costs, whether it is possible at all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from game.sim.frame import Frame, along_worlds
from game.sim.model import Model
from game.sim.plans import ActionPlan, Candidate, usual_term
from game.sim.totals import COMMUNITY_AXIS, Floats, total_over
from game.sim.world import RUNNING, World

Mask = NDArray[np.bool_]


def action_frame(model: Model, world: World, seat: int, index: int, shares: dict[str, Floats] | None = None) -> Frame:
    """Return the frame in which the rules of candidate `index` are read for the player in `seat`.

    `shares` remembers who uses which tiles; hand in one dict for many
    candidates of the same world.
    """
    candidate = model.candidates[index]
    plan = model.actions[candidate.action]
    me, tiles, tree = model.layout.seats[seat], candidate.tiles, candidate.tree
    terms = terms_of(world, plan, candidate)
    frame = Frame(model.layout, world, me=me, target=candidate.target, tiles=tiles, tree=tree, terms=terms)
    used = touched_share(frame, plan, candidate, {} if shares is None else shares)
    affected = used.copy()
    affected[frame.me] = 0.0
    frame.extra["used"], frame.extra["affected"] = used, affected
    frame.later = {
        "resisting": lambda: resisting(model, frame),
        "reach": lambda: reach(model, candidate),
        "fits": lambda: fitting(model, world, plan, candidate.target),
    }
    return frame


def terms_of(world: World, plan: ActionPlan, candidate: Candidate) -> dict[str, Floats]:
    """Return what a candidate offers: the amount it names, else what stands, else what is usual."""
    if not plan.term:
        return {}
    if candidate.amount is None and plan.name in world.term:
        return {plan.term: world.term[plan.name]}
    amount = usual_term(plan) if candidate.amount is None else candidate.amount
    return {plan.term: np.full((1, 1, 1, 1, world.count), amount)}


def resisting(model: Model, frame: Frame) -> Floats:
    """Return how much those who are touched resist, together: (1, 1, 1, 1, W)."""
    if model.resistance is None:
        return np.zeros((1, 1, 1, 1, frame.world.count))
    return total_over(np.asarray(model.resistance[0](frame)) * frame.extra["affected"], (COMMUNITY_AXIS,))


def reach(model: Model, candidate: Candidate) -> Floats:
    """Return the share of the map that an action reaches, (1, 1, 1, 1, 1)."""
    everywhere = float(model.layout.rows * model.layout.columns)
    return np.full((1, 1, 1, 1, 1), 0.0 if candidate.tiles is None else float(candidate.tiles.sum()) / everywhere)


def touched_share(frame: Frame, plan: ActionPlan, candidate: Candidate, shares: dict[str, Floats]) -> Floats:
    """Return how far the action touches each community, (C, 1, 1, 1, W), 0 to 1.

    On tiles it is the share of them that the community uses; a community
    that is itself the target is touched wholly.
    """
    touched = np.zeros((len(frame.layout.communities), 1, 1, 1, frame.world.count))
    if candidate.tiles is not None and candidate.tree is not None:
        if candidate.ground not in shares:
            used = candidate.tree.total(candidate.tree.leaves(frame.world.uses))
            shares[candidate.ground] = used / max(float(candidate.tiles.sum()), 1.0)
        touched = shares[candidate.ground]
    elif plan.spec.target == "community":
        touched[candidate.target] = 1.0
    return touched


def fitting(model: Model, world: World, plan: ActionPlan, target: int) -> Floats:
    """Return 1 where the action meets what its target wants now, else 0: (1, 1, 1, 1, W)."""
    if plan.spec.target != "community":
        return np.zeros((1, 1, 1, 1, world.count))
    needs = list(model.level.needs)
    wanted = world.need[target : target + 1]
    meets = np.zeros(wanted.shape)
    for need in plan.spec.meets:
        meets = np.where(wanted == needs.index(need), 1.0, meets)
    return meets.reshape(1, 1, 1, 1, -1)


def protest_chances(model: Model, frame: Frame) -> Floats:
    """Return for each community the chance that it blocks the action, (C, W); 0 where it is not touched."""
    if model.resistance is None:
        return np.zeros((len(model.layout.communities), frame.world.count))
    chances = np.asarray(model.resistance[1](frame)) * np.where(frame.extra["affected"] > 0.0, 1.0, 0.0)
    return np.broadcast_to(chances, (len(model.layout.communities), 1, 1, 1, frame.world.count))[:, 0, 0, 0]


def cost_of(model: Model, frame: Frame, plan: ActionPlan) -> list[tuple[str, Floats]]:
    """Return what the action costs: (stock, (W,)) pairs."""
    return [
        (stock, np.maximum(along_worlds(np.asarray(rule(frame)), frame.world.count), 0.0) + 0.0)
        for stock, rule in plan.costs
    ]


def days_of(model: Model, costs: Sequence[tuple[str, Floats]]) -> Floats:
    """Return how many days of a player's season something costs, (W,); 1 where it costs none."""
    days = np.zeros(1)
    for stock, amount in costs:
        days = days + amount if model.stocks[stock].place == "player" else days
    return np.where(days > 0.0, days, 1.0)


def purse(world: World, stock: str, me: int) -> Floats:
    """Return what an actor has of a stock, as a (W,) view."""
    values = world.stock[stock]
    own: Floats = values[me if values.shape[0] > 1 else 0, 0, 0, 0]
    return own


def affordable(model: Model, world: World, me: int, costs: list[tuple[str, Floats]]) -> Mask:
    """Return where the actor can pay, (W,)."""
    enough = np.ones(world.count, np.bool_)
    for stock, amount in costs:
        enough &= purse(world, stock, me) >= amount
    return enough


def possible(model: Model, frame: Frame, plan: ActionPlan, candidate: Candidate) -> Mask:
    """Return where the action makes sense at all, whatever it costs, (W,)."""
    worlds = frame.world.count
    allowed = frame.world.outcome == RUNNING
    if plan.spec.target == "community" and candidate.target == frame.me:
        return np.zeros(worlds, np.bool_)
    if plan.circle and candidate.target == frame.me:
        return np.zeros(worlds, np.bool_)
    if plan.when is not None:
        allowed = allowed & (along_worlds(np.asarray(plan.when(frame)), worlds) > 0.0)
    if plan.spec.only_own and candidate.tiles is not None:
        mine = frame.extra["used"][frame.me, 0, 0, 0]
        nobody_else = frame.extra["affected"].max(axis=0).reshape(-1) <= 0.0
        allowed = allowed & (mine > 0.0) & nobody_else
    if plan.spec.lasts and not plan.circle and plan.accepts is None:
        # What runs already need not be begun again before its last season.
        running = (frame.world.member[plan.name].max(axis=0) > 0.0).reshape(-1)
        allowed = allowed & ~(running & (frame.world.left[plan.name] != 1))
    if plan.spec.gives_notice:
        left = plan.spec.gives_notice
        inside = frame.world.member[left][frame.me, 0, 0, 0] > 0.0 if left in frame.world.member else False
        allowed = allowed & inside
    if plan.circle:
        allowed = allowed & _joinable(frame, plan, candidate)
    return np.asarray(allowed)


def _joinable(frame: Frame, plan: ActionPlan, candidate: Candidate) -> Mask:
    """Return where there is somebody to take in, or another amount to settle on that one has a say in."""
    inside = frame.world.member[plan.name][:, 0, 0, 0] > 0.0
    if candidate.amount is None:
        joined = inside[candidate.target] & inside[frame.me] if candidate.target >= 0 else inside.all(axis=0)
        return np.asarray(~joined)
    other = frame.world.term[plan.name].reshape(-1) != candidate.amount
    return np.asarray(other & (inside[frame.me] | ~inside.any(axis=0)))


FOUND = 0.8  # an ally counts as found while its state is at least so full


def has_found(model: Model, world: World, plan: ActionPlan, me: int) -> Mask:
    """Return in which worlds (W,) the community `me` has found the ally that an action with `finds` looks for."""
    effect = plan.finds[0]
    stock = model.stocks[effect.stock]
    held = world.stock[effect.stock][me if effect.who else 0, 0, 0, 0]
    return np.asarray(held >= stock.low + FOUND * (stock.high - stock.low))
