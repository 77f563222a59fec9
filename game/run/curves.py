"""How the stocks of a level go under a few ways to play, season by season: a quick look while a level is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.players.policies import plan_season
from game.run.backends import kernel
from game.sim.actions import Actions
from game.sim.batches import stretch
from game.sim.beginning import new_worlds
from game.sim.model import Model
from game.sim.observe import mean_of
from game.sim.step import step
from game.sim.world import WON, World

WAYS = ("idle", "over", "with", "person")  # policies in every seat


@dataclass(frozen=True)
class Curve:
    """What became of some games under one policy in every seat."""

    policy: str
    won: float  # share of the games
    means: dict[str, list[float]]  # by stock: the mean over places and games, before the first season and after each


def curves(model: Model, stocks: Sequence[str], games: int, ways: Sequence[str] = WAYS) -> list[Curve]:
    """Return how stocks go over the first `games` seeds in each of some ways to play.

    All ways are played side by side in one batch, which is quicker than one
    after the other and gives the same bits.  On a model that is written just
    now nothing is compiled.
    """
    own = [range(start, start + games) for start in range(0, games * len(ways), games)]  # the worlds of each way
    ticks = kernel("numpy", model, games * len(ways))
    world = new_worlds(model, list(range(games)) * len(ways))
    means: list[dict[str, list[float]]] = [{name: [] for name in stocks} for _ in ways]
    _note(model, world, own, means)
    for _ in range(model.seasons):
        plans = [
            plan_season(model, stretch(world, here.start, here.stop), (way,) * len(model.layout.seats), ticks)
            for way, here in zip(ways, own, strict=True)
        ]
        chosen = np.concatenate([one.chosen for one in plans], axis=-1)
        world = step(model, world, Actions(chosen), ticks)
        _note(model, world, own, means)
    won = (world.outcome == WON).astype(float)
    return [Curve(way, float(won[here].mean()), held) for way, here, held in zip(ways, own, means, strict=True)]


def _note(model: Model, world: World, own: Sequence[range], means: list[dict[str, list[float]]]) -> None:
    """Add how every stock stands in the worlds of each way."""
    for name in means[0]:
        held = np.broadcast_to(mean_of(model, world, name), (world.count,))
        for here, values in zip(own, means, strict=True):
            values[name].append(float(held[here].mean()))
