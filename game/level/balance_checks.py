"""Which stocks have nothing that pushes back as they grow?

A stock is balanced when at least one thing that changes it works against its
growth: a flow out of it that rises with it, or a flow into it or an influence
on it that falls.  Whether a rate rises or falls is found by trying: the stock
goes from its lower bound to its upper one in five steps, everywhere at once,
under many mixtures of all the other names within their bounds.  One step under
one mixture that pushes back is enough.  So a stock that is balanced only in a
narrow corner may be named, and a stock that is never balanced is always named.
Loops through other stocks are not followed, but what a flow moved or met is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.language.nodes import (
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
)
from game.language.on_arrays import on_arrays
from game.language.ranges import range_of
from game.language.scope import Scope
from game.language.unknown import UnknownKind, look_up
from game.level.checker import Checker
from game.level.expressions import world_scope
from game.level.merge import Path
from game.level.schema import Level

Values = NDArray[np.float64]  # (STEPS, MIXTURES), or whatever broadcasts to it
STEPS, MIXTURES = 5, 256
PLACES = 16.0  # what `sum` and `count` collect over: any number above 1 shows the same direction
LARGEST = 1e4  # nothing is tried further out, where a bound is only a guess
DEEPEST = 3  # how far a flow that speaks of flows is followed
SMALL = 1e-9
HERE = "game/level/balance_checks.py"


def check_balance(level: Level, playing: Level, kept: dict[Path, Node], checker: Checker) -> None:
    """Warn of stocks in play that rules change and nothing balances; `unbalanced` gives a reason instead.

    `playing` and `kept` are what is in play, as `used_rules` gives it.
    """
    for name in unbalanced_stocks(playing, kept):
        checker.warning(
            ("stocks", name),
            "no-balancing-flow",
            f'nothing pushes back as "{name}" grows, so it runs to a bound; write what wears it away, '
            f"{_cure(level, name)}, or why it may run free, as in unbalanced: a reason in words",
            key=True,
        )


def _cure(level: Level, name: str) -> str:
    if level.stocks[name].kind == "matter":
        return f'as in a flow {{from: {name}, to: outside, rate: "0.05 * {name}"}}'
    return f'as in an influence {{of: {name}, change: "0 - 0.05 * {name}"}}'


def unbalanced_stocks(level: Level, nodes: dict[Path, Node]) -> list[str]:
    """Return the stocks that rules change and nothing balances, but for those that say why they run free.

    Matter that rules only take away needs no balance: nothing makes it grow,
    and no more of it can go than there is.
    """
    scope = world_scope(level)
    return [
        name
        for name, stock in level.stocks.items()
        if not stock.unbalanced and _is_moved(level, nodes, scope, name) and not _pushes_back(level, nodes, scope, name)
    ]


def _pulls(level: Level, nodes: dict[Path, Node], name: str) -> Iterator[tuple[Node, int]]:
    """Yield what changes a stock by itself, with 1 for what fills it and -1 for what empties it."""
    for key, flow in level.flows.items():
        if name in (flow.source_stock, flow.target_stock):
            yield nodes["flows", key, "rate"], 1 if flow.target_stock == name else -1
    for key, item in level.influences.items():
        if item.of == name:
            yield nodes["influences", key, "change"], 1


def _is_moved(level: Level, nodes: dict[Path, Node], scope: Scope, name: str) -> bool:
    moved = [node for node, way in _pulls(level, nodes, name) if way > 0 or level.stocks[name].kind == "state"]
    return any(range_of(node, scope) != (0.0, 0.0) for node in moved)


def can_rise(level: Level, nodes: dict[Path, Node], name: str) -> bool:
    """Whether a flow or an influence can ever raise the stock, and not actions alone."""
    scope = world_scope(level)
    return any(way > 0 and range_of(node, scope)[1] > 0.0 for node, way in _pulls(level, nodes, name))


def _pushes_back(level: Level, nodes: dict[Path, Node], scope: Scope, name: str) -> bool:
    for node, way in _pulls(level, nodes, name):
        values = np.broadcast_to(_Trial(level, nodes, scope, name).value(node), (STEPS, MIXTURES))
        change = np.diff(values * way, axis=0)
        if bool((change < -SMALL * np.maximum(1.0, np.abs(values[1:]))).any()):
            return True
    return False


class _Trial:
    """The value of expressions while one stock goes from bound to bound under many mixtures of the other names."""

    def __init__(self, level: Level, nodes: dict[Path, Node], scope: Scope, stock: str) -> None:
        self.level, self.nodes, self.scope, self.stock = level, nodes, scope, stock
        self.mixed: dict[Node, Values] = {}
        self.chance = np.random.default_rng(1)
        self.depth = 0

    def value(self, node: Node) -> Values:
        """Return the value of an expression for every step and mixture."""
        if isinstance(node, Constant):
            return np.array([[node.value]])
        if isinstance(node, StockName) and node.name == self.stock:
            return self._steps()
        if isinstance(node, FlowValue):
            return self._flow(node)
        if isinstance(node, (StockName, NumberName, Special)):
            return self._mixture(node)
        if isinstance(node, Arithmetic):
            return _calculated(node.operator, self.value(node.left), self.value(node.right))
        if isinstance(node, Compare):
            compare = look_up(COMPARE, node.operator, "comparison", f"COMPARE in {HERE}")
            return np.asarray(compare(self.value(node.left), self.value(node.right)), dtype=np.float64)
        if isinstance(node, Logic):
            return self._logic(node)
        if isinstance(node, Extreme):
            extreme = look_up(EXTREMES, node.kind, "extreme", f"EXTREMES in {HERE}")
            return np.asarray(extreme(self.value(node.left), self.value(node.right)))
        if isinstance(node, Choice):
            condition, then, otherwise = (self.value(part) for part in (node.condition, node.then, node.otherwise))
            return np.where(condition > 0.0, then, otherwise)
        if isinstance(node, Elementwise):
            return np.asarray(on_arrays(node.kind, *(self.value(part) for part in node.arguments)))
        if isinstance(node, Auxiliary):
            return self.value(node.argument)
        if isinstance(node, Delayed) and node.kind == "carried":  # as much as goes in in the time it takes
            return self.value(node.argument) / (self.value(node.share) * self.scope.ticks)
        if isinstance(node, (Aggregate, Near, Delayed, Curve)):
            return _of_one(node, self.value(node.argument))
        raise UnknownKind("step of an expression", type(node), f"_Trial.value in {HERE}")

    def _steps(self) -> Values:
        low, high = self.level.stocks[self.stock].range
        return np.linspace(low, high, STEPS).reshape(-1, 1)

    def _mixture(self, node: Node) -> Values:
        """Return low, high and anything between for a name: the same whenever it is met again."""
        if node not in self.mixed:
            low, high = self._bounds(node)
            low, high = max(low, -LARGEST), min(high, LARGEST)
            share = self.chance.random(MIXTURES)
            # A range may reach far beyond what is usual: every fourth lies near its lower end, many at its ends.
            share = np.where(np.arange(MIXTURES) % 4 == 0, share**6, share)
            ends = self.chance.random(MIXTURES)
            share = np.where(ends < 0.15, 0.0, np.where(ends > 0.85, 1.0, share))
            self.mixed[node] = (low + (high - low) * share).reshape(1, -1)
        return self.mixed[node]

    def _bounds(self, node: Node) -> tuple[float, float]:
        return range_of(node, self.scope)

    def _logic(self, node: Logic) -> Values:
        truths = [self.value(part) > 0.0 for part in node.arguments]
        if node.operator == "not":
            return np.asarray(~truths[0], dtype=np.float64)
        if node.operator not in ("and", "or"):
            raise UnknownKind("operator", node.operator, f"_Trial._logic in {HERE}")
        found = truths[0]
        for truth in truths[1:]:
            found = found & truth if node.operator == "and" else found | truth
        return found.astype(np.float64)

    def _flow(self, node: FlowValue) -> Values:
        """Return what a flow did: its rate, and of that as much as its source can give."""
        if node.kind not in ("asked", "met", "moved"):
            raise UnknownKind("value of a flow", node.kind, f"_Trial._flow in {HERE}")
        flow, rate = self.level.flows.get(node.name), self.nodes.get(("flows", node.name, "rate"))
        if flow is None or rate is None or self.depth >= DEEPEST:
            return self._mixture(node)
        self.depth += 1
        asked = np.maximum(self.value(rate), 0.0)
        self.depth -= 1
        if node.kind == "asked":
            return asked
        if flow.source_stock == self.stock:
            supply = self._steps()
        elif flow.source_stock in self.level.stocks:
            supply = self._mixture(FlowValue(0, "met", node.name)) * float(np.max(asked, initial=0.0))
        else:
            supply = asked
        moved = np.minimum(asked, supply)
        return np.where(asked > 0.0, moved / np.maximum(asked, SMALL), 1.0) if node.kind == "met" else moved


COMPARE: Mapping[str, Any] = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": np.not_equal,
}
EXTREMES: Mapping[str, Any] = {"min": np.minimum, "max": np.maximum}
CALCULATE: Mapping[str, Any] = {"+": np.add, "-": np.subtract, "*": np.multiply}


def _calculated(operator: str, left: Values, right: Values) -> Values:
    if operator == "/":
        divisor = np.where(right == 0.0, 1.0, right)
        return np.where(right == 0.0, 0.0, left / divisor)
    return np.asarray(look_up(CALCULATE, operator, "operator", f"CALCULATE in {HERE}")(left, right))


def _of_one(node: Aggregate | Near | Delayed | Curve, inside: Values) -> Values:
    if isinstance(node, Curve):
        return np.asarray(np.interp(inside, [x for x, _ in node.points], [y for _, y in node.points]))
    if not isinstance(node, Aggregate) or node.kind in ("mean", "min", "max"):
        return inside  # all places alike, and long enough after any change
    truth = (inside > 0.0).astype(np.float64)
    collected = {"share": truth, "count": truth * PLACES, "sum": inside * PLACES}
    return look_up(collected, node.kind, "collection", f"_of_one in {HERE}")
