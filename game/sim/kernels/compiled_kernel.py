"""A compiled kernel at work: it runs the ticks of a season on a World, with the same bits as NumPy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from game.sim.actions import Actions
from game.sim.kernels.compiled_text import KernelText
from game.sim.model import Model
from game.sim.step import Ticks, run_ticks
from game.sim.totals import Floats
from game.sim.world import World

Span = tuple[int, int]  # the first world, and the one behind the last
InParts = Callable[[Callable[[Span], None], list[Span]], None]


def one_by_one(work: Callable[[Span], None], spans: list[Span]) -> None:
    """Do all parts of some work here, one after the other."""
    for span in spans:
        work(span)


def kernel_of(
    model: Model, kernel: KernelText, season: Callable[..., None], parts: int = 1, in_parts: InParts = one_by_one
) -> Ticks:
    """Return a function that runs all ticks of a season of this model's worlds.

    `season` is the compiled function of the kernel's text.  Worlds never
    meet, so a batch may be cut into `parts` that `in_parts` works on at the
    same time.  Where somebody looks on tile by tile (`World.detail`), NumPy
    does the work.  Raises ValueError for another model.
    """

    def ticks(played: Model, world: World, actions: Actions) -> None:
        if played is not model:
            raise ValueError("a compiled kernel runs the worlds of its own model only")
        if world.detail is not None:
            run_ticks(played, world, actions)
            return
        given = tuple(_flat(world, kind, name) for kind, name in kernel.given)
        changed = {key: values for key, values in zip(kernel.given, given, strict=True) if key in kernel.taken}
        taken = {key: np.empty(values.shape) for key, values in changed.items()}

        def work(span: Span) -> None:
            season(
                given, kernel.given_at, tuple(taken.values()), kernel.taken_at, kernel.stocks, kernel.flows,
                kernel.highs, kernel.speeds, kernel.fixed, np.zeros(kernel.length), float(world.season + 1), *span,
            )  # fmt: skip

        in_parts(work, _spans(world.count, kernel.block, parts))
        for (kind, name), values in taken.items():
            part = getattr(world, kind)
            part[name] = values.reshape(part[name].shape)

    return ticks


def _flat(world: World, kind: str, name: str) -> Floats:
    """Return a part of a world as (rows, W)."""
    part: Any = getattr(world, kind)
    values = np.ascontiguousarray(part[name] if isinstance(part, dict) else part).reshape(-1, world.count)
    return values if values.flags.writeable else values.copy()


def _spans(worlds: int, block: int, parts: int) -> list[Span]:
    """Cut worlds into at most `parts` spans of whole blocks."""
    blocks = -(-worlds // block)
    cuts = [min(worlds, block * (blocks * part // parts)) for part in range(parts + 1)]
    return [(first, last) for first, last in zip(cuts, cuts[1:], strict=False) if last > first]
