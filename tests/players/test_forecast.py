"""A forecast is as wide as what is not known, and as often right as it says."""

from __future__ import annotations

import numpy as np
import pytest

import game as powerdance
from game.players.forecast import BAND, Fan, forecast, forecast_bit_by_bit
from game.players.policies import plan_season
from game.sim.beginning import new_worlds
from game.sim.model import Model
from game.sim.step import step
from game.sim.world import World
from tests.sim.levels import candidate

POLICIES = ("idle", "over", "deaf", "idle")
AHEAD = 4


@pytest.fixture(scope="module")
def pasture() -> Model:
    return powerdance.compile_level(powerdance.load_level("the_shared_pasture"))


def after(model: Model, seed: int, seasons: int, plan: list[int] | None = None) -> World:
    world = new_worlds(model, [seed])
    for _ in range(seasons):
        actions = plan_season(model, world, POLICIES)
        for slot, one in enumerate(plan or []):
            actions.chosen[slot, 0] = one
        world = step(model, world, actions)
    return world


def share_inside(model: Model, cases: int) -> float:
    """Return how often what comes lies inside the band, over seeds, seasons and stocks that luck moves."""
    plan = [candidate(model, "listen", "birch"), candidate(model, "share_hay", "birch")]
    inside = []
    for case in range(cases):
        world = after(model, 50_000 + case, 1 + case % 8)
        seen = forecast(model, world, 0, plan, POLICIES, ahead=AHEAD, dreams=40)
        truth = world
        for season in range(AHEAD):
            actions = plan_season(model, truth, POLICIES)
            if season == 0:
                actions.chosen[: len(plan), 0, 0] = plan
            truth = step(model, truth, actions)
        # One number a case: others of the same world would not be independent of it.
        name, who = (("grass", 0), ("fodder", 0), ("herd", 1), ("soil", 0))[case % 4]
        values = truth.stock[name]
        if name in ("grass", "soil"):
            live = model.stocks[name].live
            total = (values * live).sum()
            reading = total if model.stocks[name].matter else total / (live * np.ones_like(values)).sum()
        else:
            reading = values[who, 0, 0, 0, 0]
        inside.append(bool(seen.fan(("stock", name), who).holds(np.full(AHEAD, float(reading)))[-1]))
    return float(np.mean(inside))


def test_most_truths_lie_in_the_band(pasture: Model) -> None:
    assert 0.5 <= share_inside(pasture, 8) <= 1.0


@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_in_a_thousand_cases_three_quarters_to_85_in_100_lie_in_the_band(pasture: Model) -> None:
    assert 0.75 <= share_inside(pasture, 1000) <= 0.85


def test_whoever_has_asked_sees_more_sharply_what_a_gift_will_do(pasture: Model) -> None:
    gift = candidate(pasture, "share_hay", "birch")
    widths = {}
    for asked in (False, True):
        widths[asked] = []
        for seed in range(4):
            world = after(pasture, seed, 2)
            world.stock["known"][1, 0] = 0.9 if asked else 0.0
            seen = forecast(pasture, world, 0, [gift], POLICIES, ahead=1)
            # Trust answers to a gift by how well it fits what they want now.
            widths[asked].append(float(seen.gain_fan(("stock", "trust"), 1, 0).width[0]))
    assert np.mean(widths[True]) <= 0.7 * np.mean(widths[False])


def test_the_fan_of_a_plan_that_does_nothing_has_no_width(pasture: Model) -> None:
    seen = forecast(pasture, after(pasture, 3, 1), 0, [], POLICIES, ahead=2, dreams=8)
    assert all((gain == 0.0).all() for gain in seen.gain.values())


def test_a_forecast_does_not_know_the_luck_to_come(pasture: Model) -> None:
    one, other = after(pasture, 3, 1), after(pasture, 3, 1)
    other.luck = other.luck + np.uint64(77)
    other.seed = other.seed + np.uint64(77)
    plan = [candidate(pasture, "buy_cattle")]
    first, second = (forecast(pasture, world, 0, plan, POLICIES, ahead=2, dreams=8) for world in (one, other))
    assert all(np.array_equal(first.course[key], second.course[key]) for key in first.course)


def test_the_band_holds_the_share_of_dreams_it_names() -> None:
    values = np.arange(1.0, 100.0)[None, :]
    fan = Fan(values)
    inside = ((values >= fan.low[:, None]) & (values <= fan.high[:, None])).mean()
    assert inside == pytest.approx(BAND, abs=0.02)
    assert fan.middle[0] == 50.0


def test_forecasting_changes_nothing(pasture: Model) -> None:
    world = after(pasture, 5, 1)
    before = world.digest()
    forecast(pasture, world, 0, [candidate(pasture, "buy_cattle")], POLICIES, ahead=1, dreams=4)
    assert world.digest() == before


def test_what_is_dreamt_so_far_is_told_after_every_season(pasture: Model) -> None:
    world, plan = new_worlds(pasture, [3]), [candidate(pasture, "rest")]
    policies = pasture.level.default_policies()
    found = list(forecast_bit_by_bit(pasture, world, 0, plan, policies, dreams=4, ahead=3))
    assert [one.seasons for one in found] == [1, 2, 3]
    key = ("stock", "fodder")
    assert all(np.array_equal(one.course[key], found[-1].course[key][: one.seasons]) for one in found)
