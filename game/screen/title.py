"""The title: which level, how many people, who sits in the other seats; go on where one left off."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pygame

from game.level.library import data_root, shipped_levels
from game.level.problems import LevelError
from game.level.reader import load_level
from game.level.schema import Level
from game.picture.board import Board
from game.picture.scene import Scene, look
from game.record.store import SavedGame, Store
from game.screen.page import Page
from game.screen.profiles import ProfileSheet
from game.screen.ui import Ui
from game.sim.model import compile_level
from game.sim.world import new_worlds

NEIGHBOURS = (
    ("told", "as told"),
    ("with", "partners"),
    ("over", "dominators"),
    ("mixed", "mixed"),
    ("random", "whimsical"),
)
NEIGHBOUR_TIPS = {
    "told": "Each household as the level tells it.",
    "with": "They ask, listen and agree.",
    "over": "They take what they can.",
    "mixed": "They partner where it pays and dominate where it pays.",
    "random": "They do whatever comes into their heads.",
}
KINDS = {
    "campaign": "The campaign",
    "sandbox": "Sandbox",
    "control": "Where things are different",
    "example": "Examples",
}
ORDER = {"campaign": 0, "sandbox": 1, "control": 2, "example": 3}


class TitleScene:
    """The first thing a player sees."""

    def __init__(self, progress: dict[str, bool], running: SavedGame | None, store: Store | None, notice: str) -> None:
        self.progress, self.running, self.store, self.notice = progress, running, store, notice
        self.levels = _levels()
        self.chosen: Level | None = next(
            (level for level in self.levels if not progress.get(level.id)), self.levels[0] if self.levels else None
        )
        self.people, self.policy = 1, "told"
        self.wish, self.new_profile = "", ""
        self.sheet: ProfileSheet | None = None
        self._now: str | None = None
        self.clock = 0.0
        self._preview: tuple[object, Board, Scene] | None = None

    @property
    def typing(self) -> bool:
        """Whether letters are for a name."""
        return self.sheet is not None

    def draw(self, ui: Ui, seconds: float) -> None:
        """Draw one frame and note what was pressed."""
        self.clock += seconds
        ui.blocked = self.sheet is not None
        self._draw_title(ui)
        ui.blocked = False
        if self.sheet is not None:
            self.sheet.draw(ui)
            self._follow(ui, self.sheet)

    @property
    def policies(self) -> tuple[str, ...]:
        """How the others play: as the level tells it, or all in the way that was chosen."""
        assert self.chosen is not None
        return self.chosen.default_policies() if self.policy == "told" else (self.policy,) * len(self.chosen.seats)

    def _follow(self, ui: Ui, sheet: ProfileSheet) -> None:
        wish, name = sheet.wish
        if not wish:
            return
        self.sheet, ui.focus = None, ""
        if wish != "close":
            self.wish, self.new_profile = ("profile" if wish == "choose" else "forget"), name

    def _draw_title(self, ui: Ui) -> None:
        ui.surface.fill(ui.colours["paper"])
        roomy = ui.roomy
        bounds = ui.surface.get_rect().inflate(-ui.px(48 if roomy else 20), -ui.px(32 if roomy else 14))
        foot = pygame.Rect(bounds.x, bounds.bottom - ui.px(42), bounds.width, ui.px(42))
        top = self._draw_head(ui, bounds)
        gap = ui.px(18 if roomy else 8)
        body = pygame.Rect(bounds.x, top, bounds.width, foot.y - top - gap)
        if self.notice:
            high = ui.height(self.notice, "small", body.width)
            ui.text(self.notice, (body.x, body.bottom - high), "small", "bad", width=body.width)
            body.height -= high + ui.px(4)
        listed = pygame.Rect(body.x, body.y, min(ui.px(420), round(body.width * 0.38)), body.height)
        self._draw_levels(ui, listed)
        left = listed.right + gap
        self._draw_level(ui, pygame.Rect(left, body.y, body.right - left, body.height))
        self._draw_foot(ui, foot)

    def _draw_head(self, ui: Ui, bounds: pygame.Rect) -> int:
        if not ui.roomy:
            ui.icon("power_over", bounds.topleft, 28)
            ui.icon("power_with", (bounds.x + ui.px(32), bounds.y), 28)
            ui.text("Powerdance", (bounds.x + ui.px(68), bounds.y), "head", bold=True)
            return bounds.y + ui.px(36)
        ui.icon("power_over", (bounds.x, bounds.y + ui.px(6)), 48)
        ui.icon("power_with", (bounds.x + ui.px(52), bounds.y + ui.px(6)), 48)
        ui.text("Powerdance", (bounds.x + ui.px(116), bounds.y), "title", bold=True)
        left = bounds.x + ui.px(136) + ui.width("Powerdance", "title", True)
        ui.text("What does power do, and to whom?", (left, bounds.y + ui.px(23)), "strong", "soft_ink")
        return bounds.y + ui.px(72)

    def _draw_levels(self, ui: Ui, rect: pygame.Rect) -> None:
        ui.sheet(rect)
        with Page(ui, "levels", rect.inflate(-ui.px(20), -ui.px(16))) as page:
            page.y += ui.px(4)
            kind = ""
            for level in self.levels:
                if level.kind != kind:
                    kind = level.kind
                    title = KINDS.get(kind, kind.capitalize())
                    page.y += ui.text(title, (page.x, page.y), "small", "soft_ink", True, page.width) + ui.px(4)
                self._draw_row(ui, page, level)

    def _draw_row(self, ui: Ui, page: Page, level: Level) -> None:
        pad, left = ui.px(8), ui.px(46)
        room = page.width - left - pad
        high = ui.height(level.title, "strong", room, True) + ui.height(level.promise, "small", room) + 2 * pad
        row = pygame.Rect(page.x, page.y, page.width, max(high, ui.px(46)))
        name = f"level {level.id}"
        pressed = ui.area(name, row)
        chosen = level is self.chosen
        lively = ui.hovered(row) or ui.has_focus(name)
        ui.sheet(row, "selected" if lively or chosen else "panel", "with" if chosen else "panel_edge", 8)
        picture = "check" if self.progress.get(level.id) else "star" if level.kind == "campaign" else "leaf"
        ui.icon(picture, (row.x + ui.px(10), row.centery - ui.px(14)), 28)
        y = row.y + pad
        y += ui.text(level.title, (row.x + left, y), "strong", bold=True, width=room, inside=row)
        ui.text(level.promise, (row.x + left, y), "small", "soft_ink", width=room, inside=row)
        ui.mark("button", row, None, level.title)
        ui.ring(name, row)
        if pressed:
            if chosen and ui.by_keyboard:
                self.wish = "play"
            self.chosen = level
            self.people = min(self.people, len(level.seats))
        page.y += row.height + ui.px(8)

    def _draw_level(self, ui: Ui, rect: pygame.Rect) -> None:
        ui.sheet(rect)
        level = self.chosen
        if level is None:
            return
        inner = rect.inflate(-ui.px(36 if ui.roomy else 20), -ui.px(28 if ui.roomy else 16))
        go = pygame.Rect(inner.x, inner.bottom - ui.px(46), inner.width, ui.px(46))
        body = pygame.Rect(inner.x, inner.y, inner.width, go.y - inner.y - ui.px(10))
        with Page(ui, f"title {level.id}", body, keys=True) as page:
            page.y += ui.text(level.title, (page.x, page.y), "head", bold=True, width=page.width) + ui.px(2)
            text = level.opening or level.promise
            page.y += ui.text(text, (page.x, page.y), "body", width=page.width) + ui.px(10)
            settings = ui.height("0", "small", page.width) + ui.px(46)
            rows = 1 if page.width >= ui.px(620) else 2
            room = max(ui.px(120), body.bottom - page.y - settings * rows - ui.px(12))
            self._draw_preview(ui, pygame.Rect(page.x, page.y, page.width, room), level)
            page.y += room + ui.px(10)
            self._draw_settings(ui, page, level, rows)
        if ui.button("play", go, "Play", True, "with", "with", "panel", size="head"):
            self.wish = "play"

    def _draw_settings(self, ui: Ui, page: Page, level: Level, rows: int) -> None:
        """Who plays: how many people, and what the others are like."""
        high, gap = ui.height("0", "small", page.width), ui.px(6)
        numbers = [(f"people {number}", str(number), number) for number in range(1, len(level.seats) + 1)]
        wide = page.width if rows == 2 else round(page.width * 0.3)
        ui.text("People at this computer", (page.x, page.y), "small", "soft_ink")
        for place, (name, label, number) in enumerate(numbers):
            spot = pygame.Rect(page.x + place * ui.px(46), page.y + high + ui.px(2), ui.px(40), ui.px(34))
            if _choice(ui, name, spot, label, number == self.people):
                self.people = number
        left = page.x
        if rows == 2:
            page.y += high + ui.px(46)
        else:
            left = page.x + wide
        ui.text("The others are", (left, page.y), "small", "soft_ink")
        each = (page.x + page.width - left - (len(NEIGHBOURS) - 1) * gap) // len(NEIGHBOURS)
        for place, (policy, label) in enumerate(NEIGHBOURS):
            spot = pygame.Rect(left + place * (each + gap), page.y + high + ui.px(2), each, ui.px(34))
            if _choice(ui, f"others {policy}", spot, label, policy == self.policy, NEIGHBOUR_TIPS[policy]):
                self.policy = policy
        page.y += high + ui.px(40)

    def _draw_preview(self, ui: Ui, rect: pygame.Rect, level: Level) -> None:
        key = (level.id, rect.size)
        if self._preview is None or self._preview[0] != key:
            model = compile_level(level)
            board = Board(model.layout.rows, model.layout.columns, rect.size)
            self._preview = (key, board, look(model, new_worlds(model, [1])))
        _, board, scene = self._preview
        place = pygame.Rect(0, 0, *board.size)
        place.center = rect.center
        sheet = pygame.Surface(board.size)
        sheet.fill(ui.colours["panel"])
        board.draw(sheet, scene, self.clock)
        ui.surface.blit(sheet, place)

    def _draw_foot(self, ui: Ui, rect: pygame.Rect) -> None:
        gap = ui.px(10)
        quit_spot = pygame.Rect(rect.right - ui.px(100), rect.y, ui.px(100), rect.height)
        if ui.button("quit", quit_spot, "Quit") or (self.sheet is None and ui.pressed_key(pygame.K_ESCAPE)):
            self.wish = "quit"
        right = quit_spot.left - gap
        if self.store is not None:
            wide = min(ui.px(240), round(rect.width * 0.28))
            self._draw_profiles(ui, pygame.Rect(right - wide, rect.y, wide, rect.height), self.store)
            right -= wide + gap
        if self.running is not None:
            label = f"Go on: {self.running.level.replace('_', ' ')}, season {self.running.season + 1}"
            spot = pygame.Rect(rect.x, rect.y, min(ui.px(420), right - rect.x), rect.height)
            if ui.button("continue", spot, label, True, "selected", "with", "with", picture="season"):
                self.wish = "continue"

    def _draw_profiles(self, ui: Ui, spot: pygame.Rect, store: Store) -> None:
        if self._now is None:
            names = store.profiles()
            self._now = str(store.setting("profile", names[0] if names else "Player"))
        if ui.button("profile", spot, self._now, picture="person", tip="Who plays? Press for another name."):
            names = store.profiles()
            self.sheet, ui.focus = ProfileSheet(names, self._now), ""


def _number(level: Level) -> int:
    return 99 if level.number is None else level.number


def _choice(ui: Ui, name: str, spot: pygame.Rect, label: str, on: bool, tip: str = "") -> bool:
    """Draw one of several choices; the chosen one is filled."""
    looks = ("with_soft", "with", "with") if on else ("panel", "panel_edge", "ink")
    return ui.button(name, spot, label, True, *looks, size="small", tip=tip)


@lru_cache(maxsize=100)
def _level(file: Path, changed: int) -> Level | None:
    """Return a level, None for a broken one; read again only when its file was changed: that takes a while."""
    try:
        return load_level(str(file))
    except LevelError:
        return None


def _levels() -> list[Level]:
    # Levels rest on rulesets in the same folder.
    changed = max(file.stat().st_mtime_ns for file in (data_root() / "levels").rglob("*.yaml"))
    read = (_level(file, changed) for file in shipped_levels())
    found = [level for level in read if level is not None]
    return sorted(found, key=lambda level: (ORDER[level.kind], _number(level), level.title))
