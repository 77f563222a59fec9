"""When a game is decided, and whether its seasons ask something of the player."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.cli import main
from game.lab.balance_words import tension_lines
from game.level.reader import load_level, parse_level
from game.level.schema import Level
from game.run.finished_blocks import FinishedBlocks
from game.run.tension import CONTINUATIONS, measure_tension, tension_games

NOTHING_ELSE = ("--decision-runs", "0", "--policy-runs", "0")
# Every season a coin falls.
COIN = """
title: A coin
terrains: {ground: {plain: Ground.}}
stocks:
  heads: {at: world, kind: state, range: [0, 9], start: 0, plain: How often it fell., unbalanced: a test}
  calm: {at: world, kind: state, range: [0, 1], start: 0, plain: How calm it is., unbalanced: a test}
  trust: {at: [community, community], kind: state, range: [0, 1], start: 0.5, plain: Trust., unbalanced: a test}
  effort: {at: player, kind: state, range: [0, 2], start: 1, plain: Days., unbalanced: a test}
numbers:
  wind: {value: 0, low: 0, high: 1, unit: share, plain: How the wind blows.}
influences:
  falls: {of: heads, once: season, change: wind, plain: It counts.}
  days: {of: effort, once: season, change: "1 - effort", plain: A new day.}
events:
  gust: {chance: 0.5, sets: {wind: 1}, plain: A gust.}
  storm: {STORM, lasts: 1, warns: 1, sets: {wind: 0}, name: Storm, plain: A storm., sign: Clouds.}
actions:
  pact: {mode: with, family: commons, target: {communities: 2..2}, cost: {effort: 1}, plain: Agree.,
         accepts: "trust > FROM", lasts: {seasons: 1, while: "mean(trust, partners) > 0"},
         each_season: [{of: calm, add: 0.5}]}
seasons: {count: 4, ticks: 1}
communities: {us: {name: Us}, you: {name: You}}
seats: [us, you]
people: {you: {name: Yves, temper: {fair: 0.5, bold: 0}, plain: Waits.}}
map: {legend: {".": {terrain: ground, home: us}, ",": {terrain: ground, home: you}}, rows: ".,"}
objective: heads
goals: [{id: fell, plain: It fell., hold: "GOAL", at: end}]
"""


def coin(goal: str, storm: str = "chance: 0, odds: 0.5", trust: str = "0.9") -> Level:
    return parse_level(COIN.replace("GOAL", goal).replace("STORM", storm).replace("FROM", trust))


def test_a_game_that_luck_cannot_change_is_decided_from_its_first_season() -> None:
    for goal in ("heads >= 0", "heads > 5"):
        found = measure_tension(coin(goal), range(12))
        assert found is not None
        assert found.decided == 1.0 and found.by_season == (1.0,) * 4 and not found.stays_open


def test_a_level_may_name_another_bar_with_its_reason() -> None:
    own = "mutual: {bars: {decided: {at_most: 1, plain: Nobody throws anything.}}}\n"
    level = parse_level(COIN.replace("GOAL", "heads > 5").replace("STORM", "chance: 0").replace("FROM", "0.9") + own)
    found = measure_tension(level, range(4))
    assert found is not None and found.stays_open
    assert found.as_dict()["decided"] == {"share": 1.0, "at_most": 1.0, "holds": True, "why": "Nobody throws anything."}
    told = tension_lines(found)
    assert "holds" in told[1] and "wanted at most 100%" in told[1] and "decided: Nobody throws anything." in told[2]


def test_a_game_that_the_last_throw_may_turn_is_open_until_then() -> None:
    found = measure_tension(coin("wind > 0"), range(12))
    assert found is not None
    assert found.decided == 0.0 and found.by_season == (0.0,) * 4 and found.stays_open


def test_a_season_is_decided_as_soon_as_what_has_happened_decides_it() -> None:
    found = measure_tension(coin("heads >= 2"), range(40))
    assert found is not None
    # After two throws one in four has its two heads, after three one in two, and one in eight can have them no more.
    for season, share in enumerate((0.0, 0.0, 0.25, 0.625)):
        assert found.by_season[season] == pytest.approx(share, abs=0.2)
    assert found.decided == pytest.approx(sum(found.by_season) / 4)  # type: ignore[arg-type]


def test_seasons_after_the_end_do_not_count() -> None:
    level = coin("heads >= 0")
    level = level.model_copy(update={"goals": (level.goals[0].model_copy(update={"at": "any"}),)})
    found = measure_tension(level, range(5))
    assert found is not None
    assert found.seasons == 5 and found.by_season == (1.0, None, None, None)


def test_a_quiet_season_asks_nothing_and_a_sign_of_storm_does() -> None:
    quiet = measure_tension(coin("heads > 1"), range(5))
    assert quiet is not None and quiet.asking == 0 and not quiet.asks
    warned = measure_tension(coin("heads > 1", "at: 3, odds: 0.5"), range(5))
    assert warned is not None
    assert warned.asked_by["threat"] == 0.25  # before the third of four seasons
    assert warned.asking_share == 0.25


def test_an_offer_to_the_player_asks_something() -> None:
    found = measure_tension(coin("heads > 1", trust="0.2"), range(5))
    assert found is not None
    assert found.asked_by["offer"] > 0.5 and found.asks


def test_workers_change_no_bit_and_what_is_finished_is_not_played_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    level, told = coin("heads > 1"), []
    finished = FinishedBlocks(tmp_path / "kept.sqlite")
    whole = measure_tension(level, range(6), workers=2)
    add = FinishedBlocks.put

    def stop_after_two(self: FinishedBlocks, key: str, arrays: dict[str, object]) -> None:
        add(self, key, arrays)  # type: ignore[arg-type]
        told.append(key)
        if len(told) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(FinishedBlocks, "put", stop_after_two)
    with pytest.raises(KeyboardInterrupt):
        measure_tension(level, range(6), finished=finished)
    played: list[int] = []
    assert measure_tension(level, range(6), finished=finished, progress=played.append) == whole
    assert len(told) == level.seasons.count  # two seasons were there already
    assert sum(played) == tension_games(level, 6) == 4 * 6 * CONTINUATIONS


def test_levels_without_people_are_left_out() -> None:
    assert measure_tension(coin("heads > 1").model_copy(update={"people": {}}), range(5)) is None
    assert measure_tension(load_level("one_nail"), range(5)) is None
    assert measure_tension(coin("heads > 1"), range(0)) is None


def test_balance_tells_it_in_lines_and_in_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "coin.yaml"
    file.write_text(COIN.replace("GOAL", "heads >= 0").replace("STORM", "chance: 0, odds: 0.5").replace("FROM", "0.9"))
    asked = ["balance", str(file), "--runs", "4", *NOTHING_ELSE, "--people-runs", "0"]
    main([*asked, "--resume", str(tmp_path / "kept.sqlite")])
    assert "does not hold  decided are 100% of the seasons" in capsys.readouterr().out
    main([*asked, "--json", "--resume", str(tmp_path / "kept.sqlite")])
    told = json.loads(capsys.readouterr().out)["levels"][0]["tension"]
    assert told["runs"] == 4 and told["decided"] == {"share": 1.0, "at_most": 1 / 3, "holds": False, "why": ""}
    assert told["asking"]["share"] == 0.0
