"""Delays and smoothings: how long they take, what is conserved on the way, and that every backend remembers alike."""

from __future__ import annotations

import math

import numpy as np
import pytest

from game.level.problems import LevelError
from game.run.backends import kernel
from game.sim.goals import objective
from game.sim.step import step
from tests.oracle.oracle import Oracle
from tests.sim.levels import one, random_plans, tiny

LEVEL = """
numbers: {k: {value: 4, low: 1, high: 9, from: literature, plain: K}}
stocks:
  clock: {at: world, kind: state, range: [0, 1000], start: 0, plain: C}
  herd:  {at: community, kind: state, range: [0, 100], start: 5, varies: 0.3, plain: H}
  seen:  {at: world, kind: state, range: [-1e6, 1e6], start: 0, plain: S}
influences:
  tick: {of: clock, change: 1, plain: T}
  grow: {of: herd, change: "smooth(herd, 2 + time) - herd + delay1(step(1, 2), k, 0.5)", plain: G}
  see:  {of: seen, change: "READ", plain: S}
objective: READ
"""


def outcome(read: str, ticks: int, seasons: int) -> list[float]:
    """What a reading is at the start and after each season."""
    model = tiny(LEVEL.replace("READ", read), ticks=ticks, seasons=200)
    world = one(model)
    found = [float(objective(model, world)[0])]
    for _ in range(seasons):
        world = step(model, world)
        found.append(float(objective(model, world)[0]))
    return found


@pytest.mark.parametrize("seasons", [1, 2, 3, 4])
def test_a_delay_takes_as_long_as_it_says_however_few_its_ticks(seasons: int) -> None:
    """The mean time after which a step comes through, at one tick a season."""
    come = np.diff(outcome(f"delay(step(1, 0) - 1, {seasons}, 0 - 1)", 1, 120))
    assert float((come * np.arange(1, 121)).sum()) == pytest.approx(seasons)


def test_a_fixed_delay_gives_what_was_read_and_before_that_what_it_begins_with() -> None:
    assert outcome("delay_fixed(time ** 2, 2, 0 - 1)", 4, 5) == [-1, -1, 0, 1, 4, 9]
    assert outcome("delay_fixed(3 + time, 2)", 1, 4) == [3, 3, 3, 4, 5]


def test_smoothing_closes_a_share_of_the_gap() -> None:
    assert outcome("smooth(8, 4, 0)", 1, 3) == pytest.approx([0, 2, 3.5, 4.625])


def test_smoothing_over_less_than_a_tick_is_refused() -> None:
    with pytest.raises(LevelError, match="from 1 \\(a tick\\) to 100"):
        outcome("smooth(8, 0.1)", 1, 1)


def test_what_is_carried_comes_out_whole_although_its_way_grows_longer() -> None:
    """One unit goes in; the time it takes doubles while it is under way."""
    for name in ("delay", "delay1"):
        model = tiny(LEVEL.replace("READ", f"{name}(8 * pulse(0, 0.125), if(time < 1, 2, 4), 0)"), ticks=8, seasons=200)
        world = one(model)
        for _ in range(90):
            world = step(model, world)
        assert float(world.stock["seen"].item()) == pytest.approx(1.0, abs=1e-6), name


def test_a_trend_is_the_rate_of_what_grows_evenly() -> None:
    assert outcome("trend(exp(0.05 * time), 5)", 8, 80)[-1] == pytest.approx(math.expm1(0.05 / 8) * 8, rel=0.01)
    assert outcome("trend(exp(0.05 * time), 5, 0.03)", 8, 0) == [pytest.approx(0.03)]


def test_a_memory_of_a_memory_begins_with_what_that_begins_with() -> None:
    assert outcome("delay(smooth(3, 2, 9), 4)", 4, 0) == [9]


@pytest.mark.parametrize("ticks", [1, 3])
def test_the_oracle_the_arrays_and_the_kernel_remember_alike(ticks: int) -> None:
    pytest.importorskip("numba", reason="the kernel takes numba")
    read = (
        "smooth3(mean(herd), k, 1) + delay(mean(herd), 2 + time) + delay1(clock, k) + delay_fixed(clock, 3, 2)"
        " + smooth(clock, 4) + delay(clock, 2, 7) + trend(1 + clock, 3) + smooth(smooth(clock, k), 1 + time)"
    )
    model = tiny(LEVEL.replace("READ", read), ticks=ticks, people=("ann", "bob"))
    numpy = compiled = one(model)
    oracle, chance, fast = Oracle.from_world(model, numpy), np.random.default_rng(1), kernel("compiled", model, 1)
    for _ in range(7):
        actions = random_plans(model, chance, 1)
        oracle.step(actions)
        numpy, compiled = step(model, numpy, actions), step(model, compiled, actions, fast)
        assert not oracle.differences(numpy)
        assert numpy.digest() == compiled.digest()
