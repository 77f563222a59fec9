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


def preview(model: Model, world: World, seat: int, plan: Sequence[int]) -> Preview:
    """Return what becomes of a plan if nobody interferes."""
    imagined = world.copy()
    steps = []
    for place, index in enumerate(plan):
        again = list(plan[:place]).count(index) >= model.actions[model.candidates[index].action].spec.limit
        obstacle = Obstacle("too_often", say("word.too_often")) if again else None
        obstacle = obstacle or why_not(model, imagined, seat, index)
        frame = action_frame(model, imagined, seat, index)
        costs = cost_of(model, frame, model.actions[model.candidates[index].action])
        said = tuple(answers(model, imagined, seat, index, knowing=world))
        paid = tuple((stock, float(number[0])) for stock, number in costs)
        steps.append(Step(index, paid, obstacle, said))
        if obstacle is None:
            _carry_out(model, imagined, seat, index, paid)
    return Preview(tuple(steps), imagined)


def _carry_out(model: Model, world: World, seat: int, index: int, paid: tuple[tuple[str, float], ...]) -> None:
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
