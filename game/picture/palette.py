"""The colours of the game, from a theme file and what is laid over it, and what lies between them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from game.level.colours import parse_colour
from game.level.library import data_root

Colour = tuple[int, int, int]
RAMPS = ("households", "grass", "water", "soil", "crops")


@dataclass(frozen=True)
class Palette:
    """Every colour by its name, and the ramps along which stocks change."""

    colours: dict[str, Colour]
    households: tuple[Colour, ...]
    grass: tuple[Colour, ...]
    water: tuple[Colour, ...]
    soil: tuple[Colour, ...]
    crops: tuple[Colour, ...]

    def __getitem__(self, name: str) -> Colour:
        return self.colours[name]

    def household(self, index: int) -> Colour:
        """The colour of a household by its place in the level."""
        return self.households[index % len(self.households)]


USUAL: tuple[str, ...] = ()
CONTRAST, AID = "theme_contrast", "theme_aid"  # what is laid over the usual colours, by its file
_worn = [USUAL]


@lru_cache(maxsize=4)
def themed(above: tuple[str, ...]) -> Palette:
    """Return the palette of `assets/theme.json`, with the colours of other files of `assets` laid over it."""
    data: dict[str, Any] = {}
    for name in ("theme", *above):
        data |= json.loads((data_root() / "assets" / f"{name}.json").read_text(encoding="utf-8"))
    ramps = {name: tuple(parse_colour(one) for one in data.pop(name)) for name in RAMPS}
    return Palette({name: parse_colour(text) for name, text in data.items()}, **ramps)


def palette() -> Palette:
    """Return the palette in which everything is drawn now."""
    return themed(_worn[0])


def wear(*above: str) -> None:
    """Draw everything from now on in the usual colours with others laid over them."""
    _worn[0] = above


def along(ramp: tuple[Colour, ...], share: float) -> Colour:
    """Return the colour at `share` (0 to 1) of a ramp, blended between its steps."""
    place = min(max(share, 0.0), 1.0) * (len(ramp) - 1)
    low = min(int(place), len(ramp) - 2)
    part = place - low
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(ramp[low], ramp[low + 1], strict=True))
    return red, green, blue
