"""Flows that run both ways, and matter that may lie below zero: the same bits everywhere, nothing made or lost."""

from __future__ import annotations

import numpy as np
import pytest

from game.level.problems import LevelError
from game.level.reader import changed_level, parse_level
from game.run.backends import kernel
from game.sim.actions import Actions
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.step import step
from tests.oracle.oracle import Oracle
from tests.sim.levels import level_text, tiny

BUCKETS = """
numbers: {pipe: {value: 0.5, low: 0, high: 2, from: literature, plain: P}}
stocks:
  left:  {at: world, kind: matter, range: [0, 100], start: 10, plain: L}
  right: {at: world, kind: matter, range: [0, 100], start: 30, plain: R}
flows:
  exchange: {from: left, to: right, both_ways: true, rate: "pipe * (left - right)", plain: Water finds its level.}
"""
DEBT = """
stocks:
  purse: {at: community, kind: matter, range: [-20, 100], start: 5, plain: P}
  till:  {at: world, kind: matter, range: [0, 1000], start: 0, plain: T}
flows:
  spending: {from: purse, to: till, per: community, rate: 4, plain: S}
"""


def seasons(model: Model, count: int):
    """Worlds season by season, each held against the oracle."""
    world = new_worlds(model, [3])
    oracle = Oracle.from_world(model, world)
    for _ in range(count):
        world = step(model, world)
        oracle.step(Actions.none(model, 1))
        assert oracle.differences(world) == []
        yield world


def test_water_finds_its_level_from_whichever_side() -> None:
    for left, right in ((10.0, 30.0), (30.0, 10.0)):
        level = changed_level(tiny(BUCKETS).source, {"left.start": left, "right.start": right})
        *_, world = seasons(compile_level(level), 12)
        assert [world.stock[name].item() for name in ("left", "right")] == pytest.approx([20, 20], abs=0.01)
        assert world.stock["left"].item() + world.stock["right"].item() == pytest.approx(40)


def test_what_runs_back_is_counted_by_itself() -> None:
    world = next(seasons(tiny(BUCKETS), 1))
    assert world.moved["exchange"].item() == 0.0
    assert world.moved["exchange_back"].item() == pytest.approx(30 - world.stock["right"].item())


def test_a_change_of_the_rate_changes_both_ways() -> None:
    level = changed_level(tiny(BUCKETS).source, {"exchange.rate": "0 - 1"})
    world = next(seasons(compile_level(level), 1))
    assert world.stock["right"].item() == pytest.approx(29)


def test_matter_goes_below_zero_as_far_as_its_range_says_and_no_further() -> None:
    found = [world.stock["purse"].item() for world in seasons(tiny(DEBT), 8)]
    assert found[:3] == pytest.approx([1, -3, -7]) and found[-1] == -20.0
    *_, last = seasons(tiny(DEBT), 8)
    assert last.stock["till"].item() + last.stock["purse"].item() == pytest.approx(5)


def test_deeds_move_what_lies_above_the_lower_bound() -> None:
    body = DEBT.split("flows:")[0] + (
        "actions:\n  lend: {mode: with, family: x, target: me, limit: 3, plain: L, cost: {till: 0},"
        " now: [{move: {from: 'purse[me]', to: till, amount: 15}}]}\n"
    )
    model = tiny(body)
    actions = Actions.none(model, 1)
    actions.chosen[:3] = 0
    world = new_worlds(model, [3])
    oracle = Oracle.from_world(model, world)
    after = step(model, world, actions)
    oracle.step(actions)
    assert after.stock["purse"].item() == -20.0 and after.stock["till"].item() == 25.0
    assert oracle.differences(after) == []


@pytest.mark.nightly
@pytest.mark.parametrize("body", [BUCKETS, DEBT])
def test_compiled_code_gives_the_same_bits(body: str) -> None:
    model = tiny(body)
    plain = fast = new_worlds(model, range(9))
    quick = kernel("compiled", model, 9)
    for _ in range(10):
        plain, fast = step(model, plain), step(model, fast, None, quick)
        for name in model.stocks:
            assert np.array_equal(plain.stock[name], fast.stock[name])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("both_ways: true", "both_ways: true, delay: 2", "runs one way"),
        ('"pipe * (left - right)"', '"pipe * (lefft - right)"', "did you mean"),
        ("flows:\n", "flows:\n  exchange_back: {from: left, to: right, rate: 1, plain: X}\n", "choose another name"),
        ("flows:\n", "flows:\n  leak: {from: left, to: right, rate: 1, back_of: exchange, plain: X}\n", "both_ways"),
        ("range: [0, 100], start: 10", "range: [1, 100], start: 10", "starts at 0, or below"),
    ],
)
def test_what_makes_no_sense_is_told_once(old: str, new: str, said: str) -> None:
    with pytest.raises(LevelError, match=said) as error:
        parse_level(level_text(BUCKETS.replace(old, new)))
    assert str(error.value).count("error:") == 1


def test_matter_below_zero_neither_spreads_nor_pays_fines() -> None:
    with pytest.raises(LevelError, match="neither spreads"):
        parse_level(
            level_text("stocks: {mud: {at: tile, kind: matter, range: [-1, 9], start: 0, spread: 0.1, plain: M}}")
        )
