"""Ticks only subdivide flows: twice as many change the shared pasture by less than one per cent."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from game.level.reader import changed_level, load_level
from game.sim.beginning import new_worlds
from game.sim.goals import objective
from game.sim.model import compile_level
from game.sim.step import step
from tests.sim.levels import one, play, random_plans, tiny, value
from tests.sim.test_oracle import sensible_plans

WORLDS = 12


@cache
def apart(plans: str) -> list[tuple[int, str, float]]:
    """Return (season, what, how far 8 and 16 ticks are apart in shares of the range) where it is worth looking."""
    level = load_level("the_shared_pasture")
    models = [compile_level(changed_level(level, {"seasons.ticks": ticks})) for ticks in (8, 16)]
    worlds = [new_worlds(model, range(WORLDS)) for model in models]
    generator, found = np.random.default_rng(5), []
    for season in range(models[0].seasons):
        actions = random_plans(models[0], generator, WORLDS)
        if plans == "sensible":
            actions.chosen[...] = sensible_plans(models[0], generator, season).chosen
        elif plans == "idle":
            actions.chosen[...] = -1
        worlds = [step(model, world, actions) for model, world in zip(models, worlds, strict=True)]
        # In the middle of a collapse a few days decide; there a season's mean says nothing about the tick.
        healthy = season < 8 and worlds[1].stock["grass"].mean() > 0.1
        if healthy or season == models[0].seasons - 1:
            for name in models[0].stocks:
                width = models[0].stocks[name].high - models[0].stocks[name].low
                found.append(
                    (season + 1, name, abs(worlds[0].stock[name].mean() - worlds[1].stock[name].mean()) / width)
                )
            goals = [objective(model, world).mean() for model, world in zip(models, worlds, strict=True)]
            found.append((season + 1, "objective", abs(goals[0] - goals[1])))
    return found


@pytest.mark.parametrize("plans", ["idle", pytest.param("random", marks=pytest.mark.nightly), "sensible"])
def test_half_the_tick_changes_the_stocks_of_the_pasture_by_less_than_one_per_cent(plans: str) -> None:
    too_far = [one for one in apart(plans) if one[1] != "objective" and one[2] >= 0.01]
    assert not too_far


@pytest.mark.parametrize("plans", ["idle", pytest.param("random", marks=pytest.mark.nightly), "sensible"])
def test_half_the_tick_changes_the_objective_of_the_pasture_by_less_than_one_per_cent(plans: str) -> None:
    too_far = [one for one in apart(plans) if one[1] == "objective" and one[2] >= 0.01]
    assert not too_far


HUNGER = """
stocks:
  barn: {at: world, kind: matter, range: [0, 9], start: 0, plain: B}
  pain: {at: world, kind: state, range: [0, 9], start: 0, plain: P}
flows:
  mowing:  {from: outside, to: barn, rate: 0.5, plain: M}
  feeding: {from: barn, to: outside, rate: 2, plain: F}
influences: {hurting: {of: pain, change: "0.4 * (1 - met(feeding))", plain: H}}
"""


@pytest.mark.parametrize("ticks", [1, 2, 8, 64])
def test_an_empty_barn_feeds_the_same_share_whatever_the_tick(ticks: int) -> None:
    """What comes in is eaten at once, and the first tick of a season feels hunger like every other."""
    model = tiny(HUNGER, ticks=ticks)
    first = play(model, one(model), 1)
    assert first.moved["feeding"].item() == pytest.approx(0.5) and first.asked["feeding"].item() == pytest.approx(2.0)
    # Only the very first tick knows of no season before.
    assert value(first, "pain")[0] == pytest.approx(0.3 * (ticks - 1) / ticks)
    assert value(play(model, first, 4), "pain")[0] - value(first, "pain")[0] == pytest.approx(1.2)
