"""The few words in which the functions of single values are written: those that give the same bits everywhere."""

from __future__ import annotations

import math
from typing import Any, Protocol


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

    def let(self, x: Any) -> Any:
        """The same value, worked out once: for what a formula says more than once."""

    def pick(self, condition: Any, then: Any, otherwise: Any) -> Any:
        """One of two values, both of which are worked out."""


class PlainWords:
    """The words of formulas for plain numbers."""

    absolute = staticmethod(abs)
    sqrt = staticmethod(math.sqrt)
    larger = staticmethod(max)
    smaller = staticmethod(min)

    def floor(self, x: float) -> float:
        """The whole number at or below, as a float."""
        return float(math.floor(x))

    def let(self, x: float) -> float:
        """The same number."""
        return x

    def pick(self, condition: bool, then: float, otherwise: float) -> float:
        """One of two numbers."""
        return then if condition else otherwise
