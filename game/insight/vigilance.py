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
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

import numpy as np

from game.insight.graph import Graph, Touch, links_of, sets_users, touches
from game.insight.responses import Responses, calm_worlds, try_responses
from game.level.balance_checks import unbalanced_stocks
from game.sim.actions import action_frame
from game.sim.effect_plans import EffectPlan
from game.sim.evaluation import Evaluator
from game.sim.frame import Frame
from game.sim.model import Model
from game.sim.plans import ActionPlan, Candidate
from game.sim.totals import COLUMN_AXIS, ROW_AXIS, total_over

VAST, TINY, LIVING, LATE, LASTING = NAMES = (
    "vast scale",
    "tiny scale",
    "living, complex systems",
    "late or missing feedback",
    "broad or lasting harm",
)
TOLD = 3  # how many circumstances are told to players

# Each strength is x / (x + half): 0 for nothing, one half at the measure given here, near 1 far beyond it.
WIDE = 0.25  # share of the map from which a change is vast
SHARED = 0.1  # share of a stock of the whole world from which a change of it touches everybody
ABSENT = 0.05  # share of its range below which a stock counts as not there yet
MANY = 8.0  # linked stocks, near ones, that make a web half as strong as can be
SLOW = 2.0  # seasons after which an answer is no longer seen as one
TYPICAL_ANSWER = 4.0  # seasons on the way that make lateness half as strong as can be
MISSING = 0.6  # strength where nothing pushes back at all
LONG = 8.0  # seasons after which half of the harm must be left to count as lasting; two years
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


@dataclass
class _Known:
    """What has been found out about a model, once."""

    graph: Graph
    responses: Responses
    unbalanced: frozenset[str]
    of_actions: dict[str, tuple[Circumstance, ...]] = field(default_factory=dict)
    of_candidates: dict[str, tuple[Circumstance, ...]] = field(default_factory=dict)
    heard: dict[tuple[str, float], Circumstance | None] = field(default_factory=dict)


# The answers depend on the rules alone; the compiled objective stands for its model, which cannot be hashed.
_KNOWN: WeakKeyDictionary[Evaluator, _Known] = WeakKeyDictionary()


def calls_for_vigilance(model: Model, candidate: Candidate) -> tuple[str, ...]:
    """Return why using force here calls for care; nothing for work of human, mechanical scale."""
    return tuple(one.name for one in circumstances(model, candidate))


def vigilance(model: Model, candidate: Candidate) -> float:
    """Return how much care a candidate calls for in all: V = 1 - product of (1 - v), from 0 to 1."""
    left = 1.0
    for one in circumstances(model, candidate):
        left *= 1.0 - one.strength
    return 1.0 - left


def warnings(model: Model, candidate: Candidate) -> list[str]:
    """Return what players are told: the sentences of the strongest circumstances, strongest first."""
    return [one.plain for one in circumstances(model, candidate)[:TOLD]]


def circumstances(model: Model, candidate: Candidate) -> tuple[Circumstance, ...]:
    """Return the circumstances that hold for a candidate, strongest first."""
    known = _known(model)
    if candidate.key not in known.of_candidates:
        plan = model.actions[candidate.action]
        if plan.name not in known.of_actions:
            known.of_actions[plan.name] = _of_action(model, known, plan)
        found = [*_vast(model, candidate, plan), *known.of_actions[plan.name]]
        known.of_candidates[candidate.key] = tuple(sorted(found, key=order))
    return known.of_candidates[candidate.key]


def order(one: Circumstance) -> tuple[float, int]:
    """Return what circumstances are sorted by: the strongest first."""
    return -one.strength, NAMES.index(one.name)


def feedback(model: Model, action: str, wait: float) -> Circumstance | None:
    """Return what is left of late or missing feedback where every answer is heard after `wait` seasons at most."""
    known, plan = _known(model), model.actions[action]
    if (action, wait) not in known.heard:
        follows = known.graph.following_use(model, plan)
        known.heard[action, wait] = _late(model, known, touches(model, plan), follows, wait)
    return known.heard[action, wait]


def _known(model: Model) -> _Known:
    if model.objective not in _KNOWN:
        # A reason written by the author says why a stock may run free, not that something holds it.
        stocks = {name: stock.model_copy(update={"unbalanced": ""}) for name, stock in model.level.stocks.items()}
        bare = model.level.model_copy(update={"stocks": stocks})
        free = frozenset(unbalanced_stocks(bare, model.nodes))
        _KNOWN[model.objective] = _Known(links_of(model), try_responses(model), free)
    return _KNOWN[model.objective]


def _of_action(model: Model, known: _Known, plan: ActionPlan) -> tuple[Circumstance, ...]:
    """Return those circumstances that are the same for every target."""
    touched = touches(model, plan)
    follows = known.graph.following_use(model, plan)
    found = (
        _tiny(model, known, touched),
        _living(model, known, {one.stock for one in touched} | set(follows)),
        _late(model, known, touched, follows),
        _lasting(model, known, touched),
    )
    return tuple(one for one in found if one is not None)


# -- 1: vast scale --------------------------------------------------------------------------------------


def _vast(model: Model, candidate: Candidate, plan: ActionPlan) -> list[Circumstance]:
    share = _share_of_map(model, candidate, plan)
    moved, stock = max(_shares_of_common(model, candidate, plan), default=(0.0, ""))
    if share > WIDE and share >= moved:
        return [Circumstance(VAST, share / (share + WIDE), f"Vast: it changes {100 * share:.0f} % of the map at once.")]
    if moved >= SHARED:
        much = f"{100 * moved:.0f} % of {_the(model, stock)}"
        return [Circumstance(VAST, moved / (moved + WIDE), f"It touches everybody: {much} at once.")]
    return []


def _share_of_map(model: Model, candidate: Candidate, plan: ActionPlan) -> float:
    on_tiles = any(model.stocks[one.stock].place == "tile" for one in touches(model, plan))
    if candidate.tiles is None or not (on_tiles or sets_users(plan)):
        return 0.0
    return float(candidate.tiles.sum()) / (model.layout.rows * model.layout.columns)


def _shares_of_common(model: Model, candidate: Candidate, plan: ActionPlan) -> list[tuple[float, str]]:
    """Return how much of each stock of the whole world is changed, as a share of what there is of it at the start."""
    touched = [
        (stock, effect) for effect in plan.now for stock in effect.stocks if model.stocks[stock].place == "world"
    ]
    if not touched or not model.layout.seats:
        return []
    frame = action_frame(model, calm_worlds(model, 1), 0, model.candidates.index(candidate))
    found = []
    for stock, effect in touched:
        held = abs(float(model.stocks[stock].start.max()))
        whole = held if held > 0.0 else model.stocks[stock].high - model.stocks[stock].low
        found.append((min(1.0, _amount(model, frame, effect) / whole), stock))
    return found


def _amount(model: Model, frame: Frame, effect: EffectPlan) -> float:
    """Return how much an effect adds or moves, on all of its tiles together."""
    if effect.amount is None:
        return 0.0
    values = np.asarray(effect.amount(frame), dtype=np.float64)
    tiled = [name for name in effect.stocks if model.stocks[name].place == "tile"]
    if tiled and frame.tiles is not None:
        values = total_over(np.asarray(values * frame.tiles * model.stocks[tiled[0]].live), (ROW_AXIS, COLUMN_AXIS))
    return float(np.abs(values).max())


# -- 2: tiny scale --------------------------------------------------------------------------------------


def _tiny(model: Model, known: _Known, touched: list[Touch]) -> Circumstance | None:
    """Whether something new is let loose that multiplies and spreads; stronger the further it gets during the game."""
    speeds = {one.stock: _speed(model, known, one.stock) for one in touched if one.raises}
    stock = max(speeds, key=lambda name: speeds[name], default="")
    if not stock or speeds[stock] <= 0.0:
        return None
    across = max(model.layout.rows, model.layout.columns)
    strength = min(1.0, speeds[stock] * model.seasons / across)
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
    share = np.asarray(plan.downhill.rate(Frame(model.layout, calm_worlds(model, 1))))
    return front + float(np.mean(np.maximum(share, 0.0)))


# -- 3: living, complex systems -------------------------------------------------------------------------


def _living(model: Model, known: _Known, start: set[str]) -> Circumstance | None:
    """How many linked stocks can be reached; many links make any change hard to foresee (May 1972).

    What lies further off counts less, half as much for each link.
    """
    steps = known.graph.steps_from(sorted(start))
    specs = model.level.stocks
    alive = [name for name in steps if specs[name].living or specs[name].conflict or specs[name].place == "relation"]
    if not alive or len(steps) < 2:
        return None
    order = list(model.stocks)
    nearest = sorted(alive, key=lambda name: (steps[name], order.index(name)))[:2]
    named = " and ".join(_word(model, name) for name in nearest)
    more = len(steps) - len(nearest)
    if more:
        named = f"{', '.join(_word(model, name) for name in nearest)} and {more} more"
    weight = sum(0.5**far for far in steps.values())
    return Circumstance(LIVING, weight / (weight + MANY), f"Pulls at a living web: {named}.")


# -- 4: late or missing feedback ------------------------------------------------------------------------


def _late(
    model: Model, known: _Known, touched: list[Touch], uses: dict[str, float], wait: float = math.inf
) -> Circumstance | None:
    """Whether nothing pushes back against what is touched or one link away, or its answer is long on the way.

    Slow answers make people overshoot (Forrester 1961; Sterman 1989).  `wait`
    bounds the seasons after which any answer is heard.
    """
    first = sorted({one.stock for one in touched} | set(uses), key=list(model.stocks).index)
    near = [name for name, steps in known.graph.steps_from(first).items() if steps <= 1]
    free = [name for name in near if name in known.unbalanced and model.stocks[name].place != "player"]
    answers = [(float(one.after), one.stock) for one in touched]
    answers += [(delay, name) for name, delay in uses.items()]
    answers += [(delay, other) for name in first for other, delay in known.graph.links[name].items()]
    slowest, where = max(answers, default=(0.0, ""), key=lambda pair: pair[0])
    delay = min(slowest, wait)
    strength = delay / (delay + TYPICAL_ANSWER) if delay >= SLOW else 0.0
    if free and strength < MISSING:
        plain = f"Nothing pushes back: no rule keeps {_word(model, free[0])} in balance."
        return Circumstance(LATE, MISSING, plain, delay)
    if not strength:
        return None
    whom = _the(model, _felt_by(model, known, where))
    plain = f"Answers come late: {whom} will show it about {delay:.0f} seasons later."
    return Circumstance(LATE, strength, plain, delay)


def _felt_by(model: Model, known: _Known, stock: str) -> str:
    """Return what living thing a late answer feeds, if it feeds one; else the stock itself."""
    fed = [flow.target for flow in model.flows if flow.source == stock and flow.target]
    return next((name for name in (stock, *fed) if model.level.stocks[name].living), stock)


# -- 5: broad or lasting harm ---------------------------------------------------------------------------


def _lasting(model: Model, known: _Known, touched: list[Touch]) -> Circumstance | None:
    """Whether harm done at once, or one link away, wears off so slowly that half of it is left after years.

    Harm is more of what is harmful or of conflict, and less of anything else that people or nature have.
    """
    spans = {name: (known.responses.half_life(name), raised) for name, raised in _harmed(model, known, touched).items()}
    stock = max(spans, key=lambda name: spans[name][0], default="")
    if not stock or spans[stock][0] < LONG:
        return None
    (span, raised), word = spans[stock], _word(model, stock)
    if span > FOR_GOOD:
        plain = (
            f"Stays: {word} does not fade by itself." if raised else f"Heals slowly: lost {word} does not soon return."
        )
        return Circumstance(LASTING, 1.0, plain)
    if raised:
        plain = f"Stays long: half of {_the(model, stock)} is still there after {span:.0f} seasons."
    else:
        plain = f"Heals slowly: half of the loss of {word} remains after {span:.0f} seasons."
    return Circumstance(LASTING, span / (span + LONG), plain)


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
