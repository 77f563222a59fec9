"""The command `balance`: which levels, what it prints, what it keeps, how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.cli import main
from game.commands import balance as balancing
from tests.run.beans import BEANS

QUICK = ("--runs", "40", "--policy-runs", "5", "--decision-runs", "0")


@pytest.fixture(autouse=True)
def kept_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(balancing, "default_path", lambda: tmp_path / "kept.sqlite")
    (tmp_path / "beans.yaml").write_text(BEANS, encoding="utf-8")
    return tmp_path


def test_json_holds_claims_policies_and_origins(kept_here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["balance", str(kept_here / "beans.yaml"), *QUICK, "--ranges", "3", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (level,) = found["levels"]
    assert found["holds"] and level["id"] == "beans"
    (claim,) = level["claims"]
    assert {"id", "plain", "measured", "bound", "holds", "control_fails", "distinct"} <= set(claim)
    assert [row["policy"] for row in level["policies"]][:3] == ["idle", "random", "over"]
    assert level["origins"][0]["play_numbers"] == ["hunger"] and level["origins"][0]["points"] == 3


def test_a_claim_that_fails_ends_with_one(kept_here: Path) -> None:
    file = kept_here / "false.yaml"
    file.write_text(BEANS.replace('measure: "beans[us] > 1"', 'measure: "beans[us] > 99"'), encoding="utf-8")
    assert main(["balance", str(file), *QUICK]) == 1


def test_finished_work_is_not_done_again_unless_asked_for(kept_here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["balance", str(kept_here / "beans.yaml"), *QUICK, "--ranges", "2", "--exploits", "4"]
    assert main(words) == 0
    played: list[int] = []
    monkeypatch.setattr("game.run.study.play_block", lambda *args: played.append(1) or 1 / 0)
    assert main(words) == 0 and not played
    assert main([*words, "--fresh"]) == 2 and played


def test_an_interrupted_study_goes_on(
    kept_here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["balance", str(kept_here / "beans.yaml"), *QUICK, "--resume", str(kept_here / "mine.sqlite")]
    assert main(words) == 0
    whole = capsys.readouterr().out
    (kept_here / "mine.sqlite").unlink()
    add, blocks = balancing.Progress.add, []

    def stop_after_two(self: balancing.Progress, count: int) -> None:
        blocks.append(count)
        if len(blocks) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(balancing.Progress, "add", stop_after_two)
    assert main(words) == 130
    monkeypatch.setattr(balancing.Progress, "add", add)
    capsys.readouterr()
    assert main(words) == 0 and capsys.readouterr().out == whole


def test_without_a_level_all_of_the_campaign_and_the_controls_are_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(balancing, "load_level", lambda name: asked.append(Path(name).stem) or 1 / 0)
    for words in (["balance"], ["balance", "--all"]):
        asked.clear()
        main(words)
        assert asked == ["first_steps"]
    assert main(["balance", "one_nail", "--all"]) == 2


@pytest.mark.parametrize("name", ["gone/kept.sqlite", "."])
def test_a_place_that_keeps_nothing_is_told_of(name: str, kept_here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["balance", str(kept_here / "beans.yaml"), *QUICK, "--resume", str(kept_here / name)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
