"""Where something may run, as lists for the compiled flows: stretches of rows, and sums that leave out what is 0.

Adding 0 changes no bit of a number, so a total over tiles may pass over the
tiles where a flow can never run.
"""

from __future__ import annotations

import numpy as np

from game.sim.compiled import tables as table
from game.sim.compiled.rows import Cover, Sizes

Line = tuple[int, int, int, int]
MOSTLY = 0.75  # of the tiles: from here on it is faster to add them all up


class Lists:
    """Collects lists of whole numbers, LIST_COLUMNS wide, each kept once."""

    def __init__(self, row: int) -> None:
        self.row = row
        self.lines: list[Line] = []
        self.known: dict[object, tuple[int, ...]] = {}

    def stretches(self, cover: Cover, sizes: Sizes) -> tuple[int, ...]:
        """Return where the list of the stretches of some rows begins and ends: one community after the other."""
        key = ("stretches", cover, sizes)
        if key not in self.known:
            first = len(self.lines)
            for community in range(sizes[0] * sizes[1]):
                for begin, end in cover:
                    at = (community * sizes[2] + begin) * self.row
                    self.lines.append((at, (end - begin) * self.row, begin * self.row, 0))
            self.known[key] = (first, len(self.lines))
        return self.known[key]

    def sums(self, cover: Cover, tiles: int) -> tuple[int, ...]:
        """Return where the list of additions for a total over tiles begins and ends, and where the total lies then."""
        living = {tile for begin, end in cover for tile in range(begin, end)}
        if len(living) >= MOSTLY * tiles:
            return 0, 0, table.DENSE
        key = ("sums", cover, tiles)
        if key not in self.known:
            first = len(self.lines)
            lines, at = self._additions(cover, tiles)
            self.lines += lines
            self.known[key] = (first, len(self.lines), at)
        return self.known[key]

    def _additions(self, cover: Cover, tiles: int) -> tuple[list[Line], int]:
        """Return the additions of the halving tree of `game.sim.totals`, and where the last of them writes."""
        lines: list[Line] = []
        living = {tile for begin, end in cover for tile in range(begin, end)}
        places = [tile * self.row if tile in living else None for tile in range(tiles)]
        while len(places) > 1:
            half = len(places) // 2
            kept = len(places) - half
            after: list[int | None] = list(places[:kept])
            for index in range(half):
                left, right = places[index], places[kept + index]
                if left is None or right is None:
                    after[index] = right if left is None else left
                else:
                    after[index] = to = -1 - index * self.row
                    _append(lines, (to, left, right, self.row))
            places = after
        return lines, places[0] or 0

    def table(self) -> table.Integers:
        """Return all lists as one table."""
        return np.array(self.lines, dtype=np.int64).reshape(-1, table.LIST_COLUMNS)


def _append(lines: list[Line], line: Line) -> None:
    """List one addition of a row, or let the one before go on with it."""
    to, left, right, more = line
    if lines:
        before_to, before_left, before_right, length = lines[-1]
        behind = [end + length if end >= 0 else end - length for end in (before_to, before_left, before_right)]
        if behind == [to, left, right]:
            lines[-1] = (before_to, before_left, before_right, length + more)
            return
    lines.append(line)
