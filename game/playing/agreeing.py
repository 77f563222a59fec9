"""Why somebody said yes or no to an offer: by the terms of the rule he answers by, or since he offered the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from game.insight.reasons import Answer, answers
from game.playing.season import Attempt, SeasonReport
from game.sim.actions import DECLINED, DONE, NOT_POSSIBLE
from game.sim.model import Model
from game.sim.units_told import unit_of
from game.telling import consent, words
from game.telling.say import say

MOST_TOLD = 2  # of what speaks for a yes


def why_said(model: Model, report: SeasonReport, deed: Attempt) -> dict[int, str]:
    """Return for each community that answered a deed of last season by the rules why it did, as a clause.

    Of a yes it is what spoke for it (`they trust you (62 %)`), of a no what stood in its way before the season
    began; "" where neither can be told, as of a rule that cannot be taken apart.
    """
    before = {one.community: one for one in answers(model, report.before, deed.seat, deed.candidate)}
    return {one: _why(model, report, deed, one, yes, before.get(one)) for one, yes in deed.said.items()}


def _why(model: Model, report: SeasonReport, deed: Attempt, community: int, yes: bool, before: Answer | None) -> str:
    if not yes:
        return "" if before is None else consent.answer(model, before, percents=True)
    if _offered_the_same(model, report, deed, community):
        return say("agreeing.same")
    if before is not None and before.yes:
        return speaks_for_it(model, before)
    # Who is asked knows what the asker does before it in his plan, and nothing else that is new.
    mine = [one for one in report.deeds if one.seat == deed.seat]
    earlier = (model.candidates[one.candidate] for one in mine[: mine.index(deed)] if one.outcome == DONE)
    towards = [one.action for one in earlier if one.tiles is None and one.target in (community, -1)]
    named = [words.kind_name(model, action) for action in dict.fromkeys(towards)]
    return say("agreeing.after", deeds=words.joined(named)) if named else ""


def speaks_for_it(model: Model, said: Answer) -> str:
    """Return what speaks most for a yes, as a clause; nothing where the rule cannot be taken apart."""
    return words.joined([_clause(model, name, value) for name, value in said.carried[:MOST_TOLD]])


def who_said_yes(
    model: Model, report: SeasonReport, deed: Attempt, players: Sequence[int], named: Callable[[int], str]
) -> list[str]:
    """Return for each reason who said yes for it, as sentences; `players` answer for themselves and not by a rule."""
    found: dict[str, list[str]] = {}
    for community, why in why_said(model, report, deed).items() if any(deed.said.values()) else ():
        if why and deed.said[community] and community not in players:
            found.setdefault(why, []).append(named(community))
    return [say("story.reason_of", who=words.capital(words.joined(who)), reason=why) for why, who in found.items()]


def _offered_the_same(model: Model, report: SeasonReport, deed: Attempt, community: int) -> bool:
    """Return whether a community offered everybody the same; once all are in it its own offer has nobody to reach."""
    if not model.candidates[deed.candidate].everywhere:
        return False
    theirs = [one for one in report.deeds if model.layout.seats[one.seat] == community]
    return any(one.candidate == deed.candidate and one.outcome in (DONE, DECLINED, NOT_POSSIBLE) for one in theirs)


def _clause(model: Model, name: str, value: float) -> str:
    feelings = model.feelings
    if name == feelings.trust:
        return say("agreeing.trust", value=words.percent(value))
    if name in feelings.known:
        return say("agreeing.known")
    if name == "fits":
        return say("agreeing.fits")
    unit = unit_of(model, name)
    return say("agreeing.other", term=words.stock_word(model, name), value=words.amount(value, unit, percents=True))
