"""What players do in a season: who may, what it costs, who objects, what it does at once.

Players plan up to SLOTS actions.  Slot by slot, and in turn within a slot,
each is checked against the world as it is by then, paid for, perhaps blocked
or declined, and carried out.  The turn moves on by one seat a season.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.language.errors import ArgumentError
from game.sim import chance
from game.sim.agreements import invite
from game.sim.batches import given_back, lent, selected
from game.sim.chance import identity
from game.sim.effect_plans import UsersEffect
from game.sim.effects import apply_effects
from game.sim.feelings import felt, given
from game.sim.later import begin_later, release_later, send_later
from game.sim.model import Model
from game.sim.people import remember, understood
from game.sim.plans import ActionPlan, Candidate
from game.sim.possible import action_frame, affordable, cost_of, possible, protest_chances, purse
from game.sim.totals import Floats
from game.sim.world import Integers, World

SLOTS = 8  # most actions a player can plan for one season
NOTHING = -1
FEW = 16  # what less than one world in so many has planned is done to those worlds alone, taken out of the batch,
LARGE = 50_000  # where that has more tile-worlds than these; the same bits either way

# What somebody who is asked says.
NO, SILENT, YES, BY_RULE = -1, 0, 1, 2

STUNG = 0.01  # of all the grievance and trust there can be: what it is to be stopped; a number of play

# What became of an action.
NOT_PLANNED, DONE, BLOCKED, DECLINED, NOT_POSSIBLE, TOO_DEAR, TOO_OFTEN = range(7)
OUTCOMES = ("not planned", "done", "blocked", "declined", "not possible", "too dear", "too often")

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Actions:
    """The plans of all players for one season.

    `chosen` (slots, seats, W) holds indices into `model.candidates`, or -1;
    `answers` (slots, seats, C, W) what each community says to what is offered
    in a slot by a seat: YES, NO, SILENT (which is no agreement), or BY_RULE
    for whom the rules of the level answer.  None: BY_RULE for everybody.
    """

    chosen: Integers
    answers: Integers | None = None

    @staticmethod
    def none(model: Model, worlds: int) -> Actions:
        """Nobody does anything."""
        return Actions(np.full((SLOTS, len(model.layout.seats), worlds), NOTHING, np.int64))

    def of_worlds(self, index: Integers) -> Actions:
        """Return the plans of the worlds of a batch that `index` (N,) names; they share nothing with these."""
        answers = None if self.answers is None else self.answers.take(index, axis=-1)
        return Actions(self.chosen.take(index, axis=-1), answers)

    def answered(self, model: Model, communities: Sequence[int], recorded: Actions | None = None) -> Actions:
        """Return the same plans, where communities answer for themselves what `recorded` says to the same offer.

        Whoever said nothing to an offer is SILENT about it; all others answer by rule.
        """
        shape = (*self.chosen.shape[:2], len(model.layout.communities), self.chosen.shape[2])
        answers = np.full(shape, BY_RULE, np.int64) if self.answers is None else self.answers.copy()
        for community in communities:
            answers[:, :, community] = SILENT
            if recorded is not None and recorded.answers is not None:
                same = self.chosen == recorded.chosen
                answers[:, :, community] = np.where(same, recorded.answers[:, :, community], SILENT)
        return Actions(self.chosen, answers)

    def declined(self, model: Model, communities: Sequence[int]) -> Actions:
        """Return the same plans, where communities say no to whatever they are offered."""
        shape = (*self.chosen.shape[:2], len(model.layout.communities), self.chosen.shape[2])
        answers = np.full(shape, BY_RULE, np.int64) if self.answers is None else self.answers.copy()
        answers[:, :, list(communities)] = NO
        return Actions(self.chosen, answers)

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
    _begin(model, world, actions.chosen)
    if (actions.chosen >= 0).any():
        said = _answered(model, world, actions)
        _carry_out(model, world, actions.chosen, said)
    release_later(model, world)


@dataclass(frozen=True)
class Offers:
    """What is offered in a season, (slots, seats, C, W) each.

    `asked`: who is asked; `inclined`: whether the rules of the level say yes
    for them, as things stand when the offer comes: after all that who makes
    it has done before in his own plan, and nothing of anybody else's.
    """

    asked: Mask
    inclined: Mask


def offers(model: Model, world: World, actions: Actions) -> Offers:
    """Return what the plans of a season offer to whom; `world` stays as it is."""
    slots, seats, worlds = actions.chosen.shape
    shape = (slots, seats, len(model.layout.communities), worlds)
    found = Offers(np.zeros(shape, np.bool_), np.zeros(shape, np.bool_))
    offering = np.array([model.actions[one.action].accepts is not None for one in model.candidates] + [False])
    for seat in range(seats):
        where = offering[actions.chosen[:, seat]].any(axis=0).nonzero()[0]
        if not len(where):
            continue
        some = selected(world, where)
        alone = np.full((slots, seats, len(where)), NOTHING, np.int64)
        alone[:, seat] = actions.chosen[:, seat, where]
        _begin(model, some, alone)
        _carry_out(model, some, alone, None)
        offered = offering[alone[:, seat]][:, None]  # whoever stops a deed by protest was not asked
        found.asked[:, seat][..., where] = offered & (some.answer[:, seat] != 0)
        found.inclined[:, seat][..., where] = some.answer[:, seat] > 0
    return found


def _answered(model: Model, world: World, actions: Actions) -> Integers:
    """Return what everybody says to what is offered, (slots, seats, C, W): YES or not."""
    given = actions.answers
    if given is not None and not (given == BY_RULE).any():
        return given
    found = offers(model, world, actions)
    by_rule = np.where(found.inclined | _offering_the_same(model, actions.chosen, found.asked), YES, NO)
    return by_rule if given is None else np.where(given == BY_RULE, by_rule, given)


def _offering_the_same(model: Model, chosen: Integers, asked: Mask) -> Mask:
    """Return which communities are offered what they offer everybody themselves this season, (slots, seats, C, W).

    Whoever asks all others for something agrees when one of them asks for the very same.
    """
    same, offered = np.zeros_like(asked), asked.any(axis=2)
    for index in np.unique(chosen[offered]):
        if model.candidates[index].target >= 0:
            continue
        here = offered & (chosen == index)
        for seat, community in enumerate(model.layout.seats):
            same[:, :, community] |= here & here[:, seat].any(axis=0)
    return same


def _begin(model: Model, world: World, chosen: Integers) -> None:
    slots, seats, worlds = chosen.shape
    world.result = np.zeros((slots, seats, worlds), np.int64)
    world.answer = np.zeros((slots, seats, len(model.layout.communities), worlds), np.int64)
    begin_later(model, world)


def _carry_out(model: Model, world: World, chosen: Integers, said: Integers | None) -> None:
    """Carry out plans slot by slot; without `said` everybody answers on the spot as the rules of the level say."""
    slots, seats, worlds = chosen.shape
    done: dict[tuple[int, str], Integers] = {}
    shares: dict[str, Floats] = {}
    for slot in range(slots):
        for turn in range(seats):
            seat = (turn + world.season) % seats
            here = chosen[slot, seat]
            heard = None if said is None else said[slot, seat]
            for index in np.unique(here[here >= 0]):
                choice = model.candidates[index].choice
                count = done.setdefault((seat, choice), np.zeros(worlds, np.int64))
                _try(model, world, here == index, (slot, seat, int(index)), count, shares, heard)


def _try(
    model: Model,
    world: World,
    planned: Mask,
    what: tuple[int, int, int],
    count: Integers,
    shares: dict[str, Floats],
    said: Integers | None,
) -> None:
    """Try one candidate (slot, seat, index) where it was planned; a few worlds of a batch are taken out for it."""
    slot, seat, index = what
    result, answer = world.result[slot, seat], world.answer[slot, seat]
    where = planned.nonzero()[0]
    if len(where) * FEW > world.count or planned.size * world.uses[0, 0, :, :, 0].size < LARGE:
        one = _Attempt(model, world, seat, index, planned, shares)
        result[...] = np.where(planned, one.carry_out(count, said, answer), result)
        return
    some = lent(world, where)
    counted, told = count[where], answer[:, where]
    one = _Attempt(model, some, seat, index, np.ones(len(where), np.bool_), {})
    result[where] = one.carry_out(counted, None if said is None else said[:, where], told)
    count[where], answer[:, where] = counted, told
    given_back(world, some, where, one.moves_users)
    if one.moves_users:
        shares.clear()


UNASKED = 0.25  # what partnering counts that was not asked for by anybody, beside what was


def acted(model: Model, world: World, actions: Actions) -> Floats:
    """Return how each community acted this season, (C, W): from -1, all of it force, to 1, all of it partnering.

    Partnering with somebody whose need one does not know counts little.
    """
    found = np.zeros((len(model.layout.communities), world.count))
    for seat, me in enumerate(model.layout.seats):
        known = understood(model, world, me)
        chosen, done = actions.chosen[:, seat], world.result[:, seat] == DONE
        slots, worlds = done.nonzero()
        kind, balance, many = np.zeros(done.shape), np.zeros(world.count), np.zeros(world.count)
        if len(slots):
            kind[slots, worlds] = _kindness_of(model, chosen[slots, worlds], known[:, worlds])
        for slot, counts in enumerate(np.where(done, 1.0, 0.0)):
            many, balance = many + counts, balance + kind[slot]
        found[me] = balance / np.maximum(many, 1.0)
    return found


def _kindness_of(model: Model, indices: Integers, known: Floats) -> Floats:
    """Return how kind it is to do candidates (N,) to those whose need one knows as far as (C, N) says, (N,)."""
    different, place = np.unique(indices, return_inverse=True)
    pairs = [(model.actions[one.action], one) for one in (model.candidates[index] for index in different)]
    kind = np.array([kindness(plan) for plan, _ in pairs])[place]
    partner = np.array([whom(*pair) for pair in pairs])[place]
    return np.where(partner < 0, kind, UNASKED + (1.0 - UNASKED) * known[partner, np.arange(len(indices))])


def kindness(plan: ActionPlan) -> float:
    """Return how kind a deed is where it is aimed at nobody whose need could be known."""
    if plan.spec.mode == "over":
        return -1.0
    if plan.spec.mode == "neutral":
        return 0.0
    return 1.0 if plan.spec.lasts else UNASKED


def whom(plan: ActionPlan, candidate: Candidate) -> int:
    """Return the community somebody partners with, whose need he may know; -1 where there is none."""
    return candidate.target if plan.spec.mode == "with" and plan.spec.target == "community" else -1


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

    def carry_out(self, count: Integers, said: Integers | None, answer: Integers) -> Integers:
        """Return what became of it, (W,); `count` and `answer` are filled in place.

        `said` (C, W) holds what those who are asked say; without it they answer on the spot.
        """
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
        blocked = self._stopped(going, answer)
        result[blocked] = BLOCKED
        going = going & ~blocked
        agreed = going
        if self.plan.accepts is not None:
            agreed = invite(self.model, self.world, self.plan, self.candidate, self.frame, going, said, answer)
            result[going & ~agreed] = DECLINED
        elif self.plan.spec.lasts:
            _start_watch(self.world, self.plan, self.frame.me, going)
        if self.plan.spec.gives_notice:
            leaving = self.world.leaving[self.plan.spec.gives_notice]
            leaving[self.frame.me, 0, 0, 0] = np.where(agreed, 1.0, leaving[self.frame.me, 0, 0, 0])
        if self.world.people and agreed.any():
            self._remembered(agreed)
        send_later(self.model, self.world, self.frame, self.plan.later, agreed, lambda: self._act(agreed))
        if self.moves_users:
            self.shares.clear()
        return result

    def _act(self, agreed: Mask) -> None:
        """Do what it does at once."""
        apply_effects(self.model, self.world, self.frame, self.plan.now, agreed)
        if self.plan.finds:
            self.frame.this_tick.clear()  # it is looked for in what the action itself has changed
            apply_effects(self.model, self.world, self.frame, self.plan.finds, agreed)

    def _remembered(self, agreed: Mask) -> None:
        """Let those it is done to remember what they felt of it, as things stood before."""
        me = self.frame.me
        known, where = (self.model.feelings, self.model.stocks, self.frame, self.plan), np.where(agreed, 1.0, 0.0)
        remember(self.world, me, felt(*known) * where, given(*known) * where, understood(self.model, self.world, me))

    def _stopped(self, going: Mask, answer: Integers) -> Mask:
        """Return where somebody stops it, (W,); who does says NO in `answer`.

        Being stopped is felt as a wrong, and whoever stops somebody is trusted less by him.
        """
        if not self.plan.spec.blocked_by or self.model.resistance is None:
            return np.zeros(self.world.count, np.bool_)
        chances = protest_chances(self.model, self.frame)
        actor = self.model.layout.communities[self.frame.me]
        blocked = np.zeros(self.world.count, np.bool_)
        for index, name in enumerate(self.model.layout.communities):
            key = identity(f"{actor}:{self.candidate.key}:{name}")
            draw = chance.uniform(self.world.luck, self.world.season + 1, chance.PROTEST, key)
            stops = going & (draw < chances[index])
            answer[index] = np.where(stops, NO, answer[index])
            blocked |= stops
            for trust in self.model.feelings.believed:
                self._change(trust, (self.frame.me, index), -STUNG, stops)
        self.world.blocked |= blocked
        for wronged in self.model.feelings.wronged:
            self._change(wronged, (self.frame.me, 0), STUNG, blocked)
        return blocked

    def _change(self, name: str, whose: tuple[int, int], share: float, where: Mask) -> None:
        """Add a share of its range to what one has of a state, where `where` holds."""
        stock, own = self.model.stocks[name], self.world.stock[name][whose[0], whose[1], 0, 0]
        changed = own + np.where(where, share * (stock.high - stock.low), 0.0)
        own[...] = np.minimum(np.maximum(changed, stock.low) + 0.0, stock.high) + 0.0


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
