"""Rules whose exact solution is known: the core must come as near as its ticks allow."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from game.sim.model import Model
from tests.sim.levels import one, play, tiny, value

POND = """
stocks:
  fish: {at: world, kind: matter, range: [0, 2000], start: %(start)s, plain: Fish.}
  store: {at: world, kind: matter, range: [0, 100000], start: 0, plain: Store.}
flows:
"""
BIRTHS = "  births: {from: outside, to: fish, plain: Births., rate: 0.5 * fish * (1 - fish / 1000)}\n"


def logistic(ticks: int, seasons: int) -> float:
    model = tiny(POND % {"start": 100} + BIRTHS, ticks=ticks)
    return float(value(play(model, one(model), seasons), "fish")[0])


def test_growth_follows_verhulst_and_its_error_shrinks_with_the_tick() -> None:
    exact = 1000 / (1 + 9 * math.exp(-0.5 * 6))
    errors = [abs(logistic(ticks, 6) - exact) for ticks in (8, 16, 32, 64)]
    assert errors[0] < 0.03 * exact
    for coarse, fine in pairwise(errors):
        assert 1.7 < coarse / fine < 2.3  # Euler's method: half the tick, half the error


@pytest.mark.parametrize("effort", [0.1, 0.25, 0.4])
def test_fishing_settles_where_schaefer_says(effort: float) -> None:
    model = tiny(
        POND % {"start": 800} + BIRTHS + f"  catch: {{from: fish, to: outside, plain: Catch., rate: {effort} * fish}}\n"
    )
    world = play(model, one(model), 300)
    assert value(world, "fish")[0] == pytest.approx(1000 * (1 - effort / 0.5), rel=1e-9)
    assert world.moved["catch"].item() == pytest.approx(effort * 1000 * (1 - effort / 0.5), rel=1e-9)


def test_what_decays_halves_after_the_same_time_again_and_again() -> None:
    model = tiny(POND % {"start": 1000} + "  decay: {from: fish, to: outside, plain: D., rate: 0.2 * fish}\n", ticks=64)
    for seasons in (1, 5, 10):
        assert value(play(model, one(model), seasons), "fish")[0] == pytest.approx(
            1000 * math.exp(-0.2 * seasons), rel=0.005
        )
        assert value(play(model, one(model), seasons), "fish")[0] == pytest.approx(
            1000 * (1 - 0.2 / 64) ** (64 * seasons), rel=1e-12
        )


def delayed_flow(ticks: int) -> Model:
    return tiny(
        POND % {"start": 1000} + "  sent: {from: fish, to: store, delay: 6, plain: Sent., rate: 10}\n", ticks=ticks
    )


def erlang_share(time: float, delay: float) -> float:
    """The share of a constant inflow that leaves a third-order delay after some time (Erlang-3)."""
    x = 3 * time / delay
    return 1 - math.exp(-x) * (1 + x + x * x / 2)


@pytest.mark.parametrize("seasons", [2, 6, 12])
def test_a_delayed_flow_arrives_as_the_erlang_curve_says(seasons: int) -> None:
    model = delayed_flow(64)
    before, after = play(model, one(model), seasons), play(model, one(model), seasons + 1)
    arrived = float(value(after, "store")[0] - value(before, "store")[0])
    inside = np.linspace(seasons, seasons + 1, 201)
    exact = 10 * float(np.mean([erlang_share(time, 6) for time in inside]))
    assert arrived == pytest.approx(exact, abs=0.05)


def test_a_delay_that_runs_long_holds_delay_times_rate_in_its_pipeline() -> None:
    model = delayed_flow(8)
    world = play(model, one(model), 60)
    assert world.memory["sent"].sum() == pytest.approx(60.0, rel=1e-3)
    assert world.memory["sent"].reshape(3) == pytest.approx([20.0] * 3, rel=1e-3)


def test_a_pipeline_that_starts_filled_delivers_at_once_and_evenly() -> None:
    """Delay times rate on the way at the start is what a pipeline in balance holds."""
    flow = "  sent: {from: fish, to: store, delay: 6, on_the_way: 60, plain: Sent., rate: 10}\n"
    model = tiny(POND % {"start": 1000} + flow, ticks=8)
    assert value(play(model, one(model), 3), "store")[0] == pytest.approx(30.0, rel=1e-12)


def test_everything_sent_is_in_the_source_the_pipeline_or_the_target() -> None:
    model = delayed_flow(8)
    world = play(model, one(model), 9)
    assert value(world, "fish") + value(world, "store") + world.memory["sent"].sum() == pytest.approx(1000, rel=1e-14)


SMOOTH = """
stocks:
  signal: {at: world, kind: state, range: [0, 100], start: 1, plain: Signal.}
  heard:  {at: world, kind: state, range: [0, 100], start: 0, plain: Heard.}
influences:
  hearing: {of: heard, change: "delay(signal, 4) - heard + 0 * season", plain: H.}
  steps:   {of: signal, change: "if(season == 1, 8, 0) * 1", plain: S.}
"""


def test_an_information_delay_starts_settled_and_ends_at_the_new_value() -> None:
    """What is delayed has always been so: nothing moves until the signal does."""
    still = tiny(SMOOTH.replace("if(season == 1, 8, 0)", "0").replace("- heard", "- 1"))
    assert value(play(still, one(still), 9), "heard")[0] == 0.0
    moving = tiny(SMOOTH)
    assert value(play(moving, one(moving), 60), "heard")[0] == pytest.approx(9.0, rel=1e-3)


def test_a_delay_may_stand_within_a_delay() -> None:
    model = tiny(SMOOTH.replace("delay(signal, 4)", "delay(delay(signal, 4), 2)"))
    assert value(play(model, one(model), 60), "heard")[0] == pytest.approx(9.0, rel=1e-3)


def test_grazing_saturates_with_the_grass_as_holling_says() -> None:
    model = tiny(
        """
        stocks:
          grass: {at: world, kind: matter, range: [0, 100], start: 30, plain: G}
          barn:  {at: world, kind: matter, range: [0, 100], start: 0, plain: B}
        flows:
          eating: {from: grass, to: barn, rate: "4 * saturate(grass, 10)", plain: E}
        """,
        ticks=1,
    )
    assert value(play(model, one(model), 1), "barn")[0] == pytest.approx(4 * 30 / 40)
