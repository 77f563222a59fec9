"""What people built and plant among their homes: the green with its linden, the loft, weir and mill, hives."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import pygame

from game.picture.ground import wet
from game.picture.growth import mean_where
from game.picture.palette import palette
from game.picture.scene import Grid, Household, Scene
from game.picture.sprites import icon, sprite

LOFT_STATES = 8
LINDEN, LOFT_SIZE, MILL_SIZE = 3.4, 2.3, 2.2  # in tiles
HIVES_DRAWN = 6
TURNS = 24  # pictures of a wheel on its way round


def inner_tiles(mask: Grid) -> list[tuple[int, int]]:
    """Return the tiles of a mask, those furthest from its edge first."""
    inside = np.pad(mask > 0, 1)
    depth = np.zeros(inside.shape)
    while inside.any():
        depth += inside
        inside = (
            inside & np.roll(inside, 1, 0) & np.roll(inside, -1, 0) & np.roll(inside, 1, 1) & np.roll(inside, -1, 1)
        )
    depth = depth[1:-1, 1:-1]
    middle = (np.array(mask.shape) - 1) / 2
    tiles = np.argwhere(mask > 0).tolist()
    return sorted(
        [(row, column) for row, column in tiles],
        key=lambda one: (-depth[one], float(((np.array(one) - middle) ** 2).sum())),
    )


def green_spots(scene: Scene) -> list[tuple[int, int]]:
    """Return up to two places on the green: for the linden, and for the loft some way from it."""
    if "green" not in scene.terrain:
        return []
    found = inner_tiles(scene.terrain["green"])
    return found[:1] + [one for one in found if math.dist(one, found[0]) >= 3.2][:1]


def draw_green(target: pygame.Surface, scene: Scene, tile: int) -> None:
    """Draw the linden tree with its bench, and the common loft."""
    spots = green_spots(scene)
    if spots and (scene.loft is not None or len(inner_tiles(scene.terrain["green"])) > 12):
        row, column = spots[0]
        _stand(target, "linden", (row + 1.6, column + 0.5), LINDEN, tile)
        _stand(target, "bench", (row + 1.75, column - 0.75), 0.95, tile)
        _stand(target, "bench", (row + 1.75, column + 1.75), 0.95, tile)
    if scene.loft is not None:
        row, column = spots[1] if len(spots) > 1 else _free_middle(scene)
        state = 0 if scene.loft < 0.01 else min(LOFT_STATES, max(1, math.ceil(scene.loft * LOFT_STATES)))
        _stand(target, f"loft_{state}", (row + 1.3, column + 0.5), LOFT_SIZE, tile)


def _free_middle(scene: Scene) -> tuple[int, int]:
    free = np.where((wet(scene) == 0) & (scene.homes == 0), 1.0, 0.0)
    return (inner_tiles(free) or [(0, 0)])[0]


def _stand(target: pygame.Surface, name: str, foot: tuple[float, float], size: float, tile: int) -> None:
    side = max(6, round(size * tile))
    spot = pygame.Rect(0, 0, side, side)
    spot.midbottom = round(foot[1] * tile), round(foot[0] * tile)
    target.blit(sprite("tiles", name, side), spot.clamp(target.get_rect()))


def draw_paths(target: pygame.Surface, scene: Scene, homes: list[tuple[int, int]], tile: int) -> None:
    """Draw the trodden paths from every home to the linden tree."""
    spots = green_spots(scene)
    if not spots or tile < 4:
        return
    end = (spots[0][1] + 0.5) * tile, (spots[0][0] + 1.7) * tile
    layer = pygame.Surface(target.get_size(), pygame.SRCALPHA)
    earth = palette()["yard"]
    for number, (x, y) in enumerate(homes):
        start = x, y + 0.7 * tile
        bow = 0.9 * tile * (1 if number % 2 else -1)
        away = max(1.0, math.dist(start, end))
        middle = (
            (start[0] + end[0]) / 2 - bow * (end[1] - start[1]) / away,
            (start[1] + end[1]) / 2 + bow * (end[0] - start[0]) / away,
        )
        steps = max(8, round(away / max(1.0, tile * 0.12)))
        for step in range(steps + 1):
            t = step / steps
            spot = [(1 - t) ** 2 * start[axis] + 2 * (1 - t) * t * middle[axis] + t * t * end[axis] for axis in (0, 1)]
            radius = tile * (0.17 + 0.03 * math.sin(step * 1.7 + number))
            pygame.draw.circle(layer, (*earth, 205), (round(spot[0]), round(spot[1])), max(1, round(radius)))
    pygame.draw.ellipse(layer, (*earth, 205), (end[0] - 1.5 * tile, end[1] - 0.5 * tile, 3 * tile, tile))
    for row, column in np.argwhere(wet(scene) > 0).tolist():
        layer.fill((0, 0, 0, 0), (column * tile, row * tile, tile, tile))
    target.blit(layer, (0, 0))


def draw_works(target: pygame.Surface, scene: Scene, tile: int, seconds: float) -> None:
    """Draw weirs with their gates and mills with their wheels."""
    flow = _flow(scene)
    for row, column in np.argwhere(scene.terrain.get("weir", np.zeros((0, 0))) > 0).tolist():
        _weir(target, (row, column), scene.held or 0.0, tile, seconds)
    mills = scene.terrain.get("mill", np.zeros((0, 0))) > 0
    # Several tiles side by side make one mill.
    first = mills & ~np.roll(np.pad(mills, 1), 1, 0)[1:-1, 1:-1] & ~np.roll(np.pad(mills, 1), 1, 1)[1:-1, 1:-1]
    for row, column in np.argwhere(first).tolist():
        _mill(target, scene, (row, column), tile, seconds * flow * 1.6)


def _flow(scene: Scene) -> float:
    """Return how fast a wheel turns: with what runs in the stream, less where the gate is shut."""
    stream = scene.stream if scene.stream is not None else np.zeros_like(scene.ground)
    return mean_where(scene, "moisture", stream) * (1.0 - 0.9 * (scene.held or 0.0)) if stream.any() else 1.0


def _weir(target: pygame.Surface, at: tuple[int, int], held: float, tile: int, seconds: float) -> None:
    side = round(tile * 1.5)
    spot = pygame.Rect(0, 0, side, side)
    spot.center = round((at[1] + 0.5) * tile), round((at[0] + 0.35) * tile)
    foam = round(tile * 0.8 * (1.0 - held))
    for number in range(5):
        if foam > 2:
            x = spot.centerx + round((number - 2) * side * 0.13)
            y = spot.bottom - side // 5 + round((seconds * 1.7 + number * 0.37) % 1.0 * foam)
            pygame.draw.circle(target, (240, 249, 253), (x, y), max(1, tile // 12))
    target.blit(sprite("tiles", f"sluice_{min(3, round(held * 3))}", side), spot.clamp(target.get_rect()))


@lru_cache(maxsize=4 * TURNS)
def _wheel(size: int, turn: int) -> pygame.Surface:
    return pygame.transform.rotozoom(sprite("tiles", "wheel", size), 360.0 * turn / TURNS / 8, 1.0)


def _mill(target: pygame.Surface, scene: Scene, at: tuple[int, int], tile: int, turned: float) -> None:
    side = round(tile * MILL_SIZE)
    spot = pygame.Rect(0, 0, side, side)
    spot.midbottom = round((at[1] + 0.5) * tile), round((at[0] + 1.2) * tile)
    spot = spot.clamp(target.get_rect())
    target.blit(sprite("tiles", "mill", side), spot)
    # Spokes look the same after an eighth of a turn.
    wheel = _wheel(round(side * 0.62), int(turned * TURNS) % TURNS)
    water = wet(scene)
    right = at[1] + 1 < water.shape[1] and water[at[0], at[1] + 1] > 0
    left = at[1] > 0 and water[at[0], at[1] - 1] > 0
    x = spot.left + side // 10 if left and not right else spot.right - side // 8
    target.blit(wheel, wheel.get_rect(center=(x, spot.bottom - round(side * 0.28))))


def draw_hives(target: pygame.Surface, home: pygame.Rect, household: Household, tile: int) -> None:
    """Draw the hives that a household keeps on both sides of its home, one for two of them."""
    count = min(HIVES_DRAWN, math.ceil(household.hives / 2)) if household.hives >= 0.5 else 0
    side = max(6, round(tile * 0.85))
    for number in range(count):
        place, left = divmod(number, 2)
        away = round(place * 0.72 * side)
        x = home.left - side * 2 // 3 - away if left else home.right - side // 3 + away
        spot = pygame.Rect(x, home.bottom - side + (place % 2) * side // 3, side, side)
        target.blit(sprite("tiles", "hive", side), spot.clamp(target.get_rect()))


def draw_guests(target: pygame.Surface, scene: Scene, tile: int) -> None:
    """Draw the hives of others that stand in the lanes between a household's trees."""
    side = max(6, round(tile * 0.8))
    for household in scene.households:
        if household.hosting < 0.5 or "fruit" not in scene.places:
            continue
        own = np.argwhere((scene.places["fruit"] > 0) & (scene.uses[household.index] > 0)).tolist()
        lanes = [(row, column) for row, column in own if (row - own[0][0]) % 2 == 1]
        for row, column in sorted(lanes, key=lambda one: (one[0] * 73 + one[1] * 151) % 97)[:3]:
            target.blit(sprite("tiles", "hive", side), (round((column + 0.1) * tile), round((row + 0.1) * tile)))


def draw_struck(target: pygame.Surface, home: pygame.Rect, household: Household, tile: int, seconds: float) -> None:
    """Draw what has struck a household this season: flames on its roof, and a sign for each blow."""
    if "flame" in household.struck:
        side = round(home.width * 0.8)
        flames = sprite("tiles", f"flames_{int(seconds * 7) % 3}", side)
        target.blit(flames, flames.get_rect(midbottom=(home.centerx, home.top + home.height // 2)))
    side = max(12, round(tile * 1.05))
    for number, name in enumerate(household.struck):
        x = home.centerx + round((number - (len(household.struck) - 1) / 2) * side * 1.15)
        y = max(side // 2, home.top - side // 5) + round(2 * math.sin(seconds * 2.4 + number))
        pygame.draw.circle(target, palette()["panel"], (x, y), side // 2)
        pygame.draw.circle(target, palette()["bad"], (x, y), side // 2, max(2, side // 14))
        picture = icon(name, round(side * 0.68))
        target.blit(picture, picture.get_rect(center=(x, y)))
