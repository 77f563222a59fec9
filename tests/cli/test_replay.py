"""What `replay` says of files that are no whole game: a plain line, and the exit status that goes with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.cli import main
from game.sim import RULE_NUMBER

WHOLE = {"powerdance_replay": 1, "rules": RULE_NUMBER, "level": "first_steps", "seed": 0,
         "policies": {"alder": "with", "birch": "with"}, "seasons": []}  # fmt: skip


def replay_of(tmp_path: Path, **changes: object) -> str:
    file = tmp_path / "game.json"
    file.write_text(json.dumps(WHOLE | changes), encoding="utf-8")
    return str(file)


def test_no_season_is_not_a_whole_game(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", replay_of(tmp_path), "--verify"]) == 1
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "this is not a whole replay: it ends after 0 of 8 seasons\n")


def test_digests_of_other_rules_are_not_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = replay_of(tmp_path, rules=0)
    assert main(["replay", file, "--verify"]) == 1
    told = capsys.readouterr()
    assert told.err == f"digests cannot be compared: the rules have changed since (then 0, now {RULE_NUMBER})\n"
    assert main(["replay", file]) == 0
    told = capsys.readouterr()
    assert "First steps, seed 0: 0 seasons" in told.out
    assert told.err.count("\n") == 1 and "what comes of them may differ" in told.err


@pytest.mark.parametrize("command", [["replay"], ["replay", "--verify"], ["ripples"], ["why", "grass"], ["proof"]])
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"policies": {"alder": "dance", "birch": "with"}}, 'there is no policy "dance"'),
        ({"policies": {"alder": "with"}}, "the level has other seats: alder, birch"),
        ({"policies": []}, '"policies" has another shape'),
        ({"powerdance_replay": 5}, "another version of Powerdance"),
        ({"powerdance_replay": 4}, '"level" has another shape'),
        ({"level": None}, '"level" is missing'),
        ({"seasons": [{"plans": {}}]}, '"seasons.0.digest" is missing'),
    ],
)
def test_what_does_not_fit_is_one_plain_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str], changes: dict[str, object], said: str
) -> None:
    assert main([command[0], replay_of(tmp_path, **changes), *command[1:]]) == 2
    told = capsys.readouterr()
    assert said in told.err and told.err.count("\n") == 1 and told.out == ""
