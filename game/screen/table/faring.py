"""On the report of a season: who is better and who is worse off through the player so far, and in what."""

from __future__ import annotations

from game.playing.faring import faring_lines
from game.playing.session import Session
from game.screen.kit.page import Page
from game.screen.kit.ui import Ui

PICTURES = {"good": "up", "bad": "down", "notice": "scale", "plain": "level"}
COLOURS = {"good": "good", "bad": "bad", "notice": "ink", "plain": "soft_ink"}


def counted(session: Session) -> bool:
    """Whether it is known how everybody fares through each player."""
    return all(session.fared.ask(seat).done for seat in session.seats)


def draw_faring(ui: Ui, page: Page, session: Session) -> None:
    """Draw a line for each household, with an arrow, and what it is held against."""
    model = session.model
    for seat in session.seats:
        mine = model.layout.seats[seat]
        reader = mine if len(session.seats) == 1 else -1
        heading, *lines = faring_lines(model, session.fared.ask(seat), mine, reader)
        page.y += ui.text(heading.text, (page.x, page.y), "strong", bold=True, width=page.width) + ui.px(4)
        for line in lines:
            if line.place == "under":
                page.y += ui.text(line.text, (page.x, page.y), "small", "soft_ink", width=page.width) + ui.px(3)
                continue
            left = ui.px(26)
            ui.icon(PICTURES[line.tone], (page.x + ui.px(2), page.y + ui.px(3)), 15)
            room = page.width - left
            page.y += ui.text(line.text, (page.x + left, page.y), "body", COLOURS[line.tone], width=room) + ui.px(4)
        page.y += ui.px(8)
