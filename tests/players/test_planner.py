"""The planners look ahead without seeing what is hidden, within a budget, and the same way everywhere."""

from __future__ import annotations

import numpy as np
import pytest

import game
from game.level.reader import parse_level
from game.players import imagined
from game.players.planner import MANNERS, STEPS, Weighed, weigh
from game.players.policies import plan_season
from game.run.backends import compiled_kernel
from game.sim.batches import selected
from game.sim.model import Model
from game.sim.step import FastSeason
from game.sim.world import World

ONE_BY_DAY = [name if name == "planner" else pytest.param(name, marks=pytest.mark.nightly) for name in MANNERS]

PARTS = """
title: Two doors
terrains: {ground: {plain: Ground.}}
stocks:
  days: {at: player, kind: state, unit: days, range: [0, 4], start: 1, plain: Days.}
  gold: {at: community, kind: state, unit: t, range: [0, 100], start: 1, plain: Gold.}
  well: {at: community, kind: state, unit: m, range: [0, 10], start: 0, plain: A hole in the ground.}
influences:
  morning: {of: days, once: season, change: "1 - days", plain: A new day.}
COIN
actions:
ACTIONS
seasons: {count: COUNT, ticks: 2}
communities: {us: {name: Us}}
seats: [us]
map: {legend: {".": {terrain: ground, home: us}}, rows: ".."}
objective: gold[us] / 100
goals: [{id: rich, plain: Everybody has gold., hold: "gold[us] >= 90", at: end}]
"""

WELL = """
  dig:  {mode: over, family: craft, target: me, plain: Dig., cost: {days: 1}, when: "well < 1", when_plain: It is dug.,
         now: [{of: well, add: 1}], aim: {of: gold, gain: 0}}
  draw: {mode: over, family: take, target: me, plain: Draw., cost: {days: 1}, when: "well >= 1", when_plain: It is dry.,
         now: [{of: gold, add: 20}], aim: {of: gold, gain: 20}}
"""

BET = """
  heads: {mode: over, family: take, target: me, plain: Heads., cost: {days: 1}, now: [{of: heads_up, add: 1}]}
  tails: {mode: over, family: take, target: me, plain: Tails., cost: {days: 1}, now: [{of: tails_up, add: 1}]}
"""


def level_of(actions: str, count: int = 6, coin: str = "") -> Model:
    text = PARTS.replace("ACTIONS", actions.strip("\n")).replace("COUNT", str(count)).replace("COIN\n", coin)
    return game.compile_level(parse_level(text))


@pytest.fixture(scope="module")
def pasture() -> Model:
    return game.compile_level(game.load_level("the_shared_pasture"))


@pytest.fixture(scope="module")
def later(pasture: Model) -> World:
    """Two games of the pasture, three seasons in, where neighbours have begun to take and to promise."""
    return played(pasture, ("mixed", "over", "deaf", "with"), range(20, 22), 3)


@pytest.fixture(scope="module")
def weighed(pasture: Model, later: World) -> dict[str, Weighed]:
    """What each kind of planner finds in both games at once."""
    return {name: weigh(pasture, later, 0, name) for name in MANNERS}


def played(model: Model, policies: tuple[str, ...], seeds: range, seasons: int) -> World:
    world = game.new_worlds(model, seeds)
    for _ in range(seasons):
        world = game.step(model, world, plan_season(model, world, policies))
    return world


@pytest.mark.nightly
@pytest.mark.parametrize("name", ONE_BY_DAY)
def test_a_decision_is_the_same_alone_and_in_a_batch(
    pasture: Model, later: World, weighed: dict[str, Weighed], name: str
) -> None:
    together, alone = weighed[name], weigh(pasture, selected(later, np.array([1])), 0, name)
    assert np.array_equal(together.chosen[:, 1], alone.chosen[:, 0])
    assert np.array_equal(together.worth[:, 1], alone.worth[:, 0])


def test_whole_games_are_the_same_in_small_and_large_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    model = game.compile_level(game.load_level("nail_and_barn"))
    seats = ("planner", "with", "over", "idle")
    whole = game.play(model, seats, range(3), seasons=2)
    monkeypatch.setattr(imagined, "block_size", lambda model: 4)
    assert game.play(model, seats, [2, 1], seasons=2).digests == [whole.digests[2], whole.digests[1]]


@pytest.mark.parametrize("name", ONE_BY_DAY)
def test_a_decision_costs_no_more_steps_than_the_budget(
    pasture: Model, later: World, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = []
    first, *rest = imagined.STAGES

    def counted(model: Model, world: World, actions: object) -> None:
        steps.append(world.count)
        first.run(model, world, actions)  # type: ignore[arg-type]

    monkeypatch.setattr(imagined, "STAGES", (first._replace(run=counted), *rest))
    weigh(pasture, later, 0, name)
    assert 0 < sum(steps) <= STEPS * later.count


def test_looking_ahead_changes_nothing_in_the_real_world(pasture: Model, later: World) -> None:
    before = later.digest()
    weigh(pasture, later, 0, "planner")
    assert later.digest() == before


def same_decision(one: Weighed, other: Weighed) -> bool:
    arrays = zip(vars(one).values(), vars(other).values(), strict=True)
    return all(first.tobytes() == second.tobytes() for first, second in arrays)


def test_the_text_that_is_compiled_plans_and_acts_in_dreams_as_numpy_does() -> None:
    pytest.importorskip("numba", reason="the words of compiled actions need numba")
    from tests.sim.plain_acting import plain_season

    model = level_of(WELL)
    world = game.new_worlds(model, [1, 2])
    assert same_decision(weigh(model, world, 0, "planner", plain_season(model)), weigh(model, world, 0, "planner"))


@pytest.mark.nightly
@pytest.mark.parametrize("name", list(MANNERS))
def test_compiled_dreams_lead_to_the_same_decisions(
    pasture: Model, later: World, weighed: dict[str, Weighed], name: str, compiled_here: object
) -> None:
    season = compiled_kernel(pasture)
    assert isinstance(season, FastSeason)
    assert same_decision(weigh(pasture, later, 0, name, season), weighed[name])


@pytest.mark.parametrize(("name", "never"), [("best_over", "with"), ("best_with", "over")])
def test_each_kind_of_planner_keeps_to_its_kind(
    pasture: Model, weighed: dict[str, Weighed], name: str, never: str
) -> None:
    plans = weighed[name].plans
    modes = {pasture.actions[pasture.candidates[index].action].spec.mode for index in np.unique(plans[plans >= 0])}
    assert modes and never not in modes


def test_the_real_luck_makes_no_difference_to_what_is_planned(
    pasture: Model, later: World, weighed: dict[str, Weighed]
) -> None:
    other = later.copy()
    other.seed, other.luck = other.seed + np.uint64(99), other.luck + np.uint64(99)
    assert np.array_equal(weighed["planner"].chosen, weigh(pasture, other, 0, "planner").chosen)


def coin_toss(chance: str) -> Model:
    """A game of one season: gold for whoever has bet on the side on which the coin falls."""
    coin = """  heads_pay: {of: gold, once: season, change: "50 * side * heads_up", plain: Heads have won.}
  tails_pay: {of: gold, once: season, change: "50 * (1 - side) * tails_up", plain: Tails have won.}
numbers:
  side: {value: 0, low: 0, high: 1, unit: "1", plain: How the coin lies.}
events:
  toss: {chance: CHANCE, lasts: 1, sets: {side: 1}, plain: It falls on its head.}
"""
    stocks = "".join(
        f"  {side}_up: {{at: community, kind: state, unit: bets, range: [0, 1], start: 0, plain: A bet.}}\n"
        for side in ("heads", "tails")
    )
    text = PARTS.replace("influences:", stocks + "influences:").replace("ACTIONS", BET.strip("\n"))
    text = text.replace("COUNT", "1").replace("COIN\n", coin.replace("CHANCE", chance))
    return game.compile_level(parse_level(text))


def test_a_bet_is_won_no_more_often_than_by_chance_and_always_where_the_side_is_certain() -> None:
    def won(chance: str) -> float:
        return float((game.play(coin_toss(chance), "planner", range(200)).final["gold.us"] > 40).mean())

    assert won("0.5") < 0.65
    assert won("1") == 1.0


def test_a_planner_takes_the_step_that_only_pays_through_the_next() -> None:
    model = level_of(WELL)
    gold = {name: game.play(model, name, [1]).final["gold.us"][0] for name in ("over", "planner", "best_over")}
    assert gold == {"over": 1.0, "planner": 100.0, "best_over": 100.0}


def test_planners_do_nothing_where_nothing_is_allowed() -> None:
    model = level_of(WELL.replace("well >= 1", "well > 9").replace("well < 1", "well > 9"))
    assert (weigh(model, game.new_worlds(model, [1, 2]), 0, "planner").chosen == -1).all()


def test_a_name_that_is_no_planners_is_refused(pasture: Model, later: World) -> None:
    with pytest.raises(KeyError):
        weigh(pasture, later, 0, "over")


@pytest.mark.nightly
def test_the_best_force_is_no_worse_than_blind_force_and_the_planner_no_worse_than_either() -> None:
    """The weak form, on few games of a small level; docs/balance.md has the figures of the pasture."""
    model = game.compile_level(game.load_level("nail_and_barn"))
    others = model.level.default_policies()[1:]
    found = {
        name: game.play(model, (name, *others), range(3)).final["objective"].mean()
        for name in ("over", "with", "best_over", "planner")
    }
    assert found["best_over"] >= found["over"] - 0.02
    assert found["planner"] >= max(found["over"], found["with"])
