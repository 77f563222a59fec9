"""The words that compiled actions are written in: they work on one world, with the same bits as NumPy.

Importing this module needs numba.  All addresses are whole numbers; `at`
counts elements of eight bytes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba.extending import intrinsic

from game.language.ranges import LARGEST
from game.sim.compiled.acting_tables import (
    ADDRESS_BYTES,
    LUCK,
    NOTED,
    NOTED_PLACES,
    NOTED_VALUES,
    PAIR_COUNT,
    PAIRS,
    ROOT,
    SEASON,
    TILES,
    WORLD,
)
from game.sim.compiled.operations import compiled, pick, read_from, types, write_to

ADDRESSES = 5
PART_OF_ACTING = types.void(*[types.int64] * ADDRESSES)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_SHIFTS = (np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11))


def _whole(context: Any, address: Any, at: Any) -> Any:
    """Return element `at` of the whole numbers that lie at an address."""

    def make(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        numbers = builder.inttoptr(arguments[0], ir.IntType(64).as_pointer())
        return builder.load(builder.gep(numbers, [arguments[1]], inbounds=True))

    return types.int64(types.int64, types.int64), make


def _set_whole(context: Any, address: Any, at: Any, value: Any) -> Any:
    """Set element `at` of the whole numbers that lie at an address."""

    def make(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        numbers = builder.inttoptr(arguments[0], ir.IntType(64).as_pointer())
        builder.store(arguments[2], builder.gep(numbers, [arguments[1]], inbounds=True))
        return context.get_dummy_value()

    return types.void(types.int64, types.int64, types.int64), make


def _truth(context: Any, address: Any, at: Any) -> Any:
    """Return element `at` of what is true or not at an address, a byte each."""

    def make(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        bytes_ = builder.inttoptr(arguments[0], ir.IntType(8).as_pointer())
        found = builder.load(builder.gep(bytes_, [arguments[1]], inbounds=True))
        return builder.icmp_unsigned("!=", found, ir.IntType(8)(0))

    return types.boolean(types.int64, types.int64), make


def _set_truth(context: Any, address: Any, at: Any, value: Any) -> Any:
    """Set element `at` of what is true or not at an address."""

    def make(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        bytes_ = builder.inttoptr(arguments[0], ir.IntType(8).as_pointer())
        builder.store(builder.zext(arguments[2], ir.IntType(8)), builder.gep(bytes_, [arguments[1]], inbounds=True))
        return context.get_dummy_value()

    return types.void(types.int64, types.int64, types.boolean), make


def _call(context: Any, address: Any, a: Any, t: Any, i: Any, f: Any, x: Any) -> Any:
    """Call the compiled action that lies at an address."""

    def make(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = ir.FunctionType(ir.VoidType(), [ir.IntType(64)] * ADDRESSES)
        builder.call(builder.inttoptr(arguments[0], kind.as_pointer()), list(arguments[1:]))
        return context.get_dummy_value()

    return types.void(*[types.int64] * (1 + ADDRESSES)), make


def _in_world(builder: Any, arguments: Any, kind: Any) -> Any:
    """Return where an element of an array of a World lies: of row `row`, in the world `w` of `n`.

    The addresses of the arrays lie at `a`.  Reading is one word, since numba takes a millisecond for each.
    """
    a, array, row, n, w = arguments
    addresses = builder.inttoptr(a, ir.IntType(64).as_pointer())
    elements = builder.inttoptr(builder.load(builder.gep(addresses, [array], inbounds=True)), kind.as_pointer())
    return builder.gep(elements, [builder.add(builder.mul(row, n), w)], inbounds=True)


def _seen(context: Any, a: Any, array: Any, row: Any, n: Any, w: Any) -> Any:
    """Return a number of a World."""

    def make(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.load(_in_world(builder, arguments, ir.DoubleType()))

    return types.float64(*[types.int64] * 5), make


def _seen_whole(context: Any, a: Any, array: Any, row: Any, n: Any, w: Any) -> Any:
    """Return a whole number of a World."""

    def make(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.load(_in_world(builder, arguments, ir.IntType(64)))

    return types.int64(*[types.int64] * 5), make


def _seen_truth(context: Any, a: Any, array: Any, row: Any, n: Any, w: Any) -> Any:
    """Return what is true or not in a World."""

    def make(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        found = builder.load(_in_world(builder, arguments, ir.IntType(8)))
        return builder.icmp_unsigned("!=", found, ir.IntType(8)(0))

    return types.boolean(*[types.int64] * 5), make


def _clipped(context: Any, value: Any, low: Any, high: Any) -> Any:
    """Return a value kept within a range, as `smaller(larger(value, low), high) + 0.0` has it."""

    def make(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        value, low, high = arguments
        value = builder.select(builder.fcmp_ordered(">", value, low), value, low)
        value = builder.select(builder.fcmp_ordered("<", value, high), value, high)
        return builder.fadd(value, ir.Constant(ir.DoubleType(), 0.0))

    return types.float64(*[types.float64] * 3), make


whole: Any = intrinsic(_whole)
set_whole: Any = intrinsic(_set_whole)
seen: Any = intrinsic(_seen)
seen_whole: Any = intrinsic(_seen_whole)
seen_truth: Any = intrinsic(_seen_truth)
clipped: Any = intrinsic(_clipped)
truth: Any = intrinsic(_truth)
set_truth: Any = intrinsic(_set_truth)
call: Any = intrinsic(_call)


@compiled
def divided(left: float, right: float) -> float:
    """Return left / right, as `evaluation.divide` defines it."""
    zero = right == 0.0
    quotient = left / pick(zero, 1.0, right)
    return pick(zero, 0.0, clipped(quotient, -LARGEST, LARGEST))  # type: ignore[no-any-return]


@compiled
def make(a: int, array: int, row: int, n: int, w: int, value: float) -> None:
    """Set a number of a World for good."""
    write_to(whole(a, array), row * n + w, value)


@compiled
def make_whole(a: int, array: int, row: int, n: int, w: int, value: int) -> None:
    """Set a whole number of a World for good."""
    set_whole(whole(a, array), row * n + w, value)


@compiled
def make_truth(a: int, array: int, row: int, n: int, w: int, value: bool) -> None:
    """Set what is true or not in a World for good."""
    set_truth(whole(a, array), row * n + w, value)


@compiled
def change(i: int, a: int, array: int, row: int, n: int, w: int, value: float) -> None:
    """Set a number of a World, and note what it was."""
    noted, address, at = whole(i, NOTED), whole(a, array), row * n + w
    set_whole(whole(i, NOTED_PLACES), noted, address + ADDRESS_BYTES * at)
    write_to(whole(i, NOTED_VALUES), noted, read_from(address, at))
    set_whole(i, NOTED, noted + 1)
    write_to(address, at, value)


@compiled
def change_whole(i: int, a: int, array: int, row: int, n: int, w: int, value: float) -> None:
    """Set a whole number of a World, and note what it was."""
    noted, address, at = whole(i, NOTED), whole(a, array), row * n + w
    set_whole(whole(i, NOTED_PLACES), noted, address + ADDRESS_BYTES * at)
    set_whole(whole(i, NOTED_VALUES), noted, whole(address, at))
    set_whole(i, NOTED, noted + 1)
    set_whole(address, at, int(value))


@compiled
def change_truth(i: int, a: int, array: int, row: int, n: int, w: int, value: bool) -> None:
    """Set what is true or not in a World, and note what it was: below 0, since it is a byte."""
    noted, address, at = whole(i, NOTED), whole(a, array), row * n + w
    set_whole(whole(i, NOTED_PLACES), noted, -(address + at))
    write_to(whole(i, NOTED_VALUES), noted, 1.0 if truth(address, at) else 0.0)
    set_whole(i, NOTED, noted + 1)
    set_truth(address, at, value)


@compiled
def undo(i: int) -> None:
    """Bring back all that was noted, the last first."""
    places, values = whole(i, NOTED_PLACES), whole(i, NOTED_VALUES)
    for one in range(whole(i, NOTED) - 1, -1, -1):
        place = whole(places, one)
        if place < 0:
            set_truth(-place, 0, read_from(values, one) != 0.0)
        else:
            set_whole(place, 0, whole(values, one))
    set_whole(i, NOTED, 0)


@compiled
def added(x: int, at: int, length: int, step: int) -> float:
    """Return the total of numbers that lie `step` apart, in the order of `totals.halving_total`; they are used up."""
    while length > 1:
        kept = length - length // 2
        for one in range(length - kept):
            both = read_from(x, at + one * step) + read_from(x, at + (kept + one) * step)
            write_to(x, at + one * step, both)
        length = kept
    total: float = read_from(x, at)
    return total


@compiled
def added_plot(x: int, at: int, t: int, i: int) -> float:
    """Return the total of the tiles of the plot at hand, in the order of `totals.TileTree`; they are used up."""
    if whole(i, TILES) == 0:
        return 0.0
    pairs = whole(i, PAIRS)
    for one in range(whole(i, PAIR_COUNT)):
        to, other = whole(t, pairs + 2 * one), whole(t, pairs + 2 * one + 1)
        write_to(x, at + to, read_from(x, at + to) + read_from(x, at + other))
    total: float = read_from(x, at + whole(i, ROOT)) + 0.0
    return total


@compiled
def added_rows(address: int, at: int, length: int, step: int, x: int, free: int) -> float:
    """Return the total of elements of a World that lie `step` apart, in the order of `totals.halving_total`."""
    for one in range(length):
        write_to(x, free + one, read_from(address, at + one * step))
    return added(x, free, length, 1)


@compiled
def clear(x: int, at: int, length: int) -> None:
    """Set a run of numbers to 0."""
    for one in range(length):
        write_to(x, at + one, 0.0)


@compiled
def mixed(z: int) -> int:
    """Return the bits of `chance._finalise`."""
    z = z + _GOLDEN
    z = (z ^ (z >> _SHIFTS[0])) * _FIRST
    z = (z ^ (z >> _SHIFTS[1])) * _SECOND
    found: int = z ^ (z >> _SHIFTS[2])
    return found


@compiled
def drawn(luck: int, season: int, key: int) -> float:
    """Return what `chance.uniform` draws, of a season and a key that were mixed beforehand."""
    found = mixed(mixed(np.uint64(luck) ^ np.uint64(season)) ^ np.uint64(key))
    share: float = np.float64(found >> _SHIFTS[3]) * 2.0**-53
    return share


@compiled
def lot(i: int, stream: int, key: int) -> float:
    """Return what `chance.uniform` draws for the world at hand in this season; the key was mixed beforehand."""
    season = np.uint64(whole(i, SEASON)) * _GOLDEN + np.uint64(stream)
    found: float = drawn(whole(whole(i, LUCK), whole(i, WORLD)), season, key)
    return found


@compiled
def yes_that_fit(x: int, yes: int, inside: int, me: int, communities: int, most: int) -> None:
    """Take back the yes of those for whom a circle has no room left."""
    size = 0
    for c in range(communities):
        size += read_from(x, inside + c) > 0.0
    size += read_from(x, inside + me) <= 0.0
    for c in range(communities):
        within = read_from(x, inside + c) > 0.0
        kept = read_from(x, yes + c) > 0.0 and (within or size < most)
        write_to(x, yes + c, 1.0 if kept else 0.0)
        size += kept and not within


@compiled
def circle_agrees(
    x: int, yes: int, asked: int, inside: int, me: int, communities: int, least: int, changing: bool
) -> bool:
    """Return whether enough said yes to a circle, and all whom a change of what is settled needs."""
    size, some, all_of_them = 0, False, True
    for c in range(communities):
        within, agrees = read_from(x, inside + c) > 0.0, read_from(x, yes + c) > 0.0
        size += within or agrees
        some = some or agrees
        if read_from(x, asked + c) > 0.0 and within and not agrees:
            all_of_them = False
    size += read_from(x, inside + me) <= 0.0
    return some and size >= least and (all_of_them or not changing)


@compiled
def left_of(done: float, undone: float) -> float:
    """Return which share of what was done has not been undone, as `later` counts it."""
    some = done > 0.0
    share = undone / (done if some else 1.0)
    return 1.0 - (share if share < 1.0 else 1.0) * (1.0 if some else 0.0)
