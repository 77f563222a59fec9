"""The planners: they search ahead, in imagined worlds, for the level's objective.

| policy | may use |
|---|---|
| planner | every action |
| best_over | power-over and neutral actions |
| best_with | power-with and neutral actions |

A planner sees what players are shown: the present, what is possible in it,
what that costs and who would say yes.  Coming luck, weather and events, what
others plan, needs it has not asked about and the numbers that will count it
imagines.  Each decision is a search with a budget counted in steps
(one imagined world, one season), so it is the same on every machine:

1. *Which way on?*  For each script that the planner may follow later, the
   game in which it follows it from now on.  The best one is what every plan
   below is continued with.
2. *What does each action do?*  Some actions alone, each with its most
   promising target, against doing nothing: their marginal worth.  Every
   season tries others, in turn.
3. *Which plan?*  Nothing, the scripts' own plans, and plans put together from
   the marginal worths.

A plan is worth its objective, half its mean over the seasons ahead and half
its value at their end, plus GOAL_WORTH of the scale of these values for the
goals reached or in sight.  Of equal plans the first wins.  Partnership takes
time: whoever puts off its first step for a small or doubtful gain, season
after season, never gets anywhere.  So `planner` and `best_with` leave their
first script for another, and the script they follow for another plan, only
where that is worth more by MARGIN in every dream; `best_over` always takes
what is best on average.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.players.imagined import Dreams, Futures, dreams_of, futures, mean_of_dreams
from game.players.options import Shared
from game.players.plan_table import Table, asking_first
from game.players.scripted import SCRIPTED, Policy
from game.sim.actions import NOTHING, SLOTS
from game.sim.batches import selected
from game.sim.model import Model
from game.sim.step import FastSeason
from game.sim.totals import Floats
from game.sim.world import RUNNING, Integers, World

HORIZON = 8  # seasons looked ahead
DREAMS = 2  # imagined worlds for each plan; others play in turn as the level says and like the planner
SCRIPTS = 2  # scripts that a planner may follow
SINGLES = 4  # actions tried alone in a season, in the first dream
BUILT = 5  # plans put together, with the one of doing nothing
STEPS = HORIZON * (DREAMS * (SCRIPTS + BUILT) + SINGLES + 1)  # for one decision in one world, at most: 152
GOAL_WORTH = 0.25
MARGIN = 0.12  # how much more than the script's another plan must be worth, of the scale of worths


@dataclass(frozen=True)
class Manner:
    """What one kind of planner may do; the first script stands for it where others imagine it."""

    modes: tuple[str, ...]
    scripts: tuple[str, ...]
    patient: bool  # whether a script is left only where that is sure to pay


MANNERS = {
    "planner": Manner(("over", "with", "neutral"), ("mixed", "over"), True),
    "best_over": Manner(("over", "neutral"), ("over", "idle"), False),
    "best_with": Manner(("with", "neutral"), ("with", "idle"), True),
}
STANDS_FOR = {name: manner.scripts[0] for name, manner in MANNERS.items()}


@dataclass(frozen=True)
class Weighed:
    """The plans a planner has compared for one seat, in those W worlds of a batch that still run."""

    running: Integers  # (W,) their places in the batch
    plans: Integers  # (P, SLOTS, W) indices of candidates
    objective: Floats  # (P, W) the objective each leads to
    worth: Floats  # (P, W) what it was judged by: the objective and the goals
    lean: Floats  # (P, W) days of each plan that go into power-over, less those that go into power-with
    best: Integers  # (W,) the place of the plan chosen

    @property
    def chosen(self) -> Integers:
        """The plan chosen in each world, (SLOTS, W)."""
        return np.moveaxis(self.plans, 1, 2)[self.best, np.arange(self.plans.shape[2])].T


def weigh(model: Model, world: World, seat: int, name: str, season: FastSeason | None = None) -> Weighed:
    """Return what the planner `name` thinks of its plans for this season.

    `season` may be another way to the same plans and deeds.  Raises KeyError
    for a name that is no planner's.
    """
    manner = MANNERS[name]
    running = np.flatnonzero(world.outcome == RUNNING)
    ahead = min(HORIZON, model.seasons - world.season)
    if not len(running) or ahead < 1:
        nothing = np.zeros((1, 0))
        none = np.full((1, SLOTS, 0), NOTHING, np.int64)
        return Weighed(running[:0], none, nothing, nothing, nothing, running[:0])
    search = _Search(model, selected(world, running), seat, manner, ahead, season)
    plans, found, follow = search.run()
    worth = _worth(found)
    objective, lean = mean_of_dreams(found.objective), search.table.lean(plans)
    return Weighed(running, plans, objective, mean_of_dreams(worth), lean, _chosen(worth, follow, manner.patient))


def _worth(found: Futures) -> Floats:
    """Return what futures are worth in each dream, (D, P, W)."""
    return found.objective + GOAL_WORTH * np.abs(found.objective).max(axis=(0, 1)) * found.standing


def _chosen(worth: Floats, follow: Integers, patient: bool) -> Integers:
    """Return the plan worth most on average, (W,); the patient leave plan `follow` (W,) only where that is sure."""
    own = np.take_along_axis(worth, np.broadcast_to(follow, (len(worth), 1, len(follow))), axis=1)
    ahead = worth - own
    average = mean_of_dreams(ahead)
    if patient:
        sure = ahead.min(axis=0) > MARGIN * np.abs(worth).max(axis=(0, 1))
        average = np.where(sure, average, 0.0)
    best: Integers = average.argmax(axis=0)
    return np.where(average.max(axis=0) > 0.0, best, follow)


class _Search:
    """One decision of one seat, in W worlds at once; every number of plans below is fixed by the model alone."""

    def __init__(
        self, model: Model, world: World, seat: int, manner: Manner, ahead: int, season: FastSeason | None
    ) -> None:
        self.model, self.seat, self.manner, self.ahead = model, seat, manner, ahead
        self.count = world.count
        self.dreams = dreams_of(model, world, seat, manner.scripts[0], STANDS_FOR, DREAMS, season)
        # What is possible now, what it costs and who would say yes, players are shown too.
        self.present = world
        self.table = Table(model, world, seat, manner.modes, season)
        self.after = np.zeros(self.count, np.int64)

    def run(self) -> tuple[Integers, Futures, Integers]:
        """Return the plans compared (P, SLOTS, W), what becomes of them, and the place of the script's own, (W,)."""
        scripts = self._scripts()
        followed = self._futures(scripts, self.dreams, np.arange(SCRIPTS)[:, None])
        self.after = _chosen(_worth(followed), np.zeros(self.count, np.int64), self.manner.patient)
        script = np.moveaxis(scripts, 1, 2)[self.after, np.arange(self.count)].T
        built = self._built(self._marginal_worth(), script)
        found = self._futures(built, self.dreams)
        # Doing nothing stands first: it wins where nothing is better.
        plans = np.concatenate([built[:1], scripts, built[1:]])
        found = _cut(found, 0, 1).joined(followed).joined(_cut(found, 1, BUILT))
        return plans, found, 1 + self.after

    def _futures(self, plans: Integers, dreams: Dreams, after: Integers | None = None) -> Futures:
        follow = np.broadcast_to(self.after if after is None else after, (len(plans), self.count))
        return futures(self.model, dreams, self.seat, plans, follow, self.manner.scripts, self.ahead)

    def _scripts(self) -> Integers:
        plans = np.full((SCRIPTS, SLOTS, self.count), NOTHING, np.int64)
        for script, plan in zip(self.manner.scripts, plans, strict=True):
            SCRIPTED[script](self.model, self.present, self.seat, plan, self.table.shares)
        return plans

    def _marginal_worth(self) -> Floats:
        """Return what each action alone adds to doing nothing, (actions, W); 0 for those not tried."""
        tried, plans = self.table.singles(SINGLES)
        nothing = np.full((1, SLOTS, self.count), NOTHING, np.int64)
        # One dream is enough to compare single actions: all of them meet the same luck.
        one = self.dreams.first
        worth = _worth(self._futures(np.concatenate([nothing, plans]), one))[0]
        marginal = np.zeros((len(self.table.names), self.count))
        for place, action in enumerate(tried):
            for name in range(len(self.table.names)):
                marginal[name] = np.where(action == name, worth[place + 1] - worth[0], marginal[name])
        return marginal

    def _built(self, marginal: Floats, script: Integers) -> Integers:
        """Return BUILT plans, (BUILT, SLOTS, W): nothing, and what the marginal worths suggest."""
        table, nothing = self.table, np.full((SLOTS, self.count), NOTHING, np.int64)
        scores = table.scores(marginal)
        plans = [nothing, table.added(nothing, scores / table.days), table.added(script, scores, most=1)]
        if {"over", "with"} <= set(self.manner.modes):
            for mode in ("over", "with"):
                plans.append(table.added(nothing, scores / table.days * table.of_mode(mode)[:, None]))
        else:
            plans += [table.added(nothing, scores), table.added(nothing, scores, most=1)]
        return np.array([asking_first(self.model, plan) for plan in plans])


def _cut(found: Futures, start: int, end: int) -> Futures:
    return Futures(found.objective[:, start:end], found.standing[:, start:end])


def _policy(name: str) -> Policy:
    def plan(model: Model, world: World, seat: int, chosen: Integers, shares: dict[str, Floats]) -> None:
        weighed = weigh(model, world, seat, name, shares.season if isinstance(shares, Shared) else None)
        chosen[:, weighed.running] = weighed.chosen

    return plan


PLANNERS: dict[str, Policy] = {name: _policy(name) for name in MANNERS}
