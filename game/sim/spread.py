"""Matter that moves between neighbouring tiles: seeds, water, animals.

Both ways of moving conserve and cannot leave the range of the stock.
"""

from __future__ import annotations

import numpy as np

from game.sim.frame import Frame
from game.sim.model import Model
from game.sim.plans import DownhillPlan
from game.sim.totals import Floats
from game.sim.world import World


def spread(model: Model, world: World, tick: int = 0) -> None:
    """Let one tick of spreading and of running downhill pass, for every stock that does."""
    for name, plan in model.stocks.items():
        if plan.spread:
            # Rounding can pass a bound by about 1e-16.
            after = _evened_out(world.stock[name], plan.live, plan.spread * model.tick)
            world.stock[name] = np.minimum(np.maximum(after, 0.0), plan.high) + 0.0
    running = [(name, plan, plan.downhill) for name, plan in model.stocks.items() if plan.downhill]
    if running:
        frame = Frame(model.layout, world, tick=tick)
        rates = [np.asarray(downhill.rate(frame)) for _, _, downhill in running]
        for (name, plan, downhill), rate in zip(running, rates, strict=True):
            share = np.minimum(np.maximum(rate, 0.0) * model.tick, 1.0) + 0.0
            after = _run_down(world.stock[name], downhill, share, plan.high)
            world.stock[name] = np.minimum(np.maximum(after, 0.0), plan.high) + 0.0


def _evened_out(values: Floats, live: Floats, rate: float) -> Floats:
    """Over every edge between two living tiles goes the same share of their difference (diffusion, Fick 1855)."""
    down = (values[:, :, :-1] - values[:, :, 1:]) * (live[:, :, :-1] * live[:, :, 1:] * rate)
    right = (values[:, :, :, :-1] - values[:, :, :, 1:]) * (live[:, :, :, :-1] * live[:, :, :, 1:] * rate)
    after: Floats = values.copy()
    after[:, :, :-1] -= down
    after[:, :, 1:] += down
    after[:, :, :, :-1] -= right
    after[:, :, :, 1:] += right
    return after


def _run_down(values: Floats, plan: DownhillPlan, share: Floats, high: float) -> Floats:
    """A share of each tile goes to its lower neighbours, the steeper the more; what has no room there stays."""
    leaving = values * share
    down = (leaving * plan.down)[:, :, :-1]
    up = (leaving * plan.up)[:, :, 1:]
    right = (leaving * plan.right)[:, :, :, :-1]
    left = (leaving * plan.left)[:, :, :, 1:]
    arriving = np.zeros_like(values)
    arriving[:, :, 1:] += down
    arriving[:, :, :-1] += up
    arriving[:, :, :, 1:] += right
    arriving[:, :, :, :-1] += left
    room = np.maximum(high - values, 0.0) + 0.0
    too_much = arriving > room
    if too_much.any():
        fits = np.where(too_much, room / np.where(too_much, arriving, 1.0), 1.0)
        down, up = down * fits[:, :, 1:], up * fits[:, :, :-1]
        right, left = right * fits[:, :, :, 1:], left * fits[:, :, :, :-1]
    after: Floats = values.copy()
    after[:, :, :-1] -= down
    after[:, :, 1:] += down
    after[:, :, 1:] -= up
    after[:, :, :-1] += up
    after[:, :, :, :-1] -= right
    after[:, :, :, 1:] += right
    after[:, :, :, 1:] -= left
    after[:, :, :, :-1] += left
    return after
