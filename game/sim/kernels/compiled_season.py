"""The ticks of a season of a block of worlds, step by step as a program says; compiled once for all levels.

Importing this module needs numba.  What is special to a level comes as
machine code of its own: the parts that a program runs.
"""

from __future__ import annotations

from typing import Any

from game.sim.kernels.compiled_flows import flow
from game.sim.kernels.compiled_land import near_total
from game.sim.kernels.compiled_parts import (
    add_and_clip,
    approach,
    collapsed,
    compiled,
    copy,
    extremes,
    halved,
    read_from,
    run_part,
    types,
    write_to,
)
from game.sim.kernels.compiled_tables import (
    ADDRESS,
    APPROACH,
    CLIP,
    COLLAPSE,
    COPY,
    EXTREME,
    FLOWS,
    LINES,
    NEAR,
    PLACE,
    RUN_PART,
    TOTAL_OF,
    Integers,
)
from game.sim.totals import Floats


@compiled
def bring_in(s: Floats, parts: Integers, worlds: int, start: int, n: int, row: int) -> None:
    """Copy `n` worlds of arrays (rows, W) into the array of a block; ADDRESS, LINES and PLACE tell where they lie.

    What is left of a row holds the last of them once more, so that no nonsense is worked out there.
    """
    for one in range(len(parts)):
        address, at = parts[one, ADDRESS], parts[one, PLACE]
        for line in range(parts[one, LINES]):
            to = s[at + line * row : at + line * row + row]
            source = line * worlds + start
            for world in range(n):
                to[world] = read_from(address, source + world)
            for world in range(n, row):
                to[world] = to[n - 1]


@compiled
def bring_out(s: Floats, parts: Integers, worlds: int, start: int, n: int, row: int) -> None:
    """Copy what is in the array of a block to `n` worlds of arrays (rows, W)."""
    for one in range(len(parts)):
        address, at = parts[one, ADDRESS], parts[one, PLACE]
        for line in range(parts[one, LINES]):
            source = s[at + line * row : at + line * row + n]
            to = line * worlds + start
            for world in range(n):
                write_to(address, to + world, source[world])


@compiled
def run(
    program: Integers, values: Floats, addresses: Integers, s: Floats, here: int, fixed: int, n: int, number: float,
    stocks: Integers, flows: Integers, lists: Integers, highs: Floats, speeds: Floats, row: int, tree: int, first: bool,
) -> None:  # fmt: skip
    """Do the steps of a program, in their order; `values` (steps, 2) holds the numbers of those that need some."""
    for one in range(len(program)):
        kind, a, b, c = program[one, 0], program[one, 1], program[one, 2], program[one, 3]
        if kind == RUN_PART:
            run_part(addresses[a], here, fixed, n, number)
        elif kind == TOTAL_OF:
            halved(s, a, b, c, program[one, 4], tree)
        elif kind == COLLAPSE or kind == EXTREME:
            sizes = (c, program[one, 4], program[one, 5])
            kept = (program[one, 6], program[one, 7], program[one, 8])
            if kind == COLLAPSE:
                collapsed(s, a, b, sizes, kept, row, tree)
            else:
                extremes(s, a, b, sizes, kept, row, program[one, 9] == 1)
        elif kind == NEAR:
            near_total(s, a, b, c, program[one, 4], program[one, 5], row)
        elif kind == COPY:
            copy(s, a, b, c)
        elif kind == CLIP:
            add_and_clip(s, a, b, values[one, 0], values[one, 1], c)
        elif kind == APPROACH:
            approach(s, a, b, values[one, 0], c)
        elif kind == FLOWS:
            flow(s, stocks, flows, lists, highs, speeds, row, tree, first)


def season_signature() -> Any:
    """Return the types of what `season` is called with."""
    whole, real, numbers = types.int64, types.float64, types.float64[::1]
    table, values = types.int64[:, ::1], types.float64[:, ::1]
    programs = (table, values, table, values, whole, types.int64[::1])
    return types.void(
        table, table, whole, *programs, table, table, table, numbers, numbers, numbers, numbers, whole, whole, real,
        whole, whole,
    )  # fmt: skip


SEASON = '''"""The ticks of a season of any level: written by Powerdance, compiled by numba.  It may be deleted."""

from game.sim.kernels.compiled_season import bring_in, bring_out, run


def season(
    given, taken, worlds, beginning, beginning_values, tick, tick_values, ticks, addresses, stocks, flows, lists,
    highs, speeds, fixed, s, row, tree, number, first, last,
):
    here, there = s.ctypes.data, fixed.ctypes.data
    start = first
    while start < last:
        n = min(row, last - start)
        bring_in(s, given, worlds, start, n, row)
        run(
            beginning, beginning_values, addresses, s, here, there, n, number,
            stocks, flows, lists, highs, speeds, row, tree, False,
        )
        for passed in range(ticks):
            run(
                tick, tick_values, addresses, s, here, there, n, number,
                stocks, flows, lists, highs, speeds, row, tree, passed == 0,
            )
        bring_out(s, taken, worlds, start, n, row)
        start += n
'''
