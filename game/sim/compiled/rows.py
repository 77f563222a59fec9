"""Where a compiled kernel keeps what: rows of one number for each world of a block, all in one array."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from game.language.nodes import COMMUNITY, PARTNER, TILE
from game.sim.layout import Layout
from game.sim.totals import Floats

Sizes = tuple[int, int, int]  # communities, partners, tiles; 1 where nothing varies
Cover = tuple[tuple[int, int], ...]  # tiles as stretches: the first tile of each, and the one behind its last


@dataclass(frozen=True)
class Rows:
    """Neighbouring rows: for each community, for each partner, for each tile one; `at` is the first element."""

    at: int
    sizes: Sizes

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self.sizes[0] * self.sizes[1] * self.sizes[2]


def sizes_of(layout: Layout, axes: int) -> Sizes:
    """How many communities, partners and tiles something has that varies over `axes`."""
    communities, partners, rows, columns = layout.shape(axes)
    return communities, partners, rows * columns


def axes_of(values: Floats) -> int:
    """The axes over which a (C|1, P|1, rows|1, columns|1, 1) array varies."""
    communities, partners, rows, columns = values.shape[:4]
    return (
        (COMMUNITY if communities > 1 else 0) | (PARTNER if partners > 1 else 0) | (TILE if rows * columns > 1 else 0)
    )


LONGEST_GAP = 1  # of tiles that count nothing and are worked on all the same
NEARLY_ALL = 0.9  # of the tiles: then it is as cheap to work on all of them


def everywhere(tiles: int) -> Cover:
    """Return the cover of all tiles."""
    return ((0, tiles),)


def cover_of(masks: list[Floats], tiles: int) -> Cover:
    """Return stretches of tiles that hold every tile where one of the masks (C|1, P|1, rows|1, columns|1, 1) counts."""
    living = np.zeros(tiles, np.bool_)
    for mask in masks:
        living |= (mask != 0.0).any(axis=(0, 1, 4)).reshape(-1)
    found: list[tuple[int, int]] = []
    held = 0
    for tile in range(tiles):
        if not living[tile]:
            continue
        if found and tile - found[-1][1] <= LONGEST_GAP:
            held += tile + 1 - found[-1][1]
            found[-1] = (found[-1][0], tile + 1)
        else:
            held += 1
            found.append((tile, tile + 1))
    return everywhere(tiles) if held > NEARLY_ALL * tiles else tuple(found)


NARROW, TILES, WIDE = range(3)  # regions: rows without tiles; with tiles alone; with tiles and communities, and totals


@dataclass
class Space:
    """Hands out rows of `row` elements, and places for numbers that are the same in all worlds.

    Rows lie in three regions, so that a loop over tiles writes into one
    stretch of the array and what it reads elsewhere lies outside of it: the
    machine code checks that before it uses vector instructions.  `starts`
    says where the regions begin; a first writing of a kernel with regions far
    apart finds out how long they are.

    Before and behind each region lie as many free rows as a map is wide: what
    reads the neighbours of a tile may look past a map.
    """

    row: int
    layout: Layout
    starts: tuple[int, int, int] = (0, 1 << 40, 1 << 41)
    used: list[int] = field(default_factory=list)
    fixed: list[Floats] = field(default_factory=list)
    fixed_used: int = 0
    fixed_at: dict[tuple[bool, bytes], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.used = [start + self.guard for start in self.starts]

    @property
    def guard(self) -> int:
        """The number of free elements on either side."""
        return self.layout.columns * self.row

    @property
    def length(self) -> int:
        """How many elements the array of a block needs."""
        return self.used[WIDE] + self.guard

    def packed(self) -> tuple[int, int, int]:
        """Return where the regions may begin when they are to lie close together."""
        lengths = [used + self.guard - start for used, start in zip(self.used, self.starts, strict=True)]
        return 0, lengths[NARROW], lengths[NARROW] + lengths[TILES]

    def take(self, sizes: Sizes, times: int = 1, wide: bool = False) -> Rows:
        """Return new rows, `times` as many as a value of those sizes needs; `wide`: in the last region."""
        region = WIDE if wide or (sizes[2] > 1 and sizes[0] * sizes[1] > 1) else TILES if sizes[2] > 1 else NARROW
        rows = Rows(self.used[region], sizes)
        # A row between: whole maps are often a multiple of 4096 bytes, and then all their rows of one tile would
        # fall upon the same few lines of the cache.
        self.used[region] += (rows.count * times + 1) * self.row
        return rows

    def take_between_guards(self, sizes: Sizes) -> Rows:
        """Return new rows with free rows before and behind them, which stay 0."""
        region = TILES if sizes[2] > 1 else NARROW
        self.used[region] += self.guard
        rows = self.take(sizes)
        self.used[region] += self.guard
        return rows

    def keep(self, values: Floats, of_ticks: bool = False) -> int:
        """Return where these fixed numbers lie, row by row; the same numbers are kept once.

        Those `of_ticks`, which longer ticks make larger, are kept apart: where
        everything else lies is the same whatever they are.
        """
        flat = np.ascontiguousarray(values, dtype=np.float64).reshape(-1)
        key = of_ticks, flat.tobytes()
        if key not in self.fixed_at:
            self.fixed_at[key] = self.fixed_used
            self.fixed.append(flat)
            self.fixed_used += len(flat)
        return self.fixed_at[key]

    def fixed_numbers(self) -> Floats:
        """Return all fixed numbers as one array."""
        found = np.zeros(max(self.fixed_used, 1))
        at = 0
        for values in self.fixed:
            found[at : at + len(values)] = values
            at += len(values)
        return found
