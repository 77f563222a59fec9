"""Large maps: what would take too much memory or time is refused or left out, and that is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.cli import main
from game.level.cost import MOST_CHOICES, choices
from game.level.library import shipped_levels
from game.level.reader import load_level, parse_level
from game.sim.model import compile_level

HEAD = """format: 1
rules: valley
title: Big
seasons: {{count: 20, ticks: {ticks}}}
seats: [ash, elm]
communities:
  ash: {{name: The Ashes, people: 5, herd: 4}}
  elm: {{name: The Elms, people: 6, herd: 4}}
map:
  legend:
    ".": {{terrain: pasture, users: [ash, elm]}}
    "A": {{home: ash}}
    "E": {{home: elm}}
  rows: |
{rows}
goals:
  - {{id: green, plain: The pasture is green., hold: "mean(grass) >= 0.1", at: end}}
{more}"""
DIG = """actions:
  dig: {mode: over, family: dig, target: {tiles: pasture, area: AREA}, plain: Digs.,
        now: [{move: {from: outside, to: grass, amount: 0.1}}]}
"""


def level(side: int, ticks: int = 8, more: str = "") -> str:
    rows = ["A" + "." * (side - 1), "E" + "." * (side - 1), *["." * side] * (side - 2)]
    return HEAD.format(ticks=ticks, rows="\n".join(f"    {row}" for row in rows), more=more)


def checked(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    file = tmp_path / "level.yaml"
    file.write_text(text, encoding="utf-8")
    status = main(["check", str(file)])
    told = capsys.readouterr()
    return status, told.out + told.err


def test_what_is_counted_is_what_players_are_offered() -> None:
    for path in shipped_levels():
        shipped = load_level(str(path))
        counted = {name: count for name, count in choices(shipped).items() if name in shipped.allowed_actions()}
        offered = dict.fromkeys(counted, 0)
        for candidate in compile_level(shipped).candidates:
            if candidate.action in offered:
                offered[candidate.action] += 1
        assert counted == offered, path.stem


def test_a_place_for_every_tile_of_a_large_map_is_refused_at_the_map(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, told = checked(tmp_path, level(128, more=DIG.replace("AREA", "1")), capsys)
    assert status == 1 and "level.yaml:9:1: error" in told and f"at most {MOST_CHOICES:,}" in told and '"dig"' in told


def test_the_same_action_with_larger_plots_is_fine() -> None:
    assert sum(choices(parse_level(level(64, more=DIG.replace("AREA", "8")))).values()) <= MOST_CHOICES


def test_a_trial_that_would_take_too_long_is_left_out_and_that_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    large = level(128, ticks=64, more="allow: [listen]\n")
    status, told = checked(tmp_path, large, capsys)
    assert status == 0 and "note: the trial of 40 seasons was left out" in told and "no problems" in told
    _, told = checked(tmp_path, level(10), capsys)
    assert "left out" not in told
