"""Expressions taken apart into the signed terms they add up, so that a reason can name one of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.language.nodes import (
    Arithmetic,
    Auxiliary,
    Compare,
    Constant,
    FlowValue,
    Node,
    NumberName,
    Special,
    StockName,
    and_parts,
    walk,
    written,
)
from game.language.ranges import range_of
from game.language.scope import Scope
from game.sim.evaluation import compile_expression
from game.sim.frame import Frame
from game.sim.model import Model
from game.sim.totals import Floats


@dataclass(frozen=True)
class Term:
    """One signed term of a sum: `scale` times the value of `node`."""

    scale: float
    node: Node

    @property
    def name(self) -> str:
        """The stock, flow or word that the term is about; "" for a bare number."""
        return leading_name(self.node)


@dataclass(frozen=True)
class Condition:
    """A comparison as a sum that must exceed a threshold."""

    terms: tuple[Term, ...]
    threshold: float


def split(node: Node, scale: float = 1.0) -> list[Term]:
    """Return the signed terms whose sum is `scale` times `node`."""
    if isinstance(node, Arithmetic):
        if node.operator in "+-":
            sign = 1.0 if node.operator == "+" else -1.0
            return split(node.left, scale) + split(node.right, scale * sign)
        if node.operator == "*" and isinstance(node.left, Constant):
            return split(node.right, scale * node.left.value)
        if node.operator == "*" and isinstance(node.right, Constant):
            return split(node.left, scale * node.right.value)
        if node.operator == "/" and isinstance(node.right, Constant) and node.right.value:
            return split(node.left, scale / node.right.value)
    return [Term(scale, node)]


def conditions(node: Node) -> list[Condition]:
    """Return what must hold at once for `node` to be true; nothing where it cannot be taken apart."""
    if len(parts := and_parts(node)) > 1:
        return [found for part in parts for found in conditions(part)]
    if not isinstance(node, Compare) or node.operator not in ("<", "<=", ">", ">="):
        return []
    more, less = (node.left, node.right) if node.operator in (">", ">=") else (node.right, node.left)
    terms = split(more) + split(less, -1.0)
    threshold = -sum(term.scale * term.node.value for term in terms if isinstance(term.node, Constant))
    return [Condition(tuple(term for term in terms if not isinstance(term.node, Constant)), threshold)]


def leading_name(node: Node) -> str:
    """Return the name that an expression is mostly about: its first auxiliary or stock, else flow, word or number."""
    parts = list(written(node))
    for kind in ((Auxiliary, StockName), FlowValue, Special, NumberName):
        for part in parts:
            if isinstance(part, kind):
                return str(getattr(part, "name", ""))
    return ""


def names_in(node: Node) -> tuple[str, ...]:
    """Return every stock and flow an expression reads, each once, in the order of the text."""
    found = [part.name for part in walk(node) if isinstance(part, (StockName, FlowValue))]
    return tuple(dict.fromkeys(found))


def names_written(node: Node) -> tuple[str, ...]:
    """Return every auxiliary, stock and flow that stands in an expression's text, each once, in its order."""
    found = [part.name for part in written(node) if isinstance(part, (Auxiliary, StockName, FlowValue))]
    return tuple(dict.fromkeys(found))


def value_of(model: Model, frame: Frame, term: Term, shape: tuple[int, ...]) -> Floats:
    """Return the value of a term in a frame, spread out to `shape`."""
    value = np.asarray(compile_expression(term.node, model.layout)(frame), dtype=np.float64)
    return np.broadcast_to(term.scale * value, shape)


def best_of(term: Term, scope: Scope) -> float:
    """Return the largest value the term could have."""
    low, high = range_of(term.node, scope)
    return max(term.scale * low, term.scale * high)
