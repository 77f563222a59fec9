"""What carries a claim is what it does not hold without."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from game.cli import main
from game.commands import balance as balancing
from game.lab.explain_words import explain_lines
from game.level.reader import changed_level, load_level, parse_level
from game.level.schema import Level
from game.level.templates import write_template
from game.run.carrying import Carried, Explaining, Explanation

FULL = """
title: A pot of beans
terrains: {ground: {plain: Ground.}}
stocks:
  beans: {at: community, kind: matter, unit: kg, range: [0, 200], start: 50, varies: 0.5, plain: Beans.}
  mood: {at: world, kind: state, range: [0, 1], start: 0.5, plain: Mood.}
numbers:
  hunger: {value: 10, low: 8, high: 11, unit: kg/season, plain: What is eaten.}
  calming: {value: 1, low: 0.5, high: 2, plain: How soon it calms.}
  unread: {value: 1, low: 0.5, high: 2, plain: No rule reads it.}
flows:
  eating: {from: beans, to: outside, rate: hunger, plain: People eat.}
  mice: {from: beans, to: outside, rate: 0.0001 * beans, plain: Mice eat.}
influences:
  calm: {of: mood, change: "0.1 * calming * (0.5 - mood)", plain: It calms.}
events:
  song: {chance: 0.5, now: [{of: mood, add: 0.01}], plain: A song.}
actions:
  buy: {mode: over, family: take, target: me, limit: 1, plain: Buy beans.,
        now: [{move: {from: outside, to: "beans[me]", amount: 30}}], aim: {of: beans, gain: 30}}
  hum: {mode: with, family: resonance, target: me, limit: 1, plain: Hum., now: [{of: mood, add: 0.1}]}
seasons: {count: 4, ticks: 4}
communities: {us: {name: Us}}
seats: [us]
map: {legend: {".": {terrain: ground, home: us}}, rows: ".."}
objective: min(beans) / 200
goals: [{id: fed, plain: There are beans left., hold: "beans[us] > 1", at: end}]
claims:
  - id: buying_feeds
    plain: Whoever buys has beans left.
    seats: {all: over}
    measure: "beans[us] > 1"
    share_of_seeds: {at_least: 0.85}
    control: {plain: Without buying they run out., without_action: buy, then: {at_most: 0.5}}
"""


def explained(text: str, runs: int = 30) -> Explanation:
    return Explaining(parse_level(text), range(runs)).prepare().played(backend="numpy")


def by_name(carried: Carried) -> dict[tuple[str, float | None], bool]:
    return {(one.piece.name, one.piece.value): one.breaks for one in carried.without}


@pytest.fixture(scope="module")
def beans() -> Explanation:
    return explained(FULL)


def test_everything_is_left_out_and_only_what_carries_breaks_the_claim(beans: Explanation) -> None:
    (carried,) = beans.claims
    assert carried.keeps and carried.verdict.measured > 0.9
    found = by_name(carried)
    assert {name for name, _ in found} == {"buy", "hum", "song", "mice", "eating", "calm", "hunger", "calming"}
    assert {name for name, breaks in found.items() if breaks} == {("buy", None)}
    assert carried.without[0].piece.name == "buy"


def test_a_control_that_would_bite_is_named(beans: Explanation) -> None:
    hungry = explained(FULL.replace("hunger: {value: 10, low: 8, high: 11", "hunger: {value: 18, low: 17, high: 19"))
    assert [one.piece.name for one in hungry.claims[0].carriers if one.bites] == ["buy"]
    assert not any(one.bites for one in beans.claims[0].without if not one.breaks)


def test_a_claim_that_nothing_breaks_is_suspicious() -> None:
    found = explained(FULL.replace('measure: "beans[us] > 1"', 'measure: "beans[us] >= 0"'))
    codes = [(code, told.get("claim")) for code, told in found.warnings]
    assert ("nothing-breaks-it", "buying_feeds") in codes
    assert not found.claims[0].carriers and not found.claims[0].verdict.control_fails


def test_policies_that_win_without_partnering_are_named(beans: Explanation) -> None:
    won = {told["policy"]: told["won"] for code, told in beans.warnings if code == "wins-everywhere"}
    assert won["over"] == 30 and 0 < won["idle"] < 30
    hard = explained(FULL.replace('hold: "beans[us] > 1", at', 'hold: "beans[us] > 99.5", at'))
    assert "idle" not in {told.get("policy") for _, told in hard.warnings}


def test_the_deed_that_lets_random_win_is_named(beans: Explanation) -> None:
    hungry = FULL.replace("hunger: {value: 10, low: 8, high: 11", "hunger: {value: 18, low: 17, high: 19")
    found = explained(hungry)
    (told,) = [told for code, told in found.warnings if code == "wins-by"]
    assert list(told["without"]) == ["buy"] and told["without"]["buy"] < 5 and told["runs"] == 30
    assert "random wins by buy (" in "\n".join(explain_lines(found))
    assert "wins-by-none" in {code for code, _ in beans.warnings}, "who does nothing wins most of these games, too"
    never = explained(hungry.replace('hold: "beans[us] > 1", at', 'hold: "beans[us] > 199.5", at'))
    assert not {"wins-by", "wins-by-none"} & {code for code, _ in never.warnings}


def test_games_that_are_not_needed_count_as_played() -> None:
    for hold in ("> 1", "> 199.5"):
        asked = Explaining(parse_level(FULL.replace('hold: "beans[us] > 1"', f'hold: "beans[us] {hold}"')), range(4))
        played: list[int] = []
        asked.prepare().played(backend="numpy", progress=played.append)
        assert sum(played) == asked.games


def test_with_and_mixed_that_play_the_same_games_are_told(beans: Explanation) -> None:
    assert "with-and-mixed-alike" not in {code for code, _ in beans.warnings}  # buying wrongs nobody, and mixed buys
    partners = explained(FULL.replace("mode: over", "mode: with"))
    assert ("with-and-mixed-alike", {"share": 1.0}) in partners.warnings


def test_what_a_level_cannot_do_without_is_not_tried() -> None:
    odd = FULL.replace("range: [0, 200], start: 50", 'range: [0, 200], start: "if(calming > 1, 50, 50 * calming)"')
    twice = odd.replace("calming * (0.5", "(0.5").replace("control: {plain", "change: {hunger: 9}\n    control: {plain")
    found = by_name(explained(twice).claims[0])
    assert ("calming", 0.5) in found
    assert ("hunger", 8.0) not in found and ("eating", None) in found  # the claim changes the number itself


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(balancing, "default_path", lambda: tmp_path / "kept.sqlite")
    (tmp_path / "beans.yaml").write_text(FULL, encoding="utf-8")
    return tmp_path / "beans.yaml"


def test_the_command_tells_it_in_words_and_as_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["balance", "--explain", str(file), "--runs", "20"]) == 0
    told = capsys.readouterr().out
    assert "carried by" in told and "action buy" in told and "WARNING  over in every seat" in told
    assert main(["balance", "--explain", str(file), "--runs", "20", "--json"]) == 0
    (level,) = json.loads(capsys.readouterr().out)["levels"]
    (claim,) = level["claims"]
    first = claim["pieces"][0]
    assert (first["kind"], first["name"], first["carries"]) == ("action", "buy", True) and "value" not in first
    assert first["measured"] < 0.85 and all(one["carries"] is False for one in claim["pieces"][1:])
    assert {"code": "wins-everywhere", "policy": "over", "won": 20, "runs": 20} in level["warnings"]


def test_it_goes_on_where_it_was_interrupted(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["balance", "--explain", str(file), "--runs", "20", "--backend", "numpy"]
    add, blocks = balancing.Progress.add, []

    def stop_after_five(self: balancing.Progress, count: int) -> None:
        blocks.extend([count] if self.unit == "games" else [])
        if len(blocks) == 5:
            raise KeyboardInterrupt

    monkeypatch.setattr(balancing.Progress, "add", stop_after_five)
    assert main(words) == 130
    monkeypatch.setattr(balancing.Progress, "add", add)
    played: list[int] = []
    from game.run import study

    play = study.play_block

    def counted(*given: Any) -> Any:
        played.append(1)
        return play(*given)

    monkeypatch.setattr("game.run.study.play_block", counted)
    assert main(words) == 0
    first, whole = len(played), capsys.readouterr().out
    assert main([*words, "--fresh"]) == 0
    assert len(played) - first == first + 5 and capsys.readouterr().out == whole


def test_what_a_level_can_do_without_is_counted_from_the_first_piece_and_not_looked_for_twice(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["balance", "--explain", str(file), "--runs", "20", "--backend", "numpy"]
    tried: list[dict[str, float]] = []

    def counted(level: Level, change: dict[str, float]) -> Level:
        tried.append(change)
        if len(tried) == 2:
            raise KeyboardInterrupt
        return changed_level(level, change)

    monkeypatch.setattr("game.run.carrying.changed_level", counted)
    assert main(words) == 130
    assert main(words) == 0
    assert tried[1] == tried[2] and tried[0] not in tried[1:]
    capsys.readouterr()


def test_an_explanation_writes_no_page(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["balance", "--explain", str(file), "--report", "page.html"]) == 2
    assert "--report" in capsys.readouterr().err


def test_nobody_is_said_to_win_a_model_without_a_game(tmp_path: Path) -> None:
    """It has no goals that could ask for more, and no force that could be worth it."""
    write_template(tmp_path / "m.yaml", "model")
    found = Explaining(load_level(str(tmp_path / "m.yaml")), range(10)).prepare().played()
    assert [one.keeps for one in found.claims] == [True]
    assert found.warnings == []
