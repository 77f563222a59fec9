"""Fingers are wider than the point of a mouse: what they come near to is what they mean."""

from __future__ import annotations

from collections.abc import Sequence

from pygame import Rect

TARGET = 40  # pixels: as much at least counts as what lies in the middle of it


def meant(spot: tuple[int, int], areas: Sequence[Rect]) -> tuple[int, int]:
    """Return the point that a finger at `spot` means: within what lies there, else within the nearest close by.

    `areas` are what can be pressed, in pixels.  Where nothing is near, `spot` itself is returned.
    """
    near = [area for area in areas if area.width and area.height and reach(area).collidepoint(spot)]
    if not near or any(area.collidepoint(spot) for area in near):
        return spot
    area = min(near, key=lambda one: _away(spot, one))
    return (
        min(max(spot[0], area.left), area.right - 1),
        min(max(spot[1], area.top), area.bottom - 1),
    )


def reach(area: Rect) -> Rect:
    """Return the part of the screen in which a finger means something, where nothing else is nearer."""
    return area.inflate(max(0, TARGET - area.width), max(0, TARGET - area.height))


def _away(spot: tuple[int, int], area: Rect) -> int:
    """Return the squared distance from a point to a rectangle."""
    across = max(area.left - spot[0], 0, spot[0] - area.right + 1)
    down = max(area.top - spot[1], 0, spot[1] - area.bottom + 1)
    return across * across + down * down
