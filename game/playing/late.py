"""Actions of one's own that came to nothing before they were tried: why, and who had done the same before."""

from __future__ import annotations

from game.insight.played import TRIED
from game.insight.reasons import why_not
from game.playing.meanwhile import alike
from game.playing.season import Attempt, SeasonReport
from game.sim.actions import DONE, OUTCOMES, TOO_OFTEN
from game.sim.model import Model
from game.telling import words
from game.telling.say import say


def why_late(model: Model, report: SeasonReport, deed: Attempt) -> str:
    """Return in sentences why an action was not even tried when its turn came, and that it cost nothing."""
    return f"{_reason(model, report, deed)} {say('late.cost_nothing')}"


def is_late(deed: Attempt) -> bool:
    """Whether an action was planned and not even tried."""
    return deed.outcome not in TRIED


def _reason(model: Model, report: SeasonReport, deed: Attempt) -> str:
    plan, me = model.actions[model.candidates[deed.candidate].action], model.layout.seats[deed.seat]
    if plan.circle:
        now, before = (bool(world.member[plan.name][me, 0, 0, 0, 0] > 0.0) for world in (report.after, report.before))
        if now and not before:
            return say("late.in_already")
    first = [one.seat for one in report.deeds if _did_the_same(model, one, deed)]
    if first:
        who = [words.the_people(model, model.layout.seats[seat]) for seat in dict.fromkeys(first)]
        return say("late.done_first", who=words.capital(words.joined(who)))
    found = why_not(model, report.after, deed.seat, deed.candidate)
    if deed.outcome == TOO_OFTEN:
        return say("late.reason", reason=words.capital(say("word.too_often")))
    if found is None:
        return say("late.outcome", outcome=OUTCOMES[deed.outcome])
    return say("late.reason", reason=words.capital(words.obstacle(model, found).rstrip(".")))


def _did_the_same(model: Model, other: Attempt, mine: Attempt) -> bool:
    return other.seat != mine.seat and other.outcome == DONE and alike(model, other.candidate, mine.candidate)
