"""What is drawn and told to nobody: no player plans by it before a trial has shown it, and after it all do."""

from __future__ import annotations

import pytest

from game.level.reader import load_level
from game.players.policies import plan_season
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.step import step
from game.sim.world import World

KIND, UNKIND = 0.2, 0.8
SEEDS = range(31, 34)


@pytest.fixture(scope="module")
def model() -> Model:
    return compile_level(load_level("the_new_seed"))


def begun(model: Model, malice: float) -> World:
    return new_worlds(model, SEEDS, {"malice": malice})


@pytest.mark.parametrize("policy", ["planner", "mixed", "over"])
def test_nobody_plans_by_a_draw_that_nobody_was_told(model: Model, policy: str) -> None:
    kind, unkind = (plan_season(model, begun(model, malice), (policy, *["idle"] * 3)) for malice in (KIND, UNKIND))
    assert (kind.chosen == unkind.chosen).all() and (kind.chosen >= 0).any()


def after_a_trial(model: Model, malice: float) -> World:
    world = begun(model, malice)
    for _ in range(12):
        world = step(model, world, plan_season(model, world, ("mixed",) * 4))
    assert (world.stock["proof"] >= 0.99).all()
    return world


def test_after_a_trial_the_kind_grain_is_sown_and_the_other_is_not(model: Model) -> None:
    assert (after_a_trial(model, KIND).stock["flowers"].max(axis=(0, 1, 2, 3)) > 0.5).all()
    assert (after_a_trial(model, UNKIND).stock["flowers"] == 0.0).all()


def test_sown_at_once_the_unkind_grain_kills_the_ground_years_later(model: Model) -> None:
    ground = []
    for malice in (KIND, UNKIND):
        world = begun(model, malice)
        for season in range(16):
            world = step(model, world, plan_season(model, world, ("over",) * 4))
            if season == 1:
                early = world.stock["soil"].sum(axis=(0, 1, 2, 3))
        ground.append((early, world.stock["soil"].sum(axis=(0, 1, 2, 3))))
    (kind_early, kind_late), (unkind_early, unkind_late) = ground
    assert (unkind_early > 0.9 * kind_early).all() and (unkind_late < 0.4 * kind_late).all()
