"""A file is opened as the desktop does it, else in the editor that somebody named; what fails says so."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from game.screen.kit.desktop import NO_PROGRAM, OPENERS, Opening, open_with_desktop

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows opens files by itself")
OPENER = OPENERS.get(sys.platform, "xdg-open")


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all there is of programs; no editor is named."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    return folder


def program(folder: Path, name: str, ends_with: int) -> Path:
    """A program that writes down what it was given, and ends so."""
    file = folder / name
    file.write_text(f'#!/bin/sh\necho "$@" >> "{folder / name}.told"\nexit {ends_with}\n', encoding="utf-8")
    file.chmod(0o755)
    return file


def told(folder: Path, name: str) -> str:
    file = folder / f"{name}.told"
    return file.read_text(encoding="utf-8").strip() if file.exists() else ""


def ended(opening: Opening, done: Path) -> str:
    """Return what went wrong in the end; `done` is written by the last program."""
    for _ in range(2000):
        opening.look()
        if done.exists():
            break
        time.sleep(0.01)
    for _ in range(2000):  # it has written, and is still to end
        if opening.look():
            break
        time.sleep(0.001)
    return opening.look()


def test_the_desktop_opens_it_and_no_editor_besides(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tools, OPENER, 0)
    monkeypatch.setenv("EDITOR", str(program(tools, "pen", 0)))
    assert ended(open_with_desktop(tools / "own.yaml"), tools / f"{OPENER}.told") == ""
    assert told(tools, OPENER) == str(tools / "own.yaml") and told(tools, "pen") == ""


def test_an_editor_takes_the_place_of_a_desktop_that_knows_no_program(
    tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tools, OPENER, 3)
    monkeypatch.setenv("EDITOR", f"{program(tools, 'pen', 0)} --wait")
    assert ended(open_with_desktop(tools / "own.yaml"), tools / "pen.told") == ""
    assert told(tools, "pen") == f"--wait {tools / 'own.yaml'}"


def test_what_nothing_opens_is_told(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert open_with_desktop(tools / "own.yaml").look() == NO_PROGRAM
    program(tools, OPENER, 3)
    assert ended(open_with_desktop(tools / "own.yaml"), tools / f"{OPENER}.told") == NO_PROGRAM
    monkeypatch.setenv("EDITOR", str(tools / "no such editor"))
    monkeypatch.setenv("VISUAL", 'an "open quote')
    (tools / OPENER).unlink()
    assert "no such file" in open_with_desktop(tools / "own.yaml").look()


def test_a_folder_is_not_opened_in_an_editor(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tools, OPENER, 3)
    monkeypatch.setenv("EDITOR", str(program(tools, "pen", 0)))
    assert ended(open_with_desktop(tools), tools / f"{OPENER}.told") == NO_PROGRAM and told(tools, "pen") == ""
