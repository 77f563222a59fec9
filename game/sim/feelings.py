"""What a deed means to those it is done to: read off its effects, never off its name.

Felt is what changes how wronged somebody feels, how far he believes the doer,
what he has in store, or which land he may use.  It is counted in shares of a
season: 1 is as good or as bad as a season's use of a store, as having all of
one's land fenced off, as half of all the grievance there can be.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.language.nodes import FlowValue, Node, StockName, walk
from game.language.unknown import look_up
from game.level.merge import Path
from game.level.schema import Level
from game.sim.effect_plans import AddEffect, EffectPlan, MoveEffect, UsersEffect
from game.sim.evaluation import pick
from game.sim.frame import Frame
from game.sim.plans import ActionPlan, FlowPlan, StockPlan
from game.sim.totals import Floats

WRONGED = 2.0  # a full measure of grievance is felt as so many seasons of use
BELIEVED = 1.0  # and a full measure of trust won or lost
LAND = 1.0  # and all the land one uses


@dataclass(frozen=True)
class Feelings:
    """What people of a level mind.

    `wronged` and `believed` name the stocks of grievance and the relations
    that offers are weighed by; `stores` maps what households keep in store to
    the flows it feeds that may be met or not.
    """

    wronged: tuple[str, ...]
    believed: tuple[str, ...]
    stores: dict[str, tuple[str, ...]]
    known: tuple[str, ...]  # for each community the relation that says how well others know what it needs, or nothing

    @property
    def trust(self) -> str:
        """The relation that says how far the first believes the second; nothing where there is none."""
        return self.believed[0] if self.believed else ""


def feelings_of(
    level: Level, stocks: dict[str, StockPlan], flows: tuple[FlowPlan, ...], nodes: dict[Path, Node]
) -> Feelings:
    """Return what the people of a level mind, found in its rules."""
    named = [part for node in nodes.values() for part in walk(node) if isinstance(part, FlowValue)]
    met = {part.name for part in named if part.kind == "met"}
    stores: dict[str, tuple[str, ...]] = {}
    for flow in flows:
        if flow.name in met and flow.source and stocks[flow.source].place == "community":
            stores[flow.source] = (*stores.get(flow.source, ()), flow.name)
    weighed = [
        part.name
        for path, node in nodes.items()
        if path[0] == "actions" and path[-1] == "accepts"
        for part in walk(node)
        if isinstance(part, StockName) and stocks[part.name].place == "relation"
    ]
    wants = [one.wants or level.wants for one in level.communities.values()]
    known = tuple(one.known_by or "" if one else "" for one in wants)
    return Feelings(
        tuple(name for name, spec in level.stocks.items() if spec.conflict and stocks[name].place == "community"),
        tuple(name for name in dict.fromkeys(weighed) if name not in known),
        stores,
        known,
    )


def season_use(frame: Frame, feelings: Feelings, plan: StockPlan) -> Floats:
    """Return what each community uses of a store in a season, (C, W): as last season, at first a share of its start."""
    communities = len(frame.layout.communities)
    start = np.broadcast_to(plan.start, (communities, 1, 1, 1, 1))[:, 0, 0, 0]
    use = np.zeros((communities, frame.world.count))
    for flow in feelings.stores.get(plan.name, ()):
        use = use + np.broadcast_to(frame.world.asked[flow], (communities, 1, 1, 1, frame.world.count))[:, 0, 0, 0]
    return np.where(use > 0.0, use, np.maximum(0.5 * start, 1.0) + 0.0)


def felt(feelings: Feelings, stocks: dict[str, StockPlan], frame: Frame, plan: ActionPlan) -> Floats:
    """Return what each community feels of a deed about to be done, (C, W): above 0 good, below 0 bad.

    The doer (`frame.me`) feels nothing of it, and what somebody has agreed to
    is no wrong.  Raises UnknownKind for a kind of effect that nobody says the
    feeling of.
    """
    total = _all_felt(feelings, stocks, frame, plan)
    return total if plan.accepts is None else np.maximum(total, 0.0) + 0.0


def given(feelings: Feelings, stocks: dict[str, StockPlan], frame: Frame, plan: ActionPlan) -> Floats:
    """Return what each community gives up by agreeing to an offer, (C, W), in the measure of `felt`."""
    if plan.accepts is None:
        return _nothing(frame)
    return np.maximum(0.0 - _all_felt(feelings, stocks, frame, plan), 0.0) + 0.0


def asked_for(feelings: Feelings, plan: ActionPlan) -> tuple[str, ...]:
    """Return the stores of others out of which an offer brings something to whoever makes it."""
    if plan.accepts is None:
        return ()
    moves = [one for one in (*plan.now, *plan.finds) if isinstance(one, MoveEffect)]
    return tuple(
        one.source[0]
        for one in moves
        if one.source[0] in feelings.stores and one.source[1] != ("me",) and one.target[1] == ("me",)
    )


def parted_with(feelings: Feelings, plan: ActionPlan) -> tuple[MoveEffect, ...]:
    """Return what a deed moves out of stores of whoever does it."""
    moves = [one for one in (*plan.now, *plan.finds) if isinstance(one, MoveEffect)]
    return tuple(one for one in moves if one.source[0] in feelings.stores and one.source[1] == ("me",))


def rests(stocks: dict[str, StockPlan], plan: ActionPlan) -> tuple[AddEffect, ...]:
    """Return the effects of an action that give the doer's own needs something, which are counted from 0 to 1."""
    own = [one for one in plan.now if isinstance(one, AddEffect) and one.who == ("me",) and one.amount is not None]
    needs = ((one, stocks[one.stock]) for one in own)
    return tuple(one for one, stock in needs if stock.place == "player" and stock.high <= 1.0)


def _all_felt(feelings: Feelings, stocks: dict[str, StockPlan], frame: Frame, plan: ActionPlan) -> Floats:
    total = np.zeros((len(frame.layout.communities), frame.world.count))
    for effect in (*plan.now, *plan.finds):
        feel = look_up(FELT, type(effect), "kind of effect", "FELT in game/sim/feelings.py")
        total = total + feel(feelings, stocks, frame, effect)
    total[frame.me] = 0.0
    return total


def _nothing(frame: Frame) -> Floats:
    return np.zeros((len(frame.layout.communities), frame.world.count))


def _added(feelings: Feelings, stocks: dict[str, StockPlan], frame: Frame, effect: AddEffect) -> Floats:
    assert effect.amount is not None
    plan = stocks[effect.stock]
    if effect.stock in feelings.wronged:
        weight = -WRONGED / (plan.high - plan.low)
    elif effect.stock in feelings.believed and (effect.toward_me or effect.who[1:] == ("me",)):
        weight = BELIEVED / (plan.high - plan.low)
    else:
        return _nothing(frame)
    amount = np.asarray(effect.amount(frame)) * weight
    return _reached(frame, effect, amount)


def _reached(frame: Frame, effect: AddEffect, amount: Floats) -> Floats:
    found = _nothing(frame)
    if effect.who:
        index = frame.index(effect.who[0])
        if index is not None and index >= 0:
            found[index] = np.broadcast_to(amount, (1, 1, 1, 1, frame.world.count)).reshape(-1)
        return found
    spread = np.broadcast_to(amount, (len(found), 1, 1, 1, frame.world.count))[:, 0, 0, 0]
    if effect.group == "users":
        spread = spread * np.where(frame.extra["affected"] > 0.0, 1.0, 0.0)[:, 0, 0, 0]
    return np.asarray(found + spread)


def _moved(feelings: Feelings, stocks: dict[str, StockPlan], frame: Frame, effect: MoveEffect) -> Floats:
    assert effect.amount is not None
    found = _nothing(frame)
    for (name, who), sign in ((effect.source, -1.0), (effect.target, 1.0)):
        if name not in feelings.stores or who != ("target",):
            continue
        amount = np.broadcast_to(effect.amount(frame), (1, 1, 1, 1, frame.world.count)).reshape(-1)
        amount = np.maximum(amount, 0.0) + 0.0
        if effect.source[0]:
            givers = stocks[effect.source[0]]
            if givers.place == "community" and effect.source[1]:
                held = pick(frame.world.stock[givers.name], tuple(frame.index(one) for one in effect.source[1]))
                amount = np.minimum(amount, held.reshape(-1)) + 0.0
        found[frame.target] = sign * amount / season_use(frame, feelings, stocks[name])[frame.target]
    return found


def _users(feelings: Feelings, stocks: dict[str, StockPlan], frame: Frame, effect: UsersEffect) -> Floats:
    used = frame.extra["used"][:, 0, 0, 0]
    if effect.users == "me":
        return np.asarray(used * -LAND)
    return _nothing(frame)


FELT: dict[type[EffectPlan], Callable[[Feelings, dict[str, StockPlan], Frame, Any], Floats]] = {
    AddEffect: _added,
    MoveEffect: _moved,
    UsersEffect: _users,
}
