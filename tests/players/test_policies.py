"""The scripted policies play as their names say, and none of them knows a level."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import game
from game.insight.graph import reachable
from game.insight.vigilance import calls_for_vigilance
from game.level.library import shipped_levels
from game.level.reader import load_level, parse_level
from game.level.vocabulary import POLICY_NAMES
from game.players.policies import POLICIES, plan_season
from game.players.scripted import SCRIPTED
from game.sim.actions import DONE
from game.sim.model import Model, compile_level


@pytest.fixture(scope="module")
def model() -> Model:
    return compile_level(load_level("the_shared_pasture"))


def modes(model: Model, policy: str, seasons: int = 6, worlds: int = 8) -> set[str]:
    """The modes of everything a policy got done in its first seasons."""
    world = game.new_worlds(model, range(worlds))
    found: set[str] = set()
    for _ in range(seasons):
        plans = plan_season(model, world, (policy,) * len(model.layout.seats))
        world = game.step(model, world, plans)
        for index in np.unique(plans.chosen[world.result == DONE]):
            found.add(model.actions[model.candidates[index].action].spec.mode)
    return found


def test_every_policy_that_levels_may_name_exists() -> None:
    assert tuple(POLICIES) == POLICY_NAMES


def test_idle_does_nothing(model: Model) -> None:
    assert modes(model, "idle") == set()


def test_over_only_dominates_and_with_only_partners(model: Model) -> None:
    assert modes(model, "over") == {"over"}
    assert modes(model, "with") == {"with"}


def test_random_tries_everything(model: Model) -> None:
    assert modes(model, "random") == {"over", "with", "neutral"}


def test_mixed_leaves_force_alone_where_living_systems_are_reached(model: Model) -> None:
    assert modes(model, "mixed") == {"with"}


def test_over_takes_the_best_direct_yield_first(model: Model) -> None:
    world = game.new_worlds(model, [3])
    plans = plan_season(model, world, ("over", "idle", "idle", "idle"))
    first = model.candidates[plans.chosen[0, 0, 0]]
    assert first.action == "fence_off"


def test_with_listens_before_it_agrees(model: Model) -> None:
    world = game.new_worlds(model, [3])
    plans = plan_season(model, world, ("with", "idle", "idle", "idle"))
    first = model.candidates[plans.chosen[0, 0, 0]]
    assert model.actions[first.action].spec.family == "dialogue"


def test_deaf_never_listens(model: Model) -> None:
    world = game.new_worlds(model, range(4))
    for _ in range(8):
        plans = plan_season(model, world, ("deaf",) * 4)
        for index in np.unique(plans.chosen[plans.chosen >= 0]):
            assert model.actions[model.candidates[index].action].spec.family != "dialogue"
        world = game.step(model, world, plans)


def test_with_keeps_a_day_when_it_is_tired_and_selfless_does_not(model: Model) -> None:
    world = game.new_worlds(model, range(16))
    world.stock["own_needs"][...] = 0.2
    spent = {}
    for policy in ("with", "selfless"):
        after = game.step(model, world, plan_season(model, world, (policy,) * 4))
        spent[policy] = after.stock["own_needs"][model.layout.seats[0]].mean()
    assert spent["with"] > spent["selfless"]


def test_plans_are_the_same_alone_and_in_a_batch(model: Model) -> None:
    for policy in SCRIPTED:
        together = plan_season(model, game.new_worlds(model, range(12)), (policy,) * 4)
        alone = plan_season(model, game.new_worlds(model, [5]), (policy,) * 4)
        assert np.array_equal(together.chosen[:, :, 5], alone.chosen[:, :, 0]), policy


def test_no_line_of_the_policies_names_anything_of_a_level() -> None:
    folder = Path(game.__file__).parent / "players"
    source = "\n".join(file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.py")))
    for file in shipped_levels():
        level = load_level(file)
        words = {*level.actions, *level.flows, *level.communities, *(name for name in level.stocks if name != "known")}
        quoted = {word for word in words if f'"{word}"' in source}
        assert not quoted, quoted


def test_a_wrong_number_of_policies_or_an_unknown_one_is_refused(model: Model) -> None:
    world = game.new_worlds(model, [1])
    with pytest.raises(ValueError, match="4 seats"):
        plan_season(model, world, ("with",))
    with pytest.raises(ValueError, match="no policy"):
        plan_season(model, world, ("with", "with", "with", "nice"))


def test_what_an_action_can_reach_follows_from_the_rules(model: Model) -> None:
    assert "grass" in reachable(model, {"herd"})
    fence = next(one for one in model.candidates if one.action == "fence_off")
    assert "living, complex systems" in calls_for_vigilance(model, fence)


def planned_by_mixed(level: str, seasons: int) -> set[str]:
    model = game.compile_level(game.load_level(level))
    world, seats, found = game.new_worlds(model, [1, 2, 3]), len(model.layout.seats), set()
    for _ in range(seasons):
        actions = plan_season(model, world, ("mixed",) * seats)
        found |= {model.candidates[index].action for index in np.unique(actions.chosen) if index >= 0}
        world = game.step(model, world, actions)
    return found


@pytest.mark.parametrize(
    ("level", "seasons", "used", "left"),
    [
        ("nail_and_barn", 6, {"hammer", "barn_raising"}, {"take_beams"}),
        ("wolves_and_aspens", 6, {"hunt_deer"}, {"shoot_wolves", "poison_the_carcass", "fell_the_grove"}),
        ("flowers_and_bees", 12, {"mow_the_meadow"}, {"spray_the_trees", "plough_between", "rob_the_hives"}),
        ("small_things", 6, {"bolt_a_collar"}, {"run_it_hard", "put_off_repairs", "dump_the_barrels"}),
        ("market_and_message", 6, {"teach_the_young"}, {"put_up_posters", "dig_deep", "drive_the_young"}),
        ("the_shared_pasture", 6, {"agree_ration"}, {"buy_cattle", "fence_off", "take_hay", "drive_off"}),
        ("empty_pasture", 8, {"buy_cattle"}, set()),  # late: cattle cost two tonnes, and a barn begins with one
    ],
)
def test_mixed_uses_force_where_it_is_harmless_and_nowhere_else(
    level: str, seasons: int, used: set[str], left: set[str]
) -> None:
    found = planned_by_mixed(level, seasons)
    assert used <= found and not left & found


def test_mixed_adds_nothing_harmful_where_there_is_more_of_it_than_nobody_minds() -> None:
    """One fire harms hardly anybody and everybody's fires are the smoke (Hardin 1968)."""
    level = game.load_level("the_green_cup")
    model = game.compile_level(level.model_copy(update={"allow": ("stoke_the_oven",)}))
    world = game.new_worlds(model, [1, 2])
    world = game.step(model, world, plan_season(model, world, ("idle",) * 4))  # what is eaten is known from here on
    world.stock["grain"][:] = 0.1  # every store is low
    minded, clear = (world.copy() for _ in range(2))
    minded.stock["air"][:], clear.stock["air"][:] = 31.0, 29.0

    def fires(now: game.World) -> bool:
        chosen = plan_season(model, now, ("mixed",) * len(model.layout.seats)).chosen
        return "stoke_the_oven" in {model.candidates[index].action for index in np.unique(chosen) if index >= 0}

    assert fires(clear) and not fires(minded)


STORE = """
title: Wood for the winter
terrains: {wood: {plain: Trees.}, ground: {plain: Ground.}}
stocks:
  days: {at: player, kind: state, unit: days, range: [0, 4], start: 1, plain: Days.}
  trees: {at: tile, on: [wood], kind: state, unit: t, range: [0, 9], start: 1, plain: Trees.}
  timber: {at: community, kind: matter, unit: t, range: [0, 100], start: START, plain: Timber.}
influences:
  morning: {of: days, once: season, change: "1 - days", plain: A new day.}
flows:
  heating: {from: timber, to: outside, rate: 3, plain: The stove.}
actions:
  gather: {mode: with, family: learning_from_nature, target: {tiles: wood, area: 2}, plain: Gather., cost: {days: 1},
           now: [{move: {from: outside, to: "timber[me]", amount: 2}}],
           aim: {of: timber, gain: "sum(trees, target)"}}
seasons: {count: 4, ticks: 2}
communities: {us: {name: Us}, them: {name: Them}}
seats: [us]
map:
  legend: {",": {terrain: wood}, "t": {terrain: wood, trees: 3}, "U": {terrain: ground, home: us},
           "T": {terrain: ground, home: them}}
  rows: |
    ,,tt
    ,,tt
    UUTT
    UUTT
objective: met(heating, us)
goals: [{id: warm, plain: Nobody is cold., hold: "met(heating, us) >= 0.9", at: end}]
"""


@pytest.mark.parametrize(("start", "actions"), [("4", ["gather:b1"]), ("90", [])])
def test_with_fills_a_store_that_runs_low_where_most_is_to_be_had_and_leaves_a_full_one(
    start: str, actions: list[str]
) -> None:
    built = compile_level(parse_level(STORE.replace("START", start)))
    world = game.step(built, game.new_worlds(built, [1]))
    chosen = plan_season(built, world, ("with",)).chosen[:, 0, 0]
    assert [built.candidates[one].key for one in chosen if one >= 0] == actions
