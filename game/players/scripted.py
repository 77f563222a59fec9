"""The scripted policies: what each plans this season, in every world of a batch, without looking ahead.

| policy | plays like |
|---|---|
| idle | takes no action |
| random | any affordable action |
| over | the power-over action with the best direct yield now |
| with | listens first, agrees and watches a commons, fills its store, meets what is wanted, keeps days for itself |
| mixed | `over` where force is next to harmless, `with` elsewhere |
| selfless | `with`, but never keeps a day for itself |
| deaf | power-with actions on a fixed plan, never listening |
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.insight.vigilance import HARMLESS, harm_added, vigilance, wrongs_somebody
from game.players.book import book_of
from game.players.minds import worths
from game.players.options import Choices, Mask, options
from game.players.purse import fill
from game.players.upkeep import RESTED, stores
from game.players.worth import Wishing, refilling
from game.sim import chance
from game.sim.chance import identity
from game.sim.model import Model
from game.sim.plans import ActionPlan, Candidate
from game.sim.totals import Floats, TileTree
from game.sim.world import Integers, World

# A policy fills the plan (SLOTS, W) of one seat in place; the dict is a cache that all seats of one season share.
Policy = Callable[[Model, World, int, Integers, dict[str, Floats]], None]

FORCE = 10.0  # what a gain by harmless force is worth beside what is done with others
TRIAL = 9.0  # of its path's urgency: what it is worth to begin a trial, as anything else that lasts


def _idle(model: Model, world: World, seat: int, chosen: Integers, shares: dict[str, Floats]) -> None:
    pass


def _random(model: Model, world: World, seat: int, chosen: Integers, shares: dict[str, Floats]) -> None:
    choices = options(model, world, seat, ("over", "with", "neutral"), shares)
    keys = choices.book.each(("luck", seat), model, lambda plan, one: identity(f"{seat}:{one.key}"), np.uint64)
    drawn = chance.uniform(world.luck, world.season + 1, chance.POLICY, keys[choices.rows][:, None])
    fill(model, world, seat, choices, drawn + 1e-9, chosen, shares=shares)


def _over(
    model: Model,
    world: World,
    seat: int,
    chosen: Integers,
    shares: dict[str, Floats],
    left_out: Mask | None = None,
) -> None:
    choices = options(model, world, seat, ("over",), shares, left_out)
    fill(model, world, seat, choices, choices.gain, chosen, shares=shares)


def take_from(whom: int, model: Model, world: World, seat: int, chosen: Integers, shares: dict[str, Floats]) -> None:
    """Plan as `over` does, but of what is aimed at one community only what is aimed at `whom`."""

    def elsewhere(plan: ActionPlan, candidate: Candidate) -> bool:
        return plan.spec.target == "community" and candidate.target != whom

    others: Mask = book_of(model).each(("elsewhere", whom), model, elsewhere, np.bool_)
    _over(model, world, seat, chosen, shares, others)


def _with(model: Model, world: World, seat: int, chosen: Integers, shares: dict[str, Floats]) -> None:
    choices = options(model, world, seat, ("with",), shares)
    scores = worths(model, world, seat, choices, shares)
    fill(model, world, seat, choices, scores, chosen, _days_to_keep(model, world, seat), shares)


def _selfless(model: Model, world: World, seat: int, chosen: Integers, shares: dict[str, Floats]) -> None:
    choices = options(model, world, seat, ("with",), shares)
    # Whoever never keeps anything finds something to give every day.
    scores = np.maximum(worths(model, world, seat, choices, shares), 0.01)
    fill(model, world, seat, choices, scores, chosen, shares=shares)


def _mixed(model: Model, world: World, seat: int, chosen: Integers, shares: dict[str, Floats]) -> None:
    def too_risky(plan: ActionPlan, candidate: Candidate) -> bool:
        if plan.spec.mode != "over":
            return False
        return vigilance(model, candidate, seat) >= HARMLESS or wrongs_somebody(model, candidate, seat)

    risky: Mask = book_of(model).each(("too risky", seat), model, too_risky, np.bool_)
    choices = options(model, world, seat, ("over", "with"), shares, risky)
    scores = _worths_to_mixed(model, world, seat, choices, shares)
    fill(model, world, seat, choices, scores, chosen, _days_to_keep(model, world, seat), shares)


def _worths_to_mixed(model: Model, world: World, seat: int, choices: Choices, shares: dict[str, Floats]) -> Floats:
    """Return how much `mixed` wants to do each option, (O, W): it tries on a small plot what it holds back from."""
    scores = np.zeros(choices.allowed.shape)
    force = choices.book.each("force", model, lambda plan, one: plan.spec.mode == "over", np.bool_)[choices.rows]
    tries = choices.book.each("tries", model, lambda plan, one: bool(plan.spec.tries), np.bool_)[choices.rows]
    taking, trying, other = (np.flatnonzero(rows) for rows in (force, tries & ~force, ~tries & ~force))
    scores[trying] = TRIAL * choices.book.base[choices.rows[trying]][:, None]
    scores[other] = worths(model, world, seat, choices.only(other), shares)
    if len(taking):
        scores[taking] = _worths_of_force(Wishing(model, world, seat, choices, shares, taking))
    return scores


def _worths_of_force(wish: Wishing) -> Floats:
    """Return how much `mixed` wants to use force that is next to harmless, (R, W).

    What it takes from living things it takes only while they abound, what
    it adds of anything harmful only while there is no more of it than nobody
    minds, and what it carries off the land into a store only when that runs
    low: it is harmless once, and not season after season, or done by everybody.
    """
    wanted, filling = FORCE * wish.choices.gain[wish.rows], refilling(wish)
    for at, index in enumerate(wish.indices.tolist()):
        plan, candidate = wish.choices.book.plans[index], wish.model.candidates[index]
        taken, added = _taken(wish.model, plan), harm_added(wish.model, candidate, wish.seat)
        if (taken or added) and plan.spec.aim is not None and plan.spec.aim.of in stores(wish.model):
            wanted[at] = filling[at]
        fine = _abounds(wish.model, wish.world, candidate, taken) & _bears(wish.model, wish.world, candidate, added)
        wanted[at] = np.where(fine, wanted[at], 0.0)
    return wanted


def _taken(model: Model, plan: ActionPlan) -> list[str]:
    """Return the stocks that an action takes from its tiles."""
    ends = (end for effect in plan.now for end in effect.ends)
    return [name for name, sign in ends if sign < 0.0 and model.stocks[name].place == "tile"]


def _bears(model: Model, world: World, candidate: Candidate, added: tuple[str, ...]) -> Mask:
    """Return where there is no more of what is `added` than nobody minds, (W,): where it acts, else anywhere."""
    fine = np.ones(world.count, np.bool_)
    for name in added:
        least, held = float(model.level.stocks[name].harmless or 0.0), world.stock[name]
        if candidate.tree is not None and model.stocks[name].place == "tile":
            here, tiles = _standing(model, world, candidate.tree, name)
            fine &= here <= least * tiles
        else:
            fine &= held.reshape(-1, world.count).max(axis=0) <= least
    return fine


def _abounds(model: Model, world: World, candidate: Candidate, taken: list[str]) -> Mask:
    """Return where all that lives and is `taken` from the tiles of the option is there in full measure, (W,)."""
    fine, tree = np.ones(world.count, np.bool_), candidate.tree
    if tree is None:
        return fine
    for name in (one for one in taken if model.level.stocks[one].living):
        here, tiles = _standing(model, world, tree, name)
        fine &= here >= float(model.level.stocks[name].living or 0.0) * max(tiles, 1.0)
    return fine


def _standing(model: Model, world: World, tree: TileTree, name: str) -> tuple[Floats, float]:
    """Return how much of a stock stands on some tiles, (W,), and on how many of them it can be."""
    live = tree.leaves(model.stocks[name].live)
    return tree.total(tree.leaves(world.stock[name]) * live).reshape(-1), float(live.sum())


def _deaf(model: Model, world: World, seat: int, chosen: Integers, shares: dict[str, Floats]) -> None:
    def listens(plan: ActionPlan, candidate: Candidate) -> bool:
        return plan.spec.mode != "with" or plan.spec.family == "dialogue"

    talks: Mask = book_of(model).each("listens", model, listens, np.bool_)
    choices = options(model, world, seat, ("with",), shares, talks)
    order = np.cumsum(~talks) - 1  # the place of each candidate in the plan that never changes
    count = max(int((~talks).sum()), 1)
    start = (7 * world.season + 3 * seat) % count
    scores = 1.0 / (1 + (order[choices.rows] - start) % count)
    fill(model, world, seat, choices, np.repeat(scores[:, None], world.count, axis=1), chosen, shares=shares)


def _days_to_keep(model: Model, world: World, seat: int) -> dict[str, Floats]:
    """One day of every stock that pays for actions stays unspent where the player's own needs are low."""
    me = model.layout.seats[seat]
    days = [name for name, stock in model.stocks.items() if stock.place == "player" and stock.high > 1.0]
    needs = [name for name, stock in model.stocks.items() if stock.place == "player" and stock.high <= 1.0]
    tired = np.zeros(world.count, np.bool_)
    for name in needs:
        tired |= world.stock[name][me, 0, 0, 0] < RESTED
    return {name: np.where(tired, 1.0, 0.0) for name in days}


SCRIPTED: dict[str, Policy] = {
    "idle": _idle,
    "random": _random,
    "over": _over,
    "with": _with,
    "mixed": _mixed,
    "selfless": _selfless,
    "deaf": _deaf,
}
