"""The page of `balance --report`: one HTML file that holds everything, readable by a teacher.

Texts of levels are somebody's words: the template escapes all of them.  Only
the plots, which are made here, stand in the page as they are.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from game.lab.answer_pages import people_facts, tension_facts
from game.lab.balance_words import control_words, mutual_control, mutual_word, verdict_word
from game.lab.bars import NARROW, Measured, counted, percents
from game.lab.figures import Curve, colour_of, season_plots
from game.lab.games import Game, chosen, game_told_again
from game.language.errors import PowerdanceError
from game.language.turns import in_turns
from game.level.library import data_root
from game.level.whole_files import check_place, write_whole
from game.run.claims import Verdict
from game.run.decisions import MONOTONOUS, OFTEN, Decisions
from game.run.level_balance import LevelBalance
from game.run.mutual import MutualVerdict
from game.run.robustness import AIM
from game.run.study import Record, plain_variant
from game.sim import RULE_NUMBER
from game.sim.model import Model, compile_level
from game.telling import words
from game.telling.say import told_in

NEEDED = ("jinja2", "matplotlib")
MISSING = "a report needs {}: pip install 'powerdance[lab]'"
MOST_LINE_UPS = 4  # in one plot
GAME_STOCKS = 3  # in the plot of two single games
UNMOVED = 0.005  # a curve that never comes higher is left out
POLICY_WORDS = {
    "idle": "does nothing",
    "random": "acts at random",
    "over": "takes and forces",
    "with": "listens and partners",
    "mixed": "force for dead things, partners for the rest",
    "selfless": "partners and never rests",
    "deaf": "partners without listening",
    "person": "plays by the temper that the level gives it",
    "planner": "looks ahead, may do everything",
    "best_over": "looks ahead, by force alone",
    "best_with": "looks ahead, by partnership alone",
}


class ReportError(PowerdanceError):
    """A report that cannot be written; the text says what to do."""


@dataclass(frozen=True)
class LineUp:
    """Who plays, with what came of it."""

    policies: tuple[str, ...]
    label: str
    record: Record


def check_report(path: Path) -> None:
    """Raise ReportError where a report could not be written there in the end, before all the work; or OSError."""
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise ReportError(MISSING.format(" and ".join(missing)))
    if path.suffix not in (".html", ".htm"):
        raise ReportError(f'"{path.name}" should end in .html')
    if not path.parent.is_dir():
        raise ReportError(f'the folder "{path.parent}" does not exist')
    check_place(path)


def write_report(path: Path, reports: Sequence[LevelBalance], seed: int) -> None:
    """Write the page; the file is whole or as it was before."""
    write_whole(path, page(reports, seed))


def page(reports: Sequence[LevelBalance], seed: int) -> str:
    """Return the page as text."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=FileSystemLoader(data_root() / "assets" / "report"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(percents=percents, turned=_turned)
    levels = [_level_in_turns(report) for report in reports]
    facts = {"seed": seed, "rules": RULE_NUMBER, "date": date.today().isoformat(), "aim": AIM}
    return environment.get_template("balance.html").render(levels=levels, **facts)


def _worst(found: Sequence[str]) -> str:
    return next((word for word in ("fails", "open") if word in found), "holds")


def _turned(page: str, turns: tuple[str, str] | None) -> str:
    """Return a part of a page in the words that a level has for its turns: what is read, and no tags."""
    if turns is None:
        return page
    parts = re.split(r"(<[^>]*>)", str(page))
    return "".join(part if part.startswith("<") else in_turns(part, *turns) for part in parts)


def _level_in_turns(report: LevelBalance) -> dict[str, Any]:
    turns = report.level.seasons
    with told_in(turns):
        return {**_level(report), "turns": (turns.name, turns.several) if turns.name else None}


def _level(report: LevelBalance) -> dict[str, Any]:
    level, model = report.level, compile_level(report.level)
    line_ups = line_ups_of(report)
    return {
        "id": level.id,
        "title": level.title,
        "promise": level.promise,
        "lesson": level.lesson,
        "note": level.teacher.note if level.teacher else "",
        "seats": len(level.seats),
        "seasons": level.seasons.count,
        "runs": report.runs,
        "holds": report.holds,
        "goals": [goal.plain for goal in level.goals],
        "claims": [_claim(verdict, place, report) for place, verdict in enumerate(report.verdicts)],
        "mutual": _mutual(report.mutual) if report.mutual else None,
        "tension": tension_facts(report.tension) if report.tension else None,
        "people": people_facts(report.people, {name: one.name for name, one in level.communities.items()})
        if report.people
        else None,
        "planned": [_claim(verdict, None, report) for verdict in report.planned or ()],
        "planned_runs": report.planned_runs,
        "word": _worst([_word(verdict) for verdict in report.verdicts]),
        "kept": sum(verdict.holds and verdict.control_fails for verdict in report.verdicts),
        "policies": [_policy(row) for row in report.rows],
        "wins": {row.policy: row.share for row in report.rows},
        "points": report.robustness[0].points if report.robustness else 0,
        "numbers": sorted({name for one in report.robustness for name in one.numbers}),
        "decisions": _decisions(report.decisions, model) if report.decisions else None,
        "curves": _curves(model, line_ups) if line_ups else "",
        "line_ups": _either([one.label for one in line_ups]),
        "games": _games(model, line_ups),
        "search": report.search,
    }


def _mutual(found: MutualVerdict) -> dict[str, Any]:
    ways = _either([f"{way.policy} in {percents(way.kept / max(found.won, 1))}" for way in found.ways])
    return {
        "word": mutual_word(found).lower(),
        "partner": found.partner,
        "bar": Measured(found.share, *found.interval, *_bounds(found.bound)),
        "wanted": _in_percents(found.bound),
        "games": f"{found.kept} of {found.won} games won; at least as well as under {ways}.",
        "control": mutual_control(found),
        "gives_up": [f"{name} gives up: {plain}" for name, plain in found.gives_up.items()],
    }


def _claim(verdict: Verdict, place: int | None, report: LevelBalance) -> dict[str, Any]:
    is_share = not verdict.bound.startswith("differs")
    bound, then = _bounds(verdict.bound), _bounds(verdict.control_bound)
    robustness = report.robustness[place] if place is not None and report.robustness else None
    control = report.level.claims[place].control.plain if place is not None else ""
    return {
        "id": verdict.id,
        "plain": verdict.plain,
        "word": _word(verdict),
        "bar": Measured(verdict.measured, *verdict.interval, *bound) if is_share else None,
        "measured": f"{verdict.measured:.1%} ({verdict.interval[0]:.1%} to {verdict.interval[1]:.1%})",
        "bound": verdict.bound,
        "wanted": _in_percents(verdict.bound),
        "control": control,
        "control_bar": Measured(verdict.control_measured, verdict.control_measured, verdict.control_measured, *then)
        if is_share
        else None,
        "control_measured": f"{verdict.control_measured:.1%}",
        "control_wanted": _in_percents(verdict.control_bound),
        "control_word": control_words(verdict).lower(),
        "control_fails": verdict.control_fails,
        "distinct": verdict.distinct,
        "robustness": {"numbers": len(robustness.numbers), "points": robustness.points, "share": robustness.share}
        if robustness
        else None,
    }


def _word(verdict: Verdict) -> str:
    """Return whether a claim and its control hold, in one word."""
    if verdict.holds and not verdict.control_fails:
        return "open" if verdict.control_open else "fails"
    return verdict_word(verdict).lower()


def _bounds(text: str) -> tuple[float | None, float | None]:
    """Return the least and the most that a bound in words names."""
    found: dict[str, float] = {}
    for part in text.split(" and "):
        if part.startswith("at "):
            kind, number = part.removeprefix("at ").split(" ")
            found[kind] = float(number)
    return found.get("least"), found.get("most")


def _in_percents(text: str) -> str:
    parts = [f"{float(word):.0%}" if word.replace(".", "", 1).isdigit() else word for word in text.split(" ")]
    return " ".join(parts).replace("%", f"{NARROW}%")


def _policy(row: Any) -> dict[str, Any]:
    mean, low, high = row.objective
    return {
        "name": row.policy,
        "plain": POLICY_WORDS[row.policy],
        "bar": Measured(row.share, *row.interval),
        "alone": Measured(row.alone_share, *row.alone_interval) if row.alone_runs else None,
        "bar_share": row.bar if row.alone_runs else None,
        "keeps_bar": row.keeps_bar,
        "why": row.why,
        "objective": f"{mean:.3f}",
        "between": f"{low:.3f} to {high:.3f}",
        "runs": row.runs,
        "best": row.policy in ("planner", "best_over", "best_with"),
    }


def _decisions(found: Decisions, model: Model) -> dict[str, Any]:
    taken = sorted(found.taken.items(), key=lambda item: -item[1])[:6]
    bars = [
        (
            model.actions[name].spec.name or words.capital(name.replace("_", " ")),
            counted(count, found.seasons, None, MONOTONOUS),
        )
        for name, count in taken
        if count
    ]
    return {
        "runs": found.runs,
        "seasons": found.seasons,
        "close": counted(found.close, found.seasons, OFTEN),
        "often_close": found.often_close,
        "varied": found.varied,
        "often": OFTEN,
        "monotonous": MONOTONOUS,
        "taken": bars,
    }


def _either(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{'; '.join(parts[:-1])} or {parts[-1]}" if parts else ""


def line_ups_of(report: LevelBalance) -> list[LineUp]:
    """Return the line-ups that the claims name and that played the level as it is, in the order of the claims."""
    found: dict[tuple[str, ...], LineUp] = {}
    for policies in _named(report):
        record = report.records.get(plain_variant(policies).key)
        if record is not None and record.curves:
            found.setdefault(policies, LineUp(policies, label_of(policies, report.level.seats), record))
    return list(found.values())[:MOST_LINE_UPS]


def _named(report: LevelBalance) -> list[tuple[str, ...]]:
    from game.run.claims import ClaimPlan

    plan = ClaimPlan(report.level, range(0))
    return [variant.policies for place in range(len(report.level.claims)) for variant in plan.ways(place)[0]]


def label_of(policies: Sequence[str], seats: Sequence[str]) -> str:
    """Return who plays how: `with`, or `alder: over, others: with`."""
    if len(set(policies)) == 1:
        return policies[0]
    most = max(policies, key=list(policies).count)
    odd = [f"{seat}: {policy}" for seat, policy in zip(seats, policies, strict=True) if policy != most]
    return f"{', '.join(odd)}, others: {most}"


def _titles(model: Model, names: Sequence[str]) -> dict[str, str]:
    return {
        name: words.capital(words.stock_word(model, name)) if name in model.stocks else words.capital(name)
        for name in names
    }


def _curves(model: Model, line_ups: Sequence[LineUp]) -> str:
    names = list(line_ups[0].record.curves)
    titles = _titles(model, names)
    panels = []
    for name in names:
        curves = [one.record.curves[name] for one in line_ups if name in one.record.curves]
        if all(float(abs(values).max()) < UNMOVED for values in curves):
            continue  # a dial that this level never moves
        panels.append(
            [
                Curve(titles[name], one.label, *colour_of(one.policies, place), one.record.curves[name])
                for place, one in enumerate(line_ups)
            ]
        )
    said = ", ".join(panel[0].title for panel in panels)
    return season_plots(panels, model.level.id, f"Over the seasons: {said}")


def _games(model: Model, line_ups: Sequence[LineUp]) -> list[dict[str, Any]]:
    """Return typical and extreme games of the line-up that wins most and of the one that wins least."""
    if not line_ups:
        return []
    ranked = sorted(line_ups, key=lambda one: (one.record.won.mean(), one.record.objective.mean()))
    told_of = [(ranked[-1], "worst")] + ([(ranked[0], "best")] if len(ranked) > 1 else [])
    found = []
    for place, (line_up, extreme) in enumerate(told_of):
        stocks = [name for name in line_up.record.curves if name in model.stocks]
        games = [
            game_told_again(model, line_up.policies, line_up.record.seeds[which], title, stocks)
            for title, which in chosen(line_up.record, extreme)
        ]
        found.append({"label": line_up.label, "games": games, "plot": _game_plot(model, games, place)})
    return found


def _game_plot(model: Model, games: Sequence[Game], place: int) -> str:
    stocks = [name for name in games[0].curves if name in model.stocks][:GAME_STOCKS]
    names = [*stocks, *(name for name in games[0].curves if name not in model.stocks)]
    titles = _titles(model, names)
    panels = []
    for name in names:
        if any(float(abs(game.curves[name]).max()) >= UNMOVED for game in games):
            colours = (("#1c6a7a", "-"), ("#a03e27", "--"))
            panels.append(
                [Curve(titles[name], game.title, *colours[turn], game.curves[name]) for turn, game in enumerate(games)]
            )
    return season_plots(panels, f"{model.level.id}-{place}", "The course of a typical and of an extreme game")
