"""What one seat could do this season, for a whole batch: a table of candidates by worlds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from game.players.book import Book, book_of
from game.sim.agreements import willing
from game.sim.frame import Frame, along_worlds
from game.sim.model import Model
from game.sim.plans import ActionPlan, Candidate
from game.sim.possible import action_frame, cost_of, possible
from game.sim.step import FastSeason
from game.sim.totals import Floats
from game.sim.world import Integers, World

Mask = NDArray[np.bool_]


class Shared(dict[str, Floats]):
    """What all seats of one season share: what was worked out already, and another way to the same options."""

    def __init__(self, season: object = None) -> None:
        super().__init__()
        self.season = season if isinstance(season, FastSeason) else None
        self.sight: object = None  # what the season sees of the world: the same for all seats


class Deeds(NamedTuple):
    """What options mean to those they touch: what each feels, how they rest the doer, and what he gives away."""

    feels: Floats  # (O, C, W)
    rests: Floats  # (O, W)
    gives: Floats  # (O, M, W) in the order of `parted_with`


@dataclass
class Option:
    """One candidate as the player sees it now: whether it is possible, what it costs and promises, all (W,)."""

    index: int
    candidate: Candidate
    plan: ActionPlan
    allowed: Mask
    costs: list[tuple[str, Floats]]
    gain: Floats
    fits: Floats  # 1 where it meets what its target wants now
    willing: Floats  # how many of those it invites would say yes
    table: Choices
    row: int

    @cached_property
    def alone(self) -> Choices:
        """The table with this option alone."""
        return self.table.only(np.array([self.row]))


@dataclass(frozen=True, eq=False)
class Choices(Sequence[Option]):
    """O candidates that are possible somewhere, as one table: rows of options, columns of worlds."""

    model: Model
    book: Book
    rows: Integers  # (O,) their indices
    allowed: Mask  # (O, W)
    gain: Floats  # (O, W) what it promises
    fits: Floats  # (O, W)
    willing: Floats  # (O, W)
    costs: Floats  # (O, K, W) in the order of the costs of each action
    known: dict[str, Any] = field(default_factory=dict)  # what else was worked out of this table

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, at: int) -> Option: ...

    @overload
    def __getitem__(self, at: slice) -> Choices: ...

    def __getitem__(self, at: int | slice) -> Option | Choices:
        if isinstance(at, slice):
            return self.only(np.arange(len(self))[at])
        index = int(self.rows[at])
        plan = self.book.plans[index]
        costs = [(stock, self.costs[at, place]) for place, (stock, _) in enumerate(plan.costs)]
        seen = (self.allowed[at], costs, self.gain[at], self.fits[at], self.willing[at])
        return Option(index, self.model.candidates[index], plan, *seen, self, at)

    def __iter__(self) -> Iterator[Option]:
        return (self[at] for at in range(len(self)))

    def only(self, at: Integers) -> Choices:
        """Return some rows of the table."""
        some = (self.rows[at], self.allowed[at], self.gain[at], self.fits[at], self.willing[at], self.costs[at])
        return Choices(self.model, self.book, *some)

    def row_of(self, index: int) -> int:
        """Return the row in which a candidate stands; -1 where it is possible nowhere."""
        found = np.flatnonzero(self.rows == index)
        return int(found[0]) if len(found) else -1

    def by(self, kinds: Integers) -> Iterator[tuple[int, Integers]]:
        """Yield of `kinds` (N,) of candidates those that are here, each with the rows it has."""
        here = kinds[self.rows]
        for kind in dict.fromkeys(here.tolist()):
            yield kind, (here == kind).nonzero()[0]


def options(
    model: Model,
    world: World,
    seat: int,
    wanted: tuple[str, ...],
    shares: dict[str, Floats],
    left_out: Mask | None = None,
    meaning: bool = False,
) -> Choices:
    """Return the candidates of the modes `wanted` for one seat, without those `left_out` (N,).

    `shares` is a cache that the caller keeps for all seats of one season;
    `meaning` says beforehand that `game.players.meaning` will be asked.
    """
    book = book_of(model)
    indices = book.of_modes(wanted)
    if left_out is not None:
        indices = indices[~left_out[indices]]
    if isinstance(shares, Shared) and shares.season is not None:
        shares.sight = shares.sight or shares.season.see(world)
        looked = shares.season.look(model, world, seat, indices, meaning, shares.sight)
        gain, fits, yes = looked.numbers
        known = {"deeds": Deeds(looked.feels, looked.rests, looked.gives)} if meaning else {}
        return Choices(model, book, looked.rows, looked.allowed, gain, fits, yes, looked.costs, known)
    found = [(index, _seen(model, world, seat, index, shares, book.costs.shape[1])) for index in indices.tolist()]
    seen = [(index, *numbers) for index, numbers in found if numbers is not None]
    shape = (len(seen), world.count)
    allowed = np.array([one[1] for one in seen], np.bool_).reshape(shape)
    gain, fits, yes = (np.array([one[place] for one in seen], np.float64).reshape(shape) for place in (2, 3, 4))
    costs = np.array([one[5] for one in seen], np.float64).reshape(len(seen), book.costs.shape[1], world.count)
    return Choices(model, book, np.array([one[0] for one in seen], np.int64), allowed, gain, fits, yes, costs)


def _seen(
    model: Model, world: World, seat: int, index: int, shares: dict[str, Floats], most: int
) -> tuple[Mask, Floats, Floats, Floats, Floats] | None:
    """Return where a candidate is allowed and its numbers; None where it is so nowhere."""
    candidate = model.candidates[index]
    plan = model.actions[candidate.action]
    frame = action_frame(model, world, seat, index, shares)
    allowed = possible(model, frame, plan, candidate)
    if not allowed.any():
        return None
    gain = np.zeros(world.count) if plan.gain is None else along_worlds(np.asarray(plan.gain(frame)), world.count)
    costs = np.zeros((most, world.count))
    for place, (_, cost) in enumerate(cost_of(model, frame, plan)):
        costs[place] = cost
    fits = along_worlds(np.asarray(frame.special("fits")), world.count)
    return allowed, gain, fits, _number_willing(model, world, plan, candidate, frame), costs


def _number_willing(model: Model, world: World, plan: ActionPlan, candidate: Candidate, frame: Frame) -> Floats:
    """Return how many of those who would be asked would say yes, (W,)."""
    if plan.accepts is None:
        return np.zeros(world.count)
    answers = willing(model, world, plan, frame)
    answers[frame.me] = False
    if candidate.target >= 0:
        answers = answers[candidate.target : candidate.target + 1]
    if plan.circle:
        inside = world.member[plan.name][:, 0, 0, 0] > 0.0
        asked = ~(inside if candidate.target < 0 else inside[candidate.target : candidate.target + 1])
        if candidate.amount is not None:  # all who are in it are asked whether to settle it anew
            asked = asked | inside[frame.me]
        answers = answers & asked
    return answers.sum(axis=0).astype(np.float64)
