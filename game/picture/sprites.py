"""Pictures by name and size, read once: SVG files become surfaces."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import pygame

from game.level.library import asset
from game.level.pictures import Picture, own_picture


@lru_cache(maxsize=1500)
def sprite(folder: str, name: str, size: int) -> pygame.Surface:
    """Return `assets/<folder>/<name>.svg` drawn `size` pixels wide; a plain disc where the file is missing."""
    own = own_picture(name) if folder == "icons" else None
    if own is not None:
        return _own(own, size)
    path = asset(folder, name, ".svg")
    try:
        if path is None:
            raise FileNotFoundError(name)
        picture = pygame.image.load_sized_svg(str(path), (size, size))
    except (pygame.error, FileNotFoundError):
        picture = pygame.Surface((size, size), pygame.SRCALPHA)
        pygame.draw.circle(picture, (120, 120, 120), (size // 2, size // 2), max(size // 3, 1), 2)
    return picture.convert_alpha() if pygame.display.get_surface() else picture


def _own(picture: Picture, size: int) -> pygame.Surface:
    """Return a picture of a level's own, fitted into a square; it was made safe when its level was read."""
    found = pygame.Surface((size, size), pygame.SRCALPHA)
    if picture.ending == ".svg":
        drawn = pygame.image.load_sized_svg(BytesIO(picture.raw), (size, size))
    else:
        whole = pygame.image.load(BytesIO(picture.raw), "picture.png")
        factor = size / max(whole.get_size())
        wide, high = (max(1, round(side * factor)) for side in whole.get_size())
        drawn = pygame.transform.smoothscale(_with_alpha(whole), (wide, high))
    found.blit(drawn, drawn.get_rect(center=(size // 2, size // 2)))
    return found


def _with_alpha(surface: pygame.Surface) -> pygame.Surface:
    """Return a surface with 32 bits and transparency, as scaling wants it; no display is needed."""
    found = pygame.Surface(surface.get_size(), pygame.SRCALPHA, 32)
    found.blit(surface, (0, 0))
    return found


def is_icon(name: str) -> bool:
    """Whether there is a picture of this name, shipped or of a level's own."""
    return own_picture(name) is not None or _is_shipped(name)


@lru_cache(maxsize=200)
def _is_shipped(name: str) -> bool:
    return asset("icons", name, ".svg") is not None


def icon(name: str, size: int) -> pygame.Surface:
    """Return an icon."""
    return sprite("icons", name, size)
