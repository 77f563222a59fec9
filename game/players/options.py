"""What one seat could do this season, for a whole batch: a table of candidates by worlds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.sim.actions import SLOTS
from game.sim.agreements import willing
from game.sim.frame import Frame, along_worlds
from game.sim.model import Model
from game.sim.plans import ActionPlan, Candidate
from game.sim.possible import action_frame, cost_of, possible, purse
from game.sim.step import FastSeason, Looked
from game.sim.totals import Floats
from game.sim.world import Integers, World

Mask = NDArray[np.bool_]


class Shared(dict[str, Floats]):
    """What all seats of one season share: what was worked out already, and another way to the same options."""

    def __init__(self, season: object = None) -> None:
        super().__init__()
        self.season = season if isinstance(season, FastSeason) else None


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
    willing: Integers  # how many of those it invites would say yes


def options(
    model: Model,
    world: World,
    seat: int,
    wanted: tuple[str, ...],
    shares: dict[str, Floats],
    left_out: Callable[[Candidate], object] = lambda candidate: False,
) -> list[Option]:
    """Return the candidates of the modes `wanted` for one seat, without those `left_out`.

    `shares` is a cache that the caller keeps for all seats of one season.
    """
    indices = [
        index
        for index, candidate in enumerate(model.candidates)
        if model.actions[candidate.action].spec.mode in wanted and not left_out(candidate)
    ]
    if isinstance(shares, Shared) and shares.season is not None:
        return _looked_at(model, shares.season.look(model, world, seat, indices), indices)
    found = []
    for index in indices:
        candidate = model.candidates[index]
        plan = model.actions[candidate.action]
        frame = action_frame(model, world, seat, index, shares)
        allowed = possible(model, frame, plan, candidate)
        if not allowed.any():
            continue
        gain = np.zeros(world.count) if plan.gain is None else along_worlds(np.asarray(plan.gain(frame)), world.count)
        found.append(
            Option(
                index,
                candidate,
                plan,
                allowed,
                cost_of(model, frame, plan),
                gain,
                along_worlds(np.asarray(frame.special("fits")), world.count),
                _number_willing(model, world, plan, candidate, frame),
            )
        )
    return found


def _number_willing(model: Model, world: World, plan: ActionPlan, candidate: Candidate, frame: Frame) -> Integers:
    """Return how many of those who would be asked would say yes, (W,)."""
    if plan.accepts is None:
        return np.zeros(world.count, np.int64)
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
    return np.asarray(answers.sum(axis=0))


def _looked_at(model: Model, looked: Looked, indices: list[int]) -> list[Option]:
    """Return the options that compiled code has found for candidates."""
    found = []
    gains, fits, yes = looked.numbers
    willing_there = yes.astype(np.int64)
    for row in looked.allowed.any(axis=1).nonzero()[0].tolist():
        candidate = model.candidates[indices[row]]
        plan = model.actions[candidate.action]
        costs = [(stock, looked.costs[row, place]) for place, (stock, _) in enumerate(plan.costs)]
        found.append(
            Option(indices[row], candidate, plan, looked.allowed[row], costs, gains[row], fits[row], willing_there[row])
        )
    return found


class Purse:
    """What a player still has while planning, and how often each of his options is planned."""

    def __init__(self, model: Model, world: World, seat: int, choices: list[Option]) -> None:
        shape = (len(choices), world.count)
        self.choices = choices
        self._allowed = np.array([option.allowed for option in choices], np.bool_).reshape(shape)
        self._planned = np.zeros(shape, np.int64)
        self._same: dict[str, list[int]] = {}  # the rows of each choice, one for each amount it may be about
        for row, option in enumerate(choices):
            self._same.setdefault(option.candidate.choice, []).append(row)
        self._limits = np.array([option.plan.spec.limit for option in choices], np.int64)[:, None]
        paying: dict[str, list[int]] = {}
        for row, option in enumerate(choices):
            for stock, _ in option.costs:
                paying.setdefault(stock, []).append(row)
        # For each stock the options that cost some of it, and what they cost, (of these, W).
        self._costs = {
            stock: (np.array(rows), np.array([dict(choices[row].costs)[stock] for row in rows]))
            for stock, rows in paying.items()
        }
        self._left = {stock: purse(world, stock, model.layout.seats[seat]).copy() for stock in paying}

    def can(self, kept: dict[str, Floats] | None = None) -> Mask:
        """Where each option is possible, not too often planned, and leaves what shall be `kept`: (O, W)."""
        fine = self._allowed & (self._planned < self._limits)
        for stock, (rows, amounts) in self._costs.items():
            fine[rows] &= self._left[stock] - amounts >= (kept or {}).get(stock, 0.0)
        return fine

    def take(self, row: int, where: Mask) -> None:
        """Plan the option in this row of the choices where `where` holds."""
        for stock, amount in self.choices[row].costs:
            self._left[stock] = self._left[stock] - np.where(where, amount, 0.0)
        for same in self._same[self.choices[row].candidate.choice]:
            self._planned[same] += where


def fill(
    model: Model,
    world: World,
    seat: int,
    choices: list[Option],
    scores: list[Floats],
    chosen: Integers,
    kept: dict[str, Floats] | None = None,
    shares: dict[str, Floats] | None = None,
) -> None:
    """Plan for one seat: slot by slot the affordable option with the highest score above 0.

    `chosen` (SLOTS, W) is filled in place; of equal scores the first in the
    list wins.
    """
    if not choices:
        return
    if isinstance(shares, Shared) and shares.season is not None:
        _fill_fast(model, world, seat, choices, scores, chosen, kept or {}, shares.season)
        return
    left = Purse(model, world, seat, choices)
    table = np.array(scores)
    for slot in range(SLOTS):
        open_scores = np.where(left.can(kept), table, 0.0)
        best = open_scores.argmax(axis=0)
        worth = open_scores[best, np.arange(world.count)] > 0.0
        if not worth.any():
            return
        for row in np.unique(best[worth]):
            where = worth & (best == row)
            chosen[slot] = np.where(where, choices[row].index, chosen[slot])
            left.take(int(row), where)


def _fill_fast(
    model: Model,
    world: World,
    seat: int,
    choices: list[Option],
    scores: list[Floats],
    chosen: Integers,
    kept: dict[str, Floats],
    season: FastSeason,
) -> None:
    """Do what `fill` does with compiled code."""
    names = list(dict.fromkeys(stock for option in choices for stock, _ in option.costs))
    most = max([1, *(len(option.costs) for option in choices)])
    stocks = np.full((len(choices), most), -1, np.int64)
    costs = np.zeros((len(choices), most, world.count))
    groups: dict[str, int] = {}
    for row, option in enumerate(choices):
        groups.setdefault(option.candidate.choice, len(groups))
        for place, (stock, amount) in enumerate(option.costs):
            stocks[row, place], costs[row, place] = names.index(stock), amount
    left, stays = np.zeros((len(names), world.count)), np.zeros((len(names), world.count))
    for place, stock in enumerate(names):
        left[place], stays[place] = purse(world, stock, model.layout.seats[seat]), kept.get(stock, 0.0)
    rows = np.full(chosen.shape, -1, np.int64)
    season.plan(
        np.array([option.allowed for option in choices]), np.array(scores, np.float64),
        np.array([groups[option.candidate.choice] for option in choices], np.int64),
        np.array([option.plan.spec.limit for option in choices], np.int64),
        stocks, costs, left, stays, np.zeros(len(groups), np.int64), rows,
    )  # fmt: skip
    indices = np.array([option.index for option in choices], np.int64)
    chosen[...] = np.where(rows >= 0, indices[rows], chosen)
