"""The campaign: what is open to whom."""

from __future__ import annotations

import pytest

from game.level.reader import load_level
from game.playing.campaign import AHEAD, in_order, stations


@pytest.fixture(scope="module")
def way():
    first = load_level("first_steps")
    made = [first.model_copy(update={"id": f"l{number}", "title": f"Level {number}", "number": number}) for number in
            (4, 0, 2, 1, 3, 5)]  # fmt: skip
    return [*made, load_level("one_nail")]


def open_ones(way, progress=None, **more) -> list[str]:
    return [one.level.id for one in stations(way, progress or {}, {}, **more) if one.open]


def test_levels_stand_in_the_order_of_their_numbers_and_others_aside(way) -> None:
    assert [level.id for level in in_order(way)] == ["l0", "l1", "l2", "l3", "l4", "l5"]


def test_whoever_begins_may_choose_among_the_first_levels(way) -> None:
    assert open_ones(way) == ["l0", "l1"] and AHEAD == 2


def test_a_win_opens_the_next_level_and_two_more_are_always_open(way) -> None:
    assert open_ones(way, {"l0": True}) == ["l0", "l1", "l2"]
    assert open_ones(way, {"l0": False}) == ["l0", "l1"]
    assert open_ones(way, {"l1": True}) == ["l0", "l1", "l2"], "who cannot win the first one goes on with another"
    assert open_ones(way, {"l0": True, "l1": True, "l2": True, "l3": True}) == [f"l{number}" for number in range(6)]


def test_what_was_played_stays_open(way) -> None:
    assert open_ones(way, {"l5": False}) == ["l0", "l1", "l5"]


def test_a_teacher_opens_everything_without_winning_anything(way) -> None:
    found = stations(way, {}, {}, open_all=True)
    assert all(one.open for one in found) and not any(one.won for one in found)


def test_a_locked_level_says_what_opens_it(way) -> None:
    found = {one.level.id: one for one in stations(way, {}, {"l0": ["goals"]})}
    assert found["l4"].opens_with == "Level 3" and not found["l0"].opens_with
    assert found["l0"].stars == {"goals"} and not found["l4"].stars
