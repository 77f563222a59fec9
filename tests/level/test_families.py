"""The family of an action is a word that others go by: `check` knows them all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game.level.explained import explained
from game.level.reader import examine
from game.level.schema_export import level_schema
from game.level.vocabulary import FAMILIES
from game.playing.cards import FAMILY_ICONS
from game.playing.codex import texts
from tests.sim.levels import level_text

ACTION = """
stocks: {days: {at: player, kind: state, range: [0, 9], start: 5, plain: Days.}}
influences: {rest: {of: days, change: 5 - days, plain: They rest.}}
actions: {ask: {mode: with, family: FAMILY, target: community, cost: {days: 1}, plain: Ask.}}
"""


def warnings(family: str, folder: Path) -> list:  # type: ignore[type-arg]
    file = folder / "level.yaml"
    file.write_text(level_text(ACTION.replace("FAMILY", family)), encoding="utf-8")
    return [one for one in examine(file).problems if one.code == "unknown-family"]


def test_a_misspelt_family_is_a_warning_that_says_what_was_meant_and_why_it_counts(tmp_path: Path) -> None:
    (found,) = warnings("dialoge", tmp_path)
    assert found.severity == "warning" and 'did you mean "dialogue"?' in found.message
    assert any("Scripts" in line for line in explained(found))


@pytest.mark.parametrize("family", FAMILIES)
def test_a_known_family_is_none(family: str, tmp_path: Path) -> None:
    assert warnings(family, tmp_path) == []


def test_every_family_that_has_a_picture_or_a_page_is_known() -> None:
    assert set(FAMILY_ICONS) | set(texts()["paths"]) <= set(FAMILIES)


def test_editors_and_authors_are_told_of_them() -> None:
    told = level_schema()["definitions"]["Action"]["properties"]["family"]["anyOf"][0]["enum"]
    assert told == list(FAMILIES)
    paper = (Path(__file__).resolve().parents[2] / "docs" / "levels.md").read_text(encoding="utf-8")
    row = next(line for line in paper.splitlines() if line.startswith("| `family` in an action"))
    assert set(FAMILIES) <= set(re.findall("`([a-z_]+)`", row))
