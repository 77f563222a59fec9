"""The five circumstances arise from the rules: one changed line brings each of them, and takes it away."""

from __future__ import annotations

import math

import pytest

from game.insight.circumstance import LASTING, LATE, LIVING, NAMES, TINY, VAST, Circumstance
from game.insight.graph import links_of, reachable, touches
from game.insight.responses import try_responses
from game.insight.vigilance import circumstances, vigilance, warnings
from game.level.library import shipped_levels
from game.level.reader import load_level, parse_level
from game.sim.model import Model, compile_level
from game.sim.plans import Candidate

# Cutting moss is work of human scale: the moss grows back at once and nothing else minds.
TEXT = """
format: 1
title: Moss
seasons: {count: 20, ticks: 4}
seats: [ash]
terrains: {meadow: {plain: Moss.}, homestead: {plain: A house.}}
communities: {ash: {name: The Ashes}}
numbers: {pace: {value: 0.4, low: 0.01, high: 1, unit: 1/season, from: measured, plain: Pace.}}
stocks:
  moss: {at: tile, kind: matter, range: [0, 1], start: 0.5, on: [meadow], plain: Moss.}
  soil: {at: tile, kind: state, range: [0, 1], start: 0.5, on: [meadow], plain: Soil.}
  peat: {at: tile, kind: matter, range: [0, 9], start: 1, on: [meadow], plain: Peat.}
  spores: {at: tile, kind: matter, range: [0, 1], start: 0, on: [meadow], plain: Spores.}
  lime: {at: tile, kind: matter, range: [0, 1], start: 0, on: [meadow], plain: Lime.}
  mood: {at: community, kind: state, range: [0, 1], start: 0.5, plain: Mood.}
  mill_pond: {at: world, kind: matter, range: [0, 400], start: 100, plain: Water that all use.}
flows:
  growing: {from: outside, to: moss, rate: pace * (1 - moss), plain: It grows.}
  rotting: {from: moss, to: peat, rate: pace * moss, plain: It rots.}
  wasting: {from: peat, to: outside, rate: 0.5 * peat, plain: It is gone.}
  sprouting: {from: outside, to: spores, rate: 0.5 * spores * (0.6 - spores), plain: Spores multiply.}
  drying: {from: spores, to: outside, rate: 0.05 * spores, plain: Spores dry.}
  washing: {from: lime, to: outside, rate: 0.05 * lime, plain: Rain takes it.}
  filling: {from: outside, to: mill_pond, rate: 50, plain: The brook.}
  running: {from: mill_pond, to: outside, rate: 0.5 * mill_pond, plain: The weir.}
influences:
  building: {of: soil, change: "0.5 * (moss - soil)", plain: Moss builds soil.}
actions:
  cut:   {mode: over, family: take, target: {tiles: meadow, area: 2}, plain: Cut.,
          now: [{move: {from: moss, to: outside, amount: 0.4}}]}
  sow:   {mode: over, family: force, target: {tiles: meadow, area: 2}, plain: Sow.,
          now: [{move: {from: outside, to: spores, amount: 0.1}}]}
  strew: {mode: over, family: force, target: {tiles: meadow, area: 2}, plain: Strew.,
          now: [{move: {from: outside, to: lime, amount: 0.5}}]}
  pump:  {mode: over, family: take, target: world, plain: Pump.,
          now: [{move: {from: mill_pond, to: outside, amount: 5}}]}
  wait:  {mode: over, family: take, target: me, plain: Wait.,
          later: [{of: "mood[me]", add: 0.5, after: 1, plain: A better mood.}]}
objective: mean(moss)
goals: [{id: green, plain: Green., hold: mean(moss) > 0.1, at: end}]
map:
  legend: {".": {terrain: meadow, users: [ash]}, "A": {home: ash}}
  rows: |
    ........
    ........
    ........
    ........
    ........
    ........
    ........
    AA......
"""
ONE_LINE = {
    "much of the map at once": (VAST, "cut", "cut:   {mode: over, family: take, target: {tiles: meadow, area: 2}",
                                "cut:   {mode: over, family: take, target: {tiles: meadow, area: 6}"),
    "much of what all share": (VAST, "pump", "amount: 5", "amount: 25"),
    "what spreads while it multiplies": (TINY, "sow", "start: 0, on: [meadow], plain: Spores",
                                         "start: 0, spread: 0.2, on: [meadow], plain: Spores"),
    "what runs downhill while it multiplies": (TINY, "sow", "start: 0, on: [meadow], plain: Spores",
                                               "start: 0, downhill: 0.5, on: [meadow], plain: Spores"),
    "living things that hang together": (LIVING, "cut", "plain: Soil.", "living: 0.5, plain: Soil."),
    "a delay in a flow": (LATE, "cut", "plain: It rots.", "delay: 4, plain: It rots."),
    "a delay in a rule": (LATE, "cut", "(moss - soil)", "(delay(moss, 5) - soil)"),
    "an effect that comes later": (LATE, "wait", "after: 1", "after: 6"),
    "nothing that pushes back": (LATE, "cut", "rate: 0.5 * peat", "rate: 0.5"),
    "a wound that heals slowly": (LASTING, "cut", "value: 0.4", "value: 0.02"),
    "poison that stays": (LASTING, "strew", "start: 0, on: [meadow], plain: Lime",
                          "start: 0, harmful: 1, on: [meadow], plain: Lime"),
}  # fmt: skip


def build(before: str = "", after: str = "") -> Model:
    assert TEXT.count(before) == 1 or not before, before
    return compile_level(parse_level(TEXT.replace(before, after) if before else TEXT, "moss.yaml"))


def of(model: Model, action: str) -> Candidate:
    return next(one for one in model.candidates if one.action == action)


def found(model: Model, action: str) -> dict[str, Circumstance]:
    return {one.name: one for one in circumstances(model, of(model, action))}


@pytest.fixture(scope="module")
def valley() -> Model:
    return compile_level(load_level("sandbox"))


# -- by hand --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ["cut", "sow", "strew", "pump", "wait"])
def test_work_of_human_scale_calls_for_nothing(action: str) -> None:
    assert found(build(), action) == {}
    assert vigilance(build(), of(build(), action)) == 0.0


@pytest.mark.parametrize("change", ONE_LINE)
def test_one_changed_line_brings_one_circumstance(change: str) -> None:
    name, action, before, after = ONE_LINE[change]
    model = build(before, after)
    assert list(found(model, action)) == [name]
    assert 0.0 < found(model, action)[name].strength <= 1.0
    assert vigilance(model, of(model, action)) == pytest.approx(found(model, action)[name].strength)


def test_the_half_life_of_harm_is_ln_2_over_the_share_that_goes() -> None:
    name, action, before, after = ONE_LINE["poison that stays"]
    model = build(before, after)
    assert try_responses(model).half_life("lime") == pytest.approx(math.log(2) / 0.05)
    assert warnings(model, of(model, action)) == ["Stays long: half of the lime is still there after 14 seasons."]
    quick = compile_level(parse_level(TEXT.replace(before, after).replace("0.05 * lime", "0.1 * lime"), "moss.yaml"))
    assert found(quick, action)[name].strength < found(model, action)[name].strength  # it wears off sooner


def test_a_little_poison_adds_up_where_it_costs_little_and_stays() -> None:
    poison = TEXT.replace("start: 0, on: [meadow], plain: Lime", "start: 0, harmful: 1, on: [meadow], plain: Lime")
    days = "stocks:\n  days: {at: player, kind: state, range: [0, 4], start: 4, plain: Days.}\n"
    little = poison.replace("amount: 0.5}}]}\n  pump", "amount: 0.05}}]}\n  pump").replace("stocks:\n", days)
    dear, cheap = (little.replace("strew: {mode", f"strew: {{cost: {{days: {cost}}}, mode") for cost in (3, 0.5))
    gone = cheap.replace("0.05 * lime", "0.7 * lime")
    strengths = [
        found(compile_level(parse_level(text, "moss.yaml")), "strew")
        .get(LASTING, Circumstance(LASTING, 0.0, ""))
        .strength
        for text in (gone, dear, cheap)
    ]
    assert strengths[0] == 0.0 < strengths[1] < strengths[2] / 2
    assert len({TEXT, poison, little, dear, cheap, gone}) == 6


def test_a_change_of_a_state_that_all_share_counts_by_what_comes_of_it() -> None:
    quiet = "  hush: {at: world, kind: state, range: [0, 1], start: 0, plain: What is kept quiet.}\nflows:\n"
    text = TEXT.replace("flows:\n", quiet).replace(
        "now: [{move: {from: mill_pond, to: outside, amount: 5}}]", "now: [{of: hush, add: 0.6}]"
    )
    heard = text.replace(
        "influences:\n", 'influences:\n  doubt: {of: mood, change: "0 - 0.2 * hush * mood", plain: D.}\n'
    )
    unheard, felt = (found(compile_level(parse_level(one, "moss.yaml")), "pump") for one in (text, heard))
    assert VAST not in unheard and felt[VAST].strength > 0.3


def test_poison_that_comes_up_far_from_the_deed_is_told_with_how_long_it_stays() -> None:
    hard = found(compile_level(load_level("small_things")), "run_it_hard")
    assert hard[LASTING].plain == "Adds up: a little more fine dust each time; half stays 25 seasons."


def test_an_answer_tells_how_many_seasons_it_is_on_the_way() -> None:
    delayed = build("plain: It rots.", "delay: 4, plain: It rots.")
    assert found(delayed, "cut")[LATE].plain == "Answers come late: the peat will show it about 4 seasons later."
    assert links_of(delayed).links["moss"] == {"moss": 0.0, "peat": 4.0, "soil": 0.0}
    assert found(build("after: 1", "after: 6"), "wait")[LATE].plain.endswith(
        "the mood will show it about 6 seasons later."
    )


def test_a_late_answer_is_told_by_the_living_thing_that_it_feeds() -> None:
    text = TEXT.replace("to: outside, rate: 0.5 * peat, plain", "to: lime, rate: 0.5 * peat, plain")
    text = text.replace("plain: It rots.", "delay: 4, plain: It rots.")
    text = text.replace("start: 0, on: [meadow], plain: Lime", "start: 0, living: 1, on: [meadow], plain: Lime")
    late = found(compile_level(parse_level(text, "moss.yaml")), "cut")[LATE]
    assert late.plain == "Answers come late: the lime will show it about 4 seasons later."


def test_what_multiplies_must_do_so_near_nothing_and_be_new() -> None:
    spread = TEXT.replace("start: 0, on: [meadow], plain: Spores", "start: 0, spread: 0.2, on: [meadow], plain: Spores")
    for before, after in (
        ("0.5 * spores * (0.6 - spores)", "0.05 * spores * (0.6 - spores)"),  # dies faster than it multiplies
        ("0.5 * spores * (0.6 - spores)", "0.1"),  # comes by itself, whether there is any or not
        ("start: 0, spread", "start: 0.4, spread"),  # lives here already
    ):
        assert spread.count(before) == 1
        assert found(compile_level(parse_level(spread.replace(before, after), "moss.yaml")), "sow") == {}


def test_what_an_action_can_call_back_is_less_of_a_risk() -> None:
    before, after = ONE_LINE["what spreads while it multiplies"][2:]
    comb = "comb: {mode: with, family: care, target: {tiles: meadow, area: 2}, plain: Comb., now: [NOW]}"
    comb = comb.replace("NOW", "{move: {from: spores, to: outside, amount: 1}}")
    text = TEXT.replace(before, after).replace("objective:", f"  {comb}\nobjective:")
    combed = compile_level(parse_level(text, "moss.yaml"))
    lost, kept = found(build(before, after), "sow")[TINY], found(combed, "sow")[TINY]
    assert lost.plain == "Spreads by itself; nobody can call it back."
    assert kept.strength < lost.strength and "nobody" not in kept.plain


def test_strengths_grow_with_what_they_measure() -> None:
    slow, slower = (found(build("value: 0.4", f"value: {pace}"), "cut")[LASTING].strength for pace in (0.02, 0.01))
    assert slow < slower
    soon, late = (found(build("plain: It rots.", f"delay: {d}, plain: It rots."), "cut")[LATE].strength for d in (3, 9))
    assert soon < late


def test_all_together_are_one_less_the_product_of_what_is_left() -> None:
    text = TEXT.replace("plain: It rots.", "delay: 4, plain: It rots.").replace("value: 0.4", "value: 0.02")
    model = compile_level(parse_level(text, "moss.yaml"))
    each = found(model, "cut")
    assert set(each) == {LATE, LASTING}
    left = math.prod(1.0 - one.strength for one in each.values())
    assert vigilance(model, of(model, "cut")) == pytest.approx(1.0 - left)
    strengths = [one.strength for one in circumstances(model, of(model, "cut"))]
    assert strengths == sorted(strengths, reverse=True)


def test_what_is_moved_from_hand_to_hand_is_not_lost(valley: Model) -> None:
    taken = {one.stock: one for one in touches(valley, valley.actions["take_timber"])}
    assert not taken["timber"].loses and taken["trust"].loses
    assert not next(one for one in touches(valley, valley.actions["sell_cattle"]) if one.stock == "herd").loses


# -- in the valley --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "name", "words"),
    [
        ("release_the_mould", TINY, "nobody can call it back"),
        ("spray", LASTING, "half of the poison is still there after 14 seasons"),
        ("clear_cut", LATE, "the spring water will show it about 4 seasons later"),
        ("burn_the_slope", VAST, "of the wildlife goes"),
        ("sell_the_springs", VAST, "17 % of the groundwater"),
        ("take_hay", LASTING, "the loss of trust remains after 23 seasons"),
        ("take_hay", LIVING, "Done to people"),
    ],
)
def test_the_valley_asks_for_care_where_it_should(valley: Model, action: str, name: str, words: str) -> None:
    assert words in found(valley, action)[name].plain


def test_all_five_occur_in_the_valley_and_living_systems_in_most_deeds(valley: Model) -> None:
    force = [name for name, plan in valley.actions.items() if plan.spec.mode == "over"]
    each = {name: set(found(valley, name)) for name in force}
    assert set().union(*each.values()) == set(NAMES)
    assert sum(LIVING in names for names in each.values()) > 0.7 * len(force)
    for name in (VAST, TINY, LATE, LASTING):
        assert 0 < sum(name in names for names in each.values()) < len(force), name


def test_a_hammer_on_ones_own_roof_calls_for_nothing() -> None:
    for level in ("one_nail", "nail_and_barn"):
        model = compile_level(load_level(level))
        assert found(model, "hammer") == {}
        assert reachable(model, {"house"}) == {"house", "comfort"}


def test_the_whole_valley_is_read_once_and_alike() -> None:
    model, again = (compile_level(load_level("sandbox")) for _ in range(2))
    first = [circumstances(model, one) for one in model.candidates]
    assert all(circumstances(model, one) is found for one, found in zip(model.candidates, first, strict=True))
    assert [circumstances(again, one) for one in again.candidates] == first


@pytest.mark.parametrize("file", shipped_levels(), ids=lambda file: file.stem)
def test_players_are_told_at_most_three_short_sentences(file: object) -> None:
    model = compile_level(load_level(file))
    for one in model.candidates:
        told = warnings(model, one)
        assert len(told) <= 3
        assert all(len(line) < 80 and line.endswith(".") and "block" not in line for line in told), told
