"""How a game ended: the outcome, what decided it, the whole course as a chart, questions to talk about."""

from __future__ import annotations

import pygame

from game.picture.board import Board
from game.picture.scene import look
from game.playing.background import Work
from game.playing.campaign import LIGHT
from game.playing.codex import texts
from game.playing.ending import Ending
from game.playing.hindsight import Hindsight
from game.playing.losses import losses
from game.playing.session import Session
from game.playing.stars import Tally
from game.screen.kit.chart import draw_legend, draw_rulers, line_chart
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
from game.screen.table.panels import chart_lines
from game.sim.beginning import new_worlds
from game.sim.world import LOST, WON

CHOICES = (
    ("again", "Play again"),
    ("same", "The same year again"),
    ("deeds", "What my deeds did"),
    ("timelines", "Step back"),
    ("title", "To the title"),
)
RULED = "Under the chart: which loop ruled when. R feeds itself, B holds itself back."
WHY = "What was lost: the last hand that did it, and the net of causes behind it."
PROOF = "Your game under two rules: allowed until proven harmful, and only when proven safe."
BACK = "Open any season again, and see both timelines side by side."
COUNTING = "Counting your stars ..."
PLAYING = "Playing your decisions again in 200 other years ..."
SAME = "The same seed: the same weather and neighbours, and your choice what differs."


class EndingScene(ScreenPage):
    """The last screen of a game."""

    fills = True

    def __init__(self, session: Session, level_id: str, tally: Tally | None = None, again: bool = False,
                 counting: Work[Tally] | None = None) -> None:  # fmt: skip
        self.session, self.level_id = session, level_id
        self.tally, self.again = tally, again or session.origin is not None
        self.counting = counting  # of the stars, where that went wrong
        model = session.model
        self.first, self.last = look(model, new_worlds(model, [session.seed])), look(model, session.world)
        self._boards: dict[tuple[int, int], Board] = {}
        self.hindsight = Hindsight(session)
        self.lost = [(one.where, one.season) for one in losses(session)]
        ending = Ending(session)
        self.decisive = ending.decisive()
        self.verdicts = [ending.verdict(index) for index in range(len(session.model.level.goals))]

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
        model, world = self.session.model, self.session.world
        outcome, season = int(world.outcome[0]), int(world.outcome_season[0])
        title, colour, picture = {
            WON: ("You reached every goal.", "good", "star"),
            LOST: (f"Lost in season {season}.", "bad", "cloud"),
        }.get(outcome, ("The seasons are over, and not every goal is reached.", "warn", "season"))
        left, room = inner.x + ui.px(70), inner.width - ui.px(70)
        ui.icon(picture, (inner.x, inner.y), 56)
        # Large where it fits on one line.
        size = "title" if ui.width(title, "title", True) <= room else "head"
        y = inner.y + ui.text(title, (left, inner.y), size, colour, True, room)
        if outcome == LOST and model.level.lost_when:
            y += ui.text(model.level.lost_when.plain, (left, y), "strong", width=room)
        elif model.level.lesson:
            y += ui.text(model.level.lesson, (left, y), "strong", "soft_ink", width=room)
        return max(y, inner.y + ui.px(60))

    def _draw_stars(self, ui: Ui, page: Page) -> None:
        """Which stars this game won, and how the others are won."""
        words = texts()["stars"]
        left = ui.px(42)
        if self.tally is None and self.counting is not None:
            self.tally = self.counting.result
            page.y += draw_state(ui, pygame.Rect(page.x, page.y, page.width, 0), self.counting, COUNTING) + ui.px(6)
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
        for reached, text in self.verdicts:
            ui.icon("check" if reached else "cross", (page.x, page.y), 20)
            page.y += ui.text(text, (page.x + left, page.y), "body", width=page.width - left) + ui.px(7)
        if self.decisive:
            page.y += ui.px(6)
            page.y += ui.text("What decided it", (page.x, page.y), "strong", bold=True, width=page.width) + ui.px(4)
        for line in self.decisive:
            ui.icon("season", (page.x, page.y), 20)
            page.y += ui.text(line, (page.x + left, page.y), "body", width=page.width - left) + ui.px(5)
        if self.lost:
            spot = pygame.Rect(page.x, page.y, min(ui.px(250), page.width), ui.px(34))
            if ui.button("ask why", spot, "Why did this happen?", picture="help", tip=WHY):
                self.stack.push(CausesPage(self.session, self.lost))
            page.y += spot.height + ui.px(6)
        page.y += ui.px(6)
        page.y += ui.text("Luck or choice?", (page.x, page.y), "strong", bold=True, width=page.width) + ui.px(4)
        ui.icon("star", (page.x, page.y), 20)
        room, work = pygame.Rect(page.x + left, page.y, page.width - left, 0), self.hindsight.luck()
        if work.trouble:
            page.y += draw_state(ui, room, work, "")
        else:
            told = self.hindsight.luck_or_choice() or PLAYING
            page.y += ui.text(told, room.topleft, "body", width=room.width) + ui.px(5)
        spot = pygame.Rect(page.x, page.y, min(ui.px(250), page.width), ui.px(34))
        if ui.button("proof", spot, "Two rules of proof", picture="scale", tip=PROOF):
            self.stack.push(ProofScene(self.hindsight, self.level_id))
        page.y += spot.height + ui.px(6)
        questions = self.session.model.level.talk
        if not questions:
            return
        page.y += ui.px(6)
        page.y += ui.text("To talk about", (page.x, page.y), "strong", bold=True, width=page.width) + ui.px(4)
        for question in questions:
            ui.icon("speech", (page.x, page.y), 20)
            page.y += ui.text(question, (page.x + left, page.y), "body", width=page.width - left) + ui.px(7)

    def _draw_land(self, ui: Ui, page: Page, room: int) -> None:
        """The place as it was and as it is, side by side."""
        layout = self.session.model.layout
        gap, high = ui.px(12), ui.height("0", "small", page.width) + ui.px(4)
        half = (page.width - gap) // 2
        tile = min(half // layout.columns, (room - high) // layout.rows)
        if tile < 5:
            return
        page.y += ui.px(10)
        for number, (text, scene) in enumerate((("At the start", self.first), ("At the end", self.last))):
            x = page.x + number * (half + gap)
            ui.text(text, (x, page.y), "small", "soft_ink", True)
            board = self._boards.setdefault((number, tile), Board(layout.rows, layout.columns, (half, room - high)))
            picture = pygame.Surface(board.size)
            picture.fill(ui.colours["panel"])
            board.draw(picture, scene)
            ui.surface.blit(picture, (x, page.y + high))
        page.y += high + tile * layout.rows

    def _draw_course(self, ui: Ui, page: Page, height: int) -> None:
        page.y += ui.text("The whole course", (page.x, page.y), "strong", bold=True, width=page.width) + ui.px(4)
        chart = pygame.Rect(page.x, page.y, page.width, max(ui.px(90), height))
        lines = chart_lines(ui, self.session)
        length = max(1, len(self.session.history) - 1)
        line_chart(ui, chart, lines, length)
        band = pygame.Rect(page.x, chart.bottom + ui.px(3), page.width, ui.height("0", "small", 99) + ui.px(2))
        draw_rulers(ui, band, self.session, length)
        page.y = band.bottom + ui.px(3)
        last = f"season {self.session.history[-1].season}"
        ui.text("start", (page.x, page.y), "small", "soft_ink")
        ui.text(last, (page.x + page.width - ui.width(last, "small"), page.y), "small", "soft_ink")
        page.y += ui.height("0", "small", page.width) + ui.px(4)
        page.y += draw_legend(ui, (page.x, page.y), page.width, lines)
        page.y += ui.text(RULED, (page.x, page.y), "small", "soft_ink", width=page.width)

    def _buttons(self, ui: Ui, inner: pygame.Rect) -> None:
        gap = ui.px(12)
        wide = min(ui.px(220), (inner.width - (len(CHOICES) - 1) * gap) // len(CHOICES))
        tips = {"same": SAME, "timelines": BACK}
        for number, (name, label) in enumerate(CHOICES):
            if name == "timelines" and self.session.origin is not None:
                label = "Two timelines"
            spot = pygame.Rect(inner.x + number * (wide + gap), inner.bottom - ui.px(46), wide, ui.px(44))
            main = number == 0
            if ui.button(name, spot, label, True, "with" if main else "panel", "with" if main else "panel_edge",
                         "panel" if main else "ink", size="strong", tip=tips.get(name, "")):  # fmt: skip
                self._chosen(name)

    def _chosen(self, name: str) -> None:
        if name == "deeds":
            self.stack.push(DeedsScene(self.hindsight, self.level_id))
        elif name == "timelines":
            self.stack.push(TimelinesScene(self.session, self.level_id))
        elif name == "title":
            self.stack.send(Leave())
        else:
            self.stack.send(Again(same_seed=name == "same"))
