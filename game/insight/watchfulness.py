"""How much care force calls for at present: less where it is watched, has been tried, or can still be stopped.

The rules alone say what an action may do (`game.insight.vigilance`).  What is
in force now changes that, each in the circumstance that it answers:

| in force | changes |
|---|---|
| oversight | late feedback: its answer is seen after one season, whatever its way |
| a trial | late feedback goes and the living web counts half, once the trial is as old as the answer is slow |
| protest | vast scale and lasting harm count as far as nobody stops it: times (1 - p) |

What nobody has to agree to (a watch, a trial) runs in the open and only once
at a time, so whoever began it, everybody sees what it shows; a circle shows
its members.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from game.insight.circumstance import LASTING, LATE, LIVING, VAST, Circumstance, order
from game.insight.reasons import any_blocks, who_may_block
from game.insight.vigilance import HARMLESS, MATTERS, TOLD, circumstances, feedback
from game.level.schema import Action
from game.sim.model import Model
from game.sim.plans import Candidate
from game.sim.possible import action_frame
from game.sim.world import World

WATCHED = 1.0  # seasons after which those who keep their eyes open see an answer
SEEN = 0.5  # the part of a living web's surprises that a trial has shown once it has answered
WORTH_SAYING = 0.005  # a smaller chance of protest rounds to nothing


WATCHED_FOR, TRIAL_GOES_ON, TRIAL_ANSWERED, WEB_TRIED, PROTEST = (
    "watched", "trial goes on", "trial answered", "web tried", "protest"
)  # fmt: skip  # what may be in force


@dataclass(frozen=True)
class Note:
    """What is in force and changes a circumstance; `game.telling.care` says it.

    `number` is the seasons an answer would take unwatched, those that a trial
    still needs, or the chance of protest, 0 to 1; else 0.
    """

    kind: str
    number: float = 0.0


@dataclass(frozen=True)
class Present(Circumstance):
    """A circumstance as it is now: `usual` is its strength by the rules alone, `note` says what changes it."""

    usual: float = 0.0
    note: Note | None = None


def circumstances_now(model: Model, world: World, seat: int, candidate: Candidate, at: int = 0) -> tuple[Present, ...]:
    """Return the circumstances of a candidate as things stand in world `at`, strongest first.

    One that what is in force has taken away altogether stands there with a
    strength of 0 and a note.
    """
    found = [
        Present(one.name, one.strength, one.plain, one.delay, one.strength)
        for one in circumstances(model, candidate, seat)
    ]
    if not found:
        return ()
    oversight = _in_force(model, world, seat, candidate, lambda spec: spec.oversees, at)
    trials = _in_force(model, world, seat, candidate, lambda spec: spec.tries, at)
    if oversight:
        found = [_watched(model, candidate, seat, one) for one in found]
    if trials:
        run = max(_seasons_run(model, world, name, at) for name in trials)
        found = _tried(model, candidate, seat, found, run)
    blocked = _chance_of_protest(model, world, seat, candidate, at)
    return tuple(sorted((_protested(one, blocked) for one in found), key=order))


def vigilance_now(model: Model, world: World, seat: int, candidate: Candidate, at: int = 0) -> float:
    """Return how much care a candidate calls for as things stand: V = 1 - product of (1 - v), from 0 to 1."""
    return care_now(model, world, seat, candidate, at).now


@dataclass(frozen=True)
class Care:
    """How much care an action calls for, 0 to 1: `usual` by the rules alone, `now` with what is in force."""

    usual: float
    now: float
    found: tuple[Present, ...]

    @property
    def changed(self) -> bool:
        """Whether what is in force makes a difference that can be seen in hundredths."""
        return round(100 * self.usual) != round(100 * self.now)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What players are told of the strongest circumstances that are left; nothing of what is next to harmless."""
        if self.now < HARMLESS:
            return ()
        return tuple(one.plain for one in self.found if one.strength >= MATTERS)[:TOLD]

    @property
    def notes(self) -> tuple[Note, ...]:
        """What is in force, each once."""
        return tuple(dict.fromkeys(one.note for one in self.found if one.note is not None))


def care_now(model: Model, world: World, seat: int, candidate: Candidate, at: int = 0) -> Care:
    """Return how much care a candidate calls for in world `at`, beside what the rules alone would ask for."""
    found = circumstances_now(model, world, seat, candidate, at)
    usual, now = (1.0 - math.prod(1.0 - one for one in each) for each in (_usual(found), _strengths(found)))
    return Care(usual, now, found)


def _usual(found: tuple[Present, ...]) -> list[float]:
    return [one.usual for one in found]


def _strengths(found: tuple[Present, ...]) -> list[float]:
    return [one.strength for one in found]


def _in_force(
    model: Model, world: World, seat: int, candidate: Candidate, about: Callable[[Action], tuple[str, ...]], at: int
) -> list[str]:
    """Return the agreements at work now that are about the action of a candidate."""
    me = model.layout.seats[seat]
    found = []
    for name, plan in model.actions.items():
        if candidate.action in about(plan.spec):
            inside = world.member[name][:, 0, 0, 0, at] > 0.0
            if inside[me] or (plan.accepts is None and inside.any()):
                found.append(name)
    return found


def _seasons_run(model: Model, world: World, name: str, at: int) -> int:
    """Return for how many whole seasons something with an end has been at work."""
    lasts = model.actions[name].spec.lasts
    length = lasts.seasons if lasts is not None and lasts.seasons is not None else 0
    return length - int(world.left[name][at])


def _watched(model: Model, candidate: Candidate, seat: int, one: Present) -> Present:
    """Take away the lateness of an answer that is watched for."""
    if one.name != LATE or one.delay <= WATCHED:
        return one
    return _heard(model, candidate, seat, one, WATCHED, Note(WATCHED_FOR, one.delay))


def _heard(model: Model, candidate: Candidate, seat: int, one: Present, wait: float, note: Note) -> Present:
    left = feedback(model, candidate, wait, seat)
    if left is None:
        return replace(one, strength=0.0, delay=wait, note=note)
    if left.strength == one.strength:  # nothing pushes back, and watching does not change that
        return one
    return replace(one, strength=left.strength, plain=left.plain, delay=left.delay, note=note)


def _tried(model: Model, candidate: Candidate, seat: int, found: list[Present], run: int) -> list[Present]:
    """Let a trial speak that has run for `run` seasons, or say when it will."""
    slowest = feedback(model, candidate, math.inf, seat)
    delay = max(WATCHED, slowest.delay if slowest is not None else 0.0)
    if run < delay:
        note = Note(TRIAL_GOES_ON, math.ceil(delay - run))
        first = next((name for name in (LATE, LIVING) if any(one.name == name and one.strength for one in found)), "")
        return [replace(one, note=note) if one.name == first else one for one in found]
    told = []
    for one in found:
        if one.name == LATE and one.delay > 0.0:
            one = _heard(model, candidate, seat, one, 0.0, Note(TRIAL_ANSWERED))
        elif one.name == LIVING:
            one = replace(one, strength=SEEN * one.strength, note=Note(WEB_TRIED))
        told.append(one)
    return told


def _chance_of_protest(model: Model, world: World, seat: int, candidate: Candidate, at: int) -> float:
    """Return the chance that somebody blocks a candidate now, 0 to 1."""
    plan = model.actions[candidate.action]
    if not plan.spec.blocked_by:
        return 0.0
    frame = action_frame(model, world, seat, model.candidates.index(candidate))
    return any_blocks(who_may_block(model, frame, plan, at))


def _protested(one: Present, blocked: float) -> Present:
    """Weigh what cannot be taken back with the chance that it happens at all."""
    if one.name not in (VAST, LASTING) or blocked <= 0.0:
        return one
    note = Note(PROTEST, blocked) if blocked >= WORTH_SAYING else one.note
    return replace(one, strength=one.strength * (1.0 - blocked), note=note)
