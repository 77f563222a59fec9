"""`powerdance check`: everything that is wrong in level files."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from game.commands.usage import DOES_NOT_HOLD, FINE, WRONG_USAGE, add_json, expanded
from game.level.cost import in_words, level_cost
from game.level.explained import colours_beside_tiles, explained, inherited
from game.level.library import SUFFIXES, find_level
from game.level.merge import Source
from game.level.packs import PACK
from game.level.problems import Problem, UnreadableFile
from game.level.reader import Findings, examine
from game.level.schema import Level


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `check` takes."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a level, a ruleset, or a folder of them")
    parser.add_argument("--no-run", action="store_true", help="leave out the trial of 40 seasons in which nobody acts")
    parser.add_argument("--cost", action="store_true", help="list what a tick of each level costs, not of the dearest")
    parser.add_argument(
        "--explain",
        action="store_true",
        help="say of each warning why it is given and what to write, and what a level takes from its rules unasked",
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print every problem; 1 where one is an error, 2 where a file cannot be read."""
    checked = check_files(expanded(arguments.paths), run=not arguments.no_run)
    problems = checked.problems
    shown = problems + [note for _, note in checked.costs] if arguments.cost else problems
    shown = [*shown, *checked.inherited] if arguments.explain else shown
    if arguments.json:
        print(json.dumps([problem.as_dict() for problem in shown], indent=2, ensure_ascii=False))
    else:
        for problem in shown:
            print("\n".join([str(problem), *(explained(problem) if arguments.explain else ())]))
    for complaint in checked.unreadable:
        print(f"powerdance: {complaint}", file=sys.stderr)
    if checked.costs and not arguments.cost:
        print(max(checked.costs)[1], file=sys.stderr)
    errors = sum(problem.severity == "error" for problem in problems) + len(checked.unreadable)
    warnings = sum(problem.severity == "warning" for problem in problems)
    counts = [f"{_counted(count, word)}" for count, word in ((errors, "error"), (warnings, "warning")) if count]
    print(f"{_counted(checked.files + checked.lost, 'file')}, {' and '.join(counts) or 'no problems'}", file=sys.stderr)
    if checked.unreadable:
        return WRONG_USAGE
    return DOES_NOT_HOLD if errors else FINE


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


@dataclass
class Checked:
    """What checking some files brought."""

    files: int = 0  # how many could be read
    levels: list[Level] = field(default_factory=list)  # those among them that have no errors
    problems: list[Problem] = field(default_factory=list)
    costs: list[tuple[int, Problem]] = field(default_factory=list)  # of each fine level: node-tiles, and a note of them
    inherited: list[Problem] = field(default_factory=list)  # notes of what levels take from their rules and never name
    unreadable: list[str] = field(default_factory=list)
    lost: int = 0  # how many files could not be read


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
        checked.lost += bool(complaint) and not Path(name).is_dir()
    for file in files:
        try:
            findings = examine(file)
            checked.problems += [problem for problem in findings.problems if problem not in checked.problems]
            checked.problems += _not_told_yet(_looked_at(findings, run), checked.problems)
            if not any(problem.severity == "error" for problem in findings.problems):  # of a size that can be read
                checked.problems += _letters_lacking(file)
            checked.levels += [findings.level] if findings.level is not None and not findings.broken else []
            checked.costs += _cost_of(findings)
            checked.inherited += [*_inherited(findings), *colours_beside_tiles(findings)]
            checked.files += 1
        except UnreadableFile as error:
            checked.unreadable.append(str(error))
            checked.lost += 1
    checked.problems.sort()
    return checked


def _letters_lacking(file: Path) -> list[Problem]:
    """Return a warning for letters that no font of this computer can show, at the first of them."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return []
    if text.isascii():
        return []
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    from game.screen.kit.scripts import missing

    # Remarks are for authors only.
    written = ["" if line.lstrip().startswith("#") else line.partition(" #")[0] for line in text.split("\n")]
    lacking = missing("".join(written))
    if not lacking:
        return []
    row, line = next((row, line) for row, line in enumerate(written, 1) if lacking[0] in line)
    shown = lacking[:20] + ("…" if len(lacking) > 20 else "")
    message = f"no font of this computer shows {shown}; the window draws boxes there: install one that has them"
    return [Problem(str(file), row, line.index(lacking[0]) + 1, "warning", "letters-not-shown", message)]


def _cost_of(findings: Findings) -> list[tuple[int, Problem]]:
    if findings.level is None or findings.source is None:
        return []
    cost = level_cost(findings.level)
    return [(cost, findings.source.problem(("map",), "cost", in_words(cost), "note", key=True))]


def _inherited(findings: Findings) -> list[Problem]:
    if findings.level is None:
        return []
    from game.sim.model import compile_level

    model = compile_level(findings.level)
    on_land = [name for name, plan in model.stocks.items() if plan.place == "tile" and plan.live.any()]
    return inherited(findings, model.level, on_land)


def _looked_at(findings: Findings, run: bool) -> list[Problem]:
    """Return what is wrong with a level that can be read: with its starts and loops, and as it is tried by a run."""
    if findings.level is None or findings.source is None:
        return []
    from game.insight.named_loops import loop_problems
    from game.insight.settling import trial_problems

    level, source = findings.level, findings.source
    found = [*_cut_starts(level, source), *loop_problems(level, source)]
    return [*found, *trial_problems(level, source)] if run else found


def _cut_starts(level: Level, source: Source) -> list[Problem]:
    """Return a warning for each stock whose rule for its start leads out of its range, with the first seed."""
    if not any(isinstance(stock.start, str) for stock in level.stocks.values()):
        return []
    from game.sim.beginning import new_worlds
    from game.sim.model import compile_level
    from game.sim.starts import said

    model = compile_level(level)
    world, found = new_worlds(model, [1]), []
    for name in model.starting:
        plan = model.stocks[name]
        told = said(plan, model.layout, world)[(plan.live * (world.stock[name] * 0.0 + 1.0)) > 0.0]
        low, high = float(told.min(initial=plan.low)), float(told.max(initial=plan.high))
        if low < plan.low or high > plan.high:
            wrong = low if low < plan.low else high
            message = (
                f'"{name}" would begin at {wrong:.4g}, and is held to its range, {plan.low:g} to {plan.high:g}: '
                "widen the range, or mend the start"
            )
            found.append(source.problem(("stocks", name, "start"), "start-outside", message, "warning"))
    return found


def _not_told_yet(found: list[Problem], told: list[Problem]) -> list[Problem]:
    """Leave out what another level with the same rules has shown at the same place."""
    places = {(problem.file, problem.line, problem.column, problem.code) for problem in told}
    return [one for one in found if (one.file, one.line, one.column, one.code) not in places]


def _files_of(name: str) -> tuple[list[Path], str]:
    path = Path(name)
    try:
        if path.is_dir():
            found = sorted(file for file in path.rglob("*") if file.suffix in (*SUFFIXES, PACK) and file.is_file())
            return found, "" if found else f"{name}: no .yaml files in this folder"
        return [path if path.exists() else find_level(name)], ""
    except (UnreadableFile, OSError, ValueError) as error:
        return [], str(error) if isinstance(error, UnreadableFile) else f"{name}: cannot be read"
