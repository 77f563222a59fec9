"""Ponds, running water and springs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pygame

from game.picture.palette import along, palette
from game.picture.scatter import scatter
from game.picture.scene import Grid, Scene
from game.picture.sprites import sprite
from game.picture.tints import ramp_towards, tile_picture

LAST_SPRING = 6  # the state of a basin that brims over
OWN_PART = 0.4  # how far the water on a tile, rather than what feeds it, tells how broad the stream is there
RIVER = 2.2  # a stream with a weir in it is a river: so much broader with the same water
DRY = 0.12  # a stream less broad than this has left its bed
BASIN = 1.9  # how wide a basin is, in tiles
POISONED = (124, 82, 150)  # a pond full of poison
Tile = tuple[int, int]
Point = tuple[float, float]


@dataclass(frozen=True)
class Reach:
    """A piece of a stream across one tile, its points in the direction in which it runs."""

    tile: Tile
    points: list[Point]
    above: Tile
    below: Tile

    def widths(self, grid: Grid) -> list[float]:
        """Return how broad it is at each point: at the edges of a tile as broad as the mean of both."""
        here, last = float(grid[self.tile]), len(self.points) - 1
        ends = (float(grid[self.above]) + here) / 2, (float(grid[self.below]) + here) / 2
        shares = [place / last for place in range(last + 1)]
        return [here + (ends[share > 0.5] - here) * abs(2 * share - 1) for share in shares]


@dataclass(frozen=True)
class Course:
    """All streams of a map: their reaches, and what feeds each tile of them, sources first."""

    reaches: list[Reach]
    feeds: list[tuple[Tile, list[Tile]]]

    def widths(self, scene: Scene) -> Grid:
        """Return how broad the stream runs, 0 to 1: by the water on each tile and by what comes down to it."""
        own = scene.layers.get("moisture", np.full_like(scene.ground, 0.5))
        if "weir" in scene.terrain:
            own = np.minimum(1.0, RIVER * own)
        flow = np.maximum(scene.layers.get("spring", np.zeros_like(own)), scene.water * 0.5)
        for tile, above in self.feeds:
            come = max((float(flow[other]) for other in above), default=float(own[tile]))
            flow[tile] = OWN_PART * own[tile] + (1.0 - OWN_PART) * come
        return np.sqrt(flow)


class Waters:
    """Draws water; what changes slowly is kept."""

    def __init__(self, size: tuple[int, int], tile: int) -> None:
        self.size, self.tile = size, tile
        self._pond_key: object = None
        self._pond = pygame.Surface(size, pygame.SRCALPHA)
        self._stream_key: object = None
        self._stream = pygame.Surface(size, pygame.SRCALPHA)
        self._course: tuple[object, Course] = (None, Course([], []))
        self._glint_key: object = None
        self._glint_widths = np.zeros((1, 1))
        self._bed_key: object = None
        self._bed = pygame.Surface(size, pygame.SRCALPHA)

    def draw(self, target: pygame.Surface, scene: Scene) -> None:
        """Draw ponds and streams; springs come later, above the trees."""
        if scene.stream is not None:
            self._draw_stream(target, scene)
        if scene.water.any():
            key = (scene.water.tobytes(), round(scene.clarity, 1), round(violet(scene), 1))
            if key != self._pond_key:
                self._pond_key, self._pond = key, self._pond_layer(scene)
            target.blit(self._pond, (0, 0))

    def _draw_stream(self, target: pygame.Surface, scene: Scene) -> None:
        """Draw the bed, and the water that is in it."""
        course, colours = self.course(scene), palette()
        widths = np.round(course.widths(scene) * 12) / 12
        clear = round(stream_clarity(scene), 1)
        if self._bed_key != self._course[0]:
            self._bed_key = self._course[0]
            self._bed = self._melted(course.reaches, widths, ((colours["bank"], 0.4, 0.0), (colours["bed"], 0.34, 0.0)))
        if (key := (self._bed_key, widths.tobytes(), clear, scene.tints.get("moisture"))) != self._stream_key:
            deep = along(ramp_towards(colours.water, scene.tints.get("moisture")), 0.35 + 0.65 * clear)
            bright = tuple(min(255, part + 34) for part in deep)
            self._stream_key = key
            self._stream = self._melted(course.reaches, widths, ((deep, 0.02, 0.42), (bright, -0.03, 0.28)))
        target.blits([(self._bed, (0, 0)), (self._stream, (0, 0))], doreturn=False)

    def draw_springs(self, target: pygame.Surface, scene: Scene) -> None:
        """Draw each spring as a basin with as much water as it has, larger than its tile."""
        if "spring" not in scene.places:
            return
        side = round(BASIN * self.tile)
        for row, column in zip(*np.nonzero(scene.places["spring"]), strict=True):
            state = spring_state(float(scene.layers["spring"][row, column]))
            spot = pygame.Rect(0, 0, side, side)
            spot.center = round((column + 0.5) * self.tile), round((row + 0.45) * self.tile)
            target.blit(tile_picture(scene.tints, f"spring_{state}", side), spot.clamp(pygame.Rect(0, 0, *self.size)))

    def draw_glints(self, target: pygame.Surface, scene: Scene, seconds: float) -> None:
        """Draw light that runs down the stream, the faster the more water there is."""
        if scene.stream is None:
            return
        course, high = self.course(scene), max(1, self.tile // 16)
        if self._glint_key is not scene:
            self._glint_key, self._glint_widths = scene, course.widths(scene)
        widths = self._glint_widths
        for number, reach in enumerate(course.reaches):
            width = float(widths[reach.tile])
            if width <= DRY:
                continue
            # A source comes out from under the rim of its basin.
            first, last = (4 if reach.above == reach.tile else 0), len(reach.points) - 2
            place = first + int((seconds * (0.4 + 0.6 * width) + scatter(number)) % 1.0 * (last - first))
            (x0, y0), (x1, y1) = reach.points[place : place + 2]
            off = (scatter(number * 3 + int(seconds * 0.5)) - 0.5) * 0.3 * width * self.tile
            across = off if abs(x1 - x0) < abs(y1 - y0) else 0.0
            along_ = off - across
            start, end = (x0 + across, y0 + along_), (x1 + across, y1 + along_)
            pygame.draw.line(target, (214, 238, 248), start, end, high)

    def course(self, scene: Scene) -> Course:
        """Return the course of all streams; worked out once for a map."""
        assert scene.stream is not None
        joined = np.maximum(np.maximum(scene.stream, scene.water), scene.places.get("spring", scene.stream))
        key = (scene.stream.tobytes(), joined.tobytes())
        if self._course[0] != key:
            self._course = (key, course_of(scene.stream, joined, scene.heights, self.tile))
        return self._course[1]

    def _melted(
        self, reaches: list[Reach], widths: Grid, strokes: tuple[tuple[tuple[int, ...], float, float], ...]
    ) -> pygame.Surface:
        """Return strokes (colour, least breadth, how much more at full breadth), drawn twice as large and melted."""
        big = pygame.Surface((2 * self.size[0], 2 * self.size[1]), pygame.SRCALPHA)
        big.fill((*strokes[0][0], 0))
        broad = [reach.widths(widths) for reach in reaches]
        for colour, least, most in strokes:
            for reach, parts in zip(reaches, broad, strict=True):
                before: tuple[int, int] | None = None
                for (x, y), width in zip(reach.points, parts, strict=True):
                    radius, at = round(self.tile * (least + most * width)), (round(2 * x), round(2 * y))
                    if radius <= 1 or (most and width <= DRY):
                        before = None
                        continue
                    pygame.draw.circle(big, colour, at, radius)
                    if before is not None:
                        _band(big, colour, before, at, radius)
                    before = at
        return pygame.transform.smoothscale(big, self.size)

    def _pond_layer(self, scene: Scene) -> pygame.Surface:
        rows, columns = scene.water.shape
        colours = palette()
        # The outline of a pond is where a softly scaled mask passes one half.
        small = pygame.Surface((columns, rows))
        for row, column in zip(*np.nonzero(scene.water), strict=True):
            small.set_at((int(column), int(row)), (255, 255, 255))
        soft = pygame.surfarray.array_red(pygame.transform.smoothscale(small, self.size))
        deep = along((along(colours.water, scene.clarity), POISONED), round(violet(scene), 1))
        shore = tuple(round(value * 0.55 + 255 * 0.25) for value in along(colours.grass, 0.25))
        layer = pygame.Surface(self.size, pygame.SRCALPHA)
        shades = np.zeros(256, dtype=np.uint32)  # what each depth of the mask is painted with
        for low, colour in ((70, shore), (105, tuple(min(255, value + 26) for value in deep)), (150, deep)):
            shades[low + 1 :] = layer.map_rgb((*colour, 255)) & 0xFFFFFFFF
        pygame.surfarray.pixels2d(layer)[:] = shades[soft]
        state = min(3, int(scene.clarity * 4.0))
        for row, column in zip(*np.nonzero(scene.water), strict=True):
            place = (int(column) * self.tile, int(row) * self.tile)
            if (row + column) % 2 == 0:
                layer.blit(sprite("tiles", f"pond_{state}", self.tile), place)
            elif state >= 2 and (row * 3 + column * 5) % 4 == 1 and violet(scene) < 0.25:
                layer.blit(sprite("tiles", "lily", self.tile), place)
        return layer


def violet(scene: Scene) -> float:
    """Return how far poison that has run into them colours the ponds, 0 to 1."""
    if "poison" not in scene.layers or not (scene.places["poison"] * scene.water).any():
        return 0.0
    return min(0.85, float(scene.layers["poison"][scene.water > 0].mean()))


def spring_state(share: float) -> int:
    """Return which picture of a basin shows a spring that holds `share` of what makes it brim over."""
    return 0 if share < 0.04 else min(LAST_SPRING, max(1, round(share * LAST_SPRING)))


def stream_clarity(scene: Scene) -> float:
    """Return how clear running water is: what poisons it clouds it."""
    if "poison" not in scene.layers or scene.stream is None:
        return 1.0
    return 1.0 - min(1.0, float((scene.layers["poison"] * scene.stream).sum() / scene.stream.sum()))


def course_of(stream: Grid, joined: Grid, heights: Grid | None, tile: int) -> Course:
    """Return the pieces of all streams, from spring to mouth."""
    beside = {spot: _beside(spot, joined) for spot in _tiles(joined)}
    far = _way_to_mouth(_tiles(stream), beside, heights, stream.shape)
    found, feeds = [], []
    for spot in sorted(_tiles(stream), key=lambda one: -far[one]):
        upper = [other for other in beside[spot] if far[other] > far[spot]]
        lower = [other for other in beside[spot] if far[other] <= far[spot]]
        feeds.append((spot, upper))
        middle = _middle(spot, tile)
        # A stream that no spring feeds comes in over the edge, if it begins there.
        source = middle if any(not stream[other] for other in upper) else _mouth(spot, stream.shape, tile)
        for one in upper or [spot]:
            for two in lower or [spot]:
                start = _between(spot, one, tile) if one != spot else source
                end = _between(spot, two, tile) if two != spot else _mouth(spot, stream.shape, tile)
                above, below = (other if stream[other] else spot for other in (one, two))
                found.append(Reach(spot, _curve(start, middle, end), above, below))
    return Course(found, feeds)


def _band(
    target: pygame.Surface, colour: tuple[int, ...], start: tuple[int, int], end: tuple[int, int], radius: int
) -> None:
    """Fill what lies between two discs; a thick line of pygame has slanting ends, which would show."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = max(1.0, (dx * dx + dy * dy) ** 0.5)
    x, y = -dy * radius / length, dx * radius / length
    sides = [(at[0] + sign * x, at[1] + sign * y) for at, sign in ((start, 1), (end, 1), (end, -1), (start, -1))]
    pygame.draw.polygon(target, colour, sides)


def _tiles(mask: Grid) -> list[Tile]:
    return [(int(row), int(column)) for row, column in zip(*np.nonzero(mask), strict=True)]


def _beside(spot: Tile, joined: Grid) -> list[Tile]:
    """Return the tiles of water that a tile of water runs on to: straight ones, and corners that no other joins."""
    row, column = spot
    rows, columns = joined.shape

    def water(y: int, x: int) -> bool:
        return 0 <= y < rows and 0 <= x < columns and bool(joined[y, x] > 0)

    found = [(row + y, column + x) for y, x in ((-1, 0), (1, 0), (0, -1), (0, 1)) if water(row + y, column + x)]
    for y, x in ((-1, -1), (-1, 1), (1, -1), (1, 1)):
        if water(row + y, column + x) and not water(row + y, column) and not water(row, column + x):
            found.append((row + y, column + x))
    return found


def _way_to_mouth(
    tiles: list[Tile], beside: dict[Tile, list[Tile]], heights: Grid | None, shape: tuple[int, ...]
) -> dict[Tile, int]:
    """Return how many tiles of water lie between each tile and the lowest one it is joined to."""
    far: dict[Tile, int] = {}

    def order(spot: Tile) -> tuple[float, bool, int, int]:
        inner = 0 < spot[0] < shape[0] - 1 and 0 < spot[1] < shape[1] - 1
        return float(heights[spot]) if heights is not None else 0.0, inner, -spot[0], -spot[1]

    lowest = sorted(tiles, key=order)
    for mouth in lowest:
        if mouth in far:
            continue
        far[mouth], ring = 0, [mouth]
        while ring:
            fresh = dict.fromkeys(other for spot in ring for other in beside[spot] if other not in far)
            far |= {other: far[ring[0]] + 1 for other in fresh}
            ring = list(fresh)
    return far


def _middle(spot: Tile, tile: int) -> Point:
    seed = spot[0] * 37 + spot[1] * 11
    right, down = (0.3 * (scatter(one) - 0.5) for one in (seed, seed + 5))
    return (spot[1] + 0.5 + right) * tile, (spot[0] + 0.5 + down) * tile


def _between(one: Tile, two: Tile, tile: int) -> Point:
    (x0, y0), (x1, y1) = _middle(one, tile), _middle(two, tile)
    return (x0 + x1) / 2, (y0 + y1) / 2


def _mouth(spot: Tile, shape: tuple[int, ...], tile: int) -> Point:
    """Return where the lowest tile lets its water go: over the edge of the map, if it lies there."""
    x, y = _middle(spot, tile)
    edges = {spot[0]: (x, -tile * 0.2), shape[0] - 1 - spot[0]: (x, (shape[0] + 0.2) * tile),
             spot[1]: (-tile * 0.2, y), shape[1] - 1 - spot[1]: ((shape[1] + 0.2) * tile, y)}  # fmt: skip
    return edges.get(0, (x, y))


def _curve(start: Point, middle: Point, end: Point) -> list[Point]:
    points = []
    for step in range(10):
        t = step / 9
        parts = ((1 - t) ** 2, 2 * (1 - t) * t, t * t)
        points.append(
            (
                parts[0] * start[0] + parts[1] * middle[0] + parts[2] * end[0],
                parts[0] * start[1] + parts[1] * middle[1] + parts[2] * end[1],
            )
        )
    return points
