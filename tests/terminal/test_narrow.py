"""Below sixty columns the game stands in one column: for narrow windows, large letters, and readers that speak."""

from __future__ import annotations

import io

import pytest

from game.level.reader import load_level
from game.terminal.game import play
from game.terminal.paint import Style, narrowed, seen

LINES = ["5 birch", "why grass", "who", "coming", "end", "letters", "help", "loops", "end"]


def told(columns: str, monkeypatch: pytest.MonkeyPatch, level: str = "the_shared_pasture") -> list[str]:
    """Everything that a short game prints where the terminal is so wide."""
    monkeypatch.setenv("COLUMNS", columns)
    written, loaded = io.StringIO(), load_level(level)
    play(loaded, level, 1, 3, loaded.default_policies(), "", io.StringIO("\n".join(LINES) + "\n"), written)
    return written.getvalue().splitlines()


@pytest.mark.parametrize("level", ["the_shared_pasture", "the_living_forest"])
@pytest.mark.parametrize(
    "columns", [pytest.param("60", marks=pytest.mark.nightly), pytest.param("40", marks=pytest.mark.nightly), "30"]
)
def test_no_line_is_longer_than_the_terminal(columns: str, level: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = told(columns, monkeypatch, level)
    longest = max((line for line in lines if not line.startswith("  powerdance play")), key=len)
    assert len(longest) < int(columns), longest


@pytest.mark.nightly
def test_nothing_stands_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    wide, narrow = told("80", monkeypatch), told("58", monkeypatch)
    between = [[line[38:41] == " | " and "why" not in line for line in lines] for lines in (wide, narrow)]
    assert any(between[0]) and not any(between[1])


def test_the_same_is_said_however_wide_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def words(lines: list[str]) -> list[str]:
        signs = "".join(sign if sign.isalnum() else " " for sign in " ".join(lines))
        return sorted(word for word in signs.split() if len(word) > 3 and word.isalpha())

    wide, narrow = words(told("80", monkeypatch)), words(told("58", monkeypatch))
    assert {*wide} == {*narrow}


def test_a_line_is_broken_at_its_blanks_and_keeps_its_colour() -> None:
    line = "  " + Style(colour=True).paint("one two three four five six seven", "red") + " eight"
    rows = narrowed(line, 16)
    assert all(seen(row) <= 16 for row in rows) and len(rows) > 2
    assert all("\x1b[31m" in row and "\x1b[0m" in row for row in rows[:-1]) and rows[-1].endswith("eight")
    assert narrowed("short", 16) == ["short"]
    assert narrowed("averyveryverylongword", 10) == ["averyveryverylongword"]


def test_over_a_pipe_that_says_nothing_lines_are_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    written, level = io.StringIO(), load_level("first_steps")
    play(level, "first_steps", 1, 3, level.default_policies(), "", io.StringIO(""), written)
    assert max(map(len, written.getvalue().splitlines())) > 60
