"""Read an expression into the intermediate form, or say what is wrong and where.

Python's own `ast` does the tokenising; a whitelist of node kinds does the
rest.  The author's text is never run: engines that evaluated such text, even
behind filters, have been broken again and again (numexpr CVE-2023-39631,
simpleeval CVE-2026-32640, asteval CVE-2025-24359).
"""

from __future__ import annotations

import ast
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from game.language.errors import PowerdanceError
from game.language.functions import FUNCTIONS, read_function
from game.language.nodes import (
    COMMUNITY,
    PARTNER,
    TILE,
    Arithmetic,
    Compare,
    Constant,
    Logic,
    Node,
    NumberName,
    Special,
    StockName,
    axes_in_words,
    walk,
)
from game.language.scope import Scope, stock_place
from game.language.suggest import did_you_mean

LONGEST_TEXT = 1000
MOST_NODES = 200
DEEPEST = 32
LARGEST_NUMBER = 1e15

OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
COMPARISONS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}


@dataclass(frozen=True)
class Fault:
    """One thing wrong in an expression; `offset` counts characters from its start."""

    offset: int
    code: str
    message: str


class ExpressionError(PowerdanceError):
    """An expression that cannot be read; `faults` holds everything found."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = tuple(faults)


def parse(text: str | float | int, scope: Scope) -> Node:
    """Return the expression `text` as a tree whose names `scope` allows.

    Raises ExpressionError with every fault found.
    """
    if isinstance(text, (int, float)) and not isinstance(text, bool):
        if not math.isfinite(text) or abs(text) > LARGEST_NUMBER:
            raise ExpressionError([Fault(0, "number-too-large", "this number is too large; at most 1e15 is allowed")])
        return Constant(0, float(text))
    reader = ExpressionReader(scope)
    node = reader.read(_syntax_tree(str(text)))
    if not reader.faults:
        reader.too_large(node, 1, 0)
    outside = node.axes & ~scope.axes
    if outside and not reader.faults:
        reader.fault(0, "wrong-domain", _domain_message(node, outside, scope))
    if reader.faults:
        raise ExpressionError(reader.faults)
    return node


def _domain_message(node: Node, outside: int, scope: Scope) -> str:
    for part in walk(node):
        if isinstance(part, StockName) and part.axes & outside:
            view = scope.stocks[part.name]
            message = f'"{part.name}" belongs to {stock_place(view.place).words}, and this is {scope.place}: '
            if view.place == "relation" and part.axes & outside & PARTNER and scope.actors:
                return message + f"say whose, as in {part.name}[target, me]"
            return message + f"write mean({part.name}) or sum({part.name})"
    return (
        f"this has a value for {axes_in_words(node.axes)}, and {scope.place} wants one for "
        f"{axes_in_words(scope.axes)}: put mean(...) or sum(...) around it"
    )


@lru_cache(maxsize=4096)
def _syntax_tree(text: str) -> ast.expr:
    _check_letters(text)
    # `if` is a keyword of Python; the same length keeps every column right. Line
    # breaks of a folded text become blanks for the same reason.
    source = re.sub(r"\bif(?=\s*\()", "IF", text).replace("\n", " ").replace("\t", " ")
    leading = len(source) - len(source.lstrip())
    try:
        tree = ast.parse(source[leading:], mode="eval")
    except SyntaxError as error:
        offset = leading + max((error.offset or 1) - 1, 0)
        raise _at(min(offset, len(text)), "expression-syntax", _syntax_message(text, error)) from None
    except (RecursionError, MemoryError, ValueError):
        message = f"this expression is nested too deeply; at most {DEEPEST} levels are allowed"
        raise _at(0, "expression-too-deep", message) from None
    if leading:
        for part in ast.walk(tree.body):
            if isinstance(part, ast.expr):
                part.col_offset += leading
    _measure(tree.body)
    return tree.body


def _check_letters(text: str) -> None:
    """Refuse what is too long, holds letters that no expression has, or is empty."""
    if len(text) > LONGEST_TEXT:
        message = f"this expression has {len(text)} characters; at most {LONGEST_TEXT} are allowed"
        raise _at(0, "expression-too-long", message)
    for offset, character in enumerate(text):
        if character > "~":
            message = f'"{character}" cannot stand in an expression: use plain letters, digits and + - * /'
            raise _at(offset, "expression-syntax", message)
    if not text.strip():
        raise _at(0, "expression-syntax", "here stands nothing; write a number or an expression")


def _at(offset: int, code: str, message: str) -> ExpressionError:
    return ExpressionError([Fault(offset, code, message)])


def _syntax_message(text: str, error: SyntaxError) -> str:
    if text.count("(") > text.count(")"):
        return 'a closing ")" is missing'
    if text.count("(") < text.count(")"):
        return 'there is one ")" too many'
    if re.search(r"(?<![<>=!])=(?!=)", text):
        return "to compare, write ==, <, <=, > or >=; a single = means nothing here"
    if "^" in text:
        return "for a power write ** with a whole number, as in x ** 2"
    if re.search(r"\d\s*%", text):
        return "% means nothing here: write 20 % as 0.2"
    return "this is not an expression: use names, numbers, + - * / and functions such as min(a, b)"


def _measure(tree: ast.expr) -> None:
    count, level = 0, [tree]
    depth = 0
    while level:
        depth += 1
        count += len(level)
        if depth > DEEPEST or count > 4 * MOST_NODES:
            bound = f"{DEEPEST} levels" if depth > DEEPEST else f"{MOST_NODES} parts"
            raise ExpressionError(
                [Fault(0, "expression-too-deep", f"this expression is too large; at most {bound} are allowed")]
            )
        level = [child for node in level for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]


class ExpressionReader:
    """Turns Python's syntax tree into nodes and collects every fault on the way."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.faults: list[Fault] = []

    def fault(self, offset: int, code: str, message: str) -> Constant:
        """Note a fault; the constant returned lets reading go on."""
        self.faults.append(Fault(offset, code, message))
        return Constant(0, 0.0, offset=offset)

    def too_large(self, node: Node, copies: int, offset: int) -> bool:
        """Note a fault when `copies` of a part make the expression too large; counted before they are made."""
        if sum(1 for _ in islice(walk(node), MOST_NODES + 1)) * copies <= MOST_NODES:
            return False
        message = f"this expression is too large; at most {MOST_NODES} parts are allowed"
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
        if name in scope.specials:
            return Special(scope.specials[name], name, offset=offset)
        if name in scope.own_terms:
            return Special(0, "term", (name,), offset=offset)
        if name in scope.numbers:
            return NumberName(0, name, offset=offset)
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
        view = self.scope.stocks[name]
        if not who and self.scope.default_who and view.axes & COMMUNITY:
            default = self.scope.default_who
            if view.place != "relation":
                who = (default,)
            elif default == "partner":
                who = ("partner", "me")
        axes = view.axes & TILE if who else view.axes
        return StockName(axes, name, who, offset=offset)

    def _indexed(self, tree: ast.Subscript) -> Node:
        offset = tree.col_offset
        if not isinstance(tree.value, ast.Name):
            return self.fault(offset, "expression-syntax", "only a stock may carry brackets, as in trust[target, me]")
        name = tree.value.id
        view = self.scope.stocks.get(name)
        if view is None:
            if name in self.scope.known_names():
                return self.fault(offset, "expression-syntax", f'"{name}" is not a stock; only stocks carry brackets')
            return self.name(name, (), offset)
        parts = tree.slice.elts if isinstance(tree.slice, ast.Tuple) else [tree.slice]
        who = tuple(self.actor(part) for part in parts)
        wanted = stock_place(view.place).brackets
        if len(who) != wanted:
            how = {
                2: f"two communities, as in {name}[target, me]",
                1: f"one community, as in {name}[me]",
                0: "no brackets",
            }[wanted]
            return self.fault(
                offset, "wrong-index", f'"{name}" belongs to {stock_place(view.place).words}; it takes {how}'
            )
        return self._stock(name, who, offset)

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
            return self.fault(tree.col_offset, "expression-syntax", "% means nothing here: write 20 % as 0.2")
        if operator is None:
            return self.fault(
                tree.col_offset, "expression-syntax", "only + - * / and ** with a whole number are allowed"
            )
        left, right = self.read(tree.left), self.read(tree.right)
        if operator == "/" and isinstance(right, Constant) and right.value == 0 and not self.faults:
            return self.fault(tree.right.col_offset, "division-by-zero", "this divides by zero")
        return Arithmetic(left.axes | right.axes, operator, left, right, offset=tree.col_offset)

    def _power(self, tree: ast.BinOp) -> Node:
        exponent = tree.right
        if not (isinstance(exponent, ast.Constant) and type(exponent.value) is int and 0 <= exponent.value <= 8):
            return self.fault(
                tree.col_offset,
                "expression-syntax",
                "a power takes a whole number from 0 to 8; for other bends use curve(x, [[0, 0], [1, 1]])",
            )
        base = self.read(tree.left)
        if self.too_large(base, max(exponent.value, 1), tree.col_offset):
            return Constant(0, 0.0)
        result: Node = Constant(0, 1.0) if exponent.value == 0 else base
        for _ in range(exponent.value - 1):
            result = Arithmetic(base.axes, "*", result, base, offset=tree.col_offset)
        return result

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
