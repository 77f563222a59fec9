"""Finished blocks of a study, kept on disk, so that what was interrupted goes on where it stopped.

A block is found again only under the very same question: engine, rules,
level, variant, measures and seeds are all part of its key.  So nothing kept
can be stale; what no longer fits is simply never asked for.  Bodies carry a
checksum, are plain arrays and never code; whatever is damaged counts as not
there.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import re
import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from game.level.problems import UnreadableFile
from game.sim import RULE_NUMBER

MOST_BYTES = 2_000_000_000  # the oldest blocks make room beyond it
SCHEMA = "CREATE TABLE IF NOT EXISTS block (key TEXT PRIMARY KEY, body BLOB NOT NULL, sum TEXT NOT NULL)"
# A syntax tree of every file would take half a second; a test holds this against one.
_IMPORTED = re.compile(rb"^[ \t]*(?:from|import)[ \t]+game\.(\w+)", re.MULTILINE)

Arrays = dict[str, NDArray[Any]]


def default_path() -> Path:
    """Return where blocks are kept when nobody says where."""
    return user_cache_path("powerdance", appauthor=False) / "balance.sqlite"


def engine_texts(root: Path, first: str = "run") -> dict[str, bytes]:
    """Return the text of every file that the results of games may depend on, by its path below `root`, sorted.

    These are all files of the folder `first` and of every folder that their
    imports lead to, whoever of them imports it.  Raises ModuleNotFoundError
    where an import names what is not there.
    """
    texts: dict[str, bytes] = {}
    seen, waiting = {first}, [first]
    while waiting:
        name = waiting.pop()
        files = sorted((root / name).rglob("*.py")) or [root / f"{name}.py"]
        if not files[0].is_file():
            raise ModuleNotFoundError(f"the engine imports game.{name}, which is not there", name=f"game.{name}")
        for file in files:
            text = file.read_bytes()
            texts[file.relative_to(root).as_posix()] = text
            named = {found.decode() for found in _IMPORTED.findall(text)}
            waiting += sorted(named - seen)
            seen |= named
    return dict(sorted(texts.items()))


@lru_cache(maxsize=1)
def engine_digest() -> str:
    """Return a digest of the engine's own text and of the number of its rules: policies change without a new number."""
    hasher = hashlib.sha256(f"{RULE_NUMBER}".encode())
    for path, text in engine_texts(Path(__file__).parents[1]).items():
        hasher.update(f"{path}\n".encode())
        hasher.update(text)
    return hasher.hexdigest()


def key_of(*parts: Any) -> str:
    """Return the key of a question made of these parts, which must be plain data."""
    return hashlib.sha256(json.dumps([engine_digest(), *parts], sort_keys=True, default=str).encode()).hexdigest()


class FinishedBlocks:
    """Blocks in one SQLite file; a block is on disk as soon as `put` returns.  A `fresh` one forgets what was there."""

    def __init__(self, path: Path, fresh: bool = False) -> None:
        self.fresh, self.written = fresh, set[str]()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.database = sqlite3.connect(path, timeout=30.0, isolation_level=None)
            self.database.execute("PRAGMA journal_mode=WAL")
            self.database.execute(SCHEMA)
        except (sqlite3.DatabaseError, UnicodeError) as error:  # it quotes the file, which may hold anything
            hint = "name another file with --resume"
            raise UnreadableFile(str(path), f"cannot keep results there ({error}); {hint}") from None

    def get(self, key: str) -> Arrays | None:
        """Return what was kept under a key; None where there is nothing whole."""
        if self.fresh and key not in self.written:
            return None
        try:
            row = self.database.execute("SELECT body, sum FROM block WHERE key = ?", (key,)).fetchone()
            if row is None or _seal(key, row[0]) != row[1]:
                return None
            with np.load(io.BytesIO(row[0]), allow_pickle=False) as found:
                return {name: found[name] for name in found.files}
        except (sqlite3.Error, OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, arrays: Arrays) -> None:
        """Keep arrays under a key; a disk that is full costs only that they are worked out again."""
        stream = io.BytesIO()
        np.savez_compressed(stream, **arrays)  # type: ignore[arg-type]
        body = stream.getvalue()
        row = (key, body, _seal(key, body))
        self.written.add(key)
        with contextlib.suppress(sqlite3.Error, UnicodeError):
            self.database.execute("INSERT OR REPLACE INTO block VALUES (?, ?, ?)", row)

    def tidy(self, most: int = MOST_BYTES) -> None:
        """Let the oldest blocks go until the rest fits into so many bytes."""
        with contextlib.suppress(sqlite3.Error, UnicodeError):
            total = 0
            for row, size in self.database.execute("SELECT rowid, length(body) FROM block ORDER BY rowid DESC"):
                total += size
                if total > most:
                    self.database.execute("DELETE FROM block WHERE rowid <= ?", (row,))
                    return

    def close(self) -> None:
        """Leave the file."""
        self.database.close()


def _seal(key: str, body: bytes) -> str:
    """Return what tells whether a block is whole, and the answer to that very question."""
    return hashlib.sha256(key.encode() + b"\0" + body).hexdigest()


def digests_as_array(digests: Sequence[str]) -> NDArray[Any]:
    """Return digests as an array that needs no pickle."""
    return np.array(list(digests), dtype="U64")
