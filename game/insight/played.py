"""A game that was played, and the same game played again without some of its deeds, with the same luck.

Luck is keyed by seed, season and deed, never by turn, so leaving one deed out
changes no other luck.  What players and scripts decided stays as it was, and
so does what players answered; people (`game.players.person`) decide anew, as
they would have without it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.language.errors import ArgumentError
from game.sim.actions import BLOCKED, DECLINED, DONE, NOTHING, Actions
from game.sim.batches import selected
from game.sim.model import Model
from game.sim.step import Ticks, run_ticks, step
from game.sim.world import Integers, World

TRIED = (DONE, BLOCKED, DECLINED)  # what cost days, whether it worked or not

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Deed:
    """One action that a seat tried: the season (from 0), its slot in the plan, what it was and what became of it."""

    season: int
    seat: int
    slot: int
    candidate: int
    outcome: int  # see game.sim.actions


@dataclass(frozen=True)
class PlayedGame:
    """One game: the world at its start, the plans of all seats for every season, and what was tried."""

    model: Model
    start: World  # of one world
    plans: tuple[Actions, ...]  # one a season, each for one world
    deeds: tuple[Deed, ...]
    end: World
    people: tuple[int, ...] = ()  # the seats that decide anew where something is missing, and how, for a batch:
    anew: Callable[[World], Integers] | None = None  # plans (slots, seats, W), of which theirs are used

    @property
    def seasons(self) -> int:
        """How many seasons were played."""
        return len(self.plans)

    def of_seat(self, seat: int) -> list[int]:
        """Return the places in `deeds` of what one seat did."""
        return [place for place, deed in enumerate(self.deeds) if deed.seat == seat]


def played(
    model: Model,
    start: World,
    plans: Sequence[Actions],
    people: Sequence[int] = (),
    anew: Callable[[World], Integers] | None = None,
) -> PlayedGame:
    """Play `plans` from `start` (one world) and note what was tried.

    Raises ArgumentError when `start` holds more than one world.
    """
    if start.count != 1:
        raise ArgumentError(f"a game is one world, not {start.count}")
    world = selected(start, np.zeros(1, np.int64))
    deeds = []
    for season, plan in enumerate(plans):
        world = step(model, world, plan)
        deeds += tried(season, plan, world.result)
    first = selected(start, np.zeros(1, np.int64))
    return PlayedGame(model, first, tuple(plans), tuple(deeds), world, tuple(people), anew)


def tried(season: int, plan: Actions, result: Integers) -> list[Deed]:
    """Return what was tried in a season (from 0), from plans and what became of them (slots, seats, 1)."""
    return [
        Deed(season, seat, slot, int(plan.chosen[slot, seat, 0]), int(result[slot, seat, 0]))
        for slot in range(plan.chosen.shape[0])
        for seat in range(plan.chosen.shape[1])
        if result[slot, seat, 0] in TRIED
    ]


def play_without(
    game: PlayedGame,
    removed: Mask,
    each: Callable[[int, World, NDArray[np.int64]], None] | None = None,
    ticks: Ticks = run_ticks,
) -> World:
    """Play the game again in 1 + W worlds, with the deeds that `removed` (K, W) marks left out of world 1 + w.

    World 0 is the game as it was.  A twin joins the batch in the season of
    its first missing deed; before that it is world 0.  `each` is told after
    every season its number, the batch, and (1 + W,) the place of every world
    in that batch.  Returns the worlds at the end, all 1 + W in their order.
    `ticks` may be another way to the same bits (`game.run.backends`).

    What was planned and never tried is left out everywhere: it could take the
    place of the very deed that is missing.
    """
    count = removed.shape[1]
    seasons = np.array([deed.season for deed in game.deeds], np.int64)
    first = np.array([seasons[removed[:, twin]].min(initial=game.seasons) for twin in range(count)], np.int64)
    place = np.zeros(1 + count, np.int64)
    world = selected(game.start, np.zeros(1, np.int64))
    for season, plan in enumerate(game.plans):
        joining = np.flatnonzero(first == season)
        if len(joining):
            place[1 + joining] = world.count + np.arange(len(joining))
            world = selected(world, np.concatenate([np.arange(world.count), np.zeros(len(joining), np.int64)]))
        world = step(game.model, world, plans_without(game, plan, season, removed, place, world), ticks)
        if each is not None:
            each(season, world, place)
    return selected(world, place)


def plans_without(
    game: PlayedGame, plan: Actions, season: int, removed: Mask, place: NDArray[np.int64], world: World
) -> Actions:
    """Return what everybody plans in a season in the worlds of a batch: the game first, then its twins.

    `removed` (K, W) and `place` (1 + W,) are as in `play_without`; `world` is the batch before the season.
    """
    worlds = world.count
    chosen = np.full((*plan.chosen.shape[:2], worlds), NOTHING, np.int64)
    for number, deed in enumerate(game.deeds):
        if deed.season == season:
            chosen[deed.slot, deed.seat] = deed.candidate
            # Where a twin has not joined yet its place is 0, and nothing of it is missing so early.
            chosen[deed.slot, deed.seat, place[1:][removed[number]]] = NOTHING
    if game.anew is not None and worlds > 1:
        _decide_anew(game, game.anew(world), chosen, season, removed, place)
    return Actions(chosen, plan.of_worlds(np.zeros(worlds, np.int64)).answers)


def _decide_anew(
    game: PlayedGame, decided: Integers, chosen: Integers, season: int, removed: Mask, place: NDArray[np.int64]
) -> None:
    """Put into the plans of all twins, in place, what people decide as things stand there, without what is missing."""
    for seat in game.people:
        chosen[:, seat, 1:] = decided[:, seat, 1:]
    for number, deed in enumerate(game.deeds):
        if deed.season == season and deed.seat in game.people:
            for at in place[1:][removed[number]]:
                same = np.flatnonzero(chosen[:, deed.seat, at] == deed.candidate)
                chosen[same[:1], deed.seat, at] = NOTHING
