"""How a game ended: the outcome, what decided it, the whole course as a chart, questions to talk about."""

from __future__ import annotations

import pygame

from game.picture.board import Board
from game.playing.background import Work
from game.playing.branches import Course
from game.playing.campaign import LIGHT
from game.playing.codex import texts
from game.playing.session import Session
from game.playing.shown import Shown
from game.playing.stars import Tally
from game.screen.kit.chart import draw_legend, draw_rulers, line_chart
from game.screen.kit.course_lines import chart_lines
from game.screen.kit.land import land_at, land_now
from game.screen.kit.messages import Again, Leave
from game.screen.kit.page import Page
from game.screen.kit.side_by_side import large_sheet
from game.screen.kit.stack import ScreenPage
from game.screen.kit.ui import Ui
from game.screen.kit.work_state import draw_state
from game.screen.pages.causes import CausesPage
from game.screen.pages.proof import ProofScene
from game.screen.pages.ripples import DeedsScene
from game.screen.pages.timelines import TimelinesScene
from game.telling.say import say

CHOICES = ("again", "same", "deeds", "timelines", "title")
TIPS = {"same": "end.same_tip", "timelines": "end.timelines_tip"}
LOOKS = {"won": ("good", "star"), "lost": ("bad", "cloud"), "ended": ("warn", "season")}  # colour and icon


class EndingScene(ScreenPage):
    """The last screen of a game."""

    fills = True

    def __init__(self, session: Session, level_id: str, tally: Tally | None = None, again: bool = False,
                 counting: Work[Tally] | None = None) -> None:  # fmt: skip
        self.session, self.level_id = session, level_id
        self.shown = Shown(session)
        self.outcome = self.shown["outcome"]
        self.tally, self.again = tally, again or self.outcome["branch"]
        self.counting = counting  # of the stars, where that went wrong
        self.first, self.last = land_at(Course(session), 0), land_now(session)
        self._boards: dict[tuple[int, int], Board] = {}

    def draw(self, ui: Ui) -> None:
        """Draw one frame and act on what was pressed."""
        ui.surface.fill(ui.colours["paper"])
        inner = large_sheet(ui)
        y = self._draw_head(ui, inner) + ui.px(8)
        body = pygame.Rect(inner.x, y, inner.width, inner.bottom - y - ui.px(58))
        gap = ui.px(28)
        if body.width < ui.px(760):
            with Page(ui, "ending", body, keys=True) as page:
                self._draw_words(ui, page)
                page.y += ui.px(8)
                self._draw_course(ui, page, ui.px(150))
        else:
            half = (body.width - gap) // 2
            with Page(ui, "ending words", pygame.Rect(body.x, y, half, body.height), keys=True) as page:
                self._draw_words(ui, page)
                self._draw_land(ui, page, max(body.bottom - page.y - ui.px(16), ui.px(190)))
            with Page(ui, "ending course", pygame.Rect(body.x + half + gap, y, half, body.height)) as page:
                self._draw_course(ui, page, body.height - ui.px(164))
        self._buttons(ui, inner)

    def draw_below(self, ui: Ui) -> None:
        """Draw bare paper: what lies above takes nearly all the room."""
        ui.surface.fill(ui.colours["paper"])

    def escape(self) -> None:
        """Stay: one leaves by what one chooses."""

    def _draw_head(self, ui: Ui, inner: pygame.Rect) -> int:
        """Draw how it ended; return where the rest begins."""
        outcome, lesson = self.outcome, self.shown["level"]["lesson"]
        name = outcome["name"] if outcome["over"] else "ended"
        lost = name == "lost"
        title = say("end.lost", season=outcome["season"]) if lost else say(f"end.{name}")
        colour, picture = LOOKS[name]
        left, room = inner.x + ui.px(70), inner.width - ui.px(70)
        ui.icon(picture, (inner.x, inner.y), 56)
        # Large where it fits on one line.
        size = "title" if ui.width(title, "title", True) <= room else "head"
        y = inner.y + ui.text(title, (left, inner.y), size, colour, True, room)
        if lost and outcome["why"]:
            y += ui.text(outcome["why"], (left, y), "strong", width=room)
        elif lesson:
            y += ui.text(lesson, (left, y), "strong", "soft_ink", width=room)
        return max(y, inner.y + ui.px(60))

    def _draw_stars(self, ui: Ui, page: Page) -> None:
        """Which stars this game won, and how the others are won."""
        words = texts()["stars"]
        left = ui.px(42)
        if self.tally is None and self.counting is not None:
            self.tally = self.counting.result
            page.y += draw_state(
                ui, pygame.Rect(page.x, page.y, page.width, 0), self.counting, say("end.counting")
            ) + ui.px(6)
        if self.tally is None:
            if self.again:
                ui.icon("star_out", (page.x, page.y), 20)
                room = page.width - ui.px(28)
                page.y += ui.text(words["branch"], (page.x + ui.px(28), page.y), "body", width=room) + ui.px(10)
            return
        for line in self.tally.lines:
            high, size = page.y, 32
            ui.icon("star" if line.won else "star_out", (page.x, page.y), size)
            colour = "good" if line.won else "soft_ink"
            room = page.width - left
            page.y += ui.text(line.name, (page.x + left, page.y), "strong", colour, True, room)
            page.y += ui.text(line.reason, (page.x + left, page.y), "body", width=room)
            spot = pygame.Rect(page.x, high, page.width, page.y - high)
            ui.tip(words["rule"] if line.star == LIGHT else "", spot)
            page.y = max(page.y, high + ui.px(size)) + ui.px(8)
        page.y += ui.px(6)

    def _draw_words(self, ui: Ui, page: Page) -> None:
        self._draw_stars(ui, page)
        left = ui.px(28)
        for goal in self.outcome["goals"]:
            ui.icon("check" if goal["met"] else "cross", (page.x, page.y), 20)
            page.y += ui.text(goal["text"], (page.x + left, page.y), "body", width=page.width - left) + ui.px(7)
        if self.outcome["decisive"]:
            page.y += ui.px(6)
            page.y += ui.text(say("end.decided"), (page.x, page.y), "strong", bold=True, width=page.width) + ui.px(4)
        for line in self.outcome["decisive"]:
            ui.icon("season", (page.x, page.y), 20)
            page.y += ui.text(line, (page.x + left, page.y), "body", width=page.width - left) + ui.px(5)
        if self.outcome["lost"]:
            spot = pygame.Rect(page.x, page.y, min(ui.px(250), page.width), ui.px(34))
            if ui.button("ask why", spot, say("end.why"), picture="help", tip=say("end.why_tip")):
                self.stack.push(CausesPage(self.shown, self.outcome["lost"]))
            page.y += spot.height + ui.px(6)
        page.y += ui.px(6)
        page.y += ui.text(say("end.luck"), (page.x, page.y), "strong", bold=True, width=page.width) + ui.px(4)
        ui.icon("star", (page.x, page.y), 20)
        room, work = pygame.Rect(page.x + left, page.y, page.width - left, 0), self.shown.luck()
        if work.trouble:
            page.y += draw_state(ui, room, work, "")
        else:
            told = work.result["text"] if work.result else say("end.playing")
            page.y += ui.text(told, room.topleft, "body", width=room.width) + ui.px(5)
        spot = pygame.Rect(page.x, page.y, min(ui.px(250), page.width), ui.px(34))
        if ui.button("proof", spot, say("proof.title"), picture="scale", tip=say("end.proof_tip")):
            self.stack.push(ProofScene(self.shown))
        page.y += spot.height + ui.px(6)
        questions = self.outcome["talk"]
        if not questions:
            return
        page.y += ui.px(6)
        page.y += ui.text(say("end.talk"), (page.x, page.y), "strong", bold=True, width=page.width) + ui.px(4)
        for question in questions:
            ui.icon("speech", (page.x, page.y), 20)
            page.y += ui.text(question, (page.x + left, page.y), "body", width=page.width - left) + ui.px(7)

    def _draw_land(self, ui: Ui, page: Page, room: int) -> None:
        """The place as it was and as it is, side by side."""
        rows, columns = self.first.ground.shape
        gap, high = ui.px(12), ui.height("0", "small", page.width) + ui.px(4)
        half = (page.width - gap) // 2
        tile = min(half // columns, (room - high) // rows)
        if tile < 5:
            return
        page.y += ui.px(10)
        for number, (name, scene) in enumerate((("at_start", self.first), ("at_end", self.last))):
            x = page.x + number * (half + gap)
            ui.text(say(f"end.{name}"), (x, page.y), "small", "soft_ink", True)
            board = self._boards.setdefault((number, tile), Board(rows, columns, (half, room - high)))
            picture = pygame.Surface(board.size)
            picture.fill(ui.colours["panel"])
            board.draw(picture, scene)
            ui.surface.blit(picture, (x, page.y + high))
        page.y += high + tile * rows

    def _draw_course(self, ui: Ui, page: Page, height: int) -> None:
        page.y += ui.text(say("end.course"), (page.x, page.y), "strong", bold=True, width=page.width) + ui.px(4)
        chart = pygame.Rect(page.x, page.y, page.width, max(ui.px(90), height))
        course = self.shown["course"]
        lines = chart_lines(ui, course)
        length = max(1, len(course["seasons"]) - 1)
        line_chart(ui, chart, lines, length)
        band = pygame.Rect(page.x, chart.bottom + ui.px(3), page.width, ui.height("0", "small", 99) + ui.px(2))
        draw_rulers(ui, band, self.shown["rulers"], length)
        page.y = band.bottom + ui.px(3)
        last = say("stopped.end", season=course["seasons"][-1])
        ui.text(say("stopped.start"), (page.x, page.y), "small", "soft_ink")
        ui.text(last, (page.x + page.width - ui.width(last, "small"), page.y), "small", "soft_ink")
        page.y += ui.height("0", "small", page.width) + ui.px(4)
        page.y += draw_legend(ui, (page.x, page.y), page.width, lines)
        page.y += ui.text(say("end.ruled"), (page.x, page.y), "small", "soft_ink", width=page.width)

    def _buttons(self, ui: Ui, inner: pygame.Rect) -> None:
        gap = ui.px(12)
        wide = min(ui.px(220), (inner.width - (len(CHOICES) - 1) * gap) // len(CHOICES))
        for number, name in enumerate(CHOICES):
            branch = name == "timelines" and self.outcome["branch"]
            label, tip = say("timelines.two" if branch else f"end.{name}"), say(TIPS[name]) if name in TIPS else ""
            spot = pygame.Rect(inner.x + number * (wide + gap), inner.bottom - ui.px(46), wide, ui.px(44))
            main = number == 0
            if ui.button(name, spot, label, True, "with" if main else "panel", "with" if main else "panel_edge",
                         "panel" if main else "ink", size="strong", tip=tip):  # fmt: skip
                self._chosen(name)

    def _chosen(self, name: str) -> None:
        if name == "deeds":
            self.stack.push(DeedsScene(self.shown))
        elif name == "timelines":
            self.stack.push(TimelinesScene(self.session, self.level_id))
        elif name == "title":
            self.stack.send(Leave())
        else:
            self.stack.send(Again(same_seed=name == "same"))
