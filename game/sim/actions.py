"""What players do in a season: who may, what it costs, who objects, what it does at once.

Players plan up to SLOTS actions.  Slot by slot, and in turn within a slot,
each is checked against the world as it is by then, paid for, perhaps blocked
or declined, and carried out.  The turn moves on by one seat a season.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.language.errors import ArgumentError
from game.sim import chance
from game.sim.agreements import invite
from game.sim.batches import given_back, lent
from game.sim.chance import identity
from game.sim.effect_plans import UsersEffect
from game.sim.effects import apply_effects, queue_later
from game.sim.frame import Frame, along_worlds
from game.sim.model import Model
from game.sim.plans import ActionPlan, Candidate
from game.sim.totals import COMMUNITY_AXIS, Floats, total_over
from game.sim.world import RUNNING, Integers, World

SLOTS = 8  # most actions a player can plan for one season
NOTHING = -1
FEW = 16  # what less than one world in so many has planned is done to those worlds alone, taken out of the batch,
LARGE = 50_000  # where that has more tile-worlds than these; the same bits either way

# What became of an action.
NOT_PLANNED, DONE, BLOCKED, DECLINED, NOT_POSSIBLE, TOO_DEAR, TOO_OFTEN = range(7)
OUTCOMES = ("not planned", "done", "blocked", "declined", "not possible", "too dear", "too often")

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Actions:
    """The plans of all players for one season.

    `chosen` (slots, seats, W) holds indices into `model.candidates`, or -1;
    `refuses` (seats, W) marks players who decline whatever they are offered.
    """

    chosen: Integers
    refuses: Mask

    @staticmethod
    def none(model: Model, worlds: int) -> Actions:
        """Nobody does anything."""
        seats = len(model.layout.seats)
        return Actions(np.full((SLOTS, seats, worlds), NOTHING, np.int64), np.zeros((seats, worlds), np.bool_))

    @staticmethod
    def planned(model: Model, plans: dict[int, list[int]], worlds: int = 1) -> Actions:
        """The same plans in every world: seat -> indices of candidates, in order.

        Raises ArgumentError when a plan is longer than SLOTS.
        """
        actions = Actions.none(model, worlds)
        for seat, plan in plans.items():
            if len(plan) > SLOTS:
                raise ArgumentError(f"a plan holds at most {SLOTS} actions")
            for slot, candidate in enumerate(plan):
                actions.chosen[slot, seat] = candidate
        return actions


def apply_actions(model: Model, world: World, actions: Actions) -> None:
    """Carry out the plans of a season; `world.result` and `world.answer` tell what became of them."""
    slots, seats, worlds = actions.chosen.shape
    world.result = np.zeros((slots, seats, worlds), np.int64)
    world.answer = np.zeros((slots, seats, len(model.layout.communities), worlds), np.int64)
    if not (actions.chosen >= 0).any():
        return
    done: dict[tuple[int, int], Integers] = {}
    shares: dict[str, Floats] = {}
    for slot in range(slots):
        for turn in range(seats):
            seat = (turn + world.season) % seats
            chosen = actions.chosen[slot, seat]
            for index in np.unique(chosen[chosen >= 0]):
                count = done.setdefault((seat, int(index)), np.zeros(worlds, np.int64))
                _try(model, world, actions, (slot, seat, int(index)), count, shares)


def _try(
    model: Model,
    world: World,
    actions: Actions,
    what: tuple[int, int, int],
    count: Integers,
    shares: dict[str, Floats],
) -> None:
    """Try one candidate (slot, seat, index) where it was planned; a few worlds of a batch are taken out for it."""
    slot, seat, index = what
    planned = actions.chosen[slot, seat] == index
    result, answer = world.result[slot, seat], world.answer[slot, seat]
    where = planned.nonzero()[0]
    if len(where) * FEW > world.count or planned.size * world.uses[0, 0, :, :, 0].size < LARGE:
        one = _Attempt(model, world, seat, index, planned, shares)
        result[...] = np.where(planned, one.carry_out(count, actions.refuses, answer), result)
        return
    some = lent(world, where)
    counted, told = count[where], answer[:, where]
    one = _Attempt(model, some, seat, index, np.ones(len(where), np.bool_), {})
    result[where] = one.carry_out(counted, actions.refuses[:, where], told)
    count[where], answer[:, where] = counted, told
    given_back(world, some, where, one.moves_users)
    if one.moves_users:
        shares.clear()


class _Attempt:
    """One player tries one action on one target, in those worlds of the batch that planned it."""

    def __init__(
        self, model: Model, world: World, seat: int, index: int, planned: Mask, shares: dict[str, Floats]
    ) -> None:
        self.model, self.world, self.seat, self.planned = model, world, seat, planned
        self.candidate: Candidate = model.candidates[index]
        self.plan: ActionPlan = model.actions[self.candidate.action]
        self.shares = shares
        self.frame = action_frame(model, world, seat, index, shares)

    @property
    def moves_users(self) -> bool:
        """Whether it changes who uses which tiles."""
        return any(isinstance(effect, UsersEffect) for effect in self.plan.now)

    def carry_out(self, count: Integers, refuses: Mask, answer: Integers) -> Integers:
        """Return what became of it, (W,); `count` and `answer` are filled in place."""
        for name in self.frame.later:
            self.frame.special(name)  # as things stand before the payment
        result = np.full(self.world.count, DONE, np.int64)
        costs = cost_of(self.model, self.frame, self.plan)
        result[~affordable(self.model, self.world, self.frame.me, costs)] = TOO_DEAR
        result[~possible(self.model, self.frame, self.plan, self.candidate)] = NOT_POSSIBLE
        result[count >= self.plan.spec.limit] = TOO_OFTEN
        going = self.planned & (result == DONE)
        count += going
        _pay(self.model, self.world, self.frame.me, costs, going)
        self.frame.this_tick.clear()  # what was collected before the payment is no longer true
        blocked = going & self._blocked()
        self.world.blocked |= blocked
        result[blocked] = BLOCKED
        going = going & ~blocked
        agreed = going
        if self.plan.accepts is not None:
            agreed = invite(self.model, self.world, self.plan, self.candidate, self.frame, going, refuses, answer)
            result[going & ~agreed] = DECLINED
        elif self.plan.spec.lasts:
            _start_watch(self.world, self.plan, self.frame.me, going)
        apply_effects(self.model, self.world, self.frame, self.plan.now, agreed)
        if self.plan.finds:
            self.frame.this_tick.clear()  # it is looked for in what the action itself has changed
            apply_effects(self.model, self.world, self.frame, self.plan.finds, agreed)
        queue_later(self.model, self.world, self.frame, self.plan.later, agreed)
        if self.moves_users:
            self.shares.clear()
        return result

    def _blocked(self) -> Mask:
        if not self.plan.spec.blocked_by or self.model.resistance is None:
            return np.zeros(self.world.count, np.bool_)
        chances = protest_chances(self.model, self.frame)
        blocked = np.zeros(self.world.count, np.bool_)
        actor = self.model.layout.communities[self.frame.me]
        for index, name in enumerate(self.model.layout.communities):
            key = identity(f"{actor}:{self.candidate.key}:{name}")
            draw = chance.uniform(self.world.luck, self.world.season + 1, chance.PROTEST, key)
            blocked |= draw < chances[index]
        return blocked


def action_frame(model: Model, world: World, seat: int, index: int, shares: dict[str, Floats] | None = None) -> Frame:
    """Return the frame in which the rules of candidate `index` are read for the player in `seat`.

    `shares` remembers who uses which tiles; hand in one dict for many
    candidates of the same world.
    """
    candidate = model.candidates[index]
    plan = model.actions[candidate.action]
    me, tiles, tree = model.layout.seats[seat], candidate.tiles, candidate.tree
    frame = Frame(model.layout, world, me=me, target=candidate.target, tiles=tiles, tree=tree)
    used = touched_share(frame, plan, candidate, {} if shares is None else shares)
    affected = used.copy()
    affected[frame.me] = 0.0
    frame.extra["used"], frame.extra["affected"] = used, affected
    frame.later = {
        "resisting": lambda: resisting(model, frame),
        "reach": lambda: reach(model, candidate),
        "fits": lambda: fitting(model, world, plan, candidate.target),
    }
    return frame


def resisting(model: Model, frame: Frame) -> Floats:
    """Return how much those who are touched resist, together: (1, 1, 1, 1, W)."""
    if model.resistance is None:
        return np.zeros((1, 1, 1, 1, frame.world.count))
    return total_over(np.asarray(model.resistance[0](frame)) * frame.extra["affected"], (COMMUNITY_AXIS,))


def reach(model: Model, candidate: Candidate) -> Floats:
    """Return the share of the map that an action reaches, (1, 1, 1, 1, 1)."""
    everywhere = float(model.layout.rows * model.layout.columns)
    return np.full((1, 1, 1, 1, 1), 0.0 if candidate.tiles is None else float(candidate.tiles.sum()) / everywhere)


def touched_share(frame: Frame, plan: ActionPlan, candidate: Candidate, shares: dict[str, Floats]) -> Floats:
    """Return how far the action touches each community, (C, 1, 1, 1, W), 0 to 1.

    On tiles it is the share of them that the community uses; a community
    that is itself the target is touched wholly.
    """
    touched = np.zeros((len(frame.layout.communities), 1, 1, 1, frame.world.count))
    if candidate.tiles is not None and candidate.tree is not None:
        if candidate.ground not in shares:
            used = candidate.tree.total(candidate.tree.leaves(frame.world.uses))
            shares[candidate.ground] = used / max(float(candidate.tiles.sum()), 1.0)
        touched = shares[candidate.ground]
    elif plan.spec.target == "community":
        touched[candidate.target] = 1.0
    return touched


def fitting(model: Model, world: World, plan: ActionPlan, target: int) -> Floats:
    """Return 1 where the action meets what its target wants now, else 0: (1, 1, 1, 1, W)."""
    if plan.spec.target != "community":
        return np.zeros((1, 1, 1, 1, world.count))
    needs = list(model.level.needs)
    wanted = world.need[target : target + 1]
    meets = np.zeros(wanted.shape)
    for need in plan.spec.meets:
        meets = np.where(wanted == needs.index(need), 1.0, meets)
    return meets.reshape(1, 1, 1, 1, -1)


def protest_chances(model: Model, frame: Frame) -> Floats:
    """Return for each community the chance that it blocks the action, (C, W); 0 where it is not touched."""
    if model.resistance is None:
        return np.zeros((len(model.layout.communities), frame.world.count))
    chances = np.asarray(model.resistance[1](frame)) * np.where(frame.extra["affected"] > 0.0, 1.0, 0.0)
    return np.broadcast_to(chances, (len(model.layout.communities), 1, 1, 1, frame.world.count))[:, 0, 0, 0]


def cost_of(model: Model, frame: Frame, plan: ActionPlan) -> list[tuple[str, Floats]]:
    """Return what the action costs: (stock, (W,)) pairs."""
    return [
        (stock, np.maximum(along_worlds(np.asarray(rule(frame)), frame.world.count), 0.0) + 0.0)
        for stock, rule in plan.costs
    ]


def purse(world: World, stock: str, me: int) -> Floats:
    """Return what an actor has of a stock, as a (W,) view."""
    values = world.stock[stock]
    own: Floats = values[me if values.shape[0] > 1 else 0, 0, 0, 0]
    return own


def affordable(model: Model, world: World, me: int, costs: list[tuple[str, Floats]]) -> Mask:
    """Return where the actor can pay, (W,)."""
    enough = np.ones(world.count, np.bool_)
    for stock, amount in costs:
        enough &= purse(world, stock, me) >= amount
    return enough


def possible(model: Model, frame: Frame, plan: ActionPlan, candidate: Candidate) -> Mask:
    """Return where the action makes sense at all, whatever it costs, (W,)."""
    worlds = frame.world.count
    allowed = frame.world.outcome == RUNNING
    if plan.spec.target == "community" and candidate.target == frame.me:
        return np.zeros(worlds, np.bool_)
    if plan.circle and candidate.target == frame.me:
        return np.zeros(worlds, np.bool_)
    if plan.when is not None:
        allowed = allowed & (along_worlds(np.asarray(plan.when(frame)), worlds) > 0.0)
    if plan.spec.only_own and candidate.tiles is not None:
        mine = frame.extra["used"][frame.me, 0, 0, 0]
        nobody_else = frame.extra["affected"].max(axis=0).reshape(-1) <= 0.0
        allowed = allowed & (mine > 0.0) & nobody_else
    if plan.spec.lasts and not plan.circle and plan.accepts is None:
        # What runs already need not be begun again before its last season.
        running = (frame.world.member[plan.name].max(axis=0) > 0.0).reshape(-1)
        allowed = allowed & ~(running & (frame.world.left[plan.name] != 1))
    if plan.circle:
        inside = frame.world.member[plan.name][:, 0, 0, 0] > 0.0
        joined = inside[candidate.target] & inside[frame.me] if candidate.target >= 0 else inside.all(axis=0)
        allowed = allowed & ~joined
    return np.asarray(allowed)


FOUND = 0.8  # an ally counts as found while its state is at least so full


def has_found(model: Model, world: World, plan: ActionPlan, me: int) -> Mask:
    """Return in which worlds (W,) the community `me` has found the ally that an action with `finds` looks for."""
    effect = plan.finds[0]
    stock = model.stocks[effect.stock]
    held = world.stock[effect.stock][me if effect.who else 0, 0, 0, 0]
    return np.asarray(held >= stock.low + FOUND * (stock.high - stock.low))


def _pay(model: Model, world: World, me: int, costs: list[tuple[str, Floats]], where: Mask) -> None:
    for stock, amount in costs:
        paid = np.where(where, amount, 0.0)
        own = purse(world, stock, me)
        own[...] = np.maximum(own - paid, model.stocks[stock].low) + 0.0
        if stock in world.outside:
            world.outside[stock][0, 0, 0, 0] -= paid


def _start_watch(world: World, plan: ActionPlan, me: int, where: Mask) -> None:
    """Begin something that lasts and needs nobody's consent."""
    member = world.member[plan.name]
    member[me, 0, 0, 0] = np.where(where, 1.0, member[me, 0, 0, 0])
    seasons = plan.spec.lasts.seasons if plan.spec.lasts else None
    world.left[plan.name] = np.where(where, seasons or 0, world.left[plan.name])
