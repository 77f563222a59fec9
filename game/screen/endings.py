"""Before and after a game: what is said meanwhile, the level that is played next, and the page that is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

import pygame
from platformdirs import user_documents_path

from game.level.heads import heads_now
from game.playing.background import Work
from game.playing.campaign import stations
from game.playing.session import Session
from game.playing.stars import Tally
from game.screen.kit.debrief import write_debrief
from game.screen.kit.messages import OPENING, Message
from game.screen.kit.ui import Ui
from game.telling.say import say


def show_wait(ui: Ui, counting: Work[Tally] | None) -> None:
    """Say in the window that what a game brought about is still being counted; nothing where that is done."""
    if counting is None or counting.done:
        return
    _say_at_once(ui, say("end.counting"))


def show_opening(ui: Ui, message: Message) -> None:
    """Say in the window that a game is being opened, which may take a while, where that is what a page asks for."""
    if isinstance(message, OPENING):
        _say_at_once(ui, say("shell.opening"))


def _say_at_once(ui: Ui, text: str) -> None:
    spot = pygame.Rect(0, 0, ui.width(text, "head", True) + ui.px(60), ui.px(90))
    spot.center = ui.surface.get_rect().center
    ui.sheet(spot)
    ui.label(text, spot.inflate(-ui.px(30), 0), "head", "ink", True, "centre")
    if ui.surface is pygame.display.get_surface():
        pygame.display.flip()
        pygame.event.pump()


def next_level(
    level: str, progress: Mapping[str, bool], stars: Mapping[str, Collection[str]], open_all: bool
) -> tuple[str, str] | None:
    """Return the id and the title of the level after one, where it is open to this player."""
    way = stations(heads_now(), progress, stars, open_all)
    place = next((number for number, one in enumerate(way) if one.level.id == level), None)
    after = way[place + 1] if place is not None and place + 1 < len(way) else None
    return (after.level.id, after.level.title) if after is not None and after.open else None


def open_levels(progress: Mapping[str, bool]) -> set[str]:
    """Return the ids of the levels that are open to a player, were there no teacher."""
    return {one.level.id for one in stations(heads_now(), progress, {}) if one.open}


def keep_page(session: Session) -> str:
    """Write the page of a game that is over into the player's documents; return where it lies, or what went wrong."""
    name = f"{session.model.level.id} {date.today().isoformat()} {session.seed}.html"
    folder = pages_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_debrief(folder / name, session)
    except OSError as error:
        return say("end.not_kept", reason=error.strerror or error)
    return say("end.kept", file=folder / name)


def pages_folder() -> Path:
    """Return where pages to keep are written."""
    return user_documents_path() / "Powerdance"
