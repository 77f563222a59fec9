"""The text of an expression taken apart, or what is wrong with it and where.

Python's own `ast` does the tokenising; a whitelist of node kinds in `parser`
does the rest.  The author's text is never run: engines that evaluated such
text, even behind filters, have been broken again and again (numexpr
CVE-2023-39631, simpleeval CVE-2026-32640, asteval CVE-2025-24359).
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import lru_cache

from game.language.errors import PowerdanceError

LONGEST_TEXT = 1000
MOST_NODES = 200
DEEPEST = 32
# Words of Python that are good names for what a level has, a class or a yield.
_NAMES = ("class", "yield", "return", "pass", "global", "import", "break", "from", "with", "while", "raise", "except",
          "try", "finally", "continue", "assert", "async", "await", "del", "def", "as",
          "in", "is", "for", "else", "elif", "lambda", "nonlocal")  # fmt: skip
_OF_PYTHON = re.compile(rf"\b({'|'.join(_NAMES)})\b")
_MEANT = {name.upper(): name for name in _NAMES}


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


def names_in_text(text: str | float | int) -> tuple[str, ...]:
    """Return the names that an expression's text speaks of, each once; none where it cannot be read."""
    if not isinstance(text, str):
        return ()
    try:
        tree = syntax_tree(text)
    except ExpressionError:
        return ()
    return tuple(dict.fromkeys(part.id for part in ast.walk(tree) if isinstance(part, ast.Name)))


@lru_cache(maxsize=4096)
def syntax_tree(text: str) -> ast.expr:
    """Return the syntax tree of an expression's text, its columns those of the text.  Raises ExpressionError."""
    _check_letters(text)
    # `if` is a keyword of Python; the same length keeps every column right. Line
    # breaks of a folded text become blanks for the same reason.
    source = re.sub(r"\bif(?=\s*\()", "IF", text).replace("\n", " ").replace("\t", " ")
    source = _OF_PYTHON.sub(lambda found: found[0].upper(), source)
    leading = len(source) - len(source.lstrip())
    try:
        tree = ast.parse(source[leading:], mode="eval")
    except SyntaxError as error:
        offset = leading + max((error.offset or 1) - 1, 0)
        raise _at(min(offset, len(text)), "expression-syntax", _syntax_message(text, error)) from None
    except (RecursionError, MemoryError, ValueError):
        message = f"this expression is nested too deeply; at most {DEEPEST} levels are allowed"
        raise _at(0, "expression-too-deep", message) from None
    for part in ast.walk(tree.body):
        if isinstance(part, ast.Name) and part.id in _MEANT:
            part.id = _MEANT[part.id]
        if isinstance(part, ast.expr):
            part.col_offset += leading
    _measure(tree.body)
    return tree.body


def _check_letters(text: str) -> None:
    """Refuse what is too long, holds letters that no expression has, or is empty."""
    if len(text) > LONGEST_TEXT:
        message = f"this expression has {len(text)} characters; at most {LONGEST_TEXT} are allowed"
        if "curve(" in text:
            message += ": write the points under tables, and name them, as in curve(grass, feeding)"
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
        return "for a power write **, as in x ** 2"
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
