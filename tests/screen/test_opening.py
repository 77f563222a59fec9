"""The window is there before what is heavy is loaded, as large as it was left, and the menu reads a single level."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pygame
import pytest

from game.level import heads
from game.record.settings import Settings
from game.record.store import Store
from game.screen import opening, program
from game.screen.app import Window
from game.screen.kit.ui import Input, Ui
from tests.screen.players import Player

HEAVY = ("numpy", "pydantic", "networkx", "yaml", "sqlite3", "game.sim.model", "game.level.reader")


def test_nothing_heavy_is_loaded_before_the_window_shows_the_name(tmp_path: Path) -> None:
    text = (
        "import sys\nfrom game import cli\nimport game.commands.play\nfrom game.screen import opening\n"
        f"opening.window()\nprint([one for one in {HEAVY!r} if one in sys.modules])"
    )
    around = {"SDL_VIDEODRIVER": "dummy", "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", text], env={**os.environ, **around}, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_the_name_is_drawn(tmp_path: Path) -> None:
    opened = opening.window(tmp_path / "games.sqlite3")
    assert "Powerdance" in [mark.text for mark in opened.ui.marks]
    assert len({tuple(opened.surface.get_at((x, opened.surface.get_height() // 2))) for x in range(0, 1000, 2)}) > 2


def test_the_menu_reads_one_level_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    load = heads.load_level
    monkeypatch.setattr(heads, "load_level", lambda name: read.append(name) or load(name))  # type: ignore[func-returns-value]
    player = Player(Store(tmp_path / "games.sqlite3"))
    player.frame()
    assert [Path(name).stem for name in read] == ["first_steps"]
    player.click("level nail_and_barn")
    assert [Path(name).stem for name in read] == ["first_steps", "nail_and_barn"]


def played(monkeypatch: pytest.MonkeyPatch, file: Path, size: tuple[int, int], full: bool = False) -> Window:
    """The program, whose window somebody draws to a size and shuts."""

    def pulled(window: Window, draw: object) -> None:
        pygame.display.set_mode(size, pygame.RESIZABLE)
        window.fit()
        window.fill(full)

    monkeypatch.setattr(program, "run", pulled)
    monkeypatch.setattr(program, "heads_now", tuple)
    return program.play_window(file=file)


@pytest.mark.parametrize("full", [False, True])
def test_the_window_is_as_large_as_it_was_left_also_where_it_filled_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: bool
) -> None:
    file = tmp_path / "games.sqlite3"
    monkeypatch.setattr(pygame.display, "get_desktop_sizes", lambda: [(1920, 1080)])
    played(monkeypatch, file, (1100, 700), full)
    assert Settings(opening.settings_file(file))["window"] == [1100, 700]
    assert opening.window(file).surface.get_size() == (1100, 700)


def test_a_window_is_never_larger_than_the_desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "settings.toml").write_text("window = [3000, 2000]\n")
    monkeypatch.setattr(pygame.display, "get_desktop_sizes", lambda: [(1366, 768)])
    wide, high = opening.window(tmp_path / "games.sqlite3").surface.get_size()
    assert wide <= 1366 and high < 768 - 40


def test_broken_settings_open_a_usual_window_and_are_told_once_by_the_title(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("window = 7\n")
    opened = opening.window(tmp_path / "games.sqlite3")
    assert opened.surface.get_width() > 600 and file.exists()
    assert "window should be two whole numbers" in Settings(file).notice


def test_the_title_can_be_drawn_in_the_window_that_showed_the_name(tmp_path: Path) -> None:
    opened = opening.window(tmp_path / "games.sqlite3")
    assert isinstance(opened.ui, Ui)
    opened.ui.begin(Input())
    assert opened.ui.marks == []


def test_a_window_that_filled_the_screen_goes_back_to_where_it_lay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = [(44, 58)]
    monkeypatch.setattr(pygame.display, "get_window_position", lambda: at[-1])
    monkeypatch.setattr(pygame.display, "set_window_position", at.append)
    window = opening.window(tmp_path / "games.sqlite3")
    window.fill(True)
    at.append((45, 78))  # a desktop that takes the place of the picture for that of the title bar
    window.fill(False)
    assert at[-1] == (44, 58)


def test_a_desktop_that_does_not_tell_where_windows_lie_has_full_screens_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def untold(*_: object) -> None:
        raise pygame.error("not supported")

    monkeypatch.setattr(pygame.display, "get_window_position", untold)
    monkeypatch.setattr(pygame.display, "set_window_position", untold)
    window = opening.window(tmp_path / "games.sqlite3")
    size = window.surface.get_size()
    window.fill(True)
    window.fill(False)
    assert window.surface.get_size() == size and not window.full
