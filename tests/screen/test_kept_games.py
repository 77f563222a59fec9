"""Every game that is not over is listed and goes on where it was left, also in the middle of a plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.level.library import find_level
from game.record.game_file import GAME
from game.record.store import Store
from game.screen.pages import games
from game.screen.pages.my_levels import MyLevelsPage
from game.screen.pages.title import TitleScene
from tests.screen import screens
from tests.screen.players import Player


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "games.sqlite3")


def begun(player: Player, level: str, seasons: int) -> None:
    """Begin a level and play some seasons of it, then go to the title; the game is kept."""
    model = screens.model_of(level)
    player.shell.start(model, level, 1, 5, model.level.default_policies())
    player.begin_at_once()
    for _ in range(seasons):
        player.season()
    player.shell.title()
    player.frame()


def test_all_games_that_are_not_over_are_listed_the_last_one_first(store: Store) -> None:
    player = Player(store)
    begun(player, "first_steps", 1)
    begun(player, "nail_and_barn", 2)
    kept = store.unfinished(player.shell.profile)
    assert [(game.level, game.season) for game in kept] == [("nail_and_barn", 2), ("first_steps", 1)]
    assert all(len(game.played) == len("2026-11-29 18:40") for game in kept)
    player.click("games")
    player.click(f"go on {kept[1].id}")
    assert player.scene.level_id == "first_steps" and player.scene.session.world.season == 1


def test_a_game_goes_on_from_the_panel_of_its_level(store: Store) -> None:
    player = Player(store)
    begun(player, "first_steps", 1)
    begun(player, "nail_and_barn", 2)
    title = player.shell.scene
    assert isinstance(title, TitleScene)
    title.choose(next(level for level in title.levels if level.id == "first_steps"))
    player.frame()
    player.click("continue level")
    assert player.scene.level_id == "first_steps" and player.scene.session.world.season == 1


def test_a_game_is_thrown_away_only_after_a_question(store: Store) -> None:
    player = Player(store)
    begun(player, "first_steps", 1)
    begun(player, "nail_and_barn", 1)
    first = store.unfinished(player.shell.profile)[0]
    for answer, left in (("leave it", 2), ("go on", 1)):
        player.click("games")
        player.click(f"throw away {first.id}")
        player.click(answer)
        assert len(store.unfinished(player.shell.profile)) == left


def test_a_plan_that_was_begun_is_there_again_though_the_program_was_killed(store: Store) -> None:
    player = Player(store)
    begun(player, "first_steps", 1)
    player.click("continue")
    session = player.scene.session
    candidate = next(index for index, one in enumerate(session.model.candidates) if one.key == "listen:birch")
    assert session.add(candidate)
    player.frame()
    # Nothing is closed: another program opens the same file.
    again = Player(Store(store.file))
    again.click("continue")
    assert again.scene.session.plan == session.plan == (candidate,)
    again.season()
    kept = store.running(again.shell.profile)
    assert kept is not None and kept.season == 2 and kept.planned == {}


def test_a_plan_that_is_damaged_costs_no_more_than_itself(store: Store) -> None:
    player = Player(store)
    begun(player, "first_steps", 1)
    with store.changing() as base:
        base.execute("""update game set planned = '{"0": 7'""")
    kept = store.running(player.shell.profile)
    assert kept is not None and kept.season == 1 and kept.planned == {}


def test_escape_on_the_title_asks_before_it_leaves(store: Store) -> None:
    player = Player(store)
    player.key("escape")
    assert player.going
    player.click("leave it")
    assert player.going and isinstance(player.shell.stack.top, TitleScene)
    player.key("escape")
    player.frame()
    player.frame(mouse=dict(player.ui.areas)["go on"].center, pressed=True)
    assert not player.going


def test_a_level_begins_again_from_the_pause_with_the_same_year(store: Store) -> None:
    player = Player(store)
    begun(player, "first_steps", 2)
    player.click("continue")
    seed = player.scene.session.seed
    player.key("escape")
    player.click("restart")
    player.click("leave it")
    assert player.scene.session.world.season == 2
    player.key("escape")
    player.click("restart")
    player.click("go on")
    assert player.scene.session.world.season == 0 and player.scene.session.seed == seed
    assert [game.season for game in store.unfinished(player.shell.profile)] == [2], "what was left stays"


def dropped(player: Player, file: Path) -> None:
    player.frame(dropped=[str(file)])
    player.frame()


def notice_of(player: Player) -> str:
    title = player.shell.scene
    assert isinstance(title, TitleScene)
    return title.notice


def test_a_game_is_taken_along_as_a_file_and_goes_on_where_it_is_let_fall(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(games, "export_folder", lambda: tmp_path / "taken")
    player = Player(store)
    begun(player, "first_steps", 2)
    player.click("games")
    player.frame()
    kept = store.unfinished(player.shell.profile)[0]
    player.click(f"take {kept.id}")
    player.frame()
    (file,) = (tmp_path / "taken").iterdir()
    page = player.shell.stack.top
    assert isinstance(page, games.GamesPage) and str(file) in page.notice

    elsewhere = Player(Store(tmp_path / "elsewhere" / "games.sqlite3"))
    dropped(elsewhere, file)
    session = elsewhere.scene.session
    assert session.world.season == 2 and session.seed == kept.seed
    elsewhere.season()
    assert [game.season for game in elsewhere.shell.store.unfinished(1)] == [3]  # type: ignore[union-attr]


def test_a_level_that_is_let_fall_is_shown_also_in_the_middle_of_a_game_which_is_kept(
    store: Store, tmp_path: Path
) -> None:
    level = tmp_path / "mine.yaml"
    level.write_text(find_level("one_nail").read_text(encoding="utf-8"), encoding="utf-8")
    player = Player(store)
    begun(player, "first_steps", 1)
    player.click("continue")
    dropped(player, level)
    title = player.shell.scene
    assert isinstance(title, TitleScene) and title.file == str(level)
    assert title.chosen is not None and title.chosen.title == "One nail"
    assert [game.season for game in store.unfinished(player.shell.profile)] == [1]


def test_whatever_else_is_let_fall_is_told_in_a_line(store: Store, tmp_path: Path) -> None:
    player = Player(store)
    (tmp_path / "song.mp3").write_bytes(b"la")
    (tmp_path / f"x{GAME}").write_text("la")
    (tmp_path / "x.yaml").write_text("la")
    for name, said in (("song.mp3", "neither"), (f"x{GAME}", "no game"), ("x.yaml", "x.yaml"), ("gone.yaml", "gone")):
        dropped(player, tmp_path / name)
        assert said in notice_of(player) and "\n" not in notice_of(player)
    dropped(player, tmp_path)
    assert isinstance(player.shell.stack.top, MyLevelsPage)


def test_names_show_how_many_stars_each_has(store: Store) -> None:
    player = Player(store)
    store.win_stars(player.shell.profile, "first_steps", ["goals", "path"])
    store.profile("Mia")
    player.click("profile")
    player.frame()
    assert "2" in [mark.text for mark in player.ui.marks if mark.kind == "text"]
