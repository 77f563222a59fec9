"""What level authors ask of the command line: which levels there are, what is wrong with these files, a new one."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from game.language.suggest import did_you_mean
from game.level.cost import in_words, level_cost
from game.level.library import data_root, find_level, shipped_levels
from game.level.problems import LevelError, Problem, UnreadableFile
from game.level.reader import Findings, examine
from game.level.yaml_text import read_file

SUFFIXES = (".yaml", ".yml")


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


@dataclass
class Checked:
    """What checking some files brought."""

    files: int = 0  # how many could be read
    problems: list[Problem] = field(default_factory=list)
    costs: list[tuple[int, Problem]] = field(default_factory=list)  # of each fine level: node-tiles, and a note of them
    unreadable: list[str] = field(default_factory=list)


def check_files(names: list[str], run: bool = True) -> Checked:
    """Return everything wrong in some files, what the fine levels among them cost, and what could not be read at all.

    A name is a path of a file or folder, or the id of a shipped level.  A
    level without errors is also tried by a run, unless `run` says not to.
    """
    checked = Checked()
    files: list[Path] = []
    for name in names:
        found, complaint = _files_of(name)
        files += [file for file in found if file not in files]
        checked.unreadable += [complaint] if complaint else []
    for file in files:
        try:
            findings = examine(file)
            checked.problems += [problem for problem in findings.problems if problem not in checked.problems]
            checked.problems += _not_told_yet(_tried(findings), checked.problems) if run else []
            checked.costs += _cost_of(findings)
            checked.files += 1
        except UnreadableFile as error:
            checked.unreadable.append(str(error))
    checked.problems.sort()
    return checked


def _cost_of(findings: Findings) -> list[tuple[int, Problem]]:
    if findings.level is None or findings.source is None:
        return []
    cost = level_cost(findings.level)
    return [(cost, findings.source.problem(("map",), "cost", in_words(cost), "note", key=True))]


def _tried(findings: Findings) -> list[Problem]:
    if findings.level is None or findings.source is None:
        return []
    from game.insight.settling import trial_problems

    return trial_problems(findings.level, findings.source)


def _not_told_yet(found: list[Problem], told: list[Problem]) -> list[Problem]:
    """Leave out what another level with the same rules has shown at the same place."""
    places = {(problem.file, problem.line, problem.column, problem.code) for problem in told}
    return [one for one in found if (one.file, one.line, one.column, one.code) not in places]


def _files_of(name: str) -> tuple[list[Path], str]:
    path = Path(name)
    try:
        if path.is_dir():
            found = sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES and file.is_file())
            return found, "" if found else f"{name}: no .yaml files in this folder"
        return [path if path.exists() else find_level(name)], ""
    except (UnreadableFile, OSError, ValueError) as error:
        return [], str(error) if isinstance(error, UnreadableFile) else f"{name}: cannot be read"


def templates() -> dict[str, Path]:
    """Return the templates for new levels by name."""
    return {file.stem: file for file in sorted((data_root() / "levels" / "templates").glob("*.yaml"))}


def write_template(path: Path, template: str) -> None:
    """Write a new level from a template; never over a file that is there already.

    Raises UnreadableFile when that is not possible.
    """
    known = templates()
    if template not in known:
        hint = did_you_mean(template, known)
        raise UnreadableFile(template, f"there is no such template{hint}; templates: {', '.join(known)}")
    if path.suffix not in SUFFIXES:
        raise UnreadableFile(str(path), f"a level file ends in .yaml, as in {path.name or 'my_level'}.yaml")
    text = known[template].read_text(encoding="utf-8")
    try:
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise UnreadableFile(str(path), "this is there already, and nothing was written; choose another name") from None
    except FileNotFoundError:
        raise UnreadableFile(str(path), "the folder for it does not exist; make it first") from None
