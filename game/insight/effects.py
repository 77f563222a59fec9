"""What a deed did, piece by piece: intended or besides, at once or later, where, and who bears it.

Everything is read off the twins of `game.insight.ripples`.  To add up
different stocks each is weighed by what a full measure of it is: its
reference where it is living or harmful, else its range, for stores what
people start with.  Only stocks that are good or bad for somebody count: what
is living is good, what is harmful and what counts as conflict is bad, and
what people hold is good for them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from game.insight.ledger import Change, intended_change, smallest
from game.insight.ripples import Ripples, tiles_of
from game.sim.actions import DONE
from game.sim.model import Model
from game.sim.totals import Floats

PLAYER, TREASURY, LIVING_WORLD, LATER = "you", "the common treasury", "the living world", "those who come later"
SHAM = 0.25  # below this share of the benefit at partners an action that calls itself partnering is not


@dataclass(frozen=True)
class Effect:
    """One difference that a deed made: a change, when it was read, and on which tiles.

    `season` counts from 0; `tiles` is how many tiles differ, `centre` their
    (row, column).  `bearer` is whoever has more or less of it.
    """

    change: Change
    season: int
    bearer: str
    intended: bool = False
    tiles: int = 0
    centre: tuple[float, float] | None = None


def effects_of(found: Ripples, number: int, season: int | None = None) -> list[Effect]:
    """Return what deed `number` had changed by the end of a season (by default its own), weightiest first.

    The intended effect comes first where there is one.
    """
    model, deed = found.game.model, found.deeds[number]
    when = deed.season if season is None else season
    changes = _changes(found, number, when)
    aim = intended_change(model, deed.seat, deed.candidate, changes) if deed.outcome == DONE else None
    tiles = found.now if when == deed.season else found.late if when == found.game.seasons - 1 else {}
    told = []
    for change in changes:
        if change == aim or (change.weight > 1.0 and not change.flow):
            count, centre = _where(model, tiles, change.name, number)
            bearer = bearer_of(model, change, model.layout.seats[deed.seat])
            told.append(Effect(change, when, bearer, change == aim, count, centre))
    return sorted(told, key=lambda one: (not one.intended, -one.change.weight, one.change.name, one.change.who))


def _changes(found: Ripples, number: int, season: int) -> list[Change]:
    model = found.game.model
    terms = {name for plan in model.actions.values() for name, _ in plan.sets}
    changes = []
    for (kind, name), course in found.course.items():
        values = course[season, :, :, number]
        if kind == "flow":
            flow = model.level.flows[name]
            unit = model.level.stocks[flow.source_stock if flow.source_stock != "outside" else flow.target_stock].unit
            total = float(values.sum())
            changes.append(Change(name, unit, (), total, abs(total) / 0.05, True))
        elif name not in terms:
            changes += _held(model, name, values)
    return [change for change in changes if abs(change.amount) > 1e-12]


def _held(model: Model, name: str, values: Floats) -> list[Change]:
    unit, place, small = model.level.stocks[name].unit, model.stocks[name].place, smallest(model, name)
    found = []
    for one, two in np.ndindex(values.shape):
        who = {"world": (), "tile": (), "relation": (one, two)}.get(place, (one,))
        amount = float(values[one, two])
        found.append(Change(name, unit, who, amount, abs(amount) / small))
    return found


def _where(model: Model, tiles: dict[str, Floats], name: str, number: int) -> tuple[int, tuple[float, float] | None]:
    if name not in tiles:
        return 0, None
    size = np.abs(tiles[name][:, :, number])
    marked = np.argwhere(size > glow_threshold(model, name))
    if not len(marked):
        return 0, None
    row, column = marked.mean(axis=0)
    return len(marked), (float(row), float(column))


def glow_threshold(model: Model, name: str) -> float:
    """Return the smallest difference on one tile that counts: a hundredth of the range."""
    return 0.01 * (model.stocks[name].high - model.stocks[name].low)


def bearer_of(model: Model, change: Change, me: int) -> str:
    """Return who has more or less because of a change: you, a community, the treasury, or the living world."""
    if change.who:
        return PLAYER if change.who[0] == me else model.level.communities[model.layout.communities[change.who[0]]].name
    return TREASURY if change.name in model.stocks and is_treasury(model, change.name) else LIVING_WORLD


def is_treasury(model: Model, name: str) -> bool:
    """Return whether a stock of the whole world is what people put into and take from: a store or a purse of all."""
    if model.stocks[name].place != "world" or not model.stocks[name].matter:
        return False
    ends = [(flow.source, flow.target) for flow in model.flows]
    ends += [(effect.source[0], effect.target[0]) for plan in model.actions.values() for effect in plan.now]
    others = {one if other == name else other for one, other in ends if name in (one, other)} - {"", name}
    return any(model.stocks[other].place == "community" for other in others)


# -- who pays -------------------------------------------------------------------------------------------


def worth(model: Model, name: str) -> float:
    """Return what one unit of a reading of a stock is worth, in full measures; below 0 where more is worse."""
    plan, spec = model.stocks[name], model.level.stocks[name]
    spread_over = tiles_of(model, name) if plan.place == "tile" and plan.matter else 1.0
    if spec.harmful:
        return -1.0 / (spec.harmful * spread_over)
    if spec.conflict:
        return -1.0 / (plan.high - plan.low)
    if spec.living:
        return 1.0 / (spec.living * spread_over)
    if plan.place in ("tile", "world", "relation"):
        return 1.0 / max(float(plan.start.max()), 1.0) if is_treasury(model, name) else 0.0
    if plan.matter:
        return 1.0 / max(float(np.mean(plan.start)), 1.0)
    return 1.0 / (plan.high - plan.low)


@dataclass(frozen=True)
class Books:
    """What one deed brought and cost each bearer, in full measures, as means over the seasons after it."""

    gains: dict[str, float]
    costs: dict[str, float]  # all above 0


def who_pays(found: Ripples, number: int) -> Books:
    """Return the books of deed `number`.

    What people and the living world feel is the mean over the seasons from
    the deed to the end of the game; what is left of the land and of what all
    share when it ends is booked to those who come later.
    """
    model, deed = found.game.model, found.deeds[number]
    gains: dict[str, float] = {}
    costs: dict[str, float] = {}

    def book(bearer: str, amount: float) -> None:
        side = gains if amount > 0.0 else costs
        if abs(amount) > 1e-9:
            side[bearer] = side.get(bearer, 0.0) + abs(amount)

    for (kind, name), course in found.course.items():
        if kind != "stock" or not worth(model, name):
            continue
        value = worth(model, name) * course[deed.season :, :, :, number]
        shared = model.stocks[name].place in ("tile", "world")
        for one, two in np.ndindex(value.shape[1:]):
            who = () if shared else (one,)
            change = Change(name, "", who, 1.0, 1.0)
            book(bearer_of(model, change, model.layout.seats[deed.seat]), float(value[:, one, two].mean()))
        if shared:
            book(LATER, float(value[-1].sum()))
    return Books(gains, costs)


def partner_share(found: Ripples, number: int) -> float | None:
    """Return what share of a deed's benefit went to others than its doer, 0 to 1; None without a benefit.

    Benefit is every rise of what people hold or need, every fall of what they
    hold against each other, and what the land and the common treasury gain,
    as means over the seasons after the deed.
    """
    gains = who_pays(found, number).gains
    total = sum(amount for bearer, amount in gains.items() if bearer != LATER)
    return 1.0 - gains.get(PLAYER, 0.0) / total if total > 1e-6 else None


def calls_itself_partnering(found: Ripples, number: int) -> bool:
    """Whether the level's author calls the deed power-with and its benefit stayed with its doer: sham partnering."""
    mode = found.game.model.actions[found.game.model.candidates[found.deeds[number].candidate].action].spec.mode
    share = partner_share(found, number)
    return mode == "with" and share is not None and share < SHAM


def largest_later(found: Ripples, number: int) -> list[Effect]:
    """Return what a deed has changed at the end of the game, weightiest first; nothing for one of the last season."""
    last = found.game.seasons - 1
    if found.deeds[number].season == last:
        return []
    return [replace(one, intended=False) for one in effects_of(found, number, last) if not one.change.flow]
