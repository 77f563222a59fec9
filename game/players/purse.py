"""What a player can still pay while planning, and the plan that is filled from it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from game.players.options import Choices, Mask, Shared
from game.sim.actions import SLOTS
from game.sim.model import Model
from game.sim.possible import purse
from game.sim.step import FastSeason
from game.sim.totals import Floats
from game.sim.world import Integers, World


class Purse:
    """What a player still has while planning, and how often each of his options is planned."""

    def __init__(self, model: Model, world: World, seat: int, choices: Choices) -> None:
        book = choices.book
        self._allowed = choices.allowed
        self._planned = np.zeros(choices.allowed.shape, np.int64)
        self._choice = book.choice[choices.rows]
        self._limits = book.limit[choices.rows][:, None]
        stocks = book.costs[choices.rows]
        # For each stock the options that cost some of it, and what they cost, (of these, W).
        self._costs: dict[str, tuple[Integers, Floats]] = {}
        for place, stock in enumerate(book.paid):
            rows, at = np.nonzero(stocks == place)
            if len(rows):
                self._costs[stock] = rows, choices.costs[rows, at]
        self._left = {stock: purse(world, stock, model.layout.seats[seat]).copy() for stock in self._costs}

    def can(self, kept: dict[str, Floats] | None = None) -> Mask:
        """Where each option is possible, not too often planned, and leaves what shall be `kept`: (O, W)."""
        fine = self._allowed & (self._planned < self._limits)
        for stock, (rows, amounts) in self._costs.items():
            fine[rows] &= self._left[stock] - amounts >= (kept or {}).get(stock, 0.0)
        return fine

    def take(self, row: int, where: Mask) -> None:
        """Plan the option in this row of the choices where `where` holds."""
        for stock, (rows, amounts) in self._costs.items():
            for at in np.flatnonzero(rows == row):
                self._left[stock] = self._left[stock] - np.where(where, amounts[at], 0.0)
        # However much a choice is about, it is one choice.
        self._planned[self._choice == self._choice[row]] += where


def fill(
    model: Model,
    world: World,
    seat: int,
    choices: Choices,
    scores: Floats | Sequence[Floats],
    chosen: Integers,
    kept: dict[str, Floats] | None = None,
    shares: dict[str, Floats] | None = None,
) -> None:
    """Plan for one seat: slot by slot the affordable option with the highest of the `scores` (O, W) above 0.

    `chosen` (SLOTS, W) is filled in place; of equal scores the first in the
    list wins.
    """
    if not len(choices):
        return
    table = np.ascontiguousarray(scores, np.float64)
    if isinstance(shares, Shared) and shares.season is not None:
        _fill_fast(model, world, seat, choices, table, chosen, kept or {}, shares.season)
        return
    left = Purse(model, world, seat, choices)
    for slot in range(SLOTS):
        open_scores = np.where(left.can(kept), table, 0.0)
        best = open_scores.argmax(axis=0)
        worth = open_scores[best, np.arange(world.count)] > 0.0
        if not worth.any():
            return
        for row in np.unique(best[worth]):
            where = worth & (best == row)
            chosen[slot] = np.where(where, choices.rows[row], chosen[slot])
            left.take(int(row), where)


def _fill_fast(
    model: Model,
    world: World,
    seat: int,
    choices: Choices,
    scores: Floats,
    chosen: Integers,
    kept: dict[str, Floats],
    season: FastSeason,
) -> None:
    """Do what `fill` does with compiled code."""
    book = choices.book
    left, stays = np.zeros((len(book.paid), world.count)), np.zeros((len(book.paid), world.count))
    for place, stock in enumerate(book.paid):
        left[place] = purse(world, stock, model.layout.seats[seat])
        if stock in kept:
            stays[place] = kept[stock]
    rows = np.full(chosen.shape, -1, np.int64)
    season.plan(
        choices.allowed, scores, book.choice[choices.rows], book.limit[choices.rows], book.costs[choices.rows],
        choices.costs, left, stays, np.zeros(book.choices, np.int64), rows,
    )  # fmt: skip
    chosen[...] = np.where(rows >= 0, choices.rows[rows], chosen)
