"""What is done and undone within one season has no later consequences, whoever undoes it and in whichever order."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.level.library import shipped_levels
from game.level.reader import load_level
from game.sim.actions import DONE, Actions
from game.sim.beginning import new_worlds
from game.sim.effect_plans import AddEffect, UsersEffect
from game.sim.model import Model, compile_level
from game.sim.plans import ActionPlan
from game.sim.step import step
from game.sim.world import World
from tests.oracle.oracle import Oracle
from tests.sim.levels import one, tiny, value

LEVELS = [path.stem for path in shipped_levels() if path.stem != "sandbox"]
CATTLE = """
stocks:
  herd: {at: community, kind: state, range: [0, 60], start: 20, plain: H}
actions:
  buy:   {mode: over, family: x, target: me, limit: 8, plain: B, now: [{of: herd, add: 2}],
          later: [{of: herd, add: 1, after: 4, plain: A calf.}]}
  sell:  {mode: neutral, family: x, target: me, limit: 8, plain: S, now: [{of: herd, add: -2}],
          later: [{of: herd, add: -0.5, after: 2, plain: No calf.}]}
  drive: {mode: over, family: x, target: community, limit: 8, plain: D, now: [{of: "herd[target]", add: -2}]}
"""
PEOPLE = ("ann", "bob")


@cache
def cattle() -> Model:
    return tiny(CATTLE, people=PEOPLE)


@cache
def shipped(level: str) -> Model:
    return compile_level(load_level(level))


def keys(model: Model, plan: list[str]) -> list[int]:
    known = {candidate.key: index for index, candidate in enumerate(model.candidates)}
    return [known[key] for key in plan]


def due(world: World) -> dict[str, float]:
    """What is on its way to Ann, by what has sent it."""
    return {key: float(queue[:, 0].sum()) for key, queue in world.later.items()}


@settings(max_examples=60)
@given(st.lists(st.sampled_from(("buy:me", "sell:me")), max_size=8), st.integers(0, 4))
def test_what_is_bought_and_sold_again_or_driven_off_bears_no_calf(own: list[str], driven: int) -> None:
    model = cattle()
    label = {candidate.action: candidate.label for candidate in model.candidates if candidate.target <= 0}
    plan = [f"{key.split(':')[0]}:{label[key.split(':')[0]]}" for key in own]
    plans = {0: keys(model, plan), 1: keys(model, ["drive:ann"] * driven)}
    world = step(model, one(model), Actions.planned(model, plans))
    bought, sold = own.count("buy:me"), own.count("sell:me")
    gone = sold + driven
    calves = bought * max(0.0, 1.0 - gone / bought) if bought else 0.0
    missed = -0.5 * sold * max(0.0, 1.0 - bought / sold) if sold else 0.0
    assert due(world) == pytest.approx({"buy:0": calves, "sell:0": missed})


def test_two_cows_bought_and_sold_leave_the_herd_as_it_would_have_been() -> None:
    model = cattle()
    both = {0: keys(model, [key for key in ("buy:me", "sell:me") if any(c.key == key for c in model.candidates)])}
    assert len(both[0]) == 2
    with_both, without = (step(model, one(model), Actions.planned(model, plans)) for plans in (both, {}))
    for _ in range(6):
        with_both, without = step(model, with_both), step(model, without)
        assert value(with_both, "herd", 0) == value(without, "herd", 0)


def test_the_second_implementation_calls_the_same_back() -> None:
    model = cattle()
    buy, sell, drive = keys(model, ["buy:me", "sell:me", "drive:ann"])
    world = one(model)
    oracle = Oracle.from_world(model, world)
    for own, other in (([buy, buy, sell], []), ([sell, buy, buy, buy], [drive]), ([sell], [drive]), ([], [])):
        actions = Actions.planned(model, {0: own, 1: other})
        oracle.step(actions)
        world = step(model, world, actions)
        assert not oracle.differences(world)


def test_what_is_undone_in_the_next_season_is_not_called_back() -> None:
    model = cattle()
    buy, sell = (keys(model, [next(c.key for c in model.candidates if c.action == name)]) for name in ("buy", "sell"))
    world = step(model, one(model), Actions.planned(model, {0: buy}))
    world = step(model, world, Actions.planned(model, {0: sell}))
    assert due(world) == {"buy:0": 1.0, "sell:0": -0.5}


def own_change(plan: ActionPlan) -> dict[str, float]:
    """Which stocks of the actor an action adds to by a fixed amount, and by how much."""
    found: dict[str, float] = {}
    for effect in plan.now:
        if isinstance(effect, AddEffect) and effect.who == ("me",) and effect.amount is not None:
            written = next(item for item in plan.spec.now if item.of and item.of.split("[")[0] == effect.stock)
            if isinstance(written.add, (int, float)):
                found[effect.stock] = float(written.add)
    return found


@cache
def opposites() -> list[tuple[str, str, str]]:
    """Every pair of actions of which one undoes what the other does to the actor or the land, with a level of it."""
    found: dict[tuple[str, str], str] = {}
    for level in LEVELS:
        model = shipped(level)
        plans = list(model.actions.values())
        for first in plans:
            for then in plans:
                one_way, other_way = own_change(first), own_change(then)
                back = any(one_way[name] * other_way[name] < 0.0 for name in one_way.keys() & other_way.keys())
                fence = any(isinstance(e, UsersEffect) and e.users == "me" for e in first.now)
                gate = any(isinstance(e, UsersEffect) and e.users == "before" for e in then.now)
                if (first.later and back) or (fence and gate and then.spec.only_own):
                    found.setdefault((first.name, then.name), level)
    return [(level, *pair) for pair, level in found.items()]


def test_shipped_levels_have_pairs_of_opposites_to_be_tried() -> None:
    tried = {(first, then) for _, first, then in opposites()}
    assert ("buy_cattle", "sell_cattle") in tried and ("fence_off", "open_the_gate") in tried


@settings(max_examples=12)
@given(st.integers(0, 100), st.integers(0, 2**32), st.integers(0, 30))
def test_opposites_in_one_season_leave_nothing_on_its_way_and_the_land_as_it_was(
    pair: int, seed: int, place: int
) -> None:
    level, first, then = opposites()[pair % len(opposites())]
    model = shipped(level)
    world = new_worlds(model, [seed])
    for stock in ("effort", "fodder"):
        world.stock[stock][0] = model.stocks[stock].high
    own = [[i for i, c in enumerate(model.candidates) if c.action == name] for name in (first, then)]
    plan = [choices[place % len(choices)] for choices in own]
    after = step(model, world, Actions.planned(model, {0: plan}))
    if not (after.result[:2, 0, 0] == DONE).all():
        return  # somebody blocked the first, so there was nothing to undo
    assert np.array_equal(after.uses, world.uses)
    assert all(not queue.any() for queue in after.later.values())


@settings(max_examples=8)
@given(st.integers(0, 2**32))
def test_whoever_joins_and_gives_notice_in_one_season_is_out_as_if_he_had_never_been_in(seed: int) -> None:
    model = shipped("the_shared_pasture")
    world = new_worlds(model, [seed])
    world.stock["effort"][0], world.stock["trust"][...], world.stock["known"][...] = 6.0, 1.0, 1.0
    world.stock["grievance"][...] = 0.0
    plan = keys(model, ["agree_ration:birch", next(c.key for c in model.candidates if c.action == "leave_the_ration")])
    after = step(model, world, Actions.planned(model, {0: plan}))
    assert (after.result[:2, 0, 0] == DONE).all()
    fresh = step(model, world)
    for part in ("member", "left", "promise", "term", "leaving", "offences"):
        for name, values in getattr(after, part).items():
            assert np.array_equal(values, getattr(fresh, part)[name]), f"{part} of {name}"
    assert np.array_equal(after.stock["ration"], fresh.stock["ration"])
