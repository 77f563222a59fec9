"""A season is a decision when both kinds of power are worth nearly the same; and no action may crowd out the rest."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from game.cli import main
from game.level.reader import load_level, parse_level
from game.run.decisions import Decisions, decisions, is_close
from game.run.variants import with_planners

TWO_WAYS = """
title: Two ways to the well
terrains: {ground: {plain: Ground.}}
stocks:
  days: {at: player, kind: state, unit: days, range: [0, 4], start: 1, plain: Days.}
  water: {at: community, kind: state, unit: t, range: [0, 1000], start: 20, plain: Water.}
influences:
  morning: {of: days, once: season, change: "1 - days", plain: A new day.}
actions:
  pump:  {mode: over, family: take, target: me, plain: Pump., cost: {days: 1}, WHEN_FORCE
          now: [{of: water, add: 2}], aim: {of: water, gain: 2}}
  carry: {mode: with, family: mutual_aid, target: world, plain: Carry together., cost: {days: 1}, WHEN_TOGETHER
          now: [{of: "water[us]", add: TOGETHER}]}
  dig:   {mode: over, family: take, target: world, plain: Dig., cost: {days: 1}, WHEN_THIRD
          now: [{of: "water[us]", add: 2}], aim: {of: water, gain: 2}}
seasons: {count: 9, ticks: 2}
communities: {us: {name: Us}}
seats: [us]
map: {legend: {".": {terrain: ground, home: us}}, rows: ".."}
objective: water[us] / 1000
goals: [{id: wet, plain: Everybody has water., hold: "water[us] >= 90", at: end}]
"""


def told(force: str = "", together: str = "", third: str = "", worth: str = "2") -> Decisions:
    def when(rule: str) -> str:
        return f'when: "{rule}", when_plain: Not now.,' if rule else ""

    text = TWO_WAYS.replace("WHEN_FORCE", when(force)).replace("WHEN_TOGETHER", when(together))
    text = text.replace("WHEN_THIRD", when(third)).replace("TOGETHER", worth)
    return decisions(parse_level(text), range(2))


def test_two_ways_that_come_to_the_same_are_a_decision_in_every_season() -> None:
    found = told()
    assert found.seasons == 18 and found.close == 18 and found.often_close


def test_a_way_that_is_far_better_leaves_nothing_to_decide() -> None:
    found = told(worth="30")
    assert found.close_share < 0.5 and not found.often_close
    assert not found.as_dict()["holds"]


def test_an_action_that_always_wins_is_taken_too_often() -> None:
    found = told(worth="30")
    assert found.most_taken == "carry" and found.most_share > 0.4 and not found.varied


def test_three_actions_that_take_turns_crowd_out_nobody() -> None:
    turn = "season - 3 * floor(season / 3) == {}"
    found = told(*(turn.format(number) for number in range(3)))
    assert found.taken == {"pump": 6, "carry": 6, "dig": 6} and found.varied
    assert found.close == 0, "with one kind at a time there is nothing to compare"


def test_close_means_by_less_than_a_tenth_of_the_larger() -> None:
    over, partner = np.array([1.0, 1.0, 0.0, -np.inf, 1.0]), np.array([0.91, 0.89, 0.0, 1.0, -np.inf])
    assert is_close(over, partner).tolist() == [True, False, True, False, False]


def test_the_planners_versions_of_claims_change_who_plays_and_nothing_else() -> None:
    level = load_level("the_shared_pasture")
    planned = with_planners(level)
    for before, after in zip(level.claims, planned.claims, strict=True):
        text = json.dumps([after.seats, after.control.seats])
        assert '"over"' not in text and '"with"' not in text and '"best_' in text
        assert (after.measure, after.share_of_seeds, after.at) == (before.measure, before.share_of_seeds, before.at)
    assert level.claims[0].seats == {"all": ("over",)}, "the level itself stays as it is"


CLAIM = """claims:
  - id: pumping_fills
    plain: Whoever pumps has water.
    seats: {all: over}
    measure: water[us] > 30
    share_of_seeds: {at_least: 0.9}
    control: {plain: Without a pump there is none., without_action: [pump, dig], then: {at_most: 0.1}}
"""


def run(folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    text = TWO_WAYS.replace("WHEN_FORCE", "").replace("WHEN_TOGETHER", "").replace("WHEN_THIRD", "")
    varied = text.replace("TOGETHER", "2").replace("start: 20", "start: 20, varies: 0.1")
    (folder / "well.yaml").write_text(varied + CLAIM, encoding="utf-8")
    options = ["--runs", "60", "--policy-runs", "0", "--planner-runs", "2", "--decision-runs", "0"]
    status = main(["balance", str(folder / "well.yaml"), *options, "--resume", str(folder / "kept.sqlite"), *more])
    return status, capsys.readouterr().out


def test_balance_tells_of_decisions_and_judges_claims_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, text = run(tmp_path, capsys, "--decision-runs", "1")
    assert status == 0 and "decisions in 1 planned games" in text and "does not hold" in text
    status, text = run(tmp_path, capsys)
    assert status == 0 and "decisions" not in text
    status, text = run(tmp_path, capsys, "--runs", "20")
    assert status == 1, "too few outcomes for the claim as written"


def test_planners_claims_are_told_and_not_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, text = run(tmp_path, capsys, "--planner")
    assert status == 0 and "with the planner's versions, 2 seeds" in text
    assert "open   Whoever pumps" in text and "TOO FEW SEEDS TO TELL" in text, "two seeds bear nothing out"


def test_json_has_the_decisions_and_the_planners_claims_of_each_level(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, text = run(tmp_path, capsys, "--json", "--decision-runs", "1", "--planner")
    found = json.loads(text)["levels"][0]
    assert set(found["decisions"]) == {"runs", "seasons", "close", "most_taken", "taken", "holds"}
    low, high = found["decisions"]["close"]["interval"]
    assert low <= found["decisions"]["close"]["share"] <= high
    assert [claim["id"] for claim in found["planner_claims"]] == ["pumping_fills"]
    assert all(claim["runs"] == 2 for claim in found["planner_claims"])
