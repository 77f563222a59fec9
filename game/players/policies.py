"""Every policy by its name, scripted or planning, and what they plan for a season."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from game.language.errors import ArgumentError
from game.language.suggest import did_you_mean
from game.level.vocabulary import PERSON, POLICY_NAMES
from game.players.options import Shared
from game.players.person import person
from game.players.planner import PLANNERS
from game.players.scripted import SCRIPTED, Policy
from game.sim.actions import Actions
from game.sim.model import Model
from game.sim.step import Ticks, quickest
from game.sim.world import Integers, World

POLICIES: dict[str, Policy] = {**SCRIPTED, PERSON: person, **PLANNERS}

assert tuple(POLICIES) == POLICY_NAMES


def plan_season(model: Model, world: World, policies: tuple[str, ...], ticks: Ticks | None = None) -> Actions:
    """Return what every seat plans; one policy name for each seat.

    `ticks` may be another way to the same bits (`game.run.backends`); without it the quickest at hand.
    Raises ArgumentError for an unknown policy or a wrong number of them.
    """
    if len(policies) != len(model.layout.seats):
        raise ArgumentError(f"{len(model.layout.seats)} seats need as many policies, not {len(policies)}")
    return [actions for actions, _ in planning(model, world, policies, ticks)][-1]


def planning(
    model: Model, world: World, policies: tuple[str, ...], ticks: Ticks | None = None
) -> Iterator[tuple[Actions, int]]:
    """Let one seat after the other plan, as `plan_season` does; yield what is planned so far, and how many are left."""
    actions = Actions.none(model, world.count)
    shares = Shared(ticks or quickest(model))
    for seat, policy in enumerate(policies):
        if policy not in POLICIES:
            raise ArgumentError(
                f'there is no policy "{policy}"{did_you_mean(policy, POLICIES)}; policies: {", ".join(POLICIES)}'
            )
        POLICIES[policy](model, world, seat, actions.chosen[:, seat], shares)
        yield actions, len(policies) - seat - 1


def deciding_anew(
    model: Model, policies: tuple[str, ...]
) -> tuple[tuple[int, ...], Callable[[World], Integers] | None]:
    """Return the seats that people play, and what tells their plans (slots, seats, W) as things stand in a world."""
    people = tuple(seat for seat, policy in enumerate(policies) if policy == PERSON)
    if not people:
        return (), None
    alone = tuple(PERSON if seat in people else "idle" for seat in range(len(policies)))
    return people, lambda world: plan_season(model, world, alone).chosen
