"""Hints of a level: given when no goal has moved, or one held no longer, for a while; each one once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from game.playing.moments import Moment
from game.sim.frame import Frame, along_worlds
from game.sim.model import Model
from game.sim.world import RUNNING, World

PATIENCE = 2  # seasons without progress before a hint is given


class Hints:
    """The hints of one game."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._stuck = 0  # seasons without progress
        self._given: list[int] = []

    def next(self, world: World, history: Sequence[Moment]) -> str:
        """Return a hint for a season that has just ended, the last of `history`; nothing where none is due."""
        goals = self.model.level.goals
        before, now = (
            [min(streak, goal.in_a_row) for streak, goal in zip(moment.streaks, goals, strict=True)]
            for moment in history[-2:]
        )
        lost = any(new == 0 and any(moment.streaks[index] for moment in history) for index, new in enumerate(now))
        moved = any(new > old for old, new in zip(before, now, strict=True)) and not lost
        reached = all(streak >= goal.in_a_row for streak, goal in zip(now, goals, strict=True))
        self._stuck = 0 if moved or reached else self._stuck + 1
        if self._stuck < PATIENCE or int(world.outcome[0]) != RUNNING:
            return ""
        frame = Frame(self.model.layout, world)
        fitting = [
            index for index, rule in enumerate(self.model.hints) if along_worlds(np.asarray(rule(frame)), 1)[0] > 0.0
        ]
        fresh = [index for index in fitting if index not in self._given]
        if not fresh:
            return ""
        self._given.append(fresh[0])
        self._stuck = 0
        return self.model.level.hints[fresh[0]].plain.replace("*", "")  # which stands around names of actions
