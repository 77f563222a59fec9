"""Whether what callers of the library ask for can be meant so; each refusal says what to write instead."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from game.language.errors import ArgumentError
from game.language.suggest import did_you_mean
from game.level.schema import Level
from game.sim.chance import Bits
from game.sim.model import Model
from game.sim.totals import Floats

MOST_SEED = 2**64 - 1
_LONGEST = 60  # letters of a wrong value that are told


def checked_model(model: object) -> Model:
    """Return a model as it is.  Raises ArgumentError for a level, the name of one, or anything else."""
    if isinstance(model, Model):
        return model
    if isinstance(model, Level):
        raise ArgumentError("this needs a model, not a level: write game.compile_level(level) for it")
    if isinstance(model, str):
        raise ArgumentError(f"this needs a model, not a text: write game.compile_level(game.load_level({model!r}))")
    raise ArgumentError(f"this needs a model, as game.compile_level makes it, not {_told(model)}")


def checked_seeds(seeds: Iterable[Any]) -> Bits:
    """Return seeds as (W,).  Raises ArgumentError unless all are whole numbers from 0 to 2**64 - 1."""
    if isinstance(seeds, str) or not isinstance(seeds, Iterable):
        raise ArgumentError(f"seeds are several whole numbers, as in seeds=range(100) or seeds=[7], not {_told(seeds)}")
    return np.array([_checked_seed(seed) for seed in seeds], dtype=np.uint64)


def _checked_seed(seed: Any) -> int:
    try:
        number = operator.index(seed)
    except TypeError:
        raise ArgumentError(f"a seed is a whole number from 0 to 2**64 - 1, not {_told(seed)}") from None
    if not 0 <= number <= MOST_SEED:
        raise ArgumentError(f"a seed is a whole number from 0 to 2**64 - 1, not {_told(number)}")
    return number


def checked_numbers(model: Model, numbers: Mapping[str, Any], worlds: int) -> dict[str, Floats]:
    """Return values for numbers of a level, each (1, 1, 1, 1, W); one value alone stands for all worlds.

    Raises ArgumentError for a number that the level does not have, a wrong
    count of values, and one that is not a number or lies outside its range.
    """
    return {name: _checked_values(model, name, values, worlds) for name, values in numbers.items()}


def _checked_values(model: Model, name: str, values: Any, worlds: int) -> Floats:
    known = model.level.numbers
    if name not in known:
        raise ArgumentError(f'the level has no number "{name}"{did_you_mean(name, known)}; numbers: {", ".join(known)}')
    try:
        given = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise ArgumentError(f'the values of "{name}" should be numbers, not {_told(values)}') from None
    if given.ndim > 0 and given.size != worlds:
        raise ArgumentError(f'"{name}" needs one value for each of {worlds} worlds, not {given.size}')
    low, high = known[name].low, known[name].high
    wrong = ~((given >= low) & (given <= high))  # also true of what is not a number
    if wrong.any():
        raise ArgumentError(f'"{name}" lies between {low:g} and {high:g} in this level, not {given[wrong].flat[0]:g}')
    checked: Floats = np.broadcast_to(given.reshape(-1), worlds).reshape(1, 1, 1, 1, -1).copy()
    return checked


def _told(value: object) -> str:
    """Return a wrong value as it can be told: whatever it is, not too long."""
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
