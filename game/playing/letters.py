"""Letters: what others offer a player, and what he answers.

Whoever is touched by an agreement is asked, a player in his own turn and
never by the machine.  What nobody has answered is not agreed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from game.insight.readings import Change, changes, readings
from game.sim.actions import NO, YES, Actions, offers
from game.sim.batches import selected
from game.sim.beginning import imagine
from game.sim.chance import identity
from game.sim.model import Model
from game.sim.step import step
from game.sim.world import World
from game.telling import words
from game.telling.say import say

Answers = Mapping[tuple[int, int], bool]  # (slot, seat of who offers) -> yes
MOST = 2  # differences told for each side


@dataclass(frozen=True)
class Letter:
    """An offer to one household: the seat that makes it, in which slots of its plan, and the first of its candidates.

    `answer` is None until it is answered.
    """

    seat: int
    slots: tuple[int, ...]
    candidate: int
    answer: bool | None = None


def letters_to(model: Model, world: World, actions: Actions, community: int, said: Answers) -> list[Letter]:
    """Return what the plans of a season (of one world) offer a community, one letter for each seat and action.

    An answer holds for all slots with that action: whether a later one comes to be asked hangs on the answer itself.
    """
    asked = offers(model, world, actions).asked[:, :, community, 0]
    found: dict[tuple[int, str], Letter] = {}
    for slot, seat in np.argwhere(asked).tolist():
        plan = actions.chosen[:, seat, 0].tolist()
        action = model.candidates[plan[slot]].action
        slots = tuple(at for at, one in enumerate(plan) if one >= 0 and model.candidates[one].action == action)
        found.setdefault((seat, action), Letter(seat, slots, plan[slot], said.get((slots[0], seat))))
    return list(found.values())


def letter_line(model: Model, letter: Letter) -> str:
    """Return in a sentence who offers what."""
    action = model.candidates[letter.candidate].action
    who = words.people(model, model.layout.seats[letter.seat])
    return say("letter.offer", who=who, action=_name(model, action), plain=model.actions[action].spec.plain)


def note_line(model: Model, letters: Sequence[Letter]) -> str:
    """Return in a line who asks for what in the first of some letters, and how many ask for something else."""
    action = model.candidates[letters[0].candidate].action
    same = [one for one in letters if model.candidates[one.candidate].action == action]
    names = [words.people(model, model.layout.seats[one.seat]) for one in same]
    who = words.joined([names[0], *(f"the {name}" for name in names[1:])])
    said = {"who": who, "action": _name(model, action)}
    more = len(letters) - len(same)
    return say("letter.note_and_more", **said, count=more) if more else say("letter.note", **said)


def unanswered_lines(
    model: Model, left: Sequence[tuple[int, int, int]], seat: int, named: Callable[[int], str]
) -> list[str]:
    """Return in a sentence for each action whose letters a player's seat has left unanswered.

    `left` is as `game.playing.season.SeasonReport.unanswered` has it; `named` names a community within a sentence.
    """
    asked: dict[str, list[str]] = {}
    for mine, by, candidate in left:
        if mine == seat:
            asked.setdefault(model.candidates[candidate].action, []).append(named(model.layout.seats[by]))
    who = words.capital(named(model.layout.seats[seat]))
    return [
        say("story.unanswered", who=who, whom=words.joined(whom), action=_name(model, action))
        for action, whom in asked.items()
    ]


def what_it_means(model: Model, world: World, actions: Actions, letter: Letter, me: int) -> list[str]:
    """Return what a yes would change this season for both sides, beside a no, a line for each side.

    It is told as far as it can be foreseen: in a season whose luck is only imagined.
    """
    key = np.array([identity(f"letter:{letter.seat}:{letter.candidate}")] * 2, np.uint64)
    seat = model.layout.seats.index(me)
    both = imagine(model, selected(world, np.zeros(2, np.int64)), seat, key)
    planned = actions.of_worlds(np.zeros(2, np.int64)).answered(model, [me])
    assert planned.answers is not None
    for slot in letter.slots:
        planned.answers[slot, letter.seat, me] = [NO, YES]
    after = readings(model, step(model, both, planned))
    differing = changes(model, {name: values[..., 1] - values[..., 0] for name, values in after.items()})
    theirs = model.layout.seats[letter.seat]
    return [
        say("letter.for_you", what=_told(model, differing, me, me)),
        say("letter.for_them", what=_told(model, differing, theirs, me)),
    ]


def answer_line(letter: Letter) -> str:
    """Return in a sentence what was answered."""
    if letter.answer is None:
        return say("letter.unanswered")
    return say("letter.yes") if letter.answer else say("letter.no")


def _name(model: Model, action: str) -> str:
    return model.actions[action].spec.name or action.replace("_", " ")


def _told(model: Model, differing: Sequence[Change], who: int, me: int) -> str:
    own = [change for change in differing if change.who[:1] == (who,) and not change.flow and change.weight > 1.0]
    own.sort(key=lambda change: -change.weight)
    told = [words.change(model, change, me) for change in own[:MOST]]
    return "; ".join(told) if told else say("letter.nothing_yet")
