"""Who says yes to something and who declines, in words, with what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence

from game.insight.reasons import WRONGS, Answer
from game.sim.model import Model
from game.sim.units_told import unit_of
from game.telling import words
from game.telling.say import say


def answer(model: Model, said: Answer, percents: bool = False) -> str:
    """Return what stands in the way of a yes: `trust 0.28, too low by 0.10`."""
    if said.yes or not said.term:
        return ""
    if said.term == WRONGS:
        return words.stock_word(model, WRONGS)
    if said.term == "fits":
        return words.stock_word(model, "fits")
    if said.term in model.feelings.known:
        return say("word.not_asked")
    value, missing = (_as_asked(model, said.term, number, percents) for number in (said.value, max(said.missing, 0.01)))
    word = words.stock_word(model, said.term)
    lacking = {"term": word, "value": words.beside(word, value), "missing": words.beside(word, missing)}
    return say("word.too_high" if said.too_high else "word.too_low", **lacking)


def _as_asked(model: Model, term: str, number: float, percents: bool) -> str:
    """Return a number that an answer hangs on as it is told elsewhere: of the land in hundredths of a full tile."""
    if term in model.stocks and model.stocks[term].place == "tile":
        return words.land_text(model, term, number)
    return words.amount(number, unit_of(model, term), percents)


def answers(model: Model, found: Sequence[Answer], percents: bool = False) -> list[str]:
    """Return one line for those who say yes, one for those who might, one for each who declines."""
    lines = []
    sure = [words.people(model, one.community) for one in found if one.yes and one.sure]
    perhaps = [words.people(model, one.community) for one in found if one.yes and not one.sure]
    lines += [say("word.yes", people=words.joined(sure))] if sure else []
    lines += [say("word.probably_yes", people=words.joined(perhaps))] if perhaps else []
    for one in found:
        if not one.yes:
            why = answer(model, one, percents)
            who = words.people(model, one.community)
            who = say("word.no_because", who=who, why=why) if why else who
            lines.append(say("word.no" if one.sure else "word.probably_no", who=who))
    return lines
