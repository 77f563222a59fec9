"""Ground and figures that take any colour, lent to terrains and stocks by `looks_like`.

Their pictures are drawn in five shades of red, which are replaced here by
shades of the colour that a level gives.  Which picture of a ground lies on a
tile depends on its neighbours (lanes run along a street, walls show at the
front of a building) and otherwise on the place alone, so that nothing flickers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from io import BytesIO

import numpy as np
import pygame

from game.level.library import asset
from game.picture.palette import Colour, palette
from game.picture.scatter import scatter
from game.picture.scene import Grid, PlainGround, PlainStock, Scene

# How far each shade of red in a picture goes from the colour of a level: below 0 to black, above 0 to white.
SHADES = {"#800000": -0.62, "#a00000": -0.24, "#c00000": 0.0, "#e00000": 0.26, "#ff0000": 0.62}
ON_DARK = {"#800000": 0.45, "#a00000": 0.2}  # a dark colour has no darker shades that could be told from it
DARK = 60  # the brightest part of a colour (of 255) below which that holds
STEPS = 8  # in which ground takes on the colour of its tint, so that few pictures are kept
SLOTS = ((0.27, 0.3), (0.73, 0.72), (0.74, 0.28), (0.26, 0.74))  # of the figures on a tile, in tiles
WIDE, BARS_WIDE = 0.44, 0.86  # of a figure and of bars, in tiles
SHIFT = 0.13  # how far the figures of a second stock stand from those of the first
RARE = 0.86  # above it lies what stands out: a shell, a fir
OPEN = ("water", "sea")  # ground with a rim of foam wherever other ground begins
FOAM = (236, 244, 246)
DEEP = 3  # tiles of a home that lie behind each other
TRODDEN = 120  # how much of the ground before a home its yard hides, of 255
TRACK = 3  # every how many rows of a park a path runs


@lru_cache(maxsize=600)
def shaded(name: str, colour: Colour, size: int) -> pygame.Surface:
    """Return `assets/tiles/<name>.svg` in shades of a colour, `size` pixels wide.

    Raises FileNotFoundError for a picture that does not exist.
    """
    path = asset("tiles", name, ".svg")
    if path is None:
        raise FileNotFoundError(f"assets/tiles/{name}.svg")
    text = path.read_text(encoding="utf-8")
    for shade, way in (SHADES | (ON_DARK if max(colour) < DARK else {})).items():
        goal = 255 if way > 0.0 else 0
        text = text.replace(shade, "#" + "".join(f"{round(part + (goal - part) * abs(way)):02x}" for part in colour))
    picture = pygame.image.load_sized_svg(BytesIO(text.encode()), (size, size))
    return picture.convert_alpha() if pygame.display.get_surface() else picture


def lay_grounds(target: pygame.Surface, scene: Scene, colours: np.ndarray, tile: int) -> None:
    """Lay the colours of tiles, (columns, rows, 3), with sharp edges where ground is lent a picture, and beside it."""
    sharp = [one.mask for one in scene.plain if one.look]
    if not sharp:
        return
    yards, colours = _yards(scene).T, colours.copy()
    for number, one in enumerate(scene.plain):
        colours[yards == number] = one.colour
    small = pygame.Surface(colours.shape[:2], pygame.SRCALPHA)
    pygame.surfarray.blit_array(small, colours)
    pygame.surfarray.pixels_alpha(small)[:] = np.where(np.maximum.reduce([*sharp, scene.homes]) > 0, 255, 0).T
    # Scaled without smoothing, tiles keep their edges; to fill them one by one takes far longer.
    target.blit(pygame.transform.scale(small, (colours.shape[0] * tile, colours.shape[1] * tile)), (0, 0))


def draw_grounds(target: pygame.Surface, scene: Scene, tile: int) -> None:
    """Draw the pictures of all ground that is lent one, over the colour that lies there already."""
    pictures, yards = [], _yards(scene)
    for number, ground in enumerate(scene.plain):
        if ground.look:
            free = np.maximum(ground.mask * (scene.homes == 0), yards == number)
            for name, row, column in _laid(ground.look, ground.mask.shape, ground.mask.tobytes(), free.tobytes()):
                pictures.append((shaded(name, _colour_at(ground, row, column), tile), (column * tile, row * tile)))
    target.blits(pictures, doreturn=False)
    for row, column in np.argwhere(yards >= 0).tolist():
        yard = pygame.Surface((round(1.4 * tile), round(0.8 * tile)), pygame.SRCALPHA)
        pygame.draw.ellipse(yard, (*palette()["yard"], TRODDEN), yard.get_rect())
        target.blit(yard, (round((column - 0.2) * tile), round((row + 0.4) * tile)))
    water = wet_ground(scene)
    for rim in _rims(water.shape, water.tobytes(), np.maximum(water, scene.water).tobytes(), tile):
        pygame.draw.rect(target, FOAM, rim, border_radius=max(1, tile // 28))


def _yards(scene: Scene) -> Grid:
    """Return (rows, columns) which plain ground, dry and lent a look, lies on most sides of each home; -1 elsewhere.

    What lies behind a home, among others of its household, has the ground of these.
    """
    dry = tuple(one.mask.tobytes() if one.look and one.look not in OPEN else b"" for one in scene.plain)
    return _yards_among(scene.homes.shape, scene.homes.tobytes(), dry)


@lru_cache(maxsize=64)
def _yards_among(shape: tuple[int, int], homes: bytes, grounds: tuple[bytes, ...]) -> Grid:
    """Return the same of the masks of all plain ground, empty for what no home stands on: once for each map."""
    found, built = np.full(shape, -1.0), np.frombuffer(homes).reshape(shape) > 0
    for _ in range(DEEP if any(grounds) else 0):
        most, before = np.zeros(shape), found.copy()
        for number, mask in enumerate(grounds):
            if mask:
                padded = np.pad(np.maximum(np.frombuffer(mask).reshape(shape), before == number), 1)
                sides = padded[:-2, 1:-1] + padded[2:, 1:-1] + padded[1:-1, :-2] + padded[1:-1, 2:]
                here = built & (before < 0) & (sides > most)
                found[here], most[here] = number, sides[here]
    return found


@lru_cache(maxsize=64)
def _laid(look: str, shape: tuple[int, int], mask: bytes, free: bytes) -> tuple[tuple[str, int, int], ...]:
    """Return which picture of a ground lies on each of its free tiles: a map never changes, so once for each."""
    kind = KINDS.get(look, _any_of_three)
    there = np.pad(np.frombuffer(mask).reshape(shape) > 0, 1)
    spots = np.argwhere(np.frombuffer(free).reshape(shape) > 0).tolist()
    return tuple((f"ground_{look}_{kind(there, row, column)}", row, column) for row, column in spots)


@lru_cache(maxsize=64)
def _rims(shape: tuple[int, int], open_water: bytes, any_water: bytes, tile: int) -> tuple[tuple[int, ...], ...]:
    """Return the rims of foam between open water and land, each as left, top, width, height in pixels."""
    water, line, found = np.frombuffer(any_water).reshape(shape), max(2, tile // 14), []
    for row, column in np.argwhere(np.frombuffer(open_water).reshape(shape) > 0).tolist():
        for down, right in ((-1, 0), (1, 0), (0, -1), (0, 1)):
            y, x = row + down, column + right
            if 0 <= y < shape[0] and 0 <= x < shape[1] and not water[y, x]:
                rim = pygame.Rect(0, 0, tile if down else line, tile if right else line)
                rim.center = round((column + 0.5 + right / 2) * tile), round((row + 0.5 + down / 2) * tile)
                found.append((*rim,))
    return tuple(found)


def wet_ground(scene: Scene) -> Grid:
    """Return 1 where ground is lent the look of water."""
    none = np.zeros_like(scene.ground)
    return np.maximum.reduce([none, *(one.mask for one in scene.plain if one.look in OPEN)]) * (scene.homes == 0)


def _colour_at(ground: PlainGround, row: int, column: int) -> Colour:
    if ground.tinted is None:
        return ground.colour
    part = round(float(ground.tinted[row, column]) * STEPS) / STEPS
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(ground.colour, ground.tint, strict=True))
    return red, green, blue


def _any_of_three(there: np.ndarray, row: int, column: int) -> str:
    chance = scatter(row * 37 + column * 101)
    return "2" if chance > RARE else str(int(chance * 2.0 / RARE))


def _street(there: np.ndarray, row: int, column: int) -> str:
    """A lane runs along a street of one tile, a crossing has stripes, and a broad place grain and places to park."""
    y, x = row + 1, column + 1
    if any(there[y + a : y + a + 2, x + b : x + b + 2].all() for a in (-1, 0) for b in (-1, 0)):
        chance = scatter(row * 53 + column * 19)
        return "bay" if chance > 0.84 else "crack" if chance > 0.68 else "plain"
    across, down = there[y, x - 1] or there[y, x + 1], there[y - 1, x] or there[y + 1, x]
    return "x" if across and down else "v" if down else "h"


def _house(there: np.ndarray, row: int, column: int) -> str:
    kind = "roof" if there[row + 2, column + 1] else "front"
    return f"{kind}_{int(scatter(row * 41 + column * 67) * 3)}"


def _lawn(there: np.ndarray, row: int, column: int) -> str:
    chance = scatter(row * 31 + column * 47)
    if row % TRACK == 1:
        return "bench" if chance > 0.6 else "path"
    return "tree" if chance > 0.74 else "flowers" if chance > 0.6 else "lawn"


# How a ground chooses its picture by the tiles around it: which lie there too, with a rim of none, row and column.
KINDS: dict[str, Callable[[np.ndarray, int, int], str]] = {"asphalt": _street, "building": _house, "park": _lawn}


def figures(stock: PlainStock, number: int, free: Grid, tile: int) -> Iterator[tuple[pygame.Surface, pygame.Rect]]:
    """Yield the figures of a stock, the more of it the more, and where each is drawn; `number` of the stocks shown."""
    side = max(6, round(tile * (BARS_WIDE if stock.look == "bars" else WIDE)))
    shift = (0.0, SHIFT, -SHIFT)[number % 3]
    for row, column in np.argwhere((free > 0) & (stock.share > 0.0)).tolist():
        seed = row * 71 + column * 113 + number * 29
        # What falls between two numbers of figures is rounded one way here and another there.
        count = min(len(SLOTS), int(float(stock.share[row, column]) * len(SLOTS) + 0.5 * scatter(seed) + 0.4))
        if stock.look == "bars":
            if count:
                bars = shaded(f"stock_bars_{count}", stock.colour, side)
                yield bars, _centred(bars, row + 0.5, column + 0.5 + shift, tile)
            continue
        picture, taken = shaded(f"stock_{stock.look}", stock.colour, side), []
        for slot in range(count):
            x, y = SLOTS[(slot + seed) % len(SLOTS)]
            off = 0.1 * (scatter(seed + slot * 7) - 0.5), 0.1 * (scatter(seed + slot * 13 + 3) - 0.5)
            taken.append((row + y + off[1], column + x + off[0] + shift))
        for y, x in sorted(taken):
            yield picture, _centred(picture, y, x, tile)


def _centred(picture: pygame.Surface, y: float, x: float, tile: int) -> pygame.Rect:
    return picture.get_rect(center=(round(x * tile), round(y * tile)))
