"""What is pointed at is told beside it: short while the mouse or the keyboard points, whole when it was pressed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pygame

from game.playing.shown import Data
from game.screen.kit.page import Page
from game.screen.kit.ui import Input, Ui
from game.screen.table.cards import open_options
from game.screen.table.detail import draw_card_detail, draw_inspected, draw_short
from game.screen.table.table import Table

SHORT, LONG, CHOICE = 300, 400, 440  # how wide each is
AWAY = (-1, -1)
Draw = Callable[[Ui, Page], None]


class Popup:
    """The note beside what is pointed at, and the sheet of the card whose target is being chosen."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.rect: pygame.Rect | None = None  # where something lies that can be pressed itself
        self._chosen: tuple[object, pygame.Rect] | None = None  # where the sheet of a card lies, while it is open

    def without_mouse(self, ui: Ui) -> Input:
        """Return the input for what lies below: nothing is pointed at there while the mouse is on the popup."""
        if self.rect is None or not self.rect.collidepoint(ui.input.mouse):
            return ui.input
        return replace(ui.input, mouse=AWAY, pressed=False, wheel=0)

    def draw(self, ui: Ui, bounds: pygame.Rect, taken: list[pygame.Rect]) -> None:
        """Draw it within bounds; `taken` are places of the board that a choice had better leave free."""
        table, self.rect = self.table, None
        if table.covered and not (table.told and table.stack.top is table):
            return
        card = table.card
        if card is not None:
            self._choice(ui, bounds, card, taken)
            return
        self._chosen = None
        if table.pinned is not None:
            kind, what, anchor = table.pinned
            rect = self._sheet(ui, bounds, anchor, LONG, lambda ui, page: draw_inspected(ui, page, table, kind, what),
                               f"pinned {kind} {what}")  # fmt: skip
            self.rect = rect
        elif table.pointed is not None:
            kind, what, anchor = table.pointed
            self._sheet(ui, bounds, anchor, SHORT, lambda ui, page: draw_short(ui, page, table, kind, what), "")

    def _choice(self, ui: Ui, bounds: pygame.Rect, card: Data, taken: list[pygame.Rect]) -> None:
        def draw(ui: Ui, page: Page) -> None:
            draw_card_detail(ui, page, self.table, card)

        high = self._height(ui, CHOICE, draw, bounds)
        key = (card["id"], bounds.size, ui.scale)
        if self._chosen is None or self._chosen[0] != key or self._chosen[1].height < high:
            spot = _free_corner(bounds, (ui.px(CHOICE), high), taken)
            self._chosen = (key, spot)
        self.rect = self._chosen[1]
        self._draw_sheet(ui, self.rect, draw, f"choose {card['id']}", ui.colours[card["mode"]])

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


def _free_corner(bounds: pygame.Rect, size: tuple[int, int], taken: list[pygame.Rect]) -> pygame.Rect:
    """Return the place at the edge of some bounds where something of a size covers least of what is needed."""
    spots = []
    for side in ("bottomleft", "bottomright", "midbottom", "topleft", "topright", "midleft", "midright"):
        spot = pygame.Rect((0, 0), size)
        setattr(spot, side, getattr(bounds, side))
        spots.append(spot.clamp(bounds))

    def covered(spot: pygame.Rect) -> int:
        parts = [spot.clip(one) for one in taken]
        return sum(part.width * part.height for part in parts)

    return min(spots, key=covered)


def needed_places(table: Table, board: pygame.Rect, tile: int) -> list[pygame.Rect]:
    """Return the ground where the card that is chosen can be played, as rectangles of the window."""
    card = table.card
    found = []
    for option in open_options(card) if card else ():
        for row, column in option["tiles"] or ():
            found.append(pygame.Rect(board.x + column * tile, board.y + row * tile, tile, tile))
    return found
