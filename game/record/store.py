"""Games and progress that outlive the program: one SQLite file, safe against sudden ends.

A game is kept as what people decided, season by season; since the same
level, seed and decisions give the same bits, that is the whole game.  SQLite
in write-ahead mode makes each season whole or absent, even after `kill -9`.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from game.language.errors import PowerdanceError
from game.level.whole_files import written_whole
from game.record.saved_game import SEALED, SavedGame, carried, game_of, is_readable, seal_of, signed, written

VERSION = 5
NAME_LENGTH = 16

TABLES = """
create table if not exists profile (id integer primary key, name text not null unique);
create table if not exists game (
    id integer primary key, profile integer not null references profile (id), level text not null,
    seed integer not null, people integer not null, policies text not null, plans text not null,
    season integer not null, outcome integer not null, rules integer not null, touched integer not null,
    difficulty text not null default 'as_told', branch integer not null default 0,
    level_text text not null default '', seal text not null default '',
    planned text not null default '', played text not null default '');
create table if not exists level_text (digest text primary key, carried text not null);
create table if not exists progress (
    profile integer not null references profile (id), level text not null, won integer not null default 0,
    best real not null default 0, primary key (profile, level));
create table if not exists setting (name text primary key, value text not null);
create table if not exists star (
    profile integer not null references profile (id), level text not null, star text not null,
    primary key (profile, level, star));
create table if not exists entry (
    profile integer not null references profile (id), kind text not null, name text not null,
    level text not null, game integer, told text not null, number integer not null,
    primary key (profile, kind, name));
"""
NAMES = tuple(re.findall(r"exists (\w+)", TABLES))
# What older files lack, by the version that brought it.
_COLUMNS = {
    2: (("difficulty", "text not null default 'as_told'"), ("branch", "integer not null default 0")),
    3: (("level_text", "text not null default ''"),),
    4: (("seal", "text not null default ''"),),
    5: (("planned", "text not null default ''"), ("played", "text not null default ''")),
}


class StoreError(PowerdanceError):
    """Saved games that cannot be read or written; its text is one plain line."""


def clean_name(text: str) -> str:
    """Return the name of a player as it is kept: one line of printable letters, not too long; may be empty."""
    plain = unicodedata.normalize("NFC", text)
    letters = "".join(sign for sign in plain if sign.isprintable() or sign.isspace())
    return " ".join(letters.split())[:NAME_LENGTH].rstrip()


def _columns(base: sqlite3.Connection) -> set[tuple[str, str, str, int]]:
    """Return (table, column, type, place in the primary key) of all columns."""
    return {(table, row[1], row[2], row[5]) for table in NAMES for row in base.execute(f"pragma table_info ({table})")}


@cache
def _columns_wanted() -> set[tuple[str, str, str, int]]:
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(TABLES)
        return _columns(base)


@dataclass(frozen=True)
class Entry:
    """Something met in play: of which kind (action, path, loop, circumstance, ally ...), called what, where first.

    `details` are its title, its picture and what else is said of it, as the level had them.
    """

    kind: str
    name: str
    level: str = ""
    game: int | None = None
    details: dict[str, str] = field(default_factory=dict, compare=False)


class Store:
    """The saved games of everybody on this computer."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = self.place(file)
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(self.file, timeout=5.0, isolation_level=None)
            with suppress(sqlite3.OperationalError):  # a network drive may have no shared memory: a journal will do
                self._base.execute("pragma journal_mode = wal")
            self._base.execute("pragma synchronous = full")
            version = self._base.execute("pragma user_version").fetchone()[0]
            if version > VERSION:
                raise StoreError(f"{self.file} was written by a newer Powerdance; update the game to read it")
            self._base.executescript(TABLES)
            self._upgrade()
        except StoreError:
            self._base.close()
            raise
        except (sqlite3.Error, UnicodeError, OSError) as error:
            if hasattr(self, "_base"):
                self._base.close()
            raise StoreError(f"{self.file}: saved games cannot be opened ({error})") from error

    @staticmethod
    def place(file: Path | None = None) -> Path:
        """Return where games are kept: the file that is named, else the one in the user's folder."""
        return file or user_data_path("powerdance") / "games.sqlite3"

    def _upgrade(self) -> None:
        """Give an older file what it lacks, all of it or nothing; what is kept in it stays."""
        self._base.execute("begin immediate")
        version = self._base.execute("pragma user_version").fetchone()[0]
        there = {row[1] for row in self._base.execute("pragma table_info (game)")}
        for number, columns in _COLUMNS.items():
            for name, kind in columns if version < number else ():
                if name not in there:
                    self._base.execute(f"alter table game add column {name} {kind}")
        if version < 2:
            # Whoever had won a level has the star for it.
            self._base.execute(
                "insert or ignore into star (profile, level, star) select profile, level, 'goals' from progress "
                "where won = 1"
            )
        if version < 4:
            # From now on a game without a seal is one that could not be read when this file was opened first.
            for number, *kept in self._base.execute(f"select id, {SEALED} from game where seal = ''").fetchall():
                if is_readable(kept):
                    self._base.execute("update game set seal = ? where id = ?", (seal_of(kept), number))
        self._base.execute(f"pragma user_version = {VERSION}")
        self._base.execute("commit")

    def damage(self) -> str:
        """Return what is wrong with the file, as far as a whole reading shows it; nothing where it is sound."""
        try:
            found = str(self._base.execute("pragma integrity_check (1)").fetchone()[0])
            if _columns(self._base) != _columns_wanted():
                return "its tables have other columns"
            for table in NAMES:
                for _ in self._base.execute(f"select * from {table}"):
                    pass
            games = self._base.execute(f"select {SEALED}, seal from game").fetchall()
        except (sqlite3.Error, UnicodeError, OverflowError) as error:
            return str(error)
        if not all(seal == seal_of(kept) if seal else is_readable(kept) for *kept, seal in games):
            return "a game is not as it was kept"
        return "" if found == "ok" else found

    def copy(self, file: Path) -> None:
        """Write a copy of all of it to another file, which is whole or as it was before.  Raises StoreError."""
        try:
            with written_whole(file) as temporary, closing(sqlite3.connect(temporary)) as other:
                self._base.backup(other)
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"{file}: no copy of the saved games could be made ({error})") from None

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """Give the database for a change that is made whole or not at all.  Raises StoreError."""
        try:
            self._base.execute("begin immediate")
            yield self._base
            self._base.execute("commit")
        except (sqlite3.Error, UnicodeError, OverflowError) as error:
            raise StoreError(f"{self.file}: the game could not be saved ({error})") from None
        finally:
            # Whatever went wrong: a transaction left open would keep all later saves from the disk.
            with suppress(sqlite3.Error):
                if self._base.in_transaction:
                    self._base.execute("rollback")

    def _rows(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._base.execute(question, values).fetchall()
        except (sqlite3.Error, UnicodeError, OverflowError) as error:
            raise StoreError(f"{self.file}: saved games cannot be read ({error})") from None

    def profile(self, name: str) -> int:
        """Return the number of a profile; it is made when new."""
        with self.changing() as base:
            base.execute("insert or ignore into profile (name) values (?)", (name,))
            return int(base.execute("select id from profile where name = ?", (name,)).fetchone()[0])

    def profiles(self) -> list[str]:
        """Return the names of all profiles, the oldest first."""
        return [str(row[0]) for row in self._rows("select name from profile order by id")]

    def forget(self, name: str) -> None:
        """Delete a profile with all its games and progress."""
        with self.changing() as base:
            for table in ("game", "progress", "star", "entry"):
                base.execute(f"delete from {table} where profile in (select id from profile where name = ?)", (name,))
            base.execute("delete from profile where name = ?", (name,))
            base.execute("delete from level_text where digest not in (select level_text from game)")

    def save(self, profile: int, game: SavedGame) -> None:
        """Keep a game as it stands; the first time gives it a number."""
        plans = json.dumps([written(plan) for plan in game.plans])
        game.played = datetime.now().strftime("%Y-%m-%d %H:%M")
        loose = json.dumps(written(game.planned)) if game.planned else "", game.played
        text, digest = carried(game.level_text)
        row = (
            profile,
            game.level,
            signed(game.seed),
            game.people,
            json.dumps(game.policies),
            plans,
            game.season,
            game.outcome,
            game.rules,
            game.difficulty,
            int(game.branch),
            digest,
        )
        with self.changing() as base:
            order = base.execute("select coalesce(max(touched), 0) + 1 from game").fetchone()[0]
            if text:
                base.execute("insert or ignore into level_text (digest, carried) values (?, ?)", (digest, text))
            if game.id is None:
                made = base.execute(
                    "insert into game (profile, level, seed, people, policies, plans, season, outcome, rules, "
                    "difficulty, branch, level_text, seal, planned, played, touched) "
                    "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (*row, seal_of(row[1:]), *loose, order),
                )
                game.id = made.lastrowid
            else:
                base.execute(
                    "update game set profile = ?, level = ?, seed = ?, people = ?, policies = ?, plans = ?, "
                    "season = ?, outcome = ?, rules = ?, difficulty = ?, branch = ?, level_text = ?, seal = ?, "
                    "planned = ?, played = ?, touched = ? where id = ?",
                    (*row, seal_of(row[1:]), *loose, order, game.id),
                )

    def running(self, profile: int) -> SavedGame | None:
        """Return the game that was played last and is not over, if there is one."""
        return next(iter(self.unfinished(profile)), None)

    def unfinished(self, profile: int) -> list[SavedGame]:
        """Return all games that are not over and are as they were kept, the one that was played last first."""
        rows = self._rows(
            f"select id, {SEALED}, seal, planned, played, "
            "(select carried from level_text where digest = game.level_text) from game "
            "where profile = ? and outcome = 0 order by touched desc",
            profile,
        )
        return [game for row in rows if (game := game_of(row)) is not None]

    def throw_away(self, game: int) -> None:
        """Delete one game."""
        with self.changing() as base:
            base.execute("delete from game where id = ?", (game,))
            base.execute("delete from level_text where digest not in (select level_text from game)")

    def finish(self, profile: int, level: str, won: bool, objective: float) -> None:
        """Note how a level ended."""
        with self.changing() as base:
            base.execute(
                "insert into progress (profile, level, won, best) values (?, ?, ?, ?) on conflict (profile, level) "
                "do update set won = max(won, excluded.won), best = max(best, excluded.best)",
                (profile, level, int(won), objective),
            )

    def progress(self, profile: int) -> dict[str, bool]:
        """Return which levels were played to their end, and whether they were won."""
        return {
            level: bool(won) for level, won in self._rows("select level, won from progress where profile = ?", profile)
        }

    def win_stars(self, profile: int, level: str, stars: Iterable[str]) -> None:
        """Note stars that were won in a level; a star once won is never lost."""
        with self.changing() as base:
            base.executemany(
                "insert or ignore into star (profile, level, star) values (?, ?, ?)",
                [(profile, level, star) for star in stars],
            )

    def stars(self, profile: int) -> dict[str, frozenset[str]]:
        """Return the stars won in each level."""
        found: dict[str, set[str]] = {}
        for level, star in self._rows("select level, star from star where profile = ?", profile):
            found.setdefault(level, set()).add(star)
        return {level: frozenset(stars) for level, stars in found.items()}

    def meet(self, profile: int, entries: Iterable[Entry]) -> list[Entry]:
        """Write into the codex what was met; return what was not in it yet, in its order."""
        new: list[Entry] = []
        with self.changing() as base:
            number = base.execute("select coalesce(max(number), 0) from entry where profile = ?", (profile,)).fetchone()
            for entry in entries:
                row = (profile, entry.kind, entry.name, entry.level, entry.game, json.dumps(entry.details),
                       number[0] + len(new) + 1)  # fmt: skip
                made = base.execute(
                    "insert or ignore into entry (profile, kind, name, level, game, told, number) "
                    "values (?, ?, ?, ?, ?, ?, ?)",
                    row,
                )
                if made.rowcount:
                    new.append(entry)
        return new

    def entries(self, profile: int, kind: str = "") -> list[Entry]:
        """Return what stands in the codex of a profile, of one kind or of all, the oldest first."""
        rows = self._rows("select kind, name, level, game, told from entry where profile = ? order by number", profile)
        return [
            Entry(one, name, level, game, _details(kept)) for one, name, level, game, kept in rows if kind in ("", one)
        ]

    def setting(self, name: str, default: Any) -> Any:
        """Return what is set under a name: who played last, and in older files also what `settings.toml` holds now."""
        rows = self._rows("select value from setting where name = ?", name)
        try:
            return json.loads(rows[0][0]) if rows else default
        except (ValueError, TypeError, RecursionError):
            return default

    def set(self, name: str, value: Any) -> None:
        """Keep a value under a name."""
        with self.changing() as base:
            base.execute(
                "insert into setting (name, value) values (?, ?) "
                "on conflict (name) do update set value = excluded.value",
                (name, json.dumps(value)),
            )


def _details(text: str) -> dict[str, str]:
    try:
        return {str(key): str(value) for key, value in json.loads(text).items()}
    except (ValueError, AttributeError, RecursionError):
        return {}
