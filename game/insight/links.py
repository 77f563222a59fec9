"""How strongly each stock pulls at each other one right now, by every flow, influence and deed between them.

Every stock is pushed a little in a world of its own, and one tick tells what
each flow and each influence makes of it (the Jacobian at the present state,
May 1972, taken apart by what carries it).  What reads a delay is answered as
if it had come through; how long that takes stands beside it.  A push moves a
stock everywhere at once: these are the loops of the whole, not of one tile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.insight.graph import links_of
from game.insight.played import Deed
from game.insight.readings import places_of, size_of
from game.insight.responses import EVERYWHERE, PUSH
from game.sim.actions import DONE
from game.sim.batches import selected
from game.sim.effect_plans import EffectPlan
from game.sim.flows import run_tick
from game.sim.frame import Frame
from game.sim.memory import first_stage
from game.sim.model import Model
from game.sim.possible import action_frame
from game.sim.totals import COLUMN_AXIS, ROW_AXIS, Floats, total_over
from game.sim.world import World

RECENT = 4  # seasons of deeds that count as going on
FAINT = 1e-3  # 1/season: a weaker pull is none


@dataclass(frozen=True)
class Link:
    """One pull of a stock on another.

    `via` names the flow, influence or action that carries it, `kind` which of
    these it is.  `pull` is the change of the target per season for a push of
    the source, both as shares of their ranges; `delay` the seasons on the way.
    """

    source: str
    target: str
    via: str
    kind: str  # flow | influence | action
    pull: float
    delay: float = 0.0


def links_now(model: Model, world: World, deeds: Sequence[Deed] = (), at: int = 0) -> list[Link]:
    """Return every link that pulls in world `at` of a batch; `deeds` are those of its game, for what players carry."""
    names = list(model.stocks)
    pushed = selected(world, np.full(1 + len(names), at))
    pushes = np.array([_push(model, pushed, name, place) for place, name in enumerate(names, 1)])
    before = {name: values.copy() for name, values in pushed.stock.items()}
    _answer_delays(model, pushed)
    run_tick(model, pushed, {})
    pushed.stock = before
    for counted in (pushed.moved, pushed.asked):
        for name in counted:
            counted[name] = counted[name] / model.tick
    found = [*_by_flows(model, pushed), *_by_influences(model, pushed)]
    delays = links_of(model).links
    links = []
    for target, via, kind, change in found:
        answers = (change[1:] - change[0]) / pushes / size_of(model, target)
        for source, answer in zip(names, answers, strict=True):
            pull = float(answer) * size_of(model, source)
            if abs(pull) >= FAINT:
                links.append(Link(source, target, via, kind, pull, delays[source].get(target, 0.0)))
    return links + _by_deeds(model, world, deeds, at)


def _push(model: Model, world: World, name: str, place: int) -> float:
    """Push a stock up wherever it lives and has room, else down; return by how much on average."""
    plan, values = model.stocks[name], world.stock[name]
    live = np.broadcast_to(plan.live, values.shape)[..., place]
    push = PUSH * size_of(model, name)
    down = float((values[..., place] * live).sum() / max(live.sum(), 1.0)) > (plan.low + plan.high) / 2.0
    values[..., place] += (-push if down else push) * live
    return -push if down else push


def _answer_delays(model: Model, world: World) -> None:
    """Let every delayed reading stand where it will once the push has come through."""
    frame = Frame(model.layout, world)
    for key, plan in model.delays.items():
        start = first_stage(plan.node.kind, np.asarray(plan.argument(frame)), plan.share(frame), model.tick)
        values = np.broadcast_to(start, world.memory[key].shape[1:])
        world.memory[key] = world.memory[key] + (values - values[..., :1])


def _by_flows(model: Model, world: World) -> list[tuple[str, str, str, Floats]]:
    found = []
    for flow in model.flows:
        moved = world.moved[flow.name].sum(axis=(0, 1, 2, 3))
        if flow.source:
            found.append((flow.source, flow.name, "flow", -moved / places_of(model, flow.source)))
        if flow.target:
            found.append((flow.target, flow.name, "flow", moved / places_of(model, flow.target)))
    return found


def _by_influences(model: Model, world: World) -> list[tuple[str, str, str, Floats]]:
    frame = Frame(model.layout, world)
    found = []
    for influence in model.influences:
        plan = model.stocks[influence.of]
        change = np.broadcast_to(influence.change(frame), world.stock[influence.of].shape) * plan.live
        mean = total_over(np.ascontiguousarray(change), EVERYWHERE).reshape(-1) / places_of(model, influence.of)
        found.append((influence.of, influence.name, "influence", mean))
    return found


def _by_deeds(model: Model, world: World, deeds: Sequence[Deed], at: int) -> list[Link]:
    """Return what players carry from what they pay or take to what they add, at the pace of the last seasons.

    A player is taken to do it in proportion to what there is to do it with.
    """
    pulls: dict[tuple[str, str, str], float] = {}
    for deed in deeds:
        if deed.outcome != DONE or not world.season - RECENT <= deed.season < world.season:
            continue
        plan = model.actions[model.candidates[deed.candidate].action]
        frame = action_frame(model, selected(world, np.array([at])), deed.seat, deed.candidate)
        paid = [stock for stock, _ in plan.costs]
        for effect in plan.now:
            for target, amount in _amounts(model, frame, effect):
                taken = [stock for stock, sign in effect.ends if sign < 0.0]
                for source in {*paid, *taken} - {target}:
                    held = _mean(model, world, source, at) / size_of(model, source)
                    share = amount / places_of(model, target) / size_of(model, target)
                    if held > 1e-6:
                        key = (source, target, plan.name)
                        pulls[key] = pulls.get(key, 0.0) + share / held / RECENT
    return [
        Link(source, target, via, "action", pull)
        for (source, target, via), pull in sorted(pulls.items())
        if abs(pull) >= FAINT
    ]


def _amounts(model: Model, frame: Frame, effect: EffectPlan) -> list[tuple[str, float]]:
    """Return what an effect changes, and by how much in all."""
    if effect.amount is None:
        return []
    values = np.asarray(effect.amount(frame), dtype=np.float64)
    stock = effect.stocks[0]
    if model.stocks[stock].place == "tile" and frame.tiles is not None:
        values = total_over(
            np.ascontiguousarray(values * frame.tiles * model.stocks[stock].live), (ROW_AXIS, COLUMN_AXIS)
        )
    amount = float(values.sum())
    return [(name, sign * amount) for name, sign in effect.ends]


def _mean(model: Model, world: World, name: str, at: int) -> float:
    values = world.stock[name][..., at] * np.broadcast_to(model.stocks[name].live, world.stock[name].shape)[..., 0]
    return float(values.sum()) / places_of(model, name)
