"""What feeds and drains a stock, and what moves a state: last season's books, largest entry first."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from game.insight.terms import names_written, split, value_of
from game.language.nodes import COMMUNITY, TILE
from game.sim.frame import Frame
from game.sim.model import Model
from game.sim.plans import FlowPlan, InfluencePlan
from game.sim.totals import COLUMN_AXIS, COMMUNITY_AXIS, ROW_AXIS, Floats, total_over
from game.sim.units_told import unit_of
from game.sim.world import World
from game.telling.say import say


@dataclass(frozen=True, eq=False)
class Place:
    """Where to look: everywhere, at one community, between two, on some tiles; `at` counts the worlds.

    `tiles` is a (1, 1, rows, columns, 1) mask of ones and zeros.
    """

    community: int | None = None
    partner: int | None = None
    tiles: Floats | None = None
    at: int = 0


EVERYWHERE = Place()
FARTHEST = 20  # seasons; a trend says nothing about what lies beyond
BARE = 0.05  # share of its full measure below which a stock counts as bare
BY_HAND = "by hand"  # the name of an entry for what actions moved and no flow did
DOUBT = 0.2  # a trend seldom keeps its pace better than this


@dataclass(frozen=True)
class Entry:
    """One flow or deed: what it moved in the season, and by which communities, largest first."""

    name: str
    plain: str
    amount: float
    by: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True)
class Account:
    """The books of a matter stock: what it holds, what came and went.

    `bare_in` is the span of seasons in which it runs out at this pace, if it does.
    """

    stock: str
    unit: str
    held: float
    full: float
    feeds: tuple[Entry, ...]
    drains: tuple[Entry, ...]
    bare_in: tuple[int, int] | None

    @property
    def net(self) -> float:
        """What came less what went."""
        return sum(entry.amount for entry in self.feeds) - sum(entry.amount for entry in self.drains)


@dataclass(frozen=True)
class Pull:
    """One influence on a state: its change per season, and what each of its terms contributes."""

    name: str
    plain: str
    amount: float
    parts: tuple[tuple[tuple[str, ...], float], ...]  # (names the term reads, amount)


@dataclass(frozen=True)
class StateAccount:
    """What moves a state now, strongest first."""

    stock: str
    unit: str
    value: float
    pulls: tuple[Pull, ...]


def why_flows(
    model: Model, world: World, stock: str, place: Place = EVERYWHERE, before: World | None = None
) -> Account:
    """Return what fed and drained a matter stock last season.

    For tiles the world must have been stepped with `detail` switched on.
    With the world `before`, what people did by hand is booked too.
    """
    feeds: list[Entry] = []
    drains: list[Entry] = []
    for flow in model.flows:
        entry = _entry(model, world, flow, stock, place)
        if entry.amount > 0.0:
            (feeds if flow.target == stock else drains).append(entry)
    held = _amount(model, world, stock, place)
    full = _full(model, stock, place)
    net = sum(entry.amount for entry in feeds) - sum(entry.amount for entry in drains)
    if before is not None:
        by_hand = held - _amount(model, before, stock, place) - net
        if abs(by_hand) > 1e-6 * max(full, 1.0):
            # On part of the map, what spreads over its edge cannot be told from handwork.
            spreads = place.tiles is not None and model.stocks[stock].spread > 0.0
            name, plain = ("neighbours", say("account.spread")) if spreads else (BY_HAND, say("account.by_hand"))
            entry = Entry(name, plain, abs(by_hand))
            (feeds if by_hand > 0.0 else drains).append(entry)
    unit = unit_of(model, stock)
    return Account(stock, unit, held, full, _sorted(feeds), _sorted(drains), _bare_in(held, full, net))


def _sorted(entries: list[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: (-entry.amount, entry.name)))


def _bare_in(held: float, full: float, net: float) -> tuple[int, int] | None:
    left = held - BARE * full
    if net >= 0.0 or left <= 0.0 or left / -net > FARTHEST:
        return None
    seasons = left / -net
    return max(1, math.floor(seasons * (1.0 - DOUBT))), max(1, math.ceil(seasons * (1.0 + DOUBT)))


def _entry(model: Model, world: World, flow: FlowPlan, stock: str, place: Place) -> Entry:
    plain = model.level.flows[flow.name].plain
    if stock not in (flow.source, flow.target):
        return Entry(flow.name, plain, 0.0)
    moved = world.moved[flow.name]
    if place.tiles is not None and flow.axes & TILE:
        detail = (world.detail or {}).get(flow.name)
        if detail is None:
            return Entry(flow.name, plain, 0.0)
        shape = (detail.shape[0], 1, *place.tiles.shape[2:4], world.count)
        moved = total_over(np.broadcast_to(detail, shape) * place.tiles, (ROW_AXIS, COLUMN_AXIS))
    each = moved[:, 0, 0, 0, place.at]
    if place.community is not None and flow.axes & COMMUNITY:
        return Entry(flow.name, plain, float(each[place.community]))
    by: tuple[tuple[int, float], ...] = ()
    if flow.axes & COMMUNITY:
        shares = [(one, float(amount)) for one, amount in enumerate(each) if amount > 0.0]
        by = tuple(sorted(shares, key=lambda pair: (-pair[1], pair[0])))
    return Entry(flow.name, plain, float(total_over(moved, (COMMUNITY_AXIS,))[0, 0, 0, 0, place.at]), by)


def _amount(model: Model, world: World, stock: str, place: Place) -> float:
    return _total(world.stock[stock][..., place.at : place.at + 1] * model.stocks[stock].live, place)


def _full(model: Model, stock: str, place: Place) -> float:
    plan = model.stocks[stock]
    return _total(np.broadcast_to(plan.high * plan.live, (*plan.start.shape[:4], 1)), place)


def _total(values: Floats, place: Place) -> float:
    if place.community is not None and values.shape[COMMUNITY_AXIS] > 1:
        values = values[place.community : place.community + 1]
    if place.tiles is not None and values.shape[ROW_AXIS] > 1:
        values = values * place.tiles
    return float(total_over(np.ascontiguousarray(values), (COMMUNITY_AXIS, ROW_AXIS, COLUMN_AXIS)).sum())


def why_state(model: Model, world: World, stock: str, place: Place = EVERYWHERE) -> StateAccount:
    """Return what moves a state now: at one place, or as the mean over all places where it lives."""
    frame = Frame(model.layout, world)
    found = [_pull(model, frame, item, place) for item in model.influences if item.of == stock]
    pulls = sorted((pull for pull in found if abs(pull.amount) > 1e-9), key=lambda pull: -abs(pull.amount))
    value = _mean(model, stock, world.stock[stock], place)
    return StateAccount(stock, unit_of(model, stock), value, tuple(pulls))


def _pull(model: Model, frame: Frame, influence: InfluencePlan, place: Place) -> Pull:
    shape = frame.world.stock[influence.of].shape
    parts = []
    for term in split(model.nodes[("influences", influence.name, "change")]):
        amount = _mean(model, influence.of, value_of(model, frame, term, shape), place)
        if abs(amount) > 1e-9:
            parts.append((names_written(term.node), amount))
    plain = model.level.influences[influence.name].plain
    strongest = tuple(sorted(parts, key=lambda part: -abs(part[1])))
    return Pull(influence.name, plain, sum(amount for _, amount in parts), strongest)


def _mean(model: Model, stock: str, values: Floats, place: Place) -> float:
    live = np.broadcast_to(model.stocks[stock].live, (*values.shape[:4], 1))
    if place.tiles is not None and values.shape[ROW_AXIS] > 1:
        live = live * place.tiles
    one, two = place.community, place.partner
    if one is not None and values.shape[0] > 1:
        values, live = values[one : one + 1], live[one : one + 1]
    if two is not None and values.shape[1] > 1:
        values, live = values[:, two : two + 1], live[:, two : two + 1]
    weight = float(live.sum())
    return float((values[..., place.at : place.at + 1] * live).sum()) / weight if weight else 0.0
