"""Every function of the language has values that were worked out by hand, and simple ones need one row to be had."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from game.language import elementwise, functions
from game.language.elementwise import Function
from game.language.folding import fold
from game.language.functions import FUNCTIONS
from game.language.nodes import Constant, Elementwise, NumberName
from game.language.parser import parse
from game.language.ranges import range_of
from game.language.words import PlainWords
from game.sim.compiled.formulas import Text, TextWords
from game.sim.evaluation import compile_expression
from game.sim.frame import Frame
from tests.sim.levels import one, tiny

# Three by two tiles: ann uses the first column, ann and bob the second; the third is water.  Grass as below.
LEVEL = """
stocks:
  grass: {at: tile, kind: state, range: [0, 1], start: 0, on: [ground], plain: G}
  hay:   {at: tile, kind: matter, range: [0, 10], start: 4, on: [ground], plain: H}
  herd:  {at: community, kind: state, range: [0, 60], start: 1, plain: H}
  two:   {at: world, kind: state, range: [0, 9], start: 2, plain: T}
data: {measured: {points: [[0, 4], [20, 4]], plain: D}}
noise: {steady: {kind: normal, mean: 3, spread: 0, plain: N}}
flows: {mowing: {from: hay, to: outside, rate: 1, plain: They mow.}}
actions: {pact: {mode: with, family: care, target: me, lasts: {seasons: 5}, plain: They agree.}}
objective: "met(mowing) + delay(two, 2) + delay1(two, two, 6) + delay_fixed(two, 2, 5) + smooth(two, 2, 7)
  + smooth3(two, two, 8) + trend(two, 2, 0.25)"
"""
LEGEND = """
"a": {terrain: ground, users: [ann], grass: 0.1}
"b": {terrain: ground, users: [ann, bob], grass: 0.8}
"~": {terrain: lake}
"""

PICK = PlainWords().pick

REFERENCE: dict[str, list[tuple[str, float]]] = {
    "min": [("min(two, 3)", 2), ("min(3, two, 1)", 1), ("min(grass)", 0.1), ("min(herd)", 4)],
    "max": [("max(two, 3)", 3), ("max(grass)", 0.8), ("max(herd)", 10)],
    "clamp": [("clamp(two, 3, 5)", 3), ("clamp(9, 0, 5)", 5), ("clamp(two, 0, 5)", 2)],
    "if": [("if(two > 1, 5, 6)", 5), ("if(two > 2, 5, 6)", 6)],
    "abs": [("abs(two)", 2), ("abs(0 - two)", 2), ("abs(two - 2)", 0)],
    "floor": [("floor(two + 0.9)", 2), ("floor(0 - two - 0.1)", -3), ("floor(two)", 2)],
    "sqrt": [("sqrt(two * 8)", 4), ("sqrt(two / 8)", 0.5), ("sqrt(0 - two)", 0)],
    "round": [("round(two + 0.4)", 2), ("round(two + 0.5)", 3), ("round(0 - two - 0.5)", -2)],
    "mod": [("mod(two, 0.75)", 0.5), ("(0 - two) % 5", 3), ("two % (0 - 5)", -3), ("two % (two - 2)", 0)],
    "exp": [("exp(two)", math.exp(2)), ("exp(0 - 700)", 0), ("exp(1000 * two)", 1e15)],
    "ln": [("ln(two)", math.log(2)), ("ln(exp(two))", 2), ("ln(two - 2)", math.log(1e-300))],
    "log10": [("log10(two * 50)", 2), ("log10(0.001 * (two - 1))", -3)],
    "power": [
        ("two ** 0.5", math.sqrt(2)),
        ("two ** (0 - 2)", 0.25),
        ("(0 - two) ** (two + 1)", -8),
        ("(0 - two) ** 0.5", 0),
        ("(two - 2) ** 0.5", 0),
        ("(two - 2) ** (two - 2)", 1),
    ],
    "sin": [("sin(two)", math.sin(2)), ("sin(two - 2)", 0)],
    "cos": [("cos(two)", math.cos(2)), ("cos(two - 2)", 1)],
    "tan": [("tan(two)", math.tan(2)), ("tan(two - 2)", 0)],
    # The world is as it begins, and a season has eight ticks.
    "step": [("step(two, 0)", 2), ("step(two, 0.125)", 0)],
    "pulse": [("pulse(0, 1)", 1), ("pulse(0, 0)", 1), ("pulse(1, 1)", 0), ("pulse(0 - 2, 1)", 0)],
    "pulse_train": [
        ("pulse_train(0 - 4, 1, two, 5)", 1),
        ("pulse_train(0 - 3, 1, two, 5)", 0),
        ("pulse_train(0 - 4, 1, two, 0 - 1)", 0),
    ],
    "ramp": [("ramp(two, 0 - 3)", 6), ("ramp(two, 0 - 3, 0 - 2)", 2), ("ramp(two, 1)", 0)],
    # A tile "a" has b, a and b beside it; a tile "b" has a, a, b and two of water, where no grass is.
    "near": [("max(near(grass))", (0.8 + 0.1 + 0.8) / 3), ("min(near(grass))", (0.1 + 0.1 + 0.8) / 5)],
    "mean": [("mean(grass)", 0.45), ("mean(herd)", 7)],
    "sum": [("sum(grass)", 1.8), ("sum(herd)", 14)],
    "share": [("share(grass > 0.5)", 0.5), ("share(herd > 3)", 1)],
    "count": [("count(grass > 0.5)", 2), ("max(count(uses))", 4)],
    "saturate": [("saturate(two, 2)", 0.5), ("saturate(two, 6)", 0.25)],
    "curve": [("curve(two, [[0, 1], [4, 3]])", 2), ("curve(two, [[3, 1], [4, 3]])", 1)],
    # The memories are those of the objective, as they begin; tests/sim/test_memory.py lets time pass.
    "delay": [("delay(two, 2)", 2)],
    "delay1": [("delay1(two, two, 6)", 6)],
    "delay_fixed": [("delay_fixed(two, 2, 5)", 5)],
    "smooth": [("smooth(two, 2, 7)", 7)],
    "smooth3": [("smooth3(two, two, 8)", 8)],
    "trend": [("trend(two, 2, 0.25)", 0.25)],
    "met": [("met(mowing)", 0.75)],
    "moved": [("moved(mowing)", 3)],
    "asked": [("asked(mowing)", 4)],
    "total": [("total(mowing)", 12)],
    "drift": [("drift(land)", 0.25)],
    "uses": [("sum(uses(ann, tile))", 4), ("sum(uses(bob, tile))", 2)],
    "on": [("sum(on(ground))", 4), ("sum(on(lake))", 2)],
    "full": [("full(two)", 9), ("full(grass)", 1)],
    "lasting": [("lasting(pact)", 1)],
    "series": [("series(measured)", 4), ("2 * measured", 8)],
    "noise": [("noise(steady)", 3), ("steady + 1", 4)],
}


WORDS = {"absolute": abs, "floor": math.floor, "sqrt": math.sqrt, "larger": max, "smaller": min, "pick": PICK}


def worth(row: Function, *values: float) -> float:
    """The value of a formula as the text of a kernel has it, its lines run by Python."""
    known: dict[str, object] = {**WORDS, **{f"x{index}": value for index, value in enumerate(values)}}

    def let(text: str) -> str:
        name = f"v{len(known)}"
        known[name] = eval(text, known)
        return name

    return eval(str(row.formula(TextWords(let), *(Text(f"x{index}") for index in range(row.arity)))), known)


@pytest.fixture(scope="module")
def frame() -> Frame:
    people = "ann: {name: A, herd: 10}\nbob: {name: B, herd: 4}"
    model = tiny(LEVEL, people=("ann", "bob"), communities=people, legend=LEGEND, rows="ab~\nab~")
    world = one(model)
    world.moved["mowing"][:], world.asked["mowing"][:] = 3.0, 4.0
    world.member["pact"][0] = 1.0
    return Frame(model.layout, world, extra={"total mowing": np.array(12.0), "drift land": np.array(0.25)})


def test_every_function_has_its_values() -> None:
    assert set(REFERENCE) == set(FUNCTIONS)


@pytest.mark.parametrize(("text", "wanted"), [case for cases in REFERENCE.values() for case in cases])
def test_what_a_function_is_worth(frame: Frame, text: str, wanted: float) -> None:
    looks_back = text.startswith(("total", "drift"))
    scope = replace(frame.layout.scope, window=looks_back, closed=("land",))
    node = parse(text, scope)
    assert float(np.asarray(compile_expression(node, frame.layout)(frame)).reshape(-1)[0]) == pytest.approx(wanted)
    low, high = range_of(node, scope)
    assert low <= wanted <= high


def test_one_row_is_all_that_a_simple_function_needs(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read, has its range, and gives the same with numbers, with arrays and as text."""
    row = Function(
        "part_of(x, y), x / y, at most 1",
        2,
        lambda words, x, y: words.pick(y > 0.0, words.smaller(x / words.larger(y, 0.25), 1.0) + 0.0, 1.0 - 1.0),
        lambda inside, of: (min(inside[0] / 0.25, 0.0), 1.0),
    )
    monkeypatch.setitem(elementwise.FUNCTIONS_OF_VALUES, "part_of", row)
    monkeypatch.setitem(functions.FUNCTIONS, "part_of", row.usage)
    monkeypatch.setitem(functions._READINGS, "part_of", (functions._elementwise, row.arity, row.arity))
    node = parse("part_of(two, 8)", frame.layout.scope)
    assert isinstance(node, Elementwise)
    assert float(np.asarray(compile_expression(node, frame.layout)(frame)).reshape(-1)[0]) == 0.25
    assert range_of(node, frame.layout.scope) == (0.0, 1.0)
    assert fold(node, {"two": 2.0}, frozenset()) == Constant(0, 0.25)
    assert worth(row, 2.0, 8.0) == 0.25


def test_the_formulas_say_the_same_as_text() -> None:
    for name, row in elementwise.FUNCTIONS_OF_VALUES.items():
        for x in (-2.5, -1.0, 0.0, 0.3, 2.0, 9.0):
            assert worth(row, *[x] * row.arity) == elementwise.on_numbers(name, *[x] * row.arity), (name, x)


def test_an_expression_of_names_that_may_change_is_left_as_it_is() -> None:
    node = Elementwise(0, "sqrt", (NumberName(0, "sun"),))
    assert fold(node, {}, frozenset()) is node
