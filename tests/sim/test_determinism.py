"""Same level, seed and actions: the same bits, alone or in a batch, in any process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from game.sim.actions import Actions
from game.sim.beginning import new_worlds
from game.sim.model import Model
from game.sim.step import step
from game.sim.world import World
from tests.sim.levels import play, random_plans, tiny
from tests.sim.test_oracle import everything, pasture, small_pasture

ROOT = Path(__file__).parent.parent.parent
WORLDS = 300


def only(actions: Actions, index: list[int]) -> Actions:
    return actions.of_worlds(np.array(index))


def play_random(model: Model, seeds: list[int], plans: list[Actions], index: list[int]) -> World:
    world = new_worlds(model, seeds)
    for actions in plans:
        world = step(model, world, only(actions, index))
    return world


@pytest.mark.parametrize("make", [pytest.param(small_pasture, marks=pytest.mark.nightly), everything])
def test_alone_or_in_a_batch_of_hundreds_or_in_a_shuffled_one(make: object) -> None:
    """Neither the size of a batch nor the place of a world in it matters."""
    model: Model = make()  # type: ignore[operator]
    generator, seeds = np.random.default_rng(1), list(range(1000, 1000 + WORLDS))
    plans = [random_plans(model, generator, WORLDS) for _ in range(2)]
    together = play_random(model, seeds, plans, list(range(WORLDS))).digests()
    assert len(set(together)) == WORLDS
    for place in (0, 1, 257, WORLDS - 1):
        assert play_random(model, [seeds[place]], plans, [place]).digests() == [together[place]]
    order = generator.permutation(WORLDS).tolist()
    shuffled = play_random(model, [seeds[place] for place in order], plans, order).digests()
    assert shuffled == [together[place] for place in order]
    part = order[:37]
    assert play_random(model, [seeds[place] for place in part], plans, part).digests() == shuffled[:37]


def test_full_size_alone_and_in_a_batch() -> None:
    model = pasture()
    together, alone = play(model, new_worlds(model, range(20)), 3), play(model, new_worlds(model, [13]), 3)
    assert alone.digests() == [together.digests()[13]]


def test_a_step_leaves_its_input_as_it_was() -> None:
    model, generator = everything(), np.random.default_rng(3)
    world = new_worlds(model, range(5))
    for _ in range(6):
        actions = random_plans(model, generator, 5)
        chosen, before, outside = actions.chosen.copy(), world.digest(), {k: v.copy() for k, v in world.outside.items()}
        after = step(model, world, actions)
        assert world.digest() == before and np.array_equal(actions.chosen, chosen)
        assert all(np.array_equal(world.outside[name], outside[name]) for name in outside)
        world = after


SCRIPT = """
import numpy as np
from tests.sim.levels import random_plans
from tests.sim.test_oracle import everything
from game.sim.step import step
from game.sim.beginning import new_worlds
model = everything()
world, generator = new_worlds(model, range(6)), np.random.default_rng(4)
for _ in range(5):
    world = step(model, world, random_plans(model, generator, 6))
print(world.digest())
"""


def test_the_hash_seed_of_python_changes_nothing() -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        )
        for seed in ("0", "1", "random")
    ]
    digests = {process.communicate()[0] for process in running}
    assert len(digests) == 1 and len(digests.pop().strip()) == 64


def test_a_thousand_seeds_are_a_thousand_games() -> None:
    model = pasture()
    world = new_worlds(model, range(1000))
    assert len(set(world.digests())) == 1000
    # The digest holds the seed itself; the start and the numbers must differ as well.
    assert len({world.stock["grass"][..., place].tobytes() for place in range(1000)}) == 1000
    assert len({world.base_number["growth"].item(place) for place in range(1000)}) == 1000
    assert len(set(play(small_pasture(), new_worlds(small_pasture(), range(1000)), 1).digests())) == 1000


@pytest.mark.parametrize("seed", [0, 1, 2**63, 2**64 - 1])
def test_any_whole_number_of_64_bits_is_a_seed(seed: int) -> None:
    world = new_worlds(small_pasture(), [seed])
    assert world.seed.tolist() == [seed]


def test_numbers_of_play_are_drawn_within_ten_per_cent_and_their_bounds_and_others_never() -> None:
    model = tiny("""
        numbers:
          played:   {value: 2, low: 1, high: 9, from: play, plain: P}
          bounded:  {value: 2, low: 1.95, high: 2.05, from: play, plain: B}
          read:     {value: 2, low: 1, high: 9, from: literature, source: S, plain: L}
          measured: {value: 2, low: 1, high: 9, from: measured, plain: M}
          wild:     {value: 2, low: 1, high: 9, from: measured, each_seed: [0.5, 3], plain: W}
        """)
    world = new_worlds(model, range(2000))
    drawn = {name: values.reshape(-1) for name, values in world.base_number.items()}
    assert drawn["played"].min() >= 1.8 and drawn["played"].max() <= 2.2
    assert drawn["played"].min() < 1.801 and drawn["played"].max() > 2.199 and abs(drawn["played"].mean() - 2) < 0.01
    assert drawn["bounded"].min() == 1.95 and drawn["bounded"].max() == 2.05
    assert set(drawn["read"]) == {2.0} and set(drawn["measured"]) == {2.0}
    assert drawn["wild"].min() >= 1.0 and 5.9 < drawn["wild"].max() <= 6.0


def test_numbers_are_drawn_independently_of_each_other() -> None:
    world = new_worlds(pasture(), range(3000))
    drawn = [values.reshape(-1) for values in world.base_number.values() if values.std() > 0]
    apart = np.corrcoef(np.array(drawn)) - np.eye(len(drawn))
    assert np.abs(apart).max() < 0.08


def test_weather_is_drawn_anew_each_season_around_the_number_of_the_seed() -> None:
    model = pasture()
    world, seen = new_worlds(model, range(200)), []
    for _ in range(3):
        world = play(model, world, 1)
        seen.append((world.number["rain"] / world.base_number["rain"]).reshape(-1))
    assert min(values.min() for values in seen) >= 0.85 - 1e-12 and max(values.max() for values in seen) <= 1.15 + 1e-12
    assert abs(np.corrcoef(seen[0], seen[1])[0, 1]) < 0.2


def test_starts_vary_within_their_share_and_range() -> None:
    model = pasture()
    grass = new_worlds(model, range(300)).stock["grass"][0, 0, 2]
    assert grass.min() >= 0.6 * 0.9 - 1e-12 and grass.max() <= 0.6 * 1.1 + 1e-12 and grass.std() > 0.02


def test_a_level_without_chance_is_the_same_for_all_seeds() -> None:
    model = tiny("stocks:\n  a: {at: world, kind: matter, range: [0, 9], start: 1, plain: A}\n")
    assert len({float(value) for value in play(model, new_worlds(model, range(50)), 3).stock["a"].ravel()}) == 1
