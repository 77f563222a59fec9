"""Pictures by name and size, read once: SVG files become surfaces."""

from __future__ import annotations

from functools import lru_cache

import pygame

from game.level.library import asset


@lru_cache(maxsize=1500)
def sprite(folder: str, name: str, size: int) -> pygame.Surface:
    """Return `assets/<folder>/<name>.svg` drawn `size` pixels wide; a plain disc where the file is missing."""
    path = asset(folder, name, ".svg")
    try:
        if path is None:
            raise FileNotFoundError(name)
        picture = pygame.image.load_sized_svg(str(path), (size, size))
    except (pygame.error, FileNotFoundError):
        picture = pygame.Surface((size, size), pygame.SRCALPHA)
        pygame.draw.circle(picture, (120, 120, 120), (size // 2, size // 2), max(size // 3, 1), 2)
    return picture.convert_alpha() if pygame.display.get_surface() else picture


def icon(name: str, size: int) -> pygame.Surface:
    """Return an icon."""
    return sprite("icons", name, size)
