"""A world: everything that changes, and nothing else.

One World holds a whole batch; the last axis of every array counts worlds.
Arrays have the axes (community, partner, row, column, world), with length 1
where they do not vary, unless their comment says otherwise.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.sim.chance import Bits
from game.sim.totals import Floats

Integers = NDArray[np.int64]
RUNNING, WON, LOST, ENDED = 0, 1, 2, 3  # outcomes; ENDED: over without reaching every goal


@dataclass(repr=False)
class World:
    """The state of W worlds after `season` seasons."""

    season: int
    seed: Bits  # (W,)
    luck: Bits  # (W,) what luck is keyed by: the seed, unless the world is only imagined
    stock: dict[str, Floats]
    uses: Floats  # (C, 1, rows, columns, W): 1 where a community may use a tile
    base_number: dict[str, Floats]  # (1, 1, 1, 1, W) drawn once for each seed
    number: dict[str, Floats]  # (1, 1, 1, 1, W) as it counts this season
    need: Integers  # (C, W) index into the needs of the level
    need_until: Integers  # (C, W) last season of the present need
    memory: dict[str, Floats]  # delays: (stages, C|1, P|1, rows|1, columns|1, W)
    member: dict[str, Floats]  # (C, 1, 1, 1, W) for each agreement: 1 for its members
    left: dict[str, Integers]  # (W,) seasons an agreement has left; 0 where it has no end
    promise: dict[str, Floats]  # (C, 1, 1, 1, W) what each member may move this season
    offences: dict[str, Integers]  # (C, W) how often each has broken an agreement
    later: dict[str, Floats]  # (after, C, W) what arrives in 1, 2, … seasons
    event_left: dict[str, Integers]  # (W,) seasons an event still lasts
    event_sign: dict[str, NDArray[np.bool_]]  # (W,) a sign that it may come next season
    struck: dict[str, NDArray[np.bool_]]  # (C, W) whom an event that strikes communities has struck this season; told
    moved: dict[str, Floats]  # (C|1, 1, 1, 1, W) what each flow moved in the last season
    asked: dict[str, Floats]  # the same, what it asked for
    fined: dict[str, Floats]  # (C, 1, 1, 1, W) fines received less fines paid, in the last season
    streak: Integers  # (G, W) seasons in a row in which each goal has held
    reached: NDArray[np.bool_]  # (G, W)
    outcome: Integers  # (W,)
    outcome_season: Integers  # (W,)
    blocked: NDArray[np.bool_]  # (W,) whether an action was blocked this season
    outside: dict[str, Floats]  # (1, 1, 1, 1, W) matter that came from outside less what went there
    result: Integers = field(default_factory=lambda: np.zeros((0, 0, 0), np.int64))  # (slots, seats, W) told, not felt
    answer: Integers = field(
        default_factory=lambda: np.zeros((0, 0, 0, 0), np.int64)
    )  # (slots, seats, C, W) 1 yes, -1 no, or who stopped it
    term: dict[str, Floats] = field(default_factory=dict)  # (1, 1, 1, 1, W) what each agreement has settled
    leaving: dict[str, Floats] = field(default_factory=dict)  # (C, 1, 1, 1, W) 1 for whoever has given notice
    noise: dict[str, Floats] = field(default_factory=dict)  # (C|1, ticks|1, rows|1, columns|1, W): see `game.sim.noise`
    people: dict[str, Floats] = field(default_factory=dict)  # tempers and memories: see `game.sim.people`
    sent: dict[str, Floats] = field(default_factory=dict)  # while a season is acted only: see `game.sim.later`
    shifted: dict[str, Floats] = field(default_factory=dict)
    detail: dict[str, Floats] | None = None  # moved tile by tile, for whoever looks on
    sight: object = None  # where compiled code has seen these arrays: see `game.sim.compiled.sight`

    @property
    def count(self) -> int:
        """The number of worlds W."""
        return len(self.seed)

    def stock_shape(self, axes: int) -> tuple[int, int, int, int, int]:
        """The shape of a value that varies over `axes` (tiles only)."""
        return (1, 1, self.uses.shape[2], self.uses.shape[3], self.count) if axes else (1, 1, 1, 1, self.count)

    def __repr__(self) -> str:
        return f"World(season {self.season}, {self.count} worlds, {len(self.stock)} stocks)"

    def copy(self) -> World:
        """Return a world that shares nothing with this one."""
        return World(**{name: _own(getattr(self, name)) for name in PARTS})

    def __getstate__(self) -> dict[str, Any]:
        """What goes elsewhere: there the arrays lie in other places."""
        return {name: getattr(self, name) for name in PARTS}

    def digests(self) -> list[str]:
        """Return for each world a SHA-256 of everything that affects its next tick."""
        hashers = [hashlib.sha256(f"season {self.season}".encode()) for _ in range(self.count)]
        for name, array in self._state():
            rows = np.ascontiguousarray(array.reshape(array[..., 0].size, self.count).T, array.dtype.newbyteorder("<"))
            rows = rows + 0.0 if array.dtype == np.float64 else rows  # 0 has no sign
            for hasher, row in zip(hashers, rows, strict=True):
                hasher.update(name.encode())
                hasher.update(row.tobytes())
        return [hasher.hexdigest() for hasher in hashers]

    def digest(self) -> str:
        """Return one SHA-256 over the digests of all worlds, in their order."""
        return hashlib.sha256("".join(self.digests()).encode()).hexdigest()

    def _state(self) -> list[tuple[str, NDArray[Any]]]:
        told = ("result", "answer", "detail", "season", "outside", "struck")
        found = []
        for part in PARTS:
            value = getattr(self, part)
            if part in told:
                continue
            if isinstance(value, dict):
                found += [(f"{part}.{key}", array) for key, array in value.items()]
            else:
                found.append((part, value))
        return found


PARTS = tuple(item.name for item in fields(World) if item.name != "sight")  # the names of what a World is made of


def _own(value: Any) -> Any:
    """Return a part of a world as a copy: an array, a number, or several arrays by name."""
    if isinstance(value, dict):
        return {key: one.copy() for key, one in value.items()}
    return value.copy() if isinstance(value, np.ndarray) else value
