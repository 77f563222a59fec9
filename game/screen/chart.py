"""Lines over seasons."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.picture.palette import Colour
from game.screen.ui import Ui

SIGNS = ("circle", "square", "triangle", "diamond", "cross", "ring")  # so that lines differ without colour


def line_chart(ui: Ui, rect: pygame.Rect, rows: Sequence[tuple[Sequence[float], Colour, bool]], length: int) -> None:
    """Draw lines over seasons: (values, colour, thick) each between 0 and its own top; each with its own sign."""
    pygame.draw.rect(ui.surface, ui.colours["neutral_soft"], rect, border_radius=ui.px(4))
    for part in (0.25, 0.5, 0.75):
        y = rect.bottom - round(rect.height * part)
        pygame.draw.line(ui.surface, ui.colours["panel_edge"], (rect.left, y), (rect.right, y), 1)
    space = rect.inflate(-ui.px(12), -ui.px(10))
    for number, (values, colour, thick) in enumerate(rows):
        points = [
            (
                space.left + round(space.width * place / max(length, 1)),
                space.bottom - round(space.height * min(max(value, 0.0), 1.0)),
            )
            for place, value in enumerate(values)
        ]
        if len(points) > 1:
            pygame.draw.lines(ui.surface, colour, False, points, ui.px(3.2 if thick else 1.8))
        every = max(1, length // 6)
        for point in [*points[:-1:every], *points[-1:]]:
            draw_sign(ui, "circle" if thick else SIGNS[1 + number % 5], point, ui.px(4.5 if thick else 4), colour)


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
    else:
        pygame.draw.circle(ui.surface, colour, at, size, max(2, size // 2))
