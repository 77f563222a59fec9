"""How households fare: what they feel of their life, and not what they own.

Faring is how far needs were met in the last year, how much hunger there was
in the whole game, how life goes and how wronged people feel.  What a
household has in store counts only where it is less than half a season's need.
Which stocks and flows play these parts is read off the rules: needs are flows
that rules ask whether they are met; life goes well or badly in states of a
community, from 0 to 1, that rules move by what is met and by how wronged people
feel, or else by what is met; where nothing is met or not, by how wronged people
feel, or else in those that move no other.  What is `harmful` is no good life.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from game.insight.terms import names_in
from game.language.nodes import FlowValue, walk
from game.level.schema import SEASONS_A_YEAR
from game.sim.feelings import season_use
from game.sim.frame import Frame
from game.sim.model import Model
from game.sim.totals import Floats
from game.sim.world import World

LITTLE = 0.005  # by how much less needs may be met, or more hunger there may be, before somebody fares worse
SOME = 0.02  # of its range: the same for how life goes and for grievance
ENOUGH = 0.5  # seasons' need in store, below which a store counts
LESS_IS_WORSE = {"met": True, "hunger": False, "wellbeing": True, "grievance": False, "store": True}
BEARABLE = {"met": LITTLE, "hunger": LITTLE, "wellbeing": SOME, "grievance": SOME, "store": LITTLE}


@dataclass(frozen=True)
class Parts:
    """Which flows and stocks say how people fare."""

    needs: tuple[str, ...]  # flows
    life: tuple[str, ...]
    wronged: tuple[str, ...]
    stores: tuple[str, ...]


@dataclass(frozen=True)
class Faring:
    """How households fared in a batch of games: for each kind and what it is about one table, (C, W).

    The kinds are those of LESS_IS_WORSE; met and hunger are shares of what was
    needed, wellbeing and grievance shares of their range, a store is told in
    seasons of need.
    """

    found: dict[tuple[str, str], Floats]

    @property
    def count(self) -> int:
        """How many games."""
        return next((values.shape[1] for values in self.found.values()), 0)


@dataclass(frozen=True)
class Shortfall:
    """A household that fares worse than it would have another way, and in what."""

    household: str
    kind: str  # of LESS_IS_WORSE
    of: str  # the stock or flow
    here: float
    there: float


def parts_of(model: Model) -> Parts:
    """Return which flows and stocks say how people fare, found in the rules."""
    states = {
        name: spec
        for name, spec in model.level.stocks.items()
        if spec.place == "community" and spec.kind == "state" and spec.range == (0, 1)
        if not spec.conflict and not spec.harmful  # more of these is no better life
    }
    moved: dict[str, set[str]] = {name: set() for name in states}
    for name, influence in model.level.influences.items():
        if influence.of in moved and ("influences", name, "change") in model.nodes:
            moved[influence.of] |= {influence.of, *names_in(model.nodes["influences", name, "change"])}
    needs = tuple(
        dict.fromkeys(
            part.name
            for node in model.nodes.values()
            for part in walk(node)
            if isinstance(part, FlowValue) and part.kind == "met"
        )
    )
    wronged = model.feelings.wronged
    by_need = {name: reads for name, reads in moved.items() if reads & set(needs)}
    life = [name for name, reads in by_need.items() if reads & set(wronged)] or list(by_need)
    felt = [name for name, reads in moved.items() if reads & set(wronged)]
    return Parts(
        needs,
        tuple(life or ([] if needs else felt or _last(moved))),
        wronged,
        tuple(model.feelings.stores),
    )


def _last(moved: dict[str, set[str]]) -> list[str]:
    """Return the states that rules move and that move no other: what all comes down to."""
    return [
        name
        for name, reads in moved.items()
        if reads and not any(name in others for other, others in moved.items() if other != name)
    ]


@dataclass
class FaringLog:
    """Counts, season by season, how households fare: give every season's world to `add`."""

    model: Model
    parts: Parts = field(init=False)
    _met: dict[str, list[Floats]] = field(default_factory=dict)
    _last: World | None = None

    def __post_init__(self) -> None:
        """Find what to count."""
        self.parts = parts_of(self.model)

    def add(self, world: World) -> None:
        """Count the season that has just ended."""
        for flow in self.parts.needs:
            self._met.setdefault(flow, []).append(_met(self.model, world, flow))
        self._last = world

    def result(self) -> Faring:
        """Return how households fared until now.  Raises ValueError where no season was counted."""
        if self._last is None:
            raise ValueError("no season was counted: give the world of each season to add() first")
        found: dict[tuple[str, str], Floats] = {}
        for flow, each in self._met.items():
            found["met", flow] = _mean(each[-SEASONS_A_YEAR:])
            found["hunger", flow] = 1.0 - _mean(each)
        for kind, names in (("wellbeing", self.parts.life), ("grievance", self.parts.wronged)):
            for name in names:
                stock = self.model.stocks[name]
                found[kind, name] = (self._held(name) - stock.low) / (stock.high - stock.low)
        frame = Frame(self.model.layout, self._last)
        for name in self.parts.stores:
            use = season_use(frame, self.model.feelings, self.model.stocks[name])
            found["store", name] = self._held(name) / use
        return Faring(found)

    def _held(self, name: str) -> Floats:
        assert self._last is not None
        held: Floats = self._last.stock[name][:, 0, 0, 0].copy()
        return held


def shortfalls(
    model: Model,
    here: Faring,
    there: Faring,
    at: int = 0,
    kinds: Sequence[str] = tuple(LESS_IS_WORSE),
    allowed: Mapping[str, Sequence[str]] | None = None,
) -> list[Shortfall]:
    """Return who fares worse `here` than `there` in game `at`, and in what; nothing where everybody fares as well.

    `kinds` are those that count; `allowed` names for a household the kinds it may lose in.
    """
    found = []
    for (kind, of), lost in losses(here, there).items():
        for index, household in enumerate(model.layout.communities):
            if kind in kinds and lost[index, at] and kind not in (allowed or {}).get(household, ()):
                values = (float(one.found[kind, of][index, at]) for one in (here, there))
                found.append(Shortfall(household, kind, of, *values))
    return found


def losses(here: Faring, there: Faring) -> dict[tuple[str, str], NDArray[np.bool_]]:
    """Return for each kind and what it is about where a household fares worse `here` than `there`, (C, W)."""
    found = {}
    for (kind, of), values in here.found.items():
        other = there.found[kind, of]
        worse = other - values if LESS_IS_WORSE[kind] else values - other
        lost = worse > BEARABLE[kind]
        if kind == "store":
            lost &= values < ENOUGH
        found[kind, of] = lost
    return found


def _met(model: Model, world: World, flow: str) -> Floats:
    """Return how far what a flow was asked for was met in a season, by community; 1 where nothing was asked, (C, W)."""
    each = len(model.layout.communities)
    asked, moved = (
        np.broadcast_to(values, (max(each, values.shape[0]), *values.shape[1:])).sum(axis=(1, 2, 3))
        for values in (world.asked[flow], world.moved[flow])
    )
    return np.asarray(np.where(asked > 0.0, moved / np.where(asked > 0.0, asked, 1.0), 1.0))


def _mean(each: Sequence[Floats]) -> Floats:
    total = np.zeros_like(each[0])
    for values in each:
        total = total + values
    return np.asarray(total / len(each))
