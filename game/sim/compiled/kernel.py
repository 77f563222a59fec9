"""A compiled kernel at work: it runs the ticks of a season on a World, with the same bits as NumPy."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from game.sim.actions import Actions
from game.sim.compiled.rows import Rows
from game.sim.compiled.season import GROUP
from game.sim.compiled.tables import LANES, Integers
from game.sim.compiled.text import KernelText
from game.sim.model import Model
from game.sim.step import Ticks, run_ticks
from game.sim.totals import Floats
from game.sim.world import World

CACHE_LINE = 64  # bytes

Span = tuple[int, int]  # the first world, and the one behind the last
InParts = Callable[[Callable[[Span], None], list[Span]], None]


def _memory(used: list[Floats], length: int) -> Floats:
    """Return an array for the work of a season, one that was used before if there is one."""
    try:
        return used.pop()
    except IndexError:  # asked beforehand, another thread might have taken the last
        whole = np.zeros(length + CACHE_LINE // 8)
        # Eight numbers that begin with a line of the cache lie in one of them, and not in two.
        first = -whole.ctypes.data % CACHE_LINE // 8
        return whole[first : first + length]


def one_by_one(work: Callable[[Span], None], spans: list[Span]) -> None:
    """Do all parts of some work here, one after the other."""
    for span in spans:
        work(span)


def kernel_of(
    model: Model,
    kernel: KernelText,
    season: Callable[..., None],
    addresses: Integers,
    parts: int = 1,
    in_parts: InParts = one_by_one,
) -> Ticks:
    """Return a function that runs all ticks of a season of this model's worlds.

    `season` is the compiled function of `season.SEASON`, and
    `addresses` says where each part of the kernel's text lies.  Worlds never
    meet, so a batch may be cut into `parts` that `in_parts` works on at the
    same time.  Where somebody looks on tile by tile (`World.detail`), NumPy
    does the work.  Raises ValueError for another model.
    """
    used: list[Floats] = []  # what seasons have worked in, for the next ones: what must be 0 in it is never written

    def ticks(played: Model, world: World, actions: Actions) -> None:
        if played is not model:
            raise ValueError("a compiled kernel runs the worlds of its own model only")
        if world.detail is not None:
            run_ticks(played, world, actions)
            return
        given = {key: _flat(world, *key) for key in kernel.given}
        taken = {key: given[key] for key in kernel.taken}  # a block is written only after it was read
        read, written = _addresses(given, kernel.given), _addresses(taken, kernel.taken)

        def work(span: Span) -> None:
            memory = _memory(used, GROUP * kernel.length)
            season(
                read, written, world.count, *kernel.beginning, *kernel.tick, kernel.ticks, addresses,
                kernel.stocks, kernel.flows, kernel.lists, kernel.bounds, kernel.speeds, kernel.fixed,
                memory, LANES, kernel.tree, float(world.season), *span,
            )  # fmt: skip
            used.append(memory)

        in_parts(work, _spans(world.count, parts))
        for (kind, name), values in taken.items():
            part = getattr(world, kind)
            part[name] = values.reshape(part[name].shape)

    return ticks


def _flat(world: World, kind: str, name: str) -> Floats:
    """Return a part of a world as (rows, W), as it is where that is possible."""
    part: Any = getattr(world, kind)
    values = np.ascontiguousarray(part[name] if isinstance(part, dict) else part, dtype=np.float64)
    return values.reshape(-1, world.count)


def _addresses(arrays: dict[tuple[str, str], Floats], places: dict[tuple[str, str], Rows]) -> Integers:
    """Return where arrays lie in memory, how many rows they have, and where these go; they must outlive its use."""
    table = [[values.ctypes.data, len(values), places[key].at] for key, values in arrays.items()]
    return np.array(table, dtype=np.int64).reshape(-1, 3)


def _spans(worlds: int, parts: int) -> list[Span]:
    """Cut worlds into at most `parts` spans of whole blocks."""
    blocks = -(-worlds // LANES)
    cuts = [min(worlds, LANES * (blocks * part // parts)) for part in range(parts + 1)]
    return [(first, last) for first, last in pairwise(cuts) if last > first]
