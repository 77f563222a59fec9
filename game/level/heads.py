"""The heads of levels: what a list or a map tells of them, read without the rest being read and checked.

A head costs a hundredth of its level.  The whole level is read when somebody
turns to it, or beside the menu (`read_beside`), and is remembered then.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from pydantic import ValidationError

from game.level.library import shipped_levels
from game.level.problems import LevelError, UnreadableFile
from game.level.reader import load_level
from game.level.schema import Level, Seasons
from game.level.written import LevelText
from game.level.yaml_text import read_document, read_file

KINDS = {"campaign": 0, "sandbox": 1, "control": 2, "example": 3}


class Headed(Protocol):
    """Whatever has a head: a level, or its head alone."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def kind(self) -> str:
        """One of KINDS."""

    @property
    def number(self) -> int | None:
        """Its place in the campaign."""

    @property
    def emblem(self) -> str:
        """The name of its icon."""

    @property
    def promise(self) -> str:
        """A line about it."""

    @property
    def seasons(self) -> Seasons:
        """How long it lasts."""


@dataclass(frozen=True)
class Head:
    """What is told of a level before it is read, and where its file is."""

    id: str
    title: str
    kind: str
    number: int | None
    emblem: str
    promise: str
    seasons: Seasons
    file: Path

    def whole(self) -> Level:
        """Return the level, read and checked; once it was, it is remembered.  Raises LevelError, UnreadableFile."""
        with _READING:
            return load_level(str(self.file))


_READING = threading.Lock()  # one level at a time: whoever needs one that is being read waits for it


def heads_now() -> list[Head]:
    """Return the heads of all shipped levels whose files can be read: the campaign first, each kind in its order."""
    found = [_head(file, file.stat().st_mtime_ns) for file in shipped_levels()]
    ordered = [one for one in found if one is not None]
    return sorted(ordered, key=lambda one: (KINDS[one.kind], 99 if one.number is None else one.number, one.title))


@lru_cache(maxsize=100)
def _head(file: Path, changed: int) -> Head | None:
    """Return the head of a level, None where its file is broken; read again only when it was changed."""
    try:
        data: Any = read_file(file).data
    except (LevelError, UnreadableFile):
        return None
    if not isinstance(data, dict) or not isinstance(data.get("title"), str):
        return None
    number = data.get("number")
    kind = data.get("kind")
    return Head(
        str(data.get("id", file.stem)), data["title"], kind if kind in KINDS else "example",
        number if isinstance(number, int) else None, str(data.get("emblem", "")), str(data.get("promise", "")),
        _seasons(data), file,
    )  # fmt: skip


def _seasons(data: dict[str, Any]) -> Seasons:
    """Return how long a level lasts and what its turns are called, as far as that holds."""
    written = data.get("seasons")
    try:
        return Seasons.model_validate({"count": written} if isinstance(written, int) else written)
    except ValidationError:
        return Seasons(count=20)


@lru_cache(maxsize=100)
def seasons_in(written: LevelText) -> Seasons:
    """Return how long the level lasts that a text holds, without checking the rest of it."""
    try:
        data: Any = read_document(written.text, written.file).data
    except LevelError:
        data = None
    return _seasons(data if isinstance(data, dict) else {})


def whole(heads: Iterable[Head]) -> list[Level]:
    """Return the levels of heads, but for those that do not check."""
    found = []
    for head in heads:
        try:
            found.append(head.whole())
        except (LevelError, UnreadableFile):
            continue
    return found


class Reading(threading.Thread):
    """Reads levels one after the other, until all are read or it is stopped.

    No daemon: a thread that dies with the program may do so within a library, which then aborts.
    """

    def __init__(self, heads: Iterable[Head]) -> None:
        super().__init__(name="levels")
        self._heads, self._stopped = list(heads), threading.Event()

    def run(self) -> None:
        """Read; whatever does not check is told when somebody turns to it."""
        for head in self._heads:
            if self._stopped.is_set():
                return
            whole([head])

    def stop(self) -> None:
        """Read no further level than the present one."""
        self._stopped.set()


def read_beside(heads: Iterable[Head]) -> Reading:
    """Read levels beside whatever else happens, so that they are there when they are needed."""
    reading = Reading(heads)
    reading.start()
    return reading
