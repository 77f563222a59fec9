"""How much care deeds call for, in the levels as shipped: three classes, and what moves a deed from one to another."""

from __future__ import annotations

from statistics import median

import pytest

from game.insight.vigilance import GREAT, HARMLESS, calls_for_vigilance, circumstances, vigilance, wrongs_somebody
from game.level.library import shipped_levels
from game.level.reader import load_level, parse_level
from game.sim.model import Model, compile_level

BORDER = 0.01  # how far a deed may lie beyond the border of its class: the numbers of a level are tuned

# What each deed of force calls for at a place like most, by the name of the level.
TABLE = {
    "harmless": {
        "nail_and_barn": ["hammer", "build_alone"],
        "one_nail": ["hammer"],
        "empty_pasture": ["buy_cattle"],  # where there is plenty of grass
        "wolves_and_aspens": ["hunt_deer"],
        "flowers_and_bees": ["mow_the_meadow"],
        "the_living_forest": ["plant_rows"],
        "sandbox": ["plant_rows"],
        "small_things": ["bolt_a_collar"],
        "the_gift_circle": ["strip_a_bed"],
        "quick_news": ["sow_the_blue_grain", "hoe_it_out"],  # it shows at once and is hoed out again
    },
    "with care": {
        "first_steps": ["buy_cattle", "fence_off"],
        "the_shared_pasture": ["buy_cattle", "fence_off", "take_hay", "drive_off"],
        "sandbox": ["buy_cattle", "fence_off", "take_hay", "take_timber", "drive_off"],
        "flowers_and_bees": ["plough_between", "rob_the_hives"],
        "what_the_spray_left_out": ["hoe_clean", "take_grain"],
        "two_villages_one_river": ["dig_deeper", "raise_the_toll", "short_weight"],
        "the_living_forest": ["take_timber"],
        "the_gift_circle": ["take_food", "take_from_the_loft", "lend_at_interest"],
        "the_breath": ["take_food"],
        "nail_and_barn": ["take_beams"],
        "small_things": ["run_it_hard", "put_off_repairs", "take_food", "lock_up_the_readings"],
        "market_and_message": ["dig_by_night", "take_their_cart", "put_up_posters"],  # people are told what is not
        "the_new_seed": ["sow_the_blue_grain", "take_grain"],
    },
    "great care": {
        "the_living_forest": ["clear_cut", "burn_the_slope"],
        "sandbox": [
            "clear_cut",
            "burn_the_slope",
            "spray",
            "release_the_mould",
            "sell_the_springs",
            "bend_the_rules",
        ],
        "flowers_and_bees": ["spray_the_trees", "spray_by_night"],
        "what_the_spray_left_out": ["spray", "double_dose", "spray_by_night"],
        "wolves_and_aspens": ["poison_the_carcass", "shoot_wolves"],
        "two_villages_one_river": ["shut_the_sluice", "break_the_weir"],
        "small_things": ["dump_the_barrels", "run_it_by_night"],
        "the_new_seed": ["sow_by_night"],
        "the_green_cup": ["call_a_race", "write_a_false_figure"],
    },
}
ROWS = [(kind, level, deed) for kind, levels in TABLE.items() for level, deeds in levels.items() for deed in deeds]
MODELS: dict[str, Model] = {}


def model_of(level: str) -> Model:
    if level not in MODELS:
        MODELS[level] = compile_level(load_level(level))
    return MODELS[level]


def care_of(model: Model, action: str) -> float:
    return median(vigilance(model, one) for one in model.candidates if one.action == action)


@pytest.mark.parametrize(("kind", "level", "action"), ROWS)
def test_every_deed_of_the_table_calls_for_care_by_its_class(kind: str, level: str, action: str) -> None:
    care = care_of(model_of(level), action)
    least, most = {"harmless": (0.0, HARMLESS), "with care": (HARMLESS, GREAT), "great care": (GREAT, 1.0)}[kind]
    assert least - BORDER <= care <= most + BORDER, care


@pytest.mark.parametrize("level", sorted(path.stem for path in shipped_levels()))
def test_what_is_done_to_a_neighbour_is_never_harmless_and_told_as_such(level: str) -> None:
    model = model_of(level)
    for one in model.candidates:
        plan = model.actions[one.action]
        if plan.spec.mode == "over" and plan.spec.target == "community":
            assert vigilance(model, one) >= HARMLESS, one.key
            assert calls_for_vigilance(model, one) and wrongs_somebody(model, one)
            assert any(found.plain.startswith("Done to people") for found in circumstances(model, one)), one.key


def wronged(amount: float) -> float:
    """Return the care that a wrong of this size calls for."""
    text = """
format: 1
title: A wrong
seasons: {count: 12, ticks: 4}
seats: [ash, elm]
terrains: {homestead: {plain: A house.}}
communities: {ash: {name: The Ashes}, elm: {name: The Elms}}
stocks:
  grievance: {at: community, kind: state, range: [0, 1], start: 0.1, conflict: true, plain: Wrongs.}
influences: {healing: {of: grievance, change: 0 - 0.05 * grievance, plain: It heals.}}
actions:
  scold: {mode: over, family: force, target: community, plain: Scold., now: [{of: "grievance[target]", add: AMOUNT}]}
objective: 1 - mean(grievance)
goals: [{id: calm, plain: Calm., hold: mean(grievance) < 0.5, at: end}]
map:
  legend: {"A": {home: ash}, "E": {home: elm}}
  rows: AE
"""
    model = compile_level(parse_level(text.replace("AMOUNT", str(amount)), "wrong.yaml"))
    return vigilance(model, next(one for one in model.candidates if one.label == "elm"), 0)


def test_care_grows_with_how_much_is_done_and_has_a_lower_bound_for_people() -> None:
    little, more, much = (wronged(amount) for amount in (0.01, 0.05, 0.3))
    assert HARMLESS <= little < more < much < GREAT
    assert much > more + 0.1


def test_half_as_much_calls_for_about_a_quarter_of_the_care() -> None:
    level = load_level("wolves_and_aspens")
    text = "0.35 * deer"
    hunt = level.actions["hunt_deer"]
    assert text in str(hunt)
    readings = []
    for share in ("0.175 * deer", text, "0.9 * deer"):
        effect = hunt.now[0]
        move = effect.move.model_copy(update={"amount": share})
        changed = hunt.model_copy(update={"now": [effect.model_copy(update={"move": move}), *hunt.now[1:]]})
        model = compile_level(level.model_copy(update={"actions": {**level.actions, "hunt_deer": changed}}))
        readings.append(care_of(model, "hunt_deer"))
    assert readings[0] < 0.4 * readings[1] and readings[1] < HARMLESS < readings[2]


def test_who_does_it_matters_where_a_deed_wrongs_only_those_who_share_the_ground() -> None:
    model = model_of("wolves_and_aspens")
    grove = next(one for one in model.candidates if one.action == "fell_the_grove")
    owner = model.level.seats.index("copse")
    assert not wrongs_somebody(model, grove, owner)
    assert wrongs_somebody(model, grove, model.level.seats.index("hollin"))
    assert vigilance(model, grove, owner) < vigilance(model, grove, model.level.seats.index("hollin"))
