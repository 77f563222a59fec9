"""Threads of one process share the seeds: the same bits as one, stopped within a season."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import active_count
from typing import Any

import pytest

from game.level.reader import load_level
from game.run import workers
from game.run.batch import play
from game.run.claims import check_claims
from game.run.threads import among_threads, one_at_a_time
from game.run.workers import play_with_workers, shared_out
from game.sim.actions import apply_actions
from game.sim.model import compile_level
from game.sim.step import FastSeason, Looked, run_ticks
from game.sim.world import World

SEEDS = range(30, 37)


def not_asked(*arguments: Any) -> Looked:
    raise AssertionError("whoever does nothing looks at no options")


def as_if_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let NumPy stand for the compiled season of games in which nobody acts."""
    season = FastSeason(apply_actions, run_ticks, *[not_asked] * 9)
    monkeypatch.setattr(workers, "kernel", lambda *_, **__: season)


@pytest.mark.parametrize("count", [2, 3, 7])
def test_any_number_of_threads_gives_the_bits_of_one(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    level, told = load_level("empty_pasture"), []
    alone = play(compile_level(level), "idle", SEEDS, seasons=3, keep_history=True, backend="numpy")
    as_if_compiled(monkeypatch)
    shared = play_with_workers(level, "idle", SEEDS, count, told.append, seasons=3, keep_history=True)
    assert shared.digests == alone.digests and shared.seeds == alone.seeds and sum(told) == len(SEEDS)
    for one, other in zip((*alone.history, alone.final), (*shared.history, shared.final), strict=True):
        assert one.keys() == other.keys()
        assert all(one[name].tobytes() == other[name].tobytes() for name in one)


def test_whoever_is_interrupted_leaves_no_thread_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    as_if_compiled(monkeypatch)
    before, seasons = active_count(), []

    def interrupted(count: int) -> None:
        raise KeyboardInterrupt

    def counted(model: Any, world: World, actions: Any) -> None:
        seasons.append(world.season)
        run_ticks(model, world, actions)

    season = FastSeason(apply_actions, counted, *[not_asked] * 9)
    monkeypatch.setattr(workers, "kernel", lambda *_, **__: season)
    monkeypatch.setattr(workers, "dealt_out", lambda *arguments: [[1], *([seed] for seed in range(2, 40))])
    level = load_level("empty_pasture")
    with pytest.raises(KeyboardInterrupt):
        play_with_workers(level, "idle", range(1, 40), 2, interrupted, seasons=4)
    assert active_count() == before
    assert len(seasons) < 39 * 4  # most blocks were never begun


def whoever_works(number: int) -> int:
    """Return the process that works, as a piece of a study would: every second one is compiled."""
    compiled = FastSeason(apply_actions, run_ticks, *[not_asked] * 9)
    among_threads(run_ticks if number % 2 else compiled)
    return os.getpid()


def test_what_is_compiled_is_done_by_threads_and_the_rest_by_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "has_numba", lambda: True)
    found: dict[int, int] = {}
    shared_out(whoever_works, range(6), 2, found.__setitem__)
    assert sorted(found) == list(range(6))
    assert {number for number, process in found.items() if process == os.getpid()} == {0, 2, 4}


def test_without_numba_and_with_one_worker_nothing_is_dealt_out_to_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    found: dict[int, int] = {}
    shared_out(whoever_works, range(3), 1, found.__setitem__)
    assert set(found.values()) == {os.getpid()}
    monkeypatch.setattr(workers, "has_numba", lambda: False)
    shared_out(whoever_works, range(3), 2, found.__setitem__)
    assert os.getpid() not in found.values()


def test_what_several_threads_ask_for_is_worked_out_by_one_of_them() -> None:
    asked, kept = [], dict[str, float]()

    @one_at_a_time
    def slowly(name: str) -> float:
        if name not in kept:
            asked.append(name)
            time.sleep(0.05)
            kept[name] = 1.0
        return kept[name]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(slowly, ["one"] * 4)) == [1.0] * 4
    assert asked == ["one"]


@pytest.mark.nightly
def test_claims_are_judged_alike_by_numpy_and_by_compiled_threads(compiled_here: Path) -> None:
    level = load_level("empty_pasture")
    by_threads = check_claims(level, range(12), workers=2, backend="compiled")
    assert by_threads == check_claims(level, range(12), backend="numpy")


@pytest.mark.nightly
def test_compiled_games_with_acting_players_are_the_same_on_threads(compiled_here: Path) -> None:
    level = load_level("the_shared_pasture")
    alone = play(compile_level(level), "with", range(12), backend="numpy")
    for count in (2, 5):
        shared = play_with_workers(level, "with", range(12), count, backend="compiled")
        assert shared.digests == alone.digests
