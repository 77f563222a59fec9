"""Why a person did something, in a few words: told from the largest term of what speaks for the deed."""

from __future__ import annotations

from collections.abc import Callable

from game.level.vocabulary import PERSON
from game.players.person import Reason, reason_for
from game.playing.season import Attempt, SeasonReport
from game.playing.session import Session
from game.sim.feelings import asked_for
from game.sim.model import Model
from game.telling import words
from game.telling.say import say

# What is said of whoever does as others do: by whether it is a taking, and whether there are several others.
AS_OTHERS = {
    (False, True): "reason.others_partner",
    (True, True): "reason.others_take",
    (False, False): "reason.others_partner_two",
    (True, False): "reason.others_take_two",
}


def reason_words(model: Model, found: Reason, whom: str, mode: str) -> str:
    """Return a reason as a part of a sentence; `whom` is whoever it is about, in words, `mode` that of the deed.

    Terms that only speak against a deed are never its reason: nothing is returned for them.
    """
    stock = words.stock_word(model, found.store) if found.store else ""
    match found.term:
        case "need":
            if not stock:
                return say("reason.tired")
            # What is used up runs short; a roof or a name is made better.
            return say("reason.short" if found.store in model.feelings.stores else "reason.better", stock=stock)
        case "profit":
            return say("reason.profit", stock=stock) if stock else ""
        case "revenge":
            return say("reason.revenge", who=whom)
        case "others":
            return say(AS_OTHERS[mode == "over", len(model.layout.seats) > 2])
        case "care":
            return say("reason.care", who=whom)
        case "company":
            return say("reason.company", who=whom)
        case _:
            return ""


def why_of(session: Session, report: SeasonReport, deed: Attempt, named: Callable[[int], str]) -> str:
    """Return why a person did something, as things stood when the season began; nothing for whoever is none.

    `named` gives a household its words.
    """
    if session.policies[deed.seat] != PERSON:
        return ""
    found: Reason | None
    if report is session.last:
        moved = session.minds()[deed.seat].deeds
        found = next((one.reason for one in moved if one.candidate == deed.candidate), None)
    else:
        found = reason_for(session.model, report.before, deed.seat, deed.candidate)
    return "" if found is None else told_reason(session.model, found, deed, named)


def told_reason(model: Model, found: Reason, deed: Attempt, named: Callable[[int], str]) -> str:
    """Return the reason of a deed as a part of a sentence; `named` gives a household its words."""
    plan = model.actions[model.candidates[deed.candidate].action]
    mode, asked = plan.spec.mode, asked_for(model.feelings, plan)
    if found.term in ("care", "need") and asked:  # whoever asks for something does it to get it
        return say("reason.asks", stock=words.stock_word(model, asked[0]))
    if found.whom < 0:
        return reason_words(model, found, say("reason.all"), mode)
    own = found.whom == model.layout.seats[deed.seat]
    return reason_words(model, found, say("reason.themselves") if own else named(found.whom), mode)
