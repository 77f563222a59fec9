"""The levels of a folder, as somebody wrote or was given them: with title, or with what is wrong.

A level never vanishes: one that is broken stays on the list and says why.
The folder is looked at again and again; a file is read only when it, or a
ruleset beside it, was changed, and no more than one of them at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from game.level.beside import stamps
from game.level.library import SUFFIXES
from game.level.packs import PACK
from game.level.problems import Problem, UnreadableFile
from game.level.reader import Findings, examine
from game.level.schema import Level

MOST_FILES = 200  # of a folder that are listed


def own_folder() -> Path:
    """Return the folder of one's own levels; it need not be there yet."""
    return user_data_path("powerdance", appauthor=False) / "levels"


@dataclass(frozen=True)
class OwnLevel:
    """A level file: `level` is None where it does not check, and `problems` says why, the first one first."""

    file: Path
    level: Level | None
    problems: tuple[str, ...] = ()


class OwnLevels:
    """The levels of one folder, kept up with its files by `look`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trouble = ""  # why the folder cannot be read
        self._read: dict[Path, tuple[int, OwnLevel | None]] = {}  # None: a ruleset, which is no level
        self._files: list[tuple[Path, int]] = []

    @property
    def levels(self) -> list[OwnLevel]:
        """All that were read so far, by the names of their files."""
        kept = (self._read.get(file) for file, _ in self._files)
        return [one[1] for one in kept if one is not None and one[1] is not None]

    @property
    def reading(self) -> bool:
        """Whether files wait to be read."""
        return any(self._stale(file, changed) for file, changed in self._files)

    def look(self) -> None:
        """List the folder anew, and read one file that was changed."""
        self._list()
        for file, changed in self._files:
            if self._stale(file, changed):
                self._read[file] = changed, _examined(file)
                return

    def _stale(self, file: Path, changed: int) -> bool:
        return file not in self._read or self._read[file][0] != changed

    def _list(self) -> None:
        try:
            found = sorted(self.folder.iterdir()) if self.folder.exists() else []
            # A ruleset, a picture or data that were changed make other levels of all that rest on them.
            rules = max((file.stat().st_mtime_ns for file in (self.folder / "rules").glob("*.yaml")), default=0)
            rules = max((rules, *(changed for _, changed, _ in stamps(self.folder / "level.yaml"))))
            files = [file for file in found if file.suffix in (*SUFFIXES, PACK) and file.is_file()]
            self._files = [(file, max(file.stat().st_mtime_ns, rules)) for file in files[:MOST_FILES]]
            self.trouble = ""
        except OSError as error:
            self._files, self.trouble = [], (error.strerror or "cannot be read").lower()


def _examined(file: Path) -> OwnLevel | None:
    try:
        found: Findings = examine(file)
    except UnreadableFile as error:
        return OwnLevel(file, None, (error.reason,))
    wrong = tuple(f"{_place(one, file)}{one.message}" for one in found.problems if one.severity == "error")
    if found.level is None and not wrong:
        return None
    return OwnLevel(file, None if wrong else found.level, wrong)


def _place(problem: Problem, file: Path) -> str:
    inside = "" if problem.file == str(file) else f"{Path(problem.file).name}, "
    return f"{inside}line {problem.line}, column {problem.column}: "


def free_name(folder: Path, template: str) -> Path:
    """Return a file for a new level that is not there yet, and make its folder.  Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    names = (f"my_{template}{'' if number == 1 else f'_{number}'}.yaml" for number in range(1, 10_000))
    return next(file for name in names if not (file := folder / name).exists())
