"""Modules stay under 400 lines, and no function is longer than 50."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LONGEST_MODULE, LONGEST_FUNCTION = 400, 50


def files() -> list[Path]:
    return [file for folder in ("game", "tools") for file in sorted((ROOT / folder).rglob("*.py"))]


def long_functions(text: str) -> list[str]:
    functions = (one for one in ast.walk(ast.parse(text)) if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)))
    return [one.name for one in functions if (one.end_lineno or 0) - one.lineno + 1 > LONGEST_FUNCTION]


def test_no_module_is_too_long() -> None:
    lines = {str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines()) for file in files()}
    assert {name: count for name, count in lines.items() if count > LONGEST_MODULE} == {}


def test_no_function_is_too_long() -> None:
    found = {str(file.relative_to(ROOT)): long_functions(file.read_text(encoding="utf-8")) for file in files()}
    assert {name: functions for name, functions in found.items() if functions} == {}


def test_a_long_function_is_noticed() -> None:
    body = "    pass\n"
    assert long_functions("def f():\n" + body * LONGEST_FUNCTION) == ["f"]
    assert long_functions("def f():\n" + body * (LONGEST_FUNCTION - 1)) == []
