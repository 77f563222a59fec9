"""Series of data: read within bounds from beside the level, told over time, the same bits on all backends."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from game.cli import main
from game.level.packs import PACK
from game.level.problems import Problem
from game.level.reader import examine, load_level, parse_level
from game.level.schema import Level, Series
from game.level.series import MOST_POINTS, DataFault, per_tick, read_points
from game.run import backends
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.observe import observe
from game.sim.step import step
from tests.sim.levels import level_text
from tests.sim.test_backends import same_as_numpy, same_as_oracle

MODEL = """\
format: 1
title: A barrel
seasons: {count: 6, ticks: 2}
data:
  rain: {file: rain.csv, column: mm, time: season, plain: Rain of six years.}
stocks:
  barrel: {at: world, kind: matter, unit: mm, range: [0, 1000], start: 0, unbalanced: rain fills it, plain: Water.}
flows:
  falling: {from: outside, to: barrel, rate: rain, plain: It rains.}
"""
RAIN = "season,mm,hail\n0,10,1\n2,30,1\n4,0,1\n5,8,1\n"


def barrel(folder: Path, table: str | bytes = RAIN, text: str = MODEL) -> Path:
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "rain.csv").write_bytes(table.encode() if isinstance(table, str) else table)
    file = folder / "barrel.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def course(level: Level, name: str) -> list[float]:
    """What a column tells after each season."""
    model = compile_level(level)
    world, found = new_worlds(model, [1]), []
    for _ in range(level.seasons.count):
        world = step(model, world)
        found.append(float(observe(model, world)[name][0]))
    return found


def errors(file: Path) -> list[Problem]:
    return [one for one in examine(file).problems if one.severity == "error"]


def series(points: list[tuple[float, float]], between: str = "linear", start: float = 0, each: float = 1) -> Series:
    return Series(plain="x", points=tuple(points), between=between, start=start, each=each)  # type: ignore[arg-type]


def test_straight_lines_between_points_and_the_last_value_after_them() -> None:
    told = per_tick(series([(0, 10), (2, 30), (3, 0)]), 4, 2)
    assert told == (10, 15, 20, 25, 30, 15, 0, 0, 0)


def test_each_value_until_the_next_one() -> None:
    told = per_tick(series([(1, 10), (2.5, 30)], "step"), 4, 2)
    assert told == (10, 10, 10, 10, 10, 30, 30, 30, 30)


def test_data_in_years_or_months_begin_where_they_are_told_to() -> None:
    assert per_tick(series([(1990, 1), (1992, 3)], start=1990), 2, 1) == (1, 2, 3)
    assert per_tick(series([(0, 0), (24, 24)], each=12), 2, 1) == (0, 12, 24)


def test_a_series_is_read_by_its_name(tmp_path: Path) -> None:
    level = load_level(barrel(tmp_path))
    # Each of two ticks a season lets half of what it says fall: 10 and 15, 20 and 25, 30 and 22.5, 15 and 7.5 ...
    assert course(level, "barrel") == pytest.approx([12.5, 35.0, 61.25, 72.5, 74.5, 82.5])
    assert course(level, "rain")[0] == 20.0, "it stands in tables as an auxiliary does"


def series_model() -> Model:
    """A level whose flows, moods and actions read two series."""
    body = """
    data:
      rain: {points: [[0, 1], [1.3, 7], [2.9, 2]], plain: Rain.}
      price: {points: [[0, 3], [1.1, 0.7]], between: step, plain: What it costs.}
    stocks:
      grass: {at: tile, kind: matter, range: [0, 100], start: 5, varies: 0.4, plain: Grass.}
      mood: {at: community, kind: state, range: [0, 9], start: 1, plain: Mood.}
    flows:
      grows: {from: outside, to: grass, rate: "0.1 * rain * grass / (1 + price)", plain: It grows.}
    influences:
      cheer: {of: mood, change: "0.3 * rain - 0.2 * price", plain: Rain cheers.}
    actions:
      mow: {mode: neutral, family: take, target: me, plain: Mow., when: "rain > 1.5",
            now: [{of: mood, add: "0.1 * rain * price"}]}
    """
    return compile_level(parse_level(level_text(body, seasons=4, ticks=3)))


def test_the_oracle_reads_the_same_bits() -> None:
    same_as_oracle(series_model(), seasons=4)


@pytest.mark.nightly
@pytest.mark.usefixtures("compiled_here")
def test_compiled_code_reads_the_same_bits() -> None:
    model = series_model()
    same_as_numpy(model, backends.kernel("compiled", model, 1), worlds=2, seasons=4)


def test_packs_carry_the_table_and_another_table_is_another_level(tmp_path: Path) -> None:
    file = barrel(tmp_path)
    first, packed = load_level(file), tmp_path / f"barrel{PACK}"
    assert main(["pack", str(file), "--out", str(packed)]) == 0
    table = tmp_path / "data" / "rain.csv"
    table.write_text(RAIN.replace("30", "31"), encoding="utf-8")
    os.utime(table, ns=(1, 2**62))
    assert load_level(packed).model_dump() == first.model_dump() != load_level(file).model_dump()
    assert load_level(file).written != first.written


@pytest.mark.parametrize(
    "table",
    [
        RAIN,
        RAIN.replace(",", ";"),
        RAIN.replace(",", "\t"),
        "﻿" + RAIN.replace("\n", "\r\n"),
        "season;mm\n0;10,0\n2;30\n4;0,0\n5;8\n",
        '"season","mm"\n"0","10"\n2,30\n\n3,\n4,0\n5,8\n\n',
    ],
)
def test_tables_as_programs_write_them(table: str) -> None:
    assert read_points(table.encode(), "mm", "season")[0] == [[0, 10], [2, 30], [4, 0], [5, 8]]


def test_without_times_each_line_is_a_season() -> None:
    assert read_points(b"mm\n4\n5\n6\n", None, None)[0] == [[0, 4], [1, 5], [2, 6]]


FAULTS = {
    "no number": ("season,mm\n0,10\n1,lots\n", '"lots" is no number', 3, 3),
    "not finite": ("season,mm\n0,10\n1,inf\n", "reckoned with", 3, 3),
    "no time": ("season,mm\n0,10\nx,2\n", '"x" is no number', 3, 1),
    "back in time": ("season,mm\n0,10\n0,2\n", "does not come after", 3, 1),
    "another column": ("season,m\n0,10\n1,2\n", 'has no column "mm"', 1, 1),
    "twice": ("season,mm,mm\n0,10,1\n1,2,3\n", "each once", 1, 1),
    "a cell too many": ("season,mm\n0,10\n1,2,3\n", "3 cells", 3, 1),
    "no lines": ("season,mm\n", "fewer than two", 1, 1),
    "nothing": ("", "is empty", 1, 1),
    "many lines": ("season,mm\n" + "".join(f"{n},1\n" for n in range(MOST_POINTS + 2)), "more than", 2002, 1),
    "large": ("season,mm\n" + "0,1\n" * 100_000, "KiB", 1, 1),
    "a quote": ('season,mm\n0,"10\n1,2\n', "is no table", 3, 1),
    "other letters": (b"season,mm\n0,10\n1,\xff\n", "UTF-8", 3, 1),
    "nulls": (b"season,mm\n0,\x00\n", "no number|no table", 2, 1),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_wrong_with_a_table_has_its_place(name: str) -> None:
    table, told, line, column = FAULTS[name]
    with pytest.raises(DataFault) as found:
        read_points(table if isinstance(table, bytes) else table.encode(), "mm", "season")
    assert any(part in str(found.value) for part in told.split("|")), str(found.value)
    assert found.value.line == line and (found.value.column == column or name == "nulls")


def test_check_tells_the_file_and_the_line(tmp_path: Path) -> None:
    (found,) = errors(barrel(tmp_path, "season,mm\n0,10\n1,lots\n"))
    assert (found.code, Path(found.file).name, found.line, found.column) == ("bad-table", "rain.csv", 3, 3)


@pytest.mark.parametrize("name", ["../rain.csv", "/etc/passwd", "rain", "data/rain.csv", "https://x/rain.csv", "r.xls"])
def test_nothing_but_a_plain_name_leads_to_a_table(tmp_path: Path, name: str) -> None:
    (tmp_path / "rain.csv").write_text(RAIN, encoding="utf-8")
    (found,) = errors(barrel(tmp_path, text=MODEL.replace("file: rain.csv", f'file: "{name}"')))
    assert found.code == "not-a-table" and found.line == 5


def test_a_table_that_is_not_there_and_a_link_out_of_the_folder(tmp_path: Path) -> None:
    file = barrel(tmp_path)
    (tmp_path / "secret.csv").write_text(RAIN, encoding="utf-8")
    (tmp_path / "data" / "rain.csv").unlink()
    assert [(one.code, one.line) for one in errors(file)] == [("unknown-file", 5)]
    (tmp_path / "data" / "rain.csv").symlink_to(tmp_path / "secret.csv")
    assert [(one.code, one.line) for one in errors(file)] == [("unknown-file", 5)]


def test_data_that_end_before_the_game_are_told(tmp_path: Path) -> None:
    found = examine(barrel(tmp_path, RAIN.replace("5,8,1\n", "")))
    assert not found.broken and [one.code for one in found.problems] == ["data-too-short"]
    assert "seasons 0 to 4" in found.problems[0].message and found.problems[0].line == 5


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{plain: Rain.}", "has no data"),
        ("{points: [[0, 1], [0, 2]], plain: Rain.}", "must rise"),
        ("{points: [[0, 1], [1, 2]], file: rain.csv, plain: Rain.}", "not both"),
        ("{points: [[0, 1], [1, 2]], between: smooth, plain: Rain.}", "linear"),
        ("{points: [[0, 1]], plain: Rain.}", "points"),
    ],
)
def test_what_is_written_wrongly_is_told(tmp_path: Path, written: str, told: str) -> None:
    text = MODEL.replace("{file: rain.csv, column: mm, time: season, plain: Rain of six years.}", written)
    found = errors(barrel(tmp_path, text=text))
    assert any(told in one.message and one.line == 5 for one in found), found


def test_a_hundred_and_one_points_stand_in_the_level() -> None:
    points = ", ".join(f"[{place / 20}, {place * place}]" for place in range(101))
    text = MODEL.replace("{file: rain.csv, column: mm, time: season, plain: Rain of six years.}",
                         f"{{points: [{points}], plain: Rain.}}")  # fmt: skip
    level = parse_level(text)
    assert level.data["rain"].points is not None and len(level.data["rain"].points) == 101
    assert np.isfinite(course(level, "barrel")).all()
