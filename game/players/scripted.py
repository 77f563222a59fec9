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

from game.insight.vigilance import HARMLESS, vigilance, wrongs_somebody
from game.language.nodes import StockName, walk
from game.level.vocabulary import FAMILIES
from game.players.options import Mask, Option, fill, options
from game.players.upkeep import fills_a_store, refills
from game.sim import chance
from game.sim.beginning import wants_of
from game.sim.chance import identity
from game.sim.effect_plans import AddEffect, UsersEffect
from game.sim.model import Model
from game.sim.plans import Candidate
from game.sim.possible import has_found
from game.sim.totals import Floats, tile_total
from game.sim.world import Integers, World

# A policy fills the plan (SLOTS, W) of one seat in place; the dict is a cache that all seats of one season share.
Policy = Callable[[Model, World, int, Integers, dict[str, Floats]], None]

RESTED = 0.7  # own needs below this share of their range call for a day of rest
FORCE = 10.0  # what a gain by harmless force is worth beside what is done with others
TRIAL = 9.0  # of its path's urgency: what it is worth to begin a trial, as anything else that lasts
REFILL = 20.0  # a store that runs out comes before talk and care, and after the commons that may fill it for good

# How urgent each path of power-with is, before looking at who needs it how much.


def _idle(model: Model, world: World, seat: int, chosen: Integers, shares: dict[str, Floats]) -> None:
    pass


def _random(model: Model, world: World, seat: int, chosen: Integers, shares: dict[str, Floats]) -> None:
    choices = options(model, world, seat, ("over", "with", "neutral"), shares)
    season = world.season + 1
    scores = [
        chance.uniform(world.luck, season, chance.POLICY, identity(f"{seat}:{option.candidate.key}")) + 1e-9
        for option in choices
    ]
    fill(model, world, seat, choices, scores, chosen, shares=shares)


def _over(model: Model, world: World, seat: int, chosen: Integers, shares: dict[str, Floats]) -> None:
    choices = options(model, world, seat, ("over",), shares)
    fill(model, world, seat, choices, [option.gain for option in choices], chosen, shares=shares)


def _with(model: Model, world: World, seat: int, chosen: Integers, shares: dict[str, Floats]) -> None:
    choices = options(model, world, seat, ("with",), shares)
    fill(
        model,
        world,
        seat,
        choices,
        [worth(model, world, seat, option, shares) for option in choices],
        chosen,
        _days_to_keep(model, world, seat),
        shares,
    )


def _selfless(model: Model, world: World, seat: int, chosen: Integers, shares: dict[str, Floats]) -> None:
    choices = options(model, world, seat, ("with",), shares)
    # Whoever never keeps anything finds something to give every day.
    scores = [np.maximum(worth(model, world, seat, option, shares), 0.01) for option in choices]
    fill(model, world, seat, choices, scores, chosen, shares=shares)


def _mixed(model: Model, world: World, seat: int, chosen: Integers, shares: dict[str, Floats]) -> None:
    def too_risky(candidate: Candidate) -> bool:
        over = model.actions[candidate.action].spec.mode == "over"
        if not over:
            return False
        return vigilance(model, candidate, seat) >= HARMLESS or wrongs_somebody(model, candidate, seat)

    choices = options(model, world, seat, ("over", "with"), shares, too_risky)
    scores = [_worth_to_mixed(model, world, seat, option, shares) for option in choices]
    fill(model, world, seat, choices, scores, chosen, _days_to_keep(model, world, seat), shares)


def _worth_to_mixed(model: Model, world: World, seat: int, option: Option, shares: dict[str, Floats]) -> Floats:
    """Return how much `mixed` wants to do this, (W,): it tries on a small plot what it holds back from."""
    spec = option.plan.spec
    if spec.mode == "over":
        return _worth_of_force(model, world, seat, option)
    if spec.tries:
        return np.full(world.count, TRIAL * FAMILIES.get(spec.family, 1.0))
    return worth(model, world, seat, option, shares)


def _worth_of_force(model: Model, world: World, seat: int, option: Option) -> Floats:
    """Return how much `mixed` wants to use force that is next to harmless, (W,).

    What it takes from living things it takes only while they abound, and for
    a store only when that runs low: it is harmless once, and not season after
    season.
    """
    taken = _living_taken(model, option)
    if taken and fills_a_store(model, option):
        return np.where(_abounds(model, world, option, taken), refills(model, world, seat, option), 0.0)
    return np.where(_abounds(model, world, option, taken), FORCE * option.gain, 0.0)


def _living_taken(model: Model, option: Option) -> list[str]:
    """Return the living stocks that the option takes from its tiles."""
    ends = (end for effect in option.plan.now for end in effect.ends)
    specs = model.level.stocks
    return [name for name, sign in ends if sign < 0.0 and specs[name].living and specs[name].place == "tile"]


def _abounds(model: Model, world: World, option: Option, taken: list[str]) -> Mask:
    """Return where all that is `taken` from the tiles of the option is there in full measure, (W,)."""
    fine, tree = np.ones(world.count, np.bool_), option.candidate.tree
    if tree is None:
        return fine
    for name in taken:
        live = tree.leaves(model.stocks[name].live)
        held = tree.total(tree.leaves(world.stock[name]) * live).reshape(-1)
        fine &= held >= float(model.level.stocks[name].living or 0.0) * max(float(live.sum()), 1.0)
    return fine


def _deaf(model: Model, world: World, seat: int, chosen: Integers, shares: dict[str, Floats]) -> None:
    choices = [
        option for option in options(model, world, seat, ("with",), shares) if option.plan.spec.family != "dialogue"
    ]
    order = [
        index
        for index, candidate in enumerate(model.candidates)
        if model.actions[candidate.action].spec.mode == "with"
        and model.actions[candidate.action].spec.family != "dialogue"
    ]
    start = (7 * world.season + 3 * seat) % max(len(order), 1)
    turn = {candidate: (place - start) % len(order) for place, candidate in enumerate(order)}
    scores = [np.full(world.count, 1.0 / (1 + turn[option.index])) for option in choices]
    fill(model, world, seat, choices, scores, chosen, shares=shares)


def _days_to_keep(model: Model, world: World, seat: int) -> dict[str, Floats]:
    """One day of every stock that pays for actions stays unspent where the player's own needs are low."""
    me = model.layout.seats[seat]
    days = [name for name, stock in model.stocks.items() if stock.place == "player" and stock.high > 1.0]
    needs = [name for name, stock in model.stocks.items() if stock.place == "player" and stock.high <= 1.0]
    tired = np.zeros(world.count, np.bool_)
    for name in needs:
        tired |= world.stock[name][me, 0, 0, 0] < RESTED
    return {name: np.where(tired, 1.0, 0.0) for name in days}


def worth(model: Model, world: World, seat: int, option: Option, shares: dict[str, Floats]) -> Floats:
    """Return how much the policy `with` wants to do this now, (W,); 0 where it would be for nothing."""
    refilled = refills(model, world, seat, option)
    if option.plan.accepts is not None:  # nobody asks where he would be refused
        refilled = np.where(option.willing > 0, refilled, 0.0)
    # What a store has enough of is better left where it grows.
    otherwise = 0.0 if fills_a_store(model, option) else _worth_otherwise(model, world, seat, option, shares)
    return np.where(refilled > 0.0, REFILL + refilled, otherwise)


def _worth_otherwise(model: Model, world: World, seat: int, option: Option, shares: dict[str, Floats]) -> Floats:
    spec = option.plan.spec
    base = FAMILIES.get(spec.family, 1.0)
    if option.plan.circle:
        usual = option.candidate.amount is None  # who plays by a script does not bargain
        return np.where((option.willing > 0) & usual, 10.0 * base + option.willing, 0.0)
    if option.plan.accepts is not None and not option.plan.circle:
        return np.where(option.willing > 0, base, 0.0)
    if spec.finds:
        found = has_found(model, world, option.plan, model.layout.seats[seat])
        return np.where(found, 0.0, 4.0 * base)
    if spec.tries:
        return np.zeros(world.count)  # whoever never uses force has nothing to try it for
    if spec.lasts:
        return np.full(world.count, 9.0 * base)
    if spec.only_own:
        return np.full(world.count, base)
    lacking = _lacking_of_what_all_want(model, world, option)
    if lacking is not None:
        return base * lacking
    if any(isinstance(effect, UsersEffect) for effect in option.plan.now):
        return base * _lost_ground(model, world, model.layout.seats[seat], option)
    if spec.target == "community":
        return _worth_to_partner(model, world, seat, option, base)
    return 0.1 * base * _thinness(model, world, option, shares)


def _lacking_of_what_all_want(model: Model, world: World, option: Option) -> Floats | None:
    """Return what is missing of a state of the whole world that goals ask for and the action adds to, (W,).

    None where it adds to no such state.
    """
    added = [effect.stock for effect in option.plan.now if isinstance(effect, AddEffect)]
    helped = [name for name in added if model.stocks[name].place == "world"]
    if not helped:  # as with most actions; only then are goals worth reading
        return None
    goals = (model.nodes["goals", index, "hold"] for index in range(len(model.goals)))
    wanted = {part.name for goal in goals for part in walk(goal) if isinstance(part, StockName)}
    helped = [name for name in helped if name in wanted]
    if not helped:
        return None
    stock = model.stocks[helped[0]]
    held = world.stock[stock.name][0, 0, 0, 0]
    return np.maximum(stock.high - held, 0.0) / (stock.high - stock.low)


def _worth_to_partner(model: Model, world: World, seat: int, option: Option, base: float) -> Floats:
    me, other = model.layout.seats[seat], option.candidate.target
    wants = wants_of(model, other)
    known = world.stock[wants.known_by][other, me, 0, 0] if wants and wants.known_by else np.ones(world.count)
    if option.plan.spec.family == "dialogue":
        # Asking again what is known already is a day lost.
        return np.where(known < 0.5, base * (1.0 - known), 0.0)
    wronged = _grievance(model, world, other)
    understood = known >= 0.4
    need = np.where(understood, option.fits, 0.0)
    return np.where(
        need > 0.0, base, np.where(wronged > 0.3, base * wronged * (option.plan.spec.family == "care"), 0.0)
    )


def _grievance(model: Model, world: World, community: int) -> Floats:
    felt = [name for name, spec in model.level.stocks.items() if spec.conflict]
    total = np.zeros(world.count)
    for name in felt:
        total = total + world.stock[name][community, 0, 0, 0]
    return total / max(len(felt), 1)


def _thinness(model: Model, world: World, option: Option, shares: dict[str, Floats]) -> Floats:
    """Return how poor the living stocks are where the action works, 0 to 1, (W,); the same for all seats."""
    key = f"thinness of {option.candidate.ground}"
    if key not in shares:
        shares[key] = _measure_thinness(model, world, option, shares)
    return shares[key]


def _measure_thinness(model: Model, world: World, option: Option, shares: dict[str, Floats]) -> Floats:
    living = [(name, spec.living) for name, spec in model.level.stocks.items() if spec.living and spec.place == "tile"]
    tree = option.candidate.tree
    if tree is None or not living:
        return np.full(world.count, 0.5)
    poor = np.zeros(world.count)
    for name, reference in living:
        inside = tree.leaves(model.stocks[name].live)
        count = max(float(inside.sum()), 1.0)
        key = f"lack {name}"
        if key not in shares:  # it is the same for every candidate
            shares[key] = 1.0 - np.minimum(1.0, world.stock[name] / reference)
        poor = poor + tree.total(tree.leaves(shares[key]) * inside).reshape(-1) / count
    return poor / len(living)


def _lost_ground(model: Model, world: World, me: int, option: Option) -> Floats:
    """Return the share of the target's tiles that the player once used and may not use now, (W,)."""
    tiles = option.candidate.tiles
    if tiles is None:
        return np.zeros(world.count)
    lost = tiles * model.uses_start[me : me + 1] * (1.0 - world.uses[me : me + 1])
    return _tile_sum(lost) / max(float(tiles.sum()), 1.0)


def _tile_sum(values: Floats) -> Floats:
    return tile_total(np.ascontiguousarray(values)).reshape(-1)


SCRIPTED: dict[str, Policy] = {
    "idle": _idle,
    "random": _random,
    "over": _over,
    "with": _with,
    "mixed": _mixed,
    "selfless": _selfless,
    "deaf": _deaf,
}
