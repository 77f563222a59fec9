"""How far colours lie apart for every kind of eyes, and whether one can be read on another.

Colour blindness is simulated in linear light with the matrices of Machado,
Oliveira and Fernandes (2009) at full severity; differences are CIE76 in Lab,
where about 2 is the least that people notice side by side.
"""

from __future__ import annotations

import math

Colour = tuple[int, int, int]
Triple = tuple[float, float, float]

EYES: dict[str, tuple[Triple, Triple, Triple]] = {
    "usual": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
STEPS_APART = 4.0  # the least difference of what people have to tell apart on the board
_LUMINANCE: Triple = (0.2126, 0.7152, 0.0722)
_TO_XYZ = ((0.4124, 0.3576, 0.1805), _LUMINANCE, (0.0193, 0.1192, 0.9505))
_WHITE: Triple = (0.9505, 1.0, 1.089)


def parse_colour(text: str) -> Colour:
    """Return (red, green, blue) for `#rrggbb`."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def _times(matrix: tuple[Triple, Triple, Triple], vector: Triple) -> Triple:
    one, two, three = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return one, two, three


def linear(colour: Colour) -> Triple:
    """Return a colour in linear light, each part 0 to 1."""
    red, green, blue = (part / 255.0 for part in colour)
    return _linear(red), _linear(green), _linear(blue)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def luminance(colour: Colour) -> float:
    """Return how light a colour is, 0 to 1 (WCAG 2.2)."""
    return sum(a * b for a, b in zip(_LUMINANCE, linear(colour), strict=True))


def contrast(one: Colour, two: Colour) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def lab(colour: Colour, eyes: str) -> Triple:
    """Return a colour in Lab as a kind of eyes sees it."""
    red, green, blue = (min(1.0, max(0.0, part)) for part in _times(EYES[eyes], linear(colour)))
    x, y, z = (part / white for part, white in zip(_times(_TO_XYZ, (red, green, blue)), _WHITE, strict=True))
    x, y, z = _root(x), _root(y), _root(z)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(part: float) -> float:
    return float(part ** (1 / 3)) if part > 0.008856 else 7.787 * part + 16 / 116


def apart(one: Colour, two: Colour, eyes: str) -> float:
    """Return how far two colours lie apart for a kind of eyes."""
    return math.dist(lab(one, eyes), lab(two, eyes))
