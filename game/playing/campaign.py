"""The campaign as a way: which of its levels are won and open, and what opens a level that is still locked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from game.level.heads import Headed

AHEAD = 2  # so many levels that are not won yet are open at any time, for whoever is stuck
GOALS, LIGHT, PATH = STARS = ("goals", "light", "path")


@dataclass(frozen=True)
class Station:
    """One level of the campaign for one player.

    `stars` holds those of STARS that were won here; `opens_with` is the title
    of the level that has to be won first, empty where it is open.
    """

    level: Headed
    won: bool
    open: bool
    stars: frozenset[str] = frozenset()
    opens_with: str = ""


def in_order(levels: Sequence[Headed]) -> list[Headed]:
    """Return the levels of the campaign, first to last."""
    found = [level for level in levels if level.kind == "campaign"]
    return sorted(found, key=lambda level: (99 if level.number is None else level.number, level.title))


def stations(
    levels: Sequence[Headed],
    progress: Mapping[str, bool],
    stars: Mapping[str, Collection[str]],
    open_all: bool = False,
) -> list[Station]:
    """Return the campaign as one player has it.

    A level opens when the one before it is won; what was played stays open;
    the next levels that are not won are open in any case (`AHEAD` of them).

    Parameters
    ----------
    levels
        All levels there are; those of other kinds are left out.
    progress
        The levels that were played to their end, and whether they were won.
    stars
        The stars won in each level.
    open_all
        Whether everything shall be open, as for a teacher.
    """
    way = in_order(levels)
    next_ones = [level.id for level in way if not progress.get(level.id)][:AHEAD]
    found = []
    for place, level in enumerate(way):
        before = way[place - 1] if place else None
        is_open = (
            open_all or level.id in progress or level.id in next_ones or before is None or bool(progress.get(before.id))
        )
        reason = "" if is_open or before is None else before.title
        won = bool(progress.get(level.id))
        found.append(Station(level, won, is_open, frozenset(stars.get(level.id, ())), reason))
    return found
