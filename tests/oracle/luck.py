"""The luck of the oracle: SplitMix64 on Python's own whole numbers."""

from __future__ import annotations

GOLDEN = 0x9E3779B97F4A7C15
MASK = (1 << 64) - 1
# The streams of the core; a change there is a change of rules.
START, NUMBERS, WEATHER, SIGN, ONSET, NEED, NEED_TIME, PROTEST = range(1, 9)
STRIKE = 11
NOISE = 14


def name_bits(text: str) -> int:
    """FNV-1a of a name."""
    value = 0xCBF29CE484222325
    for byte in text.encode("utf-8"):
        value = ((value ^ byte) * 0x100000001B3) & MASK
    return value


def finalise(value: int) -> int:
    """SplitMix64's next output from a state."""
    z = (value + GOLDEN) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def draw(luck: int, season: int, stream: int, key: str) -> float:
    """A number from 0 up to and without 1."""
    mixed = finalise(luck ^ ((season * GOLDEN + stream) & MASK))
    return (finalise(mixed ^ ((name_bits(key) * GOLDEN) & MASK)) >> 11) * 2.0**-53
