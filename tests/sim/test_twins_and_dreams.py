"""Two ways to copy a world: a twin keeps its luck, a dream has luck of its own."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from game.level.reader import changed_level, load_level
from game.sim.actions import Actions
from game.sim.beginning import imagine, new_worlds, twin
from game.sim.model import compile_level
from game.sim.step import step
from tests.sim.levels import candidate, one, play, random_plans, tiny, value
from tests.sim.test_oracle import everything, pasture, small_pasture


def test_a_twin_that_does_the_same_stays_the_same() -> None:
    model, generator = everything(), np.random.default_rng(1)
    world = play(model, new_worlds(model, range(8)), 2)
    other = twin(world)
    for _ in range(5):
        actions = random_plans(model, generator, 8)
        world, other = step(model, world, actions), step(model, other, actions)
    assert world.digests() == other.digests()


def test_a_twin_shares_nothing_with_its_world() -> None:
    world = one(small_pasture())
    before, other = world.digest(), twin(world)
    for arrays in (other.stock, other.number, other.memory):
        for array in arrays.values():
            array += 1.0
    other.need += 1
    assert world.digest() == before


ISLANDS = """
needs: {bread: {plain: B}, songs: {plain: S}}
wants: {drift: [bread, songs], every: 1..2}
stocks:
  east: {at: world, kind: state, range: [0, 9], start: 1, plain: E}
  west: {at: world, kind: state, range: [0, 9], start: 1, plain: W}
  angry: {at: community, kind: state, range: [0, 1], start: 0.4, plain: A}
numbers: {sun: {value: 1, low: 0, high: 2, each_season: [0.2, 1.8], plain: S}}
influences:
  e: {of: east, change: "0.1 * (sun - 1) * east", plain: E}
  w: {of: west, change: "0.1 * (sun - 1) * west", plain: W}
resistance: {weight: 1, protest: 0.5, plain: R}
events: {storm: {plain: S, chance: 0.3, warns: 1, sets: {sun: 0.5}}}
actions:
  dig_east: {mode: over, family: x, target: world, plain: D, now: [{of: east, add: 0.5}]}
  dig_west: {mode: over, family: x, target: community, blocked_by: protest, plain: D, now: [{of: west, add: 0.5}]}
"""


def test_a_twin_without_one_action_differs_only_where_that_action_reaches() -> None:
    """All other luck stays: weather, events, needs, and whether other actions are blocked."""
    model = tiny(ISLANDS, people=("ann", "bob"))
    dig, other = candidate(model, "dig_east"), candidate(model, "dig_west", "bob")
    world = new_worlds(model, range(60))
    without = play(model, twin(world), 6, {0: [other], 1: []})
    acted = play(model, world, 6, {0: [dig, other], 1: [dig]})
    assert np.all(acted.stock["east"] > without.stock["east"])
    assert np.array_equal(acted.stock["west"], without.stock["west"])
    for name in ("need", "need_until", "blocked"):
        assert np.array_equal(getattr(acted, name), getattr(without, name)), name
    assert np.array_equal(acted.number["sun"], without.number["sun"])
    assert np.array_equal(acted.event_left["storm"], without.event_left["storm"])
    assert np.array_equal(acted.result[1, 0], without.result[0, 0]) and len(set(acted.result[1, 0])) == 2


def droughts(model: object, world: object) -> np.ndarray:
    return step(model, world).event_sign["drought"]  # type: ignore[arg-type, attr-defined]


def test_an_imagined_world_guesses_the_next_drought_no_better_than_chance() -> None:
    level = changed_level(load_level("the_shared_pasture"), {"drought.chance": 0.25, "drought.odds": 0.5})
    model, count = compile_level(level), 600
    world = play(model, new_worlds(model, range(count)), 3)
    truth, dream = droughts(model, world), droughts(model, imagine(model, world, 0, 99))
    share = truth.mean()
    by_chance = share * dream.mean() + (1 - share) * (1 - dream.mean())
    assert abs((truth == dream).mean() - by_chance) < 4 * np.sqrt(0.25 / count)
    assert np.array_equal(truth, droughts(model, twin(world)))


@pytest.mark.parametrize("dream", [0, 5])
def test_nothing_of_the_seed_is_left_in_a_dream(dream: int) -> None:
    """Two worlds that look alike and differ only in seed are imagined alike, now and later."""
    model = pasture()
    world = play(model, new_worlds(model, [1]), 2)
    other = dataclasses.replace(twin(world), seed=np.array([77], np.uint64), luck=np.array([77], np.uint64))
    first, second = imagine(model, world, 1, dream), imagine(model, other, 1, dream)
    assert first.digest() == second.digest()
    assert play(model, first, 2).digest() == play(model, second, 2).digest()


def hidden(model: object, world: object) -> object:
    """The same world with other hidden numbers, as another seed would have drawn them."""
    strange = twin(world)  # type: ignore[arg-type]
    for name, values in new_worlds(model, [123]).base_number.items():  # type: ignore[arg-type]
        strange.base_number[name] = values.copy()
        strange.number[name] = values.copy()
    return strange


def test_hidden_numbers_do_not_show_in_a_dream() -> None:
    model = pasture()
    world = play(model, new_worlds(model, [1]), 2)
    strange = hidden(model, world)
    assert imagine(model, world, 1, 7).number["appetite"] == imagine(model, strange, 1, 7).number["appetite"]  # type: ignore[arg-type]


def test_hidden_numbers_do_not_show_in_the_season_after_a_dream() -> None:
    model = pasture()
    world = play(model, new_worlds(model, [1]), 2)
    strange = hidden(model, world)
    assert (
        play(model, imagine(model, world, 1, 7), 1).stock["grass"].tobytes()
        == play(model, imagine(model, strange, 1, 7), 1).stock["grass"].tobytes()
    )  # type: ignore[arg-type]


def test_a_dream_keeps_the_needs_one_knows_and_guesses_the_others() -> None:
    model = pasture()
    world = new_worlds(model, range(400))
    world.stock["known"][1, 0] = 0.8  # birch is known to alder; cedar is not
    dream = imagine(model, world, 0, 3)
    assert np.array_equal(dream.need[0], world.need[0]) and np.array_equal(dream.need[1], world.need[1])
    agree = (dream.need[2] == world.need[2]).mean()
    assert abs(agree - 1 / 3) < 0.1


def test_two_dreams_differ() -> None:
    model = pasture()
    world = new_worlds(model, [4])
    assert imagine(model, world, 0, 1).digest() != imagine(model, world, 0, 2).digest()
    assert imagine(model, world, 0, 1).digest() == imagine(model, world, 0, 1).digest()


def test_a_dream_is_the_same_alone_and_in_a_batch() -> None:
    model = small_pasture()
    batch = new_worlds(model, [1, 2, 3])
    assert imagine(model, new_worlds(model, [3]), 0, 5).digests()[0] == imagine(model, batch, 0, 5).digests()[2]


def test_repeating_a_blocked_action_in_one_season_has_the_same_luck() -> None:
    model = tiny(
        ISLANDS.replace("blocked_by: protest, plain: D", "blocked_by: protest, limit: 3, plain: D"),
        people=("ann", "bob"),
    )
    dig = candidate(model, "dig_west", "bob")
    after = step(model, new_worlds(model, range(50)), Actions.planned(model, {0: [dig, dig, dig]}, 50))
    assert np.array_equal(after.result[0, 0], after.result[2, 0]) and value(after, "west").std() > 0
