"""The shape of a level: one frozen pydantic model for each thing that an author writes.

These types say which keys exist and what kind of value each takes.  Whether
the *names* in them exist is the business of `checks`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from game.level.ground_schema import Terrain, Tint
from game.level.inputs import Noise, Series
from game.level.parts import Formula, Identifier, Names, Part, Plain, Share, Span, TurnName, span
from game.level.promise_schema import Bound, Claim, Comparison, Control, GivesUp, Mutual, Window
from game.level.ruleset_schema import (
    Action,
    Aim,
    Closed,
    CommunitiesTarget,
    Effect,
    Event,
    Find,
    Fines,
    Flow,
    Influence,
    Lasting,
    LaterEffect,
    Move,
    Need,
    Number,
    Resistance,
    Rules,
    Stock,
    Target,
    TerrainTarget,
    TileTarget,
    Wants,
)
from game.level.vocabulary import IDEAS, PERSON
from game.level.written import LevelText

__all__ = [
    "Action",
    "Afterwards",
    "Aim",
    "Bound",
    "Claim",
    "Closed",
    "CommunitiesTarget",
    "Community",
    "Comparison",
    "Control",
    "Effect",
    "Event",
    "Find",
    "Fines",
    "Flow",
    "Formula",
    "GivesUp",
    "Goal",
    "GuideStep",
    "Hint",
    "Identifier",
    "Influence",
    "Lasting",
    "LaterEffect",
    "Level",
    "Loop",
    "Lost",
    "Map",
    "MapSign",
    "Move",
    "Mutual",
    "Names",
    "Need",
    "Noise",
    "Number",
    "Part",
    "Plain",
    "Resistance",
    "Rules",
    "Seasons",
    "Series",
    "Share",
    "Span",
    "Stock",
    "Target",
    "Teacher",
    "Terrain",
    "TerrainTarget",
    "TileTarget",
    "Tint",
    "Wants",
    "Window",
    "span",
]


SEASONS_A_YEAR = 4


class Community(BaseModel):
    """A group of people; any community stock may stand here with its own start."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)
    name: str
    people: Annotated[float, Field(gt=0)] = 5.0
    wants: Wants | None = None
    plain: str = ""
    looks_like: str = ""  # a home of `HOMES`
    badge: str = ""  # what stands for it on the board; without it a letter of its name

    @property
    def starts(self) -> dict[str, Any]:
        """The stock starts written beside the name."""
        return dict(self.__pydantic_extra__ or {})


class MapSign(BaseModel):
    """What one sign of the map stands for; any tile stock may stand here with its own start."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)
    terrain: str | None = None
    home: str | None = None
    users: Names = ()
    place: str = ""

    @property
    def starts(self) -> dict[str, Any]:
        """The stock starts written beside the terrain."""
        return dict(self.__pydantic_extra__ or {})


class Map(Part):
    """Rows of signs with a legend; one sign, one tile.  `heights` has a digit from 0 (low) to 9 for each tile."""

    legend: dict[str, MapSign]
    rows: str
    heights: str = ""


class Seasons(Part):
    """How long the game lasts and how finely a season is cut."""

    count: Annotated[int, Field(ge=1, le=1000)]
    ticks: Annotated[int, Field(ge=1, le=512)] = 8
    name: TurnName = ""  # what one is called: week; nothing: season
    names: TurnName = ""  # more of them, where it is not weeks
    year: Annotated[int, Field(ge=2, le=1000)] | None = None  # how many make a year

    @property
    def of_a_year(self) -> int | None:
        """How many make a year: four seasons, one year, or what the level says; None where nobody has said it."""
        if self.year is not None or not self.name:
            return self.year or SEASONS_A_YEAR
        return 1 if self.name == "year" else None

    @property
    def several(self) -> str:
        """What several of them are called: `weeks`, `centuries`."""
        if self.names or not self.name:
            return self.names or "seasons"
        if self.name.endswith("y") and self.name[-2:-1] not in "aeiou":
            return f"{self.name[:-1]}ies"
        return f"{self.name}{'es' if self.name.endswith(('s', 'x', 'z', 'ch', 'sh')) else 's'}"


class Goal(Part):
    """Something to reach: a condition that holds for some seasons in a row."""

    id: Identifier
    plain: Plain
    hold: Formula
    in_a_row: Annotated[int, Field(ge=1, le=1000)] = 1
    by: Annotated[int, Field(ge=1, le=1000)] | None = None
    at: Literal["end"] | None = None


class Lost(Part):
    """What ends the game badly."""

    plain: Plain
    holds: Formula


class Afterwards(Part):
    """How long after the end of a game some matter is looked at: what of it is left for those who come."""

    years: Annotated[int, Field(ge=1, le=1000)]
    of: Annotated[Names, Field(min_length=1, max_length=4)]
    plain: Plain


class Loop(Part):
    """The author's name for a feedback loop: of those through the stocks, and of its kind where one is given."""

    through: Names
    kind: Literal["reinforcing", "balancing"] | None = None
    plain: Plain


class Hint(Part):
    """A sentence for players who are stuck."""

    when: Formula
    plain: Plain


class GuideStep(Part):
    """One note of a guided level, shown until what it asks for has been done."""

    say: Plain
    planned: str | None = None  # an action that stands in the plan, or was done before
    season: Annotated[int, Field(ge=1, le=1000)] | None = None  # the season that has begun
    holds: Formula | None = None


class Temper(Part):
    """How a person is, each from 0 to 1."""

    fair: Share = 0.5  # does as the others do
    bold: Share = 0.5  # reaches for force
    patient: Share = 0.5  # counts what comes later
    forgiving: Share = 0.5  # lets go of what was done


class Person(Part):
    """Who plays a seat where no player sits."""

    name: str = ""
    temper: Temper = Temper()
    plain: str = ""


class Teacher(Part):
    """A note for whoever plays this with a class."""

    note: Plain
    age: str = ""
    minutes: Annotated[float, Field(gt=0)] | None = None


class Level(Rules):
    """A level with the rules it uses, as one whole: checked and immutable."""

    id: str
    map: Map
    goals: Annotated[tuple[Goal, ...], Field(min_length=1)]
    author: Annotated[str, Field(max_length=80)] = ""
    licence: Annotated[str, Field(max_length=80)] = ""
    promise: str = ""
    lesson: str = ""
    kind: Literal["campaign", "control", "sandbox", "example", "model"] = "example"
    number: int | None = None
    emblem: str = ""
    sound: Literal["hum", "howl", "mill", "hearth", "frog", "glass", "ticks", "ears", "wheel", "fog"] | None = None
    seasons: Seasons = Seasons(count=20)
    seats: Annotated[Names, Field(max_length=6)] = ()
    neighbours: dict[str, str] = {}  # how the other seats play when people do not sit there
    people: dict[str, Person] = {}  # who sits where nobody plays: seat -> temper
    communities: dict[Identifier, Community] = {}
    groups: dict[Identifier, Annotated[Names, Field(min_length=1)]] = {}  # communities that rules collect over by name
    data: dict[Identifier, Series] = {}
    noise: dict[Identifier, Noise] = {}
    opening: Annotated[str, Field(max_length=2000)] = ""
    allow: Names | None = None  # None: every action of the rules
    objective: Formula = 0.0
    lost_when: Lost | None = None
    afterwards: Afterwards | None = None
    watch: Annotated[Names, Field(max_length=5)] = ()  # the stocks above the board; none: what goals are about
    loops: dict[Identifier, Loop] = {}
    ideas: tuple[Annotated[int, Field(ge=1, le=IDEAS)], ...] = ()  # numbers from assets/strings/ideas.yaml
    claims: tuple[Claim, ...] = ()
    mutual: Mutual = Mutual()
    hints: tuple[Hint, ...] = ()
    guide: tuple[GuideStep, ...] = ()
    talk: Names = ()
    teacher: Teacher | None = None
    change: dict[str, Any] = {}
    _written: LevelText | None = PrivateAttr(default=None)
    _pictures: tuple[object, ...] = PrivateAttr(default=())  # of its own: they are there as long as the level is

    @property
    def written(self) -> LevelText | None:
        """The text that the level was read from (as told, at whatever difficulty it is); None where it was changed."""
        return self._written

    @property
    def pictures(self) -> tuple[object, ...]:
        """The pictures of its own."""
        return self._pictures

    def written_in(self, written: LevelText | None, pictures: tuple[object, ...] | None = None) -> Level:
        """Return the level, with the text it was read from and, where they are given, the pictures that it holds."""
        found = self.model_copy()
        found._written = written
        found._pictures = self._pictures if pictures is None else pictures
        return found

    def __repr__(self) -> str:
        return f"Level({self.id[:60]!r}, {self.title[:60]!r}, {len(self.seats)} seats, {self.seasons.count} seasons)"

    __str__ = __repr__

    def default_policies(self) -> tuple[str, ...]:
        """How each seat plays when nobody says otherwise: as `neighbours` has it, else by its person, else `with`."""
        others = self.neighbours.get("others", "with")
        return tuple(self.neighbours.get(seat, PERSON if seat in self.people else others) for seat in self.seats)

    def allowed_actions(self) -> dict[str, Action]:
        """The actions that this level offers, in the order of the rules."""
        return {name: action for name, action in self.actions.items() if self.allow is None or name in self.allow}
