"""What claims measure in a run: an expression over the world at the end of a window, and totals within it."""

from __future__ import annotations

import numpy as np

from game.sim.closed import closed_total
from game.sim.dials import dials
from game.sim.evaluation import Evaluator
from game.sim.frame import along_worlds
from game.sim.goals import frame_after_season
from game.sim.model import Model
from game.sim.totals import Floats
from game.sim.world import LOST, WON, World


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


def measure(model: Model, world: World, rule: Evaluator, totals: dict[str, Floats]) -> Floats:
    """Return the value of a claim's measure, (W,)."""
    extra = {name: values.reshape(1, 1, 1, 1, -1) for name, values in dials(model, world).items()}
    extra["won"] = np.where(world.outcome == WON, 1.0, 0.0).reshape(1, 1, 1, 1, -1)
    extra["lost"] = np.where(world.outcome == LOST, 1.0, 0.0).reshape(1, 1, 1, 1, -1)
    return along_worlds(np.asarray(rule(frame_after_season(model, world, {**extra, **totals}))), world.count)
