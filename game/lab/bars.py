"""Shares as bars of the report: percents of a width, with interval and bounds."""

from __future__ import annotations

from dataclasses import dataclass

from game.run.statistics import wilson

NARROW = "\u00a0"  # a space at which no line breaks


@dataclass(frozen=True)
class Measured:
    """A share with its interval and bounds, as percents of the width of a bar."""

    share: float
    low: float
    high: float
    least: float | None = None
    most: float | None = None

    @property
    def text(self) -> str:
        """The share as people read it."""
        return percents(self.share)


def counted(count: int, of: int, least: float | None = None, most: float | None = None) -> Measured:
    """Return a share of what was counted, with its 95 % Wilson interval and what is wanted of it."""
    return Measured(count / max(of, 1), *wilson(count, of), least, most)


def percents(share: float) -> str:
    """Return a share as `93.4 %`, whole ones without a digit behind the point."""
    return f"{100 * share:.1f}".removesuffix(".0") + f"{NARROW}%"
