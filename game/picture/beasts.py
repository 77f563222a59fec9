"""Deer and birds: the more wildlife, the more of them."""

from __future__ import annotations

import math

import numpy as np
import pygame

from game.picture.scene import Scene
from game.picture.sprites import sprite

MOST_DEER, MOST_BIRDS = 12, 7
DEER_SIZE, BIRD_SIZE = 0.92, 0.5  # in tiles


def deer_places(scene: Scene) -> list[tuple[int, int]]:
    """Return the tiles where deer stand: where wildlife is at least as thick as elsewhere, and open if it can be."""
    if "wildlife" not in scene.layers:
        return []
    wild, where = scene.layers["wildlife"], scene.places["wildlife"] > 0
    if not where.any():
        return []
    count = round(float(wild[where].mean()) * MOST_DEER)
    old = scene.layers.get("old_trees", np.zeros_like(wild))
    good = where & (wild >= 0.6 * wild[where].mean()) & (wild > 0.05)
    rows, columns = np.nonzero(good)
    # Open ground first; in coarse steps, so that they do not change places whenever a tree grows a little.
    order = np.lexsort(((rows * 89 + columns * 157) % 223, np.round(old[good] * 1.5)))[:count]
    return [(int(rows[one]), int(columns[one])) for one in order]


def draw_deer(target: pygame.Surface, places: list[tuple[int, int]], tile: int, seconds: float) -> None:
    """Draw deer that browse to and fro."""
    size = round(DEER_SIZE * tile)
    picture = sprite("tiles", "deer", size)
    for number, (row, column) in enumerate(sorted(places)):
        sway = math.sin(seconds * 0.35 + number * 2.4)
        spot = picture.get_rect(midbottom=(round((column + 0.5 + 0.3 * sway) * tile), round((row + 1.0) * tile)))
        facing = pygame.transform.flip(picture, True, False) if math.cos(seconds * 0.35 + number * 2.4) < 0 else picture
        target.blit(facing, spot.clamp(target.get_rect()))


def draw_birds(target: pygame.Surface, scene: Scene, size: tuple[int, int], tile: int, seconds: float) -> None:
    """Draw birds that circle above the woods."""
    if "wildlife" not in scene.layers:
        return
    where = scene.places["wildlife"] > 0
    count = round(float(scene.layers["wildlife"][where].mean()) * MOST_BIRDS) if where.any() else 0
    side = max(8, round(BIRD_SIZE * tile))
    for number in range(count):
        turn = seconds * (0.16 + 0.03 * (number % 3)) + number * 2.4
        x = size[0] * (0.5 + 0.42 * math.sin(turn * 0.7 + number))
        y = size[1] * (0.38 + 0.3 * math.cos(turn + 2 * number))
        picture = sprite("tiles", f"bird_{int(seconds * 3 + number) % 2}", side)
        target.blit(picture, picture.get_rect(center=(round(x), round(y))).clamp(pygame.Rect(0, 0, *size)))
