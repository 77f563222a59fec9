"""Which actions call for vigilance: five circumstances, found in the rules and not in labels.

| circumstance | when |
|---|---|
| vast scale | much of the map, of what everybody shares or of all that lives is changed |
| tiny scale | something new is let loose that multiplies and spreads by itself |
| living, complex systems | what lives is lost, here or along many links, or people are wronged |
| late or missing feedback | nothing pushes back, or the answer is seasons on the way |
| broad or lasting harm | harm is done that wears off slowly |

Each has a strength v from 0 to 1, and grows with how much is changed; all
together V = 1 - (1 - v1)(1 - v2)...  Work of human and mechanical scale has
none of them, and a deed that is aimed at people is never harmless.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from game.insight.aftermath import aftermath, calm_of
from game.insight.answers import lasting, late
from game.insight.circumstance import Circumstance, Deed, Known, order
from game.insight.graph import links_of, touches
from game.insight.living_web import living, wrongs
from game.insight.responses import try_responses
from game.insight.scale import tiny, vast
from game.level.balance_checks import unbalanced_stocks
from game.sim.evaluation import Evaluator
from game.sim.model import Model
from game.sim.plans import Candidate

TOLD = 3  # how many circumstances are told to players
HARMLESS, GREAT = 0.3, 0.7  # care below which a deed is next to harmless, and from which it is great
DECIMALS = 9  # of a reading: policies go by it, so it is the same on every machine
LEAST = 0.01  # a weaker circumstance is none
MATTERS = 0.1  # a weaker one is no reason for care by itself

# The answers depend on the rules alone; the compiled objective stands for its model, which cannot be hashed.
_KNOWN: WeakKeyDictionary[Evaluator, Known] = WeakKeyDictionary()


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
            vast(model, candidate, plan, deed),
            tiny(model, known, deed.touched),
            living(model, known, plan, deed),
            late(model, known, deed),
            lasting(model, known, deed),
        )
        told = [one for one in found if one is not None and one.strength >= LEAST]
        known.of_candidates[candidate.key, doer] = tuple(sorted(told, key=order))
    return known.of_candidates[candidate.key, doer]


def feedback(model: Model, candidate: Candidate, wait: float, seat: int | None = None) -> Circumstance | None:
    """Return what is left of late or missing feedback where every answer is heard after `wait` seasons at most."""
    known, doer = _known(model), _doer(model, candidate) if seat is None else seat
    return late(model, known, _deed(model, known, candidate, doer), wait)


def _doer(model: Model, candidate: Candidate) -> int:
    """Return the first seat that speaks for nobody at whom a candidate aims."""
    if model.actions[candidate.action].spec.target != "community":
        return 0
    return next((seat for seat, one in enumerate(model.layout.seats) if one != candidate.target), 0)


def _known(model: Model) -> Known:
    if model.objective not in _KNOWN:
        # A reason written by the author says why a stock may run free, not that something holds it.
        stocks = {name: stock.model_copy(update={"unbalanced": ""}) for name, stock in model.level.stocks.items()}
        bare = model.level.model_copy(update={"stocks": stocks})
        free = frozenset(unbalanced_stocks(bare, model.nodes))
        responses = try_responses(model)
        _KNOWN[model.objective] = Known(links_of(model), responses, calm_of(model, responses), free)
    return _KNOWN[model.objective]


def _deed(model: Model, known: Known, candidate: Candidate, seat: int) -> Deed:
    if (candidate.key, seat) not in known.of_deeds:
        plan = model.actions[candidate.action]
        follows = known.graph.following_use(model, plan)
        after = aftermath(model, known.calm, candidate, seat)
        known.of_deeds[candidate.key, seat] = Deed(touches(model, plan), follows, after)
    return known.of_deeds[candidate.key, seat]


def wrongs_somebody(model: Model, candidate: Candidate, seat: int | None = None) -> bool:
    """Return whether anybody is wronged at once by a candidate, however little."""
    deed = _deed(model, _known(model), candidate, _doer(model, candidate) if seat is None else seat)
    return any(wrongs(model, name, deed) for name in deed.after.there)


def harm_added(model: Model, candidate: Candidate, seat: int) -> tuple[str, ...]:
    """Return the harmful stocks of which there is more at once when the player in `seat` does a candidate."""
    there = _deed(model, _known(model), candidate, seat).after.there
    return tuple(name for name, change in there.items() if change > 0.0 and model.level.stocks[name].harmful)
