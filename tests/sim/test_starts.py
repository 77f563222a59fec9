"""Starts that an expression says: in order of need, drawn anew with the numbers, and the same in the oracle."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from game.level.problems import LevelError
from game.level.reader import changed_level, parse_level
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from tests.oracle.comparing import compare
from tests.oracle.starting import starts
from tests.sim.levels import level_text, tiny
from tests.sim.random_levels import level_texts
from tests.sim.test_backends import LEVELS, made

TOWN = """
numbers: {share: {value: 0.25, low: 0.1, high: 0.5, each_seed: [0.8, 1.2], plain: S}}
auxiliaries: {crowd: {plain: C, is: "people_here / 10"}}
stocks:
  well:  {at: community, kind: state, range: [0, 999], start: "ill / 2 + mood", plain: W}
  ill:   {at: community, kind: state, range: [0, 999], start: "share * crowd * 10", plain: I}
  people_here: {at: community, kind: state, range: [0, 999], start: 40, plain: P}
  mood:  {at: world, kind: state, range: [0, 1], start: "mean(grass) / 4", plain: M}
  grass: {at: tile, kind: matter, range: [0, 9], start: "1 + height + on(lake)", plain: G}
  trust: {at: [community, community], kind: state, range: [0, 1], start: "mood / 2", plain: T}
"""
PLACE = {
    "people": ("ann", "bob"),
    "rows": ".~\n..",
    "heights": ("01", "20"),
    "legend": '".": {terrain: ground}\n"~": {terrain: lake, grass: 6}',
    "communities": "ann: {name: Ann}\nbob: {name: Bob, people_here: 80}",
}


def town() -> Model:
    return tiny(TOWN, **PLACE)


def test_each_start_is_worked_out_after_those_that_it_needs() -> None:
    world = new_worlds(town(), [1], {"share": 0.25})
    assert world.stock["ill"][:, 0, 0, 0, 0] == pytest.approx([10, 20])
    assert world.stock["grass"][0, 0, :, :, 0].tolist() == [[1, 6], [3, 1]]
    assert world.stock["mood"].item() == pytest.approx(11 / 16)
    assert world.stock["well"][:, 0, 0, 0, 0] == pytest.approx([5 + 11 / 16, 10 + 11 / 16])
    assert world.stock["trust"][0, :, 0, 0, 0] == pytest.approx([0, 11 / 32])


def test_every_game_has_the_start_of_its_own_numbers() -> None:
    model = town()
    world = new_worlds(model, range(50))
    assert world.stock["ill"][0, 0, 0, 0] == pytest.approx(world.number["share"].reshape(-1) * 40)
    assert np.ptp(world.stock["ill"][0, 0, 0, 0]) > 1.0
    assert model.stocks["ill"].start[:, 0, 0, 0, 0] == pytest.approx([10, 20])


def test_a_start_may_be_changed_to_a_rule_and_back() -> None:
    level = changed_level(town().source, {"people_here.start": "1 / share", "ill.start": 7})
    world = new_worlds(compile_level(level), [1], {"share": 0.25})
    assert world.stock["people_here"][0, 0, 0, 0, 0] == 4.0 and world.stock["ill"][0, 0, 0, 0, 0] == 7.0


def test_what_is_said_is_held_to_the_range() -> None:
    world = new_worlds(compile_level(changed_level(town().source, {"mood.start": "9 * share"})), [1], {"share": 0.5})
    assert world.stock["mood"].item() == 1.0


def agree(model: Model) -> int:
    world = new_worlds(model, [5])
    expected = starts(model, world)
    for name, grid in expected.items():
        held = world.stock[name][..., 0].reshape(-1).tolist()
        assert not compare(name, type(grid)(grid.shape, held), grid)
    return len(expected)


def test_the_oracle_begins_with_the_same_bits() -> None:
    assert agree(town()) == 5


@settings(LEVELS, max_examples=25)
@given(level_texts())
def test_random_levels_begin_as_the_oracle_says(text: str) -> None:
    agree(made(text))


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ('"well + 1"', 'circle: the start of "well" needs that of "ill", the start of "ill" needs that of "well"'),
        ('"2 * ill"', 'the start of "ill" needs that of "ill"'),
        ('"peeple_here"', "did you mean"),
        ('"delay(share, 2)"', "before the game begins"),
        ('"grass"', "grass"),
        ("1000", "cannot start at 1000"),
    ],
)
def test_starts_that_make_no_sense_are_told(start: str, said: str) -> None:
    with pytest.raises(LevelError, match=said):
        parse_level(level_text(TOWN.replace('"share * crowd * 10"', start), **PLACE))
