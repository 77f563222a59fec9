"""Stepping back after the end: a season is chosen and opened again; two timelines lie side by side."""

from __future__ import annotations

import pygame

from game.playing.branches import Course
from game.playing.session import Session
from game.playing.shown import Data
from game.playing.view_after import timelines, timelines_at
from game.screen.kit.chart import Line, draw_legend, line_chart
from game.screen.kit.land import land_at
from game.screen.kit.messages import Branch
from game.screen.kit.page import Page
from game.screen.kit.side_by_side import Boards, draw_rows, large_sheet
from game.screen.kit.stack import ScreenPage
from game.screen.kit.ui import Ui
from game.telling import words
from game.telling.say import say

NAMES = ("timelines.first", "timelines.second")


class TimelinesScene(ScreenPage):
    """The seasons of a game, to step back to; of a branch also the game it branched off, side by side."""

    fills = True

    def __init__(self, session: Session, level_id: str) -> None:
        self.session, self.level_id = session, level_id
        self.told = timelines(session)
        self.branched = self.told["branched_at"] is not None
        self.season = self.played if self.branched else self.played // 2
        self.courses = [Course(one) for one in ([session.origin] if session.origin else []) + [session]]
        self._boards = Boards()
        self._rows: tuple[int, list[Data]] | None = None

    @property
    def played(self) -> int:
        """How many seasons the game lasted, of a branch the branch."""
        seasons: int = self.told["sides"][-1]["seasons"]
        return seasons

    def rows(self) -> list[Data]:
        """Return the numbers after the season that is looked at, side by side."""
        if self._rows is None or self._rows[0] != self.season:
            self._rows = (self.season, timelines_at(self.session, self.season))
        return self._rows[1]

    @property
    def last(self) -> int:
        """The last season that can be looked at."""
        return len(self.told["seasons"])

    def draw(self, ui: Ui) -> None:
        """Draw one frame and act on what was pressed."""
        ui.surface.fill(ui.colours["paper"])
        inner = large_sheet(ui)
        title = say("timelines.two" if self.branched else "timelines.step_back")
        y = inner.y + ui.text(title, (inner.x, inner.y), "head", bold=True, width=inner.width)
        y += ui.text(
            say("timelines.beside" if self.branched else "timelines.how"),
            (inner.x, y),
            "body",
            "soft_ink",
            width=inner.width,
        ) + ui.px(6)
        y = self._draw_seasons(ui, pygame.Rect(inner.x, y, inner.width, 0)) + ui.px(8)
        body = pygame.Rect(inner.x, y, inner.width, inner.bottom - y - ui.px(58))
        with Page(ui, "timelines", body) as page:
            self._draw_sides(ui, page, body)
            if self.branched:
                draw_rows(ui, page, self.rows(), [say(name) for name in NAMES])
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
            shared = self.branched and number <= self.told["branched_at"]
            fill = "selected" if number == self.season else "neutral_soft" if shared else "panel"
            edge = "ink" if number == self.season else "panel_edge"
            tip = self._name_of(number)
            if ui.button(f"season {number}", spot, str(number), True, fill, edge, "ink", size="small", tip=tip):
                self.season = number
        return rect.y + -(-count // across) * (high + gap)

    def _name_of(self, season: int) -> str:
        if not season:
            return say("timelines.start")
        name = self.told["seasons"][season - 1]
        if not name:
            return say("timelines.after_season", season=season)
        return say("timelines.after", season=season, name=name)

    def _draw_sides(self, ui: Ui, page: Page, body: pygame.Rect) -> None:
        gap = ui.px(24)
        wide = (page.width - gap) // 2
        top, lowest = page.y, page.y
        high = max(ui.px(120), body.height // 2 if self.branched else body.height - ui.px(170))
        for side, course in enumerate(self.courses):
            x = page.x + side * (wide + gap)
            lowest = max(lowest, self._draw_side(ui, pygame.Rect(x, top, wide, high), side, course))
        if not self.branched:
            x = page.x + wide + gap
            lowest = max(lowest, self._draw_next(ui, pygame.Rect(x, top, wide, high)))
        page.y = lowest + ui.px(8)

    def _draw_side(self, ui: Ui, rect: pygame.Rect, side: int, course: Course) -> int:
        y, game = rect.y, self.told["sides"][side]
        if self.branched:
            told = say("timelines.side", name=say(NAMES[side]), outcome=game["outcome"])
        else:
            told = say("timelines.after_season", season=self.season) if self.season else say("timelines.at_start")
        y += ui.text(told, (rect.x, y), "strong", bold=True, width=rect.width) + ui.px(2)
        if self.branched and self.season:
            did = game["deeds"][self.season - 1] if self.season <= game["seasons"] else ""
            line = say("timelines.did", season=self.season, deeds=did) if did else say("timelines.over")
            y += ui.text(line, (rect.x, y), "small", "soft_ink", width=rect.width) + ui.px(4)
        room = (rect.width, max(ui.px(110), rect.bottom - y))
        picture = self._boards.picture(ui, (side, self.season), land_at(course, self.season), room)
        ui.surface.blit(picture, (rect.x, y))
        return y + picture.get_height()

    def _draw_next(self, ui: Ui, rect: pygame.Rect) -> int:
        """Draw what was done in the season that would be played anew, and how things stood before it."""
        y = rect.y
        if self.season < self.played:
            head = say("timelines.you_did", season=self.season + 1)
            y += ui.text(head, (rect.x, y), "strong", bold=True, width=rect.width) + ui.px(2)
            did = words.capital(self.told["sides"][-1]["deeds"][self.season])
            y += ui.text(say("timelines.deeds", deeds=did), (rect.x, y), "body", width=rect.width) + ui.px(8)
        else:
            y += ui.text(say("timelines.ended"), (rect.x, y), "strong", bold=True, width=rect.width) + ui.px(8)
        for row in self.rows():
            ui.text(row["name"], (rect.x, y), "body", "soft_ink", width=rect.width * 2 // 3)
            y += ui.text(row["first"], (rect.x + rect.width * 2 // 3, y), "body", bold=True, width=rect.width // 3)
        return y

    def _draw_course(self, ui: Ui, page: Page) -> None:
        """Draw the course of what the level is about: both timelines in one chart."""
        lines = []
        for side, game in enumerate(self.told["sides"]):
            second = side == 1 or not self.branched
            for one, sign in zip(game["lines"], ("circle", "ring"), strict=False):
                told = one["name"]
                if self.branched:
                    told = say("timelines.line", number=told, name=say(NAMES[side]).lower())
                colour = ui.colours["with" if second else "faint"]
                lines.append(Line(told, one["values"], colour, second, sign))
        rect = pygame.Rect(page.x, page.y, page.width, ui.px(120))
        line_chart(ui, rect, lines, max(1, self.last))
        space = rect.inflate(-ui.px(12), 0)
        x = space.left + round(space.width * self.season / max(1, self.last))
        pygame.draw.line(ui.surface, ui.colours["ink"], (x, rect.top), (x, rect.bottom), 1)
        page.y = rect.bottom + ui.px(4)
        page.y += draw_legend(ui, (page.x, page.y), page.width, lines)

    def _draw_buttons(self, ui: Ui, inner: pygame.Rect) -> None:
        wide, gap = min(ui.px(280), (inner.width - ui.px(12)) // 2), ui.px(12)
        back = pygame.Rect(inner.x, inner.bottom - ui.px(46), wide, ui.px(44))
        if ui.button("back", back, say("page.back"), size="strong"):
            self.close()
        on = pygame.Rect(back.right + gap, back.y, wide, back.height)
        possible = self.season < self.played
        label = say("timelines.play_season", season=self.season + 1) if possible else say("timelines.play")
        tip = "" if possible else say("timelines.earlier")
        if ui.button("branch", on, label, possible, "with", "with", "panel", size="strong", tip=tip):
            self.stack.send(Branch(self.season))
