"""Luck without a state: a number for (seed, season, stream, key), always the same one.

A running generator would give every later draw another value as soon as one
draw is added or left out.  Here each use of chance has its own stream, and
each draw its own key (a place, or the identity of an action and its target),
so a world without one action keeps all its other luck.

The mixing function is SplitMix64's finaliser (Steele, Lea & Flood 2014).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from game.sim.totals import Floats

Bits = NDArray[np.uint64]

# One number for each use of chance; never change one, only add.
START, NUMBERS, WEATHER, SIGN, ONSET, NEED, NEED_TIME, PROTEST, POLICY, DREAM, STRIKE, TEMPER, AFRESH, NOISE = range(
    1, 15
)

_GOLDEN = 0x9E3779B97F4A7C15
_MASK = 0xFFFFFFFFFFFFFFFF


_identities: dict[str, int] = {}  # of names that were asked for: the same few, season after season


def identity(text: str) -> int:
    """Return 64 bits that stand for a name, whatever its place in the file (FNV-1a)."""
    if text not in _identities:
        bits = 0xCBF29CE484222325
        for byte in text.encode("utf-8"):
            bits = ((bits ^ byte) * 0x100000001B3) & _MASK
        _identities[text] = bits
    return _identities[text]


def bits(luck_w: Bits, season: int, stream: int, key: int | Bits) -> Bits:
    """Return 64 random bits for each world; with an array of keys, for each key and world.

    `luck_w` has shape (W,), `key` is one number or an array that broadcasts with it.
    """
    mixed = _finalise(luck_w ^ np.uint64((season * _GOLDEN + stream) & _MASK))
    if isinstance(key, np.ndarray):
        return _finalise(mixed ^ (key * np.uint64(_GOLDEN)))
    return _finalise(mixed ^ np.uint64((key * _GOLDEN) & _MASK))


def uniform(luck_w: Bits, season: int, stream: int, key: int | Bits) -> Floats:
    """Return numbers from 0 up to and without 1, shaped like `bits`."""
    drawn: Floats = (bits(luck_w, season, stream, key) >> np.uint64(11)).astype(np.float64) * 2.0**-53
    return drawn


def _finalise(z: Bits) -> Bits:
    z = z + np.uint64(_GOLDEN)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Bits = z ^ (z >> np.uint64(31))
    return mixed
