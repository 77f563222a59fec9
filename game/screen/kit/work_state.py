"""What a page shows of work in the background: that it goes on and how far it is, or what went wrong."""

from __future__ import annotations

from typing import Any

import pygame

from game.playing.background import Work
from game.playing.shown import Answer
from game.screen.kit.ui import Ui
from game.telling.say import say


def draw_state(ui: Ui, rect: pygame.Rect, work: Work[Any] | Answer[Any], waiting: str, colour: str = "soft_ink") -> int:
    """Draw from the upper edge of `rect` that one waits, or what went wrong and a way to try again; return how high."""
    if not work.trouble:
        high = ui.text(waiting, rect.topleft, "body", colour, width=rect.width)
        if work.progress:
            track = pygame.Rect(rect.x, rect.y + high + ui.px(6), min(ui.px(260), rect.width), ui.px(6))
            ui.bar(track, work.progress, "with")
        return high + ui.px(12)
    high = ui.text(work.trouble, rect.topleft, "body", "bad", width=rect.width) + ui.px(8)
    spot = pygame.Rect(rect.x + ui.px(3), rect.y + high, min(ui.px(150), rect.width - ui.px(6)), ui.px(34))
    if ui.button("try again", spot, say("page.again"), picture="redo"):
        work.again()
    return high + spot.height + ui.px(8)
