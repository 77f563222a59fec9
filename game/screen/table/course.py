"""The course of the game so far as a chart, on a sheet of its own that opens on demand."""

from __future__ import annotations

import pygame

from game.playing.shown import Shown
from game.screen.kit.course_chart import draw_course
from game.screen.kit.page import Page
from game.screen.kit.side_by_side import sheet_above
from game.screen.kit.stack import ScreenPage
from game.screen.kit.ui import Ui
from game.telling.say import say


class CoursePage(ScreenPage):
    """The sheet with the chart."""

    focus = "close course"

    def __init__(self, shown: Shown) -> None:
        self.shown = shown

    def draw(self, ui: Ui) -> None:
        """Draw the sheet and act on what was pressed."""
        inner = sheet_above(ui, 860)
        ui.label(say("course.title"), pygame.Rect(inner.x, inner.y, inner.width, ui.px(34)), "head", bold=True)
        body = pygame.Rect(inner.x, inner.y + ui.px(42), inner.width, inner.height - ui.px(42 + 54))
        with Page(ui, "course page", body, keys=True) as page:
            draw_course(ui, page, self.shown, body.height)
        button = pygame.Rect(inner.right - ui.px(220), inner.bottom - ui.px(42), ui.px(220), ui.px(42))
        looks = ("with", "with", "panel")
        if ui.button("close course", button, say("page.back"), True, *looks, size="strong", tip=say("key.escape")):
            self.close()
