"""Write docs/coverage.md (where ideas, paths and circumstances live), docs/claims.md (what was measured), and the part
of docs/balance.md about a player among people.

Run it after every change of a ruleset or of the levels:

    python tools/campaign_docs.py                 # coverage.md; a test holds it against what this would write now,
                                                  # and what balance.md explains
    python tools/campaign_docs.py --claims        # claims.md too: 500 games for every claim, which takes minutes
    python tools/campaign_docs.py --claims --level the_breath   # of this level alone; what is told of others stays
                                                               # (--people does the same)
    python tools/campaign_docs.py --people        # and the tables of balance.md about people, which takes an hour

What was played before is not played again; Ctrl-C loses nothing that is finished.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]  # so that it also runs where the game is not installed

import people_docs  # noqa: E402
from people_docs import table  # noqa: E402

from game.commands.progress import Progress  # noqa: E402
from game.insight.circumstance import NAMES  # noqa: E402
from game.insight.vigilance import calls_for_vigilance  # noqa: E402
from game.lab.balance_words import mutual_control  # noqa: E402
from game.level.library import shipped_levels  # noqa: E402
from game.level.reader import load_level  # noqa: E402
from game.level.schema import Level  # noqa: E402
from game.level.yaml_text import read_file  # noqa: E402
from game.run.claims import ClaimPlan, Verdict  # noqa: E402
from game.run.finished_blocks import FinishedBlocks, default_path  # noqa: E402
from game.run.mutual import MutualVerdict, check_mutual, mutual_games  # noqa: E402
from game.run.study import Study, merge  # noqa: E402
from game.sim import RULE_NUMBER  # noqa: E402
from game.sim.model import Model, compile_level  # noqa: E402

IDEAS = ROOT / "assets" / "strings" / "ideas.yaml"
COVERAGE, CLAIMS, BALANCE = (ROOT / "docs" / name for name in ("coverage.md", "claims.md", "balance.md"))
TO_COME = "*still to come*"
SEED, RUNS, PEOPLE_RUNS, TENSION_RUNS = 20261124, 500, 60, 12
CONTRACT = re.compile(r"^\| `(\w+)` \| (?:with|mixed) \| .*$", re.MULTILINE)  # a row of claims.md
SECTION = re.compile(r"^## .* \(`(\w+)`\)\n(?:(?!^## ).*\n)*", re.MULTILINE)  # what it tells of one level
Found = tuple[Level, Sequence[Verdict], MutualVerdict | None]


def words() -> tuple[dict[int, str], dict[str, str]]:
    """Return the ideas by number and the paths by family, in words."""
    data: Any = read_file(IDEAS).data
    return {int(number): str(text) for number, text in data["ideas"].items()}, dict(data["paths"])


def levels() -> list[Level]:
    """Return all shipped levels: the campaign in its order, then the others."""
    found = [load_level(file) for file in shipped_levels()]
    return sorted(found, key=lambda level: (level.kind != "campaign", level.number or 0, level.id))


def coverage() -> str:
    """Return the page that tells where every idea, path and circumstance lives."""
    ideas, paths = words()
    told: Any = read_file(IDEAS).data
    shipped = levels()
    models = {level.id: compile_level(level) for level in shipped}
    lines = [
        "# Where every idea lives",
        "",
        "Made by `python tools/campaign_docs.py`; do not edit it by hand. The ideas of a level are what it names under",
        "`ideas`; its paths are the families of its actions of power-with; its circumstances are computed from its",
        "rules, for every action of force it offers ([the meter](model.md#what-calls-for-vigilance)).",
        "",
        "## Ideas",
        "",
        *table(
            ("idea", "levels"),
            (
                (f"{number}. {text}", _users(one.id for one in shipped if number in one.ideas))
                for number, text in ideas.items()
            ),
        ),
        "## Ten paths of power with",
        "",
        *table(
            ("path", "what it is", "levels"),
            (
                (f"`{path}`", text, _users(name for name, model in models.items() if path in _paths(model)))
                for path, text in paths.items()
            ),
        ),
        "## Five circumstances that call for vigilance",
        "",
        *table(("circumstance", "levels, each with its actions of force"), _circumstances(models)),
        "## Level by level",
        "",
        *table(
            ("level", "ideas", "paths", "circumstances"), (_level_row(level, models[level.id]) for level in shipped)
        ),
        *_asked(told, models),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _asked(told: Any, models: dict[str, Model]) -> list[str]:
    """Return what a level asks that no other does, and where three things live that are easily left out."""
    asks: dict[str, str] = told["asks"]
    pictures: dict[str, str] = told["pictures"]
    rows = [(f"`{name}`", asks[name], _picture(pictures.get(name))) for name in models if name in asks]
    return [
        "## What a level asks that no other does",
        "",
        *table(("level", "asks", "picture"), rows),
        "## Emergence, integrity and children",
        "",
        "Each has a stock, a flow or influence that moves it by itself, and an action that matters:",
        "",
        *table(
            ("what", "level", "stock", "moved by", "action"),
            (_lives(models[row["level"]], row) for row in told["lives"]),
        ),
    ]


def _picture(name: str | None) -> str:
    return f"[seen](pictures/{name}.png)" if name else ""


def _lives(model: Model, row: dict[str, str]) -> tuple[str, ...]:
    """Return where something lives, in the words of its level.  Raises KeyError for what its level does not have."""
    level, stock, action = model.level, model.level.stocks[row["stock"]], model.actions[row["action"]].spec
    by = level.flows[row["by"]] if row["by"] in level.flows else level.influences[row["by"]]
    return (
        row["what"],
        f"`{level.id}`",
        f"{stock.name} (`{row['stock']}`)",
        by.plain,
        f"{action.name} (`{row['action']}`)",
    )


def _paths(model: Model) -> list[str]:
    found = [plan.spec.family for plan in model.actions.values() if plan.spec.mode == "with"]
    return list(dict.fromkeys(found))


def _risky(model: Model) -> dict[str, list[str]]:
    """Return for each circumstance the actions of force it holds for, for one target at least."""
    found: dict[str, list[str]] = {name: [] for name in NAMES}
    for candidate in model.candidates:
        if model.actions[candidate.action].spec.mode == "over":
            for name in calls_for_vigilance(model, candidate):
                if candidate.action not in found[name]:
                    found[name].append(candidate.action)
    return found


def _circumstances(models: dict[str, Model]) -> Iterable[tuple[str, str]]:
    risky = {name: _risky(model) for name, model in models.items()}
    for name in NAMES:
        told = [f"`{level}` ({', '.join(found[name])})" for level, found in risky.items() if found[name]]
        yield name, "; ".join(told) or TO_COME


def _level_row(level: Level, model: Model) -> tuple[str, str, str, str]:
    ideas = ", ".join(map(str, sorted(level.ideas)))
    found = [name for name, actions in _risky(model).items() if actions]
    return f"`{level.id}` ({level.kind})", ideas or "none named", ", ".join(_paths(model)), "; ".join(found) or "none"


def _users(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or TO_COME


def claims_page(found: Sequence[Found], runs: int, seed: int, day: str) -> str:
    """Return the page that lists every claim with what was measured."""
    lines = [
        "# Every claim, and what simulation says",
        "",
        "Made by `python tools/campaign_docs.py --claims`; do not edit it by hand.",
        "",
        "When a level was measured stands with it; 95 % Wilson intervals in brackets. `holds`: the",
        "whole interval keeps the bound. Under control stands what is measured where the mechanism is",
        "switched off on which the claim rests, and what it must show there ([balance.md](balance.md)).",
        "",
    ]
    contracts = [(level, mutual) for level, _, mutual in found if mutual is not None]
    if contracts:
        lines += [
            "## Mutual benefit",
            "",
            "Of the games that the partner wins in the first seat among the level's people, the share in which every",
            "household fares at least as well as in the same seed under the others ([balance.md](balance.md)).",
            "",
        ]
        heads = ("level", "partner", "won", "kept", "", "against each", "control", "gives up")
        lines += table(heads, (_mutual_row(level, mutual) for level, mutual in contracts))
    for level, verdicts, _ in found:
        if verdicts:
            when = f"Measured on {day} with rules {RULE_NUMBER}, on {runs} seeds from {seed}."
            lines += [f"## {level.title} (`{level.id}`)", "", when, ""]
            lines += table(("claim", "says", "bound", "measured", "", "control"), map(_claim_row, verdicts))
    return "\n".join(lines).rstrip() + "\n"


def renewed(old: str, new: str, order: Sequence[str]) -> str:
    """Return the old page with what the new one tells of some levels in the place of what it told of them.

    `order` are the ids of all levels; of a level that is there no more nothing is told.
    """
    rows: dict[str, str] = {}
    sections: dict[str, str] = {}
    for page in (old, new):
        rows |= {found[1]: found[0] for found in CONTRACT.finditer(page)}
        sections |= {found[1]: found[0] for found in SECTION.finditer(page)}
    contracted = new if CONTRACT.search(new) else old  # a control has no contract, and its page no such table
    head = re.split(r"^\| `|^## .* \(`", contracted, maxsplit=1, flags=re.MULTILINE)[0]
    contracts = [rows[name] for name in order if name in rows]
    parts = [sections[name].rstrip("\n") for name in order if name in sections]
    return head + "\n".join(contracts) + "\n\n" + "\n\n".join(parts) + "\n"


def _mutual_row(level: Level, found: MutualVerdict) -> tuple[str, ...]:
    low, high = found.interval
    return (
        f"`{level.id}`",
        found.partner,
        f"{found.won} of {found.runs}",
        f"{found.share:.3f} ({low:.3f} to {high:.3f}), {found.bound}",
        "holds" if found.holds else "open" if found.open else "**fails**",
        ", ".join(f"{way.policy} {way.kept / max(found.won, 1):.3f}" for way in found.ways),
        mutual_control(found),
        "; ".join(f"{name}: {plain}" for name, plain in found.gives_up.items()),
    )


def _claim_row(found: Verdict) -> tuple[str, ...]:
    low, high = found.interval
    word = "holds" if found.holds else "open" if found.open else "**fails**"
    bites = "" if found.control_fails else ", open" if found.control_open else ", **does not fail there**"
    return (
        f"`{found.id}`",
        found.plain,
        found.bound,
        f"{found.measured:.3f} ({low:.3f} to {high:.3f})",
        word,
        f"{found.control_measured:.3f}, {found.control_bound}{bites}",
    )


def measured(chosen: Sequence[Level], runs: int, seed: int, workers: int) -> list[Found]:
    """Return the verdicts on every claim of some levels, and on their contracts."""
    plans = [ClaimPlan(level, range(seed, seed + runs)) for level in chosen]
    total = sum(len(request.seeds) for plan in plans for request in merge(plan.requests()).values())
    total += sum(mutual_games(plan.level, runs) for plan in plans)
    found: list[Found] = []
    with closing(FinishedBlocks(default_path())) as finished, Progress(total, "games") as progress:
        for plan in plans:
            study = Study(plan.level, workers, finished=finished, progress=progress.add)
            mutual = check_mutual(plan.level, plan.seeds, workers, finished=finished, progress=progress.add)
            found.append((plan.level, plan.played(study), mutual))
    return found


def _chosen(words: argparse.Namespace) -> list[Level]:
    return [level for level in levels() if not words.level or level.id in words.level]


def _tables(words: argparse.Namespace, page: str) -> str:
    runs, few, seed = words.people_runs, words.tension_runs, words.seed
    found = people_docs.measured(_chosen(words), runs, few, seed, words.workers)
    tables = people_docs.tables_of(found, runs, few, seed, date.today().isoformat())
    return people_docs.renewed(people_docs.tables_in(page), tables) if words.level else tables


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pages."""
    parser = argparse.ArgumentParser(description="Write docs/coverage.md, docs/claims.md and parts of docs/balance.md.")
    parser.add_argument("--claims", action="store_true", help="also measure every claim")
    parser.add_argument(
        "--level", action="append", default=[], metavar="ID", choices=[level.id for level in levels()],
        help="measure this level alone; may be given often",
    )  # fmt: skip
    parser.add_argument("--people", action="store_true", help="also measure what balance.md tells of people")
    parser.add_argument(
        "--people-runs", type=int, default=PEOPLE_RUNS, metavar="N", help=f"seeds for it (default: {PEOPLE_RUNS})"
    )
    parser.add_argument(
        "--tension-runs",
        type=int,
        default=TENSION_RUNS,
        metavar="N",
        help=f"games of which each season is carried on (default: {TENSION_RUNS})",
    )
    parser.add_argument("--runs", type=int, default=RUNS, metavar="N", help=f"seeds for each (default: {RUNS})")
    parser.add_argument("--seed", type=int, default=SEED, metavar="S", help=f"the first seed (default: {SEED})")
    parser.add_argument("--workers", type=int, default=1, metavar="W", help="processes that share the games")
    words = parser.parse_args(arguments)
    COVERAGE.write_text(coverage(), encoding="utf-8", newline="\n")
    print(f"wrote {COVERAGE.relative_to(ROOT)}")
    page = BALANCE.read_text(encoding="utf-8")
    page = people_docs.with_section(page, _tables(words, page) if words.people else None)
    BALANCE.write_text(page, encoding="utf-8", newline="\n")
    print(f"wrote {BALANCE.relative_to(ROOT)}")
    if words.claims:
        found = measured(_chosen(words), words.runs, words.seed, words.workers)
        page = claims_page(found, words.runs, words.seed, date.today().isoformat())
        if words.level:
            page = renewed(CLAIMS.read_text(encoding="utf-8"), page, [level.id for level in levels()])
        CLAIMS.write_text(page, encoding="utf-8", newline="\n")
        print(f"wrote {CLAIMS.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
