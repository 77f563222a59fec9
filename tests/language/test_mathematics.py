"""Powers, logarithms and waves lie within two units in the last place of what they are, and never outside their range.

Two references: decimals of fifty digits for a few thousand values, and for many the extended
precision of processors that have it (64 bits of mantissa: 11 more than a float64).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal, localcontext

import numpy as np
import pytest

from game.language.elementwise import function_of_values, on_numbers
from game.language.mathematics import LARGEST, LN_LARGEST
from game.language.on_arrays import on_arrays

ULPS = 2.0
EXTENDED = np.finfo(np.longdouble).nmant >= 63
MANY, MOST = 40_000, 10_000_000
Chance = np.random.Generator


def exponents(chance: Chance, count: int) -> np.ndarray:
    return np.concatenate([chance.uniform(-650, LN_LARGEST, count), chance.uniform(-1, 1, count)])


def sizes(chance: Chance, count: int) -> np.ndarray:
    far, near, at_one = (
        np.exp(chance.uniform(-690, 34, count)),
        chance.uniform(0.5, 2, count),
        1e-6 * chance.random(count),
    )
    return np.concatenate([far, near, 1 + at_one, 1 - at_one])


def angles(chance: Chance, count: int) -> np.ndarray:
    quarters = np.round(chance.uniform(-630_000, 630_000, count)) * (np.pi / 2)
    return np.concatenate(
        [chance.uniform(-1e6, 1e6, count), chance.uniform(-4, 4, count), quarters[abs(quarters) < 1e6]]
    )


def bases(chance: Chance, count: int) -> tuple[np.ndarray, np.ndarray]:
    x = np.exp(chance.uniform(-300, 30, count))
    y = chance.uniform(-600, LN_LARGEST - 0.1, count) / np.log(x)
    return np.concatenate([x, chance.uniform(0.5, 2, count)]), np.concatenate([y, chance.uniform(-49, 49, count)])


def off(name: str, true: Callable[..., np.ndarray], *values: np.ndarray) -> float:
    """By how many units in the last place a function is off at worst."""
    wanted = true(*(value.astype(np.longdouble) for value in values))
    kept = np.abs(wanted) <= LARGEST
    found = on_arrays(name, *values).astype(np.longdouble)
    unit = np.spacing(np.abs(wanted[kept]).astype(np.float64)).astype(np.longdouble)
    return float(np.max(np.abs(found[kept] - wanted[kept]) / unit))


CASES = [
    ("exp", np.exp, exponents), ("ln", np.log, sizes), ("log10", np.log10, sizes), ("power", np.power, bases),
    ("sin", np.sin, angles), ("cos", np.cos, angles), ("tan", np.tan, angles),
]  # fmt: skip


def drawn(draw: Callable[..., object], seed: int, count: int) -> tuple[np.ndarray, ...]:
    values = draw(np.random.default_rng(seed), count)
    return values if isinstance(values, tuple) else (values,)  # type: ignore[return-value]


@pytest.mark.skipif(not EXTENDED, reason="this processor has no extended precision")
@pytest.mark.parametrize(("name", "true", "draw"), CASES, ids=[case[0] for case in CASES])
def test_many_values_are_within_two_units(
    name: str, true: Callable[..., np.ndarray], draw: Callable[..., object]
) -> None:
    assert off(name, true, *drawn(draw, 1, MANY)) <= ULPS


@pytest.mark.nightly
@pytest.mark.skipif(not EXTENDED, reason="this processor has no extended precision")
@pytest.mark.parametrize(("name", "true", "draw"), CASES, ids=[case[0] for case in CASES])
def test_ten_million_values_are_within_two_units(
    name: str, true: Callable[..., np.ndarray], draw: Callable[..., object]
) -> None:
    for part in range(100):
        assert off(name, true, *drawn(draw, 100 + part, MOST // 100)) <= ULPS


def decimal_of(name: str, *values: float) -> Decimal:
    x, *more = (Decimal(value) for value in values)
    return {"exp": x.exp, "ln": x.ln, "log10": x.log10, "power": lambda: (x.ln() * more[0]).exp()}[name]()


@pytest.mark.parametrize(("name", "true", "draw"), CASES[:4], ids=[case[0] for case in CASES[:4]])
def test_decimals_of_fifty_digits_agree(name: str, true: object, draw: Callable[..., object]) -> None:
    with localcontext() as context:
        context.prec = 50
        for values in zip(*(column.tolist() for column in drawn(draw, 2, 120)), strict=True):
            wanted, found = decimal_of(name, *values), on_numbers(name, *values)
            if wanted <= Decimal(LARGEST):
                assert abs(Decimal(found) - wanted) <= Decimal(ULPS) * Decimal(math.ulp(float(wanted))), values


@pytest.mark.parametrize("name", ["sin", "cos"])
def test_a_wave_told_by_its_series_of_fifty_digits_agrees(name: str) -> None:
    """Of angles that are reduced by a pi of sixty digits."""
    pi = Decimal("3.14159265358979323846264338327950288419716939937510582097494459")
    with localcontext() as context:
        context.prec = 70
        for x in drawn(angles, 3, 60)[0].tolist():
            angle = Decimal(x) % (2 * pi)
            term, total, power = (angle, angle, 1) if name == "sin" else (Decimal(1), Decimal(1), 0)
            while abs(term) > Decimal(10) ** -60:
                term, power = -term * angle * angle / ((power + 1) * (power + 2)), power + 2
                total += term
            unit = Decimal(math.ulp(float(total)))
            assert abs(Decimal(on_numbers(name, x)) - total) <= Decimal(ULPS) * unit, x


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


@pytest.mark.parametrize(("name", "_", "draw"), CASES, ids=[case[0] for case in CASES])
def test_every_value_lies_within_its_bounds(name: str, _: object, draw: Callable[..., object]) -> None:
    values = drawn(draw, 5, 200)
    row = function_of_values(name)
    for first in range(0, len(values[0]) - 5, 5):
        some = [column[first : first + 5] for column in values]
        low, high = row.bounds(*((float(part.min()), float(part.max())) for part in some))
        found = on_arrays(name, *some)
        assert (low <= found).all() and (found <= high).all(), some
