"""The title: which level, how many people, who sits in the other seats; go on where one left off."""

from __future__ import annotations

import pygame

from game.level.library import shipped_levels
from game.level.problems import LevelError
from game.level.reader import load_level
from game.level.schema import Level
from game.picture.board import Board
from game.picture.scene import look
from game.record.store import SavedGame, Store
from game.screen.ui import Ui
from game.sim.model import compile_level
from game.sim.world import new_worlds

NEIGHBOURS = (("with", "partners"), ("over", "dominators"), ("mixed", "a mixture"), ("random", "whimsical"))
ORDER = {"campaign": 0, "sandbox": 1, "control": 2, "example": 3}


class TitleScene:
    """The first thing a player sees."""

    def __init__(self, progress: dict[str, bool], running: SavedGame | None, store: Store | None, notice: str) -> None:
        self.progress, self.running, self.store, self.notice = progress, running, store, notice
        self.levels = _levels()
        self.chosen: Level | None = next(
            (level for level in self.levels if not progress.get(level.id)), self.levels[0] if self.levels else None
        )
        self.people, self.policy = 1, "with"
        self.wish, self.new_profile = "", ""
        self.clock = 0.0
        self._preview: tuple[str, Board, object] | None = None
        self.scroll = 0

    def draw(self, ui: Ui, seconds: float) -> None:
        """Draw one frame and note what was pressed."""
        self.clock += seconds
        ui.surface.fill(ui.colours["paper"])
        bounds = ui.surface.get_rect().inflate(-ui.px(48), -ui.px(36))
        ui.icon("power_over", (bounds.x, bounds.y + ui.px(8)), 48)
        ui.icon("power_with", (bounds.x + ui.px(52), bounds.y + ui.px(8)), 48)
        ui.text("Powerdance", (bounds.x + ui.px(116), bounds.y), "title", bold=True)
        ui.text("What does power do, and to whom?", (bounds.x + ui.px(396), bounds.y + ui.px(24)), "strong", "soft_ink")
        top = bounds.y + ui.px(76)
        listed = pygame.Rect(bounds.x, top, ui.px(420), bounds.bottom - top - ui.px(60))
        self._draw_levels(ui, listed)
        detail = pygame.Rect(listed.right + ui.px(18), top, bounds.right - listed.right - ui.px(18), listed.height)
        self._draw_level(ui, detail)
        self._draw_foot(ui, pygame.Rect(bounds.x, bounds.bottom - ui.px(46), bounds.width, ui.px(46)))

    def _draw_levels(self, ui: Ui, rect: pygame.Rect) -> None:
        ui.panel(rect)
        high = ui.px(66)
        y = rect.y + ui.px(10)
        for level in self.levels:
            row = pygame.Rect(rect.x + ui.px(10), y, rect.width - ui.px(20), high)
            if row.bottom > rect.bottom:
                return
            name = f"level {level.id}"
            pressed = ui.area(name, row)
            lively = ui.hovered(row) or ui.has_focus(name)
            ui.panel(
                row,
                "selected" if lively or level is self.chosen else "panel",
                "with" if level is self.chosen else "panel_edge",
                8,
            )
            done = self.progress.get(level.id)
            ui.icon(
                "check" if done else "star" if level.kind == "campaign" else "leaf",
                (row.x + ui.px(10), row.y + ui.px(18)),
                28,
            )
            ui.text(level.title, (row.x + ui.px(50), row.y + ui.px(6)), "strong", bold=True, inside=row)
            ui.text(
                level.promise,
                (row.x + ui.px(50), row.y + ui.px(30)),
                "small",
                "soft_ink",
                width=row.width - ui.px(60),
                inside=row,
            )
            ui.ring(name, row)
            if pressed:
                if self.chosen is level and ui.by_keyboard:
                    self.wish = "play"
                self.chosen = level
                self.people = min(self.people, len(level.seats))
            y += high + ui.px(8)

    def _draw_level(self, ui: Ui, rect: pygame.Rect) -> None:
        ui.panel(rect)
        level = self.chosen
        if level is None:
            return
        inner = rect.inflate(-ui.px(36), -ui.px(28))
        y = inner.y + ui.text(level.title, inner.topleft, "head", bold=True) + ui.px(2)
        y += ui.text(level.opening or level.promise, (inner.x, y), "body", width=inner.width, inside=inner) + ui.px(10)
        foot = inner.bottom - ui.px(112)
        self._draw_preview(ui, pygame.Rect(inner.x, y, inner.width, foot - y - ui.px(10)), level)
        ui.text("People at this computer", (inner.x, foot), "small", "soft_ink")
        for number in range(1, len(level.seats) + 1):
            spot = pygame.Rect(inner.x + (number - 1) * ui.px(44), foot + ui.px(18), ui.px(38), ui.px(34))
            if ui.button(
                f"people {number}",
                spot,
                str(number),
                True,
                "with_soft" if number == self.people else "panel",
                "with" if number == self.people else "panel_edge",
            ):
                self.people = number
        left = inner.x + ui.px(300)
        ui.text("The others are", (left, foot), "small", "soft_ink")
        for number, (policy, label) in enumerate(NEIGHBOURS):
            wide = ui.px(100)
            spot = pygame.Rect(left + number * (wide + ui.px(6)), foot + ui.px(18), wide, ui.px(34))
            if spot.right > inner.right:
                break
            if ui.button(
                f"others {policy}",
                spot,
                label,
                True,
                "with_soft" if policy == self.policy else "panel",
                "with" if policy == self.policy else "panel_edge",
                size="small",
            ):
                self.policy = policy
        go = pygame.Rect(inner.x, inner.bottom - ui.px(48), inner.width, ui.px(48))
        if ui.button("play", go, "Play", True, "with_soft", "with", "with", size="head"):
            self.wish = "play"

    def _draw_preview(self, ui: Ui, rect: pygame.Rect, level: Level) -> None:
        if rect.height < ui.px(80):
            return
        if (
            self._preview is None
            or self._preview[0] != level.id
            or self._preview[1].size[0] > rect.width
            or self._preview[1].size[1] > rect.height
        ):
            model = compile_level(level)
            board = Board(model.layout.rows, model.layout.columns, rect.size)
            self._preview = (level.id, board, look(model, new_worlds(model, [1])))
        _, board, scene = self._preview
        place = pygame.Rect(0, 0, *board.size)
        place.midtop = rect.midtop
        board.draw(ui.surface.subsurface(place), scene, self.clock)  # type: ignore[arg-type]

    def _draw_foot(self, ui: Ui, rect: pygame.Rect) -> None:
        if self.running is not None:
            label = f"Go on: {self.running.level.replace('_', ' ')}, season {self.running.season + 1}"
            spot = pygame.Rect(rect.x, rect.y, ui.px(420), ui.px(42))
            if ui.button("continue", spot, label, True, "selected", "with", "with"):
                self.wish = "continue"
        quit_spot = pygame.Rect(rect.right - ui.px(110), rect.y, ui.px(110), ui.px(42))
        if ui.button("quit", quit_spot, "Quit") or ui.pressed_key(pygame.K_ESCAPE):
            self.wish = "quit"
        self._draw_profiles(ui, rect, quit_spot.left)
        if self.notice:
            ui.text(self.notice, (rect.x, rect.y - ui.px(22)), "small", "bad", width=rect.width)

    def _draw_profiles(self, ui: Ui, rect: pygame.Rect, right: int) -> None:
        if self.store is None:
            return
        names = self.store.profiles()
        now = self.store.setting("profile", names[0] if names else "Player")
        spot = pygame.Rect(right - ui.px(260), rect.y, ui.px(250), ui.px(42))
        if ui.button(
            "profile",
            spot,
            f"Playing: {now}",
            picture="person",
            tip="Press for the next profile; a new one is made after the last.",
        ):
            place = names.index(now) + 1 if now in names else 0
            self.new_profile = names[place] if place < len(names) else f"Player {len(names) + 1}"
            if place >= len(names) and len(names) >= 6:
                self.new_profile = names[0]
            self.wish = "profile"


def _levels() -> list[Level]:
    found = []
    for file in shipped_levels():
        try:
            found.append(load_level(str(file)))
        except LevelError:
            continue
    return sorted(found, key=lambda level: (ORDER[level.kind], level.number or 99, level.title))
