"""The three dials of every level, each from 0 (fine) to 1: depletion, conflict, toxification."""

from __future__ import annotations

import numpy as np

from game.sim.model import Model
from game.sim.plans import StockPlan
from game.sim.totals import COLUMN_AXIS, COMMUNITY_AXIS, ROW_AXIS, Floats, total_over
from game.sim.world import World

DIALS = ("depletion", "conflict", "toxification")


def dials(model: Model, world: World) -> dict[str, Floats]:
    """Return the three dials, each (W,)."""
    parts = dial_parts(model, world)
    return {
        "depletion": _average(list(parts["depletion"].values()), world),
        "conflict": _conflict(model, world),
        "toxification": _average(list(parts["toxification"].values()), world),
    }


def dial_parts(model: Model, world: World) -> dict[str, dict[str, Floats]]:
    """Return what two of the dials are the mean of: for each stock how depleted or fouled it is, 0 to 1 (W,)."""
    specs = model.level.stocks
    living = {
        name: 1.0 - _mean(model.stocks[name], np.minimum(1.0, world.stock[name] / spec.living))
        for name, spec in specs.items()
        if spec.living
    }
    harmful = {
        name: _mean(model.stocks[name], np.minimum(1.0, _fouled(world.stock[name], spec.harmless, spec.harmful)))
        for name, spec in specs.items()
        if spec.harmful
    }
    return {"depletion": living, "toxification": harmful}


def _fouled(values: Floats, harmless: float | None, harmful: float) -> Floats:
    """Return how far what is there has come on its way from the amount that nobody minds to the harmful one."""
    if harmless is None:
        return values / harmful
    return np.maximum(0.0, (values - harmless) / (harmful - harmless)) + 0.0


def _mean(plan: StockPlan, values: Floats) -> Floats:
    places = plan.live * np.ones((*plan.start.shape[:4], 1))
    count = total_over(places, (COMMUNITY_AXIS, ROW_AXIS, COLUMN_AXIS))
    total = total_over(np.asarray(values * plan.live), (COMMUNITY_AXIS, ROW_AXIS, COLUMN_AXIS))
    return np.asarray(total / np.maximum(count, 1.0)).reshape(-1)


def _average(parts: list[Floats], world: World) -> Floats:
    if not parts:
        return np.zeros(world.count)
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total / len(parts)


def _conflict(model: Model, world: World) -> Floats:
    felt = [name for name, spec in model.level.stocks.items() if spec.conflict]
    everybody = total_over(model.people, (COMMUNITY_AXIS,))
    parts = [
        (total_over(np.asarray(world.stock[name] * model.people), (COMMUNITY_AXIS,)) / everybody).reshape(-1)
        for name in felt
    ]
    return np.minimum(np.maximum(_average(parts, world), 0.0), 1.0) + 0.0
