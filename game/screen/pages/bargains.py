"""Deals that call themselves partnering and were paid for by others: a mark, and the page that it opens."""

from __future__ import annotations

import pygame

from game.playing.shown import Data, Shown
from game.screen.kit.page import Page
from game.screen.kit.side_by_side import sheet_above
from game.screen.kit.stack import PageStack, ScreenPage
from game.screen.kit.ui import Ui
from game.telling.say import say

PICTURES = {"gained": "star", "paid": "cloud"}
BACK_WIDE, BACK_HIGH = 220, 42


def marked(shown: Shown) -> Data | None:
    """Return what is told of deals for which others have paid; None where there is none or nobody knows yet.

    Where several people play it would tell one of them what another agreed.
    """
    if len(shown.session.seats) > 1 or not shown["seasons_over"]:
        return None
    found = shown.bargains().result
    return found if found and found["deals"] else None


def draw_mark(ui: Ui, spot: pygame.Rect, shown: Shown, stack: PageStack, label: str, found: Data) -> None:
    """Draw the mark as a button that opens the page."""
    looks = ("selected", "warn", "ink")
    if ui.button("bargains", spot, label, True, *looks, picture="caution", size="small", tip=found["line"]):
        stack.push(BargainsPage(shown))


class BargainsPage(ScreenPage):
    """Each such deal: when, with whom, and who gained and who paid."""

    focus = "close bargains"
    back_to = "bargains"

    def __init__(self, shown: Shown) -> None:
        self.shown = shown

    def draw(self, ui: Ui) -> None:
        """Draw the page above the rest and act on what was pressed."""
        inner = sheet_above(ui, 860)
        ui.icon("caution", inner.topleft, 30)
        left = inner.x + ui.px(42)
        y = inner.y + ui.text(say("bargains.title"), (left, inner.y), "head", bold=True, width=inner.right - left)
        y += ui.px(8)
        body = pygame.Rect(inner.x, y, inner.width, inner.bottom - ui.px(BACK_HIGH + 10) - y)
        with Page(ui, "bargains page", body, keys=True) as page:
            page.y += ui.text(say("bargains.how"), (page.x, page.y), "body", "soft_ink", width=page.width) + ui.px(8)
            found = marked(self.shown)
            for deal in found["deals"] if found else ():
                self._draw_deal(ui, page, deal)
        wide = min(ui.px(BACK_WIDE), inner.width)
        spot = pygame.Rect(inner.right - wide, inner.bottom - ui.px(BACK_HIGH), wide, ui.px(BACK_HIGH))
        if ui.button("close bargains", spot, say("page.back"), True, "with", "with", "panel", size="strong"):
            self.close()

    @staticmethod
    def _draw_deal(ui: Ui, page: Page, deal: Data) -> None:
        title = say("bargains.deal", season=deal["season"], deed=deal["title"], whom=deal["with"])
        page.y += ui.text(title, (page.x, page.y), "strong", bold=True, width=page.width) + ui.px(2)
        paid = say("bargains.paid", who=deal["paid_by"])
        page.y += ui.text(paid, (page.x, page.y), "body", "warn", True, page.width) + ui.px(3)
        left = ui.px(26)
        for line in deal["lines"]:
            kind = line.partition(":")[0].strip()
            ui.icon(PICTURES.get(kind, "speech"), (page.x, page.y), 18)
            text = line[:1].upper() + line[1:]
            page.y += ui.text(text, (page.x + left, page.y), "body", width=page.width - left) + ui.px(3)
        page.y += ui.px(10)
