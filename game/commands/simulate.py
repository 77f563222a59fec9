"""`powerdance simulate`: many games without a screen, summed up."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from game.commands.progress import Progress
from game.commands.usage import (
    FINE,
    UsageError,
    add_backend,
    add_difficulty,
    add_json,
    add_level,
    add_workers,
    seat_policies,
    whole,
)
from game.level.difficulty import at_difficulty
from game.level.reader import changed_level, load_level
from game.level.schema import Level
from game.level.whole_files import check_place
from game.record.replay import write_replay
from game.record.tables import FORMATS, missing_for, write_table
from game.run.backends import numpy_seconds
from game.run.batch import Result, play
from game.run.statistics import wilson
from game.run.workers import play_with_workers
from game.sim import RULE_NUMBER
from game.sim.dials import DIALS
from game.sim.model import compile_level
from game.sim.selftest import self_test
from game.telling import words

WORTH_SAYING = 20.0  # seconds that somebody waits without a word
OF_A_GAME = ("goal.run", "outcome", *DIALS)  # columns that a model without a game has nothing for
_UNITS = (("hours", 3600.0), ("minutes", 60.0), ("seconds", 1.0))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `simulate` takes."""
    add_level(parser)
    parser.add_argument(
        "--policy",
        required=True,
        metavar="P",
        help="how the seats play: with, over, ... or alder=over,others=with",
    )
    add_difficulty(parser)
    parser.add_argument("--runs", type=whole(1), default=100, metavar="N", help="how many seeds (default: 100)")
    parser.add_argument("--seed", type=whole(0), default=0, metavar="S", help="the first seed (default: 0)")
    parser.add_argument("--seasons", type=whole(1), metavar="K", help="stop after so many seasons")
    parser.add_argument(
        "-o", "--out", metavar="FILE", help="a row for each run and season: FILE.csv, .jsonl or .parquet"
    )
    parser.add_argument("--replay", metavar="FILE", help="also keep the game of the first seed, as a replay")
    parser.add_argument(
        "--change",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="another value for a number of the level, as in growth=0.3; may be given often",
    )
    add_backend(parser)
    add_workers(parser)
    add_json(parser)


def parse_changes(texts: list[str]) -> dict[str, Any]:
    """Return {name: value} from texts such as `growth=0.3`.  Raises UsageError."""
    changes: dict[str, Any] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise UsageError(f'write a change as NAME=VALUE, for example growth=0.3, not "{text}"')
        try:
            changes[name.strip()] = json.loads(value)
        except ValueError:
            changes[name.strip()] = value
    return changes


def run(args: argparse.Namespace) -> int:
    """Play many seeds headless and print what became of them."""
    missing = missing_for(args.out or "")
    if missing:
        raise UsageError(missing)
    level = at_difficulty(load_level(args.level), args.difficulty)
    changes = parse_changes(args.change)
    if changes:
        level = changed_level(level, changes)
    policies = seat_policies(args.policy, level.seats)
    out = Path(args.out) if args.out else None
    if out is not None and out.suffix not in FORMATS:
        raise UsageError(f'"{out.name}" should end in {" or ".join(FORMATS)}')
    if out is not None and not out.parent.is_dir():
        raise UsageError(f'the folder "{out.parent}" does not exist')
    if args.replay and changes:
        raise UsageError("a replay is of a level as it is written; leave --change away")
    for file in (args.out, args.replay):
        if file:
            check_place(Path(file))
    model = compile_level(level)
    told = ahead(numpy_seconds(model, args.runs, args.seasons))
    if told:
        print(told, file=sys.stderr, flush=True)
    with Progress(args.runs, "games") as progress:
        seeds = range(args.seed, args.seed + args.runs)
        settings = {"seasons": args.seasons, "keep_history": out is not None, "backend": args.backend}
        if args.workers > 1:
            result = play_with_workers(level, policies, seeds, args.workers, progress.add, **settings)
        else:
            result = play(model, policies, seeds, progress=progress.add, **settings)
    if out is not None:
        write_table(result, out, OF_A_GAME if level.kind == "model" else ())
    if args.replay:
        write_replay(args.level, policies, args.seed, Path(args.replay), args.difficulty)
    summary = _summary(level, args, result)
    print(json.dumps(summary, indent=2) if args.json else _summary_text(level, summary, out))
    return FINE


def ahead(seconds: float) -> str:
    """Say how long NumPy has to compute at least, before it begins; nothing where that is not worth a word."""
    if seconds < WORTH_SAYING:
        return ""
    unit, size = next((unit, size) for unit, size in _UNITS if seconds >= 2 * size or size == 1.0)
    return f"this takes at least {seconds / size:.0f} {unit} of one core with NumPy, less where it is compiled"


def _summary(level: Level, args: argparse.Namespace, result: Result) -> dict[str, Any]:
    low, high = wilson(result.wins, len(result.seeds))
    means = {name: float(values.mean()) for name, values in result.final.items()}
    model = level.kind == "model"  # nobody wins or loses it, and it has no goals
    if model:
        means = {name: value for name, value in means.items() if name not in OF_A_GAME}
    goals = {goal.id: float((result.final[f"goal.{goal.id}"] >= goal.in_a_row).mean()) for goal in level.goals}
    return {
        "level": level.id,
        "runs": len(result.seeds),
        "seed": args.seed,
        "policy": args.policy,
        "difficulty": args.difficulty,
        **({} if model else {"win_rate": result.wins / len(result.seeds), "interval": [low, high]}),
        "distinct": result.distinct,
        "digest": result.digest,
        "rules": RULE_NUMBER,
        "self_test": "passed" if self_test() else "failed",
        **({} if model else {"dials": {name: means[name] for name in DIALS}}),
        "objective": means["objective"],
        **({} if model else {"goals": goals}),
        "means": means,
    }


def _summary_text(level: Level, summary: dict[str, Any], out: Path | None) -> str:
    rough = "" if summary["difficulty"] == "as_told" else f", {summary['difficulty']}"
    if level.kind == "model":
        runs = words.count(summary["runs"], "run")
        lines = [f"{level.title}{rough}: {runs}, seeds from {summary['seed']}; how it ends, on average:"]
        lines += [f"  {name:16} {value:12.6g}" for name, value in summary["means"].items()]
    else:
        low, high = summary["interval"]
        lines = [
            f"{level.title}{rough}: {summary['runs']} games, policy {summary['policy']}, seeds from {summary['seed']}",
            f"  won         {summary['win_rate']:7.1%}   (95 %: {low:.1%} to {high:.1%})",
        ]
        lines += [f"  {goal.id:11} {summary['goals'][goal.id]:7.1%}   {goal.plain}" for goal in level.goals]
        lines += [f"  {name:12} {value:6.2f}" for name, value in summary["dials"].items()]
        lines += [f"  {'objective':12} {summary['objective']:6.3f}"]
    lines += [f"  {summary['distinct']} different outcomes, digest {summary['digest'][:16]}"]
    return "\n".join([*lines, f"  wrote {out}"] if out else lines)
