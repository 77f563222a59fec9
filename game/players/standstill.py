"""What would come if everyone stopped now: what is already under way, in worlds that are only imagined.

From the present on nobody acts any more.  Events still come, agreements end
as they do, and what was sent arrives.  The true luck is never looked at: the
present is dreamt on many times (`imagine`), and the band says how sure it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.insight.readings import Key, readings
from game.players.forecast import DREAMS, Fan
from game.sim.batches import selected
from game.sim.beginning import imagine
from game.sim.chance import identity
from game.sim.dials import dials
from game.sim.model import Model
from game.sim.step import step
from game.sim.totals import Floats
from game.sim.world import LOST, World


@dataclass(frozen=True)
class Stopped:
    """What D dreams say of the T seasons after season `since`, in which nobody does anything."""

    since: int
    course: dict[Key, Floats]  # (T, C|1, P|1, D)
    dials: dict[str, Floats]  # (T, D)
    reached: NDArray[np.bool_]  # (G, D) which goals are reached at the end
    lost: NDArray[np.bool_]  # (D,)

    def fan(self, key: Key, community: int = 0, partner: int = 0) -> Fan:
        """Return the fan of one stock or flow."""
        return Fan(self.course[key][:, community, partner])

    def dial(self, name: str) -> Fan:
        """Return the fan of a dial."""
        return Fan(self.dials[name])


def stopped(model: Model, world: World, seat: int, dreams: int = DREAMS) -> Stopped | None:
    """Return what the player in `seat` may expect if everyone stops now, in a world of one; None at the end."""
    *_, found = stopped_bit_by_bit(model, world, seat, dreams)
    return found


def stopped_bit_by_bit(model: Model, world: World, seat: int, dreams: int = DREAMS) -> Iterator[Stopped | None]:
    """Do as `stopped` does, a season at a time: None until all is dreamt, then what is found."""
    keys = np.array([identity(f"stopped:{seat}:{number}") for number in range(dreams)], np.uint64)
    dreamt = imagine(model, selected(world, np.zeros(dreams, np.int64)), seat, keys)
    dreamt.detail = None
    courses: dict[Key, list[Floats]] = {}
    shown: dict[str, list[Floats]] = {}
    for _ in range(model.seasons - world.season):
        dreamt = step(model, dreamt)
        for key, values in readings(model, dreamt).items():
            courses.setdefault(key, []).append(values)
        for name, value in dials(model, dreamt).items():
            shown.setdefault(name, []).append(value)
        yield None
    if not courses:
        yield None
        return
    yield Stopped(
        world.season,
        {key: np.array(values) for key, values in courses.items()},
        {name: np.array(values) for name, values in shown.items()},
        dreamt.reached.copy(),
        dreamt.outcome == LOST,
    )
