"""How loops look: their signs, their arrows, and where the stocks stand on a ring."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise

import pygame

from game.picture.palette import Colour
from game.playing.shown import Data
from game.screen.kit.ui import Ui

# Warm and cool, apart from the colours of the two kinds of power, and far apart in lightness for the colour-blind.
REINFORCING, BALANCING, NONE = (188, 84, 8), (38, 78, 148), (126, 119, 104)
THIN, THICK, HALF = 1.8, 6.5, 0.25  # of arrows; a pull of HALF a season is drawn half way between
BOW, STEPS = 0.17, 22
Point = tuple[float, float]
Key = tuple[str, str, bool]  # of an arrow: from, to, whether more leads to more


def key_of(arrow: Data) -> Key:
    """Return which arrow of a picture is meant, by the stocks at its ends and its way."""
    return arrow["from"], arrow["to"], arrow["rising"]


def tint(reinforcing: bool) -> Colour:
    """Return the colour of a kind of loop."""
    return REINFORCING if reinforcing else BALANCING


def draw_mark(ui: Ui, centre: tuple[int, int], size: int, reinforcing: bool, text: str, faint: bool = False) -> None:
    """Draw the sign of a loop: an arrow that runs in a circle, or a balance beam, with its letter."""
    colour = NONE if faint else tint(reinforcing)
    x, y = centre
    half, line = size // 2, max(2, size // 12)
    if reinforcing:
        pygame.draw.circle(ui.surface, ui.colours["panel"], centre, half)
        box = pygame.Rect(0, 0, 2 * half, 2 * half)
        box.center = centre
        # Open at the upper right, where the head of the arrow is.
        pygame.draw.arc(ui.surface, colour, box, math.radians(75), math.radians(380), line)
        tip, wide = (x + round(half * 0.26), y - half + line // 2), max(4, size // 7)
        pygame.draw.polygon(
            ui.surface,
            colour,
            [(tip[0] + wide, tip[1]), (tip[0] - wide, tip[1] - wide), (tip[0] - wide, tip[1] + wide)],
        )
    else:
        box = pygame.Rect(0, 0, 2 * half, round(1.55 * half))
        box.midbottom = (x, y + round(half * 0.72))
        pygame.draw.rect(ui.surface, ui.colours["panel"], box.inflate(0, line * 2), border_radius=line * 2)
        top = y - round(half * 0.82)
        arm = round(half * 0.82)
        pygame.draw.line(ui.surface, colour, (x - arm, top), (x + arm, top), line)
        for end in (x - arm, x + arm - line // 2):
            pygame.draw.line(ui.surface, colour, (end, top), (end, top + half // 2), max(1, line // 2))
            pygame.draw.line(
                ui.surface, colour, (end - half // 4, top + half // 2), (end + half // 4, top + half // 2), line
            )
        pygame.draw.polygon(
            ui.surface, colour, [(x, top), (x - line * 2, top - line * 2), (x + line * 2, top - line * 2)]
        )
    if not text:
        return
    spot = pygame.Rect(0, 0, round(size * 0.72), round(size * 0.56))
    spot.center = (x, y + (0 if reinforcing else round(half * 0.14)))
    ui.label(text, spot, "strong" if size >= ui.px(34) else "small", colour, True, "centre")


def on_ring(names: Sequence[str], arrows: Mapping[Key, Data], space: pygame.Rect) -> dict[str, tuple[int, int]]:
    """Return where each stock stands on an oval, so that arrows are short and cross little."""
    order = _ordered(sorted(names), arrows)
    count = len(order)
    if count == 1:
        return {order[0]: space.center}
    # Two stand side by side, more begin at the top; then the oval is stretched until it fills the space.
    angles = [2.0 * math.pi * place / count - (math.pi if count == 2 else math.pi / 2.0) for place in range(count)]
    across, down = _stretched([math.cos(one) for one in angles]), _stretched([math.sin(one) for one in angles])
    return {
        name: (round(space.x + space.width * x), round(space.y + space.height * y))
        for name, x, y in zip(order, across, down, strict=True)
    }


def _stretched(values: Sequence[float]) -> list[float]:
    low, high = min(values), max(values)
    return [(value - low) / (high - low) if high - low > 1e-6 else 0.5 for value in values]


def _ordered(names: list[str], arrows: Mapping[Key, Data]) -> list[str]:
    """Swap two as long as that makes the arrows shorter."""
    count = len(names)
    pairs = [(source, target) for source, target, _ in arrows if source != target]

    def length(order: Sequence[str]) -> int:
        place = {name: at for at, name in enumerate(order)}
        gaps = [abs(place[one] - place[two]) for one, two in pairs]
        return sum(min(gap, count - gap) ** 2 for gap in gaps)

    best, order = length(names), list(names)
    better = True
    while better:
        better = False
        for one, two in combinations(range(count), 2):
            tried = list(order)
            tried[one], tried[two] = tried[two], tried[one]
            if length(tried) < best:
                best, order, better = length(tried), tried, True
    return order


def way(start: Point, end: Point, centre: Point, radius: float, bow: float = BOW) -> list[Point]:
    """Return the points of an arrow from the edge of one disc to the edge of another.

    It leaves the straight line to its left, so that there and back lie apart;
    from a stock to itself it runs in a circle on the side towards `centre`.
    """
    if start == end:
        # Sideways and towards the middle: below is its name, and beyond it the board may end.
        away = math.pi if start[0] > centre[0] + 1 else 0.0
        middle = (start[0] + 1.5 * radius * math.cos(away), start[1])
        turns = [away + math.pi + 0.75 + step * (2.0 * math.pi - 1.5) / STEPS for step in range(STEPS + 1)]
        return [
            (middle[0] + 0.95 * radius * math.cos(turn), middle[1] + 0.95 * radius * math.sin(turn)) for turn in turns
        ]
    dx, dy = end[0] - start[0], end[1] - start[1]
    middle = ((start[0] + end[0]) / 2 - bow * dy, (start[1] + end[1]) / 2 + bow * dx)
    points = []
    for step in range(STEPS + 1):
        t = step / STEPS
        one, two, three = (1 - t) ** 2, 2 * (1 - t) * t, t * t
        points.append((one * start[0] + two * middle[0] + three * end[0],
                       one * start[1] + two * middle[1] + three * end[1]))  # fmt: skip
    free = [one for one in points if math.dist(one, start) >= radius and math.dist(one, end) >= radius * 1.12]
    return free if len(free) > 2 else points


def thickness(pull: float) -> float:
    """Return how thick an arrow is: the same pull looks the same in every season."""
    return THIN + (THICK - THIN) * pull / (pull + HALF)


def draw_arrow(ui: Ui, points: Sequence[Point], colour: Colour, thick: float, unit: float, edge: float = 0.0) -> None:
    """Draw an arrow along points, with a light edge around it; `unit` is how large everything in the picture is."""
    (x0, y0), (x1, y1) = points[-3], points[-1]
    wide = max(1.5, thick * unit)
    angle, size = math.atan2(y1 - y0, x1 - x0), wide * 1.4 + 6.0 * unit
    head = [(x1, y1)] + [
        (x1 - size * math.cos(angle + turn), y1 - size * math.sin(angle + turn)) for turn in (0.48, -0.48)
    ]
    shaft = [one for one in points if math.dist(one, (x1, y1)) > size * 0.75] + [
        (x1 - size * 0.75 * math.cos(angle), y1 - size * 0.75 * math.sin(angle))
    ]
    passes = [(ui.colours["panel"], max(1, round(edge * unit)))] if edge else []
    for shade, more in [*passes, (colour, 0)]:
        _thick_line(ui.surface, shade, shaft, wide + 2 * more)
        pygame.draw.polygon(ui.surface, shade, head)
        if more:
            pygame.draw.polygon(ui.surface, shade, head, 2 * more)


def _thick_line(surface: pygame.Surface, colour: Colour, points: Sequence[Point], wide: float) -> None:
    """Draw a line whose bends have no gaps."""
    for one, two in pairwise(points):
        angle = math.atan2(two[1] - one[1], two[0] - one[0])
        dx, dy = wide / 2 * math.sin(angle), -wide / 2 * math.cos(angle)
        left = ((one[0] + dx, one[1] + dy), (two[0] + dx, two[1] + dy))
        right = ((two[0] - dx, two[1] - dy), (one[0] - dx, one[1] - dy))
        pygame.draw.polygon(surface, colour, [*left, *right])
    for point in points:
        pygame.draw.circle(surface, colour, point, wide / 2)


def draw_polarity(ui: Ui, points: Sequence[Point], rising: bool, colour: Colour, unit: float) -> None:
    """Draw a plus or a minus beside the head of an arrow: whether more leads to more or to less."""
    at = points[max(0, len(points) * 3 // 4 - 1)]
    size = max(5.0, 8.0 * unit)
    pygame.draw.circle(ui.surface, ui.colours["panel"], at, size)
    pygame.draw.circle(ui.surface, colour, at, size, max(1, round(1.4 * unit)))
    arm, line = size * 0.55, max(1, round(1.8 * unit))
    x, y = round(at[0]), round(at[1])
    pygame.draw.line(ui.surface, colour, (x - arm, y), (x + arm, y), line)
    if rising:
        pygame.draw.line(ui.surface, colour, (x, y - arm), (x, y + arm), line)


def draw_wait(ui: Ui, points: Sequence[Point], colour: Colour, unit: float) -> Point:
    """Draw the two short strokes of a delay across an arrow; return where they are."""
    place = len(points) * 2 // 5
    (x0, y0), (x1, y1) = points[max(0, place - 1)], points[min(len(points) - 1, place + 1)]
    angle = math.atan2(y1 - y0, x1 - x0)
    x, y = points[place]
    along, across = 3.5 * unit, 9.0 * unit
    for shade, line in ((ui.colours["panel"], max(3, round(5 * unit))), (colour, max(1, round(2.4 * unit)))):
        for side in (-1, 1):
            middle = (x + side * along * math.cos(angle), y + side * along * math.sin(angle))
            dx, dy = across * math.sin(angle), -across * math.cos(angle)
            pygame.draw.line(
                ui.surface, shade, (middle[0] + dx, middle[1] + dy), (middle[0] - dx, middle[1] - dy), line
            )
    return x, y
