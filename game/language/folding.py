"""What becomes of an expression when some of its names are known never to change.

A level that leaves out half of its ruleset need not pay for it: names that
nothing can ever move are replaced by the value they keep, and what that makes
constant is worked out once.  Parts without such a name are handed back
untouched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from game.language.elementwise import on_numbers
from game.language.nodes import (
    COMMUNITY,
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
)
from game.language.unknown import UnknownKind, look_up

HERE = "game/language/folding.py"
NEVER_RAN = {"met": 1.0, "moved": 0.0, "asked": 0.0, "total": 0.0}  # what is said of a flow that never runs


def fold(node: Node, still: Mapping[str, float], flows: frozenset[str]) -> Node:
    """Return `node` with the `still` names taken for the value they keep, and `flows` for flows that never run.

    A flow that never runs moves nothing and was asked for nothing, so that it
    is fully `met`.  A terrain that the map lacks is named as "on spring".
    """
    if isinstance(node, Special):
        known = still.get(" ".join((node.name, *node.who)))
        return node if known is None else _constant(known, node)
    if isinstance(node, StockName):
        return _constant(still[node.name], node) if node.name in still else node
    if isinstance(node, FlowValue):
        if node.kind == "drift" or node.name not in flows:
            return node  # what is closed is no flow, whatever its name
        return _constant(look_up(NEVER_RAN, node.kind, "value of a flow", f"NEVER_RAN in {HERE}"), node)
    if isinstance(node, Arithmetic):
        return _arithmetic(node, fold(node.left, still, flows), fold(node.right, still, flows))
    if isinstance(node, (Compare, Extreme)):
        return _two(node, fold(node.left, still, flows), fold(node.right, still, flows))
    if isinstance(node, Logic):
        return _logic(node, tuple(fold(part, still, flows) for part in node.arguments))
    if isinstance(node, Choice):
        return _choice(node, *(fold(part, still, flows) for part in (node.condition, node.then, node.otherwise)))
    if isinstance(node, Aggregate):
        return _aggregate(node, fold(node.argument, still, flows), still)
    if isinstance(node, Elementwise):
        return _function(node, tuple(fold(part, still, flows) for part in node.arguments))
    if isinstance(node, Delayed):
        return _delayed(node, *(part if part is None else fold(part, still, flows) for part in _of_delay(node)))
    if isinstance(node, (Near, Curve)):
        return _one(node, fold(node.argument, still, flows))
    if isinstance(node, Auxiliary):
        return _auxiliary(node, fold(node.argument, still, flows))
    if isinstance(node, (Constant, NumberName)):
        return node
    raise UnknownKind("step of an expression", type(node), f"fold in {HERE}")


def _constant(value: float, at: Node) -> Constant:
    return Constant(0, value, offset=at.offset)


def _arithmetic(node: Arithmetic, left: Node, right: Node) -> Node:
    if left is node.left and right is node.right:
        return node
    if isinstance(left, Constant) and isinstance(right, Constant):
        return _constant(_calculated(node.operator, left.value, right.value), node)
    first = left.value if isinstance(left, Constant) else None
    second = right.value if isinstance(right, Constant) else None
    if (node.operator in "*/" and first == 0.0) or (node.operator == "*" and second == 0.0):
        return _constant(0.0, node)
    if (node.operator == "+" and first == 0.0) or (node.operator == "*" and first == 1.0):
        return right
    if (node.operator in "+-" and second == 0.0) or (node.operator in "*/" and second == 1.0):
        return left
    if node.operator == "/" and second == 0.0:
        return _constant(0.0, node)
    return replace(node, axes=left.axes | right.axes, left=left, right=right)


def _calculated(operator: str, left: float, right: float) -> float:
    if operator == "/":
        return 0.0 if right == 0.0 else left / right
    calculated = {"+": left + right, "-": left - right, "*": left * right}
    return look_up(calculated, operator, "operator", f"_calculated in {HERE}")


def _two(node: Compare | Extreme, left: Node, right: Node) -> Node:
    if left is node.left and right is node.right:
        return node
    if not (isinstance(left, Constant) and isinstance(right, Constant)):
        return replace(node, axes=left.axes | right.axes, left=left, right=right)
    a, b = left.value, right.value
    if isinstance(node, Extreme):
        extreme = look_up({"min": min, "max": max}, node.kind, "extreme", f"_two in {HERE}")
        return _constant(extreme(a, b) + 0.0, node)
    holds = {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "==": a == b, "!=": a != b}
    return _constant(float(look_up(holds, node.operator, "comparison", f"_two in {HERE}")), node)


def _logic(node: Logic, parts: tuple[Node, ...]) -> Node:
    if all(new is old for new, old in zip(parts, node.arguments, strict=True)):
        return node
    if node.operator not in ("and", "or", "not"):
        raise UnknownKind("operator", node.operator, f"_logic in {HERE}")
    known = [part.value > 0.0 for part in parts if isinstance(part, Constant)]
    if node.operator == "not" and known:
        return _constant(float(not known[0]), node)
    if (node.operator == "and" and not all(known)) or (node.operator == "or" and any(known)):
        return _constant(float(node.operator == "or"), node)
    if node.operator != "not" and len(known) == len(parts):
        return _constant(float(node.operator == "and"), node)
    axes = 0
    for part in parts:
        axes |= part.axes
    return replace(node, axes=axes, arguments=parts)


def _choice(node: Choice, condition: Node, then: Node, otherwise: Node) -> Node:
    if condition is node.condition and then is node.then and otherwise is node.otherwise:
        return node
    if isinstance(condition, Constant):
        return then if condition.value > 0.0 else otherwise
    axes = condition.axes | then.axes | otherwise.axes
    return replace(node, axes=axes, condition=condition, then=then, otherwise=otherwise)


def _aggregate(node: Aggregate, argument: Node, still: Mapping[str, float]) -> Node:
    if any(name in still for name in node.on):
        return _constant(0.0, node)  # nothing is collected where a stock has no place
    if argument is node.argument:
        return node
    if isinstance(argument, Constant) and argument.value <= 0.0 and (argument.value == 0.0 or _is_truth(node)):
        return _constant(0.0, node)
    return replace(node, argument=argument)


def _is_truth(node: Aggregate) -> bool:
    return node.kind in ("share", "count")


def _function(node: Elementwise, parts: tuple[Node, ...]) -> Node:
    if all(new is old for new, old in zip(parts, node.arguments, strict=True)):
        return node
    values = [part.value for part in parts if isinstance(part, Constant)]
    if len(values) == len(parts):
        return _constant(on_numbers(node.kind, *values) + 0.0, node)
    axes = 0
    for part in parts:
        axes |= part.axes
    return replace(node, axes=axes, arguments=parts)


def _auxiliary(node: Auxiliary, argument: Node) -> Node:
    if argument is node.argument:
        return node
    if isinstance(argument, Constant):
        return _constant(argument.value, node)
    who = node.who if argument.axes & COMMUNITY else ()
    return replace(node, axes=argument.axes & TILE if who else argument.axes, argument=argument, who=who)


def _of_delay(node: Delayed) -> tuple[Node | None, ...]:
    return node.argument, node.share, node.start


def _delayed(node: Delayed, argument: Node | None, share: Node | None, start: Node | None) -> Node:
    if argument is node.argument and share is node.share and start is node.start:
        return node
    assert argument is not None and share is not None
    same = start is None or (isinstance(start, Constant) and argument == start)
    if isinstance(argument, Constant) and same and node.kind != "carried":
        return _constant(argument.value + 0.0, node)
    axes = argument.axes | share.axes | (0 if start is None else start.axes)
    return replace(node, axes=axes, argument=argument, share=share, start=start)


def _one(node: Near | Curve, argument: Node) -> Node:
    if argument is node.argument:
        return node
    if not isinstance(argument, Constant):
        return replace(node, axes=argument.axes, argument=argument)
    value = argument.value
    if isinstance(node, Curve):
        value = _on_curve(node, value)
    elif value != 0.0 and isinstance(node, Near):
        return replace(node, argument=argument)  # a map of one tile has no neighbours
    return _constant(value + 0.0, node)


def _on_curve(node: Curve, value: float) -> float:
    result = node.points[0][1]
    for (left, low), (right, high) in zip(node.points, node.points[1:], strict=False):
        result = result + min(max(value - left, 0.0), right - left) * ((high - low) / (right - left))
    return result
