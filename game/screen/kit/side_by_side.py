"""What large pages share: the sheet, the boards, the numbers beside each other."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.picture.board import Board
from game.picture.scene import Scene
from game.playing.shown import Data
from game.screen.kit.page import Page
from game.screen.kit.ui import Ui

MARKS = {1: ("check", "good"), -1: ("cross", "bad"), 0: ("level", "soft_ink")}


def large_sheet(ui: Ui) -> pygame.Rect:
    """Draw a sheet that fills the window as far as it is not too wide to read; return what lies inside its edges."""
    bounds = ui.surface.get_rect()
    rect = pygame.Rect(0, 0, min(bounds.width - ui.px(24), ui.px(1180)), bounds.height - ui.px(32))
    rect.center = bounds.center
    ui.sheet(rect)
    return rect.inflate(-ui.px(44), -ui.px(32))


def sheet_above(ui: Ui, wide: int) -> pygame.Rect:
    """Draw a sheet above all else, `wide` design pixels where there is room; return what lies inside its edges."""
    ui.cover()
    bounds = ui.surface.get_rect()
    rect = pygame.Rect(0, 0, min(ui.px(wide), bounds.width - ui.px(24)), bounds.height - ui.px(28))
    rect.center = bounds.center
    ui.sheet(rect)
    return rect.inflate(-ui.px(40), -ui.px(28))


class Boards:
    """The boards of several games of one level, each drawn once."""

    def __init__(self) -> None:
        self._boards: dict[tuple[int, int], Board] = {}
        self._pictures: dict[tuple[int, int, int], pygame.Surface] = {}

    def picture(self, ui: Ui, key: tuple[int, int], scene: Scene, room: tuple[int, int]) -> pygame.Surface:
        """Return the board of a scene, as large as `room` allows; `key` is its side and its season."""
        rows, columns = scene.ground.shape
        tile = max(4, min(room[0] // columns, room[1] // rows))
        drawn = (*key, tile)
        if drawn not in self._pictures:
            size = (tile * columns, tile * rows)
            board = self._boards.setdefault((key[0], tile), Board(rows, columns, size))
            picture = pygame.Surface(size)
            picture.fill(ui.colours["panel"])
            board.draw(picture, scene)
            self._pictures[drawn] = picture
        return self._pictures[drawn]


def draw_rows(ui: Ui, page: Page, found: Sequence[Data], heads: Sequence[str]) -> None:
    """Draw the numbers of both sides beside each other, and whether the second is the better one."""
    columns = (0, page.width * 5 // 12, page.width * 8 // 12, page.width * 11 // 12)
    room = columns[2] - columns[1] - ui.px(8)
    high = max(ui.height(text, "small", room, True) for text in heads)
    for text, x in zip(heads, columns[1:3], strict=True):
        ui.text(text, (page.x + x, page.y), "small", "soft_ink", True, room)
    page.y += high + ui.px(3)
    for row in found:
        picture, colour = MARKS[row["better"]]
        high = ui.text(row["name"], (page.x, page.y), "body", width=columns[1] - ui.px(8))
        for text, x, bold in ((row["first"], columns[1], False), (row["second"], columns[2], True)):
            ui.text(text, (page.x + x, page.y), "body", "ink" if not bold else colour, bold, columns[3] - columns[2])
        ui.icon(picture, (page.x + columns[3], page.y), 16)
        page.y += high + ui.px(2)
    page.y += ui.px(8)
