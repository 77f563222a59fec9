"""One tick of a commons, with NumPy alone: what a Mesa model and a level of ours work out alike.

Needs nothing but NumPy: the Mesa model lives in an environment of its own,
and a test holds these sums against `equal_commons.yaml`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ROWS, COLUMNS, HOUSEHOLDS, TICKS = 16, 24, 4, 8
GROWTH, SPREAD, APPETITE, HALF, EATEN = 0.3, 0.02, 0.004, 0.3, 0.3
GRASS, HERD, FODDER = 0.55, 8.0, 5.0  # at the start

Floats = NDArray[np.float64]


def around(values: Floats) -> Floats:
    """Return the sum over the up to eight neighbours of each tile of a map (rows, columns)."""
    padded = np.pad(values, 1)
    rows, columns = values.shape
    total: Floats = np.zeros_like(values)
    for down in (0, 1, 2):
        for right in (0, 1, 2):
            if (down, right) != (1, 1):
                total = total + padded[down : down + rows, right : right + columns]
    return total


NEIGHBOURS = around(np.ones((ROWS, COLUMNS)))


def tick(grass: Floats, herds: Floats, fodder: Floats) -> tuple[Floats, Floats]:
    """Return grass (rows, columns) and fodder (households,) one tick later.

    Everything is read off the state at the start: grass grows logistically
    and towards its neighbours' height, every herd grazes on every tile (Holling 1959,
    type II), and three tenths of the fodder are eaten in a season of TICKS ticks.
    """
    growth = (GROWTH * grass * (1.0 - grass) + SPREAD * (around(grass) / NEIGHBOURS - grass)) / TICKS
    reach = APPETITE * grass / (grass + HALF) / TICKS
    eaten = herds[:, None, None] * reach
    taken = eaten.sum(axis=0)
    short = taken > grass
    if short.any():
        eaten = eaten * np.where(short, grass / np.where(short, taken, 1.0), 1.0)
        taken = eaten.sum(axis=0)
    left = np.clip(grass + growth - taken, 0.0, 1.0)
    return left, fodder + eaten.sum(axis=(1, 2)) - EATEN * fodder / TICKS
