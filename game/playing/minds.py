"""What moved each person in a season that is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from game.insight.played import TRIED
from game.level.vocabulary import PERSON
from game.players.motives import Mind, mind_of
from game.playing.season import SeasonReport
from game.sim.model import Model

Asked = tuple[int, int, int]  # season that began, reader's community, seat
Known = dict[tuple[int, ...], Mind]  # what would have moved a person to some deeds, in order: what it plans, and none


def minds_of(
    model: Model, policies: Sequence[str], report: SeasonReport, me: int, known: Mapping[Asked, Known]
) -> dict[int, Mind]:
    """Return what moved the person in each seat that one plays, for a reader who speaks for community `me`.

    `known` is what has been found ahead, of all that was planned: of what came too late nothing is told.
    """
    found = {}
    for seat, policy in enumerate(policies):
        if policy == PERSON:
            did = tuple(deed.candidate for deed in report.deeds if deed.seat == seat and deed.outcome in TRIED)
            ahead = _of_some(known.get((report.before.season, me, seat)), did)
            found[seat] = mind_of(model, report.before, seat, did, me) if ahead is None else ahead
    return found


def _of_some(known: Known | None, did: tuple[int, ...]) -> Mind | None:
    """Return the mind of a person that did some of what it planned; None where it did something else.

    Each deed has its own reason, whatever else is done; doing nothing is told otherwise.
    """
    plans = list(known or ())  # a copy: more may come while it is looked through
    planned = next((one for one in plans if set(did) <= set(one) and bool(one) == bool(did)), None)
    if known is None or planned is None:
        return None
    deeds = {moved.candidate: moved for moved in known[planned].deeds}
    return replace(known[planned], deeds=tuple(deeds[one] for one in dict.fromkeys(did) if one in deeds))
