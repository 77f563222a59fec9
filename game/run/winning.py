"""How every policy fares when it plays all seats: scripts and planners side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.level.schema import Level
from game.level.vocabulary import PLANNER_NAMES, POLICY_NAMES
from game.run.statistics import mean_interval, wilson
from game.run.study import Record, Request, plain_variant

SCRIPTS = tuple(name for name in POLICY_NAMES if name not in PLANNER_NAMES)
BEST = ("best_over", "best_with", "planner")


@dataclass(frozen=True)
class Row:
    """One policy in all seats of a level."""

    policy: str
    runs: int
    won: int
    lost: int
    objective: tuple[float, float, float]  # mean and its 95 % interval

    @property
    def share(self) -> float:
        """The share of games won, W(policy)."""
        return self.won / max(self.runs, 1)

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval of that share."""
        return wilson(self.won, self.runs)

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
        }


def policy_requests(level: Level, seeds: Sequence[int], planner_seeds: Sequence[int]) -> list[Request]:
    """Return the runs of the table: scripts over `seeds`, planners over `planner_seeds`; none where there are none."""
    each = [(name, seeds) for name in SCRIPTS] + [(name, planner_seeds) for name in BEST]
    return [Request(plain_variant((name,) * len(level.seats)), some, [], True) for name, some in each if len(some)]


def policy_rows(level: Level, records: dict[str, Record]) -> list[Row]:
    """Return the table of policies, of those that have a record; games that claims needed as well count."""
    rows = []
    for name in (*SCRIPTS, *BEST):
        record = records.get(plain_variant((name,) * len(level.seats)).key)
        if record is not None:
            won, lost = int(np.count_nonzero(record.won)), int(np.count_nonzero(record.lost))
            rows.append(Row(name, len(record.won), won, lost, mean_interval(record.objective.tolist())))
    return rows
