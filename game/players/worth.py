"""What the policy `with` wants how much: one small rule for each kind of deed, for all options of that kind at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from game.language.nodes import StockName, walk
from game.players.book import book_of
from game.players.options import Choices, Shared
from game.players.upkeep import lasts_too_short, stores
from game.sim.effect_plans import AddEffect, UsersEffect
from game.sim.mind_tables import (
    CIRCLE,
    DIALOGUE,
    FIND,
    LAND,
    LASTING,
    OFFER,
    OWN,
    PARTNER,
    SHARED,
    STORE,
    TRIAL,
    USERS,
)
from game.sim.model import Model
from game.sim.plans import ActionPlan, Candidate
from game.sim.possible import has_found
from game.sim.totals import Floats, TileTree
from game.sim.world import Integers, World

REFILL = 20.0  # a store that runs out comes before talk and care, and after the commons that may fill it for good
UNDERSTOOD = 0.4  # of a need: from here on one knows what would help
HURT = 0.3  # of a grievance: from here on it calls for care


@dataclass(frozen=True)
class Wishing:
    """Some options of one kind, as one seat sees them: the rows of a table of choices."""

    model: Model
    world: World
    seat: int
    choices: Choices
    shares: dict[str, Floats]
    rows: Integers  # (R,)

    @property
    def me(self) -> int:
        """The community that the seat speaks for."""
        return self.model.layout.seats[self.seat]

    @property
    def indices(self) -> Integers:
        """The candidates, (R,)."""
        found: Integers = self.choices.rows[self.rows]
        return found

    @property
    def base(self) -> Floats:
        """How urgent the path is that each belongs to, (R, 1)."""
        return self.choices.book.base[self.indices][:, None]


def worths(model: Model, world: World, seat: int, choices: Choices, shares: dict[str, Floats]) -> Floats:
    """Return how much the policy `with` wants to do each of its options now, (O, W); 0 where it would be for nothing.

    `shares` remembers what is the same for all seats of a season.
    """
    found = np.zeros(choices.allowed.shape)
    kinds: Integers = choices.book.each("kind of wish", model, lambda plan, one: kind_of(model, plan, one), np.int64)
    for kind, rows in choices.by(kinds):
        found[rows] = WISHES[kind](Wishing(model, world, seat, choices, shares, rows))
    return found


def kind_of(model: Model, plan: ActionPlan, candidate: Candidate) -> int:
    """Return what a deed is to somebody who partners."""
    spec = plan.spec
    tests = (
        (STORE, spec.aim is not None and spec.aim.of in stores(model)),
        (CIRCLE, plan.circle is not None),
        (OFFER, plan.accepts is not None),
        (FIND, bool(spec.finds)),
        (TRIAL, bool(spec.tries)),
        (LASTING, spec.lasts is not None),
        (OWN, spec.only_own),
        (SHARED, bool(helped(model, plan))),
        (USERS, any(isinstance(effect, UsersEffect) for effect in plan.now)),
        (DIALOGUE, spec.target == "community" and spec.family == "dialogue"),
        (PARTNER, spec.target == "community"),
    )
    return next((kind for kind, holds in tests if holds), LAND)


def _refill(wish: Wishing) -> Floats:
    """A store of mine that is low: what it has enough of is better left where it grows."""
    filling = refilling(wish)
    asks = wish.choices.book.each("offers", wish.model, lambda plan, one: plan.accepts is not None, np.bool_)
    # Nobody asks where he would be refused.
    refused = asks[wish.indices][:, None] & (wish.choices.willing[wish.rows] <= 0.0)
    filling = np.where(refused, 0.0, filling)
    return np.where(filling > 0.0, REFILL + filling, 0.0)


def refilling(wish: Wishing) -> Floats:
    """Return how well options fill a store of mine that is low, (R, W): 0 not at all, near 1 for large gains."""
    names = list(stores(wish.model))
    of = wish.choices.book.each("store", wish.model, lambda plan, one: store_of(names, plan), np.int64)[wish.indices]
    low = np.zeros((len(names) + 1, wish.world.count), np.bool_)  # the last one is no store
    for place, name in enumerate(names):
        low[place] = lasts_too_short(wish.model, wish.world, wish.me, name)
    gain = np.maximum(wish.choices.gain[wish.rows], 0.0)
    return np.where(low[of], gain / (1.0 + gain), 0.0)


def store_of(names: list[str], plan: ActionPlan) -> int:
    """Return which of some stores a deed fills; -1 where it is none of them."""
    aim = plan.spec.aim
    return names.index(aim.of) if aim is not None and aim.of in names else -1


def _circle(wish: Wishing) -> Floats:
    # Who plays by a script does not bargain.
    usual = wish.choices.book.each("usual", wish.model, lambda plan, one: one.amount is None, np.bool_)
    willing = wish.choices.willing[wish.rows]
    return np.where((willing > 0.0) & usual[wish.indices][:, None], 10.0 * wish.base + willing, 0.0)


def _offer(wish: Wishing) -> Floats:
    return np.where(wish.choices.willing[wish.rows] > 0.0, wish.base, 0.0)


def _find(wish: Wishing) -> Floats:
    found: dict[str, Floats] = {}
    rows = []
    for index in wish.indices.tolist():
        plan = wish.choices.book.plans[index]
        if plan.name not in found:
            found[plan.name] = np.where(has_found(wish.model, wish.world, plan, wish.me), 0.0, 4.0)
        rows.append(found[plan.name])
    return np.array(rows) * wish.base


def _trial(wish: Wishing) -> Floats:
    """Whoever never uses force has nothing to try it for."""
    return np.zeros((len(wish.rows), 1))


def _lasting(wish: Wishing) -> Floats:
    return 9.0 * wish.base


def _own(wish: Wishing) -> Floats:
    return wish.base


def _shared(wish: Wishing) -> Floats:
    """What is missing of a state of the whole world that goals ask for and the action adds to."""
    rows = []
    for index in wish.indices.tolist():
        stock = wish.model.stocks[helped(wish.model, wish.choices.book.plans[index])[0]]
        held = wish.world.stock[stock.name][0, 0, 0, 0]
        rows.append(np.maximum(stock.high - held, 0.0) / (stock.high - stock.low))
    return wish.base * np.array(rows)


def helped(model: Model, plan: ActionPlan) -> tuple[str, ...]:
    """Return the states of the whole world that goals ask for and an action adds to."""
    known = book_of(model).known
    if ("helped", plan.name) not in known:
        added = [effect.stock for effect in plan.now if isinstance(effect, AddEffect)]
        goals = (model.nodes["goals", index, "hold"] for index in range(len(model.goals)))
        wanted = {part.name for goal in goals for part in walk(goal) if isinstance(part, StockName)}
        helped = [name for name in added if model.stocks[name].place == "world" and name in wanted]
        known["helped", plan.name] = tuple(helped)
    names: tuple[str, ...] = known["helped", plan.name]
    return names


def _users(wish: Wishing) -> Floats:
    """The share of the target's tiles that the player once used and may not use now."""
    gone = wish.model.uses_start[wish.me : wish.me + 1] * (1.0 - wish.world.uses[wish.me : wish.me + 1])
    lost = []
    for index in wish.indices.tolist():
        tree = wish.model.candidates[index].tree
        if tree is None:
            lost.append(np.zeros(wish.world.count))
        else:
            lost.append(tree.total(tree.leaves(gone)).reshape(-1) / max(float(len(tree.places)), 1.0))
    return wish.base * np.array(lost)


def _dialogue(wish: Wishing) -> Floats:
    """Asking again what is known already is a day lost."""
    known = _known(wish)
    return np.where(known < 0.5, wish.base * (1.0 - known), 0.0)


def _partner(wish: Wishing) -> Floats:
    """What somebody wants, once that is known; care for whoever is hurt."""
    fits, wronged = wish.choices.fits[wish.rows], _grievances(wish)[_targets(wish)]
    need = np.where(_known(wish) >= UNDERSTOOD, fits, 0.0)
    cares = wish.choices.book.each("cares", wish.model, lambda plan, one: plan.spec.family == "care", np.float64)
    cared = wish.base * wronged * cares[wish.indices][:, None]
    return np.where(need > 0.0, wish.base, np.where(wronged > HURT, cared, 0.0))


def _targets(wish: Wishing) -> Integers:
    found: Integers = wish.choices.book.each("target", wish.model, lambda plan, one: one.target, np.int64)
    return found[wish.indices]


def _known(wish: Wishing) -> Floats:
    """How well I know what each target needs, (R, W); 1 where there is nothing to know."""
    known = np.ones((len(wish.model.layout.communities), wish.world.count))
    for other, name in enumerate(wish.model.feelings.known):
        if name:
            known[other] = wish.world.stock[name][other, wish.me, 0, 0]
    return known[_targets(wish)]


def _grievances(wish: Wishing) -> Floats:
    """How wronged each community feels, (C, W)."""
    felt = [name for name, spec in wish.model.level.stocks.items() if spec.conflict]
    total = np.zeros((len(wish.model.layout.communities), wish.world.count))
    for name in felt:
        total = total + wish.world.stock[name][:, 0, 0, 0]
    return total / max(len(felt), 1)


def _land(wish: Wishing) -> Floats:
    """How poor the living stocks are where the action works, 0 to 1; the same for all seats."""
    known = wish.choices.book.known
    if "ground" not in known:
        wish.choices.book.each("ground", wish.model, ground_of(wish.model), np.int64)
    of = known["ground"][wish.indices]
    if "thinness" not in wish.shares:
        wish.shares["thinness"] = np.full((len(wish.model.candidates), wish.world.count), -1.0)
    thin = wish.shares["thinness"]
    missing = np.array([at for at in dict.fromkeys(of.tolist()) if thin[at, 0] < 0.0], np.int64)
    if len(missing):
        thin[missing] = _thinness(wish, missing)
    return 0.1 * wish.base * thin[of]


def ground_of(model: Model) -> Callable[[ActionPlan, Candidate], int]:
    """Return what tells of a candidate the first one that reaches the same tiles."""
    first: dict[TileTree | None, int] = {}
    for index, one in enumerate(model.candidates):
        first.setdefault(one.tree, index)
    return lambda plan, one: first[one.tree]


def _thinness(wish: Wishing, candidates: Integers) -> Floats:
    """Return how poor the living stocks are on the tiles of each candidate, (plots, W)."""
    stocks = wish.model.level.stocks.items()
    living = [(name, spec.living) for name, spec in stocks if spec.living and spec.place == "tile"]
    trees = [wish.model.candidates[index].tree for index in candidates]
    poor = np.zeros((len(trees), wish.world.count))
    season = wish.shares.season if isinstance(wish.shares, Shared) else None
    for name, reference in living:
        live = wish.model.stocks[name].live
        counts = np.array([1.0 if tree is None else max(float(tree.leaves(live).sum()), 1.0) for tree in trees])
        if season is not None:
            season.thin(wish.world, name, float(reference), candidates, counts, poor)
            continue
        key = f"lack {name}"
        if key not in wish.shares:  # it is the same for every plot
            wish.shares[key] = (1.0 - np.minimum(1.0, wish.world.stock[name] / reference)) * live
        for place, tree in enumerate(trees):
            if tree is not None:
                poor[place] += tree.total(tree.leaves(wish.shares[key])).reshape(-1) / counts[place]
    for place, tree in enumerate(trees):
        poor[place] = poor[place] / len(living) if living and tree is not None else 0.5
    return poor


WISHES: dict[int, Callable[[Wishing], Floats]] = {
    STORE: _refill,
    CIRCLE: _circle,
    OFFER: _offer,
    FIND: _find,
    TRIAL: _trial,
    LASTING: _lasting,
    OWN: _own,
    SHARED: _shared,
    USERS: _users,
    DIALOGUE: _dialogue,
    PARTNER: _partner,
    LAND: _land,
}
