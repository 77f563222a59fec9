"""Matter that runs downhill: where to, how much, and that none is lost on the way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.level.problems import LevelError
from tests.sim.levels import one, play, tiny


def slope(heights: list[str], share: str, start: str = "0.5", high: float = 1.0, seasons: int = 40, ticks: int = 8):
    rows = "\n".join("." * len(row) for row in heights)
    stock = f"{{at: tile, kind: matter, range: [0, {high}], start: {start}, downhill: '{share}', plain: W}}"
    return tiny(f"stocks:\n  water: {stock}\n", rows=rows, heights=heights, seasons=seasons, ticks=ticks)


def test_water_gathers_in_the_hollow() -> None:
    model = slope(["9753", "8642", "7531"], "1", start="0.05")
    world = play(model, one(model), 30)
    held = world.stock["water"][0, 0, :, :, 0]
    assert held[2, 3] == pytest.approx(12 * 0.05, rel=1e-3)
    assert held[2, 3] == held.max() and held[0, 0] < 1e-6


def test_what_leaves_a_tile_is_shared_by_steepness() -> None:
    model = slope(["383", "191"], "0.8", ticks=1)
    world = one(model)
    world.stock["water"][:] = 0.0
    world.stock["water"][0, 0, 0, 1] = 0.5
    held = play(model, world, 1).stock["water"][0, 0, :, :, 0]
    assert held[0].tolist() == pytest.approx([0.2, 0.1, 0.2]), "5 down to either side and nothing up to the 9 below"
    assert held[1].sum() == 0.0


def test_level_ground_keeps_what_it_has() -> None:
    model = slope(["444", "444"], "1")
    world = one(model)
    before = world.stock["water"].copy()
    assert (play(model, world, 5).stock["water"] == before).all()


def test_a_full_hollow_holds_back_what_comes() -> None:
    model = slope(["321"], "1", start="0.8")
    held = play(model, one(model), 40).stock["water"][0, 0, 0, :, 0]
    assert held[2] == 1.0 and held[1] == pytest.approx(1.0) and held[0] == pytest.approx(0.4)


@settings(max_examples=30, deadline=None)
@given(
    heights=st.lists(st.text("0123456789", min_size=4, max_size=4), min_size=3, max_size=3),
    share=st.sampled_from(["0.3", "8", "0.1 * height", "2 * water", "0.5 - water"]),
    ticks=st.sampled_from([1, 3, 8]),
    seed=st.integers(0, 99),
)
def test_nothing_is_lost_or_made(heights: list[str], share: str, ticks: int, seed: int) -> None:
    model = slope(heights, share, ticks=ticks)
    world = one(model)
    world.stock["water"][...] = np.random.default_rng(seed).random(world.stock["water"].shape)
    total = world.stock["water"].sum()
    for _ in range(6):
        world = play(model, world, 1)
        assert world.stock["water"].sum() == pytest.approx(total, rel=1e-12)
        assert world.stock["water"].min() >= 0.0 and world.stock["water"].max() <= 1.0


def test_a_forest_may_hold_the_water_back() -> None:
    bare = slope(["9876543210"], "0.5")
    wooded = slope(["9876543210"], "0.5 * (height < 5)")
    upper = [play(model, one(model), 8).stock["water"][0, 0, 0, :5, 0].sum() for model in (bare, wooded)]
    assert upper[1] > 3 * upper[0]


@pytest.mark.parametrize(
    ("heights", "words"),
    [
        (["12a", "123"], "a height is a digit"),
        (["12", "123"], "row 1 of the heights has 2 digits"),
        (["123"], "2 rows, and its heights have 1"),
    ],
)
def test_heights_that_do_not_fit_the_map_are_told_with_their_place(heights: list[str], words: str) -> None:
    stock = "{at: tile, kind: matter, range: [0, 1], start: 0, downhill: 1, plain: W}"
    with pytest.raises(LevelError) as caught:
        tiny(f"stocks:\n  water: {stock}\n", rows="...\n...", heights=heights)
    (problem,) = caught.value.problems
    assert words in problem.message and problem.line > 1


def test_only_matter_on_tiles_runs_downhill() -> None:
    with pytest.raises(LevelError, match="only matter on tiles can run downhill"):
        tiny("stocks:\n  pride: {at: tile, kind: state, range: [0, 1], start: 0, downhill: 1, plain: P}\n")


def test_height_is_a_name_that_rules_may_use() -> None:
    model = tiny(
        "stocks:\n  snow: {at: tile, kind: state, range: [0, 9], start: 0, plain: S}\n"
        "influences:\n  falling: {of: snow, change: 0.1 * height, plain: F}\n",
        rows="...",
        heights=["048"],
    )
    held = play(model, one(model), 1).stock["snow"][0, 0, 0, :, 0]
    assert held.tolist() == pytest.approx([0.0, 0.4, 0.8])
