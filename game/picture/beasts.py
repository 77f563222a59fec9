"""Animals: the more of them there are in the world, the more are seen, and they move."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pygame

from game.picture.palette import Colour
from game.picture.scatter import scatter
from game.picture.scene import Scene
from game.picture.tints import tile_picture

MOST_DEER, MOST_BIRDS, MOST_HARES, MOST_WOLVES, MOST_FROGS, MOST_FISH, MOST_BEES = 12, 7, 22, 7, 9, 8, 34
DEER_SIZE, BIRD_SIZE = 0.92, 0.5  # in tiles
Tile = tuple[int, int]


def settled(scene: Scene, layer: str, most: int, salt: int = 0) -> list[Tile]:
    """Return the tiles where so many animals live as the layer says: where there are at least as many as elsewhere."""
    if layer not in scene.layers:
        return []
    there, where = scene.layers[layer], (scene.places[layer] > 0) & (scene.homes == 0)
    if not where.any():
        return []
    count = math.ceil(float(there[where].mean()) * most - 0.25)
    rows, columns = np.nonzero(where & (there >= 0.6 * there[where].mean()) & (there > 0.02))
    order = np.argsort((rows * 89 + columns * 157 + salt) % 223, kind="stable")[: max(0, count)]
    return [(int(rows[one]), int(columns[one])) for one in order]


def deer_places(scene: Scene) -> list[Tile]:
    """Return the tiles where deer stand: where wildlife is at least as thick as elsewhere, and open if it can be."""
    if "deer" in scene.layers:
        return settled(scene, "deer", MOST_DEER + 6)
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


def rim_places(scene: Scene) -> list[tuple[float, float]]:
    """Return where frogs sit: (y, x) in tiles, at the edge of ponds."""
    water = np.pad(scene.water > 0, 1, constant_values=True)  # what lies outside the map is no land
    found = []
    for row, column in np.argwhere(scene.water > 0).tolist():
        for down, right in ((0, -1), (0, 1), (-1, 0), (1, 0)):
            if not water[row + 1 + down, column + 1 + right]:
                found.append((row + 0.5 + 0.42 * down, column + 0.5 + 0.42 * right))
    return sorted(found, key=lambda one: scatter(round(one[0] * 73 + one[1] * 151)))


class Beasts:
    """Every animal of a board; where they live is worked out when the land changes."""

    def __init__(self, size: tuple[int, int], tile: int) -> None:
        self.size, self.tile = size, tile
        self._homes: dict[str, list[Tile]] = {}
        self._frogs: list[tuple[float, float]] = []
        self._tints: Mapping[str, Colour] = {}

    def settle(self, scene: Scene) -> None:
        """Find a place for each animal."""
        self._tints = scene.tints
        swim = scene.layers.get("fish")
        self._homes = {
            "deer": deer_places(scene),
            "hares": settled(scene, "hares", MOST_HARES),
            "wolves": settled(scene, "wolves", MOST_WOLVES, 60),
            "fish": settled(scene, "fish", MOST_FISH, 30) if swim is not None else [],
            "bees": self._bee_places(scene),
        }
        self._frogs = []
        if "frogs" in scene.layers and scene.water.any():
            share = float(scene.layers["frogs"][scene.water > 0].mean())
            self._frogs = rim_places(scene)[: math.ceil(share * MOST_FROGS - 0.3)]

    def _bee_places(self, scene: Scene) -> list[Tile]:
        """Bees fly where flowers can grow, and on fields they are drawn with the flowers beside the grain."""
        if "flowers" not in scene.places or "bees" not in scene.layers:
            return []
        return settled(scene, "bees", MOST_BEES)

    def draw(self, target: pygame.Surface, scene: Scene, seconds: float) -> None:
        """Draw all that walks, hops and swims."""
        for number, tile in enumerate(self._homes.get("fish", ())):
            self._fish(target, tile, number, seconds)
        draw_deer(target, self._homes.get("deer", []), self.tile, seconds, self._tints)
        for number, tile in enumerate(sorted(self._homes.get("hares", ()))):
            self._hare(target, tile, number, seconds)
        for number, tile in enumerate(self._homes.get("wolves", ())):
            self._wolf(target, tile, number, seconds)
        for number, spot in enumerate(self._frogs):
            self._frog(target, spot, number, seconds)

    def draw_air(self, target: pygame.Surface, scene: Scene, seconds: float) -> None:
        """Draw bees and birds."""
        for number, (row, column) in enumerate(self._homes.get("bees", ())):
            turn = seconds * (0.9 + 0.3 * scatter(number)) + number * 1.7
            x = column + 0.5 + 0.75 * math.sin(turn) + 0.25 * math.sin(turn * 2.7)
            y = row + 0.2 + 0.4 * math.sin(turn * 1.6 + number) + 0.12 * math.cos(turn * 4.1)
            picture = f"bee_{int(seconds * 9 + number) % 2}"
            self._place(target, picture, 0.5, (y, x), math.cos(turn) > 0)
        draw_birds(target, scene, self.size, self.tile, seconds)

    def draw_dogs(self, target: pygame.Surface, flock: list[Tile], guarded: float, seconds: float) -> None:
        """Draw dogs that run round a flock: none, one, two or three, the better it is guarded."""
        for number in range(min(3, len(flock), int(guarded * 3.4))):
            row, column = flock[(number * 3) % len(flock)]
            turn = seconds * 0.8 + number * 2.2
            at = row + 0.5 + 0.7 * math.sin(turn), column + 0.5 + 1.2 * math.cos(turn)
            self._place(target, f"dog_{int(seconds * 6 + number) % 2}", 0.85, at, math.sin(turn) > 0)

    def _place(self, target: pygame.Surface, name: str, size: float, at: tuple[float, float], mirrored: bool) -> None:
        side = max(6, round(size * self.tile))
        picture = tile_picture(self._tints, name, side)
        spot = picture.get_rect(center=(round(at[1] * self.tile), round(at[0] * self.tile)))
        facing = pygame.transform.flip(picture, True, False) if mirrored else picture
        target.blit(facing, spot.clamp(pygame.Rect(0, 0, *self.size)))

    def _hare(self, target: pygame.Surface, tile: Tile, number: int, seconds: float) -> None:
        """A hare sits a while, then leaps to its next place near by."""
        time = seconds * 0.55 + scatter(number) * 7
        leap, part = int(time), min(1.0, (time % 1.0) / 0.3)
        here, there = (
            (0.9 * scatter(number * 17 + step) - 0.45, 0.4 * scatter(number * 29 + step) - 0.2)
            for step in (leap, leap + 1)
        )
        x = tile[1] + 0.5 + here[0] + (there[0] - here[0]) * part
        y = tile[0] + 0.5 + here[1] + (there[1] - here[1]) * part - 0.35 * math.sin(math.pi * part)
        self._place(target, f"hare_{int(part < 1.0)}", 0.95, (y, x), there[0] < here[0])

    def _wolf(self, target: pygame.Surface, tile: Tile, number: int, seconds: float) -> None:
        turn = seconds * (0.32 + 0.06 * scatter(number)) + number * 2.1
        y, x = tile[0] + 0.5 + 0.5 * math.sin(2 * turn), tile[1] + 0.5 + 1.5 * math.sin(turn)
        self._place(target, f"wolf_{int(seconds * 4 + number) % 2}", 1.08, (y, x), math.cos(turn) < 0)

    def _frog(self, target: pygame.Surface, spot: tuple[float, float], number: int, seconds: float) -> None:
        time = (seconds + number * 1.3) % 5.2
        up = 0.45 * math.sin(math.pi * time / 0.5) if time < 0.5 else 0.0
        self._place(target, f"frog_{int(time < 0.5)}", 0.78, (spot[0] - up, spot[1]), number % 2 == 1)

    def _fish(self, target: pygame.Surface, tile: Tile, number: int, seconds: float) -> None:
        turn = seconds * 0.5 + number * 1.9
        at = tile[0] + 0.5 + 0.1 * math.sin(turn * 1.7), tile[1] + 0.5 + 0.28 * math.sin(turn)
        self._place(target, "fish", 0.6, at, math.cos(turn) > 0)


def draw_deer(
    target: pygame.Surface, places: list[Tile], tile: int, seconds: float, tints: Mapping[str, Colour]
) -> None:
    """Draw deer that browse to and fro."""
    size = round(DEER_SIZE * tile)
    picture = tile_picture(tints, "deer", size)
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
        picture = tile_picture(scene.tints, f"bird_{int(seconds * 3 + number) % 2}", side)
        target.blit(picture, picture.get_rect(center=(round(x), round(y))).clamp(pygame.Rect(0, 0, *size)))
