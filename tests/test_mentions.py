"""Files and modules that docstrings, comments and papers name are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE = re.compile(r"(?<![\w./-])(?:docs|game|tests|tools|levels|assets)/[\w./-]*[\w/]")
MODULE = re.compile(r"(?<=`)game(?:\.[a-z_]+)+(?:\.\w+)?\b|(?<=\bas in )game(?:\.[a-z_]+)+\b")


def texts() -> list[Path]:
    python = [file for folder in ("game", "tests", "tools") for file in (ROOT / folder).rglob("*.py")]
    papers = [file for file in (ROOT / "docs").rglob("*.md") if file.parent.name != "reference"]
    return [*python, *papers, ROOT / "README.md"]


def missing_files(text: str) -> set[str]:
    found = {one.group().rstrip(".") for one in FILE.finditer(text)}
    return {one for one in found if not (ROOT / one).exists() and not any(ROOT.glob(f"{one}.*"))}


def missing_modules(text: str) -> set[str]:
    """Return dotted names below `game` of which neither the whole nor all but the last part is a module."""
    missing = set()
    for one in MODULE.finditer(text):
        parts = one.group().split(".")
        places = [ROOT.joinpath(*parts[:length]) for length in (len(parts), len(parts) - 1)]
        if len(parts) > 2 and not any(place.is_dir() or place.with_suffix(".py").is_file() for place in places):
            missing.add(one.group())
    return missing


def test_what_texts_name_is_there() -> None:
    ghosts = {}
    for file in texts():
        text = file.read_text(encoding="utf-8")
        found = missing_files(text) | missing_modules(text)
        if found and file != Path(__file__):
            ghosts[str(file.relative_to(ROOT))] = sorted(found)
    assert not ghosts


def test_a_ghost_is_noticed() -> None:
    assert missing_files("as docs/desing.md has it, see tests/sim and `game/cli.py`.") == {"docs/desing.md"}
    assert missing_modules("as in game.sims.step; `game.sim.step`, `game.sim.step.step()`, `game.play`") == {
        "game.sims.step"
    }
