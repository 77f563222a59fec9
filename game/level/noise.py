"""Noise: what chance says of something, season by season or tick by tick, known by its name like a stock."""

from __future__ import annotations

import math

from game.language.nodes import COMMUNITY, TILE, WORLD
from game.level.checker import Checker
from game.level.merge import Path, Source
from game.level.schema import Level, Noise

AXES = {"world": WORLD, "community": COMMUNITY, "tile": TILE}
WIDEST = 8.3  # standard deviations: no draw lies further away
LARGEST_MEAN = 50.0  # of a Poisson distribution
MOST_NOISE, MOST_DRAWS = 16, 200_000  # kinds of noise, and draws of one kind in a season
LARGEST, MOST_SPREAD = 1e12, 100.0  # MOST_SPREAD: times the mean of lognormal noise
NEEDS = {"normal": ("mean", "spread"), "lognormal": ("mean", "spread"), "poisson": ("mean",), "uniform": ("range",)}
TAKES = {"normal": ("range", "keeps"), "lognormal": ("range", "keeps"), "poisson": ("range",), "uniform": ()}


def lay_noise(source: Source) -> None:
    """Add an auxiliary that tells each kind of noise, in place."""
    written, auxiliaries = source.data.get("noise"), source.data.setdefault("auxiliaries", {})
    for name, item in written.items() if isinstance(written, dict) and isinstance(auxiliaries, dict) else ():
        if isinstance(item, dict) and name not in auxiliaries:
            kept = {key: item[key] for key in ("plain", "name", "unit", "icon", "source") if key in item}
            auxiliaries[name] = {"is": f"noise({name})", **kept}
            source.origins["auxiliaries", name] = source._origin(("noise", name))


def bounds(noise: Noise) -> tuple[float, float]:
    """Return between which values a kind of noise always lies; 0 and 0 where it is not wholly written."""
    mean, spread = noise.mean or 0.0, noise.spread or 0.0
    if noise.range is not None:
        return min(noise.range), max(noise.range)
    if noise.kind == "uniform" or (noise.kind != "normal" and not mean > 0.0):
        return 0.0, 0.0
    if noise.kind == "normal":
        return mean - WIDEST * spread, mean + WIDEST * spread
    if noise.kind == "poisson":
        return 0.0, float(most_counted(mean))
    variance = math.log1p(min(spread / mean, MOST_SPREAD) ** 2)
    return 0.0, 1.001 * mean * math.exp(WIDEST * math.sqrt(variance))


def most_counted(mean: float) -> int:
    """Return how far a Poisson distribution is counted: beyond it lies less than one draw in 10^15."""
    return math.ceil(mean + 10.0 * math.sqrt(mean) + 15.0)


def stilled(noise: Noise) -> Noise:
    """Return the same noise as it would be without chance: always its mean."""
    low, high = noise.range or (0.0, 0.0)
    mean = (low + high) / 2.0 if noise.mean is None else noise.mean
    return noise.model_copy(update={"kind": "normal", "mean": mean, "spread": 0.0, "keeps": 0.0})


def check_noise(level: Level, checker: Checker) -> None:
    """Note what is missing for a kind of noise or does not belong to it, and what would be drawn too often."""
    if len(level.noise) > MOST_NOISE:
        checker.error(("noise",), "too-many", f"{len(level.noise)} kinds of noise; at most {MOST_NOISE}", key=True)
    rows = level.map.rows.splitlines()
    places = {"world": 1, "community": len(level.communities), "tile": len(rows) * max(map(len, rows), default=1)}
    for name, noise in level.noise.items():
        path: Path = ("noise", name)
        unread = {key for *owner, key in checker.source.unread if tuple(owner) == path}
        for key in NEEDS[noise.kind]:
            if getattr(noise, key) is None and key not in unread:
                checker.error(path, "missing-key", f"{noise.kind} noise needs {key}", key=True)
        for key in ("mean", "spread", "range", "keeps"):
            if key not in (*NEEDS[noise.kind], *TAKES[noise.kind]) and getattr(noise, key):
                checker.error((*path, key), "wrong-value", f"{noise.kind} noise has no {key}", key=True)
        if noise.range is not None and not noise.range[0] < noise.range[1]:
            checker.error((*path, "range"), "out-of-range", "the range must rise, as in [0, 10]")
        if noise.kind == "lognormal" and not (noise.mean or 0.0) > 0.0 and "mean" not in unread:
            checker.error((*path, "mean"), "wrong-value", "the mean of lognormal noise lies above 0")
        elif (
            noise.kind == "lognormal"
            and "mean" not in unread
            and (noise.spread or 0.0) > MOST_SPREAD * (noise.mean or 0.0)
        ):
            message = f"the spread of lognormal noise is at most {MOST_SPREAD:g} times its mean"
            checker.error((*path, "spread"), "wrong-value", message)
        if noise.kind == "poisson" and not 0.0 < (noise.mean or 0.0) <= LARGEST_MEAN and "mean" not in unread:
            checker.error((*path, "mean"), "wrong-value", f"the mean of poisson noise goes from 0 to {LARGEST_MEAN:g}")
        if any(abs(one) > LARGEST for one in (noise.mean or 0.0, noise.spread or 0.0, *(noise.range or ()))):
            checker.error(path, "number-too-large", f"noise reckons with numbers up to {LARGEST:g}", key=True)
        drawn = places[noise.at] * (level.seasons.ticks if noise.each == "tick" else 1)
        if drawn > MOST_DRAWS:
            message = f"this draws {drawn:,} numbers a season, at most {MOST_DRAWS:,}: draw once a season, or for less"
            checker.error(path, "too-large", message, key=True)
