"""How every policy fares: in all seats, and scripts also in the first seat alone among the neighbours of the level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.level.schema import Level
from game.level.vocabulary import BARRED, PLANNER_NAMES, POLICY_NAMES
from game.run.mutual import has_contract
from game.run.statistics import mean_interval, wilson
from game.run.study import Record, Request, plain_variant
from game.run.variants import Variant

SCRIPTS = tuple(name for name in POLICY_NAMES if name not in PLANNER_NAMES)
BEST = ("best_over", "best_with", "planner")
MOST_CHEAP = 0.15  # of the games: what each of BARRED may win in the first seat where a level names no other bar


@dataclass(frozen=True)
class Row:
    """One policy in all seats of a level, and in the first seat alone where others have their own policies."""

    policy: str
    runs: int
    won: int
    lost: int
    objective: tuple[float, float, float]  # mean and its 95 % interval
    alone_runs: int = 0  # games in which the others played as the level says
    alone_won: int = 0
    bar: float | None = None  # what share of these it may win; None where any is fine
    why: str = ""  # the level's reason for a bar of its own

    @property
    def share(self) -> float:
        """The share of games won, W(policy)."""
        return self.won / max(self.runs, 1)

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval of that share."""
        return wilson(self.won, self.runs)

    @property
    def alone_share(self) -> float:
        """The share of games that this policy wins in the first seat among the level's own neighbours."""
        return self.alone_won / max(self.alone_runs, 1)

    @property
    def alone_interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval of that share."""
        return wilson(self.alone_won, self.alone_runs)

    @property
    def keeps_bar(self) -> bool:
        """Whether it does not win more often in the first seat than it should."""
        return self.bar is None or not self.alone_runs or self.alone_share <= self.bar

    def as_dict(self) -> dict[str, Any]:
        """What `powerdance balance --json` prints for a policy."""
        mean, low, high = self.objective
        return {
            "policy": self.policy,
            "runs": self.runs,
            "won": self.won,
            "share": self.share,
            "interval": list(self.interval),
            "lost": self.lost,
            "objective": {"mean": mean, "interval": [low, high]},
            "first_seat": self._alone_as_dict() if self.alone_runs else None,
        }

    def _alone_as_dict(self) -> dict[str, Any]:
        share, interval = self.alone_share, list(self.alone_interval)
        found = {"runs": self.alone_runs, "won": self.alone_won, "share": share, "interval": interval}
        if self.bar is None:
            return found
        return {**found, "at_most": self.bar, "holds": self.keeps_bar, "why": self.why}


def policy_requests(level: Level, seeds: Sequence[int], planner_seeds: Sequence[int]) -> list[Request]:
    """Return the runs of the table: scripts over `seeds`, planners over `planner_seeds`; none where there are none."""
    each = [(name, seeds) for name in SCRIPTS] + [(name, planner_seeds) for name in BEST]
    runs = [(plain_variant((name,) * len(level.seats)), some) for name, some in each]
    runs += [(_alone(level, name), seeds) for name in SCRIPTS if len(level.seats) > 1]
    return [Request(variant, some, [], True) for variant, some in runs if len(some)]


def _alone(level: Level, policy: str) -> Variant:
    """Return the level played by this policy in the first seat, and by the neighbours that the level gives it."""
    return plain_variant((policy, *level.default_policies()[1:]))


def policy_rows(level: Level, records: dict[str, Record]) -> list[Row]:
    """Return the table of policies, of those that have a record; games that claims needed as well count."""
    rows = []
    for name in (*SCRIPTS, *BEST):
        record = records.get(plain_variant((name,) * len(level.seats)).key)
        if record is not None:
            won, lost = int(np.count_nonzero(record.won)), int(np.count_nonzero(record.lost))
            alone = records.get(_alone(level, name).key) if name in SCRIPTS and len(level.seats) > 1 else None
            among = (len(alone.won), int(np.count_nonzero(alone.won))) if alone else (0, 0)
            mean = mean_interval(record.objective.tolist())
            rows.append(Row(name, len(record.won), won, lost, mean, *among, *bar_for(level, name)))
    return rows


def bar_for(level: Level, policy: str) -> tuple[float | None, str]:
    """Return what share of its games a policy may win in the first seat, and the level's reason for a bar of its own.

    No bar stands for partners, and for levels without people.
    """
    if policy not in BARRED or not has_contract(level):
        return None, ""
    own = level.mutual.bars.get(policy)
    return (own.at_most, own.plain) if own else (MOST_CHEAP, "")
