"""My levels: opened from a folder, begun from a template, mended while the game looks on."""

from __future__ import annotations

import os
from pathlib import Path

import pygame
import pytest

from game.level.packs import PACK, write_pack
from game.level.reader import load_level
from game.level.templates import templates, write_template
from game.record.store import Store
from game.screen.app import open_window, read_input
from game.screen.kit.desktop import NotOpened, Opening
from game.screen.pages import my_levels
from game.screen.pages.my_levels import MyLevelsPage
from game.screen.pages.overlays import OpeningPage
from game.screen.pages.title import TitleScene
from game.telling.say import say
from tests.screen import screens
from tests.screen.players import Player


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the desktop was asked to open."""
    files: list[Path] = []
    monkeypatch.setattr(my_levels, "open_with_desktop", lambda file: files.append(file) or Opening())
    return files


def in_front_of(folder: Path, store: Store | None = None) -> Player:
    player = Player(store)
    title = player.shell.scene
    assert isinstance(title, TitleScene)
    title.folder = folder
    player.click("my levels")
    return looked(player)


def looked(player: Player) -> Player:
    """Let the page see what has changed in its folder."""
    for _ in range(6):
        player.frame(seconds=1.0)
    return player


def read(player: Player) -> str:
    player.frame()
    return " ".join(mark.text for mark in player.ui.marks if mark.kind == "text")


def test_a_level_of_ones_own_is_played_from_the_panel_and_goes_on_later(tmp_path: Path) -> None:
    file = tmp_path / "levels" / "own.yaml"
    file.parent.mkdir()
    write_template(file, "small")
    store = Store(tmp_path / "games.sqlite3")
    player = in_front_of(file.parent, store)
    player.click("own 0")
    assert isinstance(player.shell.stack.top, TitleScene) and "My first pasture" in read(player)
    player.click("play")
    player.begin_at_once()
    player.season()
    player.shell.title()
    (game,) = store.unfinished(player.shell.profile)
    assert game.season == 1 and "Go on: own, season 2" in read(player)
    player.click("continue")
    assert player.scene.session.model.level.title == "My first pasture"


def test_a_pack_is_opened_without_writing_anything(tmp_path: Path) -> None:
    written = load_level("first_steps").written
    assert written is not None
    write_pack(written, tmp_path / f"given{PACK}")
    player = in_front_of(tmp_path)
    player.click("own 0")
    player.click("play")
    assert player.scene.session.model.level.title == "First steps"
    assert [file.name for file in tmp_path.iterdir()] == [f"given{PACK}"]


def test_whoever_plays_a_level_is_told_who_wrote_it_and_what_may_be_done_with_it(tmp_path: Path) -> None:
    """Also where nothing was seen of it before, as with a file that is given to the command."""
    file = tmp_path / "own.yaml"
    write_template(file, "small")
    file.write_text(f"author: Mia Tal\nlicence: CC BY 4.0\n{file.read_text()}")
    scene = screens.PlayScene(screens.session_of(str(file)), "own")
    player = screens.Viewer(scene)
    assert player.shows(OpeningPage) and "by Mia Tal, CC BY 4.0" in player.read()


def test_a_new_level_is_written_from_a_template_and_opened_in_the_editor(tmp_path: Path, opened: list[Path]) -> None:
    player = in_front_of(tmp_path / "not there yet")
    assert "No levels here yet" in read(player)
    player.click("new level")
    player.frame()
    assert all(f"template {name}" in dict(player.ui.areas) for name in templates())
    player.click("template small")
    looked(player)
    assert [file.name for file in opened] == ["my_small.yaml"] and "My first pasture" in read(player)
    player.click("edit 0")
    assert len(opened) == 2


def test_a_broken_level_says_why_and_is_checked_again_when_it_is_saved(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    write_template(file, "small")
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("goals:", "gaols:"), encoding="utf-8")
    player = in_front_of(tmp_path)
    assert 'unknown key "gaols"' in read(player)
    assert "own 0" not in dict(player.ui.areas) and player.shows(MyLevelsPage), "what does not check is not opened"
    file.write_text(good, encoding="utf-8")
    os.utime(file, ns=(file.stat().st_mtime_ns + 10**9,) * 2)
    looked(player)
    assert "gaols" not in read(player) and "My first pasture" in read(player)


def test_what_cannot_be_written_or_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(my_levels, "open_with_desktop", lambda file: NotOpened("no editor is known"))
    player = in_front_of(tmp_path / "file")
    player.click("new level")
    player.frame()
    player.click("template small")
    assert "This could not be written" in read(player)
    player = in_front_of(tmp_path)
    player.click("own folder")
    assert "no editor is known" in read(looked(player))


def test_every_template_is_told_and_checks() -> None:
    assert all(say(f"template.{name}") and load_level(file).title for name, file in templates().items())


def test_a_pack_that_is_let_fall_on_the_window_is_read_from_its_event(tmp_path: Path) -> None:
    written = load_level("first_steps").written
    assert written is not None
    write_pack(written, tmp_path / f"given{PACK}")
    window = open_window((1280, 720))
    pygame.event.clear()
    pygame.event.post(pygame.event.Event(pygame.DROPFILE, file=str(tmp_path / f"given{PACK}")))
    found, closing = read_input(window)
    assert found.dropped == [str(tmp_path / f"given{PACK}")] and not closing
    player = Player(None)
    player.frame(dropped=found.dropped)
    assert "First steps" in read(player)
    player.click("play")
    assert player.scene.session.model.level.title == "First steps"
    assert [file.name for file in tmp_path.iterdir()] == [f"given{PACK}"]
