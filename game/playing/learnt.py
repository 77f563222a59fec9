"""What players have learnt of what others need: it grows old, and is still known as of when it was learnt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.sim.beginning import wants_of
from game.sim.model import Model
from game.sim.world import World

KNOWN = 0.5  # of what one can know of somebody: from here on one knows what they need now


@dataclass(frozen=True)
class OldNews:
    """What somebody needed when it was last known: the place of the need in the level, and after how many seasons."""

    need: int
    season: int


def knows_need(model: Model, world: World, me: int, other: int) -> bool:
    """Whether community `me` knows what another one needs now; True where there is nothing to know."""
    wants = wants_of(model, other)
    if wants is None or wants.known_by is None:
        return True
    return float(world.stock[wants.known_by][other, me, 0, 0, 0]) >= KNOWN


class Learnt:
    """What the players of one game have learnt so far."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, int], OldNews] = {}

    def note(self, model: Model, world: World, seats: Sequence[int]) -> None:
        """Note what players know as things stand."""
        for seat in seats:
            me = model.layout.seats[seat]
            for other in range(len(model.layout.communities)):
                if other != me and wants_of(model, other) is not None and knows_need(model, world, me, other):
                    self._found[me, other] = OldNews(int(world.need[other, 0]), int(world.season))

    def of(self, me: int, other: int) -> OldNews | None:
        """Return what community `me` last knew of another one; None where it never knew."""
        return self._found.get((me, other))
