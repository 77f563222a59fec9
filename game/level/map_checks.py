"""Checks of the map: its rows, its signs, who lives where."""

from __future__ import annotations

from game.level.checker import Checker
from game.level.merge import Path
from game.level.problems import did_you_mean
from game.level.schema import Level

LARGEST_SIDE = 128


def check_map(level: Level, checker: Checker) -> None:
    """Note everything wrong with the map."""
    rows = level.map.rows.splitlines()
    while rows and not rows[-1].strip():
        rows.pop()
    if not rows:
        checker.error(("map", "rows"), "empty-map", "the map has no rows")
        return
    width = len(rows[0])
    if len(rows) > LARGEST_SIDE or max(len(row) for row in rows) > LARGEST_SIDE:
        checker.error(("map", "rows"), "too-many", f"a map has at most {LARGEST_SIDE} rows and columns")
        return
    offset = 0
    for number, row in enumerate(rows):
        if len(row) != width:
            checker.problems.append(
                checker.source.problem(
                    ("map", "rows"),
                    "uneven-map",
                    f"row {number + 1} of the map has {len(row)} signs, and the first row has {width}",
                    offset=offset,
                )
            )
        for column, sign in enumerate(row):
            if sign not in level.map.legend:
                checker.problems.append(
                    checker.source.problem(
                        ("map", "rows"),
                        "unknown-sign",
                        f'the sign "{sign}" stands in row {number + 1}, column {column + 1}, and is not in the legend',
                        offset=offset + column,
                    )
                )
        offset += len(row) + 1
    _check_heights(level, rows, checker)
    _check_legend(level, checker)
    homes = {sign.home for key, sign in level.map.legend.items() if sign.home and any(key in row for row in rows)}
    for seat in level.seats:
        if seat in level.communities and seat not in homes and level.kind != "model":
            checker.warning(("map",), "no-home", f'"{seat}" has a seat and no home on the map', key=True)


def _check_heights(level: Level, rows: list[str], checker: Checker) -> None:
    path: Path = ("map", "heights")
    running = [name for name, stock in level.stocks.items() if stock.downhill is not None]
    heights = level.map.heights.splitlines()
    while heights and not heights[-1].strip():
        heights.pop()
    if not heights:
        return
    if len(heights) != len(rows):
        message = f"the map has {len(rows)} rows, and its heights have {len(heights)}"
        checker.error(path, "uneven-map", message)
    offset = 0
    for number, (line, row) in enumerate(zip(heights, rows, strict=False)):
        wrong = next((place for place, sign in enumerate(line) if sign not in "0123456789"), None)
        if wrong is not None:
            message = f'a height is a digit from 0 (low) to 9 (high), not "{line[wrong]}"'
            checker.problems.append(checker.source.problem(path, "wrong-value", message, offset=offset + wrong))
        elif len(line) != len(row):
            message = f"row {number + 1} of the heights has {len(line)} digits, and the map has {len(row)} signs there"
            checker.problems.append(checker.source.problem(path, "uneven-map", message, offset=offset))
        offset += len(line) + 1
    if not running:
        checker.warning(path, "no-use", "nothing runs downhill in these rules, so heights change nothing", key=True)


def _check_legend(level: Level, checker: Checker) -> None:
    on_tiles = [name for name, stock in level.stocks.items() if stock.place == "tile"]
    for sign, meaning in level.map.legend.items():
        path: Path = ("map", "legend", sign)
        if len(sign) != 1:
            checker.error(path, "wrong-value", f'a sign is one character, not "{sign}"', key=True)
        if meaning.terrain is None and meaning.home is None:
            checker.error(path, "missing-key", f'say what "{sign}" is: terrain or home', key=True)
        if meaning.terrain is not None:
            checker.known(meaning.terrain, level.terrains, (*path, "terrain"), "terrain")
        if meaning.home is not None:
            checker.known(meaning.home, level.communities, (*path, "home"), "community")
        for index, user in enumerate(meaning.users):
            checker.known(user, level.communities, (*path, "users", index), "community")
        for stock, value in meaning.starts.items():
            if stock not in on_tiles:
                allowed = ["terrain", "home", "users", "place", *on_tiles]
                checker.error(
                    (*path, stock),
                    "unknown-key",
                    f'unknown key "{stock}"{did_you_mean(stock, allowed)}; allowed here: {", ".join(allowed)}',
                    key=True,
                )
                continue
            low, high = level.stocks[stock].range
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
                checker.error(
                    (*path, stock), "out-of-range", f'"{stock}" starts with a number from {low:g} to {high:g}'
                )
