"""Whether the seasons of a level are decisions: is there a choice between the two kinds of power, and variety?

Along games in which the first seat plans ahead and the others play as the
level says, two things are counted:

- *close*: seasons in which the best plan found that leans on power-over and
  the best that leans on power-with differ by less than CLOSE of the larger of
  their objectives.  A plan leans on the mode that takes more of its days;
  where both take as many, or neither takes any, it leans on none.  A season
  without a plan of either kind is not close.
- *taken*: for each action, the seasons in which the chosen plan holds it,
  once or more; neutral ones such as resting count like all others.

A level decides well when at least OFTEN of its seasons are close and no
action is taken in more than MONOTONOUS of them.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.level.schema import Level
from game.players.planner import Weighed, weigh
from game.players.policies import plan_season
from game.run.statistics import wilson
from game.run.workers import dealt_out, in_processes
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.step import step
from game.sim.totals import Floats

CLOSE = 0.1
OFTEN = 0.5
MONOTONOUS = 0.4


@dataclass(frozen=True)
class Decisions:
    """What was counted over `seasons` seasons of `runs` games."""

    runs: int
    seasons: int
    close: int
    taken: dict[str, int]  # for each action of the level

    @property
    def close_share(self) -> float:
        """The share of seasons in which force and partnership are close."""
        return self.close / max(self.seasons, 1)

    @property
    def most_taken(self) -> str:
        """The action taken in most seasons, the first of them where several are; "" where nothing was done."""
        name = max(self.taken, key=lambda one: self.taken[one], default="")
        return name if self.taken.get(name) else ""

    @property
    def most_share(self) -> float:
        """The share of seasons in which that action was taken."""
        return self.taken.get(self.most_taken, 0) / max(self.seasons, 1)

    @property
    def often_close(self) -> bool:
        """Whether enough seasons are close."""
        return self.close_share >= OFTEN

    @property
    def varied(self) -> bool:
        """Whether no action is taken too often."""
        return self.most_share <= MONOTONOUS

    def as_dict(self) -> dict[str, Any]:
        """The value of `decisions` that `powerdance balance --json` prints for a level; intervals are Wilson's."""
        most = self.taken.get(self.most_taken, 0)
        return {
            "runs": self.runs,
            "seasons": self.seasons,
            "close": _counted(self.close, self.seasons, self.often_close),
            "most_taken": {"action": self.most_taken, **_counted(most, self.seasons, self.varied)},
            "taken": self.taken,
            "holds": self.often_close and self.varied,
        }


def _counted(count: int, seasons: int, holds: bool) -> dict[str, Any]:
    return {
        "count": count,
        "share": count / max(seasons, 1),
        "interval": list(wilson(count, seasons)),
        "holds": holds,
    }


def decisions(
    level: Level, seeds: Sequence[int], progress: Callable[[int], None] | None = None, workers: int = 1
) -> Decisions:
    """Return how the seasons of a level are decided, over a game for each seed.

    `progress` is told how many games each block held; `workers` processes
    share the blocks.
    """
    model, sent = compile_level(level), pickle.dumps(level)

    def tell(item: tuple[bytes, list[int]]) -> None:
        if progress is not None:
            progress(len(item[1]))

    items = [(sent, block) for block in dealt_out(model, seeds, workers)]
    found = in_processes(_decisions_of_block, items, workers, tell)
    taken = {name: sum(part.taken[name] for part in found) for name in model.actions}
    return Decisions(len(seeds), sum(part.seasons for part in found), sum(part.close for part in found), taken)


def _decisions_of_block(item: tuple[bytes, list[int]]) -> Decisions:
    model, seeds = compile_level(pickle.loads(item[0])), item[1]
    seasons = close = 0
    taken = dict.fromkeys(model.actions, 0)
    for weighed in _planned_seasons(model, seeds):
        seasons += len(weighed.running)
        close += int(is_close(*best_of_each_kind(weighed)).sum())
        for name, count in _actions_of(model, weighed).items():
            taken[name] += count
    return Decisions(len(seeds), seasons, close, taken)


def _planned_seasons(model: Model, seeds: list[int]) -> list[Weighed]:
    """Play games in which the first seat plans; return what it weighed in each season."""
    world = new_worlds(model, seeds)
    others = ("idle", *model.level.default_policies()[1:])
    found = []
    for _ in range(model.seasons):
        weighed = weigh(model, world, 0, "planner")
        actions = plan_season(model, world, others)
        actions.chosen[:, 0, weighed.running] = weighed.chosen
        world = step(model, world, actions)
        found.append(weighed)
    return found


def best_of_each_kind(weighed: Weighed) -> tuple[Floats, Floats]:
    """Return the best objectives of the plans that lean on power-over and on power-with, (W,); -inf without one."""
    over = np.where(weighed.lean > 0.0, weighed.objective, -np.inf)
    partner = np.where(weighed.lean < 0.0, weighed.objective, -np.inf)
    return over.max(axis=0), partner.max(axis=0)


def is_close(over: Floats, partner: Floats) -> NDArray[np.bool_]:
    """Return where two objectives differ by less than CLOSE of the larger of them, (W,); never where one is -inf."""
    both = np.isfinite(over) & np.isfinite(partner)
    over, partner = np.where(both, over, 0.0), np.where(both, partner, 0.0)
    apart, size = np.abs(over - partner), np.maximum(np.abs(over), np.abs(partner))
    return both & ((apart < CLOSE * size) | (apart == 0.0))


def _actions_of(model: Model, weighed: Weighed) -> dict[str, int]:
    """Return for each action in how many of the chosen plans it stands."""
    names = np.array([candidate.action for candidate in model.candidates] + [""])
    chosen = names[weighed.chosen]  # -1, nothing, is the last
    return {name: int((chosen == name).any(axis=0).sum()) for name in model.actions}
