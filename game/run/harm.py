"""What a deed does to others, measured: the judge of the meter of vigilance.

Every game is lived through twice with the same luck, with one deed of one
player and without it; nobody does anything afterwards.  Harm is what others
and the land lose by it: how other people fare, what they hold against each
other, what lives and what poisons, each in shares of its full measure.  What
one gains pays for no loss of another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from game.insight.readings import Key, felt, readings
from game.insight.vigilance import vigilance
from game.insight.who_pays import worth
from game.players.policies import plan_season
from game.run.statistics import ranks
from game.sim.actions import DONE, Actions, Mask
from game.sim.batches import block_size, selected
from game.sim.beginning import new_worlds
from game.sim.model import Model
from game.sim.possible import action_frame, affordable, cost_of, days_of, possible
from game.sim.step import step
from game.sim.totals import Floats
from game.sim.world import Integers, World

SEASONS = 12  # how long the twins are lived through
PRELUDES = ("idle", "with", "over")  # what everybody does before the deed, until somewhere it is possible
EARLIEST, LATEST = 1, 3  # seasons that have passed before the deed
PLACES = 4  # places of an action that are tried, spread evenly over all there are


@dataclass(frozen=True)
class Harm:
    """One action of a level: what the meter says of it, and what it did.

    `harm` is the loss of others a day of effort, a mean over the seasons after
    the deed in full measures, `care` the meter's reading; both are medians over
    the places where the deed was done, `harm` over seeds as well.
    """

    level: str
    action: str
    mode: str
    care: float
    harm: float
    done: int  # in how many games it was done


def measure(model: Model, seeds: Sequence[int], modes: Iterable[str] = ("over",)) -> list[Harm]:
    """Return for every action of the `modes` what one deed does to others; what could nowhere be done is left out."""
    wanted = [name for name, plan in model.actions.items() if plan.spec.mode in modes]
    places = {name: _places(model, name) for name in wanted}
    found: list[Harm] = []
    for world in _beginnings(model, seeds):
        missing = [name for name in wanted if name not in {one.action for one in found}]
        for seat in range(len(model.layout.seats)):
            able = {name: _able(model, world, seat, places[name]) for name in missing}
            able = {name: pairs for name, pairs in able.items() if len(pairs) * 4 >= len(seeds)}
            found += _measured(model, world, seat, able)
            missing = [name for name in missing if name not in {one.action for one in found}]
    return sorted(found, key=lambda one: wanted.index(one.action))


def agreement(found: Sequence[Harm]) -> float:
    """Return how far the meter ranks deeds as their harm does, from -1 to 1.

    Ranks are taken within each level, as shares of how many there are, and
    pooled; what is returned is their correlation (Spearman 1904).
    """
    pairs: list[tuple[float, float]] = []
    for level in dict.fromkeys(one.level for one in found):
        here = [one for one in found if one.level == level]
        care, harm = (ranks([getattr(one, name) for one in here]) for name in ("care", "harm"))
        middle, count = (len(here) + 1) / 2, len(here)
        pairs += [((a - middle) / count, (b - middle) / count) for a, b in zip(care, harm, strict=True)]
    one, two = np.array(pairs).T
    return float((one * two).sum() / np.sqrt((one**2).sum() * (two**2).sum()))


def _places(model: Model, action: str) -> list[int]:
    """Return some candidates of an action, spread evenly over all of them."""
    every = [index for index, one in enumerate(model.candidates) if one.action == action]
    return every if len(every) <= PLACES else [every[number * len(every) // PLACES] for number in range(PLACES)]


def _beginnings(model: Model, seeds: Sequence[int]) -> Iterator[World]:
    """Yield the worlds in which a deed may be done."""
    for prelude in PRELUDES:
        world = new_worlds(model, list(seeds))
        policies = (prelude,) * len(model.layout.seats)
        for season in range(1, min(LATEST, model.seasons - 1) + 1):
            world = step(model, world, plan_season(model, world, policies))
            if season >= EARLIEST:
                yield world


def _able(model: Model, world: World, seat: int, places: Sequence[int]) -> list[tuple[int, int]]:
    """Return in which worlds which candidates can be done: (world, candidate) pairs."""
    found = []
    for index in places:
        candidate = model.candidates[index]
        plan, frame = model.actions[candidate.action], action_frame(model, world, seat, index)
        fine = possible(model, frame, plan, candidate)
        fine = fine & affordable(model, world, frame.me, cost_of(model, frame, plan))
        found += [(int(at), index) for at in fine.nonzero()[0]]
    return found


def _measured(model: Model, world: World, seat: int, able: Mapping[str, list[tuple[int, int]]]) -> list[Harm]:
    pairs = [pair for each in able.values() for pair in each]
    if not pairs:
        return []
    harms, done = _harms(model, world, seat, pairs)
    found, first = [], 0
    for name, own in able.items():
        here = slice(first, first + len(own))
        first += len(own)
        if done[here].any():
            places = sorted({index for (_, index), fine in zip(own, done[here], strict=True) if fine})
            care = float(np.median([vigilance(model, model.candidates[index], seat) for index in places]))
            harm, mode = float(np.median(harms[here][done[here]])), model.actions[name].spec.mode
            found.append(Harm(model.level.id, name, mode, care, harm, int(done[here].sum())))
    return found


def _harms(model: Model, world: World, seat: int, pairs: Sequence[tuple[int, int]]) -> tuple[Floats, Mask]:
    """Return what each deed did to others a day, and whether it was done at all, (pairs,) each."""
    seasons = min(SEASONS, model.seasons - world.season)
    without = [world]
    for _ in range(seasons):
        without.append(step(model, without[-1]))
    before = [readings(model, one) for one in without[1:]]
    harms, done = np.zeros(len(pairs)), np.zeros(len(pairs), np.bool_)
    size = block_size(model)
    for start in range(0, len(pairs), size):
        block = pairs[start : start + size]
        at = np.array([pair[0] for pair in block], np.int64)
        twin = selected(world, at)
        plans = Actions.none(model, len(block))
        plans.chosen[0, seat] = [pair[1] for pair in block]
        days = _days(model, twin, seat, plans.chosen[0, seat])
        total = np.zeros(len(block))
        for season in range(seasons):
            twin = step(model, twin, plans if season == 0 else None)
            if season == 0:
                done[start : start + len(block)] = twin.result[0, seat] == DONE
            total += _loss(model, seat, readings(model, twin), before[season], at)
        harms[start : start + len(block)] = total / seasons / days
    return harms, done


def _days(model: Model, world: World, seat: int, chosen: Integers) -> Floats:
    """Return what each deed costs its doer of what a player has to spend on deeds, (W,); 1 where it costs none."""
    days = np.ones(world.count)
    for index in np.unique(chosen):
        plan = model.actions[model.candidates[index].action]
        costs = cost_of(model, action_frame(model, world, seat, int(index)), plan)
        days = np.where(chosen == index, days_of(model, costs), days)
    return days


def _loss(model: Model, seat: int, after: Mapping[Key, Floats], before: Mapping[Key, Floats], at: Integers) -> Floats:
    """Return what others than the doer have less of what they feel than without the deed, (W,)."""
    me, lost = model.layout.seats[seat], np.zeros(len(at))
    for name, plan in model.stocks.items():
        if not felt(model, name):
            continue
        less = -worth(model, name) * (after["stock", name] - before["stock", name][..., at])
        if plan.place not in ("tile", "world"):
            less[me] = 0.0
        lost += np.maximum(less, 0.0).sum(axis=(0, 1))
    return lost
