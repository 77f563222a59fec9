"""How households fare beside the same game without what one seat did and answered, with the same luck.

The twin is kept up season by season, so that it costs one season more and not
the whole game again.  In it the seat does nothing and says no to whatever it
is offered; people (`game.players.person`) decide anew as things stand there,
everybody else as they did.  What others answered to an offer holds in the
twin where the same offer is made there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from game.insight.faring import BEARABLE, LESS_IS_WORSE, Faring, FaringLog
from game.insight.played import PlayedGame
from game.insight.readings import readings, smallest
from game.insight.who_pays import worth
from game.sim.actions import BY_RULE, NO, NOTHING, SILENT, YES, Actions
from game.sim.batches import selected
from game.sim.feelings import season_use
from game.sim.frame import Frame
from game.sim.model import Model
from game.sim.step import Ticks, run_ticks, step
from game.sim.world import Integers, World

HERE, THERE = 0, 1  # the game as it was, and its twin
GOODS, LAND = "goods", "land"  # kinds besides those of `game.insight.faring`
SHARE_OF_USE = 0.1  # of a season's use: what lies in store more or less by less than that is not told
LITTLE_LAND = 0.02  # full measures: by so much the land must live otherwise to be told
LEAST_GOODS = 0.5  # in the unit of what is counted
TOLD_ELSEWHERE = "hunger"  # over the whole game; what was met in the last year says it sooner


@dataclass(frozen=True)
class Difference:
    """In what a household, or the land (`community` None), fares otherwise than without what one seat did.

    `kind` is one of `game.insight.faring.LESS_IS_WORSE`, GOODS or LAND, `of`
    the stock or flow; `here` and `there` are what it is with and without: what
    was met and states in shares of their range, stores and goods in their unit.
    """

    community: int | None
    kind: str
    of: str
    here: float
    there: float
    better: bool


class Without:
    """One game beside its twin without the deeds and answers of one seat."""

    def __init__(self, model: Model, start: World, seat: int) -> None:
        self.model, self.seat = model, seat
        self.seasons = 0  # how many have been lived
        self._world = selected(start, np.zeros(2, np.int64))
        self._log = FaringLog(model)
        self._parted = False  # whether the seat has done or answered anything yet

    def catch_up(self, game: PlayedGame, ticks: Ticks = run_ticks) -> Iterator[None]:
        """Live all seasons of the game that have not been lived yet, one at each step."""
        while self.seasons < game.seasons:
            self._live(game, ticks)
            yield

    def _live(self, game: PlayedGame, ticks: Ticks) -> None:
        both = game.plans[self.seasons].of_worlds(np.zeros(2, np.int64))
        me = self.model.layout.seats[self.seat]
        said = both.answers is None or bool((both.answers[:, :, me, HERE] >= YES).any())
        self._parted = self._parted or said or bool((both.chosen[:, self.seat, HERE] != NOTHING).any())
        if self._parted:
            both.chosen[..., THERE] = self._plans_there(game)
            both = Actions(both.chosen, self._answers(both, me))
        self._world = step(self.model, self._world, both, ticks)
        self._log.add(self._world)
        self.seasons += 1

    def _plans_there(self, game: PlayedGame) -> Integers:
        """Return what everybody plans in the twin, (slots, seats); what was never tried is left out, as in any twin."""
        plan = game.plans[self.seasons].chosen[..., 0]
        chosen = np.full(plan.shape, NOTHING, np.int64)
        for deed in game.deeds:
            if deed.season == self.seasons and deed.seat != self.seat:
                chosen[deed.slot, deed.seat] = deed.candidate
        if game.anew is not None:
            decided = game.anew(self._world)
            for seat in game.people:
                chosen[:, seat] = decided[:, seat, THERE]
        return chosen

    def _answers(self, both: Actions, me: int) -> Integers:
        """Return what everybody says, (slots, seats, C, 2): in the twin the seat says no to everything."""
        shape = (*both.chosen.shape[:2], len(self.model.layout.communities), 2)
        answers = np.full(shape, BY_RULE, np.int64) if both.answers is None else both.answers.copy()
        other = both.chosen[..., THERE] != both.chosen[..., HERE]
        recorded = answers[..., THERE]
        answers[..., THERE] = np.where(other[:, :, None] & (recorded != BY_RULE), SILENT, recorded)
        answers[:, :, me, THERE] = NO
        return answers

    def differences(self) -> list[Difference]:
        """Return in what each household fares otherwise than in the twin, and the land; what is as good as the same
        is left out.

        What people feel comes first, then what they have.  Raises ValueError before the first season.
        """
        fared = self._log.result()
        count = len(self.model.layout.communities)
        felt = [one for community in range(count) for one in self._felt(fared, community)]
        return [*felt, *self._stores(), *self._others()]

    def _felt(self, fared: Faring, community: int) -> list[Difference]:
        found = []
        for (kind, of), values in fared.found.items():
            if kind in ("store", TOLD_ELSEWHERE):
                continue
            here, there = (float(values[community, at]) for at in (HERE, THERE))
            if abs(here - there) > BEARABLE[kind]:
                found.append(Difference(community, kind, of, here, there, (here > there) == LESS_IS_WORSE[kind]))
        return found

    def _stores(self) -> list[Difference]:
        """Return who has more or less in store, by at least a tenth of what he uses up in a season."""
        found = []
        frame = Frame(self.model.layout, self._world)
        for name in self.model.feelings.stores:
            held = self._world.stock[name][:, 0, 0, 0]
            use = season_use(frame, self.model.feelings, self.model.stocks[name])
            for one in range(len(held)):
                here, there = float(held[one, HERE]), float(held[one, THERE])
                if abs(here - there) >= SHARE_OF_USE * float(use[one, HERE]):
                    found.append(Difference(one, "store", name, here, there, here > there))
        return found

    def _worth_telling(self, name: str, here: float, there: float) -> bool:
        """Whether a difference is more than a fiftieth of a full measure, or a whole animal."""
        if self.model.stocks[name].place == "tile":
            return abs(here - there) * abs(worth(self.model, name)) >= LITTLE_LAND
        if not self.model.stocks[name].matter:
            return round(here) != round(there)
        return abs(here - there) >= max(smallest(self.model, name), LEAST_GOODS)

    def _others(self) -> list[Difference]:
        """Return what else households have more or less of, and how the land lives otherwise."""
        found, model = [], self.model
        told = {*self._log.parts.life, *self._log.parts.wronged, *model.feelings.stores}
        terms = {name for plan in model.actions.values() for name, _ in plan.sets}
        known = readings(model, self._world)
        for name, plan in model.stocks.items():
            land = plan.place == "tile" and bool(model.level.stocks[name].living or model.level.stocks[name].harmful)
            goods = plan.place == "community" and name not in told | terms and (plan.matter or plan.high > 1.0)
            value = worth(model, name)
            if value and (land or goods):
                values = known["stock", name]
                for one in range(len(values)):
                    here, there = float(values[one, 0, HERE]), float(values[one, 0, THERE])
                    if self._worth_telling(name, here, there):
                        better = (here > there) == (value > 0.0)
                        whose = None if land else one
                        found.append(Difference(whose, LAND if land else GOODS, name, here, there, better))
        return found
