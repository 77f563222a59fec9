"""What a person weighs: how things stand for it, and what speaks for and against a deed.

| term | what it counts |
|---|---|
| need | what the deed brings, less what it gives away, as far as one's own stores or rest run short |
| profit | what it brings beyond that: less, the fairer and the more patient |
| harm | what others feel of it, as far as one stands well with them |
| revenge | what those feel of it who did one wrong, with boldness, less where one lets go |
| promise | that it breaks an agreement one is in |
| others | that the others partner, or take: most do as the others do (Fischbacher, Gächter & Fehr 2001) |
| care | what it does for others and for what all share, if one is fair or stands well with them |
| land | what force risks (`game.insight.vigilance`), with patience, less the more bitter one is |
| company | a small deed for a friend, on days that nothing else asks for |
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.insight.vigilance import vigilance
from game.players.meaning import deeds, promised
from game.players.options import Choices, Deeds, Option
from game.players.upkeep import RESTED
from game.players.worth import worths
from game.sim.dials import dials
from game.sim.feelings import asked_for, parted_with, season_use
from game.sim.frame import Frame
from game.sim.mind_tables import BARGAINS, ON_LAND, PARTNERS, TAKES, WITH_NOBODY, WORKS
from game.sim.model import Model
from game.sim.people import UNDERSTOOD, UNFORGIVEN
from game.sim.plans import ActionPlan, Candidate
from game.sim.totals import Floats
from game.sim.world import Integers, World

TERMS = ("need", "profit", "harm", "revenge", "promise", "others", "care", "land", "company")
SHORT = 2.0  # seasons in store below which a store runs short
NEED, OTHERS, BREACH = 1.2, 0.6, 1.5  # weights of play
PART = 0.2  # of what a household lacks of a state: as good as a season's use of a store
MOST_FELT = 1.5  # of what others feel of a deed: what counts at most
AGAINST = 0.5  # how much partnering others speak against force
BEGINS = 0.55  # how fair one is, or how well one stands with them, before one begins by oneself
UNHEARD = 0.4  # of how one stands with somebody, what is left where he never asked
OVERHEARD = 0.15  # of partnering by others, what is left of its example
SHUNNED = 0.5  # how much less whoever takes stands with those he took nothing from (Nowak & Sigmund 1998)
MORE_TERMS = 2.0  # how much it counts to be allowed twice as much by an agreement, or half as much on barren land
HALF_WORTH = 5.0  # the worth to a partner that is half as good as can be
ENOUGH = 0.1  # a deed whose terms come to less is left undone
COMPANY = 0.15  # what a small deed on an idle day is worth
FRIEND = 0.5  # of standing: with whom one keeps company
JOINS_IN = 0.1  # how far the others partner before one works on the common land on an idle day


@dataclass(frozen=True)
class Circumstances:
    """How things stand for one person, worked out once a season: what it lacks and how it stands with each, (C, W)."""

    me: int
    held: dict[str, Floats]  # what it has of each store, (W,)
    pressure: dict[str, Floats]  # for each store how short it is, 0 to 1, (W,)
    use: dict[str, Floats]  # what it uses of it in a season, (W,)
    worth_more: dict[str, Floats]  # what more of it is worth beyond need: 1 with an empty store, less the fuller, (W,)
    tired: Floats  # (W,) 0 to 1
    standing: Floats  # (C, W) trust less wrongs, half the kindness, and less for whoever takes from anybody
    wrongs: Floats  # (C, W)
    bitter: Floats  # (W,) the worst of the wrongs, 1 where it is past forgiving: who is bitter counts nothing later
    warmth: Floats  # (C, W) how one stands with each, less where one was never asked what one needs
    lean: Floats  # (W,) whether the others take (-1) or partner (1)


def circumstances(model: Model, world: World, seat: int) -> Circumstances:
    """Return how things stand for the person in a seat."""
    me, feelings, people = model.layout.seats[seat], model.feelings, world.people
    frame = Frame(model.layout, world, me=me)
    held: dict[str, Floats] = {}
    use, pressure, worth_more = {}, {}, {}
    for name in feelings.stores:
        use[name] = season_use(frame, feelings, model.stocks[name])[me]
        held[name] = world.stock[name][me, 0, 0, 0]
        pressure[name] = shortness(held[name], use[name])
        worth_more[name] = 1.0 / (1.0 + held[name] / (SHORT * use[name]))
    trust = world.stock[feelings.trust][me, :, 0, 0] if feelings.trust else np.full_like(people["wrongs"][me], 0.5)
    heard = _heard(model, world, me)
    lean = weight = np.zeros(world.count)
    for index in model.layout.seats:
        if index != me:
            acts = _example(world, index, heard)
            lean, weight = lean + acts, weight + np.abs(acts)
    wrongs = np.minimum(people["wrongs"][me], 1.0) + 0.0  # whoever is bitter cannot be more so
    for name in lacked(model):
        use[name] = np.full(world.count, PART)
        pressure[name] = np.minimum(np.maximum(1.0 - world.stock[name][me, 0, 0, 0] / RESTED, 0.0), 1.0) + 0.0
        worth_more[name] = np.zeros(world.count)
    standing = trust - wrongs + 0.5 * people["kindness"][me] + SHUNNED * np.minimum(people["lean"], 0.0)
    return Circumstances(
        me,
        held,
        pressure,
        use,
        worth_more,
        _tired(model, world, me),
        standing,
        wrongs,
        np.minimum(largest(wrongs) / UNFORGIVEN, 1.0) + 0.0,
        standing * (UNHEARD + (1.0 - UNHEARD) * heard),
        lean / (0.5 + weight),
    )


def examples(model: Model, world: World, seat: int) -> dict[int, Floats]:
    """Return how far each other household's example goes with the person in a seat: above 0 it partners, (W,) each."""
    me = model.layout.seats[seat]
    heard = _heard(model, world, me)
    return {index: _example(world, index, heard) for index in model.layout.seats if index != me}


def _example(world: World, index: int, heard: Floats) -> Floats:
    """Return how one household leans as it is seen: of partnering less by whoever was never heard."""
    leans = world.people["lean"][index]
    return leans * np.where(leans > 0.0, OVERHEARD + (1.0 - OVERHEARD) * heard[index], 1.0)


def terms(
    model: Model, world: World, seat: int, choices: Choices, now: Circumstances, shares: dict[str, Floats]
) -> dict[str, Floats]:
    """Return what speaks for and against each option, (O, W) for each of TERMS."""
    people, me, book, rows = world.people, now.me, choices.book, choices.rows
    fair, bold, patient, forgiving = (people[name][me] for name in ("fair", "bold", "patient", "forgiving"))
    done = deeds(model, world, seat, choices, shares)
    hurts = np.minimum(np.maximum(0.0 - done.feels, 0.0), MOST_FELT) + 0.0
    names = list(now.use)
    aims: Integers = book.each("aim", model, lambda plan, one: aim_of(plan, names), np.int64)[rows]
    pressure, more = _with_none(now.pressure)[aims], _with_none(now.worth_more)[aims]
    brings = _brings(choices.gain, aims, _with_none(now.use, 1.0)[aims])
    found = {name: np.zeros(choices.allowed.shape) for name in TERMS}
    found["need"] = NEED * (pressure * brings + now.tired * done.rests - _missed(model, done, choices, now))
    found["profit"] = (1.0 - fair) * (1.0 - 0.5 * patient) * (1.0 - pressure) * more * brings
    found["harm"] = 0.0 - _sum((hurts * np.maximum(now.standing, 0.0)).swapaxes(0, 1))
    found["revenge"] = bold * (1.0 - 0.7 * forgiving) * _sum((hurts * now.wrongs).swapaxes(0, 1))
    found["promise"] = 0.0 - BREACH * fair * _breaks(model, world, choices, me)
    manners: Integers = book.each("manner", model, lambda plan, one: manner_of(plan, one), np.int64)
    for manner, at in choices.by(manners):
        if manner == BARGAINS:
            _weigh_promises(model, world, choices, at, now, shares, found)
        elif manner == PARTNERS:
            good = worths(model, world, seat, choices.only(at), shares)
            _weigh_partnering(model, fair, choices, at, now, good, found)
        elif manner == TAKES:
            risk = book.each("risk", model, lambda plan, one: risk_of(model, plan, one), np.float64)[rows[at]][:, None]
            alike = OTHERS * fair * (np.minimum(brings[at], 1.0) + 0.0)  # who is fair does as the others do
            found["others"][at] = 0.0 - np.where(now.lean > 0.0, AGAINST, alike) * now.lean
            found["land"][at] = 0.0 - patient * (1.0 - now.bitter) * risk
    return found


def terms_of(
    model: Model, world: World, seat: int, option: Option, now: Circumstances, shares: dict[str, Floats]
) -> dict[str, Floats]:
    """Return what speaks for and against one deed, (W,) for each of TERMS."""
    return {name: values[0] for name, values in terms(model, world, seat, option.alone, now, shares).items()}


def manner_of(plan: ActionPlan, candidate: Candidate) -> int:
    """Return how a person weighs a deed."""
    if candidate.amount is not None and plan.spec.lasts is not None:
        return BARGAINS
    return {"with": PARTNERS, "over": TAKES}.get(plan.spec.mode, WORKS)


def aim_of(plan: ActionPlan, names: list[str]) -> int:
    """Return which of some stocks a deed aims at; -1 where it is none of them."""
    return names.index(plan.spec.aim.of) if plan.spec.aim is not None and plan.spec.aim.of in names else -1


def risk_of(model: Model, plan: ActionPlan, candidate: Candidate) -> float:
    """Return what force risks."""
    return vigilance(model, candidate) if plan.spec.mode == "over" else 0.0


def _with_none(each: dict[str, Floats], none: float = 0.0) -> Floats:
    """Return what there is of each store, (S + 1, W); the last stands for what is no store."""
    values = [*each.values()]
    return np.array([*values, np.full_like(values[0], none)]) if values else np.full((1, 1), none)


def _brings(gain: Floats, aims: Integers, use: Floats) -> Floats:
    """Return what options bring of what they aim at, in seasons of its use, (O, W)."""
    brings = np.minimum(np.maximum(gain, 0.0) / use, SHORT) + 0.0
    return np.where((aims >= 0)[:, None], brings, 0.0)


def _weigh_promises(
    model: Model,
    world: World,
    choices: Choices,
    at: Integers,
    now: Circumstances,
    shares: dict[str, Floats],
    found: dict[str, Floats],
) -> None:
    """Weigh what an agreement would allow if it were settled anew."""
    patient = world.people["patient"][now.me]
    short = _sum(np.array([*now.pressure.values()])) / max(len(now.pressure), 1)
    for row in at:
        more = promised(model, world, choices[int(row)], now.me, shares)
        found["need"][row] = MORE_TERMS * short * more
        found["land"][row] = 0.0 - MORE_TERMS * patient * barren(model, world, shares) * more


def _weigh_partnering(
    model: Model,
    fair: Floats,
    choices: Choices,
    at: Integers,
    now: Circumstances,
    good: Floats,
    found: dict[str, Floats],
) -> None:
    """Weigh what is done with others, by its worth to a partner (R, W)."""
    good = good / (HALF_WORTH + good)
    for place, row in enumerate(at):  # to ask for what one has enough of is no kindness
        for name in asked_for(model.feelings, choices.book.plans[choices.rows[row]]):
            good[place] = good[place] * now.pressure[name]
    found["others"][at] = OTHERS * now.lean * good
    found["care"][at] = good * (0.6 * fair + _warmth(model, choices.only(at), now) - BEGINS)


def shortness(held: Floats, use: Floats) -> Floats:
    """Return how short a store is, (W,), from 0 with SHORT seasons' use in it to 1 when it is empty."""
    return np.minimum(np.maximum(1.0 - held / (SHORT * use), 0.0), 1.0) + 0.0


def _missed(model: Model, done: Deeds, choices: Choices, now: Circumstances) -> Floats:
    """Return how much a person would miss what it gives out of its own stores, as these run short by it, (O, W)."""
    found = np.zeros(choices.allowed.shape)
    gives = choices.book.each("gives", model, lambda plan, one: given_away(model, plan), object)
    for row, names in enumerate(gives[choices.rows]):
        for place, name in enumerate(names):
            amount = np.minimum(np.maximum(done.gives[row, place], 0.0), now.held[name]) + 0.0
            found[row] = found[row] + shortness(now.held[name] - amount, now.use[name]) * amount / now.use[name]
    return found


def given_away(model: Model, plan: ActionPlan) -> tuple[str, ...]:
    """Return the stores of the doer that a deed gives away, move by move."""
    return tuple(move.source[0] for move in parted_with(model.feelings, plan))


def total(found: dict[str, Floats]) -> Floats:
    """Return the sum of the terms of a deed, always added in the same order, (W,)."""
    score = found[TERMS[0]]
    for name in TERMS[1:]:
        score = score + found[name]
    return score


def lacked(model: Model) -> list[str]:
    """Return the states of a household, from 0 to 1, that deeds are done to better: the roof over one's head."""
    aims = (plan.spec.aim.of for plan in model.actions.values() if plan.spec.aim is not None)
    stocks = model.stocks
    return [
        name
        for name in dict.fromkeys(aims)
        if name in stocks
        and stocks[name].place == "community"
        and name not in model.feelings.stores
        and stocks[name].high <= 1.0
    ]


def _heard(model: Model, world: World, me: int) -> Floats:
    """Return how well each knows what one needs, from 0 to 1; 1 where there is nothing to know, (C, W)."""
    name = model.feelings.known[me]
    if not name:
        return np.ones((len(model.layout.communities), world.count))
    return np.minimum(world.stock[name][me, :, 0, 0] / UNDERSTOOD, 1.0) + 0.0


def _warmth(model: Model, choices: Choices, now: Circumstances) -> Floats:
    """Return how warmly one thinks of the one it is done to, or of all others in the mean, (O, W)."""
    others = [index for index in range(len(now.warmth)) if index != now.me]
    mean = _sum(now.warmth[others]) / len(others) if others else np.zeros(now.warmth.shape[1])
    whom: Integers = choices.book.each("for whom", model, for_whom, np.int64)[choices.rows]
    return np.array([*now.warmth, mean])[whom]


def for_whom(plan: ActionPlan, candidate: Candidate) -> int:
    """Return the community a deed is done to or with; -1 for all others."""
    return candidate.target if plan.spec.target == "community" or plan.circle else -1


def _tired(model: Model, world: World, me: int) -> Floats:
    """Return how far one's own needs are from met, 0 to 1, (W,)."""
    tired = np.zeros(world.count)
    for name, stock in model.stocks.items():
        if stock.place == "player" and stock.high <= 1.0:
            short = np.minimum(np.maximum(1.0 - world.stock[name][me, 0, 0, 0] / RESTED, 0.0), 1.0) + 0.0
            tired = np.maximum(tired, short) + 0.0
    return tired


def barren(model: Model, world: World, shares: dict[str, Floats]) -> Floats:
    """Return how far the land is from full, 0 to 1, (W,); the same for all seats of a season."""
    if "barren" not in shares:
        shares["barren"] = dials(model, world)["depletion"]
    return shares["barren"]


def keeps_company(plan: ActionPlan, candidate: Candidate) -> int:
    """Return the community one keeps company with by a deed, or that it is for the land, or neither."""
    spec = plan.spec
    if spec.mode != "with" or spec.accepts is not None or spec.lasts is not None:
        return WITH_NOBODY
    if candidate.tiles is not None and spec.aim is None and not spec.finds:
        return ON_LAND
    return candidate.target if spec.target == "community" else WITH_NOBODY


def _breaks(model: Model, world: World, choices: Choices, me: int) -> Floats:
    """Return 1 where options break an agreement one is in, (O, W)."""
    broken = choices.book.each("breaks", model, lambda plan, one: plan.spec.breaks or "", object)[choices.rows]
    found = np.zeros(choices.allowed.shape)
    for row, name in enumerate(broken):
        if name in world.member:
            found[row] = world.member[name][me, 0, 0, 0]
    return found


def largest(values: Floats) -> Floats:
    """Return the largest value over the first axis, 0 where all are below it."""
    found = np.zeros(values.shape[1:])
    for part in values:
        found = np.maximum(found, part) + 0.0
    return found


def _sum(values: Floats) -> Floats:
    """Return the sum over the first axis, always added in the same order."""
    found = np.zeros(values.shape[1:])
    for part in values:
        found = found + part
    return found
