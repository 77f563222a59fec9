"""What players see of a stock that a level hides: a dust that nobody notices where no counter ticks.

The rules go on with what is there, and so do scripts and planners.  When a
game is over everything is seen.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from game.sim.beginning import twin
from game.sim.frame import Frame
from game.sim.model import Model
from game.sim.world import RUNNING, World


def seen(model: Model, world: World, name: str) -> NDArray[np.bool_]:
    """Return where players see a stock, in its shape."""
    shape = world.stock[name].shape
    if name not in model.sight:
        return np.ones(shape, np.bool_)
    found = np.asarray(model.sight[name](Frame(model.layout, world))) > 0.0
    return np.array(np.broadcast_to(found | (world.outcome != RUNNING), shape))


def unseen(model: Model, world: World) -> frozenset[str]:
    """Return the stocks of which players see nothing anywhere."""
    return frozenset(name for name in model.sight if name in model.stocks and not seen(model, world, name).any())


def as_seen(model: Model, world: World) -> World:
    """Return the world as far as it is seen: of what nobody sees there is as much as when the game began."""
    eyes = {name: seen(model, world, name) for name in model.sight if name in model.stocks}
    if all(one.all() for one in eyes.values()):
        return world
    shown = twin(world)
    for name, one in eyes.items():
        shown.stock[name] = np.where(one, world.stock[name], model.stocks[name].start)
    return shown
