"""Foresight with humility: a fan of what may come of a plan, as wide as the player's ignorance.

The present is dreamt on many times (`imagine`): luck to come, the numbers of
the level and what the player has not asked about are drawn anew from what is
thought possible, and each dream is lived through with the plan and without
it, with the same luck.  What is known is the same in all dreams, so asking
first makes the fan narrower.  Nobody is taken to do more than this season's
plan; the others play by given policies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.insight.readings import Key, readings
from game.players.policies import plan_season
from game.sim.actions import Actions, offers
from game.sim.batches import selected
from game.sim.beginning import imagine, knows_need
from game.sim.chance import identity
from game.sim.model import Model
from game.sim.step import step
from game.sim.totals import Floats
from game.sim.world import Integers, World

DREAMS = 40
AHEAD = 6  # seasons
BAND = 0.8  # the share of dreams inside the band
TELLING = 0.2  # of the variance: a guess that explains less of a fan is not named


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
class Guess:
    """Something that nobody knew, and how much of a fan's width comes of it.

    `community` is whose need was guessed, None where it was `number`, one of
    the level's; `share` is its share of the variance between dreams, 0 to 1.
    """

    share: float
    community: int | None = None
    number: str = ""


@dataclass(frozen=True)
class Forecast:
    """The fans of everything that can be read off a world, with the plan, and what the plan adds.

    `needs` (C, D) and `numbers` (D,) are what each dream took for true,
    `guessed` the communities whose need the player does not know.
    """

    course: dict[Key, Floats]  # (seasons, C|1, P|1, D)
    gain: dict[Key, Floats]  # the same, less the same dream without the plan
    needs: Integers
    numbers: dict[str, Floats]
    guessed: tuple[int, ...]

    @property
    def seasons(self) -> int:
        """How many seasons are dreamt."""
        return len(next(iter(self.course.values())))

    def fan(self, key: Key, community: int = 0, partner: int = 0) -> Fan:
        """Return the fan of what there will be."""
        return Fan(self.course[key][:, community, partner])

    def gain_fan(self, key: Key, community: int = 0, partner: int = 0) -> Fan:
        """Return the fan of what the plan adds to that."""
        return Fan(self.gain[key][:, community, partner])

    def guesses(self, fan: Fan, season: int = -1) -> list[Guess]:
        """Return what was guessed and makes a fan wide, most first: what could be known would narrow it.

        The shares are of variance, adjusted for chance (epsilon squared for
        needs, Kelley 1935; adjusted r squared for numbers).
        """
        values = fan.values[season]
        if float(np.ptp(values)) < 1e-9:
            return []
        found = [Guess(_between(values, self.needs[index]), index) for index in self.guessed]
        found += [Guess(_along(values, drawn), None, name) for name, drawn in self.numbers.items()]
        return sorted((one for one in found if one.share >= TELLING), key=lambda one: -one.share)


def _between(values: Floats, groups: Integers) -> float:
    """Return the share of the variance that lies between groups."""
    kinds, place = np.unique(groups, return_inverse=True)
    free = len(values) - len(kinds)
    if len(kinds) < 2 or free < 1:
        return 0.0
    means = np.bincount(place, values) / np.bincount(place)
    within, whole = float(((values - means[place]) ** 2).sum()), float(((values - values.mean()) ** 2).sum())
    return max(0.0, 1.0 - within / free * (len(values) - 1) / whole)


def _along(values: Floats, drawn: Floats) -> float:
    """Return the share of the variance that a straight line explains."""
    if len(values) < 3 or float(np.ptp(drawn)) < 1e-12:
        return 0.0
    explained = float(np.corrcoef(values, drawn)[0, 1]) ** 2
    return max(0.0, 1.0 - (1.0 - explained) * (len(values) - 1) / (len(values) - 2))


def forecast(
    model: Model,
    world: World,
    seat: int,
    plan: Sequence[int],
    policies: Sequence[str],
    dreams: int = DREAMS,
    ahead: int = AHEAD,
    instead: Sequence[int] = (),
    said: Actions | None = None,
) -> Forecast:
    """Return what may come of a plan (indices of candidates) of the player in `seat`, from a world of one.

    `policies` say how the other seats play in the dreams; `instead` is the
    plan it is held against, nothing by default.  With `said`, the season as it
    is decided so far, the others offer the player's household what they do
    offer it, and it says to that what `said` holds, and nothing in later
    seasons; without it the rules of the level answer.
    """
    *_, found = forecast_bit_by_bit(model, world, seat, plan, policies, dreams, ahead, instead, said)
    return found


def forecast_bit_by_bit(
    model: Model,
    world: World,
    seat: int,
    plan: Sequence[int],
    policies: Sequence[str],
    dreams: int = DREAMS,
    ahead: int = AHEAD,
    instead: Sequence[int] = (),
    said: Actions | None = None,
) -> Iterator[Forecast]:
    """Do as `forecast` does, a season at a time: after each of them the forecast as far as it is dreamt.

    Whoever asks can think better of it between two bits.
    """
    keys = np.array([identity(f"forecast:{seat}:{number}") for number in range(dreams)], np.uint64)
    imagined = imagine(model, selected(world, np.zeros(dreams, np.int64)), seat, keys)
    needs, numbers = (
        imagined.need.copy(),
        {name: drawn.reshape(-1).copy() for name, drawn in imagined.base_number.items()},
    )
    # The second half of the batch dreams the same with the other plan.
    both = selected(imagined, np.tile(np.arange(dreams), 2))
    others = tuple("idle" if place == seat else name for place, name in enumerate(policies))
    courses: dict[Key, list[Floats]] = {}
    unknown = _unknown(model, world, seat)
    for season in range(max(1, min(ahead, model.seasons - world.season))):
        actions = plan_season(model, both, others)
        if season == 0:
            for slot, candidate in enumerate(plan):
                actions.chosen[slot, seat, :dreams] = candidate
            for slot, candidate in enumerate(instead):
                actions.chosen[slot, seat, dreams:] = candidate
        if said is not None and season == 0:
            _as_offered(model, world, model.layout.seats[seat], said, actions)
        if said is not None:
            actions = actions.answered(model, [model.layout.seats[seat]], said if season == 0 else None)
        both = step(model, both, actions)
        for key, values in readings(model, both).items():
            courses.setdefault(key, []).append(values)
        joined = {key: np.array(values) for key, values in courses.items()}
        course = {key: values[..., :dreams] for key, values in joined.items()}
        gain = {key: values[..., :dreams] - values[..., dreams:] for key, values in joined.items()}
        yield Forecast(course, gain, needs, numbers, unknown)


def _as_offered(model: Model, world: World, me: int, said: Actions, dreamt: Actions) -> None:
    """Let the others offer in every dream what they have offered a household indeed: its letters are known to it."""
    for slot, other in np.argwhere(offers(model, world, said).asked[:, :, me, 0]).tolist():
        dreamt.chosen[slot, other] = said.chosen[slot, other, 0]


def _unknown(model: Model, world: World, seat: int) -> tuple[int, ...]:
    me = model.layout.seats[seat]
    communities = range(len(model.layout.communities))
    return tuple(one for one in communities if one != me and not bool(knows_need(model, world, one, me)[0]))
