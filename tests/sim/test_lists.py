"""Totals that leave out what is 0 have the bits of those that do not; ticks in stretches those of ticks together."""

from __future__ import annotations

import numpy as np
import pytest

from game.sim import batches
from game.sim.beginning import new_worlds
from game.sim.compiled import tables as table
from game.sim.compiled.lists import Lists
from game.sim.compiled.rows import cover_of
from game.sim.step import step
from game.sim.totals import Floats, halving_total
from tests.sim.levels import random_plans
from tests.sim.test_oracle import small_pasture


def sparse_total(values: Floats, lists: Lists, first: int, last: int, at: int) -> Floats:
    """What `compiled.operations.sparsely` does, in plain Python; a row holds one number."""
    space = np.full(len(values), np.nan)

    def read(place: int) -> float:
        return float(values[place] if place >= 0 else space[-1 - place])

    for to, left, right, length in lists.lines[first:last]:
        for i in range(length):
            space[-1 - to + i] = read(left + i if left >= 0 else left - i) + read(
                right + i if right >= 0 else right - i
            )
    return np.array([read(at)])


@pytest.mark.parametrize("tiles", [1, 2, 3, 7, 24, 61, 384])
def test_sparse_totals_have_the_bits_of_whole_ones(tiles: int) -> None:
    generator = np.random.default_rng(tiles)
    for share in (0.0, 0.05, 0.3, 0.6):
        living = generator.random(tiles) < share
        cover = cover_of([living.astype(float).reshape(1, 1, 1, tiles, 1)], tiles)
        covered = np.zeros(tiles, np.bool_)
        for begin, end in cover:
            covered[begin:end] = True
        assert covered[living].all()
        lists = Lists(1)
        first, last, at = lists.sums(cover, tiles)
        if at == table.DENSE:
            continue
        values = np.where(living, generator.random(tiles), 0.0)
        assert sparse_total(values, lists, first, last, at) == halving_total(values, 0)


def test_stretches_of_any_length_give_the_same_worlds(monkeypatch: pytest.MonkeyPatch) -> None:
    model = small_pasture()
    digests = []
    for values in (1, 3 * model.layout.rows * model.layout.columns, 1 << 20):
        monkeypatch.setattr(batches, "STRETCH_VALUES", values)
        generator = np.random.default_rng(4)
        world = new_worlds(model, range(7))
        for _ in range(3):
            world = step(model, world, random_plans(model, generator, 7))
        digests.append(world.digest())
    assert len(set(digests)) == 1
