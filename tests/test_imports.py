"""Imports go one way only, as the table of layers in docs/architecture.md has it, and never in a circle."""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import networkx as nx
import pytest

ROOT = Path(__file__).resolve().parents[1]
GAME = ROOT / "game"
PAPER = ROOT / "docs" / "architecture.md"
ROW = re.compile(r"^\| `([\w/]+)` \|([^|]*)\|([^|]*)\|$", re.MULTILINE)
# Circles of modules that are meant, each with its reason: at most two, best none.
MEANT_CIRCLES: dict[frozenset[str], str] = {}
OUTSIDE_OF_SIM = {"pygame", "yaml", "time", "datetime", "random", "os", "pathlib", "sys"}


def layers(text: str) -> dict[str, set[str]]:
    """Return for each folder and each module of the top what it may import, as a table in Markdown says it."""
    return {name: set(re.findall(r"`([\w/]+)`", may)) for name, _, may in ROW.findall(text)}


def module_name(file: Path, root: Path) -> str:
    parts = file.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules(root: Path) -> dict[str, Path]:
    return {module_name(file, root): file for file in sorted((root / "game").rglob("*.py"))}


def named(tree: ast.AST, package: str, known: set[str]) -> Iterator[str]:
    """Yield all that a module imports: at its top, in functions and under TYPE_CHECKING, or by its name as text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                yield whole if whole in known else base
        elif isinstance(node, ast.Constant) and node.value in known and node.value != "game":
            yield node.value


@cache
def imports(root: Path = ROOT) -> dict[str, set[str]]:
    """Return for each module of the game what it imports, modules of the game by their full names."""
    found = modules(root)
    result = {}
    for name, file in found.items():
        package = name if file.name == "__init__.py" else name.rpartition(".")[0]
        result[name] = set(named(ast.parse(file.read_text(encoding="utf-8")), package, set(found))) - {name}
    return result


# Modules that lie below the rest of their folder: they have rows of their own.
ON_THEIR_OWN = {"telling/say", "telling/tables"}


def place(module: str, root: Path = ROOT) -> str:
    """Return the row of the table that a module belongs to: its folder, or itself where it stands at the top."""
    inner = module.split(".")[1:]
    if "/".join(inner) in ON_THEIR_OWN:
        return "/".join(inner)
    if root.joinpath("game", *inner).is_dir():
        return "/".join(inner) or "__init__"
    return "/".join(inner[:-1]) or inner[0]


def against_the_table(found: dict[str, set[str]], may: dict[str, set[str]], root: Path = ROOT) -> list[str]:
    """Return every import that the table does not allow, as "module imports module"."""
    wrong = []
    for name, names in found.items():
        for other in sorted(names):
            if other in found and place(other, root) not in {place(name, root), *may[place(name, root)]}:
                wrong.append(f"{name} imports {other}")
    return wrong


def circles(edges: dict[str, set[str]]) -> list[frozenset[str]]:
    graph = nx.DiGraph((name, other) for name, names in edges.items() for other in names if other in edges)
    return [frozenset(one) for one in nx.strongly_connected_components(graph) if len(one) > 1]


def may_import() -> dict[str, set[str]]:
    return layers(PAPER.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def drawn() -> ModuleType:
    spec = importlib.util.spec_from_file_location("draw_architecture", ROOT / "tools" / "draw_architecture.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def a_house(root: Path, **files: str) -> Path:
    """Write a small game: `sim_step="…"` is the text of game/sim/step.py."""
    for name, text in files.items():
        file = root.joinpath("game", *name.split("_")).with_suffix(".py")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def test_every_folder_and_every_module_of_the_top_has_its_row() -> None:
    assert set(may_import()) == {place(name) for name in modules(ROOT)}


def test_the_table_itself_has_no_circle() -> None:
    assert circles(may_import()) == []


def test_every_import_goes_the_way_of_the_table() -> None:
    assert against_the_table(imports(), may_import()) == []


def test_the_picture_shows_the_same_floors(drawn: ModuleType) -> None:
    """What stands on a floor imports only from floors below, and the drawing is what its tool makes now."""
    floor = {name: number for number, boxes in enumerate(drawn.FLOORS) for name, _ in boxes}
    table = {name: may for name, may in may_import().items() if "/" not in name and not name.startswith("__")}
    assert set(floor) == set(table)
    for name, may in table.items():
        assert all(floor[other] > floor[name] for other in may & set(floor)), name
    assert drawn.PICTURE.read_text(encoding="utf-8") == drawn.drawing(), "run: python tools/draw_architecture.py"


def test_no_modules_import_one_another_in_a_circle() -> None:
    assert set(circles(imports())) == set(MEANT_CIRCLES)
    assert len(MEANT_CIRCLES) <= 2 and all(MEANT_CIRCLES.values())


@pytest.mark.parametrize(
    "text",
    [
        "import game.players.scripted",
        "from game.players import scripted",
        "from game.players.scripted import over",
        "from ..players import scripted",
        "def later():\n    from game.players.scripted import over",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from game.players.scripted import over",
        "HOMES = {'over': 'game.players.scripted'}",
    ],
)
def test_an_import_against_the_direction_is_noticed_however_it_is_written(tmp_path: Path, text: str) -> None:
    root = a_house(tmp_path, sim_step=text, players_scripted="")
    table = layers("| `sim` | a season | |\n| `players` | policies | `sim` |")
    assert against_the_table(imports(root), table, root) == ["game.sim.step imports game.players.scripted"]


def test_a_circle_is_noticed(tmp_path: Path) -> None:
    root = a_house(tmp_path, sim_step="def later():\n    from game.sim import world", sim_world="import game.sim.step")
    assert circles(imports(root)) == [frozenset({"game.sim.step", "game.sim.world"})]


@pytest.mark.parametrize("folder", ["language", "sim"])
def test_the_core_knows_no_files_clocks_or_screens(folder: str) -> None:
    for name, names in imports().items():
        if name.startswith(f"game.{folder}."):
            assert not {other.split(".")[0] for other in names} & OUTSIDE_OF_SIM, name


# What the window may know of a game in play besides its view, and why.  The rooms of `game/screen` that are not named
# begin, keep and end games: the program itself.
ROOMS = ("screen/kit", "screen/pages", "screen/table")
READS = {
    "playing.shown": "the view, decisions, and what is worked out beside the game",
    "playing.session": "to hold a game and hand it on",
    "playing.season": "to hold what is kept of a season",
    "playing.background": "the state of work",
    "playing.campaign": "the map of levels, before a game",
    "playing.codex": "the book, between games",
    "playing.stars": "what is won, after a game",
    "playing.debrief": "the page to keep, after a game",
    "playing.branches": "two games beside each other, for `kit.land`",
    "playing.view_after": "two games beside each other",
    "players.forecast": "how wide a band is, for a legend",
}
BEFORE_A_GAME = {
    "screen.pages.level_panel": {"sim.beginning", "sim.model"},  # the picture of a level, before there is a game
    "screen.pages.question": {"sim"},  # the number of the rules of a game that is kept
}


def test_the_window_reads_nothing_of_a_game_but_its_view() -> None:
    wrong = []
    for name, names in imports().items():
        module = name.removeprefix("game.")
        if place(name) not in ROOMS:
            continue
        for other in sorted(one.removeprefix("game.") for one in names if one.startswith("game.")):
            below = other.split(".")[0] in ("playing", "players", "insight", "sim")
            if below and other not in READS and other not in BEFORE_A_GAME.get(module, ()):
                wrong.append(f"{module} reads {other}")
    assert wrong == []


# What the terminal may know of a game in play besides its view, and why.
TERMINAL = {
    "playing.shown": "the view, and what is worked out beside the game",
    "playing.decide": "decisions",
    "playing.session": "to begin a game",
    "sim.model": "to begin a game",
    "playing.model_run": "what there is to see of a model that nobody plays",
}


def test_the_terminal_reads_nothing_of_a_game_but_its_view() -> None:
    wrong = []
    for name, names in imports().items():
        if place(name) == "terminal":
            for other in sorted(one.removeprefix("game.") for one in names if one.startswith("game.")):
                below = other.split(".")[0] in ("playing", "players", "insight", "sim")
                if below and other not in TERMINAL:
                    wrong.append(f"{name} reads {other}")
    assert wrong == []


def test_only_the_pictures_of_land_look_at_a_world() -> None:
    """`session.world` and `session.model` are read where land is drawn, and by the program that keeps games."""
    wrong = []
    for name, file in modules(ROOT).items():
        module = name.removeprefix("game.")
        if place(name) in (*ROOMS, "terminal") and module != "screen.kit.land":
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute) and node.attr in ("world", "model", "roles", "history", "planning"):
                    wrong.append(f"{module}:{node.lineno} reads {node.attr}")
    assert wrong == []
