"""What is registered in one place and unknown in another is an error that names both, never a guess."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from game.insight import causes
from game.insight.readings import changes
from game.language import functions
from game.language.folding import fold
from game.language.nodes import (
    Aggregate,
    Arithmetic,
    Compare,
    Constant,
    Elementwise,
    Extreme,
    FlowValue,
    Logic,
    Node,
    Special,
    StockName,
)
from game.language.parser import parse
from game.language.ranges import range_of
from game.language.scope import StockView
from game.language.unknown import UnknownKind
from game.level import effects as level_effects
from game.level.balance_checks import unbalanced_stocks
from game.level.effects import EffectKind
from game.level.problems import LevelError
from game.level.reader import parse_level
from game.sim.actions import Actions
from game.sim.compiled.loop import Loop
from game.sim.compiled.places import TICK
from game.sim.compiled.rows import Space
from game.sim.compiled.source import Source
from game.sim.effect_plans import AddEffect, EffectPlan, UsersEffect, effect_plan
from game.sim.effects import apply_effects
from game.sim.evaluation import compile_expression
from game.sim.frame import Frame
from game.sim.model import Model, compile_level
from game.sim.observe import observe
from game.sim.rule_book import RuleBook
from game.sim.step import STAGES, Stage
from tests.oracle.oracle import Oracle
from tests.oracle.reading import Reader
from tests.sim.levels import level_text, one, tiny

LEVEL = """
stocks:
  pond:  {at: world, kind: matter, range: [0, 100], start: 50, plain: Water.}
  mood:  {at: community, kind: state, range: [-9, 9], start: 0, plain: Mood.}
flows: {leak: {from: pond, to: outside, rate: 0.1 * pond, plain: It leaks.}}
influences: {cheer: {of: mood, change: 0.1 - 0.1 * mood, plain: They cheer up.}}
actions: {cheer_up: {mode: with, family: care, target: me, plain: Sing., now: [{of: mood, add: 1}]}}
events: {hail: {plain: Hail., strikes: community, chance: 0.2, now: [{of: "mood[me]", add: -1}]}}
"""
TWO = Constant(0, 2.0)
WHERE = np.ones(1, np.bool_)


@dataclass(frozen=True)
class Strange(Node):
    """A step of expressions that only this test knows."""


UNKNOWN = {
    "function": Elementwise(0, "cube", (TWO,)),
    "operator": Arithmetic(0, "//", TWO, StockName(0, "pond")),
    "comparison": Compare(0, "<>", TWO, TWO),
    "extreme": Extreme(0, "median", TWO, TWO),
    "logic": Logic(0, "xor", (StockName(0, "pond"), TWO)),
    "step": Strange(0),
}


@pytest.fixture(scope="module")
def model() -> Model:
    return tiny(LEVEL, people=("ann", "bob"))


def _computed(model: Model, node: Node) -> None:
    compile_expression(node, model.layout)(Frame(model.layout, one(model)))


def _written(model: Model, node: Node) -> None:
    Loop(Source(model, Space(8, model.layout)), 0, TICK).value(node)


def _folded(model: Model, node: Node) -> None:
    pond = StockName(0, "pond")
    if isinstance(node, (Compare, Extreme)):  # only what has a name in it is folded
        node = replace(node, left=pond)
    if isinstance(node, Elementwise):
        node = replace(node, arguments=(pond,))
    fold(node, {"pond": 3.0}, frozenset({"leak"}))


def _balanced(model: Model, node: Node) -> None:
    nodes = {**model.nodes, ("influences", "cheer", "change"): Arithmetic(0, "+", node, StockName(1, "mood"))}
    unbalanced_stocks(model.level, nodes)


def _ranged(model: Model, node: Node) -> None:
    range_of(node, model.layout.scope)


CONSUMERS = [_computed, _written, _folded, _balanced, _ranged]
# A comparison and a truth value lie between 0 and 1, whatever they compare.
CASES = [
    (consumer, what)
    for consumer in CONSUMERS
    for what in UNKNOWN
    if not (consumer is _ranged and what in ("comparison", "logic"))
]
IDS = [f"{consumer.__name__[1:]} {what}" for consumer, what in CASES]


@pytest.mark.parametrize(("consumer", "what"), CASES, ids=IDS)
def test_an_unknown_step_of_an_expression_is_an_error_of_whoever_reads_it(model: Model, consumer, what: str) -> None:
    with pytest.raises(UnknownKind, match="add it to"):
        consumer(model, UNKNOWN[what])


@pytest.mark.parametrize("what", ["function", "operator", "extreme", "logic", "step"])
def test_the_oracle_guesses_nothing_either(model: Model, what: str) -> None:
    with pytest.raises(AssertionError, match="the oracle knows no"):
        Reader(Oracle.from_world(model, one(model))).read(UNKNOWN[what])


@pytest.mark.parametrize(
    "node",
    [FlowValue(0, "lost", "leak"), Aggregate(0, "median", StockName(1, "mood"), 1), Special(0, "moonlight")],
)
def test_an_unknown_word_about_flows_places_or_the_engine_is_an_error(model: Model, node: Node) -> None:
    for consumer in (_ranged, _computed):
        with pytest.raises(UnknownKind):
            consumer(model, node)


def test_a_function_that_is_only_read_computes_nothing(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(functions.FUNCTIONS, "cube", "cube(x)")
    monkeypatch.setitem(functions._READINGS, "cube", (functions._elementwise, 1, 1))
    node = parse("cube(0.557)", model.layout.scope)
    with pytest.raises(UnknownKind, match='function "cube": add it to FUNCTIONS_OF_VALUES'):
        compile_expression(node, model.layout)


@dataclass(frozen=True)
class Painted(EffectPlan):
    """A kind of effect that only this test knows."""


def test_an_effect_that_nobody_applies_is_an_error(model: Model) -> None:
    world = one(model)
    with pytest.raises(UnknownKind, match='kind of effect "Painted": add it to APPLIED'):
        apply_effects(model, world, Frame(model.layout, world), (Painted(None),), WHERE)


def test_a_kind_of_effect_without_a_plan_is_an_error(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    effect = model.level.actions["cheer_up"].now[0].model_copy(update={"of": None, "toward": "me"})
    painted = EffectKind("toward", level_effects._check_users, level_effects._no_expressions)
    monkeypatch.setitem(level_effects.EFFECT_KINDS, "paint", painted)
    with pytest.raises(UnknownKind, match='kind of effect "paint": add it to PLANS'):
        effect_plan(RuleBook(model.nodes, model.layout), ("actions", "cheer_up", "now", 0), effect, "")


@pytest.mark.parametrize(
    "effect", [AddEffect(lambda frame: 1.0, "mood", (), "strangers"), UsersEffect(None, "the quick")]
)
def test_an_effect_on_people_that_nobody_knows_is_an_error(model: Model, effect: EffectPlan) -> None:
    world = one(model)
    frame = Frame(model.layout, world, me=0, tiles=np.ones((1, 1, 2, 3, 1)))
    with pytest.raises(UnknownKind):
        apply_effects(model, world, frame, (effect,), WHERE)


def test_a_stage_that_nobody_watches_is_an_error(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(causes, "STAGES", (Stage("harvest", STAGES[0].run), *STAGES))
    with pytest.raises(UnknownKind, match='stage "harvest": add it to WATCHED'):
        causes.blame(model, one(model), Actions.none(model, 1), causes.Where("pond"))


def test_the_names_of_stages_are_different() -> None:
    assert len({stage.name for stage in STAGES}) == len(STAGES)


def test_a_stock_in_a_place_that_nobody_knows_is_an_error(model: Model) -> None:
    with pytest.raises(UnknownKind, match='place of a stock "river": add it to STOCK_PLACES'):
        _ = StockView("river", 0.0, 1.0).axes
    river = model.level.stocks["pond"].model_copy(update={"at": "river"})
    level = model.level.model_copy(update={"stocks": {**model.level.stocks, "pond": river}})
    with pytest.raises(UnknownKind, match="river"):
        compile_level(level)


def test_whoever_reads_a_stock_knows_its_place(model: Model) -> None:
    strange = replace(model, stocks={**model.stocks, "pond": replace(model.stocks["pond"], place="river")})
    for reading in (
        lambda: observe(strange, one(model)),
        lambda: causes.pair_weights(strange, causes.Where("pond")),
        lambda: changes(strange, {("stock", "pond"): np.ones((1, 1))}),
    ):
        with pytest.raises(UnknownKind, match="river"):
            reading()


def test_an_event_that_strikes_what_nobody_knows_is_an_error(model: Model) -> None:
    hail = model.level.events["hail"].model_copy(update={"strikes": "tile"})
    with pytest.raises(UnknownKind, match='kind of event that strikes "tile"'):
        compile_level(model.level.model_copy(update={"events": {"hail": hail}}))
    oracle = Oracle.from_world(model, one(model))
    oracle.level = model.level.model_copy(update={"events": {"hail": hail}})
    with pytest.raises(AssertionError, match="the oracle knows no such event"):
        oracle._begin()


@pytest.mark.parametrize("who", ["others", "users"])
def test_an_agreement_reaches_its_partners_and_nobody_else(who: str) -> None:
    agreed = f"lasts: {{seasons: 3}}, each_season: [{{of: mood, who: {who}, add: 1}}]"
    pact = f"pact: {{mode: with, family: care, target: me, plain: P, {agreed}}}"
    with pytest.raises(LevelError, match="partners are those of an agreement"):
        parse_level(level_text(LEVEL.replace("actions: {", f"actions: {{{pact}, ")))
