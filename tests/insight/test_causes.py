"""Blame and web on levels so small that every answer can be worked out by hand."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from game.insight.causal_web import MOST, hands, web
from game.insight.causes import AGREEMENT, ARRIVAL, DEED, FLOW, INFLUENCE, Where, blame, value, worse_way
from game.insight.links import Link, links_now
from game.insight.played import played
from game.level.reader import load_level
from game.players.policies import plan_season
from game.sim.actions import Actions
from game.sim.beginning import new_worlds
from game.sim.model import compile_level
from game.sim.step import step
from tests.sim.levels import candidate, one, tiny

_spec = importlib.util.spec_from_file_location("worlds", Path(__file__).with_name("worlds.py"))
assert _spec and _spec.loader
worlds = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(worlds)

POND = """
stocks:
  pond:  {at: world, kind: matter, range: [0, 1000], start: 100, plain: Water.}
  jar:   {at: community, kind: matter, range: [0, 1000], start: 0, plain: Water at home.}
flows:
  drinking: {from: pond, to: jar, per: community, rate: 0.1 * pond, plain: They drink.}
actions:
  drain: {mode: over, family: take, target: world, plain: Let water out.,
          now: [{move: {from: pond, to: outside, amount: 40}}]}
"""
PLANT = """
stocks:
  seed: {at: world, kind: state, range: [0, 100], start: 0, plain: Seeds.}
actions:
  sow:      {mode: with, family: care, target: world, plain: Sow., now: [{of: seed, add: 1}]}
  multiply: {mode: with, family: care, target: world, plain: Double., now: [{of: seed, add: seed}]}
"""


def test_the_parts_of_a_season_are_the_deed_and_what_each_flow_moved() -> None:
    model = tiny(POND, people=("ann", "bob"), seats=("ann",), rows="..\n..", ticks=1)
    actions = Actions.planned(model, {0: [candidate(model, "drain")]})
    found = blame(model, one(model), actions, Where("pond"))
    # 40 of 100 are let out, then each of two drinks a tenth of the 60 that are left.
    assert [(part.kind, part.name, part.amount) for part in found.parts] == [
        (DEED, "drain", -40.0),
        (FLOW, "drinking", pytest.approx(-12.0)),
    ]
    assert found.parts[1].by == ((0, pytest.approx(6.0)), (1, pytest.approx(6.0)))
    assert (found.before, found.after, found.rest) == (100.0, pytest.approx(48.0), pytest.approx(0.0))
    last = found.last_cause(-1.0)
    assert last is not None and last.kind == DEED and last.seat == 0
    jar = blame(model, one(model), actions, Where("jar", 1))
    assert [(part.kind, part.name, part.amount) for part in jar.parts] == [(FLOW, "drinking", pytest.approx(6.0))]
    assert jar.last_cause(-1.0) is None, "nothing took from it"


def test_influences_arrivals_and_clipping_are_told_apart() -> None:
    model = worlds.model()
    buy = worlds.candidate(model, "buy")
    world = new_worlds(model, [1])
    found = blame(model, world, Actions.planned(model, {0: [buy]}), Where("herd", 0))
    assert [(part.kind, part.name, part.amount) for part in found.parts] == [(DEED, "buy", 2.0)]
    hay = blame(model, world, Actions.planned(model, {0: [buy]}), Where("hay", 0))
    assert (DEED, "buy", -2.0) in [(part.kind, part.name, part.amount) for part in hay.parts], "the price counts"
    world = step(model, world, Actions.planned(model, {0: [buy]}))
    while world.season < 3:
        world = step(model, world)
    calf = blame(model, world, Actions.none(model, 1), Where("herd", 0))
    assert [(part.kind, part.name, part.amount) for part in calf.parts] == [(ARRIVAL, "buy", 1.0)]
    anger = blame(model, world, Actions.none(model, 1), Where("grievance", 1))
    assert [(part.kind, part.name) for part in anger.parts] == [(INFLUENCE, "brooding")]
    assert anger.rest == pytest.approx(0.0, abs=1e-12) and worse_way(model, "grievance") == 1.0


@pytest.mark.parametrize("level", ["the_shared_pasture", "the_living_forest", "nail_and_barn"])
def test_the_parts_and_the_rest_are_the_whole_change_of_every_stock(level: str) -> None:
    model = compile_level(load_level(level))
    world = new_worlds(model, [3])
    policies = ("with",) * len(model.level.seats)
    for _ in range(5):
        actions = plan_season(model, world, policies)
        after = step(model, world, actions)
        for name, plan in model.stocks.items():
            where = Where(name, 0 if plan.place in ("community", "player") else None)
            found = blame(model, world, actions, where)
            assert found.after == pytest.approx(float(value(model, after, where)[0]), abs=1e-9), "the season as it was"
            assert found.after - found.before == pytest.approx(sum(part.amount for part in found.parts) + found.rest)
            if plan.matter:
                assert abs(found.rest) < 1e-9, name
        world = after


def test_agreements_are_told_as_such() -> None:
    model = compile_level(load_level("the_shared_pasture"))
    world = new_worlds(model, [3])
    policies = ("with",) * len(model.level.seats)
    for _ in range(8):
        actions = plan_season(model, world, policies)
        if world.member["agree_ration"].any():
            found = blame(model, world, actions, Where("trust", None, 0))
            assert any(part.kind == AGREEMENT for part in found.parts)
            return
        world = step(model, world, actions)
    raise AssertionError("nobody agreed")


def test_the_web_walks_back_along_the_strongest_links_three_steps_and_no_further() -> None:
    def pull(source: str, target: str, size: float) -> Link:
        return Link(source, target, f"{source}{target}", "flow", size)

    links = [pull("b", "a", -0.3), pull("c", "a", 0.1), pull("a", "a", -9.0), pull("d", "b", 0.5), pull("e", "d", 0.5),
             pull("f", "e", 0.5), pull("z", "a", 0.001), pull("a", "b", 0.5)]  # fmt: skip
    found = web(links, "a")
    told = [(one.link.source, one.link.target, one.steps) for one in found]
    assert set(told) == {("b", "a", 1), ("c", "a", 1), ("d", "b", 2), ("a", "b", 2), ("e", "d", 3)}
    shares = {(one.link.source, one.link.target): one.share for one in found}
    assert shares["b", "a"] == pytest.approx(0.3 / 0.401) and shares["d", "b"] == pytest.approx(0.5)


def test_the_web_of_a_level_ends_at_its_stock_and_stays_small() -> None:
    model = compile_level(load_level("the_living_forest"))
    world = step(model, new_worlds(model, [3]))
    for stock in model.stocks:
        found = web(links_now(model, world), stock)
        names = {name for one in found for name in (one.link.source, one.link.target)} | {stock}
        assert len(names) <= MOST and all(1 <= one.steps <= 3 for one in found)
        assert all(one.link.target == stock for one in found if one.steps == 1)


def test_what_two_persons_did_only_together_is_shared_equally() -> None:
    model = tiny(PLANT, people=("ann", "bob"), seats=("ann", "bob"))
    sow, double = candidate(model, "sow"), candidate(model, "multiply")
    plans = [Actions.planned(model, {0: [sow]}), Actions.planned(model, {1: [double]})]
    game = played(model, one(model), plans)
    found = hands(game, Where("seed"), 1)
    # v(ann) = 1, v(bob) = 0, v(both) = 2: ann (1 + 2) / 2, bob (0 + 1) / 2.
    assert dict(found.persons) == {0: 1.5, 1: 0.5}
    assert (found.start, found.end, found.system) == (0.0, 2.0, 0.0)
    assert [(deed.seat, amount) for deed, amount in found.deeds] == [(0, 2.0), (1, 1.0)], "each is needed"
    early = hands(game, Where("seed"), 0)
    assert early.end == 1.0 and dict(early.persons) == {0: 1.0, 1: 0.0} and len(early.deeds) == 1


def test_what_would_have_come_without_any_deeds_is_the_systems_and_all_adds_up() -> None:
    model = tiny(POND, people=("ann", "bob"), seats=("ann", "bob"), rows="..\n..", ticks=1)
    drain = candidate(model, "drain")
    game = played(model, one(model), [Actions.planned(model, {0: [drain]}), Actions.planned(model, {})])
    found = hands(game, Where("pond"), 1)
    # Undisturbed 100 becomes 80 and 64; with 40 let out 60 becomes 48 and 38.4.
    assert found.system == pytest.approx(-36.0) and dict(found.persons)[0] == pytest.approx(-25.6)
    assert dict(found.persons)[1] == 0.0
    assert found.start + found.system + sum(amount for _, amount in found.persons) == pytest.approx(found.end)


def test_shares_add_up_on_a_real_game() -> None:
    model = compile_level(load_level("first_steps"))
    world = start = new_worlds(model, [5])
    plans = []
    for _ in range(4):
        plans.append(plan_season(model, world, ("over",) * len(model.level.seats)))
        world = step(model, world, plans[-1])
    game = played(model, start, plans)
    found = hands(game, Where("grass"), 3)
    assert found.end == pytest.approx(float(value(model, world, Where("grass"))[0]))
    assert found.start + found.system + sum(amount for _, amount in found.persons) == pytest.approx(found.end)
    assert len(found.deeds) == len(game.deeds) and np.isfinite([amount for _, amount in found.deeds]).all()
