"""No light hand where somebody else went hungry, or was left with clearly less, through what one did."""

from __future__ import annotations

import numpy as np

from game.insight.light_hand import light_hand, unmet
from game.insight.played import played
from game.sim.actions import Actions
from game.sim.beginning import new_worlds
from game.sim.model import Model
from tests.barns import barns
from tests.sim.levels import candidate, one, play

DEEDS = """
actions:
  rob:  {mode: over, family: x, target: community, plain: R,
          now: [{move: {from: "hay[target]", to: outside, amount: 9}}]}
  burn: {mode: over, family: x, target: community, plain: B,
          now: [{move: {from: "hay[target]", to: outside, amount: 9}},
                {move: {from: "hay[me]", to: outside, amount: 8}}]}
  thank: {mode: with, family: x, target: community, plain: T, now: [{of: "trust[target, me]", add: 0.3}]}
"""


def game_of(model: Model, key: str) -> object:
    plans = [Actions.planned(model, {0: [candidate(model, key, "bob")]})] + [Actions.none(model, 1)] * 4
    return played(model, new_worlds(model, [1]), plans)


def test_what_was_not_met_is_counted_for_each_household() -> None:
    model = barns(DEEDS)
    world = play(model, one(model), 1, {0: [candidate(model, "rob", "bob")]})
    np.testing.assert_allclose(unmet(model, world)[:, 0], [0, 1], atol=1e-9)


def test_whoever_went_hungry_through_a_deed_is_named_and_there_is_no_light_hand() -> None:
    model = barns(DEEDS)
    found = light_hand(game_of(model, "rob"), [0])
    assert found.hungry == (1,) and found.ratio == float("inf")


def test_who_harms_nobody_leaves_nobody_hungry() -> None:
    model = barns(DEEDS)
    found = light_hand(game_of(model, "thank"), [0])
    assert found.hungry == () and found.ratio < 1


def test_what_lies_in_store_is_told_beside_and_not_weighed() -> None:
    model = barns(DEEDS)
    found = light_hand(game_of(model, "rob"), [0])
    assert found.stores == () or all(one == 1 and change < 0 for _, one, change in found.stores)
    rich = barns(DEEDS, hay=60)
    ((name, who, change),) = light_hand(game_of(rich, "rob"), [0]).stores
    assert (name, who) == ("hay", 1) and -9.5 < change < -8.5


def test_whoever_leaves_another_with_clearly_less_and_gives_up_nothing_has_no_light_hand() -> None:
    found = light_hand(game_of(barns(DEEDS, hay=22), "rob"), [0])
    assert found.hungry == () and found.poorer == (1,) and found.ratio == float("inf")


def test_what_all_give_up_alike_leaves_the_hand_light() -> None:
    found = light_hand(game_of(barns(DEEDS, hay=22), "burn"), [0])
    assert {one for _, one, change in found.stores if change < -6} == {0, 1}
    assert found.poorer == () and found.ratio < 1


def test_who_has_enough_left_has_not_clearly_less() -> None:
    assert light_hand(game_of(barns(DEEDS, hay=60), "rob"), [0]).poorer == ()
