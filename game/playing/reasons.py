"""Why a person did something, in a few words: told from the largest term of what speaks for the deed."""

from __future__ import annotations

from collections.abc import Callable

from game.players.person import Reason, reason_for
from game.playing.season import Attempt
from game.sim.model import Model
from game.sim.world import World
from game.telling import words
from game.telling.say import say


def reason_words(model: Model, found: Reason, whom: str) -> str:
    """Return a reason as a part of a sentence; `whom` is whoever it is about, in words.

    Terms that only speak against a deed are never its reason: nothing is returned for them.
    """
    stock = words.stock_word(model, found.store) if found.store else ""
    match found.term:
        case "need":
            return say("reason.short", stock=stock) if stock else say("reason.tired")
        case "profit":
            return say("reason.profit", stock=stock) if stock else ""
        case "revenge":
            return say("reason.revenge", who=whom)
        case "others":
            return say("reason.others")
        case "care":
            return say("reason.care", who=whom)
        case "company":
            return say("reason.company", who=whom)
        case _:
            return ""


def why_words(model: Model, before: World, deed: Attempt, named: Callable[[int], str]) -> str:
    """Return why a person did something, as things stood when the season began; `named` gives a household its words."""
    found = reason_for(model, before, deed.seat, deed.candidate)
    if found is None:
        return ""
    if found.whom < 0:
        return reason_words(model, found, say("reason.all"))
    own = found.whom == model.layout.seats[deed.seat]
    return reason_words(model, found, say("reason.themselves") if own else named(found.whom))
