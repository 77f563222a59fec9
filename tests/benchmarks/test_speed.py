"""How fast the core is.  Outside the default run: `pytest tests/benchmarks --benchmark-enable --benchmark-only`.

`--benchmark-autosave` keeps the figures, `--benchmark-compare` holds them
against those of another day on the same machine.  Nothing here can fail by
being slow.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

import game
from game.bench.scaling import resized
from game.bench.speed import Clock, kernels
from game.level.cost import level_cost
from game.players.policies import plan_season
from game.run.batch import block_size
from game.sim.model import Model
from game.sim.selftest import self_test
from game.sim.world import World

LEVELS = ("the_shared_pasture", "the_living_forest", "sandbox")
BACKENDS = sorted(kernels())


@cache
def model_of(level: str) -> Model:
    return game.compile_level(game.load_level(level))


@cache
def block_of(level: str) -> World:
    """A block of worlds, two seasons into their games."""
    model = model_of(level)
    world = game.new_worlds(model, range(block_size(model)))
    for _ in range(2):
        world = game.step(model, world, plan_season(model, world, ("with",) * len(model.layout.seats)))
    return world


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("level", LEVELS)
def test_a_season_of_a_block(benchmark: Any, level: str, backend: str) -> None:
    model, world = model_of(level), block_of(level)
    benchmark(Clock(model, kernels()[backend](model, world.count)).season, world)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_season_of_one_world(benchmark: Any, backend: str) -> None:
    model = model_of("the_shared_pasture")
    benchmark(Clock(model, kernels()[backend](model, 1)).season, game.new_worlds(model, [1]))


@pytest.mark.parametrize("side", [8, 16, 32, 64, 128])
def test_a_season_on_a_map_of_any_size(benchmark: Any, side: int) -> None:
    model = game.compile_level(resized(game.load_level("the_shared_pasture"), side, side))
    benchmark(game.step, model, game.new_worlds(model, range(block_size(model))))


@pytest.mark.parametrize("policy", ["random", "over", "with", "mixed", "deaf"])
@pytest.mark.parametrize("level", LEVELS[:2])
def test_what_a_policy_plans_for_a_block(benchmark: Any, level: str, policy: str) -> None:
    model, world = model_of(level), block_of(level)
    benchmark(plan_season, model, world, (policy,) * len(model.layout.seats))


@pytest.mark.parametrize("level", LEVELS[:2])
def test_a_season_in_which_all_act(benchmark: Any, level: str) -> None:
    model, world = model_of(level), block_of(level)
    benchmark(game.step, model, world, plan_season(model, world, ("with",) * len(model.layout.seats)))


@pytest.mark.parametrize("policy", ["idle", "over", "with"])
def test_a_hundred_games(benchmark: Any, policy: str) -> None:
    model = model_of("the_shared_pasture")
    result = benchmark.pedantic(game.play, (model, policy, range(100)), rounds=3, warmup_rounds=1)
    assert len(result.seeds) == 100


def test_a_copy_of_a_block(benchmark: Any) -> None:
    benchmark(block_of("sandbox").copy)


def test_what_is_read_off_a_block(benchmark: Any) -> None:
    benchmark(game.observe, model_of("sandbox"), block_of("sandbox"))


def test_the_digests_of_a_block(benchmark: Any) -> None:
    benchmark(block_of("sandbox").digests)


def test_reading_and_checking_a_level(benchmark: Any) -> None:
    benchmark(game.load_level, "the_shared_pasture")


def test_compiling_a_level(benchmark: Any) -> None:
    benchmark(game.compile_level, game.load_level("the_shared_pasture"))


def test_what_a_level_costs(benchmark: Any) -> None:
    benchmark(level_cost, game.load_level("sandbox"))


def test_the_self_test_of_the_arithmetic(benchmark: Any) -> None:
    assert benchmark(self_test)
