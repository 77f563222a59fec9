"""The core computes with a short list of operations: those that give the same bits on every machine.

`exp log pow sin`, `dot`, `matmul`, `mean`, float `sum` and default sorting differ between processors or
versions (docs: design, part 4), a running random generator or a clock would make runs differ, and the order
of a set differs between processes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

GAME = Path(__file__).parent.parent.parent / "game"
CORE = GAME / "sim"
FORMULAS = GAME / "language" / "on_arrays.py"  # the words in which functions of single values are written

NUMPY_NAMES = frozenset(
    "abs add arange array asarray ascontiguousarray bool_ broadcast_shapes broadcast_to concatenate dtype empty equal "
    "eye floor "
    "float64 full "
    "greater greater_equal inf int64 integer isnan less less_equal logical_and logical_not logical_or maximum "
    "minimum moveaxis nan nan_to_num ndarray "
    "not_equal ones ones_like repeat shape sqrt unique uint64 where zeros zeros_like".split()
)
MODULES = frozenset(
    "__future__ collections collections.abc contextlib copy dataclasses hashlib itertools llvmlite numpy numpy.typing "
    "numba numba.core numba.core.compiler numba.core.compiler_machinery numba.extending operator typing game".split()
)
# Sums of whole arrays of ones and zeros, and of indices.
BUILTINS_OF_SUMS = frozenset({"layout.py: sum", "acting_world.py: sum"})
# Methods whose result may depend on an order of addition; these receivers hold truth values or ones and zeros.
ORDERED = frozenset(
    "sum mean std var prod cumsum cumprod dot trace ptp sort argsort partition argpartition "
    "reduce reduceat accumulate outer".split()
)
EXACT_SUMS = frozenset({"yes.sum", "(yes | inside).sum", "inside.sum", "stays.sum", "candidate.tiles.sum"})
# The lowest and the highest of many are the same in any order.
EXACT_REDUCTIONS = frozenset({"(np.minimum if kind == 'min' else np.maximum).reduce"})
REORDERING = frozenset({"fastmath", "parallel", "error_model"})  # what a compiler must not be told
HARMLESS_CALLS = frozenset({"np.errstate(over='ignore')"})  # says what is warned of, changes no bit
FORBIDDEN_CALLS = frozenset("pow eval exec compile open input __import__ id hash getrandbits".split())


def offences(source: str, file: str = "snippet.py") -> list[str]:
    """Return what a source does that the core must not."""
    tree = ast.parse(source)
    return [f"{file}:{line}: {what}" for line, what in sorted(_found(tree, file))]


def _found(tree: ast.AST, file: str) -> Iterator[tuple[int, str]]:
    sets, harmless = _names_of_sets(tree), _harmless(tree)
    looked_into = {node.value for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, f"import {item.name}") for item in node.names if not _module_allowed(item.name))
            yield from (
                (node.lineno, f"numpy by the name {item.asname}")
                for item in node.names
                if item.name == "numpy" and item.asname != "np"
            )
        elif isinstance(node, ast.Name) and node.id in ("np", "numpy") and node not in looked_into:
            yield node.lineno, "NumPy itself handed on, so that nobody sees what is taken from it"
        elif isinstance(node, ast.AugAssign) and isinstance(node.op, (ast.Pow, ast.MatMult)):
            yield node.lineno, "**= or @= on values"
        elif isinstance(node, ast.keyword) and node.arg in REORDERING and not _is_off(node.value):
            yield node.value.lineno, f"{node.arg}="
        elif isinstance(node, ast.ImportFrom):
            if not _module_allowed(node.module or "") or (
                (node.module or "").startswith("numpy") and node.module != "numpy.typing"
            ):
                yield node.lineno, f"import from {node.module}"
        elif isinstance(node, ast.Attribute) and node not in harmless:
            yield from _attribute(node)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Pow, ast.MatMult)):
            if not (isinstance(node.op, ast.Pow) and _is_number(node.left) and _is_number(node.right)):
                yield node.lineno, "** or @ on values"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name = node.func.id
            if name in FORBIDDEN_CALLS or (name == "sum" and f"{file}: sum" not in BUILTINS_OF_SUMS):
                yield node.lineno, f"{name}(...)"
        for loop in _iterated(node):
            if (
                isinstance(loop, (ast.Set, ast.SetComp))
                or _makes_set(loop)
                or (isinstance(loop, ast.Name) and loop.id in sets)
            ):
                yield loop.lineno, "iterates over a set"


def _attribute(node: ast.Attribute) -> Iterator[tuple[int, str]]:
    text = ast.unparse(node)
    if isinstance(node.value, ast.Name) and node.value.id in ("np", "numpy"):
        if node.attr not in NUMPY_NAMES:
            yield node.lineno, text
    elif node.attr == "at" and text.startswith(("np.", "numpy.")):
        yield node.lineno, text
    elif node.attr in ORDERED and text not in EXACT_SUMS | EXACT_REDUCTIONS:
        yield node.lineno, text


def _harmless(tree: ast.AST) -> set[ast.AST]:
    """Return the names of those calls that are allowed only word for word."""
    return {node.func for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node) in HARMLESS_CALLS}


def _module_allowed(name: str) -> bool:
    return name in MODULES or name.startswith("game.")


def _is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) or (isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant))


def _is_off(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def _makes_set(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("set", "frozenset")


def _names_of_sets(tree: ast.AST) -> set[str]:
    return {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and (isinstance(node.value, (ast.Set, ast.SetComp)) or _makes_set(node.value))
    }


def _iterated(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, (ast.For, ast.comprehension)):
        return [node.iter]
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("list", "tuple", "enumerate", "zip")
    ):
        return list(node.args)
    return []


def test_the_core_uses_only_listed_operations() -> None:
    files = [*sorted(CORE.rglob("*.py")), FORMULAS]
    assert len(files) > 12
    found = [line for file in files for line in offences(file.read_text(encoding="utf-8"), file.name)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "snippet",
    [
        "np.exp(x)",
        "np.log(x)",
        "np.power(x, 2)",
        "np.sin(x)",
        "np.tanh(x)",
        "np.dot(a, b)",
        "np.matmul(a, b)",
        "np.einsum('i,i', a, b)",
        "np.mean(x)",
        "np.std(x)",
        "np.sum(x)",
        "np.argsort(x)",
        "np.random.random()",
        "np.linalg.norm(x)",
        "numpy.exp(x)",
        "np.errstate(invalid='ignore')",
        "np.errstate(over='ignore', divide='ignore')",
        "np.seterr(over='ignore')",
        "x.sum()",
        "world.stock[name].mean(axis=0)",
        "x.std()",
        "x.dot(y)",
        "a @ b",
        "x ** 2",
        "x ** y",
        "pow(x, 2)",
        "sum(values)",
        "np.add.reduceat(x, y)",
        "np.add.reduce(x)",
        "np.add.at(x, y, z)",
        "np.cumsum(x)",
        "x **= 2",
        "a @= b",
        "import numpy as other",
        "import numpy",
        "other = np",
        "getattr(np, 'exp')(x)",
        "njit(fastmath=True)(f)",
        "njit(parallel=True)(f)",
        "import random",
        "from random import random",
        "import time",
        "from time import time",
        "import os",
        "import math",
        "import datetime",
        "from numpy import exp",
        "from numpy.random import default_rng",
        "import scipy",
        "for x in {1, 2}: pass",
        "for x in set(y): pass",
        "[x for x in {y for y in z}]",
        "names = set(x)\nfor name in names: pass",
        "list(set(x))",
        "tuple({1, 2})",
        "eval('1')",
        "open('file')",
    ],
)
def test_the_lint_bites(snippet: str) -> None:
    assert offences(snippet)


@pytest.mark.parametrize(
    "snippet",
    [
        "np.maximum(a, b) + 0.0",
        "2.0**-53",
        'with np.errstate(over="ignore"): x / y',
        "yes.sum(axis=0)",
        "sorted(set(x))",
        "'a' in {'a', 'b'}",
        "from game.sim.world import World",
        "import numpy as np",
        "from numpy.typing import NDArray",
        "x.max(axis=0)",
        "njit(fastmath=False, nogil=True)(f)",
        "found.any()",
    ],
)
def test_the_lint_leaves_good_code_alone(snippet: str) -> None:
    assert not offences(snippet)
