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


@pytest.mark.nightly
@pytest.mark.parametrize("policy", ["over", "with"])
@pytest.mark.parametrize("level", (*LATER, *SECOND_PART))
def test_a_level_is_lost_by_force_and_won_by_partnering(level: str, policy: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("game.screen.shell.secrets.randbelow", lambda bound: 7)
    store = Store(tmp_path / "games.sqlite3")
    player = Player(store)
    player.begin(level, policy)
    planned = 0
    while isinstance(player.shell.scene, PlayScene):
        planned += player.plan_as(policy)
        player.season()
    ending = player.shell.scene
    assert isinstance(ending, EndingScene)
    assert planned > 5, "somebody who plans next to nothing has not played"
    outcome = int(ending.session.world.outcome[0])
    assert (outcome == WON) == (policy == "with")
    assert store.progress(player.shell.profile)[level] == (policy == "with")
    store.close()
