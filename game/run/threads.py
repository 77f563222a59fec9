"""Blocks of seeds dealt out to threads of one process, where compiled code does the work and lets others run.

Worlds never meet, so neither the number of threads nor who plays which block
changes a bit: what comes back is put together in the order of the seeds.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, ThreadPoolExecutor
from threading import Event, Lock

from game.run.batch import Result, played
from game.sim.model import Model
from game.sim.step import FastSeason
from game.sim.world import World


def play_in_threads(
    model: Model,
    policies: tuple[str, ...],
    blocks: list[list[int]],
    workers: int,
    season: FastSeason,
    seasons: int | None = None,
    keep_history: bool = False,
    progress: Callable[[int], None] | None = None,
) -> list[Result]:
    """Play blocks of seeds on so many threads; whoever is interrupted waits at most for the season that is on."""
    stopped, telling = Event(), Lock()

    def tell(count: int) -> None:
        if progress is not None:
            with telling:  # one line of progress at a time
                progress(count)

    def go_on(world: World) -> None:
        if stopped.is_set():
            raise CancelledError  # nobody waits for it any more

    def play_one(block: list[int]) -> Result:
        return played(model, policies, block, season, seasons, keep_history, tell, go_on)

    with ThreadPoolExecutor(workers, "games") as pool:
        waiting = [pool.submit(play_one, block) for block in blocks]
        try:
            return [future.result() for future in waiting]
        except BaseException:
            stopped.set()
            for future in waiting:
                future.cancel()
            raise
