"""Games and progress that outlive the program: one SQLite file, safe against sudden ends.

A game is kept as what people decided, season by season; since the same
level, seed and decisions give the same bits, that is the whole game.  SQLite
in write-ahead mode makes each season whole or absent, even after `kill -9`.
"""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

VERSION = 1
NAME_LENGTH = 16

_TABLES = """
create table if not exists profile (id integer primary key, name text not null unique);
create table if not exists game (
    id integer primary key, profile integer not null references profile (id), level text not null,
    seed integer not null, people integer not null, policies text not null, plans text not null,
    season integer not null, outcome integer not null, rules integer not null, touched integer not null);
create table if not exists progress (
    profile integer not null references profile (id), level text not null, won integer not null default 0,
    best real not null default 0, primary key (profile, level));
create table if not exists setting (name text primary key, value text not null);
"""


class StoreError(Exception):
    """Saved games that cannot be read or written; its text is one plain line."""


def clean_name(text: str) -> str:
    """Return the name of a player as it is kept: one line of printable letters, not too long; may be empty."""
    plain = unicodedata.normalize("NFC", text)
    letters = "".join(sign for sign in plain if sign.isprintable() or sign.isspace())
    return " ".join(letters.split())[:NAME_LENGTH].rstrip()


@dataclass
class SavedGame:
    """One game: who plays what, and all decisions so far (season -> seat -> (actions, refuses))."""

    level: str
    seed: int
    people: int
    policies: tuple[str, ...]
    plans: list[dict[int, tuple[tuple[str, ...], bool]]] = field(default_factory=list)
    outcome: int = 0
    rules: int = 0
    id: int | None = None

    @property
    def season(self) -> int:
        """How many seasons have been played."""
        return len(self.plans)


class Store:
    """The saved games of everybody on this computer."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file or user_data_path("powerdance") / "games.sqlite3"
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(self.file, timeout=5.0, isolation_level=None)
            self._base.execute("pragma journal_mode = wal")
            self._base.execute("pragma synchronous = full")
            version = self._base.execute("pragma user_version").fetchone()[0]
            if version > VERSION:
                raise StoreError(f"{self.file} was written by a newer Powerdance; update the game to read it")
            self._base.executescript(_TABLES)
            self._base.execute(f"pragma user_version = {VERSION}")
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"{self.file}: saved games cannot be opened ({error})") from None

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        try:
            self._base.execute("begin immediate")
            yield self._base
            self._base.execute("commit")
        except sqlite3.Error as error:
            with suppress(sqlite3.Error):
                if self._base.in_transaction:
                    self._base.execute("rollback")
            raise StoreError(f"{self.file}: the game could not be saved ({error})") from None

    def _rows(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._base.execute(question, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError(f"{self.file}: saved games cannot be read ({error})") from None

    def profile(self, name: str) -> int:
        """Return the number of a profile; it is made when new."""
        with self._change() as base:
            base.execute("insert or ignore into profile (name) values (?)", (name,))
            return int(base.execute("select id from profile where name = ?", (name,)).fetchone()[0])

    def profiles(self) -> list[str]:
        """Return the names of all profiles, the oldest first."""
        return [str(row[0]) for row in self._rows("select name from profile order by id")]

    def forget(self, name: str) -> None:
        """Delete a profile with all its games and progress."""
        with self._change() as base:
            for table in ("game", "progress"):
                base.execute(f"delete from {table} where profile in (select id from profile where name = ?)", (name,))
            base.execute("delete from profile where name = ?", (name,))

    def save(self, profile: int, game: SavedGame) -> None:
        """Keep a game as it stands; the first time gives it a number."""
        plans = json.dumps(
            [{str(seat): [list(actions), refuses] for seat, (actions, refuses) in plan.items()} for plan in game.plans]
        )
        row = (
            profile,
            game.level,
            game.seed,
            game.people,
            json.dumps(game.policies),
            plans,
            game.season,
            game.outcome,
            game.rules,
        )
        with self._change() as base:
            order = base.execute("select coalesce(max(touched), 0) + 1 from game").fetchone()[0]
            if game.id is None:
                made = base.execute(
                    "insert into game (profile, level, seed, people, policies, plans, season, outcome, rules, touched) "
                    "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (*row, order),
                )
                game.id = made.lastrowid
            else:
                base.execute(
                    "update game set profile = ?, level = ?, seed = ?, people = ?, policies = ?, plans = ?, "
                    "season = ?, outcome = ?, rules = ?, touched = ? where id = ?",
                    (*row, order, game.id),
                )

    def running(self, profile: int) -> SavedGame | None:
        """Return the game that was played last and is not over, if there is one."""
        rows = self._rows(
            "select id, level, seed, people, policies, plans, outcome, rules from game "
            "where profile = ? and outcome = 0 order by touched desc limit 1",
            profile,
        )
        return _game(rows[0]) if rows else None

    def finish(self, profile: int, level: str, won: bool, objective: float) -> None:
        """Note how a level ended."""
        with self._change() as base:
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

    def setting(self, name: str, default: Any) -> Any:
        """Return a setting."""
        rows = self._rows("select value from setting where name = ?", name)
        try:
            return json.loads(rows[0][0]) if rows else default
        except (ValueError, TypeError):
            return default

    def set(self, name: str, value: Any) -> None:
        """Keep a setting."""
        with self._change() as base:
            base.execute(
                "insert into setting (name, value) values (?, ?) "
                "on conflict (name) do update set value = excluded.value",
                (name, json.dumps(value)),
            )


def _game(row: tuple[Any, ...]) -> SavedGame | None:
    number, level, seed, people, policies, plans, outcome, rules = row
    try:
        read = [
            {int(seat): (tuple(actions), bool(refuses)) for seat, (actions, refuses) in plan.items()}
            for plan in json.loads(plans)
        ]
        return SavedGame(level, seed, people, tuple(json.loads(policies)), read, outcome, rules, number)
    except (ValueError, TypeError, AttributeError):
        return None
