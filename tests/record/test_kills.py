"""Whatever is being kept when the program is ended at once: nothing is torn, nothing acknowledged is lost, no litter.

In full, 10,000 kills of each kind: `pytest -m nightly tests/record/test_kills.py`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from game.level.whole_files import write_whole

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="ends forks of this process")
counted = pytest.mark.parametrize(
    "kills", [20, pytest.param(10_000, marks=[pytest.mark.nightly, pytest.mark.timeout(7200)])]
)


def found_after(kind: str, kills: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.record.killing", kind, "--kills", str(kills)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


@counted
@pytest.mark.parametrize("kind", ["saves", "settings", "replays", "studies"])
def test_nothing_is_torn_lost_or_left_about(kind: str, kills: int) -> None:
    found = found_after(kind, kills)
    assert found["kills"] == kills and found["writes"] >= kills
    assert (found["torn"], found["lost"], found["litter"]) == (0, 0, []), found


@counted
def test_a_naive_writer_fails_the_same_test(kills: int) -> None:
    assert found_after("naive", kills)["torn"] > kills / 20


def test_what_a_dead_process_left_goes_and_what_a_living_one_writes_stays(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = tmp_path / "names"
    write_whole(left, "")
    machine = next(iter(_machine_signs()))
    dead, ours, strange = (tmp_path / f".x.{sign}-{process}-abc.new" for sign, process in (
        (machine, ended.pid), (machine, os.getpid()), ("00000000", ended.pid)))  # fmt: skip
    for one in (dead, ours, strange, tmp_path / ".other.new"):
        one.write_text("half")
    write_whole(left, "whole")
    assert not dead.exists() and ours.exists() and strange.exists() and (tmp_path / ".other.new").exists()


def _machine_signs() -> set[str]:
    from game.level import whole_files

    return {whole_files._machine()}
