"""The command `balance`: claims and decisions of levels, held against simulation, printed and reported."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from game import balance_words as words
from game.cli import UsageError
from game.headless import Progress
from game.level.library import data_root
from game.level.reader import load_level
from game.level.schema import Level
from game.run.claims import ClaimPlan, Verdict
from game.run.decisions import Decisions, decisions
from game.run.exploits import Search, exploits, search_games
from game.run.kept import Kept, default_path, key_of
from game.run.origins import Footing, footings, range_games
from game.run.study import Record, Request, Study, merge, plain_variant
from game.run.variants import with_planners
from game.run.winning import Row, policy_requests, policy_rows
from game.sim import RULE_NUMBER

FOLDERS = ("campaign", "control")  # what `--all` holds
DECISION_RUNS = 3  # planned games where levels are named
RANGE_SEEDS = 8  # at each point of `--ranges`


@dataclass(frozen=True)
class Report:
    """What simulation says about one level."""

    level: Level
    runs: int
    verdicts: list[Verdict]
    rows: list[Row]
    footings: list[Footing]
    planned: list[Verdict] | None = None  # the claims with planners in the seats of scripts; None where not asked for
    planned_runs: int = 0
    decisions: Decisions | None = None
    search: Search | None = None
    records: dict[str, Record] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether every claim holds as written; all else is told, not judged."""
        return all(verdict.holds and verdict.control_fails for verdict in self.verdicts)

    def as_dict(self) -> dict[str, Any]:
        """What `powerdance balance --json` prints for a level."""
        found: dict[str, Any] = {
            "id": self.level.id,
            "runs": self.runs,
            "rules": RULE_NUMBER,
            "claims": [verdict.as_dict() for verdict in self.verdicts],
            "policies": [row.as_dict() for row in self.rows],
            "origins": [one.as_dict() for one in self.footings],
        }
        if self.planned is not None:
            found["planner_claims"] = [verdict.as_dict() for verdict in self.planned]
        if self.decisions is not None:
            found["decisions"] = self.decisions.as_dict()
        if self.search is not None:
            found["exploits"] = self.search.as_dict()
        return found


def balance(args: argparse.Namespace) -> int:
    """Hold the claims of levels against simulation; 1 when one of them, as written, fails."""
    levels = [load_level(name) for name in _names(args)]
    if args.decision_runs is None:
        args.decision_runs = DECISION_RUNS if args.level else 0
    if args.report:
        _check_report(Path(args.report))
    with (
        closing(Kept(_store(args), args.fresh)) as kept,
        Progress(sum(_games(level, args) for level in levels), "games") as progress,
    ):
        found = [_report(level, args, progress, kept) for level in levels]
        kept.tidy()
    holds = all(report.holds for report in found)
    if args.report:
        from game.lab.pages import write_report

        write_report(Path(args.report), found, args.seed)
    if args.json:
        print(json.dumps({"levels": [report.as_dict() for report in found], "holds": holds}, indent=2))
    else:
        print("\n".join(line for report in found for line in _lines(report)))
    return 0 if holds else 1


def _check_report(path: Path) -> None:
    from game.lab.pages import ReportError, check_report

    try:
        check_report(path)
    except ReportError as error:
        raise UsageError(str(error)) from None


def _names(args: argparse.Namespace) -> list[str]:
    """Return the levels asked for; without any, those of the campaign and the controls."""
    if args.level and args.all:
        raise UsageError("name levels or say --all, not both")
    if args.level:
        return list(args.level)
    return [str(file) for folder in FOLDERS for file in sorted((data_root() / "levels" / folder).glob("*.yaml"))]


def _store(args: argparse.Namespace) -> Path:
    path = Path(args.resume) if args.resume else default_path()
    if args.resume and not path.parent.is_dir():
        raise UsageError(f'the folder "{path.parent}" does not exist')
    return path


def _seeds(args: argparse.Namespace, count: int) -> Sequence[int]:
    return range(args.seed, args.seed + count)


def _requests(level: Level, args: argparse.Namespace) -> tuple[ClaimPlan, list[Request]]:
    """Return what has to be played for the claims, the table and the curves of a report."""
    plan = ClaimPlan(level, _seeds(args, args.runs))
    planner = _seeds(args, args.planner_runs if args.planner else 0)
    policy = _seeds(args, min(args.runs, args.policy_runs))
    named = [variant for index in range(len(level.claims)) for variant in plan.ways(index)[0]]
    plain = {variant.key: variant for variant in named if variant.key == plain_variant(variant.policies).key}
    whole = [Request(variant, plan.seeds, [], True) for variant in plain.values()]
    return plan, [*plan.requests(), *whole, *policy_requests(level, policy, planner)]


def _games(level: Level, args: argparse.Namespace) -> int:
    played = sum(len(request.seeds) for request in merge(_requests(level, args)[1]).values())
    if args.planner:
        planned = ClaimPlan(with_planners(level), _seeds(args, args.planner_runs))
        played += sum(len(request.seeds) for request in merge(planned.requests()).values())
    played += range_games(level, args.ranges, RANGE_SEEDS) if args.ranges else 0
    return played + int(args.decision_runs) + (search_games(level, args.exploits) if args.exploits else 0)


def _report(level: Level, args: argparse.Namespace, progress: Progress, kept: Kept) -> Report:
    workers, done = args.workers, progress.add
    plan, requests = _requests(level, args)
    records = Study(level, workers, args.backend, kept, done).run(requests)
    planned = None
    if args.planner:
        other = with_planners(level)
        planning = ClaimPlan(other, _seeds(args, args.planner_runs))
        planned = planning.verdicts(Study(other, workers, args.backend, kept, done).run(planning.requests()))
    return Report(
        level,
        args.runs,
        plan.verdicts(records),
        policy_rows(level, records),
        footings(level, args.ranges, _seeds(args, RANGE_SEEDS), workers, kept, done),
        planned,
        args.planner_runs,
        _decisions(level, args, progress, kept) if args.decision_runs else None,
        exploits(level, args.exploits, args.seed, workers, kept, done) if args.exploits else None,
        records,
    )


def _decisions(level: Level, args: argparse.Namespace, progress: Progress, kept: Kept) -> Decisions:
    """Return how seasons are decided: as it was kept, or counted now."""
    seeds = _seeds(args, args.decision_runs)
    key = key_of("decisions", level.model_dump(mode="json", by_alias=True), list(seeds))
    arrays = kept.get(key)
    if arrays is not None:
        progress.add(len(seeds))
        taken = dict(zip(arrays["names"].tolist(), arrays["taken"].tolist(), strict=True))
        runs, seasons, close = arrays["counts"].tolist()
        return Decisions(runs, seasons, close, taken)
    found = decisions(level, seeds, progress.add, args.workers)
    counts = np.array([found.runs, found.seasons, found.close])
    taken_by = {"names": np.array(list(found.taken)), "taken": np.array(list(found.taken.values()))}
    kept.put(key, {**taken_by, "counts": counts})
    return found


def _lines(report: Report) -> list[str]:
    lines = [f"{report.level.title} ({report.level.id}), {report.runs} seeds"]
    lines += [line for verdict in report.verdicts for line in words.verdict_lines(verdict)] or ["  makes no claims"]
    if report.planned is not None:
        lines.append(f"  with the planner's versions, {report.planned_runs} seeds (told, not judged):")
        for verdict in report.planned:
            lines += [f"  {line}" for line in words.verdict_lines(verdict)]
    if report.rows:
        lines += words.policy_lines(report.rows)
    lines += words.footing_lines(report.footings)
    if report.decisions is not None:
        lines += words.decision_lines(report.decisions)
    if report.search is not None:
        lines += words.exploit_lines(report.search)
    return lines
