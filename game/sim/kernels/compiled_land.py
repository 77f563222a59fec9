"""What passes between neighbouring tiles, for compiled kernels: the steps of `game.sim.spread` and `near(x)`.

Importing this module needs numba.  Everything here is copied to where it is
called, with all positions as constants.  Around the edges of the map the rows
before or behind a block are read and left out: `game.sim.kernels.rows` sees to
it that there are such rows.
"""

from __future__ import annotations

from game.sim.kernels.compiled_parts import copy, inlined, larger, peek, pick, poke, smaller
from game.sim.totals import Floats

NO_SHARE = -0.0  # adding it changes nothing, not even the sign of a zero


@inlined
def near_total(s: Floats, f: Floats, n: int, out: int, at: int, share: int, lines: int, columns: int, row: int) -> None:
    """Out = the mean of the up to eight neighbours; `share` is where 1 / their number lies in `f`."""
    line = columns * row
    for y in range(lines):
        for x in range(columns):
            left, right, up, down = x > 0, x < columns - 1, y > 0, y < lines - 1
            place = at + (y * columns + x) * row
            to = out + (y * columns + x) * row
            part = peek(f, share + y * columns + x)
            for w in range(n):
                i = place + w
                side = pick(left, peek(s, i - row), 0.0) + pick(right, peek(s, i + row), NO_SHARE)
                above = pick(left, peek(s, i - line - row), 0.0) + pick(right, peek(s, i - line + row), NO_SHARE)
                below = pick(left, peek(s, i + line - row), 0.0) + pick(right, peek(s, i + line + row), NO_SHARE)
                above = pick(up, above + peek(s, i - line), NO_SHARE)
                below = pick(down, below + peek(s, i + line), NO_SHARE)
                poke(s, to + w, ((side + above) + below) * part)


@inlined
def even_out(
    s: Floats, f: Floats, n: int, at: int, free: int, edges: int, high: float, lines: int, columns: int, row: int
) -> None:
    """Let a stock spread; `edges` is where the rates to the tile below and to the right lie in `f`, tile by tile."""
    line, tiles = columns * row, lines * columns
    for y in range(lines):
        for x in range(columns):
            left, right, up, down = x > 0, x < columns - 1, y > 0, y < lines - 1
            tile = y * columns + x
            to_down, to_right = peek(f, edges + 2 * tile), peek(f, edges + 2 * tile + 1)
            from_up = peek(f, edges + 2 * (tile - columns)) if up else 0.0
            from_left = peek(f, edges + 2 * (tile - 1) + 1) if left else 0.0
            place, to = at + tile * row, free + tile * row
            for w in range(n):
                i = place + w
                value = peek(s, i)
                after = value - pick(down, (value - peek(s, i + line)) * to_down, 0.0)
                after = after + pick(up, (peek(s, i - line) - value) * from_up, 0.0)
                after = after - pick(right, (value - peek(s, i + row)) * to_right, 0.0)
                after = after + pick(left, (peek(s, i - row) - value) * from_left, 0.0)
                poke(s, to + w, smaller(larger(after, 0.0), high) + 0.0)
    copy(s, at, free, tiles * row)


@inlined
def run_down(
    s: Floats, f: Floats, n: int, at: int, leaving: int, fits: int, ways: int, high: float,
    lines: int, columns: int, row: int,
) -> None:
    """Let a stock run downhill; what leaves each tile lies in `leaving`, and `ways` is where the shares lie in `f`.

    The shares of a tile: down, up, right, left; then what it gets of the
    leaving of the tiles above, below, left and right of it.
    """
    line = columns * row
    for tile in range(lines * columns):
        place, gone, to, w0 = at + tile * row, leaving + tile * row, fits + tile * row, ways + 8 * tile
        down, up, right, left = peek(f, w0 + 4), peek(f, w0 + 5), peek(f, w0 + 6), peek(f, w0 + 7)
        for w in range(n):
            i = gone + w
            arriving = pick(down > 0.0, peek(s, i - line) * down, 0.0) + pick(up > 0.0, peek(s, i + line) * up, 0.0)
            arriving = arriving + pick(right > 0.0, peek(s, i - row) * right, 0.0)
            arriving = arriving + pick(left > 0.0, peek(s, i + row) * left, 0.0)
            space = larger(high - peek(s, place + w), 0.0) + 0.0
            much = arriving > space
            poke(s, to + w, pick(much, space / pick(much, arriving, 1.0), 1.0))
    for tile in range(lines * columns):
        place, gone, fit, w0 = at + tile * row, leaving + tile * row, fits + tile * row, ways + 8 * tile
        down, up, right, left = peek(f, w0), peek(f, w0 + 1), peek(f, w0 + 2), peek(f, w0 + 3)
        from_up, from_down, from_left, from_right = (
            peek(f, w0 + 4),
            peek(f, w0 + 5),
            peek(f, w0 + 6),
            peek(f, w0 + 7),
        )
        for w in range(n):
            i, j = gone + w, fit + w
            out, share = peek(s, i), peek(s, j)
            after = peek(s, place + w)
            after = after - pick(down > 0.0, (out * down) * peek(s, j + line), 0.0)
            after = after + pick(from_up > 0.0, (peek(s, i - line) * from_up) * share, 0.0)
            after = after - pick(up > 0.0, (out * up) * peek(s, j - line), 0.0)
            after = after + pick(from_down > 0.0, (peek(s, i + line) * from_down) * share, 0.0)
            after = after - pick(right > 0.0, (out * right) * peek(s, j + row), 0.0)
            after = after + pick(from_left > 0.0, (peek(s, i - row) * from_left) * share, 0.0)
            after = after - pick(left > 0.0, (out * left) * peek(s, j - row), 0.0)
            after = after + pick(from_right > 0.0, (peek(s, i + row) * from_right) * share, 0.0)
            poke(s, place + w, smaller(larger(after, 0.0), high) + 0.0)
