"""Every level of the campaign from the map to its end, by clicks and keys: badly once and well once."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.record.store import Store
from game.screen.pages.ending import EndingScene
from game.screen.table.play import PlayScene
from game.sim.world import WON
from tests.screen.players import Player
from tests.screen.screens import LATER

SECOND_PART = ("small_things",)
# The level, how the first seat is played among the people of the level, the seed, what letters are refused, if it wins.
AMONG_PEOPLE = (
    ("the_new_seed", "mixed", 700, (), True),
    ("the_new_seed", "over", 700, (), False),
    ("small_things", "with", 700, (), True),
    ("small_things", "over", 700, (), False),
    ("market_and_message", "with", 701, ("friends_deal",), True),
    ("market_and_message", "over", 700, (), False),
    ("the_green_cup", "with", 704, (), True),
    ("the_green_cup", "over", 703, (), False),
)


def ending_of(player: Player, policy: str, refused: tuple[str, ...] | None = None) -> tuple[EndingScene, int, int]:
    """Play on as a policy advises, and answer letters where `refused` says to which deals no is said.

    Return the ending, how many deeds were planned, and how many letters were answered.
    """
    planned = letters = 0
    while isinstance(player.shell.scene, PlayScene):
        letters += 0 if refused is None else player.answer(refused)
        planned += player.plan_as(policy)
        player.season()
    ending = player.shell.scene
    assert isinstance(ending, EndingScene)
    return ending, planned, letters


def is_won(ending: EndingScene) -> bool:
    return int(ending.session.world.outcome[0]) == WON


@pytest.mark.nightly
@pytest.mark.parametrize("policy", ["over", "with"])
@pytest.mark.parametrize("level", (*LATER, *SECOND_PART))
def test_a_level_is_lost_by_force_and_won_by_partnering(level: str, policy: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("game.screen.shell.secrets.randbelow", lambda bound: 7)
    store = Store(tmp_path / "games.sqlite3")
    player = Player(store)
    player.begin(level, policy)
    ending, planned, _ = ending_of(player, policy)
    assert planned > 5, "somebody who plans next to nothing has not played"
    assert is_won(ending) == (policy == "with")
    assert store.progress(player.shell.profile)[level] == (policy == "with")
    store.close()


@pytest.mark.nightly
@pytest.mark.parametrize(("level", "policy", "seed", "refused", "wins"), AMONG_PEOPLE)
def test_a_level_is_lost_and_won_among_its_own_people_by_somebody_who_answers_letters(
    level: str, policy: str, seed: int, refused: tuple[str, ...], wins: bool, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr("game.screen.shell.secrets.randbelow", lambda bound: seed)
    store = Store(tmp_path / "games.sqlite3")
    player = Player(store)
    player.begin(level, "told")
    ending, _, letters = ending_of(player, policy, refused)
    assert letters or policy == "over", "neighbours who are people write to whoever does not only take"
    assert is_won(ending) == wins
    store.close()


@pytest.mark.nightly
@pytest.mark.parametrize(("policy", "wins"), [("over", True), ("with", False)])
def test_where_harm_shows_at_once_whoever_sows_at_once_wins_from_the_codex(
    policy: str, wins: bool, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr("game.screen.shell.secrets.randbelow", lambda bound: 700)
    store = Store(tmp_path / "games.sqlite3")
    player = Player(store)
    player.key("c")
    player.click("codex tab control")
    player.click("codex play quick_news")
    player.frame()
    player.key("enter")
    ending, planned, _ = ending_of(player, policy)
    assert planned > 5, "somebody who plans next to nothing has not played"
    assert is_won(ending) == wins
    store.close()
