"""The shape of what comes into a level from outside: series of what was measured, and noise."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from game.level.parts import Part, Plain


class Series(Part):
    """What was measured over time: read from a file beside the level, or points of (time, value)."""

    plain: Plain
    file: str | None = None  # in data/ beside the level
    column: str | None = None
    time: str | None = None  # the column of times; without it rows are counted from 0
    points: Annotated[tuple[tuple[float, float], ...], Field(min_length=2, max_length=2000)] | None = None
    start: float = 0.0  # the time in the data at which the game begins
    each: Annotated[float, Field(gt=0)] = 1.0  # how much of that time a season takes
    between: Literal["linear", "step"] = "linear"
    name: str = ""
    unit: str = ""
    icon: str = ""
    source: str = ""


class Noise(Part):
    """What chance says of something, in each season or tick, for the whole world, each community or each tile."""

    kind: Literal["normal", "lognormal", "poisson", "uniform"]
    plain: Plain
    mean: float | None = None
    spread: Annotated[float, Field(ge=0)] | None = None  # one standard deviation
    range: tuple[float, float] | None = None
    each: Literal["season", "tick"] = "season"
    at: Literal["world", "community", "tile"] = "world"
    keeps: Annotated[float, Field(ge=0, le=0.999)] = 0.0  # what share of how far it lies off is left the next time
    name: str = ""
    unit: str = ""
    icon: str = ""
    source: str = ""

    @property
    def middle(self) -> float:
        """Its mean, 0 where none is written."""
        return self.mean or 0.0
