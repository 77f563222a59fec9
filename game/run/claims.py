"""Claims held against simulation: does a level teach what it says?

A claim holds when the 95 % Wilson interval of its share of seeds lies within
its bound, over enough different outcomes; and when in its control, where the
mechanism it rests on is switched off, it fails.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from game.level.schema import Bound, Claim, Level, span
from game.run.backends import kernel
from game.run.batch import play_block
from game.run.statistics import FEWEST_DISTINCT, mean_interval, wilson
from game.run.variants import Variant, claim_variants, control_variants
from game.run.workers import dealt_out, in_processes
from game.sim.closed import closed_total
from game.sim.dials import dials
from game.sim.goals import frame_after_season
from game.sim.kernels.frame import along_worlds
from game.sim.kernels.numpy_kernel import Evaluator, compile_expression
from game.sim.model import Model, compile_level
from game.sim.step import Ticks
from game.sim.totals import Floats
from game.sim.world import LOST, WON, World

SMALLEST_MEAN = 1e-9


@dataclass
class Verdict:
    """What simulation says about one claim."""

    id: str
    plain: str
    measured: float
    interval: tuple[float, float]
    bound: str
    holds: bool
    control_measured: float
    control_bound: str
    control_fails: bool
    distinct: int
    runs: int
    open: bool  # what was measured keeps the bound, and the interval is too wide to say so
    control_open: bool

    def as_dict(self) -> dict[str, Any]:
        """The keys that `powerdance balance --json` prints for a claim."""
        return {**self.__dict__, "interval": list(self.interval)}


class Totals:
    """What flows moved since the start of a window, for `total(flow, community)`."""

    def __init__(self, model: Model, first: int, last: int) -> None:
        self.model, self.first, self.last = model, first, last
        self.sums: dict[str, Floats] = {}
        self.started: dict[str, Floats] = {}

    def add(self, world: World) -> None:
        """Count one season, if it lies in the window; season 0 is the start of the game."""
        self._watch_what_is_closed(world)
        if not self.first <= world.season <= self.last:
            return
        for name, moved in world.moved.items():
            self._count(f"total {name}", moved)
        for stock, fined in world.fined.items():
            earned = fined
            for flow in self.model.flows:
                if flow.target == stock:
                    earned = earned + world.moved[flow.name]
            self._count(f"total {stock}_in", earned)

    def _watch_what_is_closed(self, world: World) -> None:
        for name in self.model.level.closed:
            now = closed_total(self.model, world, name)
            start = self.started.setdefault(name, now)
            off = np.abs(now - start) / np.where(start > 0.0, start, 1.0)
            self.sums[f"drift {name}"] = np.maximum(self.sums.get(f"drift {name}", off), off)

    def _count(self, name: str, amount: Floats) -> None:
        self.sums[name] = self.sums[name] + amount if name in self.sums else amount.copy()


@dataclass
class _Probe:
    """One measure to take in a run, and the values taken."""

    claim: int
    first: int
    last: int
    values: list[float] = field(default_factory=list)


def check_claims(
    level: Level,
    seeds: Sequence[int],
    progress: Callable[[int], None] | None = None,
    workers: int = 1,
    backend: str = "auto",
) -> list[Verdict]:
    """Return the verdict on every claim of a level, over the given seeds.

    Runs that several claims share are made once.  `workers` processes share
    the work; how many changes no bit of the verdicts, nor does `backend`, one
    of `game.run.backends.NAMES`.  Raises BackendError for one that cannot be had.
    """
    runs: dict[str, tuple[Variant, list[_Probe]]] = {}
    wanted: list[tuple[list[_Probe], list[_Probe], list[_Probe], list[_Probe]]] = []
    for index, claim in enumerate(level.claims):
        other = claim.compare
        groups = (
            claim_variants(level, claim),
            control_variants(level, claim),
            claim_variants(level, claim, other) if other else [],
            control_variants(level, claim, other) if other else [],
        )
        wanted.append(tuple(_register(runs, level, index, claim, group) for group in groups))  # type: ignore[arg-type]
    distinct = _run_all(level, runs, seeds, progress, workers, backend)
    lookup = {id(probe): distinct[key] for key, (_, probes) in runs.items() for probe in probes}
    return [_verdict(claim, *wanted[index], lookup) for index, claim in enumerate(level.claims)]


def run_count(level: Level) -> int:
    """How many different runs the claims of a level need."""
    keys = set()
    for claim in level.claims:
        ways = [None, claim.compare] if claim.compare else [None]
        keys |= {
            variant.key
            for one in ways
            for variant in claim_variants(level, claim, one) + control_variants(level, claim, one)
        }
    return len(keys)


def _register(
    runs: dict[str, tuple[Variant, list[_Probe]]], level: Level, index: int, claim: Claim, variants: list[Variant]
) -> list[_Probe]:
    first, last = (1, level.seasons.count) if claim.at == "end" else span(claim.at.seasons)
    found = []
    for variant in variants:
        probes = runs.setdefault(variant.key, (variant, []))[1]
        probe = next((one for one in probes if one.claim == index), None)
        if probe is None:
            probe = _Probe(index, first, last)
            probes.append(probe)
        found.append(probe)
    return found


def _run_all(
    level: Level,
    runs: dict[str, tuple[Variant, list[_Probe]]],
    seeds: Sequence[int],
    progress: Callable[[int], None] | None,
    workers: int,
    backend: str,
) -> dict[str, int]:
    """Make all runs, block by block, fill their probes, and return how many different ends each has."""
    digests: dict[str, set[str]] = {key: set() for key in runs}

    def tell(task: _Task) -> None:
        if progress is not None:
            progress(len(task.seeds))

    sent = pickle.dumps(level)
    tasks = [
        _Task(
            sent,
            variant,
            tuple((probe.claim, probe.first, probe.last) for probe in probes),
            tuple(block),
            len(seeds),
            backend,
        )
        for variant, probes in runs.values()
        for block in dealt_out(compile_level(variant.apply(level)), seeds, workers)
    ]
    for task, (values, ends) in zip(tasks, in_processes(_run_block, tasks, workers, tell), strict=True):
        digests[task.variant.key].update(ends)
        for probe, more in zip(runs[task.variant.key][1], values, strict=True):
            probe.values += more
    return {key: len(found) for key, found in digests.items()}


@dataclass(frozen=True)
class _Task:
    """One block of seeds of one run: the level, what is changed in it, and what to measure when."""

    level: bytes
    variant: Variant
    windows: tuple[tuple[int, int, int], ...]  # claim, first and last season
    seeds: tuple[int, ...]
    games: int  # of the whole run: by them `auto` chooses
    backend: str


def _run_block(task: _Task) -> tuple[list[list[float]], list[str]]:
    """Return the values of each window, and the digests of the worlds at the end."""
    model, ticks = _changed_model(task.level, task.variant, task.games, task.backend)
    rules = [
        compile_expression(model.nodes[("claims", claim, "measure")], model.layout) for claim, _, _ in task.windows
    ]
    totals = [Totals(model, first, last) for _, first, last in task.windows]
    values: list[list[float]] = [[] for _ in task.windows]

    def watch(world: World) -> None:
        for total, rule, found in zip(totals, rules, values, strict=True):
            total.add(world)
            if world.season == total.last:
                found += [float(value) for value in measure(model, world, rule, total.sums)]

    longest = max(last for _, _, last in task.windows)
    world = play_block(model, task.variant.policies, list(task.seeds), longest, watch, ticks, watch)
    return values, world.digests()


@lru_cache(maxsize=2)
def _changed_model(level: bytes, variant: Variant, games: int, backend: str) -> tuple[Model, Ticks]:
    model = compile_level(variant.apply(pickle.loads(level)))
    return model, kernel(backend, model, games)


def measure(model: Model, world: World, rule: Evaluator, totals: dict[str, Floats]) -> Floats:
    """Return the value of a claim's measure, (W,)."""
    extra = {name: values.reshape(1, 1, 1, 1, -1) for name, values in dials(model, world).items()}
    extra["won"] = np.where(world.outcome == WON, 1.0, 0.0).reshape(1, 1, 1, 1, -1)
    extra["lost"] = np.where(world.outcome == LOST, 1.0, 0.0).reshape(1, 1, 1, 1, -1)
    return along_worlds(np.asarray(rule(frame_after_season(model, world, {**extra, **totals}))), world.count)


def _verdict(
    claim: Claim,
    probes: list[_Probe],
    controls: list[_Probe],
    others: list[_Probe],
    control_others: list[_Probe],
    distinct: dict[int, int],
) -> Verdict:
    fewest = min(distinct[id(probe)] for probe in probes)
    if claim.compare and claim.compare.more_than is not None:
        probes = _ahead(probes, others, claim.compare.more_than)
        controls = _ahead(controls, control_others, claim.compare.more_than)
    elif claim.compare:
        return _comparison(claim, probes[0], controls[0], others[0], control_others[0], fewest)
    bound, then = claim.share_of_seeds or Bound(), claim.control.then or Bound()
    # Of several line-ups the one that comes nearest to breaking the bound decides.
    claimed = min(probes, key=lambda probe: _margin(probe, bound))
    control = min(controls, key=lambda probe: _margin(probe, then))
    share, interval = _share(claimed)
    return Verdict(
        claim.id,
        claim.plain,
        share,
        interval,
        in_words(bound),
        _margin(claimed, bound) >= 0.0 and fewest >= FEWEST_DISTINCT,
        _share(control)[0],
        in_words(then),
        _margin(control, then) >= 0.0,
        fewest,
        len(claimed.values),
        open=_is_open(claimed, bound),
        control_open=_is_open(control, then),
    )


def _comparison(
    claim: Claim, first: _Probe, control: _Probe, second: _Probe, control_second: _Probe, fewest: int
) -> Verdict:
    assert claim.compare is not None and claim.compare.within is not None
    within = claim.compare.within
    ratio, low, high = _difference(first, second)
    control_ratio, control_low, control_high = _difference(control, control_second)
    return Verdict(
        claim.id,
        claim.plain,
        ratio,
        (low, high),
        f"differs by at most {within:g}",
        max(abs(low), abs(high)) <= within and fewest >= FEWEST_DISTINCT,
        control_ratio,
        f"differs by more than {within:g}",
        control_low > within or control_high < -within,
        fewest,
        len(first.values),
        open=abs(ratio) <= within < max(abs(low), abs(high)),
        control_open=abs(control_ratio) > within and control_low <= within and control_high >= -within,
    )


def _ahead(first: list[_Probe], second: list[_Probe], times: float) -> list[_Probe]:
    """Return by how much the first way is ahead of `times` the second, seed by seed, for each line-up."""
    return [
        _Probe(one.claim, one.first, one.last, [a - times * b for a, b in zip(one.values, other.values, strict=True)])
        for one, other in zip(first, second, strict=True)
    ]


def _share(probe: _Probe) -> tuple[float, tuple[float, float]]:
    hits = sum(value > 0.0 for value in probe.values)
    return hits / len(probe.values), wilson(hits, len(probe.values))


def _margin(probe: _Probe, bound: Bound) -> float:
    """How far the interval lies inside the bound; negative outside it."""
    low, high = _share(probe)[1]
    margins = [low - bound.at_least] if bound.at_least is not None else []
    margins += [bound.at_most - high] if bound.at_most is not None else []
    return min(margins)


def _is_open(probe: _Probe, bound: Bound) -> bool:
    """Whether the share itself lies inside the bound and its interval does not."""
    share = _share(probe)[0]
    least = bound.at_least if bound.at_least is not None else 0.0
    most = bound.at_most if bound.at_most is not None else 1.0
    return least <= share <= most and _margin(probe, bound) < 0.0


def in_words(bound: Bound) -> str:
    """Return a bound as text: "at least 0.9"."""
    parts = [f"at least {bound.at_least:g}"] if bound.at_least is not None else []
    parts += [f"at most {bound.at_most:g}"] if bound.at_most is not None else []
    return " and ".join(parts)


def _difference(first: _Probe, second: _Probe) -> tuple[float, float, float]:
    """Return by what share of the second's mean the first is larger, seed by seed, with its 95 % interval."""
    mean, low, high = mean_interval([a - b for a, b in zip(first.values, second.values, strict=True)])
    base = max(abs(mean_interval(second.values)[0]), SMALLEST_MEAN)
    return mean / base, low / base, high / base
