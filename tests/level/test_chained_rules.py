"""A ruleset may rest on another one, and a level on the whole pile."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.level.problems import LevelError
from game.level.reader import examine, load_level

GROUND = """
format: 1
title: The ground
terrains: {ground: {plain: Ground.}}
stocks:
  grass: {at: tile, kind: matter, range: [0, 1], start: 0.5, plain: Grass.}
numbers:
  growth: {value: 0.4, low: 0.1, high: 0.9, plain: Growth.}
flows:
  growing: {from: outside, to: grass, rate: growth * grass * (1 - grass), plain: Grows.}
  drying: {from: grass, to: outside, rate: 0.1 * grass, plain: Dries.}
"""
UPPER = """
format: 1
title: The upper rules
rules: ground
stocks:
  grass: {start: 0.2}
  hares: {at: tile, kind: matter, range: [0, 1], start: 0.1, plain: Hares.}
numbers: {growth: 0.6}
flows:
  eating: {from: grass, to: hares, rate: 0.2 * hares * grass, plain: Eats.}
  dying: {from: hares, to: outside, rate: 0.1 * hares, plain: Dies.}
"""
LEVEL = """
format: 1
title: On two rulesets
rules: upper
seats: [ann]
communities: {ann: {name: Ann}}
map:
  legend: {".": {terrain: ground, users: [ann]}}
  rows: |
    ..
stocks: {hares: {start: 0.3}}
goals: [{id: never, plain: Never., hold: 0}]
"""


def written(folder: Path, **files: str) -> Path:
    (folder / "rules").mkdir(exist_ok=True)
    for name, text in files.items():
        place = folder / "level.yaml" if name == "level" else folder / "rules" / f"{name}.yaml"
        place.write_text(text, encoding="utf-8")
    return folder / "level.yaml"


def test_the_upper_one_changes_single_fields_of_the_lower(tmp_path: Path) -> None:
    level = load_level(written(tmp_path, ground=GROUND, upper=UPPER, level=LEVEL))
    assert level.stocks["grass"].start == 0.2 and level.stocks["grass"].plain == "Grass."
    assert level.numbers["growth"].value == 0.6 and level.numbers["growth"].high == 0.9
    assert level.stocks["hares"].start == 0.3
    assert {"growing", "drying", "eating", "dying"} <= set(level.flows)


def test_a_ruleset_in_the_middle_is_checked_with_what_lies_below(tmp_path: Path) -> None:
    written(tmp_path, ground=GROUND, upper=UPPER.replace("0.2 * hares * grass", "0.2 * hares * gras"))
    findings = examine(tmp_path / "rules" / "upper.yaml")
    [problem] = [one for one in findings.problems if one.severity == "error"]
    assert "gras" in problem.message and problem.file.endswith("upper.yaml")
    assert UPPER.splitlines()[problem.line - 1].strip().startswith("eating")


def test_a_fault_in_the_undermost_is_told_at_its_place(tmp_path: Path) -> None:
    path = written(tmp_path, ground=GROUND.replace("0.1 * grass", "0.1 * gras"), upper=UPPER, level=LEVEL)
    with pytest.raises(LevelError) as caught:
        load_level(path)
    assert {Path(problem.file).name for problem in caught.value.problems} == {"ground.yaml"}


@pytest.mark.parametrize(
    ("lowest", "said"),
    [("rules: upper", "in a ring"), ("rules: grond", 'there is no ruleset "grond"')],
)
def test_rings_and_missing_ones_are_refused(tmp_path: Path, lowest: str, said: str) -> None:
    path = written(tmp_path, ground=f"{GROUND}\n{lowest}\n", upper=UPPER, level=LEVEL)
    with pytest.raises(LevelError, match=said):
        load_level(path)
