"""`check --explain`: every warning says why it is given and what to write, and what comes unasked is named."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import game
from game.cli import main
from game.language.unknown import UnknownKind
from game.level.explained import WARNINGS, explained
from game.level.library import shipped_levels
from game.level.problems import Problem
from game.level.templates import write_template

ROOT = Path(game.__file__).parent


def given(tree: ast.AST) -> set[str]:
    """Return the codes of all warnings that a module gives."""
    found = set()
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if getattr(call.func, "attr", "") == "warning" or "warning" in texts:
            found |= {text for text in texts if re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", text)}
    return found


@pytest.fixture
def level(tmp_path: Path) -> Path:
    file = tmp_path / "bay.yaml"
    write_template(file, "fishery")
    return file


def test_every_warning_that_is_given_is_explained() -> None:
    codes = set().union(*(given(ast.parse(file.read_text(encoding="utf-8"))) for file in ROOT.rglob("*.py")))
    assert codes == set(WARNINGS)
    assert all(why.endswith(".") and write.endswith(".") for why, write in WARNINGS.values())


def test_an_unknown_warning_raises() -> None:
    with pytest.raises(UnknownKind):
        explained(Problem("a.yaml", 1, 1, "warning", "never-heard-of", "What is this?"))


def test_a_warning_says_why_and_what_to_write(level: Path, capsys: pytest.CaptureFixture[str]) -> None:
    level.write_text(level.read_text(encoding="utf-8").replace("icon: fish", "icon: fsh"), encoding="utf-8")
    assert main(["check", "--explain", "--no-run", str(level)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "warning: there is no icon" in lines[0]
    assert lines[1].lstrip().startswith("why:") and lines[2].lstrip().startswith("write:")
    assert main(["check", "--no-run", str(level)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_stores_that_come_from_rules_unasked_are_named_with_their_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "own.yaml"
    write_template(file, "small")
    assert main(["check", "--explain", "--no-run", str(file)]) == 0
    (told,) = [line for line in capsys.readouterr().out.splitlines() if "note:" in line]
    assert "valley.yaml:" in told and '"fodder"' in told and "stocks: {fodder: {start: 0}}" in told
    file.write_text(file.read_text(encoding="utf-8") + "stocks: {fodder: {start: 4}}\n", encoding="utf-8")
    assert main(["check", "--explain", "--no-run", str(file)]) == 0
    assert "note:" not in capsys.readouterr().out


def test_shipped_levels_have_nothing_to_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--explain", "--no-run", *map(str, shipped_levels()[:4])]) == 0
    assert "why:" not in capsys.readouterr().out


def test_colours_that_show_nowhere_are_named_with_their_place(level: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(level), "--explain"]) == 0
    (told,) = [line for line in capsys.readouterr().out.splitlines() if "shows nowhere" in line]
    row = int(told.removeprefix(f"{level}:").split(":")[0])
    assert "larder, boats" in told and "fish" not in told
    assert 'icon: barn, colour: "#c9a23f"' in level.read_text(encoding="utf-8").splitlines()[row - 1]


TOWN = """
format: 1
title: A town
rules: valley
seasons: 8
terrains: {street: {plain: A street.}}
communities: {alder: {name: The Alders}, birch: {name: The Birches}}
seats: [alder, birch]
map: {rows: "ab", legend: {a: {terrain: street, home: alder}, b: {terrain: street, home: birch}}}
stocks:
  lamps: {at: world, kind: state, range: [0, 1], start: 0.5, unbalanced: nobody turns them, plain: Lamps.}
objective: lamps
goals: [{id: light, plain: It is light., hold: lamps > 0.4, at: end}]
"""


def test_what_nothing_in_a_town_feeds_is_named_and_people_is_the_cure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Cows, their hay and their ration come with the valley; in a town they starve, and people grow angry."""
    (tmp_path / "town.yaml").write_text(TOWN, encoding="utf-8")
    main(["check", "--explain", "--no-run", str(tmp_path / "town.yaml")])
    told = [line for line in capsys.readouterr().out.splitlines() if "note:" in line]
    named = {re.findall(r'note: "(\w+)"', line)[0]: line for line in told}
    assert set(named) == {"fodder", "herd", "ration"}
    assert "lives on grass, of which this map has none" in named["herd"] and "lives on herd" in named["ration"]
    assert all("rules: people" in line for line in told)
