"""The valley as a drawn map: mountains, a river on its way to the sea, woods, fields, and the path through it.

Everything is drawn twice as large and made smaller, so that no edge is
jagged, and placed by a fixed sequence of numbers, so that the map is the same
whenever it is seen.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from itertools import pairwise

import pygame

from game.picture.palette import Colour, along, palette
from game.picture.sprites import sprite

FINE = 2  # drawn so many times larger
STEPS = 40  # of the path from station to station
RIVER = ((0.17, 0.22), (0.44, 0.3), (0.37, 0.46), (0.56, 0.55), (0.72, 0.66), (0.58, 0.8), (0.7, 1.04))
Point = tuple[float, float]


def mixed(one: Colour, two: Colour, share: float) -> Colour:
    """Return the colour at `share` of the way from one to another."""
    return along((one, two), share)


def smooth(points: Sequence[Point], steps: int = 14) -> list[Point]:
    """Return a curve through points (Catmull and Rom 1974)."""
    if len(points) < 3:
        return list(points)
    ends = [_mirrored(points[0], points[1]), *points, _mirrored(points[-1], points[-2])]
    found = []
    for place in range(1, len(ends) - 2):
        a, b, c, d = ends[place - 1 : place + 3]
        for step in range(steps):
            t = step / steps
            x, y = (_spline(a[axis], b[axis], c[axis], d[axis], t) for axis in (0, 1))
            found.append((x, y))
    return [*found, points[-1]]


def _mirrored(end: Point, inner: Point) -> Point:
    return 2 * end[0] - inner[0], 2 * end[1] - inner[1]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


class Valley:
    """A map of a size in pixels, with a path through given stations, trodden up to the one of number `walked`.

    `unit` is one pixel of the design; on `kept` nothing stands that would disturb what lies above.
    """

    def __init__(
        self,
        size: tuple[int, int],
        stations: Sequence[Point],
        unit: float,
        kept: Sequence[pygame.Rect] = (),
        walked: int = 0,
    ) -> None:
        self.size, self.unit, self.walked = size, unit, walked
        self.kept = list(kept)
        self.path = smooth(list(stations), STEPS)
        course = [(x * size[0], y * size[1]) for x, y in RIVER]
        self.river = smooth([(0.07 * size[0], 100 * unit), *course], 60)

    def draw(self) -> pygame.Surface:
        """Return the map."""
        wide, high = self.size
        self.sheet = pygame.Surface((wide * FINE, high * FINE))
        self.dice = random.Random(7)
        self._ground()
        self._hills()
        self._fields()
        self._water()
        self._path()
        found = pygame.transform.smoothscale(self.sheet, self.size)
        self._life(found)
        return found

    def _ground(self) -> None:
        """Meadows, paler towards the mountains, with soft patches of other greens."""
        wide, high = self.sheet.get_size()
        colours = palette()
        strip = pygame.Surface((1, 64))
        for row in range(64):
            green = mixed(along(colours.grass, 0.52), along(colours.grass, 0.78), row / 63)
            strip.set_at((0, row), mixed(green, colours["paper"], 0.42 - 0.2 * row / 63))
        self.sheet.blit(pygame.transform.smoothscale(strip, (wide, high)), (0, 0))
        small = pygame.Surface((max(8, wide // 8), max(8, high // 8)), pygame.SRCALPHA)
        small.fill((*along(colours.grass, 0.6), 0))
        for _ in range(30):
            spot = pygame.Rect(0, 0, self.dice.randint(20, 52), self.dice.randint(12, 30))
            spot.center = (self.dice.randrange(small.get_width()), self.dice.randrange(small.get_height()))
            tone = along(palette().grass, self.dice.choice((0.35, 0.6, 0.95)))
            pygame.draw.ellipse(small, (*tone, 80), spot)
        small = pygame.transform.gaussian_blur(small, 6)
        self.sheet.blit(pygame.transform.smoothscale(small, (wide, high)), (0, 0))

    def _hills(self) -> None:
        """The sky at the upper edge, mountains with snow, before them rounded hills."""
        wide, _ = self.sheet.get_size()
        unit = self.unit * FINE
        sky = pygame.Surface((1, 16))
        for line in range(16):
            blue = mixed(palette().water[-1], palette()["paper"], 0.6)
            sky.set_at((0, line), mixed(blue, palette()["paper"], line / 15))
        self.sheet.blit(pygame.transform.smoothscale(sky, (wide, round(84 * unit))), (0, 0))
        rock, snow = mixed(palette()["soft_ink"], palette()["paper"], 0.5), palette()["panel"]
        x = -20 * unit
        while x < wide:
            broad, tall = self.dice.uniform(90, 150) * unit, self.dice.uniform(46, 74) * unit
            self._mountain((x + broad / 2, 84 * unit), broad, tall, mixed(rock, palette()["with"], 0.12), snow)
            x += broad * self.dice.uniform(0.45, 0.7)
        for row, (base, tone) in enumerate(((96, 0.58), (112, 0.7))):
            green = mixed(along(palette().grass, tone), palette()["paper"], 0.34 - 0.12 * row)
            x = -60 * unit * (1 + row)
            while x < wide:
                broad = self.dice.uniform(150, 240) * unit
                spot = pygame.Rect(0, 0, round(broad), round(self.dice.uniform(44, 66) * unit))
                spot.midbottom = (round(x + broad / 2), round((base + 20) * unit))
                pygame.draw.ellipse(self.sheet, mixed(green, palette()["ink"], 0.12), spot.move(0, -round(1.6 * unit)))
                pygame.draw.ellipse(self.sheet, green, spot)
                x += broad * 0.62
        # The feet of the hills run out into the meadows.
        fade = pygame.Surface((1, 16), pygame.SRCALPHA)
        meadow = mixed(along(palette().grass, 0.56), palette()["paper"], 0.39)
        for line in range(16):
            fade.set_at((0, line), (*meadow, round(255 * math.sin(math.pi * line / 15) ** 2)))
        top = round(88 * unit)
        self.sheet.blit(pygame.transform.smoothscale(fade, (wide, round(70 * unit))), (0, top))

    def _mountain(self, foot: Point, broad: float, tall: float, rock: Colour, snow: Colour) -> None:
        x, y = foot
        peak = (x + self.dice.uniform(-0.08, 0.08) * broad, y - tall)
        pygame.draw.polygon(self.sheet, rock, [(x - broad / 2, y), peak, (x + broad / 2, y)])
        shade = [peak, (x + broad / 2, y), (x + broad * 0.08, y), (x + broad * 0.03, y - tall * 0.5)]
        pygame.draw.polygon(self.sheet, mixed(rock, palette()["ink"], 0.16), shade)
        left = [(peak[0] - broad * 0.15, peak[1] + tall * 0.3), (peak[0] - broad * 0.06, peak[1] + tall * 0.24)]
        right = [(peak[0] + broad * 0.06, peak[1] + tall * 0.25), (peak[0] + broad * 0.15, peak[1] + tall * 0.3)]
        middle = [(peak[0] - broad * 0.01, peak[1] + tall * 0.36)]
        pygame.draw.polygon(self.sheet, snow, [peak, *left, *middle, *right])

    def _fields(self) -> None:
        """Ploughed strips, each with its own slant."""
        unit = self.unit * FINE
        for _ in range(7):
            broad, high = self.dice.uniform(56, 92) * unit, self.dice.uniform(34, 52) * unit
            x = self.dice.uniform(0.05, 0.95) * self.sheet.get_width()
            y = self.dice.uniform(0.3, 0.95) * self.sheet.get_height()
            if not self._free((x / FINE, y / FINE), 34 * self.unit, rects=False):
                continue
            patch = pygame.Surface((round(broad), round(high)), pygame.SRCALPHA)
            tone = mixed(along(palette().crops, self.dice.uniform(0.4, 1.0)), palette()["paper"], 0.25)
            pygame.draw.rect(patch, (*tone, 225), patch.get_rect(), border_radius=round(7 * unit))
            for line in range(0, round(broad), max(2, round(6 * unit))):
                dark = (*mixed(tone, palette()["soft_ink"], 0.22), 150)
                pygame.draw.line(patch, dark, (line, 2 * unit), (line, high - 2 * unit), max(1, round(1.4 * unit)))
            turned = pygame.transform.rotozoom(patch, self.dice.uniform(-28, 28), 1.0)
            self.sheet.blit(turned, turned.get_rect(center=(round(x), round(y))))

    def _water(self) -> None:
        """The river, narrow at its spring and wide where it meets the sea."""
        bank, blue = mixed(palette()["bank"], palette()["paper"], 0.45), palette().water[-1]
        light = mixed(blue, palette()["panel"], 0.3)
        count = len(self.river)
        sea = pygame.Rect(0, 0, round(self.sheet.get_width() * 0.7), round(70 * self.unit * FINE))
        sea.midtop = (round(self.river[-1][0] * FINE), round(self.sheet.get_height() - 26 * self.unit * FINE))
        for extra, colour in ((3.5, bank), (0.0, blue), (-4.0, light)):
            grown = sea.inflate(round(2 * extra * self.unit * FINE), round(2 * extra * self.unit * FINE))
            pygame.draw.ellipse(self.sheet, colour, grown)
            for number, (x, y) in enumerate(self.river):
                broad = self._breadth(number) + extra * (0.5 + number / count / 2) * self.unit
                if broad > 0.6:
                    pygame.draw.circle(self.sheet, colour, (round(x * FINE), round(y * FINE)), round(broad * FINE))

    def _breadth(self, number: int) -> float:
        """Return half of how wide the river is at one of its points."""
        return (2.5 + 12 * number / len(self.river)) * self.unit

    def _free(self, point: Point, room: float, rects: bool = True) -> bool:
        """Whether a point is away from the path, the water and what lies above the map."""
        if any(abs(point[0] - x) < room and abs(point[1] - y) < room for x, y in self.path[::6]):
            return False
        away = room * 0.8 + 10 * self.unit
        if any(abs(point[1] - one[1]) < away and math.dist(point, one) < away for one in self.river[::6]):
            return False
        spot = pygame.Rect(round(point[0] - room / 2), round(point[1] - room / 2), round(room), round(room))
        return not rects or spot.collidelist(list(self.kept)) < 0

    def _life(self, target: pygame.Surface) -> None:
        """Woods, houses and animals, the nearest last."""
        things: list[tuple[float, float, str, float]] = []
        for _ in range(34):
            x, y = self.dice.uniform(0, self.size[0]), self.dice.uniform(0.18, 1.0) * self.size[1]
            for _ in range(self.dice.randint(3, 9)):
                spot = (x + self.dice.gauss(0, 22) * self.unit, y + self.dice.gauss(0, 15) * self.unit)
                if self._free(spot, 24 * self.unit):
                    things.append((spot[1], spot[0], f"tree_{self.dice.randrange(4)}", self.dice.uniform(24, 34)))
        for name, count, large in (
            ("home_0_2", 3, 34), ("home_1_2", 2, 34), ("cow_0", 3, 18), ("cow_3", 3, 18), ("deer", 3, 20),
            ("bees_2", 3, 22), ("sapling_1", 8, 17),
        ):  # fmt: skip
            for _ in range(count * 6):
                if count and self._free(
                    spot := (self.dice.uniform(0.03, 0.97) * self.size[0], self.dice.uniform(0.2, 0.97) * self.size[1]),
                    (large + 8) * self.unit,
                ):
                    things.append((spot[1], spot[0], name, large))
                    count -= 1
        for y, x, name, size in sorted(things):
            picture = sprite("tiles", name, max(6, round(size * self.unit)))
            target.blit(picture, picture.get_rect(midbottom=(round(x), round(y + size * self.unit / 2))))

    def _path(self) -> None:
        """The path: trodden earth up to where one has come, beyond it only marked; planks where it crosses water."""
        earth = mixed(palette()["yard"], palette()["paper"], 0.5)
        edge = mixed(palette()["bank"], palette()["paper"], 0.2)
        end = self.walked * STEPS
        points = [(x * FINE, y * FINE) for x, y in self.path]
        for broad, colour in ((5.0, edge), (3.4, earth)):
            self._line(points[: end + 1], broad, colour)
        for number in range(end + 3, len(points) - 2, 5):
            x, y = points[number]
            for broad, colour in ((3.2, palette()["bank"]), (2.1, palette()["panel"])):
                pygame.draw.circle(self.sheet, colour, (round(x), round(y)), round(broad * self.unit * FINE))
        self._bridges()

    def _line(self, points: Sequence[Point], broad: float, colour: Colour) -> None:
        radius = round(broad * self.unit * FINE)
        for one, two in pairwise(points):
            pygame.draw.line(self.sheet, colour, one, two, 2 * radius)
            pygame.draw.circle(self.sheet, colour, (round(two[0]), round(two[1])), radius)

    def _bridges(self) -> None:
        """Lay planks across the water wherever the path comes over it."""
        wood, dark = mixed(palette()["yard"], palette()["panel"], 0.2), mixed(palette()["bank"], palette()["ink"], 0.2)
        unit = self.unit * FINE
        banks = [(*one, self._breadth(number) + 3 * self.unit) for number, one in enumerate(self.river)][::4]
        for (x, y), (ahead_x, ahead_y) in pairwise(self.path):
            # Most of the river lies far below or above: what is away so far needs no root.
            if all(abs(y - down) > room or math.dist((x, y), (right, down)) > room for right, down, room in banks):
                continue
            away = max(math.dist((x, y), (ahead_x, ahead_y)), 1e-6)
            across = (-(ahead_y - y) / away * 8 * unit, (ahead_x - x) / away * 8 * unit)
            one, two = ((x * FINE + sign * across[0], y * FINE + sign * across[1]) for sign in (-1, 1))
            pygame.draw.line(self.sheet, dark, one, two, round(5 * unit))
            pygame.draw.line(self.sheet, wood, one, two, round(3.2 * unit))
