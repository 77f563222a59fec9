"""What grows and lives on tiles, drawn in the colour that its level gives it instead of that of its picture."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import pygame

from game.picture.palette import Colour
from game.picture.sprites import sprite

# Which layers (of `looks.LOOKS`) colour a picture, by its name without the numbers at its end, the first one first.
COLOURED_BY = {
    "aspen": ("aspens",), "bank": ("banks",), "bed": ("beds",), "bee": ("bees",), "bees": ("bees",),
    "bird": ("wildlife",), "blue_grain": ("blue_grain",), "clay": ("clay",), "deer": ("deer", "wildlife"),
    "fish": ("fish",), "flowers": ("flowers",), "frog": ("frogs",), "fruit_tree": ("fruit",), "hare": ("hares",),
    "hedge": ("weeds",), "jungle": ("plants",), "ladybirds": ("ladybirds",), "lice": ("pests",),
    "litter": ("litter",), "mould": ("mould",), "palm": ("plants",), "pests": ("pests",), "poison": ("poison",),
    "row_old": ("old_trees",), "row_young": ("young_trees",), "sapling": ("young_trees",),
    "seedling": ("young_trees",), "spring": ("spring",), "terraces": ("terraces",), "tree": ("old_trees",),
    "weeds": ("weeds",), "wolf": ("wolves",),
}  # fmt: skip
BRIGHT, DULL = 0.85, 0.35  # how far the end and the start of such a ramp lie on the way to the colour of the level

Ramp = tuple[Colour, ...]


def tile_picture(tints: Mapping[str, Colour], name: str, size: int) -> pygame.Surface:
    """Return a picture of `assets/tiles`, in the colour of the layer that it shows if that has one of its level."""
    if tints:
        for layer in COLOURED_BY.get(name.rstrip("_0123456789"), ()):
            if layer in tints:
                return _coloured(name, size, tints[layer])
    return sprite("tiles", name, size)


def ramp_towards(ramp: Ramp, tint: Colour | None) -> Ramp:
    """Return a ramp that ends near the colour of a level; the ramp itself where it gives none."""
    if tint is None:
        return ramp
    shares = np.linspace(DULL, BRIGHT, len(ramp))
    return tuple(
        (round(r + (tint[0] - r) * part), round(g + (tint[1] - g) * part), round(b + (tint[2] - b) * part))
        for (r, g, b), part in zip(ramp, shares, strict=True)
    )


@lru_cache(maxsize=600)
def _coloured(name: str, size: int, tint: Colour) -> pygame.Surface:
    """Return a picture in shades of one colour: what is as light as its mean gets the colour itself."""
    found = sprite("tiles", name, size).copy()
    pixels = pygame.surfarray.pixels3d(found)
    there = pygame.surfarray.array_alpha(found) > 0
    light = (pixels @ np.array((0.299, 0.587, 0.114)) / 255.0)[..., None]
    middle = min(0.95, max(0.05, float(light[there].mean()) if there.any() else 0.5))
    colour = np.array(tint, float)
    darker, lighter = colour * light / middle, colour + (255.0 - colour) * (light - middle) / (1.0 - middle)
    pixels[:] = np.clip(np.where(light <= middle, darker, lighter), 0.0, 255.0).astype(np.uint8)
    del pixels  # a surface is locked as long as its pixels are held
    return found
