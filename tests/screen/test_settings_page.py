"""Every setting that is shown does what it says, at once and the next time, by mouse and by keyboard."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest

from game.level.difficulty import DIFFICULTIES
from game.picture.palette import AID, CONTRAST, palette, themed
from game.record.settings import CHOICES, DEFAULTS, KEYS, Settings
from game.record.store import Store
from game.screen.app import PATIENT, STILL_PATIENT, Pace
from game.screen.kit.sound import NAMES, Sounds
from game.screen.pages.overlays import HelpPage, PausePage
from game.screen.pages.settings import ROWS, KeysPage, SettingsPage
from game.screen.pages.title import TitleScene
from tests.screen import screens
from tests.screen.players import Player
from tests.screen.test_layout import faults


@pytest.fixture
def player(tmp_path: Path) -> Player:
    return Player(Store(tmp_path / "games.sqlite3"))


def opened(player: Player) -> SettingsPage:
    player.click("settings")
    player.frame()
    page = player.shell.stack.top
    assert isinstance(page, SettingsPage)
    return page


def kept(player: Player) -> Settings:
    """The settings as another start of the program finds them."""
    return Settings(player.shell.settings.file)


def begun(player: Player) -> None:
    player.shell.start(screens.model_of("first_steps"), "first_steps", 1, 5, ("with", "with"))
    player.begin_at_once()
    player.frame()


def test_every_setting_of_the_file_has_its_place_on_the_page(player: Player) -> None:
    opened(player)
    for name in ROWS:
        player.walk_to(name)
    player.walk_to("keys")
    assert {*ROWS, "keys"} == DEFAULTS.keys() - {"window"}, "the size of the window is set by its edges"


def test_they_open_from_the_pause_too(player: Player) -> None:
    begun(player)
    player.key("escape")
    opened(player)
    player.key("escape")
    assert player.shell.stack.top is player.scene


@pytest.mark.parametrize("name", ROWS)
def test_what_is_changed_is_kept(player: Player, name: str) -> None:
    opened(player)
    before = player.shell.settings[name]
    player.walk_to(name)
    player.key("enter")
    assert player.shell.settings[name] != before
    assert kept(player)[name] == player.shell.settings[name]


def test_the_window_fills_the_screen_and_is_as_large_as_before_afterwards(player: Player) -> None:
    opened(player)
    size = player.window.surface.get_size()
    player.click("full_screen")
    assert player.window.full
    player.click("full_screen")
    assert not player.window.full and player.window.surface.get_size() == size


def test_what_a_key_of_the_window_changes_is_kept_as_well(player: Player) -> None:
    player.window.fill(True)
    player.window.user_scale = 1.1
    player.frame()
    assert kept(player)["full_screen"] and kept(player)["letter_size"] == 1.1
    assert player.window.full, "and stays"


def test_everything_grows(player: Player) -> None:
    opened(player)
    scale = player.ui.scale
    player.click("letter_size")
    assert player.ui.scale == pytest.approx(1.25 * scale)


def test_effects_are_as_loud_as_they_are_set(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    class Heard:
        def __init__(self) -> None:
            self.loud: list[float] = []

        def set_volume(self, loud: float) -> None:
            self.loud.append(loud)

        def play(self) -> None: ...

    heard, sounds = Heard(), Sounds()
    sounds._loaded = dict.fromkeys(NAMES, heard)  # type: ignore[arg-type]
    player.shell.sounds = player.shell.wishes.sounds = sounds
    opened(player)  # pressing is heard
    for _ in range(3):
        player.click("effects")
    usual, *found = heard.loud
    assert found[-2:] == pytest.approx([0.25 * usual, 0.5 * usual])
    before = len(heard.loud)
    player.click("sound")
    player.click("effects")
    assert sounds.muted and len(heard.loud) == before


def test_a_season_is_told_as_fast_as_it_is_set_and_as_the_table_set_it(player: Player) -> None:
    opened(player)
    player.click("telling_speed")
    player.key("escape")
    begun(player)
    player.key("e")
    told = player.scene.told_seconds
    player.frame(seconds=0.1)
    assert player.scene.told_seconds - told == pytest.approx(0.2)
    player.click("speed 4")
    assert kept(player)["telling_speed"] == 4.0


def moving(player: Player) -> bool:
    """Whether the table, in which nobody does anything, looks otherwise a while later."""
    player.frame()
    before = pygame.image.tobytes(player.ui.surface, "RGB")
    player.frame(seconds=0.7)
    player.frame()
    return before != pygame.image.tobytes(player.ui.surface, "RGB")


def test_with_less_motion_nothing_moves_by_itself(player: Player) -> None:
    begun(player)
    assert moving(player)
    player.shell.change_setting("reduced_motion", True)
    assert not moving(player)
    player.key("e")
    assert not player.scene.told
    ends = player.scene.ends[0]
    assert ends > 1.0 and not moving(player), "nor does a scene grow while it is told"
    player.shell.title()
    assert not moving(player)


def test_with_less_motion_frames_become_rare_at_once(player: Player) -> None:
    pace, still = Pace(), Pace(still=lambda: True)
    for one in (pace, still):
        one.saw(screens.Input(), 0.0)
        one.saw(screens.Input(), STILL_PATIENT + 0.1)
    assert still.rests and not pace.rests and STILL_PATIENT < PATIENT
    assert player.window.still is False
    player.shell.change_setting("reduced_motion", True)
    assert player.window.still


@pytest.mark.parametrize(("name", "theme"), [("high_contrast", CONTRAST), ("colour_aid", AID)])
def test_colours_change_at_once_also_those_of_the_land(player: Player, name: str, theme: str) -> None:
    player.shell.change_setting("reduced_motion", True)
    begun(player)
    player.frame()
    land = player.scene.view.place
    assert land is not None

    def seen() -> tuple[bytes, bytes]:
        player.frame()
        surface = player.ui.surface
        return pygame.image.tobytes(surface.subsurface(land), "RGB"), pygame.image.tobytes(surface, "RGB")

    before = seen()
    player.shell.change_setting(name, True)
    after = seen()
    assert palette() is themed((theme,)) and player.ui.colours is palette()
    assert before[0] != after[0] and before[1] != after[1]
    player.shell.change_setting(name, False)
    assert seen()[1] == before[1]


def test_levels_lose_their_pictures(player: Player) -> None:
    title = player.shell.scene
    assert isinstance(title, TitleScene)
    opened(player)
    player.click("pictures")
    player.key("escape")
    title.panel._preview = None
    player.frame()
    assert title.panel._preview is None, "no land is drawn, nor worked out"
    player.shell.change_setting("pictures", True)
    for _ in range(2):
        player.frame()
    assert title.panel._preview is not None


def test_leaving_asks_or_does_not(player: Player) -> None:
    opened(player)
    player.click("ask_before_leaving")
    player.key("escape")
    assert player.going
    player.frame(keys=[pygame.event.Event(pygame.KEYDOWN, key=pygame.K_ESCAPE, mod=0)])
    assert not player.going


def test_all_levels_open(player: Player) -> None:
    title = player.shell.scene
    assert isinstance(title, TitleScene) and not all(one.open for one in title.stations)
    opened(player)
    player.click("all_levels_open")
    assert all(one.open for one in title.stations)


def test_a_key_is_given_another_letter_and_the_page_of_help_names_it(player: Player) -> None:
    opened(player)
    player.click("keys")
    player.frame()
    player.click("key end")
    player.key("n")
    player.frame()
    assert kept(player)["keys"] == {**KEYS, "end": "n"}
    player.key("escape")
    player.key("escape")
    begun(player)
    player.settle()
    player.key("e")
    assert player.scene.report is None, "E means nothing now"
    player.key("h")
    player.frame()
    assert player.shows(HelpPage) and any("N ends the season" in mark.text for mark in player.ui.marks)
    player.key("escape")
    player.settle()
    player.key("n")
    assert player.scene.report is not None


def test_two_keys_change_places_and_all_go_back_to_what_they_were(player: Player) -> None:
    opened(player)
    player.click("keys")
    player.frame()
    player.click("key undo")
    player.key("l")
    assert player.shell.settings["keys"] == {**KEYS, "undo": "l", "loops": "u"}
    player.click("usual keys")
    assert player.shell.settings["keys"] == KEYS
    player.click("key undo")
    player.key("escape")
    assert isinstance(player.shell.stack.top, KeysPage), "Escape ends the waiting first"
    player.key("m")
    assert not player.shell.sounds.muted and player.shell.settings["keys"] == KEYS


def test_a_broken_file_is_told_on_the_title(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("high_contrast = 7\n")
    player = Player(Store(tmp_path / "games.sqlite3"))
    player.frame()
    assert any("high_contrast should be true or false" in mark.text for mark in player.ui.marks)


@pytest.mark.parametrize("size", [(1024, 600), (1366, 768), (1920, 1040)])
@pytest.mark.parametrize("scale", screens.SCALES)
def test_nothing_of_the_pages_is_cut_off(size: tuple[int, int], scale: float) -> None:
    ui = screens.new_ui(size, scale)
    for page in (SettingsPage(Settings()), KeysPage(Settings()), PausePage()):
        screens.settle(ui, page.draw)
        assert ui.marks and not faults(ui)


def test_the_difficulty_that_is_set_is_that_of_the_next_level(player: Player) -> None:
    assert CHOICES["difficulty"] == DIFFICULTIES
    opened(player)
    player.click("difficulty")
    assert kept(player)["difficulty"] == "hard"
    player.key("escape")
    player.frame()
    player.click("level first_steps")
    player.frame()
    title = player.shell.stack.find(TitleScene)
    assert title is not None and title.panel.difficulty == "hard"
    player.click("difficulty as_told")
    assert title.panel.difficulty == "as_told" and kept(player)["difficulty"] == "hard", "one game can be another"
