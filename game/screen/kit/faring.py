"""On the report of a season: who is better and who is worse off through the player so far, and in what."""

from __future__ import annotations

from game.playing.shown import Data
from game.screen.kit.page import Page
from game.screen.kit.ui import Ui

PICTURES = {"better": "up", "worse": "down", "both": "scale", "same": "level"}
COLOURS = {"better": "good", "worse": "bad", "both": "ink", "same": "soft_ink"}


def draw_faring(ui: Ui, page: Page, found: Data) -> None:
    """Draw a line for each household, with an arrow, and what it is held against."""
    page.y += ui.text(found["title"], (page.x, page.y), "strong", bold=True, width=page.width) + ui.px(4)
    if found["trouble"] or not found["ready"]:
        _draw_line(ui, page, found["trouble"] or found["counting"], "both")
    else:
        for one in found["households"]:
            _draw_line(ui, page, one["line"], one["way"])
        page.y += ui.text(found["note"], (page.x, page.y), "small", "soft_ink", width=page.width) + ui.px(3)
    page.y += ui.px(8)


def _draw_line(ui: Ui, page: Page, text: str, way: str) -> None:
    left = ui.px(26)
    ui.icon(PICTURES[way], (page.x + ui.px(2), page.y + ui.px(3)), 15)
    page.y += ui.text(text, (page.x + left, page.y), "body", COLOURS[way], width=page.width - left) + ui.px(4)
