"""Loops on levels whose loops are known from the books, and on the shipped ones."""

from __future__ import annotations

import math

import pytest

import game as powerdance
from game.insight.loops import BALANCING, REINFORCING, Loop, explained, loops_now, title
from game.insight.played import played
from game.players.policies import plan_season
from game.sim.model import Model
from game.sim.world import World
from tests.sim.levels import one, tiny

LOGISTIC = """
numbers: {r: {value: 0.4, low: 0.1, high: 1, unit: 1/season, from: measured, plain: Growth.}}
stocks:
  deer: {at: world, kind: matter, range: [0, 100], start: 10, plain: Deer.}
flows:
  births: {from: outside, to: deer, rate: r * deer, plain: Births.}
  deaths: {from: deer, to: outside, rate: r * deer * deer / 100, plain: Crowding.}
"""
PREDATORS = """
stocks:
  hares: {at: world, kind: matter, range: [0, 100], start: 40, plain: Hares.}
  foxes: {at: world, kind: matter, range: [0, 100], start: 10, plain: Foxes.}
flows:
  hares_multiply: {from: outside, to: hares, rate: 0.3 * hares, plain: Hares.}
  hares_eaten:    {from: hares, to: outside, rate: 0.01 * hares * foxes, plain: Eaten.}
  foxes_multiply: {from: outside, to: foxes, rate: 0.005 * hares * foxes, plain: Cubs.}
  foxes_die:      {from: foxes, to: outside, rate: 0.2 * foxes, plain: Age.}
loops: {hunt: {through: [hares, foxes], plain: Hares feed foxes and foxes eat hares.}}
"""
CHAIN = """
stocks:
  rain:  {at: world, kind: matter, range: [0, 10], start: 2, plain: Rain.}
  trees: {at: world, kind: matter, range: [0, 10], start: 2, plain: Trees.}
flows:
  raining: {from: outside, to: rain, rate: 0.2 * trees, plain: Clouds.}
  growing: {from: outside, to: trees, delay: 4, rate: 0.1 * rain, plain: Growing takes years.}
  runoff:  {from: rain, to: outside, rate: 0.5 * rain, plain: It runs off.}
  falling: {from: trees, to: outside, rate: 0.1 * trees, plain: They fall.}
"""


def of_members(loops: list[Loop], *members: str) -> list[Loop]:
    return [loop for loop in loops if set(loop.members) == set(members)]


def with_deer(model: Model, count: float) -> World:
    world = one(model)
    world.stock["deer"][:] = count
    return world


@pytest.mark.parametrize(("deer", "ruling"), [(10, REINFORCING), (49, REINFORCING), (51, BALANCING), (90, BALANCING)])
def test_in_logistic_growth_dominance_shifts_at_half_the_carrying_capacity(deer: float, ruling: str) -> None:
    model = tiny(LOGISTIC)
    loops = loops_now(model, with_deer(model, deer))
    assert max(loops, key=lambda loop: loop.score).kind == ruling
    births = next(loop for loop in loops if loop.links[0].via == "births")
    deaths = next(loop for loop in loops if loop.links[0].via == "deaths")
    assert births.strength == pytest.approx(0.4, rel=1e-3)
    assert deaths.strength == pytest.approx(0.4 * 2 * deer / 100, rel=1e-3)


def test_predator_and_prey_hold_each_other_in_one_balancing_loop_of_known_strength() -> None:
    loops = loops_now(tiny(PREDATORS), one(tiny(PREDATORS)))
    (hunt,) = of_members(loops, "hares", "foxes")
    assert hunt.kind == BALANCING
    assert hunt.strength == pytest.approx(math.sqrt(0.01 * 40 * 0.005 * 10), rel=1e-3)
    assert (hunt.id, hunt.plain) == ("hunt", "Hares feed foxes and foxes eat hares.")


def test_an_authors_name_falls_only_on_a_loop_of_the_kind_it_is_meant_for() -> None:
    wrong = tiny(PREDATORS.replace("[hares, foxes]", "[hares, foxes], kind: reinforcing"))
    assert not any(loop.id for loop in loops_now(wrong, one(wrong)))
    right = tiny(PREDATORS.replace("[hares, foxes]", "[hares, foxes], kind: balancing"))
    assert [loop.id for loop in loops_now(right, one(right)) if loop.id] == ["hunt"]


def test_a_loop_tells_how_long_its_way_round_takes() -> None:
    (loop,) = of_members(loops_now(tiny(CHAIN), one(tiny(CHAIN))), "rain", "trees")
    assert loop.kind == REINFORCING
    assert loop.delay == 4.0
    assert loop.strength == pytest.approx(math.sqrt(0.2 * 0.1), rel=1e-3)
    assert (
        explained(tiny(CHAIN), loop) == "More rain means more trees 4 seasons later, then more rain: it feeds itself."
    )


def test_scores_are_shares_and_the_strongest_comes_first() -> None:
    loops = loops_now(tiny(PREDATORS), one(tiny(PREDATORS)), most=100)
    assert sum(loop.score for loop in loops) == pytest.approx(1.0)
    told = [loop.score for loop in loops if not loop.wears_off]
    assert told == sorted(told, reverse=True)


def test_cattle_buy_cattle_and_the_grass_pays_for_it() -> None:
    model = powerdance.compile_level(powerdance.load_level("the_shared_pasture"))
    start = world = powerdance.new_worlds(model, [5])
    plans = []
    for _ in range(4):
        plans.append(plan_season(model, world, ("over",) * 4))
        world = powerdance.step(model, world, plans[-1])
    deeds = played(model, start, plans).deeds
    cows = next(loop for loop in loops_now(model, world, deeds) if loop.id == "more_cows")
    assert cows.kind == REINFORCING
    assert cows.parasitic and "grass" in cows.pushed_on
    assert "buy_cattle" in [link.via for link in cows.links]
    assert title(model, cows) == "More cows"
    assert not any(link.kind == "action" for loop in loops_now(model, world) for link in loop.links)


def test_looking_for_loops_changes_nothing() -> None:
    model = tiny(PREDATORS)
    world = one(model)
    before = world.digest()
    loops_now(model, world)
    assert world.digest() == before


def test_the_forest_has_loops_of_both_kinds_and_every_loop_that_its_author_named() -> None:
    model = powerdance.compile_level(powerdance.load_level("the_living_forest"))
    loops = loops_now(model, powerdance.new_worlds(model, [1]))
    assert {loop.kind for loop in loops} == {REINFORCING, BALANCING}
    assert all(loop.strength > 0.0 for loop in loops)
    assert {loop.id for loop in loops} - {""} == set(model.level.loops)
