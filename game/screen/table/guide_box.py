"""The yellow box of a guided level: one note at a time, above the table."""

from __future__ import annotations

import pygame

from game.screen.kit.ui import Ui


def draw_guide(ui: Ui, rest: pygame.Rect, note: str) -> pygame.Rect:
    """Draw the present note at the top of `rest`, if there is one; return what is left below it."""
    text = note.replace("*", "")
    if not text:
        return rest
    pad, mark = ui.px(8), ui.px(24)
    width = rest.width - 3 * pad - mark
    box = pygame.Rect(rest.x, rest.y, rest.width, ui.height(text, "body", width, True) + 2 * pad)
    ui.panel(box, "selected", "warn", 8)
    ui.icon("star", (box.x + pad, box.centery - mark // 2), 24)
    ui.text(text, (box.x + 2 * pad + mark, box.y + pad), "body", "ink", True, width, box)
    gap = ui.px(8)
    return pygame.Rect(rest.x, box.bottom + gap, rest.width, rest.bottom - box.bottom - gap)
