"""On its way: everything that was sent and has not arrived, what ends of itself, and what people do not know yet.

What is on its way is read off the world as it stands.  Of a material delay
(three stages, Forrester 1961) the stages are emptied tick by tick as the
flows will do it, with nothing new coming in and room where it arrives.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.insight.readings import places_of, smallest
from game.language.nodes import COMMUNITY, Aggregate, Node, StockName
from game.sim.frame import Frame
from game.sim.model import Model
from game.sim.plans import FlowPlan
from game.sim.totals import Floats
from game.sim.world import World

LITTLE = 1e-9  # of a stock: less is not on its way
ALL = 0.99  # what has come when a delay counts as empty
FARTHEST = 400  # seasons after which nobody waits any more
HALF, MOST = 0.5, 0.9
AGREEMENT, EVENT = "agreement", "event"


@dataclass(frozen=True)
class Arrival:
    """Something on its way: certain, whatever happens.

    What trickles through a delay has no `season`; `flow` names what carries
    it, `course` says how much of it comes in each season from the next one
    on, `wait` how many seasons it is still on the way on average, `half` and
    `most` by the end of which season half and nine tenths of it have come.
    """

    stock: str
    community: int | None
    amount: float
    season: int | None  # None where it trickles in
    plain: str
    flow: str = ""
    course: tuple[float, ...] = ()
    wait: float = 0.0
    half: int = 0
    most: int = 0


@dataclass(frozen=True)
class Ending:
    """Something that runs and ends of itself: the last season in which it holds, and who is part of it."""

    name: str
    kind: str  # AGREEMENT or EVENT
    season: int
    members: tuple[int, ...] = ()


@dataclass(frozen=True)
class Belief:
    """What rules still go by, of a reading that comes late: `believed` instead of `true`, both in the stock's unit.

    `community` is whose stock it is, None for the land and the whole world;
    `seasons` is how long word takes.
    """

    stock: str
    community: int | None
    believed: float
    true: float
    seasons: float


@dataclass(frozen=True)
class Pipeline:
    """All that is under way: `arrivals` soonest first, `endings` and `beliefs`."""

    arrivals: tuple[Arrival, ...]
    endings: tuple[Ending, ...]
    beliefs: tuple[Belief, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing at all is under way."""
        return not (self.arrivals or self.endings or self.beliefs)


def pipeline(model: Model, world: World, at: int = 0) -> Pipeline:
    """Return all that is under way in world `at` of a batch."""
    return Pipeline(
        tuple(on_its_way(model, world, at)), tuple(ending(model, world, at)), tuple(believed(model, world, at))
    )


def on_its_way(model: Model, world: World, at: int = 0) -> list[Arrival]:
    """Return what was sent and has not arrived: soonest first, then what trickles through delays."""
    found = []
    for plan in model.actions.values():
        for item, spec in zip(plan.later, plan.spec.later, strict=True):
            queue = world.later[item.key][..., at]
            if item.on_tiles:  # told as a mean over all its tiles, as the stock is
                queue = queue.sum(axis=(1, 2))[:, None] / places_of(model, item.stock)
            for wait, community in np.argwhere(np.abs(queue) > 1e-12):
                amount, season = float(queue[wait, community]), world.season + 1 + int(wait)
                who = None if item.on_tiles else int(community)
                found.append(Arrival(item.stock, who, amount, season, spec.plain))
    found.sort(key=lambda arrival: (arrival.season or 0, arrival.stock, arrival.community or 0))
    for flow in model.flows:
        # What is on its way out of the world arrives nowhere that anybody sees.
        if flow.stage_seasons and flow.target:
            found += _trickling(model, world, flow, at)
    return found


def _trickling(model: Model, world: World, flow: FlowPlan, at: int) -> list[Arrival]:
    """Return what lies in the stages of a delayed flow, for each community where it comes to one."""
    stages = world.memory[flow.name][..., at].sum(axis=(2, 3, 4))  # (3, C|1)
    each = model.stocks[flow.target].axes & COMMUNITY
    shares = [(one, stages[:, one]) for one in range(stages.shape[1])] if each else [(None, stages.sum(axis=1))]
    return [
        _trickle(model, world, flow, who, held)
        for who, held in shares
        if float(held.sum()) > LITTLE
    ]  # fmt: skip


def _trickle(model: Model, world: World, flow: FlowPlan, who: int | None, held: Floats) -> Arrival:
    amount = float(held.sum())
    course = emptied(held, min(model.tick / flow.stage_seasons, 1.0), model.level.seasons.ticks)
    come = np.cumsum(course) / amount
    half, most = (world.season + 1 + int(np.argmax(come >= share)) for share in (HALF, MOST))
    # What lies in the first stage passes three of them, each as long as the next on average.
    wait = flow.stage_seasons * float((held * np.array([3.0, 2.0, 1.0])).sum()) / amount
    plain = model.level.flows[flow.name].plain
    return Arrival(flow.target, who, amount, None, plain, flow.name, tuple(course), wait, half, most)


def emptied(stages: Floats, share: float, ticks: int) -> list[float]:
    """Return how much leaves three stages in each season until next to nothing is left; `share` leaves one a tick."""
    held, total, come = stages.copy(), float(stages.sum()), 0.0
    course: list[float] = []
    while come < ALL * total and len(course) < FARTHEST:
        arrived = 0.0
        for _ in range(ticks):
            leaving = held * share
            held = held - leaving
            held[1:] += leaving[:-1]
            arrived += float(leaving[2])
        course.append(arrived)
        come += arrived
    return course


def ending(model: Model, world: World, at: int = 0) -> list[Ending]:
    """Return what runs now and ends of itself in a season that is known, soonest first."""
    found = []
    for name, left in world.left.items():
        members = tuple(int(one) for one in np.flatnonzero(world.member[name][:, 0, 0, 0, at] > 0.0))
        if members and left[at] > 0:
            found.append(Ending(name, AGREEMENT, world.season + int(left[at]), members))
    for name, left in world.event_left.items():
        # The season that is over was one of them.
        if left[at] > 1:
            found.append(Ending(name, EVENT, world.season + int(left[at]) - 1))
    return sorted(found, key=lambda one: (one.season, one.name))


def believed(model: Model, world: World, at: int = 0) -> list[Belief]:
    """Return where rules that hear of a stock late still go by something else than what is."""
    frame, found = Frame(model.layout, world), []
    for key, plan in model.delays.items():
        stock = _read_plainly(plan.node.argument)
        if stock is None or stock not in model.stocks or not plan.node.seasons:
            continue
        old = world.memory[key][-1][..., at : at + 1]
        true = np.broadcast_to(np.asarray(plan.argument(frame), dtype=np.float64), world.memory[key][-1].shape)
        for who, was, now in _places(model, stock, old, true[..., at : at + 1]):
            if abs(was - now) > smallest(model, stock):
                found.append(Belief(stock, who, was, now, plan.node.seasons))
    return list(dict.fromkeys(found))


def _read_plainly(node: Node) -> str | None:
    """Return the stock that a reading is, alone or as a mean or an extreme; None where it is more than that."""
    while isinstance(node, Aggregate) and node.kind in ("mean", "min", "max"):
        node = node.argument
    return node.name if isinstance(node, StockName) else None


def _places(model: Model, stock: str, old: Floats, true: Floats) -> list[tuple[int | None, float, float]]:
    """Return (community or None, what is believed, what is), each as a mean over where the stock lives."""
    live = np.broadcast_to(model.stocks[stock].live, old.shape) if old.size > 1 else np.ones(old.shape)
    communities = range(old.shape[0]) if old.shape[0] > 1 else [None]
    found = []
    for one in communities:
        part = slice(None) if one is None else slice(one, one + 1)
        weight = max(float(live[part].sum()), 1e-12)
        was, now = (float((values[part] * live[part]).sum()) / weight for values in (old, true))
        found.append((one, was, now))
    return found
