"""`powerdance --self-test` tries every part and says of each whether it works here."""

from __future__ import annotations

import pytest

from game.cli import main
from game.commands import self_test


def test_every_part_works_and_is_told_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--self-test"]) == 0
    *parts, last = capsys.readouterr().out.splitlines()
    assert [line[:5] for line in parts] == ["ok   "] * 6
    assert last.startswith("powerdance ") and "rules" in last


def test_what_does_not_work_is_told_and_the_rest_is_tried_all_the_same(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> str:
        raise FileNotFoundError("levels are gone\nand more")

    monkeypatch.setattr(self_test, "_levels", missing)
    monkeypatch.setattr(self_test, "_games", missing)
    assert main(["--self-test"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("FAIL")] == [
        "FAIL levels: FileNotFoundError: levels are gone", "FAIL games: FileNotFoundError: levels are gone"
    ]  # fmt: skip
    assert sum(line.startswith("ok") for line in lines) == 4


def test_a_part_that_comes_out_otherwise_is_no_success(monkeypatch: pytest.MonkeyPatch) -> None:
    from game.sim import selftest

    monkeypatch.setattr(selftest, "EXPECTED", "0")
    with pytest.raises(AssertionError, match="differ"):
        self_test._arithmetic()
