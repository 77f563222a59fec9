"""What a level calls its turns: the texts of the rules below it are told in that word, its own are held against it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from game.language.turns import in_turns, names_a_season
from game.level.checker import Checker
from game.level.merge import Path, Source
from game.level.schema import Level, Seasons

TOLD = ("plain", "name", "unit", "when_plain", "clue", "say", "unbalanced", "note", "title", "promise", "lesson",
        "opening", "talk")  # fmt: skip


def texts(data: Any, path: Path = (), told: bool = False) -> Iterator[tuple[Path, str]]:
    """Give every text of a level that players read, and where it stands."""
    if isinstance(data, str):
        if told:
            yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            # What the turns themselves are called is no text about them, nor are names of claims for the laboratory.
            if (*path, key) not in (("seasons",), ("claims",)):
                yield from texts(value, (*path, key), key in TOLD and not isinstance(value, dict))
    elif isinstance(data, (list, tuple)):
        for index, value in enumerate(data):
            yield from texts(value, (*path, index), told)


def tell_rules_in_turns(source: Source) -> None:
    """Put the word that a level has for its turns into the texts that it takes from rules, in place."""
    try:
        seasons = Seasons.model_validate(source.data.get("seasons"))
    except ValueError:
        return  # is told when the whole level is held against its shape
    if not seasons.name:
        return
    for path, text in list(texts(source.data)):
        if source.document(path) is not source.main and names_a_season(text):
            holder = source.data
            for part in path[:-1]:
                holder = holder[part]  # type: ignore[index]
            holder[path[-1]] = in_turns(text, seasons.name, seasons.several)  # type: ignore[index]


def check_time_words(level: Level, checker: Checker) -> None:
    """Warn of what a level says of seasons where its turns have another name, and of a year without one."""
    seasons = level.seasons
    if not seasons.name:
        for key in ("names", "year"):
            if getattr(seasons, key):
                message = f'"{key}" goes with a name for the turns: write name: week (or month, day, round) beside it'
                checker.error(("seasons", key), "no-name-for-turns", message, key=True)
        return
    for path, text in texts(checker.source.data):
        if checker.source.document(path) is checker.source.main and names_a_season(text):
            wanted = in_turns("a season", seasons.name, seasons.several).split(" ", 1)[1]
            message = f"this says season, and the turns of this level are {seasons.several}: write {wanted}"
            checker.warning(path, "season-said", message)
