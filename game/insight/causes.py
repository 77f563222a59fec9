"""The blame view: what pushed a stock directly in one season, taken apart so that the parts add up to the change.

The season is lived through once more, stage by stage: what arrives, what each
deed does at once in its turn, what each flow and each influence moves, what
agreements do.  What is left was clipped at a bound, or set by an agreement.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.insight.readings import places_of
from game.sim.actions import NOTHING, Actions
from game.sim.batches import selected
from game.sim.flows import run_tick
from game.sim.frame import Frame
from game.sim.model import Model
from game.sim.plans import InfluencePlan
from game.sim.spread import spread
from game.sim.step import STAGES
from game.sim.totals import Floats
from game.sim.world import World

OPEN, APPLY, _, SETTLE, CLOSE, _ = STAGES
DEED, FLOW, INFLUENCE, ARRIVAL, AGREEMENT = "deed", "flow", "influence", "arrival", "agreement"
NONE = 1e-12  # a part below it is rounding


@dataclass(frozen=True)
class Where:
    """A stock and whose: of one community, between two, or of all (on tiles the whole land).

    With a `partner` and no `community` it is the mean over all others: how far one is trusted.
    """

    stock: str
    community: int | None = None
    partner: int | None = None


@dataclass(frozen=True)
class Part:
    """One direct push in a season: what carried it, and by how much it changed the reading.

    `name` is a flow, an influence or an action; a deed has its `seat` and
    `candidate`; `by` says which communities carried a flow, most first.
    """

    kind: str
    name: str
    amount: float
    seat: int | None = None
    candidate: int | None = None
    by: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True)
class Blame:
    """A season of a stock: from `before` to `after`, the parts largest first, and what no part explains."""

    where: Where
    season: int  # from 0
    before: float
    after: float
    parts: tuple[Part, ...]
    rest: float

    def last_cause(self, worse: float) -> Part | None:
        """Return the part that pushed most in the direction `worse` (-1 down, +1 up); None where nothing did."""
        pushing = [part for part in self.parts if part.amount * worse > 0.0]
        return max(pushing, key=lambda part: abs(part.amount), default=None)


def worse_way(model: Model, stock: str) -> float:
    """Return the direction in which a stock gets worse: +1 for what harms and for conflict, else -1."""
    spec = model.level.stocks[stock]
    return 1.0 if spec.harmful or spec.conflict else -1.0


def pair_weights(model: Model, where: Where) -> Floats:
    """Return by what readings (C|1, P|1) of a stock are multiplied and added up to one number."""
    plan = model.stocks[where.stock]
    shape = plan.start.shape[:2]
    if plan.place in ("tile", "world"):
        return np.ones(shape)
    weights = np.zeros(shape)
    one = slice(None) if where.community is None else where.community
    if plan.place != "relation":
        weights[one] = 1.0
        return weights
    live = np.broadcast_to(plan.live[:, :, 0, 0, 0], shape)
    two = slice(None) if where.partner is None else where.partner
    weights[one, two] = live[one, two]
    return weights / max(float(weights.sum()), 1.0)


def weights_of(model: Model, where: Where) -> Floats:
    """Return the same for the values of a stock themselves, (C|1, P|1, rows|1, columns|1, 1)."""
    plan = model.stocks[where.stock]
    weights = pair_weights(model, where)[:, :, None, None, None] * plan.live
    return weights / places_of(model, where.stock) if plan.place == "tile" and not plan.matter else weights


def value(model: Model, world: World, where: Where) -> Floats:
    """Return the reading in each world, (W,)."""
    weights = weights_of(model, where)
    found: Floats = (world.stock[where.stock] * weights).sum(axis=(0, 1, 2, 3))
    return found


def blame(model: Model, before: World, actions: Actions, where: Where) -> Blame:
    """Return what pushed a stock in the season that follows `before` (one world), with the plans of all."""
    world = selected(before, np.zeros(1, np.int64))
    world.detail = None
    start = _read(model, world, where)
    parts = _arrivals(model, world, where)
    OPEN(model, world, actions)
    world, deeds = _deeds(model, world, actions, where)
    parts += deeds
    parts += _ticks(model, world, where)
    was = _read(model, world, where)
    SETTLE(model, world, actions)
    parts += _agreements(model, world, where, _read(model, world, where) - was)
    parts += [
        Part(INFLUENCE, item.name, _change(model, Frame(model.layout, world), item, where))
        for item in model.influences
        if item.of == where.stock and item.once
    ]
    CLOSE(model, world, actions)
    end = _read(model, world, where)
    told = sorted((part for part in parts if abs(part.amount) > NONE), key=lambda part: (-abs(part.amount), part.name))
    rest = end - start - sum(part.amount for part in told)
    return Blame(where, before.season, start, end, tuple(told), rest)


def _read(model: Model, world: World, where: Where) -> float:
    return float(value(model, world, where)[0])


def _arrivals(model: Model, world: World, where: Where) -> list[Part]:
    """Return what was sent seasons ago and comes now."""
    if model.stocks[where.stock].place not in ("community", "player"):
        return []
    weights = pair_weights(model, where)[:, 0]
    return [
        Part(ARRIVAL, plan.name, float((world.later[item.key][0, :, 0] * weights).sum()))
        for plan in model.actions.values()
        for item in plan.later
        if item.stock == where.stock
    ]


def _deeds(model: Model, world: World, actions: Actions, where: Where) -> tuple[World, list[Part]]:
    """Let all act, and return what each deed does at once: the world with all deeds up to it, less that before it."""
    slots, seats, _ = actions.chosen.shape
    turns = [(slot, (turn + world.season) % seats) for slot in range(slots) for turn in range(seats)]
    planned = [place for place in turns if actions.chosen[place[0], place[1], 0] >= 0]
    count = len(planned) + 1
    chosen = np.repeat(actions.chosen[..., :1], count, axis=2)
    for number, (slot, seat) in enumerate(planned):
        chosen[slot, seat, : number + 1] = NOTHING  # world n holds the first n deeds
    batch = selected(world, np.zeros(count, np.int64))
    APPLY(model, batch, Actions(chosen, np.repeat(actions.refuses[:, :1], count, axis=1)))
    steps = np.diff(value(model, batch, where))
    parts = []
    for (slot, seat), amount in zip(planned, steps, strict=True):
        candidate = int(actions.chosen[slot, seat, 0])
        parts.append(Part(DEED, model.candidates[candidate].action, float(amount), seat, candidate))
    return selected(batch, np.array([count - 1])), parts


def _ticks(model: Model, world: World, where: Where) -> list[Part]:
    """Let all ticks pass in place, and return what each influence and each flow moved."""
    influences = [item for item in model.influences if item.of == where.stock and not item.once]
    pulls = {item.name: 0.0 for item in influences}
    slow = [flow for flow in model.flows if flow.stage_seasons and flow.target == where.stock]
    waiting = {flow.name: _in_stages(model, world, flow.name, where) for flow in slow}
    this_season: dict[object, Floats] = {}
    for tick in range(model.level.seasons.ticks):
        frame = Frame(model.layout, world, this_season=this_season)
        for item in influences:
            pulls[item.name] += _change(model, frame, item, where) * model.tick
        run_tick(model, world, this_season, first=tick == 0)
        spread(model, world)
    parts = [Part(INFLUENCE, name, amount) for name, amount in pulls.items()]
    for flow in model.flows:
        if where.stock in (flow.source, flow.target) and flow.source != flow.target:
            amount, by = _moved(model, world.moved[flow.name][:, 0, 0, 0, 0], where)
            if flow.source == where.stock:
                amount = -amount
            elif flow.name in waiting:
                amount -= _in_stages(model, world, flow.name, where) - waiting[flow.name]
            parts.append(Part(FLOW, flow.name, amount, by=by))
    return parts


def _moved(model: Model, each: Floats, where: Where) -> tuple[float, tuple[tuple[int, float], ...]]:
    """Return how much of what a flow moved, (C|1,), counts, and by whom where communities carry it."""
    if model.stocks[where.stock].place in ("community", "player"):
        return float((each * pair_weights(model, where)[:, 0]).sum()), ()
    scale = places_of(model, where.stock) if not model.stocks[where.stock].matter else 1.0
    shares = [(one, float(amount) / scale) for one, amount in enumerate(each) if amount > 0.0]
    by = tuple(sorted(shares, key=lambda pair: (-pair[1], pair[0]))) if len(each) > 1 else ()
    return float(each.sum()) / scale, by


def _in_stages(model: Model, world: World, flow: str, where: Where) -> float:
    return float((world.memory[flow].sum(axis=0) * weights_of(model, where)).sum())


def _change(model: Model, frame: Frame, item: InfluencePlan, where: Where) -> float:
    shape = frame.world.stock[where.stock].shape
    return float((np.broadcast_to(item.change(frame), shape) * weights_of(model, where)).sum())


def _agreements(model: Model, world: World, where: Where, amount: float) -> list[Part]:
    """Return what agreements did at the end of the season, under the name of the first that touches the stock."""
    for plan in model.actions.values():
        touched = [effect.stock or effect.source[0] or effect.target[0] for effect in plan.each_season]
        touched += [stock for stock, _ in plan.sets] + ([where.stock] if plan.fines else [])
        if where.stock in touched and plan.spec.lasts:
            return [Part(AGREEMENT, plan.name, amount)]
    return []
