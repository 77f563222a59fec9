"""Who gains by a deed and who pays for it, and whether what calls itself partnering is.

To add up different stocks each is weighed by what a full measure of it is:
its reference where it is living or harmful, else its range, for stores what
people start with.  Only stocks that are good or bad for somebody count: what
is living is good, what is harmful and what counts as conflict is bad, and
what people hold is good for them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np

from game.insight.readings import places_of
from game.insight.ripples import Ripples
from game.sim.effect_plans import MoveEffect
from game.sim.model import Model
from game.sim.totals import Floats

PLAYER, TREASURY, LIVING_WORLD, LATER = "you", "the common treasury", "the living world", "those who come later"
COSY = 0.3  # from this share of what it brought on, taken from others than those who gained, partnering is cosy
FELT = 0.02  # full measures: who loses less is not counted as one who pays for a deal
SHAM = 0.25  # below this share of the benefit at partners an action that calls itself partnering is not
LITTLE = 1e-9  # full measures: below it nothing is booked


@dataclass(frozen=True)
class Payers:
    """What one deed brought and cost each bearer, in full measures, as means over the seasons after it.

    `called` is the mode that the level's author gave the action.
    """

    called: str
    gains: dict[str, float] = field(default_factory=dict)
    costs: dict[str, float] = field(default_factory=dict)  # all above 0

    @property
    def brought(self) -> float:
        """Everything that anybody gained, in full measures; what is left to those who come later is not counted."""
        return sum(amount for bearer, amount in self.gains.items() if bearer != LATER)

    @property
    def cost_to_others(self) -> float:
        """What it cost others than its doer, the living world among them, in full measures."""
        return sum(amount for bearer, amount in self.costs.items() if bearer not in (PLAYER, LATER))

    @property
    def partner_share(self) -> float | None:
        """What share of the benefit went to others than the doer, 0 to 1; None without a benefit.

        Benefit is every rise of what people hold or need, every fall of what
        they hold against each other, and what the land and the common treasury
        gain.  What is left to those who come later is the same thing once more
        and is not counted.
        """
        total = self.brought
        return 1.0 - self.gains.get(PLAYER, 0.0) / total if total > 1e-6 else None

    @property
    def sham(self) -> bool:
        """Whether it calls itself power-with though its benefit stayed with its doer."""
        share = self.partner_share
        return self.called == "with" and share is not None and share < SHAM

    @property
    def cosy(self) -> tuple[str, ...]:
        """Who paid for what calls itself power-with and brought much to some: those who lost by it, most first.

        Nobody where others lost little beside what it brought: a deal between
        friends is cosy where those who were not at the table pay for it.
        """
        return paid_outside(self)


def paid_outside(books: Payers, partners: Collection[str] = ()) -> tuple[str, ...]:
    """Return who paid for what calls itself power-with, as `Payers.cosy` says; what `partners` lost is their own."""
    lost = {bearer: amount for bearer, amount in _lose(books).items() if bearer not in partners}
    if books.called != "with" or sum(lost.values()) < COSY * max(books.brought, LITTLE):
        return ()
    return tuple(sorted(lost, key=lambda bearer: (-lost[bearer], bearer)))


def _lose(books: Payers) -> dict[str, float]:
    """Return who lost by a deed more than it brought them, and how much, in full measures; its doer is not asked."""
    net = {bearer: cost - books.gains.get(bearer, 0.0) for bearer, cost in books.costs.items()}
    return {bearer: lost for bearer, lost in net.items() if lost >= FELT and bearer not in (PLAYER, LATER)}


def who_pays(found: Ripples) -> list[Payers]:
    """Return the books of every deed of `found`.

    What people and the living world feel is the mean over the seasons from
    the deed to the end of the game; what is left of the land and of what all
    share when it ends is booked to those who come later.
    """
    model = found.game.model
    books = [Payers(model.actions[model.candidates[deed.candidate].action].spec.mode) for deed in found.deeds]
    for (kind, name), course in found.course.items():
        value_of_one = worth(model, name) if kind == "stock" else 0.0
        if value_of_one:
            for number, deed in enumerate(found.deeds):
                value = value_of_one * course[deed.season :, :, :, number]
                enter(model, books[number], name, model.layout.seats[deed.seat], value.mean(axis=0), value[-1])
    return books


def balance(found: Ripples) -> tuple[Floats, Floats]:
    """Return what each deed has brought and what it has cost others by the end of each season, both (T, K).

    They are what `Payers.brought` and `Payers.cost_to_others` would say if the
    game ended with that season; 0 before the deed.
    """
    model, seasons = found.game.model, found.game.seasons
    begun = np.array([deed.season for deed in found.deeds], np.int64)
    doers = np.array([model.layout.seats[deed.seat] for deed in found.deeds], np.int64)
    ages = np.maximum(np.arange(seasons)[:, None] + 1 - begun, 1)
    brought, cost = np.zeros(ages.shape), np.zeros(ages.shape)
    for (kind, name), course in found.course.items():
        value_of_one = worth(model, name) if kind == "stock" else 0.0
        if not value_of_one:
            continue
        means = value_of_one * course.cumsum(axis=0) / ages[:, None, None, :]
        means = np.where(np.abs(means) > LITTLE, means, 0.0)
        brought += np.maximum(means, 0.0).sum(axis=(1, 2))
        if model.stocks[name].place not in ("tile", "world"):
            means = np.where(np.arange(means.shape[1])[:, None, None] == doers, 0.0, means)
        cost -= np.minimum(means, 0.0).sum(axis=(1, 2))
    return brought, cost


def enter(model: Model, books: Payers, name: str, me: int, means: Floats, last: Floats) -> None:
    """Enter what a deed did to one stock in full measures, (C|1, P|1): in the mean of the seasons, and in the last."""
    shared = model.stocks[name].place in ("tile", "world")
    for one, two in np.ndindex(means.shape):
        _book(books, bearer_of(model, name, None if shared else one, me), float(means[one, two]))
    if shared:
        _book(books, LATER, float(last.sum()))


def _book(books: Payers, bearer: str, amount: float) -> None:
    side = books.gains if amount > 0.0 else books.costs
    if abs(amount) > LITTLE:
        side[bearer] = side.get(bearer, 0.0) + abs(amount)


def bearer_of(model: Model, name: str, community: int | None, me: int) -> str:
    """Return who has more or less of a stock: you, a community, the treasury, or the living world."""
    if community is not None:
        return PLAYER if community == me else model.level.communities[model.layout.communities[community]].name
    return TREASURY if name in model.stocks and is_treasury(model, name) else LIVING_WORLD


def is_treasury(model: Model, name: str) -> bool:
    """Return whether a stock of the whole world is what people put into and take from: a store or a purse of all."""
    if model.stocks[name].place != "world" or not model.stocks[name].matter:
        return False
    ends = [(flow.source, flow.target) for flow in model.flows]
    ends += [
        (effect.source[0], effect.target[0])
        for plan in model.actions.values()
        for effect in plan.now
        if isinstance(effect, MoveEffect)
    ]
    others = {one if other == name else other for one, other in ends if name in (one, other)} - {"", name}
    return any(model.stocks[other].place == "community" for other in others)


def worth(model: Model, name: str) -> float:
    """Return what one unit of a reading of a stock is worth, in full measures; below 0 where more is worse."""
    plan, spec = model.stocks[name], model.level.stocks[name]
    spread_over = places_of(model, name) if plan.place == "tile" and plan.matter else 1.0
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
