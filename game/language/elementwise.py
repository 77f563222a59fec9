"""The functions of single values, one row each: whatever must know them takes its part from here.

A formula is written once, in the few words of `Words`, and read in three ways:
with plain numbers, with arrays (`on_arrays`), and as the text of a compiled
kernel (`game.sim.compiled.formulas`).  The words are those that give the same
bits on every processor.  A new function is a new row, and a line of its own
in the oracle of the tests, which must not read this table.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from game.language import mathematics
from game.language.unknown import look_up
from game.language.words import PlainWords

Range = tuple[float, float]
SLACK = 1e-14  # more than any rounding of these functions, as a share


@dataclass(frozen=True)
class Function:
    """One function of single values."""

    usage: str  # as authors write it, and what is said of it
    arity: int
    formula: Callable[..., Any]  # of Words and the values
    bounds: Callable[..., Range]  # of the range (low, high) of each value
    steps: int = 1  # how long it takes, in parts of an expression
    outside: Callable[..., str] = lambda *_: ""  # of the same: what is not meant and may happen, in words


def _bounds_of_abs(inside: Range) -> Range:
    low, high = inside
    return (0.0 if low <= 0.0 <= high else min(abs(low), abs(high))), max(abs(low), abs(high))


def _rising(name: str) -> Callable[[Range], Range]:
    """The bounds of a function that rises: its values at both ends, and what its rounding may add."""

    def bounds(inside: Range) -> Range:
        low, high = (on_numbers(name, end) for end in inside)
        return low - SLACK * abs(low), high + SLACK * abs(high)

    return bounds


def _bounds_of_mod(x: Range, y: Range) -> Range:
    low, high = min(y[0], 0.0), max(y[1], 0.0)
    return (0.0, min(max(x[1], 0.0), high)) if x[0] >= 0.0 <= low else (low, high)


def _bounds_of_power(x: Range, y: Range) -> Range:
    ends = [max(x[0], 0.0), max(x[1], 0.0), *(abs(end) for end in x if end < 0.0)]
    corners = [on_numbers("power", base, exponent) for base in ends for exponent in y]
    corners += [0.0, 1.0] if x[0] <= 0.0 else []
    most = mathematics.LARGEST if x[0] <= 0.0 <= x[1] and y[0] < 0.0 else max(corners) * (1.0 + SLACK)
    return (-most if x[0] < 0.0 else min(corners) * (1.0 - SLACK)), most


def _zero_divisor(x: Range, y: Range) -> str:
    return "this may divide by zero, and then counts as 0; add a small number" if y[0] <= 0.0 <= y[1] else ""


def _not_above_0(inside: Range) -> str:
    if inside[0] > 0.0:
        return ""
    return "this may be the logarithm of what is not above 0, and then counts as that of 1e-300; write max(..., 0.001)"


def _no_power(x: Range, y: Range) -> str:
    if x[0] < 0.0 and not (y[0] == y[1] and float(y[0]).is_integer()):
        return "this may be a power of what is below 0, and counts as 0 where the exponent is not whole"
    if y[0] < 0.0 and x[0] <= 0.0 <= x[1]:
        return _zero_divisor(x, x)
    return _too_large(_bounds_of_power(x, y))


def _exponent_too_large(inside: Range) -> str:
    return _too_large((0.0, mathematics.LARGEST if inside[1] > mathematics.LN_LARGEST else 0.0))


def _too_large(bounds: Range) -> str:
    return "this may pass 1e15, and then counts as 1e15; use smaller values" if bounds[1] >= mathematics.LARGEST else ""


def _too_far(inside: Range) -> str:
    if max(abs(inside[0]), abs(inside[1])) <= mathematics.FARTHEST_ANGLE:
        return ""
    return (
        "this angle may lie beyond 1,000,000 radians, where the wave stays as it is there; take it % 6.283185307179586"
    )


FUNCTIONS_OF_VALUES: dict[str, Function] = {
    "abs": Function("abs(x)", 1, lambda words, x: words.absolute(x), _bounds_of_abs),
    "floor": Function(
        "floor(x)", 1, lambda words, x: words.floor(x) + 0.0, lambda inside: (inside[0] - 1.0, inside[1])
    ),
    "sqrt": Function(
        "sqrt(x)",
        1,
        lambda words, x: words.sqrt(words.larger(x, 0.0) + 0.0),  # of what is below 0: 0
        lambda inside: (math.sqrt(max(inside[0], 0.0)), math.sqrt(max(inside[1], 0.0))),
    ),
    "round": Function(
        "round(x), halves upwards",
        1,
        mathematics.rounded,
        lambda inside: (inside[0] - 0.5, inside[1] + 0.5),
        3,
    ),
    "mod": Function("mod(x, y), or x % y", 2, mathematics.remainder, _bounds_of_mod, 20, _zero_divisor),
    "exp": Function("exp(x)", 1, mathematics.exponential, _rising("exp"), 50, _exponent_too_large),
    "ln": Function("ln(x), the natural logarithm", 1, mathematics.logarithm, _rising("ln"), 110, _not_above_0),
    "log10": Function("log10(x)", 1, mathematics.decimal_logarithm, _rising("log10"), 120, _not_above_0),
    "power": Function("power(x, y), or x ** y", 2, mathematics.power, _bounds_of_power, 190, _no_power),
    "sin": Function("sin(x), of an angle in radians", 1, mathematics.sine, lambda inside: (-1.0, 1.0), 60, _too_far),
    "cos": Function("cos(x), of an angle in radians", 1, mathematics.cosine, lambda inside: (-1.0, 1.0), 60, _too_far),
    "tan": Function(
        "tan(x), of an angle in radians",
        1,
        mathematics.tangent,
        lambda inside: (-mathematics.LARGEST, mathematics.LARGEST),
        80,
        _too_far,
    ),
}


def function_of_values(name: str) -> Function:
    """Return the row of a function.  Raises UnknownKind."""
    return look_up(FUNCTIONS_OF_VALUES, name, "function", "FUNCTIONS_OF_VALUES in game/language/elementwise.py")


def on_numbers(name: str, *values: float) -> float:
    """Return the value of a function of plain numbers.  Raises UnknownKind."""
    return float(function_of_values(name).formula(PlainWords(), *values))
