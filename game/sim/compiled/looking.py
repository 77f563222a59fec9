"""What players could do in a season, and which of it they plan, as `game.players.options` says; for all levels.

Importing this module needs numba.
"""

from __future__ import annotations

from typing import Any

from game.sim.compiled.acting_season import aim
from game.sim.compiled.acting_tables import ACTION, FITS, GAIN, LOOKING, OFTEN, RESTS, RESULT, WILLING, WORLD
from game.sim.compiled.acting_words import call
from game.sim.compiled.operations import compiled, smaller, types
from game.sim.compiled.tables import Integers
from game.sim.totals import Floats


@compiled
def look_at(
    a: Integers, t: Integers, i: Integers, f: Floats, x: Floats, parts: Integers, candidates: Integers,
    amounts: Floats, keys: Integers, seat: int, me: int, wanted: Integers, how: int, places: Integers,
    rows: Integers, allowed: Any, numbers: Floats, costs: Floats, feels: Floats, rests: Floats, gives: Floats,
) -> int:  # fmt: skip
    """Fill in for each candidate that is `wanted` and allowed anywhere, which it is, where (O, W), and its numbers.

    These are (3, O, W) what it promises, whether it fits, and how many would
    say yes, and (O, K, W) what it costs of each stock it costs.  Where `how`
    is 2, also what it means: `feels` (O, C, W), `rests` (O, W) and `gives`
    (O, M, W).  `places` says where an action leaves its costs, what is felt,
    and what is given.  Returns how many rows are filled; all arrays hold 0
    beforehand.
    """
    row = 0
    i[LOOKING], i[OFTEN] = how, 0
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
                costs[row, one, w] = x[places[0] + one]
            if how == 2:
                rests[row, w] = x[RESTS]
                for c in range(feels.shape[1]):
                    feels[row, c, w] = x[places[1] + c]
                for one in range(gives.shape[1]):
                    gives[row, one, w] = x[places[2] + one]
        if anywhere:
            rows[row] = index
            row += 1
    i[LOOKING] = 0
    return row


@compiled
def thin_on(
    values: Floats, reference: float, live: Floats, t: Integers, plots: Integers, counts: Floats, free: Floats,
    poor: Floats,
) -> None:  # fmt: skip
    """Add to `poor` (G, W) how far what lives on the tiles of plots, (tiles, W), is below what is usual."""
    for plot in range(len(plots)):
        size, places, pairs = plots[plot, 0], plots[plot, 1], plots[plot, 2]
        for k in range(size):
            tile = t[places + k]
            for w in range(values.shape[1]):
                free[k, w] = (1.0 - smaller(1.0, values[tile, w] / reference)) * live[tile]
        for one in range(plots[plot, 3]):
            to, other = t[pairs + 2 * one], t[pairs + 2 * one + 1]
            for w in range(values.shape[1]):
                free[to, w] += free[other, w]
        if size:
            for w in range(values.shape[1]):
                poor[plot, w] += (free[plots[plot, 4], w] + 0.0) / counts[plot]


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


def looking_signatures() -> dict[str, Any]:
    """Return the types of what the functions of LOOKING_TEXT are called with, by their names."""
    whole, row, numbers = types.int64, types.int64[::1], types.float64[::1]
    table, three, truths = types.int64[:, ::1], types.int64[:, :, ::1], types.boolean[:, ::1]
    values, cube, number = types.float64[:, ::1], types.float64[:, :, ::1], types.float64
    return {
        "look": whole(
            row, row, row, numbers, numbers, row, table, numbers, three, whole, whole, row, whole, row,
            row, truths, cube, cube, cube, values, cube,
        ),
        "plan": types.void(truths, values, row, row, table, cube, values, values, row, table),
        "thin": types.void(values, number, numbers, row, table, numbers, values, values),
    }  # fmt: skip
