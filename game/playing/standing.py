"""How a game stands, besides its numbers: each goal, the dials, and the events that last or are announced."""

from __future__ import annotations

from dataclasses import dataclass

from game.playing.numbers import goal_state
from game.playing.session import Session
from game.telling import words

STEADY = 0.005  # of a dial: a change below it is none


@dataclass(frozen=True)
class GoalStanding:
    """One goal: how long it has held and must hold, whether it is reached or too late, and what it compares.

    `measured` is (now, needed, share reached), None where the goal is no
    plain comparison or no season has passed.
    """

    plain: str
    streak: int
    in_a_row: int
    done: bool
    late: bool
    measured: tuple[str, str, float] | None


@dataclass(frozen=True)
class DialStanding:
    """One dial, 0 fine to 1 worst, and which way it moved: -1 down, 0 hardly, 1 up."""

    name: str
    value: float
    way: int


@dataclass(frozen=True)
class Sign:
    """An event that lasts (`left` more seasons) or is announced (`odds` that it comes)."""

    event: str
    name: str
    plain: str
    icon: str
    here: bool
    left: int
    odds: float
    text: str  # what a banner says of it


def goals_standing(session: Session) -> list[GoalStanding]:
    """Return how each goal stands."""
    world, found = session.world, []
    for index, goal in enumerate(session.model.level.goals):
        streak, reached = int(world.streak[index, 0]), bool(world.reached[index, 0])
        late = goal.by is not None and world.season >= goal.by and not reached
        done = streak >= goal.in_a_row or reached
        measured = goal_state(session, index, world)
        found.append(GoalStanding(goal.plain, streak, goal.in_a_row, done, late, measured))
    return found


def dials_standing(session: Session) -> list[DialStanding]:
    """Return the three dials."""
    history, found = session.history, []
    for name, value in history[-1].dials.items():
        change = value - history[-2].dials[name] if len(history) > 1 else 0.0
        found.append(DialStanding(name, value, 0 if abs(change) < STEADY else 1 if change > 0.0 else -1))
    return found


def signs(session: Session) -> list[Sign]:
    """Return the events that last, and those that are announced for the season to come."""
    world, found = session.world, []
    for event in session.model.events:
        spec, left = event.spec, int(world.event_left[event.name][0])
        name = spec.name or event.name.replace("_", " ").capitalize()
        icon = spec.icon or "cloud_light"
        if left > 1:
            text = f"{name}: {words.count(left - 1, 'more season')}"
            found.append(Sign(event.name, name, spec.plain, icon, True, left - 1, 0.0, text))
        if world.event_sign[event.name][0]:
            text = f"{spec.sign or name + ' may come.'} ({words.odds(spec.odds)})"
            found.append(Sign(event.name, name, spec.plain, icon, False, 0, float(spec.odds), text))
    return found
