"""Decisions as plain data: what a client sends for what it was shown by `game.playing.view`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from game.language.errors import ArgumentError
from game.language.suggest import did_you_mean
from game.playing.cards import card_of
from game.playing.letters import not_taken
from game.playing.session import Session
from game.sim.actions import SLOTS
from game.telling.say import say, told_in

Decision = Mapping[str, object]


@dataclass(frozen=True)
class Decided:
    """What became of a decision.

    `error` is a sentence for players where it could not be done, "" where it
    was; `passed` says what an `end` led to: `hand_over` to the next person, a
    new `season`, or `over`; "" for everything else.
    """

    error: str = ""
    passed: str = ""

    @property
    def done(self) -> bool:
        """Whether it was done."""
        return not self.error


def decide(session: Session, decision: Decision) -> Decided:
    """Do what a decision says.

    Parameters
    ----------
    session
        The game; it is changed.
    decision
        `{"do": "plan", "card": id, "option": id}` (without `option` where a
        card has one that is possible; its `choice` will do, whatever amount is set),
        `{"do": "terms", "card": id, "amount": x}` for what the next offer of a card is about,
        `{"do": "drop", "place": n}`, `{"do": "move", "place": n, "to": n}` with places from 0,
        `{"do": "answer", "letter": n, "yes": true}`
        (with `"amount": x` for a yes to another amount), `{"do": "undo"}`, `{"do": "redo"}`,
        `{"do": "end"}`, `{"do": "finish"}` to end the whole game with its win where that is offered.

    Raises
    ------
    ArgumentError
        For an unknown `do`, and where a key is missing, unknown or of another type.
    """
    what = decision.get("do")
    if not isinstance(what, str) or what not in DOES:
        hint = did_you_mean(what, DOES) if isinstance(what, str) else ""
        raise ArgumentError(f'cannot do {what!r}: write one of {", ".join(DOES)} into "do"{hint}')
    asked, do = DOES[what]
    surplus = sorted(decision.keys() - {"do", *asked})
    if surplus:
        raise ArgumentError(
            f"a decision to {what} has no {', '.join(surplus)}; it takes {', '.join(asked) or 'nothing'}"
        )
    if session.over:
        return Decided(say("decide.over"))
    if session.answering and what not in ("answer", "end"):
        return Decided(say("decide.only_answers"))
    with told_in(session.model.level.seasons):
        return do(session, decision)


def _plan(session: Session, decision: Decision) -> Decided:
    name = _text(decision, "card")
    card = card_of(session, session.preview().world, name)
    if card is None:
        return Decided(say("decide.no_card", card=name))
    if not card.open_options:
        return Decided(say("decide.not_possible", card=card.title, reason=card.reason.rstrip(".")))
    if "option" in decision:
        key = _text(decision, "option")
        named = session.model.candidates
        option = next(
            (one for one in card.targets if key in (named[one.candidate].key, named[one.candidate].choice)), None
        )
        if option is None:
            return Decided(say("decide.no_option", card=card.title, option=key))
    elif len(card.open_options) == 1:
        option = card.open_options[0]
    else:
        return Decided(say("decide.which", card=card.title))
    if option.obstacle:
        return Decided(say("decide.not_possible", card=card.title, reason=option.obstacle.rstrip(".")))
    return Decided("" if session.add(option.candidate) else say("decide.full", most=SLOTS))


def _terms(session: Session, decision: Decision) -> Decided:
    name, amount = _text(decision, "card"), _needed(decision, "amount")
    if isinstance(amount, bool) or not isinstance(amount, (int, float)):
        raise ArgumentError(f'a decision about terms needs a number in "amount", not {amount!r}')
    card = card_of(session, session.preview().world, name)
    if card is None:
        return Decided(say("decide.no_card", card=name))
    if session.set_terms(name, float(amount)):
        return Decided()
    if not card.amounts:
        return Decided(say("terms.none", action=card.title))
    return Decided(say("decide.no_amount", card=card.title, amounts=", ".join(one.text for one in card.amounts)))


def _drop(session: Session, decision: Decision) -> Decided:
    return Decided("" if session.drop(_place(decision, "place")) else say("decide.no_place"))


def _move(session: Session, decision: Decision) -> Decided:
    moved = session.move(_place(decision, "place"), _place(decision, "to"))
    return Decided("" if moved else say("decide.no_place"))


def _answer(session: Session, decision: Decision) -> Decided:
    yes, place, letters = _needed(decision, "yes"), _place(decision, "letter"), session.letters()
    if not isinstance(yes, bool):
        raise ArgumentError(f'a decision to answer needs true or false in "yes", not {yes!r}')
    if not 0 <= place < len(letters):
        return Decided(say("decide.no_letter"))
    letter, amount = letters[place], decision.get("amount")
    if not yes or amount is None:
        session.answer(letter, yes)
        return Decided()
    if isinstance(amount, bool) or not isinstance(amount, (int, float)):
        raise ArgumentError(f'a decision to answer takes a number in "amount", not {amount!r}')
    if session.answer(letter, float(amount)):
        return Decided()
    return Decided(not_taken(session.model, letter))


def _undo(session: Session, decision: Decision) -> Decided:
    return Decided("" if session.undo() else say("decide.no_undo"))


def _redo(session: Session, decision: Decision) -> Decided:
    return Decided("" if session.redo() else say("decide.no_redo"))


def _end(session: Session, decision: Decision) -> Decided:
    if session.end_turn() is None:
        return Decided(passed="hand_over")
    return Decided(passed="over" if session.over else "season")


def _finish(session: Session, decision: Decision) -> Decided:
    return Decided(passed="over") if session.finish() else Decided(say("finish.not_offered"))


DOES: dict[str, tuple[tuple[str, ...], Callable[[Session, Decision], Decided]]] = {
    "plan": (("card", "option"), _plan),
    "terms": (("card", "amount"), _terms),
    "drop": (("place",), _drop),
    "move": (("place", "to"), _move),
    "answer": (("letter", "yes", "amount"), _answer),
    "undo": ((), _undo),
    "redo": ((), _redo),
    "end": ((), _end),
    "finish": ((), _finish),
}


def _needed(decision: Decision, key: str) -> object:
    if key not in decision:
        raise ArgumentError(f'a decision to {decision["do"]} needs "{key}"')
    return decision[key]


def _text(decision: Decision, key: str) -> str:
    value = _needed(decision, key)
    if not isinstance(value, str):
        raise ArgumentError(f'a decision to {decision["do"]} needs a text in "{key}", not {value!r}')
    return value


def _place(decision: Decision, key: str) -> int:
    value = _needed(decision, key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ArgumentError(f'a decision to {decision["do"]} needs a whole number in "{key}", not {value!r}')
    return value
