"""What is under way arrives when it says, and what is not known yet is told beside what is."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from game.insight.coming import AGREEMENT, EVENT, emptied, pipeline
from game.level.reader import parse_level
from game.sim.actions import Actions
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.step import step

_spec = importlib.util.spec_from_file_location("worlds", Path(__file__).with_name("worlds.py"))
assert _spec and _spec.loader
worlds = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(worlds)

MORE = (
    ("sowing: {from: hay, to: seed, rate: 0.125, delay: 3, plain: Some becomes seed.}",
     "sowing: {from: hay, to: seed, rate: \"if(season < 2, 0.125, 0)\", delay: 3, plain: Some becomes seed.}\n"
     "  gifts: {from: outside, to: hay, per: community, rate: \"(season < 2) * herd / 8\", delay: 6, plain: G.}\n"
     "  waste: {from: hay, to: outside, rate: 0.01, delay: 3, plain: Some is lost for good.}"),
    ("brooding: {of: grievance, change: \"0.125 * herd / 8 - 0.25 * grievance + 0.03125\", plain: They brood.}",
     "brooding: {of: grievance, change: \"0.1 * delay(herd, 4) / 60\", plain: They brood.}"),
    ("objective: mean(grass)",
     "events: {rain: {at: 2, lasts: 3, plain: Rain., sets: {wet: 2}}}\n"
     "numbers: {wet: {value: 1, low: 0, high: 3, plain: Wet.}}\nobjective: mean(grass) * wet"),
)  # fmt: skip


def model() -> Model:
    text = worlds.TEXT
    for old, new in MORE:
        assert old in text
        text = text.replace(old, new)
    return compile_level(parse_level(text, "under_way.yaml"))


def test_a_delay_says_when_half_and_nine_tenths_have_come_and_so_it_comes() -> None:
    built = model()
    world = step(built, new_worlds(built, [1]))
    (seed,) = [one for one in pipeline(built, world).arrivals if one.flow == "sowing"]
    course, before = [], float(world.stock["seed"].sum())
    for _ in seed.course:
        world = step(built, world)
        course.append(float(world.stock["seed"].sum()) - before)
        before += course[-1]
    assert seed.course == pytest.approx(course)
    assert sum(course) >= 0.99 * seed.amount > 0.0
    come = np.cumsum(course) / seed.amount
    assert come[seed.half - 2] >= 0.5 > come[seed.half - 3]
    assert come[seed.most - 2] >= 0.9 > come[seed.most - 3]


def test_the_mean_wait_is_that_of_a_third_order_delay() -> None:
    built = model()
    world = new_worlds(built, [1])
    world.memory["sowing"][:] = 0.0
    for stage, waiting in ((0, 3.0), (1, 2.0), (2, 1.0)):
        world.memory["sowing"][stage] = 1.0
        (seed,) = [one for one in pipeline(built, world).arrivals if one.flow == "sowing"]
        assert seed.wait == pytest.approx(waiting)
        world.memory["sowing"][stage] = 0.0
    # Counted tick by tick the same: what comes in tick n has waited n ticks.
    came = np.array(emptied(np.array([1.0, 0.0, 0.0]), 0.25, 1))
    assert (came * np.arange(1, len(came) + 1)).sum() / came.sum() == pytest.approx(12.0, rel=0.02)


def test_what_comes_to_communities_is_told_for_each_and_what_leaves_the_world_is_not() -> None:
    built = model()
    world = step(built, new_worlds(built, [1]))
    gifts = [one for one in pipeline(built, world).arrivals if one.flow == "gifts"]
    assert [one.community for one in gifts] == [0, 1]
    assert gifts[1].amount == pytest.approx(3.0 * gifts[0].amount), "six animals and two"
    assert not [one for one in pipeline(built, world).arrivals if one.flow == "waste"]


def test_what_ends_of_itself_says_its_last_season() -> None:
    built = model()
    world = new_worlds(built, [1])
    world.stock["trust"][...] = 0.9
    agree = worlds.candidate(built, "agree", "all")
    world = step(built, world, Actions.planned(built, {0: [agree]}))
    endings = pipeline(built, world).endings
    assert [(one.name, one.kind, one.season, one.members) for one in endings] == [("agree", AGREEMENT, 4, (0, 1))]
    while world.season < 4:
        assert world.member["agree"].any()
        world = step(built, world)
        rain = [one for one in pipeline(built, world).endings if one.kind == EVENT]
        assert [one.season for one in rain] == ([4] if world.season < 4 else [])
    assert not world.member["agree"].any(), "season 4 was the last in which it held"


def test_word_that_takes_time_is_told_beside_what_is() -> None:
    built = model()
    world = new_worlds(built, [1])
    assert not pipeline(built, world).beliefs
    world.stock["herd"][0] = 12.0
    world = step(built, world)
    (belief,) = pipeline(built, world).beliefs
    assert (belief.stock, belief.community, belief.true, belief.seasons) == ("herd", 0, 12.0, 4.0)
    assert 2.0 <= belief.believed < 12.0
    for _ in range(8):
        world = step(built, world)
    late = [one for one in pipeline(built, world).beliefs]
    assert not late or abs(late[0].believed - 12.0) < 12.0 - belief.believed


def test_where_nothing_is_under_way_it_is_empty() -> None:
    built = worlds.model()
    assert pipeline(built, new_worlds(built, [1])).empty
