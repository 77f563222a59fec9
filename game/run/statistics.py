"""How sure a share of seeds is."""

from __future__ import annotations

import math

Z95 = 1.959963984540054
FEWEST_DISTINCT = 30  # below this many different outcomes a bound says nothing


def wilson(hits: int, count: int, z: float = Z95) -> tuple[float, float]:
    """Return the interval of a share (Wilson 1927), at 95 % unless `z` says otherwise; (0, 1) for no observation."""
    if count == 0:
        return 0.0, 1.0
    share = hits / count
    bottom = 1.0 + z * z / count
    middle = (share + z * z / (2 * count)) / bottom
    half = z * math.sqrt(share * (1.0 - share) / count + z * z / (4 * count * count)) / bottom
    return max(0.0, middle - half), min(1.0, middle + half)


def mean_interval(values: list[float]) -> tuple[float, float, float]:
    """Return the mean and its 95 % interval by the normal approximation."""
    count = len(values)
    mean = math.fsum(values) / count
    if count < 2:
        return mean, mean, mean
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (count - 1) / count)
    return mean, mean - Z95 * spread, mean + Z95 * spread


def ranks(values: list[float]) -> list[float]:
    """Return the rank of each value, the smallest has 1; equal values share the mean of their ranks."""
    ordered = sorted(values)
    return [ordered.index(value) + (ordered.count(value) + 1) / 2 for value in values]
