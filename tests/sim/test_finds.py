"""An ally that hides in a problem: found where its condition holds, and a clue elsewhere."""

from __future__ import annotations

import pytest

from game.level.problems import LevelError
from game.level.reader import parse_level
from game.sim.actions import Actions
from game.sim.beginning import new_worlds
from game.sim.possible import has_found
from game.sim.step import step
from tests.sim.levels import level_text, tiny

WEEDS = """
stocks:
  weeds:   {at: tile, kind: state, range: [0, 1], start: 0.2, plain: Weeds.}
  insight: {at: community, kind: state, range: [0, 2], start: 0.5, plain: Insight.}
  days:    {at: player, kind: state, range: [0, 9], start: 5, plain: Days.}
actions:
  seek: {mode: with, family: x, target: {tiles: ground, area: 2}, cost: {days: 1}, plain: Seek.,
         finds: {of: insight, when: "mean(weeds, target) > 0.5", plain: There they are., clue: Look where weeds stand.}}
"""
LEGEND = """
".": {terrain: ground, users: [ann]}
"w": {terrain: ground, users: [ann], weeds: 0.9}
"""


def sought(label: str):
    model = tiny(WEEDS, rows="..ww\n..ww", legend=LEGEND, people=("ann",))
    index = next(i for i, one in enumerate(model.candidates) if one.label == label)
    world = step(model, new_worlds(model, [3]), Actions.planned(model, {0: [index]}))
    return world, bool(has_found(model, world, model.actions["seek"], 0)[0])


def test_it_is_found_where_the_condition_holds() -> None:
    world, found = sought("b1")
    assert found and world.stock["insight"].reshape(-1)[0] == 2.0


def test_elsewhere_nothing_changes_but_the_day_is_gone() -> None:
    world, found = sought("a1")
    assert not found and world.stock["insight"].reshape(-1)[0] == 0.5
    assert world.stock["days"].reshape(-1)[0] == 4.0


def test_an_ally_is_found_by_people_not_by_places() -> None:
    with pytest.raises(LevelError, match="must be of communities or the world"):
        parse_level(level_text(WEEDS.replace("of: insight", "of: weeds")))


def test_without_a_clue_a_player_would_learn_nothing() -> None:
    with pytest.raises(LevelError, match="clue"):
        parse_level(level_text(WEEDS.replace(", clue: Look where weeds stand.", "")))
