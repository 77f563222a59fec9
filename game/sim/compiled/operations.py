"""The words that compiled kernels are written in, and what they do to rows of worlds.

Importing this module needs numba.  A kernel keeps everything it works on in
one flat array, in rows of one float64 for each world of a block.  With one
array and fixed distances between rows the compiler knows that rows never
overlap, and turns every loop over worlds into vector instructions.

No option may let arithmetic be reordered or fused: the bits must be those of
`evaluation`.  All functions here take positions and lengths in elements.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba
import numpy as np
from llvmlite import ir
from numba import types as numba_types
from numba.extending import intrinsic

from game.sim.compiled.pipeline import PlainSteps
from game.sim.totals import Floats

types: Any = numba_types  # numba has no types of its own kinds of types
F = TypeVar("F", bound=Callable[..., Any])

OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "fastmath": False}
# Words are only ever called by compiled code; ways in from Python would take a quarter of the time to compile.
WORD_OPTIONS: dict[str, Any] = {**OPTIONS, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
PART_OPTIONS: dict[str, Any] = {"error_model": "numpy", "fastmath": False, "pipeline_class": PlainSteps}
INFINITY = np.inf
NUMBERS = types.CPointer(types.float64)
PART = types.void(NUMBERS, NUMBERS, types.float64)  # the array of a block, fixed numbers, seasons that have passed


def compiled(function: F) -> F:
    """Return the function as machine code, compiled when it is first called."""
    translated: F = numba.njit(**WORD_OPTIONS)(function)
    return translated


def inlined(function: F) -> F:
    """Return the function as machine code that is copied to where it is called, so that constants reach its loops."""
    translated: F = numba.njit(forceinline=True, **WORD_OPTIONS)(function)
    return translated


def _word(function: Callable[..., Any]) -> Callable[..., Any]:
    made: Callable[..., Any] = intrinsic(function)
    return made


@_word
def peek(context: Any, values: Any, at: Any) -> Any:
    """Return element `at` of the numbers that a pointer points to."""

    def make(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.load(builder.gep(arguments[0], [arguments[1]], inbounds=True))

    return types.float64(values, types.int64), make


@_word
def poke(context: Any, values: Any, at: Any, value: Any) -> Any:
    """Set element `at` of the numbers that a pointer points to."""

    def make(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        builder.store(arguments[2], builder.gep(arguments[0], [arguments[1]], inbounds=True))
        return context.get_dummy_value()

    return types.void(values, types.int64, types.float64), make


@_word
def run_part(context: Any, address: Any, s: Any, f: Any, number: Any) -> Any:
    """Call the part of a kernel that lies at an address."""

    def make(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer = ir.DoubleType().as_pointer()
        kind = ir.FunctionType(ir.VoidType(), [pointer, pointer, ir.DoubleType()])
        at, rows, fixed, season = arguments
        part = builder.inttoptr(at, kind.as_pointer())
        builder.call(part, [builder.inttoptr(rows, pointer), builder.inttoptr(fixed, pointer), season])
        return context.get_dummy_value()

    whole = types.int64
    return types.void(whole, whole, whole, types.float64), make


@_word
def pick(context: Any, condition: Any, then: Any, otherwise: Any) -> Any:
    """Return one of two values that are both worked out, as np.where does."""

    def make(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.select(*arguments)

    return types.float64(types.boolean, types.float64, types.float64), make


def _element(builder: Any, address: Any, at: Any) -> Any:
    return builder.gep(builder.inttoptr(address, ir.DoubleType().as_pointer()), [at], inbounds=True)


@_word
def read_from(context: Any, address: Any, at: Any) -> Any:
    """Return element `at` of the array of float64 that lies at an address."""

    def make(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.load(_element(builder, *arguments))

    return types.float64(types.int64, types.int64), make


@_word
def write_to(context: Any, address: Any, at: Any, value: Any) -> Any:
    """Set element `at` of the array of float64 that lies at an address."""

    def make(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        builder.store(arguments[2], _element(builder, *arguments[:2]))
        return context.get_dummy_value()

    return types.void(types.int64, types.int64, types.float64), make


def _chosen_by(sign: str) -> Callable[..., Any]:
    def choose(context: Any, left: Any, right: Any) -> Any:
        def make(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return builder.select(builder.fcmp_ordered(sign, *arguments), *arguments)

        return types.float64(types.float64, types.float64), make

    return choose


larger = _word(_chosen_by(">"))
smaller = _word(_chosen_by("<"))


@compiled
def copy(s: Floats, out: int, source: int, length: int) -> None:
    """Copy a run of elements."""
    to, values = s[out : out + length], s[source : source + length]
    for i in range(length):
        to[i] = values[i]


@compiled
def fill(s: Floats, out: int, length: int, value: float) -> None:
    """Set a run of elements to one value."""
    to = s[out : out + length]
    for i in range(length):
        to[i] = value


@compiled
def add(s: Floats, out: int, left: int, right: int, length: int) -> None:
    """Out = left + right; `out` may be `left`."""
    to, a, b = s[out : out + length], s[left : left + length], s[right : right + length]
    for i in range(length):
        to[i] = a[i] + b[i]


@compiled
def subtract(s: Floats, out: int, left: int, right: int, length: int) -> None:
    """Out = left - right; `out` may be `left`."""
    to, a, b = s[out : out + length], s[left : left + length], s[right : right + length]
    for i in range(length):
        to[i] = a[i] - b[i]


@compiled
def multiply(s: Floats, out: int, left: int, right: int, length: int) -> None:
    """Out = left * right; `out` may be `left`."""
    to, a, b = s[out : out + length], s[left : left + length], s[right : right + length]
    for i in range(length):
        to[i] = a[i] * b[i]


@compiled
def scaled(s: Floats, out: int, source: int, factor: float, length: int) -> None:
    """Out = source * factor."""
    to, values = s[out : out + length], s[source : source + length]
    for i in range(length):
        to[i] = values[i] * factor


@compiled
def pass_on(s: Floats, stage: int, entering: int, leaving: int, length: int) -> None:
    """Add to one stage of a delay what enters it less what leaves it."""
    to, more, less = s[stage : stage + length], s[entering : entering + length], s[leaving : leaving + length]
    for i in range(length):
        to[i] = to[i] + (more[i] - less[i])


@compiled
def approach(s: Floats, stage: int, source: int, share: float, length: int) -> None:
    """Move a stage of an information delay towards its source."""
    to, values = s[stage : stage + length], s[source : source + length]
    for i in range(length):
        to[i] = to[i] + (values[i] - to[i]) * share


@compiled
def exceeding(s: Floats, values: int, bound: int, length: int) -> int:
    """Return how many values lie above their bound."""
    a, b = s[values : values + length], s[bound : bound + length]
    count = 0
    for i in range(length):
        count += a[i] > b[i]
    return count


@compiled
def shares(s: Floats, out: int, total: int, bound: int, length: int) -> None:
    """Out = the share of `total` that fits the bound: 1 where all does."""
    to, wanted, most = s[out : out + length], s[total : total + length], s[bound : bound + length]
    for i in range(length):
        too_much = wanted[i] > most[i]
        to[i] = pick(too_much, most[i] / pick(too_much, wanted[i], 1.0), 1.0)


@compiled
def room(s: Floats, out: int, held: int, high: float, length: int) -> None:
    """Out = what still fits below `high`."""
    to, values = s[out : out + length], s[held : held + length]
    for i in range(length):
        to[i] = larger(high - values[i], 0.0) + 0.0


@compiled
def above(s: Floats, out: int, held: int, low: float, length: int) -> None:
    """Out = what is held above `low`; `out` may be `held`."""
    to, values = s[out : out + length], s[held : held + length]
    for i in range(length):
        to[i] = values[i] - low


@compiled
def less_room(s: Floats, out: int, taken: int, length: int) -> None:
    """Take from a room what arrives anyway."""
    to, values = s[out : out + length], s[taken : taken + length]
    for i in range(length):
        to[i] = larger(to[i] - values[i], 0.0) + 0.0


@compiled
def without_room(s: Floats, values: int, held: int, high: float, length: int) -> int:
    """Return how many values do not fit below `high` on top of what is held."""
    a, b = s[values : values + length], s[held : held + length]
    count = 0
    for i in range(length):
        count += a[i] > larger(high - b[i], 0.0) + 0.0
    return count


@compiled
def exceeding_both(s: Floats, lost: int, gained: int, held: int, high: float, length: int) -> tuple[int, int]:
    """Return what `exceeding(lost, held)` and `without_room(gained, held)` do, reading what is held once."""
    a, b, c = s[lost : lost + length], s[gained : gained + length], s[held : held + length]
    short, full = 0, 0
    for i in range(length):
        short += a[i] > c[i]
        full += b[i] > larger(high - c[i], 0.0) + 0.0
    return short, full


@compiled
def add_and_clip(s: Floats, out: int, change: int, low: float, high: float, length: int) -> None:
    """Add to a run of elements and keep it within a range."""
    to, values = s[out : out + length], s[change : change + length]
    for i in range(length):
        to[i] = smaller(larger(to[i] + values[i], low), high) + 0.0


@compiled
def gain_and_lose(s: Floats, out: int, gained: int, lost: int, low: float, high: float, length: int) -> None:
    """Add what is gained, then take what is lost, and keep the result between `low` and `high`."""
    to, more, less = s[out : out + length], s[gained : gained + length], s[lost : lost + length]
    for i in range(length):
        to[i] = smaller(larger((to[i] + more[i]) - less[i], low), high) + 0.0


@compiled
def lose(s: Floats, out: int, lost: int, low: float, high: float, length: int) -> None:
    """Take what is lost, and keep the result between `low` and `high`."""
    to, less = s[out : out + length], s[lost : lost + length]
    for i in range(length):
        to[i] = smaller(larger(to[i] - less[i], low), high) + 0.0
