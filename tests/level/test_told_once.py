"""A fault is told once, at its place, with what to write instead; what follows from it alone is not told."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.level.reader import examine

HEAD = """\
format: 1
title: T
seasons: 2
stocks:
  murk: {at: world, kind: state, range: [0, 10], start: 4, unbalanced: x, plain: M.}
influences: {i: {of: murk, change: a, plain: I.}}
"""
POINTS = ", ".join(f"[{one}, {one}]" for one in range(101))


def told(folder: Path, text: str, table: str = "mm\n1\n2\n3\n") -> list[str]:
    """What is wrong with a model, as `line:column: message`."""
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "rain.csv").write_text(table, encoding="utf-8")
    (folder / "m.yaml").write_text(text, encoding="utf-8")
    return [f"{one.line}:{one.column}: {one.message}" for one in examine(folder / "m.yaml").problems]


def test_a_table_that_cannot_be_read_is_not_said_to_be_too_short(tmp_path: Path) -> None:
    assert told(tmp_path, HEAD + "data: {a: {file: rain.csv, plain: R.}}\n", "mm\n1\nx\n") == ['3:1: "x" is no number']


@pytest.mark.parametrize(
    ("piece", "said"),
    [
        ("data: {a: {points: [[0, 1]], plain: A.}}", '"points" needs at least 2 points, as in [[0, 1], [10, 5]]'),
        ("noise: {a: {kind: normal, mean: 1, spread: -1, plain: A.}}", '"spread" must be at least 0, not -1'),
        ("noise: {a: {kind: normal, mean: s, spread: 1, plain: A.}}", '"mean" needs a number, not "s"'),
        ("noise: {a: {kind: lognormal, mean: s, spread: 1, plain: A.}}", '"mean" needs a number, not "s"'),
        ("noise: {a: {kind: uniform, range: [0], plain: A.}}", '"range" needs two numbers, as in [0, 10]'),
        (f'auxiliaries: {{a: {{is: "curve(murk, [{POINTS}])", plain: A.}}}}', "write the points under tables"),
    ],
)
def test_one_fault_is_one_line_with_its_cure(piece: str, said: str, tmp_path: Path) -> None:
    found = told(tmp_path, f"{HEAD}{piece}\n")
    assert len(found) == 1 and said in found[0]


@pytest.mark.parametrize(
    ("between", "told_of"), [("linear", "a straight line between its neighbours"), ("step", "the value before")]
)
def test_a_value_that_is_missing_between_others_is_a_warning_with_its_line(
    between: str, told_of: str, tmp_path: Path
) -> None:
    piece = f"data: {{a: {{file: rain.csv, column: mm, time: t, between: {between}, plain: R.}}}}\n"
    found = told(tmp_path, HEAD + piece, "t,mm\n0,1\n1,\n2,\n3,3\n4,\n")
    assert (
        len(found) == 1 and found[0].startswith("3:3: no value stands here and in another line") and told_of in found[0]
    )


def test_what_a_map_is_stands_where_it_is_missing(tmp_path: Path) -> None:
    people = "communities: {alder: {name: The Alders}}\nseats: [alder]\n"
    found = told(tmp_path, HEAD.partition("influences")[0] + people)
    assert len(found) == 2 and all("a pure model" in one for one in found)
    assert "the ground on which the level is played" in found[1]


@pytest.mark.parametrize(
    ("through", "place", "said"), [("[]", "7:22", "goes through"), ("[murk, murk]", "7:29", "names each stock once")]
)
def test_a_loop_of_nothing_or_twice_through_a_stock_is_refused(
    through: str, place: str, said: str, tmp_path: Path
) -> None:
    loops = f"loops: {{l: {{through: {through}, plain: L.}}}}\n"
    found = told(tmp_path, HEAD.replace("change: a", "change: 1") + loops)
    assert len(found) == 1 and found[0].startswith(f"{place}: ") and said in found[0]


def test_a_circle_of_starts_names_the_auxiliaries_that_it_goes_through(tmp_path: Path) -> None:
    text = HEAD.replace("start: 4", "start: k + 1").replace("change: a", "change: 1")
    found = told(tmp_path, text + 'auxiliaries: {k: {is: "2 * j", plain: K.}, j: {is: murk / 2, plain: J.}}\n')
    assert len(found) == 1
    assert 'the start of "murk" needs "k", which needs "j", which needs that of "murk"' in found[0]


STOCKS = """\
format: 1
title: T
seasons: 2
stocks:
  fish: {at: world, kind: matter, unit: t, range: [0, 10], start: 4, unbalanced: x, plain: F.}
  odd: {at: world, kind: state, unit: "UNIT", range: [0, 10], start: 4, unbalanced: x, plain: O.}
auxiliaries: {k: {is: "RULE", plain: K.}}
"""


@pytest.mark.parametrize(
    ("unit", "rule", "said"),
    [
        ("//", "1", '"//" is no unit: write words'),
        ("**", "1", "is no unit"),
        ("1/", "1", "is no unit"),
        ("t/", "1", "is no unit"),
        ("basketsful of apples of may", "1", "at most 24 letters"),
        ("t", "exp(fish)", "exp takes a plain number, and fish is in t"),
        ("t", "delay(time, 0 - 1)", "a delay takes a number of seasons from"),
        ("t", "delay(time, 0)", "a delay takes a number of seasons from"),
        ("t", "pulse_train(1, 2, 0, 10)", "takes an interval above 0"),
        ("kg/person", "exp(fish / 10) + sin(time)", ""),
    ],
)
def test_units_and_intervals_that_are_none_are_told(unit: str, rule: str, said: str, tmp_path: Path) -> None:
    found = told(tmp_path, STOCKS.replace("UNIT", unit).replace("RULE", rule))
    found = [one for one in found if "divide by zero" not in one]
    assert len(found) == bool(said) and all(said in one for one in found)
