"""A total over a few tiles, and an action of a few worlds, give the bits of the whole map and of the whole batch."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.level.reader import load_level
from game.run.batch import play
from game.sim import actions
from game.sim.model import compile_level
from game.sim.totals import TileTree, tile_total
from game.sim.world import Integers, World


@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 2**32 - 1), st.floats(0.0, 1.0))
def test_the_tree_of_some_tiles_adds_in_the_order_of_the_whole_map(
    rows: int, columns: int, seed: int, share: float
) -> None:
    generator = np.random.default_rng(seed)
    tiles = np.where(generator.random((1, 1, rows, columns, 1)) < share, 1.0, 0.0)
    values = generator.normal(size=(2, 1, rows, columns, 3)) * 10.0 ** generator.integers(-9, 9)
    tree = TileTree(tiles)
    found = tree.total(tree.leaves(values))
    assert (found == tile_total(values * tiles)).all()  # but for the sign of 0


@pytest.mark.parametrize("level", ["two_villages_one_river", "what_the_spray_left_out"])
def test_worlds_taken_out_for_an_action_end_as_those_that_stay(level: str, monkeypatch: pytest.MonkeyPatch) -> None:
    model = compile_level(load_level(level))
    seats = ["with", "random", "over"]
    monkeypatch.setattr(actions, "LARGE", 10**9)
    whole = play(model, seats, range(40), seasons=5)
    monkeypatch.setattr(actions, "LARGE", 0)
    monkeypatch.setattr(actions, "FEW", 2)
    lent, times = actions.lent, []

    def counted(world: World, index: Integers) -> World:
        times.append(len(index))
        return lent(world, index)

    monkeypatch.setattr(actions, "lent", counted)
    assert play(model, seats, range(40), seasons=5).digests == whole.digests
    assert len(times) > 20 and max(times) <= 20
