"""Claims held against simulation: does a level teach what it says?

A claim holds when the 95 % Wilson interval of its share of seeds lies within
its bound, over enough different outcomes; and when in its control, where the
mechanism it rests on is switched off, it fails.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from game.level.schema import Bound, Claim, Level, span
from game.run.statistics import FEWEST_DISTINCT, mean_interval, wilson
from game.run.study import Record, Request, Study, Window
from game.run.variants import Variant, claim_variants, control_variants

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

    Runs that several claims share are made once.  `workers` share
    the work; how many changes no bit of the verdicts, nor does `backend`, one
    of `game.run.backends.NAMES`.  Raises BackendError for one that cannot be had.
    """
    return ClaimPlan(level, seeds).played(Study(level, workers, backend, progress=progress))


class ClaimPlan:
    """The runs that the claims of a level need, and the verdicts once they are made."""

    def __init__(self, level: Level, seeds: Sequence[int]) -> None:
        self.level, self.seeds = level, seeds
        self.runs: dict[str, tuple[Variant, list[_Probe]]] = {}
        self.wanted: list[tuple[list[_Probe], list[_Probe], list[_Probe], list[_Probe]]] = []
        for index, claim in enumerate(level.claims):
            other = claim.compare
            groups = (
                claim_variants(level, claim),
                control_variants(level, claim),
                claim_variants(level, claim, other) if other else [],
                control_variants(level, claim, other) if other else [],
            )
            probes = tuple(_register(self.runs, level, index, claim, group) for group in groups)
            self.wanted.append(probes)  # type: ignore[arg-type]

    def requests(self) -> list[Request]:
        """Return what has to be played."""
        return [
            Request(variant, self.seeds, [(probe.claim, probe.first, probe.last) for probe in probes])
            for variant, probes in self.runs.values()
        ]

    def played(self, study: Study | None = None) -> list[Verdict]:
        """Play what has to be played, and return the verdicts."""
        return self.verdicts((study or Study(self.level)).run(self.requests()))

    def window(self, claim: int) -> Window:
        """Return the place of a claim with the first and last season of what it measures."""
        probe = self.wanted[claim][0][0]
        return probe.claim, probe.first, probe.last

    def ways(self, claim: int) -> tuple[list[Variant], list[Variant]]:
        """Return the runs a claim speaks of, and those it compares them with; its control aside."""
        of = {id(probe): variant for variant, probes in self.runs.values() for probe in probes}
        first, _, second, _ = self.wanted[claim]
        return [of[id(probe)] for probe in first], [of[id(probe)] for probe in second]

    def verdicts(self, records: dict[str, Record]) -> list[Verdict]:
        """Return the verdict on every claim; `records` are those of the requests, or of more."""
        lookup = {}
        for key, (_, probes) in self.runs.items():
            for probe in probes:
                probe.values = records[key].values[probe.claim][: len(self.seeds)]
                lookup[id(probe)] = len(set(records[key].ends[: len(self.seeds)]))
        return [_verdict(claim, *self.wanted[index], lookup) for index, claim in enumerate(self.level.claims)]


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
    return inside(bound, _share(probe)[0]) and _margin(probe, bound) < 0.0


def inside(bound: Bound, share: float) -> bool:
    """Return whether a share keeps a bound."""
    least = bound.at_least if bound.at_least is not None else 0.0
    most = bound.at_most if bound.at_most is not None else 1.0
    return least <= share <= most


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
