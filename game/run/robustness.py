"""On how many numbers chosen for play a claim rests, and in what part of their ranges it still holds.

Every number of a level says between which bounds it might as well lie.  Those
of origin `play` were chosen, not measured.  Here all of them at once are drawn
over their whole ranges, far beyond the 10 % that every seed draws anyway: N
points, evenly spread over every single range (a Latin hypercube), and at each
point a few seeds.  At a point a claim holds when the measured share keeps its
bound; of so few seeds nothing more is asked.
"""

from __future__ import annotations

import math
import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.level.schema import Bound, Claim, Level
from game.players.policies import plan_season
from game.run.claims import SMALLEST_MEAN, ClaimPlan
from game.run.finished_blocks import Arrays, FinishedBlocks, key_of
from game.run.measures import Totals, measure
from game.run.statistics import wilson
from game.run.study import Window, block_of
from game.run.variants import Variant
from game.run.workers import in_processes
from game.sim import chance
from game.sim.beginning import new_worlds
from game.sim.chance import identity
from game.sim.evaluation import compile_expression
from game.sim.model import Model, compile_level
from game.sim.step import step
from game.sim.totals import Floats

AIM = 0.6  # of the ranges; told, not judged


@dataclass(frozen=True)
class Robustness:
    """What one claim rests on."""

    claim: str
    numbers: tuple[str, ...]  # of origin `play` and in play
    points: int
    held: int

    @property
    def share(self) -> float:
        """The share of points at which the claim holds."""
        return self.held / max(self.points, 1)

    def as_dict(self) -> dict[str, Any]:
        """What `powerdance balance --json` prints for a claim."""
        return {
            "claim": self.claim,
            "play_numbers": list(self.numbers),
            "points": self.points,
            "held": self.held,
            "share": self.share if self.points else None,
            "interval": list(wilson(self.held, self.points)),
        }


def play_numbers(model: Model, variant: Variant) -> tuple[str, ...]:
    """Return the numbers of origin `play` that are in play and that the claim does not set itself."""
    return tuple(
        name
        for name, number in model.level.numbers.items()
        if number.origin == "play" and number.low < number.high and name not in variant.change
    )


def points_of(model: Model, names: Sequence[str], count: int) -> dict[str, Floats]:
    """Return `count` values for each number, (count,): one in each of `count` equal parts of its range."""
    which = np.arange(count, dtype=np.uint64)
    found = {}
    for name in names:
        number, key = model.level.numbers[name], identity(f"range:{name}")
        order = np.argsort(chance.bits(which, count, chance.NUMBERS, key), kind="stable")
        inside = chance.uniform(which, count, chance.START, key)
        found[name] = number.low + (number.high - number.low) * (order + inside) / count
    return found


def robustness_of(
    level: Level,
    points: int,
    seeds: Sequence[int],
    workers: int = 1,
    finished: FinishedBlocks | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[Robustness]:
    """Return what every claim rests on; with 0 points only the numbers are named.

    `progress` is told of finished games.
    """
    plan = ClaimPlan(level, seeds)
    values: dict[tuple[str, int], Floats] = {}
    if points:
        values = _play(level, plan, points, seeds, workers, finished, progress)
    found = []
    for index, claim in enumerate(level.claims):
        ways, others = plan.ways(index)
        model = compile_level(ways[0].apply(level))
        held = 0
        for point in range(points):
            first = [values[way.key, index][point] for way in ways]
            second = [values[way.key, index][point] for way in others]
            held += keeps(claim, first, second)
        found.append(Robustness(claim.id, play_numbers(model, ways[0]), points, held))
    return found


def keeps(claim: Claim, first: Sequence[Floats], second: Sequence[Floats]) -> bool:
    """Return whether measured values, one array for each line-up, keep the bound of a claim as they are."""
    if claim.compare and claim.compare.within is not None:
        base = max(abs(math.fsum(second[0]) / len(second[0])), SMALLEST_MEAN)
        apart = abs(math.fsum(first[0] - second[0]) / len(first[0])) / base
        return apart <= claim.compare.within
    if claim.compare and claim.compare.more_than is not None:
        first = [one - claim.compare.more_than * other for one, other in zip(first, second, strict=True)]
    bound = claim.share_of_seeds or Bound()
    least = bound.at_least if bound.at_least is not None else 0.0
    most = bound.at_most if bound.at_most is not None else 1.0
    return all(least <= np.count_nonzero(one > 0.0) / len(one) <= most for one in first)


def range_games(level: Level, points: int, seeds: int) -> int:
    """Return how many games `robustness_of` plays."""
    return len(_wanted(ClaimPlan(level, range(seeds)))) * points * seeds


def _wanted(plan: ClaimPlan) -> dict[str, tuple[Variant, list[Window]]]:
    """Return the runs that the claims themselves speak of, without their controls."""
    wanted: dict[str, tuple[Variant, list[Window]]] = {}
    for index in range(len(plan.level.claims)):
        ways, others = plan.ways(index)
        for way in (*ways, *others):
            windows = wanted.setdefault(way.key, (way, []))[1]
            window = plan.window(index)
            if window not in windows:
                windows.append(window)
    return wanted


@dataclass(frozen=True)
class _Task:
    key: str
    level: bytes
    variant: Variant
    windows: tuple[Window, ...]
    points: int
    some: tuple[int, ...]  # which of the points
    seeds: tuple[int, ...]


def _play(
    level: Level,
    plan: ClaimPlan,
    points: int,
    seeds: Sequence[int],
    workers: int,
    finished: FinishedBlocks | None,
    progress: Callable[[int], None] | None,
) -> dict[tuple[str, int], Floats]:
    """Return for each variant and claim the values measured, (points, seeds)."""
    sent, digest = pickle.dumps(level), key_of(level.model_dump(mode="json", by_alias=True))
    together = max(1, block_of(level) // len(seeds))
    tasks = []
    for variant, windows in _wanted(plan).values():
        said = [[level.claims[claim].measure, first, last] for claim, first, last in windows]
        for start in range(0, points, together):
            some = tuple(range(start, min(start + together, points)))
            key = key_of("ranges", digest, variant.key, said, points, some, list(seeds))
            tasks.append(_Task(key, sent, variant, tuple(windows), points, some, tuple(seeds)))
    found: dict[str, Arrays] = {}
    for task in tasks:
        arrays = finished.get(task.key) if finished else None
        if arrays is not None:
            found[task.key] = arrays

    def keep(task: _Task, arrays: Arrays) -> None:
        found[task.key] = arrays
        if finished:
            finished.put(task.key, arrays)
        if progress:
            progress(len(task.some) * len(task.seeds))

    if progress:
        progress(sum(len(task.some) * len(task.seeds) for task in tasks if task.key in found))
    in_processes(_play_points, [task for task in tasks if task.key not in found], workers, each=keep)
    values: dict[tuple[str, int], list[Floats]] = {}
    for task in tasks:
        for place, (claim, _, _) in enumerate(task.windows):
            values.setdefault((task.variant.key, claim), []).append(found[task.key]["values"][place])
    return {key: np.concatenate(parts) for key, parts in values.items()}


def _play_points(task: _Task) -> Arrays:
    model = compile_level(task.variant.apply(pickle.loads(task.level)))
    names, each = play_numbers(model, task.variant), len(task.seeds)
    drawn = points_of(model, names, task.points)
    numbers = {name: np.repeat(values[list(task.some)], each) for name, values in drawn.items()}
    rules = [
        compile_expression(model.nodes[("claims", claim, "measure")], model.layout) for claim, _, _ in task.windows
    ]
    totals = [Totals(model, first, last) for _, first, last in task.windows]
    values = np.zeros((len(rules), len(task.some), each))
    world = new_worlds(model, list(task.seeds) * len(task.some), numbers)
    for _ in range(max(last for _, _, last in task.windows)):
        world = step(model, world, plan_season(model, world, task.variant.policies))
        for place, (total, rule) in enumerate(zip(totals, rules, strict=True)):
            total.add(world)
            if world.season == total.last:
                values[place] = measure(model, world, rule, total.sums).reshape(len(task.some), each)
    return {"values": values}
