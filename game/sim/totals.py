"""Sums in one fixed order, the same for every batch size and every backend.

Floating point sums depend on their order, and libraries choose it by
processor.  Here a total is a tree of elementwise additions: the second half
of the row is laid over the first until one row is left.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Axes of every array of the core: community, partner, row, column, world.
COMMUNITY_AXIS, PARTNER_AXIS, ROW_AXIS, COLUMN_AXIS, WORLD_AXIS = range(5)


def halving_total(values: Floats, axis: int) -> Floats:
    """Return the total along `axis`, which keeps length 1."""
    length = values.shape[axis]
    while length > 1:
        half = length // 2
        kept = length - half
        shape = list(values.shape)
        shape[axis] = kept
        added = np.empty(shape)
        np.add(_part(values, axis, 0, half), _part(values, axis, kept, length), out=_part(added, axis, 0, half))
        if kept > half:
            _part(added, axis, half, kept)[...] = _part(values, axis, half, kept)
        values, length = added, kept
    return values


def _part(values: Floats, axis: int, start: int, stop: int) -> Floats:
    """Return a view of the part from `start` to `stop` along `axis`."""
    index = (slice(None),) * axis + (slice(start, stop),)
    view: Floats = values[index]
    return view


def tile_total(values: Floats) -> Floats:
    """Return the total over all tiles of a (C, P, rows, columns, W) array, as (C, P, 1, 1, W)."""
    communities, partners, rows, columns, worlds = values.shape
    flat = values.reshape(communities, partners, rows * columns, worlds)
    return halving_total(flat, 2).reshape(communities, partners, 1, 1, worlds)


def total_over(values: Floats, axes: tuple[int, ...]) -> Floats:
    """Return the total over several axes, each kept with length 1; rows and columns go together."""
    if ROW_AXIS in axes and values.shape[ROW_AXIS] * values.shape[COLUMN_AXIS] > 1:
        values = tile_total(np.ascontiguousarray(values))
    for axis in (COMMUNITY_AXIS, PARTNER_AXIS):
        if axis in axes and values.shape[axis] > 1:
            values = halving_total(values, axis)
    return values
