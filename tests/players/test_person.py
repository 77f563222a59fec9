"""People: what they do follows from their temper, their need, and what was done to them and by whom."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

import game as powerdance
from game.level.reader import load_level
from game.level.schema import Temper
from game.players.options import options
from game.players.person import reason_for
from game.players.policies import plan_season
from game.players.weighing import TERMS, circumstances, terms_of
from game.sim.actions import DONE
from game.sim.beginning import imagine, new_worlds
from game.sim.feelings import asked_for, parted_with
from game.sim.model import Model, compile_level
from game.sim.people import TEMPERS
from game.sim.world import World

SEEDS = range(7_000, 7_012)
TREATED = 6  # seasons in which the player partners, or takes


@cache
def pasture() -> Model:
    return compile_level(load_level("the_shared_pasture"))


def played(model: Model, first: str, seasons: int, frozen: bool = False) -> tuple[World, np.ndarray, np.ndarray]:
    """Play with a script in the first seat; return the end, and for each seed the takings and deeds of people since."""
    world = new_worlds(model, SEEDS)
    start = world.copy()
    takings, deeds = np.zeros(world.count), np.zeros(world.count)
    others = model.level.default_policies()[1:]
    for season in range(seasons):
        script = first if season < TREATED else "idle"
        actions = plan_season(model, world, (script, *others))
        world = powerdance.step(model, world, actions)
        if frozen:
            for name in ("wrongs", "kindness", "lean"):
                world.people[name] = start.people[name].copy()
            for name in (*model.feelings.wronged, *model.feelings.believed):
                world.stock[name] = start.stock[name].copy()
        if season >= TREATED - 3:
            for slot, seat in np.ndindex(actions.chosen.shape[0], len(others)):
                chosen, done = actions.chosen[slot, seat + 1], world.result[slot, seat + 1] == DONE
                over = np.array([model.actions[one.action].spec.mode == "over" for one in model.candidates] + [False])
                takings += done & over[chosen]
                deeds += done
    return world, takings, deeds


def test_whoever_is_partnered_with_takes_less_than_whoever_is_robbed() -> None:
    _, partnered, _ = played(pasture(), "with", TREATED + 2)
    _, robbed, _ = played(pasture(), "over", TREATED + 2)
    assert (robbed > partnered).mean() >= 0.9


def test_with_memory_and_trust_frozen_it_makes_no_difference() -> None:
    _, partnered, _ = played(pasture(), "with", TREATED + 2, frozen=True)
    _, robbed, _ = played(pasture(), "over", TREATED + 2, frozen=True)
    assert (robbed > partnered).mean() < 0.9


def test_two_tempers_in_one_seat_give_different_games() -> None:
    level = load_level("the_shared_pasture")
    kind = level.people["birch"].model_copy(update={"temper": Temper(fair=0.9, bold=0.1, forgiving=0.9)})
    other = compile_level(level.model_copy(update={"people": {**level.people, "birch": kind}}))
    ends = [played(model, "over", TREATED)[0] for model in (pasture(), other)]
    assert ends[0].digests() != ends[1].digests()


def test_every_deed_has_its_reason() -> None:
    model = pasture()
    world = new_worlds(model, [3])
    policies = ("over", *model.level.default_policies()[1:])
    told = 0
    for _ in range(5):
        actions = plan_season(model, world, policies)
        for seat in range(1, len(policies)):
            for candidate in actions.chosen[:, seat, 0]:
                if candidate >= 0:
                    found = reason_for(model, world, seat, int(candidate))
                    assert found is not None and found.term in TERMS and found.amount > 0.0
                    told += 1
        world = powerdance.step(model, world, actions)
    assert told


def test_nobody_knows_the_temper_of_another() -> None:
    model = pasture()
    world = new_worlds(model, [3])
    dreamt = imagine(model, world, 0, 5)
    assert all((dreamt.people[name][1:] != world.people[name][1:]).all() for name in TEMPERS)
    assert all((dreamt.people[name][0] == world.people[name][0]).all() for name in TEMPERS)
    other = world.copy()
    for name in TEMPERS:
        other.people[name][1:] = 0.5
    assert imagine(model, other, 0, 5).digests() == dreamt.digests()


@pytest.mark.parametrize("name", [*TEMPERS, "wrongs", "kindness", "lean"])
def test_tempers_and_memories_are_part_of_the_state(name: str) -> None:
    world = new_worlds(pasture(), [3])
    other = world.copy()
    other.people[name] = other.people[name] + 0.01
    assert other.digests() != world.digests()


def weighed(world: World, seat: int, action: str) -> dict[str, float]:
    """What speaks for and against the first possible deed of an action, in the first world."""
    model = pasture()
    option = next(one for one in options(model, world, seat, ("over",), {}) if one.candidate.action == action)
    found = terms_of(model, world, seat, option, circumstances(model, world, seat), {})
    return {name: float(found[name][0]) for name in TERMS}


def test_whoever_is_bitter_counts_what_force_risks_less_and_past_forgiving_not_at_all() -> None:
    risks = []
    for wrong in (0.0, 0.3, 0.6):
        world = new_worlds(pasture(), [3])
        world.people["wrongs"][2, 0] = wrong
        risks.append(weighed(world, 2, "fence_off")["land"])
    assert risks[0] < risks[1] < risks[2] == 0.0


def test_the_fairer_somebody_is_the_more_he_does_as_takers_do() -> None:
    copied = []
    for fair in (0.1, 0.9):
        world = new_worlds(pasture(), [3])
        world.people["lean"][:] = -1.0
        world.people["fair"][2] = fair
        copied.append(weighed(world, 2, "take_hay")["others"])
    assert 0.0 < copied[0] < copied[1]


def test_nobody_gives_away_in_a_season_what_he_asks_others_for() -> None:
    model = pasture()
    asks = {at for at, one in enumerate(model.candidates) if asked_for(model.feelings, model.actions[one.action])}
    gives = {at for at, one in enumerate(model.candidates) if parted_with(model.feelings, model.actions[one.action])}
    world, policies = new_worlds(model, range(9000, 9012)), ("with", *model.level.default_policies()[1:])
    asked = given = 0
    for _ in range(12):
        actions = plan_season(model, world, policies)
        for plan in actions.chosen[:, 1:].transpose(1, 2, 0).reshape(-1, actions.chosen.shape[0]):
            asked, given = asked + bool(asks & {*plan}), given + bool(gives & {*plan})
            assert not (asks & {*plan} and gives & {*plan})
        world = powerdance.step(model, world, actions)
    assert asked and given


def test_the_less_would_be_left_the_more_a_gift_is_missed() -> None:
    model = pasture()
    needs = []
    for hay in (40.0, 8.0, 5.5):
        world = new_worlds(model, [3])
        world.stock["fodder"][:] = 3.0  # of the others, who have no more than the giver
        world.stock["fodder"][2] = hay
        option = next(one for one in options(model, world, 2, ("with",), {}) if one.candidate.action == "share_hay")
        needs.append(float(terms_of(model, world, 2, option, circumstances(model, world, 2), {})["need"][0]))
    assert needs[0] == 0.0 > needs[1] > needs[2]


def test_among_partners_the_others_speak_against_force() -> None:
    world = new_worlds(pasture(), [3])
    world.people["lean"][:] = 1.0
    assert weighed(world, 2, "take_hay")["others"] < 0.0
