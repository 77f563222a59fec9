"""Matter that moves between neighbouring tiles: seeds, water, animals.

Over every edge between two living tiles the same amount leaves one side and
enters the other, in proportion to their difference (diffusion, Fick 1855);
so spreading conserves, and cannot leave the range of the stock.
"""

from __future__ import annotations

import numpy as np

from game.sim.model import Model
from game.sim.world import World


def spread(model: Model, world: World) -> None:
    """Let one tick of spreading pass, for every stock that spreads."""
    for name, plan in model.stocks.items():
        if not plan.spread:
            continue
        values, live = world.stock[name], plan.live
        rate = plan.spread * model.tick
        down = (values[:, :, :-1] - values[:, :, 1:]) * (live[:, :, :-1] * live[:, :, 1:] * rate)
        right = (values[:, :, :, :-1] - values[:, :, :, 1:]) * (live[:, :, :, :-1] * live[:, :, :, 1:] * rate)
        after = values.copy()
        after[:, :, :-1] -= down
        after[:, :, 1:] += down
        after[:, :, :, :-1] -= right
        after[:, :, :, 1:] += right
        # Rounding can pass a bound by about 1e-16.
        world.stock[name] = np.minimum(np.maximum(after, 0.0), plan.high) + 0.0
