"""The memories of delays and smoothings: stages that pass on what was read."""

from __future__ import annotations

from game.language.unknown import UnknownKind
from game.sim.totals import Floats


def remember(stages: Floats, kind: str, value: Floats, share: Floats | float, tick: float) -> None:
    """Let a tick pass for the stages (stages, C|1, P|1, rows|1, columns|1, W) of a memory, in place.

    `value` is what was read in the tick, `share` what each stage takes over,
    `tick` how many seasons it lasts.  Raises UnknownKind.
    """
    if kind == "told":
        before = (value, *(stage.copy() for stage in stages[:-1]))
        for stage, source in enumerate(before):
            stages[stage] += (source - stages[stage]) * share
    elif kind == "carried":
        leaving = stages * share
        entering = value * tick
        for stage in range(len(stages)):
            stages[stage] += entering - leaving[stage]
            entering = leaving[stage]
    elif kind == "kept":
        stages[1:] = stages[:-1].copy()
        stages[0] = value
    else:
        raise UnknownKind("kind of memory", kind, "remember in game/sim/memory.py")


def first_stage(kind: str, start: Floats, share: Floats | float, tick: float) -> Floats:
    """Return what every stage of a memory holds at the start, so that what comes out is `start`."""
    return start * tick / share if kind == "carried" else start
