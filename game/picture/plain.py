"""Ground and stocks that the board has no picture of: in the colour of their level, with their icons upon them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pygame

from game.level.vocabulary import FIRM_GROUNDS
from game.picture.neutral import draw_grounds, figures
from game.picture.scene import Grid, PlainStock, Scene
from game.picture.sprites import icon

TINT = 0.3  # how far a full stock takes the ground to its own colour
PLACES = 2  # how many icons a tile has room for
DENSE = 0.45  # of these places so many are taken where a stock is at its fullest
MOST = 3  # stocks that are shown


def plain_colours(scene: Scene, found: Grid) -> Grid:
    """Return the colours of tiles, (rows, columns, 3), with plain ground in its own, tinted by what lies on it."""
    rows, columns = np.indices(scene.ground.shape)
    mottled = (1.0 + 0.05 * (_noise(rows, columns, 0) - 0.5))[..., None]
    for ground in scene.plain:
        colour = np.array(ground.colour, float)
        if ground.tinted is not None:
            colour = colour + (np.array(ground.tint) - colour) * ground.tinted[..., None]
        found = np.where((ground.mask > 0)[..., None], colour if ground.look else colour * mottled, found)
    kept = np.maximum.reduce([one.mask * (one.look in FIRM_GROUNDS) for one in scene.plain])
    for stock in scene.plain_stocks[:1]:
        part = TINT * (stock.share * (kept == 0) * (not stock.look))[..., None]
        found = found * (1.0 - part) + np.array(stock.colour) * part
    return found


def draw_plain(target: pygame.Surface, scene: Scene, tile: int) -> None:
    """Draw the pictures of plain ground, and upon it what lies there, the more of it the more.

    A stock is shown by the figures it is lent, else by its icon, else by dots in its colour.
    """
    size = max(6, round(tile * 0.36))
    pictures: list[tuple[pygame.Surface, pygame.Rect]] = []
    for ground in scene.plain:
        if ground.picture:
            lain = icon(ground.picture, tile)
            places = np.argwhere((ground.mask > 0) & (scene.homes == 0)).tolist()
            pictures += [(lain, lain.get_rect(topleft=(column * tile, row * tile))) for row, column in places]
    for number, stock in enumerate(scene.plain_stocks[:MOST]):
        if stock.look:
            pictures += figures(stock, number, scene.homes == 0, tile)
            continue
        picture = icon(stock.icon, size) if stock.icon else _dot(stock, size)
        for place in range(PLACES):
            rows, columns = np.nonzero(_taken(stock, number * PLACES + place) & (scene.homes == 0))
            for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
                seed = number * PLACES + place + 7
                x = column + 0.15 + 0.7 * float(_noise(row, column, seed))
                y = row + 0.15 + 0.7 * float(_noise(row, column, seed + 31))
                pictures.append((picture, picture.get_rect(center=(round(x * tile), round(y * tile)))))
    draw_grounds(target, scene, tile)
    target.blits(pictures, doreturn=False)


def _taken(stock: PlainStock, number: int) -> np.ndarray:
    rows, columns = np.indices(stock.share.shape)
    return np.asarray(_noise(rows, columns, number + 3) < DENSE * stock.share)


def _noise(rows: Any, columns: Any, number: int) -> Grid:
    """Return a share for each tile that looks like chance and is always the same."""
    return np.asarray((np.sin(rows * 12.9898 + columns * 78.233 + number * 37.719) * 43758.5453) % 1.0)


def _dot(stock: PlainStock, size: int) -> pygame.Surface:
    dot = pygame.Surface((size, size), pygame.SRCALPHA)
    pygame.draw.circle(dot, stock.colour, (size // 2, size // 2), max(2, size // 3))
    return dot
