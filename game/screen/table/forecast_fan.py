"""Fans of what may come of a plan, as small charts: the band that most dreams fill, and their middle."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.playing.shown import Data
from game.screen.kit.page import Page
from game.screen.kit.ui import Ui
from game.screen.kit.work_state import draw_state
from game.screen.table.table import Table
from game.telling import words
from game.telling.say import say

HIGH, LOW, GAP = 46, 34, 12  # of a chart below the words, of one beside them, and between two
NARROW = 140  # so wide a chart can still be: in a band it would be cut off below another
SLIGHT = 0.1  # of what there will be: a smaller difference does not fill its chart
WORDS, CHARTS = 300, 236  # how wide the words must be, and how wide the charts beside them are


class Aside:
    """The right part of a page that is wide enough, for the charts of what the words at the left speak of.

    Use it as `with Aside(ui, page) as aside`, draw the words, then `aside.draw(...)`
    at any time; where there is no room the charts come below.
    """

    def __init__(self, ui: Ui, page: Page) -> None:
        self.ui, self.page, self.top = ui, page, page.y
        self.beside = page.width >= ui.px(WORDS + CHARTS + GAP)
        self.wide = page.width

    def __enter__(self) -> Aside:
        if self.beside:
            self.page.width -= self.ui.px(CHARTS + GAP)
        return self

    def draw(self, table: Table, option: str = "") -> None:
        """Draw what the plan of the season may bring, or what an option would add to it."""
        page, words_end = self.page, self.page.y
        if not self.beside:
            draw_outlook(self.ui, page, table, option)
            return
        left, width = page.x, page.width
        page.x, page.y, page.width = left + self.wide - self.ui.px(CHARTS), self.top, self.ui.px(CHARTS)
        draw_outlook(self.ui, page, table, option, LOW)
        page.x, page.y, page.width = left, max(words_end, page.y), width

    def __exit__(self, *error: object) -> None:
        self.page.width = self.wide


def draw_outlook(ui: Ui, page: Page, table: Table, option: str = "", high: int = HIGH) -> None:
    """Draw what the plan may bring, or what an option would add to it, once it is dreamt; `high` is each chart."""
    work = table.shown.forecast(option)
    told = work.result
    heading = say("outlook.option" if option else "outlook.plan")
    if told is not None and told["numbers"]:
        far = "outlook.seasons" if work.finished else "outlook.so_far"
        heading = say(far, heading=heading, seasons=words.turns(told["seasons"]))
    page.y += ui.px(4)
    ui.icon("eye", (page.x, page.y), 17)
    left = ui.px(23)
    page.y += ui.text(heading, (page.x + left, page.y), "small", "soft_ink", True, page.width - left) + ui.px(3)
    if told is None:
        if work.trouble:
            page.y += draw_state(ui, pygame.Rect(page.x, page.y, page.width, 0), work, "")
        else:
            page.y += ui.text(say("outlook.imagining"), (page.x + left, page.y), "small", "soft_ink", width=page.width)
        return
    found = told["numbers"]
    across = max(1, min(len(found), page.width // ui.px(NARROW)))
    wide = (page.width - ui.px(GAP) * (across - 1)) // across
    for start in range(0, len(found), across):
        row = found[start : start + across]
        lowest = page.y
        for place, one in enumerate(row):
            x = page.x + place * (wide + ui.px(GAP))
            lowest = max(lowest, _draw_prospect(ui, one, pygame.Rect(x, page.y, wide, ui.px(high))))
        page.y = lowest + ui.px(4)
    if told["because"]:
        page.y += ui.text(told["because"], (page.x, page.y), "small", "warn", width=page.width) + ui.px(3)


def _draw_prospect(ui: Ui, one: Data, rect: pygame.Rect) -> int:
    """Draw one number's fan as high as `rect`, its words above it; return its lower end."""
    line = f"{one['title']}: {one['text']}"
    rect.y += ui.text(line, rect.topleft, "small", "ink", width=rect.width) + ui.px(2)
    draw_fan(ui, rect, one["gain"], SLIGHT * max(map(abs, one["course"]["middle"])))
    ui.tip(say("outlook.tip"), rect)
    return rect.bottom


def draw_fan(ui: Ui, rect: pygame.Rect, fan: Data, slight: float) -> None:
    """Draw a fan of differences: a line at none, the band, the middle; up is more.

    What is less than `slight` looks as little as it is.
    """
    pygame.draw.rect(ui.surface, ui.colours["neutral_soft"], rect, border_radius=ui.px(4))
    space = rect.inflate(-ui.px(8), -ui.px(8))
    reach = max(*map(abs, fan["low"]), *map(abs, fan["high"]), slight, 1e-9)
    count = len(fan["middle"])

    def points(values: Sequence[float]) -> list[tuple[int, int]]:
        return [
            (space.left + round(space.width * place / count), space.centery - round(space.height / 2 * value / reach))
            for place, value in enumerate([0.0, *values])
        ]

    low, middle, high = (points(fan[edge]) for edge in ("low", "middle", "high"))
    pygame.draw.polygon(ui.surface, ui.colours["fan"], [*high, *reversed(low)])
    pygame.draw.line(ui.surface, ui.colours["faint"], (space.left, space.centery), (space.right, space.centery), 1)
    for edge in (low, high):
        pygame.draw.lines(ui.surface, ui.colours["with"], False, edge, 1)
    pygame.draw.lines(ui.surface, ui.colours["ink"], False, middle, ui.px(2))
    pygame.draw.circle(ui.surface, ui.colours["ink"], middle[-1], ui.px(3))
