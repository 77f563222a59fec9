"""The actions of a season, world by world and slot by slot, as `game.sim.actions` carries them out; for all levels.

Importing this module needs numba.  What is special to a level comes as
machine code of its own: one function for each action.
"""

from __future__ import annotations

from typing import Any

from game.sim.actions import BLOCKED, DECLINED, DONE, SLOTS
from game.sim.compiled.acting_tables import (
    ACTION,
    ADDRESS_BYTES,
    AIM,
    AMOUNT,
    ARRAY,
    CANDIDATE,
    CHOICE,
    FIRST_PAIR,
    FIRST_PLACE,
    HAS_AMOUNT,
    KEYS,
    LIMIT,
    LINE,
    ME,
    NOTED,
    OFFERING,
    OFFERS_AMOUNT,
    OFTEN,
    ON_THE_SPOT,
    PAIR_COUNT,
    PAIRS,
    PAIRS_OF,
    PLACES,
    RESULT,
    ROOT,
    ROOT_OF,
    SAID,
    SEAT,
    SENT,
    SHIFTED,
    SIZE,
    TARGET,
    TILES,
    WORLD,
    WORLDS,
)
from game.sim.compiled.acting_words import call, clear, left_of, undo
from game.sim.compiled.operations import compiled, read_from, types, write_to
from game.sim.compiled.tables import Integers
from game.sim.totals import Floats

UNKNOWN = 2  # nobody has said what he answers: the rules of the level say it for him


@compiled
def aim(
    i: Integers, x: Floats, candidates: Integers, amounts: Floats, keys: Integers, seat: int, me: int, index: int
) -> None:
    """Note who tries what on which target."""
    each = keys.shape[2]
    i[SEAT], i[ME], i[TARGET], i[CANDIDATE] = seat, me, candidates[index, AIM], index
    i[HAS_AMOUNT] = candidates[index, OFFERS_AMOUNT]
    i[KEYS] = keys.ctypes.data + ADDRESS_BYTES * (seat * keys.shape[1] + index) * each
    i[TILES], i[PLACES] = candidates[index, SIZE], candidates[index, FIRST_PLACE]
    i[PAIRS], i[PAIR_COUNT], i[ROOT] = (
        candidates[index, FIRST_PAIR],
        candidates[index, PAIRS_OF],
        candidates[index, ROOT_OF],
    )
    x[AMOUNT] = amounts[index]


@compiled
def attempt(
    a: Integers, t: Integers, i: Integers, f: Floats, x: Floats, parts: Integers, candidates: Integers,
    amounts: Floats, keys: Integers, often: Integers, seat: int, me: int, index: int,
) -> int:  # fmt: skip
    """Try one candidate in the world at hand; return what became of it."""
    each = keys.shape[2]
    aim(i, x, candidates, amounts, keys, seat, me, index)
    for c in range(each):
        x[SAID + each + c] = 0.0
    choice = candidates[index, CHOICE]
    i[OFTEN] = often[seat, choice] >= candidates[index, LIMIT]
    call(parts[candidates[index, ACTION]], a.ctypes.data, t.ctypes.data, i.ctypes.data, f.ctypes.data, x.ctypes.data)
    became: int = i[RESULT]
    if became == DONE or became == BLOCKED or became == DECLINED:
        often[seat, choice] += 1
    return became


@compiled
def inclinations(
    a: Integers, t: Integers, i: Integers, f: Floats, x: Floats, parts: Integers, candidates: Integers,
    amounts: Floats, keys: Integers, often: Integers, people: Integers, chosen: Integers, w: int, yes: Integers,
    noted: int, length: int,
) -> None:  # fmt: skip
    """Find out what the rules of the level say to what is offered: (slots, seats, C); the world stays as it is."""
    each = keys.shape[2]
    i[ON_THE_SPOT] = 1
    for seat in range(chosen.shape[1]):
        offering = False
        for slot in range(SLOTS):
            index = chosen[slot, seat, w]
            yes[slot, seat] = 0
            offering = offering or (index >= 0 and candidates[index, OFFERING] != 0)
        if not offering:
            continue
        clear(x.ctypes.data, noted, length)
        often[seat] = 0
        i[NOTED] = 0
        for slot in range(SLOTS):
            index = chosen[slot, seat, w]
            if index < 0:
                continue
            attempt(a, t, i, f, x, parts, candidates, amounts, keys, often, seat, people[seat], index)
            if candidates[index, OFFERING] != 0:
                for c in range(each):
                    yes[slot, seat, c] = int(x[SAID + each + c])
        undo(i.ctypes.data)
    i[ON_THE_SPOT] = 0
    agree_to_the_same(candidates, people, chosen, w, yes)


@compiled
def agree_to_the_same(candidates: Integers, people: Integers, chosen: Integers, w: int, yes: Integers) -> None:
    """Let whoever offers everybody something agree to whoever offers him the same."""
    for seat in range(chosen.shape[1]):
        for slot in range(SLOTS):
            index = chosen[slot, seat, w]
            if index < 0 or candidates[index, AIM] >= 0 or not yes[slot, seat].any():
                continue
            for other in range(chosen.shape[1]):
                for place in range(SLOTS):
                    if chosen[place, other, w] == index and yes[place, other].any() and other != seat:
                        yes[place, other, people[seat]] = 1


@compiled
def release(a: Integers, x: int, later: Integers, each: int, worlds: int, w: int) -> None:
    """Let what was sent go on its way, as `later.release_later` does."""
    for item in range(len(later)):
        sent, shifted = later[item, SENT], later[item, SHIFTED]
        array = a[later[item, ARRAY]]
        for c in range(each):
            rose, fell = read_from(x, shifted + c), read_from(x, shifted + each + c)
            rose_so, fell_so = read_from(x, shifted + 2 * each + c), read_from(x, shifted + 3 * each + c)
            goes = (
                read_from(x, sent + 2 * each + c)
                + read_from(x, sent + c) * left_of(rose_so, fell)
                + read_from(x, sent + each + c) * left_of(fell_so, rose)
            )
            place = (later[item, LINE] + c) * worlds + w
            write_to(array, place, read_from(array, place) + goes)


@compiled
def act_in(
    a: Integers, t: Integers, i: Integers, f: Floats, x: Floats, parts: Integers, candidates: Integers,
    amounts: Floats, keys: Integers, often: Integers, people: Integers, chosen: Integers, said: Integers,
    result: Integers, answer: Integers, later: Integers, yes: Integers, noted: int, length: int, season: int, w: int,
) -> None:  # fmt: skip
    """Carry out the plans of a season in one world."""
    each, seats, worlds = keys.shape[2], chosen.shape[1], i[WORLDS]
    i[WORLD] = w
    unknown = False
    for slot in range(SLOTS):
        for seat in range(seats):
            for c in range(each):
                unknown = unknown or said[slot, seat, c, w] == UNKNOWN
    if unknown:
        inclinations(
            a, t, i, f, x, parts, candidates, amounts, keys, often, people, chosen, w, yes, noted, length
        )  # fmt: skip
    clear(x.ctypes.data, noted, length)
    often[:] = 0
    for slot in range(SLOTS):
        for turn in range(seats):
            seat = (turn + season) % seats
            index = chosen[slot, seat, w]
            if index < 0:
                continue
            for c in range(each):
                told = said[slot, seat, c, w]
                x[SAID + c] = yes[slot, seat, c] if told == UNKNOWN else told
            i[NOTED] = 0
            result[slot, seat, w] = attempt(
                a, t, i, f, x, parts, candidates, amounts, keys, often, seat, people[seat], index
            )
            for c in range(each):
                answer[slot, seat, c, w] = int(x[SAID + each + c])
    release(a, x.ctypes.data, later, each, worlds, w)


def acting_signature() -> Any:
    """Return the types of what `act` is called with."""
    whole, row, numbers = types.int64, types.int64[::1], types.float64[::1]
    table, three, four = types.int64[:, ::1], types.int64[:, :, ::1], types.int64[:, :, :, ::1]
    return types.void(
        row, row, row, numbers, numbers, row, table, numbers, three, table, row, three, four, three, four, table,
        three, whole, whole, whole, whole, whole,
    )  # fmt: skip
