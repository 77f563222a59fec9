"""Files beside a level that it names: found by plain names in its own folders, read within bounds, carried along."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from game.language.errors import PowerdanceError
from game.level.library import is_plain_name, resolved

PICTURES, DATA = "pictures", "data"
ENDINGS = {PICTURES: (".svg", ".png"), DATA: (".csv",)}  # what lies in each folder
MOST_FILES = 40  # that a level may name
MOST_BESIDE = 1024 * 1024  # bytes of them together


class TooMuchBeside(PowerdanceError, ValueError):
    """A level names more files, or larger ones, than it may."""


@dataclass
class Beside:
    """Where files beside a level are looked up, and which were asked for: (path in a pack, bytes)."""

    read: Callable[[str, str, str], bytes | None]  # folder, name, ending
    found: dict[str, bytes] = field(default_factory=dict)
    before: str = ""  # stands before a path in messages

    def get(self, folder: str, name: str, endings: Iterable[str]) -> tuple[str, bytes] | None:
        """Return path and bytes of a file by its plain name; None where there is none.  Raises TooMuchBeside."""
        if not is_plain_name(name):
            return None
        for ending in endings:
            path = f"{folder}/{name}{ending}"
            raw = self.found.get(path)
            if raw is None:
                raw = self.read(folder, name, ending)
            if raw is not None:
                self.found[path] = raw
                if len(self.found) > MOST_FILES or sum(map(len, self.found.values())) > MOST_BESIDE:
                    raise TooMuchBeside(
                        f"pictures and data of a level are at most {MOST_FILES} files and "
                        f"{MOST_BESIDE // 1024} KiB together"
                    )
                return path, raw
        return None

    def file_of(self, path: str) -> str:
        """Return what messages call a file beside a level."""
        return f"{self.before}{path}"

    @property
    def carried(self) -> tuple[tuple[str, bytes], ...]:
        """All that was asked for and found, in a fixed order."""
        return tuple(sorted(self.found.items()))


def beside_file(level: Path) -> Beside:
    """Return the files that lie beside a level: in `pictures/` and `data/` of its folder."""

    def read(folder: str, name: str, ending: str) -> bytes | None:
        file = resolved(level.parent / folder, name, ending)
        if file is None:
            return None
        try:
            with file.open("rb") as stream:
                return stream.read(MOST_BESIDE + 1)
        except OSError:
            return None

    before = "" if level.parent == Path() else f"{level.parent.as_posix()}/"
    return Beside(read, before=before)


def beside_text(carried: Iterable[tuple[str, bytes]], before: str = "") -> Beside:
    """Return the files that a level carries along; no file is opened."""
    kept = dict(carried)
    return Beside(lambda folder, name, ending: kept.get(f"{folder}/{name}{ending}"), before=before)


def meant(path: str) -> bool:
    """Whether a path of a pack can be a file beside a level."""
    folder, _, name = path.partition("/")
    return any(name.endswith(one) and is_plain_name(name.removesuffix(one)) for one in ENDINGS.get(folder, ()))


def stamps(level: Path) -> tuple[tuple[str, int, int], ...]:
    """Return names, times and sizes of what lies beside a level, so that a change of it is seen."""
    found = []
    for folder, endings in ENDINGS.items():
        try:
            files = sorted((level.parent / folder).iterdir())[:200] if (level.parent / folder).is_dir() else []
            for file in files:
                if file.suffix in endings and file.is_file():
                    state = file.stat()
                    found.append((f"{folder}/{file.name}", state.st_mtime_ns, state.st_size))
        except OSError:
            continue
    return tuple(found)
