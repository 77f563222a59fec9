"""Shapes that every picture of the game is made of, as pieces of SVG."""

from __future__ import annotations

import math

INK = "#3b3a36"


class Dice:
    """A tiny fixed sequence of numbers, so that every run draws the same."""

    def __init__(self, seed: int) -> None:
        self.state = seed * 7919 + 17

    def roll(self, low: float, high: float) -> float:
        """Return the next number between low and high."""
        self.state = (self.state * 1103515245 + 12345) % 2147483648
        return low + (high - low) * self.state / 2147483648


def svg(body: str, size: int = 64) -> str:
    """Wrap shapes into a picture of size x size units."""
    box = f'viewBox="0 0 {size} {size}" width="{size}" height="{size}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{body}</svg>\n'


def path(data: str, fill: str = "none", stroke: str = "none", width: float = 0.0, more: str = "") -> str:
    """Return one path with round ends."""
    line = (
        f' stroke="{stroke}" stroke-width="{width:g}" stroke-linecap="round" stroke-linejoin="round"' if width else ""
    )
    return f'<path d="{data}" fill="{fill}"{line} {more}/>'


def circle(x: float, y: float, radius: float, fill: str, more: str = "") -> str:
    """Return one disc."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}" {more}/>'


def ellipse(x: float, y: float, wide: float, high: float, fill: str, more: str = "") -> str:
    """Return one ellipse."""
    return f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{wide:.1f}" ry="{high:.1f}" fill="{fill}" {more}/>'


def rect(x: float, y: float, wide: float, high: float, fill: str, round_: float = 0.0, more: str = "") -> str:
    """Return one rectangle."""
    return f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" rx="{round_:g}" fill="{fill}" {more}/>'


def star_points(x: float, y: float, outer: float, inner: float, count: int) -> str:
    """Return the outline of a star."""
    points = []
    for step in range(2 * count):
        radius = outer if step % 2 == 0 else inner
        angle = math.pi * step / count - math.pi / 2
        points.append(f"{x + radius * math.cos(angle):.1f} {y + radius * math.sin(angle):.1f}")
    return "M" + " L".join(points) + " Z"
