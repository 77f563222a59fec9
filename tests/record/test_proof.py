"""The command that plays a kept game again under two rules of proof."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.cli import main
from game.record.replay import write_replay

Captured = pytest.CaptureFixture[str]


def test_both_rules_are_told_with_both_errors_and_the_numbers_side_by_side(kept: Path, capsys: Captured) -> None:
    assert main(["proof", str(kept)]) == 0
    text = capsys.readouterr().out
    assert text.index("Allowed until proven harmful: ") < text.index("Only when proven safe: ")
    assert text.count("Harm let through: ") == text.count("Good forgone: ") == 2
    assert "Two more cows: struck " in text and "It called for care, " in text
    assert "\nGrass " in text and "The Alders' hay" in text and "Your" not in text


def test_the_errors_are_the_sums_of_their_deeds_as_json(kept: Path, capsys: Captured) -> None:
    assert main(["proof", str(kept), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    allowed, safe = data["rules"]
    assert (allowed["rule"], safe["rule"]) == ("allowed until proven harmful", "only when proven safe")
    for side in (allowed, safe):
        assert side["harm"] == pytest.approx(sum(one["cost"] for one in side["harmful"]))
        assert side["good_forgone"] == pytest.approx(sum(one["gain"] for one in side["forgone"]))
    assert safe["struck"] and all(one["care"] >= 0.3 for one in safe["struck"])
    assert all(one["proof"]["action"] == one["action"] for one in allowed["struck"])
    assert all(one["proof"]["season"] < one["season"] for one in allowed["struck"])
    assert {row["name"] for row in data["numbers"]} >= {"Grass"}


def test_a_game_without_force_says_so(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "calm.json"
    write_replay("first_steps", ("with", "with"), 4, file)
    assert main(["proof", str(file)]) == 0
    assert capsys.readouterr().out.startswith("Nobody used force in this game")


def test_what_is_no_replay_is_said_in_one_line(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "none.json"
    file.write_text("[]", encoding="utf-8")
    assert main(["proof", str(file)]) == 2
    assert "this is not a replay" in capsys.readouterr().err
