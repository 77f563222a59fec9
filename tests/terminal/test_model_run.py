"""A model without a game in a terminal: its time passes and its numbers are shown."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from game.level.reader import load_level, parse_level
from game.level.templates import write_template
from game.terminal.game import play

MURK = """
format: 1
title: Murk
seasons: 4
stocks: {murk: {at: world, kind: state, range: [0, 10], start: 4, unbalanced: x, plain: M.}}
"""


@pytest.fixture
def epidemic(tmp_path: Path) -> Path:
    write_template(tmp_path / "m.yaml", "model")
    return tmp_path / "m.yaml"


def told(level: Path, *lines: str) -> str:
    written = io.StringIO()
    reading = io.StringIO("".join(f"{line}\n" for line in lines))
    assert play(load_level(str(level)), str(level), 1, 3, ("idle",), "", reading, written) == 0
    return written.getvalue()


def test_a_model_says_that_its_time_just_runs(epidemic: Path) -> None:
    said = told(epidemic)
    assert "nobody plays it, its days just run" in said
    assert not [word for word in ("spring", "GOALS", "DIALS", "days of work", "onlooker") if word in said]


def test_its_stocks_are_shown_with_their_course(epidemic: Path) -> None:
    said = told(epidemic, "", "10", "all")
    assert "1 of 100 days have passed" in said and "11 of 100 days have passed" in said
    assert "The model has run for 100 days." in said
    last = said.rpartition("100 of 100 days have passed:")[2].split("\n")[1:4]
    assert [row.split()[0] for row in last] == ["susceptible", "infectious", "recovered"]
    assert [row.split()[3] for row in last] == ["-", "-", "+"]


def test_what_a_model_cannot_do_is_told_in_a_line(epidemic: Path) -> None:
    assert '"foo" is nothing that a model can do' in told(epidemic, "foo", "quit")


def test_a_model_that_watches_nothing_shows_all_it_has() -> None:
    written = io.StringIO()
    play(parse_level(MURK), "murk", 1, 3, ("idle",), "", io.StringIO("all\n"), written)
    assert "murk  4" in written.getvalue() and "year" not in written.getvalue()
