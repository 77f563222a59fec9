"""A season of a game in play: what people plan and answer for it, and what it brought."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.insight.coming import Arrival
from game.insight.ledger import AnswerCard, Card
from game.sim.model import Model
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
    answered: dict[int, list[AnswerCard]] = field(default_factory=dict)  # for each person's seat: what answers did
    # What a player would take instead of what another one offered: (his seat, that of the other, candidate, amount).
    counters: tuple[tuple[int, int, int, float], ...] = ()
    unanswered: tuple[tuple[int, int, int], ...] = ()  # letters: (seat of a player, seat that asked, candidate)


# Yes, no, or yes to another amount than the one that was offered.
Said = bool | float
# What one person decided in a season: the keys of actions, and the answers (slot, seat of who offers, said); without
# answers the rules of the level answered for him, as in games of before letters.
Decided = tuple[tuple[str, ...], tuple[tuple[int, int, Said], ...] | None]


@dataclass
class Planning:
    """The plan of one person for the coming season, with the way back and forth."""

    chosen: tuple[int, ...] = ()
    answers: dict[tuple[int, int], Said] = field(default_factory=dict)  # (slot, seat of who offers) -> what was said
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
        return keys, tuple((slot, by, said) for (slot, by), said in sorted(self.answers.items()))

    @staticmethod
    def of(model: Model, decided: Decided) -> Planning:
        """Return the planning that was kept so; actions that the level has no longer are left out."""
        keys, answered = decided
        index = {candidate.key: number for number, candidate in enumerate(model.candidates)}
        answers = {(slot, by): said for slot, by, said in answered or ()}
        return Planning(tuple(index[key] for key in keys if key in index), answers, by_rule=answered is None)
