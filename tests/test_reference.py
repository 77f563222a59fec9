"""docs/reference: what is written there is what the rules say now."""

from __future__ import annotations

import importlib.util
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import pytest

from game.level.library import shipped_rules

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("level_reference", ROOT / "tools" / "level_reference.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.load_level = lru_cache(module.load_level)  # every page asks every level
    module.page = lru_cache(module.page)
    return module


@pytest.mark.parametrize("name", shipped_rules())
def test_the_written_reference_is_what_the_tool_writes_now(name: str, tool: ModuleType) -> None:
    file = ROOT / "docs" / "reference" / f"{name}.md"
    written = file.read_text(encoding="utf-8") if file.exists() else ""
    if written != tool.page(name):
        pytest.fail(f"docs/reference/{name}.md is out of date; run: python tools/level_reference.py", pytrace=False)


@pytest.mark.parametrize("name", shipped_rules())
def test_every_piece_of_the_rules_has_its_row(name: str, tool: ModuleType) -> None:
    page, own = tool.page(name), tool.ruleset(name)[1]
    for section in tool.SECTIONS:
        for piece in own.get(section, {}):
            assert f"\n| `{piece}` |" in page, f"{section}: {piece}"


def test_a_row_says_what_an_action_does_and_which_levels_have_it(tool: ModuleType) -> None:
    (row,) = [line for line in tool.page("village").splitlines() if line.startswith("| `barn_raising` |")]
    assert all(said in row for said in ("with, resonance", "2 to 6 communities", "each season:", "nail_and_barn"))
    (row,) = [line for line in tool.page("village").splitlines() if line.startswith("| `wear` |")]
    assert "0.01 to 0.3" in row and "1/season" in row and "play" in row
