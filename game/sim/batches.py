"""Batches cut anew: some worlds of a batch as a batch of their own, and how many are best stepped together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.sim.model import Model
from game.sim.world import PARTS, Integers, World

BLOCK_VALUES = 393216  # float64 values of one stock on all tiles of a block: three megabytes
STRETCH_VALUES = 49152  # and of those worlds of it whose ticks NumPy runs together
LARGEST_BLOCK = 1024
LINE_OF_WORLDS = 8  # so many worlds of one place fill a line of the cache
MANY_LINES = 32  # a batch of at least so many lines is cut with an eye to where its rows lie in the cache
ACTED = (  # what actions may change
    "stock", "member", "left", "promise", "offences", "later", "outside", "term", "leaving", "people",
    "sent", "shifted",
)  # fmt: skip
CUT = tuple(part for part in PARTS if part not in ("result", "answer", "detail"))  # what a part of a batch begins with
TICKED = ("stock", "moved", "asked", "memory", "outside")  # of a World: what ticks may change


def block_size(model: Model) -> int:
    """How many worlds to step together: enough that the cost of a call counts little, few enough for the memory."""
    return uneven(max(1, min(LARGEST_BLOCK, BLOCK_VALUES // _tiles(model))))


def uneven(worlds: int) -> int:
    """Return how many of so many worlds are best stepped together: an odd number of lines of the cache.

    What goes through a world place by place, as actions do, jumps from row to
    row.  Rows of 1,024 worlds lie 8,192 bytes apart, so that all of them want
    the same few places in the cache; it took twice the time of 1,000.
    """
    lines = worlds // LINE_OF_WORLDS
    return worlds if lines < MANY_LINES else LINE_OF_WORLDS * (lines - (lines % 2 == 0))


def stretch_size(model: Model) -> int:
    """How many worlds of a block NumPy runs the ticks of together: few enough that what it notes is small beside it."""
    return max(1, min(LARGEST_BLOCK, STRETCH_VALUES // _tiles(model)))


def _tiles(model: Model) -> int:
    return model.layout.rows * model.layout.columns


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


def in_one_piece(world: World, start: int, end: int) -> World:
    """Return a copy of some neighbouring worlds of a batch, in which all worlds of a place lie side by side."""
    return _cut(world, lambda values: values[..., start:end].copy())


def put_back(world: World, some: World, start: int) -> None:
    """Copy what the ticks of a season changed in a stretch of worlds to where it begins in the batch."""
    for kind in TICKED:
        whole, part = getattr(world, kind), getattr(some, kind)
        for name, values in part.items():
            whole[name][..., start : start + some.count] = values


class _Lent(MutableMapping[str, NDArray[Any]]):
    """Arrays of some worlds of a batch, each taken out when it is first asked for."""

    def __init__(self, whole: MutableMapping[str, NDArray[Any]], index: Integers) -> None:
        self.whole, self.index = whole, index
        self.taken: dict[str, NDArray[Any]] = {}

    def __getitem__(self, name: str) -> NDArray[Any]:
        if name not in self.taken:
            self.taken[name] = self.whole[name].take(self.index, axis=-1)
        return self.taken[name]

    def __setitem__(self, name: str, values: NDArray[Any]) -> None:
        self.taken[name] = values

    def __delitem__(self, name: str) -> None:
        raise TypeError("a world keeps all its arrays")

    def __iter__(self) -> Iterator[str]:
        return iter(self.whole)

    def __len__(self) -> int:
        return len(self.whole)


def lent(world: World, index: Integers) -> World:
    """Return the worlds of a batch that `index` (N,) names, for one action: only what it asks for is copied."""
    return _cut(world, lambda values: values.take(index, axis=-1), lambda values: _Lent(values, index))


def given_back(world: World, some: World, index: Integers, uses: bool) -> None:
    """Put what an action changed in the worlds that were lent into the batch again; `uses` only where it did."""
    for kind in ACTED:
        whole, part = getattr(world, kind), getattr(some, kind)
        for name, values in part.taken.items():
            whole[name][..., index] = values
    if uses:
        world.uses[..., index] = some.uses
    world.blocked[index] = some.blocked


def _cut(
    world: World, cut: Callable[[NDArray[Any]], NDArray[Any]], cut_all: Callable[[dict[str, Any]], Any] | None = None
) -> World:
    """Return a world of parts that `cut` takes out of each array; `cut_all`, where given, out of those with names."""
    taken: dict[str, Any] = {}
    for name in CUT:
        value = getattr(world, name)
        if isinstance(value, dict):
            taken[name] = cut_all(value) if cut_all else {key: cut(values) for key, values in value.items()}
        else:
            taken[name] = cut(value) if isinstance(value, np.ndarray) else value
    return World(**taken)
