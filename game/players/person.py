"""A person: plays a seat by a temper, by what it needs, and by what was done to it and by whom.

What a person does follows from a sum of terms for each deed it could do
(`game.players.weighing`); a deed is done where they come to more than ENOUGH,
and the largest of them is its reason.  No line here knows a level, a stock or
an action.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from game.players.minds import plan_as_person
from game.players.options import Choices, Mask, Option, options
from game.players.purse import fill
from game.players.weighing import (
    COMPANY,
    ENOUGH,
    FRIEND,
    JOINS_IN,
    TERMS,
    Circumstances,
    circumstances,
    examples,
    keeps_company,
    largest,
    terms,
    terms_of,
    total,
)
from game.sim.actions import NOTHING
from game.sim.feelings import Feelings, asked_for, felt, parted_with
from game.sim.mind_tables import ON_LAND
from game.sim.model import Model
from game.sim.plans import ActionPlan, Candidate
from game.sim.possible import action_frame
from game.sim.totals import Floats
from game.sim.world import Integers, World

GOOD_PART = 0.25  # of what speaks for a deed: what is less is not told
OWN = ("need", "profit", "care")  # terms that are a person's own, and not what the others do or did


def person(model: Model, world: World, seat: int, chosen: Integers, shares: dict[str, Floats]) -> None:
    """Plan for one seat as its person would; the plan (SLOTS, W) is filled in place."""
    if not world.people:
        return
    choices = options(model, world, seat, ("over", "with", "neutral"), shares, meaning=True)
    if not len(choices) or plan_as_person(model, world, seat, choices, chosen, shares):
        return
    now = circumstances(model, world, seat)
    scores = total(terms(model, world, seat, choices, now, shares))
    scores = np.where((scores > ENOUGH) & choices.allowed & ~_hopeless(model, choices), scores, 0.0)
    fill(model, world, seat, choices, _of_one_mind(model, choices, scores), chosen, shares=shares)
    idle = chosen[0] == NOTHING
    if idle.any():
        rest = np.full_like(chosen, NOTHING)
        fill(model, world, seat, choices, np.where(idle, _company(model, choices, now), 0.0), rest, shares=shares)
        chosen[0] = np.where(idle, rest[0], chosen[0])


def would_do(model: Model, world: World, seat: int, candidate: int) -> bool:
    """Return whether the person in a seat finds a candidate worth doing in `world` (of one world)."""
    weighed = _weighed(model, world, seat, candidate)
    return weighed is not None and bool(total(weighed[2])[0] > ENOUGH)


def _weighed(
    model: Model, world: World, seat: int, candidate: int
) -> tuple[Option, Circumstances, dict[str, Floats]] | None:
    """Return a candidate as the person in a seat weighs it; None where it is not possible, or nobody is a person."""
    shares: dict[str, Floats] = {}
    choices = options(model, world, seat, ("over", "with", "neutral"), shares)
    row = choices.row_of(candidate)
    if row < 0 or not world.people:
        return None
    option, now = choices[row], circumstances(model, world, seat)
    return option, now, terms_of(model, world, seat, option, now, shares)


def _of_one_mind(model: Model, choices: Choices, scores: Floats) -> Floats:
    """Return the scores of a season in which nobody gives away what he asks others for: the better of the two stays."""
    book, feelings = choices.book, model.feelings
    for name in feelings.stores:
        asks: Mask = book.each(("asks", name), model, partial(_asks, feelings, name), np.bool_)
        gives: Mask = book.each(("gives", name), model, partial(_gives, feelings, name), np.bool_)
        asking, giving = np.flatnonzero(asks[choices.rows]), np.flatnonzero((gives & ~asks)[choices.rows])
        lost = largest(scores[asking]) < largest(scores[gives[choices.rows]])
        scores[asking] = np.where(lost, 0.0, scores[asking])
        scores[giving] = np.where(lost, scores[giving], 0.0)
    return scores


def _asks(feelings: Feelings, name: str, plan: ActionPlan, candidate: Candidate) -> bool:
    return name in asked_for(feelings, plan)


def _gives(feelings: Feelings, name: str, plan: ActionPlan, candidate: Candidate) -> bool:
    return any(move.source[0] == name for move in parted_with(feelings, plan))


def _hopeless(model: Model, choices: Choices) -> Mask:
    """Return where nobody who is asked would say yes as things are: then one does not ask, (O, W)."""
    asks: Mask = choices.book.each("offers", model, lambda plan, one: plan.accepts is not None, np.bool_)
    return asks[choices.rows][:, None] & (choices.willing == 0.0)


def reason(found: dict[str, Floats], at: int = 0) -> str:
    """Return the name of the largest term of a deed in world `at`."""
    return max(TERMS, key=lambda name: float(found[name][at]))


def _company(model: Model, choices: Choices, now: Circumstances) -> Floats:
    """Return how much one likes small deeds on an idle day: for a friend, or for the land where others partner too."""
    whom: Integers = choices.book.each("company", model, keeps_company, np.int64)[choices.rows]
    warmth = now.warmth[np.maximum(whom, 0)]
    friendly = np.where((whom >= 0)[:, None] & (warmth > FRIEND), COMPANY + warmth, 0.0)
    on_land = np.where(now.lean > JOINS_IN, COMPANY * now.lean, 0.0)
    return np.where((whom == ON_LAND)[:, None], on_land, friendly)


@dataclass(frozen=True)
class Reason:
    """Why a person did something: the largest term of its score, and what it was about.

    `store` is what it ran short of or wanted more of, `whom` the community it
    was done to or for the sake of; -1 where it was nobody in particular.
    Where the term is that others do alike, `example` are the households whose
    doing counted most, and `own` is the largest of the terms that are the
    person's own, if it is a good part of what speaks for the deed: that others
    do alike is true of nearly everybody, and says little of anybody.
    """

    term: str
    amount: float
    store: str = ""
    whom: int = -1
    own: str = ""
    example: tuple[int, ...] = ()


def reason_for(model: Model, world: World, seat: int, candidate: int) -> Reason | None:
    """Return why the person in a seat plans a candidate in `world` (of one world); None where it does not."""
    weighed = _weighed(model, world, seat, candidate)
    if weighed is None:
        return None
    option, now, found = weighed
    aim = option.plan.spec.aim
    whom = option.candidate.target if option.plan.spec.target == "community" else -1
    if float(total(found)[0]) <= ENOUGH:
        return Reason("company", float(_company(model, option.alone, now)[0, 0]), whom=whom)
    term = reason(found)
    if term == "revenge":
        feels = felt(model.feelings, model.stocks, action_frame(model, world, seat, candidate), option.plan)
        whom = int(np.argmax((np.maximum(0.0 - feels, 0.0) * now.wrongs)[:, 0]))
    store = aim.of if aim is not None and aim.of in now.use and float(option.gain[0]) > 0.0 else ""
    if option.candidate.amount is not None and aim is None and model.feelings.stores:
        store = max(model.feelings.stores, key=lambda name: float(now.pressure[name][0]))
    own, example = ("", ()) if term != "others" else (_own_term(found), _whose_example(model, world, seat, now))
    return Reason(term, float(found[term][0]), store, whom, own, example)


def _own_term(found: dict[str, Floats]) -> str:
    """Return the largest term of one's own that is more than GOOD_PART of all that speaks for a deed; else nothing."""
    speaks = sum(max(float(values[0]), 0.0) for values in found.values())
    largest_own = max(OWN, key=lambda name: float(found[name][0]))
    return largest_own if float(found[largest_own][0]) > GOOD_PART * speaks else ""


def _whose_example(model: Model, world: World, seat: int, now: Circumstances) -> tuple[int, ...]:
    """Return the households that lean as most do whose example counts for a good part, the weightiest first."""
    way = 1.0 if float(now.lean[0]) > 0.0 else -1.0
    acts = {one: way * float(values[0]) for one, values in examples(model, world, seat).items()}
    speaks = sum(value for value in acts.values() if value > 0.0)
    return tuple(sorted((one for one, value in acts.items() if value > GOOD_PART * speaks), key=lambda one: -acts[one]))
