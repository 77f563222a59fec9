"""The mutual contract of a level: where partners win, every household fares at least as well as it would otherwise.

The policy that the level names as partner plays the first seat among the
people of the level; in the same seeds others play it, by default `idle` and
`over`.  Of the games that the partner wins those count in which no household
fares worse (`game.insight.faring`) than in any of these, but for what the
level says somebody gives up.  In the control nobody offers an agreement, or takes
the actions that the level names: there such wins must become rarer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.insight.faring import LESS_IS_WORSE, Faring, FaringLog, losses
from game.level.schema import Level
from game.run.backends import kernel
from game.run.batch import play_block
from game.run.claims import in_words
from game.run.finished_blocks import Arrays, FinishedBlocks, key_of
from game.run.kept_tasks import finish
from game.run.statistics import FEWEST_DISTINCT, wilson
from game.run.study import block_of
from game.run.threads import among_threads
from game.run.variants import Variant
from game.sim.model import compile_level
from game.sim.world import WON

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Loss:
    """In what share of the games a household fares worse than another way, and in what."""

    household: str
    kind: str  # of LESS_IS_WORSE
    of: str  # the stock or flow
    against: str
    games: int


@dataclass(frozen=True)
class Way:
    """What came of holding the contract against one other way to play the first seat."""

    policy: str
    kept: int  # of the games won those in which everybody fares at least as well


@dataclass(frozen=True)
class MutualVerdict:
    """What simulation says about the contract of a level."""

    partner: str
    runs: int
    won: int
    kept: int  # of those won: everybody at least as well as in every other way
    ways: list[Way]
    bound: str
    least: float
    losses: list[Loss] = field(default_factory=list)  # in games won, most frequent first
    lost_losses: list[Loss] = field(default_factory=list)  # in games not won
    control_kept: int | None = None  # None: the level offers no agreement to leave out
    control_plain: str = ""  # what the level says of a control of its own
    gives_up: dict[str, str] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """The share of the games won in which the contract is kept."""
        return self.kept / max(self.won, 1)

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval of that share."""
        return wilson(self.kept, self.won)

    @property
    def holds(self) -> bool:
        """Whether the whole interval keeps the bound, over enough games won."""
        return self.won >= FEWEST_DISTINCT and self.interval[0] >= self.least

    @property
    def open(self) -> bool:
        """Whether the share keeps the bound, and there are too few games to say so."""
        return not self.holds and self.won > 0 and self.share >= self.least

    @property
    def control_fails(self) -> bool:
        """Whether games in which partners win and all fare well become rarer in the control."""
        if self.control_kept is None:
            return True
        return wilson(self.control_kept, self.runs)[1] < wilson(self.kept, self.runs)[0]

    def as_dict(self) -> dict[str, Any]:
        """What `powerdance balance --json` prints under `mutual`."""
        return {
            "partner": self.partner,
            "runs": self.runs,
            "won": self.won,
            "kept": self.kept,
            "share": self.share,
            "interval": list(self.interval),
            "bound": self.bound,
            "against": [
                {"policy": way.policy, "kept": way.kept, "share": way.kept / max(self.won, 1)} for way in self.ways
            ],
            "holds": self.holds,
            "open": self.open,
            "gives_up": self.gives_up,
            "worse_where_won": [loss.__dict__ for loss in self.losses],
            "worse_where_lost": [loss.__dict__ for loss in self.lost_losses],
            "control": None
            if self.control_kept is None
            else {
                "kept": self.control_kept,
                "share": self.control_kept / max(self.runs, 1),
                "plain": self.control_plain,
                "fails": self.control_fails,
            },
        }


def check_mutual(
    level: Level,
    seeds: Sequence[int],
    workers: int = 1,
    backend: str = "auto",
    finished: FinishedBlocks | None = None,
    progress: Callable[[int], None] | None = None,
) -> MutualVerdict | None:
    """Return what simulation says about the contract of a level over the given seeds; None where nobody sits beside.

    `workers` share the work; neither how many nor `backend` changes
    a bit of the verdict.  Raises BackendError for a backend that cannot be had.
    """
    if not has_contract(level):
        return None
    ways = _variants(level)
    seeds = [int(seed) for seed in seeds]
    size = block_of(level)
    starts = range(0, len(seeds), size)
    tasks = [
        _Task(name, level, variant, tuple(seeds[start : start + size]), len(seeds), backend)
        for name, variant in ways.items()
        for start in starts
    ]
    found: dict[str, list[Arrays]] = {name: [] for name in ways}
    for task, arrays in zip(tasks, finish(_play, tasks, workers, finished, progress), strict=True):
        found[task.name].append(arrays)
    return _verdict(level, {name: _joined(parts) for name, parts in found.items()})


def has_contract(level: Level) -> bool:
    """Return whether a level promises mutual benefit: one of the campaign in which somebody sits beside the player."""
    return level.kind not in ("control", "sandbox") and len(level.seats) > 1 and bool(level.people)


def mutual_games(level: Level, runs: int) -> int:
    """Return how many games the contract needs."""
    return len(_variants(level)) * runs if has_contract(level) else 0


CONTROL = "control: "


def _variants(level: Level) -> dict[str, Variant]:
    """Return the runs by name: the partner's, the others', and all of them again in the control."""
    names = (level.mutual.partner, *level.mutual.against)
    rest = level.default_policies()[1:]
    found = {name: Variant((name, *rest)) for name in names}
    left_out = tuple(name for name, action in level.allowed_actions().items() if action.accepts is not None)
    if level.mutual.control is not None:
        left_out = level.mutual.control.without_action
    if left_out:
        found |= {CONTROL + name: Variant((name, *rest), left_out) for name in names}
    return found


@dataclass(frozen=True)
class _Task:
    name: str
    level: Level
    variant: Variant
    seeds: tuple[int, ...]
    all_seeds: int  # of the whole run: by them `auto` chooses a backend
    backend: str

    @property
    def key(self) -> str:
        return key_of("mutual", self.level.model_dump(mode="json", by_alias=True), self.variant.key, self.seeds)

    @property
    def games(self) -> int:
        return len(self.seeds)


@dataclass(frozen=True)
class _Run:
    won: Flags
    faring: Faring


def _play(task: _Task) -> Arrays:
    model = compile_level(task.variant.apply(task.level))
    log = FaringLog(model)
    ticks = among_threads(kernel(task.backend, model, task.all_seeds))
    world = play_block(model, task.variant.policies, list(task.seeds), model.seasons, log.add, ticks)
    found = {f"{kind} {of}": values for (kind, of), values in log.result().found.items()}
    return {"won": world.outcome == WON, **found}


def _joined(parts: list[Arrays]) -> _Run:
    faring = {}
    for name in parts[0]:
        if name != "won":
            kind, of = name.split(" ", 1)
            faring[kind, of] = np.concatenate([part[name] for part in parts], axis=1)
    return _Run(np.concatenate([part["won"] for part in parts]), Faring(faring))


def _verdict(level: Level, runs: dict[str, _Run]) -> MutualVerdict:
    mutual = level.mutual
    here = runs[mutual.partner]
    fine = {name: _fine(level, here, runs[name]) for name in mutual.against}
    all_fine = np.logical_and.reduce(list(fine.values()))
    control = None
    if CONTROL + mutual.partner in runs:
        alone = runs[CONTROL + mutual.partner]
        as_well = [_fine(level, alone, runs[CONTROL + name]) for name in mutual.against]
        control = int((alone.won & np.logical_and.reduce(as_well)).sum())
    return MutualVerdict(
        mutual.partner,
        len(here.won),
        int(here.won.sum()),
        int((here.won & all_fine).sum()),
        [Way(name, int((here.won & flags).sum())) for name, flags in fine.items()],
        in_words(mutual.share_of_seeds),
        mutual.share_of_seeds.at_least or 0.0,
        _counted(level, runs, here.won),
        _counted(level, runs, ~here.won),
        control,
        "" if mutual.control is None else mutual.control.plain.rstrip("."),
        {name: given.plain for name, given in mutual.gives_up.items()},
    )


def _fine(level: Level, here: _Run, there: _Run) -> Flags:
    """Return in which games nobody fares worse than there, but for what somebody gives up."""
    fine = np.ones(len(here.won), np.bool_)
    for lost in _counting(level, here, there).values():
        fine &= ~lost.any(axis=0)
    return fine


def _counting(level: Level, here: _Run, there: _Run) -> dict[tuple[str, str], Flags]:
    found: dict[tuple[str, str], Flags] = {}
    for (kind, of), lost in losses(here.faring, there.faring).items():
        if kind in level.mutual.faring:
            for index, household in enumerate(level.communities):
                given = level.mutual.gives_up.get(household)
                if given is not None and kind in given.of:
                    lost[index] = False
            found[kind, of] = lost
    return found


def _counted(level: Level, runs: dict[str, _Run], games: Flags) -> list[Loss]:
    """Return who fares worse in what in how many of these games, most frequent first."""
    here = runs[level.mutual.partner]
    found = [
        Loss(household, kind, of, name, int((lost[index] & games).sum()))
        for name in level.mutual.against
        for (kind, of), lost in _counting(level, here, runs[name]).items()
        for index, household in enumerate(level.communities)
    ]
    order = list(LESS_IS_WORSE)
    return sorted((one for one in found if one.games), key=lambda one: (-one.games, order.index(one.kind)))
