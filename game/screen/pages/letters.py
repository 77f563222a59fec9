"""Letters on the table: what others offer, what it means for both sides, and the answer."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.playing.letters import Letter, amount_text, answer_line, letter_line
from game.playing.session import Session
from game.screen.kit.page import Page
from game.screen.kit.stack import ScreenPage
from game.screen.kit.ui import Ui


class LettersPage(ScreenPage):
    """Every letter of one season, with yes and no beside it."""

    focus = "letters done"

    def __init__(self, session: Session, give: Callable[[], None] | None = None) -> None:
        self.session = session
        self._give = give  # hands the answers over, in a turn that is there for nothing else
        self._meaning: dict[tuple[int, int], list[str]] = {}

    def draw(self, ui: Ui) -> None:
        """Draw the sheet and act on what was pressed."""
        ui.cover()
        bounds = ui.surface.get_rect()
        rect = pygame.Rect(0, 0, min(ui.px(680), bounds.width - ui.px(32)), 0)
        letters = self.session.letters()
        inner = rect.width - ui.px(48)
        needed = sum(self._height(ui, letter, inner) for letter in letters) + ui.px(130)
        rect.height = min(needed, bounds.height - ui.px(28))
        rect.center = bounds.center
        ui.sheet(rect)
        title = "A letter for you" if len(letters) == 1 else f"{len(letters)} letters for you"
        ui.text(title, (rect.x + ui.px(24), rect.y + ui.px(16)), "head", bold=True, width=inner, inside=rect)
        body = pygame.Rect(rect.x + ui.px(24), rect.y + ui.px(56), inner, rect.height - ui.px(120))
        with Page(ui, "letters", body, keys=True) as page:
            for number, letter in enumerate(letters):
                self._draw_letter(ui, page, number, letter)
        button = pygame.Rect(0, 0, ui.px(240), ui.px(42))
        button.midbottom = (rect.centerx, rect.bottom - ui.px(14))
        label = "Give these answers" if self.session.answering else "Back to the season"
        if ui.button("letters done", button, label, True, "panel", "panel_edge", "ink", size="strong"):
            self.close()
            if self._give is not None and self.session.answering:
                self._give()

    def _lines(self, letter: Letter) -> list[str]:
        key = (letter.seat, letter.candidate)
        if key not in self._meaning:
            self._meaning[key] = self.session.meaning(letter)
        return [
            letter_line(self.session.model, self.session.world, letter),
            *self._meaning[key],
            answer_line(self.session.model, letter),
        ]

    def _height(self, ui: Ui, letter: Letter, width: int) -> int:
        return sum(ui.height(line, "strong", width) + ui.px(4) for line in self._lines(letter)) + ui.px(66)

    def _draw_letter(self, ui: Ui, page: Page, number: int, letter: Letter) -> None:
        for line in self._lines(letter):
            ui.text(line, (page.x, page.y), "strong", width=page.width)
            page.y += ui.height(line, "strong", page.width) + ui.px(4)
        wide = ui.px(120)
        spot = pygame.Rect(page.x, page.y + ui.px(4), wide, ui.px(40))
        for name, label, yes in (("yes", "Yes", True), ("no", "No", False)):
            chosen = letter.answer is yes
            looks = ("with", "with", "panel") if chosen and yes else ("over", "over", "panel") if chosen else (
                "panel", "panel_edge", "ink")  # fmt: skip
            if ui.button(f"letter {number} {name}", spot, label, True, *looks, size="strong"):
                self.session.answer(letter, yes)
            spot = spot.move(wide + ui.px(10), 0)
        for amount in letter.others:
            chosen = letter.answer == amount and not isinstance(letter.answer, bool)
            looks = ("with", "with", "panel") if chosen else ("panel", "panel_edge", "ink")
            label = amount_text(self.session.model, letter.candidate, amount)
            if ui.button(f"letter {number} amount {amount:g}", spot, label, True, *looks, size="strong"):
                self.session.answer(letter, amount)
            spot = spot.move(wide + ui.px(10), 0)
        page.y += ui.px(62)
