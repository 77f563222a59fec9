"""What passes between neighbouring tiles, for compiled kernels: the steps of `game.sim.spread` and `near(x)`.

Importing this module needs numba.  `even_out` and `run_down` are copied to
where they are called, with all positions as constants.  Around the edges of the map the rows
before or behind a block of tiles are read and count nothing, as they are
finite and their share is 0: `rows.Space` sees to it that there are such rows.
"""

from __future__ import annotations

from typing import Any

from game.sim.kernels.compiled_lanes import LANES, lanes, larger, pick, put, smaller
from game.sim.kernels.compiled_parts import add, compiled, copy, fill, inlined, peek
from game.sim.totals import Floats


@compiled
def near_total(s: Floats, out: int, at: int, free: int, lines: int, columns: int, row: int) -> None:
    """Out = the total over the up to eight neighbours of each tile, added as `numpy_kernel.neighbour_total` does."""
    line, whole = columns * row, lines * columns * row
    for y in range(lines):
        here, to = at + y * line, out + y * line
        fill(s, to, line, 0.0)
        if columns > 1:
            add(s, to, to, here + row, row)  # nothing on the left: 0 + right
            copy(s, to + line - row, here + line - 2 * row, row)
            if columns > 2:
                add(s, to + row, here, here + 2 * row, line - 2 * row)
    add(s, free, out, at, whole)
    add(s, out + line, out + line, free, whole - line)
    add(s, out, out, free + line, whole - line)


@inlined
def even_out(
    s: Any, f: Any, n: int, at: int, free: int, edges: int, count: int, stretches: int, high: float,
    lines: int, columns: int, row: int,
) -> None:  # fmt: skip
    """Let a stock spread; at `edges` in `f` lie the rates to the tile below, above, right and left.

    The `count` stretches of tiles on which it lives are told at `stretches`.  The result lies at `free`.
    """
    line = columns * row
    for one in range(count):
        first, last = int(peek(f, stretches + 2 * one)), int(peek(f, stretches + 2 * one + 1))
        for tile in range(first, last):
            rates = edges + 4 * tile
            down, up, right, left = peek(f, rates), peek(f, rates + 1), peek(f, rates + 2), peek(f, rates + 3)
            place, to = at + tile * row, free + tile * row
            for w in range(0, n, LANES):
                i = place + w
                value = lanes(s, i)
                after = value - (value - lanes(s, i + line)) * down
                after = after + (lanes(s, i - line) - value) * up
                after = after - (value - lanes(s, i + row)) * right
                after = after + (lanes(s, i - row) - value) * left
                put(s, to + w, smaller(larger(after, 0.0), high) + 0.0)


@inlined
def run_down(
    s: Any, f: Any, n: int, at: int, leaving: int, fits: int, ways: int, high: float,
    lines: int, columns: int, row: int,
) -> None:  # fmt: skip
    """Let a stock run downhill; what leaves each tile lies in `leaving`, and `ways` is where the shares lie in `f`.

    The shares of a tile: down, up, right, left; then what it gets of the
    leaving of the tiles above, below, left and right of it.
    """
    line = columns * row
    for tile in range(lines * columns):
        place, gone, to, way = at + tile * row, leaving + tile * row, fits + tile * row, ways + 8 * tile
        down, up, right, left = peek(f, way + 4), peek(f, way + 5), peek(f, way + 6), peek(f, way + 7)
        for w in range(0, n, LANES):
            i = gone + w
            arriving = lanes(s, i - line) * down + lanes(s, i + line) * up
            arriving = (arriving + lanes(s, i - row) * right) + lanes(s, i + row) * left
            space = larger(high - lanes(s, place + w), 0.0) + 0.0
            much = arriving > space
            put(s, to + w, pick(much, space / pick(much, arriving, 1.0), 1.0))
    for tile in range(lines * columns):
        place, gone, fit, way = at + tile * row, leaving + tile * row, fits + tile * row, ways + 8 * tile
        down, up, right, left = peek(f, way), peek(f, way + 1), peek(f, way + 2), peek(f, way + 3)
        above, below, before, behind = peek(f, way + 4), peek(f, way + 5), peek(f, way + 6), peek(f, way + 7)
        for w in range(0, n, LANES):
            i, j = gone + w, fit + w
            out, share = lanes(s, i), lanes(s, j)
            after = lanes(s, place + w) - (out * down) * lanes(s, j + line)
            after = after + (lanes(s, i - line) * above) * share
            after = after - (out * up) * lanes(s, j - line)
            after = after + (lanes(s, i + line) * below) * share
            after = after - (out * right) * lanes(s, j + row)
            after = after + (lanes(s, i - row) * before) * share
            after = after - (out * left) * lanes(s, j - row)
            after = after + (lanes(s, i + row) * behind) * share
            put(s, place + w, smaller(larger(after, 0.0), high) + 0.0)
