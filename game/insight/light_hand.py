"""How light somebody's hand was: what all of their deeds did, the harm to others beside the good.

The game is played once more without any of these deeds, with the same luck
(`played`).  What differs in how people fare, in what they hold against each
other and in the life of the land is their doing; stores are means and count
only by what comes of them.  Good is good for anybody, the doer included;
harm is harm to others and the land.  Harm to one is not paid off by good to
another, nor by good of another kind to the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.insight.played import PlayedGame, play_without
from game.insight.readings import Key, readings
from game.insight.who_pays import worth
from game.sim.model import Model
from game.sim.step import Ticks, run_ticks
from game.sim.totals import Floats
from game.sim.world import World

LITTLE = 0.02  # full measures: harm below it is none


@dataclass(frozen=True)
class LightHand:
    """What deeds did, in full measures as a mean over the seasons since the first of them.

    `worst` is the stock in which the most harm was done, and whose it is (None: of the land).
    """

    good: float = 0.0
    harm: float = 0.0
    worst: tuple[str, int | None] | None = None

    @property
    def ratio(self) -> float:
        """Return how much harm came with one measure of good; infinite where only harm was done."""
        if self.harm <= LITTLE:
            return 0.0
        return self.harm / self.good if self.good > 0.0 else float("inf")


def felt(model: Model, name: str) -> bool:
    """Return whether a stock is something that people or the land feel, and no means, promise or player's own rest."""
    plan, spec = model.stocks[name], model.level.stocks[name]
    if any(name == term for action in model.actions.values() for term, _ in action.sets):
        return False
    if spec.living or spec.harmful or spec.conflict:
        return True
    return plan.place == "community" and not plan.matter and plan.high - plan.low <= 1.0


def light_hand(game: PlayedGame, seats: Sequence[int], ticks: Ticks = run_ticks) -> LightHand:
    """Return what everything that some seats did has done to themselves and others.

    `ticks` may be another way to the same bits (`game.run.backends`).
    """
    model = game.model
    mine = {model.layout.seats[seat] for seat in seats}
    deeds = [number for seat in seats for number in game.of_seat(seat)]
    if not deeds:
        return LightHand()
    begun = min(game.deeds[number].season for number in deeds)
    good = harm = most = 0.0
    worst: tuple[str, int | None] | None = None
    for name, course in _course(game, deeds, ticks).items():
        shared = model.stocks[name].place in ("tile", "world")
        means = worth(model, name) * course[begun:].mean(axis=0)
        for one, two in np.ndindex(means.shape):
            value = float(means[one, two])
            good += max(value, 0.0)
            if not shared and one in mine:
                continue
            harm -= min(value, 0.0)
            if -value > most:
                most, worst = -value, (name, None if shared else one)
    return LightHand(good, harm, worst)


def _course(game: PlayedGame, deeds: Sequence[int], ticks: Ticks) -> dict[str, Floats]:
    """Return for every stock that is felt (seasons, C|1, P|1): the game less its twin without any of the deeds."""
    removed = np.zeros((len(game.deeds), 1), np.bool_)
    removed[list(deeds), 0] = True
    wanted: list[Key] = [("stock", name) for name in game.model.stocks if felt(game.model, name)]
    found: dict[str, list[Floats]] = {name: [] for _, name in wanted}

    def compare(season: int, world: World, place: NDArray[np.int64]) -> None:
        known = readings(game.model, world)
        for key in wanted:
            found[key[1]].append(known[key][..., 0] - known[key][..., place[1]])

    play_without(game, removed, compare, ticks)
    return {name: np.array(values) for name, values in found.items()}
