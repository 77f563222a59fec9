"""docs/authors/keys.md: every key of a level stands on a page, with what it holds and what it means."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from game.level.schema_export import level_schema

ROOT = Path(__file__).resolve().parents[1]
THE_SAME_AGAIN = ("Rules", "PureModel", "Some")  # parts of the schema that repeat others


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("key_reference", ROOT / "tools" / "key_reference.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_written_page_is_what_the_tool_writes_now(tool: ModuleType) -> None:
    if (ROOT / "docs" / "authors" / "keys.md").read_text(encoding="utf-8") != tool.page():
        pytest.fail("docs/authors/keys.md is out of date; run: python tools/key_reference.py", pytrace=False)


def test_every_part_of_a_level_has_its_table_and_every_key_its_words(tool: ModuleType) -> None:
    parts = {name: part for name, part in level_schema()["definitions"].items() if not name.startswith(THE_SAME_AGAIN)}
    assert set(parts) == set(tool.PARTS)
    silent = [
        f"{name}.{key}"
        for name, part in parts.items()
        for key, value in part["properties"].items()
        if not value.get("description")
    ]
    assert silent == []


def test_bounds_stand_beside_a_key(tool: ModuleType) -> None:
    stock = tool.page().split("## A stock\n")[1].split("\n## ")[0]
    effect = tool.page().split(": an effect\n")[1].split("\n## ")[0]
    assert "| `spread` | number from 0 to 0.25, usually 0 |" in stock
    assert "| **`start`** | an expression |" in stock
    assert "| `who` | `users`, `others`, `partners` |" in effect
