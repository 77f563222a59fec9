"""Events that a condition sets off, what they do to all at once, and groups of communities that rules name."""

from __future__ import annotations

import numpy as np
import pytest

from game.level.problems import LevelError
from game.level.reader import parse_level
from game.sim.beginning import new_worlds
from game.sim.step import step
from game.sim.world import World
from tests.oracle.oracle import Oracle
from tests.sim.levels import level_text, tiny

LAKE = """
groups: {shore: [bob]}
numbers: {light: {value: 1, low: 0, high: 9, from: literature, plain: L}}
stocks:
  muck:  {at: world, kind: state, range: [0, 9], start: 0, plain: M}
  algae: {at: tile, kind: state, range: [0, 9], start: 0, plain: A}
  fish:  {at: tile, kind: matter, range: [0, 9], start: 4, plain: F}
  mood:  {at: community, kind: state, range: [-9, 9], start: 0, plain: M}
  trust: {at: [community, community], kind: state, range: [0, 1], start: 0.5, plain: T}
influences: {more: {of: muck, change: 1, plain: M}}
events:
  bloom: {plain: B., when: "muck >= 2"EXTRA, now: [{of: algae, add: "1 + on(lake)"},
          {of: mood, add: "0 - mean(algae) - 1"},
          {of: "mood[bob]", add: -1}, {of: trust, add: -0.1}, {move: {from: fish, to: outside, amount: fish / 2}}]}
"""


def after(body: str, seasons: int, worlds: int = 1) -> World:
    model = tiny(
        body, people=("ann", "bob"), rows=".~", legend='".": {terrain: ground, users: [ann]}\n"~": {terrain: lake}'
    )
    world = new_worlds(model, range(worlds))
    beside = Oracle.from_world(model, world) if worlds == 1 else None
    for _ in range(seasons):
        world = step(model, world)
        if beside:
            beside.step(no_plans(model))
            assert beside.differences(world) == []
    return world


def no_plans(model):
    from game.sim.actions import Actions

    return Actions.none(model, 1)


def test_nothing_happens_before_the_condition_holds() -> None:
    world = after(LAKE.replace("EXTRA", ""), 2)
    assert world.stock["muck"].item() == 2.0 and not world.stock["algae"].any()


def test_what_happens_reaches_tiles_everybody_one_and_all_pairs() -> None:
    world = after(LAKE.replace("EXTRA", ""), 3)
    assert world.stock["algae"][0, 0, 0, :, 0].tolist() == [1.0, 2.0]
    assert world.stock["mood"][:, 0, 0, 0, 0].tolist() == [-1.0, -2.0]
    assert world.stock["trust"][0, 1, 0, 0, 0] == 0.4 and world.stock["trust"][0, 0, 0, 0, 0] == 0.0
    assert world.stock["fish"][0, 0, 0, :, 0].tolist() == [2.0, 2.0] and world.outside["fish"].item() == -4.0


@pytest.mark.parametrize(("extra", "times"), [("", 4), (", once: true", 1), (", lasts: 2", 2), (", from_season: 5", 2)])
def test_it_happens_again_while_the_condition_holds_but_for_what_comes_once(extra: str, times: int) -> None:
    world = after(LAKE.replace("EXTRA", extra), 6)
    assert world.stock["algae"][0, 0, 0, 0, 0] == times


def test_a_chance_counts_only_where_the_condition_holds() -> None:
    world = after(LAKE.replace("EXTRA", ", chance: 0.25"), 3, worlds=2000)
    assert (world.stock["algae"][0, 0, 0, 0] > 0).mean() == pytest.approx(0.25, abs=0.04)


def test_once_counts_for_what_chance_brings_too() -> None:
    body = LAKE.split("events:")[0] + "events: {rain: {plain: R., chance: 0.5, once: true, now: [{of: algae, add: 1}]}}"
    world = after(body, 19, worlds=200)
    assert world.stock["algae"].max() == 1.0 and (world.stock["algae"][0, 0, 0, 0] == 1.0).mean() > 0.95


def test_a_condition_of_what_strikes_is_that_of_each_by_itself() -> None:
    body = LAKE.split("events:")[0].replace("start: 0, plain: M}\n  trust", "start: 0, varies: 0, plain: M}\n  trust")
    body += (
        "events: {ache: {plain: A., strikes: community, when: 'mood < 0 or season > 1', now: [{of: mood, add: -1}]}}\n"
    )
    body = body.replace(
        "influences: {", "influences: {sad: {of: mood, once: season, plain: S, change: 'min(0, 0 - mood)'}, "
    )
    assert after(body, 1).stock["mood"][:, 0, 0, 0, 0].tolist() == [0.0, 0.0]


def test_rules_collect_over_seats_and_over_groups_of_the_level() -> None:
    body = LAKE.split("events:")[0].replace(
        "change: 1", "change: 'max(mood + 3, seats) + sum(mood + 1, shore) + count(shore)'"
    )
    model = tiny(body, people=("ann", "bob", "cid"), seats=("ann",))
    world = step(model, new_worlds(model, [1]))
    assert world.stock["muck"].item() == pytest.approx(5.0)
    oracle = Oracle.from_world(model, new_worlds(model, [1]))
    oracle.step(no_plans(model))
    assert oracle.differences(world) == []


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("{plain: E., when: muck > 1, at: 3, sets: {light: 2}}", "no sign \\(warns\\) and no date \\(at\\)"),
        ("{plain: E., when: muck > 1, warns: 1, sets: {light: 2}}", "no sign"),
        ("{plain: E., when: mood > 1, sets: {light: 2}}", "mood"),
        ("{plain: E., when: muck > 1, now: [{set: users, to: all}]}", "nobody in mind"),
        ("{plain: E., when: muck > 1, now: [{of: fish, add: 1}]}", "is matter"),
        ("{plain: E., when: muck > 1, now: [{of: mud, add: 1}]}", "mud"),
    ],
)
def test_conditions_that_make_no_sense_are_told(event: str, said: str) -> None:
    with pytest.raises(LevelError, match=said):
        parse_level(level_text(LAKE.split("events:")[0] + f"events: {{e: {event}}}\n", people=("ann", "bob")))


@pytest.mark.parametrize(
    ("groups", "said"), [("{x: [bo]}", "did you mean"), ("{seats: [bob]}", "group already"), ("{muck: [bob]}", "name")]
)
def test_groups_that_make_no_sense_are_told(groups: str, said: str) -> None:
    with pytest.raises(LevelError, match=said):
        parse_level(level_text(LAKE.split("events:")[0].replace("{shore: [bob]}", groups), people=("ann", "bob")))


def test_a_season_has_up_to_512_ticks_within_what_it_may_cost() -> None:
    world = after(LAKE.replace("EXTRA", ""), 1)
    fine = tiny(LAKE.replace("EXTRA", ""), people=("ann", "bob"), ticks=512)
    assert step(fine, new_worlds(fine, [1])).stock["muck"].item() == pytest.approx(world.stock["muck"].item())
    wide = "\n".join(["." * 128] * 128)
    rule = " + ".join(["near(algae)"] * 20)
    body = LAKE.split("events:")[0] + f"  grow: {{of: algae, change: '{rule}', plain: G}}\n"
    body = body.replace("influences: {more: {of: muck, change: 1, plain: M}}", "influences:")
    with pytest.raises(LevelError, match="write at most"):
        parse_level(level_text(body, rows=wide, people=("ann", "bob"), ticks=512))


def test_the_rest_of_a_game_goes_on_with_what_came_once() -> None:
    world = after(LAKE.replace("EXTRA", ", once: true"), 9)
    assert np.all(world.event_left["bloom"] <= 0)
