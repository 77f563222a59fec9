"""The rules of a level by the path at which they stand, compiled when they are asked for."""

from __future__ import annotations

from game.language.nodes import Node, StockName
from game.level.merge import Path
from game.sim.evaluation import Evaluator, compile_expression
from game.sim.layout import Layout


class RuleBook:
    """Compiles the rules of a level from its bound expressions."""

    def __init__(self, nodes: dict[Path, Node], layout: Layout) -> None:
        self.nodes, self.layout = nodes, layout

    def rule(self, *path: str | int) -> Evaluator:
        """Return a rule that there must be."""
        return compile_expression(self.nodes[path], self.layout)

    def maybe(self, *path: str | int) -> Evaluator | None:
        """Return a rule, None where the level has none at this path."""
        return self.rule(*path) if path in self.nodes else None

    def stock(self, *path: str | int) -> tuple[str, tuple[str, ...]]:
        """Return the stock that is named there and whose it is; no name for what lies outside."""
        node = self.nodes.get(path)
        return (node.name, node.who) if isinstance(node, StockName) else ("", ())
