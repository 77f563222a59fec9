"""After the end: what all deeds made together, and of every one what it did besides, who paid, and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pygame

from game.picture.board import Board
from game.playing.shown import Answer, Data, Shown
from game.screen.kit.land import land_now
from game.screen.kit.page import Page
from game.screen.kit.side_by_side import large_sheet
from game.screen.kit.stack import ScreenPage
from game.screen.kit.ui import Ui
from game.screen.kit.work_state import draw_state
from game.screen.pages.shares import draw_together
from game.telling.say import say

GLOW = (255, 214, 64)
PICTURES = {
    "meant": "check",
    "besides": "eye",
    "in the end": "season",
    "paid": "cloud",
    "gained": "star",
    "fair share": "scale",
}


class DeedsScene(ScreenPage):
    """The ledger of a whole game: what all deeds made together, a list of them, and the page of the chosen one."""

    fills = True

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.chosen, self.late = 0, True  # 0 is all of them, each deed one more than its place
        self._board: Board | None = None

    def draw(self, ui: Ui) -> None:
        """Draw one frame and act on what was pressed."""
        ui.surface.fill(ui.colours["paper"])
        inner = large_sheet(ui)
        y = inner.y + ui.text(say("deeds.title"), (inner.x, inner.y), "head", bold=True, width=inner.width)
        body = pygame.Rect(inner.x, y + ui.px(10), inner.width, inner.bottom - y - ui.px(68))
        work = self.shown.ripples()
        found = work.result
        if found is None:
            draw_state(ui, body, work, say("deeds.working"))
        elif not found["deeds"]:
            ui.text(say("deeds.none"), body.topleft, "body", width=body.width)
        else:
            self._draw_deeds(ui, body, work, found)
        spot = pygame.Rect(inner.x, inner.bottom - ui.px(46), min(ui.px(220), inner.width), ui.px(44))
        if ui.button("back", spot, say("page.back"), True, "with", "with", "panel", size="strong"):
            self.close()

    def _draw_deeds(self, ui: Ui, body: pygame.Rect, work: Answer[Any], found: Data) -> None:
        if ui.pressed_key(pygame.K_DOWN):
            self.chosen = min(self.chosen + 1, len(found["deeds"]))
        if ui.pressed_key(pygame.K_UP):
            self.chosen = max(self.chosen - 1, 0)
        wide = min(ui.px(330), body.width * 2 // 5)
        with Page(ui, "deeds", pygame.Rect(body.x, body.y, wide, body.height)) as page:
            self._draw_row(ui, page, 0, say("deeds.together"), "neutral")
            for number, deed in enumerate(found["deeds"]):
                label = say("deeds.deed", season=deed["season"], deed=deed["title"])
                self._draw_row(ui, page, number + 1, label, deed["mode"], bool(deed["paid_by"]))
        rest = pygame.Rect(body.x + wide + ui.px(24), body.y, body.width - wide - ui.px(24), body.height)
        with Page(ui, f"deed {self.chosen}", rest, keys=True) as page:
            if self.chosen:
                self._draw_page(ui, page, found["deeds"][self.chosen - 1], rest)
            else:
                page.y += ui.text(
                    say("deeds.together"), (page.x, page.y), "strong", bold=True, width=page.width
                ) + ui.px(2)
                self._draw_cosy(ui, page, found["deeds"])
                if found["together"] is None:
                    place = pygame.Rect(page.x, page.y, page.width, 0)
                    page.y += draw_state(ui, place, work, say("deeds.returning"))
                else:
                    draw_together(ui, page, found["together"])

    def _draw_cosy(self, ui: Ui, page: Page, deeds: Sequence[Data]) -> None:
        """Say at once whether anything that calls itself partnering was paid for by others."""
        count = sum(bool(deed["paid_by"]) for deed in deeds)
        if not count:
            return
        text = say("deeds.cosy_one") if count == 1 else say("deeds.cosy_many", count=count)
        ui.icon("caution", (page.x, page.y), 18)
        inset = ui.px(26)
        page.y += ui.text(text, (page.x + inset, page.y), "body", "warn", True, page.width - inset) + ui.px(6)

    def _draw_row(self, ui: Ui, page: Page, number: int, label: str, mode: str, marked: bool = False) -> None:
        room = page.width - ui.px(44 if marked else 20)
        high = max(ui.px(30), ui.height(label, "body", room) + ui.px(10))
        rect = pygame.Rect(page.x, page.y, page.width, high)
        if ui.area(f"deed {number}", rect):
            self.chosen = number
        if number == self.chosen:
            ui.panel(rect, f"{mode}_soft", mode, 6)
        pygame.draw.rect(ui.surface, ui.colours[mode], (rect.x, rect.y + ui.px(4), ui.px(4), rect.height - ui.px(8)))
        ui.text(label, (rect.x + ui.px(12), rect.y + ui.px(5)), "body", width=room)
        if marked:
            ui.icon("caution", (rect.right - ui.px(24), rect.y + ui.px(6)), 18)
        ui.ring(f"deed {number}", rect, 6)
        page.y += high + ui.px(2)

    def _draw_page(self, ui: Ui, page: Page, deed: Data, room: pygame.Rect) -> None:
        title = say("deeds.deed_in", season=deed["season"], deed=deed["title"])
        page.y += ui.text(title, (page.x, page.y), "strong", bold=True, width=page.width)
        page.y += ui.px(6)
        if deed["sham"]:
            text = say("deeds.sham")
            page.y += ui.text(text, (page.x, page.y), "body", "warn", True, page.width) + ui.px(4)
        if deed["paid_by"]:
            text = say("deeds.cosy", who=deed["paid_by"])
            page.y += ui.text(text, (page.x, page.y), "body", "warn", True, page.width) + ui.px(4)
        for line in deed["lines"]:
            ui.icon(PICTURES.get(line["kind"], "speech"), (page.x, page.y), 18)
            page.y += ui.text(line["text"], (page.x + ui.px(26), page.y), "body", width=page.width - ui.px(26)) + ui.px(
                5
            )
        page.y += ui.px(8)
        self._draw_land(ui, page, deed, room)

    def _draw_land(self, ui: Ui, page: Page, deed: Data, room: pygame.Rect) -> None:
        """The land at the end, with the tiles on which the deed has left a trace."""
        scene = land_now(self.shown.session)
        rows, columns = scene.ground.shape
        for name, late in (("then", False), ("end", True)):
            wide = min(ui.px(150), page.width // 2 - ui.px(4))
            spot = pygame.Rect(page.x + (wide + ui.px(8)) * late, page.y, wide, ui.px(34))
            on = self.late == late
            if ui.button(
                name,
                spot,
                say(f"deeds.{name}"),
                True,
                "with_soft" if on else "panel",
                "with" if on else "panel_edge",
                "ink",
            ):
                self.late = late
        page.y += ui.px(42)
        left = room.bottom - page.y - ui.px(30)  # with room for the line below it
        tile = min(page.width // columns, max(ui.px(150), left) // rows, ui.px(22))
        if tile < 5:
            return
        size = (tile * columns, tile * rows)
        if self._board is None or self._board.size != size:
            self._board = Board(rows, columns, size)
        picture = pygame.Surface(self._board.size)
        picture.fill(ui.colours["panel"])
        self._board.draw(picture, scene)
        ui.surface.blit(picture, (page.x, page.y))
        self._glow(ui, page, deed["tiles_late"] if self.late else deed["tiles_now"], tile)
        page.y += size[1] + ui.px(6)
        page.y += ui.text(say("deeds.keys"), (page.x, page.y), "small", "soft_ink", width=page.width)

    def _glow(self, ui: Ui, page: Page, marked: Sequence[Sequence[int]], tile: int) -> None:
        light = pygame.Surface((tile, tile), pygame.SRCALPHA)
        light.fill((*GLOW, 110))
        for row, column in marked:
            ui.surface.blit(light, (page.x + column * tile, page.y + row * tile))
