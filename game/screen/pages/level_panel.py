"""What a level promises, its land, who plays it and how rough it is, and the button that begins it."""

from __future__ import annotations

import pygame

from game.level.difficulty import TOLD, at_difficulty, difficulties
from game.level.schema import Level
from game.picture.board import Board
from game.picture.scene import Scene, look
from game.playing.campaign import STARS, Station
from game.screen.kit.page import Page
from game.screen.kit.ui import Ui
from game.sim.beginning import new_worlds
from game.sim.model import compile_level
from game.telling import words
from game.telling.say import say

NEIGHBOURS = {
    "told": (say("level.told"), say("level.told_tip")),
    "with": (say("level.with"), say("level.with_tip")),
    "over": (say("level.over"), say("level.over_tip")),
    "mixed": (say("level.mixed"), say("level.mixed_tip")),
    "random": (say("level.random"), say("level.random_tip")),
}
STAR_WORDS = {"goals": say("level.star_goals"), "light": say("level.star_light"), "path": say("level.star_path")}
STAR_ICONS = {"goals": "check", "light": "feather", "path": "boots"}


REMEMBERED = 6  # lands
_lands: list[tuple[Level, tuple[int, int], Board, Scene]] = []  # the latest last


def land_of(level: Level, size: tuple[int, int]) -> tuple[Board, Scene]:
    """Return the land of a level as it begins, and a board of at most this size in pixels to draw it on.

    The latest are remembered: whoever comes back to the title looks at the same land again.
    """
    for kept, kept_size, board, scene in _lands:
        if kept is level and kept_size == size:
            return board, scene
    model = compile_level(level)
    found = Board(model.layout.rows, model.layout.columns, size), look(model, new_worlds(model, [1]))
    _lands.append((level, size, *found))
    del _lands[:-REMEMBERED]
    return found


class LevelPanel:
    """The panel of one level after another, and what was chosen in it."""

    def __init__(self) -> None:
        self.people, self.policy, self.difficulty = 1, "told", TOLD
        self.clock, self.pictures = 0.0, True
        self._preview: tuple[object, Board, Scene] | None = None

    def show(self, level: Level, difficulty: str = TOLD) -> None:
        """Turn to another level; `difficulty` is the one that holds where nobody chooses another for this one."""
        self.difficulty = difficulty
        self.people = min(self.people, max(1, len(level.seats)))
        if self.difficulty not in difficulties(level):
            self.difficulty = TOLD

    def level(self, level: Level) -> Level:
        """Return the level at the difficulty that was chosen.  Raises LevelError."""
        return at_difficulty(level, self.difficulty)

    def policies(self, level: Level) -> tuple[str, ...]:
        """How the others play: as the level tells it, or all in the way that was chosen."""
        return level.default_policies() if self.policy == "told" else (self.policy,) * len(level.seats)

    def draw(self, ui: Ui, rect: pygame.Rect, level: Level, station: Station | None, beside: int = 0) -> bool:
        """Draw the panel inside a sheet; return whether the level shall be played.

        `beside` is how much room the button leaves for another one at its left.
        """
        inner = rect.inflate(-ui.px(36 if ui.roomy else 24), -ui.px(28 if ui.roomy else 18))
        go = pygame.Rect(inner.x + beside, inner.bottom - ui.px(46), inner.width - beside, ui.px(46))
        body = pygame.Rect(inner.x, inner.y, inner.width, go.y - inner.y - ui.px(10))
        is_open = station is None or station.open
        with Page(ui, f"title {level.id}", body, keys=True) as page:
            page.y += ui.text(level.title, (page.x, page.y), "head", bold=True, width=page.width) + ui.px(2)
            by = words.by_whom(level.author, level.licence)
            if by:
                page.y += ui.text(by, (page.x, page.y), "small", "soft_ink", width=page.width) + ui.px(2)
            if station is not None:
                self._draw_stars(ui, page, station)
            for text, size, colour in ((level.promise, "strong", "with"), (level.opening, "body", "ink")):
                if text:
                    page.y += ui.text(text, (page.x, page.y), size, colour, size == "strong", page.width) + ui.px(4)
            page.y += ui.px(6)
            settings = self._settings_height(ui, page.width) if is_open else 0
            if self.pictures:
                room = max(ui.px(120), body.bottom - page.y - settings - ui.px(8))
                self._draw_preview(ui, pygame.Rect(page.x, page.y, page.width, room), level)
                page.y += room + ui.px(8)
            if is_open:
                self._draw_settings(ui, page, level)
        if not is_open and station is not None:
            ui.panel(go, "neutral_soft", "faint", 8)
            ui.icon("lock", (go.x + ui.px(12), go.centery - ui.px(13)), 26)
            label = pygame.Rect(go.x + ui.px(46), go.y, go.width - ui.px(54), go.height)
            ui.label(say("level.locked", level=station.opens_with), label, "strong", "soft_ink", True)
            return False
        return ui.button("play", go, say("level.play"), True, "with", "with", "panel", size="head")

    def _draw_stars(self, ui: Ui, page: Page, station: Station) -> None:
        """Draw the three stars, each with what it is for."""
        x, side = page.x, ui.px(22)
        for star in STARS:
            spot = pygame.Rect(x, page.y, 2 * side + ui.px(2), side)
            ui.icon("star" if star in station.stars else "star_out", spot.topleft, 22)
            ui.icon(STAR_ICONS[star], (spot.x + side + ui.px(2), spot.y + ui.px(3)), 16)
            told = STAR_WORDS[star]
            ui.tip(say("level.star_won", star=told) if star in station.stars else told, spot)
            x += spot.width + ui.px(14)
        page.y += side + ui.px(6)

    def _settings_height(self, ui: Ui, width: int) -> int:
        return 2 * (ui.height("0", "small", width) + ui.px(42))

    def _draw_settings(self, ui: Ui, page: Page, level: Level) -> None:
        """Who plays: how many people, how rough it is, and what the others are like."""
        numbers = [(f"people {number}", str(number), "") for number in range(1, len(level.seats) + 1)]
        pressed, wide = _row(
            ui, (page.x, page.y), say("level.people"), numbers, f"people {self.people}", page.width // 2
        )
        self.people = int(pressed.split()[1])
        found = difficulties(level)
        if len(found) > 1:
            rough = [(f"difficulty {name}", title, plain) for name, (title, plain) in found.items()]
            left = page.x + max(wide, page.width // 2 - ui.px(40)) + ui.px(16)
            room = page.x + page.width - left
            pressed, _ = _row(ui, (left, page.y), say("level.difficulty"), rough, f"difficulty {self.difficulty}", room)
            self.difficulty = pressed.split()[1]
        page.y += self._settings_height(ui, page.width) // 2
        others = [(f"others {name}", label, tip) for name, (label, tip) in NEIGHBOURS.items()]
        pressed, _ = _row(ui, (page.x, page.y), say("level.others"), others, f"others {self.policy}", page.width)
        self.policy = pressed.split()[1]
        page.y += self._settings_height(ui, page.width) // 2

    def _draw_preview(self, ui: Ui, rect: pygame.Rect, level: Level) -> None:
        key = (level.id, level.written, rect.size)
        if self._preview is None or self._preview[0] != key:
            self._preview = (key, *land_of(level, rect.size))
        _, board, scene = self._preview
        place = pygame.Rect(0, 0, *board.size)
        place.center = rect.center
        sheet = pygame.Surface(board.size)
        sheet.fill(ui.colours["panel"])
        board.draw(sheet, scene, self.clock)
        ui.surface.blit(sheet, place)


def _row(
    ui: Ui, at: tuple[int, int], title: str, choices: list[tuple[str, str, str]], now: str, width: int
) -> tuple[str, int]:
    """Draw choices (name, label, tip) in a row below their title, as wide as their words.

    Returns the name of the one that holds now, and how wide the row is.
    """
    high = ui.text(title, at, "small", "soft_ink")
    gap = ui.px(5)
    wanted = [ui.width(label, "small", True) + ui.px(24) for _, label, _ in choices]
    room = width - gap * (len(choices) - 1)
    if sum(wanted) > room:
        wanted = [one * room // sum(wanted) for one in wanted]
    x = at[0]
    for (name, label, tip), wide in zip(choices, wanted, strict=True):
        spot = pygame.Rect(x, at[1] + high + ui.px(2), wide, ui.px(32))
        looks = ("with_soft", "with", "with") if name == now else ("panel", "panel_edge", "ink")
        if ui.button(name, spot, label, True, *looks, size="small", tip=tip):
            now = name
        x += wide + gap
    return now, x - gap - at[0]
