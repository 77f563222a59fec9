"""How fast the core is.  Outside the default run: `pytest tests/benchmarks --benchmark-enable --benchmark-only`."""

from __future__ import annotations

from typing import Any

import pytest

import game
from game.run.batch import block_size
from game.sim.model import Model


@pytest.fixture(scope="module")
def model() -> Model:
    return game.compile_level(game.load_level("the_shared_pasture"))


def test_a_season_of_one_world(benchmark: Any, model: Model) -> None:
    world = game.new_worlds(model, [1])
    benchmark(game.step, model, world)


def test_a_season_of_a_block(benchmark: Any, model: Model) -> None:
    world = game.new_worlds(model, range(block_size(model)))
    benchmark(game.step, model, world)


@pytest.mark.parametrize("policy", ["idle", "over", "with"])
@pytest.mark.timeout(300)
def test_a_hundred_games(benchmark: Any, model: Model, policy: str) -> None:
    result = benchmark.pedantic(game.play, (model, policy, range(100)), rounds=3, warmup_rounds=1)
    assert len(result.seeds) == 100


def test_reading_and_checking_a_level(benchmark: Any) -> None:
    benchmark(game.load_level, "the_shared_pasture")
