"""Powers, logarithms and waves lie within two units in the last place of what they are, and never outside their range.

Two references: decimals of fifty digits for a few thousand values, and for many the extended
precision of processors that have it (64 bits of mantissa: 11 more than a float64).
"""

from __future__ import annotations

import numpy as np
import pytest

from game.language.elementwise import function_of_values, on_numbers
from game.language.on_arrays import on_arrays
from tests.language.accuracy import CASES, CHUNK, EXTENDED, Case, off, off_in_decimals

ULPS = 2.0
MANY, MOST = 40_000, 10_000_000


def each(*names: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", [CASES[name] for name in names or CASES], ids=list(names or CASES))


@pytest.mark.skipif(not EXTENDED, reason="this processor has no extended precision")
@each()
def test_many_values_are_within_two_units(case: Case) -> None:
    assert off(case, *case.drawn(1, MANY)).max() <= ULPS


@pytest.mark.nightly
@pytest.mark.skipif(not EXTENDED, reason="this processor has no extended precision")
@each()
def test_ten_million_values_are_within_two_units(case: Case) -> None:
    for part in range(MOST // CHUNK):
        assert off(case, *case.drawn(100 + part, CHUNK)).max() <= ULPS


@each()
def test_decimals_of_fifty_digits_agree(case: Case) -> None:
    for values in zip(*(column.tolist() for column in case.drawn(2, 30)), strict=True):
        if abs(on_numbers(case.name, *values)) < 1e15:
            assert off_in_decimals(case.name, *values) <= ULPS, values


@pytest.mark.skipif(not EXTENDED, reason="this processor has no extended precision")
@each()
def test_the_reference_is_far_closer_than_what_it_is_held_against(case: Case) -> None:
    values = case.drawn(3, 20)
    found = off(case, *values)
    for index in range(0, len(found), 7):
        one = [float(column[index]) for column in values]
        if abs(on_numbers(case.name, *one)) < 1e15:
            assert off_in_decimals(case.name, *one) == pytest.approx(found[index], abs=0.01), one


def test_a_function_that_is_off_is_found() -> None:
    wrong = Case("exp", lambda x: np.exp(x) * (1 + np.longdouble(1e-15)), CASES["exp"].draw)
    assert off(wrong, *wrong.drawn(1, 100)).max() > ULPS


def test_a_remainder_is_exact_and_lies_between_0_and_its_divisor() -> None:
    chance = np.random.default_rng(4)
    x, y = chance.uniform(-1e6, 1e6, 20_000), chance.uniform(-10, 10, 20_000)
    found = on_arrays("mod", x, y)
    assert np.array_equal(found, np.where(np.abs(np.mod(x, y)) < np.abs(y), np.mod(x, y), 0.0))
    assert (found * y >= 0).all() and (np.abs(found) < np.abs(y)).all()
    assert on_numbers("mod", -1e-30, 1.0) == 0.0, "what would round up to the divisor is none of it"


def test_whole_powers_of_numbers_below_0_keep_their_sign() -> None:
    for base in (-3.0, -0.5):
        for exponent in range(-6, 7):
            assert on_numbers("power", base, float(exponent)) == pytest.approx(base**exponent, rel=1e-15)


@each()
def test_every_value_lies_within_its_bounds(case: Case) -> None:
    values = case.drawn(5, 200)
    row = function_of_values(case.name)
    for first in range(0, len(values[0]) - 5, 5):
        some = [column[first : first + 5] for column in values]
        low, high = row.bounds(*((float(part.min()), float(part.max())) for part in some))
        found = on_arrays(case.name, *some)
        assert (low <= found).all() and (found <= high).all(), some
