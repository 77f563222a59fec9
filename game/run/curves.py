"""How the stocks of a level go under a few ways to play, season by season: a quick look while a level is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.run.backends import kernel
from game.run.batch import play_block
from game.sim.model import Model
from game.sim.observe import mean_of
from game.sim.world import WON, World

WAYS = ("idle", "over", "with", "person")  # policies in every seat


@dataclass(frozen=True)
class Curve:
    """What became of some games under one policy in every seat."""

    policy: str
    won: float  # share of the games
    means: dict[str, list[float]]  # by stock: the mean over places and games, before the first season and after each


def curve(model: Model, policy: str, stocks: Sequence[str], games: int) -> Curve:
    """Return how stocks go over the first `games` seeds; on a model that is written just now nothing is compiled."""
    means: dict[str, list[float]] = {name: [] for name in stocks}

    def note(world: World) -> None:
        for name, values in means.items():
            values.append(float(np.mean(mean_of(model, world, name))))

    ways = (policy,) * len(model.layout.seats)
    world = play_block(model, ways, list(range(games)), model.seasons, note, kernel("numpy", model, games), note)
    return Curve(policy, float(np.mean(world.outcome == WON)), means)
