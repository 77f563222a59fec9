"""What is pointed at is told beside it: short while the mouse or the keyboard points, whole when it was pressed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

import pygame

from game.screen.kit.page import Page
from game.screen.kit.ui import Input, Ui
from game.screen.table.detail import draw_inspected, draw_short
from game.screen.table.table import Table

SHORT, LONG = 300, 400  # how wide each is
AWAY = (-1, -1)
SLIDES, FARTHEST = 4, 6  # steps in which a note moves along what it speaks of until both lie side by side; at most
LIFTS = (80, 160, 240)  # pixels
Draw = Callable[[Ui, Page], None]
Four = tuple[int, ...]  # x, y, width, height


class Popup:
    """The note beside what is pointed at or was pressed."""

    def __init__(self, table: Table, homes: Callable[[], list[pygame.Rect]]) -> None:
        self.table, self.homes = table, homes  # where homes lie on the board
        self.rect: pygame.Rect | None = None  # where something lies that can be pressed itself

    def without_mouse(self, ui: Ui) -> Input:
        """Return the input for what lies below: nothing is pointed at there while the mouse is on the popup."""
        if self.rect is None or not self.rect.collidepoint(ui.input.mouse):
            return ui.input
        return replace(ui.input, mouse=AWAY, pressed=False, wheel=0)

    def draw(self, ui: Ui, bounds: pygame.Rect) -> None:
        """Draw it within bounds."""
        table, was, self.rect = self.table, self.rect, None
        if not table.open_to_view:
            return
        if table.shown.together:  # what is known of something is the knowledge of one person
            return
        if table.card is not None:  # the band below the board tells of the place pointed at
            return
        if table.pinned is not None:
            kind, what, anchor = table.pinned
            name = f"pinned {kind} {what}"
            rect = self._sheet(ui, bounds, anchor, LONG, lambda ui, page: draw_inspected(ui, page, table, kind, what),
                               name)  # fmt: skip
            self.rect = rect
            inside = was is not None and was.collidepoint(ui.input.mouse)
            if inside and ui.input.pressed and not ui.pressed_any and name not in ui.long_pages:
                table.pinned, self.rect = None, None  # a press on it puts it away
        elif table.pointed is not None:
            kind, what, anchor = table.pointed
            self._sheet(ui, bounds, anchor, SHORT, lambda ui, page: draw_short(ui, page, table, kind, what), "")

    def _sheet(self, ui: Ui, bounds: pygame.Rect, anchor: pygame.Rect, wide: int, draw: Draw, name: str) -> pygame.Rect:
        high = self._height(ui, wide, draw, bounds)
        if high < bounds.height:  # all of it fits: no room is kept for scrolling what was longer
            ui.long_pages.discard(name or "short")
        rect = beside(bounds, anchor, (min(ui.px(wide), bounds.width), high), ui.px(12), self._kept_free(ui))
        self._draw_sheet(ui, rect, draw, name or "short", ui.colours["ink"])
        return rect

    def _kept_free(self, ui: Ui) -> list[pygame.Rect]:
        """Return what can be pressed, and the homes: whoever reads a note may want to go on to any of them."""
        return [rect for name, rect in ui.areas if name != "board"] + self.homes()

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


def beside(bounds: pygame.Rect, anchor: pygame.Rect, size: tuple[int, int], gap: int,
           kept: Sequence[pygame.Rect] = ()) -> pygame.Rect:  # fmt: skip
    """Return where something lies near an anchor and covers neither it nor, as far as it can, what is `kept` free."""
    return pygame.Rect(_spot(tuple(bounds), tuple(anchor), size, gap, tuple(map(tuple, kept))))


@lru_cache(maxsize=32)  # a pointer rests on a thing for many frames
def _spot(bounds: Four, anchor_at: Four, size: tuple[int, int], gap: int, kept_at: tuple[Four, ...]) -> Four:
    anchor, kept, whole = pygame.Rect(anchor_at), [pygame.Rect(one) for one in kept_at], pygame.Rect((0, 0), size)
    steps = [part / SLIDES for part in range(-FARTHEST, FARTHEST + 1)]
    spots = []
    for part in steps:  # beside it, as high as it or higher or lower; above and below it, further left or right
        down, along = (anchor.height + size[1]) // 2 * part, (anchor.width + size[0]) // 2 * part
        middle = (anchor.centerx + along, anchor.centery + down)
        for side, at in (
            ("midleft", (anchor.right + gap, middle[1])), ("midright", (anchor.left - gap, middle[1])),
            ("midbottom", (middle[0], anchor.top - gap)), ("midtop", (middle[0], anchor.bottom + gap)),
            *(("midbottom", (middle[0], anchor.top - gap - lift)) for lift in LIFTS),  # above what lies above it
        ):  # fmt: skip
            spot = whole.copy()
            setattr(spot, side, at)
            spots.append((spot.clamp(bounds), abs(part)))

    def cost(place: int) -> tuple[int, float, int]:
        spot, part = spots[place]
        hidden = spot.clip(anchor)
        parts = [hidden, *(spot.clip(one) for one in kept)]
        return sum(one.width * one.height for one in parts) + 99 * hidden.width * hidden.height, part, place

    return tuple(spots[min(range(len(spots)), key=cost)][0])
