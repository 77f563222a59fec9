"""The same decisions under many lucks: whether luck or choice decided a game."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from game.insight.played import PlayedGame
from game.players.policies import plan_season
from game.sim.beginning import new_worlds
from game.sim.goals import ended_early, objective
from game.sim.model import Model
from game.sim.step import step
from game.sim.totals import Floats
from game.sim.world import WON, Integers
from game.telling.say import say

SEEDS = 200
AT_ONCE = 100  # worlds stepped together
FIRST_SEED = 1_000_000  # far from the seeds that people play


@dataclass(frozen=True)
class Fates:
    """What became of the same decisions in N worlds, and of the game itself."""

    outcomes: Integers  # (N,) as in game.sim.world
    objectives: Floats  # (N,)
    own: float  # the objective that the game itself reached
    own_outcome: int

    @property
    def won(self) -> float:
        """The share of worlds in which the same decisions win."""
        return float((self.outcomes == WON).mean())

    @property
    def better_than(self) -> float:
        """The share of worlds that end worse than the game did: high for a lucky game."""
        return float((self.objectives < self.own).mean())


def fates(
    game: PlayedGame,
    people: Sequence[int],
    policies: Sequence[str],
    count: int = SEEDS,
    first_seed: int = FIRST_SEED,
) -> Fates:
    """Play the decisions of `people` (seats) again over `count` seeds; other seats decide anew by their policies."""
    *_, found = fates_bit_by_bit(game, people, policies, count, first_seed)
    assert found is not None
    return found


def fates_bit_by_bit(
    game: PlayedGame,
    people: Sequence[int],
    policies: Sequence[str],
    count: int = SEEDS,
    first_seed: int = FIRST_SEED,
) -> Iterator[Fates | None]:
    """Do as `fates` does, a season of a few worlds at a time: None until all are played, then what became of them.

    A screen can go on between two bits.
    """
    model = game.model
    others = tuple("idle" if seat in people else name for seat, name in enumerate(policies))
    outcomes, objectives = [], []
    for start in range(0, count, AT_ONCE):
        world = new_worlds(model, range(first_seed + start, first_seed + min(start + AT_ONCE, count)))
        for plan in game.plans:
            actions = plan_season(model, world, others)
            for seat in people:
                actions.chosen[:, seat] = plan.chosen[:, seat]
            if plan.answers is not None:
                actions = actions.answered(model, [model.layout.seats[seat] for seat in people], plan)
            world = step(model, world, actions)
            yield None
        if len(game.plans) < model.seasons and int(game.end.outcome[0]) == WON:
            world = ended_early(model, world)  # as the game itself was
        outcomes.append(world.outcome)
        objectives.append(objective(model, world))
    own = float(objective(model, game.end)[0])
    yield Fates(np.concatenate(outcomes), np.concatenate(objectives), own, int(game.end.outcome[0]))


def verdict(model: Model, found: Fates) -> str:
    """Return in one sentence whether luck or choice decided."""
    share, count = found.won, len(found.outcomes)
    wins = int(np.sum(found.outcomes == WON))
    games = {"wins": wins, "count": count}
    if share >= 0.8:
        return say("fates.choice" if found.own_outcome == WON else "fates.bad_luck", **games)
    if share <= 0.2:
        return say("fates.good_luck" if found.own_outcome == WON else "fates.choice", **games)
    return say("fates.luck", **games)
