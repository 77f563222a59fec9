"""Powerdance as a library: its names, what it says of itself, and errors that say what to write instead."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import game
from game.level.library import data_root

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def model() -> game.Model:
    return game.compile_level(game.load_level("first_steps"))


# -- names -------------------------------------------------------------------------------------------


def test_dir_shows_the_public_names_and_nothing_else() -> None:
    assert [name for name in dir(game) if not name.startswith("__")] == game.__all__
    assert all(getattr(game, name) is not None for name in game.__all__)


def test_the_version_is_a_version_and_costs_no_import() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+\w*", game.__version__)
    code = "import game, sys; game.__version__; dir(game); print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == "False\n"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nope"):
        game.nope  # noqa: B018


def test_type_checkers_are_told_that_there_are_types() -> None:
    assert (ROOT / "game" / "py.typed").is_file()


# -- what things say of themselves -------------------------------------------------------------------


@pytest.mark.parametrize(
    "file", sorted((data_root() / "levels" / "campaign").glob("*.yaml")), ids=lambda file: file.stem
)
def test_nothing_says_more_than_two_hundred_letters_of_itself(file: Path) -> None:
    level = game.load_level(str(file))
    model = game.compile_level(level)
    result = game.play(model, "idle", [1], seasons=1)
    for one in (level, model, game.new_worlds(model, [1, 2]), result):
        assert type(one).__name__ in repr(one) and len(repr(one)) <= 200
    assert file.stem in repr(level) and file.stem in repr(model)
    assert len(str(level)) <= 200


# -- errors ------------------------------------------------------------------------------------------


def test_every_error_of_the_engine_descends_from_one_root() -> None:
    loose = []
    for file in sorted((ROOT / "game").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
                known = [base for base in bases if base.endswith(("Error", "Exception"))]
                if known and "PowerdanceError" not in bases and node.name != "PowerdanceError":
                    loose.append(f"{file.name}: {node.name}")
    assert not loose
    exported = [getattr(game, name) for name in game.__all__]
    errors = [one for one in exported if isinstance(one, type) and issubclass(one, Exception)]
    assert len(errors) >= 8 and all(issubclass(one, game.PowerdanceError) for one in errors)
    assert issubclass(game.ArgumentError, ValueError)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"seeds": []}, "there are no seeds"),
        ({"seeds": 7}, r"seeds=\[7\]"),
        ({"seeds": "7"}, "several whole numbers"),
        ({"seeds": [2**64]}, r"from 0 to 2\*\*64 - 1, not 18446744073709551616"),
        ({"seeds": [-1]}, "not -1"),
        ({"seeds": [1.5]}, "whole number"),
        ({"seeds": np.array([-3])}, "not -3"),
        ({"seeds": [None]}, "not None"),
        ({"seasons": 0}, "at least one season"),
        ({"policies": "wiht"}, 'did you mean "with"'),
        ({"policies": ("with",) * 9}, "9"),
        ({"backend": "nunpy"}, 'did you mean "numpy"'),
        ({"model": "first_steps"}, r"game.compile_level\(game.load_level\('first_steps'\)\)"),
        ({"model": game.load_level("first_steps")}, r"game.compile_level\(level\)"),
        ({"model": None}, "not None"),
    ],
    ids=str,
)
def test_a_call_of_play_that_cannot_be_meant_so_says_what_to_write(
    words: dict[str, Any], said: str, model: game.Model
) -> None:
    with pytest.raises(game.ArgumentError, match=said):
        game.play(**{"model": model, "policies": "with", "seeds": [1], **words})


def test_seeds_may_be_any_kind_of_whole_number(model: game.Model) -> None:
    plain = game.new_worlds(model, [3, 2**64 - 1]).digests()
    assert game.new_worlds(model, np.array([3, 2**64 - 1], np.uint64)).digests() == plain
    assert game.new_worlds(model, (np.int64(3),)).digests() == plain[:1]


def number_of(model: game.Model) -> tuple[str, float, float]:
    return next((name, one.low, one.high) for name, one in model.level.numbers.items() if one.low < one.high)


def test_numbers_may_be_set_for_each_world_or_for_all(model: game.Model) -> None:
    name, low, high = number_of(model)
    world = game.new_worlds(model, [1, 2], numbers={name: np.array([low, high])})
    assert world.base_number[name].reshape(-1).tolist() == [low, high]
    assert game.new_worlds(model, [1, 2], numbers={name: low}).base_number[name].reshape(-1).tolist() == [low, low]


def test_numbers_that_cannot_be_meant_so_say_what_to_write(model: game.Model) -> None:
    name, low, high = number_of(model)
    for values, said in (
        ([low], "one value for each of 2 worlds, not 1"),
        ([low, high, high], "not 3"),
        ([low, high + 1.0], "lies between"),
        (low - 1.0, "lies between"),
        ([low, float("nan")], "not nan"),
        (["much", "more"], "should be numbers"),
    ):
        with pytest.raises(game.ArgumentError, match=said):
            game.new_worlds(model, [1, 2], numbers={name: values})
    with pytest.raises(game.ArgumentError, match=f'no number "{name}s".*did you mean "{name}"'):
        game.new_worlds(model, [1], numbers={f"{name}s": [1.0]})


@pytest.mark.parametrize("wrong", ["first_steps", None, 3])
def test_only_a_level_can_be_compiled(wrong: object) -> None:
    with pytest.raises(game.ArgumentError, match=r"game.load_level"):
        game.compile_level(wrong)
