"""Lines over seasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from game.language.unknown import UnknownKind
from game.picture.palette import Colour
from game.playing.shown import Data
from game.screen.kit.loop_drawing import tint
from game.screen.kit.ui import Ui
from game.telling import words
from game.telling.say import say

SIGNS = ("square", "triangle", "diamond", "cross", "ring")  # so that lines differ without colour
MAIN_SIGNS, MAIN_COLOURS = ("circle", "ring", "cross"), ("good", "with", "warn")  # of what the level is about


@dataclass(frozen=True)
class Line:
    """One line of a chart: its name, its values as shares of the height, how it looks."""

    name: str
    values: Sequence[float]
    colour: Colour
    thick: bool
    sign: str


def line_chart(ui: Ui, rect: pygame.Rect, lines: Sequence[Line], length: int) -> None:
    """Draw lines over seasons, each with its own sign."""
    pygame.draw.rect(ui.surface, ui.colours["neutral_soft"], rect, border_radius=ui.px(4))
    for part in (0.25, 0.5, 0.75):
        y = rect.bottom - round(rect.height * part)
        pygame.draw.line(ui.surface, ui.colours["panel_edge"], (rect.left, y), (rect.right, y), 1)
    _draw_axes(ui, rect, length)
    space = rect.inflate(-ui.px(12), -ui.px(10))
    for line in lines:
        points = [
            (
                space.left + round(space.width * place / max(length, 1)),
                space.bottom - round(space.height * min(max(value, 0.0), 1.0)),
            )
            for place, value in enumerate(line.values)
        ]
        if len(points) > 1:
            pygame.draw.lines(ui.surface, line.colour, False, points, ui.px(3.2 if line.thick else 1.8))
        every = max(1, length // 6)
        for point in [*points[:-1:every], *points[-1:]]:
            draw_sign(ui, line.sign, point, ui.px(4.5 if line.thick else 4), line.colour)


def _draw_axes(ui: Ui, rect: pygame.Rect, length: int) -> None:
    """Draw at the left how much of its most a line has, and at the foot the seasons, as far as there is room."""
    high = ui.height("0", "small", 999)
    if rect.height < 5 * high:
        return
    space = rect.inflate(-ui.px(12), -ui.px(10))
    for part in (0.0, 0.5, 1.0):
        y = space.bottom - round(space.height * part) - high // 2
        ui.text(words.percent(part), (rect.x + ui.px(2), min(max(y, rect.y), rect.bottom - high)), "small", "soft_ink")
    every = next(step for step in (1, 2, 5, 10, 20, 50, 999) if step * space.width / max(length, 1) >= ui.px(34))
    for season in range(every, length + 1, every):
        x = space.left + round(space.width * season / length) - ui.width(str(season), "small")
        ui.text(str(season), (x, rect.bottom - high), "small", "soft_ink")


def draw_rulers(ui: Ui, rect: pygame.Rect, rulers: Sequence[Data], length: int) -> None:
    """Draw under a chart which loop ruled when: a piece for each, warm where it feeds itself, cool where it holds back.

    `rulers` is that part of a view.  It has the left and the right end of the chart above it.
    """
    space = rect.inflate(-ui.px(12), 0)
    pygame.draw.rect(ui.surface, ui.colours["neutral_soft"], rect, border_radius=ui.px(4))
    for run in rulers:
        first, last, loop = run["first"], run["last"], run["loop"]
        left = space.left + round(space.width * (first - 1) / max(length, 1))
        right = space.left + round(space.width * last / max(length, 1))
        piece = pygame.Rect(left, rect.y + 1, max(right - left, 2), rect.height - 2)
        when = say("rulers.one", first=first) if first == last else say("rulers.several", first=first, last=last)
        if loop is None:
            ui.tip(say("rulers.none", when=when), piece)
            continue
        reinforcing, name = loop["reinforcing"], loop["name"]
        pygame.draw.rect(ui.surface, tint(reinforcing), piece.inflate(-2, 0), border_radius=ui.px(3))
        short = "R" if reinforcing else "B"
        full = f"{short}: {name}"
        text = full if ui.width(full, "small", True) <= piece.width - ui.px(8) else short
        if ui.width(text, "small", True) <= piece.width - 2:
            ui.label(text, piece, "small", "panel", True, "centre")
        ui.tip(say("rulers.reinforcing" if reinforcing else "rulers.balancing", when=when, loop=name), piece)


def draw_legend(ui: Ui, at: tuple[int, int], width: int, lines: Sequence[Line], colour: str = "ink") -> int:
    """Draw which line is which, as many beside each other as fit; return the height."""
    x, y, high = at[0], at[1], ui.height("0", "small", width) + ui.px(4)
    for line in lines:
        wide = ui.px(38) + ui.width(line.name, "small")
        if x + wide > at[0] + width and x > at[0]:
            x, y = at[0], y + high
        middle = y + high // 2
        pygame.draw.line(ui.surface, line.colour, (x, middle), (x + ui.px(20), middle), ui.px(4 if line.thick else 2))
        draw_sign(ui, line.sign, (x + ui.px(10), middle), ui.px(4.5), line.colour)
        ui.text(line.name, (x + ui.px(26), y), "small", colour, width=width - ui.px(26))
        x += wide
    return y + high - at[1]


def draw_sign(ui: Ui, sign: str, at: tuple[int, int], size: int, colour: Colour) -> None:
    """Draw the little sign by which a line is known."""
    x, y = at
    if sign == "circle":
        pygame.draw.circle(ui.surface, colour, at, size)
    elif sign == "square":
        pygame.draw.rect(ui.surface, colour, (x - size, y - size, 2 * size, 2 * size))
    elif sign == "triangle":
        pygame.draw.polygon(ui.surface, colour, [(x, y - size), (x + size, y + size), (x - size, y + size)])
    elif sign == "diamond":
        pygame.draw.polygon(ui.surface, colour, [(x, y - size), (x + size, y), (x, y + size), (x - size, y)])
    elif sign == "cross":
        pygame.draw.line(ui.surface, colour, (x - size, y - size), (x + size, y + size), max(2, size // 2))
        pygame.draw.line(ui.surface, colour, (x - size, y + size), (x + size, y - size), max(2, size // 2))
    elif sign == "ring":
        pygame.draw.circle(ui.surface, colour, at, size, max(2, size // 2))
    else:
        raise UnknownKind("sign", sign, "draw_sign in game/screen/kit/chart.py")
