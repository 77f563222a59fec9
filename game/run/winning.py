"""How every policy fares: in all seats, and scripts also in the first seat alone among the neighbours of the level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.level.schema import Level
from game.level.vocabulary import PLANNER_NAMES, POLICY_NAMES
from game.run.statistics import mean_interval, wilson
from game.run.study import Record, Request, plain_variant
from game.run.variants import Variant

SCRIPTS = tuple(name for name in POLICY_NAMES if name not in PLANNER_NAMES)
BEST = ("best_over", "best_with", "planner")


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
        return {"runs": self.alone_runs, "won": self.alone_won, "share": share, "interval": interval}


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
            rows.append(Row(name, len(record.won), won, lost, mean_interval(record.objective.tolist()), *among))
    return rows
