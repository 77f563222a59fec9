"""What an expression may speak of: the names of a level, as far as a rule can see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from game.language.nodes import COMMUNITY, PARTNER, TILE, WORLD, Node
from game.language.unknown import look_up


@dataclass(frozen=True)
class StockPlace:
    """A kind of place where stocks live."""

    words: str  # whom a stock belongs to, for messages
    axes: int  # over which a stock there varies
    brackets: int = 0  # how many communities may be named in brackets behind it


STOCK_PLACES = {
    "tile": StockPlace("a tile", TILE),
    "community": StockPlace("a community", COMMUNITY, 1),
    "player": StockPlace("a player", COMMUNITY, 1),
    "world": StockPlace("the whole world", WORLD),
    "relation": StockPlace("two communities", COMMUNITY | PARTNER, 2),
}


def stock_place(name: str) -> StockPlace:
    """Return what is known of a kind of place.  Raises UnknownKind."""
    return look_up(STOCK_PLACES, name, "place of a stock", "STOCK_PLACES in game/language/scope.py")


@dataclass(frozen=True)
class StockView:
    """What the language needs to know of a stock: where it lives and its bounds."""

    place: str  # tile | community | player | world | relation
    low: float
    high: float

    @property
    def axes(self) -> int:
        """Over which axes the stock varies.  Raises UnknownKind for a place that is none."""
        return stock_place(self.place).axes


@dataclass(frozen=True)
class FlowView:
    """What the language needs to know of a flow: whether it is counted per community."""

    axes: int  # COMMUNITY or WORLD


@dataclass(frozen=True)
class Scope:
    """The names that one kind of expression may use.

    `axes` is the widest result allowed.  `default_who` says whose stock is
    meant when a rule for one actor names a community stock without brackets.
    """

    stocks: Mapping[str, StockView]
    numbers: Mapping[str, tuple[float, float]]
    flows: Mapping[str, FlowView]
    communities: tuple[str, ...]
    axes: int = WORLD
    specials: Mapping[str, int] = field(default_factory=dict)  # name -> axes
    actors: tuple[str, ...] = ()  # of me, target, partner
    default_who: str = ""
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    partners: bool = False  # `mean(x, partners)` has a meaning here
    agreements: tuple[str, ...] = ()  # actions that may be named in lasting(...)
    terrains: tuple[str, ...] = ()  # the grounds that may be named in on(...)
    window: bool = False  # total(...) has a meaning here
    closed: tuple[str, ...] = ()  # what may be named in drift(...)
    terms: Mapping[str, tuple[float, float]] = field(default_factory=dict)  # of all offers: between which bounds
    auxiliaries: Mapping[str, Node | None] = field(default_factory=dict)  # None: one that cannot be read
    tables: Mapping[str, tuple[tuple[float, float], ...]] = field(default_factory=dict)
    series: Mapping[str, tuple[float, ...]] = field(default_factory=dict)  # of data, for each tick of a game
    noise: Mapping[str, tuple[int, float, float]] = field(default_factory=dict)  # axes, low, high
    own_terms: tuple[str, ...] = ()  # the terms that may be named here
    lacking: Mapping[str, str] = field(default_factory=dict)  # names without a value here, and what would give them one
    ticks: int = 8  # in a season
    place: str = "rule"  # in words, for messages: "the rate of a flow on tiles"

    def known_names(self) -> tuple[str, ...]:
        """Every name that may stand in this expression, for suggestions."""
        return (*self.stocks, *self.auxiliaries, *self.numbers, *self.specials, *self.own_terms, *self.flows)
