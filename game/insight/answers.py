"""The last two circumstances: whether an answer comes late or never, and how long harm stays."""

from __future__ import annotations

import math

from game.insight.aftermath import SEASONS
from game.insight.circumstance import FELT, LASTING, LATE, Circumstance, Deed, Known, half, the_word, word
from game.insight.graph import Touch
from game.sim.model import Model
from game.telling.say import say

SLOW = 2.0  # seasons after which an answer is no longer seen as one
TYPICAL_ANSWER = 4.0  # seasons on the way that make lateness half as strong as can be
MISSING = 0.6  # strength where nothing pushes back at all
LONG = 8.0  # seasons after which half of the harm is left where it lasts half as long as can be; two years
FOR_GOOD = 100.0  # seasons: longer than any game
ADDS_UP = 0.3  # full measures of poison, did all spend a day of every season on it, that weigh half as much as can be
TRACE = 0.001  # full measures of poison by one deed: less is none


def late(model: Model, known: Known, deed: Deed, wait: float = math.inf) -> Circumstance | None:
    """Whether nothing pushes back against what is touched or one link away, or its answer is long on the way.

    Slow answers make people overshoot (Forrester 1961; Sterman 1989).  `wait`
    bounds the seasons after which any answer is heard.  Each counts as far as
    the stock that it answers is changed.
    """
    found = [_free(model, known, deed), *_answers(model, known, deed, wait)]
    return max((one for one in found if one is not None), default=None, key=lambda one: (one.strength, one.delay))


def _changed(deed: Deed) -> dict[str, float]:
    """Return how hard every stock is struck that the deed touches, 0 to 1; the use of ground is changed wholly."""
    struck = {one.stock: 0.0 for one in deed.touched}
    struck |= {name: share * share for name, share in deed.after.there.items()}
    return struck | dict.fromkeys(deed.follows, 1.0)


def _free(model: Model, known: Known, deed: Deed) -> Circumstance | None:
    struck = _changed(deed)
    found = []
    for first, blow in struck.items():
        for name in dict.fromkeys((first, *known.graph.links[first])):
            if name in known.unbalanced and model.stocks[name].place != "player":
                found.append((MISSING * blow, -list(model.stocks).index(name), name))
    if not found:
        return None
    strength, _, name = max(found)
    plain = say("vigilance.no_balance", stock=word(model, name))
    return Circumstance(LATE, strength, plain, _slowest(known, deed))


def _slowest(known: Known, deed: Deed) -> float:
    return max((delay for _, delay, _ in _ways(known, deed)), default=0.0)


def _ways(known: Known, deed: Deed) -> list[tuple[float, float, str]]:
    """Return every answer: how hard what it answers was struck, the seasons on the way, and where it is seen."""
    struck = _changed(deed)
    ways = [(struck[one.stock], float(one.after), one.stock) for one in deed.touched]
    ways += [(1.0, delay, name) for name, delay in deed.follows.items()]
    return ways + [
        (blow, delay, other) for name, blow in struck.items() for other, delay in known.graph.links[name].items()
    ]


def _answers(model: Model, known: Known, deed: Deed, wait: float) -> list[Circumstance]:
    found = []
    for blow, way, where in _ways(known, deed):
        delay = min(way, wait)
        if delay >= SLOW:
            whom = the_word(model, _felt_by(model, known, where))
            plain = say("vigilance.late", stock=whom, seasons=delay)
            found.append(Circumstance(LATE, blow * delay / (delay + TYPICAL_ANSWER), plain, delay))
    return found


def _felt_by(model: Model, known: Known, stock: str) -> str:
    """Return what living thing a late answer feeds, if it feeds one; else the stock itself."""
    fed = [flow.target for flow in model.flows if flow.source == stock and flow.target]
    return next((name for name in (stock, *fed) if model.level.stocks[name].living), stock)


def lasting(model: Model, known: Known, deed: Deed) -> Circumstance | None:
    """How much harm is done at once, in a season one link away or little by little, and how slowly it wears off.

    Harm is more of what is harmful or of conflict, and less of anything else that people or nature have.
    """
    found = []
    for name, raised in _harmed(model, known, deed.touched).items():
        span = known.responses.half_life(name)
        share = deed.after.there.get(name, deed.after.local_season.get(name, 0.0))
        blow = min(1.0, share * share)
        found.append(Circumstance(LASTING, blow * _lasts(span), _stays(model, name, raised, span)))
    found += _poison(model, known, deed)
    return max(found, default=None, key=lambda one: one.strength)


def _lasts(span: float) -> float:
    """Return how lasting harm is of which half is left after `span` seasons, 0 to 1."""
    return 1.0 if span > FOR_GOOD else span * span / (span * span + LONG * LONG)


def _poison(model: Model, known: Known, deed: Deed) -> list[Circumstance]:
    """Tell of poison that adds up: little by one deed, but all may do it, season after season, and it stays.

    However many links away it comes up, all of it counts together, in means
    over twelve seasons, of what it would bring if everybody spent a day of each
    of these seasons on it; it stays as long as the longest-lived of it.
    """
    specs, spans = model.level.stocks, known.responses
    risen = {name: value for name, value in deed.after.whole.items() if specs[name].harmful and value > TRACE}
    if not risen:
        return []
    longest = max(risen, key=lambda name: (spans.half_life(name), risen[name]))
    often = len(model.layout.seats) * SEASONS / 2.0 / deed.after.days  # of each season's deeds half of the time is seen
    span = spans.half_life(longest)
    strength = half(often * sum(risen.values()), ADDS_UP) * _lasts(span)
    if longest in deed.after.there:
        return [Circumstance(LASTING, strength, _stays(model, longest, True, span))]
    called = word(model, longest)
    if span > FOR_GOOD:
        return [Circumstance(LASTING, strength, say("vigilance.adds_up_for_good", stock=called))]
    return [Circumstance(LASTING, strength, say("vigilance.adds_up", stock=called, seasons=_seasons(span)))]


def _stays(model: Model, name: str, raised: bool, span: float) -> str:
    called = word(model, name)
    if span > FOR_GOOD:
        return say("vigilance.stays" if raised else "vigilance.lost", stock=called)
    if raised:
        return say("vigilance.stays_long", stock=the_word(model, name), seasons=_seasons(span))
    return say("vigilance.heals_slowly", stock=called, seasons=_seasons(span))


def _seasons(count: float) -> str:
    return say("vigilance.season" if round(count) == 1 else "vigilance.seasons", count=count)


def _harmed(model: Model, known: Known, touched: list[Touch]) -> dict[str, bool]:
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


def _does_harm(model: Model, known: Known, stock: str) -> bool:
    """Whether more of a stock is worse for those that live of it: then less of it is no loss."""
    spec, worth = model.level.stocks[stock], 0.0
    if spec.living:
        return False
    for other in known.graph.links[stock]:
        judged = model.level.stocks[other]
        good = bool(judged.living) - bool(judged.harmful)
        worth += good * known.responses.pull[stock, other]
    return worth < -FELT
