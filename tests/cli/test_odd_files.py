"""What is no ordinary file, as the level to be read and as the file to be written: one plain line, and no hang."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from game.cli import main

ROOT = Path(__file__).resolve().parents[2]
LEVEL = str(ROOT / "levels" / "campaign" / "first_steps.yaml")
MODEL = str(ROOT / "tests" / "imports" / "tank.xmile")
READERS = [
    "balance --explain {}", "balance {} --runs 5", "check {}", "import {} -o level.yaml", "loops {}",
    "pack {} --out level.levelpack", "picture {} --out board.png", "play {} --terminal",
    "simulate {} --policy idle --runs 1", "warm {}", "watch {} --once",
]  # fmt: skip
WRITERS = [
    f"balance {LEVEL} --runs 5000 --report {{}}.html", f"import {MODEL} -o {{}}.yaml",
    f"pack {LEVEL} --out {{}}.levelpack", f"picture {LEVEL} --out {{}}.png",
    f"simulate {LEVEL} --policy idle --runs 100000 --out {{}}.csv",
    f"simulate {LEVEL} --policy idle --runs 100000 --replay {{}}.json",
]  # fmt: skip
pytestmark = pytest.mark.skipif(os.name == "nt", reason="there are no pipes among files here")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for variable in ("XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "kept"))
    return tmp_path


@pytest.mark.timeout(120)
@pytest.mark.parametrize("words", READERS)
def test_a_pipe_or_an_endless_device_is_no_level(words: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kind = "mdl" if words.startswith("import") else "yaml"
    os.mkfifo(folder / f"pipe.{kind}")
    (folder / f"endless.{kind}").symlink_to("/dev/zero")
    for name in ("pipe", "endless"):
        assert main(words.format(f"{name}.{kind}").split()) == 2
        said = capsys.readouterr()
        assert f"{name}.{kind}: is a pipe or a device, not a file" in said.err.splitlines()[0]
        assert said.out == "" and len(said.err.splitlines()) == (2 if words.startswith("check") else 1)
    assert {one.name for one in folder.iterdir()} <= {f"pipe.{kind}", f"endless.{kind}", "kept"}


@pytest.mark.parametrize("words", WRITERS)
@pytest.mark.parametrize("place", ["nowhere/out", "file/out", "pipe"])
def test_what_cannot_be_written_is_told_in_one_line_before_all_the_work(
    words: str, place: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "file").write_text("no folder", encoding="utf-8")
    for ending in ("html", "yaml", "levelpack", "png", "csv", "json"):
        os.mkfifo(folder / f"pipe.{ending}")
    before = {one.name for one in folder.iterdir()}
    assert main(words.format(place).split()) == 2
    (line,) = [line for line in capsys.readouterr().err.splitlines() if line.startswith("powerdance: ")]
    assert place.split("/")[0] in line or "PySD" in line
    assert {one.name for one in folder.iterdir()} - {"kept"} == before
