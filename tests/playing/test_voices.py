"""Four voices speak where they differ, and what each says is a number of the two worlds."""

from __future__ import annotations

import numpy as np
import pytest

from game.playing.session import Session
from game.playing.view import view
from tests.screen import screens

LEVEL = "the_shared_pasture"


def after_force() -> Session:
    session = screens.session_of(LEVEL)
    key = next(one for one in session.model.candidates if one.action == "fence_off")
    session.add(session.model.candidates.index(key))
    session.end_turn()
    return session


def told(session: Session) -> list[dict[str, object]]:
    found: list[dict[str, object]] = view(session, parts=["voices"])["voices"]
    return found


def test_a_fence_works_for_the_mechanic_and_costs_trust_for_the_elder() -> None:
    session = after_force()
    found = session.last
    assert found is not None
    said = {str(one["who"]): one for one in told(session)}
    hay = session.roles.store
    mine = (found.after.stock[hay] - found.before.stock[hay])[0, 0, 0, 0, 0]
    assert said["mechanic"]["good"] == (mine > 0.0) and f"{abs(mine):.1f}" in str(said["mechanic"]["text"])
    trust = [float(np.mean(world.stock["trust"][1:, 0, 0, 0, 0])) for world in (found.before, found.after)]
    assert said["elder"]["good"] == (trust[1] > trust[0]) and f"{100 * trust[1]:.0f} %" in str(said["elder"]["text"])
    others = (found.after.stock[hay] - found.before.stock[hay])[1:, 0, 0, 0, 0]
    assert f"{max((others < 0).sum(), (others > 0).sum())} of 3" in str(said["auditor"]["text"])


@pytest.mark.parametrize("seasons", [1, 2, 5])
def test_they_are_silent_where_they_agree(seasons: int) -> None:
    session = screens.played(LEVEL, seasons)
    assert len({one["good"] for one in told(session)}) in (0, 2)


def test_they_are_silent_where_several_share_the_keyboard_and_before_the_first_season() -> None:
    assert told(screens.session_of(LEVEL)) == []
    assert told(screens.played(LEVEL, 1, 2)) == []
