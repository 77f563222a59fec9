"""The shape of a level: one frozen pydantic model for each thing that an author writes.

These types say which keys exist and what kind of value each takes.  Whether
the *names* in them exist is the business of `checks`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, PrivateAttr, Tag

from game.level.inputs import Noise, Series
from game.level.parts import Formula, Identifier, Names, Part, Plain, Share, Span, TurnName, span
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
    Terrain,
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
    "Wants",
    "Window",
    "span",
]


SEASONS_A_YEAR = 4

Faring = Literal["met", "hunger", "wellbeing", "grievance", "store"]  # kinds of what tells how a household fares


class Community(BaseModel):
    """A group of people; any community stock may stand here with its own start."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)
    name: str
    people: Annotated[float, Field(gt=0)] = 5.0
    wants: Wants | None = None
    plain: str = ""

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


class Bound(Part):
    """A bound on the share of seeds in which something holds."""

    at_least: Share | None = None
    at_most: Share | None = None


class Comparison(Part):
    """A second way to play: its mean measure lies `within` a share of the first, or the first is `more_than` times it.

    The second may differ by who plays (`seats`), by what is changed in the level (`change`), or both.  `more_than` is
    asked seed by seed, and the claim's share_of_seeds bounds how often it is so.
    """

    seats: dict[str, str | tuple[str, ...]] = {}
    change: dict[str, Any] = {}
    within: Annotated[float, Field(gt=0, le=1)] | None = None
    more_than: Annotated[float, Field(gt=0, le=1000)] | None = None


class Window(Part):
    """A span of seasons in which a claim measures."""

    seasons: Span


Moment = Annotated[
    Annotated[Literal["end"], Tag("end")] | Annotated[Window, Tag("window")],
    Discriminator(lambda value: "window" if isinstance(value, (dict, Window)) else "end"),
]


class Control(Part):
    """The claim's mechanism switched off; there the claim must fail."""

    plain: Plain
    without_action: Names = ()
    without_flow: Names = ()
    without_event: Names = ()
    change: dict[str, Any] = {}
    seats: dict[str, str | tuple[str, ...]] | None = None
    then: Bound | None = None


class Claim(Part):
    """A sentence about outcomes that simulation must bear out."""

    id: Identifier
    plain: Plain
    seats: dict[str, str | tuple[str, ...]]
    measure: Formula
    control: Control
    at: Moment = "end"
    share_of_seeds: Bound | None = None
    compare: Comparison | None = None
    without_action: Names = ()
    without_event: Names = ()
    change: dict[str, Any] = {}
    source: str = ""


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


class GivesUp(Part):
    """What a household gives up so that others, or all of them later, fare well: in which kinds of faring, and why."""

    of: Annotated[tuple[Faring, ...], Field(min_length=1)]
    plain: Plain


class Bar(Part):
    """A bar where the usual one is not meant, and why: how often a policy may win, or how much may be decided."""

    at_most: Share
    plain: Plain


class Mutual(Part):
    """The contract that where partners win every household fares at least as well as it would have otherwise."""

    partner: str = "with"  # a policy
    faring: tuple[Faring, ...] = ("met", "hunger", "wellbeing", "grievance", "store")
    against: tuple[str, ...] = ("idle", "over")  # policies
    share_of_seeds: Bound = Bound(at_least=0.9)
    gives_up: dict[str, GivesUp] = {}  # by community
    bars: dict[str, Bar] = {}  # by name of BARS


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
