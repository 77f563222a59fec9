"""Series of data: what was measured, read from `data/` beside a level or written in it, and told over time.

A series is known by its name wherever a stock may be read: it becomes an
auxiliary of that name.  Its values are worked out once for every tick there
is, so that no backend draws a line of its own.
"""

from __future__ import annotations

import csv
import io
import math
import re
from bisect import bisect_right
from itertools import pairwise
from typing import Any

from game.language.errors import PowerdanceError
from game.language.suggest import did_you_mean
from game.level.beside import DATA, Beside, TooMuchBeside
from game.level.checker import Checker
from game.level.merge import Path, Source
from game.level.problems import Problem
from game.level.schema import Level, Series

NOTHING_READ = ((0.0, 0.0), (1.0, 0.0))  # stands for the points of a series that could not be read
LARGEST_FILE = 256 * 1024  # bytes
MOST_POINTS, MOST_COLUMNS = 2000, 60
LARGEST = 1e15
_FILE = re.compile(r"([a-z][a-z0-9_]*)\.csv")
_WANTED = ("file", "column", "time", "points", "start", "each", "between", "plain", "name", "unit", "icon", "source")


class DataFault(PowerdanceError, ValueError):
    """Why a table is refused, and where: line and column from 1."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.line, self.column = line, column


def lay_data(source: Source, beside: Beside) -> list[Problem]:
    """Read every series of merged data, in place: its points, and an auxiliary that tells it.

    Returns what is wrong with files; the shape of what is written is for the schema to hold.
    """
    problems: list[Problem] = []
    written = source.data.get("data")
    for name, item in written.items() if isinstance(written, dict) else ():
        if not isinstance(item, dict):
            continue
        path: Path = ("data", name)
        if isinstance(item.get("file"), str):
            found = _points_of(source, path, item, beside, problems)
            if isinstance(found, Problem):
                problems.append(found)
                item["points"] = NOTHING_READ  # what is told once is enough
                source.unread.add((*path, "points"))
            else:
                item["points"] = found
        auxiliaries = source.data.setdefault("auxiliaries", {})
        if isinstance(auxiliaries, dict) and name in auxiliaries:
            told = f'"{name}" is an auxiliary already; a name has one meaning'
            problems.append(source.problem(path, "name-taken", told, key=True))
        elif isinstance(auxiliaries, dict):
            kept = {key: item[key] for key in ("plain", "name", "unit", "icon", "source") if key in item}
            auxiliaries[name] = {"is": f"series({name})", **kept}
            source.origins["auxiliaries", name] = source._origin(path)
    return problems


def _points_of(
    source: Source, path: Path, item: dict[str, Any], beside: Beside, problems: list[Problem]
) -> list[list[float]] | Problem:
    match = _FILE.fullmatch(item["file"])
    if "points" in item:
        return source.problem((*path, "points"), "wrong-value", "write a file or points, not both", key=True)
    if match is None:
        told = f'"{item["file"][:60]}" is no table: write a plain name, as in rain.csv; it lies in data/ by the level'
        return source.problem((*path, "file"), "not-a-table", told)
    try:
        found = beside.get(DATA, match[1], (".csv",))
    except TooMuchBeside as error:
        return source.problem((*path, "file"), "too-many", str(error))
    if found is None:
        told = f"there is no data/{item['file']} beside the level"
        return source.problem((*path, "file"), "unknown-file", told)
    column, time = item.get("column"), item.get("time")
    file = beside.file_of(found[0])
    try:
        points, gaps = read_points(
            found[1], column if isinstance(column, str) else None, time if isinstance(time, str) else None
        )
    except DataFault as fault:
        return Problem(file, fault.line, fault.column, "error", "bad-table", str(fault))
    if gaps:
        problems.append(Problem(file, *gaps[0], "warning", "missing-value", _gaps_told(item, len(gaps))))
    return points


def _gaps_told(item: dict[str, Any], count: int) -> str:
    more = {1: "", 2: " and in another line"}.get(count, f" and in {count - 1} other lines")
    told = "the value before stands" if item.get("between") == "step" else "a straight line between its neighbours does"
    return f"no value stands here{more}: {told} for it; write what was measured"


def read_points(raw: bytes, column: str | None, time: str | None) -> tuple[list[list[float]], list[tuple[int, int]]]:
    """Return (time, value) for each row of a table, and where between them a value is missing, as (line, column).

    Without a column of times the rows are counted from 0.  Commas, semicolons
    or tabs between cells; beside semicolons and tabs a decimal comma is one.
    Raises DataFault.
    """
    rows, comma = _rows(raw)
    names = [name.strip() for name in rows[0][1]]
    if len(set(names)) != len(names) or len(names) > MOST_COLUMNS:
        raise DataFault(f"the first line names up to {MOST_COLUMNS} columns, each once")
    values = _column(names, column, [name for name in names if name != time], "column")
    times = None if time is None else _column(names, time, names, "time")
    found: list[list[float]] = []
    gaps: list[tuple[int, int]] = []
    between = 0  # how many of the gaps lie before a value
    for count, (line, row) in enumerate(rows[1:]):
        if len(row) != len(names):
            raise DataFault(f"this line has {len(row)} cells and the first one {len(names)}", line)
        if not row[values].strip():
            if found:
                gaps.append((line, _place(row, values)))
            continue
        between = len(gaps)
        at = float(count) if times is None else _number(row, times, line, comma)
        if found and at <= found[-1][0]:
            raise DataFault(f"the time {at:g} does not come after {found[-1][0]:g}", line)
        found.append([at, _number(row, values, line, comma)])
        if len(found) > MOST_POINTS:
            raise DataFault(f"has more than {MOST_POINTS} lines", line)
    if len(found) < 2:
        raise DataFault("has fewer than two lines with a value")
    return found, gaps[:between]


def _rows(raw: bytes) -> tuple[list[tuple[int, list[str]]], bool]:
    """Return the rows of a table that hold anything, each with its line, and whether numbers have decimal commas."""
    if len(raw) > LARGEST_FILE:
        raise DataFault(f"has more than {LARGEST_FILE // 1024} KiB; leave out what the level does not read")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataFault("is not UTF-8: save it as CSV UTF-8", raw[: error.start].count(b"\n") + 1) from None
    first = text.partition("\n")[0]
    between = max((";", "\t", ","), key=first.count) if any(one in first for one in ";\t,") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    found = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                found.append((reader.line_num, row))
    except csv.Error as error:
        raise DataFault(f"is no table ({error})", reader.line_num) from None
    if not found:
        raise DataFault("is empty: its first line names the columns")
    return found, between != ","


def _column(names: list[str], wanted: str | None, others: list[str], key: str) -> int:
    if wanted is None:
        if len(others) != 1:
            raise DataFault(f"has the columns {', '.join(others)[:200]}: write which one, as in {key}: {others[-1]}")
        return names.index(others[0])
    if wanted not in names:
        hint = did_you_mean(wanted, names)
        raise DataFault(f'has no column "{wanted[:60]}"{hint}; it has {", ".join(names)[:200]}')
    return names.index(wanted)


def _place(row: list[str], place: int) -> int:
    """Return at which letter of its line a cell begins, from 1."""
    return 1 + sum(len(cell) + 1 for cell in row[:place])


def _number(row: list[str], place: int, line: int, comma: bool) -> float:
    text = row[place].strip()
    column = _place(row, place)
    try:
        value = float(text.replace(",", ".") if comma and "." not in text else text)
    except ValueError:
        raise DataFault(f'"{text[:40]}" is no number', line, column) from None
    if "_" in text or not math.isfinite(value) or abs(value) > LARGEST:
        raise DataFault(f'"{text[:40]}" is no number that can be reckoned with', line, column)
    return value


def per_tick(series: Series, seasons: int, ticks: int) -> tuple[float, ...]:
    """Return the value of a series at the beginning of every tick of a game, and at its end.

    Straight lines between points, or each value until the next one; before
    the first point its value, after the last one the last.
    """
    times = [(at - series.start) / series.each for at, _ in series.points or ()]
    values = [value for _, value in series.points or ()]
    found = []
    for number in range(seasons * ticks + 1):
        now = float(number // ticks) + (number % ticks) / ticks
        if series.between == "step":
            found.append(values[max(bisect_right(times, now + 0.5 / ticks) - 1, 0)])
            continue
        place = bisect_right(times, now) - 1
        if place < 0 or place + 1 >= len(times):
            found.append(values[max(place, 0)])
        else:
            slope = (values[place + 1] - values[place]) / (times[place + 1] - times[place])
            found.append(values[place] + (now - times[place]) * slope)
    return tuple(found)


def check_data(level: Level, checker: Checker) -> None:
    """Note what is wrong with series: points that do not rise, no points at all; and what ends before the game."""
    for name, series in level.data.items():
        path: Path = ("data", name)
        if (*path, "points") in checker.source.unread:
            continue
        if series.points is None:
            checker.error(path, "missing-key", f'"{name}" has no data: write file: {name}.csv, or points', key=True)
            continue
        for place, (before, point) in enumerate(pairwise(series.points), start=1):
            if point[0] <= before[0]:
                checker.error((*path, "points", place), "wrong-value", "the times of a series must rise")
        if not all(math.isfinite(one) and abs(one) <= LARGEST for point in series.points for one in point):
            checker.error((*path, "points"), "wrong-value", "a series holds finite numbers, at most 1e15")
        first, last = ((point[0] - series.start) / series.each for point in (series.points[0], series.points[-1]))
        if first > 0 or last < level.seasons.count - 1:
            message = (
                f"it tells seasons {first:g} to {last:g}, and the game lasts from 0 to {level.seasons.count}: "
                "before and after, the first and the last value stand"
            )
            checker.warning(path, "data-too-short", message, key=True)
