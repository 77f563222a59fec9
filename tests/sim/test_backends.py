"""NumPy, compiled kernels and the plain-Python oracle agree to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, reject, settings

from game.level.library import shipped_levels
from game.level.problems import LevelError
from game.level.reader import load_level, parse_level
from game.players.imagined import coarse
from game.players.policies import plan_season
from game.run import backends
from game.sim.batches import selected
from game.sim.beginning import new_worlds
from game.sim.compiled.acting_text import write_acting
from game.sim.compiled.loop import Unsupported
from game.sim.compiled.text import write_kernel
from game.sim.compiled.turning_text import ALLOWED, BARREN, CLOSE, JUDGE, OPEN, RENEW, SETTLE
from game.sim.model import Model, compile_level
from game.sim.step import FastSeason, Ticks, run_ticks, step
from game.sim.world import World
from tests.oracle.comparing import compare, plain_state
from tests.oracle.oracle import Oracle
from tests.sim.levels import random_plans, tiny
from tests.sim.plain_acting import plain_season
from tests.sim.random_actions import acting_level_texts
from tests.sim.random_levels import level_texts
from tests.sim.test_oracle import everything, small_pasture

SHIPPED = [pytest.param(str(path), id=path.stem) for path in shipped_levels()]
OF_NEIGHBOURS = """\
stocks:
  grass: {at: tile, kind: matter, range: [0, 1], start: 0.5, varies: 0.4, plain: Grass.}
actions:
  mow: {mode: neutral, family: x, target: {tiles: ground, area: 1}, plain: Mow.,
        now: [{move: {from: grass, to: outside, amount: "0.5 * near(grass)"}}]}
"""
FINED_AS_SETTLED = """\
stocks:
  hay: {at: community, kind: matter, range: [0, 500], start: 5, varies: 0.4, plain: H}
  ration: {at: community, kind: state, range: [0, 99], start: 99, plain: R}
flows:
  mowing: {from: outside, to: hay, per: community, rate: hay, plain: M}
actions:
  agree: {mode: with, family: x, target: {communities: 2..3}, plain: A, accepts: 1, %s
          lasts: {seasons: 4, limits: mowing, sets: {ration: 1}}}
  watch: {mode: with, family: x, target: {communities: 2..3}, plain: W, accepts: 1,
          terms: {due: {low: 0, high: 1, start: 0.5, steps: 3, plain: T.}},
          lasts: {seasons: 3, fines: {breaking: agree, stock: hay, steps: [due * excess, 2 * due]}}}
"""
SETTLED_AS_WELL = "terms: {much: {low: 0, high: 2, start: 1, steps: 3, plain: T.}},"
BEGINNINGS = """\
stocks:
  grain: {at: tile, kind: matter, range: [0, 10], start: 4, varies: 0.3, living: 5, plain: Grain.}
  bloom: {at: tile, kind: state, range: [-2, 3], start: 1, varies: 0.3, plain: Bloom.}
  mood:  {at: community, kind: state, range: [-9, 9], start: 1, plain: Mood.}
  known: {at: [community, community], kind: state, range: [0, 1], start: 0.9, plain: Known.}
numbers:
  sun: {value: 1, low: 0, high: 9, from: play, each_season: [0.5, 1.5], plain: Sun.}
needs: {food: {plain: Food.}, rest: {plain: Rest.}, song: {plain: Song.}}
wants: {drift: [food, rest, song], every: 1..3, known_by: known, still_known: 0.5}
actions:
  sow: {mode: neutral, family: x, target: me, plain: S, later: [{of: "mood[me]", add: 1, after: 2, plain: L}]}
events:
"""
EVENTS = """\
  hail: {plain: H., strikes: community, chance: 0.4, now: [{of: bloom, add: -1}, {of: "mood[me]", add: -sun}]}
  gale: {plain: H., strikes: community, at: [2, 5], now: [{move: {from: grain, to: outside, amount: grain / 2}}]}
  fire: {plain: H., strikes: community, when: "mood[me] > 0", now: [{move: {from: grain, to: outside, amount: 1}}]}
  dusk: {plain: D., chance: 0.3, odds: 0.6, warns: 1, lasts: 2, at: 4, sets: {sun: mean(grain) - 1}}
  dawn: {plain: D., chance: 0.5, once: true, from_season: 3, sets: {sun: sun / 2}, now: [{of: bloom, add: sun}]}
  rise: {plain: D., when: mean(mood) > 0, chance: 0.7, now: [{move: {from: outside, to: grain, amount: sun}}]}
  calm: {plain: D., warns: 1, once: true, chance: 0.2, odds: 0.9, now: [{of: mood, add: 0.5}]}
"""
LEVELS = settings(
    derandomize=True, database=None, deadline=None,
    phases=[Phase.generate],  # making a failing level smaller takes minutes; its text is short enough to read
    suppress_health_check=list(HealthCheck),  # levels are large, and some have errors
)  # fmt: skip


def made(text: str) -> Model:
    """The model of a written level; one with an error is passed over."""
    try:
        return compile_level(parse_level(text))
    except LevelError:
        reject()


def with_edges(model: Model, seeds: list[int], generator: np.random.Generator) -> World:
    """Worlds in which many stocks are empty or full: there shares, full stocks and held-back delays matter."""
    world = new_worlds(model, seeds)
    for name, plan in model.stocks.items():
        kind = generator.integers(0, 4, world.stock[name].shape)
        chosen = np.where(kind == 0, plan.low, np.where(kind == 1, plan.high, world.stock[name]))
        world.stock[name] = np.where(np.broadcast_to(plan.live, chosen.shape) > 0.0, chosen, 0.0) + 0.0
    return world


def same_as_oracle(model: Model, seasons: int = 2) -> None:
    generator = np.random.default_rng(1)
    world = with_edges(model, [5, 6, 7], generator)
    oracles = [Oracle.from_world(model, selected(world, np.array([index]))) for index in (0, 2)]
    for _ in range(seasons):
        actions = random_plans(model, generator, 3)
        world = step(model, world, actions)
        for index, oracle in zip((0, 2), oracles, strict=True):
            oracle.step(actions.of_worlds(np.array([index])))
            alone = selected(world, np.array([index]))
            alone.result, alone.answer = world.result[..., [index]], world.answer[..., [index]]
            assert not oracle.differences(alone)


def differences(first: World, second: World) -> list[str]:
    """Every value that differs between two batches, bit for bit."""
    found = []
    for index in range(first.count):
        one, other = (plain_state(selected(world, np.array([index]))) for world in (first, second))
        found += [line for name in one for line in compare(f"world {index} {name}", one[name], other[name])]
    return found


def same_as_numpy(model: Model, ticks: Ticks, worlds: int = 5, seasons: int = 3) -> None:
    generator = np.random.default_rng(2)
    slow = fast = with_edges(model, list(range(worlds)), generator)
    for _ in range(seasons):
        actions = random_plans(model, generator, worlds)
        slow, fast = step(model, slow, actions, run_ticks), step(model, fast, actions, ticks)
        assert not differences(slow, fast)


@settings(LEVELS, max_examples=80)
@given(level_texts())
def test_eighty_random_levels_agree_with_the_oracle(text: str) -> None:
    same_as_oracle(made(text))


@settings(LEVELS, max_examples=15)
@given(acting_level_texts())
def test_fifteen_random_levels_with_actions_agree_with_the_oracle(text: str) -> None:
    same_as_oracle(made(text))


def policies_in_turn(model: Model, season: int) -> tuple[str, ...]:
    """Policies for all seats; with the seasons everybody plays by each of them."""
    names = ("over", "with", "mixed", "random", "person", "deaf", "selfless")
    return tuple(names[(season + seat) % len(names)] for seat in range(len(model.layout.seats)))


def same_plans_and_deeds(model: Model, ticks: Ticks, seasons: int = 7) -> None:
    """Hold what compiled code finds possible, picks and carries out against NumPy."""
    slow = fast = new_worlds(model, range(3))
    for season in range(seasons):
        policies = policies_in_turn(model, season)
        actions = plan_season(model, slow, policies)
        assert (plan_season(model, fast, policies, ticks).chosen == actions.chosen).all()
        before = fast.digest()
        slow, after = step(model, slow, actions), step(model, fast, actions, ticks)
        assert fast.digest() == before  # a step leaves what it was given as it was
        fast = after
        assert not differences(slow, fast)


def text_same_as_numpy(text: str) -> None:
    """Hold the text of compiled actions, read as plain Python, against NumPy."""
    pytest.importorskip("numba", reason="the words of compiled actions need numba: pip install 'powerdance[fast]'")
    model = made(text)
    try:
        ticks = plain_season(model)
    except Unsupported:
        reject()
    with np.errstate(all="ignore"):
        same_as_numpy(model, ticks, worlds=2)
        same_plans_and_deeds(model, ticks, seasons=2)


@settings(LEVELS, max_examples=12)
@given(acting_level_texts())
def test_what_is_compiled_of_twelve_random_levels_agrees(text: str) -> None:
    text_same_as_numpy(text)


@pytest.mark.parametrize("more", ["", SETTLED_AS_WELL])
def test_a_fine_is_what_those_who_watch_settled_on_and_not_those_who_are_watched(more: str) -> None:
    pytest.importorskip("numba", reason="the words of compiled actions need numba: pip install 'powerdance[fast]'")
    model = tiny(FINED_AS_SETTLED % more, people=("ann", "bob", "cid"))
    same_as_oracle(model, seasons=6)
    same_as_numpy(model, plain_season(model), seasons=6)


@pytest.mark.parametrize("event", EVENTS.splitlines())
def test_seasons_begin_the_same_whatever_happens_in_them(event: str) -> None:
    pytest.importorskip("numba", reason="the words of compiled actions need numba: pip install 'powerdance[fast]'")
    rows, legend = "ab\nab", '"a": {terrain: ground, users: [ann]}\n"b": {terrain: ground, users: [bob]}\n'
    model = tiny(BEGINNINGS + event, people=("ann", "bob"), rows=rows, legend=legend)
    assert (OPEN, "") in write_acting(model).turning.parts
    same_as_oracle(model, seasons=9)
    same_as_numpy(model, plain_season(model), seasons=9)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@settings(LEVELS, max_examples=500)
@given(acting_level_texts())
def test_what_is_compiled_of_many_random_levels_agrees(text: str) -> None:
    text_same_as_numpy(text)


@pytest.mark.usefixtures("compiled_here")
class TestCompiled:
    @settings(LEVELS, max_examples=3)
    @given(level_texts())
    def test_random_levels_agree(self, text: str) -> None:
        model = made(text)
        same_as_numpy(model, backends.kernel("compiled", model, 1))
        same_as_numpy(coarse(model), backends.kernel("compiled", coarse(model), 1))

    @pytest.mark.nightly
    @pytest.mark.timeout(3600)
    @settings(LEVELS, max_examples=20)
    @given(acting_level_texts())
    def test_many_random_levels_with_actions_agree(self, text: str) -> None:
        model = made(text)
        same_as_oracle(model)
        ticks = backends.kernel("compiled", model, 1)
        same_as_numpy(model, ticks)
        same_plans_and_deeds(model, ticks)

    def test_an_action_that_only_numpy_can_read_is_left_to_it(self) -> None:
        model = tiny(OF_NEIGHBOURS)
        ticks = backends.kernel("compiled", model, 1)
        assert not isinstance(ticks, FastSeason)
        same_as_numpy(model, ticks, worlds=2)

    @pytest.mark.nightly
    @pytest.mark.timeout(3600)
    @settings(LEVELS, max_examples=200)
    @given(level_texts())
    def test_many_random_levels_agree(self, text: str) -> None:
        model = made(text)
        same_as_oracle(model)
        same_as_numpy(model, backends.kernel("compiled", model, 1))

    @pytest.mark.nightly
    @pytest.mark.parametrize("name", SHIPPED)
    def test_shipped_levels_agree_while_policies_act(self, name: str) -> None:
        model = compile_level(load_level(name))
        ticks = backends.kernel("compiled", model, 1)
        same_plans_and_deeds(model, ticks)
        assert isinstance(ticks, FastSeason)
        same_as_numpy(coarse(model), ticks.coarser(coarse(model)))

    @pytest.mark.nightly
    def test_what_the_pasture_leaves_out_agrees(self) -> None:
        same_as_numpy(everything(), backends.kernel("compiled", everything(), 1), seasons=10)

    @pytest.mark.nightly
    def test_threads_blocks_and_batches_change_no_bit(self) -> None:
        model = small_pasture()
        whole = played(model, backends.kernel("compiled", model, 1), 70)
        assert played(model, backends.kernel("compiled", model, 1, threads=2), 70).digests() == whole.digests()
        assert played(model, run_ticks, 70).digests() == whole.digests()
        alone = backends.kernel("compiled", model, 1)
        for seed in (0, 31, 32, 69):
            world = new_worlds(model, [seed])
            for _ in range(3):
                world = step(model, world, None, alone)
            assert world.digests() == [whole.digests()[seed]]

    @pytest.mark.nightly
    def test_a_step_leaves_its_input_as_it_was(self) -> None:
        model = small_pasture()
        world = new_worlds(model, range(3))
        before = world.digest()
        step(model, world, None, backends.kernel("compiled", model, 1))
        assert world.digest() == before

    @pytest.mark.nightly
    def test_onlookers_get_every_tile_and_other_models_are_refused(self) -> None:
        model = small_pasture()
        ticks, world = backends.kernel("compiled", model, 1), new_worlds(model, range(2))
        world.detail = {}
        watched = step(model, world, None, ticks)
        assert watched.detail and watched.digest() == step(model, new_worlds(model, range(2)), None, ticks).digest()
        with pytest.raises(ValueError, match="its own model"):
            step(everything(), new_worlds(everything(), [1]), None, ticks)


def played(model: Model, ticks: Ticks, worlds: int) -> World:
    """Some worlds after three seasons in which nobody acts."""
    world = new_worlds(model, range(worlds))
    for _ in range(3):
        world = step(model, world, None, ticks)
    return world


@pytest.mark.parametrize("name", SHIPPED)
def test_nothing_of_a_season_of_shipped_levels_is_left_to_numpy(name: str) -> None:
    pytest.importorskip("numba", reason="the words of compiled actions need numba: pip install 'powerdance[fast]'")
    model = compile_level(load_level(name))
    parts = write_acting(model).turning.parts
    settled = [plan for plan in model.actions.values() if plan.term and plan.spec.lasts and plan.spec.lasts.limits]
    wanted = {(what, "") for what in (OPEN, RENEW, SETTLE, CLOSE, JUDGE, BARREN)} | {
        (ALLOWED, plan.name) for plan in settled
    }
    assert set(parts) == wanted


@pytest.mark.parametrize("name", SHIPPED)
def test_longer_ticks_need_no_other_machine_code(name: str) -> None:
    model = compile_level(load_level(name))
    assert write_kernel(coarse(model)).text == write_kernel(model).text


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_levels_agree_with_the_oracle(name: str) -> None:
    model = compile_level(load_level(name))
    world = new_worlds(model, [11])
    oracle = Oracle.from_world(model, world)
    actions = plan_season(model, world, ("over", "with", "mixed", "random", "over", "with")[: len(model.layout.seats)])
    oracle.step(actions)
    assert not oracle.differences(step(model, world, actions))
