"""The command `balance`: claims and decisions of levels, held against simulation and printed."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from game.headless import Progress
from game.level.reader import load_level
from game.level.schema import Level
from game.run.claims import Verdict, check_claims, run_count
from game.run.decisions import MONOTONOUS, OFTEN, Decisions, decisions
from game.run.statistics import wilson
from game.run.variants import with_planners


@dataclass(frozen=True)
class Report:
    """What simulation says about one level."""

    level: Level
    verdicts: list[Verdict]
    planned: list[Verdict] | None  # the claims with planners in the seats of scripts; None where not asked for
    decisions: Decisions | None

    @property
    def holds(self) -> bool:
        """Whether every claim holds as written; planners and decisions are told, not judged."""
        return all(verdict.holds and verdict.control_fails for verdict in self.verdicts)

    def as_dict(self) -> dict[str, Any]:
        """What `powerdance balance --json` prints for a level."""
        found: dict[str, Any] = {"id": self.level.id, "claims": [verdict.as_dict() for verdict in self.verdicts]}
        if self.planned is not None:
            found["planner_claims"] = [verdict.as_dict() for verdict in self.planned]
        if self.decisions is not None:
            found["decisions"] = self.decisions.as_dict()
        return found


def balance(args: argparse.Namespace) -> int:
    """Hold the claims of levels against simulation; 1 when one of them, as written, fails."""
    levels = [load_level(name) for name in args.level]
    with Progress(sum(_games(level, args) for level in levels), "games") as progress:
        found = [_report(level, args, progress) for level in levels]
    holds = all(report.holds for report in found)
    if args.json:
        print(json.dumps({"levels": [report.as_dict() for report in found], "holds": holds}, indent=2))
    else:
        for report in found:
            print(_text(report, args))
    return 0 if holds else 1


def _games(level: Level, args: argparse.Namespace) -> int:
    planned = run_count(with_planners(level)) * args.planner_runs if args.planner else 0
    return run_count(level) * args.runs + planned + int(args.decision_runs)


def _report(level: Level, args: argparse.Namespace, progress: Progress) -> Report:
    def seeds(count: int) -> Sequence[int]:
        return range(args.seed, args.seed + count)

    done, workers, backend = progress.add, args.workers, args.backend
    verdicts = check_claims(level, seeds(args.runs), done, workers, backend)
    planned = None
    if args.planner:
        planned = check_claims(with_planners(level), seeds(args.planner_runs), done, workers, backend)
    decided = decisions(level, seeds(args.decision_runs), done, workers) if args.decision_runs else None
    return Report(level, verdicts, planned, decided)


def _text(report: Report, args: argparse.Namespace) -> str:
    lines = [f"{report.level.title} ({report.level.id}), {args.runs} seeds"]
    lines += [line for verdict in report.verdicts for line in _verdict_lines(verdict)] or ["  makes no claims"]
    if report.planned is not None:
        lines.append(f"  with the planner's versions, {args.planner_runs} seeds (told, not judged):")
        for verdict in report.planned:
            lines += [f"  {line}" for line in _verdict_lines(verdict)]
    if report.decisions is not None:
        lines += _decision_lines(report.decisions)
    return "\n".join(lines)


def _verdict_lines(verdict: Verdict) -> list[str]:
    low, high = verdict.interval
    undecided = "TOO FEW SEEDS TO TELL" if verdict.control_open else "DOES NOT FAIL THERE"
    bites = "fails there, as it must" if verdict.control_fails else undecided
    word = "holds" if verdict.holds else "open " if verdict.open else "FAILS"
    return [
        f"  {word}  {verdict.plain}",
        f"         {verdict.id}: measured {verdict.measured:.3f} (95 %: {low:.3f} to {high:.3f}), "
        f"wanted {verdict.bound}; {verdict.distinct} different outcomes",
        f"         control: {verdict.control_measured:.3f}, wanted {verdict.control_bound}: {bites}",
    ]


def _decision_lines(found: Decisions) -> list[str]:
    def counted(count: int) -> str:
        low, high = wilson(count, found.seasons)
        share = count / max(found.seasons, 1)
        return f"{count} of {found.seasons} seasons, {share:.0%} (95 %: {low:.0%} to {high:.0%})"

    often = found.taken.get(found.most_taken, 0)
    return [
        f"  decisions in {found.runs} planned games (told, not judged):",
        f"    {_word(found.often_close)}  force and partnership are close in {counted(found.close)}; "
        f"wanted at least {OFTEN:.0%}",
        f"    {_word(found.varied)}  {found.most_taken or 'nothing'} is taken in {counted(often)}; "
        f"wanted at most {MONOTONOUS:.0%} for any action",
    ]


def _word(holds: bool) -> str:
    return "holds        " if holds else "does not hold"
