"""Why somebody said yes to an offer: by the terms of the rule that he answers by, or since he offered the same."""

from __future__ import annotations

from collections.abc import Callable

from game.insight.reasons import Answer, answers
from game.playing.season import Attempt, SeasonReport
from game.sim.actions import DECLINED, DONE
from game.sim.model import Model
from game.telling import words
from game.telling.say import say

MOST_TOLD = 2  # of what speaks for a yes


def why_yes(model: Model, report: SeasonReport, deed: Attempt, community: int) -> str:
    """Return why a community said yes to a deed of last season, as a clause: `they trust you (62 %)`."""
    if _offered_the_same(model, report, deed, community):
        return say("agreeing.same")
    found = answers(model, report.before, deed.seat, deed.candidate)
    said = next((one for one in found if one.community == community and one.yes), None)
    return say("agreeing.after") if said is None else speaks_for_it(model, said)


def why_no(model: Model, report: SeasonReport, deed: Attempt, community: int) -> str:
    """Return what stood in the way of a yes before the season began; nothing where nothing did."""
    found = answers(model, report.before, deed.seat, deed.candidate)
    return next((words.answer(model, one, percents=True) for one in found if one.community == community), "")


def speaks_for_it(model: Model, said: Answer) -> str:
    """Return what speaks most for a yes, as a clause; nothing where the rule cannot be taken apart."""
    return words.joined([_clause(model, name, value) for name, value in said.carried[:MOST_TOLD]])


def who_said_yes(model: Model, report: SeasonReport, deed: Attempt, named: Callable[[int], str]) -> list[str]:
    """Return for each reason who said yes for it, as sentences."""
    found: dict[str, list[str]] = {}
    for community, yes in deed.said.items():
        if yes and (why := why_yes(model, report, deed, community)):
            found.setdefault(why, []).append(named(community))
    return [say("story.reason_of", who=words.capital(words.joined(who)), reason=why) for why, who in found.items()]


def _offered_the_same(model: Model, report: SeasonReport, deed: Attempt, community: int) -> bool:
    if not model.candidates[deed.candidate].everywhere:
        return False
    theirs = [one for one in report.deeds if model.layout.seats[one.seat] == community]
    return any(one.candidate == deed.candidate and one.outcome in (DONE, DECLINED) for one in theirs)


def _clause(model: Model, name: str, value: float) -> str:
    feelings = model.feelings
    if name == feelings.trust:
        return say("agreeing.trust", value=words.percent(value))
    if name in feelings.known:
        return say("agreeing.known")
    if name == "fits":
        return say("agreeing.fits")
    unit = model.level.stocks[name].unit if name in model.level.stocks else ""
    return say("agreeing.other", term=words.stock_word(model, name), value=words.amount(value, unit, percents=True))
