"""Sums in one fixed order, the same for every batch size and every backend.

Floating point sums depend on their order, and libraries choose it by
processor.  Here a total is a tree of elementwise additions: the second half
of the row is laid over the first until one row is left.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

PLOT = 16  # tiles of a plot that is added row by row

# Axes of every array of the core: community, partner, row, column, world.
COMMUNITY_AXIS, PARTNER_AXIS, ROW_AXIS, COLUMN_AXIS, WORLD_AXIS = range(5)


def halving_total(values: Floats, axis: int) -> Floats:
    """Return the total along `axis`, which keeps length 1."""
    row = values.swapaxes(0, axis)
    length = len(row)
    if length == 1:
        return values
    kept = length - length // 2
    added = np.empty((kept, *row.shape[1:]))
    np.add(row[: length - kept], row[kept:], out=added[: length - kept])
    if 2 * kept > length:
        added[-1] = row[kept - 1]  # the middle one of an odd number stays as it is
    while kept > 1:
        length, kept = kept, kept - kept // 2
        left = added[: length - kept]
        np.add(left, added[kept:length], out=left)
    total: Floats = added[:1].copy().swapaxes(0, axis)  # a view would keep all of it in memory
    return total


def tile_total(values: Floats) -> Floats:
    """Return the total over all tiles of a (C, P, rows, columns, W) array, as (C, P, 1, 1, W)."""
    communities, partners, rows, columns, worlds = values.shape
    flat = values.reshape(communities, partners, rows * columns, worlds)
    return halving_total(flat, 2).reshape(communities, partners, 1, 1, worlds)


class TileTree:
    """The total over a few tiles, added in the order of `tile_total` over the whole map, whose other tiles hold 0.

    To add 0 changes nothing, so only those steps are kept in which two of these tiles meet.
    """

    def __init__(self, tiles: Floats) -> None:
        """Take the tiles where `tiles` (1, 1, rows, columns, 1) is 1."""
        flat = tiles.reshape(-1)
        self.places = (flat > 0.0).nonzero()[0]
        self.steps: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
        standing = {int(place): leaf for leaf, place in enumerate(self.places)}
        length = len(flat)
        while length > 1:
            kept = length - length // 2
            meeting = [
                (standing[place - kept], standing.pop(place))
                for place in sorted(standing)
                if place >= kept and place - kept in standing
            ]
            standing = {place - kept if place >= kept else place: leaf for place, leaf in standing.items()}
            if meeting:
                first, second = zip(*meeting, strict=True)
                self.steps.append((np.array(first), np.array(second)))
            length = kept
        self.root = standing.get(0, 0)
        # A plot is so small that fetching rows one by one is cheaper than any fancy index.
        self.pairs: list[tuple[int, int]] = []
        if len(self.places) <= PLOT:
            for ones, others in self.steps:
                self.pairs += zip(ones.tolist(), others.tolist(), strict=True)

    def leaves(self, values: Floats) -> Floats:
        """Return what (C, P, rows, columns, W) holds on these tiles, (C, P, K, 1, W)."""
        flat = values.reshape(*values.shape[:2], -1, values.shape[4])
        return flat.take(self.places, axis=2)[:, :, :, None]

    def total(self, leaves: Floats) -> Floats:
        """Return the total of (C, P, K, 1, W), which is used up, as (C, P, 1, 1, W)."""
        if not len(self.places):
            return np.zeros((*leaves.shape[:2], 1, 1, leaves.shape[4]))
        if self.pairs:
            rows = [leaves[:, :, place : place + 1] for place in range(leaves.shape[2])]
            for one, other in self.pairs:
                rows[one] = rows[one] + rows[other]
            return rows[self.root] + 0.0
        for first, second in self.steps:
            leaves[:, :, first] = leaves[:, :, first] + leaves[:, :, second]
        return leaves[:, :, self.root : self.root + 1] + 0.0


def total_over(values: Floats, axes: tuple[int, ...]) -> Floats:
    """Return the total over several axes, each kept with length 1; rows and columns go together."""
    if ROW_AXIS in axes and values.shape[ROW_AXIS] * values.shape[COLUMN_AXIS] > 1:
        values = tile_total(np.ascontiguousarray(values))
    for axis in (COMMUNITY_AXIS, PARTNER_AXIS):
        if axis in axes and values.shape[axis] > 1:
            values = halving_total(values, axis)
    return values
