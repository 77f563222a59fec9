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
from game.insight.readings import Key, felt, readings
from game.insight.who_pays import worth
from game.sim.model import Model
from game.sim.step import Ticks, run_ticks
from game.sim.totals import Floats
from game.sim.world import World

LITTLE = 0.02  # full measures: harm below it is none
HUNGRY = 0.25  # of a season's need that was not met: from here on somebody went hungry
LACKING = 1.0  # seasons' needs: who lost so much of a store ...
SECURE = 2.0  # ... and is left with less than this has clearly less
SHARED = 0.5  # of that: where whoever did it has given up as much himself, the burden was borne together


@dataclass(frozen=True)
class LightHand:
    """What deeds did, in full measures as a mean over the seasons since the first of them.

    `worst` is the stock in which the most harm was done, and whose it is (None: of the land);
    `hungry` names those others who went hungry through these deeds, `poorer` those who have clearly less in store at
    the end while the doer gave up little, and `stores` what lies in store then beyond the game without them: (stock,
    community, amount), where it is at least half a season's need.
    """

    good: float = 0.0
    harm: float = 0.0
    worst: tuple[str, int | None] | None = None
    hungry: tuple[int, ...] = ()
    poorer: tuple[int, ...] = ()
    stores: tuple[tuple[str, int, float], ...] = ()

    @property
    def ratio(self) -> float:
        """Return how much harm came with one measure of good; infinite where there was none, or somebody went short."""
        if self.hungry or self.poorer:
            return float("inf")
        if self.harm <= LITTLE:
            return 0.0
        return self.harm / self.good if self.good > 0.0 else float("inf")


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
    found, hunger, stores = _course(game, deeds, ticks)
    poorer = _poorer(stores, mine)
    for name, course in found.items():
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
    hungry = tuple(one for one in np.flatnonzero(hunger > HUNGRY).tolist() if one not in mine)
    told = tuple((one.name, one.who, one.change) for one in stores if abs(one.change) >= 0.5 * one.need)
    return LightHand(good, harm, worst, hungry, poorer, told)


@dataclass(frozen=True)
class _Store:
    """What one household has in store at the end, and how much more than in the twin; `need` is for one season."""

    name: str
    who: int
    held: float
    change: float
    need: float


def _poorer(stores: Sequence[_Store], mine: set[int]) -> tuple[int, ...]:
    """Return which others have clearly less through deeds whose doer gave up little of the same himself."""
    found = []
    for one in stores:
        lost = -one.change / one.need
        own = max(
            (-each.change / each.need for each in stores if each.name == one.name and each.who in mine), default=0.0
        )
        if one.who not in mine and lost >= LACKING and one.held < SECURE * one.need and own < SHARED * lost:
            found.append(one.who)
    return tuple(sorted(set(found)))


def _course(game: PlayedGame, deeds: Sequence[int], ticks: Ticks) -> tuple[dict[str, Floats], Floats, list[_Store]]:
    """Return what the game has beyond its twin without any of the deeds.

    For every stock that is felt (seasons, C|1, P|1); of hunger (C,) the
    seasons' needs that were not met, all seasons together; and what is in
    store at the end.
    """
    stores: list[_Store] = []
    hunger = np.zeros(len(game.model.layout.communities))
    removed = np.zeros((len(game.deeds), 1), np.bool_)
    removed[list(deeds), 0] = True
    wanted: list[Key] = [("stock", name) for name in game.model.stocks if felt(game.model, name)]
    found: dict[str, list[Floats]] = {name: [] for _, name in wanted}

    def compare(season: int, world: World, place: NDArray[np.int64]) -> None:
        known = readings(game.model, world)
        for key in wanted:
            found[key[1]].append(known[key][..., 0] - known[key][..., place[1]])
        missed = unmet(game.model, world)
        hunger[...] += missed[:, 0] - missed[:, place[1]]
        if season + 1 == game.seasons:
            stores.extend(_stores(game.model, world, int(place[1])))

    play_without(game, removed, compare, ticks)
    return {name: np.array(values) for name, values in found.items()}, hunger, stores


def _stores(model: Model, world: World, twin: int) -> list[_Store]:
    """Return what each community that needs anything has in store, and how much more than in the twin."""
    found = []
    for name, flows in model.feelings.stores.items():
        held = world.stock[name][:, 0, 0, 0]
        for one, change in enumerate((held[:, 0] - held[:, twin]).tolist()):
            need = sum(
                float(np.broadcast_to(world.asked[flow], (len(held), 1, 1, 1, world.count))[one].max())
                for flow in flows
            )
            if need > 0.0:
                found.append(_Store(name, one, float(held[one, 0]), change, need))
    return found


def unmet(model: Model, world: World) -> Floats:
    """Return which part of what it needs each community did not get last season, of the need least met, (C, W)."""
    each = len(model.layout.communities)
    found = np.zeros((each, world.count))
    for flows in model.feelings.stores.values():
        for flow in flows:
            asked, moved = (
                np.broadcast_to(values[flow], (each, 1, 1, 1, world.count))[:, 0, 0, 0]
                for values in (world.asked, world.moved)
            )
            short = np.where(asked > 0.0, 1.0 - moved / np.where(asked > 0.0, asked, 1.0), 0.0)
            found = np.maximum(found, short)
    return found
