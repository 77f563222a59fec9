"""Where on the land an action made a difference: a small board beside its card, dark but for those tiles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pygame

from game.picture.board import Board
from game.picture.palette import palette
from game.screen.kit.ui import Ui
from game.screen.table.table import Table
from game.telling.say import say

Tiles = Sequence[Sequence[int]]  # [row, column] of each
DARK, GLOW = (24, 26, 34, 150), (255, 226, 120, 70)


def draw_glow(ui: Ui, table: Table, tiles: Tiles, card: pygame.Rect, body: pygame.Rect) -> None:
    """Draw the board with the tiles aglow, beside a card of the report or, where there is no room, above or below."""
    rows, columns = table.size
    beside = body.right - card.right > ui.px(200)
    if not beside:
        body = ui.surface.get_rect().inflate(-ui.px(40), -ui.px(40))
    pad, line = ui.px(12), ui.height("0", "small", 999, True)
    room = (body.right - card.right - ui.px(14) if beside else round(body.width * 0.62)) - 2 * pad
    high = (body.height if beside else body.height // 2) - line - 3 * pad
    tile = max(4, min(room // columns, high // rows))
    size = (tile * columns, tile * rows)
    sheet = pygame.Rect(0, 0, size[0] + 2 * pad, size[1] + line + round(2.5 * pad))
    if beside:
        sheet.midleft = (card.right + ui.px(14), card.centery)
    elif card.centery < body.centery:
        sheet.bottomright = body.bottomright
    else:
        sheet.topright = body.topright
    sheet.clamp_ip(body if sheet.height <= body.height else ui.surface.get_rect())
    ui.layer = 5
    ui.sheet(sheet, "panel", "ink")
    spot = pygame.Rect(sheet.x + pad, sheet.y + pad // 2, size[0], line)
    ui.label(say("report.where"), spot, "small", bold=True)
    ui.surface.blit(_picture(table, tiles, size), (sheet.x + pad, sheet.y + pad + line))
    ui.layer = 0


def _picture(table: Table, tiles: Tiles, size: tuple[int, int]) -> pygame.Surface:
    """Return the board as it is now with the tiles aglow; drawn once for each card."""
    key = (table.shown["seasons_over"], size, tuple(map(tuple, tiles)))
    if table.glowing is None or table.glowing[0] != key:
        board, marked = Board(*table.size, size), np.zeros(table.size, dtype=bool)
        marked[tuple(np.transpose(tiles))] = True
        picture, veil = pygame.Surface(size), pygame.Surface(size, pygame.SRCALPHA)
        picture.fill(palette()["panel"])
        board.draw(picture, table.scene, table.clock, marked)
        veil.fill(DARK)
        for row, column in tiles:
            veil.fill(GLOW, (column * board.tile, row * board.tile, board.tile, board.tile))
        picture.blit(veil, (0, 0))
        table.glowing = (key, picture)
    shown: pygame.Surface = table.glowing[1]
    return shown
