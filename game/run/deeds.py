"""What a seat did in a season, counted over a whole batch: deeds, takings from others, and whether anybody saw it.

A *taking* is a deed of power-over that somebody else feels as a wrong of more
than NUISANCE, as things stand when the season begins (`game.sim.feelings`).
*Visible* is a deed that changes anything but the doer's own days and needs, or
that others are asked about.  What was tried counts, whether it was stopped or
declined or not; a taking also where another had been there before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.players.options import options
from game.sim.actions import BLOCKED, DECLINED, DONE, NOT_POSSIBLE
from game.sim.effect_plans import UsersEffect
from game.sim.feelings import felt
from game.sim.model import Model
from game.sim.plans import ActionPlan
from game.sim.possible import action_frame, affordable
from game.sim.totals import Floats
from game.sim.world import Integers, World

TRIED = (DONE, BLOCKED, DECLINED)
NUISANCE = 0.1  # of a season's use: what is felt less than this takes nothing that matters

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Tried:
    """What one seat tried in a season."""

    deeds: Integers  # (W,)
    takings: Integers  # (W,) of these
    visible: Flags  # (W,)
    taken: dict[int, Flags]  # for each candidate that takes: from whom in which worlds, (C, W)


def tried_by(model: Model, world: World, seat: int, chosen: Integers, result: Integers) -> Tried:
    """Return what a seat tried in the season that begins with `world`; its plan and what became of it: (slots, W)."""
    deeds, takings = np.zeros(world.count, np.int64), np.zeros(world.count, np.int64)
    seen, taken = np.zeros(world.count, np.bool_), {}
    shares: dict[str, Floats] = {}
    tried = np.isin(result, TRIED) & (chosen >= 0)
    done = tried | ((result == NOT_POSSIBLE) & (chosen >= 0))
    for index in map(int, np.unique(chosen[done])):
        often = (done & (chosen == index)).sum(axis=0)
        deeds += often
        if is_visible(model, model.actions[model.candidates[index].action]):
            seen |= (tried & (chosen == index)).any(axis=0)
        wronged = wronged_by(model, world, seat, index, shares)
        takings += often * wronged.any(axis=0)
        if (wronged & (often > 0)).any():
            taken[index] = wronged & (often > 0)
    return Tried(deeds, takings, seen, taken)


def wronged_by(model: Model, world: World, seat: int, index: int, shares: dict[str, Floats]) -> Flags:
    """Return whom a candidate would take from, (C, W); nobody where it is no power-over."""
    plan = model.actions[model.candidates[index].action]
    if plan.spec.mode != "over":
        return np.zeros((len(model.layout.communities), world.count), np.bool_)
    frame = action_frame(model, world, seat, index, shares)
    return np.asarray(felt(model.feelings, model.stocks, frame, plan) < -NUISANCE)


def is_visible(model: Model, plan: ActionPlan) -> bool:
    """Return whether others see an action being done."""
    if plan.accepts is not None or plan.spec.lasts is not None:
        return True
    effects = (*plan.now, *plan.finds)
    changed = [stock for effect in effects for stock in effect.stocks] + [item.stock for item in plan.later]
    return any(isinstance(one, UsersEffect) for one in effects) or any(
        model.stocks[name].place != "player" for name in changed
    )


def able(model: Model, world: World, seat: int, whom: int) -> tuple[Flags, Flags]:
    """Return where a seat has the days and the goods for anything visible, and where to take from `whom`: (W,) each."""
    shares: dict[str, Floats] = {}
    anything, taking = np.zeros(world.count, np.bool_), np.zeros(world.count, np.bool_)
    for option in options(model, world, seat, ("over", "with", "neutral"), shares):
        fine = option.allowed & affordable(model, world, model.layout.seats[seat], option.costs)
        if is_visible(model, option.plan):
            anything |= fine
        taking |= fine & wronged_by(model, world, seat, option.index, shares)[whom]
    return anything, taking
