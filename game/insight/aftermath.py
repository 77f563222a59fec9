"""What one deed changes, and what that sets going: read off the rules near the start of a level, without luck.

The deed is done in a calm world (`game.insight.responses.calm_worlds`) and
what differs from the same world without it is what it changes.  What follows
is read off the answers of all stocks to a small push: each pull is a straight
line (the Jacobian, May 1972), followed for twelve seasons.  No stock loses
more than there is of it or rises above its range.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.insight.readings import felt, places_of, size_of
from game.insight.responses import EVERYWHERE, Responses, calm_worlds
from game.language.nodes import StockName, walk
from game.sim.effect_plans import MoveEffect
from game.sim.effects import apply_effects
from game.sim.frame import Frame
from game.sim.model import Model
from game.sim.plans import ActionPlan, Candidate, DownhillPlan
from game.sim.possible import action_frame, cost_of, days_of
from game.sim.totals import COLUMN_AXIS, ROW_AXIS, Floats, total_over
from game.sim.world import World

EVERY_PLACE = "everywhere"  # stands for all of the map where grounds are named
NOTHING = 1e-12  # so little is not there
LEAST_DAYS = 0.5  # what a deed counts as costing at least: nothing is done in no time
SEASONS = 12  # how far what follows is followed; as long as `game.run.harm` plays


@dataclass(frozen=True)
class Aftermath:
    """What a deed changes at once and what follows, by the names of stocks; all are shares, above 0 for more.

    `there` is the change, at once or later, where the deed acts, of what was there before where
    it is less, of the harmful level or the range where it is more.  `local`
    and `whole` are what follows there and on all of the map, as means over
    twelve seasons and shares of what a full measure of it is: the reference
    of what is living or harmful, else the range; `local_season` is the change
    there after one season, less as a share of what was there.  `whole_of_all` is `whole` as a share of what there is.
    `taken` is what others have more or less of in goods, of what a household has.
    `held_back` is what part of what runs downhill no longer reaches those below.
    `lost` is what all people and the land lose by it of what they feel, in full measures,
    and `days` what the deed costs of its doer's season, never less than half a day.
    """

    there: dict[str, float]
    local: dict[str, float]
    local_season: dict[str, float]
    whole: dict[str, float]
    whole_of_all: dict[str, float]
    taken: dict[str, float]
    held_back: dict[str, float]
    lost: float
    days: float


@dataclass(frozen=True)
class Calm:
    """What every deed of a model is held against.

    `world` is calm; `held` is what there is of each stock in it on all of the
    map, and by the ground of deeds, (N,) each; `pull` (N, N) are the pulls of
    stocks on each other, in the order of the model.
    """

    world: World
    pull: Floats
    held: dict[str, Floats]


def calm_of(model: Model, responses: Responses) -> Calm:
    """Return what aftermaths are read off."""
    names = list(model.stocks)
    pull = np.array([[responses.pull[one, other] for other in names] for one in names])
    world = calm_worlds(model, 1)
    return Calm(world, pull, {EVERY_PLACE: np.array([_mean(model, world, name, None) for name in names])})


def aftermath(model: Model, calm: Calm, candidate: Candidate, seat: int) -> Aftermath:
    """Return what a candidate changes and sets going when the player in `seat` does it at the start of the level."""
    before, after, tiles = calm.world, calm.world.copy(), candidate.tiles
    plan, names = model.actions[candidate.action], list(model.stocks)
    index = next(number for number, one in enumerate(model.candidates) if one.key == candidate.key)
    frame = action_frame(model, after, seat, index)
    days = float(days_of(model, cost_of(model, frame, plan))[0])
    apply_effects(model, after, frame, plan.now, np.ones(1, np.bool_))
    changed = {name for name in names if not np.array_equal(before.stock[name], after.stock[name])}
    ground = candidate.ground if tiles is not None else EVERY_PLACE
    if ground not in calm.held:
        calm.held[ground] = np.array([_mean(model, before, name, tiles) for name in names])
    held, all_held = calm.held[ground], calm.held[EVERY_PLACE]
    more = np.array([_mean(model, after, name, tiles) if name in changed else 0.0 for name in names])
    all_more = np.array([_mean(model, after, name, None) if name in changed else 0.0 for name in names])
    touched = np.array([name in changed for name in names])
    more, all_more = (np.where(touched, now - then, 0.0) for now, then in ((more, held), (all_more, all_held)))
    later = _later(model, frame, plan)
    full = np.array([_full_measure(model, name) for name in names])
    local, soon = _follow(model, calm, more + later, held)
    whole, _ = _follow(model, calm, all_more + later, all_held)
    there = {name: _hardest(model, before, after, name, (more[at], held[at])) for at, name in enumerate(names)}
    for at, name in enumerate(names):
        there[name] = there[name] or _share(model, name, float(later[at]), float(all_held[at]))

    def by_name(values: Floats) -> dict[str, float]:
        return {name: float(value) for name, value in zip(names, values, strict=True)}

    return Aftermath(
        there={name: share for name, share in there.items() if share},
        local=by_name(local / full),
        local_season=by_name(np.where((soon < 0.0) & (held > 0.0), soon / np.maximum(held, NOTHING), soon / full)),
        whole=by_name(whole / full),
        whole_of_all=by_name(whole / np.where(all_held > 0.0, all_held, np.inf)),
        taken=_taken(model, before, after, candidate, frame),
        held_back=_held_back(model, before, after, changed),
        lost=sum(_loss(model, name, share) for name, share in by_name(whole / full).items()),
        days=max(LEAST_DAYS, days),
    )


def _loss(model: Model, name: str, change: float) -> float:
    """Return what all people or the land lose of a stock that they feel, in full measures; `change` is its mean."""
    if not felt(model, name):
        return 0.0
    plan, spec = model.stocks[name], model.level.stocks[name]
    worse = change if spec.harmful or spec.conflict else -change
    return max(0.0, worse) * (1.0 if plan.place in ("tile", "world") else places_of(model, name))


def _hardest(model: Model, before: World, after: World, name: str, tiled: tuple[float, float]) -> float:
    """Return the change of a stock as a share: where the deed acts, or for whomever it changes most.

    `tiled` is the change of a stock on tiles and what was there, as means over those of the deed.
    """
    if model.stocks[name].place == "tile":
        return _share(model, name, float(tiled[0]), float(tiled[1]))
    had, has = ((world.stock[name] - model.stocks[name].low).reshape(-1) for world in (before, after))
    most = int(np.abs(has - had).argmax())
    return _share(model, name, float(has[most] - had[most]), float(had[most]))


def _later(model: Model, frame: Frame, plan: ActionPlan) -> Floats:
    """Return what arrives later, (N,), as means over all places, by how long of the time looked at it is there."""
    names = list(model.stocks)
    sent = np.zeros(len(names))
    for item in plan.later:
        part = max(0.0, 1.0 - item.after / SEASONS)
        count = places_of(model, item.stock) if item.who or item.on_tiles else 1.0
        amount = np.asarray(item.amount(frame))
        if item.on_tiles:
            reached = model.stocks[item.stock].live * (1.0 if frame.tiles is None else frame.tiles)
            sent[names.index(item.stock)] += part * float((amount * reached).sum()) / count
        else:
            sent[names.index(item.stock)] += part * float(amount.max()) / count
    return sent


def _mean(model: Model, world: World, name: str, tiles: Floats | None) -> float:
    """Return what there is of a stock above its floor, as a mean over the tiles of a deed (or all its places)."""
    plan, values = model.stocks[name], world.stock[name]
    live = plan.live * tiles if plan.place == "tile" and tiles is not None else np.broadcast_to(plan.live, values.shape)
    count = float(live.sum())
    above = np.ascontiguousarray((values - plan.low) * live)
    return float(total_over(above, EVERYWHERE).reshape(-1)[0]) / count if count else 0.0


def _share(model: Model, name: str, change: float, held: float) -> float:
    """Return a change as a share: what is felt from 0 to 1 and what is more of its range, what is lost of what was."""
    plan, spec = model.stocks[name], model.level.stocks[name]
    if spec.harmful and change > 0.0:
        return min(1.0, change / spec.harmful)
    if change > 0.0 or (not plan.matter and size_of(model, name) <= 1.0 and not spec.living):
        return change / size_of(model, name)
    return max(-1.0, change / held) if held > 0.0 else 0.0


def _full_measure(model: Model, name: str) -> float:
    spec = model.level.stocks[name]
    return float(spec.living or spec.harmful or size_of(model, name))


def _taken(model: Model, before: World, after: World, candidate: Candidate, frame: Frame) -> dict[str, float]:
    """Return what goods and animals others have more or less of, as shares of what a household has.

    Of what it is aimed at before and after; of a store of all what is asked of it, be it empty yet or not.
    """
    found = {}
    plan = model.actions[candidate.action]
    for name, stock in model.stocks.items():
        if plan.spec.target == "community" and stock.place == "community" and size_of(model, name) > 1.0:
            had, has = (float(world.stock[name][candidate.target, 0, 0, 0, 0]) for world in (before, after))
            if had > stock.low and has != had:
                found[name] = (has - had) / (had - stock.low)
    for effect in (one for one in plan.now if isinstance(one, MoveEffect)):
        (store, _), (goods, _) = effect.source, effect.target
        if store and goods and model.stocks[store].place == "world" and model.stocks[goods].place == "community":
            usual = float(model.stocks[goods].start.mean())
            asked = float(np.asarray(effect.amount(frame)).max()) if effect.amount is not None else 0.0
            found[store] = -min(1.0, asked / usual) if usual > 0.0 else 0.0
    return found


def _follow(model: Model, calm: Calm, change: Floats, held: Floats) -> tuple[Floats, Floats]:
    """Return the mean change of every stock over twelve seasons and that after one, (N,) each, in their units."""
    size = np.array([size_of(model, name) for name in model.stocks])
    low = -held / size
    moved, high = change / size, 1.0 + low
    steps, first = round(SEASONS / model.tick), round(1.0 / model.tick)
    total, soon = moved * 0.0, moved
    for step in range(steps):
        # Added up row by row, in the same order on every machine.
        pulled = np.add.reduce(calm.pull * moved[:, None], axis=0)
        moved = np.minimum(np.maximum(moved + model.tick * pulled, low), high)
        total = total + moved
        soon = moved if step + 1 == first else soon
    return total / steps * size, soon * size


# -- what runs downhill ---------------------------------------------------------------------------------


def _held_back(model: Model, before: World, after: World, changed: set[str]) -> dict[str, float]:
    """Return for what runs downhill what share of it no longer reaches the tiles that it ran to, as a mean."""
    found = {}
    for name, plan in model.stocks.items():
        if plan.downhill is None or model.level.stocks[name].harmful:
            continue
        read = {part.name for part in walk(model.nodes["stocks", name, "downhill"]) if isinstance(part, StockName)}
        if not changed & read:
            continue
        rates = [np.asarray(plan.downhill.rate(Frame(model.layout, world))) for world in (before, after)]
        here = np.broadcast_to(plan.live, (1, 1, model.layout.rows, model.layout.columns, 1))
        less = np.maximum(rates[0] - rates[1], 0.0) * here
        if less.any():
            kept = less / np.where(rates[0] > 0.0, rates[0], 1.0)
            springs = _inflow(model, before, name) * here
            found[name] = _kept_from_below(plan.downhill, here * 1.0, kept * 1.0, springs)
    return found


def _inflow(model: Model, world: World, name: str) -> Floats:
    """Return what comes to each tile from outside in a season, (1, 1, rows, columns, 1)."""
    frame = Frame(model.layout, world)
    rates = [np.asarray(flow.rate(frame)) for flow in model.flows if flow.target == name and not flow.source]
    return sum((rate for rate in rates if rate.shape[0] == 1), np.zeros((1, 1, 1, 1, 1)))


def _kept_from_below(plan: DownhillPlan, live: Floats, kept: Floats, springs: Floats) -> float:
    """Return what share of what runs by a tile is lost to it, as a mean, where some tiles keep a part of it back."""
    _, _, rows, columns, _ = live.shape
    running, lost = springs, live * 0.0
    for _ in range(rows + columns):
        running = springs + _downhill(plan, running)
        lost = _downhill(plan, np.minimum(lost + kept * running, running))
    share = lost / np.where(running > 0.0, running, 1.0)
    return float(share.sum()) / max(float(live.sum()), 1.0)


def _downhill(plan: DownhillPlan, values: Floats) -> Floats:
    """Return what comes to each tile when everything on a tile goes on to those below it."""
    arrived = values * 0.0
    for part, axis, way in (
        (plan.down, ROW_AXIS, 1),
        (plan.up, ROW_AXIS, -1),
        (plan.right, COLUMN_AXIS, 1),
        (plan.left, COLUMN_AXIS, -1),
    ):
        arrived = arrived + np.roll(values * part, way, axis=axis)  # nothing goes over the edge: its part is 0 there
    return arrived
