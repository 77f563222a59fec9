"""Claims are held against simulation, and a claim that no control can break is called out."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.level.library import shipped_levels
from game.level.reader import load_level, parse_level
from game.run.claims import check_claims, run_count
from game.run.variants import Variant, seat_policies

UNSEEN = 7_000_000  # a range of seeds that nobody tuned on

TINY = """
title: A pot of beans
terrains: {ground: {plain: Ground.}}
stocks:
  beans: {at: community, kind: matter, unit: kg, range: [0, 100], start: 50, varies: 0.5, plain: Beans.}
numbers:
  hunger: {value: 10, low: 5, high: 20, unit: kg/season, plain: What is eaten.}
flows:
  eating: {from: beans, to: outside, rate: hunger, plain: People eat.}
actions:
  buy: {mode: over, family: take, target: me, plain: Buy beans.,
        now: [{move: {from: outside, to: "beans[me]", amount: 30}}],
        aim: {of: beans, gain: 30}}
seasons: {count: 4, ticks: 4}
communities: {us: {name: Us}}
seats: [us]
map: {legend: {".": {terrain: ground, home: us}}, rows: ".."}
goals: [{id: fed, plain: There are beans left., hold: "beans[us] > 1", at: end}]
claims:
  - id: buying_feeds
    plain: Whoever buys has beans left.
    seats: {all: over}
    measure: "beans[us] > 1"
    share_of_seeds: {at_least: 0.9}
    control: {plain: Without buying they run out., CONTROL}
"""


def verdict(control: str, runs: int = 60) -> object:
    level = parse_level(TINY.replace("CONTROL", control))
    return check_claims(level, range(runs))[0]


def test_a_claim_holds_and_its_control_bites() -> None:
    found = verdict("without_action: buy, change: {hunger: 20}, then: {at_most: 0.5}")
    assert found.holds and found.control_fails
    assert found.measured == 1.0
    assert found.runs == 60 and found.distinct == 60


def test_a_control_that_changes_nothing_is_called_out() -> None:
    found = verdict("change: {hunger: 5}, then: {at_most: 0.5}")
    assert found.holds and not found.control_fails


def test_few_different_outcomes_bound_nothing() -> None:
    found = verdict("without_action: buy, change: {hunger: 20}, then: {at_most: 0.5}", runs=20)
    assert found.measured == 1.0 and not found.holds


def test_a_claim_that_too_few_seeds_cannot_decide_is_open() -> None:
    control = "without_action: buy, change: {hunger: 20}, then: {at_most: 0.02}"
    few, many = verdict(control, runs=40), verdict(control, runs=400)
    assert few.measured == many.measured == 1.0
    assert few.control_open and not few.control_fails
    assert many.control_fails and not many.control_open
    assert not many.open and many.holds


def test_two_ways_to_play_are_compared_seed_by_seed() -> None:
    """Whoever buys has beans, and whoever does nothing has none: always more, and never a thousand times more."""
    text = TINY.replace(
        '"beans[us] > 1"\n    share', '"beans[us]"\n    compare: {seats: {all: [idle]}, more_than: TIMES}\n    share'
    )
    text = text.replace("CONTROL", "without_action: buy, then: {at_most: 0.1}")
    often = check_claims(parse_level(text.replace("TIMES", "1.1")), range(60))[0]
    assert often.measured == 1.0 and often.control_measured == 0.0 and often.control_fails
    never = check_claims(parse_level(text.replace("TIMES", "900")), range(60))[0]
    assert never.measured < 1.0 and not never.holds


def test_a_claim_that_is_false_fails() -> None:
    level = parse_level(
        TINY.replace("CONTROL", "change: {hunger: 5}, then: {at_most: 1}").replace(
            '"beans[us] > 1"\n    share', '"beans[us] > 99"\n    share'
        )
    )
    assert not check_claims(level, range(60))[0].holds


def test_a_window_adds_up_what_flows_moved() -> None:
    text = TINY.replace("CONTROL", "without_action: buy, change: {hunger: 20}, then: {at_most: 0.5}")
    text = text.replace(
        'measure: "beans[us] > 1"',
        'measure: "total(eating, us) > 15 and total(eating, us) < 45"\n    at: {seasons: 2..3}',
    )
    assert check_claims(parse_level(text), range(40))[0].measured == 1.0


def test_a_list_of_policies_is_one_line_up_for_each() -> None:
    level = load_level("the_shared_pasture")
    assert seat_policies(level, {"all": ("over", "idle")}) == [("over",) * 4, ("idle",) * 4]
    assert seat_policies(level, {"alder": "over", "others": "with"}) == [("over", "with", "with", "with")]


def test_runs_that_claims_share_are_made_once() -> None:
    level = load_level("the_shared_pasture")
    assert run_count(level) < 2 * len(level.claims)
    assert Variant(("with",), ("a", "b")).key == Variant(("with",), ("b", "a")).key


@pytest.mark.campaign
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("file", shipped_levels(), ids=lambda file: file.stem)
def test_every_claim_holds_on_500_unseen_seeds_and_every_control_bites(file: Path) -> None:
    for found in check_claims(load_level(file), range(UNSEEN, UNSEEN + 500)):
        assert found.holds and found.control_fails, found
