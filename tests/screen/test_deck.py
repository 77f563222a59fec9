"""The deck in the window: cards keep their places from press to press."""

from __future__ import annotations

import pygame
import pytest

from tests.screen import screens


def places(player: screens.Viewer) -> dict[str, pygame.Rect]:
    player.frame()
    return {name: rect.copy() for name, rect in player.ui.areas if name.startswith("card ")}


@pytest.mark.parametrize("level", ["first_steps", "the_shared_pasture"])
def test_what_is_planned_moves_no_card(level: str) -> None:
    session = screens.session_of(level)
    player = screens.Viewer(screens.PlayScene(session, level, opening=False))
    start = places(player)
    planned = 0
    for index, one in enumerate(session.model.candidates):
        if one.action in ("listen", "rest", "buy_cattle") and session.add(index):
            planned += 1
            now = places(player)
            assert {name: (rect.x, rect.width) for name, rect in now.items()} == {
                name: (rect.x, rect.width) for name, rect in start.items()
            }
            assert all(now[name].y >= start[name].y for name in start), "no card shrinks within a turn"
    assert planned >= 3
    grown = places(player)
    while session.undo():
        assert places(player) == grown, "taking back moves no card either"
