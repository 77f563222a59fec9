"""What is remembered of a season of a game, for trends and charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.insight.readings import Key, readings
from game.insight.roles import Roles
from game.sim.dials import dials
from game.sim.goals import objective
from game.sim.model import Model
from game.sim.observe import mean_of
from game.sim.sight import as_seen
from game.sim.totals import Floats
from game.sim.world import World


@dataclass(frozen=True)
class Moment:
    """What is remembered of a season for trends and charts."""

    season: int
    living: float  # share of full
    stores: tuple[float, ...]
    dials: dict[str, float]
    streaks: tuple[int, ...]
    objective: float
    held: dict[str, float]  # of what is watched on the land the mean on a tile, and what lies hidden behind it
    came: dict[str, float]  # what each flow into those hidden stocks moved in the season
    read: dict[Key, Floats]  # every stock and flow, (C|1, P|1)


def moment_of(model: Model, roles: Roles, world: World, charted: Sequence[str], hidden: Sequence[str]) -> Moment:
    """Return what is remembered of a season that has just ended in a world of one.

    `charted` are stocks on the land whose course is drawn, `hidden` those that nobody sees and that they live on.
    """
    stores = tuple(float(value) for value in world.stock[roles.store][:, 0, 0, 0, 0]) if roles.store else ()
    return Moment(
        world.season,
        living_share(model, roles, world),
        stores,
        {name: float(value[0]) for name, value in dials(model, as_seen(model, world)).items()},
        tuple(int(streak) for streak in world.streak[:, 0]),
        float(objective(model, world)[0]),
        {name: _charted(model, world, name) for name in charted}
        | {name: float(world.stock[name].sum()) for name in hidden},
        {
            flow.name: float(world.moved[flow.name].sum())
            for flow in model.flows
            if flow.target in hidden and flow.name in world.moved
        },
        {key: values[..., 0].copy() for key, values in readings(model, world).items()},
    )


def living_share(model: Model, roles: Roles, world: World) -> float:
    """Return how full the living stock of the map is on average, 0 to 1."""
    if roles.living is None:
        return 0.0
    plan = model.stocks[roles.living]
    return (on_land(model, world, roles.living) - plan.low) / (plan.high - plan.low)


def on_land(model: Model, world: World, name: str) -> float:
    """Return how much of a stock lies on a tile, as the mean over the tiles where it lives."""
    return float((world.stock[name] * _live(model, world, name)).sum() / max(live_tiles(model, world, name), 1.0))


def live_tiles(model: Model, world: World, name: str) -> float:
    """Return on how many tiles a stock lives."""
    return float(_live(model, world, name).sum())


def _live(model: Model, world: World, name: str) -> Floats:
    return np.asarray(model.stocks[name].live * np.ones((1, 1, *world.uses.shape[2:4], 1)))


def _charted(model: Model, world: World, name: str) -> float:
    """Return how much there is of a stock whose course is drawn: on the land, or the mean over its places."""
    if model.stocks[name].place == "tile":
        return on_land(model, world, name)
    return float(mean_of(model, world, name)[0])
