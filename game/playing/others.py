"""Those whom nobody plays: what they plan when a season begins, and what moves them to it.

Both take time, and a screen must not stand still for it: they plan one after
the other, while the season before is told, and what moves them is found in the
background, while the player plans.  It holds wherever they then tried what
they planned, and is worked out anew where they did not.
"""

from __future__ import annotations

from collections.abc import Iterator

from game.insight.loops import loops_now
from game.level.vocabulary import PERSON
from game.players.motives import mind_of
from game.players.policies import planning
from game.playing.background import PRESSED, Background, Work
from game.playing.minds import Asked, Known
from game.sim.actions import Actions
from game.sim.model import Model
from game.sim.world import World


class Others:
    """The neighbours of a game, season by season."""

    def __init__(self, model: Model, policies: tuple[str, ...]) -> None:
        self.model, self.policies = model, policies
        self.minds: dict[Asked, Known] = {}  # as far as they are known ahead
        self._planning: tuple[int, Iterator[tuple[Actions, int]]] | None = None
        self._planned: tuple[int, Actions] | None = None
        self._warm = False
        self._begun: set[tuple[int, int]] = set()  # for which season and reader minds are looked into

    def plan_on(self, world: World) -> bool:
        """Let one more of them plan the season that begins with `world`; return whether all have."""
        if self._planned is not None and self._planned[0] == world.season:
            return True
        if self._planning is None or self._planning[0] != world.season:
            self._planning = (world.season, planning(self.model, world, self.policies))
        for actions, left in self._planning[1]:
            if not left:
                self._planned, self._planning = (world.season, actions), None
            return not left
        raise RuntimeError("nobody is left to plan, and yet the season is not planned")

    def plans(self, world: World) -> Actions:
        """Return what all of them plan for the season that begins with `world`."""
        while not self.plan_on(world):
            pass
        assert self._planned is not None
        return self._planned[1]

    def look_into_minds(self, background: Background, world: World, me: int) -> None:
        """Begin to find in the background what moves people this season, for one who speaks for community `me`."""
        season = (world.season, me)
        if season in self._begun:
            return
        self._begun = {one for one in self._begun if one[0] == world.season} | {season}
        self.minds = {asked: mind for asked, mind in self.minds.items() if asked[0] >= world.season - 1}
        model, policies, known, chosen = self.model, self.policies, self.minds, self.plans(world).chosen[:, :, 0]

        def bits(_: Work[None]) -> Iterator[None]:
            if not self._warm:  # of what loops are made is read off the rules once
                loops_now(model, world, [])
                self._warm = True
                yield
            for seat, policy in enumerate(policies):
                if policy == PERSON:
                    planned = tuple(int(one) for one in chosen[:, seat] if one >= 0)
                    for did in dict.fromkeys((planned, ())):  # of what is planned nothing may come about
                        found = known.setdefault((world.season, me, seat), {})
                        found[did] = mind_of(model, world, seat, did, me)
                        yield

        background.begin(bits, PRESSED)
