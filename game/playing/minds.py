"""What moved each person in a season that is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from game.insight.played import TRIED
from game.level.vocabulary import PERSON
from game.players.motives import Mind, mind_of
from game.playing.season import SeasonReport
from game.sim.model import Model

Asked = tuple[int, int, int, tuple[int, ...]]  # season that began, reader's community, seat, what was tried in order


def minds_of(
    model: Model, policies: Sequence[str], report: SeasonReport, me: int, known: Mapping[Asked, Mind]
) -> dict[int, Mind]:
    """Return what moved the person in each seat that one plays, for a reader who speaks for community `me`.

    `known` is what has been found ahead: it hangs on the world before, on what was tried, and on who asks.
    """
    found = {}
    for seat, policy in enumerate(policies):
        if policy == PERSON:
            did = tuple(deed.candidate for deed in report.deeds if deed.seat == seat and deed.outcome in TRIED)
            asked = (report.before.season, me, seat, did)
            found[seat] = known[asked] if asked in known else mind_of(model, report.before, seat, did, me)
    return found
