"""The course of a number as a row of signs: what a terminal has instead of a chart."""

from __future__ import annotations

from collections.abc import Sequence

BLOCKS, PLAIN = "▁▂▃▄▅▆▇█", "_.-:=+*#"  # from low to high; the second where a console has not got the first
LONG = 24  # characters of a course


def ends_of(courses: Sequence[Sequence[float]], high: float) -> tuple[float, float]:
    """Return what the lowest and the highest sign stand for, in all courses alike.

    From 0, or what they fall to below it, to the bound, or what they come to far below that.
    """
    most, least = (end(end(values) for values in courses) for end in (max, min))
    return min(least, 0.0), high if most > 0.3 * high else max(most, 0.0)


def course(values: Sequence[float], bottom: float, top: float, signs: str) -> str:
    """Return a course as a row of signs, from `bottom` to `top`."""
    every = max(1, -(-len(values) // LONG))
    high = max(top - bottom, 1e-9)
    steps = [min(len(signs) - 1, max(0, int((value - bottom) / high * len(signs)))) for value in values[::every]]
    return "".join(signs[step] for step in steps)
