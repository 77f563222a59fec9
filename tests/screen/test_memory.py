"""A class plays all day: what the program takes of memory does not grow with the seasons that were played."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

from game.record.store import Store
from tests.screen import screens
from tests.screen.players import Player

LEVELS = ("the_shared_pasture", "first_steps", "flowers_and_bees")
WARM, MEASURED = 200, 500  # seasons: until all pictures are drawn once, and after that
MOST = 60.0  # MB that it may grow meanwhile; it goes up and down by 20


def megabytes() -> float:
    """What this process holds in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def play(player: Player, seasons: int) -> None:
    """Play so many seasons, level after level, with plans, reports, endings and the title between."""
    done = 0
    while done < seasons:
        for level in LEVELS:
            model = screens.model_of(level)
            player.shell.start(model, level, 1, done, model.level.default_policies())
            player.begin_at_once()
            player.frame()
            scene = player.scene
            while not scene.session.over and done < seasons:
                screens.fill_plan(scene, done % 3)
                scene.end_season()
                scene.skip()
                player.frame()
                done += 1
                scene.close_report()
                player.frame()
            player.shell.title()
            player.frame()


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell it there")
def test_five_hundred_seasons_leave_memory_as_it_was(tmp_path: Path) -> None:
    player = Player(Store(tmp_path / "games.sqlite3"))
    play(player, WARM)
    gc.collect()
    before = megabytes()
    play(player, MEASURED)
    gc.collect()
    assert megabytes() - before < MOST
