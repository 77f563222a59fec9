"""Neutral ground and neutral figures: any terrain and any stock may look like them, in the colour of its level."""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations

import numpy as np
import pygame
import pytest

from game.level.library import data_root
from game.level.problems import LevelError
from game.level.reader import parse_level
from game.level.vocabulary import NEUTRAL_GROUNDS, NEUTRAL_STOCKS
from game.picture.neutral import shaded
from game.picture.palette import palette
from game.picture.scene import Scene, look
from game.sim.beginning import new_worlds
from game.sim.model import compile_level
from tests.picture.painted import TILE, painted, screen  # noqa: F401  (pygame draws for all tests of the module)

GREY, RED = "#8f8f8f", "#b04040"
COLOURS = ("#000000", "#222833", "#5b9cc4", "#c0392b", "#e6c84a", "#ffffff")  # from the darkest to the lightest
LEAST_RIM = 3.0  # of contrast between the rim of a figure and its outline (WCAG 2.2, 1.4.11)
BAY = (data_root() / "levels" / "templates" / "fishery.yaml").read_text(encoding="utf-8")
SIDE = 6  # of the square, in tiles; below it lies what else the level needs


@cache
def square(ground: str = "", stock: str = "", amount: float = 0.0) -> Scene:
    """A square of 6 x 6 tiles whose terrain and stock are written with these keys."""
    crowd = (
        f"  crowd: {{at: tile, kind: state, range: [0, 1], start: {amount}, on: place, {stock}plain: Who is there.}}\n"
    )
    rows = "  rows: |\n" + f"    {'.' * SIDE}\n" * SIDE + "    NCP~~^\n"
    text = BAY.replace("terrains:\n", f"terrains:\n  place: {{{ground}plain: A place.}}\n", 1)
    text = text.replace("stocks:\n", f"stocks:\n{crowd}", 1).replace('".": {terrain: shore}', '".": {terrain: place}')
    text = re.sub(r"  rows: \|\n.*?\n\n", f"{rows}\n", text, flags=re.DOTALL)
    model = compile_level(parse_level(text))
    return look(model, new_worlds(model, [1]))


def board_of(scene: Scene) -> np.ndarray:
    """The colours of the square, (width, height, 3)."""
    return painted(scene)[:, : SIDE * TILE]


def ground_of(name: str, colour: str) -> np.ndarray:
    return board_of(square(f'looks_like: {name}, colour: "{colour}", '))


def figures_of(name: str, colour: str, amount: float = 0.6) -> np.ndarray:
    return board_of(square(f'colour: "{GREY}", ', f'looks_like: {name}, colour: "{colour}", ', amount))


def differ(one: np.ndarray, two: np.ndarray) -> float:
    """Which share of all pixels differs clearly."""
    return float((np.abs(one - two).sum(axis=2) > 30).mean())


@pytest.mark.parametrize(("one", "two"), list(combinations(NEUTRAL_GROUNDS, 2)))
def test_every_ground_looks_like_no_other_even_in_the_same_colour(one: str, two: str) -> None:
    assert differ(ground_of(one, GREY), ground_of(two, GREY)) > 0.08


@pytest.mark.parametrize(("one", "two"), list(combinations(NEUTRAL_STOCKS, 2)))
def test_every_stock_looks_like_no_other_even_in_the_same_colour(one: str, two: str) -> None:
    assert differ(figures_of(one, GREY), figures_of(two, GREY)) > 0.05


@pytest.mark.parametrize("name", NEUTRAL_GROUNDS)
def test_ground_takes_the_colour_of_its_level(name: str) -> None:
    red, grey = ground_of(name, RED), ground_of(name, GREY)
    assert differ(red, grey) > 0.5
    assert red[..., 0].mean() > red[..., 1].mean() + 20


@pytest.mark.parametrize("name", NEUTRAL_STOCKS)
def test_figures_take_the_colour_of_their_level(name: str) -> None:
    assert differ(figures_of(name, RED), figures_of(name, "#3060c0")) > 0.02


@pytest.mark.parametrize("name", NEUTRAL_GROUNDS)
@pytest.mark.parametrize("colour", COLOURS)
def test_what_is_drawn_on_ground_is_seen_in_every_colour(name: str, colour: str) -> None:
    light = ground_of(name, colour) @ (0.2126, 0.7152, 0.0722)
    assert np.percentile(light, 99) - np.percentile(light, 1) > 22, "light and dark, so that every kind of eyes sees it"


@pytest.mark.parametrize("name", NEUTRAL_STOCKS)
@pytest.mark.parametrize("colour", COLOURS)
def test_a_figure_has_light_and_dark_so_that_it_stands_out_from_every_ground(name: str, colour: str) -> None:
    name = "bars_3" if name == "bars" else name
    wanted = tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))
    picture = shaded(f"stock_{name}", (wanted[0], wanted[1], wanted[2]), 40)
    there = pygame.surfarray.array_alpha(picture) > 150
    part = pygame.surfarray.array3d(picture)[there] / 255.0
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4) @ (0.2126, 0.7152, 0.0722)
    assert (np.percentile(linear, 96) + 0.05) / (np.percentile(linear, 4) + 0.05) > LEAST_RIM


@pytest.mark.parametrize("name", NEUTRAL_STOCKS)
def test_the_more_there_is_the_more_figures_are_seen(name: str) -> None:
    bare = board_of(square(f'colour: "{GREY}", '))
    few, many = (differ(figures_of(name, RED, amount), bare) for amount in (0.2, 0.95))
    assert differ(figures_of(name, RED, 0.0), bare) == 0.0
    assert 0.0 < 2.0 * few < many


def test_figures_stand_on_ground_that_the_board_has_a_picture_of_too() -> None:
    stock = f'looks_like: people, colour: "{RED}", '
    none, full = (board_of(square("looks_like: pasture, ", stock, amount)) for amount in (0.0, 1.0))
    assert differ(none, full) > 0.1


def test_without_a_colour_a_look_has_one_of_its_own() -> None:
    colours = [square(f"looks_like: {name}, ").plain[0].colour for name in NEUTRAL_GROUNDS]
    assert len(set(colours)) == len(NEUTRAL_GROUNDS)


LEAVES = 'colour: "#3f9a3f", icon: tree, '


@pytest.mark.parametrize("name", NEUTRAL_GROUNDS)
def test_leaves_over_stone_and_water_make_no_lawn_of_it(name: str) -> None:
    bare, full = (board_of(square(f'looks_like: {name}, colour: "{GREY}", ', LEAVES, amount)) for amount in (0.0, 1.0))
    greener = np.median((full[..., 1] - full[..., 0]) - (bare[..., 1] - bare[..., 0]))
    assert greener > 10 if name in ("sand", "park") else greener == 0


def test_a_tint_of_its_own_colours_every_ground() -> None:
    tint = 'tint: {of: crowd, colour: "#b04040"}, '
    for name in NEUTRAL_GROUNDS:
        none, full = (
            board_of(square(f'looks_like: {name}, colour: "{GREY}", {tint}', LEAVES, much)) for much in (0, 1)
        )
        assert full[..., 0].mean() - full[..., 1].mean() > 15 + none[..., 0].mean() - none[..., 1].mean(), name


def test_a_picture_is_made_once_for_a_colour_and_a_size() -> None:
    assert shaded("stock_cars", (200, 40, 40), 24) is shaded("stock_cars", (200, 40, 40), 24)
    assert np.array_equal(ground_of("park", GREY), ground_of("park", GREY))


@pytest.mark.parametrize(
    ("ground", "stock", "told"),
    [
        ("looks_like: asfalt, ", "", 'did you mean "asphalt"?'),
        ("", "looks_like: peoples, ", 'did you mean "people"?'),
        ("looks_like: people, ", "", 'there is no picture for terrains "people"'),
        ("", "looks_like: asphalt, ", 'there is no picture for stocks "asphalt"'),
    ],
)
def test_a_look_that_there_is_not_is_refused(ground: str, stock: str, told: str) -> None:
    with pytest.raises(LevelError) as refused:
        square(ground, stock)
    assert told in str(refused.value)


@pytest.mark.parametrize("name", [name for name in NEUTRAL_GROUNDS if name not in ("water", "sea")])
def test_homes_stand_on_the_ground_around_them(name: str) -> None:
    """A square of bare earth below each was seen from afar."""
    below = painted(square(f'looks_like: {name}, colour: "#2040e0", '))[: 3 * TILE, SIDE * TILE :]
    assert (np.abs(below - np.array(palette()["yard"])).sum(axis=2) < 12).mean() < 0.02
