"""The board: the land as it grows, with fences, cows, homes and threads of trust upon it."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import pygame

from game.picture.beasts import Beasts
from game.picture.doings import draw_figures, draw_nets
from game.picture.dome import Dome, draw_haze
from game.picture.ground import draw_floors, draw_grass, ground_colours, relief, wet
from game.picture.growth import draw_carpets, draw_marks, draw_standing
from game.picture.homes import draw_home
from game.picture.household import Household
from game.picture.looks import NO_CATTLE
from game.picture.market import draw_market
from game.picture.neutral import lay_grounds
from game.picture.palette import palette
from game.picture.places import (
    draw_ditches,
    draw_green,
    draw_guests,
    draw_paths,
    draw_works,
)
from game.picture.plain import draw_plain
from game.picture.scene import Scene
from game.picture.sprites import icon, sprite
from game.picture.station import draw_station
from game.picture.waters import Waters
from game.picture.woods import Woods
from game.picture.year import draw_falling, draw_year, weather

ANIMALS_A_COW = 2.0  # how many animals one drawn cow stands for
ANIMALS_A_SHEEP = 1.25
MOST_COWS = 14
ROUND = 6  # the radius of the corners, in pixels


class Board:
    """Draws scenes into a rectangle of a given size; what changes slowly is kept from frame to frame."""

    def __init__(self, rows: int, columns: int, size: tuple[int, int]) -> None:
        self.rows, self.columns = rows, columns
        self.tile = max(8, min(size[0] // columns, size[1] // rows))
        self.size = (self.tile * columns, self.tile * rows)
        self._ground_key: object = None
        self._ground = pygame.Surface(self.size)
        self._relief: tuple[bytes, pygame.Surface] | None = None
        self._waters, self._woods = Waters(self.size, self.tile), Woods(self.tile)
        self._beasts, self._dome = Beasts(self.size, self.tile), Dome(self.size)
        self._threads_key: object = None
        self._threads = pygame.Surface(self.size, pygame.SRCALPHA)
        self._spots: dict[int, tuple[bytes, int, list[tuple[int, int]]]] = {}

    def tile_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return (row, column) under a point of the board, or None outside."""
        row, column = int(y // self.tile), int(x // self.tile)
        return (row, column) if 0 <= row < self.rows and 0 <= column < self.columns else None

    def centre(self, row: float, column: float) -> tuple[int, int]:
        """Return the middle of a tile in pixels."""
        return round((column + 0.5) * self.tile), round((row + 0.5) * self.tile)

    def draw(
        self, target: pygame.Surface, scene: Scene, seconds: float = 0.0, marked: np.ndarray | None = None
    ) -> None:
        """Draw a scene with its upper left corner at (0, 0) of `target`.

        `seconds` moves cows and smoke; `marked` (rows, columns) lights tiles.
        """
        layers = tuple((name, grid.tobytes()) for name, grid in scene.layers.items())
        people = tuple((one.struck, one.canal) for one in scene.households)
        plain = (*(one.share.tobytes() for one in scene.plain_stocks),
                 *(one.tinted.tobytes() for one in scene.plain if one.tinted is not None))  # fmt: skip
        key = (plain, scene.season, scene.ground.tobytes(), scene.owner.tobytes(), round(scene.clarity, 2),
               round(scene.dry, 1), round(scene.snow, 1), layers, None if scene.loft is None else round(scene.loft, 2),
               people, id(palette()))  # fmt: skip
        if key != self._ground_key:
            self._ground_key = key
            self._draw_ground(scene)
        beside = _beside_corners(target, self.size)
        target.blit(self._ground, (0, 0))
        self._waters.draw_glints(target, scene, seconds)
        if marked is not None:
            self._mark(target, marked)
        draw_works(target, scene, self.tile, seconds)
        draw_station(target, scene, self.tile, seconds)
        draw_market(target, scene, self.tile, seconds)
        draw_figures(target, scene, self.tile)
        draw_nets(target, scene, self.tile)
        draw_guests(target, scene, self.tile)
        self._beasts.draw(target, scene, seconds)
        self._draw_threads(target, scene)
        if scene.building is not None:
            draw_building(target, self._building_spot(scene), scene.building)
            draw_props(target, self._building_spot(scene), scene.props or 0.0)
        self._draw_cows(target, scene, seconds)
        for household in scene.households:
            if household.homes:
                room = pygame.Rect(0, 0, *self.size)
                draw_home(target, household, self.home_point(household), room, self.tile, seconds)
        self._beasts.draw_air(target, scene, seconds)
        draw_falling(target, scene, self.size, seconds, self.tile)
        draw_haze(target, scene, self._dome, seconds)
        self._dome.draw_vault(target, scene)
        target.blits(beside, doreturn=False)

    def _draw_ground(self, scene: Scene) -> None:
        colours = ground_colours(scene)
        small = pygame.surfarray.make_surface(colours)
        # Twice, so that steps between tiles melt and yet stay where they are.
        self._ground = pygame.transform.smoothscale(
            pygame.transform.smoothscale(small, (self.columns * 3, self.rows * 3)), self.size
        )
        lay_grounds(self._ground, scene, colours, self.tile)
        if scene.heights is not None:
            self._ground.blit(self._light(scene.heights), (0, 0), special_flags=pygame.BLEND_MULT)
        draw_grass(self._ground, scene, self.tile)
        draw_floors(self._ground, scene, self.tile)
        draw_plain(self._ground, scene, self.tile)
        draw_carpets(self._ground, scene, self.tile)
        draw_year(self._ground, scene, self.tile)
        self._dome.draw_ring(self._ground, scene)
        self._tint_taken(scene)
        draw_paths(self._ground, scene, [self.home_point(one) for one in scene.households if one.homes], self.tile)
        draw_ditches(self._ground, scene, self.tile)
        self._waters.draw(self._ground, scene)
        self._woods.draw(self._ground, scene)
        draw_standing(self._ground, scene, self.tile)
        draw_green(self._ground, scene, self.tile)
        draw_marks(self._ground, scene, self.tile)
        self._waters.draw_springs(self._ground, scene)
        for colour, strength in weather(scene):
            if strength > 0.0:
                veil = pygame.Surface(self.size, pygame.SRCALPHA)
                veil.fill((*colour, round(strength)))
                self._ground.blit(veil, (0, 0))
        self._draw_fences(scene)
        pygame.draw.rect(self._ground, palette()["panel_edge"], self._ground.get_rect(), 2, border_radius=ROUND)
        self._beasts.settle(scene)

    def _light(self, heights: np.ndarray) -> pygame.Surface:
        if self._relief is None or self._relief[0] != heights.tobytes():
            self._relief = (heights.tobytes(), relief(heights, self.size))
        return self._relief[1]

    def _tint_taken(self, scene: Scene) -> None:
        """Tint the ground that one household took in its colour: before water is drawn, which keeps its shore."""
        taken, tint = _taken(scene), pygame.Surface((self.tile, self.tile), pygame.SRCALPHA)
        for row, column in np.argwhere(taken >= 0).tolist():
            tint.fill((*palette().household(int(taken[row, column])), 40))
            self._ground.blit(tint, (column * self.tile, row * self.tile))

    def _draw_fences(self, scene: Scene) -> None:
        """Rails along every edge between ground that one household took and ground that it did not."""
        colours, taken = palette(), _taken(scene)
        for row in range(self.rows):
            for column in range(self.columns):
                who = int(taken[row, column])
                if who < 0:
                    continue
                for step_y, step_x in ((-1, 0), (1, 0), (0, -1), (0, 1)):
                    y, x = row + step_y, column + step_x
                    inside = 0 <= y < self.rows and 0 <= x < self.columns
                    if inside and taken[y, x] != who and not scene.water[y, x]:
                        self._rail(row, column, step_y, step_x, colours.household(who))

    def _rail(self, row: int, column: int, step_y: int, step_x: int, colour: tuple[int, int, int]) -> None:
        size = self.tile
        left, top = column * size, row * size
        corner = {(-1, 0): (0, 0, 1, 0), (1, 0): (0, 1, 1, 1), (0, -1): (0, 0, 0, 1), (0, 1): (1, 0, 1, 1)}[
            (step_y, step_x)
        ]
        start = (left + corner[0] * size, top + corner[1] * size)
        end = (left + corner[2] * size, top + corner[3] * size)
        pygame.draw.line(self._ground, (92, 66, 42), start, end, max(3, size // 9))
        pygame.draw.line(self._ground, colour, start, end, max(1, size // 20))
        for x, y in (start, end):
            pygame.draw.circle(self._ground, (92, 66, 42), (x, y), max(3, size // 8))

    def _mark(self, target: pygame.Surface, marked: np.ndarray) -> None:
        layer = pygame.Surface(self.size, pygame.SRCALPHA)
        for row, column in zip(*np.nonzero(marked), strict=True):
            square = pygame.Rect(int(column) * self.tile, int(row) * self.tile, self.tile, self.tile)
            layer.fill((255, 240, 170, 70), square)
            for step_y, step_x in ((-1, 0), (1, 0), (0, -1), (0, 1)):
                y, x = int(row) + step_y, int(column) + step_x
                if not (0 <= y < self.rows and 0 <= x < self.columns and marked[y, x]):
                    self._edge(layer, square, step_y, step_x)
        target.blit(layer, (0, 0))

    @staticmethod
    def _edge(layer: pygame.Surface, square: pygame.Rect, step_y: int, step_x: int) -> None:
        ends = {
            (-1, 0): (square.topleft, square.topright),
            (1, 0): (square.bottomleft, square.bottomright),
            (0, -1): (square.topleft, square.bottomleft),
            (0, 1): (square.topright, square.bottomright),
        }[(step_y, step_x)]
        pygame.draw.line(layer, (255, 255, 255, 255), *ends, 5)
        pygame.draw.line(layer, (23, 73, 179, 255), *ends, 3)

    def _building_spot(self, scene: Scene) -> pygame.Rect:
        """Return where the common building stands: on free ground, as near to the middle as can be."""
        free = np.argwhere((wet(scene) == 0) & (scene.homes == 0))
        middle = np.array([(self.rows - 1) / 2, (self.columns - 1) / 2])
        row, column = min(free.tolist(), key=lambda tile: float(((np.array(tile) - middle) ** 2).sum()), default=(0, 0))
        spot = pygame.Rect(0, 0, round(self.tile * 2.4), round(self.tile * 2.4))
        spot.center = self.centre(row, column)
        return spot.clamp(pygame.Rect(0, 0, *self.size))

    def home_point(self, household: Household) -> tuple[int, int]:
        """Return the middle of a homestead in pixels."""
        rows = [row for row, _ in household.homes] or [0]
        columns = [column for _, column in household.homes] or [0]
        return self.centre(sum(rows) / len(rows), sum(columns) / len(columns))

    def _draw_threads(self, target: pygame.Surface, scene: Scene) -> None:
        """A thread between two homes: thick where they trust each other, dotted where they hardly do."""
        key = tuple((pair, round(trust, 2)) for pair, trust in scene.ties.items())
        if key != self._threads_key:
            self._threads_key = key
            self._threads = pygame.Surface(self.size, pygame.SRCALPHA)
            for (a, b), trust in scene.ties.items():
                if scene.households[a].homes and scene.households[b].homes:
                    self._thread(scene.households[a], scene.households[b], trust)
        target.blit(self._threads, (0, 0))

    def _thread(self, one: Household, two: Household, trust: float) -> None:
        middle = (self.size[0] / 2, self.size[1] / 2)
        points = bend(self.home_point(one), self.home_point(two), middle, 24)
        width = max(1, round(1 + 6 * trust * self.tile / 32))
        colour = (255, 250, 230, round(90 + 150 * min(1.0, trust)))
        step = 1 if trust >= 0.35 else 2
        for place in range(0, len(points) - 1, step):
            pygame.draw.line(self._threads, colour, points[place], points[place + 1], width)

    def _draw_cows(self, target: pygame.Surface, scene: Scene, seconds: float) -> None:
        """Cows and sheep, each with the colour of its household."""
        grazing = []
        for household in scene.households:
            cows, sheep = (
                min(MOST_COWS, math.ceil(count / each)) if count >= 0.5 else 0
                for count, each in ((household.herd, ANIMALS_A_COW), (household.flock, ANIMALS_A_SHEEP))
            )
            kinds = ["cow"] * cows + ["sheep"] * sheep
            if sheep:
                self._beasts.draw_dogs(
                    target, self._grazing(scene, household.index, len(kinds)), household.guarded, seconds
                )
            spots = self._grazing(scene, household.index, len(kinds))
            for number, ((row, column), kind) in enumerate(zip(spots, kinds, strict=False)):
                sway = math.sin(seconds * 0.7 + number * 2.1 + household.index)
                y, x = row + 0.12 * math.cos(seconds * 0.5 + number), column + 0.25 * sway
                grazing.append((y, x, f"{kind}_{household.index % 6}", sway < 0))
        size = round(self.tile * 0.95)
        for y_tile, x_tile, name, mirrored in sorted(grazing):
            picture = sprite("tiles", name, size)
            spot = picture.get_rect(center=self.centre(y_tile, x_tile)).clamp(pygame.Rect(0, 0, *self.size))
            target.blit(pygame.transform.flip(picture, True, False) if mirrored else picture, spot)

    def _grazing(self, scene: Scene, who: int, count: int) -> list[tuple[int, int]]:
        """Where cows stand, worked out anew only when a household's ground or herd changes."""
        key = scene.uses[who].tobytes()
        known = self._spots.get(who)
        if known is None or known[:2] != (key, count):
            known = self._spots[who] = (key, count, grazing_spots(scene, who, count))
        return known[2]


@lru_cache(maxsize=1)
def _outside() -> tuple[tuple[pygame.Surface, tuple[int, int]], ...]:
    """Return for each corner what of it lies outside the round, as a veil, and in which quarter it is."""
    big = pygame.Surface((16 * ROUND, 16 * ROUND), pygame.SRCALPHA)
    big.fill((255, 255, 255, 255))
    pygame.draw.circle(big, (255, 255, 255, 0), (8 * ROUND, 8 * ROUND), round(7.2 * ROUND))
    veil = pygame.transform.smoothscale(big, (2 * ROUND, 2 * ROUND))
    return tuple((veil.subsurface((x * ROUND, y * ROUND, ROUND, ROUND)).copy(), (x, y)) for x in (0, 1) for y in (0, 1))


def _taken(scene: Scene) -> np.ndarray:
    """Return (rows, columns) which household took ground that others used before; -1 where none did."""
    return np.where((scene.owner >= 0) & (scene.shared_before > 0), scene.owner, -1)


def _beside_corners(target: pygame.Surface, size: tuple[int, int]) -> list[tuple[pygame.Surface, tuple[int, int]]]:
    """Return what lies under the board outside its round corners, to be put back once it is drawn."""
    found = []
    for veil, (x, y) in _outside():
        spot = pygame.Rect(x * (size[0] - ROUND), y * (size[1] - ROUND), ROUND, ROUND)
        if target.get_rect().contains(spot):
            under = pygame.Surface(spot.size, pygame.SRCALPHA)
            under.blit(target, (0, 0), spot)
            under.blit(veil, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
            found.append((under, spot.topleft))
    return found


def draw_building(target: pygame.Surface, spot: pygame.Rect, share: float) -> None:
    """Draw what all build together: a marked place first, then posts, then walls that rise from the ground."""
    wood, size = (122, 84, 48), spot.width
    floor = pygame.Rect(spot.x + size // 8, spot.bottom - size // 6, size - size // 4, max(3, size // 10))
    pygame.draw.rect(target, (196, 164, 116), floor, border_radius=3)
    pygame.draw.rect(target, wood, floor, 1, border_radius=3)
    if share < 0.999:
        line, top = max(2, size // 18), spot.y + size // 3
        left, right = floor.left + line, floor.right - line
        high = floor.top - round((floor.top - top) * min(1.0, 0.25 + share))
        for x in (left, spot.centerx, right):
            pygame.draw.line(target, wood, (x, floor.top), (x, high), line)
        if share > 0.0:
            pygame.draw.line(target, wood, (left, high), (right, high), line)
    picture = icon("barn", size)
    risen = round(size * min(1.0, max(0.0, share)))
    target.blit(picture, (spot.x, spot.bottom - risen), pygame.Rect(0, size - risen, size, risen))


def draw_props(target: pygame.Surface, spot: pygame.Rect, share: float) -> None:
    """Draw slanting beams on both sides of what all build together: the better it is propped, the higher they reach."""
    if share < 0.05:
        return
    size, foot = spot.width, spot.bottom - spot.width // 6
    line, high = max(2, size // 14), round(spot.width * (0.15 + 0.3 * min(1.0, share)))
    for wall, ground in ((spot.x + size // 8, spot.x - size // 5), (spot.right - size // 8, spot.right + size // 5)):
        pygame.draw.line(target, (94, 64, 36), (ground, foot), (wall, foot - high), line + 2)
        pygame.draw.line(target, (176, 132, 84), (ground, foot), (wall, foot - high), line)


def bend(
    start: tuple[float, float], end: tuple[float, float], towards: tuple[float, float], steps: int
) -> list[tuple[float, float]]:
    """Return points of a curve that leans towards a third point (quadratic Bézier)."""
    middle = ((start[0] + end[0]) / 2 * 0.75 + towards[0] * 0.25, (start[1] + end[1]) / 2 * 0.75 + towards[1] * 0.25)
    points = []
    for step in range(steps + 1):
        t = step / steps
        points.append(
            tuple(
                (1 - t) ** 2 * a + 2 * (1 - t) * t * m + t * t * b for a, m, b in zip(start, middle, end, strict=True)
            )
        )
    return points  # type: ignore[return-value]


NO_GRAZING = ("old_trees", "crops")  # where woods and grain can grow, no cows are drawn


def grazing_spots(scene: Scene, who: int, count: int) -> list[tuple[int, int]]:
    """Return tiles where a household's cows stand: ground it may use, spread out, the better grass first."""
    allowed = (scene.uses[who] > 0) & (wet(scene) == 0) & (scene.homes == 0)
    for layer in NO_GRAZING:
        allowed = allowed & (scene.places.get(layer, np.zeros(1)) == 0)
    for terrain in NO_CATTLE:
        allowed = allowed & (scene.terrain.get(terrain, np.zeros(1)) == 0)
    spots = [(int(row), int(column)) for row, column in zip(*np.nonzero(allowed), strict=True)]
    if not spots:
        return []
    spots.sort(key=lambda spot: ((spot[0] * 73 + spot[1] * 151 + who * 197) % 211, spot))
    return spots[:count]
