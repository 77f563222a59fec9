"""The command `bench`: how fast the core steps worlds, and how fast the window is."""

from __future__ import annotations

import argparse
import json
import time
from typing import Any

from game.level.reader import load_level
from game.run.batch import block_size
from game.sim.model import compile_level
from game.sim.step import step
from game.sim.world import new_worlds

LEVEL = "the_shared_pasture"
SEASONS = 4
ROUNDS = 3


def bench(arguments: argparse.Namespace) -> int:
    """Measure and print; the best of a few rounds, since other programs only ever slow things down."""
    if arguments.screen:
        from game.screen.bench import measure

        figures: dict[str, Any] = measure()
    else:
        figures = {"numpy": core_speed()}
    if arguments.json:
        print(json.dumps(figures, indent=2))
    else:
        for name, value in _flat(figures):
            print(f"{name:<32} {value:,.2f}" if isinstance(value, float) else f"{name:<32} {value}")
    return 0


def core_speed() -> dict[str, Any]:
    """Return how many ticks of one world of the pasture NumPy steps in a second, on one core."""
    model = compile_level(load_level(LEVEL))
    count = block_size(model)
    tiles, ticks = model.layout.rows * model.layout.columns, model.level.seasons.ticks
    best = float("inf")
    for _ in range(ROUNDS):
        world = new_worlds(model, range(count))
        start = time.perf_counter()
        for _ in range(SEASONS):
            world = step(model, world)
        best = min(best, time.perf_counter() - start)
    done = count * SEASONS * ticks
    return {
        "level": LEVEL,
        "batch": count,
        "world_ticks_per_second": done / best,
        "nanoseconds_per_tile": best / (done * tiles) * 1e9,
    }


def _flat(figures: dict[str, Any], before: str = "") -> list[tuple[str, Any]]:
    found = []
    for name, value in figures.items():
        found += _flat(value, f"{before}{name} ") if isinstance(value, dict) else [(f"{before}{name}", value)]
    return found
