"""Saved games after damage: the file is set aside, the last good copy comes back, what can be read is added to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Any

from game.level.whole_files import written_whole
from game.record.saved_game import SEALED, seal_of
from game.record.store import NAMES, VERSION, Store, StoreError, clean_name

BESIDE = ("", "-wal", "-shm", "-journal")  # the files in which SQLite keeps one database
# What SQLite says where a sound file cannot be used just now: it will be another time.  Whole sentences, since
# of a damaged file it says words that stand in it.
NO_FAULT_OF_THE_FILE = frozenset((
    "database is locked", "database table is locked", "locking protocol", "database or disk is full",
    "disk i/o error", "attempt to write a readonly database", "unable to open database file", "out of memory",
))  # fmt: skip
Row = dict[str, Any]


def open_store(file: Path | None = None) -> tuple[Store, str]:
    """Open the saved games, whatever has become of their file; return also a line that tells it, mostly nothing.

    Raises StoreError where games cannot be kept at all: in a place that cannot
    be written, and in a file of a newer game, which is left alone.
    """
    where = Store.place(file)
    copy = good_copy(where)
    if (gone := _is_gone(where)) and copy.is_file() and _is_sound(copy) and _come_back(copy, where):
        return Store(where), f"The file of saved games was {gone}: the last good copy was taken instead."
    try:
        store = Store(where)
    except StoreError as error:
        if not _is_damage(where, error):
            raise
        return _rescued(where)
    if not store.damage():
        _copy(store)
        return store, ""
    store.close()
    return _rescued(where)


def _is_gone(file: Path) -> str:
    """Return what became of a file that keeps nothing any more: a new one would take the place of its good copy."""
    if not file.exists():
        return "gone"
    return "empty" if file.is_file() and not file.stat().st_size else ""


def keep_copy(store: Store) -> bool:
    """Keep a copy of games that are sound, and return whether that was done.

    A good copy is never replaced by a damaged one, and where there is no room
    for another the games are kept all the same.
    """
    return not store.damage() and _copy(store)


def _copy(store: Store) -> bool:
    try:
        store.copy(good_copy(store.file))
    except StoreError:
        return False
    return True


def good_copy(file: Path) -> Path:
    """Return where the last good copy of saved games lies."""
    return file.with_name(f"{file.stem}.last-good{file.suffix}")


def _is_damage(file: Path, error: StoreError) -> bool:
    """Whether a file that cannot be opened is at fault itself, and neither newer than this game nor out of reach."""
    said = str(error.__cause__ or "").lower()
    if file.exists() and not file.is_file():
        return True
    try:
        with file.open("rb+") as stream:
            stream.read(1)
    except OSError:
        return False
    try:
        with closing(sqlite3.connect(file)) as base:
            version = base.execute("pragma user_version").fetchone()[0]
            if base.execute("pragma integrity_check (1)").fetchone()[0] != "ok":
                return True
            return version <= VERSION and said not in NO_FAULT_OF_THE_FILE
    except (sqlite3.DatabaseError, UnicodeError) as other:
        return str(other).lower() not in NO_FAULT_OF_THE_FILE


def _rescued(file: Path) -> tuple[Store, str]:
    aside = _set_aside(file)
    copy = good_copy(file)
    came_back = copy.is_file() and _is_sound(copy) and _come_back(copy, file)
    store = Store(file)
    read = _take_in(store, _readable(aside))
    what = "the last good copy was taken instead" if came_back else "a new one was begun"
    also = f", and {read} entries that could still be read were added" if read else ""
    return store, f"The file of saved games was damaged: {what}{also}. The damaged one is {aside.name}."


def _come_back(copy: Path, file: Path) -> bool:
    """Put a copy in the place of a file in one step.  Raises StoreError where it cannot be written."""
    try:
        with written_whole(file) as temporary:
            temporary.write_bytes(copy.read_bytes())
    except OSError as error:
        raise StoreError(f"{file}: the last good copy could not be put back ({error.strerror})") from error
    return True


def _set_aside(file: Path) -> Path:
    """Give a file, and what SQLite keeps beside it, a name with its date; return the new one.  Raises StoreError."""
    for number in range(1, 1000):
        again = f"-{number}" if number > 1 else ""
        aside = file.with_name(f"{file.stem}.damaged-{date.today().isoformat()}{again}{file.suffix}")
        if aside.exists():
            continue
        try:
            for ending in BESIDE:
                part = Path(f"{file}{ending}")
                if part.exists():
                    part.rename(f"{aside}{ending}")
        except OSError as error:
            raise StoreError(f"{file} is damaged and could not be set aside ({error.strerror})") from None
        return aside
    raise StoreError(f"{file} is damaged; too many damaged ones lie beside it already")


def _is_sound(file: Path) -> bool:
    try:
        with closing(Store(file)) as store:
            return not store.damage()
    except StoreError:
        return False


def _readable(file: Path) -> Iterator[tuple[str, Row]]:
    """Yield what a damaged file still tells, (table, row); a row that is no text where text should be is left out."""
    if not file.is_file():  # a pipe would never end
        return
    try:
        base = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        return
    base.text_factory = bytes
    with closing(base):
        for table in NAMES:
            yield from ((table, row) for row in _rows(base, table))


def _rows(base: sqlite3.Connection, table: str) -> Iterator[Row]:
    """Yield the rows of a table, one by one by their number, so that a damaged page costs only what stands on it."""
    numbers: list[int] = []
    with suppress(sqlite3.Error, UnicodeError):
        for (number,) in base.execute(f"select rowid from {table}"):
            numbers.append(number)
    for number in numbers:
        with suppress(sqlite3.Error, UnicodeError, TypeError):
            found = base.execute(f"select * from {table} where rowid = ?", (number,))
            names = [column[0] for column in found.description]
            row = found.fetchone()
            if row is not None:
                yield {
                    name: value.decode("utf-8") if isinstance(value, bytes) else value
                    for name, value in zip(names, row, strict=True)
                }


def _take_in(store: Store, rows: Iterator[tuple[str, Row]]) -> int:
    """Add what was read of a damaged file to sound games; return how many rows that changed.

    A game that goes on further than the one that is there takes its place;
    nothing else that is there already is changed.
    """
    added = 0
    people: dict[Any, int] = {}  # who had which number in the damaged file
    with store.changing() as base:
        for table, row in rows:
            with suppress(sqlite3.IntegrityError, sqlite3.InterfaceError, OverflowError, UnicodeError, KeyError):
                if table == "profile":
                    name = clean_name(str(row["name"]))
                    if name:
                        added += base.execute("insert or ignore into profile (name) values (?)", (name,)).rowcount
                        found = base.execute("select id from profile where name = ?", (name,)).fetchone()
                        people[row["id"]] = int(found[0])
                    continue
                if "profile" in row:
                    row = {**row, "profile": people[row["profile"]]}
                added += _add_game(base, row) if table == "game" else _add(base, table, row)
    return added


def _add(base: sqlite3.Connection, table: str, row: Row, where_there: str = "ignore") -> int:
    names = [name for name in row if name in {one[1] for one in base.execute(f"pragma table_info ({table})")}]
    marks = ", ".join("?" * len(names))
    values = [row[name] for name in names]
    return base.execute(f"insert or {where_there} into {table} ({', '.join(names)}) values ({marks})", values).rowcount


def _add_game(base: sqlite3.Connection, row: Row) -> int:
    """Add a game whose seal is whole, or put it in the place of the same game as it was some seasons ago."""
    if not row.get("seal") or row["seal"] != seal_of([row[name] for name in SEALED.split(", ")]):
        return 0
    there = base.execute("select level, seed, season from game where id = ?", (row["id"],)).fetchone()
    if there is None:
        return _add(base, "game", row)
    if there[:2] == (row["level"], row["seed"]):
        if there[2] >= row["season"]:
            return 0
        return _add(base, "game", row, "replace")
    return _add(base, "game", {name: value for name, value in row.items() if name != "id"})
