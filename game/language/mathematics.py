"""Powers, logarithms, waves and remainders in the few words of `Words`: the same bits on every machine.

Libraries of mathematics differ in their last bits from one processor to the
next, so these are sequences of + - * / floor and comparisons that leave
nothing to them.  Where one float64 is too coarse, a value is the sum of two
(Dekker 1971).  The polynomials of `exp`, `sin` and `cos` are those of fdlibm
(Sun Microsystems 1993).  Away from the bounds below every result lies within
2 units in the last place of the true value; tests hold that.
"""

from __future__ import annotations

from typing import Any

from game.language.words import Words

Two = tuple[Any, Any]  # a value as the sum of a float64 and a much smaller one

LARGEST = 1e15  # no result is larger, as with a division
LN_LARGEST = float.fromhex("0x1.144f69ff9ffc4p+5")
LOWEST_EXPONENT = -650.0  # e to a lower one counts as 0
SMALLEST_LOGARITHM = 1e-300  # the logarithm of what is smaller counts as that of this
FARTHEST_ANGLE = 1e6  # radians; beyond it the waves stay as they are there
SPLITTER = 134217729.0
LN2 = (0.6931471805592082, 7.371002565161996e-13, 5.8029889835956905e-25)  # 40, 40 and 53 bits
LOG2E = 1.4426950408889634
LOG10E = (0.4342944819032518, 1.098319650216765e-17)
THIRD = (0.3333333333333333, 1.850371707708594e-17)
HALF_PI = (1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21, 8.4784276603689e-32)  # 33 bits each
TWO_OVER_PI = 0.6366197723675814
SQRT2 = 1.4142135623730951
BITS = (512, 256, 128, 64, 32, 16, 8, 4, 2, 1)
EXP = (
    0.16666666666666602,
    -0.0027777777777015593,
    6.613756321437934e-05,
    -1.6533902205465252e-06,
    4.1381367970572385e-08,
)
SIN = (
    -0.16666666666666632,
    0.00833333333332249,
    -0.0001984126982985795,
    2.7557313707070068e-06,
    -2.5050760253406863e-08,
    1.58969099521155e-10,
)
COS = (
    0.0416666666666666,
    -0.001388888888887411,
    2.480158728947673e-05,
    -2.7557314351390663e-07,
    2.087572321298175e-09,
    -1.1359647557788195e-11,
)


def rounded(words: Words, x: Any) -> Any:
    """The nearest whole number; of two that are as near, the higher one."""
    below = words.let(words.floor(x) + 0.0)
    return below + words.pick(x - below < 0.5, 0.0, 1.0)


def remainder(words: Words, x: Any, y: Any) -> Any:
    """What is left of x when y is taken from it as often as it goes: from 0 up to y, 0 where y is 0."""
    there = words.let(words.absolute(y) > 0.0)
    divisor = words.let(words.pick(there, y, 1.0))
    times = words.let(words.floor(x / divisor))
    taken, rest = _product(words, divisor, times)
    left = words.let((x - taken) - rest)
    left = words.let(left + words.pick(left * divisor < 0.0, divisor, 0.0))
    inside = words.let(words.absolute(left) < words.absolute(divisor))
    return words.pick(there, words.pick(inside, left, 0.0), 0.0) + 0.0


def exponential(words: Words, x: Any) -> Any:
    """The number e to the power x: at most LARGEST, 0 below LOWEST_EXPONENT."""
    return _exponential(words, (words.let(x), 0.0))


def logarithm(words: Words, x: Any) -> Any:
    """The natural logarithm."""
    high, low = _logarithm(words, x)
    return high + low + 0.0


def decimal_logarithm(words: Words, x: Any) -> Any:
    """The logarithm to the base 10."""
    high, low = _logarithm(words, x)
    product, rest = _product(words, high, LOG10E[0])
    return product + (rest + (high * LOG10E[1] + low * LOG10E[0])) + 0.0


def power(words: Words, x: Any, y: Any) -> Any:
    """Any x to the power y: at most LARGEST; what is below 0 takes whole powers only, and gives 0 for others."""
    x, y = words.let(x), words.let(y)
    high, low = _logarithm(words, words.absolute(x))
    product, rest = _product(words, high, y)
    size = words.let(_exponential(words, (product, words.let(rest + low * y))))
    whole = words.let(words.floor(y) + 0.0)
    odd = words.let(whole - 2.0 * words.floor(whole * 0.5))
    turned = words.pick(words.absolute(y - whole) > 0.0, 0.0, words.pick(odd > 0.5, 0.0 - size, size))
    nothing = words.pick(words.absolute(y) > 0.0, 0.0, 1.0)
    return words.pick(x > 0.0, size, words.pick(x < 0.0, turned, nothing)) + 0.0


def sine(words: Words, x: Any) -> Any:
    """The sine of an angle in radians."""
    quarter, (sine_of, cosine_of) = _waves(words, x)
    return _wave(words, quarter, sine_of, cosine_of)


def cosine(words: Words, x: Any) -> Any:
    """The cosine of an angle in radians."""
    quarter, (sine_of, cosine_of) = _waves(words, x)
    further = words.let(quarter + 1.0)
    return _wave(words, words.let(further - words.pick(further > 3.5, 4.0, 0.0)), sine_of, cosine_of)


def tangent(words: Words, x: Any) -> Any:
    """The tangent of an angle in radians: at most LARGEST either way."""
    quarter, (sine_of, cosine_of) = _waves(words, x)
    odd = words.let(words.absolute(quarter - 2.0) < 1.5)  # 1, 2 or 3
    odd = words.let(words.pick(odd, words.pick(words.absolute(quarter - 2.0) < 0.5, 0.0, 1.0), 0.0) > 0.5)
    above = [words.let(words.pick(odd, 0.0 - c, s)) for s, c in zip(sine_of, cosine_of, strict=True)]
    below = [words.let(words.pick(odd, s, c)) for s, c in zip(sine_of, cosine_of, strict=True)]
    (top, top_rest), (bottom, bottom_rest) = _normal(words, *above), _normal(words, *below)
    quotient = words.let(top / bottom)
    product, rest = _product(words, quotient, bottom)
    left = ((top - product) - rest) + (top_rest - quotient * bottom_rest)
    return words.smaller(words.larger(quotient + left / bottom, 0.0 - LARGEST), LARGEST) + 0.0


def _product(words: Words, a: Any, b: Any) -> Two:
    """The exact product of two values, as the sum of two."""
    a, b = words.let(a), words.let(b)
    product = words.let(a * b)
    (a_high, a_low), (b_high, b_low) = _halves(words, a), _halves(words, b)
    return product, words.let(a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low))


def _halves(words: Words, x: Any) -> Two:
    """Two values of 26 bits whose sum is x."""
    large = words.let(x * SPLITTER)
    high = words.let(large - (large - x))
    return high, words.let(x - high)


def _normal(words: Words, a: Any, b: Any) -> Two:
    """The exact sum of a value and a smaller one, as the sum of two."""
    total = words.let(a + b)
    return total, words.let(b - (total - a))


def _sum(words: Words, a: Any, b: Any) -> Two:
    """The exact sum of any two values, as the sum of two (Knuth)."""
    total = words.let(a + b)
    shown = words.let(total - a)
    return total, words.let((a - (total - shown)) + (b - shown))


def _exponential(words: Words, x: Two) -> Any:
    """The number e to the power of the sum of two values."""
    high, low = x
    held = words.let(words.smaller(words.larger(high, LOWEST_EXPONENT), LN_LARGEST))
    twos = words.let(words.floor(held * LOG2E + 0.5))
    upper = words.let(held - twos * LN2[0])
    lower = words.let(twos * LN2[1] - low)
    r = words.let(upper - lower)
    square = words.let(r * r)
    a, b, c, d, e = EXP
    bent = words.let(r - square * (a + square * (b + square * (c + square * (d + square * e)))))
    value = words.let(1.0 - ((lower - (r * bent) / (2.0 - bent)) - upper))
    left, scale = words.let(twos + 938.0), 2.0**-938  # the lowest exponent there is
    for bit in BITS:
        taken = words.let(left > bit - 0.5)
        scale = words.let(scale * words.pick(taken, 2.0**bit, 1.0))
        left = words.let(left - words.pick(taken, float(bit), 0.0))
    found = words.smaller(value * scale, LARGEST) + 0.0
    return words.pick(high < LOWEST_EXPONENT, 0.0, words.pick(high > LN_LARGEST, LARGEST, found))


def _logarithm(words: Words, x: Any) -> Two:
    """The natural logarithm as the sum of two values: 2 artanh of (m - 1) / (m + 1), and its powers of two."""
    twos: Any
    m, twos = words.let(words.larger(x, SMALLEST_LOGARITHM)), 0.0
    for bit in BITS:
        large, small = words.let(m > 2.0**bit * (1.0 - 2.0**-53)), words.let(m < 2.0 ** (1 - bit))
        m = words.let(m * words.pick(large, 2.0**-bit, words.pick(small, 2.0**bit, 1.0)))
        twos = words.let(twos + words.pick(large, float(bit), words.pick(small, 0.0 - bit, 0.0)))
    upper = words.let(m > SQRT2)
    m = words.let(m * words.pick(upper, 0.5, 1.0))
    twos = words.let(twos + words.pick(upper, 1.0, 0.0))
    above, below = words.let(m - 1.0), words.let(m + 1.0)
    s = words.let(above / below)
    product, rest = _product(words, s, below)
    s_rest = words.let((((above - product) - rest) - s * (m - (below - 1.0))) / below)
    square, square_rest = _product(words, s, s)
    square_rest = words.let(square_rest + 2.0 * (s * s_rest))
    tail: Any = 1.0 / 25.0
    for odd in range(23, 3, -2):
        tail = 1.0 / odd + square * tail
    third, third_rest = _normal(words, THIRD[0], words.let(square * tail))
    third_rest = words.let(third_rest + THIRD[1])
    cubic, cubic_rest = _product(words, square, third)
    cubic_rest = words.let(cubic_rest + (square * third_rest + square_rest * third))
    more, more_rest = _product(words, s, cubic)
    more_rest = words.let(more_rest + (s * cubic_rest + s_rest * cubic))
    half, half_rest = _normal(words, s, more)
    half_rest = words.let(half_rest + (s_rest + more_rest))
    high, low = _normal(words, words.let(twos * LN2[0]), words.let(half * 2.0))
    return _normal(words, high, words.let(low + (twos * LN2[1] + (half_rest * 2.0 + twos * LN2[2]))))


def _waves(words: Words, x: Any) -> tuple[Any, tuple[Two, Two]]:
    """In which quarter of a turn an angle lies, and sine and cosine of what it has over, each as the sum of two."""
    held = words.let(words.smaller(words.larger(x, 0.0 - FARTHEST_ANGLE), FARTHEST_ANGLE))
    turns = words.let(words.floor(held * TWO_OVER_PI + 0.5))
    first, first_rest = _sum(words, words.let(held - turns * HALF_PI[0]), words.let(0.0 - turns * HALF_PI[1]))
    second, second_rest = _sum(words, first, words.let(0.0 - turns * HALF_PI[2]))
    y, rest = _normal(words, second, words.let((first_rest + second_rest) - turns * HALF_PI[3]))
    z = words.let(y * y)
    cube = words.let(z * y)
    a, b, c, d, e, f = SIN
    bent = b + z * (c + z * (d + z * (e + z * f)))
    sine_of = (y, words.let(0.0 - ((z * (0.5 * rest - cube * bent) - rest) - cube * a)))
    a, b, c, d, e, f = COS
    bent = z * (a + z * (b + z * c)) + (z * z) * (z * z) * (d + z * (e + z * f))
    half = words.let(0.5 * z)
    most = words.let(1.0 - half)
    cosine_of = (most, words.let(((1.0 - most) - half) + (z * bent - y * rest)))
    return words.let(turns - 4.0 * words.floor(turns * 0.25)), (sine_of, cosine_of)


def _wave(words: Words, quarter: Any, sine_of: Two, cosine_of: Two) -> Any:
    """The sine in a quarter of a turn: 0 or 2 by the sine, 1 or 3 by the cosine, the last two turned round."""
    by_sine = words.absolute(quarter - 1.0) > 0.5
    by_sine = words.let(words.pick(by_sine, words.pick(quarter > 2.5, 0.0, 1.0), 0.0) > 0.5)
    value = words.let(words.pick(by_sine, sine_of[0] + sine_of[1], cosine_of[0] + cosine_of[1]))
    value = words.pick(quarter > 1.5, 0.0 - value, value)
    return words.smaller(words.larger(value, -1.0), 1.0) + 0.0
