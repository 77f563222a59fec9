"""How cost grows: with the number of worlds, with the map, in memory, and with a second processor core."""

from __future__ import annotations

import os
import platform
import time
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from game.bench.speed import Effort, Ticks, tile_count, time_seasons
from game.level.schema import Level, TileTarget
from game.run.batch import play
from game.run.workers import play_with_workers
from game.sim.batches import block_size
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.step import step
from game.sim.world import World

SIDES = (8, 16, 32, 64, 128)
TILE_WORLDS = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
QUICK_SIDES = (8, 16)
QUICK_TILE_WORLDS = (1_000, 10_000)


def resized(level: Level, rows: int, columns: int) -> Level:
    """Return the level on a map of another size that repeats its rows and columns.

    Actions on single places are left out: a large map has thousands of
    places, and nobody acts here.
    """

    def stretched(text: str) -> str:
        lines = [line for line in text.splitlines() if line.strip()]
        wide = [(line * (columns // len(line) + 1))[:columns] for line in lines]
        return "\n".join(wide[row % len(wide)] for row in range(rows)) if wide else text

    found = level.map.model_copy(update={"rows": stretched(level.map.rows), "heights": stretched(level.map.heights)})
    allowed = tuple(
        name for name, action in level.allowed_actions().items() if not isinstance(action.target, TileTarget)
    )
    return level.model_copy(update={"map": found, "allow": allowed})


def by_batch(
    level: Level, make: Callable[[Model, int], Ticks], effort: Effort, sizes: Sequence[int]
) -> list[dict[str, Any]]:
    """Return the cost of a tile in batches of ever more worlds, stepped in blocks as `play` steps them."""
    model = compile_level(level)
    tiles = tile_count(model)
    return [_row(model, max(1, tile_worlds // tiles), make, effort) for tile_worlds in sizes]


def by_map(
    level: Level, make: Callable[[Model, int], Ticks], effort: Effort, sides: Sequence[int]
) -> list[dict[str, Any]]:
    """Return the cost of a tile on ever larger maps, each in blocks as `play` steps them."""
    found = []
    for side in sides:
        model = compile_level(resized(level, side, side))
        found.append({"map": f"{side} x {side}", **_row(model, block_size(model), make, effort)})
    return found


def _row(model: Model, worlds: int, make: Callable[[Model, int], Ticks], effort: Effort) -> dict[str, Any]:
    size = min(worlds, block_size(model))
    parts = [size] * (worlds // size) + ([worlds % size] if worlds % size else [])
    each = {part: time_seasons(model, part, make(model, part), effort).season for part in sorted(set(parts))}
    tile_ticks = worlds * tile_count(model) * model.level.seasons.ticks
    return {
        "worlds": worlds,
        "tile_worlds": worlds * tile_count(model),
        "nanoseconds_per_tile": sum(each[part] for part in parts) / tile_ticks * 1e9,
    }


def flatness(rows: Sequence[dict[str, Any]]) -> float:
    """Return by what factor the dearest row is dearer a tile than the cheapest."""
    costs = [row["nanoseconds_per_tile"] for row in rows]
    return float(max(costs) / min(costs))


def memory(model: Model) -> dict[str, Any]:
    """Return the bytes of one world, and how many copies of the state a step holds at its peak, itself counted."""
    count = block_size(model)
    world = step(model, new_worlds(model, range(count)))
    state = state_bytes(world)
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    after = step(model, world)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return {
        "level": model.level.id,
        "batch": after.count,
        "bytes_per_world": state / count,
        "peak_copies": 1.0 + (peak - before) / state,
    }


def state_bytes(world: World) -> int:
    """Return the size of all arrays of a world."""
    found = 0
    for value in vars(world).values():
        arrays = value.values() if isinstance(value, dict) else (value,)
        found += sum(array.nbytes for array in arrays if isinstance(array, np.ndarray))
    return found


def games_per_hour(level: Level, policy: str, games: int, **settings: Any) -> float:
    """Return how many whole games under a policy one core plays in an hour."""
    model = compile_level(level)
    play(model, policy, [0], seasons=1, **settings)
    start = time.perf_counter()
    play(model, policy, range(games), **settings)
    return games / (time.perf_counter() - start) * 3600.0


def two_workers(level: Level, games: int) -> dict[str, Any]:
    """Return how long one and two workers take over the same games, the start of processes counted."""
    seconds, busy = {}, {}
    for workers in (1, 2):
        start, spent = time.perf_counter(), _processor_seconds()
        play_with_workers(level, "with", range(games), workers)
        seconds[workers] = time.perf_counter() - start
        busy[workers] = _processor_seconds() - spent
    return {
        "level": level.id,
        "games": games,
        "one_seconds": seconds[1],
        "two_seconds": seconds[2],
        "times": seconds[1] / seconds[2],
        # What would be left of it if nothing else ran: two processes may still do more work than one.
        "times_by_processor_seconds": 2.0 * busy[1] / busy[2],
        "load_before": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
    }


def _processor_seconds() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def machine() -> dict[str, Any]:
    """Return what kind of machine this is, in general words."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "numpy": np.__version__,
    }


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    lines = described.read_text(encoding="utf-8").splitlines() if described.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
