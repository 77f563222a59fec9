"""The planners: they search ahead, in imagined worlds, for the level's objective.

| policy | may use |
|---|---|
| planner | every action |
| best_over | power-over actions, or nothing |
| best_with | power-with actions, or nothing; no neutral ones, as `best_over` has none either |

Each decision is a search under a budget counted in steps (one imagined
world, one season), so it is the same on every machine:

1. *Which way on?*  For each script that the planner may follow later, the
   game in which it follows it from now on.  The best one is what every plan
   below is continued with.
2. *What does each action do?*  Each action alone, with its most promising
   target, against doing nothing: its marginal worth.
3. *Which plan?*  Nothing, the scripts' own plans, and plans built from the
   marginal worths, are played in all dreams; what budget is left goes into
   the best plan with one more action.

A plan is worth its objective, half its mean over the seasons ahead and half
its value at their end, plus GOAL_WORTH of the scale of these values for the
goals reached or in sight.  Of equal plans the first wins, and doing nothing
comes first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.players.additions import Table, asking_first
from game.players.imagined import Dreams, Futures, coarse, dreams_of, futures
from game.players.scripted import SCRIPTED, Policy
from game.sim.actions import NOTHING, SLOTS
from game.sim.batches import selected
from game.sim.model import Model
from game.sim.totals import Floats
from game.sim.world import RUNNING, Integers, World

STEPS = 240  # imagined world-seasons for one decision in one world, at most
HORIZON = 8  # seasons looked ahead
DREAMS = 2  # imagined worlds for each plan; others play in turn as the level says and like the planner
MOST_SINGLES = 10  # actions tried alone
FIRST_PLANS = 6  # plans built from the marginal worths
GOAL_WORTH = 0.25
MARGIN = 0.0


@dataclass(frozen=True)
class Manner:
    """What one kind of planner may do; the first script stands for it where others imagine it."""

    modes: tuple[str, ...]
    scripts: tuple[str, ...]


MANNERS = {
    "planner": Manner(("over", "with", "neutral"), ("mixed", "with", "over")),
    "best_over": Manner(("over",), ("over", "idle")),
    "best_with": Manner(("with",), ("with", "idle")),
}
STANDS_FOR = {name: manner.scripts[0] for name, manner in MANNERS.items()}


@dataclass(frozen=True)
class Weighed:
    """The plans a planner has compared for one seat, in those W worlds of a batch that still run."""

    running: Integers  # (W,) their places in the batch
    plans: Integers  # (P, SLOTS, W) indices of candidates
    objective: Floats  # (P, W) the objective each leads to
    worth: Floats  # (P, W) what it was judged by: the objective, and the goals besides
    lean: Floats  # (P, W) days of each plan that go into power-over, less those that go into power-with
    favour: Floats  # (P, W) the benefit of the doubt that the plan of the script to be followed has

    @property
    def best(self) -> Integers:
        """The place of the plan chosen in each world, (W,)."""
        return (self.worth + self.favour).argmax(axis=0)

    @property
    def chosen(self) -> Integers:
        """The plan chosen in each world, (SLOTS, W)."""
        return np.moveaxis(self.plans, 1, 2)[self.best, np.arange(self.plans.shape[2])].T


def weigh(model: Model, world: World, seat: int, name: str) -> Weighed:
    """Return what the planner `name` thinks of its plans for this season.

    Raises KeyError for a name that is no planner's.
    """
    manner = MANNERS[name]
    running = np.flatnonzero(world.outcome == RUNNING)
    ahead = min(HORIZON, model.seasons - world.season)
    if not len(running) or ahead < 1:
        nothing = np.zeros((1, 0))
        return Weighed(running[:0], np.full((1, SLOTS, 0), NOTHING, np.int64), nothing, nothing, nothing, nothing)
    search = _Search(coarse(model), selected(world, running), seat, manner, ahead)
    plans, found = search.run()
    return Weighed(running, plans, found.objective, _worth(found), search.table.lean(plans), search.favour)


def _worth(found: Futures) -> Floats:
    """Return what plans are judged by, (P, W)."""
    scale = np.abs(found.objective).max(axis=0)
    return found.objective + GOAL_WORTH * scale * found.standing


class _Search:
    """One decision of one seat, in W worlds at once; every number of plans below is fixed by the model alone."""

    def __init__(self, model: Model, world: World, seat: int, manner: Manner, ahead: int) -> None:
        self.model, self.seat, self.manner, self.ahead = model, seat, manner, ahead
        self.count = world.count
        self.dreams = dreams_of(model, world, seat, manner.scripts[0], STANDS_FOR, DREAMS)
        # What is possible, and what it seems to promise, is read off a dream too: the true world has secrets.
        self.first = self.dreams.first
        self.table = Table(model, self.first, seat, manner.modes)
        self.after = np.zeros(self.count, np.int64)

    def run(self) -> tuple[Integers, Futures]:
        """Return the plans compared in all dreams (P, SLOTS, W), and what becomes of them."""
        scripts = self._scripts()
        found = self._futures(scripts, self.dreams, np.arange(len(scripts))[:, None])
        self.after = _worth(found).argmax(axis=0)
        marginal, singles = self._marginal_worth()
        best_script = np.moveaxis(scripts, 1, 2)[self.after, np.arange(self.count)].T
        first = self._first_plans(marginal, best_script)
        after_first = self._futures(first, self.dreams)
        # Doing nothing stands first: it wins where nothing is better.
        plans = np.concatenate([first[:1], scripts, first[1:]])
        self.favour = np.zeros((len(plans), self.count))
        self.favour[1 + self.after, np.arange(self.count)] = MARGIN * np.abs(found.objective).max(axis=0)
        found = _cut(after_first, 0, 1).joined(found).joined(_cut(after_first, 1, len(first)))
        left = STEPS - self.ahead * (DREAMS * len(plans) + singles)
        further = left // (self.ahead * DREAMS)
        if False:
            more = self._extensions(plans, found, marginal, further)
            plans, found = np.concatenate([plans, more]), found.joined(self._futures(more, self.dreams))
        return plans, found

    def _futures(self, plans: Integers, dreams: Dreams, after: Integers | None = None) -> Futures:
        follow = np.broadcast_to(self.after if after is None else after, (len(plans), self.count))
        return futures(self.model, dreams, self.seat, plans, follow, self.manner.scripts, self.ahead)

    def _scripts(self) -> Integers:
        plans = np.full((len(self.manner.scripts), SLOTS, self.count), NOTHING, np.int64)
        for script, plan in zip(self.manner.scripts, plans, strict=True):
            SCRIPTED[script](self.model, self.first, self.seat, plan, self.table.shares)
        return plans

    def _marginal_worth(self) -> tuple[Floats, int]:
        """Return what each action alone adds to doing nothing, (actions, W), and how many games that took a world."""
        most = min(MOST_SINGLES, len(self.table.names))
        tried, plans = self.table.singles(most)
        nothing = np.full((1, SLOTS, self.count), NOTHING, np.int64)
        # One dream is enough to compare single actions: all of them meet the same luck.
        worth = _worth(self._futures(np.concatenate([nothing, plans]), Dreams(self.first, self.dreams.line_ups[:1])))
        marginal = np.zeros((len(self.table.names), self.count))
        for place in range(most):
            gain = worth[place + 1] - worth[0]
            for name in range(len(self.table.names)):
                marginal[name] = np.where(tried[place] == name, gain, marginal[name])
        return marginal, most + 1

    def _first_plans(self, marginal: Floats, script: Integers) -> Integers:
        table, nothing = self.table, np.full((SLOTS, self.count), NOTHING, np.int64)
        scores = table.scores(marginal)
        plans = [nothing, table.added(nothing, scores / table.days)]
        modes = [mode for mode in self.manner.modes if mode != "neutral"]
        if len(modes) > 1:
            plans += [table.added(nothing, scores / table.days * table.of_mode(mode)[:, None]) for mode in modes]
        else:
            plans += [table.added(nothing, scores), table.added(nothing, scores, most=2)]
        plans += [table.added(script, scores, most=1), table.added(nothing, scores, most=1)]
        assert len(plans) == FIRST_PLANS
        return np.array([asking_first(self.model, plan) for plan in plans])

    def _extensions(self, plans: Integers, found: Futures, marginal: Floats, count: int) -> Integers:
        """Return the best plan with one more action, by its `count` most promising actions one after the other."""
        parent = np.moveaxis(plans, 1, 2)[_worth(found).argmax(axis=0), np.arange(self.count)].T
        # Actions that did nothing alone may still complete a plan, so they stay in, after all others.
        scores = self.table.scores(marginal - marginal.min(axis=0) + 1e-9)
        children = []
        for _ in range(count):
            child, name = self.table.one_more(parent, scores)
            children.append(asking_first(self.model, child))
            scores = np.where(self.table.name_of_option[:, None] == name, 0.0, scores)
        return np.array(children)


def _cut(found: Futures, start: int, end: int) -> Futures:
    return Futures(found.objective[start:end], found.standing[start:end])


def _policy(name: str) -> Policy:
    def plan(model: Model, world: World, seat: int, chosen: Integers, shares: dict[str, Floats]) -> None:
        weighed = weigh(model, world, seat, name)
        chosen[:, weighed.running] = weighed.chosen

    return plan


PLANNERS: dict[str, Policy] = {name: _policy(name) for name in MANNERS}
