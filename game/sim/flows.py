"""One tick of matter and states: what flows ask for, what they get, how states drift.

All rates are read off the state at the start of the tick (explicit Euler).
If a stock is asked for more than it holds, every flow out of it is cut by the
same share; what flows into a full stock is cut likewise and stays where it
was.  So nothing is made or lost, no stock leaves its range, and the order of
flows in a file gives none of them an advantage.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from game.language.nodes import COMMUNITY, TILE
from game.sim.frame import Frame
from game.sim.memory import remember
from game.sim.model import Model
from game.sim.plans import FlowPlan
from game.sim.totals import COLUMN_AXIS, COMMUNITY_AXIS, ROW_AXIS, Floats, total_over
from game.sim.world import World

# The axes that a flow is added up over: those it has and what asks for it has not.
OVER = {
    0: (),
    COMMUNITY: (COMMUNITY_AXIS,),
    TILE: (ROW_AXIS, COLUMN_AXIS),
    COMMUNITY | TILE: (COMMUNITY_AXIS, ROW_AXIS, COLUMN_AXIS),
}


class Amounts:
    """What each flow moves in a tick; totals of it are added up once, however many ends ask for them."""

    def __init__(self, of: dict[str, Floats], totals: dict[tuple[str, int], Floats] | None = None) -> None:
        self.of = of
        self._totals = {} if totals is None else totals

    def total(self, flow: FlowPlan, kept: int) -> Floats:
        """Return what a flow moves, added up over those of its axes that are not in `kept`."""
        key = (flow.name, flow.axes & kept)
        found = self._totals.get(key)
        if found is None:
            over, values = OVER[flow.axes & ~kept], self.of[flow.name]
            found = self._totals[key] = total_over(values, over) if over else values
        return found

    def cut(self, flow: FlowPlan, share: Floats) -> None:
        """Let a flow move only a share of what it would."""
        self.of[flow.name] = self.of[flow.name] * share
        self._totals = {key: total for key, total in self._totals.items() if key[0] != flow.name}

    def copy(self) -> Amounts:
        """Return the same amounts, to be cut otherwise."""
        return Amounts(dict(self.of), dict(self._totals))


def start_counting(world: World) -> None:
    """Forget what flows moved last season; whoever holds the arrays may keep them."""
    for counted in (world.moved, world.asked):
        for name, values in counted.items():
            counted[name] = np.zeros_like(values)


def run_tick(model: Model, world: World, this_season: dict[object, Floats], tick: int = 0) -> None:
    """Let one tick of a season pass: flows, then influences on states, both read off the state before.

    What flows moved is counted anew once the first tick of a season has read
    it: a season in which nothing has moved yet says nothing, and taking every
    need for met in its first tick made hunger depend on the length of a tick.
    """
    frame = Frame(model.layout, world, this_season=this_season, tick=tick)
    asked = Amounts({flow.name: _asked(flow, frame) for flow in model.flows})
    changes = changes_of(model, frame, once=False)
    inputs = {key: (np.array(plan.argument(frame)), plan.share(frame)) for key, plan in model.delays.items()}
    if tick == 0:
        start_counting(world)
    leaving = _leaving_delays(model, world)
    moved = _share_out(model, world, asked, leaving)
    _move(model, world, moved, leaving)
    for name, change in changes.items():
        add_to_state(model, world, name, change * model.tick)
    for key, plan in model.delays.items():
        remember(world.memory[key], plan.node.kind, *inputs[key], model.tick)


def _asked(flow: FlowPlan, frame: Frame) -> Floats:
    rate = flow.rate(frame)
    if not flow.never_negative:
        rate = np.maximum(rate, 0.0) + 0.0
    return rate * _gate(flow, frame)


def _gate(flow: FlowPlan, frame: Frame) -> Floats:
    """Return the length of a tick where the flow can run, 0 elsewhere."""
    if flow.where is None:
        return flow.live_tick
    key = ("gate", flow.name)
    if not flow.where_is_fixed or key not in frame.this_season:
        frame.this_season[key] = np.where(np.greater(flow.where(frame), 0.0), flow.live_tick, 0.0)
    return frame.this_season[key]


def changes_of(model: Model, frame: Frame, once: bool) -> dict[str, Floats]:
    """Return the sum of the influences on each state: per season, or of those that work once a season."""
    changes: dict[str, Floats] = {}
    for influence in model.influences:
        if influence.once == once:
            change = np.asarray(influence.change(frame))
            before = changes.get(influence.of)
            changes[influence.of] = change if before is None else before + change
    return changes


def add_to_state(model: Model, world: World, name: str, change: Floats) -> None:
    """Add to a state where it lives, and keep it within its range."""
    plan = model.stocks[name]
    changed = np.minimum(np.maximum(world.stock[name] + change * plan.live, plan.low), plan.high) + 0.0
    world.stock[name] = changed


def _cut(moved: Amounts, flows: Sequence[FlowPlan], axes: int, bound: Floats) -> bool:
    """Cut the flows that share one end to what fits, all by the same share; return whether any was cut."""
    total: Floats | None = None
    for flow in flows:
        part = moved.total(flow, axes)
        total = part if total is None else total + part
    if total is None:
        return False
    too_much = total > bound
    if not too_much.any():
        return False
    share = np.where(too_much, bound / np.where(too_much, total, 1.0), 1.0)
    for flow in flows:
        moved.cut(flow, share)
    return True


def _leaving_delays(model: Model, world: World) -> dict[str, Floats]:
    """Return for each delayed flow what leaves its three stages this tick; a full target holds back the last."""
    leaving: dict[str, Floats] = {}
    for flow in model.flows:
        if flow.stage_seasons:
            leaving[flow.name] = world.memory[flow.name] * min(model.tick / flow.stage_seasons, 1.0)
    for name in model.stocks:
        arriving = [flow.name for flow in model.inflows[name] if flow.name in leaving]
        if not arriving:
            continue
        total = leaving[arriving[0]][2]
        for other in arriving[1:]:
            total = total + leaving[other][2]
        room = _room(model, world, name)
        share = np.where(total > room, room / np.where(total > room, total, 1.0), 1.0)
        for one in arriving:
            leaving[one][2] = leaving[one][2] * share
    return leaving


def _room(model: Model, world: World, name: str) -> Floats:
    return np.maximum(model.stocks[name].high - world.stock[name], 0.0) + 0.0


def _share_out(model: Model, world: World, asked: Amounts, leaving: dict[str, Floats]) -> Amounts:
    """Return what each flow moves this tick.

    A stock that runs short may also hand on what reaches it in this very
    tick: otherwise an empty barn would hold back a tick's harvest, and how
    much that is would depend on the length of a tick.
    """
    moved = asked.copy()
    there = {name: _above(model, name, held) for name, held in world.stock.items()}
    scarce = _cut_sources(model, moved, there, list(model.stocks))
    full = _cut_targets(model, world, moved, leaving, list(model.stocks))
    if scarce:
        arriving = _arriving(model, moved, leaving, scarce)
        held = {name: world.stock[name] + arriving[name] if name in arriving else world.stock[name] for name in scarce}
        held = {name: _above(model, name, one) for name, one in held.items()}
        # What was not short before is not short now, so only the rest is worked out anew.
        touched = {flow.target for flow in model.flows if flow.source in scarce}
        again = [name for name in model.stocks if name in touched or name in full]
        moved = asked.copy()
        _cut_sources(model, moved, held, scarce)
        _cut_targets(model, world, moved, leaving, again)
    for flow in model.flows:
        if flow.name in world.asked:
            world.asked[flow.name] = world.asked[flow.name] + asked.total(flow, COMMUNITY)
    return moved


def _above(model: Model, name: str, held: Floats) -> Floats:
    """Return how much of what is held can leave: what lies above the lower bound."""
    low = model.stocks[name].low
    return held - low if model.stocks[name].matter and low else held


def _cut_sources(model: Model, moved: Amounts, held: dict[str, Floats], names: list[str]) -> list[str]:
    """Cut the flows out of the named stocks to what these hold; return those that were short."""
    return [name for name in names if _cut(moved, model.outflows[name], model.stocks[name].axes, held[name])]


def _cut_targets(model: Model, world: World, moved: Amounts, leaving: dict[str, Floats], names: list[str]) -> list[str]:
    """Cut the flows into the named stocks to what these have room for; return those that were full."""
    full = []
    for name in names:
        incoming = [flow for flow in model.inflows[name] if not flow.stage_seasons]
        if not incoming:
            continue
        room = _room(model, world, name)
        for flow in model.inflows[name]:
            if flow.name in leaving:
                room = np.maximum(room - leaving[flow.name][2], 0.0) + 0.0
        if _cut(moved, incoming, model.stocks[name].axes, room):
            full.append(name)
    return full


def _arriving(model: Model, moved: Amounts, leaving: dict[str, Floats], names: list[str]) -> dict[str, Floats]:
    """Return what reaches each of the named stocks."""
    arriving: dict[str, Floats] = {}
    for flow in model.flows:
        if flow.target in names:
            direct = moved.total(flow, model.stocks[flow.target].axes)
            _add(arriving, flow.target, leaving[flow.name][2] if flow.name in leaving else direct)
    return arriving


def _move(model: Model, world: World, moved: Amounts, leaving: dict[str, Floats]) -> None:
    lost: dict[str, Floats] = {}
    gained: dict[str, Floats] = {}
    for flow in model.flows:
        total = moved.total(flow, COMMUNITY)
        world.moved[flow.name] = world.moved[flow.name] + total
        if world.detail is not None and flow.axes & TILE:
            world.detail[flow.name] = world.detail.get(flow.name, 0.0) + moved.of[flow.name]
        if flow.source:
            _add(lost, flow.source, moved.total(flow, model.stocks[flow.source].axes))
        else:
            world.outside[flow.target] += total_over(total, (COMMUNITY_AXIS,))
        arriving = moved.total(flow, model.stocks[flow.target].axes) if flow.target else total
        if flow.stage_seasons:
            entering = moved.total(flow, model.stocks[flow.target or flow.source].axes)
            arriving = _through_stages(world, flow, entering, leaving[flow.name])
        if flow.target:
            _add(gained, flow.target, arriving)
        else:
            world.outside[flow.source] -= total_over(arriving, (COMMUNITY_AXIS, ROW_AXIS))
    for name, plan in model.stocks.items():
        if name in lost or name in gained:
            after = world.stock[name] + gained[name] if name in gained else world.stock[name]
            after = after - lost[name] if name in lost else after
            # Rounding can leave a drained stock about 1e-17 below its bound, and a filled one as much above it.
            world.stock[name] = np.minimum(np.maximum(after, plan.low), plan.high) + 0.0


def _add(amounts: dict[str, Floats], name: str, amount: Floats) -> None:
    amounts[name] = amounts[name] + amount if name in amounts else amount


def _through_stages(world: World, flow: FlowPlan, entering: Floats, leaving: Floats) -> Floats:
    """Move matter through the stages of a delay (Forrester 1961); return what arrives."""
    stages = world.memory[flow.name]
    for one in range(flow.first_stage, 3):
        stages[one] += (entering if one == flow.first_stage else leaving[one - 1]) - leaving[one]
    arriving: Floats = leaving[2]
    return arriving
