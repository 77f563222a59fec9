"""`powerdance balance`: claims and decisions of levels, held against simulation, printed and reported."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from game.commands.progress import Progress
from game.commands.usage import DOES_NOT_HOLD, FINE, UsageError, add_backend, add_json, add_workers, expanded, whole
from game.lab import balance_words as words
from game.lab.explain_words import explain_lines
from game.lab.pages import check_report, write_report
from game.language.turns import in_turns
from game.level.library import data_root
from game.level.reader import load_level
from game.level.schema import Level
from game.run.carrying import Explaining
from game.run.claims import ClaimPlan
from game.run.decisions import Decisions, decisions
from game.run.exploits import exploits, search_games
from game.run.finished_blocks import FinishedBlocks, default_path, key_of
from game.run.level_balance import LevelBalance
from game.run.mutual import check_mutual, mutual_games
from game.run.people_answer import measure_people, people_games
from game.run.robustness import range_games, robustness_of
from game.run.study import Request, Study, merge, plain_variant
from game.run.tension import measure_tension, tension_games
from game.run.variants import with_planners
from game.run.winning import policy_requests, policy_rows

FOLDERS = ("campaign", "control")  # what `--all` holds
DECISION_RUNS, TENSION_RUNS, PEOPLE_RUNS = 3, 12, 60  # where levels are named
RANGE_SEEDS = 8  # at each point of `--ranges`
EXPLAIN_RUNS = 40  # seeds of `--explain` at most: so many games for everything that is left out


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `balance` takes."""
    parser.add_argument(
        "level", nargs="*", metavar="LEVEL", help="ids of levels or paths of files (default: campaign and controls)"
    )
    parser.add_argument("--all", action="store_true", help="all levels of the campaign and all controls")
    parser.add_argument("--runs", type=whole(1), default=500, metavar="N", help="how many seeds (default: 500)")
    parser.add_argument("--seed", type=whole(0), default=0, metavar="S", help="the first seed (default: 0)")
    parser.add_argument(
        "--decision-runs",
        type=whole(0),
        metavar="N",
        help="in how many planned games to count the seasons that are real decisions "
        "(default: 3 where levels are named, else none)",
    )
    parser.add_argument(
        "--planner",
        action="store_true",
        help="also try the claims with planners in the scripts' seats; told only, and slow",
    )
    parser.add_argument(
        "--planner-runs", type=whole(1), default=30, metavar="N", help="how many seeds for --planner (default: 30)"
    )
    _add_people_arguments(parser)
    _add_study_arguments(parser)
    add_backend(parser)
    add_workers(parser)
    add_json(parser)


def _add_people_arguments(parser: argparse.ArgumentParser) -> None:
    """What `balance` takes about a player among people."""
    parser.add_argument(
        "--tension-runs",
        type=whole(0),
        metavar="N",
        help="in how many games to tell when they are decided, each season carried on 40 times "
        "(default: 12, at most --runs, where levels are named, else none)",
    )
    parser.add_argument(
        "--people-runs",
        type=whole(0),
        metavar="N",
        help="how many seeds to tell how people answer to partnering and to force "
        "(default: 60, at most --runs, where levels are named, else none)",
    )


def _add_study_arguments(parser: argparse.ArgumentParser) -> None:
    """What `balance` takes beside its claims: what else is tried, and what is kept."""
    parser.add_argument(
        "--policy-runs",
        type=whole(0),
        default=60,
        metavar="N",
        help="how many seeds each policy plays for the table of policies (default: 60, at most --runs; 0: no table)",
    )
    parser.add_argument(
        "--ranges",
        type=whole(0),
        default=0,
        metavar="N",
        help="try the claims at N points of the ranges of the numbers chosen for play (default: 0)",
    )
    parser.add_argument(
        "--exploits",
        type=whole(0),
        nargs="?",
        const=100,
        default=0,
        metavar="N",
        help="search N plans for cheap wins (100 without a number; default: none)",
    )
    parser.add_argument(
        "--explain",
        action="store_true",
        help="instead of all else: leave out each action, event, flow, influence and number in turn, and tell what "
        f"carries each claim ({EXPLAIN_RUNS} seeds at most)",
    )
    parser.add_argument("--report", metavar="FILE", help="also write one self-contained page: FILE.html")
    parser.add_argument(
        "--resume", metavar="FILE", help="keep finished work in this file (default: in the user's cache folder)"
    )
    parser.add_argument("--fresh", action="store_true", help="play everything anew, whatever was kept")


def run(args: argparse.Namespace) -> int:
    """Hold the claims of levels against simulation; 1 when one of them, as written, fails."""
    levels = [load_level(name) for name in _names(args)]
    if args.explain:
        return _explain(levels, args)
    if args.decision_runs is None:
        args.decision_runs = DECISION_RUNS if args.level else 0
    if args.tension_runs is None:
        args.tension_runs = min(args.runs, TENSION_RUNS) if args.level else 0
    if args.people_runs is None:
        args.people_runs = min(args.runs, PEOPLE_RUNS) if args.level else 0
    if args.report:
        check_report(Path(args.report))
    with (
        closing(FinishedBlocks(_store(args), args.fresh)) as finished,
        Progress(sum(_games(level, args) for level in levels), "games") as progress,
    ):
        found = [_report(level, args, progress, finished) for level in levels]
        finished.tidy()
    holds = all(report.holds for report in found)
    if args.report:
        write_report(Path(args.report), found, args.seed)
    if args.json:
        print(json.dumps({"levels": [report.as_dict() for report in found], "holds": holds}, indent=2))
    else:
        print("\n".join(line for report in found for line in _lines(report)))
    return FINE if holds else DOES_NOT_HOLD


def _explain(levels: list[Level], args: argparse.Namespace) -> int:
    """Tell what carries the claims of levels; told, not judged, and so always fine."""
    if args.report:
        raise UsageError("--explain writes no page: leave --report away")
    seeds = _seeds(args, min(args.runs, EXPLAIN_RUNS))
    with closing(FinishedBlocks(_store(args), args.fresh)) as finished:
        asked = [Explaining(level, seeds, finished) for level in levels]
        with Progress(sum(len(one.pieces) for one in asked), "pieces") as progress:
            for one in asked:
                one.prepare(progress.add)
        with Progress(sum(one.games for one in asked), "games") as progress:
            found = [one.played(args.workers, args.backend, progress.add) for one in asked]
        finished.tidy()
    if args.json:
        print(json.dumps({"levels": [one.as_dict() for one in found]}, indent=2))
    else:
        print("\n".join(line for one in found for line in _turned(one.level, explain_lines(one))))
    return FINE


def _names(args: argparse.Namespace) -> list[str]:
    """Return the levels asked for; without any, those of the campaign and the controls."""
    if args.level and args.all:
        raise UsageError("name levels or say --all, not both")
    if args.level:
        return expanded(args.level)
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
    played += mutual_games(level, args.runs)
    played += tension_games(level, args.tension_runs) + people_games(level, args.people_runs)
    played += range_games(level, args.ranges, RANGE_SEEDS) if args.ranges else 0
    return played + int(args.decision_runs) + (search_games(level, args.exploits) if args.exploits else 0)


def _report(level: Level, args: argparse.Namespace, progress: Progress, finished: FinishedBlocks) -> LevelBalance:
    workers, done = args.workers, progress.add
    plan, requests = _requests(level, args)
    records = Study(level, workers, args.backend, finished, done).run(requests)
    planned = None
    if args.planner:
        other = with_planners(level)
        planning = ClaimPlan(other, _seeds(args, args.planner_runs))
        planned = planning.verdicts(Study(other, workers, args.backend, finished, done).run(planning.requests()))
    return LevelBalance(
        level,
        args.runs,
        plan.verdicts(records),
        policy_rows(level, records),
        robustness_of(level, args.ranges, _seeds(args, RANGE_SEEDS), workers, finished, done),
        planned,
        args.planner_runs,
        _decisions(level, args, progress, finished) if args.decision_runs else None,
        exploits(level, args.exploits, args.seed, workers, finished, done) if args.exploits else None,
        check_mutual(level, plan.seeds, workers, args.backend, finished, done),
        measure_tension(level, _seeds(args, args.tension_runs), workers, args.backend, finished, done),
        measure_people(level, _seeds(args, args.people_runs), workers, args.backend, finished, done),
        records,
    )


def _decisions(level: Level, args: argparse.Namespace, progress: Progress, finished: FinishedBlocks) -> Decisions:
    """Return how seasons are decided: as it was kept, or counted now."""
    seeds = _seeds(args, args.decision_runs)
    key = key_of("decisions", level.model_dump(mode="json", by_alias=True), list(seeds))
    arrays = finished.get(key)
    if arrays is not None:
        progress.add(len(seeds))
        taken = dict(zip(arrays["names"].tolist(), arrays["taken"].tolist(), strict=True))
        runs, seasons, close = arrays["counts"].tolist()
        return Decisions(runs, seasons, close, taken)
    found = decisions(level, seeds, progress.add, args.workers)
    counts = np.array([found.runs, found.seasons, found.close])
    taken_by = {"names": np.array(list(found.taken)), "taken": np.array(list(found.taken.values()))}
    finished.put(key, {**taken_by, "counts": counts})
    return found


def _lines(report: LevelBalance) -> list[str]:
    lines = [f"{report.level.title} ({report.level.id}), {report.runs} seeds"]
    lines += [line for verdict in report.verdicts for line in words.verdict_lines(verdict)] or ["  makes no claims"]
    if report.mutual is not None:
        lines += words.mutual_lines(report.mutual)
    if report.tension is not None:
        lines += words.tension_lines(report.tension)
    if report.people is not None:
        lines += words.people_lines(report.people)
    if report.planned is not None:
        lines.append(f"  with the planner's versions, {report.planned_runs} seeds (told, not judged):")
        for verdict in report.planned:
            lines += [f"  {line}" for line in words.verdict_lines(verdict)]
    if report.rows:
        lines += words.policy_lines(report.rows)
    lines += words.robustness_lines(report.robustness)
    if report.decisions is not None:
        lines += words.decision_lines(report.decisions)
    if report.search is not None:
        lines += words.exploit_lines(report.search)
    return _turned(report.level, lines)


def _turned(level: Level, lines: list[str]) -> list[str]:
    turns = level.seasons
    return [in_turns(line, turns.name, turns.several) for line in lines] if turns.name else lines
