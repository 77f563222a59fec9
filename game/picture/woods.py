"""The woods: seedlings, young trees, tall old ones, stumps and plantations, drawn from the back to the front."""

from __future__ import annotations

import math
from collections import OrderedDict

import numpy as np
import pygame

from game.picture.ground import wet, woods
from game.picture.palette import Colour
from game.picture.scatter import scatter
from game.picture.scene import Grid, Scene
from game.picture.tints import tile_picture

SLOTS, VARIANTS = 6, 8
STEPS = 20  # in how many steps a stand grows from nothing to full
WIDE, ABOVE = 2.0, 1.25  # a picture of a stand, in tiles: how wide, and how far trees rise above their tile
OLD_SIZE, YOUNG_SIZE, STUMP_SIZE = 1.42, 0.98, 0.62
LINES = tuple((x, y) for y in (0.46, 0.94) for x in (0.18, 0.5, 0.82))  # where planted trees stand
MOST_KEPT = 1600
LEAST_SIGN = 0.15  # of walls and bees: below it nothing is drawn

Spot = tuple[float, float]
Stand = tuple[int, int, int, int, int, int]  # variant, old, young, rows, stumps, what water lies beside it
Place = tuple[int, int, int, tuple[int, int]]  # column, variant, what water lies beside it, where it is drawn
Tree = tuple[float, float, str, float]  # foot y, foot x, picture, size in tiles


class Woods:
    """Draws stands of trees; equal stands are put together once."""

    def __init__(self, tile: int) -> None:
        self.tile = tile
        self._map: tuple[object, list[list[Place]]] = (None, [])
        self._kept: OrderedDict[Stand, pygame.Surface] = OrderedDict()
        self._tints: dict[str, Colour] = {}

    def draw(self, target: pygame.Surface, scene: Scene) -> None:
        """Draw all that stands on the land, upper rows first, so that lower ones stand before them."""
        if scene.tints != self._tints:
            self._tints = scene.tints
            self._kept.clear()
        wooded = woods(scene)
        grids = {name: scene.layers.get(name) for name in ("terraces", "bees")}
        if not wooded.any() and not any(grid is not None and grid.any() for grid in grids.values()):
            return
        zero = np.zeros_like(scene.ground)
        steps = np.stack(
            [np.round(scene.layers.get(name, zero) * STEPS) for name in ("old_trees", "young_trees", "rows", "stumps")],
            axis=-1,
        )
        shares = steps.astype(int).tolist()
        signs = {name: grid for name, grid in grids.items() if grid is not None and grid.max() >= LEAST_SIGN}
        pictures = []
        for row, places in enumerate(self._places(scene, wooded)):
            for column, variant, near, spot in places:
                old, young, rows, stumps = shares[row][column]
                pictures.append((self._stand((variant, old, young, rows, stumps, near)), spot))
            pictures += self._signs(scene, signs, row)
        target.blits(pictures, doreturn=False)

    def _places(self, scene: Scene, wooded: Grid) -> list[list[Place]]:
        """Return what never changes of each wooded tile, row by row; worked out once for a map."""
        free = np.maximum(wet(scene), scene.homes)
        key = (wooded.tobytes(), free.tobytes())
        if self._map[0] != key:
            near, found = _water_beside(free), []
            for row in range(wooded.shape[0]):
                top, line = row * self.tile - round(ABOVE * self.tile), []
                for column in np.nonzero(wooded[row])[0].tolist():
                    variant = int(scatter(row * 57 + column * 131) * VARIANTS)
                    left = column * self.tile - round((WIDE - 1) / 2 * self.tile)
                    line.append((column, variant, int(near[row, column]), (left, top)))
                found.append(line)
            self._map = (key, found)
        return self._map[1]

    def _signs(self, scene: Scene, grids: dict[str, Grid], row: int) -> list[tuple[pygame.Surface, tuple[int, int]]]:
        """Walls along the slope, and bees on fields, in one row of tiles."""
        found = []
        for name, grid in grids.items():
            if name == "bees" and "crops" not in scene.places:
                continue
            values = grid[row] * (scene.places["crops"][row] if name == "bees" else 1.0)
            for column in np.nonzero(values >= LEAST_SIGN)[0].tolist():
                state = min(3, math.ceil(values[column] * 3.0))
                found.append(
                    (tile_picture(scene.tints, f"{name}_{state}", self.tile), (column * self.tile, row * self.tile))
                )
        return found

    def _stand(self, stand: Stand) -> pygame.Surface:
        """Return the picture of one tile of wood."""
        kept = self._kept.get(stand)
        if kept is not None:
            self._kept.move_to_end(stand)
            return kept
        tile = self.tile
        layer = pygame.Surface((round(WIDE * tile), round((1 + ABOVE) * tile)), pygame.SRCALPHA)
        for y, x, name, size in sorted(trees(stand)):
            side = max(4, 2 * round(size * tile / 2))
            picture = tile_picture(self._tints, name, side)
            foot = ((x + (WIDE - 1) / 2) * tile, (y + ABOVE) * tile)
            layer.blit(picture, (round(foot[0] - side / 2), round(foot[1] - side * 0.94)))
        self._kept[stand] = layer
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return layer


def _water_beside(free: Grid) -> np.ndarray:
    """Return for each tile 1 where water or a home lies above it, plus 2 where at its left, 4 where at its right."""
    kept_free = np.pad(free, 1) > 0
    return 1 * kept_free[:-2, 1:-1] + 2 * kept_free[1:-1, :-2] + 4 * kept_free[1:-1, 2:]


def spots(variant: int, straight: float, beside: int) -> list[Spot]:
    """Return where trees stand on a tile, in the order in which they take their places."""
    found = []
    for slot in range(SLOTS):
        seed = variant * 53 + slot * 7
        x = 0.2 + 0.3 * (slot % 3) + 0.3 * (scatter(seed) - 0.5)
        y = (0.45, 0.92)[slot // 3] + 0.34 * (scatter(seed + 1) - 0.5)
        line = LINES[slot]
        x, y = x + (line[0] - x) * straight, min(1.0, y + (line[1] - y) * straight)
        if beside & 1:
            y = 0.72 + 0.28 * y
        x = 0.3 + 0.7 * x if beside & 2 else x
        x = 0.7 * x if beside & 4 else x
        found.append((x, y))
    order = sorted(range(SLOTS), key=lambda slot: scatter(variant * 91 + slot * 13))
    return [found[slot] for slot in order]


def trees(stand: Stand) -> list[Tree]:
    """Return the trees of a stand: old ones take places from the front, young from the back, stumps what is left."""
    variant, *shares, beside = stand
    old, young, rows, stumps = (share / STEPS for share in shares)
    straight = min(1.0, max(0.0, (rows - 0.12) / 0.25))
    places = spots(variant, straight, beside)
    planted = [straight > (slot + 1) / (SLOTS + 1) for slot in range(SLOTS)]
    low = 0.82 if beside & 1 else 1.0
    found: list[Tree] = []
    full = old * SLOTS
    taken = math.ceil(full - 0.15)
    for slot in range(taken):
        x, y = places[slot]
        part = min(1.0, full - slot)
        name = "row_old" if planted[slot] else f"tree_{int(scatter(variant * 3 + slot * 29) * 4)}"
        spread = 0.9 + 0.2 * scatter(variant + slot * 5)
        found.append((y, x, name, OLD_SIZE * low * (spread if not planted[slot] else 0.92) * (0.6 + 0.4 * part)))
    # A young stand thickens and grows at once: many small ones, then fewer free places and taller ones.
    grade = math.sqrt(young)
    many = SLOTS * (grade * (1 - straight) + min(1.0, 2.5 * young) * straight)
    slot = SLOTS - 1
    while many > 0.15 and slot >= taken:
        found.append(_young(places[slot], grade * min(1.0, 0.5 + many), planted[slot], variant * 5 + slot, low))
        many, slot = many - 1.0, slot - 1
    left = min(slot + 1 - taken, math.ceil(stumps * SLOTS * 0.85 - 0.3))
    for number in range(max(0, left)):
        x, y = places[taken + number]
        found.append((y, x, f"stump_{number % 2}", STUMP_SIZE))
    return found


def _young(place: Spot, grade: float, planted: bool, seed: int, low: float) -> Tree:
    x, y = place
    if grade < 0.38 and not planted:
        return y, x, f"seedling_{seed % 2}", 0.3 + 0.7 * grade
    name = "row_young" if planted else f"sapling_{int(scatter(seed * 3) * 3)}"
    return y, x, name, YOUNG_SIZE * low * (0.42 + 0.58 * grade)
