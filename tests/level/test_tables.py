"""A table holds the points of a curve, more of them than an expression has room for."""

from __future__ import annotations

import numpy as np
import pytest

from game.level.problems import LevelError
from game.level.reader import changed_level, parse_level
from game.sim.beginning import new_worlds
from game.sim.goals import objective
from game.sim.model import compile_level
from game.sim.step import step
from tests.sim.levels import level_text

BODY = """
tables: {rise: {points: [POINTS], plain: A rise.}}
objective: curve(NAME, rise)
"""
LONG = ", ".join(f"[{x}, {x * x}]" for x in range(101))


def level(name: str = "time", points: str = LONG) -> object:
    return parse_level(level_text(BODY.replace("POINTS", points).replace("NAME", name), ticks=1))


def test_a_table_of_a_hundred_and_one_points_is_a_series_over_time() -> None:
    model = compile_level(level())  # type: ignore[arg-type]
    world, found = new_worlds(model, [1]), []
    for _ in range(6):
        found.append(float(objective(model, world)[0]))
        world = step(model, world)
    assert found == [0, 1, 4, 9, 16, 25]


def test_a_study_may_change_its_points() -> None:
    changed = changed_level(level(), {"rise.points": [[0, 5], [9, 5]]})  # type: ignore[arg-type]
    model = compile_level(changed)
    assert np.array_equal(objective(model, new_worlds(model, [1])), [5.0])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BODY.replace("POINTS", "[0, 1], [0, 2]").replace("NAME", "time"), "0 comes after 0"),
        (BODY.replace("POINTS", "[0, 1]").replace("NAME", "time"), "points"),
        (BODY.replace("POINTS", "[0, 1], [1, 2]").replace("curve(NAME, rise)", "curve(time, rize)"),
         'no table "rize".*did you mean "rise"'),
        (BODY.replace("POINTS", "[0, 1], [1, 2]").replace("curve(NAME, rise)", "rise"), "rise"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_one_is_told(text: str, said: str) -> None:
    with pytest.raises(LevelError, match=said):
        parse_level(level_text(text))
