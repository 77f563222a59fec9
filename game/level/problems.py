"""What can be wrong with a level file, and how it is said.

Every fault an author can cause is a `Problem`: one place, one plain sentence, one stable code.
They travel in a `LevelError`, so that a teacher sees all of them at once instead of one a run.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from game.language.errors import PowerdanceError
from game.language.suggest import did_you_mean

__all__ = ["LevelError", "Place", "Problem", "Severity", "UnreadableFile", "did_you_mean", "no_file"]

Severity = Literal["error", "warning", "note"]  # a note only tells; it is no fault


@dataclass(frozen=True, order=True)
class Place:
    """A position in a file; line and column count from 1, as editors do."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong at one place; `code` is a stable kebab-case name that programs may rely on."""

    file: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.severity}: {self.message}"

    def as_dict(self) -> dict[str, str | int]:
        """Give the six keys that `powerdance check --json` prints."""
        return asdict(self)


class LevelError(PowerdanceError):
    """A level that does not hold, with everything found wrong in it, sorted by place."""

    problems: tuple[Problem, ...]

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        if not self.problems:
            raise ValueError("a LevelError needs at least one problem")
        # One argument that __init__ takes back: the error must survive a trip between processes.
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class UnreadableFile(PowerdanceError):
    """A path that cannot be opened at all: no fault in a level, so the command line exits with 2."""

    def __init__(self, file: str, reason: str) -> None:
        self.file = file
        self.reason = reason
        super().__init__(file, reason)

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}"


def no_file(path: Path) -> str:
    """Say why a path is no file that can be read: not there, a folder, or a pipe or device, which may never end."""
    if path.is_dir():
        return "is a folder, not a file"
    return "is a pipe or a device, not a file" if path.exists() else "no such file"
