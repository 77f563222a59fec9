"""Noise in plain Python, value by value: Wichura's AS 241, and distributions by inversion."""

from __future__ import annotations

import math
from typing import Any

from game.sim.noise import CENTRE, SIDES, TAILS
from tests.oracle import luck as chance
from tests.oracle.reading import FUNCTIONS as PLAIN


def uniform(luck: int, season: int, name: str, tick: int, place: int) -> float:
    """A number between 0 and 1 for a place, in order of communities or of rows."""
    key = (chance.name_bits(f"{name}:{tick}") + place) & chance.MASK
    mixed = chance.finalise(luck ^ ((season * chance.GOLDEN + chance.NOISE) & chance.MASK))
    return (chance.finalise(mixed ^ ((key * chance.GOLDEN) & chance.MASK)) >> 11) * 2.0**-53 + 2.0**-54


def normal(share: float) -> float:
    """Below which value of a standard normal distribution a share lies."""
    centred = share - 0.5
    if abs(centred) <= 0.425:
        return centred * _ratio(CENTRE, 0.180625 - centred * centred)
    root = math.sqrt(0.0 - PLAIN["ln"](min(share, 1.0 - share)))
    far = _ratio(SIDES, root - 1.6) if root <= 5.0 else _ratio(TAILS, root - 5.0)
    return 0.0 - far if centred < 0.0 else far


def _ratio(of: Any, x: float) -> float:
    found = []
    for row in of:
        value = row[-1]
        for one in reversed(row[:-1]):
            value = value * x + one
        found.append(value)
    return found[0] / found[1]


def value(noise: Any, share: float, latent: float | None) -> float:
    """What noise says where a uniform draw, or what it keeps, is known."""
    if noise.kind == "uniform":
        low, high = noise.range
        return low + (high - low) * share
    if noise.kind == "poisson":
        found, likely = 0.0, PLAIN["exp"](-noise.mean)
        together = likely
        for number in range(math.ceil(noise.mean + 10.0 * math.sqrt(noise.mean) + 15.0)):
            found += 1.0 if share >= together else 0.0
            likely = likely * noise.mean / (number + 1)
            together = together + likely
    else:
        drawn = normal(share) if latent is None else latent
        if noise.kind == "normal":
            found = noise.mean + noise.spread * drawn
        else:
            ratio = noise.spread / noise.mean
            variance = PLAIN["ln"](1.0 + ratio * ratio)
            found = PLAIN["exp"](PLAIN["ln"](noise.mean) - 0.5 * variance + math.sqrt(variance) * drawn)
    if noise.range is not None:
        found = min(max(found, noise.range[0]), noise.range[1])
    return found + 0.0
