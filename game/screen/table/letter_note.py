"""A small letter beside the plan: who asks, in a line, for as long as something is not answered."""

from __future__ import annotations

import pygame

from game.screen.kit.ui import Ui
from game.screen.table.table import Table
from game.telling.say import say

HIGH, GAP = 40, 8  # how much room it takes, and leaves to what lies beside it


def room_left(ui: Ui, rect: pygame.Rect, table: Table, above: bool) -> pygame.Rect:
    """Draw the letter at the upper or the lower edge of some room, if one is due; return the room that is left."""
    asked = table.shown["asked"]
    if not asked["open"] or table.report is not None or table.selected:  # a card that is being chosen needs the room
        return rect
    high, gap = ui.px(HIGH), ui.px(GAP)
    note = pygame.Rect(rect.x, rect.y if above else rect.bottom - high, rect.width, high)
    _draw_note(ui, note, table, asked["note"])
    return pygame.Rect(rect.x, rect.y + (high + gap if above else 0), rect.width, rect.height - high - gap)


def _draw_note(ui: Ui, rect: pygame.Rect, table: Table, text: str) -> None:
    pad, side = ui.px(8), ui.px(24)
    ui.sheet(rect, "selected", "with", 8)
    ui.icon("scroll", (rect.x + pad, rect.centery - side // 2), 24)
    button = pygame.Rect(rect.right - ui.px(84), rect.y + ui.px(5), ui.px(78), rect.height - ui.px(10))
    left = rect.x + 2 * pad + side
    ui.label(text, pygame.Rect(left, rect.y + 2, button.x - pad - left, rect.height - 4), "body", bold=True)
    looks = ("with", "with", "panel")
    if ui.button(
        "read letters", button, say("note.read"), not table.covered, *looks, size="small", tip=say("key.letters")
    ):
        table.open_letters()
