"""The year on the land: flowers in spring, leaves in autumn, snow in winter, and the light at the end of a day."""

from __future__ import annotations

import math

import numpy as np
import pygame

from game.picture.ground import wet
from game.picture.scatter import scatter
from game.picture.scene import Scene

SPRING, SUMMER, AUTUMN, WINTER = range(4)
PETALS = ((255, 255, 255), (255, 226, 96), (244, 188, 210))
LEAVES = ((196, 98, 34), (222, 152, 44), (160, 70, 36), (236, 190, 70))
GLOW, COLD = (226, 150, 60, 34), (246, 250, 255, 58)  # how autumn and winter colour the ground
FALLING = {AUTUMN: 14, WINTER: 34}  # leaves or flakes in the air
BARE = ("water", "sea", "building", "floor")  # ground on which no leaves and no snow lie
DUST, SNOW, CLOUD = (236, 190, 110), (244, 248, 255), (150, 164, 182)  # of a drought, of cold with snow and without
DRY = 0.5  # of the dryness of a drought, from which on no snow falls
GREEN = 0.3  # of the ground, from which on it flowers


def draw_year(ground: pygame.Surface, scene: Scene, tile: int) -> None:
    """Draw what the season lays on the ground; nothing under a dome."""
    if "rim" in scene.terrain or scene.season == SUMMER or _is_bare_winter(scene):
        return
    layer = pygame.Surface(ground.get_size(), pygame.SRCALPHA)
    if scene.season == WINTER:
        layer.fill(COLD)
    elif scene.season == AUTUMN:
        layer.fill(GLOW)
    dry_land = (wet(scene) == 0) & (scene.homes == 0)
    for one in scene.plain:
        if one.look in BARE:
            dry_land &= one.mask == 0
    soil = np.ones(scene.ground.shape, np.bool_)  # where flowers can come: not on a sea or a street of a level's own
    for one in scene.plain:
        soil &= one.mask == 0
    for row, column in np.argwhere(dry_land).tolist():
        number = row * 97 + column * 61
        if (
            scene.season == SPRING
            and soil[row, column]
            and scene.ground[row, column] > GREEN
            and scatter(number) < 0.45
        ):
            _dots(layer, row, column, tile, number, PETALS, 3, 0.055)
        elif scene.season == AUTUMN and scatter(number) < 0.4:
            _dots(layer, row, column, tile, number, LEAVES, 2, 0.075)
        elif scene.season == WINTER and scatter(number) < 0.55:
            x, y = (column + scatter(number + 1)) * tile, (row + scatter(number + 2)) * tile
            drift = pygame.Rect(0, 0, round(tile * (0.7 + scatter(number + 3))), round(tile * 0.45))
            drift.center = (round(x), round(y))
            pygame.draw.ellipse(layer, (255, 255, 255, 92), drift)
    ground.blit(layer, (0, 0))


def _is_bare_winter(scene: Scene) -> bool:
    """Whether it is winter, and so dry that no snow falls."""
    return scene.season == WINTER and scene.dry > DRY


def weather(scene: Scene) -> list[tuple[tuple[int, int, int], float]]:
    """Return how a drought and a cold event colour all of the land, each a colour and how much it hides, 0 to 255.

    What is cold is white when snow can lie, else grey as under clouds.
    """
    cold = (SNOW, 150 * scene.snow) if scene.season in (AUTUMN, WINTER) else (CLOUD, 90 * scene.snow)
    return [(DUST, 46 * scene.dry), cold]


def _dots(layer: pygame.Surface, row: int, column: int, tile: int, number: int,
          colours: tuple[tuple[int, int, int], ...], count: int, size: float) -> None:  # fmt: skip
    for place in range(count):
        x, y = column + scatter(number * 7 + place), row + scatter(number * 11 + place)
        colour = colours[(number + place) % len(colours)]
        pygame.draw.circle(layer, colour, (round(x * tile), round(y * tile)), max(1, round(size * tile)))


def draw_falling(target: pygame.Surface, scene: Scene, size: tuple[int, int], seconds: float, tile: int) -> None:
    """Draw leaves and flakes on their way down; they hang in the air where nothing moves."""
    if "rim" in scene.terrain or _is_bare_winter(scene):
        return
    for number in range(FALLING.get(scene.season, 0)):
        pace = 0.05 + 0.04 * scatter(number + 40)
        down = (scatter(number) + seconds * pace) % 1.0
        x = (scatter(number + 80) + 0.04 * math.sin(seconds * 0.8 + number)) * size[0]
        at, side = (round(x), round(down * size[1])), max(2, round(tile * 0.1))
        if scene.season == WINTER:
            pygame.draw.circle(target, (255, 255, 255), at, max(1, side // 2))
        else:
            turn = math.cos(seconds * 2.0 + number)
            leaf = pygame.Rect(0, 0, max(2, round(side * 1.6 * abs(turn))), side)
            leaf.center = at
            pygame.draw.ellipse(target, LEAVES[number % len(LEAVES)], leaf)


def draw_evening(target: pygame.Surface, part: float) -> None:
    """Colour the land as a day ends and the next begins; `part` of a season that is told, 0 to 1."""
    late = math.sin(math.pi * min(1.0, max(0.0, (part - 0.5) / 0.5)))
    if late > 0.02:
        shade = (255, round(255 - 42 * late), round(255 - 88 * late))
        target.fill(shade, special_flags=pygame.BLEND_RGB_MULT)
