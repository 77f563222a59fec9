"""Plans put together from what single actions are worth, for whole batches."""

from __future__ import annotations

import numpy as np

from game.players.minds import worths
from game.players.options import Shared, options
from game.players.purse import Purse
from game.sim.actions import NOTHING, SLOTS
from game.sim.model import Model
from game.sim.step import FastSeason
from game.sim.totals import Floats
from game.sim.world import Integers, World


class Table:
    """What one seat could do now: `names` of actions, and O options, each an action with a target.

    Arrays are (O,) or (O, W).  Which options there are depends on the batch,
    what is chosen among them in a world does not.
    """

    def __init__(
        self, model: Model, world: World, seat: int, modes: tuple[str, ...], season: FastSeason | None = None
    ) -> None:
        self.model, self.world, self.seat = model, world, seat
        self.shares = Shared(season)
        self.options = options(model, world, seat, modes, self.shares)
        self.names = [name for name, plan in model.actions.items() if plan.spec.mode in modes]
        plans = [self.options.book.plans[index] for index in self.options.rows]
        self.modes = [plan.spec.mode for plan in plans]
        self.name_of_option = np.array([self.names.index(plan.name) for plan in plans], np.int64)
        wish, days = self.options.gain.copy(), np.zeros(self.options.allowed.shape)
        partnering = np.flatnonzero(self.of_mode("with"))
        wish[partnering] = worths(model, world, seat, self.options.only(partnering), self.shares)
        own = [model.stocks[stock].place == "player" for stock in self.options.book.paid]
        for place, stocks in enumerate(self.options.book.costs[self.options.rows].T):
            paying = np.array([*own, False])[stocks][:, None]
            days += np.where(paying, self.options.costs[:, place], 0.0)
        # Only the order among the targets of one action matters.
        self.appeal, self.days = wish / (1.0 + np.abs(wish)), np.maximum(days, 0.25)
        self.fine = Purse(model, world, seat, self.options).can()

    def of_mode(self, mode: str) -> Floats:
        """Return 1 for the options of one mode, else 0, (O,)."""
        return np.array([1.0 if one == mode else 0.0 for one in self.modes])

    def lean(self, plans: Integers) -> Floats:
        """Return the days that plans (P, SLOTS, W) give to power-over less those they give to power-with, (P, W)."""
        total = np.zeros((len(plans), self.world.count))
        for sign, mode in ((1.0, "over"), (-1.0, "with")):
            for row in np.flatnonzero(self.of_mode(mode)):
                times = (plans == self.options.rows[row]).sum(axis=1)
                total = total + sign * self.days[row] * times
        return total

    def singles(self, most: int) -> tuple[Integers, Integers]:
        """Return up to `most` actions as plans of their own, each with its most promising target.

        The actions are (most, W), places in `names` or -1; the plans
        (most, SLOTS, W).  Where more are possible than asked for, each season
        begins with the ones that the season before left out.
        """
        worlds = self.world.count
        target = np.full((len(self.names), worlds), NOTHING, np.int64)
        for name in range(len(self.names)):
            rows = np.flatnonzero(self.name_of_option == name)
            if len(rows):
                wish = np.where(self.fine[rows], self.appeal[rows], -2.0)
                best = rows[wish.argmax(axis=0)]
                index = self.options.rows[best]
                target[name] = np.where(wish.max(axis=0) > -2.0, index, NOTHING)
        count = len(self.names)
        turn = (np.arange(count) - most * self.world.season) % max(count, 1)
        order = np.argsort(np.where(target >= 0, turn[:, None], turn[:, None] + count), axis=0, kind="stable")[:most]
        plans = np.full((most, SLOTS, worlds), NOTHING, np.int64)
        plans[: len(order), 0] = np.take_along_axis(target, order, axis=0)
        names = np.full((most, worlds), -1, np.int64)
        names[: len(order)] = np.where(plans[: len(order), 0] >= 0, order, -1)
        return names, plans

    def scores(self, marginal: Floats) -> Floats:
        """Return a score for each option, (O, W), from what each action adds, (actions, W); 0 where that is nothing."""
        if not len(self.options):
            return np.zeros((0, self.world.count))
        each = marginal[self.name_of_option]
        return np.where(each > 0.0, each * (1.0 + 1e-3 * self.appeal), 0.0)

    def added(self, plan: Integers, scores: Floats, most: int = SLOTS) -> Integers:
        """Return the plan (SLOTS, W) with up to `most` more options: the affordable ones of highest score above 0."""
        grown = plan.copy()
        if not len(self.options):
            return grown
        purse = self._purse_after(plan)
        for _ in range(most):
            best, good = self._next(purse, scores, grown)
            if not good.any():
                break
            self._take(purse, grown, best, good)
        return grown

    def _purse_after(self, plan: Integers) -> Purse:
        purse = Purse(self.model, self.world, self.seat, self.options)
        for slot in range(SLOTS):
            for index in np.unique(plan[slot]):
                row = self.options.row_of(int(index))
                if row >= 0:
                    purse.take(row, plan[slot] == index)
        return purse

    def _next(self, purse: Purse, scores: Floats, plan: Integers) -> tuple[Integers, np.ndarray]:
        left = np.where(purse.can(), scores, 0.0)
        best = left.argmax(axis=0)
        room = plan[SLOTS - 1] == NOTHING
        return best, room & (left[best, np.arange(self.world.count)] > 0.0)

    def _take(self, purse: Purse, plan: Integers, best: Integers, where: np.ndarray) -> None:
        """Put the best option into the first free slot; plans have no gaps."""
        length = (plan != NOTHING).sum(axis=0)
        for row in np.unique(best[where]):
            here = where & (best == row)
            purse.take(int(row), here)
            worlds = np.flatnonzero(here)
            plan[length[worlds], worlds] = self.options.rows[row]


def asking_first(model: Model, plan: Integers) -> Integers:
    """Return the plan (SLOTS, W) with its dialogues in front: whoever asks first is told more and trusted more."""
    talks = np.array([model.actions[one.action].spec.family == "dialogue" for one in model.candidates] + [False])
    rank = np.where(plan == NOTHING, 2, np.where(talks[plan], 0, 1))
    return np.take_along_axis(plan, np.argsort(rank, axis=0, kind="stable"), axis=0)
