"""The title: the campaign as a map, the panel of a level, who plays; go on where one left off."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import pygame

from game.level.difficulty import TOLD
from game.level.library import data_root, shipped_levels
from game.level.problems import LevelError
from game.level.reader import load_level
from game.level.schema import Level
from game.playing.campaign import Station, stations
from game.record.store import Entry, SavedGame, Store
from game.screen.kit.ui import Ui
from game.screen.pages.campaign_map import CampaignMap
from game.screen.pages.codex import CodexPage
from game.screen.pages.level_panel import LevelPanel
from game.screen.pages.profiles import ProfileSheet
from game.screen.pages.question import Question

ORDER = {"campaign": 0, "sandbox": 1, "control": 2, "example": 3}
OPEN_ALL = "Every level open, for teachers and the curious. Stars are won as ever."


class TitleScene:
    """The first thing a player sees."""

    def __init__(
        self,
        progress: Mapping[str, bool],
        running: SavedGame | None,
        store: Store | None,
        notice: str,
        stars: Mapping[str, Collection[str]] | None = None,
        open_all: bool = False,
        fresh: Collection[str] = (),
        entries: Sequence[Entry] = (),
    ) -> None:
        self.progress, self.running, self.store, self.notice = progress, running, store, notice
        self.stars, self.open_all, self.fresh = stars or {}, open_all, fresh
        self.levels = levels_now()
        way = self.stations
        first = next((one.level for one in way if one.open and not one.won), None)
        self.chosen: Level | None = first or next(iter(self.levels), None)
        self.panel, self.map = LevelPanel(), CampaignMap()
        self.opened = False  # in a small window: whether the panel lies above the map
        self.entries = entries
        self.book: CodexPage | None = None
        self.wish, self.new_profile = "", ""
        self.sheet: ProfileSheet | None = None
        self.question: Question | None = None  # whether a saved game shall go on though something has changed
        self._now: str | None = None
        self.clock = 0.0

    @property
    def stations(self) -> list[Station]:
        """The campaign as this player has it."""
        return stations(self.levels, self.progress, self.stars, self.open_all)

    @property
    def typing(self) -> bool:
        """Whether letters are for a name."""
        return self.sheet is not None

    @property
    def people(self) -> int:
        """How many people sit at this computer."""
        return self.panel.people

    @property
    def policies(self) -> tuple[str, ...]:
        """How the others play."""
        assert self.chosen is not None
        return self.panel.policies(self.chosen)

    def draw(self, ui: Ui, seconds: float) -> None:
        """Draw one frame and note what was pressed."""
        self.clock += seconds
        self.panel.clock = self.clock
        self.opened = self.opened and not ui.roomy
        ui.blocked = self._covered
        self._draw_title(ui)
        ui.blocked = False
        if self.book is not None:
            self.book.draw(ui)
            self._follow_book(ui, self.book)
        elif self.opened:
            self._draw_opened(ui)
        if self.sheet is not None:
            self.sheet.draw(ui)
            self._follow(ui, self.sheet)
        if self.question is not None:
            self._ask(ui, self.question)

    def _ask(self, ui: Ui, question: Question) -> None:
        question.draw(ui)
        if question.answer == "go on":
            self.wish = "continue"
        elif question.answer == "leave":
            self.question, ui.focus_next = None, "continue"

    def _follow(self, ui: Ui, sheet: ProfileSheet) -> None:
        wish, name = sheet.wish
        if not wish:
            return
        self.sheet, ui.focus = None, ""
        if wish != "close":
            self.wish, self.new_profile = ("profile" if wish == "choose" else "forget"), name

    @property
    def _covered(self) -> bool:
        return self.sheet is not None or self.opened or self.book is not None or self.question is not None

    def _follow_book(self, ui: Ui, book: CodexPage) -> None:
        if not book.done:
            return
        self.book, ui.focus_next = None, "codex"
        chosen = next((level for level in self.levels if level.id == book.play), None)
        if chosen is not None:
            self.chosen, self.wish = chosen, "play"
            self.panel.show(chosen)

    def _draw_title(self, ui: Ui) -> None:
        ui.surface.fill(ui.colours["paper"])
        roomy = ui.roomy
        bounds = ui.surface.get_rect().inflate(-ui.px(40 if roomy else 20), -ui.px(26 if roomy else 14))
        foot = pygame.Rect(bounds.x, bounds.bottom - ui.px(42), bounds.width, ui.px(42))
        top = self._draw_head(ui, bounds)
        gap = ui.px(14 if roomy else 8)
        body = pygame.Rect(bounds.x, top, bounds.width, foot.y - top - gap)
        if self.notice:
            high = ui.height(self.notice, "small", body.width)
            ui.text(self.notice, (body.x, body.bottom - high), "small", "bad", width=body.width)
            body.height -= high + ui.px(4)
        drawn = body.copy()
        if roomy:
            drawn.width = round(body.width * 0.64)
        self._draw_map(ui, drawn)
        if roomy:
            self._draw_panel(ui, pygame.Rect(drawn.right + gap, body.y, body.right - drawn.right - gap, body.height))
        self._draw_foot(ui, foot)

    def _draw_head(self, ui: Ui, bounds: pygame.Rect) -> int:
        if not ui.roomy:
            ui.icon("power_over", bounds.topleft, 28)
            ui.icon("power_with", (bounds.x + ui.px(32), bounds.y), 28)
            ui.text("Powerdance", (bounds.x + ui.px(68), bounds.y), "head", bold=True)
            return bounds.y + ui.px(36)
        ui.icon("power_over", (bounds.x, bounds.y + ui.px(4)), 44)
        ui.icon("power_with", (bounds.x + ui.px(48), bounds.y + ui.px(4)), 44)
        ui.text("Powerdance", (bounds.x + ui.px(106), bounds.y - ui.px(2)), "title", bold=True)
        left = bounds.x + ui.px(126) + ui.width("Powerdance", "title", True)
        ui.text("What does power do, and to whom?", (left, bounds.y + ui.px(20)), "strong", "soft_ink")
        return bounds.y + ui.px(60)

    def _draw_map(self, ui: Ui, rect: pygame.Rect) -> None:
        others = [level for level in self.levels if level.kind != "campaign"]
        name = self.chosen.id if self.chosen else ""
        pressed = self.map.draw(ui, rect, self.stations, others, name, self.fresh, self.clock)
        if not pressed:
            return
        chosen = next(level for level in self.levels if level.id == pressed)
        if chosen is self.chosen and ui.by_keyboard and ui.roomy and self._open(chosen):
            self.wish = "play"
        self.chosen = chosen
        self.panel.show(chosen)
        if not ui.roomy:
            self.opened, ui.focus_next = True, "play"

    def _station(self, level: Level) -> Station | None:
        return next((one for one in self.stations if one.level.id == level.id), None)

    def _open(self, level: Level) -> bool:
        station = self._station(level)
        return station is None or station.open

    def _draw_panel(self, ui: Ui, rect: pygame.Rect) -> None:
        ui.sheet(rect)
        if self.chosen is not None and self.panel.draw(ui, rect, self.chosen, self._station(self.chosen)):
            self.wish = "play"

    def _draw_opened(self, ui: Ui) -> None:
        """In a small window the panel lies above the map."""
        ui.cover()
        bounds = ui.surface.get_rect()
        rect = pygame.Rect(0, 0, min(ui.px(640), bounds.width - ui.px(24)), bounds.height - ui.px(20))
        rect.center = bounds.center
        ui.sheet(rect)
        wide = ui.px(150)
        spot = pygame.Rect(rect.x + ui.px(12), rect.bottom - ui.px(9 + 46), wide, ui.px(46))
        back = ui.button("back to map", spot, "To the map", picture="map", size="strong")
        station = self._station(self.chosen) if self.chosen else None
        if self.chosen is not None and self.panel.draw(ui, rect, self.chosen, station, wide + ui.px(10)):
            self.wish = "play"
        if back or ui.pressed_key(pygame.K_ESCAPE):
            self.opened = False
            ui.focus_next = f"level {self.chosen.id}" if self.chosen else ""

    def _draw_foot(self, ui: Ui, rect: pygame.Rect) -> None:
        gap, covered = ui.px(8), self._covered
        wide = ui.px(100 if ui.roomy else 64)
        quit_spot = pygame.Rect(rect.right - wide, rect.y, wide, rect.height)
        if ui.button("quit", quit_spot, "Quit") or (not covered and ui.pressed_key(pygame.K_ESCAPE)):
            self.wish = "quit"
        right = quit_spot.left - gap
        if self.store is not None:
            wide = min(ui.px(200), round(rect.width * 0.24))
            self._draw_profiles(ui, pygame.Rect(right - wide, rect.y, wide, rect.height), self.store)
            right -= wide + gap
        wide = ui.px(112) if ui.roomy else rect.height
        spot = pygame.Rect(right - wide, rect.y, wide, rect.height)
        tip = "The codex: what you have met, and what is still to be found. Key: C"
        if ui.button("codex", spot, "Codex" if ui.roomy else "", picture="book", tip=tip) or (
            not covered and ui.pressed_key(pygame.K_c)
        ):
            self.book, ui.focus = CodexPage(self.entries, self.levels), ""
        right -= wide + gap
        label = ("All levels open" if self.open_all else "Open all levels") if ui.roomy else ""
        wide = ui.px(178) if ui.roomy else rect.height
        spot = pygame.Rect(right - wide, rect.y, wide, rect.height)
        looks = ("with_soft", "with", "with") if self.open_all else ("panel", "panel_edge", "ink")
        if ui.button("open all", spot, label, True, *looks, picture="key", tip=OPEN_ALL):
            self.wish = "open all"
        right -= wide + gap
        if self.running is not None:
            rough = "" if self.running.difficulty == TOLD else f" ({self.running.difficulty})"
            label = f"Go on: {self._running_title(self.running)}{rough}, season {self.running.season + 1}"
            spot = pygame.Rect(rect.x, rect.y, min(ui.px(420), right - rect.x), rect.height)
            if ui.button("continue", spot, label, True, "selected", "with", "with", picture="season"):
                self.wish = "continue"

    def _running_title(self, game: SavedGame) -> str:
        return next((level.title for level in self.levels if level.id == game.level), game.level.replace("_", " "))

    def _draw_profiles(self, ui: Ui, spot: pygame.Rect, store: Store) -> None:
        if self._now is None:
            names = store.profiles()
            self._now = str(store.setting("profile", names[0] if names else "Player"))
        if ui.button("profile", spot, self._now, picture="person", tip="Who plays? Press for another name."):
            names = store.profiles()
            self.sheet, ui.focus = ProfileSheet(names, self._now), ""


@lru_cache(maxsize=100)
def _level(file: Path, changed: int) -> Level | None:
    """Return a level, None for a broken one; read again only when its file was changed: that takes a while."""
    try:
        return load_level(str(file))
    except LevelError:
        return None


def levels_now() -> list[Level]:
    """Return all shipped levels that can be played: the campaign first, each kind in its order."""
    # Levels rest on rulesets in the same folder.
    changed = max(file.stat().st_mtime_ns for file in (data_root() / "levels").rglob("*.yaml"))
    read = (_level(file, changed) for file in shipped_levels())
    found = [level for level in read if level is not None]
    return sorted(found, key=lambda level: (ORDER[level.kind], _number(level), level.title))


def _number(level: Level) -> int:
    return 99 if level.number is None else level.number
