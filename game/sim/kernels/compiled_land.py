"""What passes between neighbouring tiles, for compiled kernels: the steps of `game.sim.spread` and `near(x)`.

Importing this module needs numba.  `even_out` and `run_down` are copied to
where they are called, with all positions as constants.  Around the edges of the map the rows
before or behind a block of tiles are read and count nothing, as they are
finite and their share is 0: `rows.Space` sees to it that there are such rows.
"""

from __future__ import annotations

from typing import Any

from game.sim.kernels.compiled_parts import add, compiled, copy, fill, inlined, larger, peek, pick, poke, smaller
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
            for w in range(n):
                i = place + w
                value = peek(s, i)
                after = value - (value - peek(s, i + line)) * down
                after = after + (peek(s, i - line) - value) * up
                after = after - (value - peek(s, i + row)) * right
                after = after + (peek(s, i - row) - value) * left
                poke(s, to + w, smaller(larger(after, 0.0), high) + 0.0)


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
        for w in range(n):
            i = gone + w
            arriving = peek(s, i - line) * down + peek(s, i + line) * up
            arriving = (arriving + peek(s, i - row) * right) + peek(s, i + row) * left
            space = larger(high - peek(s, place + w), 0.0) + 0.0
            much = arriving > space
            poke(s, to + w, pick(much, space / pick(much, arriving, 1.0), 1.0))
    for tile in range(lines * columns):
        place, gone, fit, way = at + tile * row, leaving + tile * row, fits + tile * row, ways + 8 * tile
        down, up, right, left = peek(f, way), peek(f, way + 1), peek(f, way + 2), peek(f, way + 3)
        above, below, before, behind = peek(f, way + 4), peek(f, way + 5), peek(f, way + 6), peek(f, way + 7)
        for w in range(n):
            i, j = gone + w, fit + w
            out, share = peek(s, i), peek(s, j)
            after = peek(s, place + w) - (out * down) * peek(s, j + line)
            after = after + (peek(s, i - line) * above) * share
            after = after - (out * up) * peek(s, j - line)
            after = after + (peek(s, i + line) * below) * share
            after = after - (out * right) * peek(s, j + row)
            after = after + (peek(s, i - row) * before) * share
            after = after - (out * left) * peek(s, j - row)
            after = after + (peek(s, i + row) * behind) * share
            poke(s, place + w, smaller(larger(after, 0.0), high) + 0.0)
