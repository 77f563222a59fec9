"""What goes round in a closed set of stocks, counted to see that none of it is lost."""

from __future__ import annotations

import numpy as np

from game.sim.frame import along_worlds
from game.sim.model import Model
from game.sim.totals import COLUMN_AXIS, COMMUNITY_AXIS, PARTNER_AXIS, ROW_AXIS, Floats, total_over
from game.sim.world import World

_PLACES = (COMMUNITY_AXIS, PARTNER_AXIS, ROW_AXIS, COLUMN_AXIS)


def closed_total(model: Model, world: World, name: str) -> Floats:
    """Return how much there is in all stocks of the closed set `name` and on its way between them, (W,)."""
    stocks = model.level.closed[name].stocks
    held = [world.stock[stock] for stock in stocks]
    held += [
        stage
        for flow in model.flows
        if flow.stage_seasons and (flow.source in stocks or flow.target in stocks)
        for stage in world.memory[flow.name]
    ]
    total = np.zeros(world.count)
    for values in held:
        total = total + along_worlds(total_over(np.asarray(values), _PLACES), world.count)
    return total
