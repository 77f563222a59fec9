"""The shape of a level: one frozen pydantic model for each thing that an author writes.

These types say which keys exist and what kind of value each takes.  Whether
the *names* in them exist is the business of `checks`.  `powerdance schema`
will print the JSON Schema of these very models.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag

FORMAT = 1


class Part(BaseModel):
    """The habits of every part: strict types, unknown keys refused, nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _identifier(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", text):
        raise ValueError("a name has small letters, digits and _ only, and starts with a letter")
    if text in RESERVED:
        raise ValueError(f'"{text}" has a meaning of its own; choose another name')
    return text


RESERVED = ("outside", "me", "target", "partner", "partners", "others", "users", "uses", "tile", "community", "season",
            "world", "player", "all", "end", "allow", "won", "lost", "and", "or", "not", "if", "true", "false", "before")


def _span(text: str) -> str:
    match = re.fullmatch(r"\s*(\d{1,4})\s*\.\.\s*(\d{1,4})\s*", text)
    if not match or int(match[1]) > int(match[2]):
        raise ValueError("write a span of whole numbers as low..high, for example 3..5")
    return text


def _one_or_many(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Identifier = Annotated[str, AfterValidator(_identifier)]
Formula = str | float
Span = Annotated[str, AfterValidator(_span)]
Names = Annotated[tuple[str, ...], BeforeValidator(_one_or_many)]
Plain = Annotated[str, Field(min_length=1, max_length=600)]
Share = Annotated[float, Field(ge=0, le=1)]


def span(text: str) -> tuple[int, int]:
    """Return the two ends of a span such as `3..5`."""
    low, high = text.split("..")
    return int(low), int(high)


class Stock(Part):
    """A quantity that lives in one kind of place; `matter` moves by flows only."""

    at: Literal["tile", "community", "player", "world"] | tuple[Literal["community"], Literal["community"]]
    kind: Literal["matter", "state"]
    range: tuple[float, float]
    start: float
    plain: Plain
    name: str = ""
    unit: str = "share"
    varies: Annotated[float, Field(ge=0, le=0.5)] = 0.0
    on: Names = ()
    spread: Annotated[float, Field(ge=0, le=0.25)] = 0.0
    living: Annotated[float, Field(gt=0)] | None = None
    harmful: Annotated[float, Field(gt=0)] | None = None
    conflict: bool = False
    icon: str = ""
    colour: str = ""
    source: str = ""

    @property
    def place(self) -> str:
        """Where the stock lives: tile, community, player, world or relation."""
        return self.at if isinstance(self.at, str) else "relation"


class Number(Part):
    """A number that a study may vary, with unit, bounds and origin."""

    value: float
    low: float
    high: float
    plain: Plain
    unit: str = "share"
    origin: Annotated[Literal["literature", "measured", "play"], Field(alias="from")] = "play"
    each_seed: tuple[float, float] | None = None
    each_season: tuple[float, float] | None = None
    source: str = ""
    name: str = ""


class Flow(Part):
    """Matter on its way from one stock to another, or from or to the outside."""

    source_stock: Annotated[str, Field(alias="from")]
    target_stock: Annotated[str, Field(alias="to")]
    rate: Formula
    plain: Plain
    per: Literal["community"] | None = None
    where: Formula | None = None
    delay: Annotated[float, Field(ge=0.5, le=100)] | None = None
    name: str = ""
    source: str = ""


class Influence(Part):
    """How a state changes, per season (or once at its end)."""

    of: str
    change: Formula
    plain: Plain
    once: Literal["season"] | None = None
    name: str = ""
    source: str = ""


class Move(Part):
    """Matter that an action moves."""

    origin: Annotated[str, Field(alias="from")]
    to: str
    amount: Formula


class Effect(Part):
    """One thing an action does: add to a state, set who uses tiles, or move matter."""

    of: str | None = None
    add: Formula | None = None
    set: Literal["users"] | None = None
    to: Literal["me", "all", "before"] | None = None
    who: Literal["users", "others", "partners"] | None = None
    toward: Literal["me"] | None = None
    between: Literal["partners"] | None = None
    move: Move | None = None


class LaterEffect(Part):
    """Something that an action brings some seasons later; certain, and on its way."""

    of: str
    add: Formula
    after: Annotated[int, Field(ge=1, le=40)]
    plain: Plain


class TileTarget(Part):
    """A square plot of `area` × `area` tiles that holds the terrain `tiles`."""

    tiles: str
    area: Annotated[int, Field(ge=1, le=64)]


class TerrainTarget(Part):
    """All tiles of one terrain at once."""

    all: str


class CommunitiesTarget(Part):
    """A circle of at least `low` and at most `high` communities, the actor included."""

    communities: Span


def _kind_of_target(value: Any) -> str:
    if isinstance(value, dict):
        return next((key for key in ("tiles", "all", "communities") if key in value), "tiles")
    return {TileTarget: "tiles", TerrainTarget: "all", CommunitiesTarget: "communities"}.get(type(value), "word")


Target = Annotated[
    Annotated[Literal["me", "community", "world"], Tag("word")]
    | Annotated[TileTarget, Tag("tiles")]
    | Annotated[TerrainTarget, Tag("all")]
    | Annotated[CommunitiesTarget, Tag("communities")],
    Discriminator(_kind_of_target),
]


class Aim(Part):
    """What the actor wants of an action, and how much a linear view expects next season."""

    of: str
    gain: Formula


class Fines(Part):
    """What breaking an agreement costs while this one lasts: one step for each offence."""

    breaking: str
    stock: str
    steps: Annotated[tuple[Formula, ...], Field(min_length=1, max_length=10)]
    seizes: dict[str, Annotated[float, Field(ge=0)]] = {}  # of a state of the payer, for each unit it cannot pay


class Lasting(Part):
    """An agreement: how long it lasts, what it sets for its members, what it watches."""

    while_: Annotated[Formula | None, Field(alias="while")] = None
    leaves: Formula | None = None
    seasons: Annotated[int, Field(ge=1, le=1000)] | None = None
    sets: dict[str, Formula] = {}
    limits: Names = ()  # the flows whose total a member promises to keep within what `sets` names first
    fines: Fines | None = None


class Action(Part):
    """Something a player may do in a season."""

    mode: Literal["over", "with", "neutral"]
    family: str
    target: Target
    plain: Plain
    name: str = ""
    icon: str = ""
    cost: dict[str, Formula] = {}
    when: Formula | None = None
    when_plain: str = ""
    limit: Annotated[int, Field(ge=1, le=20)] = 1
    only_own: bool = False
    now: tuple[Effect, ...] = ()
    later: tuple[LaterEffect, ...] = ()
    aim: Aim | None = None
    meets: Names = ()
    reveals: Names = ()
    blocked_by: Literal["protest"] | None = None
    accepts: Formula | None = None
    lasts: Lasting | None = None
    each_season: tuple[Effect, ...] = ()
    breaks: str | None = None
    source: str = ""


class Event(Part):
    """Something that happens to everybody, by date or by chance, perhaps after a sign."""

    plain: Plain
    chance: Share = 0.0
    at: Annotated[tuple[int, ...], BeforeValidator(lambda v: (v,) if isinstance(v, int) else v)] = ()
    from_season: Annotated[int, Field(ge=1)] = 1
    lasts: Annotated[int, Field(ge=1, le=1000)] = 1
    warns: Annotated[int, Field(ge=0, le=1)] = 0
    odds: Annotated[float, Field(gt=0, le=1)] = 1.0
    sets: dict[str, Formula] = {}
    sign: str = ""
    name: str = ""
    icon: str = ""


class Need(Part):
    """Something that people may want most for a while."""

    plain: Plain
    name: str = ""


class Terrain(Part):
    """A kind of ground."""

    plain: Plain
    name: str = ""
    colour: str = ""


class Resistance(Part):
    """How communities answer force: what they weigh, and how likely they block it."""

    weight: Formula
    protest: Formula
    plain: Plain


class Wants(Part):
    """The needs a community drifts between, and how many seasons each stays."""

    drift: Annotated[Names, Field(min_length=1)]
    every: Span = "3..5"
    known_by: str | None = None  # the stock between communities that says how well the second knows the first's need
    still_known: Share = 0.5  # what part of it stays when the need changes


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
    """Rows of signs with a legend; one sign, one tile."""

    legend: dict[str, MapSign]
    rows: str


class Seasons(Part):
    """How long the game lasts and how finely a season is cut."""

    count: Annotated[int, Field(ge=1, le=1000)]
    ticks: Annotated[int, Field(ge=1, le=64)] = 8


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


class Loop(Part):
    """The author's name for a feedback loop."""

    through: Names
    plain: Plain


class Bound(Part):
    """A bound on the share of seeds in which something holds."""

    at_least: Share | None = None
    at_most: Share | None = None


class Comparison(Part):
    """A second way to play, whose mean measure is compared with the first."""

    seats: dict[str, str | tuple[str, ...]]
    within: Annotated[float, Field(gt=0, le=1)]


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


class Teacher(Part):
    """A note for whoever plays this with a class."""

    note: Plain
    age: str = ""
    minutes: Annotated[float, Field(gt=0)] | None = None


class Allowed(Part):
    """Which actions a level offers."""

    allow: Names = ()


class Rules(Part):
    """A ruleset: everything that several levels share."""

    format: Literal[1] = 1
    title: Plain
    terrains: dict[Identifier, Terrain] = {}
    needs: dict[Identifier, Need] = {}
    stocks: dict[Identifier, Stock] = {}
    numbers: dict[Identifier, Number] = {}
    flows: dict[Identifier, Flow] = {}
    influences: dict[Identifier, Influence] = {}
    actions: dict[Identifier, Action] = {}
    events: dict[Identifier, Event] = {}
    wants: Wants | None = None
    resistance: Resistance | None = None


class Level(Rules):
    """A level with the rules it uses, as one whole: checked and immutable."""

    id: str
    map: Map
    goals: Annotated[tuple[Goal, ...], Field(min_length=1)]
    rules: str | None = None
    promise: str = ""
    lesson: str = ""
    kind: Literal["campaign", "control", "sandbox", "example"] = "example"
    number: int | None = None
    seasons: Seasons = Seasons(count=20)
    seats: Annotated[Names, Field(max_length=6)] = ()
    communities: dict[Identifier, Community] = {}
    opening: Annotated[str, Field(max_length=2000)] = ""
    allow: Names = ()
    objective: Formula = 0.0
    lost_when: Lost | None = None
    loops: dict[Identifier, Loop] = {}
    claims: tuple[Claim, ...] = ()
    hints: tuple[Hint, ...] = ()
    talk: Names = ()
    teacher: Teacher | None = None
    change: dict[str, Any] = {}

    def allowed_actions(self) -> dict[str, Action]:
        """The actions that this level offers, in the order of the rules."""
        return {name: action for name, action in self.actions.items() if not self.allow or name in self.allow}
