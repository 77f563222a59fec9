"""The blame view: what pushed a stock directly in one season, taken apart so that the parts add up to the change.

The season is lived through once more, stage by stage: what arrives, what each
deed does at once in its turn, what each flow and each influence moves, what
agreements do.  What is left was clipped at a bound, or set by an agreement.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from game.insight.readings import places_of
from game.language.unknown import UnknownKind, look_up
from game.sim.actions import NOTHING, Actions
from game.sim.batches import selected
from game.sim.flows import run_tick
from game.sim.frame import Frame
from game.sim.model import Model
from game.sim.plans import InfluencePlan
from game.sim.spread import spread
from game.sim.step import ACT, CLOSE, JUDGE, OPEN, SETTLE, STAGES, TICKS, Stage
from game.sim.totals import Floats
from game.sim.world import World

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
    if plan.place in ("community", "player"):
        weights[one] = 1.0
        return weights
    if plan.place != "relation":
        raise UnknownKind("place of a stock", plan.place, "pair_weights in game/insight/causes.py")
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
    """Return what pushed a stock in the season that follows `before` (one world), with the plans of all.

    Raises UnknownKind for a stage of the season that nobody here watches.
    """
    world = selected(before, np.zeros(1, np.int64))
    world.detail = None
    start = _read(model, world, where)
    parts: list[Part] = []
    for stage in STAGES:
        watch = look_up(WATCHED, stage.name, "stage", "WATCHED in game/insight/causes.py")
        world, pushes = watch(stage, _Moment(model, world, actions, where))
        parts += pushes
    end = _read(model, world, where)
    told = sorted((part for part in parts if abs(part.amount) > NONE), key=lambda part: (-abs(part.amount), part.name))
    rest = end - start - sum(part.amount for part in told)
    return Blame(where, before.season, start, end, tuple(told), rest)


def _read(model: Model, world: World, where: Where) -> float:
    return float(value(model, world, where)[0])


@dataclass(frozen=True)
class _Moment:
    """The world before a stage of the season, with the plans of all and the stock that is watched."""

    model: Model
    world: World
    actions: Actions
    where: Where

    def pass_by(self, stage: Stage) -> None:
        """Run the stage as it is, in place."""
        stage.run(self.model, self.world, self.actions)


Pushes = tuple[World, list[Part]]  # the world after a stage, and what pushed the stock in it


def _arrivals(stage: Stage, now: _Moment) -> Pushes:
    """Watch what was sent seasons ago and comes now."""
    parts = _arriving(now.model, now.world, now.where)
    now.pass_by(stage)
    return now.world, parts


def _arriving(model: Model, world: World, where: Where) -> list[Part]:
    place = model.stocks[where.stock].place
    if place not in ("tile", "community", "player"):
        return []
    weights = weights_of(model, where)[0, 0, :, :, 0] if place == "tile" else pair_weights(model, where)[:, 0]
    return [
        Part(ARRIVAL, plan.name, float((world.later[item.key][0, ..., 0] * weights).sum()))
        for plan in model.actions.values()
        for item in plan.later
        if item.stock == where.stock
    ]


def _deeds(stage: Stage, now: _Moment) -> Pushes:
    """Let all act, and watch what each deed does at once: the world with all deeds up to it, less that before it."""
    model, world, actions = now.model, now.world, now.actions
    slots, seats, _ = actions.chosen.shape
    turns = [(slot, (turn + world.season) % seats) for slot in range(slots) for turn in range(seats)]
    planned = [place for place in turns if actions.chosen[place[0], place[1], 0] >= 0]
    count = len(planned) + 1
    chosen = np.repeat(actions.chosen[..., :1], count, axis=2)
    for number, (slot, seat) in enumerate(planned):
        chosen[slot, seat, : number + 1] = NOTHING  # world n holds the first n deeds
    batch = selected(world, np.zeros(count, np.int64))
    answers = actions.of_worlds(np.zeros(count, np.int64)).answers
    stage.run(model, batch, Actions(chosen, answers))
    steps = np.diff(value(model, batch, now.where))
    parts = []
    for (slot, seat), amount in zip(planned, steps, strict=True):
        candidate = int(actions.chosen[slot, seat, 0])
        parts.append(Part(DEED, model.candidates[candidate].action, float(amount), seat, candidate))
    after = selected(batch, np.array([count - 1]))
    after.result, after.answer = batch.result[..., -1:], batch.answer[..., -1:]  # who did what is remembered of people
    return after, parts


def _ticks(stage: Stage, now: _Moment) -> Pushes:
    """Let all ticks pass one by one, and watch what each influence and each flow moves."""
    model, world, where = now.model, now.world, now.where
    influences = [item for item in model.influences if item.of == where.stock and not item.once]
    pulls = {item.name: 0.0 for item in influences}
    slow = [flow for flow in model.flows if flow.stage_seasons and flow.target == where.stock]
    waiting = {flow.name: _in_stages(model, world, flow.name, where) for flow in slow}
    this_season: dict[object, Floats] = {}
    for tick in range(model.level.seasons.ticks):
        frame = Frame(model.layout, world, this_season=this_season, tick=tick)
        for item in influences:
            pulls[item.name] += _change(model, frame, item, where) * model.tick
        run_tick(model, world, this_season, tick)
        spread(model, world, tick)
    parts = [Part(INFLUENCE, name, amount) for name, amount in pulls.items()]
    for flow in model.flows:
        if where.stock in (flow.source, flow.target) and flow.source != flow.target:
            amount, by = _moved(model, world.moved[flow.name][:, 0, 0, 0, 0], where)
            if flow.source == where.stock:
                amount = -amount
            elif flow.name in waiting:
                amount -= _in_stages(model, world, flow.name, where) - waiting[flow.name]
            parts.append(Part(FLOW, flow.name, amount, by=by))
    return world, parts


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


def _agreements(stage: Stage, now: _Moment) -> Pushes:
    """Watch what agreements do at the end of the season, under the name of the first that touches the stock."""
    was = _read(now.model, now.world, now.where)
    now.pass_by(stage)
    return now.world, _agreed(now.model, now.where, _read(now.model, now.world, now.where) - was)


def _once_a_season(stage: Stage, now: _Moment) -> Pushes:
    """Watch the influences that pull once a season."""
    model, frame = now.model, Frame(now.model.layout, now.world)
    parts = [
        Part(INFLUENCE, item.name, _change(model, frame, item, now.where))
        for item in model.influences
        if item.of == now.where.stock and item.once
    ]
    now.pass_by(stage)
    return now.world, parts


def _nothing_moves(stage: Stage, now: _Moment) -> Pushes:
    now.pass_by(stage)
    return now.world, []


def _agreed(model: Model, where: Where, amount: float) -> list[Part]:
    for plan in model.actions.values():
        touched = [stock for effect in plan.each_season for stock in effect.stocks[:1]]
        touched += [stock for stock, _ in plan.sets] + ([where.stock] if plan.fines else [])
        if where.stock in touched and plan.spec.lasts:
            return [Part(AGREEMENT, plan.name, amount)]
    return []


# How each stage of a season is watched, by its name.
WATCHED: dict[str, Callable[[Stage, _Moment], Pushes]] = {
    OPEN: _arrivals,
    ACT: _deeds,
    TICKS: _ticks,
    SETTLE: _agreements,
    CLOSE: _once_a_season,
    JUDGE: _nothing_moves,
}
