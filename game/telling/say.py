"""One sentence from its id and its arguments; the words themselves stand in a table of one language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from string import Formatter
from typing import Protocol

from game.language.turns import in_turns
from game.telling.english import TABLES
from game.telling.tables import SentenceError, merged

SENTENCES = merged(*TABLES)


class Turns(Protocol):
    """What the turns of a game are called."""

    @property
    def name(self) -> str:
        """One of them: `week`; nothing where they are seasons."""

    @property
    def several(self) -> str:
        """More of them: `weeks`."""

    @property
    def year(self) -> int | None:
        """How many make a year; None where there are no years."""


_TURNS: ContextVar[Turns | None] = ContextVar("turns", default=None)


@contextmanager
def told_in(turns: Turns | None) -> Iterator[None]:
    """Say everything inside in the words that a level has for its turns; in seasons without any.

    It holds for the thread it is said in; `game.playing.background` takes it along.
    """
    before = _TURNS.set(turns)
    try:
        yield
    finally:
        _TURNS.reset(before)


def turns_now() -> Turns | None:
    """Return what turns are called here; None for seasons."""
    found = _TURNS.get()
    return found if found is not None and found.name else None


@lru_cache(maxsize=2000)
def _told_in_turns(sentence: str, one: str, several: str) -> str:
    """Return a sentence of the table with other words for its seasons; its blanks keep their names."""
    found = ""
    for text, name, form, _ in Formatter().parse(SENTENCES[sentence]):
        found += in_turns(text, one, several).replace("{", "{{").replace("}", "}}")
        if name is not None:
            found += f"{{{name}:{form}}}" if form else f"{{{name}}}"
    return found


def say(sentence: str, /, **arguments: object) -> str:
    """Return a sentence of the language table with its arguments filled in.

    Parameters
    ----------
    sentence
        The id of the sentence, as in `game/telling/english`.
    arguments
        What its blanks are filled with: texts, or numbers that the table formats.

    Raises
    ------
    SentenceError
        For an unknown id, and where an argument is missing or has no blank.
    """
    text = SENTENCES.get(sentence)
    if text is None:
        raise SentenceError(f"there is no sentence {sentence!r}: add it to game/telling/english")
    wanted = blanks(sentence)
    if wanted != arguments.keys():
        missing, surplus = sorted(wanted - arguments.keys()), sorted(arguments.keys() - wanted)
        told = "; ".join(
            f"{word}: {', '.join(names)}" for word, names in (("missing", missing), ("not in it", surplus)) if names
        )
        raise SentenceError(f"the arguments of {sentence!r} do not fit its blanks; {told}")
    turns = turns_now()
    if turns is not None:
        text = _told_in_turns(sentence, turns.name, turns.several)
    return text.format(**arguments)


@lru_cache(maxsize=1000)
def blanks(sentence: str) -> frozenset[str]:
    """Return the names of the arguments that a sentence of the table takes."""
    return frozenset(name for _, name, _, _ in Formatter().parse(SENTENCES[sentence]) if name)
