"""What actions send on its way: it comes some seasons later, unless what it came with is undone in the same season.

Two cows that are bought and sold again in one season bear no calf.  While a
season is acted, two things are noted: what has been sent, by whether the
stock that it is to come to rose, fell or stayed with the same action; and how
far that stock rose and fell in all.  A rise that a fall has undone takes back
its part of what was sent with it, whoever did it and in whichever order.  All
of it is counted place by place: for each community, or for each tile.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from game.sim.frame import Frame, along_worlds
from game.sim.model import Model
from game.sim.plans import LaterPlan
from game.sim.totals import Floats
from game.sim.world import World

ROSE, FELL, STAYED = range(3)


def nothing_sent(model: Model, worlds: int) -> dict[str, Floats]:
    """Return what is on its way when a game begins, by key: (after, C, W), or (after, rows, columns, W) to tiles."""
    items = [item for plan in model.actions.values() for item in plan.later]
    return {item.key: np.zeros((item.after, *places_reached(model, item), worlds)) for item in items}


def begin_later(model: Model, world: World) -> None:
    """Note that nothing has been sent in this season yet."""
    items = [item for plan in model.actions.values() for item in plan.later]
    world.sent = {item.key: np.zeros((3, *places_reached(model, item), world.count)) for item in items}
    world.shifted = {item.stock: np.zeros((4, *places_reached(model, item), world.count)) for item in items}


def places_reached(model: Model, item: LaterPlan) -> tuple[int, ...]:
    """Return the shape of the places that something may come to: the tiles, or the communities."""
    return (model.layout.rows, model.layout.columns) if item.on_tiles else (len(model.layout.communities),)


def _held(world: World, name: str) -> Floats:
    """Return what each place has of a stock that something comes to: (C, W), or (rows, columns, W)."""
    values = world.stock[name]
    held: Floats = values[0, 0] if world.shifted[name].ndim == 4 else values[:, 0, 0, 0]
    return held


def send_later(
    model: Model,
    world: World,
    frame: Frame,
    effects: tuple[LaterPlan, ...],
    where: NDArray[np.bool_],
    act: Callable[[], None],
) -> None:
    """Let an action do what it does at once, and send where `where` (W,) what it brings later."""
    before = {name: _held(world, name).copy() for name in world.shifted}
    act()
    moved = {name: _held(world, name) - was for name, was in before.items()}
    with_more = {item.stock for item in effects}
    for name, change in moved.items():
        rose, fell = np.maximum(change, 0.0), np.maximum(0.0 - change, 0.0)
        nothing = np.zeros_like(rose)
        bringing = name in with_more
        world.shifted[name] += np.array([rose, fell, rose if bringing else nothing, fell if bringing else nothing])
    for item in effects:
        if item.on_tiles:
            reached = np.ones((1, 1, 1, 1, 1)) if frame.tiles is None else frame.tiles
            amounts = np.asarray(item.amount(frame)) * reached * model.stocks[item.stock].live
            _send(world.sent[item.key], np.where(where, amounts[0, 0], 0.0), moved[item.stock])
        elif item.who:
            bearer = frame.index(item.who[0])
            amount = np.where(where, along_worlds(np.asarray(item.amount(frame)), world.count), 0.0)
            _send(world.sent[item.key][:, bearer], amount, moved[item.stock][bearer])


def _send(sent: Floats, amount: Floats, change: Floats) -> None:
    """Add an amount to what was sent, in place, by the way that the stock it comes to has gone meanwhile."""
    for way, holds in ((ROSE, change > 0.0), (FELL, change < 0.0), (STAYED, change == 0.0)):
        sent[way] += np.where(holds, amount, 0.0)


def release_later(model: Model, world: World) -> None:
    """Let what the actions of a season have sent go on its way, less what was undone."""
    for plan in model.actions.values():
        for item in plan.later:
            rose, fell, rose_so, fell_so = world.shifted[item.stock]
            sent = world.sent[item.key]
            goes = sent[STAYED] + sent[ROSE] * _left_of(rose_so, fell) + sent[FELL] * _left_of(fell_so, rose)
            world.later[item.key][item.after - 1] += goes
    world.sent, world.shifted = {}, {}


def _left_of(done: Floats, undone: Floats) -> Floats:
    """Return which share of what was done has not been undone; all of it where nothing was done."""
    return np.asarray(1.0 - np.minimum(undone / np.where(done > 0.0, done, 1.0), 1.0) * (done > 0.0))
