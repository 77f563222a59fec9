"""A level looks like what it is about: colours count, and ground and stocks may look like others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pygame
import pytest

from game.level.library import data_root
from game.level.problems import LevelError
from game.level.reader import examine, parse_level
from game.level.vocabulary import DRAWN_STOCKS, DRAWN_TERRAINS
from game.picture.board import Board
from game.picture.looks import GROUNDS, LOOKS
from game.picture.scene import Scene, blend, look
from game.sim.beginning import new_worlds
from game.sim.model import compile_level
from tests.screen import screens

BAY = (data_root() / "levels" / "templates" / "fishery.yaml").read_text(encoding="utf-8")
TILE = (4, 3)  # of the sea, away from every shore


def seen(text: str) -> Scene:
    model = compile_level(parse_level(text))
    return look(model, new_worlds(model, [1]))


def drawn(text: str) -> pygame.Surface:
    screens.surface_of((600, 450))
    scene = seen(text)
    board = Board(*scene.ground.shape, (600, 450))
    target = pygame.Surface(board.size)
    board.draw(target, scene)
    return target


def colour_of(picture: pygame.Surface, tile: tuple[int, int] = TILE) -> np.ndarray:
    """The middle of what is drawn on a tile."""
    size = picture.get_width() // 12
    rect = pygame.Rect(tile[1] * size, tile[0] * size, size, size)
    return np.median(pygame.surfarray.array3d(picture.subsurface(rect)).reshape(-1, 3), axis=0)


@pytest.mark.parametrize("colour", ["#5b9cc4", "#8a8d93", "#d04040"])
def test_ground_has_the_colour_that_its_level_gives_it(colour: str) -> None:
    picture = drawn(BAY.replace("#5b9cc4", colour))
    wanted = np.array([int(colour[part : part + 2], 16) for part in (1, 3, 5)])
    assert np.abs(colour_of(picture) - wanted).max() < 45
    assert np.abs(colour_of(picture) - colour_of(drawn(BAY.replace("#5b9cc4", "#101010")))).max() > 30


def test_a_terrain_may_look_like_one_that_the_board_knows() -> None:
    scene = seen(BAY.replace('sea:   {colour: "#5b9cc4",', "sea:   {looks_like: pond,"))
    assert scene.water[TILE] == 1 and scene.water.sum() < scene.water.size
    assert seen(BAY).water.sum() == 0


def test_a_stock_may_look_like_one_that_the_board_knows() -> None:
    weeds = BAY.replace("fish:\n", "kelp:\n").replace("fish", "kelp").replace("icon: kelp", "icon: fish")
    assert "weeds" not in seen(weeds).layers
    assert "weeds" in seen(weeds.replace("living: 1,", "living: 1, looks_like: weeds,")).layers


def test_a_stock_without_a_picture_is_shown_by_its_icon_the_more_of_it_the_more() -> None:
    germs = BAY.replace("fish:\n", "germs:\n").replace("fish", "germs").replace("icon: germs", "icon: bug")
    few, many = (germs.replace("start: 0.55", f"start: {start}") for start in (0.05, 0.95))
    bare = pygame.surfarray.array3d(drawn(germs.replace("start: 0.55", "start: 0"))).astype(int)
    changed = [
        (np.abs(pygame.surfarray.array3d(drawn(one)).astype(int) - bare).max(axis=2) > 60).sum() for one in (few, many)
    ]
    assert changed[1] > 3 * changed[0]


def test_what_lies_on_plain_ground_changes_softly() -> None:
    germs = BAY.replace("fish:\n", "germs:\n").replace("fish", "germs").replace("icon: germs", "icon: bug")
    before, after = seen(germs), seen(germs.replace("start: 0.55", "start: 0.95"))
    half = blend(before, after, 0.5).plain_stocks[0].share
    assert np.allclose(half, (before.plain_stocks[0].share + after.plain_stocks[0].share) / 2)


def test_a_colour_that_is_none_is_told_and_drawn_all_the_same(tmp_path: Path) -> None:
    text = BAY.replace('"#5b9cc4"', "blue")
    file = tmp_path / "bay.yaml"
    file.write_text(text, encoding="utf-8")
    (told,) = [one for one in examine(file).problems if one.code == "not-a-colour"]
    assert told.severity == "warning" and text.splitlines()[told.line - 1].lstrip().startswith("sea:")
    drawn(text)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('sea:   {colour: "#5b9cc4",', "sea:   {looks_like: pnod,", 'did you mean "pond"?'),
        ("living: 1,", "living: 1, looks_like: fsih,", 'did you mean "fish"?'),
        ("unit: boats,", "unit: boats, looks_like: fish,", "only what lies on tiles"),
    ],
)
def test_a_picture_that_the_board_does_not_have_is_refused(old: str, new: str, told: str) -> None:
    with pytest.raises(LevelError) as refused:
        parse_level(BAY.replace(old, new))
    assert told in str(refused.value)


def test_levels_may_name_all_that_the_board_draws() -> None:
    assert set(LOOKS) == set(DRAWN_STOCKS) and set(GROUNDS) < set(DRAWN_TERRAINS)
