"""A level takes from its ruleset what its map, people and actions can bring to life, and pays for nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from game.level.reader import load_level, parse_level
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.step import step
from tests.sim.levels import level_text

RULES = """
format: 1
title: Rules
terrains: {ground: {plain: Ground.}, forest: {plain: Trees.}}
stocks:
  grass: {at: tile, kind: matter, range: [0, 1], start: 0.5, on: [ground], plain: Grass.}
  trees: {at: tile, kind: matter, range: [0, 1], start: 0.5, on: [forest], plain: Trees.}
  timber: {at: community, kind: matter, range: [0, 9], start: 0, plain: Timber.}
  smoke: {at: world, kind: state, range: [0, 9], start: 0, plain: Smoke.}
  pride: {at: community, kind: state, range: [0, 1], start: 0, plain: Pride.}
numbers:
  growth: {value: 0.3, low: 0.1, high: 0.9, from: literature, plain: G}
  frost: {value: 0, low: 0, high: 0.9, from: literature, plain: F}
flows:
  growing: {from: outside, to: grass, rate: "growth * grass * (1 - grass) * (1 - 0.1 * smoke) - near(trees)", plain: G}
  felling: {from: trees, to: timber, per: community, rate: 0.1 * trees, plain: F}
  burning: {from: timber, to: outside, rate: 0.2 * timber, plain: B}
influences:
  smoking: {of: smoke, change: "0.1 * sum(timber) - 0.1 * smoke - frost", plain: S}
  showing_off: {of: pride, change: "0.1 * (timber > 1) - 0.1 * pride", plain: P}
actions:
  fell: {mode: over, family: take, target: {tiles: forest, area: 2}, plain: Fell.,
    now: [{move: {from: trees, to: "timber[me]", amount: trees}}]}
  mow: {mode: over, family: take, target: {tiles: ground, area: 2}, plain: Mow.,
    now: [{move: {from: grass, to: outside, amount: grass}}]}
events:
  cold: {chance: 0.5, sets: {frost: 0.5}, plain: Cold.}
"""


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Model]:
    """A level on top of the rules above: `made(rows=…, legend=…)`."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "small.yaml").write_text(RULES, encoding="utf-8")

    def make(**settings: object) -> Model:
        text = level_text("rules: small\n", legend=str(settings.pop("legend", FOREST)), **settings)  # type: ignore[arg-type]
        text = re.sub("terrains: .*\n", "", text)
        return compile_level(parse_level(text, str(tmp_path / "level.yaml")))

    return make


FOREST = '".": {terrain: ground, users: [ann]}\n"f": {terrain: forest, users: [ann]}'


def test_without_a_forest_nothing_of_the_forest_is_left(made) -> None:
    model = made(rows="...\n...")
    assert set(model.stocks) == {"grass"}
    assert [flow.name for flow in model.flows] == ["growing"]
    assert model.influences == () and model.events == ()
    assert set(model.level.numbers) == {"growth"}
    assert set(model.actions) == {"mow"}


def test_with_a_forest_everything_is_there(made) -> None:
    model = made(rows="..f\n...")
    assert set(model.stocks) == {"grass", "trees", "timber", "smoke", "pride"}
    assert set(model.actions) == {"fell", "mow"} and len(model.events) == 1


def test_a_stock_that_the_level_names_stays(made) -> None:
    assert "timber" in made(rows="...", communities="ann: {name: Ann, timber: 3}").stocks
    goals = "- {id: rich, plain: Rich., hold: sum(timber) > 1}"
    assert "timber" in made(rows="...", goals=goals).stocks


def test_what_follows_from_a_stock_follows_it_into_play(made) -> None:
    model = made(rows="...", communities="ann: {name: Ann, timber: 3}")
    assert {"smoke", "pride"} <= set(model.stocks) and "burning" in {flow.name for flow in model.flows}


def test_leaving_things_out_changes_nothing_else(made) -> None:
    """The same level with a forest too small to matter, and without one, plays the same on its grass."""
    without = made(rows="...\n...")
    bare = '".": {terrain: ground, users: [ann]}\n"f": {terrain: forest, trees: 0}'
    beside = made(rows="...\n...\n..f", legend=bare)
    alone, together = new_worlds(without, [5]), new_worlds(beside, [5])
    together.stock["grass"][:, :, :2] = alone.stock["grass"]
    for _ in range(5):
        alone, together = step(without, alone), step(beside, together)
    assert np.array_equal(alone.stock["grass"][0, 0, :2], together.stock["grass"][0, 0, :2])


@pytest.mark.parametrize("name", ["the_shared_pasture", "nail_and_barn", "first_steps"])
def test_shipped_levels_keep_all_that_they_offer_and_want(name: str) -> None:
    level = load_level(name)
    model = compile_level(level)
    assert set(model.actions) == set(level.allowed_actions())
    for plan in model.actions.values():
        assert all(stock in model.stocks for effect in plan.now for stock in effect.stocks)


def test_what_asks_for_a_terrain_that_the_map_lacks_falls_away(made: Callable[..., Model], tmp_path: Path) -> None:
    rules = tmp_path / "rules" / "small.yaml"
    rules.write_text(RULES.replace("sum(timber) - 0.1 * smoke - frost", "sum(on(forest))"), encoding="utf-8")
    assert "smoke" not in made(rows="...\n...").stocks
    assert "smoke" in made(rows="..f\n...").stocks
