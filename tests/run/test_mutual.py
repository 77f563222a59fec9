"""Where partners win every household is to fare at least as well as it would otherwise: measured, with a control."""

from __future__ import annotations

import json

import pytest

from game.cli import main
from game.insight.faring import FaringLog, shortfalls
from game.lab.balance_words import mutual_control
from game.language.errors import PowerdanceError
from game.level.problems import LevelError
from game.level.reader import load_level, parse_level
from game.level.schema import Level
from game.run.batch import play_block
from game.run.mutual import check_mutual
from game.sim.model import compile_level

WELL = """
title: Two at a well
terrains: {ground: {plain: Ground.}}
stocks:
  water: {at: community, kind: matter, unit: l, range: [0, 400], start: 16, varies: 0.3,
          plain: Water in the jar., unbalanced: a test}
  flowing: {at: world, kind: state, range: [0, 1], start: 0, plain: Whether the well runs., unbalanced: a test}
  life: {at: community, kind: state, range: [0, 1], start: 0.5, plain: How life goes.}
  hurt: {at: community, kind: state, range: [0, 1], start: 0.2, varies: 0.5, conflict: true,
         plain: How wronged they feel., unbalanced: a test}
  trust: {at: [community, community], kind: state, range: [0, 1], start: 0.5, plain: Trust., unbalanced: a test}
  effort: {at: player, kind: state, range: [0, 6], start: 1, plain: Days., unbalanced: a test}
flows:
  filling: {from: outside, to: water, rate: YIELD, plain: The well fills the jars.}
  drinking: {from: water, to: outside, rate: 5, plain: People drink.}
influences:
  life_follows: {of: life, change: "0.5 * (met(drinking) * (1 - hurt) - life)", plain: Who drinks lives well.}
  days: {of: effort, once: season, change: "1 - effort", plain: A new day.}
actions:
  dig: {mode: with, family: commons, target: {communities: 2..6}, cost: {effort: 1}, plain: Dig together.,
        accepts: "trust > 0.2",
        lasts: {while: "mean(trust, partners) > 0"}, each_season: [{of: flowing, add: 1}]}
  grab: {mode: over, family: force, target: community, cost: {effort: 1}, plain: Take their water.,
         now: [{move: {from: "water[target]", to: "water[me]", amount: 3}}, {of: "hurt[target]", add: 0.3}],
         aim: {of: water, gain: "min(3, water[target])"}}
seasons: {count: 8, ticks: 4}
communities: {us: {name: Us}, you: {name: You}}
seats: [us, you]
people: {you: {name: Yves, temper: {fair: 0, bold: 0.2}, plain: Waits.}}
map: {legend: {".": {terrain: ground, home: us}, ",": {terrain: ground, home: you}}, rows: ".,"}
objective: flowing
goals: [{id: runs, plain: The well runs., hold: flowing > 0.5, at: end}]
CONTRACT
"""


def well(per_season: str = "6 * flowing", contract: str = "") -> Level:
    return parse_level(WELL.replace("YIELD", per_season).replace("CONTRACT", contract))


def test_the_contract_holds_where_partnering_feeds_both_and_fails_without_agreements() -> None:
    found = check_mutual(well(), range(60))
    assert found is not None
    assert found.won == found.kept == 60
    assert found.holds and found.control_fails
    assert found.control_kept == 0  # nobody can agree to dig


def test_a_level_may_name_what_its_contract_hangs_on() -> None:
    no_force = "mutual: {control: {plain: Where nobody can grab., without_action: [grab]}}"
    found = check_mutual(well(contract=no_force), range(60))
    assert found is not None and found.control_kept == found.kept == 60 and not found.control_fails
    assert "Where nobody can grab 60 such games of 60 instead of 60: NOT CLEARLY RARER" in mutual_control(found)
    with pytest.raises(LevelError, match="there is no action"):
        well(contract="mutual: {control: {plain: Without., without_action: [grub]}}")


def test_a_household_that_goes_thirsty_for_a_win_breaks_it_and_is_named() -> None:
    found = check_mutual(well("6 - 5 * flowing"), range(60))
    assert found is not None
    assert found.won == 60 and found.kept == 0 and not found.holds
    assert {(one.household, one.kind, one.of, one.against) for one in found.losses} >= {
        ("you", "met", "drinking", "idle")
    }


def test_what_somebody_gives_up_knowingly_is_allowed_and_told() -> None:
    given = "{of: [met, hunger, wellbeing, store], plain: Water for the well.}"
    found = check_mutual(
        well("6 - 5 * flowing", f"mutual: {{gives_up: {{us: {given}, you: {given}}}, against: [idle]}}"), range(60)
    )
    assert found is not None
    assert found.kept == 60
    assert found.gives_up == {"us": "Water for the well.", "you": "Water for the well."}


def test_too_few_games_won_leave_it_open() -> None:
    found = check_mutual(well(), range(10))
    assert found is not None
    assert found.share == 1.0 and found.open and not found.holds


def test_workers_and_blocks_change_no_bit() -> None:
    one, two = (check_mutual(well(), range(40), workers) for workers in (1, 2))
    assert one is not None and two is not None
    assert one.as_dict() == two.as_dict()


def test_a_level_without_people_promises_nothing() -> None:
    level = well().model_copy(update={"people": {}})
    assert check_mutual(level, range(10)) is None


def test_of_a_lost_game_the_shortfall_is_told() -> None:
    model = compile_level(well("6 - 5 * flowing"))
    found = []
    for policy in ("with", "idle"):
        log = FaringLog(model)
        play_block(model, (policy, "person"), [1, 2], model.seasons, log.add)
        found.append(log.result())
    told = shortfalls(model, found[0], found[1], at=1)
    assert {one.household for one in told} == {"us", "you"}
    assert all(one.here < one.there for one in told if one.kind == "met")
    assert shortfalls(model, found[0], found[0]) == []


def test_a_contract_that_names_nobody_is_refused() -> None:
    with pytest.raises(PowerdanceError, match="sombody"):
        well(contract="mutual: {partner: sombody}")


def test_balance_prints_the_contract_beside_the_claims(capsys: pytest.CaptureFixture[str], tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "well.yaml"
    file.write_text(WELL.replace("YIELD", "6 * flowing").replace("CONTRACT", ""), encoding="utf-8")
    asked = ["balance", str(file), "--runs", "40", "--decision-runs", "0", "--policy-runs", "0", "--fresh"]
    assert main([*asked, "--resume", str(tmp_path / "kept.sqlite")]) == 0
    assert "mutual: 40 of 40 games won" in capsys.readouterr().out
    main([*asked, "--json", "--resume", str(tmp_path / "kept.sqlite")])
    told = json.loads(capsys.readouterr().out)["levels"][0]["mutual"]
    assert told["holds"] and told["won"] == 40 and told["control"]["fails"]


@pytest.mark.parametrize("name", ["first_steps"])
def test_in_first_steps_both_households_gain(name: str) -> None:
    found = check_mutual(load_level(name), range(7_000_000, 7_000_040))
    assert found is not None
    assert found.share >= 0.9 and found.control_fails
