"""Which actions call for vigilance: five circumstances, found in the rules and not in labels.

| circumstance | when |
|---|---|
| vast scale | much of the map, or of what everybody shares, is changed at once |
| tiny scale | something new is let loose that multiplies and spreads by itself |
| living, complex systems | the change can reach many linked stocks, and living ones among them |
| late or missing feedback | nothing pushes back, or the answer is seasons on the way |
| broad or lasting harm | half of the harm is still there after years |

Each has a strength v from 0 to 1; all together V = 1 - (1 - v1)(1 - v2)...
Work of human and mechanical scale has none of them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from weakref import WeakKeyDictionary

import numpy as np

from game.insight.aftermath import Aftermath, Calm, aftermath, calm_of
from game.insight.graph import Graph, Touch, links_of, sets_users, touches
from game.insight.responses import Responses, calm_worlds, try_responses
from game.insight.readings import places_of, size_of
from game.level.balance_checks import unbalanced_stocks
from game.sim.kernels.frame import Frame
from game.sim.kernels.numpy_kernel import Evaluator
from game.sim.model import Model
from game.sim.plans import ActionPlan, Candidate

VAST, TINY, LIVING, LATE, LASTING = NAMES = (
    "vast scale",
    "tiny scale",
    "living, complex systems",
    "late or missing feedback",
    "broad or lasting harm",
)
TOLD = 3  # how many circumstances are told to players

HARMLESS, GREAT = 0.3, 0.7  # care below which a deed is next to harmless, and from which it is great
DECIMALS = 9  # of a reading: policies go by it, so it is the same on every machine
LEAST = 0.01  # a weaker circumstance is none
MATTERS = 0.1  # a weaker one is no reason for care by itself

# Each strength grows with how much is changed: 0 for nothing, one half at the measure given here, near 1 beyond it.
WIDE = 0.25  # share of the map from which a change is vast
SHARED = 0.1  # share of a stock of the whole world from which a change of it touches everybody
WHOLE = 0.025  # share of all there is of a living thing from which a loss of it touches everybody
ALL_LIFE = 0.06  # such a share that makes a change half as vast as can be
HALF_WAY = 0.5  # of the map: what gets so far in a game counts as half as free as can be
ABSENT = 0.05  # share of its range below which a stock counts as not there yet
WEB = 0.55  # full measures of life lost for twelve seasons, times the blow, that make a web half as strong as can be
WRONG = 0.25  # what people feel of it for twelve seasons, added up over all, that touches them half as much as can be
GOODS, TRUST = 0.3, 0.25
AIMED, CROWD = 0.3, 0.68  # the least and the most that a wrong aimed at people counts
LITTLE_LOST = 0.02  # full measures: what loses less is not named
SLOW = 2.0  # seasons after which an answer is no longer seen as one
TYPICAL_ANSWER = 4.0  # seasons on the way that make lateness half as strong as can be
MISSING = 0.6  # strength where nothing pushes back at all
LONG = 8.0  # seasons after which half of the harm is left where it lasts half as long as can be; two years
FOR_GOOD = 100.0  # seasons: longer than any game
FELT = 0.01  # 1/season: a smaller pull of one stock on another, in shares of their ranges, does no harm


@dataclass(frozen=True)
class Circumstance:
    """One reason for vigilance: its name, its strength from 0 to 1, and a sentence for players.

    Of late or missing feedback `delay` says how many seasons the slowest answer is on the way.
    """

    name: str
    strength: float
    plain: str
    delay: float = 0.0


@dataclass(frozen=True)
class _Deed:
    """What a candidate touches, what follows a change of use, and what it changes and sets going."""

    touched: list[Touch]
    follows: dict[str, float]
    after: Aftermath


@dataclass
class _Known:
    """What has been found out about a model, once."""

    graph: Graph
    responses: Responses
    calm: Calm
    unbalanced: frozenset[str]
    of_deeds: dict[tuple[str, int], _Deed] = field(default_factory=dict)
    of_candidates: dict[tuple[str, int], tuple[Circumstance, ...]] = field(default_factory=dict)


# The answers depend on the rules alone; the compiled objective stands for its model, which cannot be hashed.
_KNOWN: WeakKeyDictionary[Evaluator, _Known] = WeakKeyDictionary()


def calls_for_vigilance(model: Model, candidate: Candidate, seat: int | None = None) -> tuple[str, ...]:
    """Return why using force here calls for care; nothing for what is next to harmless."""
    if vigilance(model, candidate, seat) < HARMLESS:
        return ()
    return tuple(one.name for one in circumstances(model, candidate, seat) if one.strength >= MATTERS)


def vigilance(model: Model, candidate: Candidate, seat: int | None = None) -> float:
    """Return how much care a candidate calls for in all: V = 1 - product of (1 - v), from 0 to 1.

    `seat` is the player who would do it; None stands for the first who could.
    """
    left = 1.0
    for one in circumstances(model, candidate, seat):
        left *= 1.0 - one.strength
    return round(1.0 - left, DECIMALS)


def warnings(model: Model, candidate: Candidate, seat: int | None = None) -> list[str]:
    """Return what players are told: the sentences of the strongest circumstances, strongest first."""
    return [one.plain for one in circumstances(model, candidate, seat)[:TOLD]]


def circumstances(model: Model, candidate: Candidate, seat: int | None = None) -> tuple[Circumstance, ...]:
    """Return the circumstances that hold when the player in `seat` does a candidate, strongest first."""
    known, doer = _known(model), _doer(model, candidate) if seat is None else seat
    if (candidate.key, doer) not in known.of_candidates:
        plan = model.actions[candidate.action]
        deed = _deed(model, known, candidate, doer)
        found = (
            _vast(model, candidate, plan, deed),
            _tiny(model, known, deed.touched),
            _living(model, known, plan, deed),
            _late(model, known, deed),
            _lasting(model, known, deed),
        )
        told = [one for one in found if one is not None and one.strength >= LEAST]
        known.of_candidates[candidate.key, doer] = tuple(sorted(told, key=order))
    return known.of_candidates[candidate.key, doer]


def order(one: Circumstance) -> tuple[float, int]:
    """Return what circumstances are sorted by: the strongest first."""
    return -one.strength, NAMES.index(one.name)


def feedback(model: Model, candidate: Candidate, wait: float, seat: int | None = None) -> Circumstance | None:
    """Return what is left of late or missing feedback where every answer is heard after `wait` seasons at most."""
    known, doer = _known(model), _doer(model, candidate) if seat is None else seat
    return _late(model, known, _deed(model, known, candidate, doer), wait)


def _doer(model: Model, candidate: Candidate) -> int:
    """Return the first seat that speaks for nobody at whom a candidate aims."""
    if model.actions[candidate.action].spec.target != "community":
        return 0
    return next((seat for seat, one in enumerate(model.layout.seats) if one != candidate.target), 0)


def _known(model: Model) -> _Known:
    if model.objective not in _KNOWN:
        # A reason written by the author says why a stock may run free, not that something holds it.
        stocks = {name: stock.model_copy(update={"unbalanced": ""}) for name, stock in model.level.stocks.items()}
        bare = model.level.model_copy(update={"stocks": stocks})
        free = frozenset(unbalanced_stocks(bare, model.nodes))
        responses = try_responses(model)
        _KNOWN[model.objective] = _Known(links_of(model), responses, calm_of(model, responses), free)
    return _KNOWN[model.objective]


def _deed(model: Model, known: _Known, candidate: Candidate, seat: int) -> _Deed:
    if (candidate.key, seat) not in known.of_deeds:
        plan = model.actions[candidate.action]
        follows = known.graph.following_use(model, plan)
        after = aftermath(model, known.calm, candidate, seat)
        known.of_deeds[candidate.key, seat] = _Deed(touches(model, plan), follows, after)
    return known.of_deeds[candidate.key, seat]


# -- 1: vast scale --------------------------------------------------------------------------------------


def _vast(model: Model, candidate: Candidate, plan: ActionPlan, deed: _Deed) -> Circumstance | None:
    """How much of the map, of what all share, and of what lives is changed; the strongest reason is told."""
    found = [*_wide(model, candidate, plan, deed), *_of_what_all_share(model, deed), *_of_all_life(model, deed)]
    if not found:
        return None
    strength = 1.0 - math.prod(1.0 - one.strength for one in found)
    return replace(max(found, key=lambda one: one.strength), strength=strength)


def _wide(model: Model, candidate: Candidate, plan: ActionPlan, deed: _Deed) -> list[Circumstance]:
    share = _share_of_map(model, candidate, deed, plan)
    if share <= WIDE:
        return []
    itself = 0.5 if sets_users(plan) else 1.0  # what only changes hands is still there
    return [Circumstance(VAST, itself * _half(share, WIDE), f"Vast: it changes {_percent(share)} of the map at once.")]


def _of_what_all_share(model: Model, deed: _Deed) -> list[Circumstance]:
    worlds = {name: abs(share) for name, share in deed.after.there.items() if model.stocks[name].place == "world"}
    found = [(share, "{} at once", name) for name, share in worlds.items()]
    found += [(share, "it holds back {}", name) for name, share in deed.after.held_back.items()]
    return [
        Circumstance(
            VAST,
            _half(share, SHARED),
            f"It touches everybody: {how.format(f'{_percent(share)} of {_the(model, name)}')}.",
        )
        for share, how, name in found
        if share >= SHARED
    ]


def _of_all_life(model: Model, deed: _Deed) -> list[Circumstance]:
    """Tell of the living thing of which most goes; what others gain by it is no loss of life."""
    lives = {name: value for name, value in deed.after.whole_of_all.items() if model.level.stocks[name].living}
    worst = min(lives, key=lambda name: lives[name], default="")
    lost = min(-lives[worst], -sum(lives.values())) if worst else 0.0
    if lost < WHOLE:
        return []
    much = f"{_percent(-lives[worst])} of {_the(model, worst)}"
    return [Circumstance(VAST, _half(lost, ALL_LIFE), f"It touches everybody: about {much} goes.")]


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _half(amount: float, half: float) -> float:
    return amount / (amount + half)


def _share_of_map(model: Model, candidate: Candidate, deed: _Deed, plan: ActionPlan) -> float:
    on_tiles = any(model.stocks[one.stock].place == "tile" for one in deed.touched)
    if candidate.tiles is None or not (on_tiles or sets_users(plan)):
        return 0.0
    return float(candidate.tiles.sum()) / (model.layout.rows * model.layout.columns)


# -- 2: tiny scale --------------------------------------------------------------------------------------


def _tiny(model: Model, known: _Known, touched: list[Touch]) -> Circumstance | None:
    """Whether something new is let loose that multiplies and spreads; stronger the further it gets during the game."""
    speeds = {one.stock: _speed(model, known, one.stock) for one in touched if one.raises}
    stock = max(speeds, key=lambda name: speeds[name], default="")
    if not stock or speeds[stock] <= 0.0:
        return None
    across = max(model.layout.rows, model.layout.columns)
    strength = _half(speeds[stock] * model.seasons / across, HALF_WAY)
    back = any(one.stock == stock and one.lowers for plan in model.actions.values() for one in touches(model, plan))
    if back:
        return Circumstance(TINY, strength / 2.0, f"It spreads by itself: {_word(model, stock)}.")
    return Circumstance(TINY, strength, "Spreads by itself; nobody can call it back.")


def _speed(model: Model, known: _Known, stock: str) -> float:
    """Return how fast a newcomer moves over the map, tiles/season: a front of 2 sqrt(r D) (Fisher 1937), and downhill.

    0 for what is there already, and for what does not multiply where there is next to nothing of it.
    """
    growth, plan = known.responses.growth.get(stock, 0.0), model.stocks[stock]
    if growth <= 0.0 or known.responses.present[stock] > ABSENT:
        return 0.0
    front = 2.0 * math.sqrt(growth * plan.spread)
    if plan.downhill is None:
        return front
    share = np.asarray(plan.downhill.rate(Frame(model, calm_worlds(model, 1))))
    return front + float(np.mean(np.maximum(share, 0.0)))


# -- 3: living, complex systems -------------------------------------------------------------------------


def _living(model: Model, known: _Known, plan: ActionPlan, deed: _Deed) -> Circumstance | None:
    """How much of what lives is lost where the deed acts, and what it does to people, who are the most complex of all.

    What is struck hard has little left to come back from, so the loss counts
    by how hard the blow is.  Many links make any change hard to foresee (May
    1972): what is lost is followed through all of them.
    """
    web = _web_lost(model, known, deed)
    nature = _half(web * web, WEB * WEB)
    people = _done_to_people(model, plan, deed)
    if people >= nature:
        strength = 1.0 - (1.0 - people) * (1.0 - nature)
        return Circumstance(LIVING, strength, "Done to people: they feel it and will answer in their own way.")
    strength = 1.0 - (1.0 - people) * (1.0 - nature)
    return Circumstance(LIVING, strength, f"Pulls at a living web: {_named(model, deed)}.")


def _web_lost(model: Model, known: _Known, deed: _Deed) -> float:
    """Return what living things lose where the deed acts, in full measures, by how hard it strikes them."""
    specs = model.level.stocks
    lost = sum(-_good(model, name) * value for name, value in deed.after.local.items() if _worse(model, name, value))
    blows = [0.0]
    for name, share in deed.after.there.items():
        feeds_life = any(specs[other].living and known.responses.pull[name, other] > FELT for other in specs)
        if (share < 0.0 and (specs[name].living or feeds_life)) or (share > 0.0 and specs[name].harmful):
            blows.append(abs(share))
    blows += [abs(value) for name, value in deed.after.local_season.items() if _worse(model, name, value)]
    return lost * min(1.0, max(blows))


def _good(model: Model, name: str) -> int:
    """Return 1 for what lives, -1 for what is harmful, 0 for anything else."""
    spec = model.level.stocks[name]
    return bool(spec.living) - bool(spec.harmful)


def _worse(model: Model, name: str, value: float) -> bool:
    return _good(model, name) * value < 0.0


def _done_to_people(model: Model, plan: ActionPlan, deed: _Deed) -> float:
    """Return how strongly people are touched, 0 to 1; never less than a little where the deed is aimed at them."""
    if _aimed_at_people(model, plan, deed):
        wrong = sum(_wrong(model, name, value) for name, value in deed.after.whole.items())
        wrong += sum(GOODS * max(0.0, -share) for share in deed.after.taken.values())
        return AIMED + (CROWD - AIMED) * _half(wrong * wrong, WRONG * WRONG)
    wrong = sum(_wrong(model, name, value) for name, value in deed.after.whole.items() if _is_conflict(model, name))
    return (CROWD - AIMED) * _half(wrong * wrong, WRONG * WRONG)


def _wrong(model: Model, name: str, value: float) -> float:
    """Return what people feel of a change, added up over all of them: grievance, life going worse, trust that goes."""
    spec, plan = model.level.stocks[name], model.stocks[name]
    if spec.conflict:
        return places_of(model, name) * max(0.0, value)
    if plan.place == "relation":
        return TRUST * places_of(model, name) * max(0.0, -value)
    if plan.place == "community" and not plan.matter and size_of(model, name) <= 1.0 and not _is_a_term(model, name):
        return places_of(model, name) * max(0.0, -value)
    return 0.0


def _is_conflict(model: Model, name: str) -> bool:
    return bool(model.level.stocks[name].conflict)


def _is_a_term(model: Model, name: str) -> bool:
    """Whether a stock is what an agreement sets."""
    return any(name == term for plan in model.actions.values() for term, _ in plan.sets)


def _aimed_at_people(model: Model, plan: ActionPlan, deed: _Deed) -> bool:
    """Whether a deed is against somebody: against a neighbour, against all others, a fence, or a broken word."""
    if plan.spec.breaks or any(effect.kind == "users" and effect.users == "me" for effect in plan.now):
        return True
    struck = {effect.group for effect in plan.now if effect.stock and _wrongs(model, effect.stock, deed)}
    return "others" in struck or (bool(struck) and plan.spec.target == "community")


def _wrongs(model: Model, stock: str, deed: _Deed) -> bool:
    """Whether more grievance or less trust and fewer ties come of a deed at once."""
    change = deed.after.there.get(stock, 0.0)
    return change > 0.0 if _is_conflict(model, stock) else change < 0.0 and model.stocks[stock].place == "relation"


def wrongs_somebody(model: Model, candidate: Candidate, seat: int | None = None) -> bool:
    """Return whether anybody is wronged at once by a candidate, however little."""
    deed = _deed(model, _known(model), candidate, _doer(model, candidate) if seat is None else seat)
    return any(_wrongs(model, name, deed) for name in deed.after.there)


def _named(model: Model, deed: _Deed) -> str:
    """Name the two that lose most, and how many more lose."""
    losses = {name: abs(value) for name, value in deed.after.local.items() if _worse(model, name, value)}
    worst = sorted((name for name in losses if losses[name] >= LITTLE_LOST), key=lambda name: -losses[name])
    worst = worst or sorted(losses, key=lambda name: -losses[name])[:1]
    named = " and ".join(_word(model, name) for name in worst[:2])
    if len(worst) > 2:
        named = f"{', '.join(_word(model, name) for name in worst[:2])} and {len(worst) - 2} more"
    return named


# -- 4: late or missing feedback ------------------------------------------------------------------------


def _late(model: Model, known: _Known, deed: _Deed, wait: float = math.inf) -> Circumstance | None:
    """Whether nothing pushes back against what is touched or one link away, or its answer is long on the way.

    Slow answers make people overshoot (Forrester 1961; Sterman 1989).  `wait`
    bounds the seasons after which any answer is heard.  Each counts as far as
    the stock that it answers is changed.
    """
    found = [_free(model, known, deed), *_answers(model, known, deed, wait)]
    return max((one for one in found if one is not None), default=None, key=lambda one: (one.strength, one.delay))


def _changed(deed: _Deed) -> dict[str, float]:
    """Return how hard every stock is struck that the deed touches, 0 to 1; the use of ground is changed wholly."""
    struck = {one.stock: 0.0 for one in deed.touched}
    struck |= {name: share * share for name, share in deed.after.there.items()}
    return struck | dict.fromkeys(deed.follows, 1.0)


def _free(model: Model, known: _Known, deed: _Deed) -> Circumstance | None:
    struck = _changed(deed)
    found = []
    for first, blow in struck.items():
        for name in dict.fromkeys((first, *known.graph.links[first])):
            if name in known.unbalanced and model.stocks[name].place != "player":
                found.append((MISSING * blow, -list(model.stocks).index(name), name))
    if not found:
        return None
    strength, _, name = max(found)
    plain = f"Nothing pushes back: no rule keeps {_word(model, name)} in balance."
    return Circumstance(LATE, strength, plain, _slowest(known, deed))


def _slowest(known: _Known, deed: _Deed) -> float:
    return max((delay for _, delay, _ in _ways(known, deed)), default=0.0)


def _ways(known: _Known, deed: _Deed) -> list[tuple[float, float, str]]:
    """Return every answer: how hard what it answers was struck, the seasons on the way, and where it is seen."""
    struck = _changed(deed)
    ways = [(struck[one.stock], float(one.after), one.stock) for one in deed.touched]
    ways += [(1.0, delay, name) for name, delay in deed.follows.items()]
    return ways + [(blow, delay, other) for name, blow in struck.items() for other, delay in known.graph.links[name].items()]


def _answers(model: Model, known: _Known, deed: _Deed, wait: float) -> list[Circumstance]:
    found = []
    for blow, way, where in _ways(known, deed):
        delay = min(way, wait)
        if delay >= SLOW:
            whom = _the(model, _felt_by(model, known, where))
            plain = f"Answers come late: {whom} will show it about {delay:.0f} seasons later."
            found.append(Circumstance(LATE, blow * delay / (delay + TYPICAL_ANSWER), plain, delay))
    return found


def _felt_by(model: Model, known: _Known, stock: str) -> str:
    """Return what living thing a late answer feeds, if it feeds one; else the stock itself."""
    fed = [flow.target for flow in model.flows if flow.source == stock and flow.target]
    return next((name for name in (stock, *fed) if model.level.stocks[name].living), stock)


# -- 5: broad or lasting harm ---------------------------------------------------------------------------


def _lasting(model: Model, known: _Known, deed: _Deed) -> Circumstance | None:
    """How much harm is done at once, or in a season one link away, and how slowly it wears off.

    Harm is more of what is harmful or of conflict, and less of anything else that people or nature have.
    """
    found = []
    for name, raised in _harmed(model, known, deed.touched).items():
        span = known.responses.half_life(name)
        share = deed.after.there.get(name, deed.after.local_season.get(name, 0.0))
        blow = min(1.0, share * share)
        stays = 1.0 if span > FOR_GOOD else span * span / (span * span + LONG * LONG)
        found.append(Circumstance(LASTING, blow * stays, _stays(model, name, raised, span)))
    return max(found, default=None, key=lambda one: one.strength)


def _stays(model: Model, name: str, raised: bool, span: float) -> str:
    word = _word(model, name)
    if span > FOR_GOOD:
        return (
            f"Stays: {word} does not fade by itself." if raised else f"Heals slowly: lost {word} does not soon return."
        )
    seasons = f"{span:.0f} season{'' if round(span) == 1 else 's'}"
    if raised:
        return f"Stays long: half of {_the(model, name)} is still there after {seasons}."
    return f"Heals slowly: half of the loss of {word} remains after {seasons}."


def _harmed(model: Model, known: _Known, touched: list[Touch]) -> dict[str, bool]:
    """Return what is harmed, at once or one link away, and whether by being raised."""
    specs, pulls = model.level.stocks, known.responses.pull
    harmed = {}
    for one in touched:
        grows_worse = bool(specs[one.stock].harmful or specs[one.stock].conflict)
        if one.raises if grows_worse else one.loses and not _does_harm(model, known, one.stock):
            harmed[one.stock] = grows_worse
    direct = {one.stock for one in touched}
    for one in touched:
        if one.raises == one.lowers:
            continue
        for other in sorted(set(known.graph.links[one.stock]) - direct):
            pull = pulls[one.stock, other] * (1.0 if one.raises else -1.0)
            if (specs[other].harmful and pull > FELT) or (specs[other].living and pull < -FELT):
                harmed[other] = bool(specs[other].harmful)
    return harmed


def _does_harm(model: Model, known: _Known, stock: str) -> bool:
    """Whether more of a stock is worse for those that live of it: then less of it is no loss."""
    spec, worth = model.level.stocks[stock], 0.0
    if spec.living:
        return False
    for other in known.graph.links[stock]:
        judged = model.level.stocks[other]
        good = bool(judged.living) - bool(judged.harmful)
        worth += good * known.responses.pull[stock, other]
    return worth < -FELT


# -- words ----------------------------------------------------------------------------------------------


def _word(model: Model, stock: str) -> str:
    return model.level.stocks[stock].name.lower() or stock.replace("_", " ")


def _the(model: Model, stock: str) -> str:
    word = _word(model, stock)
    return word if word.startswith("the ") else f"the {word}"
