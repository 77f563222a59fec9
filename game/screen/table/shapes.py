"""Shapes that tell two kinds of power apart without colour, and rings of progress, drawn smooth and kept."""

from __future__ import annotations

import math
from functools import lru_cache

import pygame

from game.picture.palette import Colour
from game.screen.kit.ui import Ui

FINE = 3  # how much larger a shape is drawn before it is scaled down


def card_outline(rect: pygame.Rect, mode: str, cut: int) -> list[tuple[float, float]]:
    """Return the outline of a card: force has corners that are cut off hard, partnering is round, the rest plain."""
    if mode == "over":
        left, top, right, bottom = rect.left, rect.top, rect.right - 1, rect.bottom - 1
        return [(left, top + cut), (left + cut, top), (right - cut, top), (right, top + cut), (right, bottom - cut),
                (right - cut, bottom), (left + cut, bottom), (left, bottom - cut)]  # fmt: skip
    radius = min(cut * 2 if mode == "with" else cut // 3, rect.height // 2, rect.width // 2)
    points: list[tuple[float, float]] = []
    for centre_x, centre_y, start in (
        (rect.right - 1 - radius, rect.top + radius, -90),
        (rect.right - 1 - radius, rect.bottom - 1 - radius, 0),
        (rect.left + radius, rect.bottom - 1 - radius, 90),
        (rect.left + radius, rect.top + radius, 180),
    ):
        for step in range(0, 91, 10):
            angle = math.radians(start + step)
            points.append((centre_x + radius * math.cos(angle), centre_y + radius * math.sin(angle)))
    return points


@lru_cache(maxsize=400)
def card_shape(size: tuple[int, int], mode: str, fill: Colour, edge: Colour, thick: int, cut: int) -> pygame.Surface:
    """Return a card of a kind without its words, with a soft shadow below it."""
    wide, high = size
    layer = pygame.Surface((wide * FINE, (high + 3) * FINE), pygame.SRCALPHA)
    body = pygame.Rect(0, 0, wide * FINE, high * FINE)
    shadow = card_outline(body.move(0, 3 * FINE), mode, cut * FINE)
    pygame.draw.polygon(layer, (60, 48, 20, 60), shadow)
    pygame.draw.polygon(layer, edge, card_outline(body, mode, cut * FINE))
    inner = body.inflate(-2 * thick * FINE, -2 * thick * FINE)
    pygame.draw.polygon(layer, fill, card_outline(inner, mode, max(1, cut - thick) * FINE))
    return pygame.transform.smoothscale(layer, (wide, high + 3))


@lru_cache(maxsize=300)
def ring(size: int, percent: int, colour: Colour, back: Colour, fill: Colour) -> pygame.Surface:
    """Return a ring of which so many hundredths are filled, from the top on, round a disc."""
    side = size * FINE
    layer = pygame.Surface((side, side), pygame.SRCALPHA)
    centre, outer, inner = side / 2, side / 2 - 1, side * 0.385
    pygame.draw.circle(layer, back, (centre, centre), outer)
    if percent > 0:
        steps = max(2, round(0.6 * percent))
        angles = [math.radians(-90 + 3.6 * percent * step / steps) for step in range(steps + 1)]
        edge = [(centre + outer * math.cos(one), centre + outer * math.sin(one)) for one in angles]
        pygame.draw.polygon(layer, colour, [(centre, centre), *edge])
    pygame.draw.circle(layer, fill, (centre, centre), inner)
    return pygame.transform.smoothscale(layer, (size, size))


MOUTHS = {2: 0.5, 1: 0.0, 0: -0.5}  # how far a mouth is bent: at ease, uneasy, wronged
FACES: dict[int, Colour] = {2: (250, 221, 120), 1: (243, 200, 120), 0: (231, 140, 108)}


@lru_cache(maxsize=60)
def face(size: int, mood: int) -> pygame.Surface:
    """Return a small face: 2 at ease, 1 uneasy, 0 wronged."""
    side = size * FINE
    layer = pygame.Surface((side, side), pygame.SRCALPHA)
    ink, centre = (47, 46, 42), side / 2
    pygame.draw.circle(layer, ink, (centre, centre), side / 2 - 1)
    pygame.draw.circle(layer, FACES[mood], (centre, centre), side / 2 - 1 - FINE)
    for way in (-1, 1):
        pygame.draw.circle(layer, ink, (centre + way * side * 0.17, side * 0.4), side * 0.075)
        if mood == 0:
            brow = [(centre + way * side * 0.07, side * 0.31), (centre + way * side * 0.29, side * 0.21)]
            pygame.draw.line(layer, ink, brow[0], brow[1], max(2, round(side * 0.06)))
    bend = MOUTHS[mood]
    curve = [
        (centre + side * 0.26 * step / 6, side * (0.68 + 0.16 * bend * (1 - 2 * (step / 6) ** 2)))
        for step in range(-6, 7)
    ]
    pygame.draw.lines(layer, ink, False, curve, max(2, round(side * 0.07)))
    return pygame.transform.smoothscale(layer, (size, size))


def draw_brought(ui: Ui, at: tuple[int, int], brought: dict[str, str], size: str = "small") -> int:
    """Draw what an action changes, its number or an arrow beside a picture, from (left, middle); return how wide."""
    x, middle = at
    side = ui.px(15)
    colour = "good" if brought["way"] == "up" else "bad"
    if brought["text"]:
        high = ui.height("0", size, 999, True)
        ui.text(brought["text"], (x, middle - high // 2), size, colour, True)
        x += ui.width(brought["text"], size, True) + ui.px(2)
    else:
        ui.icon(brought["way"], (x, middle - ui.px(6)), 12)
        x += ui.px(13)
    ui.icon(brought["icon"], (x, middle - side // 2), 15)
    return x + side - at[0]
