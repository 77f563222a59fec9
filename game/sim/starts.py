"""What stocks begin with where an expression says so: worked out in order of need, off the starts of the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from game.level.schema import Level
from game.sim.frame import Frame
from game.sim.layout import Layout
from game.sim.noise import first_noise
from game.sim.plans import StockPlan
from game.sim.totals import Floats
from game.sim.world import World


def said(plan: StockPlan, layout: Layout, world: World) -> Floats:
    """Return what the rule for the start of a stock says in each world, the map and communities first, (…, W)."""
    if plan.begins is None:
        raise ValueError(f"the start of {plan.name} is a number")
    own = plan.start if plan.own_start is None else plan.own_start
    value = np.broadcast_to(plan.begins(Frame(layout, world)), (*layout.shape(plan.axes), world.count))
    return np.where(np.isnan(own), value, own)


def begun(plan: StockPlan, layout: Layout, world: World) -> Floats:
    """Return what a stock with a rule for its start begins with, within its range, where it lives, (…, W)."""
    bounded = np.minimum(np.maximum(said(plan, layout, world), plan.low) + 0.0, plan.high)
    return np.asarray(bounded * plan.live + 0.0)


def with_usual_starts(
    level: Level, layout: Layout, stocks: dict[str, StockPlan], order: Iterable[str], uses: Floats
) -> dict[str, StockPlan]:
    """Return the plans of stocks with the start that each has where all numbers are as the level says."""
    found, order = dict(stocks), tuple(order)
    if not order:
        return found
    seed, nothing = np.zeros(1, np.uint64), np.zeros((0, 1), np.int64)
    numbers = {name: np.full((1, 1, 1, 1, 1), float(number.value)) for name, number in level.numbers.items()}
    world = World(
        season=0, seed=seed, luck=seed, stock={name: np.nan_to_num(plan.start) for name, plan in stocks.items()},
        uses=uses, base_number=numbers, number=numbers, need=nothing, need_until=nothing, memory={}, member={}, left={},
        promise={}, offences={}, later={}, event_left={}, event_sign={}, struck={}, moved={}, asked={}, fined={},
        streak=nothing, reached=nothing > 0, outcome=nothing[0:0, 0], outcome_season=nothing[0:0, 0],
        blocked=nothing[0:0, 0] > 0, outside={}, noise=first_noise(level.noise, layout, seed),
    )  # fmt: skip
    for name in order:
        plan = stocks[name]
        world.stock[name] = begun(plan, layout, world)
        found[name] = replace(plan, start=world.stock[name], own_start=plan.start)
    return found
