"""Ripples on levels so small that every answer can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

import game as powerdance
from game.insight.played import PlayedGame, play_without, played
from game.insight.ripples import pair_interaction, ripples
from game.insight.shares import fair_shares, shares
from game.insight.shares_by_kind import summed
from game.players.policies import plan_season
from game.run.backends import kernel
from game.sim.actions import Actions
from game.sim.model import Model
from tests.sim.levels import candidate, one, tiny

# One pond, two who drink from it: what one takes, the other lacks.  No luck in it.
POND = """
stocks:
  pond:  {at: world, kind: matter, range: [0, 1000], start: 100, plain: Water.}
  jar:   {at: community, kind: matter, range: [0, 1000], start: 0, plain: Water at home.}
  reed:  {at: tile, kind: state, range: [0, 1], start: 0.5, on: [ground], plain: Reed.}
flows:
  drinking: {from: pond, to: jar, per: community, rate: 0.1 * pond, plain: They drink.}
actions:
  drain: {mode: over, family: take, target: world, plain: Let water out.,
          now: [{move: {from: pond, to: outside, amount: 40}}]}
  mow:   {mode: over, family: take, target: {tiles: ground, area: 2}, plain: Mow., now: [{of: reed, add: -0.25}]}
"""
PLANT = """
stocks:
  seed: {at: world, kind: state, range: [0, 100], start: 0, plain: Seeds.}
actions:
  sow:      {mode: with, family: care, target: world, plain: Sow., now: [{of: seed, add: 1}]}
  multiply: {mode: with, family: care, target: world, plain: Double., now: [{of: seed, add: seed}]}
  harvest:  {mode: over, family: take, target: world, plain: Take., when: seed >= 1, when_plain: Too few.,
              now: [{of: seed, add: -1}]}
"""


def game_of(model: Model, *seasons: list[str]) -> PlayedGame:
    """Return the game in which the first seat does what each season lists."""
    plans = [Actions.planned(model, {0: [candidate(model, name) for name in names]}) for names in seasons]
    return played(model, one(model), plans)


def test_what_one_takes_the_other_lacks_by_exactly_what_it_would_have_drunk() -> None:
    model = tiny(POND, people=("ann", "bob"), seats=("ann",), rows="..\n..", ticks=1)
    found = ripples(game_of(model, ["drain"], [], []))
    # Each season both drink a tenth, so 0.8 of the pond is left: 40 less there are 40 * 0.8 ** t less.
    left = 40.0 * 0.8 ** np.arange(1, 4)
    assert found.course["stock", "pond"][:, 0, 0, 0] == pytest.approx(-left)
    drunk = 4.0 * np.cumsum(0.8 ** np.arange(3))
    assert found.course["stock", "jar"][:, 0, 0, 0] == pytest.approx(-drunk)
    assert found.course["stock", "jar"][:, 1, 0, 0] == pytest.approx(-drunk)


def test_ripples_tell_the_tiles_that_a_deed_changed_and_no_others() -> None:
    model = tiny(POND, people=("ann",), rows="....\n....")
    plans = [Actions.planned(model, {0: [candidate(model, "mow", "b1")]})]
    found = ripples(played(model, one(model), plans))
    assert found.now["reed"][:, :, 0].tolist() == [[0, 0, -0.25, -0.25]] * 2
    assert np.array_equal(found.now["reed"], found.late["reed"])


def test_nothing_differs_before_the_deed_and_a_deed_without_effect_has_no_ripples() -> None:
    model = tiny(PLANT)
    found = ripples(game_of(model, [], ["sow"], []))
    assert found.course["stock", "seed"][:, 0, 0, 0].tolist() == [0.0, 1.0, 1.0]
    assert found.interaction_share(("stock", "seed")) == 0.0


def test_deeds_that_multiply_each_other_interact_by_exactly_the_rest() -> None:
    model = tiny(PLANT)
    game = game_of(model, ["sow"], ["multiply"])
    found = ripples(game)
    # Both make 2; without sowing there is 0, without doubling 1: each ripple is what would be missing.
    assert found.course["stock", "seed"][-1, 0, 0].tolist() == [2.0, 1.0]
    assert found.together["stock", "seed"][-1, 0, 0] == 2.0
    assert found.interaction(("stock", "seed"))[-1, 0, 0] == -1.0
    assert pair_interaction(game, 0, 1)["stock", "seed"][0, 0] == 1.0


def test_fair_shares_are_the_mean_over_both_orders_and_add_up() -> None:
    game = game_of(tiny(PLANT), ["sow"], ["multiply"])
    found = shares(game, ("stock", "seed"), [0, 1], orders=3)
    assert found.value[0, 0].tolist() == [1.5, 0.5]
    assert found.error[0, 0].tolist() == [0.0, 0.0]


def test_fair_shares_of_many_deeds_add_up_to_what_all_did_together() -> None:
    game = game_of(tiny(PLANT), ["sow", "multiply"], ["sow"], ["multiply", "sow"])
    everything = ripples(game).together["stock", "seed"][-1, 0, 0]
    found = shares(game, ("stock", "seed"), range(len(game.deeds)), orders=4)
    assert found.value.sum() == pytest.approx(everything)
    assert found.error.max() > 0.0


def test_what_two_deeds_made_together_is_shared_by_the_mean_of_coming_first_and_coming_last() -> None:
    found = fair_shares(game_of(tiny(PLANT), ["sow"], [], ["multiply"]))
    # Sowing adds 1 with nothing after it and 2 with the doubling after it; doubling adds 1 after sowing, else nothing.
    assert found.course["stock", "seed"][:, 0, 0].tolist() == [[1.0, 0.0], [1.0, 0.0], [1.5, 0.5]]
    assert found.between["stock", "seed"][-1, 0, 0].tolist() == [-0.5, 0.5]
    seeds = summed(found, "seed", np.ones((1, 1)))
    assert (seeds.end, seeds.without, seeds.made) == (2.0, 0.0, 2.0)
    assert seeds.shares.tolist() == [1.5, 0.5]
    assert seeds.leans == pytest.approx(1.0 / 3.0)


def test_what_needs_no_company_is_shared_as_it_is_left_out() -> None:
    model = tiny(POND, people=("ann", "bob"), seats=("ann",), rows="..\n..", ticks=1)
    game = game_of(model, ["drain"], ["drain"], [])
    found = fair_shares(game)
    assert found.course["stock", "jar"] == pytest.approx(ripples(game).course["stock", "jar"])
    assert summed(found, "jar", np.ones((2, 1))).leans == pytest.approx(0.0, abs=1e-12)


def test_without_deeds_there_are_no_shares_and_without_seasons_no_sums() -> None:
    assert summed(fair_shares(game_of(tiny(PLANT), [], [])), "seed", np.ones((1, 1))).shares.tolist() == []
    with pytest.raises(ValueError, match="nothing was played"):
        summed(fair_shares(game_of(tiny(PLANT))), "seed", np.ones((1, 1)))


@pytest.mark.parametrize("policy", ["with", "over"])
def test_fair_shares_of_a_whole_game_add_up_in_every_season_and_leave_nothing_over(policy: str) -> None:
    model = powerdance.compile_level(powerdance.load_level("the_shared_pasture"))
    start = world = powerdance.new_worlds(model, [5])
    plans = []
    for _ in range(8):
        plans.append(plan_season(model, world, (policy, *model.level.default_policies()[1:])))
        world = powerdance.step(model, world, plans[-1])
    game = played(model, start, plans)
    found, left_out = fair_shares(game, game.of_seat(0)), ripples(game, game.of_seat(0))
    assert found.deeds == left_out.deeds and len(found.deeds) > 8
    for key, values in left_out.together.items():
        assert found.course[key].sum(axis=-1) == pytest.approx(values, abs=1e-9)
        for number, deed in enumerate(found.deeds):
            assert not found.course[key][: deed.season, ..., number].any()
    assert any(left_out.interaction_share(key) > 0.25 for key in left_out.together)  # what ripples leave over


@pytest.mark.nightly
def test_compiled_ripples_are_the_same_bits() -> None:
    pytest.importorskip("numba")
    game = game_of(tiny(PLANT), ["sow", "multiply"], ["sow"])
    plain, fast = ripples(game), ripples(game, ticks=kernel("compiled", game.model, 8))
    assert all(np.array_equal(plain.course[key], fast.course[key]) for key in plain.course)


def test_a_deed_that_made_another_possible_is_told_so() -> None:
    game = game_of(tiny(PLANT), ["sow", "harvest"])
    found = ripples(game)
    assert [game.deeds[one].candidate for one in found.enabled[0]] == [candidate(game.model, "harvest")]
    assert found.enabled[1] == ()


@pytest.mark.parametrize("level", ["the_shared_pasture", "nail_and_barn"])
def test_the_game_without_nothing_is_the_game_and_twins_alone_are_twins_in_a_batch(level: str) -> None:
    model = powerdance.compile_level(powerdance.load_level(level))
    start = world = powerdance.new_worlds(model, [7])
    plans = []
    for _ in range(4):
        plans.append(plan_season(model, world, model.level.default_policies()))
        world = powerdance.step(model, world, plans[-1])
    game = played(model, start, plans)
    assert game.end.digest() == world.digest()
    mine = game.of_seat(0)
    removed = np.zeros((len(game.deeds), len(mine)), np.bool_)
    removed[mine, np.arange(len(mine))] = True
    together = play_without(game, removed, lambda *_: None).digests()
    assert together[0] == game.end.digests()[0]
    for twin in range(len(mine)):
        alone = play_without(game, removed[:, twin : twin + 1], lambda *_: None).digests()
        assert alone[1] == together[1 + twin]
