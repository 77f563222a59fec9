"""Is a tick short enough?  A flow that drains much of its stock in one tick depends on the length of a tick."""

from __future__ import annotations

from game.language.nodes import Arithmetic, Auxiliary, Constant, Node, NumberName, StockName
from game.level.checker import Checker
from game.level.merge import Path
from game.level.schema import Level

LARGEST_SHARE = 0.05  # of a stock in one tick


def check_ticks(level: Level, nodes: dict[Path, Node], checker: Checker) -> None:
    """Warn of flows and influences that move more than LARGEST_SHARE of their stock in a tick.

    Found are rates of the form number * stock; what a more winding rate does
    only a run can tell.
    """
    ticks = level.seasons.ticks
    rates = [(("flows", name, "rate"), flow.source_stock) for name, flow in level.flows.items()]
    rates += [(("influences", name, "change"), item.of) for name, item in level.influences.items() if not item.once]
    for path, stock in rates:
        node = nodes.get(path)
        share = None if node is None else _share_of(node, stock, level)
        if share is not None and abs(share) / ticks > LARGEST_SHARE + 1e-9:
            least = -int(-abs(share) // LARGEST_SHARE)
            message = (
                f"this moves {abs(share) / ticks:.0%} of {stock} in one tick, so the result depends on the ticks; "
                f"{least} ticks a season would do"
            )
            checker.warning(path, "tick-too-long", message)


def _share_of(node: Node, stock: str, level: Level) -> float | None:
    """Return c where `node` is c * stock with a plain number c, else None."""
    if isinstance(node, StockName):
        return 1.0 if node.name == stock and not node.who else None
    if isinstance(node, Auxiliary) and not node.who:
        return _share_of(node.argument, stock, level)
    if not isinstance(node, Arithmetic):
        return None
    left, right = _share_of(node.left, stock, level), _share_of(node.right, stock, level)
    first, second = _number(node.left, level), _number(node.right, level)
    if node.operator == "*" and (left is None) != (right is None):
        share, factor = (left, second) if left is not None else (right, first)
        return None if share is None or factor is None else share * factor
    if node.operator == "/" and left is not None and second:
        return left / second
    if node.operator == "-" and first == 0.0 and right is not None:
        return -right
    return None


def _number(node: Node, level: Level) -> float | None:
    """Return the value of a part that is made of numbers alone, else None."""
    if isinstance(node, Constant):
        return node.value
    if isinstance(node, NumberName):
        return level.numbers[node.name].value
    if isinstance(node, Auxiliary):
        return _number(node.argument, level)
    if not isinstance(node, Arithmetic):
        return None
    left, right = _number(node.left, level), _number(node.right, level)
    if left is None or right is None or (node.operator == "/" and right == 0.0):
        return None
    return {"+": left + right, "-": left - right, "*": left * right}.get(node.operator, left / right if right else 0.0)
