"""Batches cut anew: some worlds of a batch as a batch of their own, and how many are best stepped together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.sim.model import Model
from game.sim.world import Integers, World

BLOCK_VALUES = 49152  # float64 values of one stock on all tiles of a block: about a third of a megabyte
LARGEST_BLOCK = 1024


def block_size(model: Model) -> int:
    """How many worlds to step together: as many as stay in the processor's cache."""
    tiles = model.layout.rows * model.layout.columns
    return max(1, min(LARGEST_BLOCK, BLOCK_VALUES // tiles))


def selected(world: World, index: Integers) -> World:
    """Return the worlds of a batch that `index` (N,) names, in that order and as often as named.

    The new batch shares nothing with the old one.  What became of the plans
    of the last season (`result`, `answer`) and what was counted for onlookers
    (`detail`) is left behind.
    """
    return _cut(world, lambda values: values.take(index, axis=-1))


def stretch(world: World, start: int, end: int) -> World:
    """Return some neighbouring worlds of a batch, for reading only: they share their arrays with it."""
    return world if end - start == world.count else _cut(world, lambda values: values[..., start:end])


def _cut(world: World, cut: Callable[[NDArray[Any]], NDArray[Any]]) -> World:
    taken: dict[str, Any] = {}
    for item in fields(World):
        value = getattr(world, item.name)
        if item.name in ("result", "answer", "detail"):
            continue
        if isinstance(value, dict):
            taken[item.name] = {key: cut(values) for key, values in value.items()}
        else:
            taken[item.name] = cut(value) if isinstance(value, np.ndarray) else value
    return World(**taken)
