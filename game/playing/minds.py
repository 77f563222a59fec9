"""What moved each person in a season that is over."""

from __future__ import annotations

from collections.abc import Sequence

from game.insight.played import TRIED
from game.level.vocabulary import PERSON
from game.players.motives import Mind, mind_of
from game.playing.season import SeasonReport
from game.sim.model import Model


def minds_of(model: Model, policies: Sequence[str], report: SeasonReport, me: int) -> dict[int, Mind]:
    """Return what moved the person in each seat that one plays, for a reader who speaks for community `me`."""
    found = {}
    for seat, policy in enumerate(policies):
        if policy == PERSON:
            did = [deed.candidate for deed in report.deeds if deed.seat == seat and deed.outcome in TRIED]
            found[seat] = mind_of(model, report.before, seat, did, me)
    return found
