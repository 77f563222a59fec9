"""NumPy, compiled kernels and the plain-Python oracle agree to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, reject, settings

from game.level.problems import LevelError
from game.level.reader import parse_level
from game.sim.batches import selected
from game.sim.model import Model, compile_level
from game.sim.step import Ticks, run_ticks, step
from game.sim.world import World, new_worlds
from tests.oracle.comparing import compare, plain_state
from tests.oracle.oracle import Oracle
from tests.sim.levels import random_plans
from tests.sim.random_levels import level_texts

LEVELS = settings(
    derandomize=True, database=None, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)  # fmt: skip


def made(text: str) -> Model:
    """The model of a written level; one with an error is passed over."""
    try:
        return compile_level(parse_level(text))
    except LevelError:
        reject()


def with_edges(model: Model, seeds: list[int], generator: np.random.Generator) -> World:
    """Worlds in which many stocks are empty or full: there shares, full stocks and held-back delays matter."""
    world = new_worlds(model, seeds)
    for name, plan in model.stocks.items():
        kind = generator.integers(0, 4, world.stock[name].shape)
        chosen = np.where(kind == 0, plan.low, np.where(kind == 1, plan.high, world.stock[name]))
        world.stock[name] = np.where(np.broadcast_to(plan.live, chosen.shape) > 0.0, chosen, 0.0) + 0.0
    return world


def same_as_oracle(model: Model, seasons: int = 2) -> None:
    generator = np.random.default_rng(1)
    world = with_edges(model, [5, 6, 7], generator)
    oracles = [Oracle.from_world(model, selected(world, np.array([index]))) for index in (0, 2)]
    for _ in range(seasons):
        actions = random_plans(model, generator, 3)
        world = step(model, world, actions)
        for index, oracle in zip((0, 2), oracles, strict=True):
            actions_of_one = type(actions)(actions.chosen[:, :, [index]], actions.refuses[:, [index]])
            oracle.step(actions_of_one)
            alone = selected(world, np.array([index]))
            alone.result, alone.answer = world.result[..., [index]], world.answer[..., [index]]
            assert not oracle.differences(alone)


def differences(first: World, second: World) -> list[str]:
    """Every value that differs between two batches, bit for bit."""
    found = []
    for index in range(first.count):
        one, other = (plain_state(selected(world, np.array([index]))) for world in (first, second))
        found += [line for name in one for line in compare(f"world {index} {name}", one[name], other[name])]
    return found


def same_as_numpy(model: Model, ticks: Ticks, worlds: int = 5, seasons: int = 3) -> None:
    generator = np.random.default_rng(2)
    slow = fast = with_edges(model, list(range(worlds)), generator)
    for _ in range(seasons):
        actions = random_plans(model, generator, worlds)
        slow, fast = step(model, slow, actions, run_ticks), step(model, fast, actions, ticks)
        assert not differences(slow, fast)


@settings(LEVELS, max_examples=200)
@given(level_texts())
def test_two_hundred_random_levels_agree_with_the_oracle(text: str) -> None:
    same_as_oracle(made(text))
