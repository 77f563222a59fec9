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
from typing import Any, Protocol

from game.language.unknown import look_up

Range = tuple[float, float]


class Words(Protocol):
    """What a formula may say, besides + - * / and comparisons."""

    def absolute(self, x: Any) -> Any:
        """The distance from 0."""

    def floor(self, x: Any) -> Any:
        """The whole number at or below; write + 0.0 behind it, which washes out the sign of zero."""

    def sqrt(self, x: Any) -> Any:
        """The square root of what is not below 0."""

    def larger(self, x: Any, y: Any) -> Any:
        """The larger of two values; write + 0.0 behind it."""

    def smaller(self, x: Any, y: Any) -> Any:
        """The smaller of two values; write + 0.0 behind it."""

    def pick(self, condition: Any, then: Any, otherwise: Any) -> Any:
        """One of two values, both of which are worked out."""


@dataclass(frozen=True)
class Function:
    """One function of single values."""

    usage: str  # as authors write it, and what is said of it
    arity: int
    formula: Callable[..., Any]  # of Words and the values
    bounds: Callable[..., Range]  # of the range (low, high) of each value


def _bounds_of_abs(inside: Range) -> Range:
    low, high = inside
    return (0.0 if low <= 0.0 <= high else min(abs(low), abs(high))), max(abs(low), abs(high))


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
}


def function_of_values(name: str) -> Function:
    """Return the row of a function.  Raises UnknownKind."""
    return look_up(FUNCTIONS_OF_VALUES, name, "function", "FUNCTIONS_OF_VALUES in game/language/elementwise.py")


class PlainWords:
    """The words of formulas for plain numbers."""

    absolute = staticmethod(abs)
    sqrt = staticmethod(math.sqrt)
    larger = staticmethod(max)
    smaller = staticmethod(min)

    def floor(self, x: float) -> float:
        """The whole number at or below, as a float."""
        return float(math.floor(x))

    def pick(self, condition: bool, then: float, otherwise: float) -> float:
        """One of two numbers."""
        return then if condition else otherwise


def on_numbers(name: str, *values: float) -> float:
    """Return the value of a function of plain numbers.  Raises UnknownKind."""
    return float(function_of_values(name).formula(PlainWords(), *values))
