"""Every key and value of every shipped file, broken once: what does `powerdance check` say about it?

Each case must be noticed (exit 1), named, put on its own line, and blamed on
no other line.  What is known to go unnoticed stands in KNOWN_GAPS, with why.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from game.cli import main
from tests.cli.breakages import Breakage, breakages, shipped_files

SAMPLE = 200  # of so many cases one is tried on every change; all of them at night


def is_ruleset(case: Breakage) -> bool:
    return "rules" in Path(case.file).parts


KNOWN_GAPS: dict[str, Callable[[Breakage], bool]] = {
    "a colour may be any text": lambda case: case.path[-1] == "colour" and case.kind == "value",
    "a clue may be any text": lambda case: case.path[-2:] == ("finds", "clue") and case.kind == "value",
    "a family may be any text": lambda case: case.path[-1] == "family" and case.kind == "value",
}
# Noticed and on the right line, but called by another name or blamed elsewhere as well.
KNOWN_MISNAMED: dict[str, Callable[[Breakage], bool]] = {
    "a number may have keys of its own, and the wrong one is named": lambda case: case.path[0] == "numbers",
    "a missing community name hides the misspelt one": lambda case: case.path[-1] == "name" and case.kind == "key",
    "a wrong key of a target is called missing": lambda case: case.path[-1] in ("area", "communities"),
    "a span is described and not repeated": lambda case: case.path[-1] in ("seasons", "every", "communities"),
}
KNOWN_ELSEWHERE: dict[str, Callable[[Breakage], bool]] = {
    "without its rules a level says new things": lambda case: case.path == ("rules",),
    "an action without its terms": lambda case: "terms" in case.path and case.kind == "key",
    "an action without its agreement": lambda case: "lasts" in case.path and case.kind == "key",
    "a note asks for an action that is offered no more": lambda case: case.path[:2] == ("actions", "allow"),
    "what strikes needs its victims, and what it does needs to strike": lambda case: case.path[-1] == "strikes",
    "a closed set without one of its stocks leaks at every flow": lambda case: case.path[0] == "closed",
    "a comparison misses its share": lambda case: case.path[-1] == "share_of_seeds" and case.kind == "key",
    "a seat that is gone is missed by its claims": lambda case: case.path[0] == "seats",
}


def cases() -> list[Breakage]:
    return [case for file in shipped_files() for case in breakages(file)]


def known(table: dict[str, Callable[[Breakage], bool]], case: Breakage) -> bool:
    return any(fits(case) for fits in table.values())


def faults(case: Breakage, folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return what is wrong with the answer of `check` to one breakage."""
    file = folder / f"{Path(case.file).stem}.yaml"
    file.write_text(case.text, encoding="utf-8")
    status = main(["check", "--json", "--no-run", str(file)])
    printed = capsys.readouterr()
    if "Traceback" in printed.err or status == 2:
        return [f"{case.name}: status {status}, {printed.err.strip()[-200:]}"]
    errors = [problem for problem in json.loads(printed.out) if problem["severity"] == "error"]
    if not errors or status != 1:
        return [] if known(KNOWN_GAPS, case) else [f"{case.name}: not noticed (line {case.line})"]
    own = [problem for problem in errors if problem["file"] == str(file) and problem["line"] == case.line]
    found = []
    if not own:
        found.append(f"{case.name}: line {case.line} not named: {errors[0]}")
    elif not any(case.word in problem["message"] for problem in own) and not known(KNOWN_MISNAMED, case):
        found.append(f'{case.name}: "{case.word}" not named: {own[0]["message"]}')
    allowed = {case.line, *case.nearby, *case.deeper}
    blamed = [p for p in errors if p["file"] == str(file) and p["line"] not in allowed]
    if blamed and not known(KNOWN_ELSEWHERE, case):
        found.append(f"{case.name}: another line is blamed: {blamed[0]}")
    return found


def try_all(chosen: list[Breakage], folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = [fault for case in chosen for fault in faults(case, folder, capsys)]
    assert not found, f"{len(found)} of {len(chosen)}:\n" + "\n".join(found[:20])


@pytest.mark.parametrize("kind", ["key", *(pytest.param(one, marks=pytest.mark.nightly) for one in ("type", "value"))])
def test_a_broken_level_is_reported_where_it_is_broken(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = [case for case in cases() if case.kind == kind and zlib.crc32(case.name.encode()) % SAMPLE == 0]
    assert len(chosen) > 15
    try_all(chosen, tmp_path, capsys)


@pytest.mark.nightly
@pytest.mark.parametrize("kind", ["key", "type", "value"])
def test_every_single_breakage_is_reported(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    try_all([case for case in cases() if case.kind == kind], tmp_path, capsys)
