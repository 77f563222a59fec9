"""Whole blocks of seeds on several processor cores: threads where compiled code does the work, else processes.

Worlds never meet, so how the seeds are dealt out changes no bit of any
result: what comes back is put together in the order of the seeds.  A process
that dies (killed, or out of memory) costs only the blocks it held, which are
given out again.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import lru_cache
from multiprocessing.connection import wait
from threading import Thread, current_thread, main_thread
from typing import Any, TypeVar

import numpy as np

from game.level.schema import Level
from game.run.backends import has_numba, kernel
from game.run.batch import Result, play, played
from game.run.deaf_children import deaf_children, end_with_whoever_began_it
from game.run.threads import NotCompiled, among_threads, in_threads
from game.sim.argument_checks import checked_seeds
from game.sim.batches import LARGEST_BLOCK, LINE_OF_WORLDS, block_size, uneven
from game.sim.model import Model, compile_level
from game.sim.step import FastSeason

MOST_TRIES = 3
IN_A_THREAD = 512  # games at most: whoever interrupts threads waits for the season that is on

Item = TypeVar("Item")
Answer = TypeVar("Answer")


def dealt_out(model: Model, seeds: Sequence[int], workers: int, most: int = LARGEST_BLOCK) -> list[list[int]]:
    """Return the seeds in blocks of at most `most`: as is good for the cache, and as many for one worker as another."""
    limit = max(1, min(most, block_size(model)))
    turns = max(1, -(-len(seeds) // (workers * limit)))
    size = max(1, -(-len(seeds) // (workers * turns)))
    size = size if uneven(size) == size else min(limit, uneven(size) + 2 * LINE_OF_WORLDS)
    return [[int(seed) for seed in seeds[start : start + size]] for start in range(0, len(seeds), size)]


def shared_out(
    task: Callable[[Item], Answer], items: Sequence[Item], workers: int, each: Callable[[Item, Answer], None]
) -> None:
    """Tell `each` of every item and what `task` makes of it, worked out by threads where seasons are compiled.

    What raises NotCompiled there, see `game.run.threads.among_threads`, goes to
    processes afterwards.  `task` is a function of a module.  Raises
    RuntimeError as `in_processes` does.
    """
    left: Sequence[int] = range(len(items))
    if workers > 1 and has_numba():
        left = _on_threads(task, items, workers, each)
    in_processes(task, [items[place] for place in left], workers, each=each)


def _on_threads(
    task: Callable[[Item], Answer], items: Sequence[Item], workers: int, each: Callable[[Item, Answer], None]
) -> Sequence[int]:
    """Do what is compiled on threads of this process; return the places of what is left, in their order."""
    left = []

    def here(item: Item) -> tuple[Answer] | None:
        try:
            return (task(item),)
        except NotCompiled:
            return None

    def finished(place: int, answer: tuple[Answer] | None) -> None:
        if answer is None:
            left.append(place)
        else:
            each(items[place], answer[0])

    in_threads(here, items, workers, finished)
    return sorted(left)


def in_processes(
    task: Callable[[Item], Answer],
    items: Sequence[Item],
    workers: int,
    done: Callable[[Item], None] | None = None,
    each: Callable[[Item, Answer], None] | None = None,
) -> list[Answer]:
    """Return what `task` makes of every item, in the order of the items, worked out by several processes.

    `task` is a function of a module, so that other processes find it; `done`
    is told of each item when it is finished, `each` of it and its answer.  One worker is this very
    process.  Raises RuntimeError when the processes have died MOST_TRIES times.
    """
    answers: dict[int, Answer] = {}

    def finished(place: int, answer: Answer) -> None:
        answers[place] = answer
        if each is not None:
            each(items[place], answer)
        if done is not None:
            done(items[place])

    if workers == 1:
        for place, item in enumerate(items):
            finished(place, task(item))
        return [answers[place] for place in range(len(items))]
    for _ in range(MOST_TRIES):
        left = [place for place in range(len(items)) if place not in answers]
        if not left:
            break
        try:
            _try_once(task, items, left, workers, finished)
        except BrokenProcessPool:
            continue
    if len(answers) == len(items):
        return [answers[place] for place in range(len(items))]
    raise RuntimeError(f"worker processes died {MOST_TRIES} times; with fewer of them there is more memory for each")


def _try_once(
    task: Callable[[Item], Answer],
    items: Sequence[Item],
    left: list[int],
    workers: int,
    finished: Callable[[int, Answer], None],
) -> None:
    # A fresh interpreter everywhere: a forked one would inherit threads and open files on some systems only.
    context = multiprocessing.get_context("spawn")
    others = multiprocessing.active_children()
    with ProcessPoolExecutor(min(workers, len(left)), context, _live_with_the_parent) as pool:
        try:
            with _held_back(), deaf_children():
                waiting: dict[Future[Answer], int] = {pool.submit(task, items[place]): place for place in left}
            for future in as_completed(waiting):
                finished(waiting[future], future.result())
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            # What they are at may take minutes, and nobody waits for it any more.
            ours = [process for process in multiprocessing.active_children() if process not in others]
            for process in ours:
                process.terminate()
            for process in ours:
                process.join()
            raise


@contextmanager
def _held_back() -> Iterator[None]:
    """Let signals that end a command wait: whoever is stopped while it starts a process cannot end that any more."""
    came: list[int] = []
    ours = current_thread() is main_thread()
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM) if ours}
    held = {one: handler for one, handler in before.items() if handler is not None}
    for one in held:
        signal.signal(one, lambda number, _: came.append(number))
    try:
        yield
    finally:
        for one, handler in held.items():
            signal.signal(one, handler)
        for number in came[:1]:
            signal.raise_signal(number)


def _live_with_the_parent() -> None:
    """Leave interrupts to the parent process, and end as soon as there is none."""
    end_with_whoever_began_it()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)  # nobody is left to be told anything


def play_with_workers(
    level: Level,
    policies: str | Sequence[str],
    seeds: Sequence[int],
    workers: int,
    progress: Callable[[int], None] | None = None,
    **settings: Any,
) -> Result:
    """Play a game for every seed as `play` does, by `workers`; `settings` are further arguments of `play`.

    Where seasons are compiled they are threads of this process, elsewhere
    processes of their own.
    """
    model = compile_level(level)
    wanted = checked_seeds(seeds).tolist()
    names = policies if isinstance(policies, str) else tuple(policies)
    ticks = kernel(settings.get("backend", "auto"), model, len(seeds), seasons=settings.get("seasons"))
    if isinstance(ticks, FastSeason) and wanted:
        each = (policies,) * len(model.layout.seats) if isinstance(policies, str) else tuple(policies)
        further = {name: value for name, value in settings.items() if name != "backend"}
        return _play_on_threads(model, each, wanted, workers, ticks, progress, further)
    sent, blocks = pickle.dumps(level), dealt_out(model, wanted, workers)

    def tell(item: tuple[Any, ...]) -> None:
        if progress is not None:
            progress(len(item[2]))

    return joined(in_processes(_play_block, [(sent, names, block, settings) for block in blocks], workers, tell))


def _play_on_threads(
    model: Model,
    policies: tuple[str, ...],
    seeds: list[int],
    workers: int,
    ticks: FastSeason,
    progress: Callable[[int], None] | None,
    further: dict[str, Any],
) -> Result:
    blocks = dealt_out(model, seeds, workers, IN_A_THREAD)
    season, found = among_threads(ticks), dict[int, Result]()

    def finished(place: int, result: Result) -> None:
        found[place] = result
        if progress is not None:
            progress(len(result.seeds))

    in_threads(lambda block: played(model, policies, block, season, **further), blocks, workers, finished)
    return joined([found[place] for place in range(len(blocks))])


def _play_block(item: tuple[bytes, str | tuple[str, ...], list[int], dict[str, Any]]) -> Result:
    sent, policies, seeds, settings = item
    return play(_model_from(sent), policies, seeds, **settings)


def joined(results: Sequence[Result]) -> Result:
    """Return the results of several blocks as one."""
    seasons = len(results[0].history)
    return Result(
        [seed for result in results for seed in result.seeds],
        np.concatenate([result.outcomes for result in results]),
        [digest for result in results for digest in result.digests],
        {name: np.concatenate([result.final[name] for result in results]) for name in results[0].final},
        [
            {name: np.concatenate([result.history[season][name] for result in results]) for name in table}
            for season, table in zip(range(seasons), results[0].history, strict=True)
        ],
    )


@lru_cache(maxsize=4)
def _model_from(sent: bytes) -> Model:
    """Return the model of a level that the parent has sent; a process needs it for many blocks."""
    return compile_level(pickle.loads(sent))
