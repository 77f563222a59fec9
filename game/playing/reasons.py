"""Why a person did something, in a few words: told from the largest term of what speaks for the deed.

That others do alike speaks for nearly everything that anybody does; where a
term of the person's own is a good part beside it, that is told, and else whose
example it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from game.level.vocabulary import PERSON
from game.players.person import Reason, reason_for
from game.playing.season import Attempt, SeasonReport
from game.playing.session import Session
from game.sim.feelings import asked_for
from game.sim.model import Model
from game.telling import words
from game.telling.say import say


def reason_words(model: Model, found: Reason, whom: str) -> str:
    """Return a reason as a part of a sentence; `whom` is whoever it is about, in words.

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
        case "care":
            return say("reason.care", who=whom)
        case "company":
            return say("reason.company", who=whom) if found.whom >= 0 else say("reason.company_land")
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
    if found.term == "others":
        found = replace(found, term=found.own) if found.own else found
    asked = asked_for(model.feelings, plan)
    if found.term in ("care", "need") and asked:  # whoever asks for something does it to get it
        return say("reason.asks", stock=words.stock_word(model, asked[0]))
    if found.term == "others":
        return _as_others(found, plan.spec.mode, named)
    if found.whom < 0:
        return reason_words(model, found, say("reason.all"))
    own = found.whom == model.layout.seats[deed.seat]
    return reason_words(model, found, say("reason.themselves") if own else named(found.whom))


def _as_others(found: Reason, mode: str, named: Callable[[int], str]) -> str:
    """Return whose example is followed; without names where nobody's counts for much."""
    way = "take" if mode == "over" else "partner"
    who = words.joined([named(one) for one in found.example])
    return say(f"reason.others_{way}_named", who=who) if who else say(f"reason.others_{way}")
