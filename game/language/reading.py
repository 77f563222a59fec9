"""What the functions of the language ask of whoever reads the expression around them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Protocol

from game.language.nodes import Constant, Node
from game.language.scope import Scope


class Reader(Protocol):
    """What a function asks of whoever reads the expression around it; see `parser.ExpressionReader`."""

    scope: Scope

    @property
    def faults(self) -> Sequence[object]:
        """What was found wrong so far."""

    def read(self, tree: ast.expr) -> Node:
        """Return one part of the syntax tree as a node."""

    def fault(self, offset: int, code: str, message: str) -> Constant:
        """Note a fault; the constant returned lets reading go on."""

    def too_large(self, node: Node, copies: int, offset: int) -> bool:
        """Whether `copies` of a part make the expression too large, which is noted as a fault."""

    def actor(self, tree: ast.expr) -> str:
        """Return the community that `tree` names."""


Reading = Callable[[Reader, str, list[ast.expr], int], Node]


def axes_of(nodes: Sequence[Node]) -> int:
    """Return over what something varies that is made of all of these."""
    axes = 0
    for node in nodes:
        axes |= node.axes
    return axes
