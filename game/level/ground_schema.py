"""The shape of what a level says of its ground."""

from __future__ import annotations

from pydantic import Field

from game.level.parts import Part, Plain


class Tint(Part):
    """Another colour that ground takes on, the more there is of a stock."""

    of: str  # a stock of the tile or of the world
    colour: str
    low: float | None = Field(default=None, alias="from")  # up to which amount nothing of it shows; else its least
    high: float | None = Field(default=None, alias="to")  # from which amount the ground has all of it; else its most


class Terrain(Part):
    """A kind of ground."""

    plain: Plain
    name: str = ""
    colour: str = ""
    looks_like: str = ""  # a terrain of `DRAWN_TERRAINS`, a picture of its level's own, or PLAIN
    tint: Tint | None = None
