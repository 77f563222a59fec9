"""The market with its stalls, buyers and sign, and the river that passes it and other villages."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.level.reader import changed_level, load_level
from game.level.schema import Level
from game.picture.scene import Scene, blend, look
from game.players.policies import plan_season
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.step import step
from game.sim.world import World
from tests.picture.painted import changed_tiles, screen  # noqa: F401


@pytest.fixture(scope="module")
def model() -> Model:
    return compile_level(load_level("market_and_message"))


@pytest.fixture
def world(model: Model) -> World:
    return new_worlds(model, [7])


def changed(one: Scene, two: Scene) -> np.ndarray:
    """Return which tiles look different, (rows, columns)."""
    return changed_tiles(one, two, 60, 0.05)


def test_buyers_divide_themselves_by_what_draws_them(model: Model, world: World) -> None:
    world.stock["pull"][:, 0, 0, 0, 0] = (3.0, 1.0, 0.0, 0.0)
    assert [one.buyers for one in look(model, world).households] == [0.75, 0.25, 0.0, 0.0]


def test_more_buyers_at_one_stall_are_seen_at_the_market_and_nowhere_else(model: Model, world: World) -> None:
    even = look(model, world)
    world.stock["pull"][0] = 4.0
    tiles = changed(even, look(model, world))
    rows, columns = np.nonzero(even.terrain["market"])
    assert tiles.any()
    there = np.zeros_like(tiles)
    there[rows.min() - 1 : rows.max() + 2, columns.min() - 1 : columns.max() + 2] = True
    assert not (tiles & ~there).any()


def test_one_sign_hangs_over_those_that_trade_under_it_and_who_stands_outside_stands_apart(
    model: Model, world: World
) -> None:
    alone = look(model, world)
    world.stock["hands"][:3] = 3.0
    under = look(model, world)
    assert [one.joined for one in under.households] == [True, True, True, False]
    outside = replace(under, households=[replace(one, joined=False) for one in under.households])
    assert changed(alone, under).any() and not changed(alone, outside).any()
    assert not any(one.joined for one in blend(alone, under, 0.4).households)


def test_there_are_no_stalls_where_nothing_is_sold() -> None:
    cup = compile_level(load_level("the_green_cup"))
    assert all(one.buyers is None for one in look(cup, new_worlds(cup, [7])).households)


def bed_after(level: Level, seasons: int = 6) -> float:
    """Return how deep the river stands in its bed after some seasons in which nobody acts, a mean of three games."""
    model = compile_level(level)
    world = new_worlds(model, [7, 8, 9])
    for _ in range(seasons):
        world = step(model, world, plan_season(model, world, ("idle",) * len(level.seats)))
    bed = model.stocks["water"].live[0, 0, :, :, 0] > 0
    return float(world.stock["water"][0, 0][bed].mean())


@pytest.mark.parametrize(
    ("name", "dry"),
    [
        ("market_and_message", {"low_water.chance": 1, "low_water.odds": 1, "low_water.from_season": 2}),
        ("the_new_seed", {"dry_spring.chance": 1, "dry_spring.odds": 1, "dry_spring.from_season": 2}),
        ("the_green_cup", None),
    ],
)
def test_a_river_keeps_its_bed_and_falls_in_dry_years_only(name: str, dry: dict[str, int] | None) -> None:
    level = load_level(name)
    assert bed_after(level, 2) > 1.0
    if dry is not None:
        assert bed_after(changed_level(level, dry)) < 0.8 * bed_after(level, 2)
