"""Where the hand lay, while a target is chosen: the card, its places, what the one pointed at costs and may bring."""

from __future__ import annotations

import pygame

from game.playing.shown import Data
from game.screen.kit.page import Page
from game.screen.kit.ui import Ui
from game.screen.table.detail import draw_choosing, draw_chosen
from game.screen.table.forecast_fan import LOW, draw_outlook
from game.screen.table.table import Table

CHARTS, WORDS = 0.24, 0.38  # how much of the width the charts and the choice take


class Column:
    """The right part of the band, for the charts of what may come of the place that is pointed at."""

    def __init__(self, ui: Ui, page: Page, x: int, width: int) -> None:
        self.ui, self.page, self.x, self.width, self.top = ui, page, x, width, page.y

    def draw(self, table: Table, option: str = "") -> None:
        """Draw the charts at the head of the column; the page goes on where it was, or below them."""
        page, was = self.page, (self.page.x, self.page.y, self.page.width)
        page.x, page.y, page.width = self.x, self.top, self.width
        draw_outlook(self.ui, page, table, option, LOW)
        page.x, page.y, page.width = was[0], max(was[1], page.y), was[2]


def draw_band(ui: Ui, rect: pygame.Rect, table: Table, card: Data) -> None:
    """Draw the band; act on what is pressed in it."""
    ui.sheet(rect, "panel", card["mode"])
    said = table.notice
    gap = ui.px(16)
    with Page(ui, f"choose {card['id']}", rect.inflate(-ui.px(28), -ui.px(12)), keys=True) as page:
        x, top, width = page.x, page.y, page.width
        charts = round(width * CHARTS)
        words = round(width * WORDS)
        column = Column(ui, page, x + width - charts, charts)
        page.width = words
        shown = draw_choosing(ui, page, table, card)
        lowest = page.y
        page.x, page.y, page.width = x + words + gap, top, width - words - charts - 2 * gap
        draw_chosen(ui, page, table, card, shown, column)
        page.x, page.y, page.width = x, max(lowest, page.y), width
    # A press where a card of the hand lay before, or on nothing: what is asked for is said again, where anything is.
    asks = any(not option["obstacle"] for option in card["options"])
    if asks and ui.input.pressed and ui.hovered(rect) and not ui.pressed_any and table.notice == said:
        table.still_choosing()
