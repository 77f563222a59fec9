"""Whatever stands in a level, it is read or refused: nothing else is raised, nothing hangs, memory stays small.

In full: `python -m tests.level.fuzzing --inputs 2000000 --minutes 60`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from game.language.errors import PowerdanceError
from tests.level import fuzzing

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="asks the system for the memory of a process")
@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        (400, ["--expressions", "0.97", "--templates"]),
        pytest.param(20_000, [], marks=[pytest.mark.nightly, pytest.mark.timeout(7200)]),
    ],
)
def test_what_nobody_meant_is_read_or_refused_in_plain_words(inputs: int, words: list[str]) -> None:
    command = [sys.executable, "-m", "tests.level.fuzzing", "--inputs", str(inputs), "--seed", str(inputs), *words]
    tried = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    found = json.loads(tried.stdout or "{}")
    assert found and found["faults"] == [] and tried.returncode == 0, (tried.stdout[:3000], tried.stderr[-3000:])
    assert found["inputs"] == inputs
    assert all(any(came.startswith(kind) for came in found["came"]) for kind in ("refused: Level", "refused: Expr"))


@pytest.mark.parametrize("fault", [ValueError("odd"), RecursionError(), PowerdanceError(" ")])
def test_the_measure_notices_other_errors(fault: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str, scope: object) -> None:
        raise fault

    monkeypatch.setattr(fuzzing, "parse", broken)
    run = fuzzing.Fuzzing(1, tmp_path)
    run.one(1.0)
    assert len(run.faults) == 1


def test_the_measure_notices_what_takes_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzzing, "LONGEST", -1.0)
    run = fuzzing.Fuzzing(1, tmp_path)
    run.one(1.0)
    assert "processor time" in run.faults[0]["what"]
