"""What people do that one sees from afar: smoke from their chimneys, figures at the well, a trial under nets."""

from __future__ import annotations

import math

import numpy as np
import pygame

from game.picture.ground import fields
from game.picture.household import Household
from game.picture.palette import palette
from game.picture.places import green_spots
from game.picture.scene import Scene
from game.picture.sprites import sprite

PUFFS = 9
SOOT, BRIGHT = (74, 66, 60), (226, 226, 222)  # of a chimney that smokes as much as it can, and of one that hardly does
BOARD_SIZE, NET_SIZE = 1.7, 1.9  # in tiles
CHIMNEY = 0.7, 0.16  # where the mouth of a chimney is, in parts of a home


def draw_smoke(target: pygame.Surface, home: pygame.Rect, household: Household, seconds: float) -> None:
    """Draw what goes up a chimney where that is counted: the more the thicker, the darker and the further."""
    if household.smoke is None or household.smoke < 0.02:
        return
    share = min(1.0, household.smoke)
    wide = home.width
    cloud = pygame.Surface((2 * wide, 2 * wide), pygame.SRCALPHA)
    colour = [round(pale + (dark - pale) * share) for pale, dark in zip(BRIGHT, SOOT, strict=True)]
    ages = sorted(((seconds * 0.14 + number / PUFFS) % 1.0, number) for number in range(PUFFS))
    for age, number in reversed(ages):  # the young ones before those that thin out
        x = 0.5 * wide + age * (0.3 + 0.5 * share) * wide + 0.03 * wide * math.sin(seconds + 2 * number)
        y = 1.9 * wide - age * (0.25 + 0.75 * share) * wide
        radius = max(1, round(wide * (0.045 + (0.04 + 0.16 * share) * age)))
        pygame.draw.circle(cloud, (*colour, round((110 + 130 * share) * (1.0 - age))), (round(x), round(y)), radius)
    left, top = CHIMNEY
    at = round(home.left + left * wide - 0.5 * wide), round(home.top + top * wide - 1.9 * wide)
    target.blit(cloud, at)


def draw_figures(target: pygame.Surface, scene: Scene, tile: int) -> None:
    """Draw the board at the well, with a bar for every household that writes its figure on it."""
    spots = green_spots(scene)
    if not spots or all(one.figure is None for one in scene.households):
        return
    row, column = spots[0]
    side = max(8, round(BOARD_SIZE * tile))
    spot = pygame.Rect(0, 0, side, side)
    spot.midbottom = round((column - 1.6) * tile), round((row + 1.35) * tile)
    spot = spot.clamp(target.get_rect())
    target.blit(sprite("tiles", "figures", side), spot)
    unit = side / 64.0
    for place, household in enumerate(scene.households[:6]):
        if household.figure is None or household.figure < 0.5:
            continue
        high = max(2.0, 26.0 * min(1.0, household.smoke or 0.0))
        bar = pygame.Rect(0, 0, round(5.5 * unit), max(2, round(high * unit)))
        bar.midbottom = (
            round(spot.left + (13 + 38 * (place + 0.5) / len(scene.households[:6])) * unit),
            round(spot.top + 42 * unit),
        )
        pygame.draw.rect(target, palette().household(household.index), bar)
        pygame.draw.rect(target, palette()["ink"], bar, 1)


def draw_nets(target: pygame.Surface, scene: Scene, tile: int) -> None:
    """Draw nets over a plot beside the home of whoever tries something in small before it is used widely."""
    for household in scene.households:
        plot = _plot(scene, household) if household.trying else None
        if plot is not None:
            side = max(8, round(NET_SIZE * tile))
            spot = pygame.Rect(0, 0, side, side)
            spot.center = round((plot[1] + 0.5) * tile), round((plot[0] + 0.35) * tile)
            target.blit(sprite("tiles", "nets", side), spot.clamp(target.get_rect()))


def _plot(scene: Scene, household: Household) -> tuple[int, int] | None:
    """Return the tile of a household's fields that lies nearest to its home; None where it has none."""
    own = np.argwhere((scene.uses[household.index] > 0) & (fields(scene) > 0)).tolist()
    if not own or not household.homes:
        return None
    row, column = min(own, key=lambda one: math.dist(one, household.homes[0]))
    return row, column
