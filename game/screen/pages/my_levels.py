"""My levels: those of a folder, each with its picture and with what is wrong; new ones from a template."""

from __future__ import annotations

from pathlib import Path

import pygame

from game.level.packs import PACK
from game.level.problems import UnreadableFile
from game.level.templates import templates, write_template
from game.picture.sprites import is_icon
from game.record.own_levels import OwnLevel, OwnLevels, free_name
from game.screen.kit.desktop import Opening, open_with_desktop
from game.screen.kit.messages import ShowLevel
from game.screen.kit.page import Page
from game.screen.kit.stack import ScreenPage
from game.screen.kit.ui import Ui
from game.screen.pages.level_panel import land_of
from game.telling import words
from game.telling.say import say

PICTURE = (112, 70)
EVERY = 0.5  # seconds after which the folder is looked at again


class MyLevelsPage(ScreenPage):
    """A sheet above the title with a row for each level of a folder."""

    back_to = "my levels"

    def __init__(self, folder: Path) -> None:
        self.found = OwnLevels(folder)
        self.notice = ""
        self.choosing = False  # whether a template is chosen just now
        self._waited = EVERY
        self._opening: tuple[Path, Opening] | None = None
        self._pictures: dict[tuple[Path, tuple[int, int]], tuple[object, pygame.Surface]] = {}

    def update(self, seconds: float) -> None:
        """Look at the folder again: a level that was saved in an editor is checked by itself."""
        self._waited += seconds
        if self._waited >= EVERY or self.found.reading:
            self._waited = 0.0
            self.found.look()
        if self._opening is not None:  # a program says only after a while that it does not open such files
            file, opening = self._opening
            trouble = opening.look()
            self.notice = say("own.not_opened", file=file, reason=trouble) if trouble else ""

    def escape(self) -> None:
        """Shut the choice of templates, else the sheet."""
        if self.choosing:
            self.choosing = False
        else:
            self.close()

    def draw(self, ui: Ui) -> None:
        """Draw the sheet and act on what was pressed."""
        ui.cover()
        bounds = ui.surface.get_rect()
        rect = pygame.Rect(0, 0, min(ui.px(860), bounds.width - ui.px(24)), bounds.height - ui.px(24))
        rect.height = min(rect.height, ui.px(760))
        rect.center = bounds.center
        ui.sheet(rect)
        inner = rect.inflate(-ui.px(44), -ui.px(28))
        y = inner.y + ui.text(say("own.title"), inner.topleft, "head", bold=True, width=inner.width)
        where = say("own.where", folder=self.found.folder)
        y += ui.text(where, (inner.x, y), "small", "soft_ink", width=inner.width) + ui.px(6)
        told = self.notice or self.found.trouble
        if told:
            y += ui.text(told, (inner.x, y), "small", "bad", width=inner.width) + ui.px(6)
        foot = pygame.Rect(inner.x, inner.bottom - ui.px(42), inner.width, ui.px(42))
        with Page(ui, "own levels", pygame.Rect(inner.x, y, inner.width, foot.y - y - ui.px(8)), keys=True) as page:
            if self.choosing:
                self._draw_templates(ui, page)
            else:
                self._draw_levels(ui, page)
        self._draw_foot(ui, foot)

    def _draw_levels(self, ui: Ui, page: Page) -> None:
        levels = self.found.levels
        for number, own in enumerate(levels):
            self._draw_row(ui, page, own, number)
        if self.found.reading:
            page.y += ui.text(say("own.reading"), (page.x, page.y), "body", "soft_ink", width=page.width)
        elif not levels:
            page.y += ui.text(say("own.none", pack=PACK), (page.x, page.y), "body", "soft_ink", width=page.width)

    def _draw_row(self, ui: Ui, page: Page, own: OwnLevel, number: int) -> None:
        pad, wide = ui.px(8), ui.px(104)
        picture = ui.px(PICTURE[0]), ui.px(PICTURE[1])
        left = page.x + picture[0] + 2 * pad
        room = page.width - ui.px(8) - (left - page.x) - wide - 2 * pad
        level = own.level
        title = level.title if level else own.file.name
        lines = [(title, "strong", "ink", True)]
        if level is None:
            count = len(own.problems)
            lines.append((say("own.problems", count=count, file=own.file.name), "small", "bad", True))
            lines.append((own.problems[0], "small", "ink", False))
        else:
            by = words.by_whom(level.author, level.licence)
            lines.append((" · ".join(part for part in (own.file.name, by) if part), "small", "soft_ink", False))
            if level.promise:
                lines.append((level.promise, "small", "ink", False))
        high = sum(ui.height(text, size, room, bold) for text, size, _, bold in lines)
        row = pygame.Rect(page.x, page.y, page.width - ui.px(8), max(high, picture[1], ui.px(84)) + 2 * pad)
        ui.panel(row, "panel", "panel_edge", 8)
        spot = pygame.Rect(row.x + pad, row.y + pad, *picture)
        if level is None:
            ui.panel(spot, "neutral_soft", "faint", 6)
            ui.icon("caution", (spot.centerx - ui.px(16), spot.centery - ui.px(16)), 32)
        else:
            ui.surface.blit(self._picture(ui, own, spot.size), spot)
            if is_icon(level.emblem):
                ui.icon(level.emblem, (spot.x + ui.px(4), spot.y + ui.px(4)), 28)
        y = row.y + pad
        for text, size, colour, bold in lines:
            y += ui.text(text, (left, y), size, colour, bold, room)
        self._draw_doors(ui, pygame.Rect(row.right - wide - pad, row.y + pad, wide, ui.px(40)), own, number)
        page.y += row.height + pad

    def _draw_doors(self, ui: Ui, spot: pygame.Rect, own: OwnLevel, number: int) -> None:
        free = own.level is not None
        if ui.button(f"own {number}", spot, say("own.open"), free, "with", "with", "panel"):
            self.stack.send(ShowLevel(str(own.file)))
        if own.file.suffix == PACK:
            return
        spot = spot.move(0, spot.height + ui.px(4))
        if ui.button(f"edit {number}", spot, say("own.edit"), size="small", tip=say("own.edit_tip")):
            self._open(own.file)

    def _picture(self, ui: Ui, own: OwnLevel, size: tuple[int, int]) -> pygame.Surface:
        """Return the land of a level as it begins, drawn once."""
        assert own.level is not None
        known = self._pictures.get((own.file, size))
        if known is None or known[0] is not own.level:
            board, scene = land_of(own.level, size)
            sheet = pygame.Surface(size)
            sheet.fill(ui.colours["panel"])
            land = pygame.Surface(board.size)
            land.fill(ui.colours["panel"])
            board.draw(land, scene, 0.0)
            fitted = land.get_rect().fit(sheet.get_rect())  # tiles have a least size, so that land may be too large
            sheet.blit(pygame.transform.smoothscale(land, fitted.size), fitted)
            known = self._pictures[own.file, size] = own.level, sheet
        return known[1]

    def _draw_templates(self, ui: Ui, page: Page) -> None:
        page.y += ui.text(say("own.choose"), (page.x, page.y), "strong", width=page.width) + ui.px(6)
        for name in templates():
            spot = pygame.Rect(page.x + ui.px(3), page.y + ui.px(3), page.width - ui.px(14), ui.px(44))
            if ui.button(f"template {name}", spot, say(f"template.{name}"), picture="book"):
                self._write(name)
            page.y += spot.height + ui.px(8)

    def _draw_foot(self, ui: Ui, foot: pygame.Rect) -> None:
        gap = ui.px(8)
        wide = (foot.width - 2 * gap) // 3
        spots = [pygame.Rect(foot.x + number * (wide + gap), foot.y, wide, foot.height) for number in range(3)]
        if ui.button("close own", spots[0], say("own.back" if not self.choosing else "own.to_list")):
            self.escape()
        if ui.button("own folder", spots[1], say("own.folder")):
            self._open_folder()
        if ui.button("new level", spots[2], say("own.new"), not self.choosing, "with_soft", "with", "with"):
            self.choosing = True

    def _write(self, template: str) -> None:
        """Write a new level and open it in the editor."""
        self.choosing = False
        try:
            file = free_name(self.found.folder, template)
            write_template(file, template)
        except (OSError, UnreadableFile) as error:
            self._tell_not_written(error)
            return
        self._waited = EVERY
        self._open(file)

    def _open_folder(self) -> None:
        try:
            self.found.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self._tell_not_written(error)
            return
        self._open(self.found.folder)

    def _tell_not_written(self, error: Exception) -> None:
        self._opening, self.notice = None, say("own.not_written", reason=error)

    def _open(self, file: Path) -> None:
        self._opening = file, open_with_desktop(file)
