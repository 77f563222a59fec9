"""What moved a person, and what would have changed its mind: from the same numbers that it decided by."""

from __future__ import annotations

import numpy as np

from game.level.reader import load_level
from game.players.motives import STANDING, STORE, Mind, mind_of
from game.players.policies import plan_season
from game.sim.batches import selected
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.world import World
from tests.barns import barns
from tests.sim.levels import candidate

ANN, BOB = 0, 1
DEEDS = """
actions:
  rob:   {mode: over, family: x, target: community, plain: R, aim: {of: hay, gain: 2}, limit: 1,
          now: [{move: {from: "hay[target]", to: "hay[me]", amount: 2}}]}
people: {bob: {name: Bob, temper: {fair: 0.5, bold: 0.5, patient: 0.5, forgiving: 0.5}}}
"""
MODEL: Model = barns(DEEDS, hay=20, trust=0.1)


def with_hay(amount: float) -> World:
    world = selected(new_worlds(MODEL, [1]), np.zeros(1, np.int64))
    world.stock["hay"][BOB] = amount
    return world


def done(world: World) -> list[int]:
    chosen = plan_season(MODEL, world, ("idle", "person")).chosen[:, BOB, 0]
    return chosen[chosen >= 0].tolist()


def mind(world: World) -> Mind:
    return mind_of(MODEL, world, BOB, done(world), ANN)


def test_whoever_takes_in_need_would_leave_it_with_so_much_in_store_and_does() -> None:
    poor = with_hay(0.5)
    rob = candidate(MODEL, "rob", "ann")
    assert rob in done(poor)
    (deed,) = (one for one in mind(poor).deeds if one.candidate == rob)
    assert deed.reason.term == "need" and deed.lever is not None and deed.lever.kind == STORE
    enough = deed.lever.amount
    assert 0.5 < enough
    assert rob not in done(with_hay(1.02 * enough)) and rob in done(with_hay(0.8 * enough))


def test_what_runs_short_is_told_with_what_is_held_and_used() -> None:
    ((name, held, use),) = mind(with_hay(0.5)).short
    assert (name, held) == ("hay", 0.5) and use > 0.5
    assert mind(with_hay(40.0)).short == ()


def test_whoever_does_nothing_would_begin_if_he_stood_better_with_others_and_does() -> None:
    model = compile_level(load_level("the_shared_pasture"))
    world = new_worlds(model, [5])
    policies = ("idle", *["person"] * 3)
    dale = model.layout.communities.index("dale")
    seat = model.layout.seats.index(dale)
    assert (plan_season(model, world, policies).chosen[:, seat, 0] < 0).all()
    found = mind_of(model, world, seat, [], 0)
    assert found.nearest >= 0 and found.lever is not None and found.lever.kind == STANDING
    for name in (model.feelings.trust, *filter(None, model.feelings.known)):
        world.stock[name][dale] = 1.0
    world.people["kindness"][dale] = 1.0
    action = model.candidates[found.nearest].action
    chosen = plan_season(model, world, policies).chosen[:, seat, 0].tolist()
    assert action in {model.candidates[one].action for one in chosen if one >= 0}


def test_what_moved_a_person_changes_nothing_in_its_world() -> None:
    world = with_hay(0.5)
    before = world.digests()
    mind(world)
    assert world.digests() == before
    assert mind(world) == mind(with_hay(0.5))
