"""What grows on plain land: carpets of flowers, beds, orchards, hedges, the green under glass, aspens, banks.

Flat pictures lie on their tile; standing ones are drawn from the back to the
front, so that lower rows stand before upper ones.  Everything is read off the
layers of a scene, so a level gets a picture by naming its stock as `looks` does.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pygame

from game.picture.ground import fields, wet
from game.picture.looks import MARKS
from game.picture.scatter import scatter
from game.picture.scene import Grid, Scene
from game.picture.tints import tile_picture

LEAST = 0.05  # of anything that grows: below it nothing is drawn
LEAST_SIGN = 0.15  # of what does harm, or of what helps against it
DRY, WET = 0.3, 0.62  # how moist a field is that cracks, and one in which water stands
ASPEN_SIZES = (0.85, 0.75, 1.0, 1.25, 1.5, 1.72)

Flat = tuple[pygame.Surface, tuple[int, int]]
Standing = tuple[float, float, str, float]  # foot y, foot x, picture, size, all in tiles


def draw_carpets(target: pygame.Surface, scene: Scene, tile: int) -> None:
    """Draw what lies flat: beds, broken banks, wet and dry furrows, leaves, flowers, weeds, hailstones."""
    pictures: list[Flat] = []
    for name, row, column in _carpets(scene):
        pictures.append((tile_picture(scene.tints, name, tile), (column * tile, row * tile)))
    target.blits(pictures, doreturn=False)


def _carpets(scene: Scene) -> Iterator[tuple[str, int, int]]:
    for row, column in np.argwhere(scene.terrain.get("green", np.zeros((0, 0))) > 0).tolist():
        if scatter(row * 67 + column * 43) < 0.3:
            yield f"flowers_{1 + int(scatter(row + column * 3) * 2)}_{int(scatter(row * 5 + column) * 3)}", row, column
    for row, column, value in _tiles(scene, "beds", least=-1.0):
        yield f"bed_{min(4, round(value * 4.6))}_{(row + column) % 2}", row, column
    for row, column, value in _tiles(scene, "banks", least=-1.0):
        yield f"bank_{min(3, int(value * 4.0))}_{(row + column) % 2}", row, column
    for row, column, value in _tiles(scene, "clay", least=-1.0):
        yield f"clay_{min(3, int(value * 4.6))}_{(row * 3 + column) % 2}", row, column
    yield from _moist(scene)
    yield from _reeds(scene)
    for row, column, value in _tiles(scene, "litter"):
        yield f"litter_{min(3, 1 + int(value * 3.0))}_{(row * 3 + column) % 2}", row, column
    for row, column, value in _tiles(scene, "flowers"):
        # Flowers of a kind stand in drifts, thick in one place and thin in another.
        thick = value * (
            1.0 + 0.45 * math.sin(row * 1.1 + 2.0 * math.sin(column * 0.6)) * math.cos(column * 0.9 - row * 0.4)
        )
        kind = math.floor(1.5 + 1.4 * math.sin(row * 0.55 - column * 0.7 + scatter(row * 7 + column * 5)))
        if thick > LEAST:
            yield f"flowers_{min(4, 1 + int(thick * 4.2))}_{min(2, max(0, kind))}", row, column
    for row, column, value in _tiles(scene, "blue_grain"):
        yield f"blue_grain_{min(3, math.ceil(value * 3.0))}_{(row * 3 + column) % 2}", row, column
    ploughed = fields(scene)
    for row, column, value in _tiles(scene, "weeds", least=LEAST_SIGN):
        if ploughed[row, column]:
            yield f"weeds_{min(3, math.ceil(value * 3.0))}", row, column
    yield from _edges(scene)
    for household in scene.households:
        if "cloud" in household.struck:
            own = (scene.uses[household.index] > 0) & (scene.owner == household.index) & (scene.homes == 0)
            yield from (("hail", row, column) for row, column in np.argwhere(own).tolist())


def _edges(scene: Scene) -> Iterator[tuple[str, int, int]]:
    """Cornflowers where a field meets a hedge, as long as weeds may stand there and nothing poisons them."""
    if "hedge" not in scene.terrain or "weeds" not in scene.layers:
        return
    hedge = np.pad(scene.terrain["hedge"] > 0, 1)
    beside = hedge[:-2, 1:-1] | hedge[2:, 1:-1] | hedge[1:-1, :-2] | hedge[1:-1, 2:]
    poison = scene.layers.get("poison", np.zeros_like(scene.ground))
    good = beside & (fields(scene) > 0) & (scene.layers["weeds"] > 0.25) & (poison < 0.12)
    yield from ((f"cornflowers_{(row + column) % 2}", row, column) for row, column in np.argwhere(good).tolist())


def furrow_water(scene: Scene) -> Grid | None:
    """Return how wet each field is by the ditch of whoever works it; None where no ditches are."""
    if all(household.canal is None for household in scene.households):
        return None
    found = np.zeros_like(scene.ground)
    for household in scene.households:
        found = np.maximum(found, (scene.uses[household.index] > 0) * (household.canal or 0.0))
    return found * fields(scene)


def _moist(scene: Scene) -> Iterator[tuple[str, int, int]]:
    """Cracks on fields that are dry, water between furrows that are wet; only where fields are watered."""
    wetness = furrow_water(scene)
    if wetness is None:
        return
    for row, column in np.argwhere(fields(scene) > 0).tolist():
        value = float(wetness[row, column]) + 0.12 * (scatter(row * 5 + column * 3) - 0.5)
        if value < DRY:
            yield f"cracks_{2 if value < DRY / 2 else 1}", row, column
        elif value > WET:
            yield "wet_furrows", row, column


def _reeds(scene: Scene) -> Iterator[tuple[str, int, int]]:
    """Reeds on plain land beside a river that is dammed, as long as water runs there."""
    for row, column, water in _riverside(scene):
        if water > 0.08:
            yield f"bank_{2 if water < 0.3 else 3}_{(row + column) % 2}", row, column


def _riverside(scene: Scene) -> list[tuple[int, int, float]]:
    """Return the free tiles beside a river with a weir, and how much water runs past each."""
    if "weir" not in scene.terrain or scene.stream is None or "moisture" not in scene.layers:
        return []
    near = np.pad(scene.stream * np.minimum(1.0, 2.0 * scene.layers["moisture"]), 1)
    beside = np.maximum(near[1:-1, :-2], near[1:-1, 2:])
    free = (scene.stream == 0) & (fields(scene) == 0) & (scene.homes == 0) & (scene.terrain["weir"] == 0)
    return [(row, column, float(beside[row, column])) for row, column in np.argwhere(free & (beside > 0)).tolist()]


def _tiles(scene: Scene, layer: str, least: float = LEAST) -> list[tuple[int, int, float]]:
    """Return the tiles on which a layer can be and is at least so strong."""
    if layer not in scene.layers:
        return []
    grid = scene.layers[layer]
    return [(row, column, float(grid[row, column])) for row, column in
            np.argwhere((scene.places[layer] > 0) & (grid >= least)).tolist()]  # fmt: skip


def draw_standing(target: pygame.Surface, scene: Scene, tile: int) -> None:
    """Draw trees, hedges and all that stands, upper rows first."""
    things = [*_orchard(scene), *_hedge(scene), *_jungle(scene), *_grove(scene), *_willows(scene), *_alders(scene)]
    pictures = []
    for y, x, name, size in sorted(things):
        side = max(4, 2 * round(size * tile / 2))
        place = (round(x * tile - side / 2), round(y * tile - side * 0.93))
        pictures.append((tile_picture(scene.tints, name, side), place))
    target.blits(pictures, doreturn=False)


def _orchard(scene: Scene) -> Iterator[Standing]:
    """Fruit trees in rows with a lane of flowers between, each owner's of another kind."""
    if "fruit" not in scene.layers:
        return
    fruit, grows = scene.layers["fruit"], scene.places["fruit"] > 0
    first = int(np.argwhere(grows)[0, 0]) if grows.any() else 0
    for row, column in np.argwhere(grows).tolist():
        if (row - first) % 2:
            continue
        below = row + 1 < grows.shape[0] and bool(grows[row + 1, column])
        bears = float(fruit[row, column] + fruit[row + 1, column]) / 2 if below else float(fruit[row, column])
        owner = int(scene.owner[row, column])
        kind = owner % 2 if owner >= 0 else (column // 4) % 2
        x = column + 0.5 + 0.12 * (scatter(row * 31 + column * 7) - 0.5)
        state = min(4, math.ceil(bears * 4.6 - 0.2)) if bears > 0.06 else 0
        yield row + 1.02, x, f"fruit_tree_{kind}_{state}", 1.42 + 0.12 * scatter(row + column * 17)


def _under_trees(scene: Scene) -> np.ndarray:
    """Return where fruit trees stand, which signs would hide."""
    under = np.zeros(scene.ground.shape, bool)
    if "fruit" in scene.places and scene.places["fruit"].any():
        first = int(np.argwhere(scene.places["fruit"] > 0)[0, 0])
        under[first::2] = scene.places["fruit"][first::2] > 0
    return under


def _hedge(scene: Scene) -> Iterator[Standing]:
    if "hedge" not in scene.terrain:
        return
    weeds = scene.layers.get("weeds", np.full_like(scene.ground, 0.7))
    for row, column in np.argwhere(scene.terrain["hedge"] > 0).tolist():
        value = float(weeds[row, column])
        for slot, (x, y) in enumerate(((0.26, 0.72), (0.76, 1.0))):
            off = 0.16 * (scatter(row * 41 + column * 13 + slot) - 0.5)
            state = min(4, max(0, round(value * 4.8 - 0.3 + 2.0 * off)))
            yield row + y, column + x + off, f"hedge_{state}", 1.0 + 0.6 * min(value, 0.8) * (0.7 + off)
        if value > 0.42 and scatter(row * 91 + column * 53) > 0.86:
            yield row + 0.8, column + 0.5, f"tree_{int(scatter(row + column) * 2)}", 1.3 + value


def _jungle(scene: Scene) -> Iterator[Standing]:
    """The green under glass: close on beds, in tufts on runs, with a palm where it stands thickest."""
    runs = scene.terrain.get("run", np.zeros_like(scene.ground))
    for row, column, value in _tiles(scene, "plants"):
        state = min(5, max(1, math.ceil(value * 5.0 - 0.2)))
        seed = row * 61 + column * 29
        if runs[row, column] and scatter(seed + 9) > 0.3 + 0.5 * value:
            continue
        if value > 0.45 and not runs[row, column] and scatter(seed + 4) > 0.8:
            yield row + 0.9, column + 0.5, "palm", 1.5 + 0.8 * value
        many = 1 if value < 0.3 or runs[row, column] else 2 if value < 0.6 else 3
        for slot in range(many):
            variant = int(scatter(seed + slot * 5) * 3)
            x = column + 0.5 if many == 1 else column + 0.2 + 0.6 * slot / (many - 1)
            y = row + 0.45 + 0.55 * scatter(seed + 2 + slot * 7)
            grown = max(1, state - (slot + row) % 2) if many > 1 else state
            size = 0.7 + 0.15 * grown + 0.2 * (scatter(seed + 3 + slot) - 0.5)
            yield y, x + 0.3 * (scatter(seed + 1 + slot) - 0.5), f"jungle_{grown}_{variant}", size


def _grove(scene: Scene) -> Iterator[Standing]:
    """Aspens: what was gnawed stands as stumps, then shoots come, then a light wood that turns golden."""
    banks = {(row, column) for row, column, _ in _tiles(scene, "banks", least=-1.0)}
    for row, column, value in _tiles(scene, "aspens", least=-1.0):
        for slot in range(1 if (row, column) in banks else 3):
            seed = row * 47 + column * 83 + slot * 11
            state = min(5, max(0, round(value * 6.2 - 0.2 - 1.1 * scatter(seed))))
            if slot == 2 and state < 3:
                continue
            x = column + (0.22, 0.72, 0.46)[slot] + 0.22 * (scatter(seed + 1) - 0.5)
            y = row + (0.62, 0.98, 0.8)[slot] + 0.1 * (scatter(seed + 2) - 0.5)
            yield (
                y,
                x,
                f"aspen_{state}_{int(scatter(seed + 3) * 3)}",
                ASPEN_SIZES[state] * (0.92 + 0.16 * scatter(seed)),
            )


def _below_water(scene: Scene, row: int, column: int) -> float:
    """Return how much smaller a tree is drawn that would hide water which lies above it."""
    return 0.66 if row > 0 and scene.stream is not None and scene.stream[row - 1, column] else 1.0


def _willows(scene: Scene) -> Iterator[Standing]:
    for row, column, value in _tiles(scene, "banks", least=0.3):
        seed = row * 19 + column * 37
        if scatter(seed) < 0.2 + 0.22 * value:
            state = min(3, 1 + int((value - 0.3) * 4.5))
            size = (0, 0.8, 1.2, 1.75)[state] * _below_water(scene, row, column)
            yield row + 0.95, column + 0.3 + 0.4 * scatter(seed + 1), f"willow_{state}", size


def _alders(scene: Scene) -> Iterator[Standing]:
    """Willows here and there beside a river with a weir, and single trees on the land around."""
    if "weir" not in scene.terrain:
        return
    taken = np.pad(np.maximum.reduce([fields(scene), scene.homes, wet(scene), scene.terrain["weir"]]) > 0, 1)
    shape = scene.ground.shape
    near = np.logical_or.reduce([taken[y : y + shape[0], x : x + shape[1]] for y in range(3) for x in range(3)])
    for row, column in np.argwhere(~near).tolist():
        if row > 0 and scatter(row * 53 + column * 17) > 0.82:
            yield (
                row + 0.9,
                column + 0.5,
                f"tree_{int(scatter(row + column * 7) * 2)}",
                1.5 + 0.5 * scatter(row * 3 + column),
            )
    for row, column, water in _riverside(scene):
        if scatter(row * 29 + column * 71) < 0.34:
            yield (
                row + 0.9,
                column + 0.5,
                "willow_3" if water > 0.12 else "willow_2",
                1.35 + 0.4 * scatter(row + column),
            )


def draw_marks(target: pygame.Surface, scene: Scene, tile: int) -> None:
    """Draw signs of what does harm and of what helps against it, above everything that grows."""
    pictures = []
    dry = (wet(scene) == 0) & ~_under_trees(scene)
    for salt, layer in enumerate(MARKS):
        name = "lice" if layer == "pests" and "ladybirds" in scene.layers else layer
        for row, column, value in _tiles(scene, layer, least=LEAST_SIGN):
            # The stronger, the more of the tiles are marked; each layer leaves out others.
            if dry[row, column] and scatter(row * 23 + column * 71 + salt * 131) < 0.3 + 0.6 * value:
                picture = tile_picture(scene.tints, f"{name}_{min(3, math.ceil(value * 3.0))}", tile)
                pictures.append((picture, (column * tile, row * tile)))
    target.blits(pictures, doreturn=False)


def mean_where(scene: Scene, layer: str, where: Grid) -> float:
    """Return the mean of a layer over the tiles of a mask, 0 where there is none."""
    if layer not in scene.layers or not (where > 0).any():
        return 0.0
    return float(scene.layers[layer][where > 0].mean())
