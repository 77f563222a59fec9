"""What is pointed at is told beside it: short while the mouse or the keyboard points, whole when it was pressed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pygame

from game.screen.kit.page import Page
from game.screen.kit.ui import Input, Ui
from game.screen.table.detail import draw_inspected, draw_short
from game.screen.table.table import Table

SHORT, LONG = 300, 400  # how wide each is
AWAY = (-1, -1)
Draw = Callable[[Ui, Page], None]


class Popup:
    """The note beside what is pointed at or was pressed."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.rect: pygame.Rect | None = None  # where something lies that can be pressed itself

    def without_mouse(self, ui: Ui) -> Input:
        """Return the input for what lies below: nothing is pointed at there while the mouse is on the popup."""
        if self.rect is None or not self.rect.collidepoint(ui.input.mouse):
            return ui.input
        return replace(ui.input, mouse=AWAY, pressed=False, wheel=0)

    def draw(self, ui: Ui, bounds: pygame.Rect) -> None:
        """Draw it within bounds."""
        table, self.rect = self.table, None
        if table.covered and not (table.told and table.stack.top is table):
            return
        if table.shown.together:  # what is known of something is the knowledge of one person
            return
        if table.card is not None:  # the band below the board tells of the place pointed at
            return
        if table.pinned is not None:
            kind, what, anchor = table.pinned
            rect = self._sheet(ui, bounds, anchor, LONG, lambda ui, page: draw_inspected(ui, page, table, kind, what),
                               f"pinned {kind} {what}")  # fmt: skip
            self.rect = rect
        elif table.pointed is not None:
            kind, what, anchor = table.pointed
            self._sheet(ui, bounds, anchor, SHORT, lambda ui, page: draw_short(ui, page, table, kind, what), "")

    def _sheet(self, ui: Ui, bounds: pygame.Rect, anchor: pygame.Rect, wide: int, draw: Draw, name: str) -> pygame.Rect:
        high = self._height(ui, wide, draw, bounds)
        rect = beside(bounds, anchor, (min(ui.px(wide), bounds.width), high), ui.px(12))
        self._draw_sheet(ui, rect, draw, name or "short", ui.colours["ink"])
        return rect

    @staticmethod
    def _height(ui: Ui, wide: int, draw: Draw, bounds: pygame.Rect) -> int:
        """Return how high a sheet must be: found out on one that nobody sees."""
        probe = Ui(pygame.Surface((8, 8)), ui.scale)
        probe.begin(Input(mouse=AWAY))
        probe.blocked = True
        page = Page(probe, "probe", pygame.Rect(0, 0, min(ui.px(wide), bounds.width) - 2 * ui.px(12), 9999))
        draw(probe, page)
        return min(page.y + 2 * ui.px(10), bounds.height)

    def _draw_sheet(self, ui: Ui, rect: pygame.Rect, draw: Draw, name: str, edge: pygame.typing.ColorLike) -> None:
        ui.layer = 6
        ui.sheet(rect, "panel", "ink", 9)
        pygame.draw.rect(ui.surface, edge, rect, ui.px(2), border_radius=ui.px(9))
        with Page(ui, name, rect.inflate(-2 * ui.px(12), -2 * ui.px(8)), keys=True) as page:
            draw(ui, page)
        ui.layer = 0


def beside(bounds: pygame.Rect, anchor: pygame.Rect, size: tuple[int, int], gap: int) -> pygame.Rect:
    """Return where something lies beside an anchor and covers it not, if it can: right, left, above or below it."""
    spots = []
    for side, at in (
        ("midleft", (anchor.right + gap, anchor.centery)),
        ("midright", (anchor.left - gap, anchor.centery)),
        ("midbottom", (anchor.centerx, anchor.top - gap)),
        ("midtop", (anchor.centerx, anchor.bottom + gap)),
    ):
        spot = pygame.Rect((0, 0), size)
        setattr(spot, side, at)
        spots.append(spot)
    moved = [spot.clamp(bounds) for spot in spots]
    far = [abs(one.x - two.x) + abs(one.y - two.y) for one, two in zip(spots, moved, strict=True)]
    free = [(away, place) for place, away in enumerate(far) if not moved[place].colliderect(anchor)]
    return moved[min(free)[1] if free else 2]
