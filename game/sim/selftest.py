"""Does this machine compute as the rules expect?  A tiny world of the core's operations, and the digest of its end.

Everything rests on plain arithmetic giving the same bits everywhere.  A build
of NumPy that fuses or reorders operations, or a program that has switched
very small numbers off for the whole process, would make games differ without
a word; here it shows, in a few milliseconds and before a game begins.
"""

from __future__ import annotations

import hashlib

import numpy as np

from game.sim import chance
from game.sim.totals import Floats, halving_total, tile_total

ROWS, COLUMNS, WORLDS, TICKS = 7, 9, 24, 12
EXPECTED = "a6fcfb6fbeaac247badcdffaa9bc7e85885ac37faf456f45bfef7803ac43e3ba"


def self_test() -> bool:
    """Return whether the built-in computation ends in the bits it must."""
    return digest() == EXPECTED


def digest() -> str:
    """Return a SHA-256 over every state of the built-in world."""
    luck = np.arange(WORLDS, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    places = np.arange(ROWS * COLUMNS, dtype=np.uint64)[:, None]
    grass = chance.uniform(luck, 0, chance.START, places).reshape(1, 1, ROWS, COLUMNS, WORLDS)
    herd = 1.0 + 3.0 * chance.uniform(luck, 0, chance.NUMBERS, chance.identity("herd")).reshape(1, 1, 1, 1, WORLDS)
    hasher = hashlib.sha256()
    for tick in range(TICKS):
        rain = 0.8 + 0.4 * chance.uniform(luck, tick, chance.WEATHER, chance.identity("rain"))
        grass, herd = _tick(grass, herd, rain.reshape(1, 1, 1, 1, WORLDS))
        for values in (grass, herd):
            hasher.update(np.ascontiguousarray(values + 0.0).astype("<f8").tobytes())
    hasher.update(np.asarray(_smallest()).astype("<f8").tobytes())
    return hasher.hexdigest()


def _tick(grass: Floats, herd: Floats, rain: Floats) -> tuple[Floats, Floats]:
    growth = 0.3 * grass * (1.0 - grass) * rain + _curve(grass) / 16.0
    wanted = grass * herd / (grass + 0.37)
    total = tile_total(wanted)
    bound = np.sqrt(np.maximum(herd - 0.5, 0.0) + 0.0) * 4.0
    share = np.where(total > bound, bound / np.where(total > 0.0, total, 1.0), 1.0)
    eaten = np.minimum(wanted * share / 3.0, grass) + 0.0
    spread = (grass[:, :, :, 1:] - grass[:, :, :, :-1]) * 0.05
    after = grass + growth / 8.0 - eaten / 8.0
    after[:, :, :, :-1] += spread
    after[:, :, :, 1:] -= spread
    grass = np.minimum(np.maximum(after, 0.0), 1.0) + 0.0
    fed = halving_total(halving_total(eaten, 2), 3)
    herd = herd + (fed / 7.0 - 0.1 * herd) / 8.0 + np.floor(herd) * 2.0**-30
    return grass, np.minimum(np.maximum(herd, 0.0), 9.0) + 0.0


def _curve(x: Floats) -> Floats:
    """Straight lines through three points, as the rules draw them."""
    result: Floats = np.zeros_like(x) + 0.1
    for left, width, slope in ((0.0, 0.3, 2.0), (0.3, 0.7, -0.9)):
        result = result + (np.minimum(np.maximum(x - left, 0.0) + 0.0, width) + 0.0) * slope
    return result


def _smallest() -> list[float]:
    """Numbers near the smallest there are, which some builds take for zero."""
    tiny = np.asarray([2.0**-1040, 3.0 * 2.0**-1060, 2.0**-1074])
    return [float(value) for value in np.maximum(tiny * 0.5 + tiny, 0.0) + 0.0]
