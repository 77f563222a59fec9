"""The year is seen on the land: flowers, leaves, snow; a drought is seen coming; nothing of it hides what grows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pygame
import pytest

from game.picture.board import Board
from game.picture.scene import ANNOUNCED, Scene, look
from game.picture.year import draw_evening
from game.sim.beginning import new_worlds
from tests.screen import screens

LEVEL, SIZE = "the_shared_pasture", (480, 320)


def scene(level: str = LEVEL) -> Scene:
    model = screens.model_of(level)
    return look(model, new_worlds(model, [3]))


def drawn(one: Scene, seconds: float = 0.0) -> np.ndarray:
    board = Board(*one.ground.shape, SIZE)
    surface = pygame.Surface(board.size)
    board.draw(surface, one, seconds)
    return pygame.surfarray.array3d(surface).astype(int)


def test_every_season_looks_otherwise_also_where_nothing_moves() -> None:
    pictures = [drawn(replace(scene(), season=season)) for season in range(4)]
    for one in range(4):
        for other in range(one):
            assert (abs(pictures[one] - pictures[other]).max(axis=2) > 8).mean() > 0.01, (one, other)


@pytest.mark.parametrize("season", range(4))
def test_bare_ground_is_told_from_lush_in_every_season(season: int) -> None:
    lush, bare = (replace(scene(), season=season, ground=np.full_like(scene().ground, share)) for share in (0.9, 0.1))
    green = [picture[:, :, 1].mean() - picture[:, :, 0].mean() for picture in (drawn(lush), drawn(bare))]
    assert green[0] > green[1] + 12


def test_leaves_and_flakes_fall_and_summer_air_is_clear() -> None:
    moved = {}
    for season in range(4):
        one = replace(scene(), season=season, households=[replace(who, herd=0.0) for who in scene().households])
        moved[season] = (abs(drawn(one, 0.0) - drawn(one, 2.0)).max(axis=2) > 12).mean()
    assert min(moved[2], moved[3]) > moved[1]


def test_under_a_dome_there_is_no_year() -> None:
    one = scene("the_breath")
    assert (drawn(replace(one, season=3)) == drawn(replace(one, season=1))).all()


def test_a_drought_that_is_announced_is_seen() -> None:
    model = screens.model_of(LEVEL)
    world = new_worlds(model, [3])
    assert look(model, world).dry == 0.0
    for event in model.events:
        world.event_sign[event.name][...] = True
    assert look(model, world).dry == ANNOUNCED


def test_evening_comes_late_in_a_season_and_goes() -> None:
    def light(part: float) -> float:
        surface = pygame.Surface((4, 4))
        surface.fill((200, 200, 200))
        draw_evening(surface, part)
        return float(surface.get_at((1, 1))[2])

    assert light(0.2) == 200.0 and light(0.75) < 140.0 and light(1.0) > 190.0
