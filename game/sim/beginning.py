"""Where worlds come from: fresh ones for seeds, the same one once more, and one as somebody imagines it.

Everything is drawn from a seed by what it is for, so that neither the order
of the draws nor the size of a batch changes a bit.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.language.nodes import Delayed, Node, walk
from game.level.schema import Wants, span
from game.sim import chance
from game.sim.argument_checks import checked_model, checked_numbers, checked_seeds
from game.sim.chance import Bits, identity
from game.sim.frame import Frame
from game.sim.later import nothing_sent
from game.sim.memory import first_stage
from game.sim.model import Model
from game.sim.noise import first_noise
from game.sim.people import guess_tempers, new_people
from game.sim.plans import StockPlan, usual_term
from game.sim.starts import begun
from game.sim.totals import Floats
from game.sim.world import Integers, World


def new_worlds(
    model: Model, seeds: NDArray[np.uint64] | list[int] | range, numbers: dict[str, Floats] | None = None
) -> World:
    """Return one fresh world for each seed, each with its own start, numbers and needs.

    `numbers` holds values (W,), or one for all, for numbers that are not to
    be drawn.  Raises ArgumentError for what is no model, seed or number of it.
    """
    model, seed = checked_model(model), checked_seeds(seeds)
    worlds, layout = len(seed), model.layout
    each = len(layout.communities)
    drawn = draw_numbers(model, seed)
    drawn.update(checked_numbers(model, numbers or {}, worlds))
    zeros = np.zeros((each, 1, 1, 1, worlds))
    need, until = first_needs(model, seed)
    world = World(
        season=0,
        seed=seed,
        luck=seed.copy(),
        stock={name: _draw_start(model, name, seed) for name in model.stocks},
        uses=np.repeat(model.uses_start, worlds, axis=4),
        base_number=drawn,
        number={name: values.copy() for name, values in drawn.items()},
        need=need,
        need_until=until,
        memory={},
        **_agreements(model, zeros),
        later=nothing_sent(model, worlds),
        event_left={event.name: np.zeros(worlds, np.int64) for event in model.events},
        event_sign={event.name: np.zeros(worlds, np.bool_) for event in model.events},
        struck={event.name: np.zeros((each, worlds), np.bool_) for event in model.events if event.spec.strikes},
        moved={flow.name: _nothing_moved(flow.axes, each, worlds) for flow in model.flows},
        asked={flow.name: _nothing_moved(flow.axes, each, worlds) for flow in model.flows if flow.counts_asked},
        fined={plan.name: zeros.copy() for plan in model.stocks.values() if plan.place == "community" and plan.matter},
        streak=np.zeros((len(model.goals), worlds), np.int64),
        reached=np.zeros((len(model.goals), worlds), np.bool_),
        outcome=np.zeros(worlds, np.int64),
        outcome_season=np.zeros(worlds, np.int64),
        blocked=np.zeros(worlds, np.bool_),
        outside={name: np.zeros((1, 1, 1, 1, worlds)) for name, plan in model.stocks.items() if plan.matter},
        people=new_people(model, seed),
        noise=first_noise(model.level.noise, model.layout, seed),
    )
    for name in model.starting:
        world.stock[name] = _varied(model.stocks[name], name, seed, begun(model.stocks[name], layout, world))
    _fill_memory(model, world)
    return world


def _agreements(model: Model, nobody: Floats) -> dict[str, Any]:
    """Return what a world holds of agreements before anything is agreed: nobody (C, 1, 1, 1, W) is in one."""
    each, worlds = len(nobody), nobody.shape[-1]
    lasting = {name: plan for name, plan in model.actions.items() if plan.spec.lasts}
    left = {plan.spec.gives_notice for plan in model.actions.values()}
    return {
        "member": {name: nobody.copy() for name in lasting},
        "left": {name: np.zeros(worlds, np.int64) for name in lasting},
        "promise": {
            name: nobody.copy() for name, plan in lasting.items() if plan.spec.lasts and plan.spec.lasts.limits
        },
        "offences": {name: np.zeros((each, worlds), np.int64) for name, plan in lasting.items() if plan.fines},
        "term": {name: np.full((1, 1, 1, 1, worlds), usual_term(plan)) for name, plan in lasting.items() if plan.term},
        "leaving": {name: nobody.copy() for name in lasting if name in left},
    }


def _nothing_moved(axes: int, each: int, worlds: int) -> Floats:
    return np.zeros((each if axes & 1 else 1, 1, 1, 1, worlds))


def _fill_memory(model: Model, world: World) -> None:
    for flow in model.flows:
        if flow.stage_seasons:
            end = model.stocks[flow.target or flow.source]
            stages = np.zeros((3, *model.layout.shape(end.axes), world.count))
            stages[flow.first_stage :] = flow.stage_start * end.live
            world.memory[flow.name] = stages + 0.0
    for key, plan in model.delays.items():
        world.memory[key] = np.zeros((plan.node.stages, *model.layout.shape(plan.node.axes), world.count))
    # What a delay remembers at the start is that nothing has changed yet; what others read in it comes first.
    for key, plan in sorted(model.delays.items(), key=lambda item: _delays_in(item[1].node)):
        frame = Frame(model.layout, world)
        start = first_stage(plan.node.kind, np.asarray(plan.start(frame)), plan.share(frame), model.tick)
        world.memory[key][:] = start


def _delays_in(node: Node) -> int:
    return len([part for part in walk(node) if isinstance(part, Delayed)])


def draw_numbers(model: Model, luck: Bits) -> dict[str, Floats]:
    """Return every number for each world, shape (1, 1, 1, 1, W).

    Numbers of play origin are drawn within 10 % of their value, all of them
    at once, so that 500 seeds are 500 games; `each_seed` names other factors.
    """
    found = {}
    for name, number in model.level.numbers.items():
        values = np.full(len(luck), number.value)
        factors = number.each_seed or ((0.9, 1.1) if number.origin == "play" else None)
        if factors:
            drawn = factors[0] + (factors[1] - factors[0]) * chance.uniform(luck, 0, chance.NUMBERS, identity(name))
            values = np.minimum(np.maximum(values * drawn, number.low) + 0.0, number.high) + 0.0
        found[name] = values.reshape(1, 1, 1, 1, -1)
    return found


def _draw_start(model: Model, name: str, seed: Bits) -> Floats:
    return _varied(model.stocks[name], name, seed, np.repeat(model.stocks[name].start, len(seed), axis=4))


def _varied(plan: StockPlan, name: str, seed: Bits, start: Floats) -> Floats:
    if not plan.varies:
        return start
    places = start[..., 0].size
    keys = np.array([identity(f"{name}:{place}") for place in range(places)], dtype=np.uint64)
    drawn = chance.uniform(seed, 0, chance.START, keys[:, None]).reshape(start.shape)
    varied = start * (1.0 + plan.varies * (2.0 * drawn - 1.0))
    return np.minimum(np.maximum(varied, plan.low) + 0.0, plan.high) * plan.live + 0.0


def first_needs(model: Model, luck: Bits) -> tuple[Integers, Integers]:
    """Return what each community wants first, and until which season, both (C, W)."""
    each = len(model.layout.communities)
    need = np.full((each, len(luck)), -1, dtype=np.int64)
    until = np.zeros((each, len(luck)), dtype=np.int64)
    for index in range(each):
        if wants_of(model, index):
            need[index], until[index] = draw_need(model, luck, index, 0, need[index])
    return need, until


def wants_of(model: Model, index: int) -> Wants | None:
    """Return what community `index` wants by turns, or None."""
    community = list(model.level.communities.values())[index]
    return community.wants or model.level.wants


def draw_need(model: Model, luck: Bits, index: int, season: int, before: Integers) -> tuple[Integers, Integers]:
    """Return for community `index` the next need, another one than `before`, and its last season, both (W,)."""
    wants = wants_of(model, index)
    assert wants is not None
    names = list(model.level.needs)
    choices = [names.index(need) for need in wants.drift]
    low, high = span(wants.every)
    key = identity(f"need:{model.layout.communities[index]}")
    step = chance.uniform(luck, season, chance.NEED, key)
    order = np.array(choices, dtype=np.int64)
    position = np.full(len(luck), -1, dtype=np.int64)
    for place, choice in enumerate(choices):
        position = np.where(before == choice, place, position)
    count = len(choices)
    fresh = np.floor(step * count).astype(np.int64)
    onward = (position + 1 + np.floor(step * max(count - 1, 1)).astype(np.int64)) % count
    chosen = order[np.where(position < 0, fresh, onward)]
    lasting = low + np.floor(chance.uniform(luck, season, chance.NEED_TIME, key) * (high - low + 1)).astype(np.int64)
    return chosen, season + lasting


def twin(world: World) -> World:
    """Return the same world with the same luck to come: for looking back at what an action did."""
    return world.copy()


def imagine(model: Model, world: World, seat: int, dream: int | Bits) -> World:
    """Return a world as the player in `seat` may imagine it: other luck, and guesses for what it does not know.

    Numbers, the tempers of people, and the needs of communities the player
    knows less than half, are drawn anew from `dream` alone (one number, or one for each world), so
    nothing of the true seed leaks.
    """
    dreamt = world.copy()
    number = dream & 0xFFFFFFFFFFFFFFFF if isinstance(dream, int) else dream
    dreams = np.broadcast_to(np.asarray(number, dtype=np.uint64), (world.count,))
    dreamt.luck = chance.bits(dreams, world.season, chance.DREAM, 0)
    dreamt.seed = dreamt.luck.copy()
    dreamt.base_number = draw_numbers(model, dreamt.luck)
    dreamt.number = {name: values.copy() for name, values in dreamt.base_number.items()}
    me = model.layout.seats[seat]
    need, until = first_needs(model, dreamt.luck)
    for index in range(len(model.layout.communities)):
        dreamt.need_until[index] = world.season + until[index]
        if index == me:
            continue
        dreamt.need[index] = np.where(knows_need(model, world, index, me), world.need[index], need[index])
    guess_tempers(model, dreamt, me)
    return dreamt


def knows_need(model: Model, world: World, community: int, me: int) -> NDArray[np.bool_]:
    """Return in which worlds (W,) the community `me` knows at least half of what another needs."""
    wants = wants_of(model, community)
    if not wants or not wants.known_by:
        return np.zeros(world.count, np.bool_)
    known: NDArray[np.bool_] = world.stock[wants.known_by][community, me, 0, 0] >= 0.5
    return known
