"""A sheet that asks: before a saved game goes on whose level or rules are others by now, before something is lost."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.record.carried import file_of, has_changed
from game.record.saved_game import SavedGame
from game.screen.kit.messages import Message
from game.screen.kit.stack import ScreenPage
from game.screen.kit.ui import Ui
from game.sim import RULE_NUMBER
from game.telling.say import say


def questions(game: SavedGame) -> list[str]:
    """Return what to ask before a saved game goes on, a line each; nothing where all is as it was."""
    changed = game.level_text is not None and has_changed(game.level_text, file_of(game.level))
    return [say("kept.level")] * changed + [say("kept.rules")] * (game.rules != RULE_NUMBER)


class Question(ScreenPage):
    """Lines with two answers: the first sends a message, the second only shuts the page."""

    focus = "go on"

    def __init__(self, lines: Sequence[str], yes: str, no: str, message: Message, back_to: str = "") -> None:
        self.lines, self.yes, self.no, self.message, self.back_to = lines, yes, no, message, back_to

    def draw(self, ui: Ui) -> None:
        """Draw the sheet and act on what was pressed."""
        ui.cover()
        bounds = ui.surface.get_rect()
        wide = min(ui.px(520), bounds.width - ui.px(24))
        text = wide - ui.px(44)
        highs = [ui.height(line, "strong", text) + ui.px(10) for line in self.lines]
        rect = pygame.Rect(0, 0, wide, min(sum(highs) + ui.px(90), bounds.height - ui.px(20)))
        rect.center = bounds.center
        ui.sheet(rect)
        inner = rect.inflate(-ui.px(44), -ui.px(28))
        y = inner.y
        for line, high in zip(self.lines, highs, strict=True):
            ui.text(line, (inner.x, y), "strong", width=text)
            y += high
        half = (inner.width - ui.px(12)) // 2
        spot = pygame.Rect(inner.x, inner.bottom - ui.px(44), half, ui.px(44))
        if ui.focus not in ("go on", "leave it"):
            ui.focus = "go on"
        if ui.button("go on", spot, self.yes, True, "with", "with", "panel", size="strong"):
            self.close()
            self.stack.send(self.message)
        if ui.button("leave it", spot.move(half + ui.px(12), 0), self.no, size="strong"):
            self.close()
