"""The time goes on with the ticks, and steps, pulses and ramps come when they are said to, on every backend."""

from __future__ import annotations

import numpy as np
import pytest

from game.run.backends import kernel
from game.sim.model import Model
from game.sim.step import step
from tests.oracle.oracle import Oracle
from tests.sim.levels import one, random_plans, tiny

LEVEL = """
stocks:
  clock: {at: world, kind: state, range: [0, 1000], start: 0, plain: C}
  heard: {at: world, kind: state, range: [-1000, 1000], start: 0, plain: H}
  wave:  {at: tile, kind: state, range: [-1000, 1000], start: 0.3, plain: W}
  late:  {at: world, kind: state, range: [0, 1000], start: 0, plain: L}
influences:
  tick: {of: clock, change: 1, plain: T}
  hear: {of: heard, change: "RATE", plain: H}
  swing: {of: wave, change: "cos(time * wave) + exp(0 - wave) % 0.7 - (1 + abs(wave)) ** 0.3 + ln(2 + time)", plain: S}
  seasonal: {of: late, change: time, once: season, plain: L}
"""


def heard(rate: str, ticks: int, seasons: int) -> list[float]:
    model = tiny(LEVEL.replace("RATE", rate), ticks=ticks, seasons=40)
    world, found = one(model), []
    for _ in range(seasons):
        world = step(model, world)
        found.append(float(world.stock["heard"].item()))
    return found


@pytest.mark.parametrize("ticks", [1, 3, 8, 10])
def test_the_time_of_a_tick_is_when_it_begins(ticks: int) -> None:
    """The sum over a season's ticks of the time, times the length of a tick."""
    within = sum(tick / ticks for tick in range(ticks)) / ticks
    assert heard("time", ticks, 3) == pytest.approx([within, 1 + 2 * within, 3 + 3 * within])


@pytest.mark.parametrize("ticks", [1, 4, 10])
@pytest.mark.parametrize(
    ("rate", "wanted"),
    [
        ("step(2, 1)", [0, 2, 4, 6, 8]),
        ("step(1, 3) - step(1, 4)", [0, 0, 0, 1, 1]),
        ("pulse(1, 2)", [0, 1, 2, 2, 2]),
        ("pulse_train(1, 1, 2, 4)", [0, 1, 1, 2, 2]),
        ("ramp(1, 2, 4) - ramp(1, 2, 4)", [0, 0, 0, 0, 0]),
    ],
)
def test_inputs_come_when_they_are_said_to(rate: str, wanted: list[float], ticks: int) -> None:
    assert heard(rate, ticks, 5) == pytest.approx(wanted)


def test_a_step_between_two_ticks_of_a_tenth_is_taken_in_its_tick() -> None:
    assert heard("step(10, 0.3)", 10, 1) == pytest.approx([7])
    assert heard("pulse(0.3, 0.4)", 10, 1) == pytest.approx([0.4])
    assert heard("pulse(0.3, 0)", 10, 1) == pytest.approx([0.1]), "a pulse is at least a tick long"


def test_a_ramp_rises_with_its_slope_and_stops() -> None:
    assert heard("ramp(2, 1, 3)", 1, 6) == pytest.approx([0, 0, 2, 6, 10, 14])
    assert heard("ramp(2, 1)", 1, 5) == pytest.approx([0, 0, 2, 6, 12])


def test_what_changes_once_a_season_reads_when_the_season_began() -> None:
    model = tiny(LEVEL.replace("RATE", "0"), ticks=4)
    world = one(model)
    for wanted in (0.0, 1.0, 3.0):
        world = step(model, world)
        assert world.stock["late"].item() == wanted


@pytest.fixture(scope="module")
def model() -> Model:
    return tiny(LEVEL.replace("RATE", "pulse_train(0.3, 0.5, 1, 4) + sin(clock) - season / 7 + round(time)"), ticks=3)


def test_the_oracle_the_arrays_and_the_kernel_agree_to_the_last_bit(model: Model) -> None:
    pytest.importorskip("numba", reason="the kernel takes numba")
    numpy = compiled = one(model)
    oracle, chance, fast = Oracle.from_world(model, numpy), np.random.default_rng(1), kernel("compiled", model, 1)
    for _ in range(8):
        actions = random_plans(model, chance, 1)
        oracle.step(actions)
        numpy, compiled = step(model, numpy, actions), step(model, compiled, actions, fast)
        assert not oracle.differences(numpy)
        assert numpy.digest() == compiled.digest()
