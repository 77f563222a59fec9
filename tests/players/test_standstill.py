"""What would come if everyone stopped now, in worlds whose course can be worked out by hand."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from game.level.reader import load_level, parse_level
from game.players.standstill import stopped
from game.sim.actions import Actions
from game.sim.beginning import new_worlds
from game.sim.model import compile_level
from game.sim.step import step

_spec = importlib.util.spec_from_file_location("worlds", Path(__file__).parents[1] / "insight" / "worlds.py")
assert _spec and _spec.loader
worlds = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(worlds)


def test_what_is_under_way_goes_on_and_nobody_does_anything_more() -> None:
    built = worlds.model()
    buy = worlds.candidate(built, "buy")
    world = step(built, new_worlds(built, [1]), Actions.planned(built, {0: [buy]}))
    found = stopped(built, world, 0, dreams=5)
    assert found is not None and found.since == 1
    herd = found.course["stock", "herd"][:, 0, 0]
    # Two bought in season 1; the calf comes in season 4.
    assert herd.tolist() == [[4.0] * 5] * 2 + [[5.0] * 5] * 7
    assert len(found.fan(("stock", "hay"), 1).middle) == 9 and found.dial("conflict").values.shape == (9, 5)


def test_without_chance_it_comes_as_it_would() -> None:
    built = worlds.model()
    world = step(built, new_worlds(built, [1]))
    found = stopped(built, world, 0, dreams=3)
    assert found is not None
    for season in range(9):
        world = step(built, world)
        assert found.course["stock", "hay"][season, 1, 0] == pytest.approx(np.full(3, world.stock["hay"][1].sum()))
    assert (found.reached == world.reached).all() and found.reached.shape == (1, 3)


def test_the_true_luck_is_never_looked_at() -> None:
    built = compile_level(load_level("the_shared_pasture"))
    one = step(built, new_worlds(built, [1]))
    other = one.copy()
    other.luck = other.luck + np.uint64(99)
    other.seed = other.seed + np.uint64(99)
    first, second = stopped(built, one, 0, dreams=6), stopped(built, other, 0, dreams=6)
    assert first is not None and second is not None
    for key, values in first.course.items():
        assert (values == second.course[key]).all(), key
    grass = first.fan(("stock", "grass"))
    assert grass.width[-1] > 0.0, "dreams differ"


def test_at_the_end_there_is_nothing_ahead() -> None:
    text = worlds.TEXT.replace("seasons: {count: 10", "seasons: {count: 4")
    built = compile_level(parse_level(text, "short.yaml"))
    world = new_worlds(built, [1])
    for _ in range(built.seasons):
        world = step(built, world)
    assert stopped(built, world, 0, dreams=2) is None
