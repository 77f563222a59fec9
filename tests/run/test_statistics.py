"""How sure a share of seeds is."""

from __future__ import annotations

import pytest

from game.run.statistics import mean_interval, wilson


@pytest.mark.parametrize(
    ("hits", "count", "side", "bound"),
    [(485, 500, 0, 0.9511), (464, 500, 0, 0.9019), (0, 2000, 1, 0.0019)],
)
def test_the_interval_of_known_figures(hits: int, count: int, side: int, bound: float) -> None:
    assert wilson(hits, count)[side] == pytest.approx(bound, abs=0.0001)


def test_485_hits_of_500_are_enough_for_95_per_cent_and_484_are_not() -> None:
    assert wilson(485, 500)[0] >= 0.95
    assert wilson(484, 500)[0] < 0.95


def test_no_observation_says_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


def test_a_mean_lies_inside_its_interval() -> None:
    mean, low, high = mean_interval([1.0, 2.0, 3.0, 4.0])
    assert low < mean == 2.5 < high
