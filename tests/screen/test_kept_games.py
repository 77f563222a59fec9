"""Every game that is not over is listed and goes on where it was left, also in the middle of a plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.record.store import Store
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
