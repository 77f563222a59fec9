"""The third circumstance: what is done to living, complex systems, and to people, who are the most complex of all."""

from __future__ import annotations

from game.insight.circumstance import FELT, LIVING, Circumstance, Deed, Known, half, word, worse
from game.insight.readings import places_of, size_of
from game.sim.effect_plans import AddEffect, UsersEffect
from game.sim.model import Model
from game.sim.plans import ActionPlan
from game.telling.say import say

WEB = 0.55  # full measures of life lost for twelve seasons, times the blow, that make a web half as strong as can be
WRONG = 0.15  # what people feel of it for twelve seasons, added up over all, a day of effort, that counts half
GOODS, TRUST = 0.3, 0.25  # what people feel of it when all that they have is taken, and when all trust goes
AIMED, CROWD = 0.3, 0.67  # the least and the most that a wrong aimed at people counts
LITTLE_LOST = 0.02  # full measures: what loses less is not named


def living(model: Model, known: Known, plan: ActionPlan, deed: Deed) -> Circumstance | None:
    """How much of what lives is lost where the deed acts, and what it does to people, who are the most complex of all.

    What is struck hard has little left to come back from, so the loss counts
    by how hard the blow is.  Many links make any change hard to foresee (May
    1972): what is lost is followed through all of them.
    """
    web = _web_lost(model, known, deed)
    nature = half(web * web, WEB * WEB)
    people = _done_to_people(model, plan, deed)
    if people >= nature:
        strength = 1.0 - (1.0 - people) * (1.0 - nature)
        return Circumstance(LIVING, strength, say("vigilance.people"))
    strength = 1.0 - (1.0 - people) * (1.0 - nature)
    return Circumstance(LIVING, strength, say("vigilance.web", stocks=_named(model, deed)))


def _web_lost(model: Model, known: Known, deed: Deed) -> float:
    """Return what living things lose where the deed acts, in full measures, by how hard it strikes them."""
    specs = model.level.stocks
    losses = {name: abs(value) for name, value in deed.after.local.items() if worse(model, name, value)}
    lost = sum(losses.values()) if any(specs[name].living for name in losses) else 0.0  # else poison reaches no life
    blows = [0.0]
    for name, share in deed.after.there.items():
        feeds_life = any(specs[other].living and known.responses.pull[name, other] > FELT for other in specs)
        if (share < 0.0 and (specs[name].living or feeds_life)) or (share > 0.0 and specs[name].harmful):
            blows.append(abs(share))
    blows += [abs(value) for name, value in deed.after.local_season.items() if worse(model, name, value)]
    return lost * min(1.0, max(blows))


def _done_to_people(model: Model, plan: ActionPlan, deed: Deed) -> float:
    """Return how strongly people are touched, 0 to 1; never less than a little where the deed is aimed at them.

    A wrong counts by what a day of it does: what costs its doer little is soon done again.
    """
    days = deed.after.days
    if _aimed_at_people(model, plan, deed):
        wrong = sum(_wrong(model, name, value) for name, value in deed.after.whole.items())
        wrong = (wrong + sum(GOODS * max(0.0, -share) for share in deed.after.taken.values())) / days
        return AIMED + (CROWD - AIMED) * half(wrong * wrong, WRONG * WRONG)
    grievances = [_wrong(model, name, value) for name, value in deed.after.whole.items() if _is_conflict(model, name)]
    wrong = sum(grievances) / days
    return (CROWD - AIMED) * half(wrong * wrong, WRONG * WRONG)


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


def _aimed_at_people(model: Model, plan: ActionPlan, deed: Deed) -> bool:
    """Whether a deed works on people: on a neighbour, on all others, by a fence, a broken word, or by persuasion."""
    if plan.spec.breaks or any(isinstance(effect, UsersEffect) and effect.users == "me" for effect in plan.now):
        return True
    if _persuades(model, plan):
        return True
    struck = {one.group for one in plan.now if isinstance(one, AddEffect) and wrongs(model, one.stock, deed)}
    return "others" in struck or (bool(struck) and plan.spec.target == "community")


def _persuades(model: Model, plan: ActionPlan) -> bool:
    """Whether force changes what all others hold of its doer, for better too: nobody was asked, and some find out."""
    effects = (one for one in plan.now if isinstance(one, AddEffect))
    stands = any(one.group == "others" and model.stocks[one.stock].place == "relation" for one in effects)
    return plan.spec.mode == "over" and stands


def wrongs(model: Model, stock: str, deed: Deed) -> bool:
    """Whether more grievance or less trust and fewer ties come of a deed at once."""
    change = deed.after.there.get(stock, 0.0)
    return change > 0.0 if _is_conflict(model, stock) else change < 0.0 and model.stocks[stock].place == "relation"


def _named(model: Model, deed: Deed) -> str:
    """Name the two that lose most, and how many more lose."""
    losses = {name: abs(value) for name, value in deed.after.local.items() if worse(model, name, value)}
    worst = sorted((name for name in losses if losses[name] >= LITTLE_LOST), key=lambda name: -losses[name])
    worst = worst or sorted(losses, key=lambda name: -losses[name])[:1]
    named = " and ".join(word(model, name) for name in worst[:2])
    if len(worst) > 2:
        named = f"{', '.join(word(model, name) for name in worst[:2])} and {len(worst) - 2} more"
    return named
