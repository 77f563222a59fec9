"""All games of a player that are not over: going on with one of them, throwing one away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pygame

from game.level.difficulty import TOLD
from game.level.heads import Headed, seasons_in
from game.level.problems import UnreadableFile
from game.level.schema import Seasons
from game.picture.sprites import is_icon
from game.record.game_file import export_folder, export_game
from game.record.saved_game import SavedGame
from game.screen.kit.messages import Continue, ThrowAway
from game.screen.kit.page import Page
from game.screen.kit.stack import ScreenPage
from game.screen.kit.ui import Ui
from game.screen.pages.question import Question
from game.telling.say import say, told_in


def name_of(game: SavedGame) -> str:
    """Return what a game of no shipped level is called: as its file is."""
    return Path(game.level).stem.replace("_", " ")


def turns_of(game: SavedGame) -> Seasons | None:
    """Return how long a kept game lasts and what its turns are called; None where its level was not kept with it."""
    return None if game.level_text is None else seasons_in(game.level_text)


class GamesPage(ScreenPage):
    """A sheet above the title, a row for each game."""

    back_to = "games"

    def __init__(self, games: Sequence[SavedGame], levels: Mapping[str, Headed]) -> None:
        self.games, self.levels = games, levels
        self.notice = ""  # where a game was written

    def title_of(self, game: SavedGame) -> str:
        """Return what a game is called: its level, how rough it is, how many play it."""
        title = self.levels[game.level].title if game.level in self.levels else name_of(game)
        if game.difficulty != TOLD:
            title = say("games.rough", title=title, difficulty=game.difficulty)
        return say("games.people", title=title, count=game.people) if game.people > 1 else title

    def season_of(self, game: SavedGame) -> str:
        """Return how far a game is, and whether the next season is planned in part."""
        level, turns = self.levels.get(game.level), turns_of(game)
        count = turns.count if turns else level.seasons.count if level else "?"
        with told_in(turns):
            season = say("games.season", season=game.season + 1, seasons=count)
        return say("games.planned", season=season) if any(keys for keys, _ in game.planned.values()) else season

    def draw(self, ui: Ui) -> None:
        """Draw the sheet and act on what was pressed."""
        ui.cover()
        bounds = ui.surface.get_rect()
        wanted = ui.px(190 + 66 * len(self.games))
        rect = pygame.Rect(0, 0, min(ui.px(640), bounds.width - ui.px(24)), min(wanted, bounds.height - ui.px(20)))
        rect.center = bounds.center
        ui.sheet(rect)
        inner = rect.inflate(-ui.px(44), -ui.px(28))
        top = inner.y + ui.text(say("games.title"), inner.topleft, "head", bold=True, width=inner.width) + ui.px(4)
        told = self.notice or say("games.drop")
        top += ui.text(told, (inner.x, top), "small", "soft_ink", width=inner.width) + ui.px(8)
        foot = pygame.Rect(inner.x, inner.bottom - ui.px(42), inner.width, ui.px(42))
        with Page(ui, "games", pygame.Rect(inner.x, top, inner.width, foot.y - top - ui.px(8)), keys=True) as page:
            for game in self.games:
                self._draw_row(ui, page, game)
        if ui.button("close games", foot, say("games.back")):
            self.close()

    def _draw_row(self, ui: Ui, page: Page, game: SavedGame) -> None:
        high, side = ui.px(58), ui.px(42)
        row = pygame.Rect(page.x, page.y, page.width - ui.px(8), high)
        ui.panel(row, "panel", "panel_edge", 8)
        emblem = self.levels[game.level].emblem if game.level in self.levels else ""
        ui.icon(emblem if is_icon(emblem) else "leaf", (row.x + ui.px(10), row.y + ui.px(11)), 36)
        cross = pygame.Rect(row.right - side - ui.px(8), row.y + (high - side) // 2, side, side)
        take = cross.move(-side - ui.px(6), 0)
        go = pygame.Rect(take.x - ui.px(98), cross.y, ui.px(92), side)
        room = pygame.Rect(row.x + ui.px(56), row.y + ui.px(6), go.x - row.x - ui.px(64), ui.px(24))
        ui.label(self.title_of(game), room, "strong", "ink", True)
        told = "   ".join(part for part in (self.season_of(game), game.played) if part)
        ui.label(told, room.move(0, ui.px(23)), "small", "soft_ink")
        if ui.button(f"go on {game.id}", go, say("games.go_on"), True, "with", "with", "panel"):
            self.close()
            self.stack.send(Continue(game=game.id))
        if ui.button(f"take {game.id}", take, "", picture="scroll", tip=say("games.export")):
            self._export(game)
        if ui.button(f"throw away {game.id}", cross, "", picture="cross", tip=say("games.delete")):
            self._ask(game)
        page.y += high + ui.px(8)

    def _export(self, game: SavedGame) -> None:
        """Write a game as a file of its own, and tell where."""
        try:
            self.notice = say("games.exported", file=export_game(game, export_folder()))
        except (OSError, UnreadableFile) as error:
            self.notice = say("games.not_exported", reason=error)

    def _ask(self, game: SavedGame) -> None:
        assert game.id is not None
        asked = [say("games.sure", title=self.title_of(game), season=self.season_of(game))]
        self.close()
        self.stack.push(Question(asked, say("games.gone"), say("games.keep"), ThrowAway(game.id), "games"))
