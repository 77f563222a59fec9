"""A season of a game in play: what people plan and answer for it, what it brought, what is remembered of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.insight.coming import Arrival
from game.insight.ledger import Card
from game.insight.readings import Key
from game.sim.model import Model
from game.sim.totals import Floats
from game.sim.world import World


@dataclass(frozen=True)
class Attempt:
    """One action of one seat and what became of it; `said` maps those who were asked to their answer."""

    seat: int
    candidate: int
    outcome: int
    said: dict[int, bool]


@dataclass(frozen=True)
class SeasonReport:
    """What a season brought."""

    before: World
    after: World
    deeds: tuple[Attempt, ...]
    cards: dict[int, list[Card]]  # for each person's seat
    arrivals: tuple[Arrival, ...]
    new_families: tuple[tuple[str, int], ...]  # (family, candidate with which it was first walked)
    hint: str
    unanswered: tuple[tuple[int, int, int], ...] = ()  # letters: (seat of a player, seat that asked, candidate)


@dataclass(frozen=True)
class Moment:
    """What is remembered of a season for trends and charts."""

    season: int
    living: float  # share of full
    stores: tuple[float, ...]
    dials: dict[str, float]
    streaks: tuple[int, ...]
    objective: float
    held: dict[str, float]  # of what is watched on the land the mean on a tile, and what lies hidden behind it
    came: dict[str, float]  # what each flow into those hidden stocks moved in the season
    read: dict[Key, Floats]  # every stock and flow, (C|1, P|1)


# What one person decided in a season: the keys of actions, and the answers (slot, seat of who offers, yes); without
# answers the rules of the level answered for him, as in games of before letters.
Decided = tuple[tuple[str, ...], tuple[tuple[int, int, bool], ...] | None]


@dataclass
class Planning:
    """The plan of one person for the coming season, with the way back and forth."""

    chosen: tuple[int, ...] = ()
    answers: dict[tuple[int, int], bool] = field(default_factory=dict)  # (slot, seat of who offers) -> yes
    by_rule: bool = False  # whether the rules of the level answered, as in games of before letters
    past: list[tuple[int, ...]] = field(default_factory=list)
    future: list[tuple[int, ...]] = field(default_factory=list)

    def change(self, chosen: tuple[int, ...]) -> None:
        """Make a new plan of it; the one before can be brought back."""
        self.past.append(self.chosen)
        self.future.clear()
        self.chosen = chosen

    def decided(self, model: Model) -> Decided:
        """Return what is decided, as it is kept: the keys of the actions, and what was answered."""
        keys = tuple(model.candidates[index].key for index in self.chosen)
        return keys, tuple((slot, by, yes) for (slot, by), yes in sorted(self.answers.items()))

    @staticmethod
    def of(model: Model, decided: Decided) -> Planning:
        """Return the planning that was kept so; actions that the level has no longer are left out."""
        keys, said = decided
        index = {candidate.key: number for number, candidate in enumerate(model.candidates)}
        answers = {(slot, by): yes for slot, by, yes in said or ()}
        return Planning(tuple(index[key] for key in keys if key in index), answers, by_rule=said is None)
