"""Parts of a World in the text of compiled actions: where they lie, what they hold, and how they change."""

from __future__ import annotations

from collections.abc import Sequence

from game.sim.compiled.acting_lines import Lines, Reading
from game.sim.compiled.acting_memory import TRUTHS, WHOLE, Memory
from game.sim.compiled.rows import Sizes
from game.sim.totals import Floats

Place = tuple[str, str, str]  # the names of a community, a partner and a tile
NOWHERE: Place = ("0", "0", "0")


def sum_of(indices: Sequence[tuple[str, int]], first: int = 0) -> str:
    """Return the text of `first` and so many times each index; every sign less is a millisecond less to compile."""
    known = first + sum(int(index) * times for index, times in indices if index.isdigit())
    texts = [index if times == 1 else f"{index} * {times}" for index, times in indices if not index.isdigit()]
    return " + ".join([*texts, str(known)] if known or not texts else texts)


class InWorld(Lines):
    """Writes how a World is read and changed at a place."""

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self.memory, self.layout = memory, memory.model.layout
        self.each = len(self.layout.communities)
        self.reading = Reading("")
        self.changes = 0  # places of text that change the World
        self.flags: set[int] = set()  # where it is noted that something was collected, and is kept until it is cleared

    def at(self, array: int, sizes: Sizes, place: Place, first: int = 0) -> str:
        """Return the text of where an array, from row `first` on, holds a place for the world at hand."""
        return f"a, {array}, {sum_of(_steps(sizes, place), first)}, n, w"

    def fresh(self, kind: str, name: str, place: Place = NOWHERE) -> str:
        """Return the text that reads a part of the World now."""
        where = self.at(self.memory.array(kind, name), self.memory.shape(kind, name), place)
        if kind in TRUTHS:
            return f"seen_truth({where})"
        return f"float(seen_whole({where}))" if kind in WHOLE else f"seen({where})"

    def read(self, kind: str, name: str, place: Place = NOWHERE) -> str:
        """Return the name of what a part of the World holds at a place."""
        return self.let(self.fresh(kind, name, place))

    def change(self, kind: str, name: str, place: Place, value: str) -> None:
        """Change a part of the World at a place, which at most a loop over pairs or communities and tiles leads to."""
        self.changes += 1
        number = self.memory.array(kind, name, written=True)
        word = "change_whole" if kind in WHOLE else "change_truth" if kind in TRUTHS else "change"
        self.add(f"{word}(i, {self.at(number, self.memory.shape(kind, name), place)}, {value})")

    def fixed(self, values: Floats, place: Place = NOWHERE) -> str:
        """Return the text of fixed numbers (C|1, P|1, rows|1, columns|1, 1) at a place."""
        if (values == values.flat[0]).all():
            return repr(float(values.flat[0]))
        communities, partners, rows, columns = values.shape[:4]
        steps = _steps((communities, partners, rows * columns), place)
        return self.let(f"read_from(f, {sum_of(steps, self.memory.keep(values))})")


def _steps(sizes: Sizes, place: Place) -> list[tuple[str, int]]:
    """Return the indices of a place with how far apart what they count lies in an array of those sizes."""
    _, partners, tiles = sizes
    strides = (partners * tiles, tiles, 1)
    return [(one, stride) for one, size, stride in zip(place, sizes, strides, strict=True) if size > 1]
