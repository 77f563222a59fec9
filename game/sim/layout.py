"""The fixed geometry of a level: its tiles, its people, and which of them count where.

All masks are float64 arrays of ones and zeros that broadcast to (community,
partner, row, column, world); an axis along which a mask does not vary has
length 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from game.language.nodes import COMMUNITY, PARTNER, TILE, Aggregate, Delayed, Node, StockName, walk
from game.language.ranges import never_zero
from game.language.scope import Scope
from game.level.expressions import world_scope
from game.level.schema import Level
from game.sim.totals import Floats


@dataclass
class Layout:
    """Who and what there is, and where; `keys` and `delays` fill while expressions are compiled."""

    communities: tuple[str, ...]
    seats: tuple[int, ...]  # index of the community each player speaks for
    rows: int
    columns: int
    scope: Scope
    terrain_yx: tuple[tuple[str, ...], ...]
    terrain_mask: dict[str, Floats]  # (1, 1, rows, columns, 1) for each terrain
    live: dict[str, Floats]  # (1, 1, rows, columns, 1): the tiles on which a tile stock lives
    others: Floats  # (C, C, 1, 1, 1): 1 for two different communities
    seated: Floats  # (C, 1, 1, 1, 1): 1 for a community with a player
    neighbour_share: Floats  # (1, 1, rows, columns, 1): 1 / number of neighbours
    heights: Floats  # (1, 1, rows, columns, 1): 0 to 9
    community_index: dict[str, int]  # the index of each community by its id
    keys: dict[Node, int] = field(default_factory=dict)
    delays: dict[str, Delayed] = field(default_factory=dict)

    def shape(self, axes: int) -> tuple[int, int, int, int]:
        """The lengths of the first four axes for something that varies over `axes`."""
        count = len(self.communities)
        tiles = (self.rows, self.columns) if axes & TILE else (1, 1)
        return (count if axes & COMMUNITY else 1, count if axes & PARTNER else 1, *tiles)

    def key_of(self, node: Node) -> int:
        """A number that stands for `node` and everything equal to it."""
        return self.keys.setdefault(node, len(self.keys))

    def delay_key(self, node: Delayed) -> str:
        """The name under which a world keeps the memory of this delay."""
        self.delays.setdefault(node.key, node)
        return node.key

    def never_zero(self, node: Node) -> bool:
        """Whether a division by `node` needs no guard."""
        return never_zero(node, self.scope)

    def collecting_mask(self, node: Aggregate) -> Floats:
        """What a collection over places counts: living tiles, other communities, players, a named group."""
        mask: Floats = np.ones((*self.shape(node.over), 1))
        for name in node.on if node.over & TILE else ():
            mask = mask * self.live[name]
        if (node.over & COMMUNITY and node.over & PARTNER) or node.over == PARTNER:
            mask = mask * self.others
        if node.over & COMMUNITY and any(self._is_player_stock(part) for part in walk(node.argument)):
            mask = mask * self.seated
        if node.where == "group":
            inside = [1.0 if name in node.group else 0.0 for name in self.communities]
            mask = mask * np.array(inside).reshape(-1, 1, 1, 1, 1)
        return mask

    def _is_player_stock(self, node: Node) -> bool:
        return isinstance(node, StockName) and self.scope.stocks[node.name].place == "player"


def lay_out(level: Level) -> Layout:
    """Return the geometry of a level."""
    rows = map_rows(level)
    signs = level.map.legend
    home_ground = "homestead" if "homestead" in level.terrains else next(iter(level.terrains), "")
    terrain = tuple(tuple(signs[sign].terrain or home_ground for sign in row) for row in rows)
    names = tuple(level.communities)
    count = len(names)
    masks = {
        name: _tile_mask([[float(ground == name) for ground in row] for row in terrain]) for name in level.terrains
    }
    everywhere = np.ones((1, 1, len(rows), len(rows[0]), 1))
    live = {}
    for name, stock in level.stocks.items():
        if stock.place == "tile":
            live[name] = (
                sum((masks[ground] for ground in stock.on), np.zeros_like(everywhere)) if stock.on else everywhere
            )
    seats = tuple(names.index(seat) for seat in level.seats)
    seated = np.array([float(index in seats) for index in range(count)]).reshape(count, 1, 1, 1, 1)
    return Layout(
        names,
        seats,
        len(rows),
        len(rows[0]),
        world_scope(level),
        terrain,
        masks,
        live,
        (1.0 - np.eye(count)).reshape(count, count, 1, 1, 1),
        seated,
        _neighbour_share(len(rows), len(rows[0])),
        _heights(level, rows),
        {name: index for index, name in enumerate(names)},
    )


def map_rows(level: Level) -> list[str]:
    """The rows of the map without empty lines at its end."""
    rows = level.map.rows.splitlines()
    while rows and not rows[-1].strip():
        rows.pop()
    return rows


def _heights(level: Level, rows: list[str]) -> Floats:
    lines = level.map.heights.splitlines() or ["0" * len(row) for row in rows]
    return _tile_mask([[float(sign) for sign in line] for line in lines[: len(rows)]])


def _tile_mask(values: list[list[float]]) -> Floats:
    return np.array(values, dtype=np.float64)[None, None, :, :, None]


def _neighbour_share(rows: int, columns: int) -> Floats:
    counts = [
        [
            (min(y + 1, rows - 1) - max(y - 1, 0) + 1) * (min(x + 1, columns - 1) - max(x - 1, 0) + 1) - 1
            for x in range(columns)
        ]
        for y in range(rows)
    ]
    return _tile_mask([[1.0 / count if count else 0.0 for count in row] for row in counts])
