"""The ticks of a season of a block of worlds, step by step as a program says; compiled once for all levels.

Importing this module needs numba.  What is special to a level comes as
machine code of its own: the parts that a program runs.
"""

from __future__ import annotations

from typing import Any

from game.sim.compiled.flows import flow
from game.sim.compiled.land import near_total
from game.sim.compiled.lanes import carry_eight
from game.sim.compiled.operations import (
    add_and_clip,
    approach,
    compiled,
    copy,
    read_from,
    run_part,
    types,
    write_to,
)
from game.sim.compiled.tables import (
    ADDRESS,
    APPROACH,
    CLIP,
    COLLAPSE,
    COPY,
    EXTREME,
    FLOWS,
    LANES,
    LINES,
    NEAR,
    PLACE,
    RUN_PART,
    TOTAL_OF,
    Integers,
)
from game.sim.compiled.totals import collapsed, extremes, halved
from game.sim.totals import Floats

# So many blocks are brought in and out together: their worlds lie side by side, and memory is fetched by the stretch.
GROUP = 4


@compiled
def bring_in(s: Floats, length: int, parts: Integers, worlds: int, start: int, n: int) -> None:
    """Copy `n` worlds of arrays (rows, W) into the arrays of some blocks; ADDRESS, LINES and PLACE tell where they lie.

    The arrays of the blocks, of `length` each, lie behind one another in `s`.  What is left of a row holds the
    last world once more, so that no nonsense is worked out there.
    """
    here, rest = s.ctypes.data, n % LANES
    for one in range(len(parts)):
        address, at = parts[one, ADDRESS], parts[one, PLACE]
        for line in range(parts[one, LINES]):
            source, place = line * worlds + start, at + line * LANES
            for first in range(0, n - rest, LANES):
                carry_eight(here, place, address, source + first)
                place += length
            for world in range(rest):
                s[place + world] = read_from(address, source + n - rest + world)
            for world in range(rest, LANES if rest else 0):
                s[place + world] = s[place + rest - 1]


@compiled
def bring_out(s: Floats, length: int, parts: Integers, worlds: int, start: int, n: int) -> None:
    """Copy what is in the arrays of some blocks to `n` worlds of arrays (rows, W)."""
    here, rest = s.ctypes.data, n % LANES
    for one in range(len(parts)):
        address, at = parts[one, ADDRESS], parts[one, PLACE]
        for line in range(parts[one, LINES]):
            to, place = line * worlds + start, at + line * LANES
            for first in range(0, n - rest, LANES):
                carry_eight(address, to + first, here, place)
                place += length
            for world in range(rest):
                write_to(address, to + n - rest + world, s[place + world])


@compiled
def run(
    program: Integers, values: Floats, addresses: Integers, s: Floats, here: int, fixed: int, number: float,
    stocks: Integers, flows: Integers, lists: Integers, bounds: Floats, speeds: Floats, row: int, tree: int,
    first: bool,
) -> None:  # fmt: skip
    """Do the steps of a program, in their order; `values` (steps, 2) holds the numbers of those that need some."""
    for one in range(len(program)):
        kind, a, b, c = program[one, 0], program[one, 1], program[one, 2], program[one, 3]
        if kind == RUN_PART:
            run_part(addresses[a], here, fixed, number)
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
            flow(s, stocks, flows, lists, bounds, speeds, row, tree, first)


def season_signature() -> Any:
    """Return the types of what `season` is called with."""
    whole, real, numbers = types.int64, types.float64, types.float64[::1]
    table, values = types.int64[:, ::1], types.float64[:, ::1]
    programs = (table, values, table, values, whole, types.int64[::1])
    return types.void(
        table, table, whole, *programs, table, table, table, values, numbers, numbers, numbers, whole, whole, real,
        whole, whole, whole,
    )  # fmt: skip
