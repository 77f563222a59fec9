"""What a deed did, piece by piece: intended or besides, at once or later, where, and who bears it.

Everything is read off the twins of `game.insight.ripples`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from game.insight.ledger import intended_change
from game.insight.readings import Change, changes, glow_threshold
from game.insight.ripples import Ripples
from game.insight.who_pays import bearer_of
from game.sim.actions import DONE
from game.sim.model import Model
from game.sim.totals import Floats


@dataclass(frozen=True)
class Effect:
    """One difference that a deed made: a change, when it was read, and on which tiles.

    `season` counts from 0; `tiles` is how many tiles differ, `centre` their
    (row, column).  `bearer` is whoever has more or less of it.
    """

    change: Change
    season: int
    bearer: str
    intended: bool = False
    tiles: int = 0
    centre: tuple[float, float] | None = None


def effects_of(found: Ripples, number: int, season: int | None = None) -> list[Effect]:
    """Return what deed `number` had changed by the end of a season (by default its own), weightiest first.

    The intended effect comes first where there is one.
    """
    model, deed = found.game.model, found.deeds[number]
    when = deed.season if season is None else season
    known = changes(model, {key: course[when, :, :, number] for key, course in found.course.items()})
    aim = intended_change(model, deed.seat, deed.candidate, known) if deed.outcome == DONE else None
    tiles = found.now if when == deed.season else found.late if when == found.game.seasons - 1 else {}
    told = []
    for change in known:
        if change == aim or (change.weight > 1.0 and not change.flow):
            count, centre = _where(model, tiles, change.name, number)
            bearer = bearer_of(model, change.name, change.who[0] if change.who else None, model.layout.seats[deed.seat])
            told.append(Effect(change, when, bearer, change == aim, count, centre))
    return sorted(told, key=lambda one: (not one.intended, -one.change.weight, one.change.name, one.change.who))


def _where(model: Model, tiles: dict[str, Floats], name: str, number: int) -> tuple[int, tuple[float, float] | None]:
    if name not in tiles:
        return 0, None
    size = np.abs(tiles[name][:, :, number])
    marked = np.argwhere(size > glow_threshold(model, name))
    if not len(marked):
        return 0, None
    row, column = marked.mean(axis=0)
    return len(marked), (float(row), float(column))


def largest_later(found: Ripples, number: int) -> list[Effect]:
    """Return what a deed has changed at the end of the game, weightiest first; nothing for one of the last season."""
    last = found.game.seasons - 1
    if found.deeds[number].season == last:
        return []
    return [replace(one, intended=False) for one in effects_of(found, number, last) if not one.change.flow]
