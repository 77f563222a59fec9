"""The core and a slow, independent second implementation agree to the last bit, season after season."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from game.level.library import find_level
from game.level.reader import load_level, parse_level
from game.sim.actions import BLOCKED, DECLINED, DONE, NOT_POSSIBLE, TOO_DEAR, TOO_OFTEN, Actions
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.step import step
from game.sim.world import LOST, RUNNING, WON, World
from tests.oracle.oracle import Oracle
from tests.sim.levels import one, random_plans, tiny, value

EVERYTHING = Path(__file__).parent.parent / "oracle" / "everything.yaml"
SMALL_MAP = """\
    A...,o
    B.,,.o
    ..,..C
    .o...D
"""


@cache
def pasture() -> Model:
    return compile_level(load_level("the_shared_pasture"))


@cache
def small_pasture() -> Model:
    """The same level on 24 tiles and with a drought every few seasons, so that many seasons take little time."""
    path = find_level("the_shared_pasture")
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"(rows: \|\n)(?: {4}.*\n)+", lambda found: found[1] + SMALL_MAP, text)
    # The rules drive three animals a tile from a map of this size at once; a tenth of the animals may stay.
    text = re.sub(r"herd: (\d+)", lambda found: f"herd: {int(found[1]) / 8}", text)
    text = re.sub(r"\nclaims:\n(?:(?: .*)?\n)*?(?=\w)", "\n", text)
    text = re.sub(r"(?m)^(?:events|difficulty):\n(?:  .*\n)+", "", text)
    text = text.replace(
        "actions:\n  allow:", "events: {drought: {chance: 0.4, odds: 0.7, from_season: 2}}\nactions:\n  allow:"
    )
    return compile_level(parse_level(text, str(path)))


@cache
def everything() -> Model:
    return compile_level(parse_level(EVERYTHING.read_text(encoding="utf-8"), str(EVERYTHING)))


def sensible_plans(model: Model, generator: np.random.Generator, season: int) -> Actions:
    """Plans that first make friends, then agree, watch and cheat: what chance alone seldom brings about."""
    wished = (
        ["listen", "give", "share_hay", "share_a_meal", "friend"]
        if season < 3
        else ["agree_ration", "pact", "watch_the_common", "watch", "graze_past_the_ration", "cheat", "listen"]
    )
    fitting = [index for index, one in enumerate(model.candidates) if one.action in wished]
    actions = Actions.none(model, 1)
    actions.chosen[:4] = generator.choice(fitting, actions.chosen[:4].shape)
    return actions


def run_beside(
    model: Model, world: World, seasons: int, generator: np.random.Generator, sensible: bool
) -> tuple[World, np.ndarray]:
    """Step core and oracle side by side; fail at the first bit that differs.

    Return the end and how often each result came.
    """
    oracle = Oracle.from_world(model, world)
    results = np.zeros(7, np.int64)
    for season in range(seasons):
        actions = sensible_plans(model, generator, season) if sensible else random_plans(model, generator, 1)
        oracle.step(actions)
        world = step(model, world, actions)
        different = oracle.differences(world)
        assert not different, f"season {world.season}: {different[:8]}"
        results += np.bincount(world.result.reshape(-1), minlength=7)
    return world, results


@pytest.mark.parametrize("sensible", [pytest.param(False, marks=pytest.mark.nightly), True], ids=["random", "sensible"])
def test_the_pasture_in_full_size_for_three_seasons(sensible: bool) -> None:
    run_beside(pasture(), new_worlds(pasture(), [7 + sensible]), 3, np.random.default_rng(7), sensible)


@pytest.mark.parametrize(
    ("seed", "sensible"),
    [
        (1, False),
        (2**64 - 1, True),
        pytest.param(1, True, marks=pytest.mark.nightly),
        pytest.param(2**64 - 1, False, marks=pytest.mark.nightly),
    ],
)
def test_a_small_pasture_past_its_last_season(seed: int, sensible: bool) -> None:
    model = small_pasture()
    world, _ = run_beside(model, new_worlds(model, [seed]), model.seasons + 1, np.random.default_rng(seed), sensible)
    assert world.outcome[0] != RUNNING


@pytest.mark.nightly
def test_everything_that_the_pasture_leaves_out() -> None:
    model, seen = everything(), np.zeros(7, np.int64)
    for seed in range(15):
        _, results = run_beside(
            model, new_worlds(model, [seed]), model.seasons + 1, np.random.default_rng(seed), seed % 2 == 1
        )
        seen += results
    # Only a test in which everything happens says that everything agrees.
    assert all(seen[result] > 20 for result in (DONE, BLOCKED, DECLINED, NOT_POSSIBLE, TOO_DEAR, TOO_OFTEN))


def test_empty_and_full_stocks() -> None:
    """Stocks that start at a bound are where shares, full stocks and held-back delays matter."""
    model, outcomes = everything(), set()
    for seed in range(8):
        generator, world = np.random.default_rng(300 + seed), new_worlds(model, [seed])
        for name, plan in model.stocks.items():
            kind = generator.integers(0, 3, world.stock[name].shape)
            anything = plan.low + (plan.high - plan.low) * generator.random(kind.shape)
            chosen = np.where(kind == 0, plan.low, np.where(kind == 1, plan.high, anything))
            world.stock[name] = np.where(np.broadcast_to(plan.live, chosen.shape) > 0.0, chosen, 0.0) + 0.0
        world, _ = run_beside(model, world, 4, generator, False)
        outcomes.add(int(world.outcome[0]))
    assert LOST in outcomes or WON in outcomes


COUNTED = """
stocks:
  well:  {at: world, kind: matter, range: [0, 90], start: 50, plain: W}
  jug:   {at: community, kind: matter, range: [0, 3], start: 0, plain: J}
  cup:   {at: community, kind: matter, range: [0, 1], start: 0, plain: C}
  seen:  {at: world, kind: state, range: [0, 90], start: 0, plain: S}
  thirst: {at: community, kind: state, range: [-9, 90], start: 0, plain: T}
  late:  {at: world, kind: state, range: [0, 90], start: 0, plain: L}
  later: {at: world, kind: state, range: [0, 90], start: 0, plain: L}
flows:
  raining: {from: outside, to: well, rate: 0.3 * season, plain: R}
  drawing: {from: well, to: jug, per: community, rate: "2 + 90 * (season > 3)", plain: D}
  pouring: {from: jug, to: cup, rate: 40, plain: P}
  drinking: {from: cup, to: outside, rate: 50, plain: D}
  spilling: {from: jug, to: well, rate: "9 * moved(pouring)", plain: S}
influences:
  look:   {of: seen, change: moved(raining), plain: L}
  want:   {of: thirst, change: asked(drinking), plain: W}
  slake:  {of: thirst, change: 0 - met(drinking), plain: S}
  hear:   {of: late, change: "delay(moved(raining), 1)", plain: H}
  hear_of: {of: later, change: "delay(well, 2)", plain: H}
  recall: {of: later, change: "delay(delay(well, 2), 1) - delay(delay(well, 2), 4)", plain: R}
"""


@pytest.mark.parametrize("ticks", [1, 2, 8])
def test_what_rules_read_is_the_moment_before_the_tick(ticks: int) -> None:
    """Rules that hand on an array as it stands, chains of empty stocks, delays within delays."""
    model = tiny(COUNTED, people=("ann", "bob"), ticks=ticks)
    world, _ = run_beside(model, one(model), 12, np.random.default_rng(1), False)
    assert world.asked["drinking"].min() > world.moved["drinking"].min() > 0.0 and value(world, "seen")[0] > 9.0


def test_the_level_of_everything_reaches_its_agreements_fines_and_fences() -> None:
    """The comparison is worth little if what it compares never happens."""
    model = everything()
    members, fined, offences, set_users = 0.0, 0.0, 0, 0.0
    for seed in range(6):
        world, generator = new_worlds(model, [seed]), np.random.default_rng(seed)
        for season in range(model.seasons):
            world = step(
                model,
                world,
                sensible_plans(model, generator, season) if seed % 2 else random_plans(model, generator, 1),
            )
            members += float(world.member["pact"].max()) + float(world.member["friend"].max())
            fined += float(np.abs(world.fined["bread_made"]).max())
            offences += int(world.offences["watch"].max())
            set_users += float(np.abs(world.uses - model.uses_start).max())
    assert members > 5 and fined > 0.1 and offences > 5 and set_users > 3


def test_the_oracle_sees_a_single_wrong_bit() -> None:
    model = small_pasture()
    world = new_worlds(model, [3])
    oracle = Oracle.from_world(model, world)
    assert oracle.differences(world) == []
    held = world.stock["grass"][0, 0, 1, 1, 0]
    world.stock["grass"][0, 0, 1, 1, 0] = np.nextafter(held, 2.0)
    assert len(oracle.differences(world)) == 1
    world.stock["grass"][0, 0, 1, 1, 0] = held
    world.stock["known"][0, 1, 0, 0, 0] = -0.0
    assert len(oracle.differences(world)) == 1
