"""A level as it was written: its text and those of the rulesets below it, so that it can be read again anywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# A name is never a way to another folder, nor a device of Windows ("con:"), nor a hidden file.
_NAME = re.compile(r"\w[\w .-]{0,99}")


@dataclass(frozen=True)
class LevelText:
    """The text of a level and of every ruleset it rests on.

    `name` is the id of the level, `rules` holds name and text of each
    ruleset, the uppermost first, `beside` path and bytes of the pictures and
    data that it names, and `shipped` says whether the level came with the game.
    """

    name: str
    text: str = field(repr=False)
    rules: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    shipped: bool = False
    beside: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)

    @property
    def file(self) -> str:
        """What messages call the level; nothing of this name is opened."""
        return f"{self.name}.yaml"


def is_plain_name(name: str) -> bool:
    """Whether a name can only mean something in one folder: letters, digits, spaces, `_`, `-` and dots inside."""
    return _NAME.fullmatch(name) is not None


def plain_name(name: str) -> str:
    """Return a name with `_` for whatever a plain name cannot have; "level" where nothing is left."""
    found = re.sub(r"[^\w .-]", "_", name)[:100].lstrip(" .-")
    return found or "level"
