"""`powerdance bench`: how fast the core steps worlds, and how fast the window is."""

from __future__ import annotations

import argparse
import json
from typing import Any

from game.bench.scaling import (
    QUICK_SIDES,
    QUICK_TILE_WORLDS,
    SIDES,
    TILE_WORLDS,
    by_batch,
    by_map,
    flatness,
    games_per_hour,
    machine,
    memory,
    two_workers,
)
from game.bench.speed import QUICK, THOROUGH, kernels, speed
from game.commands.usage import FINE, add_json
from game.level.reader import load_level
from game.sim.model import compile_level

PASTURE, FOREST, VALLEY = "the_shared_pasture", "the_living_forest", "sandbox"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `bench` takes."""
    parser.add_argument("--screen", action="store_true", help="measure the window: start and frames")
    parser.add_argument("--quick", action="store_true", help="measure shortly, and so less exactly")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Measure and print."""
    if arguments.screen:
        from game.screen.bench import measure

        figures: dict[str, Any] = measure()
    else:
        figures = core(arguments.quick)
    if arguments.json:
        print(json.dumps(figures, indent=2))
    else:
        for name, value in _flat(figures):
            print(f"{name:<52} {_shown(value)}")
    return FINE


def core(quick: bool) -> dict[str, Any]:
    """Return every figure of the core, for each backend that is there."""
    effort = QUICK if quick else THOROUGH
    pasture, valley = load_level(PASTURE), load_level(VALLEY)
    found = kernels()
    figures: dict[str, Any] = {
        name: speed(compile_level(pasture), make, effort) for name, make in sorted(found.items())
    }
    figures["valley"] = {name: speed(compile_level(valley), make, effort) for name, make in sorted(found.items())}
    figures["scaling"] = {}
    for name, make in sorted(found.items()):
        batches = by_batch(pasture, make, effort, QUICK_TILE_WORLDS if quick else TILE_WORLDS)
        maps = by_map(pasture, make, effort, QUICK_SIDES if quick else SIDES)
        figures["scaling"][name] = {
            "batch": batches,
            "batch_flat_within": flatness(batches),
            "map": maps,
            "map_flat_within": flatness(maps),
        }
    figures["memory"] = {level.id: memory(compile_level(level)) for level in (pasture, valley)}
    figures["games_per_hour"] = (
        _games(sorted(found), (PASTURE,), 2) if quick else _games(sorted(found), (PASTURE, FOREST), 256)
    )
    figures["workers"] = two_workers(pasture, 4 if quick else 6144)
    figures["machine"] = machine()
    return figures


def _games(backends: list[str], levels: tuple[str, ...], games: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in backends:
        found[name] = {
            f"{identity} {policy}": games_per_hour(load_level(identity), policy, games, backend=name)
            for identity in levels
            for policy in ("with", "over")
        }
    return found


def _shown(value: Any) -> str:
    return f"{value:,.2f}" if isinstance(value, float) else str(value)


def _flat(figures: dict[str, Any], before: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, value in figures.items():
        if isinstance(value, dict):
            found += _flat(value, f"{before}{name} ")
        elif isinstance(value, list):
            found += [(f"{before}{row.get('map', row['worlds'])}", row["nanoseconds_per_tile"]) for row in value]
        else:
            found.append((f"{before}{name}", value))
    return found
