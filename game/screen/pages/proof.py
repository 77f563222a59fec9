"""Two rules of proof side by side: what each made of the game, what it struck, and how far each erred."""

from __future__ import annotations

import pygame

from game.playing.shown import Data, Shown
from game.screen.kit.land import land_under
from game.screen.kit.page import Page
from game.screen.kit.side_by_side import Boards, draw_rows, large_sheet
from game.screen.kit.stack import ScreenPage
from game.screen.kit.ui import Ui
from game.screen.kit.work_state import draw_state
from game.telling.say import say

PICTURES, COLOURS = ("cloud", "season"), ("bad", "warn")  # of the two errors


class ProofScene(ScreenPage):
    """The same game under two rules."""

    fills = True

    def __init__(self, shown: Shown) -> None:
        self.shown, self._boards = shown, Boards()

    def draw(self, ui: Ui) -> None:
        """Draw one frame and act on what was pressed."""
        ui.surface.fill(ui.colours["paper"])
        inner = large_sheet(ui)
        y = inner.y + ui.text(say("proof.title"), (inner.x, inner.y), "head", bold=True, width=inner.width)
        y += ui.text(say("proof.how"), (inner.x, y), "body", "soft_ink", width=inner.width) + ui.px(6)
        body = pygame.Rect(inner.x, y, inner.width, inner.bottom - y - ui.px(58))
        work = self.shown.proof()
        verdict = work.result
        if verdict is None:
            draw_state(ui, body, work, say("proof.working"), "ink")
        elif not verdict["force"]:
            ui.text(say("proof.nobody"), body.topleft, "body", width=body.width)
        else:
            with Page(ui, "proof", body, keys=True) as page:
                self._draw_verdict(ui, page, verdict)
        spot = pygame.Rect(inner.x, inner.bottom - ui.px(46), min(ui.px(220), inner.width), ui.px(44))
        if ui.button("back", spot, say("page.back"), True, "with", "with", "panel", size="strong"):
            self.close()

    def _draw_verdict(self, ui: Ui, page: Page, verdict: Data) -> None:
        gap = ui.px(28)
        wide, top, lowest = (page.width - gap) // 2, page.y, page.y
        greatest = max(*(error["amount"] for side in verdict["sides"] for error in side["errors"]), 1e-9)
        high = self._head_height(ui, verdict, wide)
        for number, side in enumerate(verdict["sides"]):
            place = pygame.Rect(page.x + number * (wide + gap), top, wide, high)
            y = self._draw_head(ui, place, number, side)
            lowest = max(lowest, _draw_errors(ui, pygame.Rect(place.x, y, wide, 0), side, greatest))
        page.y = lowest + ui.px(4)
        page.y += ui.text(say("proof.measure"), (page.x, page.y), "small", "soft_ink", width=page.width) + ui.px(10)
        draw_rows(ui, page, verdict["numbers"], verdict["heads"])
        top = lowest = page.y
        for number, side in enumerate(verdict["sides"]):
            place = pygame.Rect(page.x + number * (wide + gap), top, wide, 0)
            lowest = max(lowest, _draw_struck(ui, place, side))
        page.y = lowest

    def _head_height(self, ui: Ui, verdict: Data, wide: int) -> int:
        """Return how high the words above a board are, so that both boards lie level."""
        return max(
            ui.height(_heading(side), "strong", wide, True) + ui.height(side["rule"], "body", wide)
            for side in verdict["sides"]
        )

    def _draw_head(self, ui: Ui, rect: pygame.Rect, number: int, side: Data) -> int:
        """Draw what a rule is called, what it says and the board at the end; return where the rest begins."""
        y = rect.y + ui.text(_heading(side), rect.topleft, "strong", bold=True, width=rect.width)
        ui.text(side["rule"], (rect.x, y), "body", "soft_ink", width=rect.width)
        scene, season = land_under(self.shown, number), self.shown["seasons_over"]
        picture = self._boards.picture(ui, (number, season), scene, (rect.width, ui.px(210)))
        ui.surface.blit(picture, (rect.x, rect.bottom + ui.px(6)))
        return rect.bottom + ui.px(6) + picture.get_height() + ui.px(10)


def _heading(side: Data) -> str:
    return say("proof.side", rule=side["head"], came=side["came"])


def _draw_errors(ui: Ui, rect: pygame.Rect, side: Data, greatest: float) -> int:
    """Draw both errors of a rule as bars on one scale, each with its sentence; return the lower end."""
    y = rect.y
    for error, picture, colour in zip(side["errors"], PICTURES, COLOURS, strict=True):
        left = ui.px(26)
        ui.icon(picture, (rect.x, y), 18)
        head = say("proof.amount", error=error["name"], amount=error["told"])
        y += ui.text(head, (rect.x + left, y), "body", bold=True, width=rect.width - left)
        bar = pygame.Rect(rect.x + left, y + ui.px(3), rect.width - left, ui.px(10))
        ui.bar(bar, error["amount"] / greatest, colour)
        y = bar.bottom + ui.px(3)
        y += ui.text(error["text"], (rect.x + left, y), "body", width=rect.width - left) + ui.px(8)
    return y


def _draw_struck(ui: Ui, rect: pygame.Rect, side: Data) -> int:
    """Draw what a rule struck, when and why; return the lower end."""
    left = ui.px(26)
    y = rect.y + ui.text(say("proof.struck"), rect.topleft, "strong", bold=True, width=rect.width) + ui.px(3)
    for line in side["struck"] or (say("proof.none_struck"),):
        ui.icon("cross" if side["struck"] else "check", (rect.x, y), 18)
        y += ui.text(line, (rect.x + left, y), "body", width=rect.width - left) + ui.px(5)
    return y
