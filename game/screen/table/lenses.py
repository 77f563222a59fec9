"""Lenses over the board, on the number keys: trust, grievance, grass, water, who uses what, loops, what is coming.

The first five are layers above the land, each with a one-line legend; the
last two open the pages that there are for them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pygame

from game.picture.board import Board, bend
from game.picture.scene import Scene
from game.screen.kit.ui import Ui
from game.screen.table.table import Table
from game.telling import words
from game.telling.say import say

LENSES = ("trust", "grievance", "grass", "water", "use")
ALL = (*LENSES, "loops", "coming")
BARE, LUSH, WET = (232, 206, 140), (18, 96, 52), (24, 92, 170)
PALE = 120  # how much of the land is hidden below people and their ties
Draw = Callable[[Ui, pygame.Rect, Scene, Board], None]


def draw_lens(ui: Ui, place: pygame.Rect, table: Table, board: Board) -> None:
    """Draw the chosen lens above the board, and its legend at the upper edge."""
    if not table.overlay:
        return
    DRAWN[table.overlay](ui, place, table.scene, board)
    text = say(f"lens.{table.overlay}_legend")
    wide = min(place.width - ui.px(20), ui.width(text, "body", True) + ui.px(24))
    spot = pygame.Rect(0, 0, wide, ui.height("0", "body", 99, True) + ui.px(8))
    spot.midtop = (place.centerx, place.y + ui.px(6))
    ui.panel(spot, "panel", "ink", 9)
    ui.layer = 1
    ui.label(text, spot.inflate(-ui.px(12), 0), "body", "ink", True, "centre")
    ui.layer = 0


def _veil(ui: Ui, place: pygame.Rect) -> pygame.Surface:
    layer = pygame.Surface(place.size, pygame.SRCALPHA)
    layer.fill((*ui.colours["panel"], PALE))
    return layer


def _trust(ui: Ui, place: pygame.Rect, scene: Scene, board: Board) -> None:
    """A thread between two homes, as thick as they trust each other, with the number at its middle."""
    layer = _veil(ui, place)
    told = []
    for (one, two), trust in scene.ties.items():
        ends = [scene.households[who] for who in (one, two)]
        if not all(end.homes for end in ends):
            continue
        middle = (board.size[0] / 2, board.size[1] / 2)
        points = bend(board.home_point(ends[0]), board.home_point(ends[1]), middle, 24)
        pygame.draw.lines(layer, (255, 255, 255), False, points, ui.px(5 + 16 * trust))
        pygame.draw.lines(layer, ui.colours["with"], False, points, ui.px(2 + 14 * trust))
        told.append((points[len(points) // (3 if (one + two) % 2 else 2)], words.percent(trust)))
    ui.surface.blit(layer, place)
    for at, text in told:
        _number(ui, place, (round(at[0]), round(at[1])), text, "with")


def _grievance(ui: Ui, place: pygame.Rect, scene: Scene, board: Board) -> None:
    """A disc around each home, as large as its people feel wronged."""
    layer = _veil(ui, place)
    for household in scene.households:
        if household.homes:
            size = round(board.tile * (0.6 + 3.2 * household.grievance))
            pygame.draw.circle(layer, (*ui.colours["over"], 110), board.home_point(household), size)
            pygame.draw.circle(layer, ui.colours["over"], board.home_point(household), size, ui.px(2.5))
    ui.surface.blit(layer, place)
    for household in scene.households:
        if household.homes:
            x, y = board.home_point(household)
            _number(ui, place, (x, y - round(board.tile * 0.4)), words.percent(household.grievance), "over")


def _number(ui: Ui, place: pygame.Rect, at: tuple[int, int], text: str, colour: str) -> None:
    spot = pygame.Rect(0, 0, ui.width(text, "body", True) + ui.px(12), ui.height(text, "body", 99, True))
    spot.center = (place.x + at[0], place.y + at[1])
    below = ui.height("0", "body", 99, True) + ui.px(17)  # the legend
    spot.clamp_ip(pygame.Rect(place.x + 3, place.y + below, place.width - 6, place.height - below - 3))
    ui.layer = 1
    ui.panel(spot, "panel", colour, 9)
    ui.label(text, spot, "body", colour, True, "centre")
    ui.layer = 0


def _grass(ui: Ui, place: pygame.Rect, scene: Scene, board: Board) -> None:
    """The ground as a map of one number: pale where it is bare, dark where it is lush."""
    _map(ui, place, scene.ground, BARE, LUSH, np.where((scene.water > 0.0) | (scene.homes > 0.0), 0, 225))


def _water(ui: Ui, place: pygame.Rect, scene: Scene, board: Board) -> None:
    """Water as a map: where it stands, runs, and how wet the ground is beside it."""
    wet = np.maximum(scene.water, 0.0 if scene.stream is None else scene.stream)
    for name in ("moisture", "spring"):
        wet = np.maximum(wet, scene.layers.get(name, np.zeros(wet.shape)))
    _map(ui, place, wet, ui.colours["panel"], WET, np.where(scene.homes > 0.0, 0, 215))


def _map(ui: Ui, place: pygame.Rect, grid: np.ndarray, low: tuple[int, int, int], high: tuple[int, int, int],
         dense: np.ndarray) -> None:  # fmt: skip
    """Draw numbers from 0 to 1 as tiles between two colours; `dense` (rows, columns) is how much they hide."""
    share = np.clip(grid, 0.0, 1.0)[:, :, None]
    colours = (np.array(low) * (1.0 - share) + np.array(high) * share).astype(np.uint8)
    layer = pygame.Surface(grid.shape[::-1], pygame.SRCALPHA)
    pixels = pygame.surfarray.pixels3d(layer)
    pixels[...] = colours.transpose(1, 0, 2)
    del pixels
    alpha = pygame.surfarray.pixels_alpha(layer)
    alpha[...] = dense.astype(np.uint8).T
    del alpha
    ui.surface.blit(pygame.transform.scale(layer, place.size), place)


def _use(ui: Ui, place: pygame.Rect, scene: Scene, board: Board) -> None:
    """Ground that one household uses alone in its colour and with its letter; white where several use it."""
    layer = pygame.Surface(place.size, pygame.SRCALPHA)
    count = scene.uses.sum(axis=0)
    for row, column in np.argwhere(count > 0).tolist():
        who = int(scene.owner[row, column])
        colour = (255, 255, 255, 120) if who < 0 else (*ui.colours.household(who), 190)
        layer.fill(colour, (column * board.tile, row * board.tile, board.tile, board.tile))
    ui.surface.blit(layer, place)
    for who, household in enumerate(scene.households):
        tiles = np.argwhere(scene.owner == who)
        if len(tiles):
            at = board.centre(*tiles[np.abs(tiles - tiles.mean(axis=0)).sum(axis=1).argmin()].tolist())
            _number(ui, place, at, household.name, "ink")


DRAWN: dict[str, Draw] = {"trust": _trust, "grievance": _grievance, "grass": _grass, "water": _water, "use": _use}
