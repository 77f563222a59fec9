"""The part of docs/balance.md about a player among people: what is measured, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass

from game.commands.progress import Progress
from game.lab.balance_words import asked_by
from game.level.schema import Level
from game.level.vocabulary import BARRED
from game.run.answers_told import LEAST_MORE, LEAST_VISIBLE, MOST_ROBBED, PeopleAnswer, PersonAnswer
from game.run.deeds import NUISANCE
from game.run.finished_blocks import FinishedBlocks, default_path
from game.run.mutual import has_contract
from game.run.people_answer import AFTER, FRIENDS, PRELUDE, measure_people, people_games
from game.run.study import Study, merge
from game.run.tension import (
    ASKED_BY,
    CONTINUATIONS,
    LEAST_ASKING,
    MOST_DECIDED,
    Tension,
    measure_tension,
    tension_games,
)
from game.run.winning import MOST_CHEAP, Row, policy_requests, policy_rows
from game.sim import RULE_NUMBER

BEGIN = "<!-- among people: made by `python tools/campaign_docs.py`, its tables by `--people`; do not edit by hand -->"
TABLES = "<!-- tables -->"
END = "<!-- among people: end -->"


@dataclass(frozen=True)
class AmongPeople:
    """What was measured of one level."""

    level: Level
    rows: Sequence[Row]
    tension: Tension
    people: PeopleAnswer


def with_section(page: str, tables: str | None = None) -> str:
    """Return a page with its part about people written anew; without new `tables` those that stand there stay."""
    before, found, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    stand = tables_in(page) if tables is None else tables.strip("\n")
    part = "\n".join([BEGIN, "", *explained(), TABLES, *([""] if stand else []), *([stand, ""] if stand else []), END])
    return f"{before}{part}{after}" if found else f"{page.rstrip()}\n\n{part}\n"


def tables_in(page: str) -> str:
    """Return the tables that stand in a page, empty where there are none."""
    return page.partition(BEGIN)[2].partition(END)[0].partition(TABLES)[2].strip("\n")


def explained() -> list[str]:
    """Return the lines that say what is measured and what is wanted."""
    return [
        "## A player among people",
        "",
        "All of this is told and not judged, for levels of the campaign, with a policy in the first seat and the",
        "level's people in all others. In `--json`: `tension`, `people`, and `first_seat` of `policies`.",
        "",
        f"**When it is decided** (`--tension-runs N`). The policy that the level names as partner plays. From the "
        f"start of each season the game is carried on {CONTINUATIONS} times from the same state, by the same policies, "
        "with fresh luck; the season is *decided* when all of these games are won, or none. Wanted: at most "
        f"{MOST_DECIDED:.0%} of the seasons of a game, a mean over the games. Seasons after a game's end do not count. "
        "A level may name another bar, with its reason: `mutual: {bars: {decided: {at_most: 0.8, plain: The race is "
        "short.}}}`.",
        "",
        f"**What a season asks.** In the same games, before the luck is dealt anew: something is asked of the player "
        f"where somebody offers his household something (`{ASKED_BY[0]}`), a sign says that an event may come "
        f"(`{ASKED_BY[1]}`), what somebody wants has changed (`{ASKED_BY[2]}`), or something living is there that was "
        f"nowhere a season ago (`{ASKED_BY[3]}`). Wanted: at least {LEAST_ASKING:.0%} of the seasons.",
        "",
        f"**How people answer** (`--people-runs N`). In the same seeds the first seat partners for {PRELUDE} seasons "
        f"(`with`), or takes (`over`, and of its neighbours from this person), half of a short game at most, and idles "
        f"for {AFTER} more. Told is the share of the person's deeds in the last {AFTER} that take from others: deeds "
        f"of power-over that somebody else feels as a wrong of more than {NUISANCE:g} of a season's use. Wanted: more "
        f"after force than after partnering in at least {LEAST_MORE:.0%} of the games in which the player did take "
        "from it and it could take from the player. In the control wrongs, kindness, leanings, trust and grievance "
        "are set back each season to those of the start: what is left is what force costs in goods. In whole games of "
        "the partner, a person who could do something visible does it in at least "
        f"{LEAST_VISIBLE:.0%} of the seasons; and friends (trust of {FRIENDS:g} and more, both ways) who have enough "
        f"take from each other in at most {MOST_ROBBED:.0%} of the seasons, each time out of need. Two tempers in one "
        "seat, one mild and one harsh, are to give two games.",
        "",
        f"**Who wins cheaply.** In the first seat {_listed(BARRED)} are each to win at most {MOST_CHEAP:.0%} of the "
        "games. A level may name another bar, with its reason: `mutual: {bars: {idle: {at_most: 0.5, plain: Half the "
        "years are kind.}}}`.",
        "",
    ]


def tables_of(found: Sequence[AmongPeople], runs: int, tension_runs: int, seed: int, day: str) -> str:
    """Return the tables of what was measured, as Markdown."""
    lines = [
        f"Measured on {day} with rules {RULE_NUMBER}, from seed {seed}: {runs} games each, and {tension_runs} whose "
        f"seasons were carried on {CONTINUATIONS} times. In bold what misses what is wanted.",
        "",
    ]
    policies = list(dict.fromkeys(row.policy for one in found for row in one.rows if row.alone_runs))
    heads = ("first seat", *(f"`{name}`" for name in policies), "bars of its own")
    lines += table(heads, (_winning(one, policies) for one in found))
    lines += table(
        ("level", "decided", "by a quarter, half, three quarters of its seasons", "its own bar", "asks", "by what"),
        (_tension(one) for one in found),
    )
    heads = ("level", "person", "takes after partnering", "after force", "more after force", "without memory")
    rows = (_person(one.level, each) for one in found for each in one.people.people)
    lines += table((*heads, "does something visible", "two tempers differ"), rows)
    lines += table(
        ("level", "seasons among friends who have enough", "with a taking", "out of need"), map(_kept, found)
    )
    return "\n".join(lines)


def renewed(old: str, new: str) -> str:
    """Return the old tables with what the new ones tell of some levels in the place of what they told of them."""
    rows, told, levels = _rows_by_level(new), dict[tuple[int, str], bool](), ", ".join(_levels_of(new))
    lines: list[str] = []
    for table_number, line in _numbered(old.replace(f"{_when(old, levels)}\n\n", "")):
        place = (table_number, _level_of(line))
        if place not in rows:
            lines.append(line)
        elif not told.setdefault(place, False):
            lines += rows[place]
            told[place] = True
    lost = rows.keys() - told.keys()
    if lost:
        raise ValueError(f"the tables have no rows yet of {', '.join(sorted({name for _, name in lost}))}")
    when = new.partition(". In bold")[0]
    return "\n".join([lines[0], "", f"{levels}: {when}.", *lines[1:]])


def _when(tables: str, levels: str) -> str:
    """Return the line that tells when these levels were measured by themselves; two empty lines where none does."""
    return next((line for line in tables.splitlines() if line.startswith(f"{levels}: Measured")), "\n\n")


def _numbered(tables: str) -> Iterable[tuple[int, str]]:
    """Yield each line with the number of the table that it stands in."""
    number, before = 0, ""
    for line in tables.splitlines():
        number += line.startswith("|") and not before.startswith("|")
        yield number, line
        before = line


def _level_of(line: str) -> str:
    found = re.match(r"\| `(\w+)`", line)
    return found[1] if found else ""


def _rows_by_level(tables: str) -> dict[tuple[int, str], list[str]]:
    rows: dict[tuple[int, str], list[str]] = {}
    for number, line in _numbered(tables):
        if _level_of(line):
            rows.setdefault((number, _level_of(line)), []).append(line)
    return rows


def _levels_of(tables: str) -> list[str]:
    return [f"`{name}`" for name in dict.fromkeys(_level_of(line) for line in tables.splitlines()) if name]


def _winning(one: AmongPeople, policies: Sequence[str]) -> tuple[str, ...]:
    rows = {row.policy: row for row in one.rows}
    cells = [
        _marked(f"{rows[name].alone_share:.0%}", rows[name].keeps_bar) if name in rows else "" for name in policies
    ]
    own = [f"`{row.policy}` at most {row.bar:.0%}: {row.why}" for row in one.rows if row.why]
    return (f"`{one.level.id}` (partner: `{one.level.mutual.partner}`)", *cells, "; ".join(own))


def _tension(one: AmongPeople) -> tuple[str, ...]:
    found, shares = one.tension, one.tension.by_season
    places = [len(shares) * part // 4 for part in (1, 2, 3)]
    some = ", ".join("ended" if shares[place] is None else f"{shares[place]:.0%}" for place in places)
    decided = _marked(f"{found.decided:.0%}", found.stays_open)
    own = f"at most {found.most_decided:.0%}: {found.why}" if found.why else ""
    return f"`{one.level.id}`", decided, some, own, _marked(f"{found.asking_share:.0%}", found.asks), asked_by(found)


def _person(level: Level, one: PersonAnswer) -> tuple[str, ...]:
    visible = _marked(f"{one.visible_share:.0%}", one.acts)
    tempers = f"{one.tempers_differ} of {one.temper_games}"
    if not one.games:
        return f"`{level.id}`", one.person, "cannot take", "", "", "", visible, tempers
    return (
        f"`{level.id}`",
        one.person,
        f"{one.partnered:.0%}",
        f"{one.forced:.0%}",
        _marked(f"{one.more} of {one.games}", one.answers),
        _marked(f"{one.frozen_more} of {one.frozen_games}", one.control_fails),
        visible,
        tempers,
    )


def _kept(one: AmongPeople) -> tuple[str, ...]:
    found = one.people.friends
    takings = _marked(f"{found.takings} ({found.share:.1%})", found.kept)
    return f"`{one.level.id}`", f"{found.seasons}", takings, f"{found.for_need}"


def _marked(text: str, fine: bool) -> str:
    return text if fine else f"**{text}**"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names[:-1]) + f" and `{names[-1]}`"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table in Markdown, and an empty one after it."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return [*lines, *("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows), ""]


def measured(levels: Sequence[Level], runs: int, tension_runs: int, seed: int, workers: int) -> list[AmongPeople]:
    """Return what is measured of all levels that promise mutual benefit; what was played before is not played again."""
    some = [level for level in levels if has_contract(level) and level.kind == "campaign"]
    seeds, few = range(seed, seed + runs), range(seed, seed + tension_runs)
    requests = {level.id: policy_requests(level, seeds, range(0)) for level in some}
    total = sum(len(one.seeds) for each in requests.values() for one in merge(each).values())
    total += sum(tension_games(level, tension_runs) + people_games(level, runs) for level in some)
    found = []
    with closing(FinishedBlocks(default_path())) as finished, Progress(total, "games") as progress:
        for level in some:
            records = Study(level, workers, finished=finished, progress=progress.add).run(requests[level.id])
            tension = measure_tension(level, few, workers, finished=finished, progress=progress.add)
            people = measure_people(level, seeds, workers, finished=finished, progress=progress.add)
            assert tension is not None and people is not None
            found.append(AmongPeople(level, policy_rows(level, records), tension, people))
    return found
