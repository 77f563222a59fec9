"""The shape of a ruleset: one frozen pydantic model for each thing that levels share.

Stocks, numbers, flows, influences, actions, events.  What only a level has
(its map, people, goals and claims) stands in `schema`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from game.level.both_ways import with_ways_back
from game.level.ground_schema import Terrain
from game.level.parts import Formula, Identifier, Names, Part, Plain, Season, Share, Span


class Stock(Part):
    """A quantity that lives in one kind of place; `matter` moves by flows only."""

    at: Literal["tile", "community", "player", "world"] | tuple[Literal["community"], Literal["community"]]
    kind: Literal["matter", "state"]
    range: tuple[float, float]
    start: Formula  # a number, or an expression of numbers and of the starts of other stocks
    plain: Plain
    name: str = ""
    unit: str = "share"
    varies: Annotated[float, Field(ge=0, le=0.5)] = 0.0
    on: Names = ()
    spread: Annotated[float, Field(ge=0, le=0.25)] = 0.0
    downhill: Formula | None = None  # what share of it runs to lower neighbours in a season
    living: Annotated[float, Field(gt=0)] | None = None
    harmful: Annotated[float, Field(gt=0)] | None = None
    harmless: float | None = None  # up to which amount nobody minds what is harmful
    conflict: bool = False
    seen_when: Formula | None = None  # where players see it while they play; the rules go on without
    unbalanced: str = ""  # why this stock may run free: a reason in words
    icon: str = ""
    colour: str = ""
    looks_like: str = ""  # a stock of `DRAWN_STOCKS`
    beside_homes: bool = False  # whether the board shows beside each home how much its people have
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


class Table(Part):
    """Points of a curve that a rule reads by name."""

    points: Annotated[tuple[tuple[float, float], ...], Field(min_length=2, max_length=128)]
    plain: Plain
    name: str = ""
    unit: str = ""
    source: str = ""


class Auxiliary(Part):
    """A named expression, worked out anew whenever it is read: it has no memory."""

    is_: Annotated[Formula, Field(alias="is")]
    plain: Plain
    at: Literal["tile", "community", "world"] | tuple[Literal["community"], Literal["community"]] | None = None
    name: str = ""
    unit: str = ""
    icon: str = ""
    source: str = ""

    @property
    def place(self) -> str | None:
        """Over what it varies: tile, community, world or relation; None for whatever its expression varies over."""
        return self.at if self.at is None or isinstance(self.at, str) else "relation"


class Flow(Part):
    """Matter on its way from one stock to another, or from or to the outside."""

    source_stock: Annotated[str, Field(alias="from")]
    target_stock: Annotated[str, Field(alias="to")]
    rate: Formula
    plain: Plain
    per: Literal["community"] | None = None
    where: Formula | None = None
    delay: Annotated[float, Field(gt=0, le=100)] | None = None
    on_the_way: Annotated[float, Field(ge=0, le=1e6)] = 0.0
    both_ways: bool = False  # where the rate is below 0 it runs back, as a flow of its own
    back_of: str = ""  # written by the engine: the flow that this one runs against
    name: str = ""
    source: str = ""

    def stages(self, ticks: int) -> int:
        """In how many stages its delay passes: three, or fewer where it takes less than three of so many ticks."""
        return min(3, max(1, int((self.delay or 0.0) * ticks + 1e-9)))


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
    """Return which shape of target is meant; the words are no keys, so that places in messages stay right."""
    if isinstance(value, dict):
        tags = (("tiles", "a plot"), ("all", "a terrain"), ("communities", "a circle"))
        return next((tag for key, tag in tags if key in value), "a plot")
    kinds = ((TileTarget, "a plot"), (TerrainTarget, "a terrain"), (CommunitiesTarget, "a circle"))
    return next((tag for kind, tag in kinds if isinstance(value, kind)), "one word")


Target = Annotated[
    Annotated[Literal["me", "community", "world"], Tag("one word")]
    | Annotated[TileTarget, Tag("a plot")]
    | Annotated[TerrainTarget, Tag("a terrain")]
    | Annotated[CommunitiesTarget, Tag("a circle")],
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


class Term(Part):
    """What an offer leaves open: an amount between two bounds, in so many steps, that those who agree settle on."""

    low: float
    high: float
    start: float
    plain: Plain
    unit: str = ""
    steps: Annotated[int, Field(ge=2, le=9)] = 5
    name: str = ""

    @property
    def values(self) -> tuple[float, ...]:
        """The amounts that may be offered, from the least to the most, the usual one among them."""
        even = (self.low + (self.high - self.low) * step / (self.steps - 1) for step in range(self.steps))
        return tuple(sorted({float(f"{value:.6g}") for value in (*even, self.start)}))


class Lasting(Part):
    """An agreement: how long it lasts, what it sets for its members, what it watches."""

    while_: Annotated[Formula | None, Field(alias="while")] = None
    leaves: Formula | None = None
    seasons: Annotated[int, Field(ge=1, le=1000)] | None = None
    sets: dict[str, Formula] = {}
    limits: Names = ()  # the flows whose total a member promises to keep within what `sets` names first
    fines: Fines | None = None


class Find(Part):
    """An ally that hides in a problem: found where a condition holds, which players have to discover."""

    of: str  # the state that turns full once the ally is found
    when: Formula
    plain: Plain  # told when it is found
    clue: Plain  # told when it is not
    name: str = ""
    icon: str = ""


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
    when_plain: Names = ()  # one sentence, or one for each part that `and` joins in `when`
    limit: Annotated[int, Field(ge=1, le=20)] = 1
    only_own: bool = False
    now: tuple[Effect, ...] = ()
    later: tuple[LaterEffect, ...] = ()
    aim: Aim | None = None
    meets: Names = ()
    reveals: Names = ()
    blocked_by: Literal["protest"] | None = None
    accepts: Formula | None = None
    terms: dict[str, Term] = {}  # at most one: what the offer leaves open
    gives_notice: str | None = None  # an agreement that the actor leaves when the season is over
    lasts: Lasting | None = None
    each_season: tuple[Effect, ...] = ()
    finds: Find | None = None
    breaks: str | None = None
    tries: Names = ()  # actions of which this is a small trial, while it lasts
    oversees: Names = ()  # actions on which eyes are kept, while it lasts
    source: str = ""


class Event(Part):
    """Something that happens to everybody, by date, by chance or by a condition, perhaps after a sign.

    What it does `now` it does as it begins, to the world, to communities and
    to tiles.  With `strikes: community` it happens to each community by
    itself, which then is `me` there, and its tiles are the target.
    """

    plain: Plain
    when: Formula | None = None  # read once, as a season begins; it happens where this holds
    once: bool = False  # at most once in a game
    chance: Share = 0.0  # of those that a condition sets off: 0 stands for 1
    at: Annotated[tuple[Season, ...], BeforeValidator(lambda v: (v,) if isinstance(v, int) else v)] = ()
    from_season: Annotated[int, Field(ge=1)] = 1
    lasts: Annotated[int, Field(ge=1, le=1000)] = 1
    warns: Annotated[int, Field(ge=0, le=1)] = 0
    odds: Annotated[float, Field(gt=0, le=1)] = 1.0
    sets: dict[str, Formula] = {}
    strikes: Literal["community"] | None = None
    now: tuple[Effect, ...] = ()
    sign: str = ""
    name: str = ""
    icon: str = ""


class Closed(Part):
    """Stocks among which matter goes round: none of it comes from outside, none goes there."""

    stocks: Annotated[Names, Field(min_length=2)]
    plain: Plain


class Need(Part):
    """Something that people may want most for a while."""

    plain: Plain
    name: str = ""


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


class Preset(Part):
    """A difficulty other than the one that is told: other values by dotted name, and how the others play."""

    name: str = ""
    plain: str = ""
    change: dict[str, Any] = {}
    times: dict[str, Annotated[float, Field(gt=0, le=100)]] = {}  # by how much values of the level are multiplied
    neighbours: dict[str, str] = {}


class AsTold(Part):
    """What players read about the level as its author wrote it."""

    name: str = ""
    plain: str = ""


class Difficulty(Part):
    """How a level is made gentler or harder."""

    gentle: Preset | None = None
    as_told: AsTold | None = None
    hard: Preset | None = None


class Rules(Part):
    """A ruleset: everything that several levels share."""

    format: Literal[1] = 1
    title: Plain
    rules: str | None = None  # the ruleset below this one
    terrains: dict[Identifier, Terrain] = {}
    needs: dict[Identifier, Need] = {}
    stocks: dict[Identifier, Stock] = {}
    numbers: dict[Identifier, Number] = {}
    tables: dict[Identifier, Table] = {}
    auxiliaries: dict[Identifier, Auxiliary] = {}
    flows: dict[Identifier, Flow] = {}
    influences: dict[Identifier, Influence] = {}
    actions: dict[Identifier, Action] = {}
    events: dict[Identifier, Event] = {}
    closed: dict[Identifier, Closed] = {}
    wants: Wants | None = None
    resistance: Resistance | None = None
    difficulty: Difficulty = Difficulty()

    @model_validator(mode="before")
    @classmethod
    def _with_ways_back(cls, data: Any) -> Any:
        """Write beside each flow that runs both ways the one that runs back, anew whenever its level is changed."""
        return with_ways_back(data)
