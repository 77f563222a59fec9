"""What all deeds of a player made together: a block for each number, a bar for each kind of deed."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.playing.shown import Data
from game.screen.kit.page import Page
from game.screen.kit.ui import Ui
from game.telling.say import say


def draw_together(ui: Ui, page: Page, told: Sequence[Data]) -> None:
    """Draw how each number would have ended without any deed, and which deeds made the difference."""
    page.y += ui.text(say("shares.how"), (page.x, page.y), "small", "soft_ink", width=page.width) + ui.px(10)
    if not told:
        page.y += ui.text(say("shares.nothing"), (page.x, page.y), "body", width=page.width)
    side = max((ui.width(part["text"], "body", True) for joint in told for part in joint["parts"]), default=0) + ui.px(
        4
    )
    for joint in told:
        _draw_joint(ui, page, joint, side)


def _draw_joint(ui: Ui, page: Page, joint: Data, side: int) -> None:
    page.y += ui.text(joint["head"], (page.x, page.y), "body", bold=True, width=page.width) + ui.px(4)
    most = max(abs(part["amount"]) for part in joint["parts"])
    for part in joint["parts"]:
        _draw_part(ui, page, part, part["amount"] / most, side)
    for line in (joint["rest"], joint["leans"]):
        if line:
            page.y += ui.text(line, (page.x, page.y), "small", "soft_ink", width=page.width) + ui.px(2)
    page.y += ui.px(12)


def _draw_part(ui: Ui, page: Page, part: Data, share: float, side: int) -> None:
    """Draw one kind of deed: its name, its bar to the right of the middle for more, to the left for less, its text.

    `side` is how wide the texts are.
    """
    wide, gap = page.width * 2 // 5, ui.px(10)
    high = ui.text(part["label"], (page.x, page.y), "body", width=wide)
    bar = pygame.Rect(page.x + wide + gap, page.y + ui.px(3), page.width - wide - side - 2 * gap, ui.px(14))
    middle = bar.centerx
    length = max(2, round(abs(share) * bar.width / 2))
    filled = pygame.Rect(middle if share > 0.0 else middle - length, bar.y, length, bar.height)
    pygame.draw.rect(ui.surface, ui.colours[part["mode"]], filled, border_radius=ui.px(3))
    pygame.draw.line(ui.surface, ui.colours["soft_ink"], (middle, bar.y - ui.px(2)), (middle, bar.bottom + ui.px(1)))
    ui.text(part["text"], (bar.right + gap, page.y), "body", bold=True, width=side)
    page.y += high + ui.px(3)
