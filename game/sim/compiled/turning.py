"""What happens once a season, world by world, as `game.sim.agreements` and `game.sim.people` say it; for all levels.

Importing this module needs numba.  What is special to a level comes as
machine code of its own: see `turning_text`.
"""

from __future__ import annotations

from typing import Any

from game.sim.actions import DONE, UNASKED
from game.sim.compiled.acting_tables import WORLD
from game.sim.compiled.acting_words import call
from game.sim.compiled.operations import compiled, read_from, types
from game.sim.compiled.tables import Integers
from game.sim.people import FADES, HABIT, KEEPS, LETS_GO, UNDERSTOOD
from game.sim.totals import Floats


@compiled
def turn_all(
    a: Integers, t: Integers, i: Integers, f: Floats, x: Floats, parts: Integers, at: int, told: Floats
) -> None:  # fmt: skip
    """Let parts do in each world what they do; `told` (N, W) is what they leave there from `at` on."""
    for w in range(told.shape[1]):
        i[WORLD] = w
        for part in parts:
            call(part, a.ctypes.data, t.ctypes.data, i.ctypes.data, f.ctypes.data, x.ctypes.data)
        for one in range(len(told)):
            told[one, w] = x[at + one]


@compiled
def acted_by(
    a: Integers, known: Integers, kinds: Floats, whom: Integers, me: int, seat: int, chosen: Integers,
    result: Integers, each: int, w: int,
) -> float:  # fmt: skip
    """Return how a seat has acted this season, from -1 to 1: `acted` in `game.sim.actions`."""
    many, balance, worlds = 0.0, 0.0, chosen.shape[2]
    for slot in range(len(chosen)):
        if result[slot, seat, w] != DONE:
            continue
        index = chosen[slot, seat, w]
        kind, other = kinds[index], whom[index]
        if other >= 0:
            understood = 1.0
            if known[other] >= 0:
                held = read_from(a[known[other]], (other * each + me) * worlds + w)
                understood = 1.0 if held >= UNDERSTOOD else 0.0
            kind = UNASKED + (1.0 - UNASKED) * understood
        many, balance = many + 1.0, balance + kind
    return balance / max(many, 1.0)


@compiled
def fade_all(
    a: Integers, known: Integers, kinds: Floats, whom: Integers, people: Integers, chosen: Integers, result: Integers,
    forgiving: Floats, wrongs: Floats, kindness: Floats, lean: Floats,
) -> None:  # fmt: skip
    """Let memories fade by a season, and note how everybody acted in it: `fade` in `game.sim.people`."""
    each, worlds = lean.shape
    for w in range(worlds):
        for c in range(each):
            keeps, acted = KEEPS - LETS_GO * forgiving[c, w], 0.0
            for other in range(each):
                kindness[c, other, w] = kindness[c, other, w] * FADES
                wrongs[c, other, w] = wrongs[c, other, w] * keeps
            for seat in range(len(people)):
                if people[seat] == c:
                    acted = acted_by(a, known, kinds, whom, c, seat, chosen, result, each, w)
            lean[c, w] = lean[c, w] + HABIT * (acted - lean[c, w])


def turning_signatures() -> dict[str, Any]:
    """Return the types of what the functions of TURNING are called with, by their names."""
    row, numbers, values = types.int64[::1], types.float64[::1], types.float64[:, ::1]
    plans, cube = types.int64[:, :, ::1], types.float64[:, :, ::1]
    return {
        "turn": types.void(row, row, row, numbers, numbers, row, types.int64, values),
        "fade": types.void(row, row, numbers, row, row, plans, plans, values, cube, cube, values),
    }
