"""How far powers, logarithms and waves lie from what they are, in units in the last place.

`python -m tests.language.accuracy [--points 10000000] [NAME…]` measures it in
chunks and prints what it found after each: the worst of all, where it was, and
that one again by decimals of fifty digits.  A chunk depends on its number
alone, so more points only add to those of before.

The reference is the extended precision of processors that have it, 64 bits of
mantissa, 11 more than a float64: it is off by about a thousandth of a unit.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, localcontext

import numpy as np

from game.language.mathematics import LARGEST, LN_LARGEST
from game.language.on_arrays import on_arrays

EXTENDED = np.finfo(np.longdouble).nmant >= 63
CHUNK = 8_000  # values that stay in the cache while they are worked out
PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211706798")
Chance = np.random.Generator
Values = tuple[np.ndarray, ...]


def exponents(chance: Chance, count: int) -> Values:
    return (np.concatenate([chance.uniform(-650, LN_LARGEST, count), chance.uniform(-1, 1, count)]),)


def sizes(chance: Chance, count: int) -> Values:
    far, near, at_one = (
        np.exp(chance.uniform(-690, 34, count)),
        chance.uniform(0.5, 2, count),
        1e-6 * chance.random(count),
    )
    return (np.concatenate([far, near, 1 + at_one, 1 - at_one]),)


def angles(chance: Chance, count: int) -> Values:
    quarters = np.round(chance.uniform(-630_000, 630_000, count)) * (np.pi / 2)
    some = [chance.uniform(-1e6, 1e6, count), chance.uniform(-4, 4, count), quarters[abs(quarters) < 1e6]]
    return (np.concatenate(some),)


def bases(chance: Chance, count: int) -> Values:
    x = np.exp(chance.uniform(-300, 30, count))
    y = chance.uniform(-600, LN_LARGEST - 0.1, count) / np.log(x)
    return np.concatenate([x, chance.uniform(0.5, 2, count)]), np.concatenate([y, chance.uniform(-49, 49, count)])


@dataclass(frozen=True)
class Case:
    """A function with what it is, and the values it is tried on."""

    name: str
    true: Callable[..., np.ndarray]
    draw: Callable[[Chance, int], Values]

    def drawn(self, seed: int, count: int) -> Values:
        """Values of one chunk; the same for the same seed."""
        return self.draw(np.random.default_rng(seed), count)


CASES = {
    case.name: case
    for case in (
        Case("exp", np.exp, exponents), Case("ln", np.log, sizes), Case("log10", np.log10, sizes),
        Case("power", np.power, bases), Case("sin", np.sin, angles), Case("cos", np.cos, angles),
        Case("tan", np.tan, angles),
    )
}  # fmt: skip


def off(case: Case, *values: np.ndarray) -> np.ndarray:
    """By how many units in the last place a function is off, value by value; 0 beyond its largest result."""
    wanted = case.true(*(value.astype(np.longdouble) for value in values))
    found = on_arrays(case.name, *values).astype(np.longdouble)
    unit = np.spacing(np.minimum(np.abs(wanted), LARGEST).astype(np.float64)).astype(np.longdouble)
    return np.where(np.abs(wanted) <= LARGEST, np.abs(found - wanted) / unit, 0.0).astype(np.float64)


def decimal_of(name: str, *values: float) -> Decimal:
    """What a function is, to fifty digits and more."""
    with localcontext() as context:
        context.prec = 80
        x, *more = (Decimal(value) for value in values)
        if name in ("sin", "cos", "tan"):
            return _wave(name, x)
        found = {"exp": x.exp, "ln": x.ln, "log10": x.log10, "power": lambda: (x.ln() * more[0]).exp()}[name]()
        return Decimal(found)


def _wave(name: str, x: Decimal) -> Decimal:
    if name == "tan":
        return _wave("sin", x) / _wave("cos", x)
    angle = x % (2 * PI)
    term, total, power = (angle, angle, 1) if name == "sin" else (Decimal(1), Decimal(1), 0)
    while abs(term) > Decimal(10) ** -75:
        term, power = -term * angle * angle / ((power + 1) * (power + 2)), power + 2
        total += term
    return total


def off_in_decimals(name: str, *values: float) -> float:
    """By how many units one value is off, by decimals alone."""
    wanted = decimal_of(name, *values)
    found = Decimal(float(on_arrays(name, *(np.array([value]) for value in values))[0]))
    with localcontext() as context:
        context.prec = 80
        return float(abs(found - wanted) / Decimal(math.ulp(float(wanted))))


def measured(case: Case, points: int, tell: Callable[[int, float], None]) -> tuple[int, float, tuple[float, ...], int]:
    """Return how many points were tried, the worst of them, where it was, and how many were off by more than a unit."""
    tried, worst, far, chunk = 0, 0.0, 0, 0
    at: tuple[float, ...] = (0.0,)
    while tried < points:
        values = case.drawn(1_000_000 + chunk, CHUNK)
        found = off(case, *values)
        most = int(found.argmax())
        if found[most] > worst:
            worst, at = float(found[most]), tuple(float(column[most]) for column in values)
        tried, far, chunk = tried + len(found), far + int((found > 1.0).sum()), chunk + 1
        tell(tried, worst)
    return tried, worst, at, far


def main() -> None:
    """Measure, and print a row for each function."""
    parser = argparse.ArgumentParser(description="How far functions lie from what they are.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(CASES))
    parser.add_argument("--points", type=int, default=10_000_000, help="of each function (10,000,000)")
    given = parser.parse_args()
    if not EXTENDED:
        raise SystemExit("this processor has no extended precision, so there is nothing to measure against")
    print("| function | points | worst, in units | by decimals | at | off by more than 1 |\n|---|---|---|---|---|---|")
    for name in given.names or CASES:

        def tell(done: int, most: float, name: str = name) -> None:
            print(f"\r{name} {done:,}: {most:.3f} ", end="", file=sys.stderr, flush=True)

        tried, worst, at, far = measured(CASES[name], given.points, tell)
        exact = off_in_decimals(name, *at)
        where = ", ".join(repr(value) for value in at)
        print(f"\r| `{name}` | {tried:,} | {worst:.3f} | {exact:.3f} | {where} | {far} |", flush=True)


if __name__ == "__main__":
    main()
