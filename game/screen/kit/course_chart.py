"""The course of a game so far as a chart: what the level watches, and below it which loop ruled when."""

from __future__ import annotations

import pygame

from game.playing.shown import Shown
from game.screen.kit.chart import draw_legend, draw_rulers, line_chart
from game.screen.kit.course_lines import chart_lines
from game.screen.kit.page import Page
from game.screen.kit.ui import Ui
from game.telling.say import say


def draw_course(ui: Ui, page: Page, shown: Shown, height: int) -> None:
    """Draw the curves of the game so far as high as `height`, and below them which loop ruled when."""
    course = shown["course"]
    if len(course["seasons"]) < 2:
        return
    lines = chart_lines(ui, course)
    high = draw_legend(ui, (page.x, page.y), page.width, [line for line in lines if line.thick], "soft_ink")
    if course["store"]:
        title = say("side.stores", stock=course["store"], most=course["store_full"])
        high += ui.text(title, (page.x, page.y + high), "small", "soft_ink", width=page.width)
    band = ui.height("0", "small", page.width) + ui.px(2)
    room = height - high - band - ui.px(6)
    chart = pygame.Rect(page.x, page.y + high + ui.px(3), page.width, max(ui.px(60), room))
    # A young game fills the chart too: it grows with the seasons.
    length = min(shown["level"]["seasons"], max(6, len(course["seasons"])))
    line_chart(ui, chart, lines, length)
    ruling = pygame.Rect(page.x, chart.bottom + ui.px(3), page.width, band)
    draw_rulers(ui, ruling, shown["rulers"], length)
    page.y = ruling.bottom
