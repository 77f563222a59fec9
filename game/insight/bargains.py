"""Who paid so far for what one seat has agreed with others: the game beside twins without one agreement each.

An agreement is what somebody offers and others accept, whoever of them
offered it.  Its twin begins in its season and is kept up season by season, so
that a season costs one step of the batch and not the whole game again.  In a
twin everybody else does what he did: what it shows went by way of the world.
The books are those of `game.insight.who_pays`, as if the game ended now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import numpy as np

from game.insight.played import Deed, PlayedGame, plans_without
from game.insight.readings import Key, readings
from game.insight.who_pays import Payers, bearer_of, enter, paid_outside, worth
from game.sim.actions import DONE, YES
from game.sim.batches import selected
from game.sim.model import Model
from game.sim.step import Ticks, run_ticks, step
from game.sim.totals import Floats
from game.sim.world import World


@dataclass(frozen=True)
class Bargain:
    """Something agreed, and who has gained and paid by it until now, as the one who was in it sees it.

    `partners` are those who agreed, whoever offered it among them, as the books name them.
    """

    deed: Deed
    books: Payers
    partners: frozenset[str]

    @property
    def paid_by(self) -> tuple[str, ...]:
        """Who paid for it without having been asked, most first; nobody where that is little beside what it brought."""
        return paid_outside(self.books, self.partners)


class Bargains:
    """What one seat has agreed to in a game, whoever offered it, and what came of each until now."""

    def __init__(self, model: Model, start: World, seat: int) -> None:
        self.model, self.seat, self.me = model, seat, model.layout.seats[seat]
        self.seasons = 0  # how many have been lived
        self._world = selected(start, np.zeros(1, np.int64))  # the game, then its twins
        self._numbers: list[int] = []  # of each twin the place of its missing deed in the deeds of the game
        self._deeds: list[Deed] = []
        self._partners: list[frozenset[str]] = []
        self._sums: dict[Key, Floats] = {}  # what was more than in each twin, summed over the seasons, (C|1, P|1, W)
        self._last: dict[Key, Floats] = {}  # the same in the last season

    def catch_up(self, game: PlayedGame, ticks: Ticks = run_ticks) -> Iterator[None]:
        """Live all seasons of the game that have not been lived yet, one at each step."""
        while self.seasons < game.seasons:
            self._live(game, ticks)
            yield

    def _live(self, game: PlayedGame, ticks: Ticks) -> None:
        fresh = [number for number, deed in enumerate(game.deeds) if self._begins(game, deed)]
        self._numbers += fresh
        self._deeds += [game.deeds[number] for number in fresh]
        twins = len(self._numbers)
        removed = np.zeros((len(game.deeds), twins), np.bool_)
        removed[self._numbers, np.arange(twins)] = True
        batch = np.concatenate([np.arange(self._world.count), np.zeros(len(fresh), np.int64)])
        world, plan = selected(self._world, batch), game.plans[self.seasons]
        as_they_did = replace(game, people=(), anew=None)
        plans = plans_without(as_they_did, plan, self.seasons, removed, np.arange(twins + 1), world)
        self._world = step(self.model, world, plans, ticks)
        self._partners += [self._agreed(game.deeds[number]) for number in fresh]
        for key, values in readings(self.model, self._world).items():
            more = values[..., :1] - values[..., 1:]
            before = self._sums.get(key, more[..., :0])
            known = np.concatenate([before, np.zeros((*before.shape[:2], twins - before.shape[2]))], axis=2)
            self._sums[key], self._last[key] = known + more, more
        self.seasons += 1

    def _begins(self, game: PlayedGame, deed: Deed) -> bool:
        """Whether a deed is an agreement of this season that the seat is in: it offered it, or it said yes."""
        offered = self.model.candidates[deed.candidate]
        if deed.season != self.seasons or deed.outcome != DONE or self.model.actions[offered.action].accepts is None:
            return False
        if deed.seat == self.seat:
            return True
        said = game.plans[deed.season].answers
        if said is None or offered.target not in (-1, self.me):
            return False
        return bool(said[deed.slot, deed.seat, self.me, 0] == YES)

    def _agreed(self, deed: Deed) -> frozenset[str]:
        """Return who is in an agreement of the season that has just been lived."""
        yes = np.flatnonzero(self._world.answer[deed.slot, deed.seat, :, 0] > 0)
        inside = {self.model.layout.seats[deed.seat], *yes.tolist()}
        return frozenset(bearer_of(self.model, "", one, self.me) for one in inside)

    def found(self, hidden: Collection[str] = ()) -> tuple[Bargain, ...]:
        """Return all of it, in the order in which it was agreed; stocks that are `hidden` are in no books."""
        told = []
        for twin, deed in enumerate(self._deeds):
            books = Payers(self.model.actions[self.model.candidates[deed.candidate].action].spec.mode)
            for (kind, name), sums in self._sums.items():
                value = worth(self.model, name) if kind == "stock" and name not in hidden else 0.0
                if value:
                    means = value * sums[:, :, twin] / (self.seasons - deed.season)
                    enter(self.model, books, name, self.me, means, value * self._last[kind, name][:, :, twin])
            told.append(Bargain(deed, books, self._partners[twin]))
        return tuple(told)
