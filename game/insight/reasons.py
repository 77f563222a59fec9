"""Why an action would be declined, is impossible, or calls for caution: reasons as data, not yet in words."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from game.insight.terms import Condition, best_of, conditions, value_of
from game.language.errors import ArgumentError
from game.sim.agreements import asking_frame, willing
from game.sim.beginning import wants_of
from game.sim.evaluation import compile_expression
from game.sim.frame import Frame, along_worlds
from game.sim.model import Model
from game.sim.people import UNFORGIVEN, resents
from game.sim.plans import ActionPlan, Candidate
from game.sim.possible import action_frame, affordable, cost_of, possible, protest_chances, purse
from game.sim.totals import COLUMN_AXIS, COMMUNITY_AXIS, ROW_AXIS, total_over
from game.sim.world import RUNNING, World
from game.telling.say import say

TERM = "term"  # as the term of an answer: the amount that is offered
WRONGS = "wrongs"  # as the term of an answer: what was done to them
# An answer nearer to its threshold than this may turn out otherwise when one does not know the other's need.
CLOSE = 0.15
SPEAKS = 0.25  # of all that speaks for a yes: what speaks less for it is not told


@dataclass(frozen=True)
class Answer:
    """What one community would say to an offer, and what stands in the way.

    `margin` is by how much the sum exceeds its threshold (below 0 for a no).
    `term` is the stock or word that is furthest from its best, `value` what
    it is now, `missing` by how much it alone would have to change;
    `too_high` tells in which direction.  Of a yes `carried` holds what speaks
    for it most, as names and values, the weightiest first.
    """

    community: int
    yes: bool
    sure: bool
    margin: float
    term: str = ""
    value: float = 0.0
    missing: float = 0.0
    too_high: bool = False
    carried: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Obstacle:
    """Why an action cannot be done now; `stock` and `missing` for what is too dear."""

    kind: str  # over | self | when | not_yours | not_in_it | settled | agreed | running | too_dear
    plain: str
    stock: str = ""
    missing: float = 0.0


@dataclass(frozen=True)
class Caution:
    """What to think of before using force: how far it reaches, who is in the way, who may block it."""

    share: float  # of all ground of this kind, 0 where no tiles are touched
    users: tuple[int, ...]  # other communities that are touched
    days: float  # what it costs of the stock that pays for actions
    extra_days: float  # how much of it is because others resist
    blockers: tuple[tuple[int, float], ...]  # (community, chance), likeliest first
    blocked: float  # chance that somebody blocks it
    later: tuple[str, ...]  # what it will bring for certain, in plain words


def asked_communities(model: Model, world: World, seat: int, candidate: Candidate, at: int = 0) -> list[int]:
    """Return whom an offer would be put to: its target or everybody, less the actor and those already in."""
    me = model.layout.seats[seat]
    everybody = range(len(model.layout.communities))
    asked = [candidate.target] if candidate.target >= 0 else list(everybody)
    member = world.member.get(candidate.action)
    changing = candidate.amount is not None and member is not None and bool(member[me, 0, 0, 0, at] > 0.0)
    return [one for one in asked if one != me and (changing or member is None or member[one, 0, 0, 0, at] <= 0.0)]


def answers(
    model: Model, world: World, seat: int, index: int, at: int = 0, knowing: World | None = None
) -> list[Answer]:
    """Return what each community that candidate `index` would ask is going to say, and why not.

    What the player knows of them is read from `knowing` where `world` is only
    imagined: a talk that is planned has told nothing yet.
    """
    candidate = model.candidates[index]
    plan = model.actions[candidate.action]
    if plan.accepts is None:
        return []
    frame = action_frame(model, world, seat, index)
    says = willing(model, world, plan, frame)
    asking = asking_frame(model, world, plan, frame)
    bitter = resents(world, frame.me)[:, at]
    found = conditions(model.nodes[("actions", plan.name, "accepts")])
    told = []
    for one in asked_communities(model, world, seat, candidate, at):
        if bitter[one]:
            told.append(_refusal(world, frame.me, one, at))
            continue
        known = _knows(model, world if knowing is None else knowing, frame.me, one, at)
        told.append(_answer(model, asking, found, one, bool(says[one, at]), known, at))
    return told


def _refusal(world: World, me: int, one: int, at: int) -> Answer:
    """Return the no of somebody who has not got over what was done to him."""
    wrongs = float(world.people["wrongs"][one, me, at])
    return Answer(one, False, True, UNFORGIVEN - wrongs, WRONGS, wrongs, wrongs - UNFORGIVEN, True)


def _answer(model: Model, frame: Frame, found: list[Condition], one: int, yes: bool, known: bool, at: int) -> Answer:
    if not found:
        return Answer(one, yes, known, math.nan)
    shape = (len(model.layout.communities), 1, 1, 1, frame.world.count)
    measured = [[float(value_of(model, frame, term, shape)[one, 0, 0, 0, at]) for term in each.terms] for each in found]
    margins = [sum(values) - each.threshold for values, each in zip(measured, found, strict=True)]
    tightest = min(range(len(found)), key=lambda place: margins[place])
    margin = margins[tightest]
    terms, values = found[tightest].terms, measured[tightest]
    sure = known or abs(margin) >= CLOSE
    if yes:
        return Answer(one, yes, sure, margin, carried=_carrying(found, measured))
    if not terms:
        return Answer(one, yes, sure, margin)
    lacking = [best_of(term, model.layout.scope) - value for term, value in zip(terms, values, strict=True)]
    worst = max(range(len(terms)), key=lambda place: lacking[place])
    term, value = terms[worst], values[worst]
    missing = -margin / abs(term.scale)
    return Answer(one, yes, sure, margin, term.name, value / term.scale, missing, term.scale < 0)


def _carrying(found: list[Condition], measured: list[list[float]]) -> tuple[tuple[str, float], ...]:
    """Return what brings most of a yes in the condition that weighs most, each more than SPEAKS of all that does."""
    place = max(range(len(found)), key=lambda one: len(found[one].terms))
    weighed = sorted(zip(measured[place], found[place].terms, strict=True), key=lambda pair: -pair[0])
    for_it = sum(part for part, _ in weighed if part > 0.0)
    return tuple(
        (term.name, part / term.scale)
        for part, term in weighed
        if term.name not in ("", TERM) and part > SPEAKS * for_it
    )


def _knows(model: Model, world: World, me: int, other: int, at: int) -> bool:
    wants = wants_of(model, other)
    if wants is None or wants.known_by is None:
        return True
    return float(world.stock[wants.known_by][other, me, 0, 0, at]) >= 0.5


def why_not(model: Model, world: World, seat: int, index: int, at: int = 0) -> Obstacle | None:
    """Return what keeps the player from doing candidate `index` now, or None."""
    candidate = model.candidates[index]
    plan = model.actions[candidate.action]
    frame = action_frame(model, world, seat, index)
    if not possible(model, frame, plan, candidate)[at]:
        return _impossible(model, frame, plan, candidate, at)
    costs = cost_of(model, frame, plan)
    if affordable(model, world, frame.me, costs)[at]:
        return None
    short = [(stock, float(amount[at] - purse(world, stock, frame.me)[at])) for stock, amount in costs]
    stock, missing = max(short, key=lambda pair: pair[1])
    plain = say("obstacle.too_few", amount=missing, unit=model.level.stocks[stock].unit)
    return Obstacle("too_dear", plain, stock, missing)


def could(model: Model, world: World, seat: int, index: int) -> bool:
    """Return whether candidate `index` makes sense now, were there days and goods enough for it."""
    obstacle = why_not(model, world, seat, index)
    return obstacle is None or obstacle.kind == "too_dear"


def _what_fails(model: Model, frame: Frame, plan: ActionPlan, at: int) -> str:
    """Return the sentence about the first part of `when` that does not hold."""
    told = plan.spec.when_plain
    if len(told) < 2:
        return told[0] if told else say("obstacle.not_now")
    for index, sentence in enumerate(told):
        part = compile_expression(model.nodes[("actions", plan.name, "when", index)], model.layout)
        if not along_worlds(np.asarray(part(frame)), frame.world.count)[at] > 0.0:
            return sentence
    raise ArgumentError(f"every part of when holds for {plan.name!r}, so that nothing can be said to stand in its way")


def _impossible(model: Model, frame: Frame, plan: ActionPlan, candidate: Candidate, at: int) -> Obstacle:
    world = frame.world
    if world.outcome[at] != RUNNING:
        return Obstacle("over", say("obstacle.over"))
    if candidate.target == frame.me and (plan.spec.target == "community" or plan.circle):
        return Obstacle("self", say("obstacle.self"))
    if plan.when is not None and not along_worlds(np.asarray(plan.when(frame)), world.count)[at] > 0.0:
        return Obstacle("when", _what_fails(model, frame, plan, at))
    if plan.spec.only_own:
        return Obstacle("not_yours", say("obstacle.not_yours"))
    if plan.spec.gives_notice:
        return Obstacle("not_in_it", say("obstacle.not_in_it"))
    if plan.circle and candidate.amount is not None:
        return _settled(frame, plan, candidate, at)
    if plan.circle:
        return Obstacle("agreed", say("obstacle.agreed"))
    return Obstacle("running", say("obstacle.running"))


def _settled(frame: Frame, plan: ActionPlan, candidate: Candidate, at: int) -> Obstacle:
    stands = float(frame.world.term[plan.name][0, 0, 0, 0, at])
    if stands == candidate.amount:
        return Obstacle("settled", say("obstacle.settled"))
    return Obstacle("not_in_it", say("obstacle.not_settled"))


def caution(model: Model, world: World, seat: int, index: int, at: int = 0) -> Caution:
    """Return how far candidate `index` reaches, whom it touches, what resistance costs, who may block."""
    candidate = model.candidates[index]
    plan = model.actions[candidate.action]
    frame = action_frame(model, world, seat, index)
    touched = frame.extra["affected"][:, 0, 0, 0, at]
    users = tuple(int(one) for one in np.flatnonzero(touched > 0.0))
    days, easy = _days(model, frame, plan, at), 0.0
    if days:
        calm = replace(frame, extra={**frame.extra, "resisting": np.zeros((1, 1, 1, 1, world.count))}, this_tick={})
        easy = _days(model, calm, plan, at)
    blockers = who_may_block(model, frame, plan, at)
    return Caution(
        _share_of_ground(model, candidate),
        users,
        days,
        days - easy,
        blockers,
        any_blocks(blockers),
        tuple(later.plain for later in plan.spec.later),
    )


def who_may_block(model: Model, frame: Frame, plan: ActionPlan, at: int = 0) -> tuple[tuple[int, float], ...]:
    """Return which communities may block an action by protest, each with its chance, likeliest first."""
    if not plan.spec.blocked_by:
        return ()
    chances = protest_chances(model, frame)[:, at]
    likely = [(one, float(chance)) for one, chance in enumerate(chances) if chance > 0.0]
    return tuple(sorted(likely, key=lambda pair: (-pair[1], pair[0])))


def any_blocks(blockers: tuple[tuple[int, float], ...]) -> float:
    """Return the chance that at least one of them does."""
    return 1.0 - math.prod(1.0 - chance for _, chance in blockers)


def _days(model: Model, frame: Frame, plan: ActionPlan, at: int) -> float:
    return sum(
        float(amount[at]) for stock, amount in cost_of(model, frame, plan) if model.stocks[stock].place == "player"
    )


def _share_of_ground(model: Model, candidate: Candidate) -> float:
    """Return which part of the ground that anybody may use lies inside the target."""
    if candidate.tiles is None:
        return 0.0
    used = np.where(total_over(model.uses_start, (COMMUNITY_AXIS,)) > 0.0, 1.0, 0.0)
    everywhere = float(total_over(used, (ROW_AXIS, COLUMN_AXIS)).sum())
    inside = float(total_over(used * candidate.tiles, (ROW_AXIS, COLUMN_AXIS)).sum())
    return inside / everywhere if everywhere else 0.0
