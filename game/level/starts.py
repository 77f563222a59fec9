"""Starts that an expression says: in which order they are worked out, and what they may not read."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from game.language.nodes import Auxiliary, Delayed, FlowValue, Node, Special, StockName, children, walk
from game.level.checker import Checker
from game.level.merge import Path
from game.level.schema import Level


def starts_in_order(nodes: Mapping[Path, Node]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the stocks whose start an expression says, each after those it needs, and a circle where there is one."""
    rules = {str(path[1]): node for path, node in nodes.items() if path[0] == "stocks" and path[2:] == ("start",)}
    needs = {
        name: sorted({part.name for part in walk(node) if isinstance(part, StockName) and part.name in rules})
        for name, node in rules.items()
    }
    try:
        return tuple(TopologicalSorter(needs).static_order()), ()
    except CycleError as error:
        circle = tuple(reversed(error.args[1][1:]))
        first = min(range(len(circle)), key=lambda place: list(rules).index(circle[place]))
        return (), (*circle[first:], *circle[:first])


def _way(nodes: Mapping[Path, Node], one: str, other: str) -> str:
    """Return that a start needs another one, and through which auxiliaries it does."""
    between = _between(nodes["stocks", one, "start"], other) or ()
    told = [f'the start of "{one}" needs', *(f'"{name}", which needs' for name in between), f'that of "{other}"']
    return " ".join(told)


def _between(node: Node, stock: str) -> tuple[str, ...] | None:
    """Return the auxiliaries on the way from a rule to a stock that it reads; None where it does not."""
    if isinstance(node, StockName) and node.name == stock:
        return ()
    own = (node.name,) if isinstance(node, Auxiliary) else ()
    found = (_between(child, stock) for child in children(node))
    return next(((*own, *names) for names in found if names is not None), None)


def check_starts(level: Level, nodes: Mapping[Path, Node], checker: Checker) -> None:
    """Note starts that go round in a circle, and those that read what there is only once the game runs."""
    circle = starts_in_order(nodes)[1]
    if circle:
        pairs = zip(circle, (*circle[1:], circle[0]), strict=True)
        ways = ", ".join(_way(nodes, one, other) for one, other in pairs)
        message = f"these go round in a circle: {ways}; let one of them begin with a number"
        checker.error(("stocks", circle[0], "start"), "circle", message)
    for name in level.stocks:
        path: Path = ("stocks", name, "start")
        for part in walk(nodes[path]) if path in nodes else ():
            if isinstance(part, (FlowValue, Delayed)) or (isinstance(part, Special) and part.name == "lasting"):
                message = (
                    "nothing has moved, waited or been agreed before the game begins: read numbers and stocks here"
                )
                checker.problems.append(checker.source.problem(path, "wrong-domain", message, offset=part.offset))
                break
