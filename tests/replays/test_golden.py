"""Known games end in the bits that are written down, on every kind of processor, for each number of the rules."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from game.sim import RULE_NUMBER
from game.sim.selftest import EXPECTED
from tests.replays.golden import kept, moved, played

ROOT = Path(__file__).parent.parent.parent
# What the vector units are called, newest first: the names of NumPy from 2.4 on, and those before.
LEVELS = (("AVX512_SPR", "AVX512_ICL", "X86_V4"), ("X86_V3",))
OLDER_LEVELS = (
    ("AVX512_SPR", "AVX512_ICL", "AVX512_CNL", "AVX512_CLX", "AVX512_SKX", "AVX512CD", "AVX512F"),
    ("AVX2", "FMA3"),
)


@cache
def here() -> list[dict[str, Any]]:
    return played()


def test_known_games_end_in_the_bits_that_are_written_down() -> None:
    written = kept().get(str(RULE_NUMBER))
    assert written, f"nothing is written down for rules {RULE_NUMBER}: run `python -m tests.replays.golden`"
    lines = moved(here(), written)
    assert not lines, "\n".join(
        [
            f"{len(lines)} of {len(here())} games end in other bits than rules {RULE_NUMBER} give.",
            "If that was meant, raise RULE_NUMBER in game/sim/__init__.py and rewrite: python -m tests.replays.golden",
            "If only a policy was meant to choose otherwise: python -m tests.replays.golden --again",
            *lines,
        ]
    )


def test_a_digest_that_moved_is_told_with_its_game() -> None:
    """The control: other bits do not pass."""
    before = [dict(row) for row in here()]
    before[3]["digest"] = "0" * 64
    assert len(moved(here(), before)) == 1 and before[3]["level"] in moved(here(), before)[0]
    assert len(moved(here(), before[:-2])) == 3


def test_the_known_games_are_different_games() -> None:
    assert len({row["digest"] for row in here()}) >= 42


def elsewhere(changes: dict[str, str], python: str = sys.executable) -> subprocess.Popen[str]:
    """Start playing the same games in another process with other settings."""
    return subprocess.Popen(
        [python, "-m", "tests.replays.golden", "--print"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **changes},
    )


def assert_same_bits(process: subprocess.Popen[str]) -> None:
    out, complaints = process.communicate()
    assert process.returncode == 0, complaints
    found = json.loads(out)
    assert found["self_test"] == EXPECTED
    assert not moved(found["games"], json.loads(json.dumps(here())))


def processor_levels() -> list[str]:
    """Return what to switch off, one level after the other; only what this build of NumPy lets one switch off."""
    try:
        from numpy._core._multiarray_umath import __cpu_dispatch__ as can_be_off
    except ImportError:  # the list is no promise of NumPy's
        return []
    names = LEVELS if set(can_be_off) & set(sum(LEVELS, ())) else OLDER_LEVELS
    found, off = [], []
    for level in names:
        off += [name for name in level if name in can_be_off]
        found += [" ".join(off)] if off and " ".join(off) not in found else []
    return found


def test_less_able_vector_units_change_no_bit() -> None:
    levels = processor_levels()
    if not levels:
        pytest.skip("this build of NumPy has only one kind of vector unit")
    running = [elsewhere({"NPY_DISABLE_CPU_FEATURES": off}) for off in levels]
    for process in running:
        assert_same_bits(process)


def test_the_hash_seed_and_the_mathematics_library_change_no_bit() -> None:
    assert_same_bits(elsewhere({"PYTHONHASHSEED": "random", "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F"}))


@pytest.mark.nightly
@pytest.mark.timeout(900)
@pytest.mark.parametrize("wanted", ["numpy==2.0.*", "numpy==2.2.*", "numpy"])
def test_other_versions_of_numpy_change_no_bit(wanted: str, tmp_path: Path) -> None:
    """`pytest -m nightly tests/replays`: each version in a virtual environment of its own."""
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    needed = [wanted, "pyyaml", "pydantic", "platformdirs", "tomli-w", "tomli"]
    done = subprocess.run([python, "-m", "pip", "install", "-q", *needed], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"{wanted} has no build for this Python: {done.stderr[-200:]}")
    version = subprocess.run(
        [python, "-c", "import numpy; print(numpy.__version__)"], capture_output=True, text=True, check=True
    )
    assert wanted == "numpy" or version.stdout.startswith(wanted[7:10]), f"{version.stdout} beside {np.__version__}"
    assert_same_bits(elsewhere({}, str(python)))
