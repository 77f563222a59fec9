"""Letters: what others offer a player, and what he answers.

Whoever is touched by an agreement is asked, a player in his own turn and
never by the machine.  What nobody has answered is not agreed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from game.insight.readings import Change, changes, readings
from game.players.person import would_do
from game.playing.season import Planning, Said
from game.sim.actions import NO, YES, Actions, offers
from game.sim.batches import selected
from game.sim.beginning import imagine
from game.sim.chance import identity
from game.sim.effect_plans import MoveEffect
from game.sim.model import Model
from game.sim.plans import ActionPlan, usual_term
from game.sim.step import step
from game.sim.units_told import told_unit
from game.sim.world import World
from game.telling import words
from game.telling.say import say

Answers = Mapping[tuple[int, int], Said]  # (slot, seat of who offers) -> what was said
MOST = 2  # differences told for each side


@dataclass(frozen=True)
class Letter:
    """An offer to one household: the seat that makes it, in which slots of its plan, and the first of its candidates.

    `answer` is None until it is answered.  `others` are the other amounts that
    whoever offers it would take as well, from the least to the most.
    """

    seat: int
    slots: tuple[int, ...]
    candidate: int
    answer: Said | None = None
    others: tuple[float, ...] = ()


def letters_to(
    model: Model,
    world: World,
    actions: Actions,
    community: int,
    said: Answers,
    persons: Sequence[int] = (),
    players: Sequence[int] = (),
) -> list[Letter]:
    """Return what the plans of a season (of one world) offer a community, one letter for each seat and action.

    Whoever sits in one of the seats `persons` says which other amounts he would take; scripts do not bargain.  To
    what one of the `players` offers any other amount may be answered: it is a no, and what one would take instead.
    An answer holds for all slots with that action: whether a later one comes to be asked hangs on the answer itself.
    """
    asked = offers(model, world, actions).asked[:, :, community, 0]
    found: dict[tuple[int, str], Letter] = {}
    for slot, seat in np.argwhere(asked).tolist():
        plan = actions.chosen[:, seat, 0].tolist()
        action = model.candidates[plan[slot]].action
        slots = tuple(at for at, one in enumerate(plan) if one >= 0 and model.candidates[one].action == action)
        found.setdefault((seat, action), Letter(seat, slots, plan[slot], said.get((slots[0], seat))))
    return [
        replace(one, others=other_amounts(model, world, one, one.seat in players))
        if one.seat in persons or one.seat in players
        else one
        for one in found.values()
    ]


def standing(world: World, plan: ActionPlan) -> float:
    """Return the amount that an offer is about where nobody names one: what is settled, else what is usual."""
    return float(world.term[plan.name][0, 0, 0, 0, 0]) if plan.name in world.term else usual_term(plan)


def about_amounts(model: Model, world: World, candidate: int) -> dict[float, int]:
    """Return every amount that the offer of a candidate may be about, and the candidate about it."""
    offered = model.candidates[candidate]
    plan = model.actions[offered.action]
    if not plan.term:
        return {}
    same = [index for index, one in enumerate(model.candidates) if one.choice == offered.choice]
    # Where an amount is named that stands already, the candidate that names none comes first.
    return {_amount(model, world, index): index for index in reversed(same)}


def other_amounts(model: Model, world: World, letter: Letter, any_amount: bool = False) -> tuple[float, ...]:
    """Return the other amounts that the person who offers something would take too, from the least to the most.

    With `any_amount` all others that the offer leaves open.
    """
    found = about_amounts(model, world, letter.candidate)
    offered = offered_amount(model, world, letter.candidate)
    return tuple(
        sorted(
            amount
            for amount, index in found.items()
            if amount != offered and (any_amount or would_do(model, world, letter.seat, index))
        )
    )


def _amount(model: Model, world: World, candidate: int) -> float:
    one = model.candidates[candidate]
    return standing(world, model.actions[one.action]) if one.amount is None else one.amount


def offered_amount(model: Model, world: World, candidate: int) -> float | None:
    """Return the amount that a candidate is about; None where it leaves none open."""
    return _amount(model, world, candidate) if model.actions[model.candidates[candidate].action].term else None


def as_answered(model: Model, world: World, planned: Actions, answers: Mapping[int, Answers]) -> Actions:
    """Return the plans, where offers that were answered with another amount are about that amount.

    What another player offers stays as he has planned it: nobody names an amount for him.
    `answers` holds what each seat has said; the season is of one world.
    """
    chosen = planned.chosen.copy()
    for seat, said in answers.items():
        for (slot, by), amount in said.items():
            offered = int(chosen[slot, by, 0])
            # What was offered to somebody else in another slot stays as it was.
            asked = model.candidates[offered].target in (-1, model.layout.seats[seat])
            if asked and not isinstance(amount, bool) and by not in answers:
                chosen[slot, by] = about_amounts(model, world, offered).get(amount, offered)
    return Actions(chosen, planned.answers)


def with_answers(model: Model, world: World, planned: Actions, answers: Mapping[int, Answers]) -> Actions:
    """Return the plans of a season with what people have answered, by seat; all others answer by rule."""
    settled = as_answered(model, world, planned, answers)
    actions = settled.answered(model, [model.layout.seats[seat] for seat in answers])
    for seat, said in answers.items():
        for (slot, by), answer in said.items():
            assert actions.answers is not None
            # Of two who name different amounts only one is agreed to.
            meant = offered_amount(model, world, int(settled.chosen[slot, by, 0]))
            agreed = answer if isinstance(answer, bool) else answer == meant
            actions.answers[slot, by, model.layout.seats[seat]] = YES if agreed else NO
    return actions


def letter_line(model: Model, world: World, letter: Letter) -> str:
    """Return in a sentence who offers what, or asks for what."""
    plan = model.actions[model.candidates[letter.candidate].action]
    about = offered_amount(model, world, letter.candidate)
    if about is not None:
        return _line_about(model, letter, plan, about)
    action = model.candidates[letter.candidate].action
    who = words.capital(words.the_people(model, model.layout.seats[letter.seat]))
    return say("letter.offer", who=who, action=_name(model, action), plain=model.actions[action].spec.plain)


def first_alike(model: Model, letters: Sequence[Letter], number: int) -> int:
    """Return which letter is the first that offers the agreement that another one does: maybe the same letter."""
    mine = letters[number]
    if model.actions[model.candidates[mine.candidate].action].spec.lasts is None:
        return number  # what is done for whoever offers it is another thing from each
    return next(at for at, one in enumerate(letters) if (one.candidate, one.others) == (mine.candidate, mine.others))


def same_line(model: Model, letters: Sequence[Letter]) -> str:
    """Return in a sentence who offers just the same as the letter before."""
    names = [words.the_people(model, model.layout.seats[one.seat]) for one in letters]
    return say("letter.same", who=words.capital(words.joined(names)))


def note_line(model: Model, letters: Sequence[Letter]) -> str:
    """Return in a line who asks for what in the first of some letters, and how many ask for something else."""
    action = model.candidates[letters[0].candidate].action
    same = [one for one in letters if model.candidates[one.candidate].action == action]
    who = words.capital(words.joined([words.the_people(model, model.layout.seats[one.seat]) for one in same]))
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


def counters_of(actions: Actions, planning: Mapping[int, Planning]) -> tuple[tuple[int, int, int, float], ...]:
    """Return what players would take instead of what another one offered in a season of one world, each offer once.

    Each is the seat that answered, the seat that offered, the candidate, and the amount.
    """
    found: dict[tuple[int, int, float], tuple[int, int, int, float]] = {}
    for seat, planned in planning.items():
        for (slot, by), said in planned.answers.items():
            candidate = int(actions.chosen[slot, by, 0])
            if by in planning and not isinstance(said, bool) and candidate >= 0:
                found.setdefault((seat, by, said), (seat, by, candidate, said))
    return tuple(found.values())


def counter_lines(
    model: Model, counters: Sequence[tuple[int, int, int, float]], seat: int, named: Callable[[int], str]
) -> list[str]:
    """Return in a sentence each what others would take instead of what the player in a seat offered.

    `counters` is as `game.playing.season.SeasonReport.counters` has it; `named` names a community within a sentence.
    """
    return [
        say(
            "story.counter",
            who=words.capital(named(model.layout.seats[mine])),
            action=_name(model, model.candidates[candidate].action),
            whom=named(model.layout.seats[by]),
            amount=amount_text(model, candidate, amount),
        )
        for mine, by, candidate, amount in counters
        if by == seat
    ]


def _line_about(model: Model, letter: Letter, plan: ActionPlan, about: float) -> str:
    """Return who offers something at which amount, or who asks for how much of what one has in store."""
    who = words.capital(words.the_people(model, model.layout.seats[letter.seat]))
    asked = next(
        (one.source[0] for one in plan.now if isinstance(one, MoveEffect) and one.source[1] == ("target",)), ""
    )
    if asked:
        return say("letter.ask", who=who, what=words.counted(model, about, asked))
    amount = amount_text(model, letter.candidate, about)
    return say(
        "letter.propose", who=who, action=words.kind_name(model, plan.name), amount=amount, plain=plan.spec.plain
    )


def what_it_means(model: Model, world: World, actions: Actions, letter: Letter, me: int) -> list[str]:
    """Return what a yes would change this season for both sides, beside a no, a line for each side that it changes.

    Where the letter was answered with another amount, it is what a yes to that would change.

    It is told as far as it can be foreseen: in a season whose luck is only imagined.
    """
    key = np.array([identity(f"letter:{letter.seat}:{letter.candidate}")] * 2, np.uint64)
    seat = model.layout.seats.index(me)
    both = imagine(model, selected(world, np.zeros(2, np.int64)), seat, key)
    named = None if letter.answer is None or isinstance(letter.answer, bool) else letter.answer
    if named is not None:
        actions = as_answered(model, world, actions, {seat: {(slot, letter.seat): named for slot in letter.slots}})
    planned = actions.of_worlds(np.zeros(2, np.int64)).answered(model, [me])
    assert planned.answers is not None
    for slot in letter.slots:
        planned.answers[slot, letter.seat, me] = [NO, YES]
    after = readings(model, step(model, both, planned))
    differing = changes(model, {name: values[..., 1] - values[..., 0] for name, values in after.items()})
    theirs = model.layout.seats[letter.seat]
    mine, other = (_told(model, differing, who, me) for who in (me, theirs))
    case = say("letter.case_yes") if named is None else _case(model, letter, named)
    told = [say("letter.for_you", case=case, what=mine)] if mine else []
    alone = say("letter.for_them_alone", case=case, what=other)
    told += [say("letter.for_them", what=other) if mine else alone] if other else []
    shared = _told(model, differing, None, me)
    told += [say("letter.for_all", what=shared)] if shared else []
    return told or [say("letter.later")]


def _case(model: Model, letter: Letter, amount: float) -> str:
    return say("letter.case_amount", amount=amount_text(model, letter.candidate, amount))


def not_taken(model: Model, letter: Letter) -> str:
    """Return in a sentence which other amounts would be taken, where another one was named."""
    told = [amount_text(model, letter.candidate, value) for value in letter.others]
    return say("letter.not_taken", amounts=words.joined(told)) if told else say("letter.nothing_open")


def amount_text(model: Model, candidate: int, value: float) -> str:
    """Return an amount that the offer of a candidate is about as players read it: `2 t`, `85 %`."""
    term = next(iter(model.actions[model.candidates[candidate].action].spec.terms.values()))
    return words.amount(value, told_unit(term.unit, term.low, term.high), percents=True)


def answer_line(model: Model, letter: Letter) -> str:
    """Return in a sentence what was answered."""
    if letter.answer is None:
        return say("letter.unanswered")
    if isinstance(letter.answer, bool):
        return say("letter.yes") if letter.answer else say("letter.no")
    return say("letter.yes_to", amount=amount_text(model, letter.candidate, letter.answer))


def _name(model: Model, action: str) -> str:
    return model.actions[action].spec.name or action.replace("_", " ")


def _told(model: Model, differing: Sequence[Change], who: int | None, me: int) -> str:
    """Return what differs most for a community, or with None on the land and in the whole world."""
    whose = () if who is None else (who,)
    own = [change for change in differing if change.who[:1] == whose and not change.flow and change.weight > 1.0]
    own.sort(key=lambda change: -change.weight)
    told = [words.change(model, change, me, True) for change in own[:MOST]]
    return "; ".join(told)
