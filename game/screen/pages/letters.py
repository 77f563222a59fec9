"""Letters on the table: what others offer, what it means for both sides, and the answer."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.playing.shown import Data, Shown
from game.screen.kit.page import Page
from game.screen.kit.stack import ScreenPage
from game.screen.kit.ui import Ui
from game.telling.say import say


class LettersPage(ScreenPage):
    """Every letter of one season, with yes and no beside it."""

    focus = "letters done"

    def __init__(self, shown: Shown, give: Callable[[], None] | None = None) -> None:
        self.shown = shown
        self._give = give  # hands the answers over, in a turn that is there for nothing else

    def draw(self, ui: Ui) -> None:
        """Draw the sheet and act on what was pressed."""
        ui.cover()
        bounds = ui.surface.get_rect()
        rect = pygame.Rect(0, 0, min(ui.px(680), bounds.width - ui.px(32)), 0)
        letters = self.shown["letters"]
        inner = rect.width - ui.px(48)
        needed = sum(self._height(ui, letter, inner) for letter in letters) + ui.px(130)
        rect.height = min(needed, bounds.height - ui.px(28))
        rect.center = bounds.center
        ui.sheet(rect)
        title = say("letters.one") if len(letters) == 1 else say("letters.several", count=len(letters))
        ui.text(title, (rect.x + ui.px(24), rect.y + ui.px(16)), "head", bold=True, width=inner, inside=rect)
        body = pygame.Rect(rect.x + ui.px(24), rect.y + ui.px(56), inner, rect.height - ui.px(120))
        with Page(ui, "letters", body, keys=True) as page:
            for number, letter in enumerate(letters):
                self._draw_letter(ui, page, number, letter)
        button = pygame.Rect(0, 0, ui.px(240), ui.px(42))
        button.midbottom = (rect.centerx, rect.bottom - ui.px(14))
        label = say("letters.give" if self.shown["turn"]["answering"] else "letters.back")
        if ui.button("letters done", button, label, True, "panel", "panel_edge", "ink", size="strong"):
            self.close()
            if self._give is not None and self.shown["turn"]["answering"]:
                self._give()

    @staticmethod
    def _lines(letter: Data) -> list[str]:
        return [letter["text"], *letter["means"], letter["answered"]]

    def _height(self, ui: Ui, letter: Data, width: int) -> int:
        return sum(ui.height(line, "strong", width) + ui.px(4) for line in self._lines(letter)) + ui.px(66)

    def _draw_letter(self, ui: Ui, page: Page, number: int, letter: Data) -> None:
        for line in self._lines(letter):
            ui.text(line, (page.x, page.y), "strong", width=page.width)
            page.y += ui.height(line, "strong", page.width) + ui.px(4)
        wide = ui.px(120)
        spot = pygame.Rect(page.x, page.y + ui.px(4), wide, ui.px(40))
        for name, yes in (("yes", True), ("no", False)):
            chosen = letter["answer"] is yes
            looks = ("with", "with", "panel") if chosen and yes else ("over", "over", "panel") if chosen else (
                "panel", "panel_edge", "ink")  # fmt: skip
            if ui.button(f"letter {number} {name}", spot, say(f"letters.{name}"), True, *looks, size="strong"):
                self.shown.decide({"do": "answer", "letter": number, "yes": yes})
            spot = spot.move(wide + ui.px(10), 0)
        for amount, label in zip(letter["amounts"], letter["amounts_told"], strict=True):
            chosen = letter["answer"] == amount and not isinstance(letter["answer"], bool)
            looks = ("with", "with", "panel") if chosen else ("panel", "panel_edge", "ink")
            if ui.button(f"letter {number} amount {amount:g}", spot, label, True, *looks, size="strong"):
                self.shown.decide({"do": "answer", "letter": number, "yes": True, "amount": amount})
            spot = spot.move(wide + ui.px(10), 0)
        page.y += ui.px(62)
