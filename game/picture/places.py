"""What people built and plant among their homes: the green with its linden, the loft, weir and mill, hives."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import pygame

from game.picture.ground import fields, wet
from game.picture.growth import mean_where
from game.picture.household import Household
from game.picture.palette import palette
from game.picture.scene import Grid, Scene
from game.picture.sprites import icon, sprite

LOFT_STATES = 8
LINDEN, LOFT_SIZE, MILL_SIZE = 3.4, 2.3, 2.2  # in tiles
HIVES_DRAWN = 6
COLD_KILN = 0.35  # of wellbeing: below it the kiln of a workshop stays cold
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
    if spots and tile >= 4:
        water = tuple((row, column) for row, column in np.argwhere(wet(scene) > 0).tolist())
        target.blit(_paths(target.get_size(), tuple(homes), spots[0], water, tile), (0, 0))


@lru_cache(maxsize=4)
def _paths(
    size: tuple[int, int],
    homes: tuple[tuple[int, int], ...],
    linden: tuple[int, int],
    water: tuple[tuple[int, int], ...],
    tile: int,
) -> pygame.Surface:
    layer = pygame.Surface(size, pygame.SRCALPHA)
    earth = (*palette()["yard"], 205)
    end = (linden[1] + 0.5) * tile, (linden[0] + 1.7) * tile
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
            x_at, y_at = (
                (1 - t) ** 2 * start[axis] + 2 * (1 - t) * t * middle[axis] + t * t * end[axis] for axis in (0, 1)
            )
            radius = tile * (0.17 + 0.03 * math.sin(step * 1.7 + number))
            pygame.draw.circle(layer, earth, (round(x_at), round(y_at)), max(1, round(radius)))
    pygame.draw.ellipse(layer, earth, (end[0] - 1.5 * tile, end[1] - 0.5 * tile, 3 * tile, tile))
    for row, column in water:
        layer.fill((0, 0, 0, 0), (column * tile, row * tile, tile, tile))
    return layer


@dataclass(frozen=True)
class Ditch:
    """The ditch of one household: from the river to the far end of its fields, along one of their rows."""

    row: int
    river: int  # the column where it leaves the water
    ends: tuple[int, ...]  # the columns where it ends, at its left and right


def ditches(scene: Scene, household: Household) -> list[Ditch]:
    """Return the ditches that lead water to a household's fields, one for each block of rows."""
    if household.canal is None or scene.stream is None:
        return []
    own = (scene.uses[household.index] > 0) & (fields(scene) > 0)
    rows = [int(row) for row in np.nonzero(own.any(axis=1))[0] if scene.stream[row].any()]
    blocks = [rows[start:stop] for start, stop in _runs(rows)]
    found = []
    for block in blocks:
        row = block[len(block) // 2]
        columns = np.nonzero(own[row])[0]
        river = int(np.nonzero(scene.stream[row])[0][0])
        ends = {int(part.min()) if (part < river).all() else int(part.max()) for part in
                (columns[columns < river], columns[columns > river]) if part.size}  # fmt: skip
        found.append(Ditch(row, river, tuple(sorted(ends))))
    return found


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Return the pieces of a list in which each number follows the one before."""
    cuts = [place for place in range(1, len(rows)) if rows[place] != rows[place - 1] + 1]
    return list(pairwise([0, *cuts, len(rows)])) if rows else []


def draw_ditches(target: pygame.Surface, scene: Scene, tile: int) -> None:
    """Draw each ditch with as much water as it carries."""
    colours = palette()
    for household in scene.households:
        for ditch in ditches(scene, household):
            y = round((ditch.row + 0.5) * tile)
            start = round((ditch.river + 0.5) * tile)
            for end in ditch.ends:
                x = round((end + (0.05 if end < ditch.river else 0.95)) * tile)
                left, right = min(start, x), max(start, x)
                _band(target, colours["bank"], (left, right), y, tile * 0.36)
                _band(target, colours["bed"], (left, right), y, tile * 0.28)
                if (household.canal or 0.0) > 0.03:
                    _band(target, colours.water[-1], (left, right), y, tile * (0.08 + 0.22 * (household.canal or 0.0)))


def _band(target: pygame.Surface, colour: tuple[int, int, int], ends: tuple[int, int], y: int, high: float) -> None:
    thick = max(1, round(high))
    pygame.draw.rect(target, colour, (ends[0], y - thick // 2, ends[1] - ends[0], thick), border_radius=thick // 2)


def draw_works(target: pygame.Surface, scene: Scene, tile: int, seconds: float) -> None:
    """Draw weirs with their gates and mills with their wheels."""
    for row, column in np.argwhere(scene.terrain.get("weir", np.zeros((0, 0))) > 0).tolist():
        _weir(target, scene, (row, column), tile, seconds)
    mills = scene.terrain.get("mill", np.zeros((0, 0))) > 0
    # Several tiles side by side make one mill.
    first = mills & ~np.roll(np.pad(mills, 1), 1, 0)[1:-1, 1:-1] & ~np.roll(np.pad(mills, 1), 1, 1)[1:-1, 1:-1]
    for row, column in np.argwhere(first).tolist():
        _mill(target, scene, (row, column), tile, seconds * _flow(scene) * 1.6)


def _flow(scene: Scene) -> float:
    """Return how fast a wheel turns: with what runs in the stream, less where the gate is shut."""
    stream = scene.stream if scene.stream is not None else np.zeros_like(scene.ground)
    running = min(1.0, 2.2 * mean_where(scene, "moisture", stream)) if stream.any() else 1.0
    return running * (1.0 - 0.9 * (scene.held or 0.0))


def _weir(target: pygame.Surface, scene: Scene, at: tuple[int, int], tile: int, seconds: float) -> None:
    """A wall of stone across the river with a gate in it, foam below; holes where it was broken."""
    held, side = scene.held or 0.0, round(tile * 1.5)
    spot = pygame.Rect(0, 0, side, side)
    spot.center = round((at[1] + 0.5) * tile), round((at[0] + 0.4) * tile)
    for number in range(8):
        stone = pygame.Rect(0, 0, max(3, round(tile * 0.42)), max(3, round(tile * 0.4)))
        away = (number // 2 + 0.5) * tile * 0.4 + side * 0.44
        stone.center = (
            round(spot.centerx + (away if number % 2 else -away)),
            spot.centery + round(tile * (0.12 + 0.1 * (number // 2 % 2))),
        )
        pygame.draw.rect(
            target,
            ((203, 196, 180), (179, 171, 153), (216, 210, 196))[number % 3],
            stone,
            border_radius=max(1, tile // 9),
        )
        pygame.draw.rect(target, (59, 58, 54), stone, max(1, tile // 24), border_radius=max(1, tile // 9))
    foam = tile * 0.9 * (1.0 - held)
    for number in range(7):
        if foam > 2:
            x = spot.centerx + round((number - 3) * side * 0.1)
            y = spot.bottom - side // 4 + round((seconds * 1.7 + number * 0.37) % 1.0 * foam)
            pygame.draw.circle(target, (240, 249, 253), (x, y), max(1, tile // 13))
    target.blit(sprite("tiles", f"sluice_{min(3, round(held * 3))}", side), spot.clamp(target.get_rect()))
    if scene.sound < 0.5:
        target.blit(sprite("tiles", "broken", side), spot.clamp(target.get_rect()))


@lru_cache(maxsize=4 * TURNS)
def _wheel(size: int, turn: int) -> pygame.Surface:
    # Spokes look the same after an eighth of a turn.
    return pygame.transform.rotozoom(sprite("tiles", "wheel", size), 360.0 * turn / TURNS / 8, 1.0)


def _mill(target: pygame.Surface, scene: Scene, at: tuple[int, int], tile: int, turned: float) -> None:
    """The house stands beside the water, the wheel in it."""
    side = round(tile * MILL_SIZE)
    water = np.pad(wet(scene), 1)
    row, column = at[0] + 1, at[1] + 1
    homes = np.pad(scene.homes, 2)[row + 1, column + 2 : column + 4].any()  # at its right
    in_water = water[row, column] > 0
    left = bool(water[row, column + 1] > 0) if not in_water else bool(homes)
    spot = pygame.Rect(0, 0, side, side)
    away = (-1.35 if left else 1.35) if in_water else 0.0
    spot.midbottom = round((at[1] + 0.5 + away) * tile), round((at[0] + 1.25) * tile)
    spot = spot.clamp(target.get_rect())
    target.blit(sprite("tiles", "mill", side), spot)
    wheel = _wheel(round(side * 0.66), int(turned * TURNS) % TURNS)
    x = round((at[1] + 0.5) * tile) if in_water else spot.right - side // 8 if left else spot.left + side // 10
    target.blit(wheel, wheel.get_rect(center=(x, spot.bottom - round(side * 0.26))))


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


def draw_kiln(target: pygame.Surface, home: pygame.Rect, household: Household, tile: int) -> None:
    """Draw the kiln beside a workshop, hot where bread is on the table, and the pots that wait for buyers."""
    if household.shelf is None:
        return
    side = max(8, round(tile * 1.25))
    spot = pygame.Rect(home.right - side // 4, home.bottom - side, side, side).clamp(target.get_rect())
    target.blit(sprite("tiles", f"kiln_{int(household.wellbeing > COLD_KILN)}", side), spot)
    pots = min(4, math.ceil(household.shelf * 4))
    if pots:
        spot = pygame.Rect(home.left - side * 3 // 4, home.bottom - side * 4 // 5, side, side).clamp(target.get_rect())
        target.blit(sprite("tiles", f"pots_{pots}", side), spot)


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
