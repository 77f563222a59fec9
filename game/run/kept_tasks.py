"""Tasks of a study, each kept as soon as it is finished, so that what was interrupted goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from game.run.finished_blocks import Arrays, FinishedBlocks
from game.run.workers import shared_out


class Keyed(Protocol):
    """A piece of work: `key` is its question, as `key_of` makes it, `games` how many games it plays."""

    @property
    def key(self) -> str:
        """The key under which its answer is kept."""

    @property
    def games(self) -> int:
        """How many games it plays."""


Task = TypeVar("Task", bound=Keyed)


def finish(
    play: Callable[[Task], Arrays],
    tasks: Sequence[Task],
    workers: int = 1,
    finished: FinishedBlocks | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[Arrays]:
    """Return the answer of each task, in their order; what `finished` holds is not worked out again.

    `play` must be a function of a module, since `workers` threads or
    processes share what is left, see `game.run.workers.shared_out`;
    `progress` is told how many games each task played.
    """
    answers: dict[str, Arrays] = {}

    def answered(task: Task, arrays: Arrays) -> None:
        answers[task.key] = arrays
        if progress:
            progress(task.games)

    def keep(task: Task, arrays: Arrays) -> None:
        if finished:
            finished.put(task.key, arrays)
        answered(task, arrays)

    for task in tasks:
        arrays = finished.get(task.key) if finished else None
        if arrays is not None:
            answered(task, arrays)
    shared_out(play, [task for task in tasks if task.key not in answers], workers, each=keep)
    return [answers[task.key] for task in tasks]
