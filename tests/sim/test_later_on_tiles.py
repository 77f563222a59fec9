"""What an action brings to its tiles some seasons later."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from game.insight.causes import Where, blame
from game.insight.coming import on_its_way
from game.insight.graph import touches
from game.level.problems import LevelError
from game.level.reader import parse_level
from game.run import backends
from game.sim.actions import Actions
from game.sim.model import Model, compile_level
from game.sim.step import run_ticks, step
from tests.sim.levels import candidate, level_text, one, play, random_plans, tiny
from tests.sim.test_oracle import EVERYTHING, run_beside

BODY = """
stocks:
  hedge: {at: tile, kind: state, range: [0, 1], start: 0.2, on: ground, plain: Hedges.}
  days: {at: player, kind: state, range: [0, 20], start: 20, plain: Days.}
actions:
  plant: {mode: with, family: care, target: {tiles: ground, area: 2}, limit: 4, plain: Plant., cost: {days: 1},
          now: [{of: hedge, add: 0.1}],
          later: [{of: hedge, add: "0.2 * (1 - hedge)", after: 2, plain: Hedges grow.}]}
  fell:  {mode: over, family: take, target: {tiles: ground, area: 2}, limit: 4, plain: Fell., cost: {days: 1},
          now: [{of: hedge, add: -0.1}]}
  sow:   {mode: with, family: care, target: {all: ground}, plain: Sow., now: [],
          later: [{of: hedge, add: 0.05, after: 1, plain: Seed comes up.}]}
"""
MAP: dict[str, Any] = {
    "rows": "..~.\n....\n~...",
    "legend": '".": {terrain: ground, users: [ann]}\n"~": {terrain: lake}',
}


@pytest.fixture(scope="module")
def model() -> Model:
    return tiny(BODY, **MAP)


def plot(model: Model, action: str, index: int = 0) -> int:
    return [at for at, found in enumerate(model.candidates) if found.action == action][index]


def hedges(model: Model, plans: dict[int, list[int]], seasons: int) -> list[np.ndarray]:
    world, found = one(model), []
    for season in range(seasons):
        world = play(model, world, 1, plans if season == 0 else {})
        found.append(world.stock["hedge"][0, 0, :, :, 0])
    return found


def test_it_comes_to_the_tiles_of_the_plot_when_it_is_due(model: Model) -> None:
    first, second, third = hedges(model, {0: [plot(model, "plant")]}, 3)
    assert first[0, 0] == second[0, 0] == pytest.approx(0.3) and first[2, 3] == 0.2
    assert third[0, 0] == pytest.approx(0.3 + 0.2 * 0.7) and third[2, 3] == 0.2
    assert third[0, 2] == third[2, 0] == 0.0  # in the lake


def test_on_all_of_a_terrain_it_comes_wherever_the_stock_lives(model: Model) -> None:
    (first,) = hedges(model, {0: [candidate(model, "sow")]}, 1)
    after = hedges(model, {0: [candidate(model, "sow")]}, 2)[1]
    assert (first[first > 0] == 0.2).all() and np.allclose(after[first > 0], 0.25) and (after[first == 0] == 0).all()


def test_what_is_undone_in_the_same_season_brings_nothing_there(model: Model) -> None:
    both = hedges(model, {0: [plot(model, "plant"), plot(model, "fell")]}, 3)
    elsewhere = hedges(model, {0: [plot(model, "plant"), plot(model, "fell", 1)]}, 3)
    assert both[2][0, 0] == pytest.approx(0.2) and elsewhere[2][0, 0] == pytest.approx(0.44)


def test_numpy_and_the_oracle_agree_to_the_last_bit(model: Model) -> None:
    for seed in range(2):
        run_beside(model, one(model, seed), 12, np.random.default_rng(seed), False)


def test_everything_beside_it_agrees_as_well() -> None:
    text = EVERYTHING.read_text(encoding="utf-8").replace(
        "later: [{of: mood,", 'later: [{of: humus, add: "0.05 * seed - 0.02 * users", after: 2, plain: H.}, {of: mood,'
    )
    wide = compile_level(parse_level(text))
    assert sum(item.on_tiles for plan in wide.actions.values() for item in plan.later) == 1
    run_beside(wide, one(wide, 1), 5, np.random.default_rng(1), False)


def test_a_batch_gives_each_world_what_it_gets_alone(model: Model) -> None:
    generator = np.random.default_rng(5)
    from game.sim.batches import selected
    from game.sim.beginning import new_worlds

    worlds = new_worlds(model, [3, 4, 5])
    plans = [random_plans(model, generator, 3, 0.9) for _ in range(5)]
    whole = worlds
    for actions in plans:
        whole = step(model, whole, actions)
    for index in range(3):
        alone = selected(worlds, np.array([index]))
        for actions in plans:
            alone = step(model, alone, actions.of_worlds(np.array([index])))
        assert alone.digests()[0] == whole.digests()[index]


def test_compiled_ticks_leave_such_actions_to_numpy(model: Model) -> None:
    pytest.importorskip("numba")
    ticks = backends.kernel("compiled", model, 1)
    slow = fast = one(model)
    generator = np.random.default_rng(6)
    for _ in range(6):
        actions = random_plans(model, generator, 1, 0.9)
        slow, fast = step(model, slow, actions, run_ticks), step(model, fast, actions, ticks)
        assert slow.digest() == fast.digest()


def test_it_is_told_on_its_way_and_blamed_when_it_comes(model: Model) -> None:
    world = play(model, one(model), 1, {0: [plot(model, "plant")]})
    (arrival,) = on_its_way(model, world)
    places = float(model.stocks["hedge"].live.sum())
    assert (arrival.stock, arrival.community, arrival.season) == ("hedge", None, 3)
    assert arrival.amount == pytest.approx(0.14 * 4 / places)
    before = play(model, world, 1)
    found = blame(model, before, Actions.none(model, 1), Where("hedge"))
    assert [(part.name, part.amount) for part in found.parts] == [("plant", pytest.approx(0.14 * 4 / places))]


def test_what_it_changes_counts_as_touched(model: Model) -> None:
    assert [(one.stock, one.raises, one.after) for one in touches(model, model.actions["sow"])] == [("hedge", True, 1)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("target: {all: ground}, plain: Sow", "target: me, plain: Sow", "target: {all: ground} for all of it"),
        ("hedge: {at: tile, kind: state", "hedge: {at: world, kind: state", "to a community or to tiles"),
    ],
)
def test_where_it_can_come_to_nobody_it_is_refused(old: str, new: str, told: str) -> None:
    with pytest.raises(LevelError) as refused:
        parse_level(level_text(BODY.replace(old, new), **MAP))
    assert told in str(refused.value)


def test_levels_without_it_keep_the_shape_of_what_is_on_its_way() -> None:
    plain = tiny(BODY.replace("later: [{of: hedge", "later: [{of: days").replace('"0.2 * (1 - hedge)"', "1"), **MAP)
    assert all(array.shape == (item.after, 1, 1) for plan in plain.actions.values() for item in plan.later
               for array in [one(plain).later[item.key]])  # fmt: skip
