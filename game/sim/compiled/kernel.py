"""A compiled kernel at work: it runs the ticks of a season on a World, with the same bits as NumPy."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from game.sim.actions import Actions
from game.sim.compiled.season import GROUP
from game.sim.compiled.sight import Eyes, Sight, give_back
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
    eyes: Eyes | None = None,
) -> Ticks:
    """Return a function that runs all ticks of a season of this model's worlds.

    `season` is the compiled function of `season.SEASON`, and
    `addresses` says where each part of the kernel's text lies.  Worlds never
    meet, so a batch may be cut into `parts` that `in_parts` works on at the
    same time.  Where somebody looks on tile by tile (`World.detail`), NumPy
    does the work.  Raises ValueError for another model.
    """
    eyes = eyes or Eyes({})
    numbers = np.array([eyes.number(kind, name) for kind, name in kernel.given], dtype=np.int64)
    used: list[Floats] = []  # what seasons have worked in, for the next ones: what must be 0 in it is never written
    lies = np.array([rows.at for rows in kernel.given.values()], dtype=np.int64)
    changed = np.array([place for place, key in enumerate(kernel.given) if key in kernel.taken], dtype=np.int64)
    known: list[Integers] = []  # how many rows arrays have, once one world was seen

    def ticks(played: Model, world: World, actions: Actions) -> None:
        if played is not model:
            raise ValueError("a compiled kernel runs the worlds of its own model only")
        if world.detail is not None:
            run_ticks(played, world, actions)
            return
        sight = eyes.see(world)
        read = _addresses(sight, numbers, lies, known, world.count)
        written = read[changed]  # a block is written only after it was read

        def work(span: Span) -> None:
            memory = _memory(used, GROUP * kernel.length)
            season(
                read, written, world.count, *kernel.beginning, *kernel.tick, kernel.ticks, addresses,
                kernel.stocks, kernel.flows, kernel.lists, kernel.bounds, kernel.speeds, kernel.fixed,
                memory, LANES, kernel.tree, float(world.season), model.layout.scope.ticks, *span,
            )  # fmt: skip
            used.append(memory)

        in_parts(work, _spans(world.count, parts))
        give_back(world, sight, kernel.taken)

    return ticks


def _addresses(sight: Sight, numbers: Integers, lies: Integers, known: list[Integers], worlds: int) -> Integers:
    """Return where arrays lie in memory, how many rows they have, and where these go."""
    if not known:
        first = np.zeros((len(lies), 3), dtype=np.int64)
        first[:, 1] = [sight.arrays[number].size // worlds for number in numbers]
        first[:, 2] = lies
        known.append(first)
    table: Integers = known[0].copy()
    table[:, 0] = sight.addresses[numbers]
    return table


def _spans(worlds: int, parts: int) -> list[Span]:
    """Cut worlds into at most `parts` spans of whole blocks."""
    blocks = -(-worlds // LANES)
    cuts = [min(worlds, LANES * (blocks * part // parts)) for part in range(parts + 1)]
    return [(first, last) for first, last in pairwise(cuts) if last > first]
