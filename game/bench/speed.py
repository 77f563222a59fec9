"""The speed of the core: ticks of one world a second, and how that compares with merely copying its memory.

Times are the best of a few rounds, since other programs only ever slow things
down.  Nobody acts: what is measured is the world, not its players.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.run import backends
from game.sim.beginning import new_worlds
from game.sim.model import Model
from game.sim.step import Ticks, step
from game.sim.world import World

BATCHES = (8, 16, 32, 64, 128, 256, 512)
QUICK_BATCHES = (32, 128)
MOST_BATCH_TILES = 262_144  # tile-worlds; beyond it no cache helps and memory grows


@dataclass(frozen=True)
class Effort:
    """How long to measure."""

    rounds: int
    seconds: float  # of one round, at least
    batches: tuple[int, ...]


THOROUGH = Effort(5, 0.25, BATCHES)
QUICK = Effort(2, 0.02, QUICK_BATCHES)


def kernels() -> dict[str, Callable[[Model, int], Ticks]]:
    """Return the backends that are installed: for each, what makes the ticks for batches of one size."""
    found: dict[str, Callable[[Model, int], Ticks]] = {"numpy": partial(backends.kernel, "numpy")}
    if backends.has_numba():
        found["compiled"] = partial(backends.kernel, "compiled")
    return found


class Clock:
    """Steps seasons, and counts apart how long their ticks take."""

    def __init__(self, model: Model, ticks: Ticks) -> None:
        self.model, self.ticks = model, ticks
        self.in_ticks = 0.0

    def season(self, world: World) -> World:
        """Return the world one season later."""
        return step(self.model, world, ticks=self._timed(self.ticks))

    def _timed(self, run: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any) -> Any:
            start = time.perf_counter()
            result = run(*arguments)
            self.in_ticks += time.perf_counter() - start
            return result

        return timed


@dataclass(frozen=True)
class Timing:
    """Seconds for one season of a batch."""

    count: int
    season: float
    ticks: float


def time_seasons(model: Model, count: int, ticks: Ticks, effort: Effort) -> Timing:
    """Return how long a season of `count` worlds takes, as a whole and in its ticks alone."""
    clock = Clock(model, ticks)
    world = clock.season(new_worlds(model, range(count)))
    best = best_ticks = float("inf")
    for _ in range(effort.rounds):
        clock.in_ticks, seasons, start = 0.0, 0, time.perf_counter()
        while seasons == 0 or time.perf_counter() - start < effort.seconds:
            clock.season(world)
            seasons += 1
        best = min(best, (time.perf_counter() - start) / seasons)
        best_ticks = min(best_ticks, clock.in_ticks / seasons)
    return Timing(count, best, best_ticks)


def speed(model: Model, make: Callable[[Model, int], Ticks], effort: Effort) -> dict[str, Any]:
    """Return the figures of one backend on one level, at the batch size that suits it best."""
    tiles, per_season = tile_count(model), model.level.seasons.ticks
    sizes = [size for size in effort.batches if size * tiles <= MOST_BATCH_TILES] or [1]
    timings = [time_seasons(model, size, make(model, size), effort) for size in sizes]
    best = min(timings, key=lambda timing: timing.season / timing.count)
    done = best.count * per_season
    copy = copy_seconds(model, best.count, effort)
    return {
        "level": model.level.id,
        "batch": best.count,
        "world_ticks_per_second": done / best.season,
        "nanoseconds_per_tile": best.season / (done * tiles) * 1e9,
        "nanoseconds_per_tile_ticks_alone": best.ticks / (done * tiles) * 1e9,
        "copy_bound_nanoseconds_per_tile": copy / (best.count * tiles) * 1e9,
        "times_copy_bound": best.ticks / per_season / copy,
    }


def copy_seconds(model: Model, count: int, effort: Effort) -> float:
    """Return how long it takes to copy once everything that a tick of `count` worlds reads or writes."""
    sources = list(touched(new_worlds(model, range(count))))
    targets = [np.empty_like(source) for source in sources]
    best = float("inf")
    for _ in range(effort.rounds):
        copies, start = 0, time.perf_counter()
        while copies == 0 or time.perf_counter() - start < effort.seconds / 4:
            for source, target in zip(sources, targets, strict=True):
                np.copyto(target, source)
            copies += 1
        best = min(best, (time.perf_counter() - start) / copies)
    return best


def touched(world: World) -> Iterator[NDArray[Any]]:
    """Yield every array of the state that a tick reads or writes."""
    yield world.uses
    for held in (world.stock, world.memory, world.moved, world.asked, world.outside, world.number):
        yield from held.values()


def tile_count(model: Model) -> int:
    """Return how many tiles the map has."""
    return model.layout.rows * model.layout.columns
