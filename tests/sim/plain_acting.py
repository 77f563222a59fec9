"""Compiled actions read as plain Python: the same text, but each word is what it says, and nothing is compiled.

So a level takes a moment where a compiler takes half a minute, and many
levels written at random can be held against NumPy by day.
"""

from __future__ import annotations

import ast
import ctypes
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from game.sim.compiled.acting_tables import LUCK, SEASON, WORLD
from game.sim.model import Model
from game.sim.step import FastSeason, run_ticks

BITS = (1 << 64) - 1
BYTES = 8


def read_from(address: int, at: int) -> np.float64:
    """Element `at` of the numbers that lie at an address."""
    return np.float64(ctypes.c_double.from_address(int(address) + BYTES * int(at)).value)


def write_to(address: int, at: int, value: float) -> None:
    """Set element `at` of the numbers that lie at an address."""
    ctypes.c_double.from_address(int(address) + BYTES * int(at)).value = float(value)


def whole(address: int, at: int) -> int:
    """Element `at` of the whole numbers that lie at an address."""
    return ctypes.c_int64.from_address(int(address) + BYTES * int(at)).value


def set_whole(address: int, at: int, value: int) -> None:
    """Set element `at` of the whole numbers that lie at an address."""
    ctypes.c_int64.from_address(int(address) + BYTES * int(at)).value = int(value)


def truth(address: int, at: int) -> bool:
    """Element `at` of what is true or not at an address."""
    return ctypes.c_bool.from_address(int(address) + int(at)).value


def set_truth(address: int, at: int, value: bool) -> None:
    """Set element `at` of what is true or not at an address."""
    ctypes.c_bool.from_address(int(address) + int(at)).value = bool(value)


def place(a: int, array: int, row: int, n: int, w: int) -> tuple[int, int]:
    """The address of an array of a World, and where an element of it lies."""
    return whole(a, array), int(row) * int(n) + int(w)


def lot(i: int, stream: int, key: int) -> np.float64:
    """What luck says for the world at hand in this season."""
    season = (whole(i, SEASON) * 0x9E3779B97F4A7C15 + stream) & BITS
    return drawn(whole(whole(i, LUCK), whole(i, WORLD)), season, key)


def mixed(number: int) -> int:
    """What `game.sim.chance` makes of 64 bits, in whole numbers that never end."""
    number = (int(number) + 0x9E3779B97F4A7C15) & BITS
    number = ((number ^ (number >> 30)) * 0xBF58476D1CE4E5B9) & BITS
    number = ((number ^ (number >> 27)) * 0x94D049BB133111EB) & BITS
    return number ^ (number >> 31)


def drawn(luck: int, season: int, key: int) -> np.float64:
    """What is drawn of them."""
    return np.float64(mixed(mixed((luck & BITS) ^ (season & BITS)) ^ (key & BITS)) >> 11) * 2.0**-53


WORDS: dict[str, Any] = {
    "read_from": read_from,
    "write_to": write_to,
    "whole": whole,
    "set_whole": set_whole,
    "truth": truth,
    "set_truth": set_truth,
    "seen": lambda *where: read_from(*place(*where)),
    "seen_whole": lambda *where: whole(*place(*where)),
    "seen_truth": lambda *where: truth(*place(*where)),
    "clipped": lambda value, low, high: np.minimum(np.maximum(np.float64(value), low), high) + 0.0,
    "lot": lot,
    "mixed": mixed,
    "drawn": drawn,
    "smaller": lambda one, other: np.minimum(np.float64(one), np.float64(other)),
    "larger": lambda one, other: np.maximum(np.float64(one), np.float64(other)),
    "pick": lambda condition, one, other: np.float64(one) if condition else np.float64(other),
    "absolute": np.abs,
    "floor": np.floor,
    "sqrt": np.sqrt,
    "INFINITY": np.inf,
}
FOR_THE_COMPILER = {"whole", "set_whole", "call", "mixed", "drawn", "lot"}


def plain_season(model: Model) -> FastSeason:
    """Return a season whose actions, options and choices are those of the compiled text.  Raises Unsupported."""
    from game.sim.compiled import acting_season, acting_words, looking, minds, turning, wishes
    from game.sim.compiled.acting import Acting
    from game.sim.compiled.acting_text import write_acting
    from game.sim.compiled.turns import fast_season

    text = write_acting(model)
    known = dict(WORDS)
    for module in (acting_words, acting_season, looking, minds, turning, wishes):
        known.update({name: value for name, value in vars(module).items() if name.isupper()})
        _read(_text_of(module), known, FOR_THE_COMPILER)
    _read(text.text, known, set())
    parts = [known[name] for name in text.parts]
    known["call"] = lambda part, *addresses: parts[part](*addresses)

    def act(*arguments: Any) -> None:
        *same, first, last = arguments
        for world in range(first, last):
            known["act_in"](*same, world)

    functions = {"act": act, "look": known["look_at"], "plan": known["pick_best"], "thin": known["thin_on"]}
    functions |= {"worths": known["worths_of"], "person": known["person_plans"]}
    functions |= {"turn": known["turn_all"], "fade": known["fade_all"]}
    acting = Acting(model, text, functions, np.arange(len(parts)))
    return fast_season(model, acting, run_ticks, lambda longer: run_ticks)


def _text_of(module: ModuleType) -> str:
    assert module.__file__ is not None
    return Path(module.__file__).read_text(encoding="utf-8")


def _read(text: str, known: dict[str, Any], left_out: set[str]) -> None:
    """Define the functions of a text, without what tells the compiler how, among the names that are known."""
    functions = [one for one in ast.parse(text).body if isinstance(one, ast.FunctionDef) and one.name not in left_out]
    for function in functions:
        function.decorator_list = []
    code = compile(ast.Module(list(functions), []), "compiled actions", "exec", annotations.compiler_flag)
    exec(code, known)
