"""`powerdance levels`: the levels that come with the game."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from game.commands.usage import DOES_NOT_HOLD, FINE, add_json
from game.level.library import shipped_levels
from game.level.problems import LevelError, UnreadableFile
from game.level.reader import examine
from game.level.yaml_text import read_file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `levels` takes."""
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """List the levels; 1 where one of them is broken."""
    rows = listed_levels()
    if arguments.json:
        print(json.dumps(rows, indent=2, ensure_ascii=False))
    for row in () if arguments.json else rows:
        print(f"{row['id']:<24} {row['kind']:<10} {row['title']}")
        print(f"    {row['error'] or row['lesson']}")
    return DOES_NOT_HOLD if any(row["error"] for row in rows) else FINE


def listed_levels() -> list[dict[str, Any]]:
    """Return one row for each shipped level, a broken one with its first error and whatever can be read of it."""
    return [_row(file) for file in shipped_levels()]


def _row(file: Path) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": file.stem,
        "title": file.stem,
        "lesson": "",
        "kind": "broken",
        "number": None,
        "seats": 0,
        "status": "broken",
        "error": "",
    }
    try:
        findings = examine(file)
    except UnreadableFile as error:
        return {**row, "error": str(error)}
    if findings.level is None:
        said = findings.source.data if findings.source else _readable(file)
        row |= {key: said[key] for key in ("title", "lesson") if isinstance(said.get(key), str)}
        errors = [str(problem) for problem in findings.problems if problem.severity == "error"]
        return {**row, "error": errors[0] if errors else f"{file}: this is a ruleset, not a level"}
    level = findings.level
    return {
        **row,
        "title": level.title,
        "lesson": level.lesson,
        "kind": level.kind,
        "number": level.number,
        "seats": len(level.seats),
        "status": "fine",
    }


def _readable(file: Path) -> dict[str, Any]:
    try:
        data = read_file(file).data
    except LevelError:
        return {}
    return data if isinstance(data, dict) else {}
