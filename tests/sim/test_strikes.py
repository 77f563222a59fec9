"""Events that strike one community and spare another, each by its own luck."""

from __future__ import annotations

import numpy as np
import pytest

from game.level.problems import LevelError
from game.sim.beginning import new_worlds
from game.sim.step import step
from tests.sim.levels import level_text, tiny

HAIL = """
stocks:
  grain: {at: tile, kind: matter, range: [0, 10], start: 4, on: [ground], plain: Grain.}
  mood:  {at: community, kind: state, range: [-9, 9], start: 0, plain: Mood.}
events:
  hail: {plain: Hail., strikes: community, chance: 0.25, from_season: 2,
         now: [{move: {from: grain, to: outside, amount: "grain / 2"}}, {of: "mood[me]", add: -1}]}
"""
TWO_OWNERS = """
"a": {terrain: ground, users: [ann]}
"b": {terrain: ground, users: [bob]}
"""


def struck_worlds(count: int, seasons: int):
    model = tiny(HAIL, people=("ann", "bob"), rows="ab\nab", legend=TWO_OWNERS)
    world = new_worlds(model, range(count))
    for _ in range(seasons):
        world = step(model, world)
    return model, world


def test_each_community_is_struck_by_its_own_luck() -> None:
    _, world = struck_worlds(4000, 2)
    struck = world.struck["hail"]
    assert struck.mean(axis=1) == pytest.approx([0.25, 0.25], abs=0.03)
    assert (struck[0] & struck[1]).mean() == pytest.approx(0.0625, abs=0.02)


def test_only_those_who_are_struck_lose_anything() -> None:
    _, world = struck_worlds(200, 2)
    for place in (0, 1):
        hit = world.struck["hail"][place]
        assert (world.stock["mood"][place, 0, 0, 0] == np.where(hit, -1.0, 0.0)).all()
        column = world.stock["grain"][0, 0, :, place]
        assert (column == np.where(hit, 2.0, 4.0)).all()


def test_nothing_strikes_before_its_time() -> None:
    _, world = struck_worlds(200, 1)
    assert not world.struck["hail"].any()


def test_what_strikes_takes_matter_to_where_it_says() -> None:
    _, world = struck_worlds(50, 6)
    left = world.stock["grain"].sum(axis=(0, 1, 2, 3))
    assert left + -world.outside["grain"].reshape(-1) == pytest.approx(np.full(50, 16.0))


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("{plain: H., strikes: community, chance: 0.2}", "say what it does now"),
        ("{plain: H., strikes: community, chance: 0.2, warns: 1, now: [{of: mood, add: 1}]}", "no sign"),
        ("{plain: H., chance: 0.2, now: [{of: mood, who: others, add: 1}]}", "one by one: strikes: community"),
        ("{plain: H., strikes: community, chance: 1, once: true, now: [{of: mood, add: 1}]}", "not for strikes"),
        ("{plain: H., strikes: community, chance: 1, now: [{of: mood, who: users, add: 1}]}", "of me or of all others"),
        ("{plain: H., strikes: community, chance: 1, now: [{of: grain, add: 1}]}", "is matter"),
    ],
)
def test_strikes_that_make_no_sense_are_told(event: str, said: str) -> None:
    from game.level.reader import parse_level

    body = HAIL.split("events:")[0] + f"events:\n  hail: {event}\n"
    with pytest.raises(LevelError, match=said):
        parse_level(level_text(body, people=("ann", "bob")))
