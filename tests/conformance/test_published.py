"""Published models of system dynamics, written as levels, give their published values to the last printed digit.

The models are those of the public suite SDXorg/test-models; `lotka_volterra`, of which it has no output, was run by
PySD 3.14.3.  `values.json` holds for each model what its stocks and auxiliaries are after so many seasons, with the
digits that were published.  All are integrated by Euler's method with the published step, which a tick is here.
"""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from game.level.reader import load_level
from game.sim.beginning import new_worlds
from game.sim.model import compile_level
from game.sim.observe import observe
from game.sim.step import step

HERE = Path(__file__).parent
Published = dict[str, dict[str, Decimal | int]]


@cache
def published() -> dict[str, Published]:
    text = (HERE / "values.json").read_text(encoding="utf-8")
    found: dict[str, Published] = json.loads(text, parse_float=Decimal)
    return found


def last_digit(value: Decimal | int) -> float:
    """Return a unit of the last printed digit, and what rounding in double precision may add to sums of order 1."""
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    assert isinstance(exponent, int)
    return 10.0**exponent + 1e-12 * max(1.0, abs(float(value)))


def test_every_model_has_values_and_every_value_a_model() -> None:
    assert {file.stem for file in (HERE / "levels").glob("*.yaml")} == set(published())


@pytest.mark.parametrize("name", published())
def test_a_published_model_gives_its_published_values(name: str) -> None:
    model = compile_level(load_level(HERE / "levels" / f"{name}.yaml"))
    world = new_worlds(model, [1])
    seen = {0: observe(model, world)}
    for season in range(1, model.seasons + 1):
        world = step(model, world)
        seen[season] = observe(model, world)
    for column, values in published()[name].items():
        assert len([season for season in values if int(season) in seen]) >= 2
        for season, value in values.items():
            if int(season) in seen:
                found = float(seen[int(season)][column][0])
                assert abs(found - float(value)) <= last_digit(value), f"{column} after {season} seasons: {found}"
