"""A school may have a class and a field a yield: words of Python are names like any other."""

from __future__ import annotations

import keyword

import pytest

from game.language.syntax import ExpressionError, names_in_text, syntax_tree
from game.level.problems import LevelError
from game.level.reader import parse_level
from game.sim.beginning import new_worlds
from game.sim.model import compile_level
from game.sim.step import step

MODEL = """\
format: 1
title: A class
seasons: {count: 4, ticks: 2}
stocks:
  class: {at: world, kind: state, range: [0, 9], start: 2, plain: Who comes.}
  yield: {at: world, kind: state, range: [0, 9], start: 0, plain: What they learn.}
influences:
  learning: {of: yield, plain: They learn., change: "delay(class, 1) - yield"}
  leaving:  {of: class, plain: They go., change: "if(yield > 1, 0 - class, 0)"}
"""


def test_stocks_may_be_called_class_and_yield() -> None:
    model = compile_level(parse_level(MODEL))
    world = step(model, new_worlds(model, [1]))
    assert world.stock["yield"].item() == pytest.approx(1.5) and world.stock["class"].item() == 2.0


# What has a meaning in levels, too, and what begins with a capital letter.
MEANT = ("and", "or", "not", "if", "True", "False", "None")


@pytest.mark.parametrize("name", [name for name in keyword.kwlist if name not in MEANT])
def test_such_a_name_is_read_as_it_stands(name: str) -> None:
    assert set(names_in_text(f"2 * {name} + max({name}, rain)")) == {name, "rain", "max"}


def test_places_of_faults_stay_where_they_are() -> None:
    text = "1 + class * nobody"
    with pytest.raises(LevelError, match=r":8:\d+: error: there is no stock"):
        parse_level(MODEL.replace("delay(class, 1) - yield", text))
    assert syntax_tree("  class + 1").col_offset == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["import os", "yield 1", "lambda: 1", "class x: pass", "await x", "x if y else z"])
def test_what_python_would_run_is_no_expression(text: str) -> None:
    with pytest.raises((ExpressionError, LevelError)):
        syntax_tree(text)
        parse_level(MODEL.replace("delay(class, 1) - yield", text))
