"""Totals over rows, for compiled kernels: the halving tree of `game.sim.totals`, and the least and greatest.

Importing this module needs numba.
"""

from __future__ import annotations

from typing import Any

from game.sim.compiled.lanes import add_eight
from game.sim.compiled.operations import INFINITY, add, compiled, copy, larger, smaller
from game.sim.compiled.tables import LANES
from game.sim.totals import Floats


@compiled
def quarter(s: Floats, out: int, source: int, stride: int, length: int) -> None:
    """Lay four runs that lie `stride` apart over each other as two halvings do, in one go; `out` may be `source`."""
    third, fourth = source + 2 * stride, source + 3 * stride
    to, a, b = s[out : out + length], s[source : source + length], s[source + stride : source + stride + length]
    c, d = s[third : third + length], s[fourth : fourth + length]
    for i in range(length):
        to[i] = (a[i] + c[i]) + (b[i] + d[i])


@compiled
def halved(s: Floats, out: int, source: int, count: int, length: int, tree: int) -> None:
    """Out = the total of `count` neighbouring runs, by the halving tree of `game.sim.totals`.

    `tree` is where at least (count + 1) // 2 runs may be written meanwhile.
    """
    at = source
    while count > 2:
        if count % 4 == 0:
            count //= 4
            quarter(s, tree, at, count * length, count * length)
        else:
            half = count // 2
            count -= half
            add(s, tree, at, at + count * length, half * length)
            if at != tree and count > half:  # the middle one of an odd number stays as it is
                copy(s, tree + half * length, at + half * length, length)
        at = tree
    if count == 1:
        copy(s, out, at, length)
    else:
        add(s, out, at, at + length, length)


@compiled
def over_communities(s: Floats, out: int, source: int, count: int, stride: int, length: int, tree: int) -> None:
    """Out = the total of `count` runs that lie `stride` apart, added as `halved` does."""
    if count == 4:
        quarter(s, out, source, stride, length)
        return
    half = count // 2
    kept = count - half
    for one in range(half):
        add(s, tree + one * length, source + one * stride, source + (kept + one) * stride, length)
    if kept > half:
        copy(s, tree + half * length, source + half * stride, length)
    halved(s, out, tree, kept, length, tree)


@compiled
def sparsely(s: Floats, out: int, source: int, steps: Any, first: int, last: int, at: int, row: int, tree: int) -> None:
    """Out = the total over tiles by the listed additions: those of `halved` without the rows that are 0 anyway."""
    here = s.ctypes.data
    for one in range(first, last):
        left, right = steps[one, 1], steps[one, 2]
        a = source + left if left >= 0 else tree - 1 - left
        b = source + right if right >= 0 else tree - 1 - right
        to = tree - 1 - steps[one, 0]
        for i in range(0, steps[one, 3], LANES):
            add_eight(here, to + i, a + i, b + i)
    copy(s, out, source + at if at >= 0 else tree - 1 - at, row)


@compiled
def collapsed(s: Floats, out: int, source: int, sizes: Any, kept: Any, row: int, tree: int) -> None:
    """Out = the totals of a (communities, partners, tiles) block of rows over each axis of which 1 is kept.

    Tiles first, then communities, then partners, as `total_over` adds.
    `tree` is free space for 1.5 times the block.
    """
    communities, partners, tiles = sizes
    if kept[0] == communities and kept[1] == partners and kept[2] == tiles:
        copy(s, out, source, communities * partners * tiles * row)
        return
    at = source
    free = tree
    if kept[2] != tiles:
        last = kept[0] == communities and kept[1] == partners
        to = out if last else free
        free = free if last else free + communities * partners * row
        for one in range(communities * partners):
            halved(s, to + one * row, at + one * tiles * row, tiles, row, free)
        at, tiles = to, 1
    if kept[0] != communities:
        last = kept[1] == partners
        to = out if last else free
        free = free if last else free + partners * tiles * row
        halved(s, to, at, communities, partners * tiles * row, free)
        at, communities = to, 1
    if kept[1] != partners:
        for one in range(communities):
            halved(s, out + one * tiles * row, at + one * partners * tiles * row, partners, tiles * row, free)


@compiled
def extremes(s: Floats, out: int, source: int, sizes: Any, kept: Any, row: int, lowest: bool) -> None:
    """Out = the least or greatest of a (communities, partners, tiles) block of rows over each axis kept as 1."""
    for i in range(kept[0] * kept[1] * kept[2] * row):
        s[out + i] = INFINITY if lowest else -INFINITY
    for community in range(sizes[0]):
        for partner in range(sizes[1]):
            for tile in range(sizes[2]):
                c, p, t = min(community, kept[0] - 1), min(partner, kept[1] - 1), min(tile, kept[2] - 1)
                at = source + ((community * sizes[1] + partner) * sizes[2] + tile) * row
                to = out + ((c * kept[1] + p) * kept[2] + t) * row
                for w in range(row):
                    s[to + w] = smaller(s[to + w], s[at + w]) if lowest else larger(s[to + w], s[at + w])
