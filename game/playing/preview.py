"""What a plan would cost and whom it would win, if nothing came between: the season is not over yet.

The plan is walked through on a copy of the world.  Luck is left out: nothing
is blocked here, and what others do meanwhile is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.insight.reasons import Answer, Obstacle, answers, why_not
from game.sim.agreements import invite
from game.sim.effects import apply_effects
from game.sim.model import Model
from game.sim.possible import action_frame, cost_of, purse
from game.sim.world import World
from game.telling.say import say

TENTH = 1  # digits after the point with which days are told


@dataclass(frozen=True)
class Step:
    """One planned action: what it costs by then, what stands in its way, what those asked would say."""

    candidate: int
    costs: tuple[tuple[str, float], ...]
    obstacle: Obstacle | None
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Preview:
    """A plan walked through; `world` is how things stand for the player after the last step."""

    steps: tuple[Step, ...]
    world: World


def days_told(preview: Preview, stock: str, had: float, left: float) -> float:
    """Return what is left of a stock after a plan, so that it adds up with what is told of it and of the prices."""
    paid = [number for step in preview.steps if not step.obstacle for name, number in step.costs if name == stock]
    gained = round(left - (had - sum(paid)), TENTH)
    return max(0.0, round(round(had, TENTH) - sum(round(one, TENTH) for one in paid) + gained, TENTH))


def too_often(model: Model, plan: Sequence[int], index: int) -> Obstacle | None:
    """Return that a choice is planned as often already as one season allows, whatever amount each is about."""
    candidate = model.candidates[index]
    planned = sum(model.candidates[one].choice == candidate.choice for one in plan)
    if planned < model.actions[candidate.action].spec.limit:
        return None
    return Obstacle("too_often", say("word.too_often"))


def hurdle(model: Model, walked: Preview, seat: int, plan: Sequence[int], index: int) -> Obstacle | None:
    """Return why an action cannot be planned behind a plan that has been walked through; None where it can."""
    return too_often(model, plan, index) or why_not(model, walked.world, seat, index)


def preview(model: Model, world: World, seat: int, plan: Sequence[int]) -> Preview:
    """Return what becomes of a plan if nobody interferes."""
    imagined = world.copy()
    steps = []
    for place, index in enumerate(plan):
        obstacle = too_often(model, plan[:place], index) or why_not(model, imagined, seat, index)
        frame = action_frame(model, imagined, seat, index)
        costs = cost_of(model, frame, model.actions[model.candidates[index].action])
        said = tuple(answers(model, imagined, seat, index, knowing=world))
        paid = tuple((stock, float(number[0])) for stock, number in costs)
        steps.append(Step(index, paid, obstacle, said))
        if obstacle is None:
            carry_out(model, imagined, seat, index, paid)
    return Preview(tuple(steps), imagined)


def carry_out(model: Model, world: World, seat: int, index: int, paid: tuple[tuple[str, float], ...]) -> None:
    """Let one action happen in `world` (of one world, changed in place) as if nobody interfered."""
    candidate = model.candidates[index]
    plan = model.actions[candidate.action]
    frame = action_frame(model, world, seat, index)
    for stock, number in paid:
        purse(world, stock, frame.me)[...] -= number
    going = np.ones(1, np.bool_)
    if plan.accepts is not None:
        said = np.zeros((len(model.layout.communities), 1), np.int64)
        going = invite(model, world, plan, candidate, frame, going, None, said)
    elif plan.spec.lasts:
        world.member[plan.name][frame.me] = 1.0
        world.left[plan.name] = np.full(1, plan.spec.lasts.seasons or 0, np.int64)
    apply_effects(model, world, frame, plan.now, going)
