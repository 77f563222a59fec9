"""What can be read off a world, as named columns: the same numbers for screen, files and agents."""

from __future__ import annotations

import numpy as np

from game.language.nodes import COMMUNITY
from game.language.unknown import UnknownKind
from game.level.parts import COLUMNS
from game.sim.dials import dials
from game.sim.frame import Frame, along_worlds
from game.sim.goals import frame_after_season, objective
from game.sim.model import Model
from game.sim.plans import AuxiliaryPlan
from game.sim.totals import COLUMN_AXIS, COMMUNITY_AXIS, PARTNER_AXIS, ROW_AXIS, Floats, total_over
from game.sim.world import World

OUTCOME_NAMES = ("running", "won", "lost", "ended")


def observe(model: Model, world: World) -> dict[str, Floats]:
    """Return named values, each (W,), in units of their stocks.

    `grass` is a mean over the tiles where grass lives, `fodder.alder` a stock
    of a community, `trust` a mean over all pairs; so with auxiliaries; `moved.grazing.alder` what a
    flow moved in the last season, `depletion` a dial, `goal.green` the seasons
    in a row in which a goal has held.  A stock that is called like a column
    of every table, as `seed` may be, is `stock.seed`.
    """
    found: dict[str, Floats] = {}
    for name in model.stocks:
        found.update(_stock_columns(model, world, name))
    if model.auxiliaries:
        frame = frame_after_season(model, world)
        for auxiliary in model.auxiliaries.values():
            found.update(_auxiliary_columns(model, frame, auxiliary))
    for name, moved in world.moved.items():
        found[f"moved.{name}"] = along_worlds(total_over(moved, (COMMUNITY_AXIS,)), world.count)
        if moved.shape[0] > 1:
            found.update(
                {f"moved.{name}.{who}": moved[index, 0, 0, 0] for index, who in enumerate(model.layout.communities)}
            )
    for name, left in world.event_left.items():
        found[f"event.{name}"] = (left > 0).astype(np.float64)
    for name, member in world.member.items():
        found[f"members.{name}"] = along_worlds(total_over(member, (COMMUNITY_AXIS,)), world.count)
    found.update(dials(model, world))
    for index, goal in enumerate(model.level.goals):
        found[f"goal.{goal.id}"] = world.streak[index].astype(np.float64)
    found["objective"] = objective(model, world)
    return found


def _stock_columns(model: Model, world: World, name: str) -> dict[str, Floats]:
    plan, values = model.stocks[name], world.stock[name]
    if plan.place in ("community", "player"):
        wanted = range(len(model.layout.communities)) if plan.place == "community" else model.layout.seats
        return {f"{name}.{model.layout.communities[index]}": values[index, 0, 0, 0] for index in wanted}
    if plan.place not in ("tile", "world", "relation"):
        raise UnknownKind("place of a stock", plan.place, "_stock_columns in game/sim/observe.py")
    return {column_of(name): mean_of(model, world, name)}


def column_of(name: str) -> str:
    """Return the column of a stock or auxiliary that has one number: its name, where no other column has it."""
    return f"stock.{name}" if name in COLUMNS else name


def _auxiliary_columns(model: Model, frame: Frame, plan: AuxiliaryPlan) -> dict[str, Floats]:
    if plan.axes != COMMUNITY:
        return {column_of(plan.name): auxiliary_of(model, frame, plan.name, None)}
    names = model.layout.communities
    return {f"{plan.name}.{who}": auxiliary_of(model, frame, plan.name, index) for index, who in enumerate(names)}


def auxiliary_of(model: Model, frame: Frame, name: str, community: int | None) -> Floats:
    """Return an auxiliary's value for a community, or the mean over all places, (W,)."""
    plan, worlds = model.auxiliaries[name], frame.world.count
    if community is None:
        return along_worlds(np.asarray(plan.overall(frame)), worlds)
    values = np.broadcast_to(plan.value(frame), (len(model.layout.communities), 1, 1, 1, worlds))
    return np.asarray(values[community, 0, 0, 0])


def mean_of(model: Model, world: World, name: str) -> Floats:
    """Return the mean of a stock over the places where it lives, (W,)."""
    plan = model.stocks[name]
    live = plan.live * np.ones((*plan.start.shape[:4], 1))
    axes = (COMMUNITY_AXIS, PARTNER_AXIS, ROW_AXIS, COLUMN_AXIS)
    total = total_over(world.stock[name] * live, axes)
    return along_worlds(np.asarray(total / np.maximum(total_over(live, axes), 1.0)), world.count)
