"""The intermediate form of an expression: a small tree of frozen nodes.

One form for every use (NumPy code, oracle, ranges, text), so that no two of
them can understand a rule differently.  Each node carries its *axes*: over
which things its value varies.  A value without axes is one number per world.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace

WORLD = 0
COMMUNITY = 1
PARTNER = 2
TILE = 4

AXIS_NAMES = {COMMUNITY: "community", PARTNER: "partner", TILE: "tile"}


def axes_in_words(axes: int) -> str:
    """Return the axes as words: "each community and tile", or "the whole world"."""
    names = [name for bit, name in AXIS_NAMES.items() if axes & bit]
    return "each " + " and ".join(names) if names else "the whole world"


@dataclass(frozen=True)
class Node:
    """One step of an expression; `axes` as bits of COMMUNITY, PARTNER, TILE."""

    axes: int
    offset: int = field(compare=False, kw_only=True, default=0)  # character in the author's text


@dataclass(frozen=True)
class Constant(Node):
    """A number written in the text."""

    value: float


@dataclass(frozen=True)
class NumberName(Node):
    """A named number of the level; may differ from world to world."""

    name: str


@dataclass(frozen=True)
class StockName(Node):
    """A stock; `who` fixes its communities ("me", "target", "partner" or an id)."""

    name: str
    who: tuple[str, ...] = ()


@dataclass(frozen=True)
class Special(Node):
    """A name that the engine provides, such as `season`, `users` or `resisting`."""

    name: str
    who: tuple[str, ...] = ()


@dataclass(frozen=True)
class FlowValue(Node):
    """What a flow did: `met`, `moved` or `asked` this season, or `total` over a window; `drift` of what is closed."""

    kind: str
    name: str
    who: tuple[str, ...] = ()


@dataclass(frozen=True)
class Arithmetic(Node):
    """`left` + - * / `right`; division by zero gives 0."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Compare(Node):
    """1 where the comparison holds, else 0."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Logic(Node):
    """`and`, `or`, `not` over truth values (anything above 0 is true); gives 1 or 0."""

    operator: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Extreme(Node):
    """The elementwise `min` or `max` of two values."""

    kind: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Elementwise(Node):
    """A function of single values, such as `abs` or `sqrt`: `kind` names its row in `elementwise`."""

    kind: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Choice(Node):
    """`if(condition, then, otherwise)`."""

    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True)
class Aggregate(Node):
    """`sum mean share count min max` over the axes `over`.

    `where` limits it: "uses" (tiles a community uses), "partners" (those in
    the agreement), "group" (the communities in `group`), or nothing.  `on`
    names the tile stocks whose tiles count when tiles are collapsed.
    """

    kind: str
    argument: Node
    over: int
    where: str = ""
    group: tuple[str, ...] = ()
    on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Near(Node):
    """The mean of the up to eight neighbouring tiles."""

    argument: Node


@dataclass(frozen=True)
class Curve(Node):
    """Straight lines between points, flat outside them."""

    argument: Node
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Delayed(Node):
    """The last stage of a memory of a value, or of what is on its way in it; `key` finds it.

    In a tick each stage takes over `share` of what lies before it.  `seasons`
    is how long it takes, 0 where that varies.
    """

    argument: Node
    share: Node
    start: Node | None  # what it begins with; None: with what the value is then
    kind: str  # told | carried | kept; see `memory_forms`
    stages: int
    seasons: float
    key: str


@dataclass(frozen=True)
class Auxiliary(Node):
    """A named expression of the level, read for everybody; `who` picks the communities that are meant."""

    name: str
    argument: Node
    who: tuple[str, ...] = ()

    @property
    def whole(self) -> Auxiliary:
        """The same for everybody."""
        return replace(self, axes=self.argument.axes, who=()) if self.who else self


_FIELDS: dict[type, tuple[str, ...]] = {}  # asking a dataclass for its fields takes longer than all the rest


def children(node: Node) -> Iterator[Node]:
    """Yield the nodes directly below `node`, in the order of the text."""
    kind = type(node)
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(item.name for item in fields(kind))
    for name in _FIELDS[kind]:
        value = getattr(node, name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            for part in value:
                if isinstance(part, Node):
                    yield part


def walk(node: Node) -> Iterator[Node]:
    """Yield `node` and everything below it, parents first."""
    yield node
    for child in children(node):
        yield from walk(child)


def written(node: Node) -> Iterator[Node]:
    """Yield `node` and everything below it that stands in the author's text: not what an auxiliary is made of."""
    yield node
    for child in () if isinstance(node, Auxiliary) else children(node):
        yield from written(child)


def and_parts(node: Node) -> tuple[Node, ...]:
    """Return what must hold at once for `node` to be true: the parts that `and` joins, in the order of the text."""
    if isinstance(node, Logic) and node.operator == "and":
        return tuple(part for argument in node.arguments for part in and_parts(argument))
    return (node,)
