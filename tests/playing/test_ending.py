"""What is said of each goal when a game is over."""

from __future__ import annotations

import pytest

from game.level.reader import load_level
from game.playing.ending import Ending
from game.playing.session import Session
from game.sim.model import compile_level


@pytest.fixture(scope="module")
def lost() -> Ending:
    """A pasture that is grazed bare while twenty cows still stand on it."""
    level = load_level("the_shared_pasture")
    session = Session(compile_level(level), 7, 1, ("idle", "over", "over", "over"))
    index = {candidate.key: number for number, candidate in enumerate(session.model.candidates)}
    while not session.over:
        if session.world.season < 3:
            session.add(index["buy_cattle:me"])
        session.end_turn()
    return Ending(session)


def test_a_goal_that_held_to_the_last_of_a_lost_game_says_why_it_does_not_count(lost: Ending) -> None:
    session = lost.session
    assert session.world.season < session.model.seasons
    cows = next(place for place, goal in enumerate(session.model.level.goals) if "cows" in goal.plain)
    assert float(session.world.stock["herd"].sum()) >= 20.0
    reached, text = lost.verdict(cows)
    assert not reached
    assert "(it held to the last, but it counts only at the end of season 24)" in text


def test_a_goal_that_failed_says_when_it_held_last(lost: Ending) -> None:
    green = next(place for place, goal in enumerate(lost.session.model.level.goals) if "green" in goal.plain)
    assert "(it held last in season" in lost.verdict(green)[1]
