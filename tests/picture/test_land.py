"""The living forest on the board: what grew, what was cut and which spring fails can be told apart by eye."""

from __future__ import annotations

import os

os.environ["SDL_VIDEODRIVER"] = "dummy"

import time
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pygame
import pytest

from game.level.library import data_root
from game.level.reader import load_level
from game.picture.board import Board
from game.picture.ground import woods
from game.picture.looks import GROUNDS, HAZE, LOFT, LOOKS
from game.picture.scene import Grid, Scene, blend, look
from game.picture.waters import LAST_SPRING, course_of, spring_state
from game.picture.woods import SLOTS, STEPS, spots, trees
from game.sim.beginning import new_worlds
from game.sim.model import compile_level

TILE = 30
ROWS, COLUMNS = 6, 8


def grid(value: float = 0.0) -> Grid:
    return np.full((ROWS, COLUMNS), value)


def land(**layers: Grid) -> Scene:
    """A wood with a spring in its upper left and a stream below it, as the given layers say."""
    spring, stream = grid(), grid()
    spring[1, 1], stream[2:, 1] = 1.0, 1.0
    trees_grow = 1.0 - spring - stream
    places = {
        name: trees_grow for name in ("old_trees", "young_trees", "rows", "soil", "terraces", "pests", "wildlife")
    }
    all_layers = {name: grid() for name in (*places, "stumps")} | {
        "soil": grid(0.7) * trees_grow, "spring": spring, "moisture": grid(0.5),
    }  # fmt: skip
    given = {name: values * places.get(name, trees_grow) for name, values in layers.items() if name != "spring"}
    given |= {"spring": layers["spring"] * spring} if "spring" in layers else {}
    empty = Scene(grid(), grid(), 1.0, grid(), np.full((ROWS, COLUMNS), -1), grid(), np.zeros((0, ROWS, COLUMNS)), [])
    return replace(empty, layers=all_layers | given, places={**places, "spring": spring, "moisture": grid(1)},
                   stream=stream, heights=np.tile(np.arange(ROWS, 0.0, -1.0)[:, None], COLUMNS))  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def screen() -> None:
    pygame.display.init()
    pygame.display.set_mode((64, 64))


def picture(scene: Scene, board: Board | None = None) -> np.ndarray:
    board = board or Board(*scene.ground.shape, (COLUMNS * TILE, ROWS * TILE))
    surface = pygame.Surface(board.size)
    board.draw(surface, scene)
    return pygame.surfarray.array3d(surface).astype(int)


def differing(one: Scene, two: Scene) -> float:
    """How much of the picture changes so that one sees it, 0 to 1."""
    return float((np.abs(picture(one) - picture(two)).sum(axis=2) > 60).mean())


OLD, CUT = land(old_trees=grid(0.9)), land(stumps=grid(0.9))
STATES = {
    "an old wood": OLD,
    "a clear-cut": CUT,
    "washed-out ground": land(soil=grid(0.1)),
    "rich open ground": land(soil=grid(0.9)),
    "seedlings": land(young_trees=grid(0.1)),
    "young trees": land(young_trees=grid(0.7)),
    "planted rows": land(young_trees=grid(0.7), rows=grid(0.8)),
}


@pytest.mark.parametrize("one", STATES)
def test_every_stage_of_a_wood_looks_different_from_every_other(one: str) -> None:
    for two in STATES:
        if one != two:
            assert differing(STATES[one], STATES[two]) > 0.04, two


def test_a_wood_that_was_cut_is_lighter_than_an_old_one_for_every_kind_of_eyes() -> None:
    assert picture(CUT).mean() > picture(OLD).mean() + 20


def test_old_trees_stand_taller_than_young_ones_and_young_ones_than_seedlings() -> None:
    def tallest(old: float, young: float) -> float:
        return max(size for _, _, _, size in trees((0, round(old * STEPS), round(young * STEPS), 0, 0, 0)))

    assert tallest(0.9, 0.0) > 1.3 * tallest(0.0, 0.8) > 1.3 * tallest(0.0, 0.1)


def test_planted_trees_stand_in_straight_lines_and_others_do_not() -> None:
    planted, natural = ({round(y, 3) for _, y in spots(3, straight, 0)} for straight in (1.0, 0.0))
    assert len(planted) == 2
    assert len(natural) == SLOTS


def test_stumps_stand_only_where_nothing_took_their_place() -> None:
    def stumps(old: int, young: int) -> int:
        return sum(name.startswith("stump") for _, _, name, _ in trees((1, old, young, 0, STEPS, 0)))

    assert stumps(0, 0) >= SLOTS - 1
    assert stumps(0, STEPS // 4) < stumps(0, 0)
    assert stumps(STEPS, 0) == 0


def test_what_was_felled_since_the_start_shows_as_stumps() -> None:
    model = compile_level(load_level("the_living_forest"))
    world = new_worlds(model, [3])
    assert look(model, world).layers["stumps"].max() < 0.1
    world.stock["old_forest"][...] = 0.0
    assert look(model, world).layers["stumps"].max() > 0.3


def test_a_dry_spring_looks_different_from_a_failing_one_and_both_from_a_full_one() -> None:
    dry, failing, full = (picture(land(spring=grid(share))) for share in (0.0, 0.4, 1.0))
    spot = np.s_[TILE : 2 * TILE, TILE : 2 * TILE]
    blue = [float((part[spot][..., 2] - part[spot][..., 0]).clip(0).mean()) for part in (dry, failing, full)]
    assert blue[0] < 3 < blue[1] < 0.7 * blue[2]


def test_a_spring_has_a_picture_for_every_state() -> None:
    assert [spring_state(share) for share in (0.0, 0.02, 0.06, 0.5, 1.0)] == [0, 0, 1, 3, LAST_SPRING]
    for state in range(LAST_SPRING + 1):
        assert (data_root() / "assets" / "tiles" / f"spring_{state}.svg").is_file()


def test_a_stream_runs_from_its_spring_over_the_edge_without_a_gap() -> None:
    scene = land()
    assert scene.stream is not None
    course = course_of(scene.stream, np.maximum(scene.stream, scene.places["spring"]), scene.heights, TILE)
    assert [tile for tile, _ in course.feeds] == [(2, 1), (3, 1), (4, 1), (5, 1)]
    assert course.feeds[0][1] == [(1, 1)], "the spring feeds its upper end"
    for above, below in pairwise(course.reaches):
        assert above.points[-1] == pytest.approx(below.points[0])
    assert course.reaches[-1].points[-1][1] > ROWS * TILE


def test_a_full_spring_makes_a_broader_stream_than_a_dry_one() -> None:
    assert differing(land(spring=grid(1.0)), land(spring=grid(0.0), moisture=grid(0.0))) > 0.02


@pytest.mark.parametrize("name", ["pests", "terraces"])
def test_marks_and_walls_show_on_the_wood(name: str) -> None:
    assert differing(OLD, replace(OLD, layers=OLD.layers | {name: woods(OLD) * 0.9})) > 0.02


def test_deer_come_with_wildlife() -> None:
    assert differing(CUT, replace(CUT, layers=CUT.layers | {"wildlife": woods(CUT) * 0.6})) > 0.003


def test_trees_grow_smoothly_between_two_seasons() -> None:
    """No step of the telling changes more than a part of what the whole season changes."""
    young = land(young_trees=grid(0.2))
    whole = differing(young, OLD)
    steps = [blend(young, OLD, share) for share in np.linspace(0.0, 1.0, 15)]
    assert max(differing(one, two) for one, two in pairwise(steps)) < 0.75 * whole


def test_a_kept_board_draws_anew_what_has_changed_in_any_layer() -> None:
    for name in OLD.layers:
        board = Board(ROWS, COLUMNS, (COLUMNS * TILE, ROWS * TILE))
        other = replace(OLD, layers=OLD.layers | {name: np.where(OLD.layers[name] > 0.5, 0.0, 1.0)})
        picture(OLD, board)
        assert (picture(other, board) == picture(other)).all(), name


def test_the_tables_of_looks_name_stocks_and_terrains_of_the_shared_rules() -> None:
    rules = "".join(file.read_text(encoding="utf-8") for file in (data_root() / "levels" / "rules").glob("*.yaml"))
    named = {*LOOKS, *GROUNDS, *HAZE, *LOFT}
    assert not {name for name in named if f"\n  {name}:" not in rules and f"looks_like: {name}," not in rules}


def test_stocks_that_nobody_drew_colour_the_ground_as_ever() -> None:
    """A level with its own living stock on tiles, as teachers write them, looks as it would have without the table."""
    model = compile_level(load_level("nail_and_barn"))
    scene = look(model, new_worlds(model, [3]))
    assert scene.layers == {} and scene.stream is None and scene.ground.max() > 0.5
    board = Board(*scene.ground.shape, (320, 200))
    surface = pygame.Surface(board.size)
    board.draw(surface, scene)
    bare = replace(scene, ground=np.zeros_like(scene.ground))
    other = pygame.Surface(board.size)
    board.draw(other, bare)
    assert pygame.surfarray.array3d(surface).mean() < pygame.surfarray.array3d(other).mean() - 5


def test_a_whole_forest_is_drawn_within_a_moment() -> None:
    model = compile_level(load_level("the_living_forest"))
    world = new_worlds(model, [3])
    scene = look(model, world)
    board = Board(*scene.ground.shape, (840, 490))
    surface = pygame.Surface(board.size)
    board.draw(surface, scene)
    world.stock["old_forest"] *= 0.97
    later, times = look(model, world), []
    for share in np.linspace(0.1, 1.0, 10):
        started = time.process_time()
        board.draw(surface, blend(scene, later, float(share)))
        times.append(time.process_time() - started)
    assert float(np.median(times)) < 0.2
