"""What policies look up of a level again and again, written down once: numbers for each of its N candidates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from game.level.vocabulary import FAMILIES
from game.sim.evaluation import Evaluator
from game.sim.model import Model
from game.sim.plans import ActionPlan, Candidate
from game.sim.totals import Floats
from game.sim.world import Integers


@dataclass(frozen=True)
class Book:
    """Of each candidate of a model, in their order."""

    plans: tuple[ActionPlan, ...]
    base: Floats  # (N,) how urgent the path is that its action belongs to
    choice: Integers  # (N,) the same number for all amounts of one choice
    choices: int  # how many there are
    limit: Integers  # (N,) how often it may be planned in a season
    paid: tuple[str, ...]  # the stocks that anything costs some of
    costs: Integers  # (N, K) what it costs some of, by its place in `paid`; -1: nothing more
    wanted: dict[tuple[str, ...], Integers] = field(default_factory=dict)  # the candidates of some modes
    known: dict[object, Any] = field(default_factory=dict)  # what else was found out about candidates, by what it is

    def of_modes(self, modes: tuple[str, ...]) -> Integers:
        """Return the candidates whose actions have one of these modes."""
        if modes not in self.wanted:
            self.wanted[modes] = np.array(
                [index for index, plan in enumerate(self.plans) if plan.spec.mode in modes], np.int64
            )
        return self.wanted[modes]

    def each(self, key: object, model: Model, find: Callable[[ActionPlan, Candidate], Any], kind: Any) -> Any:
        """Return what `find` says of each candidate, (N,); it is asked once for each key."""
        if key not in self.known:
            told = np.empty(len(self.plans), kind)
            for index, (plan, one) in enumerate(zip(self.plans, model.candidates, strict=True)):
                told[index] = find(plan, one)
            self.known[key] = told  # only now: other threads may ask
        return self.known[key]


# It follows from the rules alone; the compiled objective stands for its model, which cannot be hashed.
_BOOKS: WeakKeyDictionary[Evaluator, Book] = WeakKeyDictionary()


def book_of(model: Model) -> Book:
    """Return the book of a model."""
    if model.objective not in _BOOKS:
        _BOOKS[model.objective] = _written(model)
    return _BOOKS[model.objective]


def _written(model: Model) -> Book:
    plans = tuple(model.actions[one.action] for one in model.candidates)
    choices: dict[str, int] = {}
    paid = tuple(dict.fromkeys(stock for plan in plans for stock, _ in plan.costs))
    costs = np.full((len(plans), max([1, *(len(plan.costs) for plan in plans)])), -1, np.int64)
    for row, plan in enumerate(plans):
        for place, (stock, _) in enumerate(plan.costs):
            costs[row, place] = paid.index(stock)
    return Book(
        plans,
        np.array([FAMILIES.get(plan.spec.family, 1.0) for plan in plans]),
        np.array([choices.setdefault(one.choice, len(choices)) for one in model.candidates], np.int64),
        len(choices),
        np.array([plan.spec.limit for plan in plans], np.int64),
        paid,
        costs,
    )
