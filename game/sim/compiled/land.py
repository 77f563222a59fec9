"""What passes between neighbouring tiles, for compiled kernels: the steps of `game.sim.spread` and `near(x)`.

Importing this module needs numba.  `even_out` and `run_down` are copied to
where they are called, with all positions as constants.  Around the edges of the map the rows
before or behind a block of tiles are read and count nothing, as they are
finite and their share is 0: `rows.Space` sees to it that there are such rows.
"""

from __future__ import annotations

from typing import Any

from game.sim.compiled.lanes import lanes, larger, pick, put, smaller
from game.sim.compiled.operations import add, compiled, copy, fill, inlined, peek
from game.sim.totals import Floats


@compiled
def near_total(s: Floats, out: int, at: int, free: int, lines: int, columns: int, row: int) -> None:
    """Out = the total over the up to eight neighbours of each tile, added as `evaluation.neighbour_total` does."""
    line = columns * row
    for y in range(lines):
        here, to = at + y * line, out + y * line
        fill(s, to, line, 0.0)
        if columns > 1:
            add(s, to, to, here + row, row)  # nothing on the left: 0 + right
            copy(s, to + line - row, here + line - 2 * row, row)
            if columns > 2:
                add(s, to + row, here, here + 2 * row, line - 2 * row)
        add(s, free + y * line, to, here, line)
        # Line by line, so that all of it is still in the nearest cache: what lies above, then what lies below.
        if y > 0:
            add(s, to, to, free + (y - 1) * line, line)
            add(s, to - line, to - line, free + y * line, line)


@inlined
def even_out(
    s: Any, f: Any, at: int, free: int, edges: int, count: int, stretches: int, high: float,
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
            value = lanes(s, place)
            after = value - (value - lanes(s, place + line)) * down
            after = after + (lanes(s, place - line) - value) * up
            after = after - (value - lanes(s, place + row)) * right
            after = after + (lanes(s, place - row) - value) * left
            put(s, to, smaller(larger(after, 0.0), high) + 0.0)


@inlined
def run_down(
    s: Any, f: Any, at: int, leaving: int, fits: int, ways: int, high: float,
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
        arriving = lanes(s, gone - line) * down + lanes(s, gone + line) * up
        arriving = (arriving + lanes(s, gone - row) * right) + lanes(s, gone + row) * left
        space = larger(high - lanes(s, place), 0.0) + 0.0
        much = arriving > space
        put(s, to, pick(much, space / pick(much, arriving, 1.0), 1.0))
    for tile in range(lines * columns):
        place, gone, fit, way = at + tile * row, leaving + tile * row, fits + tile * row, ways + 8 * tile
        down, up, right, left = peek(f, way), peek(f, way + 1), peek(f, way + 2), peek(f, way + 3)
        above, below, before, behind = peek(f, way + 4), peek(f, way + 5), peek(f, way + 6), peek(f, way + 7)
        out, share = lanes(s, gone), lanes(s, fit)
        after = lanes(s, place) - (out * down) * lanes(s, fit + line)
        after = after + (lanes(s, gone - line) * above) * share
        after = after - (out * up) * lanes(s, fit - line)
        after = after + (lanes(s, gone + line) * below) * share
        after = after - (out * right) * lanes(s, fit + row)
        after = after + (lanes(s, gone - row) * before) * share
        after = after - (out * left) * lanes(s, fit - row)
        after = after + (lanes(s, gone + row) * behind) * share
        put(s, place, smaller(larger(after, 0.0), high) + 0.0)
