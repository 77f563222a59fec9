"""A World of one as plain Python values, and what differs between two of them, bit for bit."""

from __future__ import annotations

import struct
from typing import Any

from game.sim.world import World
from tests.oracle.grid import Grid, places

GRIDS = ("stock", "member", "promise", "moved", "asked", "fined", "noise")
SINGLE = ("base_number", "number", "left", "event_left", "event_sign", "outside", "term")
LISTS = ("need", "need_until", "streak", "reached")
SCALARS = ("outcome", "outcome_season", "blocked", "luck", "seed")


def plain_state(world: World) -> dict[str, Any]:
    """The state of a world of one as Grids, lists and plain numbers."""
    found: dict[str, Any] = {"season": world.season, "uses": _grid(world.uses)}
    for name in GRIDS:
        found[name] = {key: _grid(array) for key, array in getattr(world, name).items()}
    for name in SINGLE:
        found[name] = {key: array.reshape(-1).tolist()[0] for key, array in getattr(world, name).items()}
    for name in LISTS:
        found[name] = getattr(world, name)[:, 0].tolist()
    for name in SCALARS:
        found[name] = getattr(world, name).tolist()[0]
    found["memory"] = {key: [_grid(stage) for stage in array] for key, array in world.memory.items()}
    found["offences"] = {key: array[:, 0].tolist() for key, array in world.offences.items()}
    found["later"] = {key: array[..., 0].tolist() for key, array in world.later.items()}
    found["leaving"] = {
        key: {c for c, value in enumerate(array[:, 0, 0, 0, 0]) if value > 0.0} for key, array in world.leaving.items()
    }
    found["people"] = {key: array[..., 0].tolist() for key, array in world.people.items()}
    found["result"] = world.result[:, :, 0].tolist() if world.result.size else []
    found["answer"] = world.answer[:, :, :, 0].tolist() if world.answer.size else []
    return found


def _grid(array: Any) -> Grid:
    return Grid(tuple(array.shape[:4]), array[..., 0].reshape(-1).tolist())


def compare(where: str, ours: Any, theirs: Any) -> list[str]:
    if isinstance(theirs, Grid):
        if ours.shape != theirs.shape:
            return [f"{where}: shape {ours.shape}, not {theirs.shape}"]
        return [
            line for at in places(theirs.shape) for line in compare(f"{where}{list(at)}", ours.at(*at), theirs.at(*at))
        ]
    if isinstance(theirs, dict):
        missing = [f"{where}: keys {sorted(ours)}, not {sorted(theirs)}"] if sorted(ours) != sorted(theirs) else []
        return missing or [line for key in theirs for line in compare(f"{where}.{key}", ours[key], theirs[key])]
    if isinstance(theirs, list):
        if len(ours) != len(theirs):
            return [f"{where}: {len(ours)} items, not {len(theirs)}"]
        return [line for i, item in enumerate(theirs) for line in compare(f"{where}[{i}]", ours[i], item)]
    same = struct.pack("<d", ours) == struct.pack("<d", theirs) if isinstance(theirs, float) else ours == theirs
    return [] if same else [f"{where}: {ours!r}, not {theirs!r}"]
