"""The whole program without a window: from the title to the end, kept and gone on with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pygame
import pytest

from game.level.difficulty import at_difficulty
from game.level.library import data_root, find_level
from game.level.reader import load_level
from game.players.policies import plan_season
from game.record.store import Store
from game.screen.app import read_input
from game.screen.pages.codex import CodexPage
from game.screen.pages.ending import EndingScene
from game.screen.pages.ending_closer import CloserPage
from game.screen.pages.overlays import HandoverPage, HelpPage, OpeningPage, PausePage
from game.screen.pages.proof import ProofScene
from game.screen.pages.ripples import DeedsScene
from game.screen.pages.timelines import TimelinesScene
from game.screen.pages.title import TitleScene
from game.screen.table.cards import best_options
from game.screen.table.play import PlayScene
from game.sim import RULE_NUMBER
from game.sim.model import compile_level
from game.sim.world import World
from tests.screen import screens
from tests.screen.players import Player


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "games.sqlite3")
    yield opened
    opened.close()


def numbers(world: World) -> bytes:
    return b"".join(np.ascontiguousarray(value).tobytes() for _, value in sorted(world.stock.items()))


def test_a_game_by_mouse_from_the_title_to_its_end(store: Store) -> None:
    player = Player(store)
    player.click("level nail_and_barn")
    player.click("play")
    player.click(player.ui.areas[0][0])  # the opening has one button
    screens.plan_force(player.scene.session)
    while isinstance(player.shell.scene, PlayScene):
        player.season()
    assert isinstance(player.shell.scene, EndingScene)
    assert "nail_and_barn" in store.progress(player.shell.profile)
    player.click("look closer")
    player.frame()
    player.click("deeds")
    assert isinstance(player.shell.scene, DeedsScene)
    player.click("back")
    assert isinstance(player.shell.scene, CloserPage)
    player.walk_to("proof")
    player.key("enter")
    assert isinstance(player.shell.scene, ProofScene)
    player.shell.scene.shown.hindsight.proof().wait()
    player.click("back")
    player.click("back")
    assert isinstance(player.shell.scene, EndingScene)
    player.click("title")
    assert isinstance(player.shell.scene, TitleScene)
    assert player.shell.scene.running is None


def test_a_plan_by_keyboard_alone(store: Store) -> None:
    player = Player(store)
    player.walk_to("open all")
    player.key("enter")
    player.walk_to("level the_shared_pasture")
    player.key("enter")
    player.walk_to("play")
    player.key("enter")
    player.key("enter")
    assert not player.shows(OpeningPage)
    player.settle()
    player.walk_to("card listen")
    player.key("enter")
    assert player.scene.selected == "listen"
    assert player.ui.focus.startswith("option"), "the keyboard goes on where the choice is"
    player.key("right")
    player.key("enter")
    player.walk_to("card rest")
    player.key("enter")
    first, second = player.scene.session.plan
    player.walk_to("chip 0")
    player.key("right", pygame.KMOD_SHIFT)
    assert player.scene.session.plan == (second, first)
    player.key("u")
    assert player.scene.session.plan == (first, second)
    player.key("r")
    player.walk_to("chip 1")
    player.key("delete")
    assert player.scene.session.plan == (second,)
    player.key("h")
    assert player.shows(HelpPage)
    player.key("escape")
    assert not player.shows(HelpPage)
    player.season()
    assert player.scene.session.world.season == 1


def test_chips_are_dragged_and_dropped(store: Store) -> None:
    player = Player(store)
    player.shell.start(screens.model_of("the_shared_pasture"), "the_shared_pasture", 1, 3, ("with",) * 4)
    player.begin_at_once()
    screens.fill_plan(player.scene, 3)
    player.frame()
    before = player.scene.session.plan
    spots = dict(player.ui.areas)
    player.frame(mouse=spots["chip 0"].center, pressed=True)
    player.frame(mouse=spots["chip 2"].center, held=True)
    player.frame(mouse=spots["chip 2"].center, released=True)
    assert player.scene.session.plan == (before[1], before[2], before[0])
    player.click("chip 0")
    assert player.scene.session.plan == (before[2], before[0])


def test_a_kept_game_goes_on_with_the_same_world(store: Store) -> None:
    player = Player(store)
    player.shell.start(screens.model_of("the_shared_pasture"), "the_shared_pasture", 1, 3, ("with",) * 4)
    player.begin_at_once()
    for _ in range(3):
        screens.fill_plan(player.scene, 3)
        player.season()
    again = Player(store)
    again.click("continue")
    assert numbers(again.scene.session.world) == numbers(player.scene.session.world)
    # And both go on alike.
    for one in (player, again):
        screens.fill_plan(one.scene, 2)
        one.season()
    assert numbers(again.scene.session.world) == numbers(player.scene.session.world)
    assert store.running(player.shell.profile).season == 4  # type: ignore[union-attr]


def test_several_people_hand_over(store: Store) -> None:
    player = Player(store)
    player.shell.start(screens.model_of("the_shared_pasture"), "the_shared_pasture", 3, 3, ("with",) * 4)
    player.begin_at_once()
    for turn in range(3):
        assert player.shows(HandoverPage) and player.scene.session.turn == turn
        player.settle()
        player.key("enter")
        assert not player.shows(HandoverPage)
        screens.fill_plan(player.scene, 2)
        player.settle()
        player.key("e")
    assert player.scene.session.world.season == 1
    assert len(player.scene.decisions) == 1


def test_a_disk_that_fails_does_not_end_the_game(store: Store) -> None:
    player = Player(store)
    player.shell.start(screens.model_of("the_shared_pasture"), "the_shared_pasture", 1, 3, ("with",) * 4)
    player.begin_at_once()
    store.close()
    player.season()
    assert player.scene.session.world.season == 1
    assert "Not saved" in player.scene.notice
    player.key("m")
    player.season()
    assert player.scene.session.world.season == 2
    player.key("escape")
    player.click("leave")
    player.frame()
    assert isinstance(player.shell.scene, TitleScene)
    assert any("Nothing will be kept" in mark.text or "could not" in mark.text for mark in player.ui.marks)


def test_without_a_store_the_game_is_played_with_a_notice() -> None:
    player = Player(None, "games.sqlite3: saved games cannot be opened. Nothing will be kept.")
    assert any("Nothing will be kept" in mark.text for mark in player.ui.marks)
    player.click("play")
    player.key("enter")
    player.season()
    assert player.scene.session.world.season == 1


def test_a_kept_game_of_an_older_version_whose_level_is_gone_is_told_and_not_a_crash(store: Store) -> None:
    player = Player(store)
    player.shell.start(screens.model_of("the_shared_pasture"), "the_shared_pasture", 1, 3, ("with",) * 4)
    player.begin_at_once()
    player.season()
    player.shell.saved.level = "no_such_level"  # type: ignore[union-attr]
    player.shell.saved.level_text = None  # type: ignore[union-attr]
    store.save(player.shell.profile, player.shell.saved)  # type: ignore[arg-type]
    again = Player(store)
    again.click("continue")
    again.frame()
    assert isinstance(again.shell.scene, TitleScene)
    assert any("cannot go on" in mark.text for mark in again.ui.marks)


def test_mute_and_profiles_are_kept(store: Store) -> None:
    player = Player(store)
    player.key("m")
    assert player.shell.sounds.muted
    player.enter_name("Mia")
    again = Player(store)
    assert again.shell.sounds.muted
    assert store.profiles() == ["Player", "Mia"]
    assert again.shell.profile == store.profile("Mia")


def test_a_name_is_written_by_keyboard_alone(store: Store) -> None:
    player = Player(store)
    player.walk_to("profile")
    player.key("enter")
    player.type("Mia m")
    player.key("backspace")
    player.type("M.")
    player.key("enter")
    assert store.setting("profile", "") == "Mia M."
    assert not player.shell.sounds.muted, "letters belong to the name while one is written"
    assert any(mark.text == "Mia M." for mark in player.ui.marks)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Bartholomew the Elder", "Bartholomew the"),
        ("  Ayşe   Öz ", "Ayşe Öz"),
        ("漢字", "漢字"),
        ("🐮🐮", "🐮🐮"),
        ("a\u0000\u202eb\nc", "abc"),
        ("Robert'); drop", "Robert'); drop"),
    ],
)
def test_odd_names_are_kept_plain_and_short(store: Store, written: str, kept: str) -> None:
    player = Player(store)
    player.enter_name(written)
    assert store.setting("profile", "") == kept
    assert kept in store.profiles()
    assert Player(store).shell.profile == store.profile(kept)


def test_an_empty_name_is_no_name(store: Store) -> None:
    player = Player(store)
    player.enter_name("   ")
    assert store.profiles() == ["Player"]
    player.key("escape")
    player.frame()
    assert player.going and "profile" in dict(player.ui.areas), "Escape shuts the sheet, not the program"


def test_each_name_has_its_own_games(store: Store) -> None:
    player = Player(store)
    player.enter_name("Mia")
    player.click("play")
    player.key("enter")
    player.season()
    player.key("escape")
    player.click("leave")
    player.frame()
    assert "continue" in dict(player.ui.areas)
    player.click("profile")
    player.click("name Player")
    player.frame()
    assert "continue" not in dict(player.ui.areas)


def test_a_name_is_deleted_only_after_a_question(store: Store) -> None:
    player = Player(store)
    player.enter_name("Mia")
    store.finish(store.profile("Mia"), "nail_and_barn", True, 1.0)
    player.click("profile")
    player.click("delete Mia")
    player.click("keep name")
    assert store.profiles() == ["Player", "Mia"]
    player.click("delete Mia")
    player.click("delete for good")
    player.frame()
    assert store.profiles() == ["Player"]
    assert player.shell.profile == store.profile("Player")
    assert not store.progress(store.profile("Mia"))
    player.click("profile")
    player.frame()
    player.click("name Player")


def test_the_last_name_cannot_be_deleted(store: Store) -> None:
    player = Player(store)
    player.click("profile")
    player.frame()
    assert not [name for name, _ in player.ui.areas if name.startswith("delete")]


def test_the_keyboard_asks_any_tile_why(store: Store) -> None:
    player = Player(store)
    player.shell.start(screens.model_of("the_shared_pasture"), "the_shared_pasture", 1, 3, ("with",) * 4)
    player.begin_at_once()
    player.season()
    player.walk_to("board")
    row, column = player.scene.cursor
    for name in ("up", "up", "left"):
        player.key(name)
    assert player.scene.cursor == (row - 2, column - 1)
    assert player.scene.inspect == ("tile", (row - 2, column - 1))
    assert any(mark.text.startswith("Grass around here") for mark in player.ui.marks)
    assert any("grazing" in mark.text for mark in player.ui.marks)
    for _ in range(40):
        player.key("up")
        player.key("left")
        if player.ui.focus != "board":
            break
    assert player.ui.focus != "board", "over the edge the arrows leave the board"


def test_the_keyboard_chooses_ground_and_homes_on_the_board(store: Store) -> None:
    player = Player(store)
    player.shell.start(screens.model_of("first_steps"), "first_steps", 1, 3, ("with",) * 2)
    player.begin_at_once()
    player.walk_to("card tend_the_ground")
    player.key("enter")
    player.walk_to("board")
    player.scene.cursor = (2, 3)
    player.key("right")
    player.key("enter")
    assert [player.scene.session.model.candidates[one].label for one in player.scene.session.plan] == ["a1"]
    player.walk_to("board")
    player.scene.cursor = (1, 0)
    player.key("up")
    player.key("enter")
    assert player.scene.inspect == ("household", 0)


def in_the_forest(store: Store) -> Player:
    player = Player(store)
    player.shell.start(screens.model_of("the_living_forest"), "the_living_forest", 1, 7, ("with",) * 3)
    player.begin_at_once()
    player.frame()
    return player


def test_of_many_plots_the_best_have_buttons_and_all_are_on_the_board(store: Store) -> None:
    player = in_the_forest(store)
    player.click("card clear_cut")
    player.frame()
    buttons = [name for name, _ in player.ui.areas if name.startswith("option")]
    gains = [option["worth"] for option in best_options(player.scene.card)]  # type: ignore[arg-type]
    assert len(buttons) == 3 and gains == sorted(gains, reverse=True)
    board = dict(player.ui.areas)["board"]
    spot = (board.x + round(board.width * 0.9), board.y + round(board.height * 0.4))
    for _ in range(2):
        player.frame(mouse=spot)
    assert any("east: costs you" in mark.text.lower() for mark in player.ui.marks), "what is pointed at is told"
    player.frame(mouse=spot, pressed=True)
    player.frame(mouse=spot, released=True)
    (index,) = player.scene.session.plan
    tiles = player.scene.session.model.candidates[index].tiles
    row, column = int(0.4 * tiles.shape[2]), int(0.9 * tiles.shape[3])
    assert tiles[0, 0, row, column, 0] > 0


def test_a_plot_is_chosen_by_keyboard_alone(store: Store) -> None:
    player = in_the_forest(store)
    player.walk_to("card selective_cut")
    player.key("enter")
    assert player.ui.focus == "board", "the keyboard goes on where the choice is"
    best = best_options(player.scene.card)[0]  # type: ignore[arg-type]
    player.key("enter")
    assert [step["option"] for step in player.scene.shown["plan"]["steps"]] == [best["id"]]
    player.walk_to("card selective_cut")
    player.key("enter")
    for _ in range(6):
        player.key("left")
    player.key("enter")
    assert len(player.scene.session.plan) == 2


def test_keys_that_choose_a_place_do_not_touch_the_plan(store: Store) -> None:
    player = in_the_forest(store)
    screens.fill_plan(player.scene, 2)
    player.frame()
    planned = player.scene.session.plan
    chip = dict(player.ui.areas)["chip 0"].center
    player.walk_to("card selective_cut")
    player.key("enter")
    assert player.ui.focus == "board"
    for _ in range(30):
        player.key("down")
    assert player.ui.focus == "board", "over the edge lies the plan"
    for key in (pygame.K_BACKSPACE, pygame.K_DELETE, pygame.K_u):
        player.frame(mouse=chip, keys=[pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode="")])
    assert player.scene.session.plan == planned and player.scene.session.world.season == 0
    player.key("escape")
    assert not player.scene.selected and player.scene.session.plan == planned


def test_a_place_where_nothing_can_be_done_says_so_and_is_not_chosen(store: Store) -> None:
    player = in_the_forest(store)
    player.click("card clear_cut")
    player.frame()
    board = player.scene.view.place
    shut = [option for option in player.scene.card["options"] if "Nothing worth felling" in option["obstacle"]]  # type: ignore[index]
    spots = [player.scene.view.board.centre(*tile) for option in shut for tile in option["tiles"]]  # type: ignore[union-attr]
    spot = next((board.x + x, board.y + y) for x, y in spots)  # type: ignore[union-attr]
    for _ in range(2):
        player.frame(mouse=spot)
    assert any("Nothing worth felling" in mark.text for mark in player.ui.marks)
    player.frame(mouse=spot, pressed=True)
    assert not player.scene.session.plan and player.scene.selected == "clear_cut"


def test_every_number_above_the_board_tells_why(store: Store) -> None:
    player = Player(store)
    player.shell.start(screens.model_of("the_shared_pasture"), "the_shared_pasture", 1, 3, ("with",) * 4)
    player.begin_at_once()
    player.season()
    player.walk_to("number fodder")
    assert any("feeding -" in mark.text for mark in player.ui.marks)
    player.click("number grass")
    assert any("regrowth +" in mark.text for mark in player.ui.marks)


def test_the_others_play_as_the_level_tells_unless_one_chooses(store: Store) -> None:
    store.set("open all", True)
    player = Player(store)
    player.click("level the_shared_pasture")
    player.click("play")
    told = screens.load_level("the_shared_pasture").default_policies()
    assert player.scene.session.policies[1:] == told[1:]
    player.shell.title()
    player.click("level the_shared_pasture")
    player.click("others over")
    player.click("play")
    assert set(player.scene.session.policies[1:]) == {"over"}


def test_a_held_key_counts_once_and_a_held_arrow_goes_on(store: Store) -> None:
    window = Player(store).window
    pygame.event.clear()

    def keys(*events: tuple[int, int]) -> list[int]:
        for kind, code in events:
            pygame.event.post(pygame.event.Event(kind, key=code, mod=0))
        return [one.key for one in read_input(window)[0].keys]

    space, left, down, up = pygame.K_SPACE, pygame.K_LEFT, pygame.KEYDOWN, pygame.KEYUP
    assert keys((down, space), (down, space)) == [space]
    assert keys((down, space), (up, space)) == []
    assert keys((down, space), (up, space), (down, space)) == [space, space]
    assert keys((down, left), (down, left)) == [left, left]


def test_help_and_pause_have_buttons(store: Store) -> None:
    player = Player(store)
    player.click("play")
    player.key("enter")
    player.click("help")
    assert player.shows(HelpPage)
    player.key("escape")
    player.click("pause")
    assert player.shows(PausePage)


def test_pause_keeps_the_world_still(store: Store) -> None:
    player = Player(store)
    player.click("play")
    player.key("enter")
    player.key("escape")
    assert player.shows(PausePage)
    player.key("e")
    assert player.scene.session.world.season == 0
    scale = player.window.user_scale
    player.click("size")
    player.click("sound")
    assert player.window.user_scale > scale and player.shell.sounds.muted
    assert player.shows(PausePage)
    player.click("resume")
    assert not player.shows(PausePage)


@pytest.mark.parametrize("pointing", ["card", "choosing"])
def test_force_is_told_what_calls_for_care_before_it_is_used(pointing: str) -> None:
    level = "the_living_forest"
    scene = screens.PlayScene(screens.played(level, 1), level, opening=False)
    if pointing == "card":
        scene.pin("card", "clear_cut", pygame.Rect(600, 600, 9, 9))
    else:
        scene.selected = "clear_cut"
    ui = screens.new_ui((1280, 800), 1.0)
    screens.settle(ui, scene.stack.draw)
    told = " ".join(mark.text for mark in ui.marks if mark.kind == "text")
    assert "lost old forest does not soon return" in told
    assert "will show it about 4 seasons later" in told


@pytest.mark.parametrize("button", ["again", "same"])
def test_any_level_can_be_played_again(store: Store, button: str) -> None:
    """Also one that uses a part of its ruleset: what it left out is not missed."""
    player = Player(store)
    model = screens.model_of("first_steps")
    player.shell.start(model, "first_steps", 1, 7, model.level.default_policies())
    player.shell.stack.show(EndingScene(player.scene.session, "first_steps"))
    player.frame()
    if button == "same":
        player.click("look closer")
        player.frame()
    player.click(button)
    player.frame()
    assert player.scene.session.world.season == 0
    assert (player.scene.session.seed == 7) == (button == "same")


def test_a_season_opened_again_is_a_game_of_its_own_that_unlocks_nothing(store: Store) -> None:
    player = Player(store)
    session = screens.session_of("first_steps")
    player.shell.start(session.model, "first_steps", 1, 7, session.policies)
    player.begin_at_once()
    while not isinstance(player.shell.scene, EndingScene):
        player.scene.end_season()
        player.scene.close_report()
        player.frame()
    first = player.shell.scene.session
    before = store.progress(player.shell.profile)
    player.click("timelines")
    player.frame()
    player.click("season 1")
    player.click("branch")
    player.frame()
    assert player.scene.session.world.season == 1
    assert player.scene.session.origin is first
    while not isinstance(player.shell.scene, EndingScene):
        player.scene.end_season()
        player.scene.close_report()
        player.frame()
    assert store.progress(player.shell.profile) == before
    player.click("timelines")
    player.frame()
    assert isinstance(player.shell.scene, TimelinesScene) and player.shell.scene.session.origin is first


def play_to_the_end(player: Player, partnering: bool = False) -> None:
    while not isinstance(player.shell.scene, EndingScene):
        session = player.scene.session
        if partnering:
            chosen = plan_season(session.model, session.world, ("with",) * len(session.policies)).chosen[:, 0, 0]
            for candidate in chosen[chosen >= 0].tolist():
                session.add(candidate)
        player.scene.end_season()
        player.scene.close_report()
        player.frame()


def plan(player: Player, *keys: str) -> None:
    index = {candidate.key: number for number, candidate in enumerate(player.scene.session.model.candidates)}
    for key in keys:
        player.scene.session.add(index[key])


def test_the_next_level_is_locked_until_one_is_won_or_a_teacher_opens_all(store: Store) -> None:
    player = Player(store)
    player.click("level the_living_forest")
    player.frame()
    assert "play" not in dict(player.ui.areas)
    assert any("won “The shared pasture”" in mark.text for mark in player.ui.marks)
    player.click("open all")
    player.frame()
    player.click("play")
    assert player.scene.session.model.level.id == "the_living_forest"
    again = Player(store)
    again.click("level the_living_forest")
    again.frame()
    assert "play" in dict(again.ui.areas), "what a teacher opened stays open"


def test_a_win_opens_the_next_level_and_its_stars_stay(store: Store) -> None:
    player = Player(store)
    assert not any(one.open for one in player.shell.scene.stations[2:])  # type: ignore[union-attr]
    player.click("play")
    player.key("enter")
    play_to_the_end(player, partnering=True)
    player.frame()
    told = " ".join(mark.text for mark in player.ui.marks)
    assert "You reached every goal." in told and "A light hand" in told
    assert "You partnered in a way that is new to you." in told
    won = store.stars(player.shell.profile)["first_steps"]
    assert {"goals", "path"} <= won
    player.click("title")
    player.frame()
    title = player.shell.scene
    assert isinstance(title, TitleScene)
    opened = [one.open for one in title.stations]
    assert opened == [True, True, True] + [False] * (len(opened) - 3)
    assert title.stations[0].stars == won and title.chosen is not None
    assert title.chosen.id == title.stations[1].level.id
    # Played again and lost: nothing is taken away.
    player.click("level first_steps")
    player.click("play")
    player.key("enter")
    play_to_the_end(player)
    assert player.shell.scene.session.world.outcome[0] != 1  # type: ignore[union-attr]
    assert store.stars(player.shell.profile)["first_steps"] == won


def test_a_path_is_new_only_the_first_time(store: Store) -> None:
    player = Player(store)
    for is_new in (True, False):
        player.click("level first_steps")
        player.click("play")
        player.key("enter")
        plan(player, "listen:birch")
        play_to_the_end(player)
        tally = player.shell.scene.tally  # type: ignore[union-attr]
        assert ("path" in tally.won) == is_new
        player.click("title")
        player.frame()


def test_a_path_walked_before_a_break_still_counts_at_the_end(store: Store) -> None:
    player = Player(store)
    player.click("play")
    player.key("enter")
    plan(player, "listen:birch")
    player.season()
    again = Player(store)
    again.click("continue")
    play_to_the_end(again)
    assert "path" in again.shell.scene.tally.won  # type: ignore[union-attr]


def test_the_codex_fills_while_one_plays_and_says_so(store: Store) -> None:
    player = Player(store)
    player.click("play")
    player.key("enter")
    plan(player, "listen:birch")
    player.settle()
    player.key("e")
    player.frame()
    player.frame(5.0)
    player.settle()
    told = " ".join(mark.text for mark in player.ui.marks if mark.kind == "text")
    assert "New in the codex. Path: Dialogue" in told
    player.key("enter")
    player.key("l")
    player.frame()
    assert {entry.kind for entry in store.entries(player.shell.profile)} == {"path", "action", "loop"}
    player.key("l")
    player.key("escape")
    player.click("codex")
    player.frame()
    assert any(mark.text == "Dialogue" for mark in player.ui.marks)
    assert any("nobody lifts alone" in mark.text for mark in player.ui.marks), "what is not met has a hint"
    player.click("codex tab loop")
    player.frame()
    assert any("feeds itself" in mark.text.lower() for mark in player.ui.marks)
    player.key("escape")
    player.frame()
    assert not player.shows(CodexPage)
    player.season()
    assert player.scene.news == "", "nothing new, nothing said"


def test_from_the_codex_one_plays_where_things_are_different(store: Store) -> None:
    player = Player(store)
    player.key("c")
    player.click("codex tab control")
    player.click("codex play one_nail")
    player.frame()
    assert player.scene.session.model.level.id == "one_nail"


def test_a_season_opened_again_fills_no_codex_and_wins_no_stars_even_after_a_break(store: Store) -> None:
    player = Player(store)
    player.click("play")
    player.key("enter")
    play_to_the_end(player)
    profile = player.shell.profile
    before = (store.progress(profile), store.stars(profile), store.entries(profile))
    player.click("timelines")
    player.frame()
    player.click("season 1")
    player.click("branch")
    player.frame()
    plan(player, "listen:birch", "agree_ration:all")
    player.season()
    again = Player(store)
    again.click("continue")
    play_to_the_end(again, partnering=True)
    assert int(again.shell.scene.session.world.outcome[0]) == 1  # type: ignore[union-attr]
    again.frame()
    assert (store.progress(profile), store.stars(profile), store.entries(profile)) == before
    assert any("wins no stars" in mark.text for mark in again.ui.marks)


def test_without_a_store_stars_and_codex_last_as_long_as_the_program() -> None:
    player = Player(None)
    player.click("play")
    player.key("enter")
    play_to_the_end(player, partnering=True)
    player.click("title")
    player.frame()
    assert "goals" in player.shell.scene.stations[0].stars  # type: ignore[union-attr]
    player.key("c")
    player.frame()
    assert any(mark.text == "Dialogue" for mark in player.ui.marks)


def test_in_a_small_window_the_panel_lies_above_the_map(store: Store) -> None:
    player = Player(store)
    player.window.user_scale = 2.0
    player.ui.scale = 2.0
    player.frame()
    player.click("level nail_and_barn")
    player.frame()
    player.key("escape")
    player.frame()
    assert player.going and "level nail_and_barn" in dict(player.ui.areas)
    player.click("level nail_and_barn")
    player.frame()
    player.click("play")
    assert player.scene.session.model.level.id == "nail_and_barn"


def test_a_game_goes_on_and_begins_again_at_its_difficulty(store: Store) -> None:
    told = screens.model_of("first_steps").level.stocks["trust"].start
    player = Player(store)
    player.click("difficulty hard")
    player.click("play")
    player.key("enter")
    plan(player, "listen:birch")
    player.season()
    again = Player(store)
    assert any("(hard)" in mark.text for mark in again.ui.marks)
    again.click("continue")
    assert numbers(again.scene.session.world) == numbers(player.scene.session.world)
    assert again.scene.session.model.level.stocks["trust"].start < told
    play_to_the_end(again)
    again.frame()
    again.click("again")
    again.frame()
    assert again.scene.session.model.level.stocks["trust"].start < told
    assert again.shell.saved.difficulty == "hard"  # type: ignore[union-attr]


def test_a_kept_game_whose_difficulty_is_gone_is_told_and_not_a_crash(store: Store) -> None:
    player = Player(store)
    player.click("play")
    player.key("enter")
    player.season()
    player.shell.saved.difficulty = "cruel"  # type: ignore[union-attr]
    store.save(player.shell.profile, player.shell.saved)  # type: ignore[arg-type]
    again = Player(store)
    again.click("continue")
    again.frame()
    assert any("cannot go on" in mark.text for mark in again.ui.marks)


def test_a_map_without_a_readable_level_is_drawn_empty() -> None:
    """Whoever broke every file of the campaign still sees a title, and may quit."""
    title = TitleScene({}, [], None, "")
    title.levels, title.chosen = [], None
    ui = screens.new_ui((1280, 800), 1.0)
    screens.frame(ui, title.stack.draw)
    assert "quit" in dict(ui.areas) and not [name for name, _ in ui.areas if name.startswith("level ")]


@pytest.fixture
def own_level(tmp_path: Path) -> Path:
    """A level of somebody's own, with its ruleset beside it."""
    (tmp_path / "rules").mkdir()
    rules, level = tmp_path / "rules" / "mine.yaml", tmp_path / "own.yaml"
    rules.write_text((data_root() / "levels" / "rules" / "valley.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    text = find_level("first_steps").read_text(encoding="utf-8")
    level.write_text(text.replace("rules: valley", "rules: mine"), encoding="utf-8")
    return level


def played_two_seasons(store: Store, level: Path, difficulty: str = "hard") -> Player:
    player = Player(store)
    model = compile_level(at_difficulty(load_level(level), difficulty))
    player.shell.start(model, str(level), 1, 3, ("with", "with"), difficulty)
    player.begin_at_once()
    for _ in range(2):
        screens.fill_plan(player.scene, 2)
        player.season()
    return player


def says(player: Player, words: str) -> bool:
    player.frame()
    return any(words in mark.text for mark in player.ui.marks)


def test_a_kept_game_goes_on_in_the_level_as_it_was(store: Store, own_level: Path) -> None:
    player = played_two_seasons(store, own_level)
    rules = own_level.parent / "rules" / "mine.yaml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("growth:    {value: 0.4,", "growth:    {value: 0.5,"), encoding="utf-8")
    again = Player(store)
    again.click("continue")
    assert isinstance(again.shell.scene, TitleScene)
    assert says(again, "The level has been changed since.")
    again.click("leave it")
    assert not says(again, "The level has been changed since.") and isinstance(again.shell.scene, TitleScene)
    again.click("continue")
    again.key("enter")  # "Go on" has the focus
    assert numbers(again.scene.session.world) == numbers(player.scene.session.world)
    for one in (player, again):
        screens.fill_plan(one.scene, 2)
        one.season()
    assert numbers(again.scene.session.world) == numbers(player.scene.session.world)


def test_a_kept_game_whose_level_was_deleted_goes_on_without_ado(store: Store, own_level: Path) -> None:
    player = played_two_seasons(store, own_level)
    own_level.unlink()
    again = Player(store)
    again.click("continue")
    assert numbers(again.scene.session.world) == numbers(player.scene.session.world)


def test_a_kept_game_of_other_rules_asks_before_it_is_told_anew(store: Store, own_level: Path) -> None:
    player = played_two_seasons(store, own_level)
    saved = player.shell.saved
    assert saved is not None
    saved.rules = RULE_NUMBER - 1
    store.save(player.shell.profile, saved)
    again = Player(store)
    again.click("continue")
    assert says(again, "The rules have changed since. Play the same")
    again.key("escape")
    assert isinstance(again.shell.scene, TitleScene)
    again.click("continue")
    again.click("go on")
    assert again.scene.session.world.season == 2
    again.season()
    kept = store.running(again.shell.profile)
    assert kept is not None and kept.rules == RULE_NUMBER, "from here on it is a game of today's rules"


def test_a_kept_game_of_an_older_version_goes_on_in_the_level_as_it_is_today(store: Store, own_level: Path) -> None:
    player = played_two_seasons(store, own_level)
    saved = player.shell.saved
    assert saved is not None
    saved.level_text = None
    store.save(player.shell.profile, saved)
    again = Player(store)
    again.click("continue")
    assert numbers(again.scene.session.world) == numbers(player.scene.session.world)
    again.season()
    kept = store.running(again.shell.profile)
    assert kept is not None and kept.level_text is not None, "from here on it carries its level"


def test_a_game_that_is_ended_early_is_kept_as_won_and_does_not_go_on(store: Store) -> None:
    player = Player(store)
    player.shell.start(screens.model_of("first_steps"), "first_steps", 1, 5, ("idle", "idle"))
    player.begin_at_once()
    for _ in range(6):
        player.season()
    player.key("e")
    player.key("space")
    player.frame(5.0)
    session = player.scene.session
    assert session.world.season == 7 and player.scene.told and not session.over
    stands = np.full_like(session.world.streak, session.model.seasons)
    session.world = replace(session.world, streak=stands)
    assert store.running(player.shell.profile) is not None
    player.click("finish")
    assert isinstance(player.shell.scene, EndingScene)
    assert store.running(player.shell.profile) is None
    assert store.progress(player.shell.profile) == {"first_steps": True}
