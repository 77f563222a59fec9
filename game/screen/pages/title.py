"""The title: the campaign as a map, the panel of a level, who plays; go on where one left off."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import pygame

from game.level.difficulty import TOLD
from game.level.heads import Head, Headed, heads_now
from game.level.library import SUFFIXES
from game.level.packs import PACK
from game.level.problems import LevelError, UnreadableFile
from game.level.reader import load_level
from game.level.schema import Level
from game.playing.campaign import Station, stations
from game.record.own_levels import own_folder
from game.record.saved_game import SavedGame
from game.record.store import Entry, Store
from game.screen.kit.messages import ChangeSetting, Continue, OpenSettings, PlayLevel, Quit
from game.screen.kit.stack import ScreenPage
from game.screen.kit.ui import Ui
from game.screen.pages.campaign_map import CampaignMap
from game.screen.pages.codex import CodexPage
from game.screen.pages.games import GamesPage, name_of, turns_of
from game.screen.pages.level_panel import LevelPanel
from game.screen.pages.my_levels import MyLevelsPage
from game.screen.pages.profiles import ProfileSheet
from game.screen.pages.question import Question
from game.telling.say import say, told_in


class TitleScene(ScreenPage):
    """The first thing a player sees."""

    fills = True

    def __init__(
        self,
        progress: Mapping[str, bool],
        games: Sequence[SavedGame],
        store: Store | None,
        notice: str,
        stars: Mapping[str, Collection[str]] | None = None,
        open_all: bool = False,
        fresh: Collection[str] = (),
        entries: Sequence[Entry] = (),
        folder: Path | None = None,
    ) -> None:
        self.progress, self.games, self.store, self.notice = progress, list(games), store, notice
        self.running = next(iter(games), None)  # the game that is gone on with
        self.stars, self.open_all, self.fresh = stars or {}, open_all, fresh
        self.levels = heads_now()
        way = self.stations
        first = next((one.level.id for one in way if one.open and not one.won), "")
        self.chosen: Level | None = None
        self.file = ""  # of the chosen level, where it is one of one's own
        self.panel, self.map = LevelPanel(), CampaignMap()
        self.entries, self.folder = entries, folder or own_folder()
        self._now: str | None = None
        self.clock = 0.0
        for head in sorted(self.levels, key=lambda one: one.id != first)[:1]:
            self.choose(head)

    @property
    def stations(self) -> list[Station]:
        """The campaign as this player has it."""
        return stations(self.levels, self.progress, self.stars, self.open_all)

    @property
    def people(self) -> int:
        """How many people sit at this computer."""
        return self.panel.people

    @property
    def policies(self) -> tuple[str, ...]:
        """How the others play."""
        assert self.chosen is not None
        return self.panel.policies(self.chosen)

    def update(self, seconds: float) -> None:
        """Let time pass on the map."""
        self.clock += 0.0 if self.stack.still else seconds
        self.panel.clock, self.panel.pictures = self.clock, self.stack.pictures

    def escape(self) -> None:
        """End the program, after asking where that is wanted."""
        if not self.stack.asks:
            self.stack.send(Quit())
            return
        self.stack.push(Question([say("title.sure")], say("title.quit"), say("title.stay"), Quit(), "quit"))

    def draw(self, ui: Ui) -> None:
        """Draw one frame and act on what was pressed."""
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
        high = ui.px(42 if ui.roomy else 34)
        wide = ui.px(28) + ui.width(say("title.own"), "body", True) + ui.px(34)
        spot = pygame.Rect(bounds.right - wide, bounds.y, wide, high)
        if ui.button("my levels", spot, say("title.own"), picture="book", tip=say("title.own_tip")):
            self.stack.push(MyLevelsPage(self.folder))
        if not ui.roomy:
            ui.icon("power_over", bounds.topleft, 28)
            ui.icon("power_with", (bounds.x + ui.px(32), bounds.y), 28)
            ui.text("Powerdance", (bounds.x + ui.px(68), bounds.y), "head", bold=True)
            return bounds.y + ui.px(36)
        ui.icon("power_over", (bounds.x, bounds.y + ui.px(4)), 44)
        ui.icon("power_with", (bounds.x + ui.px(48), bounds.y + ui.px(4)), 44)
        ui.text("Powerdance", (bounds.x + ui.px(106), bounds.y - ui.px(2)), "title", bold=True)
        left = bounds.x + ui.px(126) + ui.width("Powerdance", "title", True)
        lead = pygame.Rect(left, bounds.y + ui.px(16), spot.left - left - ui.px(8), ui.px(30))
        ui.label(say("title.lead"), lead, "strong", "soft_ink")
        return bounds.y + ui.px(60)

    def _draw_map(self, ui: Ui, rect: pygame.Rect) -> None:
        others = [level for level in self.levels if level.kind != "campaign"]
        name = self.chosen.id if self.chosen else ""
        pressed = self.map.draw(ui, rect, self.stations, others, name, self.fresh, self.clock)
        if not pressed:
            return
        chosen = next(level for level in self.levels if level.id == pressed)
        if chosen.id == name and ui.by_keyboard and ui.roomy and self._open(chosen):
            self.stack.send(PlayLevel(chosen.id))
        self.choose(chosen)
        if not ui.roomy:
            self.stack.push(LevelPage(self))

    def choose(self, level: Level | Head, file: str = "") -> None:
        """Show a level in the panel, as its author set it; `file` for one of one's own."""
        if isinstance(level, Head):
            try:
                level = level.whole()
            except (LevelError, UnreadableFile) as error:
                self.notice = str(error).splitlines()[0]
                return
        self.chosen, self.file = level, file
        self.panel.show(level, self.stack.difficulty)

    def show_file(self, file: str) -> None:
        """Show a level of one's own, by its file; what is wrong is told where it cannot be read."""
        try:
            self.choose(load_level(file), file)
        except (LevelError, UnreadableFile) as error:
            self.notice = str(error).splitlines()[0]
            return
        page = self.stack.find(MyLevelsPage)
        if page is not None:
            page.close()
        self.stack.push(LevelPage(self))

    def open_file(self, file: Path) -> None:
        """Show the level in a file, or the levels of a folder; whatever is neither is told."""
        if file.suffix in (*SUFFIXES, PACK):
            self.show_file(str(file))
        elif file.is_dir():
            self.stack.push(MyLevelsPage(file))
        else:
            self.notice = say("dropped.neither", file=file.name)

    def to_play(self, level_id: str) -> Level:
        """Turn to the level that is to be played, and return it: the chosen one, else one of the shipped."""
        if self.chosen is None or self.chosen.id != level_id:
            self.choose(next(level for level in self.levels if level.id == level_id))
        assert self.chosen is not None
        return self.chosen

    def prepare(self, level_id: str, people: int, difficulty: str) -> bool:
        """Choose a level for so many people, as rough as told where it can be; return whether there is such a level."""
        level = next((one for one in self.levels if one.id == level_id), None)
        if level is None:
            return False
        self.panel.people, self.panel.difficulty = people, difficulty
        self.choose(level)
        return True

    def station(self, level: Headed) -> Station | None:
        """Return where a level stands in the campaign; None where it is no part of it."""
        if level is self.chosen and self.file:
            return None
        return next((one for one in self.stations if one.level.id == level.id), None)

    def _open(self, level: Headed) -> bool:
        station = self.station(level)
        return station is None or station.open

    def _draw_panel(self, ui: Ui, rect: pygame.Rect) -> None:
        ui.sheet(rect)
        if self.chosen is None:
            return
        kept = next((game for game in self.games if game.level == (self.file or self.chosen.id)), None)
        wide = 0 if kept is None else min(ui.px(190), (rect.width - ui.px(40)) // 2)
        if kept is not None:
            spot = pygame.Rect(rect.x + ui.px(18), rect.bottom - ui.px(14 + 46), wide, ui.px(46))
            with told_in(turns_of(kept)):
                label = say("title.go_on_here", season=kept.season + 1)
            if ui.button("continue level", spot, label, True, "selected", "with", "with", picture="season"):
                self.stack.send(Continue(game=kept.id))
        if self.panel.draw(ui, rect, self.chosen, self.station(self.chosen), wide + ui.px(10) if wide else 0):
            self.stack.send(PlayLevel(self.chosen.id, self.file))

    def _draw_foot(self, ui: Ui, rect: pygame.Rect) -> None:
        gap = ui.px(8)
        wide = ui.px(100 if ui.roomy else 64)
        quit_spot = pygame.Rect(rect.right - wide, rect.y, wide, rect.height)
        if ui.button("quit", quit_spot, say("title.quit")):
            self.stack.send(Quit())
        right = quit_spot.left - gap
        if self.store is not None:
            wide = min(ui.px(200), round(rect.width * 0.24))
            self._draw_profiles(ui, pygame.Rect(right - wide, rect.y, wide, rect.height), self.store)
            right -= wide + gap
        wide = ui.px(112) if ui.roomy else rect.height
        spot = pygame.Rect(right - wide, rect.y, wide, rect.height)
        tip = say("title.codex_tip")
        if ui.button("codex", spot, say("title.codex") if ui.roomy else "", picture="book", tip=tip) or ui.pressed_key(
            pygame.K_c
        ):
            self.stack.push(CodexPage(self.entries, self.levels, back_to="codex"))
        right -= wide + gap
        label = say("title.all_open" if self.open_all else "title.open_all") if ui.roomy else ""
        wide = ui.px(178) if ui.roomy else rect.height
        spot = pygame.Rect(right - wide, rect.y, wide, rect.height)
        looks = ("with_soft", "with", "with") if self.open_all else ("panel", "panel_edge", "ink")
        if ui.button("open all", spot, label, True, *looks, picture="key", tip=say("title.open_all_tip")):
            self.stack.send(ChangeSetting("all_levels_open", not self.open_all))
        right -= wide + rect.height + gap
        spot = pygame.Rect(right, rect.y, rect.height, rect.height)
        if ui.button("settings", spot, "", picture="gear", tip=say("settings.tip")):
            self.stack.send(OpenSettings())
        right -= gap
        if self.running is not None:
            named = self._running_title(self.running)
            if self.running.difficulty != TOLD:
                named = say("title.rough", level=named, difficulty=self.running.difficulty)
            with told_in(turns_of(self.running)):
                label = say("title.go_on", level=named, season=self.running.season + 1)
            more = rect.height + gap
            spot = pygame.Rect(rect.x, rect.y, min(ui.px(420), right - rect.x - more), rect.height)
            beside = pygame.Rect(spot.right + gap, rect.y, rect.height, rect.height)
            if ui.button("games", beside, "", picture="rows", tip=say("games.tip", count=len(self.games))):
                self.stack.push(GamesPage(self.games, {level.id: level for level in self.levels}))
            if ui.button("continue", spot, label, True, "selected", "with", "with", picture="season"):
                self.stack.send(Continue())

    def _running_title(self, game: SavedGame) -> str:
        return next((level.title for level in self.levels if level.id == game.level), name_of(game))

    def _draw_profiles(self, ui: Ui, spot: pygame.Rect, store: Store) -> None:
        if self._now is None:
            names = store.profiles()
            self._now = str(store.setting("profile", names[0] if names else say("title.nobody")))
        if ui.button("profile", spot, self._now, picture="person", tip=say("title.who_tip")):
            names = store.profiles()
            self.stack.push(ProfileSheet(names, self._now, {name: stars_of(store, name) for name in names}))


class LevelPage(ScreenPage):
    """The panel of a level above the map, where the window is too small for both."""

    focus = "play"

    def __init__(self, title: TitleScene) -> None:
        self.title = title
        self.back_to = f"level {title.chosen.id}" if title.chosen and not title.file else ""

    def draw(self, ui: Ui) -> None:
        """Draw the panel and act on what was pressed; where there is room again it lies beside the map."""
        if ui.roomy:
            self.close()
            return
        ui.cover()
        bounds = ui.surface.get_rect()
        rect = pygame.Rect(0, 0, min(ui.px(640), bounds.width - ui.px(24)), bounds.height - ui.px(20))
        rect.center = bounds.center
        ui.sheet(rect)
        wide = ui.px(150)
        spot = pygame.Rect(rect.x + ui.px(12), rect.bottom - ui.px(9 + 46), wide, ui.px(46))
        if ui.button("back to map", spot, say("title.map"), picture="map", size="strong"):
            self.close()
        title, level = self.title, self.title.chosen
        if level is not None and title.panel.draw(ui, rect, level, title.station(level), wide + ui.px(10)):
            self.stack.send(PlayLevel(level.id, title.file))


def stars_of(store: Store, name: str) -> int:
    """Return how many stars somebody has won."""
    return sum(len(stars) for stars in store.stars(store.profile(name)).values())
