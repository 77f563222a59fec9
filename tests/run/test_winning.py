"""Who wins too cheaply in a player's seat: idle, random and one taker seldom should."""

from __future__ import annotations

import pytest

from game.lab.balance_words import bar_lines
from game.level.problems import LevelError
from game.level.reader import load_level, parse_level
from game.run.study import Study
from game.run.winning import MOST_CHEAP, Row, policy_requests, policy_rows
from tests.run.yard import YARD, yard

OWN_BAR = "mutual: {bars: {idle: {at_most: 1, plain: There is always bread.}}}\n"


def rows_of(text: str) -> dict[str, Row]:
    level = parse_level(text)
    records = Study(level).run(policy_requests(level, range(10), range(0)))
    return {row.policy: row for row in policy_rows(level, records)}


def test_whoever_wins_without_partnering_is_told_beside_the_bar() -> None:
    rows = rows_of(YARD.replace("TRUST", "0.5").replace("TAKES", "4"))
    assert {name for name, row in rows.items() if row.bar is not None} == {"idle", "random", "over"}
    assert rows["idle"].bar == MOST_CHEAP and rows["idle"].alone_share == 1.0 and not rows["idle"].keeps_bar
    assert rows["idle"].as_dict()["first_seat"]["at_most"] == MOST_CHEAP
    (line,) = bar_lines(list(rows.values()))
    assert "does not hold" in line and "idle 15%" in line and "wins more: idle 100.0%" in line


def test_a_level_may_name_another_bar_with_its_reason() -> None:
    rows = rows_of(YARD.replace("TRUST", "0.5").replace("TAKES", "4") + OWN_BAR)
    assert rows["idle"].bar == 1.0 and rows["idle"].keeps_bar
    first, second = bar_lines([rows["idle"]])
    assert "holds" in first and second.strip() == "idle: There is always bread."


def test_partners_may_win_as_often_as_they_can_and_so_may_anybody_in_a_control() -> None:
    assert rows_of(YARD.replace("TRUST", "0.5").replace("TAKES", "4"))["with"].keeps_bar
    level = load_level("one_nail")
    records = Study(level).run(policy_requests(level, range(2), range(0)))
    assert all(row.bar is None for row in policy_rows(level, records))


@pytest.mark.parametrize("text", [OWN_BAR.replace("idle", "idel"), OWN_BAR.replace("idle", "with")])
def test_a_bar_for_somebody_else_is_refused(text: str) -> None:
    with pytest.raises(LevelError, match="no bar for"):
        parse_level(YARD.replace("TRUST", "0.5").replace("TAKES", "4") + text)
    assert yard().mutual.bars == {}
