"""Which loops there are and which one rules, season by season: found once each, also ahead in the background."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from game.insight.loops import Loop, loops_now
from game.insight.played import Deed
from game.playing.background import PRESSED, Background, Work
from game.sim.model import Model
from game.sim.world import World

KEPT = 40  # worlds whose ruling loop nobody has asked for yet; older ones are forgotten, they may be large
AT_ONCE = 2  # of these are looked through in one frame, so that a game that is gone on with does not stutter


class Ruling:
    """The loops of one game, as it goes on."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._now: tuple[int, list[Loop]] | None = None
        self._ruled: dict[int, Loop | None] = {}  # by how many seasons were over
        self._unseen: deque[World] = deque(maxlen=KEPT)

    def note(self, world: World) -> None:
        """Remember a season that has just passed, for whoever asks which loop ruled when it was over."""
        self._unseen.append(world)

    def now(self, world: World, tried: Sequence[Deed]) -> list[Loop]:
        """Return the feedback loops as things stand, strongest first; found once a season."""
        known = self._now
        if known is None or known[0] != world.season:
            self._now = known = (world.season, loops_now(self.model, world, tried))
        return known[1]

    def look_ahead(self, background: Background, world: World, tried: Sequence[Deed]) -> None:
        """Begin to find the loops of a season in the background: a screen that tells it asks for them a bit later."""
        deeds = tuple(tried)

        def bits(_: Work[None]) -> Iterator[None]:
            self.now(world, deeds)
            yield

        background.begin(bits, PRESSED)

    def over(self, seasons: Sequence[int], world: World, tried: Sequence[Deed], most: int) -> list[Loop | None]:
        """Return which loop ruled when each of some seasons was over, `world` being how things stand.

        None stands where everything only wore off, and where it is not known
        (yet): seasons are looked through when somebody looks, `most` at a time
        and the latest first.
        """
        for _ in range(min(most, len(self._unseen))):
            one = self._unseen.pop()
            found = self.now(world, tried) if one is world else loops_now(self.model, one, tried, most=1)
            # The author's own loops are told too, however weak; the first one is the strongest.
            self._ruled[one.season] = found[0] if found and not found[0].wears_off else None
        return [self._ruled.get(season) for season in seasons]
