"""A game that is over, looked at closely: goals, what decided it, luck, the course; ways to deeds and causes."""

from __future__ import annotations

import pygame

from game.playing.campaign import LIGHT
from game.playing.codex import texts
from game.playing.shown import Shown
from game.playing.stars import Tally
from game.screen.kit.chart import draw_legend, draw_rulers, line_chart
from game.screen.kit.course_lines import chart_lines
from game.screen.kit.messages import Again
from game.screen.kit.page import Page
from game.screen.kit.side_by_side import large_sheet
from game.screen.kit.stack import ScreenPage
from game.screen.kit.ui import Ui
from game.screen.kit.work_state import draw_state
from game.screen.pages.bargains import marked
from game.screen.pages.causes import CausesPage
from game.screen.pages.proof import ProofScene
from game.screen.pages.ripples import DeedsScene
from game.telling.say import say

TIPS = {"ask why": "end.why_tip", "proof": "end.proof_tip", "same": "end.same_tip"}
COSY_TOLD = 3  # deeds for which others paid that are named; the page of deeds marks all of them
PICTURES = {"deeds": "hand", "ask why": "help", "proof": "scale", "same": "redo"}


class CloserPage(ScreenPage):
    """All that is known of a game that is over; `tally` are its stars, where it has any."""

    fills = True
    back_to = "look closer"

    def __init__(self, shown: Shown, tally: Tally | None) -> None:
        self.shown, self.tally = shown, tally
        self.outcome = shown["outcome"]

    def draw(self, ui: Ui) -> None:
        """Draw one frame and act on what was pressed."""
        ui.surface.fill(ui.colours["paper"])
        inner = large_sheet(ui)
        y = inner.y + ui.text(say("closer.title"), (inner.x, inner.y), "head", bold=True, width=inner.width) + ui.px(6)
        if self.shown["level"]["lesson"]:
            lesson = self.shown["level"]["lesson"]
            y += ui.text(lesson, (inner.x, y), "body", "soft_ink", width=inner.width) + ui.px(8)
        rows = 1 if inner.width >= ui.px(1000) else 2
        foot = rows * ui.px(52)
        body, gap = pygame.Rect(inner.x, y, inner.width, inner.bottom - foot - ui.px(6) - y), ui.px(28)
        if body.width < ui.px(760):
            with Page(ui, "closer", body, keys=True) as page:
                self._draw_words(ui, page)
                page.y += ui.px(8)
                self._draw_course(ui, page, ui.px(150))
        else:
            half = (body.width - gap) // 2
            with Page(ui, "closer words", pygame.Rect(body.x, y, half, body.height), keys=True) as page:
                self._draw_words(ui, page)
            with Page(ui, "closer course", pygame.Rect(body.x + half + gap, y, half, body.height)) as page:
                self._draw_course(ui, page, body.height - ui.px(164))
        self._doors(ui, pygame.Rect(inner.x, inner.bottom - foot, inner.width, foot), rows)

    def draw_below(self, ui: Ui) -> None:
        """Draw bare paper: what lies above takes nearly all the room."""
        ui.surface.fill(ui.colours["paper"])

    def _draw_words(self, ui: Ui, page: Page) -> None:
        left = ui.px(28)
        for goal in self.outcome["goals"]:
            self._line(ui, page, "check" if goal["met"] else "cross", goal["text"])
        if self.outcome["decisive"]:
            self._heading(ui, page, "end.decided")
        for line in self.outcome["decisive"]:
            self._line(ui, page, "season", line)
        self._heading(ui, page, "end.luck")
        room, work = pygame.Rect(page.x + left, page.y, page.width - left, 0), self.shown.luck()
        if work.trouble:
            page.y += draw_state(ui, room, work, "")
        else:
            self._line(ui, page, "star", work.result["text"] if work.result else say("end.playing"))
        if work.result:
            self._draw_cosy(ui, page)
        self._draw_afterwards(ui, page)
        if self.tally is not None:
            self._heading(ui, page, "closer.stars")
            for star in self.tally.lines:
                top = page.y
                self._line(ui, page, "star" if star.won else "star_out", f"{star.name}. {star.reason}")
                spot = pygame.Rect(page.x, top, page.width, page.y - top)
                ui.tip(texts()["stars"]["rule"] if star.star == LIGHT else "", spot)
        if self.outcome["talk"]:
            self._heading(ui, page, "end.talk")
        for question in self.outcome["talk"]:
            self._line(ui, page, "speech", question)

    def _draw_cosy(self, ui: Ui, page: Page) -> None:
        """What called itself partnering and was paid for by others, by the measure and not by its name."""
        found = self.shown.ripples().result if self.outcome["deeds"] else None
        cosy = [deed for deed in found["deeds"] if deed["paid_by"]] if found else []
        agreed = marked(self.shown)  # what others offered, too
        cosy += [deal for deal in agreed["deals"] if not deal["own"]] if agreed else []
        cosy.sort(key=lambda one: one["season"])
        if not cosy:
            return
        self._heading(ui, page, "closer.cosy")
        for deed in cosy[:COSY_TOLD]:
            text = say("closer.cosy_deed", season=deed["season"], deed=deed["title"], who=deed["paid_by"])
            self._line(ui, page, "caution", text)
        if len(cosy) > COSY_TOLD:
            self._line(ui, page, "caution", say("closer.cosy_more", count=len(cosy) - COSY_TOLD))

    def _draw_afterwards(self, ui: Ui, page: Page) -> None:
        """What is left in the years to come: of each stock a bar that shrinks from left to right, and a sentence."""
        if not self.outcome["afterwards"]:
            return
        self._heading(ui, page, "end.afterwards")
        page.y += ui.text(self.outcome["afterwards_plain"], (page.x, page.y), "body", "soft_ink", width=page.width)
        left, high = ui.px(28), ui.px(34)
        for one in self.outcome["afterwards"]:
            top = max(*one["values"], 1e-9)
            wide = (page.width - left) / len(one["values"])
            for place, value in enumerate(one["values"]):
                tall = max(1, round(high * value / top)) if value > 0.0 else 0
                x = round(page.x + left + place * wide)
                bar = pygame.Rect(x, page.y + high - tall, max(1, round(wide) - 1), tall)
                pygame.draw.rect(ui.surface, ui.colours["with"], bar)
            page.y += high + ui.px(2)
            self._line(ui, page, "season", one["text"])

    @staticmethod
    def _heading(ui: Ui, page: Page, name: str) -> None:
        page.y += ui.px(6)
        page.y += ui.text(say(name), (page.x, page.y), "strong", bold=True, width=page.width) + ui.px(4)

    @staticmethod
    def _line(ui: Ui, page: Page, picture: str, text: str) -> None:
        left = ui.px(28)
        ui.icon(picture, (page.x, page.y), 20)
        page.y += ui.text(text, (page.x + left, page.y), "body", width=page.width - left) + ui.px(6)

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

    def choices(self) -> list[str]:
        """Return the pages that have something to show, and the way back."""
        offered = {"deeds": self.outcome["deeds"], "ask why": self.outcome["lost"], "proof": self.outcome["force"]}
        return ["back", *(name for name, some in offered.items() if some), "same"]

    def _doors(self, ui: Ui, rect: pygame.Rect, rows: int) -> None:
        choices, gap = self.choices(), ui.px(10)
        across = -(-len(choices) // rows)
        wide = min(ui.px(218), (rect.width - (across - 1) * gap) // across)
        for number, name in enumerate(choices):
            spot = pygame.Rect(rect.x + (number % across) * (wide + gap),
                               rect.y + (number // across) * ui.px(52) + ui.px(4), wide, ui.px(44))  # fmt: skip
            looks = ("with", "with", "panel") if name == "back" else ("panel", "panel_edge", "ink")
            label, tip = say(f"closer.{name.replace(' ', '_')}"), say(TIPS[name]) if name in TIPS else ""
            if ui.button(name, spot, label, True, *looks, picture=PICTURES.get(name, ""), size="strong", tip=tip):
                self._chosen(name)

    def _chosen(self, name: str) -> None:
        if name == "back":
            self.close()
        elif name == "deeds":
            self.stack.push(DeedsScene(self.shown))
        elif name == "ask why":
            self.stack.push(CausesPage(self.shown, self.outcome["lost"]))
        elif name == "proof":
            self.stack.push(ProofScene(self.shown))
        else:
            self.stack.send(Again(same_seed=True))
