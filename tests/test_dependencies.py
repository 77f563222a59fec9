"""What pyproject.toml declares and what the code imports are the same, both ways."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[1]
# What a distribution is imported as, where that is not its own name.
IMPORTED_AS = {"pyyaml": "yaml", "pygame-ce": "pygame", "tomli-w": "tomli_w"}
# Imported though nobody declares them, and why that is right.
COME_WITH = {
    "pydantic_core": "pydantic stands on exactly this",
    "llvmlite": "numba stands on exactly this",
    "PIL": "comes with matplotlib; only the tool that joins pictures to a film asks for it",
}
# Declared for development though nothing imports them, and what uses them.
USED_BY = {
    "pytest-benchmark": "the fixture `benchmark`",
    "pytest-xdist": "`-n`: tests on several cores",
    "pytest-timeout": "`timeout` in pyproject.toml",
    "pytest-cov": "`--cov`, with the section [tool.coverage]",
    "mutmut": "run by hand, with the section [tool.mutmut]",
    "ruff": "`tools/dev.py lint`",
    "mypy": "`tools/dev.py lint`",
    "types-PyYAML": "types for mypy",
}
BY_THEMSELVES = {"mesa", "dmlab2d"}  # peers: installed by tools/bench_peers.py into a place of their own


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def names(requirements: Iterable[str]) -> set[str]:
    """Return the distributions in a list of requirements, without bounds and markers."""
    return {re.split(r"[\s<>=!~;\[]", one)[0] for one in requirements}


def modules(distributions: Iterable[str]) -> set[str]:
    return {IMPORTED_AS.get(name.lower(), name) for name in distributions}


def imported(*folders: str) -> set[str]:
    """Return the roots of everything that the files of some folders import and that is not their own."""
    files = [file for folder in folders for file in (ROOT / folder).rglob("*.py")]
    own = {"game", "tests", *(file.stem for file in files if file.is_relative_to(ROOT / "tools"))}
    found: set[str] = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.importorskip":
                found.add(ast.literal_eval(node.args[0]).split(".")[0])
    return found - own - sys.stdlib_module_names - {"__future__", "tomllib"}


def of_the_game() -> set[str]:
    """Return the distributions that the core and its extras declare."""
    extras = project()["project"]["optional-dependencies"]
    lists = [wanted for name, wanted in extras.items() if name not in ("all", "dev")]
    return names(project()["project"]["dependencies"]).union(*map(names, lists))


def test_whatever_the_game_imports_is_declared() -> None:
    assert imported("game") - modules(of_the_game()) - set(COME_WITH) == set()


def test_whatever_is_declared_for_the_game_is_imported() -> None:
    assert modules(of_the_game()) - imported("game") == set()


def test_whatever_tests_and_tools_import_is_declared() -> None:
    declared = modules(of_the_game() | names(project()["dependency-groups"]["dev"]))
    assert imported("tests", "tools") - declared - set(COME_WITH) - BY_THEMSELVES == set()


def test_whatever_is_declared_for_development_is_used() -> None:
    declared = names(project()["dependency-groups"]["dev"])
    assert modules(declared - set(USED_BY)) - imported("game", "tests", "tools") == set()
    assert set(USED_BY) <= declared, "a reason for something that nobody declares any more"


def test_every_reason_is_still_needed() -> None:
    assert set(COME_WITH) | BY_THEMSELVES <= imported("game", "tests", "tools")


def test_the_extra_all_names_every_extra() -> None:
    extras = project()["project"]["optional-dependencies"]
    assert extras["all"] == [f"powerdance[{','.join(sorted(set(extras) - {'all', 'dev'}))}]"]


@pytest.mark.parametrize(
    ("requirement", "name"), [("numpy>=2.0", "numpy"), ('tomli>=2; python_version < "3.11"', "tomli")]
)
def test_names_are_read_without_bounds(requirement: str, name: str) -> None:
    assert names([requirement]) == {name}
