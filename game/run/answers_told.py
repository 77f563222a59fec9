"""What was found out about people who answer, and what is wanted of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from game.run.statistics import wilson

LEAST_MORE = 0.9  # of the games: force gives more takings than partnering
MOST_ROBBED = 0.02  # of the seasons among friends
LEAST_VISIBLE = 0.7  # of the seasons in which a person could do something


@dataclass(frozen=True)
class PersonAnswer:
    """How one person answers.

    `games` are those in which it could take from the player, and `more` those of them in which
    a larger share of its deeds takes after force than after partnering;
    `partnered` and `forced` are the mean shares.  `frozen_games` and
    `frozen_more` are the same with memories set back each season.
    """

    person: str  # the community
    games: int
    more: int
    partnered: float
    forced: float
    frozen_games: int
    frozen_more: int
    temper_games: int
    tempers_differ: int  # games that end otherwise with another temper
    open_seasons: int  # in which it could do something visible
    visible_seasons: int  # of these: in which it did

    @property
    def share(self) -> float:
        """In what share of the games force gives more takings."""
        return self.more / max(self.games, 1)

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval of that share."""
        return wilson(self.more, self.games)

    @property
    def frozen_share(self) -> float:
        """The same share where nobody remembers."""
        return self.frozen_more / max(self.frozen_games, 1)

    @property
    def visible_share(self) -> float:
        """In what share of the seasons in which it could it does something visible."""
        return self.visible_seasons / max(self.open_seasons, 1)

    @property
    def answers(self) -> bool:
        """Whether force gives more takings in enough games; True where it can take in none."""
        return not self.games or self.share >= LEAST_MORE

    @property
    def control_fails(self) -> bool:
        """Whether force clearly gives more in too few games where nobody remembers; True where it can take in none."""
        return not self.games or wilson(self.frozen_more, self.frozen_games)[1] < LEAST_MORE

    @property
    def acts(self) -> bool:
        """Whether it does something visible often enough."""
        return not self.open_seasons or self.visible_share >= LEAST_VISIBLE

    def as_dict(self) -> dict[str, Any]:
        """What stands for this person under `people` in `powerdance balance --json`."""
        return {
            "person": self.person,
            "takings": {
                "games": self.games,
                "after_partnering": self.partnered,
                "after_force": self.forced,
                "more_after_force": self.more,
                "share": self.share,
                "interval": list(self.interval),
                "at_least": LEAST_MORE,
                "holds": self.answers,
            },
            "frozen": {
                "games": self.frozen_games,
                "more_after_force": self.frozen_more,
                "share": self.frozen_share,
                "fails": self.control_fails,
            },
            "visible": {
                "seasons": self.open_seasons,
                "count": self.visible_seasons,
                "share": self.visible_share,
                "at_least": LEAST_VISIBLE,
                "holds": self.acts,
            },
            "tempers": {"games": self.temper_games, "differ": self.tempers_differ},
        }


@dataclass(frozen=True)
class Friends:
    """What people who have enough do to friends: in how many of how many seasons they take, and out of need."""

    seasons: int
    takings: int
    for_need: int

    @property
    def share(self) -> float:
        """In what share of the seasons somebody takes from a friend."""
        return self.takings / max(self.seasons, 1)

    @property
    def kept(self) -> bool:
        """Whether that is rare enough, and each time out of need."""
        return self.share <= MOST_ROBBED and self.for_need == self.takings

    def as_dict(self) -> dict[str, Any]:
        """What `powerdance balance --json` prints under `friends`."""
        return {
            "seasons": self.seasons,
            "takings": self.takings,
            "for_need": self.for_need,
            "share": self.share,
            "at_most": MOST_ROBBED,
            "holds": self.kept,
        }


@dataclass(frozen=True)
class PeopleAnswer:
    """How the people of a level answer."""

    partner: str  # the policy in the first seat of whole games
    runs: int
    people: tuple[PersonAnswer, ...]
    friends: Friends

    def as_dict(self) -> dict[str, Any]:
        """What `powerdance balance --json` prints under `people`."""
        return {
            "partner": self.partner,
            "runs": self.runs,
            "people": [one.as_dict() for one in self.people],
            "friends": self.friends.as_dict(),
        }
