"""Which numbers stand above the board: those that a level names, or those that its goals are about."""

from __future__ import annotations

import pytest

from game.insight.roles import roles_of, watched
from game.level.problems import LevelError
from game.level.reader import parse_level
from game.sim.model import compile_level
from tests.sim.levels import level_text

BODY = """
stocks:
  grass: {at: tile, kind: matter, range: [0, 1], start: 0.5, plain: Grass.}
  lice:  {at: tile, kind: state, range: [0, 1], start: 0.5, plain: Lice.}
  trust: {at: [community, community], kind: state, range: [0, 1], start: 0.3, plain: Trust.}
%s
"""


def stocks_above(watch: str) -> list[str]:
    goals = "- {id: green, plain: Green., hold: mean(grass) > 0.4}"
    model = compile_level(parse_level(level_text(BODY % watch, goals=goals, people=("ann", "bob"))))
    return watched(model, roles_of(model))


def test_goals_decide_where_a_level_says_nothing() -> None:
    assert stocks_above("") == ["grass"]


def test_a_level_may_name_them() -> None:
    assert stocks_above("watch: [lice, grass]") == ["lice", "grass"]


@pytest.mark.parametrize("watch", ["watch: [mice]", "watch: [trust]", "watch: [grass, lice, grass, lice, grass, lice]"])
def test_unknown_ones_relations_and_too_many_are_refused(watch: str) -> None:
    with pytest.raises(LevelError):
        stocks_above(watch)
