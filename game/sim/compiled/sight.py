"""Where the arrays of a World lie in memory: seen once, and known as long as the World holds the same arrays."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from operator import is_, itemgetter
from typing import Any, cast

import numpy as np

from game.sim.compiled.acting_memory import TRUTHS, WHOLE, Part
from game.sim.compiled.tables import Integers
from game.sim.world import World

FLOAT, INTEGER, TRUTH = np.dtype(np.float64), np.dtype(np.int64), np.dtype(np.bool_)
DTYPES = {**dict.fromkeys(WHOLE, INTEGER), **dict.fromkeys(TRUTHS, TRUTH)}  # of the parts that are no numbers of play
LUCK: Part = ("luck", "")  # seen of every world, behind all that is wanted


@dataclass(frozen=True, eq=False)
class Sight:
    """The arrays of a World as they were seen; nothing in it ever changes."""

    eyes: Eyes
    held: list[Any]  # the arrays of the World, kind by kind; they must outlive the use of their addresses
    arrays: list[Any]  # the same in the order of their numbers, or copies of what compiled code cannot work on
    addresses: Integers
    copies: dict[Part, Any]  # the copies

    @property
    def luck(self) -> int:
        """Where the luck of the worlds lies."""
        return int(self.addresses[-1])


@dataclass(frozen=True)
class _Wanted:
    """What is looked for, in the order of its numbers, and how the names of each kind are fetched at once."""

    parts: tuple[Part, ...]
    groups: tuple[tuple[str, Any], ...]  # a kind, and what fetches its arrays; None: it is an array itself
    fetched: tuple[Part, ...]  # the parts in the order in which they are fetched
    places: tuple[int, ...]  # and their numbers

    @staticmethod
    def of(parts: tuple[Part, ...]) -> _Wanted:
        """Return how parts are fetched."""
        kinds = {kind: [place for place, part in enumerate(parts) if part[0] == kind] for kind, _ in parts}
        groups = []
        for kind, found in kinds.items():
            names = [parts[place][1] for place in found]
            groups.append((kind, _fetcher(names) if names[0] else None))
        places = tuple(place for found in kinds.values() for place in found)
        return _Wanted(parts, tuple(groups), tuple(parts[place] for place in places), places)


def _fetcher(names: list[str]) -> Any:
    return itemgetter(*names) if len(names) > 1 else lambda part: (part[names[0]],)


@dataclass(eq=False)
class Eyes:
    """They see the arrays that are wanted: `wanted` numbers them, and may grow."""

    wanted: dict[Part, int]
    known: _Wanted = field(default_factory=lambda: _Wanted.of((LUCK,)))

    def number(self, kind: str, name: str) -> int:
        """Return the number of an array, which is seen from now on."""
        return self.wanted.setdefault((kind, name), len(self.wanted))

    def see(self, world: World) -> Sight:
        """Return where the arrays of a world lie, or copies of those that are not kept as compiled code wants them."""
        known = self.known
        if len(known.parts) != len(self.wanted) + 1:
            known = self.known = _Wanted.of((*self.wanted, LUCK))
        held: list[Any] = []
        for kind, fetch in known.groups:
            part = getattr(world, kind)
            if fetch is None:
                held.append(part)
            else:
                held.extend(fetch(part))
        before = cast("Sight | None", world.sight)
        if before is None or before.eyes is not self or len(before.held) != len(held):
            found = self._seen(known, held, None, range(len(held)))
        elif not before.copies and all(map(is_, held, before.held)):
            return before
        else:
            pairs = enumerate(zip(held, before.held, strict=True))
            changed = [at for at, (one, other) in pairs if one is not other or known.fetched[at] in before.copies]
            found = self._seen(known, held, before, changed)
        world.sight = found
        return found

    def _seen(self, known: _Wanted, held: list[Any], before: Sight | None, changed: Iterable[int]) -> Sight:
        """Return what is seen; what was seen `before` is known already, but for what has changed."""
        arrays = [*held] if before is None else [*before.arrays]
        addresses = np.empty(len(held), np.int64) if before is None else before.addresses.copy()
        copies: dict[Part, Any] = {}
        for at in changed:
            part, place, one = known.fetched[at], known.places[at], held[at]
            dtype = one.dtype if part == LUCK else DTYPES.get(part[0], FLOAT)
            if one.dtype != dtype or not one.flags.c_contiguous:
                one = copies[part] = np.ascontiguousarray(one, dtype=dtype)
            arrays[place] = one
            addresses[place] = one.__array_interface__["data"][0]
        return Sight(self, held, arrays, addresses, copies)


def give_back(world: World, sight: Sight, written: Collection[Part]) -> None:
    """Let a world have what was changed in copies of its arrays."""
    for (kind, name), values in sight.copies.items():
        if (kind, name) not in written:
            continue
        part = getattr(world, kind)
        if name:
            part[name] = values.astype(part[name].dtype).reshape(part[name].shape)
        else:
            setattr(world, kind, values.astype(part.dtype).reshape(part.shape))
