"""What the season brings: weather, signs, events, and needs that drift."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from game.sim import chance
from game.sim.beginning import draw_need, wants_of
from game.sim.chance import identity
from game.sim.effects import apply_effects
from game.sim.frame import Frame, along_worlds
from game.sim.model import Model
from game.sim.noise import draw_noise
from game.sim.plans import EventPlan
from game.sim.totals import Floats
from game.sim.world import World

Mask = NDArray[np.bool_]
OVER = -1  # how many seasons are left of an event that comes once and has been


def begin_season(model: Model, world: World) -> None:
    """Draw the weather, let events begin and end, let needs drift, let delayed effects arrive."""
    season = world.season + 1
    draw_noise(model.level.noise, model.layout, world.luck, season, world.noise)
    frame = Frame(model.layout, world)
    begins = {event.name: _advance(world, frame, event, season) for event in model.events if not event.spec.strikes}
    _draw_weather(model, world, season)
    for event in model.events:
        _apply(model, world, event)
    for event in model.events:
        if event.spec.strikes:
            _strike(model, world, event, season)
        elif event.now:
            apply_effects(model, world, Frame(model.layout, world), event.now, begins[event.name])
    _drift_needs(model, world, season)
    _arrive(model, world)
    world.blocked = np.zeros(world.count, np.bool_)


def _advance(world: World, frame: Frame, event: EventPlan, season: int) -> Mask:
    """Let an event begin, go on or end; return in which worlds (W,) it begins now."""
    spec, name = event.spec, event.name
    before = world.event_left[name]
    left = np.maximum(before - 1, 0)
    if spec.warns:
        draw = chance.uniform(world.luck, season, chance.ONSET, identity(name))
        begins = world.event_sign[name] & (draw < spec.odds)
    else:
        begins = _due(world, frame, event, season, chance.uniform(world.luck, season, chance.ONSET, identity(name)))
    if season in spec.at:
        begins = np.ones(world.count, np.bool_)
    begins = np.asarray(begins & (left == 0))
    if spec.once:
        over = (before == 1) | (before == OVER)
        begins = begins & ~over
        left = np.where(over, OVER, left)
    world.event_left[name] = np.where(begins, spec.lasts, left)
    if spec.warns:
        sign = chance.uniform(world.luck, season, chance.SIGN, identity(name)) < spec.chance / spec.odds
        free = world.event_left[name] == 0 if spec.once else world.event_left[name] <= 1
        sign = sign & free & (season + 1 >= spec.from_season) | np.full(world.count, season + 1 in spec.at)
        world.event_sign[name] = sign & free if spec.once else sign
    return begins


def _due(world: World, frame: Frame, event: EventPlan, season: int, draw: Floats) -> Mask:
    """Return in which worlds chance and the condition of an event, where it has one, want it now."""
    spec = event.spec
    if event.when is None:
        return np.asarray((draw < spec.chance) & (season >= spec.from_season))
    holds = along_worlds(np.asarray(event.when(frame), dtype=np.float64), world.count) > 0.0
    return np.asarray(holds & (draw < (spec.chance or 1.0)) & (season >= spec.from_season))


def _draw_weather(model: Model, world: World, season: int) -> None:
    for name, number in model.level.numbers.items():
        values = world.base_number[name]
        if number.each_season:
            low, high = number.each_season
            draw = chance.uniform(world.luck, season, chance.WEATHER, identity(name)).reshape(1, 1, 1, 1, -1)
            values = values * (low + (high - low) * draw)
        world.number[name] = np.minimum(np.maximum(values, number.low), number.high) + 0.0


def _apply(model: Model, world: World, event: EventPlan) -> None:
    running = (world.event_left[event.name] > 0).reshape(1, 1, 1, 1, -1)
    if running.any():
        frame = Frame(model.layout, world)
        values = [(number, rule(frame)) for number, rule in event.sets]
        for name, value in values:
            number = model.level.numbers[name]
            bounded = np.minimum(np.maximum(value, number.low), number.high)
            world.number[name] = np.where(running, bounded, world.number[name]) + 0.0


def _strike(model: Model, world: World, event: EventPlan, season: int) -> None:
    """Draw for each community by itself whether the event strikes it, and do to it what the event does."""
    struck = world.struck[event.name]
    for index, name in enumerate(model.layout.communities):
        draw = chance.uniform(world.luck, season, chance.STRIKE, identity(f"{event.name}:{name}"))
        frame = Frame(model.layout, world, me=index, tiles=world.uses[index : index + 1])  # nothing changes meanwhile
        struck[index] = (season in event.spec.at) | _due(world, frame, event, season, draw)
    for index in range(len(model.layout.communities)):
        frame = Frame(model.layout, world, me=index, tiles=world.uses[index : index + 1].copy())
        apply_effects(model, world, frame, event.now, struck[index])


def _drift_needs(model: Model, world: World, season: int) -> None:
    for index in range(len(model.layout.communities)):
        wants = wants_of(model, index)
        if wants is None:
            continue
        changes = world.need_until[index] < season
        if not changes.any():
            continue
        need, until = draw_need(model, world.luck, index, season, world.need[index])
        world.need[index] = np.where(changes, need, world.need[index])
        world.need_until[index] = np.where(changes, until, world.need_until[index])
        if wants.known_by:
            known = world.stock[wants.known_by]
            known[index] = known[index] * np.where(changes, wants.still_known, 1.0)


def _arrive(model: Model, world: World) -> None:
    for plan in model.actions.values():
        for item in plan.later:
            queue = world.later[item.key]
            stock = model.stocks[item.stock]
            held = world.stock[item.stock]
            arrived = np.minimum(np.maximum(held + queue[0].reshape(held.shape), stock.low), stock.high) + 0.0
            world.stock[item.stock] = np.where(stock.live > 0.0, arrived, held) if item.on_tiles else arrived
            queue[:-1] = queue[1:]
            queue[-1] = 0.0
