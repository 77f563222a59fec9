"""What an action does at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.language.unknown import UnknownKind, look_up
from game.sim.effect_plans import AddEffect, EffectPlan, MoveEffect, UsersEffect
from game.sim.evaluation import pick
from game.sim.flows import add_to_state
from game.sim.frame import Frame
from game.sim.model import Model
from game.sim.totals import COLUMN_AXIS, COMMUNITY_AXIS, PARTNER_AXIS, ROW_AXIS, Floats, total_over
from game.sim.world import World

Mask = NDArray[np.bool_]


HERE = "game/sim/effects.py"


@dataclass(frozen=True)
class _Moment:
    """What an effect works on, and in which worlds, `where` (W,)."""

    model: Model
    world: World
    frame: Frame
    where: Mask


def apply_effects(model: Model, world: World, frame: Frame, effects: tuple[EffectPlan, ...], where: Mask) -> None:
    """Apply effects where `where` (W,) holds; all amounts are read off the world before the first of them.

    Raises UnknownKind for a kind of effect that has no way to be applied.
    """
    if not where.any():
        return
    here = np.where(where, 1.0, 0.0).reshape(1, 1, 1, 1, -1)
    amounts = [None if effect.amount is None else np.asarray(effect.amount(frame)) * here for effect in effects]
    for effect, amount in zip(effects, amounts, strict=True):
        apply = look_up(APPLIED, type(effect), "kind of effect", f"APPLIED in {HERE}")
        apply(_Moment(model, world, frame, where), effect, amount)


def _add(now: _Moment, effect: AddEffect, amount: Floats) -> None:
    model, world, frame = now.model, now.world, now.frame
    plan = model.stocks[effect.stock]
    if effect.group:
        add_to_state(model, world, effect.stock, _for_group(model, frame, effect, amount))
    elif plan.place == "tile":
        add_to_state(model, world, effect.stock, amount if frame.tiles is None else amount * frame.tiles)
    elif effect.who:
        who = tuple(frame.index(one) for one in effect.who)
        own = pick(world.stock[effect.stock], who)
        live = pick(np.broadcast_to(plan.live, (*plan.start.shape[:4], 1)), who)
        own[...] = np.where(live > 0.0, np.minimum(np.maximum(own + amount, plan.low), plan.high), own) + 0.0
    else:
        add_to_state(model, world, effect.stock, amount)


def _for_group(model: Model, frame: Frame, effect: AddEffect, amount: Floats) -> Floats:
    """Return the change for each community of a group, towards the actor or between all of them."""
    if effect.group == "pairs":
        if frame.members is None:
            raise UnknownKind("group without an agreement", effect.group, f"_for_group in {HERE}")
        return np.asarray(amount * frame.members * frame.members.swapaxes(COMMUNITY_AXIS, PARTNER_AXIS))
    change = amount * _group_mask(model, frame, effect.group)
    if effect.toward_me:
        toward = np.zeros((1, len(model.layout.communities), 1, 1, 1))
        toward[0, frame.me] = 1.0
        return change * toward
    return change


def _group_mask(model: Model, frame: Frame, group: str) -> Floats:
    if group == "members" and frame.members is not None:
        return frame.members
    if group == "users":
        return np.where(frame.extra["affected"] > 0.0, 1.0, 0.0)
    if group != "others":
        raise UnknownKind("group of people", group, f"_group_mask in {HERE}")
    others = np.ones((len(model.layout.communities), 1, 1, 1, 1))
    others[frame.me] = 0.0
    return others


def _set_users(now: _Moment, effect: UsersEffect, amount: None) -> None:
    model, world, frame = now.model, now.world, now.frame
    if frame.tiles is None:
        return
    if effect.users == "me":
        after = np.zeros_like(model.uses_start)
        after[frame.me] = 1.0
    elif effect.users == "before":
        after = model.uses_start
    elif effect.users == "all":
        after = np.ones_like(model.uses_start)
    else:
        raise UnknownKind("group of users", effect.users, f"_set_users in {HERE}")
    here = (frame.tiles * np.where(now.where, 1.0, 0.0)) > 0.0
    world.uses = np.where(here, after, world.uses)


def _tiles_of(frame: Frame) -> Floats:
    return np.ones((1, 1, 1, 1, 1)) if frame.tiles is None else frame.tiles


def _move(now: _Moment, effect: MoveEffect, amount: Floats) -> None:
    """Move matter from one end to the other: never more than there is, never more than fits."""
    model, world, frame = now.model, now.world, now.frame
    source, target = _End(model, world, frame, *effect.source), _End(model, world, frame, *effect.target)
    amount = np.maximum(amount, 0.0) + 0.0
    if source.on_tiles or target.on_tiles:
        amount = amount * _tiles_of(frame)
    for end in (source, target):
        if end.on_tiles:
            amount = amount * end.live
    if source.on_tiles:
        amount = np.minimum(amount, source.available()) + 0.0
    if target.on_tiles:
        amount = np.minimum(amount, target.room()) + 0.0
    total = _over_tiles(frame, np.asarray(amount))
    for end, bound in ((source, source.available()), (target, target.room())):
        if end.name and not end.on_tiles:
            share = np.where(total > bound, bound / np.where(total > bound, total, 1.0), 1.0)
            amount, total = amount * share, total * share
    source.change(0.0 - (amount if source.on_tiles else total))
    target.change(amount if target.on_tiles else total)
    if not source.name:
        world.outside[target.name] += total
    if not target.name:
        world.outside[source.name] -= total


def carried(model: Model, world: World, frame: Frame, effect: MoveEffect) -> Floats | None:
    """Return what a move between two stores would carry now, (1, 1, 1, 1, W); None where one of them lies on tiles."""
    ends = [_End(model, world, frame, *one) for one in (effect.source, effect.target)]
    if effect.amount is None or any(end.on_tiles for end in ends):
        return None
    amount = np.maximum(np.asarray(effect.amount(frame)), 0.0)
    for end, bound in zip(ends, (ends[0].available(), ends[1].room()), strict=True):
        amount = np.minimum(amount, bound) if end.name else amount
    return np.asarray(amount + 0.0)


def _over_tiles(frame: Frame, amount: Floats) -> Floats:
    """Return the total of an amount that is 0 on all tiles that the action does not reach."""
    if frame.tree is not None and frame.tiles is not None and amount.shape[2:4] == frame.tiles.shape[2:4]:
        return frame.tree.total(frame.tree.leaves(amount))
    return total_over(amount, (ROW_AXIS, COLUMN_AXIS))


class _End:
    """One end of a move: a stock, or the outside (no name)."""

    def __init__(self, model: Model, world: World, frame: Frame, name: str, who: tuple[str, ...]) -> None:
        self.name = name
        self.held: Floats = np.zeros((1, 1, 1, 1, 1))
        self.low, self.high, self.on_tiles, self.live = 0.0, 0.0, False, self.held
        if name:
            plan = model.stocks[name]
            self.low, self.high, self.on_tiles, self.live = plan.low, plan.high, plan.place == "tile", plan.live
            values = world.stock[name]
            self.held = pick(values, tuple(frame.index(one) for one in who)) if who else values

    def available(self) -> Floats:
        """Return what can be taken away."""
        return self.held - self.low

    def room(self) -> Floats:
        """Return what still fits."""
        return np.maximum(self.high - self.held, 0.0) + 0.0

    def change(self, amount: Floats) -> None:
        """Add to what is held, in place, within its range."""
        if self.name:
            self.held[...] = np.minimum(np.maximum(self.held + amount, self.low), self.high) + 0.0


APPLIED: dict[type[EffectPlan], Callable[[_Moment, Any, Any], None]] = {
    AddEffect: _add,
    UsersEffect: _set_users,
    MoveEffect: _move,
}
