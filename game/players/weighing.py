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
from game.players.options import Option
from game.players.scripted import RESTED, worth
from game.sim.dials import dials
from game.sim.effect_plans import AddEffect
from game.sim.feelings import asked_for, felt, parted_with, season_use
from game.sim.frame import Frame, along_worlds
from game.sim.model import Model
from game.sim.people import UNDERSTOOD, UNFORGIVEN
from game.sim.possible import action_frame
from game.sim.totals import Floats
from game.sim.world import World

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
TINY = 1e-6
HALF_WORTH = 5.0  # the worth to a partner that is half as good as can be


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
            acts = people["lean"][index] * np.where(
                people["lean"][index] > 0.0, OVERHEARD + (1.0 - OVERHEARD) * heard[index], 1.0
            )
            lean, weight = lean + acts, weight + np.abs(acts)
    wrongs = np.minimum(people["wrongs"][me], 1.0) + 0.0  # whoever is bitter cannot be more so
    for name in _lacked(model):
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


def terms(
    model: Model, world: World, seat: int, option: Option, now: Circumstances, shares: dict[str, Floats]
) -> dict[str, Floats]:
    """Return what speaks for and against a deed, (W,) for each of TERMS."""
    people, me, mode = world.people, now.me, option.plan.spec.mode
    fair, bold, patient, forgiving = (people[name][me] for name in ("fair", "bold", "patient", "forgiving"))
    frame = action_frame(model, world, seat, option.index, shares)
    feels = felt(model.feelings, model.stocks, frame, option.plan)
    hurts = np.minimum(np.maximum(0.0 - feels, 0.0), MOST_FELT) + 0.0
    aim = option.plan.spec.aim
    brings = pressure = more = np.zeros(world.count)
    if aim is not None and aim.of in now.use:
        brings = np.minimum(np.maximum(option.gain, 0.0) / now.use[aim.of], SHORT) + 0.0
        pressure, more = now.pressure[aim.of], now.worth_more[aim.of]
    found = {
        "need": NEED
        * (pressure * brings + now.tired * _rests(model, frame, option, me) - _missed(model, frame, option, now)),
        "profit": (1.0 - fair) * (1.0 - 0.5 * patient) * (1.0 - pressure) * more * brings,
        "harm": 0.0 - _sum(hurts * np.maximum(now.standing, 0.0)),
        "revenge": bold * (1.0 - 0.7 * forgiving) * _sum(hurts * now.wrongs),
        "promise": 0.0 - BREACH * fair * _breaks(world, option, me),
        "others": np.zeros(world.count),
        "care": np.zeros(world.count),
        "land": np.zeros(world.count),
        "company": np.zeros(world.count),
    }
    if option.candidate.amount is not None and option.plan.spec.lasts is not None:
        more = _promised(model, world, option, me)
        short = _sum(np.array([*now.pressure.values()])) / max(len(now.pressure), 1)
        found["need"] = MORE_TERMS * short * more
        found["land"] = 0.0 - MORE_TERMS * patient * _barren(model, world, shares) * more
        return found
    if mode == "with":
        good = worth(model, world, seat, option, shares)
        good = good / (HALF_WORTH + good)
        for name in asked_for(model.feelings, option.plan):  # to ask for what one has enough of is no kindness
            good = good * now.pressure[name]
        found["others"] = OTHERS * now.lean * good
        found["care"] = good * (0.6 * fair + _warmth(option, now) - BEGINS)
    elif mode == "over":
        alike = OTHERS * fair * (np.minimum(brings, 1.0) + 0.0)  # who is fair does as the others do, for good and ill
        found["others"] = 0.0 - np.where(now.lean > 0.0, AGAINST, alike) * now.lean
        found["land"] = 0.0 - patient * (1.0 - now.bitter) * vigilance(model, option.candidate)
    return found


def shortness(held: Floats, use: Floats) -> Floats:
    """Return how short a store is, (W,), from 0 with SHORT seasons' use in it to 1 when it is empty."""
    return np.minimum(np.maximum(1.0 - held / (SHORT * use), 0.0), 1.0) + 0.0


def _missed(model: Model, frame: Frame, option: Option, now: Circumstances) -> Floats:
    """Return how much a person would miss what it gives out of its own stores: as far as they run short by it, (W,)."""
    found = np.zeros(frame.world.count)
    for move in parted_with(model.feelings, option.plan):
        assert move.amount is not None
        name, amount = move.source[0], along_worlds(np.asarray(move.amount(frame)), frame.world.count)
        amount = np.minimum(np.maximum(amount, 0.0), now.held[name]) + 0.0
        found = found + shortness(now.held[name] - amount, now.use[name]) * amount / now.use[name]
    return found


def total(found: dict[str, Floats]) -> Floats:
    """Return the sum of the terms of a deed, always added in the same order, (W,)."""
    score = found[TERMS[0]]
    for name in TERMS[1:]:
        score = score + found[name]
    return score


def _lacked(model: Model) -> list[str]:
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


def _warmth(option: Option, now: Circumstances) -> Floats:
    """Return how warmly one thinks of the one it is done to, or of all others in the mean."""
    if option.plan.spec.target == "community" or (option.plan.circle and option.candidate.target >= 0):
        return now.warmth[option.candidate.target]
    others = [index for index in range(len(now.warmth)) if index != now.me]
    if not others:
        return np.zeros(now.warmth.shape[1])
    return _sum(now.warmth[others]) / len(others)


def _tired(model: Model, world: World, me: int) -> Floats:
    """Return how far one's own needs are from met, 0 to 1, (W,)."""
    tired = np.zeros(world.count)
    for name, stock in model.stocks.items():
        if stock.place == "player" and stock.high <= 1.0:
            short = np.minimum(np.maximum(1.0 - world.stock[name][me, 0, 0, 0] / RESTED, 0.0), 1.0) + 0.0
            tired = np.maximum(tired, short) + 0.0
    return tired


def _rests(model: Model, frame: Frame, option: Option, me: int) -> Floats:
    """Return what the deed gives one's own needs, in shares of their range, (W,)."""
    found = np.zeros(frame.world.count)
    for effect in option.plan.now:
        if isinstance(effect, AddEffect) and effect.who == ("me",) and effect.amount is not None:
            stock = model.stocks[effect.stock]
            if stock.place == "player" and stock.high <= 1.0:
                found = found + np.broadcast_to(effect.amount(frame), (1, 1, 1, 1, frame.world.count)).reshape(-1)
    return np.maximum(found, 0.0) + 0.0


def _promised(model: Model, world: World, option: Option, me: int) -> Floats:
    """Return how much more one could take if an agreement were settled anew, in shares of what it allows now, (W,).

    0 where one is not in it, and where it limits nothing that one takes.
    """
    plan = option.plan
    lasts = plan.spec.lasts
    if lasts is None or not lasts.limits:
        return np.zeros(world.count)
    allowed = []
    for amount in (world.term[plan.name], np.full((1, 1, 1, 1, world.count), option.candidate.amount)):
        frame = Frame(model.layout, world, members=world.member[plan.name], terms={plan.term: amount})
        value = np.broadcast_to(plan.sets[0][1](frame), (len(model.layout.communities), 1, 1, 1, world.count))
        allowed.append(value[me, 0, 0, 0])
    stands, offered = allowed
    inside = world.member[plan.name][me, 0, 0, 0]
    return np.asarray(inside * (offered - stands) / np.maximum(stands, TINY))


def _barren(model: Model, world: World, shares: dict[str, Floats]) -> Floats:
    """Return how far the land is from full, 0 to 1, (W,); the same for all seats of a season."""
    if "barren" not in shares:
        shares["barren"] = dials(model, world)["depletion"]
    return shares["barren"]


def _breaks(world: World, option: Option, me: int) -> Floats:
    """Return 1 where the deed breaks an agreement one is in, (W,)."""
    broken = option.plan.spec.breaks
    if not broken or broken not in world.member:
        return np.zeros(world.count)
    return world.member[broken][me, 0, 0, 0]


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
