"""Expressions as NumPy: each node becomes one small function over whole batches of worlds.

Only + - * / abs floor sqrt and comparisons are used: these give the same
bits on every processor.  `maximum` and `minimum` are followed by + 0.0, which
washes out the one thing that differs, the sign of zero.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.language.elementwise import function_of_values
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
from game.language.on_arrays import WORDS
from game.language.ranges import LARGEST
from game.language.unknown import UnknownKind, look_up
from game.sim.frame import Frame
from game.sim.layout import Layout
from game.sim.totals import COLUMN_AXIS, COMMUNITY_AXIS, PARTNER_AXIS, ROW_AXIS, Floats, TileTree, total_over

HERE = "game/sim/evaluation.py"
Value = Floats | float
Evaluator = Callable[[Frame], Value]

_COMPARISONS = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": np.not_equal,
}
_COMBINED = {"and": np.logical_and, "or": np.logical_or}
_EXTREMES = {"min": np.minimum, "max": np.maximum}
_COLLECTIONS = ("sum", "mean", "share", "count", "min", "max")
_COLLECTED_WHERE = ("", "uses", "target", "partners", "group")


def compile_expression(node: Node, layout: Layout) -> Evaluator:
    """Return a function that evaluates `node` in a frame, as an array that broadcasts to (C, P, rows, columns, W).

    Raises UnknownKind for what nobody has taught NumPy.
    """
    evaluate = look_up(_BUILDERS, type(node), "step of an expression", f"_BUILDERS in {HERE}")(node, layout)
    if isinstance(node, (Aggregate, Auxiliary, Near)) or (node.axes & TILE and season_constant(node)):
        return _remembered(evaluate, layout.key_of(node), season_constant(node))
    return evaluate


def season_constant(node: Node) -> bool:
    """Whether nothing in `node` changes between the ticks of a season."""
    leaves = [part for part in walk(node) if isinstance(part, (StockName, Special, FlowValue, Delayed, NumberName))]
    names = {part.name for part in leaves if isinstance(part, Special)}
    return (
        bool(leaves)
        and names <= {"users", "uses", "height", "on"}
        and all(isinstance(part, (Special, NumberName)) for part in leaves)
    ) or (isinstance(node, Aggregate) and node.where == "uses" and not leaves)


def _remembered(evaluate: Evaluator, key: int, for_season: bool) -> Evaluator:
    def look_up(frame: Frame) -> Value:
        cache = frame.this_season if for_season else frame.this_tick
        found = cache.get(key)
        if found is None:
            found = cache[key] = np.asarray(evaluate(frame))
        return found

    return look_up


def _constant(node: Constant, layout: Layout) -> Evaluator:
    value = node.value
    return lambda frame: value


def _number(node: NumberName, layout: Layout) -> Evaluator:
    name = node.name
    return lambda frame: frame.world.number[name]


def pick(values: Floats, who: tuple[int | None, ...]) -> Floats:
    """Return the part of a community or relation stock that belongs to `who`.

    None keeps everybody, along the community axis.
    """
    first = who[0]
    if len(who) == 1:
        return values if first is None else values[first : first + 1]
    second = who[1]
    if second is not None:
        values = values[:, second : second + 1]
    elif first is not None:
        towards_all: Floats = values[first : first + 1].swapaxes(COMMUNITY_AXIS, PARTNER_AXIS)
        return towards_all
    return values if first is None else values[first : first + 1]


def _stock(node: StockName, layout: Layout) -> Evaluator:
    name, who = node.name, node.who
    if not who:
        return lambda frame: frame.world.stock[name]
    return lambda frame: pick(frame.world.stock[name], tuple(frame.index(one) for one in who))


def _special(node: Special, layout: Layout) -> Evaluator:
    name, who = node.name, node.who
    if name == "uses":
        if who:
            return lambda frame: pick(frame.world.uses, (frame.index(who[0]),))
        return lambda frame: frame.world.uses
    if name == "on":
        ground = layout.terrain_mask[who[0]]
        return lambda frame: ground
    if name == "lasting":
        # An action that the level does not offer never runs.
        return lambda frame: (
            total_over(frame.world.member[who[0]], (COMMUNITY_AXIS,)) if who[0] in frame.world.member else 0.0
        )
    if name == "term":
        return lambda frame: frame.term(who[0])
    if name == "noise":
        return lambda frame: _noise_now(frame, who[0])
    if name == "series":
        values, ticks = layout.scope.series[who[0]], layout.scope.ticks
        last = len(values) - 1  # whoever looks further ahead finds the last value
        return lambda frame: values[min(frame.world.season * ticks + frame.tick, last)]
    if node.axes == PARTNER:
        return lambda frame: frame.extra[name].swapaxes(COMMUNITY_AXIS, PARTNER_AXIS)
    return lambda frame: frame.special(name)


def _noise_now(frame: Frame, name: str) -> Value:
    values = frame.world.noise[name]
    tick = min(frame.tick, values.shape[1] - 1)
    return values[:, tick : tick + 1]


def _flow(node: FlowValue, layout: Layout) -> Evaluator:
    kind, name, who = node.kind, node.name, node.who
    if kind not in ("total", "drift", "met", "moved", "asked"):
        raise UnknownKind("value of a flow", kind, f"_flow in {HERE}")

    def evaluate(frame: Frame) -> Value:
        if kind in ("total", "drift"):
            values = frame.extra[f"{kind} {name}"]
        elif kind == "met":
            asked, moved = frame.world.asked[name], frame.world.moved[name]
            values = np.where(asked > 0.0, moved / np.where(asked > 0.0, asked, 1.0), 1.0)
        else:
            values = getattr(frame.world, kind)[name]
        return pick(values, tuple(frame.index(one) for one in who)) if who else values

    return evaluate


def _arithmetic(node: Arithmetic, layout: Layout) -> Evaluator:
    left, right = compile_expression(node.left, layout), compile_expression(node.right, layout)
    if node.operator == "+":
        return lambda frame: left(frame) + right(frame)
    if node.operator == "-":
        return lambda frame: left(frame) - right(frame)
    if node.operator == "*":
        return lambda frame: left(frame) * right(frame)
    if node.operator != "/":
        raise UnknownKind("operator", node.operator, f"_arithmetic in {HERE}")
    if layout.never_zero(node.right):
        return lambda frame: left(frame) / right(frame)
    return lambda frame: divide(left(frame), right(frame))


def divide(left: Value, right: Value) -> Value:
    """Return left / right, 0 where right is 0, and never more than LARGEST either way."""
    zero = np.equal(right, 0.0)
    with np.errstate(over="ignore"):
        quotient = left / np.where(zero, 1.0, right)
    return np.where(zero, 0.0, np.minimum(np.maximum(quotient, -LARGEST), LARGEST) + 0.0)


def _shared_by(total: Floats, count: Floats) -> Floats:
    """Return the mean of `count` things, 0 where there are none: what `divide` would say, which need not fear here."""
    if not (count > 0.0).all():
        return np.asarray(divide(total, count))
    return np.minimum(np.maximum(total / count, -LARGEST), LARGEST) + 0.0


def _compare(node: Compare, layout: Layout) -> Evaluator:
    left, right = compile_expression(node.left, layout), compile_expression(node.right, layout)
    function = look_up(_COMPARISONS, node.operator, "comparison", f"_COMPARISONS in {HERE}")
    return lambda frame: np.where(function(left(frame), right(frame)), 1.0, 0.0)


def _logic(node: Logic, layout: Layout) -> Evaluator:
    parts = [compile_expression(part, layout) for part in node.arguments]
    if node.operator == "not":
        return lambda frame: np.where(np.greater(parts[0](frame), 0.0), 0.0, 1.0)
    combine = look_up(_COMBINED, node.operator, "operator", f"_COMBINED in {HERE}")

    def evaluate(frame: Frame) -> Value:
        result = np.greater(parts[0](frame), 0.0)
        for part in parts[1:]:
            result = combine(result, np.greater(part(frame), 0.0))
        return np.where(result, 1.0, 0.0)

    return evaluate


def _extreme(node: Extreme, layout: Layout) -> Evaluator:
    left, right = compile_expression(node.left, layout), compile_expression(node.right, layout)
    function = look_up(_EXTREMES, node.kind, "extreme", f"_EXTREMES in {HERE}")
    return lambda frame: function(left(frame), right(frame)) + 0.0


def _elementwise(node: Elementwise, layout: Layout) -> Evaluator:
    values = [compile_expression(part, layout) for part in node.arguments]
    formula = function_of_values(node.kind).formula
    return lambda frame: formula(WORDS, *[value(frame) for value in values])


def _choice(node: Choice, layout: Layout) -> Evaluator:
    condition, then, otherwise = (
        compile_expression(part, layout) for part in (node.condition, node.then, node.otherwise)
    )
    return lambda frame: np.where(np.greater(condition(frame), 0.0), then(frame), otherwise(frame))


def _near(node: Near, layout: Layout) -> Evaluator:
    argument = compile_expression(node.argument, layout)
    share = layout.neighbour_share

    def evaluate(frame: Frame) -> Value:
        found = argument(frame)
        values = np.broadcast_to(found, np.broadcast_shapes(np.shape(found), frame.world.stock_shape(TILE)))
        return neighbour_total(values) * share

    return evaluate


def neighbour_total(values: Floats) -> Floats:
    """Return the sum over the up to eight neighbours of each tile, always added in the same order."""
    side = np.zeros_like(values)
    side[:, :, :, 1:] = values[:, :, :, :-1]
    side[:, :, :, :-1] += values[:, :, :, 1:]
    row = side + values
    side[:, :, 1:] += row[:, :, :-1]
    side[:, :, :-1] += row[:, :, 1:]
    return side


def _curve(node: Curve, layout: Layout) -> Evaluator:
    argument = compile_expression(node.argument, layout)
    pairs = list(zip(node.points, node.points[1:], strict=False))
    pieces = [(a[0], b[0] - a[0], (b[1] - a[1]) / (b[0] - a[0])) for a, b in pairs]
    start = node.points[0][1]

    def evaluate(frame: Frame) -> Value:
        x = argument(frame)
        result: Value = start
        for left, width, slope in pieces:
            result = result + (np.minimum(np.maximum(x - left, 0.0) + 0.0, width) + 0.0) * slope
        return result

    return evaluate


def _auxiliary(node: Auxiliary, layout: Layout) -> Evaluator:
    if not node.who:
        return compile_expression(node.argument, layout)
    everybody, who = compile_expression(node.whole, layout), node.who
    each = (*layout.shape(node.argument.axes)[:2], 1, 1, 1)

    def evaluate(frame: Frame) -> Value:
        value = everybody(frame)
        values = np.broadcast_to(value, np.broadcast_shapes(np.shape(value), each))
        return pick(values, tuple(frame.index(one) for one in who))

    return evaluate


def _delayed(node: Delayed, layout: Layout) -> Evaluator:
    key = layout.delay_key(node)
    return lambda frame: frame.world.memory[key][-1]


def _aggregate(node: Aggregate, layout: Layout) -> Evaluator:
    if node.kind not in _COLLECTIONS:
        raise UnknownKind("collection", node.kind, f"_aggregate in {HERE}")
    if node.where not in _COLLECTED_WHERE:
        raise UnknownKind("place of a collection", node.where, f"_mask in {HERE}")
    argument = compile_expression(node.argument, layout)
    axes = tuple(
        axis
        for bit, group in ((COMMUNITY, (COMMUNITY_AXIS,)), (PARTNER, (PARTNER_AXIS,)), (TILE, (ROW_AXIS, COLUMN_AXIS)))
        if node.over & bit
        for axis in group
    )
    fixed = layout.collecting_mask(node)
    key = layout.key_of(node)
    truth = node.kind in ("share", "count")
    on_target = node.where == "target" and node.over == TILE and node.kind not in ("min", "max")
    counted: dict[TileTree, tuple[Floats, Floats]] = {}  # the mask on the tiles of a plot, and how many there are

    def on_plot(tree: TileTree) -> tuple[Floats, Floats]:
        if tree not in counted:
            mask = tree.leaves(fixed)
            counted[tree] = mask, tree.total(mask.copy())
        return counted[tree]

    def evaluate(frame: Frame) -> Value:
        value = np.asarray(argument(frame))
        tree = frame.tree if on_target else None
        if tree is not None and value.shape[2:4] == fixed.shape[2:4]:
            value, mask = tree.leaves(value), on_plot(tree)[0]
        else:
            tree, mask = None, _mask(node, frame, fixed, key)
        if truth:
            value = np.where(np.greater(value, 0.0), 1.0, 0.0)
        if node.kind in ("min", "max"):
            return _lowest_or_highest(node.kind, value, mask, axes)
        total = total_over(np.asarray(value * mask), axes) if tree is None else tree.total(value * mask)
        if node.kind in ("sum", "count"):
            return total
        if tree is not None:
            return _shared_by(total, on_plot(tree)[1])
        return divide(total, total_over(np.broadcast_to(mask, np.broadcast_shapes(mask.shape, (1,) * 5)), axes))

    return evaluate


def _mask(node: Aggregate, frame: Frame, fixed: Floats, key: int) -> Floats:
    if node.where == "uses":
        remembered = frame.this_season.get(("mask", key))
        if remembered is None:
            remembered = frame.this_season[("mask", key)] = fixed * frame.world.uses
        return remembered
    if node.where == "target":
        return fixed if frame.tiles is None else fixed * frame.tiles
    if node.where == "partners" and frame.members is not None:
        inside = frame.members
        both = inside * inside.swapaxes(COMMUNITY_AXIS, PARTNER_AXIS) if node.over & PARTNER else inside
        return np.asarray(fixed * both)
    return fixed


def _lowest_or_highest(kind: str, value: Value, mask: Floats, axes: tuple[int, ...]) -> Value:
    empty = np.inf if kind == "min" else -np.inf
    kept = np.where(mask > 0.0, value, empty)
    reduced = (np.minimum if kind == "min" else np.maximum).reduce(kept, axis=axes, keepdims=True) + 0.0
    return np.where(reduced == empty, 0.0, reduced)


_BUILDERS: dict[type[Node], Callable[..., Evaluator]] = {
    Constant: _constant,
    NumberName: _number,
    StockName: _stock,
    Special: _special,
    FlowValue: _flow,
    Arithmetic: _arithmetic,
    Compare: _compare,
    Logic: _logic,
    Extreme: _extreme,
    Elementwise: _elementwise,
    Choice: _choice,
    Near: _near,
    Curve: _curve,
    Delayed: _delayed,
    Auxiliary: _auxiliary,
    Aggregate: _aggregate,
}
