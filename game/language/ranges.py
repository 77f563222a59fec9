"""Range analysis: between which bounds can an expression lie?

Plain interval arithmetic over the declared bounds of stocks and numbers
(Moore 1966).  It errs on the wide side, so what it calls safe is safe.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from game.language.elementwise import Range, function_of_values
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
    written,
)
from game.language.scope import Scope
from game.language.unknown import UnknownKind, look_up

LARGEST = 1e15  # no value of a world is larger; a guarded division is cut there
ANYTHING: Range = (-LARGEST, LARGEST)
MOST_PLACES = 128 * 128 * 64 * 64  # tiles and pairs of communities
TOO_LARGE = 1e100  # a rule that could reach this could overflow
SPECIAL_RANGES: dict[str, Range] = {
    "season": (0.0, 1000.0),
    "time": (0.0, 1000.0),
    "users": (0.0, 64.0),
    "height": (0.0, 9.0),
    "on": (0.0, 1.0),
    "uses": (0.0, 1.0),
    "resisting": (0.0, LARGEST),
    "kept": (0.0, 1.0),
    "excess": (0.0, LARGEST),
    "fits": (0.0, 1.0),
    "lasting": (0.0, 1000.0),
    "reach": (0.0, 1.0),
    "won": ANYTHING,
    "lost": ANYTHING,
    "depletion": ANYTHING,
    "conflict": ANYTHING,
    "toxification": ANYTHING,
}
FLOW_RANGES: dict[str, Range] = {
    "met": (0.0, 1.0),
    "moved": ANYTHING,
    "asked": ANYTHING,
    "total": ANYTHING,
    "drift": ANYTHING,
}
HERE = "game/language/ranges.py"


def range_of(node: Node, scope: Scope) -> Range:
    """Return (low, high) such that the value of `node` always lies between them.

    Raises UnknownKind for what no range is known of.
    """
    if isinstance(node, Constant):
        return node.value, node.value
    if isinstance(node, StockName):
        # Where a stock does not live, it holds 0, whatever its range.
        view = scope.stocks[node.name]
        return min(view.low, 0.0), max(view.high, 0.0)
    if isinstance(node, NumberName):
        return scope.numbers[node.name]
    if isinstance(node, Special):
        return _special(node, scope)
    if isinstance(node, FlowValue):
        return look_up(FLOW_RANGES, node.kind, "value of a flow", f"FLOW_RANGES in {HERE}")
    if isinstance(node, Arithmetic):
        return _arithmetic(node.operator, range_of(node.left, scope), range_of(node.right, scope))
    if isinstance(node, (Compare, Logic)):
        return 0.0, 1.0
    if isinstance(node, Extreme):
        return _extreme(node.kind, range_of(node.left, scope), range_of(node.right, scope))
    if isinstance(node, Elementwise):
        return function_of_values(node.kind).bounds(*(range_of(part, scope) for part in node.arguments))
    if isinstance(node, Choice):
        (a, b), (c, d) = range_of(node.then, scope), range_of(node.otherwise, scope)
        return min(a, c), max(b, d)
    if isinstance(node, Aggregate):
        return _aggregate(node.kind, range_of(node.argument, scope))
    if isinstance(node, Auxiliary):
        return range_of(node.argument, scope)
    if isinstance(node, Near):
        low, high = range_of(node.argument, scope)
        return min(low, 0.0), max(high, 0.0)
    if isinstance(node, Delayed):
        return _remembered(node, scope)
    if isinstance(node, Curve):
        # A falling piece may end a rounding error beyond its last point.
        heights = [y for _, y in node.points]
        slack = 1e-9 * (max(heights) - min(heights)) if heights != sorted(heights) else 0.0
        return min(heights) - slack, max(heights) + slack
    raise UnknownKind("step of an expression", type(node), f"range_of in {HERE}")


def _special(node: Special, scope: Scope) -> Range:
    if node.name == "term":
        return scope.terms[node.who[0]]
    if node.name == "noise":
        return scope.noise[node.who[0]][1:]
    if node.name == "series":
        return min(scope.series[node.who[0]]), max(scope.series[node.who[0]])
    return look_up(SPECIAL_RANGES, node.name, "name", f"SPECIAL_RANGES in {HERE}")


def possible_zero_divisions(node: Node, scope: Scope) -> Iterator[Node]:
    """Yield every divisor in the text of `node` that may be zero."""
    for part in written(node):
        if isinstance(part, Arithmetic) and part.operator == "/":
            low, high = range_of(part.right, scope)
            if low <= 0.0 <= high:
                yield part.right


def possible_misuse(node: Node, scope: Scope) -> Iterator[tuple[Node, str]]:
    """Yield every function in the text of `node` whose values may lie where it has none, with what happens then."""
    for part in written(node):
        if isinstance(part, Elementwise):
            told = function_of_values(part.kind).outside(*(range_of(one, scope) for one in part.arguments))
            if told:
                yield part, told


def could_overflow(node: Node, scope: Scope) -> Node | None:
    """Return a part of `node` that could leave all bounds, or None."""
    for part in written(node):
        low, high = range_of(part, scope)
        if not (-TOO_LARGE <= low and high <= TOO_LARGE):
            return part
    return None


def never_zero(node: Node, scope: Scope) -> bool:
    """Whether a division by `node` needs no guard."""
    low, high = range_of(node, scope)
    return low > 0.0 or high < 0.0


def _remembered(node: Delayed, scope: Scope) -> Range:
    """What is told or kept was read before; what is carried piles up where the way grows longer."""
    ranges = [range_of(part, scope) for part in (node.argument, node.start) if part is not None]
    low, high = min(one[0] for one in ranges), max(one[1] for one in ranges)
    if node.kind != "carried":
        return low, high
    least, most = range_of(node.share, scope)
    if least <= 0.0:
        return ANYTHING
    longest = (most / least) ** (node.stages - 1) / (least * scope.ticks)
    return min(low, 0.0) * longest, max(high, 0.0) * longest


def _times(a: float, b: float) -> float:
    return 0.0 if a == 0.0 or b == 0.0 else a * b


def _extreme(kind: str, left: Range, right: Range) -> Range:
    choose = look_up({"min": min, "max": max}, kind, "extreme", f"_extreme in {HERE}")
    return choose(left[0], right[0]), choose(left[1], right[1])


def _arithmetic(operator: str, left: Range, right: Range) -> Range:
    (a, b), (c, d) = left, right
    if operator == "+":
        return a + c, b + d
    if operator == "-":
        return a - d, b - c
    if operator == "*":
        corners = [_times(x, y) for x in (a, b) for y in (c, d)]
        return min(corners), max(corners)
    if operator != "/":
        raise UnknownKind("operator", operator, f"_arithmetic in {HERE}")
    if c > 0.0 or d < 0.0:
        corners = [0.0 if math.isinf(y) else x / y for x in (a, b) for y in (c, d)]
        return min(corners), max(corners)
    return (0.0, LARGEST) if a >= 0.0 and c >= 0.0 else ANYTHING


def _aggregate(kind: str, inside: Range) -> Range:
    low, high = inside
    if kind == "share":
        return 0.0, 1.0
    if kind == "count":
        return 0.0, float(MOST_PLACES)
    if kind == "sum":
        return min(low, 0.0) * MOST_PLACES, max(high, 0.0) * MOST_PLACES
    if kind not in ("mean", "min", "max"):
        raise UnknownKind("collection", kind, f"_aggregate in {HERE}")
    # An empty collection has the value 0.
    return min(low, 0.0), max(high, 0.0)
