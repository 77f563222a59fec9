"""Where output goes: narrow consoles, closed and full streams.  One plain line at most, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = [
    "--help", "--version", "levels", "check first_steps --no-run --json", "simulate first_steps --policy idle --runs 2",
    "loops first_steps", "play first_steps --terminal", "schema",
    "watch levels/campaign/first_steps.yaml --once --games 1", "picture first_steps --out {folder}/board.png",
]  # fmt: skip
ODD = "title: ≥ 東京 \U0001f404"


def run(words: str, shell: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command as most people have it: its output is written once enough of it has gathered."""
    outside = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.run(
        f'"{sys.executable}" -m game {words} {shell}',
        shell=True, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, timeout=300,
        env={**outside, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip


def lines(raw: bytes) -> list[str]:
    return raw.decode("utf-8", "replace").splitlines()


FULL_DISK = [
    *((words, "") for words in COMMANDS if words != "levels"),
    pytest.param("levels", "", marks=pytest.mark.nightly),
    pytest.param("levels", "1", marks=pytest.mark.nightly),
]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize(
    ("words", "at_once"),
    FULL_DISK,
)
def test_a_full_disk_is_one_line_and_a_status(words: str, at_once: str, tmp_path: Path) -> None:
    done = run(words.format(folder=tmp_path), "> /dev/full", PYTHONUNBUFFERED=at_once)
    assert done.returncode == 2
    said = [line for line in lines(done.stderr) if not line.endswith(("are allowed", "no problems"))]  # of a check
    assert said == ["powerdance: no space left on device"]


@pytest.mark.skipif(os.name == "nt", reason="needs a shell that closes streams")
@pytest.mark.parametrize("closed", [">&-", "<&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    "words",
    ["--help", pytest.param("levels", marks=pytest.mark.nightly), "play first_steps --terminal", COMMANDS[-1]],
)
def test_a_closed_stream_harms_nothing(words: str, closed: str, tmp_path: Path) -> None:
    done = run(words.format(folder=tmp_path), closed)
    assert done.returncode == 0 and done.stderr == b""


@pytest.mark.parametrize(
    "encoding",
    ["cp1252", pytest.param("ascii", marks=pytest.mark.nightly), pytest.param("cp437", marks=pytest.mark.nightly)],
)
def test_a_narrow_console_shows_what_it_can(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "level.yaml"
    file.write_text(f"{ODD}\nmap: 3\n", encoding="utf-8")
    narrow = {"PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
    simulate = "simulate first_steps --policy idle --runs 2"
    for words in (f'check --no-run "{file}"', "levels", "loops first_steps", simulate):
        done = run(words, **narrow)
        assert done.returncode in (0, 1), done.stderr
        said = done.stdout + done.stderr
        assert said and b"should not have happened" not in said and b"Traceback" not in said


def test_a_sign_that_a_console_lacks_leaves_the_rest_of_the_message(tmp_path: Path) -> None:
    file = tmp_path / "level.yaml"
    text = (ROOT / "levels" / "campaign" / "first_steps.yaml").read_text(encoding="utf-8")
    file.write_text(text.replace("emblem: boots", "emblem: ≥≥"), encoding="utf-8")
    done = run(f'check --no-run "{file}"', PYTHONUTF8="0", PYTHONIOENCODING="cp1252")
    assert done.returncode == 1 and b'level.yaml:10:9: error: "??" is no name of an icon' in done.stdout + done.stderr


@pytest.mark.parametrize(("pattern", "files"), [("*.yaml", 2), ("on?.yaml", 1), ("[ot]*.yaml", 2)])
def test_a_pattern_that_the_shell_left_as_it_was_is_written_out(pattern: str, files: int, tmp_path: Path) -> None:
    text = (ROOT / "levels" / "campaign" / "first_steps.yaml").read_text(encoding="utf-8")
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    done = run(f"check --no-run '{tmp_path}/{pattern}'")
    assert done.returncode == 0 and f"{files} file" in lines(done.stderr)[-1]


def test_a_pattern_that_fits_nothing_is_named_as_it_was_typed(tmp_path: Path) -> None:
    done = run(f"check '{tmp_path}/*.yaml'")
    assert done.returncode == 2 and "*.yaml: no such file" in lines(done.stderr)[0]
