"""Tables of sentences: merged into one, and what is wrong with them or with what is asked of them."""

from __future__ import annotations

from collections.abc import Mapping

from game.language.errors import PowerdanceError


class SentenceError(PowerdanceError, LookupError):
    """A sentence was asked for that does not exist, or with arguments that do not fit it; or two have one id."""


def merged(*tables: Mapping[str, str]) -> dict[str, str]:
    """Return the sentences of all tables as one.

    Raises
    ------
    SentenceError
        Where two tables have a sentence of the same id.
    """
    found: dict[str, str] = {}
    for table in tables:
        if double := sorted(found.keys() & table.keys()):
            raise SentenceError(f"two sentences are called {double[0]!r}: give one of them another id")
        found |= table
    return found
