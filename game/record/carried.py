"""The level of a kept game: carried along whole, and what to say where level or rules are others by now.

Replays and saved games come from anywhere: what they carry is read as any
level is, with all its bounds and checks, and no name in it opens a file,
except that a plain name may be compared with the level of that name.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

from game.level.beside import MOST_BESIDE, MOST_FILES, meant
from game.level.difficulty import at_difficulty
from game.level.library import find_level, shipped_levels
from game.level.problems import LevelError, UnreadableFile
from game.level.reader import DEEPEST_RULES, level_from, load_level
from game.level.schema import Level
from game.level.written import LevelText, is_plain_name
from game.level.yaml_text import MOST_BYTES
from game.sim import RULE_NUMBER

_Text = Annotated[str, Field(max_length=MOST_BYTES)]
_Beside = Annotated[str, Field(max_length=120)]
_Packed = Annotated[str, Field(max_length=MOST_BESIDE * 4 // 3 + 4)]
_Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=100)]


class CarriedLevel(BaseModel):
    """How a level stands in a replay and among the saved games."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    name: Annotated[str, Field(max_length=100)]
    shipped: bool
    text: _Text
    rulesets: Annotated[dict[_Name, _Text], Field(max_length=DEEPEST_RULES)]
    beside: Annotated[dict[_Beside, _Packed], Field(max_length=MOST_FILES)] = {}  # pictures and data, in base64

    @classmethod
    def of(cls, level: LevelText) -> CarriedLevel:
        """Return a level as it is carried."""
        beside = {path: b64encode(raw).decode("ascii") for path, raw in level.beside}
        return cls(name=level.name, shipped=level.shipped, text=level.text, rulesets=dict(level.rules), beside=beside)

    @model_serializer(mode="wrap")
    def _written(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """A level without pictures and data is written as it always was."""
        return {key: value for key, value in write(self).items() if key != "beside" or value}

    def level_text(self) -> LevelText:
        """Return the level that is carried.  Raises ValueError where its name is no plain one."""
        if not is_plain_name(self.name):
            raise ValueError("the name of the level is no plain name")
        if not all(meant(path) for path in self.beside):
            raise ValueError("what the level carries is no picture and no data of its own")
        beside = tuple(sorted((path, b64decode(raw, validate=True)) for path, raw in self.beside.items()))
        return LevelText(self.name, self.text, tuple(self.rulesets.items()), self.shipped, beside)


def kept_level(carried: LevelText | None, name: str, difficulty: str) -> Level:
    """Return the level of a kept game at its difficulty: the one it carries.

    Games of older versions carry none; theirs is the level of that name or
    path as it is today.  Raises LevelError and UnreadableFile.
    """
    return at_difficulty(load_level(name) if carried is None else level_from(carried), difficulty)


def has_changed(carried: LevelText, today: Path | None) -> bool:
    """Return whether a level has become another one since it was kept; False where it is gone.

    `today` is its file now, None for none.
    """
    if today is None or not today.is_file():
        return False
    try:
        level = load_level(today)
        # Neither a comment nor the end of a line makes another level.
        return level.written != carried and level.model_dump() != level_from(carried).model_dump()
    except (LevelError, UnreadableFile):
        return True


def file_beside(carried: LevelText, folder: Path) -> Path | None:
    """Return the file of the level of that name: the shipped one, or for a level of one's own one in `folder`."""
    if carried.shipped:
        return next((file for file in shipped_levels() if file.stem == carried.name), None)
    beside = (folder / f"{carried.name}{ending}" for ending in (".yaml", ".yml"))
    return next((file for file in beside if file.is_file()), None)


def file_of(level: str) -> Path | None:
    """Return the file of a level by its id or path, as somebody on this computer gave it."""
    try:
        return find_level(level)
    except UnreadableFile:
        return None


def level_line(carried: LevelText, today: Path | None) -> str:
    """Return in a line that a level has been changed since it was kept; "" where it is the same, or gone."""
    if not has_changed(carried, today):
        return ""
    return f'the level "{carried.name}" has been changed since; the game is shown with the level as it was'


def rules_line(rules: int) -> str:
    """Return in a line that a game was played by other rules than today's; "" where they are the same."""
    if rules == RULE_NUMBER:
        return ""
    return (
        f"the rules have changed since (then {rules}, now {RULE_NUMBER}); the same decisions are played again under "
        "the new ones, and what comes of them may differ"
    )
