"""What can be seen on the board follows what is so in the world."""

from __future__ import annotations

import os

os.environ["SDL_VIDEODRIVER"] = "dummy"

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pygame
import pytest

from game.level.reader import load_level
from game.picture.board import Board, grazing_spots
from game.picture.scene import Scene, blend, look
from game.picture.year import SUMMER, WINTER
from game.sim.beginning import new_worlds
from game.sim.model import compile_level


@pytest.fixture(scope="module")
def village() -> Scene:
    pygame.display.init()
    pygame.display.set_mode((64, 64))
    model = compile_level(load_level("nail_and_barn"))
    return look(model, new_worlds(model, [3]))


def picture(scene: Scene) -> np.ndarray:
    board = Board(*scene.ground.shape, (640, 400))
    surface = pygame.Surface(board.size)
    board.draw(surface, scene)
    return pygame.surfarray.array3d(surface).astype(int)


def differing(one: Scene, two: Scene) -> int:
    return int((np.abs(picture(one) - picture(two)).sum(axis=2) > 30).sum())


def test_the_village_shows_its_roofs_and_its_barn(village: Scene) -> None:
    assert village.building == 0.0
    assert all(0.0 < household.soundness < 0.75 for household in village.households)


def test_every_quarter_of_a_roof_and_every_part_of_the_barn_shows(village: Scene) -> None:
    def with_roofs(soundness: float) -> Scene:
        return replace(village, households=[replace(one, soundness=soundness) for one in village.households])

    for low, high in ((0.2, 0.4), (0.4, 0.6), (0.6, 0.9)):
        assert differing(with_roofs(low), with_roofs(high)) > 20
    assert differing(with_roofs(0.8), with_roofs(1.0)) == 0
    for low, high in ((0.0, 0.3), (0.3, 0.7), (0.7, 1.0)):
        assert differing(replace(village, building=low), replace(village, building=high)) > 50


def test_snow_covers_the_ground_and_drought_does_not_look_like_it(village: Scene) -> None:
    winter = replace(village, season=WINTER)
    plain, snowy, dry = (picture(one) for one in (winter, replace(winter, snow=1.0), replace(winter, dry=1.0)))
    assert snowy.mean() > plain.mean() + 30
    assert dry[:, :, 2].mean() < snowy[:, :, 2].mean() - 30


def test_no_snow_lies_in_summer_and_none_in_a_winter_without_any_rain(village: Scene) -> None:
    cold = picture(replace(village, season=SUMMER, snow=1.0))
    assert cold.mean() < picture(replace(village, season=SUMMER)).mean() + 30, "grey, and not white"
    bare = picture(replace(village, season=WINTER, dry=1.0))
    assert (bare == picture(replace(village, season=SUMMER, dry=1.0))).all()


def test_grass_looks_different_in_small_steps(village: Scene) -> None:
    means = [picture(replace(village, ground=np.full_like(village.ground, share)))[:, :, 0].mean()
             for share in np.linspace(0.0, 1.0, 9)]  # fmt: skip
    assert len({round(mean) for mean in means}) == 9, "each step shows"
    assert max(abs(a - b) for a, b in pairwise(means)) < 40, "and none jumps"


def test_a_building_grows_between_two_seasons(village: Scene) -> None:
    half = blend(replace(village, building=0.2), replace(village, building=0.6), 0.5)
    assert half.building == pytest.approx(0.4)


def test_cows_stand_on_grass_and_not_in_the_wood_or_the_grain() -> None:
    model = compile_level(load_level("sandbox"))
    scene = look(model, new_worlds(model, [1]))
    spots = grazing_spots(scene, 0, 40)
    assert len(spots) == 40
    assert all(model.stocks["grass"].live[0, 0, row, column, 0] for row, column in spots)


def test_outside_the_round_corners_lies_what_lay_there_before(village: Scene) -> None:
    board = Board(*village.ground.shape, (640, 400))
    surface = pygame.Surface(board.size)
    surface.fill((250, 10, 200))
    board.draw(surface, village)
    wide, high = board.size
    for x, y in ((0, 0), (wide - 1, 0), (0, high - 1), (wide - 1, high - 1)):
        assert surface.get_at((x, y))[:3] == (250, 10, 200)


def test_a_frame_that_is_propped_shows_its_beams(village: Scene) -> None:
    bare = picture(replace(village, building=0.6, props=0.0))
    some, well = (picture(replace(village, building=0.6, props=share)) for share in (0.3, 0.9))
    assert 0 < (bare != some).sum() < (bare != well).sum()
    assert (bare == picture(replace(village, building=0.6, props=None))).all()
