"""What players could do in a season, and which of it they plan, as `game.players.options` says; for all levels.

Importing this module needs numba.
"""

from __future__ import annotations

from typing import Any

from game.sim.compiled.acting_season import aim
from game.sim.compiled.acting_tables import ACTION, FITS, GAIN, LOOKING, OFTEN, RESULT, WILLING, WORLD
from game.sim.compiled.acting_words import call
from game.sim.compiled.operations import compiled, types
from game.sim.compiled.tables import Integers
from game.sim.totals import Floats


@compiled
def look_at(
    a: Integers, t: Integers, i: Integers, f: Floats, x: Floats, parts: Integers, candidates: Integers,
    amounts: Floats, keys: Integers, seat: int, me: int, wanted: Integers, costs_at: int,
    rows: Integers, allowed: Any, numbers: Floats, costs: Floats,
) -> int:  # fmt: skip
    """Fill in for each candidate that is `wanted` and allowed anywhere, which it is, where (O, W), and its numbers.

    These are (3, O, W) what it promises, whether it fits, and how many would
    say yes, and (O, K, W) what it costs of each stock it costs.  Returns how
    many rows are filled; all arrays hold 0 beforehand.
    """
    row = 0
    i[LOOKING], i[OFTEN] = 1, 0
    for index in wanted:
        anywhere = False
        aim(i, x, candidates, amounts, keys, seat, me, index)
        part = parts[candidates[index, ACTION]]
        for w in range(allowed.shape[1]):
            i[WORLD] = w
            call(part, a.ctypes.data, t.ctypes.data, i.ctypes.data, f.ctypes.data, x.ctypes.data)
            allowed[row, w] = i[RESULT] != 0
            if i[RESULT] == 0:
                continue
            anywhere = True
            numbers[0, row, w], numbers[1, row, w], numbers[2, row, w] = x[GAIN], x[FITS], x[WILLING]
            for one in range(costs.shape[1]):
                costs[row, one, w] = x[costs_at + one]
        if anywhere:
            rows[row] = index
            row += 1
    i[LOOKING] = 0
    return row


@compiled
def pick_best(
    allowed: Any, scores: Floats, groups: Integers, limits: Integers, stocks: Integers, costs: Floats,
    left: Floats, kept: Floats, planned: Integers, rows: Integers,
) -> None:  # fmt: skip
    """Plan in each world slot by slot the affordable option with the highest score above 0; of equal ones the first.

    `groups` (O,) tells which options are one choice, `stocks` (O, K) what
    each costs some of (-1: nothing), `left` and `kept` (S, W) what there is
    and what shall stay.  `rows` (slots, W) holds -1 and is filled in.
    """
    for w in range(allowed.shape[1]):
        planned[:] = 0
        for slot in range(len(rows)):
            best, highest = -1, 0.0
            for row in range(len(scores)):
                if not allowed[row, w] or planned[groups[row]] >= limits[row] or not scores[row, w] > highest:
                    continue
                fine = True
                for one in range(stocks.shape[1]):
                    stock = stocks[row, one]
                    if stock >= 0 and not left[stock, w] - costs[row, one, w] >= kept[stock, w]:
                        fine = False
                if fine:
                    best, highest = row, scores[row, w]
            if best < 0:
                break
            rows[slot, w] = best
            planned[groups[best]] += 1
            for one in range(stocks.shape[1]):
                if stocks[best, one] >= 0:
                    left[stocks[best, one], w] -= costs[best, one, w]


def looking_signatures() -> tuple[Any, Any]:
    """Return the types of what `look` and `plan` are called with."""
    whole, row, numbers = types.int64, types.int64[::1], types.float64[::1]
    table, three, truths = types.int64[:, ::1], types.int64[:, :, ::1], types.boolean[:, ::1]
    values, cube = types.float64[:, ::1], types.float64[:, :, ::1]
    look = whole(
        row, row, row, numbers, numbers, row, table, numbers, three, whole, whole, row, whole, row, truths, cube, cube
    )
    return look, types.void(truths, values, row, row, table, cube, values, values, row, table)


LOOKING_TEXT = """

from game.sim.compiled.looking import look_at, pick_best


def look(a, t, i, f, x, parts, candidates, amounts, keys, seat, me, wanted, costs_at, rows, allowed, numbers, costs):
    return look_at(
        a, t, i, f, x, parts, candidates, amounts, keys, seat, me, wanted, costs_at, rows, allowed, numbers, costs
    )


def plan(allowed, scores, groups, limits, stocks, costs, left, kept, planned, rows):
    pick_best(allowed, scores, groups, limits, stocks, costs, left, kept, planned, rows)
"""
