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
        self._apart: set[int] = set()  # letters that stand for others too, and are to be answered one by one
        self._give = give  # hands the answers over, in a turn that is there for nothing else

    def draw(self, ui: Ui) -> None:
        """Draw the sheet and act on what was pressed."""
        ui.cover()
        bounds = ui.surface.get_rect()
        rect = pygame.Rect(0, 0, min(ui.px(680), bounds.width - ui.px(32)), 0)
        letters = [(number, one) for number, one in enumerate(self.shown["letters"]) if self._stands(number, one)]
        inner = rect.width - ui.px(48)
        needed = sum(self._height(ui, number, letter, inner) for number, letter in letters) + ui.px(130)
        rect.height = min(needed, bounds.height - ui.px(28))
        rect.center = bounds.center
        ui.sheet(rect)
        count = len(self.shown["letters"])
        title = say("letters.one") if count == 1 else say("letters.several", count=count)
        ui.text(title, (rect.x + ui.px(24), rect.y + ui.px(16)), "head", bold=True, width=inner, inside=rect)
        body = pygame.Rect(rect.x + ui.px(24), rect.y + ui.px(56), inner, rect.height - ui.px(120))
        with Page(ui, "letters", body, keys=True) as page:
            for number, letter in letters:
                self._draw_letter(ui, page, number, letter)
        button = pygame.Rect(0, 0, ui.px(240), ui.px(42))
        button.midbottom = (rect.centerx, rect.bottom - ui.px(14))
        label = say("letters.give" if self.shown["turn"]["answering"] else "letters.back")
        if ui.button("letters done", button, label, True, "panel", "panel_edge", "ink", size="strong"):
            self.close()
            if self._give is not None and self.shown["turn"]["answering"]:
                self._give()

    def _stands(self, number: int, letter: Data) -> bool:
        """Whether a letter is shown by itself, and not answered with one that offers the same."""
        return letter["alike"] == number or letter["alike"] in self._apart

    def _gathered(self, number: int, letter: Data) -> bool:
        return bool(letter["with_it"]) and number not in self._apart

    @staticmethod
    def _lines(letter: Data) -> list[str]:
        return [letter["text"], *letter["means"], letter["answered"]]

    def _height(self, ui: Ui, number: int, letter: Data, width: int) -> int:
        told = sum(ui.height(line, "strong", width) + ui.px(4) for line in self._lines(letter))
        return told + ui.px(66) + (ui.px(34) if self._gathered(number, letter) else 0)

    def _answer(self, number: int, answer: Data) -> None:
        """Give one answer to a letter and to all that offer just the same."""
        for at, one in enumerate(self.shown["letters"]):
            if at == number or (one["alike"] == number and number not in self._apart):
                self.shown.decide({"do": "answer", "letter": at, **answer})

    def _draw_gathered(self, ui: Ui, page: Page, number: int, letter: Data) -> None:
        """Draw who offers the same, and the button that lets one answer each."""
        wide = ui.px(110)
        spot = pygame.Rect(page.x + page.width - wide, page.y, wide, ui.px(28))
        ui.icon("hands", (page.x, page.y + ui.px(3)), 20)
        left = ui.px(28)
        room = pygame.Rect(page.x + left, page.y, page.width - wide - left - ui.px(8), ui.px(28))
        ui.label(letter["with_it"], room, "body", "with", True)
        if ui.button(f"letter {number} apart", spot, say("letters.apart"), size="small"):
            self._apart.add(number)
        page.y += ui.px(34)

    def _draw_letter(self, ui: Ui, page: Page, number: int, letter: Data) -> None:
        if self._gathered(number, letter):
            self._draw_gathered(ui, page, number, letter)
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
                self._answer(number, {"yes": yes})
            spot = spot.move(wide + ui.px(10), 0)
        for amount, label in zip(letter["amounts"], letter["amounts_told"], strict=True):
            chosen = letter["answer"] == amount and not isinstance(letter["answer"], bool)
            looks = ("with", "with", "panel") if chosen else ("panel", "panel_edge", "ink")
            if ui.button(f"letter {number} amount {amount:g}", spot, label, True, *looks, size="strong"):
                self._answer(number, {"yes": True, "amount": amount})
            spot = spot.move(wide + ui.px(10), 0)
        page.y += ui.px(62)
