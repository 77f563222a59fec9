"""What people do shows on the board: chimneys smoke, figures hang at the well, a trial stands under nets."""

from __future__ import annotations

import numpy as np
import pytest

from game.level.reader import load_level
from game.picture.scene import Scene, blend, look
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.world import World
from tests.picture.painted import changed_tiles, screen  # noqa: F401


@pytest.fixture(scope="module")
def cup() -> Model:
    return compile_level(load_level("the_green_cup"))


@pytest.fixture(scope="module")
def seed() -> Model:
    return compile_level(load_level("the_new_seed"))


def changed(one: Scene, two: Scene) -> np.ndarray:
    """Return which tiles look different, (rows, columns)."""
    return changed_tiles(one, two, 45, 0.02, 3.0)


def burning(model: Model, *shares: float) -> World:
    world = new_worlds(model, [7])
    world.stock["footprint"][:, 0, 0, 0, 0] = shares
    return world


def test_a_chimney_that_smokes_more_darkens_more_of_the_sky_above_its_own_house(cup: Model) -> None:
    clean, half, full = (look(cup, burning(cup, share, 0.0, 0.0, 0.0)) for share in (0.0, 0.5, 1.0))
    little, much = changed(clean, half), changed(clean, full)
    assert 0 < little.sum() < much.sum()
    rows, columns = np.array(clean.households[0].homes).T
    near = np.zeros_like(much)
    near[: rows.max() + 1, columns.min() : columns.max() + 4] = True
    assert not (much & ~near).any()


def test_a_house_that_hides_its_figure_has_no_bar_at_the_well(cup: Model) -> None:
    world = burning(cup, 0.9, 0.9, 0.9, 0.9)
    hidden = look(cup, world)
    world.stock["shown"][1] = 1.0
    assert [one.figure for one in look(cup, world).households] == [0.0, 1.0, 0.0, 0.0]
    assert 0 < changed(hidden, look(cup, world)).sum() <= 4


def test_what_is_tried_stands_under_nets_beside_the_home_of_whoever_tries_it(seed: Model) -> None:
    world = new_worlds(seed, [7])
    before = look(seed, world)
    world.member["pilot_plot"][2] = 1.0
    tried = look(seed, world)
    assert [one.trying for one in tried.households] == [False, False, True, False]
    spots = np.argwhere(changed(before, tried))
    own = np.argwhere(before.owner == 2)
    assert 0 < len(spots) <= 9
    assert all(np.abs(own - spot).max(axis=1).min() <= 1 for spot in spots)
    assert not any(one.trying for one in blend(before, tried, 0.3).households)
