"""Foresight with humility: a fan of what may come of a plan, as wide as the player's ignorance.

The present is dreamt on many times (`imagine`): luck to come, the numbers of
the level and what the player has not asked about are drawn anew from what is
thought possible, and each dream is lived through with the plan and without
it, with the same luck.  What is known is the same in all dreams, so asking
first makes the fan narrower.  Nobody is taken to do more than this season's
plan; the others play by given policies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.insight.readings import Key, readings
from game.players.policies import plan_season
from game.sim.actions import Actions
from game.sim.batches import selected
from game.sim.chance import identity
from game.sim.model import Model
from game.sim.step import step
from game.sim.totals import Floats
from game.sim.world import World, imagine

DREAMS = 40
AHEAD = 6  # seasons
BAND = 0.8  # the share of dreams inside the band


@dataclass(frozen=True)
class Fan:
    """What D dreams say of one number: `values` (seasons, D), each dream's course, from the season planned on."""

    values: Floats

    @property
    def middle(self) -> Floats:
        """The median of the dreams, (seasons,)."""
        return _quantile(self.values, 0.5)

    @property
    def low(self) -> Floats:
        """The lower edge of the band, (seasons,)."""
        return _quantile(self.values, (1.0 - BAND) / 2.0)

    @property
    def high(self) -> Floats:
        """The upper edge of the band, (seasons,)."""
        return _quantile(self.values, (1.0 + BAND) / 2.0)

    @property
    def width(self) -> Floats:
        """How far apart the edges are, (seasons,)."""
        width: Floats = self.high - self.low
        return width

    def holds(self, truth: Floats) -> NDArray[np.bool_]:
        """Return in which seasons what came (seasons,) lies inside the band."""
        rounding = 1e-9 * np.maximum(1.0, np.abs(truth))
        inside: NDArray[np.bool_] = (self.low - rounding <= truth) & (truth <= self.high + rounding)
        return inside


def _quantile(values: Floats, share: float) -> Floats:
    """Return the quantile of each row at rank share * (n + 1), so that a newcomer falls below it that often."""
    ordered = np.sort(values, axis=1, kind="stable")
    count = ordered.shape[1]
    rank = min(max(share * (count + 1) - 1.0, 0.0), count - 1.0)
    low = int(np.floor(rank))
    high = min(low + 1, count - 1)
    found: Floats = ordered[:, low] + (ordered[:, high] - ordered[:, low]) * (rank - low)
    return found


@dataclass(frozen=True)
class Forecast:
    """The fans of everything that can be read off a world, with the plan, and what the plan adds."""

    course: dict[Key, Floats]  # (seasons, C|1, P|1, D)
    gain: dict[Key, Floats]  # the same, less the same dream without the plan

    def fan(self, key: Key, community: int = 0, partner: int = 0) -> Fan:
        """Return the fan of what there will be."""
        return Fan(self.course[key][:, community, partner])

    def gain_fan(self, key: Key, community: int = 0, partner: int = 0) -> Fan:
        """Return the fan of what the plan adds to that."""
        return Fan(self.gain[key][:, community, partner])


def forecast(
    model: Model,
    world: World,
    seat: int,
    plan: Sequence[int],
    policies: Sequence[str],
    dreams: int = DREAMS,
    ahead: int = AHEAD,
) -> Forecast:
    """Return what may come of a plan (indices of candidates) of the player in `seat`, from a world of one.

    `policies` say how the other seats play in the dreams.
    """
    keys = np.array([identity(f"forecast:{seat}:{number}") for number in range(dreams)], np.uint64)
    imagined = imagine(model, selected(world, np.zeros(dreams, np.int64)), seat, keys)
    # The second half of the batch dreams the same and leaves the plan out.
    both = selected(imagined, np.tile(np.arange(dreams), 2))
    others = tuple("idle" if place == seat else name for place, name in enumerate(policies))
    courses: dict[Key, list[Floats]] = {}
    for season in range(max(1, min(ahead, model.seasons - world.season))):
        actions = plan_season(model, both, others)
        if season == 0:
            _put(actions, seat, plan, dreams)
        both = step(model, both, actions)
        for key, values in readings(model, both).items():
            courses.setdefault(key, []).append(values)
    joined = {key: np.array(values) for key, values in courses.items()}
    course = {key: values[..., :dreams] for key, values in joined.items()}
    return Forecast(course, {key: values[..., :dreams] - values[..., dreams:] for key, values in joined.items()})


def _put(actions: Actions, seat: int, plan: Sequence[int], worlds: int) -> None:
    for slot, candidate in enumerate(plan):
        actions.chosen[slot, seat, :worlds] = candidate
