"""After the end: every deed of the game, what it did besides, who paid, and where on the land."""

from __future__ import annotations

import numpy as np
import pygame

from game.picture.board import Board
from game.picture.scene import look
from game.playing.hindsight import DeedPage, Hindsight
from game.screen.page import Page
from game.screen.sides import large_sheet
from game.screen.ui import Ui
from game.sim.totals import Floats

KEYS = "Arrow keys or the mouse choose a deed. Yellow tiles: where it changed something."
GLOW = (255, 214, 64)


class DeedsScene:
    """The ledger of a whole game: a list of deeds, and the page of the chosen one."""

    def __init__(self, hindsight: Hindsight, level_id: str) -> None:
        self.hindsight, self.level_id = hindsight, level_id
        self.session = hindsight.session
        self.wish = ""
        self.chosen, self.late = 0, True
        self.deeds: list[DeedPage] | None = None
        self._waited = False
        self._board: Board | None = None

    def draw(self, ui: Ui) -> None:
        """Draw one frame and note what was pressed."""
        ui.surface.fill(ui.colours["paper"])
        inner = large_sheet(ui)
        y = inner.y + ui.text("What each of your deeds did", (inner.x, inner.y), "head", bold=True, width=inner.width)
        body = pygame.Rect(inner.x, y + ui.px(10), inner.width, inner.bottom - y - ui.px(68))
        if self.deeds is None:
            self._work_out(ui, body)
        elif not self.deeds:
            ui.text("You did nothing in this game; that, too, had its effects.", body.topleft, "body", width=body.width)
        else:
            self._draw_deeds(ui, body, self.deeds)
        spot = pygame.Rect(inner.x, inner.bottom - ui.px(46), min(ui.px(220), inner.width), ui.px(44))
        pressed = ui.button("back", spot, "Back", True, "with", "with", "panel", size="strong")
        if pressed or ui.pressed_key(pygame.K_ESCAPE):
            self.wish = "back"

    def _work_out(self, ui: Ui, body: pygame.Rect) -> None:
        """Play the game again without each deed; first tell that this is going on."""
        ui.text("Playing your game again without each deed ...", body.topleft, "body", "soft_ink", width=body.width)
        if self._waited:
            self.deeds = self.hindsight.pages(self.session.seats[0])
            weight = [len(page.lines) for page in self.deeds]
            self.chosen = weight.index(max(weight)) if weight else 0
        self._waited = True

    def _draw_deeds(self, ui: Ui, body: pygame.Rect, deeds: list[DeedPage]) -> None:
        if ui.pressed_key(pygame.K_DOWN):
            self.chosen = min(self.chosen + 1, len(deeds) - 1)
        if ui.pressed_key(pygame.K_UP):
            self.chosen = max(self.chosen - 1, 0)
        wide = min(ui.px(330), body.width * 2 // 5)
        with Page(ui, "deeds", pygame.Rect(body.x, body.y, wide, body.height)) as page:
            for number, deed in enumerate(deeds):
                self._draw_row(ui, page, number, deed)
        rest = pygame.Rect(body.x + wide + ui.px(24), body.y, body.width - wide - ui.px(24), body.height)
        with Page(ui, "deed", rest, keys=True) as page:
            self._draw_page(ui, page, deeds[self.chosen], rest)

    def _draw_row(self, ui: Ui, page: Page, number: int, deed: DeedPage) -> None:
        label = f"{deed.season}. {deed.title}"
        high = max(ui.px(30), ui.height(label, "body", page.width - ui.px(20)) + ui.px(10))
        rect = pygame.Rect(page.x, page.y, page.width, high)
        colour = {"over": "over", "with": "with"}.get(deed.mode, "neutral")
        if ui.area(f"deed {number}", rect):
            self.chosen = number
        if number == self.chosen:
            ui.panel(rect, f"{colour}_soft", colour, 6)
        pygame.draw.rect(ui.surface, ui.colours[colour], (rect.x, rect.y + ui.px(4), ui.px(4), rect.height - ui.px(8)))
        ui.text(label, (rect.x + ui.px(12), rect.y + ui.px(5)), "body", width=page.width - ui.px(20))
        ui.ring(f"deed {number}", rect, 6)
        page.y += high + ui.px(2)

    def _draw_page(self, ui: Ui, page: Page, deed: DeedPage, room: pygame.Rect) -> None:
        page.y += ui.text(
            f"Season {deed.season}: {deed.title}", (page.x, page.y), "strong", bold=True, width=page.width
        )
        page.y += ui.px(6)
        if deed.sham:
            text = "It calls itself partnering, and what it brought stayed with you."
            page.y += ui.text(text, (page.x, page.y), "body", "warn", True, page.width) + ui.px(4)
        for line in deed.lines:
            kind, _, said = line.partition(":")
            picture = {"meant": "check", "besides": "eye", "in the end": "season", "paid": "cloud", "gained": "star"}
            text = f"{kind.capitalize()}: {said.strip()}" if said else line.capitalize()
            ui.icon(picture.get(kind, "speech"), (page.x, page.y), 18)
            page.y += ui.text(text, (page.x + ui.px(26), page.y), "body", width=page.width - ui.px(26)) + ui.px(5)
        page.y += ui.px(8)
        self._draw_land(ui, page, deed, room)

    def _draw_land(self, ui: Ui, page: Page, deed: DeedPage, room: pygame.Rect) -> None:
        """The land at the end, with the tiles on which the deed has left a trace."""
        layout = self.session.model.layout
        for name, label, late in (("then", "In that season", False), ("end", "At the end", True)):
            wide = min(ui.px(150), page.width // 2 - ui.px(4))
            spot = pygame.Rect(page.x + (wide + ui.px(8)) * late, page.y, wide, ui.px(34))
            on = self.late == late
            if ui.button(
                name, spot, label, True, "with_soft" if on else "panel", "with" if on else "panel_edge", "ink"
            ):
                self.late = late
        page.y += ui.px(42)
        tile = min(page.width // layout.columns, max(ui.px(150), room.bottom - page.y) // layout.rows, ui.px(22))
        if tile < 5:
            return
        size = (tile * layout.columns, tile * layout.rows)
        if self._board is None or self._board.size != size:
            self._board = Board(layout.rows, layout.columns, size)
        picture = pygame.Surface(self._board.size)
        picture.fill(ui.colours["panel"])
        self._board.draw(picture, look(self.session.model, self.session.world))
        ui.surface.blit(picture, (page.x, page.y))
        self._glow(ui, page, deed.tiles_late if self.late else deed.tiles_now, tile)
        page.y += size[1] + ui.px(6)
        page.y += ui.text(KEYS, (page.x, page.y), "small", "soft_ink", width=page.width)

    def _glow(self, ui: Ui, page: Page, marked: Floats, tile: int) -> None:
        light = pygame.Surface((tile, tile), pygame.SRCALPHA)
        light.fill((*GLOW, 110))
        for row, column in np.argwhere(marked > 0.0):
            ui.surface.blit(light, (page.x + int(column) * tile, page.y + int(row) * tile))
