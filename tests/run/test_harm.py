"""What deeds do to others, measured by twins, and how far the meter of vigilance ranks them as they do."""

from __future__ import annotations

import pytest

from game.level.library import shipped_levels
from game.level.reader import load_level
from game.run.harm import Harm, agreement, measure
from game.run.statistics import ranks
from game.sim.model import compile_level


def harm(level: str, care: float, done: float) -> Harm:
    return Harm(level, f"{care}", "over", care, done, 1)


def test_equal_values_share_their_rank() -> None:
    assert ranks([3.0, 1.0, 3.0, 0.5]) == [3.5, 2.0, 3.5, 1.0]


def test_ranks_are_taken_within_each_level() -> None:
    alike = [harm("a", 0.1, 0.01), harm("a", 0.2, 0.02), harm("b", 0.3, 7.0), harm("b", 0.4, 9.0)]
    assert agreement(alike) == pytest.approx(1.0)
    assert agreement([harm("a", 0.2, 0.01), harm("a", 0.1, 0.02)]) == pytest.approx(-1.0)


def test_a_hammer_harms_nobody_and_taking_beams_does() -> None:
    found = {one.action: one for one in measure(compile_level(load_level("nail_and_barn")), range(3))}
    assert found["hammer"].harm == found["build_alone"].harm == 0.0
    assert found["take_beams"].harm > 0.05 and found["take_beams"].done == 9


@pytest.mark.nightly
def test_partnering_does_less_harm_than_force() -> None:
    found = measure(compile_level(load_level("wolves_and_aspens")), range(2), ("over", "with", "neutral"))
    worst = {mode: max(one.harm for one in found if one.mode == mode) for mode in ("over", "with")}
    assert worst["with"] < 0.5 * worst["over"]


def test_the_same_seeds_measure_the_same() -> None:
    model = compile_level(load_level("wolves_and_aspens"))
    assert measure(model, range(2)) == measure(model, range(2))


def test_the_meter_ranks_the_deeds_of_three_levels_as_harm_does() -> None:
    levels = ("nail_and_barn", "wolves_and_aspens", "the_shared_pasture")
    found = [one for name in levels for one in measure(compile_level(load_level(name)), range(1000, 1003))]
    assert len(found) >= 10 and agreement(found) >= 0.7


@pytest.mark.nightly
def test_the_meter_ranks_the_deeds_of_all_levels_as_harm_does() -> None:
    found = [one for path in shipped_levels() for one in measure(compile_level(load_level(path)), range(1000, 1020))]
    assert len(found) >= 50 and agreement(found) >= 0.7
    shuffled = [Harm(one.level, one.action, one.mode, 1.0 - one.care, one.harm, one.done) for one in found]
    assert agreement(shuffled) <= -0.7
