"""How stocks answer a small push: found by trying, one tick long, with every stock pushed in a world of its own.

All worlds start as the level does, without luck: with its own numbers and
starts, undrawn.  In each one stock is a little higher everywhere, and what
then changes otherwise than in the world that nobody pushed is its doing (the
columns of the Jacobian, as in May 1972).  What spreads is also tried near
nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from game.insight.readings import places_of, size_of
from game.sim.beginning import new_worlds
from game.sim.flows import run_tick
from game.sim.model import Model
from game.sim.totals import COLUMN_AXIS, COMMUNITY_AXIS, PARTNER_AXIS, ROW_AXIS, Floats, total_over
from game.sim.world import World

PUSH = 1e-4  # of the range of a stock: small enough for rates to be straight lines
EVERYWHERE = (COMMUNITY_AXIS, PARTNER_AXIS, ROW_AXIS, COLUMN_AXIS)


@dataclass(frozen=True)
class Responses:
    """What follows a small push, by the names of stocks.

    `pull[a, b]` is the change of b per season for a push of a, both as shares of
    their ranges; of a stock on itself it is below 0 where the push wears off.
    `growth` (1/season) is how fast a stock that spreads multiplies near nothing.
    `present` is how full each stock starts, as a share of its range.
    """

    pull: dict[tuple[str, str], float]
    growth: dict[str, float]
    present: dict[str, float]

    def half_life(self, stock: str) -> float:
        """Return after how many seasons half of a push is left: ln 2 / share that wears off; inf where none does."""
        wears_off = -self.pull[stock, stock]
        return math.log(2.0) / wears_off if wears_off > 1e-6 else math.inf


def try_responses(model: Model) -> Responses:
    """Push every stock a little and see what one tick makes of it."""
    names = list(model.stocks)
    movers = [name for name, plan in model.stocks.items() if plan.spread or plan.downhill]
    world = calm_worlds(model, 1 + len(names) + 2 * len(movers))
    for place, name in enumerate(names, 1):
        _push(model, world, name, place)
    for place, name in enumerate(movers):
        low, live = model.stocks[name].low, model.stocks[name].live[..., 0]
        at = 1 + len(names) + 2 * place
        world.stock[name][..., at] = low * live
        world.stock[name][..., at + 1] = (low + PUSH * (model.stocks[name].high - low)) * live
    before = _means(model, world)
    run_tick(model, world, {})
    change = {name: (after - before[name]) / model.tick for name, after in _means(model, world).items()}
    pull = {}
    for place, name in enumerate(names, 1):
        push = before[name][place] - before[name][0]
        for other in names:
            answer = float((change[other][place] - change[other][0]) / push) if push else 0.0
            pull[name, other] = answer * size_of(model, name) / size_of(model, other)
    growth = {}
    for place, name in enumerate(movers):
        none, little = (1 + len(names) + 2 * place + step for step in (0, 1))
        push = before[name][little] - before[name][none]
        growth[name] = float((change[name][little] - change[name][none]) / push) if push else 0.0
    present = {name: float(before[name][0] - model.stocks[name].low) / size_of(model, name) for name in names}
    return Responses(pull, growth, present)


def calm_worlds(model: Model, count: int) -> World:
    """Return worlds as the level describes them, with nothing drawn by luck."""
    world = new_worlds(model, [0] * count)
    for name, plan in model.stocks.items():
        world.stock[name][...] = plan.start
    for name, number in model.level.numbers.items():
        world.number[name][...] = number.value
    return world


def _push(model: Model, world: World, name: str, place: int) -> None:
    """Raise a stock a little wherever it lives and has room, else lower it."""
    plan, values = model.stocks[name], world.stock[name]
    push = PUSH * size_of(model, name)
    room = values[..., place] + push <= plan.high
    values[..., place] += np.where(room, push, -push) * np.broadcast_to(plan.live, values.shape)[..., 0]


def _means(model: Model, world: World) -> dict[str, Floats]:
    """Return the mean of every stock over the places where it lives, (W,) each."""
    found = {}
    for name, plan in model.stocks.items():
        held = np.ascontiguousarray(world.stock[name] * plan.live)
        found[name] = np.array((total_over(held, EVERYWHERE) / places_of(model, name)).reshape(-1))
    return found
