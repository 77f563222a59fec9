"""The window before there is a game in it: opened with what is quick to load, and shown while the rest is."""

from __future__ import annotations

from pathlib import Path

import pygame

from game.record.settings import Settings, default_file
from game.screen.app import Window, open_window


def settings_file(games: Path | None = None) -> Path:
    """Return where the settings are: beside the games, where somebody says where these are kept."""
    return games.with_name("settings.toml") if games else default_file()


def window(games: Path | None = None) -> Window:
    """Open the window, as large as it was left, with the name of the game in it.  Raises NoDisplay."""
    wide, high = Settings(_if_sound(settings_file(games)))["window"]
    opened = open_window((wide, high))
    show_name(opened)
    return opened


def _if_sound(file: Path) -> Path | None:
    """Return the settings as they are to be read this early: what is broken is set aside and told later, once."""
    return file if file.is_file() and not Settings.broken(file) else None


def show_name(opened: Window) -> None:
    """Draw what is seen until the title can be: the two kinds of power, and the name."""
    ui = opened.ui
    ui.surface.fill(ui.colours["paper"])
    middle = ui.surface.get_rect().center
    ui.icon("power_over", (middle[0] - ui.px(52), middle[1] - ui.px(80)), 48)
    ui.icon("power_with", (middle[0] + ui.px(4), middle[1] - ui.px(80)), 48)
    ui.text("Powerdance", (middle[0], middle[1] - ui.px(20)), "title", bold=True, centre=True)
    pygame.display.flip()
    pygame.event.pump()
