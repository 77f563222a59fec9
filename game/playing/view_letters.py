"""What is offered to the one whose turn it is, as plain data."""

from __future__ import annotations

from typing import Any

from game.playing.letters import (
    Letter,
    amount_text,
    answer_line,
    first_alike,
    letter_line,
    note_line,
    same_line,
)
from game.playing.session import Session
from game.telling.say import say

Data = dict[str, Any]  # JSON types only


def letters(session: Session) -> list[Data]:
    """Return what is offered to the one whose turn it is.

    `alike` is the number of the first letter that offers the same agreement:
    whoever answers that one may mean them all, and `with_it` says so.
    """
    found = session.letters()
    return [_letter(session, found, number) for number in range(len(found))]


def _letter(session: Session, letters: list[Letter], number: int) -> Data:
    """Return an offer to the one whose turn it is: who makes it, what it means for both, and the answer so far."""
    model, letter = session.model, letters[number]
    alike = first_alike(model, letters, number)
    others = [one for at, one in enumerate(letters) if at != number and first_alike(model, letters, at) == number]
    return {
        "alike": alike,
        "with_it": same_line(model, others) if others else "",
        "household": model.layout.communities[model.layout.seats[letter.seat]],
        "card": model.candidates[letter.candidate].action,
        "text": letter_line(model, session.world, letter),
        "means": [*session.meaning(letter), *_planned_too(session, letter)],
        "answer": letter.answer,
        "answered": answer_line(model, letter),
        "amounts": list(letter.others),
        "amounts_told": [amount_text(model, letter.candidate, one) for one in letter.others],
    }


def _planned_too(session: Session, letter: Letter) -> list[str]:
    """Return that the player means to propose the same agreement, which would take days for nothing."""
    model, name = session.model, session.model.candidates[letter.candidate].action
    planned = any(model.candidates[one].action == name for one in session.plan)
    return [say("letter.planned_too")] if planned and model.actions[name].circle else []


def asked(session: Session) -> Data:
    """Return what is offered in short: how many letters, how many are open and whose, and a line of these."""
    found = session.letters()
    open_ones = [one for one in found if one.answer is None]
    return {
        "letters": len(found),
        "open": len(open_ones),
        "from": [session.model.layout.communities[session.model.layout.seats[one.seat]] for one in open_ones],
        "note": note_line(session.model, open_ones) if open_ones else "",
    }
