"""How the oracle reads an expression: the tree walked anew for every place, with scalars only."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from game.language import mathematics
from game.language.nodes import (
    COMMUNITY,
    PARTNER,
    TILE,
    Aggregate,
    Arithmetic,
    Auxiliary,
    Choice,
    Compare,
    Constant,
    Curve,
    Delayed,
    Elementwise,
    Extreme,
    FlowValue,
    Logic,
    Near,
    Node,
    NumberName,
    Special,
    StockName,
    walk,
)
from game.language.words import PlainWords
from tests.oracle.grid import Grid, clip, total, wash

if TYPE_CHECKING:
    from tests.oracle.oracle import Oracle


def known(table: Mapping[Any, Any], kind: object, name: str) -> Any:
    """What a table of the oracle says of a kind; a kind that it lacks fails with the place where to add it."""
    assert kind in table, f"the oracle knows no {kind!r}: add it to {name} in tests/oracle"
    return table[kind]


class Reader:
    """The values of names at one moment.

    `remember` may be set while nothing changes between two readings; it only
    saves time.
    """

    def __init__(
        self,
        state: Oracle,
        me: int = -1,
        target: int = -1,
        tiles: Grid | None = None,
        members: Grid | None = None,
        extra: dict[str, Grid] | None = None,
        remember: bool = False,
        ended: bool = False,
        terms: dict[str, float] | None = None,
        tick: int = 0,
    ) -> None:
        self.tick = tick
        self.ended = ended
        self.state, self.me, self.target, self.tiles, self.members = state, me, target, tiles, members
        self.extra = {} if extra is None else extra
        self.terms = {} if terms is None else terms
        self.memo: dict[tuple[int, int, int, int, int], float] | None = {} if remember else None

    def read(self, node: Node, c: int = 0, p: int = 0, y: int = 0, x: int = 0) -> float:
        """The value of `node` at a place."""
        return known(_READINGS, type(node), "_READINGS")(self, node, c, p, y, x)

    def world(self, node: Node) -> float:
        """The value of a rule about the whole world."""
        return self.read(node)

    def _who(self, name: str, c: int) -> int:
        if name == "me":
            return self.me
        if name == "target":
            return self.target
        # A rule about each partner is read for the community at hand.
        return c if name == "partner" else self.state.communities.index(name)

    def _constant(self, node: Constant, c: int, p: int, y: int, x: int) -> float:
        return node.value

    def _number(self, node: NumberName, c: int, p: int, y: int, x: int) -> float:
        return self.state.number[node.name]

    def _stock(self, node: StockName, c: int, p: int, y: int, x: int) -> float:
        grid = self.state.stock[node.name]
        if not node.who:
            return grid.at(c, p, y, x)
        who = [self._who(name, c) for name in node.who]
        return grid.at(who[0], who[1] if len(who) > 1 else 0, 0, 0)

    def _special(self, node: Special, c: int, p: int, y: int, x: int) -> float:
        name = node.name
        if name == "uses":
            return self.state.uses.at(self._who(node.who[0], c) if node.who else c, 0, y, x)
        if name == "on":
            return float(self.state.terrain[y][x] == node.who[0])
        if name == "users":
            return total([self.state.uses.at(one, 0, y, x) for one in range(len(self.state.communities))])
        if name == "lasting":
            return total(self.state.member[node.who[0]].values) if node.who[0] in self.state.member else 0.0
        if name == "term":
            return self.terms[node.who[0]]
        if name == "noise":
            grid = self.state.noise[node.who[0]]
            return grid.at(c, min(self.tick, grid.shape[1] - 1), y, x)
        if name == "series":
            return self.state.measured(node.who[0], self.tick)
        if name == "height":
            return self.state.height(y, x)
        if name == "time":
            return float(self.state.season) + self.tick / self.state.level.seasons.ticks
        if name == "season":
            return float(self.state.season + (0 if self.ended else 1))
        grid = known(self.extra, name, "Reader._special")
        # What is kept by the second of two communities, where a rule is about both.
        return grid.at(p if node.axes == PARTNER else c, 0, 0, 0)

    def _flow(self, node: FlowValue, c: int, p: int, y: int, x: int) -> float:
        place = self._who(node.who[0], c) if node.who else c
        if node.kind in ("moved", "asked"):
            return getattr(self.state, node.kind)[node.name].at(place, 0, 0, 0)
        assert node.kind == "met", f"the oracle knows no {node.kind!r} of a flow: add it to Reader._flow"
        asked, moved = (grids[node.name].at(place, 0, 0, 0) for grids in (self.state.asked, self.state.moved))
        return moved / asked if asked > 0.0 else 1.0

    def _arithmetic(self, node: Arithmetic, c: int, p: int, y: int, x: int) -> float:
        left, right = self.read(node.left, c, p, y, x), self.read(node.right, c, p, y, x)
        if node.operator == "+":
            return left + right
        if node.operator == "-":
            return left - right
        if node.operator == "*":
            return left * right
        assert node.operator == "/", f"the oracle knows no {node.operator!r}: add it to Reader._arithmetic"
        return clip(left / right, -1e15, 1e15) if right != 0.0 else 0.0

    def _compare(self, node: Compare, c: int, p: int, y: int, x: int) -> float:
        left, right = self.read(node.left, c, p, y, x), self.read(node.right, c, p, y, x)
        holds = {
            "<": left < right,
            "<=": left <= right,
            ">": left > right,
            ">=": left >= right,
            "==": left == right,
            "!=": left != right,
        }[node.operator]
        return 1.0 if holds else 0.0

    def _logic(self, node: Logic, c: int, p: int, y: int, x: int) -> float:
        truths = [self.read(part, c, p, y, x) > 0.0 for part in node.arguments]
        holds = {"not": not truths[0], "and": all(truths), "or": any(truths)}
        return 1.0 if known(holds, node.operator, "Reader._logic") else 0.0

    def _extreme(self, node: Extreme, c: int, p: int, y: int, x: int) -> float:
        left, right = self.read(node.left, c, p, y, x), self.read(node.right, c, p, y, x)
        return wash(known({"min": min, "max": max}, node.kind, "Reader._extreme")(left, right))

    def _elementwise(self, node: Elementwise, c: int, p: int, y: int, x: int) -> float:
        values = [self.read(part, c, p, y, x) for part in node.arguments]
        return known(FUNCTIONS, node.kind, "FUNCTIONS")(*values)

    def _choice(self, node: Choice, c: int, p: int, y: int, x: int) -> float:
        return self.read(node.then if self.read(node.condition, c, p, y, x) > 0.0 else node.otherwise, c, p, y, x)

    def _near(self, node: Near, c: int, p: int, y: int, x: int) -> float:
        def value(row: int, column: int) -> float:
            return self.read(node.argument, c, p, row, column)

        rows, columns = self.state.rows, self.state.columns

        def sides(row: int) -> float:
            left = value(row, x - 1) if x > 0 else 0.0
            return left + value(row, x + 1) if x < columns - 1 else left

        found = sides(y)
        for row in (y - 1, y + 1):
            if 0 <= row < rows:
                found = found + (sides(row) + value(row, x))
        count = (
            sum(
                1
                for row in (y - 1, y, y + 1)
                for column in (x - 1, x, x + 1)
                if 0 <= row < rows and 0 <= column < columns
            )
            - 1
        )
        return found * (1.0 / count if count else 0.0)

    def _curve(self, node: Curve, c: int, p: int, y: int, x: int) -> float:
        value = self.read(node.argument, c, p, y, x)
        result = node.points[0][1]
        for (left, low), (right, high) in zip(node.points, node.points[1:], strict=False):
            width = right - left
            result = result + wash(min(wash(max(value - left, 0.0)), width)) * ((high - low) / width)
        return result

    def _auxiliary(self, node: Auxiliary, c: int, p: int, y: int, x: int) -> float:
        who = [self._who(name, c) for name in node.who] or [c, p]
        return self.read(node.argument, who[0], who[1] if len(who) > 1 else 0, y, x)

    def _delayed(self, node: Delayed, c: int, p: int, y: int, x: int) -> float:
        return self.state.memory[node.key][-1].at(c, p, y, x)

    def _aggregate(self, node: Aggregate, c: int, p: int, y: int, x: int) -> float:
        if self.memo is None:
            return self._collected(node, c, p, y, x)
        key = (
            id(node),
            c if node.axes & COMMUNITY else 0,
            p if node.axes & PARTNER else 0,
            y if node.axes & TILE else 0,
            x if node.axes & TILE else 0,
        )
        if key not in self.memo:
            self.memo[key] = self._collected(node, c, p, y, x)
        return self.memo[key]

    def _collected(self, node: Aggregate, c: int, p: int, y: int, x: int) -> float:
        count = len(self.state.communities)
        communities = range(count) if node.over & COMMUNITY else (c,)
        partners = range(count) if node.over & PARTNER else (p,)
        ground = (
            [(row, column) for row in range(self.state.rows) for column in range(self.state.columns)]
            if node.over & TILE
            else [(y, x)]
        )
        of_players = any(
            isinstance(part, StockName) and self.state.stocks[part.name].place == "player"
            for part in walk(node.argument)
        )
        lowest = math.inf if node.kind == "min" else -math.inf
        sums: list[list[float]] = []
        masks: list[list[float]] = []
        for partner in partners:
            sums.append([])
            masks.append([])
            for community in communities:
                values, weights = [], []
                for row, column in ground:
                    mask = self._mask(node, of_players, community, partner, row, column)
                    value = self.read(node.argument, community, partner, row, column)
                    if node.kind in ("share", "count"):
                        value = 1.0 if value > 0.0 else 0.0
                    if node.kind in ("min", "max") and mask > 0.0:
                        lowest = min(lowest, value) if node.kind == "min" else max(lowest, value)
                    values.append(value * mask)
                    weights.append(mask)
                sums[-1].append(total(values))
                masks[-1].append(total(weights))
        if node.kind in ("min", "max"):
            return 0.0 if math.isinf(lowest) else wash(lowest)
        assert node.kind in ("sum", "count", "mean", "share"), f"the oracle collects no {node.kind!r}: add it here"
        found = total([total(row) for row in sums])
        if node.kind in ("sum", "count"):
            return found
        weight = total([total(row) for row in masks])
        return found / weight if weight != 0.0 else 0.0

    def _mask(self, node: Aggregate, of_players: bool, c: int, p: int, y: int, x: int) -> float:
        state = self.state
        counts = True
        if node.over & TILE:
            counts = counts and all(state.lives(name, y, x) for name in node.on)
        if node.over & PARTNER:
            counts = counts and c != p
        if node.over & COMMUNITY and of_players:
            counts = counts and c in state.seats
        if node.where == "group":
            counts = counts and state.communities[c] in node.group
        elif node.where == "uses":
            counts = counts and state.uses.at(c, 0, y, x) > 0.0
        elif node.where == "target" and self.tiles is not None:
            counts = counts and self.tiles.at(0, 0, y, x) > 0.0
        elif node.where == "partners" and self.members is not None:
            counts = counts and self.members.at(c, 0, 0, 0) > 0.0
            if node.over & PARTNER:
                counts = counts and self.members.at(p, 0, 0, 0) > 0.0
        assert node.where in ("", "group", "uses", "target", "partners"), f"the oracle does not collect {node.where!r}"
        return 1.0 if counts else 0.0


def _rest(value: float, by: float) -> float:
    found = math.fmod(value, by)
    found = found + by if found * by < 0.0 else found
    return wash(found if abs(found) < abs(by) and abs(value / by) < 2.0**53 else 0.0)


WORDS = PlainWords()

# What is a long sequence of operations is held against decimals of many digits in tests/language/test_mathematics.py;
# a second transcript of it would show no more than that it was copied well.
FUNCTIONS: dict[str, Callable[..., float]] = {
    "round": lambda value: float(math.floor(value)) + (value - math.floor(value) >= 0.5),
    "mod": lambda value, by: _rest(value, by) if by != 0.0 else 0.0,
    **{
        name: partial(formula, WORDS)
        for name, formula in {
            "exp": mathematics.exponential,
            "ln": mathematics.logarithm,
            "log10": mathematics.decimal_logarithm,
            "power": mathematics.power,
            "sin": mathematics.sine,
            "cos": mathematics.cosine,
            "tan": mathematics.tangent,
        }.items()
    },
    "abs": abs,
    "floor": lambda value: float(math.floor(value)),
    "sqrt": lambda value: math.sqrt(max(value, 0.0) + 0.0),
}

_READINGS = {
    Constant: Reader._constant,
    NumberName: Reader._number,
    StockName: Reader._stock,
    Special: Reader._special,
    FlowValue: Reader._flow,
    Arithmetic: Reader._arithmetic,
    Compare: Reader._compare,
    Logic: Reader._logic,
    Extreme: Reader._extreme,
    Elementwise: Reader._elementwise,
    Choice: Reader._choice,
    Near: Reader._near,
    Curve: Reader._curve,
    Delayed: Reader._delayed,
    Auxiliary: Reader._auxiliary,
    Aggregate: Reader._aggregate,
}
