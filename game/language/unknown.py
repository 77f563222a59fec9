"""What is said of a kind that somebody registered in one place and not in another: never a guess."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from game.language.errors import PowerdanceError

K = TypeVar("K")
V = TypeVar("V")


class UnknownKind(PowerdanceError, LookupError):
    """A kind that a part of the engine has no answer for; the text names it and the place where to add one.

    It is a fault of the engine, never of a level: what a level may not say is refused when it is checked.
    """

    def __init__(self, what: str, kind: object, where: str) -> None:
        name = kind.__name__ if isinstance(kind, type) else kind
        super().__init__(f'nothing is known here of the {what} "{name}": add it to {where}')


def look_up(table: Mapping[K, V], kind: K, what: str, where: str) -> V:
    """Return what a table says of a kind.  Raises UnknownKind, which names the table as `where`."""
    if kind not in table:
        raise UnknownKind(what, kind, where)
    return table[kind]
