"""Stepping back after the end: a season is chosen and opened again; two timelines lie side by side."""

from __future__ import annotations

import pygame

from game.playing.branches import Course, deeds_line, outcome, rows
from game.playing.session import Session
from game.screen.kit.chart import Line, draw_legend, line_chart
from game.screen.kit.messages import Branch
from game.screen.kit.page import Page
from game.screen.kit.side_by_side import Boards, draw_rows, large_sheet
from game.screen.kit.stack import ScreenPage
from game.screen.kit.ui import Ui
from game.screen.table.panels import main_lines
from game.telling import words

HOW = "Choose a season, with the mouse or the arrow keys, and play on from there. Luck stays the same."
BESIDE = "The same luck, the same neighbours: what differs comes of what you decided otherwise."
FIRST, SECOND = "The first time", "The other way"


class TimelinesScene(ScreenPage):
    """The seasons of a game, to step back to; of a branch also the game it branched off, side by side."""

    fills = True

    def __init__(self, session: Session, level_id: str) -> None:
        self.session, self.level_id = session, level_id
        self.origin = session.origin
        self.season = len(session.plans) if self.origin else max(0, len(session.plans) // 2)
        self.courses = [Course(one) for one in ([self.origin] if self.origin else []) + [session]]
        self._boards = Boards(session.model)

    @property
    def last(self) -> int:
        """The last season that can be looked at."""
        return max(len(course.session.plans) for course in self.courses)

    def draw(self, ui: Ui) -> None:
        """Draw one frame and act on what was pressed."""
        ui.surface.fill(ui.colours["paper"])
        inner = large_sheet(ui)
        title = "Two timelines" if self.origin else "Step back"
        y = inner.y + ui.text(title, (inner.x, inner.y), "head", bold=True, width=inner.width)
        y += ui.text(BESIDE if self.origin else HOW, (inner.x, y), "body", "soft_ink", width=inner.width) + ui.px(6)
        y = self._draw_seasons(ui, pygame.Rect(inner.x, y, inner.width, 0)) + ui.px(8)
        body = pygame.Rect(inner.x, y, inner.width, inner.bottom - y - ui.px(58))
        with Page(ui, "timelines", body) as page:
            self._draw_sides(ui, page, body)
            if self.origin is not None:
                draw_rows(ui, page, rows(self.origin, self.session, self.season), (FIRST, SECOND))
            self._draw_course(ui, page)
        self._draw_buttons(ui, inner)

    def _draw_seasons(self, ui: Ui, rect: pygame.Rect) -> int:
        """Draw a button for every season and follow the arrow keys; return where the rest begins."""
        if ui.pressed_key(pygame.K_RIGHT):
            self.season = min(self.season + 1, self.last)
        if ui.pressed_key(pygame.K_LEFT):
            self.season = max(self.season - 1, 0)
        count, gap = self.last + 1, ui.px(3)
        across = max(1, min(count, rect.width // ui.px(34)))
        across = -(-count // -(-count // across))
        wide, high = (rect.width - gap * (across - 1)) // across, ui.px(28)
        for number in range(count):
            spot = pygame.Rect(
                rect.x + (number % across) * (wide + gap), rect.y + (number // across) * (high + gap), wide, high
            )
            shared = self.origin is not None and number <= self.session.branched_at
            fill = "selected" if number == self.season else "neutral_soft" if shared else "panel"
            edge = "ink" if number == self.season else "panel_edge"
            tip = "The start." if number == 0 else f"After season {number}, {words.season_name(number)}."
            if ui.button(f"season {number}", spot, str(number), True, fill, edge, "ink", size="small", tip=tip):
                self.season = number
        return rect.y + -(-count // across) * (high + gap)

    def _draw_sides(self, ui: Ui, page: Page, body: pygame.Rect) -> None:
        gap = ui.px(24)
        wide = (page.width - gap) // 2
        top, lowest = page.y, page.y
        high = max(ui.px(120), body.height // 2 if self.origin else body.height - ui.px(170))
        for side, course in enumerate(self.courses):
            name = (FIRST, SECOND)[side] if self.origin else f"After season {self.season}" if self.season else "Start"
            x = page.x + side * (wide + gap)
            lowest = max(lowest, self._draw_side(ui, pygame.Rect(x, top, wide, high), side, course, name))
        if self.origin is None:
            x = page.x + wide + gap
            lowest = max(lowest, self._draw_next(ui, pygame.Rect(x, top, wide, high)))
        page.y = lowest + ui.px(8)

    def _draw_side(self, ui: Ui, rect: pygame.Rect, side: int, course: Course, name: str) -> int:
        y = rect.y
        told = f"{name}: {outcome(course.session)}" if self.origin else name
        y += ui.text(told, (rect.x, y), "strong", bold=True, width=rect.width) + ui.px(2)
        if self.origin is not None and self.season:
            did = deeds_line(course.session, self.season - 1)
            line = f"Season {self.season}: {did}." if did else "Over by then."
            y += ui.text(line, (rect.x, y), "small", "soft_ink", width=rect.width) + ui.px(4)
        room = (rect.width, max(ui.px(110), rect.bottom - y))
        picture = self._boards.picture(ui, (side, self.season), course.world(self.season), room)
        ui.surface.blit(picture, (rect.x, y))
        return y + picture.get_height()

    def _draw_next(self, ui: Ui, rect: pygame.Rect) -> int:
        """Draw what was done in the season that would be played anew, and how things stood before it."""
        y = rect.y
        if self.season < len(self.session.plans):
            head = f"What you did in season {self.season + 1}"
            y += ui.text(head, (rect.x, y), "strong", bold=True, width=rect.width) + ui.px(2)
            did = deeds_line(self.session, self.season)
            y += ui.text(f"{did[:1].upper()}{did[1:]}.", (rect.x, y), "body", width=rect.width) + ui.px(8)
        else:
            y += ui.text("This is how it ended.", (rect.x, y), "strong", bold=True, width=rect.width) + ui.px(8)
        for row in rows(self.session, self.session, self.season):
            ui.text(row.name, (rect.x, y), "body", "soft_ink", width=rect.width * 2 // 3)
            y += ui.text(row.first, (rect.x + rect.width * 2 // 3, y), "body", bold=True, width=rect.width // 3)
        return y

    def _draw_course(self, ui: Ui, page: Page) -> None:
        """Draw the course of what the level is about: both timelines in one chart."""
        lines = []
        for side, course in enumerate(self.courses):
            second = side == 1 or self.origin is None
            for (name, values), sign in zip(
                main_lines(course.session, self._other(course))[:2], ("circle", "ring"), strict=False
            ):
                told = f"{name}, {(FIRST, SECOND)[side].lower()}" if self.origin else name
                colour = ui.colours["with" if second else "faint"]
                lines.append(Line(told, values, colour, second, sign))
        rect = pygame.Rect(page.x, page.y, page.width, ui.px(120))
        line_chart(ui, rect, lines, max(1, self.last))
        space = rect.inflate(-ui.px(12), 0)
        x = space.left + round(space.width * self.season / max(1, self.last))
        pygame.draw.line(ui.surface, ui.colours["ink"], (x, rect.top), (x, rect.bottom), 1)
        page.y = rect.bottom + ui.px(4)
        page.y += draw_legend(ui, (page.x, page.y), page.width, lines)

    def _other(self, course: Course) -> Session | None:
        return next((one.session for one in self.courses if one is not course), None)

    def _draw_buttons(self, ui: Ui, inner: pygame.Rect) -> None:
        wide, gap = min(ui.px(280), (inner.width - ui.px(12)) // 2), ui.px(12)
        back = pygame.Rect(inner.x, inner.bottom - ui.px(46), wide, ui.px(44))
        if ui.button("back", back, "Back", size="strong"):
            self.close()
        on = pygame.Rect(back.right + gap, back.y, wide, back.height)
        possible = self.season < len(self.session.plans)
        label = f"Play season {self.season + 1} anew" if possible else "Play anew"
        tip = "" if possible else "Choose an earlier season."
        if ui.button("branch", on, label, possible, "with", "with", "panel", size="strong", tip=tip):
            self.stack.send(Branch(self.season))
