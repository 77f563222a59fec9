"""The folders of the engine import one way only, as the table here has it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

GAME = Path(__file__).resolve().parents[1] / "game"

# What each folder may import from; itself is always allowed.
MAY_IMPORT = {
    "language": set(),
    "level": {"language"},
    "sim": {"language", "level"},
    "insight": {"language", "level", "sim"},
    "players": {"language", "level", "sim", "insight"},
    "run": {"language", "level", "sim", "insight", "players"},
    "record": {"language", "level", "sim", "insight", "players", "run"},
    "bench": {"language", "level", "sim", "insight", "players", "run"},
    "picture": {"language", "level", "sim"},
    "telling": {"language", "level", "sim", "insight", "players"},
    "playing": {"language", "level", "sim", "insight", "players", "telling"},
    "lab": {"language", "level", "sim", "insight", "players", "run", "record", "telling", "playing"},
    "terminal": {"language", "level", "sim", "insight", "players", "run", "record", "telling", "playing"},
    "screen": {"language", "level", "sim", "insight", "players", "run", "record", "picture", "telling", "playing"},
    "commands": {
        "language", "level", "sim", "insight", "players", "run", "record", "bench", "telling", "playing", "lab",
        "terminal", "screen",
    },
}  # fmt: skip
OUTSIDE_OF_SIM = {"pygame", "yaml", "time", "datetime", "random", "os", "pathlib", "sys"}


def imported(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def folders_against_the_direction(folder: str, names: set[str]) -> set[str]:
    inner = {name.split(".")[1] for name in names if name.startswith("game.") and name.count(".") >= 1}
    return {name for name in inner if name in MAY_IMPORT and name != folder and name not in MAY_IMPORT[folder]}


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_a_folder_imports_only_from_below(folder: str) -> None:
    files = sorted((GAME / folder).rglob("*.py"))
    assert files, f"{folder} has no modules"
    for file in files:
        assert not folders_against_the_direction(folder, imported(file)), file


def test_the_check_notices_an_import_against_the_direction() -> None:
    assert folders_against_the_direction("sim", {"game.players.policies"}) == {"players"}


def test_every_folder_of_the_engine_has_its_place() -> None:
    folders = {file.parent.name for file in GAME.glob("*/__init__.py")}
    assert folders == set(MAY_IMPORT)


@pytest.mark.parametrize("folder", ["language", "sim"])
def test_the_core_knows_no_files_clocks_or_screens(folder: str) -> None:
    for file in sorted((GAME / folder).rglob("*.py")):
        roots = {name.split(".")[0] for name in imported(file)}
        assert not roots & OUTSIDE_OF_SIM, file
