"""Matter is moved, never made or lost; stocks stay within their ranges; no flow has an advantage."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.sim.beginning import new_worlds
from game.sim.model import Model
from game.sim.step import step
from tests.sim.levels import matter, one, play, random_plans, tiny, value
from tests.sim.test_oracle import everything, small_pasture

NAMES = ("grain", "mud", "hay", "purse")
PLACES = {"grain": "tile", "mud": "tile", "hay": "community", "purse": "world"}


def assert_conserved(model: Model, seed: int, seasons: int, worlds: int = 5) -> None:
    """Play with chance plans; after every season nothing may be missing and no stock outside its range."""
    generator = np.random.default_rng(seed)
    world = new_worlds(model, range(seed, seed + worlds))
    before = matter(model, world)
    for _ in range(seasons):
        world = step(model, world, random_plans(model, generator, worlds))
        through = 1.0 + sum(
            np.abs(held).sum(axis=(0, 1, 2, 3)) for held in (*world.stock.values(), *world.outside.values())
        )
        assert np.all(np.abs(matter(model, world) - before) <= 1e-12 * through)
        for name, plan in model.stocks.items():
            assert world.stock[name].min() >= min(plan.low, 0.0) and world.stock[name].max() <= plan.high, name
        for name, stages in world.memory.items():
            assert name not in model.level.flows or stages.min() >= 0.0


@pytest.mark.parametrize("make", [small_pasture, everything])
def test_whatever_players_do_matter_is_conserved(make: object) -> None:
    for seed in range(3):
        assert_conserved(make(), seed, 10)  # type: ignore[operator]


@st.composite
def levels(draw: st.DrawFn) -> str:
    """Small levels: four stocks of matter with narrow ranges, and flows with rates far too high for them."""
    highs = {name: draw(st.sampled_from([0.3, 1.0, 50.0])) for name in NAMES}
    lines = ["stocks:"]
    for name in NAMES:
        start = draw(st.floats(0, 1)) * highs[name]
        spread = f", spread: {draw(st.sampled_from([0.0, 0.1, 0.24]))}" if PLACES[name] == "tile" else ""
        lines.append(
            f"  {name}: {{at: {PLACES[name]}, kind: matter, range: [0, {highs[name]}], "
            f"start: {start!r}, varies: 0.3, plain: X{spread}}}"
        )
    lines.append("flows:")
    for index in range(draw(st.integers(1, 6))):
        source, target = draw(st.lists(st.sampled_from([*NAMES, "outside"]), min_size=2, max_size=2, unique=True))
        places = {PLACES.get(source), PLACES.get(target)}
        per = ", per: community" if {"tile", "community"} <= places else ""
        delay = f", delay: {draw(st.sampled_from([0.5, 0.7, 3.0]))}" if draw(st.booleans()) else ""
        rate = draw(st.sampled_from([0.0, 0.01, 0.6, 7.0, 900.0]))
        bend = f"{rate} * {source}" if source != "outside" and draw(st.booleans()) else str(rate)
        lines.append(f'  f{index}: {{from: {source}, to: {target}, plain: X, rate: "{bend}"{per}{delay}}}')
    return "\n".join(lines) + "\n"


@settings(max_examples=60, deadline=None)
@given(levels(), st.integers(0, 10_000), st.sampled_from([1, 3, 8]))
def test_any_small_level_conserves_matter(body: str, seed: int, ticks: int) -> None:
    assert_conserved(
        tiny(
            body,
            people=("ann", "bob"),
            rows="...\n..#",
            ticks=ticks if "delay: 0." not in body else max(ticks, 2),  # a delay takes at least a tick
            legend='".": {terrain: ground, users: [ann, bob]}\n"#": {terrain: ground}',
        ),
        seed,
        4,
        worlds=3,
    )


MOVES = """
stocks:
  grain: {at: tile, kind: matter, range: [0, 1], start: 0.7, varies: 0.5, plain: Grain.}
  mud:   {at: tile, kind: matter, range: [0, 1], start: 0.7, varies: 0.5, plain: Mud.}
  hay:   {at: community, kind: matter, range: [0, 2], start: 1, plain: Hay.}
  purse: {at: world, kind: matter, range: [0, 3], start: 1, plain: Purse.}
actions:
"""
ENDS = ("outside", "grain", "mud", "hay[me]", "hay[bob]", "purse")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(ENDS), st.sampled_from(ENDS), st.sampled_from([0.05, 0.4, 5.0])),
        min_size=1,
        max_size=4,
    )
)
def test_what_actions_move_is_conserved_and_stays_in_range(moves: list[tuple[str, str, float]]) -> None:
    effects = [f"{{move: {{from: '{a}', to: '{b}', amount: {amount}}}}}" for a, b, amount in moves if a != b]
    if effects:
        action = "  act: {mode: over, family: x, plain: X, limit: 8, target: {tiles: ground, area: 2}, now: [%s]}\n"
        assert_conserved(tiny(MOVES + action % ", ".join(effects), people=("ann", "bob")), 1, 2)


def test_an_action_moves_matter_on_a_map_of_one_row() -> None:
    action = (
        "  act: {mode: over, family: x, plain: X, target: {tiles: ground, area: 4},\n"
        "        now: [{move: {from: grain, to: 'hay[me]', amount: 0.1}}]}\n"
    )
    model = tiny(MOVES + action, people=("ann", "bob"), rows="....")
    world = one(model)
    after = play(model, world, 1, {0: [0]})
    assert value(after, "hay", 0)[0] == pytest.approx(1.4)
    assert matter(model, after) == pytest.approx(matter(model, world))


TWO_WELLS = """
stocks:
  well: {at: world, kind: matter, range: [0, 10], start: 1, plain: Well.}
  a:    {at: world, kind: matter, range: [0, 10], start: 0, plain: A.}
  b:    {at: world, kind: matter, range: [0, 10], start: 0, plain: B.}
flows:
"""
TO_A, TO_B = "  to_a: {from: well, to: a, rate: 90, plain: A.}\n", "  to_b: {from: well, to: b, rate: 30, plain: B.}\n"


def test_two_flows_share_a_scarce_stock_as_they_asked() -> None:
    world = play(model := tiny(TWO_WELLS + TO_A + TO_B), one(model), 1)
    assert value(world, "well")[0] == pytest.approx(0.0, abs=1e-15)
    assert value(world, "a")[0] == pytest.approx(0.75) and value(world, "b")[0] == pytest.approx(0.25)


def test_the_order_of_flows_in_the_file_gives_none_an_advantage() -> None:
    first, second = tiny(TWO_WELLS + TO_A + TO_B), tiny(TWO_WELLS + TO_B + TO_A)
    one_way, other_way = play(first, one(first), 3), play(second, one(second), 3)
    for name in ("well", "a", "b"):
        assert value(one_way, name) == pytest.approx(value(other_way, name), abs=1e-14)


def test_what_does_not_fit_into_a_full_stock_stays_where_it_was() -> None:
    model = tiny(
        TWO_WELLS.replace("range: [0, 10], start: 0, plain: A", "range: [0, 0.2], start: 0, plain: A")
        + "  to_a: {from: well, to: a, rate: 0.8, plain: A.}\n"
    )
    world = play(model, one(model), 4)
    assert value(world, "a")[0] == pytest.approx(0.2) and value(world, "well")[0] == pytest.approx(0.8)


def test_two_flows_share_the_room_in_a_full_stock() -> None:
    model = tiny(
        TWO_WELLS.replace("range: [0, 10], start: 1", "range: [0, 1.4], start: 1").replace("start: 0,", "start: 5,")
        + "  from_a: {from: a, to: well, rate: 24, plain: A.}\n  from_b: {from: b, to: well, rate: 8, plain: B.}\n"
    )
    world = play(model, one(model), 1)
    assert value(world, "a")[0] == pytest.approx(4.7) and value(world, "b")[0] == pytest.approx(4.9)


def test_a_full_target_holds_a_delayed_flow_back_in_its_pipeline() -> None:
    model = tiny(
        TWO_WELLS.replace("range: [0, 10], start: 0, plain: A", "range: [0, 0.1], start: 0, plain: A")
        + "  to_a: {from: well, to: a, rate: 0.5, delay: 1, plain: A.}\n"
    )
    world = play(model, one(model), 6)
    waiting = world.memory["to_a"].sum()
    assert value(world, "a")[0] == pytest.approx(0.1)
    assert waiting + value(world, "well")[0] == pytest.approx(0.9) and world.memory["to_a"].min() >= 0.0


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([0.03, 0.25]), st.sampled_from([1, 8]))
def test_spread_conserves_and_keeps_its_bounds(seed: int, share: float, ticks: int) -> None:
    model = tiny(
        f"stocks:\n  water: {{at: tile, kind: matter, range: [0, 1], start: 0.5, spread: {share}, plain: W}}\n",
        rows="....\n....\n....",
        ticks=ticks,
    )
    generator, world = np.random.default_rng(seed), new_worlds(model, [1, 2, 3])
    shape = world.stock["water"].shape
    world.stock["water"] = generator.random(shape) * (generator.random(shape) < 0.6)
    after = play(model, world, 3)
    assert matter(model, after) == pytest.approx(matter(model, world), rel=1e-12)
    assert after.stock["water"].max() <= world.stock["water"].max() + 1e-15
    # Rounding may leave a drained tile at about -1e-17; the rule says never below the floor.
    assert after.stock["water"].min() >= -1e-15


def test_spread_never_leaves_a_tile_below_its_floor_by_a_rounding_error() -> None:
    model = tiny(
        "stocks:\n  water: {at: tile, kind: matter, range: [0, 1], start: 0, spread: 0.25, plain: W}\n",
        rows="...\n...\n...",
        ticks=1,
    )
    world, generator = new_worlds(model, range(500)), np.random.default_rng(1)
    world.stock["water"][0, 0, 1, 1] = generator.random(500)
    after = play(model, world, 1)
    assert after.stock["water"].min() >= 0.0


def test_spread_stays_on_the_ground_where_the_stock_lives() -> None:
    model = tiny(
        """
        stocks:
          water: {at: tile, kind: matter, range: [0, 1], start: 0.9, on: [lake], spread: 0.25, plain: W}
        """,
        rows="~~.~",
        legend='".": {terrain: ground}\n"~": {terrain: lake}\n"!": {terrain: lake, water: 0}',
    )
    world = play(model, one(model), 5)
    assert world.stock["water"].ravel().tolist() == pytest.approx([0.9, 0.9, 0.0, 0.9])


def test_spread_evens_out() -> None:
    model = tiny(
        "stocks:\n  water: {at: tile, kind: matter, range: [0, 1], start: 0, spread: 0.25, plain: W}\n",
        rows="!...\n....\n....",
        legend='".": {terrain: ground}\n"!": {terrain: ground, water: 1}',
    )
    world = play(model, one(model), 400)
    assert world.stock["water"].ravel() == pytest.approx(np.full(12, 1 / 12), abs=1e-6)


ONE_WELL = """
stocks:
  well:  {at: world, kind: matter, range: [0, 10], start: %s, plain: W}
  depth: {at: world, kind: state, range: [0, 10], start: 9, plain: D}
numbers: {rain: {value: 1, low: 0, high: 2, from: literature, source: S, plain: R}}
"""


def test_a_flow_never_runs_backwards_whatever_an_event_sets() -> None:
    model = tiny(
        ONE_WELL % 5 + "events: {drought: {plain: D, at: 1, sets: {rain: -400}}}\n"
        "flows: {falling: {from: outside, to: well, plain: F, rate: rain}}\n"
    )
    world = play(model, one(model), 1)
    assert value(world, "well")[0] == 5.0 and world.outside["well"].item() == 0.0


def test_a_flow_along_a_falling_curve_leaves_no_negative_stock() -> None:
    model = tiny(
        ONE_WELL % 0
        + "flows: {falling: {from: outside, to: well, plain: F, rate: 'curve(depth, [[0, 0.76], [0.27, 0]])'}}\n"
    )
    assert value(play(model, one(model), 1), "well")[0] >= 0.0
