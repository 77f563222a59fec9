"""Read an expression into the intermediate form, or say what is wrong and where.

What `syntax` has taken apart is turned into nodes, by a whitelist of what may
stand there.
"""

from __future__ import annotations

import ast
import math
from itertools import islice

from game.language.functions import FUNCTIONS, read_function
from game.language.nodes import (
    COMMUNITY,
    PARTNER,
    TILE,
    Arithmetic,
    Auxiliary,
    Compare,
    Constant,
    Elementwise,
    Logic,
    Node,
    NumberName,
    Special,
    StockName,
    axes_in_words,
    children,
    walk,
    written,
)
from game.language.scope import Scope, stock_place
from game.language.suggest import did_you_mean
from game.language.syntax import MOST_NODES, ExpressionError, Fault, syntax_tree

MOST_PARTS = 1000  # of an expression, with all that the auxiliaries in it are made of
DEEPEST_PARTS = 100
LARGEST_NUMBER = 1e15

OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
COMPARISONS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}


def parse(text: str | float | int, scope: Scope) -> Node:
    """Return the expression `text` as a tree whose names `scope` allows.

    Raises ExpressionError with every fault found.
    """
    if isinstance(text, (int, float)) and not isinstance(text, bool):
        if not math.isfinite(text) or abs(text) > LARGEST_NUMBER:
            raise ExpressionError([Fault(0, "number-too-large", "this number is too large; at most 1e15 is allowed")])
        return Constant(0, float(text))
    reader = ExpressionReader(scope)
    node = reader.read(syntax_tree(str(text)))
    if reader.broken:
        raise ExpressionError([])  # what is wrong with an auxiliary is told where it stands
    if not reader.faults:
        reader.too_large(node, 1, 0)
    outside = node.axes & ~scope.axes
    if outside and not reader.faults:
        reader.fault(0, "wrong-domain", _domain_message(node, outside, scope))
    if reader.faults:
        raise ExpressionError(reader.faults)
    return node


def _domain_message(node: Node, outside: int, scope: Scope) -> str:
    for part in written(node):
        if isinstance(part, (StockName, Auxiliary)) and part.axes & outside:
            message = f'"{part.name}" belongs to {_owner(scope, part.name, part.axes)}, and this is {scope.place}: '
            if part.axes & outside & PARTNER and scope.actors:
                return message + f"say whose, as in {part.name}[target, me]"
            return message + f"write mean({part.name}) or sum({part.name})"
    return (
        f"this has a value for {axes_in_words(node.axes)}, and {scope.place} wants one for "
        f"{axes_in_words(scope.axes)}: put mean(...) or sum(...) around it"
    )


def _owner(scope: Scope, name: str, axes: int) -> str:
    """Return whose a stock or an auxiliary is, in words."""
    return stock_place(scope.stocks[name].place).words if name in scope.stocks else axes_in_words(axes)


def _deep(node: Node) -> int:
    return 1 + max((_deep(child) for child in children(node)), default=0)


class ExpressionReader:
    """Turns Python's syntax tree into nodes and collects every fault on the way."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.faults: list[Fault] = []
        self.broken = False  # whether it reads an auxiliary that cannot be read itself

    def fault(self, offset: int, code: str, message: str) -> Constant:
        """Note a fault; the constant returned lets reading go on."""
        self.faults.append(Fault(offset, code, message))
        return Constant(0, 0.0, offset=offset)

    def too_large(self, node: Node, copies: int, offset: int) -> bool:
        """Note a fault when `copies` of a part make the expression too large; counted before they are made."""
        if sum(1 for _ in islice(written(node), MOST_NODES + 1)) * copies > MOST_NODES:
            message = f"this expression is too large; at most {MOST_NODES} parts are allowed"
        elif sum(1 for _ in islice(walk(node), MOST_PARTS + 1)) * copies > MOST_PARTS or _deep(node) > DEEPEST_PARTS:
            message = (
                f"with all that its auxiliaries are made of, this expression has more than {MOST_PARTS} parts or "
                f"{DEEPEST_PARTS} levels; let a state keep one of them, or write it with fewer"
            )
        else:
            return False
        self.fault(offset, "expression-too-deep", message)
        return True

    def read(self, tree: ast.expr) -> Node:
        """Return one part of the syntax tree as a node."""
        offset = tree.col_offset
        if isinstance(tree, ast.Constant):
            return self._constant(tree)
        if isinstance(tree, ast.Name):
            return self.name(tree.id, (), offset)
        if isinstance(tree, ast.Subscript):
            return self._indexed(tree)
        if isinstance(tree, ast.BinOp):
            return self._arithmetic(tree)
        if isinstance(tree, ast.UnaryOp):
            return self._unary(tree)
        if isinstance(tree, ast.Compare):
            return self._comparison(tree)
        if isinstance(tree, ast.BoolOp):
            operator = "and" if isinstance(tree.op, ast.And) else "or"
            return self._logic(operator, [self.read(value) for value in tree.values], offset)
        if isinstance(tree, ast.Call):
            return self._call(tree)
        if isinstance(tree, ast.IfExp):
            return self.fault(offset, "expression-syntax", "write a choice as if(condition, then, otherwise)")
        return self.fault(
            offset,
            "expression-syntax",
            "only names, numbers, + - * /, comparisons, and/or/not and the known functions may stand here",
        )

    def _constant(self, tree: ast.Constant) -> Node:
        value = tree.value
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return self.fault(
                tree.col_offset, "expression-syntax", "text has no place in an expression; names stand without quotes"
            )
        if (
            (isinstance(value, int) and abs(value) > LARGEST_NUMBER)
            or not math.isfinite(value)
            or abs(value) > LARGEST_NUMBER
        ):
            return self.fault(tree.col_offset, "number-too-large", "this number is too large; at most 1e15 is allowed")
        return Constant(0, float(value), offset=tree.col_offset)

    def name(self, name: str, who: tuple[str, ...], offset: int) -> Node:
        """Return the node for a bare or bracketed name."""
        scope = self.scope
        if name in scope.stocks:
            return self._stock(name, who, offset)
        if name in scope.auxiliaries:
            return self._auxiliary(name, who, offset)
        if name in scope.specials:
            return Special(scope.specials[name], name, offset=offset)
        if name in scope.own_terms:
            return Special(0, "term", (name,), offset=offset)
        if name in scope.numbers:
            return NumberName(0, name, offset=offset)
        if name in scope.lacking:
            return self.fault(offset, "unknown-name", scope.lacking[name])
        if name in scope.flows:
            return self.fault(offset, "bare-flow", f'"{name}" is a flow: write met({name}) or moved({name})')
        if name in scope.communities or name in ("me", "target", "partner"):
            return self.fault(
                offset,
                "bare-community",
                f'"{name}" is somebody, not a number: write it in brackets, as in grievance[{name}]',
            )
        if name.lower() in FUNCTIONS:
            return self.fault(
                offset, "expression-syntax", f'"{name.lower()}" is a function: write {FUNCTIONS[name.lower()]}'
            )
        hint = did_you_mean(name, scope.known_names())
        return self.fault(
            offset, "unknown-name", f'there is no stock, number or word "{name}" that {scope.place} could use{hint}'
        )

    def _stock(self, name: str, who: tuple[str, ...], offset: int) -> Node:
        axes = self.scope.stocks[name].axes
        who = who or self._usual(axes)
        return StockName(axes & TILE if who else axes, name, who, offset=offset)

    def _usual(self, axes: int) -> tuple[str, ...]:
        """Return whose value is meant where nobody is named."""
        default = self.scope.default_who
        if not default or not axes & COMMUNITY:
            return ()
        if not axes & PARTNER:
            return (default,)
        return ("partner", "me") if default == "partner" else ()

    def _auxiliary(self, name: str, who: tuple[str, ...], offset: int) -> Node:
        argument = self.scope.auxiliaries[name]
        if argument is None:
            self.broken = True
            return Constant(0, 0.0, offset=offset)
        who = who or self._usual(argument.axes)
        return Auxiliary(argument.axes & TILE if who else argument.axes, name, argument, who, offset=offset)

    def _indexed(self, tree: ast.Subscript) -> Node:
        offset = tree.col_offset
        if not isinstance(tree.value, ast.Name):
            return self.fault(offset, "expression-syntax", "only a stock may carry brackets, as in trust[target, me]")
        name = tree.value.id
        argument = self.scope.auxiliaries.get(name)
        if name not in self.scope.stocks and argument is None:
            if name in self.scope.known_names() and name not in self.scope.auxiliaries:
                return self.fault(offset, "expression-syntax", f'"{name}" is not a stock; only stocks carry brackets')
            return self.name(name, (), offset)
        axes = self.scope.stocks[name].axes if argument is None else argument.axes
        parts = tree.slice.elts if isinstance(tree.slice, ast.Tuple) else [tree.slice]
        who = tuple(self.actor(part) for part in parts)
        wanted = bool(axes & COMMUNITY) + bool(axes & PARTNER)
        if len(who) != wanted:
            how = {
                2: f"two communities, as in {name}[target, me]",
                1: f"one community, as in {name}[me]",
                0: "no brackets",
            }[wanted]
            whose = _owner(self.scope, name, axes)
            return self.fault(offset, "wrong-index", f'"{name}" belongs to {whose}; it takes {how}')
        if who == ("partner", "partner"):
            one = f"{name}[partner, partner]"
            message = f"{one} is how somebody stands with himself: write {name}[partner, me], or name another"
            return self.fault(offset, "wrong-index", message)
        return self.name(name, who, offset)

    def actor(self, tree: ast.expr) -> str:
        """Return the community that `tree` names."""
        allowed = (*self.scope.actors, *self.scope.communities)
        if isinstance(tree, ast.Name) and tree.id in allowed:
            return tree.id
        name = tree.id if isinstance(tree, ast.Name) else "this"
        self.fault(
            tree.col_offset,
            "unknown-community",
            f'"{name}" names nobody here{did_you_mean(name, allowed)}; allowed: {", ".join(allowed) or "nobody"}',
        )
        return ""

    def _arithmetic(self, tree: ast.BinOp) -> Node:
        if isinstance(tree.op, ast.Pow):
            return self._power(tree)
        operator = OPERATORS.get(type(tree.op))
        if isinstance(tree.op, ast.Mod):
            return self._of_two("mod", tree)
        if operator is None:
            return self.fault(tree.col_offset, "expression-syntax", "only + - * / % and ** are allowed")
        left, right = self.read(tree.left), self.read(tree.right)
        if operator == "/" and isinstance(right, Constant) and right.value == 0 and not self.faults:
            return self.fault(tree.right.col_offset, "division-by-zero", "this divides by zero")
        return Arithmetic(left.axes | right.axes, operator, left, right, offset=tree.col_offset)

    def _power(self, tree: ast.BinOp) -> Node:
        exponent = tree.right
        if not (isinstance(exponent, ast.Constant) and type(exponent.value) is int and 0 <= exponent.value <= 8):
            return self._of_two("power", tree)
        base = self.read(tree.left)
        if self.too_large(base, max(exponent.value, 1), tree.col_offset):
            return Constant(0, 0.0)
        result: Node = Constant(0, 1.0) if exponent.value == 0 else base
        for _ in range(exponent.value - 1):
            result = Arithmetic(base.axes, "*", result, base, offset=tree.col_offset)
        return result

    def _of_two(self, name: str, tree: ast.BinOp) -> Node:
        left, right = self.read(tree.left), self.read(tree.right)
        return Elementwise(left.axes | right.axes, name, (left, right), offset=tree.col_offset)

    def _unary(self, tree: ast.UnaryOp) -> Node:
        argument = self.read(tree.operand)
        if isinstance(tree.op, ast.Not):
            return self._logic("not", [argument], tree.col_offset)
        if isinstance(tree.op, ast.UAdd):
            return argument
        if isinstance(tree.op, ast.USub):
            if isinstance(argument, Constant):
                return Constant(0, 0.0 - argument.value, offset=tree.col_offset)
            return Arithmetic(argument.axes, "-", Constant(0, 0.0), argument, offset=tree.col_offset)
        return self.fault(tree.col_offset, "expression-syntax", "~ means nothing here; write not")

    def _comparison(self, tree: ast.Compare) -> Node:
        parts = [self.read(value) for value in (tree.left, *tree.comparators)]
        links: list[Node] = []
        for operator, left, right in zip(tree.ops, parts, parts[1:], strict=False):
            symbol = COMPARISONS.get(type(operator))
            if symbol is None:
                return self.fault(tree.col_offset, "expression-syntax", "compare with <, <=, >, >=, == or !=")
            links.append(Compare(left.axes | right.axes, symbol, left, right, offset=tree.col_offset))
        return links[0] if len(links) == 1 else self._logic("and", links, tree.col_offset)

    def _logic(self, operator: str, arguments: list[Node], offset: int) -> Node:
        axes = 0
        for argument in arguments:
            axes |= argument.axes
        return Logic(axes, operator, tuple(arguments), offset=offset)

    def _call(self, tree: ast.Call) -> Node:
        if not isinstance(tree.func, ast.Name) or tree.keywords:
            return self.fault(
                tree.col_offset, "expression-syntax", "functions are called by name alone, as in min(a, b)"
            )
        name = tree.func.id.lower() if tree.func.id == "IF" else tree.func.id
        if name not in FUNCTIONS:
            hint = did_you_mean(name, FUNCTIONS)
            return self.fault(
                tree.col_offset,
                "unknown-function",
                f'there is no function "{name}"{hint}; known: {", ".join(FUNCTIONS)}',
            )
        if any(isinstance(argument, ast.Starred) for argument in tree.args):
            return self.fault(tree.col_offset, "expression-syntax", "a * cannot stand before an argument")
        return read_function(self, name, list(tree.args), tree.col_offset)
