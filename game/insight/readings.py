"""What can be read off a world and compared between worlds, and which differences are worth a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from game.language.unknown import look_up
from game.sim.model import Model
from game.sim.totals import COLUMN_AXIS, ROW_AXIS, Floats, total_over
from game.sim.units_told import unit_of
from game.sim.world import World

SMALL_SHARE = 0.004  # of the range of a state; a difference below it is not worth a line
SMALL_MATTER = 0.05  # tonnes or whatever matter is counted in
NOTHING_AT_ALL = 1e-12  # below it a difference is rounding

Key = tuple[str, str]  # ("stock" or "flow", name)


@dataclass(frozen=True)
class Change:
    """How much more (or less) of a stock or flow there is because of an action.

    `who` holds the community that bears it, two for what lies between them,
    none for tiles and the whole world.  `flow` tells a flow from a stock.
    """

    name: str
    unit: str
    who: tuple[int, ...]
    amount: float
    weight: float  # by which changes of different kinds are compared
    flow: bool = False


def readings(model: Model, world: World) -> dict[Key, Floats]:
    """Return what is compared between worlds: (C|1, P|1, W) each.

    Of a stock on tiles the total (matter) or the mean over the tiles where it
    lives; of other stocks what each holds; of a flow what it moved this season.
    """
    found: dict[Key, Floats] = {}
    for name, plan in model.stocks.items():
        values = world.stock[name] * plan.live
        if plan.place == "tile":
            values = total_over(np.ascontiguousarray(values), (ROW_AXIS, COLUMN_AXIS))
            if not plan.matter:
                values = values / places_of(model, name)
        found["stock", name] = values[:, :, 0, 0]
    for name, moved in world.moved.items():
        found["flow", name] = moved[:, :, 0, 0]
    return found


def changes(model: Model, differences: Mapping[Key, Floats]) -> list[Change]:
    """Return what differs by more than rounding, from differences of readings (C|1, P|1) by their keys.

    What an agreement sets is its wording and is left out: what follows from
    it is told by the other stocks.
    """
    terms = {name for plan in model.actions.values() for name, _ in plan.sets}
    found = []
    for (kind, name), difference in differences.items():
        if kind == "flow":
            flow = model.level.flows[name]
            unit = unit_of(model, flow.source_stock if flow.source_stock != "outside" else flow.target_stock)
            total = float(difference.sum())
            found.append(Change(name, unit, (), total, abs(total) / SMALL_MATTER, True))
        elif name not in terms:
            found += _held(model, name, difference)
    return [change for change in found if abs(change.amount) > NOTHING_AT_ALL]


def _held(model: Model, name: str, difference: Floats) -> list[Change]:
    unit, place, small = unit_of(model, name), model.stocks[name].place, smallest(model, name)
    found = []
    for one, two in np.ndindex(difference.shape):
        whose = {"world": (), "tile": (), "relation": (one, two), "community": (one,), "player": (one,)}
        who = look_up(whose, place, "place of a stock", "_held in game/insight/readings.py")
        amount = float(difference[one, two])
        found.append(Change(name, unit, who, amount, abs(amount) / small))
    return found


def smallest(model: Model, name: str) -> float:
    """Return the smallest difference in a stock that is worth a line."""
    plan = model.stocks[name]
    return SMALL_MATTER if plan.matter or plan.high > 10.0 else SMALL_SHARE * (plan.high - plan.low)


def glow_threshold(model: Model, name: str) -> float:
    """Return the smallest difference on one tile that counts: a hundredth of the range."""
    return 0.01 * size_of(model, name)


def places_of(model: Model, name: str) -> float:
    """Return in how many places (tiles, communities, ties) a stock lives, at least 1."""
    plan = model.stocks[name]
    return max(float(np.broadcast_to(plan.live, (*plan.start.shape[:4], 1)).sum()), 1.0)


def size_of(model: Model, name: str) -> float:
    """Return how wide the range of a stock is, in its unit."""
    return max(model.stocks[name].high - model.stocks[name].low, 1e-12)


def felt(model: Model, name: str) -> bool:
    """Return whether a stock is something that people or the land feel, and no means, promise or player's own rest."""
    plan, spec = model.stocks[name], model.level.stocks[name]
    if any(name == term for action in model.actions.values() for term, _ in action.sets):
        return False
    if spec.living or spec.harmful or spec.conflict:
        return True
    return plan.place == "community" and not plan.matter and plan.high - plan.low <= 1.0
