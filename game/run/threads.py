"""Pieces of work dealt out to threads of one process, where compiled code does the work and lets others run.

Worlds never meet, so neither the number of threads nor who works out which
piece changes a bit: what comes back is put together in the order of the pieces.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, as_completed
from dataclasses import replace
from functools import wraps
from threading import Event, Lock, local
from typing import ParamSpec, TypeVar

from game.language.errors import PowerdanceError
from game.sim.actions import Actions
from game.sim.model import Model
from game.sim.step import FastSeason, Ticks
from game.sim.world import World

Item = TypeVar("Item")
Answer = TypeVar("Answer")
Asked = ParamSpec("Asked")
_HERE = local()  # `called_off`: the Event that ends the work of this thread, where it is one of several


class NotCompiled(PowerdanceError):
    """Raised in one of several threads where NumPy would do the work, which lets no other run: a process does."""


def in_threads(
    task: Callable[[Item], Answer], items: Sequence[Item], workers: int, finished: Callable[[int, Answer], None]
) -> None:
    """Let so many threads work out what `task` makes of every item.

    `finished` is told here, in the thread that asks, of the place of each
    item and its answer as soon as there is one.  Whoever is interrupted
    meanwhile waits for the seasons that are on, see `among_threads`.
    """
    called_off = Event()

    def work(item: Item) -> Answer:
        _HERE.called_off = called_off
        try:
            return task(item)
        finally:
            del _HERE.called_off

    with ThreadPoolExecutor(workers, "games") as pool:
        waiting: dict[Future[Answer], int] = {pool.submit(work, item): place for place, item in enumerate(items)}
        try:
            for future in as_completed(waiting):
                finished(waiting[future], future.result())
        except BaseException:
            called_off.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def among_threads(ticks: Ticks) -> Ticks:
    """Return `ticks`, from `game.run.backends`, for whoever may be one of several threads.

    There a season begins only as long as somebody waits for its thread.
    Raises NotCompiled where it is one of several and the season is not compiled.
    """
    if not isinstance(ticks, FastSeason):
        if hasattr(_HERE, "called_off"):
            raise NotCompiled
        return ticks
    compiled = ticks.ticks

    def while_wanted(model: Model, world: World, actions: Actions) -> None:
        if hasattr(_HERE, "called_off") and _HERE.called_off.is_set():
            raise CancelledError
        compiled(model, world, actions)

    return replace(ticks, ticks=while_wanted)


def one_at_a_time(function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Let one thread after the other call a function, so that what it keeps is worked out once for all of them."""
    turn = Lock()

    @wraps(function)
    def in_turn(*args: Asked.args, **named: Asked.kwargs) -> Answer:
        with turn:
            return function(*args, **named)

    return in_turn
