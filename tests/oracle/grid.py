"""Values of the oracle: plain floats on a grid of places, and totals in the agreed order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

Place = tuple[int, int, int, int]  # community, partner, row, column


class Grid:
    """Floats for every place; an axis along which nothing varies has length 1."""

    def __init__(self, shape: Place, values: list[float]) -> None:
        self.shape, self.values = shape, values
        assert len(values) == shape[0] * shape[1] * shape[2] * shape[3]

    @staticmethod
    def full(shape: Place, value: float = 0.0) -> Grid:
        """The same value at every place."""
        return Grid(shape, [value] * (shape[0] * shape[1] * shape[2] * shape[3]))

    @staticmethod
    def made(shape: Place, rule: Callable[[Place], float]) -> Grid:
        """A grid whose value at each place is `rule(place)`."""
        return Grid(shape, [rule(place) for place in places(shape)])

    def at(self, c: int, p: int, y: int, x: int) -> float:
        """The value at a place; along an axis of length 1 every index means the same."""
        C, P, R, X = self.shape
        return self.values[
            ((((c if C > 1 else 0) * P + (p if P > 1 else 0)) * R + (y if R > 1 else 0)) * X) + (x if X > 1 else 0)
        ]

    def put(self, c: int, p: int, y: int, x: int, value: float) -> None:
        """Write the value of one place."""
        C, P, R, X = self.shape
        self.values[
            ((((c if C > 1 else 0) * P + (p if P > 1 else 0)) * R + (y if R > 1 else 0)) * X) + (x if X > 1 else 0)
        ] = value

    def copy(self) -> Grid:
        """A grid that shares nothing with this one."""
        return Grid(self.shape, list(self.values))


def places(shape: Place) -> Iterator[Place]:
    """Every place of a shape, the last axis fastest."""
    C, P, R, X = shape
    for c in range(C):
        for p in range(P):
            for y in range(R):
                for x in range(X):
                    yield c, p, y, x


def total(values: list[float]) -> float:
    """The sum as a halving tree: the back half is laid over the front until one number is left."""
    row = list(values)
    while len(row) > 1:
        half = len(row) // 2
        kept = len(row) - half
        row = [row[i] + row[kept + i] if i < half else row[i] for i in range(kept)]
    return row[0]


def collapsed(grid: Grid, community: bool, tiles: bool) -> Grid:
    """The grid summed over its tiles, its communities or both; tiles go first, row by row."""
    C, P, R, X = grid.shape
    result = grid
    if tiles:
        result = Grid.made(
            (C, P, 1, 1), lambda at: total([grid.at(at[0], at[1], y, x) for y in range(R) for x in range(X)])
        )
    if community:
        before = result
        _, P, R, X = before.shape
        result = Grid.made((1, P, R, X), lambda at: total([before.at(c, at[1], at[2], at[3]) for c in range(C)]))
    return result


def wash(value: float) -> float:
    """Make minus zero plain zero."""
    return value + 0.0


def clip(value: float, low: float, high: float) -> float:
    """The value kept within low and high."""
    return wash(min(max(value, low), high))
