"""What an offer leaves open: which amounts there are, which one is on the table, and who would agree at what."""

from __future__ import annotations

from dataclasses import dataclass

from game.insight.reasons import answers, why_not
from game.playing.letters import amount_text, standing
from game.playing.session import Session
from game.sim.model import Model
from game.sim.plans import ActionPlan
from game.sim.world import World
from game.telling import words
from game.telling.say import say


@dataclass(frozen=True)
class Amount:
    """One amount that an offer may be about.

    `possible` says whether anything can be offered at it now.
    `yes` names the communities that would agree to it, and `perhaps` those that
    probably would, of whom one knows too little to be sure; `doubtful` says whether
    one knows too little of somebody who probably would not.
    """

    value: float
    text: str
    chosen: bool
    possible: bool
    yes: tuple[int, ...]
    perhaps: tuple[int, ...]
    doubtful: bool


def on_the_table(session: Session, world: World, plan: ActionPlan) -> float:
    """Return the amount that the player has set for an action; 0 where it leaves none open."""
    if not plan.term:
        return 0.0
    return session.amounts.get(plan.name, standing(world, plan))


def candidates_at(model: Model, world: World, plan: ActionPlan, amount: float) -> list[int]:
    """Return the candidates of an action that are about an amount, one for each target; all of those without terms."""
    own = [index for index, one in enumerate(model.candidates) if one.action == plan.name]
    if not plan.term:
        return own
    named = None if amount == standing(world, plan) else amount
    return [index for index in own if model.candidates[index].amount == named]


def as_set(session: Session, world: World, candidate: int) -> int:
    """Return the candidate that makes the same choice for the amount that the player has set."""
    one = session.model.candidates[candidate]
    plan = session.model.actions[one.action]
    same = candidates_at(session.model, world, plan, on_the_table(session, world, plan))
    return next((index for index in same if session.model.candidates[index].choice == one.choice), candidate)


def amounts(session: Session, world: World, plan: ActionPlan) -> tuple[Amount, ...]:
    """Return every amount of an offer, from the least to the most; nothing where it leaves none open."""
    if not plan.term:
        return ()
    model, chosen = session.model, on_the_table(session, world, plan)
    own = next(index for index, one in enumerate(model.candidates) if one.action == plan.name)
    found = []
    for value in plan.spec.terms[plan.term].values:
        at_it = candidates_at(model, world, plan, value)
        open_ones = [index for index in at_it if why_not(model, world, session.seat, index) is None]
        said = [one for index in open_ones for one in answers(model, world, session.seat, index, knowing=session.world)]
        yes = dict.fromkeys(one.community for one in said if one.yes and one.sure)
        perhaps = dict.fromkeys(one.community for one in said if one.yes and not one.sure)
        doubtful = any(not one.yes and not one.sure for one in said)
        text, is_set = amount_text(model, own, value), value == chosen
        found.append(Amount(value, text, is_set, bool(open_ones), tuple(yes), tuple(perhaps), doubtful))
    return tuple(found)


def answer_in_short(amount: Amount) -> str:
    """Return how many would agree at an amount, in a word or two."""
    if amount.yes:
        return say("terms.count", count=len(amount.yes))
    if amount.perhaps:
        return say("terms.maybe")
    return say("terms.doubtful" if amount.doubtful else "terms.no")


def who_agrees(model: Model, amount: Amount) -> str:
    """Return in a line who would agree at an amount: `at 85 %: Birches; probably Dales`."""
    yes = words.joined([words.people(model, one) for one in amount.yes])
    perhaps = words.joined([words.people(model, one) for one in amount.perhaps if one not in amount.yes])
    if yes and perhaps:
        return say("terms.some", amount=amount.text, yes=yes, perhaps=perhaps)
    if yes or perhaps:
        return say("terms.yes" if yes else "terms.perhaps", amount=amount.text, who=yes or perhaps)
    return say("terms.hardly" if amount.doubtful else "terms.nobody", amount=amount.text)
