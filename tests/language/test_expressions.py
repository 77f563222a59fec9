"""The language of rules: what it reads, what it refuses, what it computes, between which bounds."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.language.nodes import COMMUNITY, PARTNER, TILE, WORLD, Constant, Curve, Near, Node, walk
from game.language.parser import parse
from game.language.ranges import never_zero, possible_zero_divisions, range_of
from game.language.scope import FlowView, Scope, StockView
from game.language.syntax import ExpressionError, Fault
from game.sim.beginning import new_worlds
from game.sim.goals import objective
from tests.sim.levels import one, play, tiny, value

STOCKS = {
    "grass": StockView("tile", 0, 1),
    "water": StockView("tile", 0, 2),
    "herd": StockView("community", 0, 60),
    "mood": StockView("community", -1, 1),
    "effort": StockView("player", 0, 6),
    "store": StockView("world", 0, 100),
    "heat": StockView("world", 1, 5),
    "trust": StockView("relation", 0, 1),
}
NUMBERS = {"growth": (0.3, 0.6), "shift": (-1.0, 1.0)}
FLOWS = {"grazing": FlowView(COMMUNITY), "raining": FlowView(WORLD)}
ALL = COMMUNITY | PARTNER | TILE


def scope(axes: int = WORLD, **more: object) -> Scope:
    settings_of_all = {"specials": {"season": WORLD, "users": TILE}, "agreements": ("pact",), "place": "a test"}
    return Scope(STOCKS, NUMBERS, FLOWS, ("ann", "bob"), axes, **{**settings_of_all, **more})  # type: ignore[arg-type]


def faults(text: object, where: Scope | None = None) -> tuple[Fault, ...]:
    with pytest.raises(ExpressionError) as caught:
        parse(text, where or scope())  # type: ignore[arg-type]
    assert caught.value.faults
    return caught.value.faults


@pytest.mark.parametrize(
    "text, axes",
    [
        ("1", WORLD),
        ("1.5e3", WORLD),
        (" 1 + 2 * 3 ", WORLD),
        ("-store", WORLD),
        ("+store", WORLD),
        ("growth", WORLD),
        ("season", WORLD),
        ("store ** 2", WORLD),
        ("store ** 1.5", WORLD),
        ("grass ** -growth % 0.3", TILE),
        ("herd ** exp(grass)", COMMUNITY | TILE),
        ("grass", TILE),
        ("grass * growth", TILE),
        ("herd", COMMUNITY),
        ("herd * grass", COMMUNITY | TILE),
        ("trust", COMMUNITY | PARTNER),
        ("trust * herd", COMMUNITY | PARTNER),
        ("herd[ann]", WORLD),
        ("trust[ann, bob]", WORLD),
        ("mean(grass)", WORLD),
        ("sum(grass * water)", WORLD),
        ("near(grass)", TILE),
        ("users", TILE),
        ("count(uses)", COMMUNITY),
        ("sum(grass, uses)", COMMUNITY),
        ("uses(community, tile)", COMMUNITY | TILE),
        ("uses(ann, tile)", TILE),
        ("met(grazing)", COMMUNITY),
        ("met(grazing, ann)", WORLD),
        ("moved(raining)", WORLD),
        ("full(grass)", WORLD),
        ("lasting(pact)", WORLD),
        ("delay(grass, 2)", TILE),
        ("delay(store, season)", WORLD),
        ("smooth(store, 1 + grass, herd)", COMMUNITY | TILE),
        ("if(grass > 0.5, 1, herd)", COMMUNITY | TILE),
        ("clamp(grass, 0, 1)", TILE),
        ("saturate(herd, 4)", COMMUNITY),
        ("curve(store, [[0, 1], [2, 0]])", WORLD),
        ("0 < store <= 1", WORLD),
        ("not grass > 1 and store or 2", TILE),
        ("min(grass, water, store)", TILE),
        ("if (store, 1, 2)", WORLD),
        ("store +\n  1", WORLD),
        ("share(grass > 0.2)", WORLD),
    ],
)
def test_what_is_read_has_the_axes_it_should(text: str, axes: int) -> None:
    assert parse(text, scope(ALL)).axes == axes


def test_in_a_rule_for_each_place_mean_collects_what_the_place_does_not_have() -> None:
    assert parse("mean(trust)", scope(COMMUNITY)).axes == COMMUNITY
    assert parse("mean(trust)", scope(WORLD)).axes == WORLD
    assert parse("herd - mean(herd)", scope(COMMUNITY)).axes == COMMUNITY
    assert parse("mean(herd * grass)", scope(TILE)).axes == TILE


def test_a_rule_for_one_actor_means_his_own_stocks() -> None:
    actor = scope(WORLD, actors=("me", "target"), default_who="me")
    assert parse("herd + herd[target] + trust[target, me]", actor).axes == WORLD
    assert parse("mean(herd)", actor).axes == WORLD


def test_a_number_is_an_expression_as_it_stands() -> None:
    assert parse(3, scope()) == parse(3.0, scope()) == parse("3", scope()) == Constant(0, 3.0)


@pytest.mark.parametrize(
    "text, code",
    [
        ("grass", "wrong-domain"),
        ("herd + 1", "wrong-domain"),
        ("trust", "wrong-domain"),
        ("near(store)", "wrong-domain"),
        ("mean(store)", "wrong-domain"),
        ("gras", "unknown-name"),
        ("herd[zoe]", "unknown-community"),
        ("herd[ann, bob]", "wrong-index"),
        ("trust[ann]", "wrong-index"),
        ("store[ann]", "wrong-index"),
        ("grazing", "bare-flow"),
        ("ann", "bare-community"),
        ("total(grazing)", "wrong-domain"),
        ("met(graze)", "unknown-name"),
        ("met(raining, ann)", "wrong-index"),
        ("meen(grass)", "unknown-function"),
        ("min()", "wrong-arguments"),
        ("clamp(1, 2)", "wrong-arguments"),
        ("delay(store, 0.1)", "wrong-arguments"),
        ("delay(store, 101)", "wrong-arguments"),
        ("delay_fixed(store, season)", "wrong-arguments"),
        ("delay_fixed(store, 65)", "wrong-arguments"),
        ("curve(store, [[1, 1]])", "wrong-arguments"),
        ("curve(store, [[1, 1], [0, 2]])", "wrong-arguments"),
        ("curve(store, 3)", "wrong-arguments"),
        ("mean(grass, everybody)", "unknown-group"),
        ("1 / 0", "division-by-zero"),
        ("store / 0.0", "division-by-zero"),
        ("1e16", "number-too-large"),
        ("", "expression-syntax"),
        ("   ", "expression-syntax"),
        ("1 +", "expression-syntax"),
        ("(1", "expression-syntax"),
        ("1)", "expression-syntax"),
        ("store = 1", "expression-syntax"),
        ("'text'", "expression-syntax"),
        ("store // 2", "expression-syntax"),
        ("~store", "expression-syntax"),
        ("full(gras)", "unknown-name"),
        ("lasting(peace)", "unknown-name"),
        ("min", "expression-syntax"),
    ],
)
def test_what_is_wrong_has_its_code(text: str, code: str) -> None:
    assert code in [fault.code for fault in faults(text)]


@pytest.mark.parametrize(
    "text, hint",
    [
        ("gras + 1", 'did you mean "grass"'),
        ("grwoth", 'did you mean "growth"'),
        ("meen(grass)", 'did you mean "mean"'),
        ("herd[an]", 'did you mean "ann"'),
        ("met(grasing)", 'did you mean "grazing"'),
        ("grass", "write mean(grass) or sum(grass)"),
        ("grazing", "met(grazing)"),
        ("(1 + 2", 'closing ")"'),
        ("1 + 2)", 'one ")" too many'),
        ("store = 1", "to compare"),
        ("store ^ 2", "**"),
        ("20 %", "0.2"),
        ("ann", "brackets"),
    ],
)
def test_a_fault_comes_with_a_hint(text: str, hint: str) -> None:
    assert hint in " ".join(fault.message for fault in faults(text))


@pytest.mark.parametrize(
    "text, offset",
    [
        ("gras", 0),
        ("1 + gras", 4),
        ("  gras", 2),
        ("min(1, gras)", 7),
        ("if(1, gras, 2)", 6),
        ("1 +\n  gras", 6),
        ("herd[zoe]", 5),
        ("store / 0", 8),
        ("mean(grass, every)", 12),
        ("1 + é", 4),
        ("curve(store, [[0]])", 13),
    ],
)
def test_a_fault_knows_its_character(text: str, offset: int) -> None:
    assert faults(text)[0].offset == offset


def test_all_faults_are_told_at_once() -> None:
    assert [fault.offset for fault in faults("gras + watr * 2 + herd[zoe]")] == [0, 7, 23]


ESCAPES = [
    "().__class__",
    "store.__class__",
    "store.real",
    "''.join",
    "__import__('os')",
    "__builtins__",
    "__name__",
    "_",
    "__",
    "store.__class__.__mro__[1]",
    "open('/etc/passwd')",
    "eval('1')",
    "exec('1')",
    "compile('1', '', 'eval')",
    "globals()",
    "locals()",
    "vars()",
    "dir()",
    "print(1)",
    "input()",
    "breakpoint()",
    "exit()",
    "getattr(store, 'real')",
    "type(1)",
    "object()",
    "lambda: 1",
    "lambda x: x",
    "(lambda: 1)()",
    "[x for x in (1, 2)]",
    "{x for x in (1, 2)}",
    "{x: 1 for x in (1, 2)}",
    "(x for x in (1, 2))",
    "(y := 1)",
    "f'{store}'",
    "f''",
    "f'{open}'",
    "b'1'",
    "'a' * 9",
    '"""x"""',
    "1j",
    "2 + 3j",
    "...",
    "None",
    "True",
    "False",
    "NotImplemented",
    "[1, 2]",
    "(1, 2)",
    "{1: 2}",
    "{1}",
    "[1][0]",
    "store[0]",
    "store[0:1]",
    "grass[...]",
    "*store",
    "min(*[1, 2])",
    "min(**{})",
    "min(a=1)",
    "store if 1 else 2",
    "yield 1",
    "await store",
    "async 1",
    "1; 2",
    "1\n2",
    "import os",
    "store; import os",
    "x = 1",
    "del store",
    "pass",
    "return 1",
    "assert 1",
    "raise",
    "1 << 2",
    "1 >> 2",
    "1 | 2",
    "1 & 2",
    "1 ^ 2",
    "1 @ 2",
    "1 in (1, 2)",
    "1 is 1",
    "1 not in (1,)",
    "1e309",
    "1e999",
    "1" * 400,
    "0x" + "f" * 300,
    "nan",
    "inf",
    "store[herd[ann]]",
    "herd[__class__]",
    "trust[ann, bob, ann]",
    "min.min",
    "min(min)",
    "mean(mean)",
    "ｓｔｏｒｅ",
    "store\u200b",
    "ѕtore",
    "store\u00a0+ 1",
    "𝟏 + 𝟐",
    "1 ＋ 2",
    "\u202estore",
    "store\x00",
    "\x00",
    "\x7f",
    "\x1b[31m",
    "\\",
    "store \\",
    "$store",
    "store?",
    "`store`",
    "@store",
    "-" * 900 + "1",
    "-" * 3000 + "1",
    "(" * 201 + "1" + ")" * 201,
    "(" * 40 + "-1" + ")" * 40 + "*" + "[" * 90,
    "not " * 200 + "1",
    "min(" * 100 + "1" + ")" * 100,
    "store" + "[ann" * 90,
    "1+" * 300 + "1",
    "+" * 999,
    "if",
    "if(",
    "if(1)",
    "if 1",
    "and",
    "or",
    "not",
    "is",
    "in",
    "import",
    "class",
    "IF",
    "IF[1]",
    "met(lambda: 1)",
    "met(grazing.real)",
    "uses(1, 2)",
    "uses(community)",
    "full('grass')",
    "full(1)",
    "lasting()",
    "lasting(1)",
    "total(raining)",
    "curve(store, open('x'))",
    "curve(store, [[0, 0], [1, 1e400]])",
    "curve(store, [[0, 0], [1, 'a']])",
    "curve(store, [[0, 0], [1, None]])",
    "curve(store, {0: 1, 1: 2})",
    "curve(store, '0011')",
    "delay(store, 1e400)",
    "delay(store, -1)",
    "near()",
    "near(1, 2)",
    "clamp(*store)",
    "1 < ",
    "1 <> 2",
    "1 === 1",
    "0777",
    "1__0",
    "1_",
    "0b2",
    "1.2.3",
    "1e",
    "٣",
]


@pytest.mark.parametrize("text", ESCAPES, ids=range(len(ESCAPES)))
def test_no_text_escapes_from_the_language(text: str) -> None:
    """Whatever stands there is refused with an ExpressionError, and nothing else happens."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = faults(text, scope(ALL, specials={"season": WORLD}))
    assert all(0 <= fault.offset <= len(text) for fault in found)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*"abs(),.[]{}0123456789+-*/<>=!:'\"\\_ \n\t#lmid", "if", "min(", "grass", "herd[", "ann", "not ", "é"]
        ),
        max_size=40,
    ).map("".join)
)
def test_any_text_is_read_or_refused(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            assert isinstance(parse(text, scope(ALL)), Node)
        except ExpressionError as error:
            assert error.faults and all(0 <= fault.offset <= len(text) for fault in error.faults)


@pytest.mark.parametrize("number", [True, False, float("nan"), float("inf"), -float("inf"), 1e300, -1.1e15])
def test_what_is_no_usable_number_is_refused(number: float) -> None:
    assert faults(number)


@pytest.mark.parametrize("text", ["((((store ** 8) ** 8) ** 8) ** 8)", "saturate(" * 12 + "store" + ", 1)" * 12])
def test_an_expression_is_measured_after_powers_and_saturations_are_written_out(text: str) -> None:
    faults(text)


def test_an_expression_of_more_than_200_parts_is_refused() -> None:
    eight = "min(" + ",".join("1" * 8) + ")"
    many = "min(" + ",".join([eight] * 8) + ")"
    faults(f"min({many},{many},{many},{many})")


def test_a_power_is_written_out() -> None:
    assert parse("store ** 0", scope()) == Constant(0, 1.0)
    assert parse("store ** 1", scope()) == parse("store", scope())
    assert parse("store ** 3", scope()) == parse("(store * store) * store", scope())


def test_two_equal_texts_are_equal_trees_wherever_they_stand() -> None:
    assert parse("1 + mean(grass)", scope()) == parse("  1 +   mean( grass )", scope())


# What expressions compute, by hand


LEVEL = """
stocks:
  grass: {at: tile, kind: state, range: [0, 1], start: 0.5, on: [ground], plain: G}
  herd:  {at: community, kind: state, range: [0, 60], start: 1, plain: H}
  mood:  {at: community, kind: state, range: [-1, 1], start: 0, plain: M}
  zero:  {at: world, kind: state, range: [0, 1], start: 0, plain: Z}
  two:   {at: world, kind: state, range: [0, 9], start: 2, plain: T}
  trust: {at: [community, community], kind: state, range: [0, 1], start: 0, plain: T}
objective: "%s"
"""
VILLAGES = "ann: {name: A, herd: 10, mood: -1}\nbob: {name: B, herd: 4, mood: 0.5}\ncid: {name: C, herd: 1}"
LEGEND = """
"a": {terrain: ground, users: [ann], grass: 0.1}
"b": {terrain: ground, users: [ann, bob], grass: 0.8}
"~": {terrain: lake}
"""


def computed(text: str) -> float:
    model = tiny(
        LEVEL % text,
        people=("ann", "bob", "cid"),
        seats=("ann", "bob"),
        communities=VILLAGES,
        legend=LEGEND,
        rows="ab~\naab",
    )
    world = one(model)
    world.stock["trust"][0, 1], world.stock["trust"][1, 0], world.stock["trust"][2, 0] = 0.9, 0.3, 0.6
    return float(objective(model, world)[0])


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("1 + 2 * 3 - 8 / 4", 5),
        ("two ** 5", 32),
        ("two ** 0", 1),
        ("0 - two", -2),
        ("-two", -2),
        ("7 / zero", 0),
        ("zero / zero", 0),
        ("0 - 7 / zero", 0),
        ("1 / (two - 2)", 0),
        ("min(two, 3)", 2),
        ("max(two, 3, 9, 4)", 9),
        ("clamp(two, 3, 5)", 3),
        ("clamp(9, 3, two)", 2),
        ("abs(0 - two)", 2),
        ("floor(2.9)", 2),
        ("floor(0 - 2.1)", -3),
        ("sqrt(two * 8)", 4),
        ("sqrt(0 - two)", 0),
        ("if(two > 1, 5, 6)", 5),
        ("if(zero, 5, 6)", 6),
        ("if(0 - 1, 5, 6)", 6),
        ("two == 2", 1),
        ("two != 2", 0),
        ("1 < two < 3", 1),
        ("1 < two < 2", 0),
        ("not zero", 1),
        ("two and zero", 0),
        ("two or zero", 1),
        ("saturate(two, 2)", 0.5),
        ("saturate(zero, 0)", 0),
        ("season", 0),  # of the season that has just ended; none has yet
        ("full(two)", 9),
        ("curve(two, [[0, 1], [4, 3]])", 2),
        ("curve(two, [[3, 1], [4, 3]])", 1),
        ("curve(two, [[0, 1], [1, 7]])", 7),
        ("curve(two, [[0, 0], [1, 10], [3, 0]])", 5),
        ("sum(grass)", 1.9),
        ("mean(grass)", 1.9 / 5),
        ("min(grass)", 0.1),
        ("max(grass)", 0.8),
        ("share(grass > 0.5)", 0.4),
        ("count(grass > 0.5)", 2),
        ("count(grass >= 0)", 5),
        ("sum(herd)", 15),
        ("mean(herd)", 5),
        ("max(herd)", 10),
        ("min(mood)", -1),
        ("max(mood)", 0.5),
        ("share(herd > 3)", 2 / 3),
        ("mean(trust)", 0.3),
        ("sum(trust)", 1.8),
        ("max(trust)", 0.9),
        ("trust[ann, bob] - trust[bob, ann]", 0.6),
        ("herd[bob]", 4),
        ("sum(herd * mood)", -8),
        ("mean(users)", 7 / 6),
        ("count(users >= 2)", 2),
        ("sum(uses(ann, tile) * grass)", 1.9),
        ("sum(uses(bob, tile) * grass)", 1.6),
        ("max(near(grass))", 1.8 / 5),
        ("sum(near(grass) * (grass > 0.5))", (0.1 + 0.1 + 0.1 + 0.8 + 0) / 5 + (0.8 + 0.1 + 0) / 3),
    ],
)
def test_what_an_expression_is_worth(text: str, wanted: float) -> None:
    assert computed(text) == pytest.approx(wanted, abs=1e-12)


def test_an_empty_collection_is_worth_nothing() -> None:
    model = tiny(
        "stocks: {moss: {at: tile, kind: state, range: [1, 9], start: 2, on: [lake], plain: M}}\n"
        'objective: "100 * max(moss) + 10 * mean(moss) + min(moss)"\n'
    )
    assert objective(model, one(model)).tolist() == [0.0]


def test_zero_never_carries_a_minus_sign_out_of_an_extreme() -> None:
    model = tiny(LEVEL % "1 / 2", people=("ann",), communities="ann: {name: A}", legend='".": {terrain: ground}')
    world = play(model, one(model), 1)
    assert not np.signbit(value(world, "zero"))[0]


# Ranges


def test_known_ranges() -> None:
    ranges = {
        "2": (2, 2),
        "store": (0, 100),
        "growth": (0.3, 0.6),
        "store - growth": (-0.6, 99.7),
        "shift * store": (-100, 100),
        "heat": (0, 5),  # where a stock does not live, it holds 0
        "1 / (heat + 1)": (1 / 6, 1),
        "1 / heat": (0, 1e15),
        "1 / shift": (-1e15, 1e15),
        "min(store, 3)": (0, 3),
        "abs(shift)": (0, 1),
        "mean(grass)": (0, 1),
        "store > 3": (0, 1),
        "curve(store, [[0, 2], [1, 5]])": (2, 5),
        "if(store, 3, shift)": (-1, 3),
        "sqrt(heat - 1)": (0, 2),
        "met(raining)": (0, 1),
    }
    for text, wanted in ranges.items():
        assert range_of(parse(text, scope()), scope()) == pytest.approx(wanted), text


@pytest.mark.parametrize(
    "text, divides_by_zero",
    [
        ("1 / heat", True),
        ("1 / (heat + 1)", False),
        ("1 / store", True),
        ("1 / (store + 0.1)", False),
        ("1 / (heat - 1)", True),
        ("1 / (shift * shift)", True),
        ("1 / (growth - 1)", False),
        ("saturate(store, 1)", False),
        ("saturate(store, 0)", True),
        ("1 / mean(grass)", True),
        ("1 / count(grass > 0)", True),
        ("1 / max(heat, store)", True),
        ("1 / max(heat, 0.5)", False),
    ],
)
def test_divisions_that_may_be_by_zero_are_found(text: str, divides_by_zero: bool) -> None:
    node = parse(text, scope())
    assert bool(list(possible_zero_divisions(node, scope()))) == divides_by_zero
    assert all(not never_zero(part, scope()) for part in possible_zero_divisions(node, scope()))


RANGED = """
stocks:
  grass: {at: tile, kind: state, range: [0, 1], start: 0.5, plain: G}
  slope: {at: tile, kind: state, range: [-2, 3], start: 0, plain: G}
  herd:  {at: community, kind: state, range: [0, 60], start: 1, plain: H}
  mood:  {at: community, kind: state, range: [-1, 1], start: 0, plain: M}
  store: {at: world, kind: state, range: [0, 100], start: 2, plain: S}
  heat:  {at: world, kind: state, range: [1, 5], start: 2, plain: T}
numbers: {growth: {value: 0.5, low: 0.3, high: 0.6, plain: G}, shift: {value: 0, low: -1, high: 1, plain: S}}
objective: "%s"
"""
NUMBER_TEXTS = st.one_of(
    st.integers(0, 9).map(str), st.floats(0, 100, allow_nan=False).map(lambda number: f"{number:.3f}")
)


def grown(leaves: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def extend(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        two, three = st.tuples(inner, inner), st.tuples(inner, inner, inner)
        return st.one_of(
            st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "<", ">=", "==", "and", "or"]), inner).map(
                lambda t: f"({t[0]} {t[1]} {t[2]})"
            ),
            two.map(lambda t: f"min({t[0]}, {t[1]})"),
            two.map(lambda t: f"max({t[0]}, {t[1]})"),
            three.map(lambda t: f"if({t[0]}, {t[1]}, {t[2]})"),
            three.map(lambda t: f"clamp({t[0]}, {t[1]}, {t[2]})"),
            inner.map(lambda t: f"abs({t})"),
            inner.map(lambda t: f"floor({t})"),
            inner.map(lambda t: f"sqrt({t})"),
            inner.map(lambda t: f"(not {t})"),
            inner.map(lambda t: f"(-{t})"),
            inner.map(lambda t: f"({t}) ** 3"),
            two.map(lambda t: f"saturate({t[0]}, {t[1]})"),
            inner.map(lambda t: f"curve({t}, [[-1, 2], [0.5, 0], [3, 7]])"),
        )

    return st.recursive(leaves, extend, max_leaves=5)


ON_TILES = grown(
    st.one_of(
        NUMBER_TEXTS, st.sampled_from(["grass", "slope", "near(grass)", "near(slope)", "store", "growth", "users"])
    )
)
OF_PEOPLE = grown(st.one_of(NUMBER_TEXTS, st.sampled_from(["herd", "mood", "heat", "shift"])))
COLLECTED = st.one_of(
    st.tuples(st.sampled_from(["mean", "sum", "min", "max", "share", "count"]), ON_TILES).map(
        lambda t: f"{t[0]}(0 * grass + {t[1]})"
    ),
    st.tuples(st.sampled_from(["mean", "sum", "min", "max", "share", "count"]), OF_PEOPLE).map(
        lambda t: f"{t[0]}(0 * herd + {t[1]})"
    ),
)
WHOLE = grown(
    st.one_of(NUMBER_TEXTS, st.sampled_from(["store", "heat", "growth", "shift", "season"]), COLLECTED, COLLECTED)
)


@settings(max_examples=120, deadline=None)
@given(WHOLE, st.integers(0, 2**32))
def test_no_value_lies_outside_its_range(text: str, seed: int) -> None:
    try:
        model = tiny(RANGED % text, people=("ann", "bob"), rows="..\n..\n..")
    except Exception as error:
        refused = ("division-by-zero", "could-overflow", "at most")
        assert any(reason in repr(error) or reason in str(error) for reason in refused), text
        return
    generator, world = np.random.default_rng(seed), new_worlds(model, range(40))
    for name, plan in model.stocks.items():
        kind, anything = generator.integers(0, 3, world.stock[name].shape), generator.random(world.stock[name].shape)
        world.stock[name] = np.where(
            kind == 0, plan.low, np.where(kind == 1, plan.high, plan.low + (plan.high - plan.low) * anything)
        )
    node = model.nodes[("objective",)]
    low, high = range_of(node, model.layout.scope)
    found = objective(model, world)
    assert not np.isnan(low) and not np.isnan(high) and not np.isnan(found).any(), text
    # Curves and means round: their last bit may lie outside.
    slack = 1e-9 * max(1.0, *(abs(end) for end in (low, high) if np.isfinite(end)), float(np.abs(found).max()))
    assert low - slack <= found.min() and found.max() <= high + slack, (text, low, high)


def test_a_curve_that_falls_to_its_end_does_not_fall_below_it() -> None:
    """Flows trust the range: a rate that is said to be never negative is not cut at 0."""
    below = [0.0]
    for start in range(1, 200):
        model_text = f"curve(two, [[0, {start / 1000}], [{start / 700:.4f}, 0]])"
        node = parse(model_text.replace("two", "store"), scope())
        assert isinstance(node, Curve)
        (left, first), (right, last) = node.points
        below.append(first + (right - left) * ((last - first) / (right - left)))
        assert -1e-8 < range_of(node, scope())[0] <= below[-1]
    assert min(below) < 0.0  # else this test would say nothing


def test_a_curve_that_only_rises_keeps_its_range() -> None:
    assert range_of(parse("curve(store, [[0, 0], [3, 0.7], [9, 0.7]])", scope()), scope()) == (0.0, 0.7)


def test_every_node_of_a_tree_can_be_walked() -> None:
    tree = parse("if(near(grass) > 0.2, curve(water, [[0, 0], [1, 1]]), min(store, 1))", scope(TILE))
    assert sum(isinstance(part, (Near, Curve)) for part in walk(tree)) == 2
