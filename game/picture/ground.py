"""The ground of the board: its colour and relief, what lies on it, fields with their furrows."""

from __future__ import annotations

import numpy as np
import pygame

from game.language.unknown import look_up
from game.picture.looks import GROUNDS, TUFTLESS
from game.picture.palette import Colour, palette
from game.picture.plain import plain_colours
from game.picture.scene import Grid, Scene
from game.picture.sprites import sprite
from game.picture.tints import ramp_towards

BARE_SLOPE = 0.5  # below this richness bare ground shows rills
STAIN = (140, 104, 160)  # what poison does to the colour of the ground
GRAINS = ((1.0, 1.0, 1.0), (0.86, 0.98, 0.9), (1.08, 1.06, 1.12))
SHADE, FINEST = 0.34, 4  # how deep slopes are shaded; the relief is worked out on points this many pixels apart


def ramp(colours: tuple[Colour, ...], share: Grid) -> Grid:
    """Return colours along a ramp, (..., 3)."""
    steps = np.linspace(0.0, 1.0, len(colours))
    return np.stack([np.interp(share, steps, [one[part] for one in colours]) for part in range(3)], axis=-1)


def around(values: Grid, where: Grid) -> Grid:
    """Return `values` with each tile outside `where` given the mean of its neighbours inside, 0 if it has none."""
    total, count = (np.pad(one, 1) for one in (values * where, where))
    rows, columns = values.shape
    sums = [sum(grid[y : y + rows, x : x + columns] for y in range(3) for x in range(3)) for grid in (total, count)]
    return np.where(where > 0, values, sums[0] / np.maximum(sums[1], 1.0))


def cover(scene: Scene) -> Grid:
    """Return how much of each tile stands in the shade of trees, 0 to 1."""
    zero = np.zeros_like(scene.ground)
    return np.clip(scene.layers.get("old_trees", zero) + 0.7 * scene.layers.get("young_trees", zero), 0.0, 1.0)


def woods(scene: Scene) -> Grid:
    """Return 1 on tiles where trees can grow."""
    zero = np.zeros_like(scene.ground)
    return np.maximum(scene.places.get("old_trees", zero), scene.places.get("young_trees", zero))


def fields(scene: Scene) -> Grid:
    """Return 1 on ploughed tiles."""
    return scene.places.get("crops", np.zeros_like(scene.ground))


def wet(scene: Scene) -> Grid:
    """Return 1 on tiles of any open water."""
    parts = [scene.water, *([scene.stream] if scene.stream is not None else [])]
    parts += [scene.places["spring"]] if "spring" in scene.places else []
    return np.maximum.reduce(parts)


def ground_colours(scene: Scene) -> np.ndarray:
    """Return the colour of every tile, (columns, rows, 3), as pygame orders them."""
    colours = palette()
    share = np.where(scene.water > 0, 0.75, greenness(scene))
    found = ramp(colours.grass, share)
    for name, mask in scene.terrain.items():
        kind = GROUNDS[name].ramp
        if kind != "grass":
            ramps = {"soil": colours.soil, "moss": (colours.soil[-1], colours["moss"], colours.grass[-1])}
            steps = look_up(ramps, kind, "ramp of a ground", "ground_colours in game/picture/ground.py")
            found = np.where((mask > 0)[..., None], ramp(steps, _terrain_share(scene, name)), found)
    if scene.plain:
        found = plain_colours(scene, found)
    wooded, ploughed = woods(scene), fields(scene)
    if wooded.any():
        floor = _floor_colours(scene, wooded)
        beside = wet(scene) * (around(wooded, wooded) > 0)
        found = np.where(((wooded > 0) | (beside > 0))[..., None], floor, found)
    if ploughed.any():
        soil = ramp(_soil(scene), scene.layers.get("soil", np.full_like(scene.ground, 0.7)))
        grown = ramp(ramp_towards(colours.crops, scene.tints.get("crops")), scene.layers["crops"])
        # Each household sows another grain.
        grown = grown * np.array(GRAINS)[np.where(scene.owner >= 0, scene.owner % len(GRAINS), 0)]
        for household in scene.households:
            if household.canal is not None:
                own = ((scene.uses[household.index] > 0) & (ploughed > 0))[..., None]
                soil = np.where(own, soil * (1.08 - 0.3 * household.canal), soil)
        part = np.clip(scene.layers["crops"] * 1.6, 0.0, 0.8)[..., None]
        found = np.where((ploughed > 0)[..., None], soil * (1.0 - part) + grown * part, found)
    if "poison" in scene.layers:
        part = 0.4 * np.clip(scene.layers["poison"], 0.0, 1.0)[..., None]
        found = found * (1.0 - part) + np.array(STAIN) * part
    found = np.round(np.clip(found, 0.0, 255.0)).astype(np.uint8)
    found[scene.homes > 0] = colours["yard"]
    return found.swapaxes(0, 1)


def greenness(scene: Scene) -> Grid:
    """Return how green each tile of plain ground is, 0 to 1: by its living stock, or as its terrain says."""
    share = np.clip(scene.ground, 0.0, 1.0)
    for name, mask in scene.terrain.items():
        if not (mask * share).any() and GROUNDS[name].ramp == "grass":
            share = np.where(mask > 0, _terrain_share(scene, name), share)
    return share


def _terrain_share(scene: Scene, name: str) -> Grid:
    """Return where on its ramp the ground of a terrain lies, a little different from tile to tile."""
    look = GROUNDS[name]
    rows, columns = np.indices(scene.ground.shape)
    mottled = 0.07 * ((np.sin(rows * 12.9898 + columns * 78.233) * 43758.5453) % 1.0 - 0.5)
    return np.clip(
        look.start + look.gain * scene.layers.get(look.layer, np.zeros_like(scene.ground)) + mottled, 0.0, 1.0
    )


def _soil(scene: Scene) -> tuple[Colour, ...]:
    return ramp_towards(palette().soil, scene.tints.get("soil"))


def _floor_colours(scene: Scene, wooded: Grid) -> Grid:
    """Bare ground by its richness, moss where trees give shade."""
    colours = palette()
    soil = around(scene.layers.get("soil", np.full_like(scene.ground, 0.7)), wooded)
    shaded = 0.85 * np.minimum(1.0, 1.5 * around(cover(scene), wooded))[..., None]
    return ramp(_soil(scene), soil) * (1.0 - shaded) + np.array(colours["moss"]) * shaded


def draw_grass(target: pygame.Surface, scene: Scene, tile: int) -> None:
    """Draw tufts wherever the ground is plain land."""
    bare = (scene.homes > 0) | (wet(scene) > 0) | (woods(scene) > 0) | (fields(scene) > 0)
    for name in TUFTLESS:
        bare = bare | (scene.terrain.get(name, np.zeros_like(scene.ground)) > 0)
    for ground in scene.plain:
        bare = bare | (ground.mask > 0)
    states = np.minimum(4, (greenness(scene) * 5.0).astype(int))
    pictures = []
    for row, column in zip(*np.nonzero(~bare), strict=True):
        variant = (row * 7 + column * 13 + row * column) % 3
        picture = sprite("tiles", f"grass_{states[row, column]}_{variant}", tile)
        pictures.append((picture, (int(column) * tile, int(row) * tile)))
    target.blits(pictures, doreturn=False)


def draw_floors(target: pygame.Surface, scene: Scene, tile: int) -> None:
    """Draw rills and stones on bare poor ground, litter and herbs on rich; furrows on fields."""
    pictures = []
    soil = scene.layers.get("soil", np.full_like(scene.ground, 0.7))
    shaded = cover(scene)
    # A slope washes out; level ground only turns pale.
    steep = slope(scene.heights) > 0.2 if scene.heights is not None else np.zeros_like(soil, bool)
    bare = (soil < BARE_SLOPE) & (shaded < 0.45)
    states = np.where(bare, np.where((soil < 0.7 * BARE_SLOPE) & steep, 0, 1), np.where(soil >= 0.75, 3, 2)).tolist()
    for row, column in np.argwhere(woods(scene) > 0).tolist():
        picture = sprite("tiles", f"floor_{states[row][column]}_{(row * 5 + column * 11) % 3}", tile)
        pictures.append((picture, (column * tile, row * tile)))
    for row, column in zip(*np.nonzero(fields(scene)), strict=True):
        grown = scene.layers["crops"][row, column]
        state = 0 if grown < 0.05 else min(4, 1 + int(grown * 4.0))
        picture = sprite("tiles", f"furrows_{state}_{(row + column) % 2}", tile)
        pictures.append((picture, (int(column) * tile, int(row) * tile)))
    target.blits(pictures, doreturn=False)


def slope(heights: Grid) -> Grid:
    """Return how far each tile falls away towards its lowest neighbour."""
    edge = np.pad(heights, 1, mode="edge")
    beside = (edge[:-2, 1:-1], edge[2:, 1:-1], edge[1:-1, :-2], edge[1:-1, 2:])
    return heights - np.minimum.reduce(beside)


def relief(heights: Grid, size: tuple[int, int]) -> pygame.Surface:
    """Return the light of the land: slopes towards the upper left lie in the sun, thin lines join equal heights."""
    wide, high = size[0] // FINEST, size[1] // FINEST
    smooth = _stretched(_melted(_melted(heights)), (high, wide))
    step = size[1] / heights.shape[0] / FINEST
    down, right = np.gradient(smooth)
    tilt = np.clip((down + right) * step * 0.5 - (down.mean() + right.mean()) * step * 0.5, -1.0, 1.0)
    light = 1.0 - SHADE * np.clip(tilt, -0.6, 1.0)
    # The hill is lighter than its foot, so that up and down can be told apart.
    light *= 0.92 + 0.08 * (smooth - smooth.min()) / max(float(np.ptp(smooth)), 1.0)
    grey = np.round(np.clip(light, 0.0, 1.0) * 255).astype(np.uint8)
    small = pygame.surfarray.make_surface(np.repeat(grey.T[..., None], 3, axis=2))
    layer = pygame.transform.smoothscale(small, size)
    _contours(layer, _stretched(_melted(_melted(heights)), (size[1] // 2, size[0] // 2)))
    return layer


def _contours(layer: pygame.Surface, smooth: Grid) -> None:
    """Darken a thin line along every second height."""
    band = np.floor((smooth + 0.5) / 2.0)
    edge = np.zeros(band.shape, bool)
    edge[1:] |= band[1:] != band[:-1]
    edge[:, 1:] |= band[:, 1:] != band[:, :-1]
    line = pygame.surfarray.make_surface(np.where(edge.T[..., None], 220, 255).astype(np.uint8).repeat(3, axis=2))
    line = pygame.transform.smoothscale(line, layer.get_size())
    layer.blit(line, (0, 0), special_flags=pygame.BLEND_MULT)


def _melted(grid: Grid) -> Grid:
    """Return a grid in which each value is drawn towards its neighbours."""
    for axis in (0, 1):
        edge = np.pad(grid, [(1, 1) if one == axis else (0, 0) for one in (0, 1)], mode="edge")
        low, high = (np.take(edge, range(start, start + grid.shape[axis]), axis) for start in (0, 2))
        grid = 0.5 * grid + 0.25 * (low + high)
    return grid


def _stretched(grid: Grid, shape: tuple[int, int]) -> Grid:
    """Return a grid of another size, values in between read off straight lines."""
    rows, columns = ((np.arange(new) + 0.5) * old / new - 0.5 for new, old in zip(shape, grid.shape, strict=True))
    tall = np.stack([np.interp(rows, np.arange(grid.shape[0]), line) for line in grid.T], axis=1)
    return np.stack([np.interp(columns, np.arange(grid.shape[1]), line) for line in tall], axis=0)
