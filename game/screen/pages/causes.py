"""Why did this happen?  Two lenses on one loss: the last hand (blame), and what moved it (web)."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.playing.shown import Data, Shown
from game.screen.kit.page import Page
from game.screen.kit.side_by_side import sheet_above
from game.screen.kit.stack import ScreenPage
from game.screen.kit.ui import Ui
from game.screen.kit.web_drawing import WebDrawing
from game.screen.kit.work_state import draw_state
from game.telling.say import say

BLAME, WEB = "blame", "web"
LEAST_ROW = 26  # how high a row is at least that a finger presses
LENSES = ((BLAME, "hand"), (WEB, "knot"))


class CausesPage(ScreenPage):
    """The page on which one asks why."""

    alone = True
    focus = "close causes"

    def __init__(self, shown: Shown, asked: Sequence[Data], chosen: int = 0) -> None:
        self.shown, self.asked, self.chosen = shown, list(asked), chosen
        self.lens, self.lit = BLAME, 0
        self._web: tuple[Data, WebDrawing] | None = None
        self._mouse = (-1, -1)

    @property
    def question(self) -> Data:
        """What is asked now."""
        return self.asked[self.chosen]

    def draw(self, ui: Ui) -> None:
        """Draw the page above everything and act on what was pressed."""
        inner = sheet_above(ui, 1120)
        work = self.shown.causes(self.question)
        found = work.result
        y = self._draw_head(ui, inner, found)
        body = pygame.Rect(inner.x, y, inner.width, inner.bottom - y - ui.px(54))
        if found is None:
            draw_state(ui, body, work, say("causes.living"))
        elif self.lens == BLAME:
            with Page(ui, "blame page", body, keys=True) as page:
                self._draw_blame(ui, page, found)
        else:
            self._draw_web(ui, body, found)
        self._draw_foot(ui, inner)
        self._mouse = ui.input.mouse

    def _draw_head(self, ui: Ui, inner: pygame.Rect, found: Data | None) -> int:
        """Draw the question, the other questions, and the two lenses; return where the rest begins."""
        asked = self.question
        ui.icon(asked["icon"] or "help", inner.topleft, 32)
        title = say("causes.title", number=asked["name"], season=asked["season"])
        title = found["question"] if found else title
        head = pygame.Rect(inner.x + ui.px(42), inner.y, inner.width - ui.px(42), ui.px(34))
        ui.label(title, head, "head", bold=True)
        y = inner.y + ui.px(40)
        if found:
            y += ui.text(found["headline"], (inner.x, y), "body", "soft_ink", width=inner.width) + ui.px(6)
        if len(self.asked) > 1:
            y = self._draw_questions(ui, inner, y)
        x, high = inner.x, ui.px(36)
        for name, picture in LENSES:
            wide = min(ui.px(250), (inner.width - ui.px(8)) // 2)
            on = self.lens == name
            looks = ("selected", "ink") if on else ("panel", "panel_edge")
            spot = pygame.Rect(x, y, wide, high)
            if ui.button(f"lens {name}", spot, say(f"causes.lens_{name}"), True, *looks, "ink", picture=picture):
                self.lens = name
            x += wide + ui.px(8)
        return y + high + ui.px(10)

    def _draw_questions(self, ui: Ui, inner: pygame.Rect, y: int) -> int:
        x, high, gap = inner.x, ui.px(28), ui.px(6)
        for number, asked in enumerate(self.asked):
            label = asked["label"]
            wide = min(ui.width(label, "small", True) + ui.px(24), inner.width)
            if x + wide > inner.right and x > inner.x:
                x, y = inner.x, y + high + gap
            looks = ("with_soft", "with") if number == self.chosen else ("panel", "panel_edge")
            if ui.button(f"asked {number}", pygame.Rect(x, y, wide, high), label, True, *looks, "ink", size="small"):
                self.chosen, self.lit = number, 0
            x += wide + gap
        return y + high + ui.px(8)

    def _draw_foot(self, ui: Ui, inner: pygame.Rect) -> None:
        button = pygame.Rect(inner.right - ui.px(220), inner.bottom - ui.px(42), ui.px(220), ui.px(42))
        room = pygame.Rect(inner.x, button.y, button.x - inner.x - ui.px(16), button.height)
        ui.label(say("causes.halves"), room, "body", "ink", True)
        pressed = ui.button("close causes", button, say("page.back"), True, "with", "with", "panel", size="strong",
                            tip=say("key.escape"))  # fmt: skip
        if pressed:
            self.close()

    def close(self) -> None:
        """Shut the page."""
        super().close()
        self.shown.inquiry.forget()

    # -- blame ---------------------------------------------------------------------------------------

    def _draw_blame(self, ui: Ui, page: Page, found: Data) -> None:
        text = found["last_hand"]
        pad = ui.px(14)
        left = pad + ui.px(44)
        tall = ui.height(text, "strong", page.width - left - pad - 4, True)
        high = max(tall, ui.px(32)) + 2 * pad
        rect = pygame.Rect(page.x + 2, page.y, page.width - 4, high)
        ui.sheet(rect, "over_soft", "over", 8)
        ui.icon("hand", (rect.x + pad, rect.centery - ui.px(16)), 32)
        at = (rect.x + left, rect.centery - tall // 2)
        ui.text(text, at, "strong", "ink", True, rect.width - left - pad, rect)
        page.y += high + ui.px(14)
        rows = found["parts"]
        if rows:
            heading = say("causes.pushed", season=found["season"])
            page.y += ui.text(heading, (page.x, page.y), "body", "soft_ink", True, page.width) + ui.px(6)
            self._draw_rows(ui, page, rows, found["worse"])
            page.y += ui.px(8)
        if found["web"]:
            page.y += ui.text(say("causes.behind"), (page.x, page.y), "body", width=page.width)

    def _draw_rows(self, ui: Ui, page: Page, rows: Sequence[Data], worse: float) -> None:
        """Draw a bar for each row, to the left where it lowered and to the right where it raised."""
        most = max(abs(row["amount"]) for row in rows) or 1.0
        number = max(ui.width(text, "small", True) for text in ("-0.00 t", *(row["told"] for row in rows))) + ui.px(10)
        whole = min(page.width, ui.px(640))
        track = max(ui.px(60), round(whole * 0.26))
        room = whole - track - number - ui.px(10)
        for row in rows:
            text, amount, told = row["text"], row["amount"], row["told"]
            high = max(ui.height(text, "small", room), ui.px(16)) + ui.px(6)
            line = ui.height("0", "small", 99)
            ui.text(text, (page.x, page.y), "small", width=room)
            bar = pygame.Rect(page.x + room + ui.px(8), page.y + (line - ui.px(10)) // 2, track, ui.px(11))
            pygame.draw.rect(ui.surface, ui.colours["neutral_soft"], bar, border_radius=ui.px(4))
            reach = round((bar.width // 2 - 2) * abs(amount) / most)
            fill = pygame.Rect(bar.centerx if amount > 0 else bar.centerx - reach, bar.y, max(reach, 1), bar.height)
            pygame.draw.rect(ui.surface, ui.colours["bad" if amount * worse > 0.0 else "good"], fill)
            pygame.draw.line(ui.surface, ui.colours["soft_ink"], (bar.centerx, bar.y - 1), (bar.centerx, bar.bottom), 1)
            ui.text(told, (page.x + whole - ui.width(told, "small", True), page.y), "small", bold=True)
            page.y += high

    # -- web -----------------------------------------------------------------------------------------

    def _draw_web(self, ui: Ui, body: pygame.Rect, found: Data) -> None:
        if self._web is None or self._web[0] is not found:
            self._web = (found, WebDrawing(found))
        drawing, gap = self._web[1], ui.px(18)
        if body.width < ui.px(720):
            with Page(ui, "web page", body, keys=True) as page:
                place = pygame.Rect(page.x, page.y, page.width, max(ui.px(230), round(body.height * 0.6)))
                self._draw_diagram(ui, place, found, drawing)
                page.y = place.bottom + ui.px(8)
                self._draw_hands(ui, page, found)
                self._draw_strands(ui, page, found)
            return
        half = round((body.width - gap) * 0.5)
        self._draw_diagram(ui, pygame.Rect(body.x, body.y, half, body.height), found, drawing)
        rest = pygame.Rect(body.x + half + gap, body.y, body.width - half - gap, body.height)
        with Page(ui, "web page", rest, keys=True) as page:
            self._draw_hands(ui, page, found)
            self._draw_strands(ui, page, found)

    def _draw_diagram(self, ui: Ui, place: pygame.Rect, found: Data, drawing: WebDrawing) -> None:
        """Draw the net, and below it what the lit arrow means and what the signs mean."""
        if not found["web"]:
            ui.text(say("causes.no_web"), place.topleft, "body", "soft_ink", width=place.width)
            return
        web, how = found["web"], say("causes.how")
        self.lit = min(self.lit, len(web) - 1)
        lines = [(web[self.lit]["text"], "body", "ink", True), (how, "small", "soft_ink", False)]
        # Room for the longest sentence, so that the picture stands still while one points along it.
        tallest = max(ui.height(strand["text"], "body", place.width, True) for strand in web)
        below = tallest + ui.height(how, "small", place.width) + ui.px(10)
        picture = pygame.Rect(place.x, place.y, place.width, place.height - below)
        near = drawing.pointed_at(ui, picture)
        if near is not None and ui.input.mouse != self._mouse:
            self.lit = near
        drawing.draw(ui, picture, self.lit)
        y = picture.bottom + ui.px(6)
        for text, size, colour, bold in lines:
            ui.text(text, (place.x, y), size, colour, bold, place.width)
            y += tallest + ui.px(3)

    def _draw_hands(self, ui: Ui, page: Page, found: Data) -> None:
        page.y += ui.text(found["verdict"], (page.x, page.y), "body", width=page.width) + ui.px(8)
        deeds, worse = found["deeds"], found["worse"]
        page.y += ui.text(say("causes.shares"), (page.x, page.y), "small", "soft_ink", True, page.width) + ui.px(3)
        self._draw_rows(ui, page, found["shares"], worse)
        if deeds:
            page.y += ui.px(6)
            page.y += ui.text(say("causes.single"), (page.x, page.y), "small", "soft_ink", True, page.width) + ui.px(3)
            self._draw_rows(ui, page, deeds, worse)
        page.y += ui.px(6)

    def _draw_strands(self, ui: Ui, page: Page, found: Data) -> None:
        """Draw a row for each link; the one pointed at is lit in the picture."""
        if not found["web"]:
            return
        page.y += ui.text(say("causes.links"), (page.x, page.y), "small", "soft_ink", True, page.width) + ui.px(3)
        for number, strand in enumerate(found["web"]):
            shift = ui.px(8 + 14 * (strand["steps"] - 1))
            text, room = strand["text"], page.width - shift - ui.px(10)
            tall = ui.height(text, "small", room)
            rect = pygame.Rect(page.x, page.y, page.width, max(tall + ui.px(5), ui.px(LEAST_ROW)))
            name = f"strand {number}"
            pressed = ui.area(name, rect)
            if pressed or (ui.walked and ui.has_focus(name)) or (ui.hovered(rect) and ui.input.mouse != self._mouse):
                self.lit = number
            if number == self.lit:
                pygame.draw.rect(ui.surface, ui.colours["selected"], rect, border_radius=ui.px(5))
            ui.text(text, (page.x + shift, rect.centery - tall // 2), "small", width=room)
            ui.ring(name, rect.inflate(-ui.px(5), -ui.px(3)), 5)
            page.y += rect.height
