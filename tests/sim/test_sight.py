"""Where the arrays of a World lie: what is known of it is never older than the arrays."""

from __future__ import annotations

import pickle

import numpy as np

from game.sim.beginning import new_worlds
from game.sim.compiled.sight import Eyes, give_back
from game.sim.world import World
from tests.sim.levels import tiny

STOCKS = "stocks: {grass: {at: tile, kind: matter, range: [0, 1], start: 0.5, plain: G.}}\n"


def some_world() -> World:
    return new_worlds(tiny(STOCKS), [1, 2, 3])


def lies(values: np.ndarray) -> int:
    return int(values.__array_interface__["data"][0])


def test_what_has_not_changed_is_looked_up_once() -> None:
    eyes, world = Eyes({("stock", "grass"): 0, ("outcome", ""): 1}), some_world()
    sight = eyes.see(world)
    assert eyes.see(world) is sight
    assert sight.addresses.tolist() == [lies(world.stock["grass"]), lies(world.outcome), lies(world.luck)]


def test_an_array_that_takes_the_place_of_another_is_seen() -> None:
    eyes, world = Eyes({("stock", "grass"): 0, ("outcome", ""): 1}), some_world()
    before = eyes.see(world)
    world.stock["grass"] = world.stock["grass"] + 1.0
    assert eyes.see(world).addresses[0] == lies(world.stock["grass"]) != before.addresses[0]
    assert eyes.see(world).addresses[1] == before.addresses[1]


def test_what_is_wanted_later_is_seen_later() -> None:
    eyes, world = Eyes({("stock", "grass"): 0}), some_world()
    eyes.see(world)
    assert eyes.number("uses", "") == 1
    assert eyes.see(world).addresses[1] == lies(world.uses)


def test_what_lies_otherwise_is_copied_each_time_and_given_back() -> None:
    eyes, world = Eyes({("stock", "grass"): 0}), some_world()
    world.stock["grass"] = np.repeat(world.stock["grass"], 2, axis=-1)[..., ::2]
    eyes.see(world)
    world.stock["grass"][...] = 0.25
    sight = eyes.see(world)
    copy = sight.copies["stock", "grass"]
    assert (copy == 0.25).all() and sight.addresses[0] == lies(copy)
    copy[...] = 0.75
    give_back(world, sight, {("stock", "grass")})
    assert (world.stock["grass"] == 0.75).all()


def test_a_world_that_goes_elsewhere_leaves_behind_where_it_lay() -> None:
    eyes, world = Eyes({("stock", "grass"): 0}), some_world()
    eyes.see(world)
    again = pickle.loads(pickle.dumps(world))
    assert again.sight is None and again.digests() == world.digests()
    assert eyes.see(again).addresses[0] == lies(again.stock["grass"])
    assert world.copy().sight is None
