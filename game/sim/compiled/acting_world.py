"""Parts of a World in the text of compiled actions: where they lie, what they hold, and how they change."""

from __future__ import annotations

from game.sim.compiled.acting_lines import Lines, Reading
from game.sim.compiled.acting_memory import TRUTHS, WHOLE, Memory
from game.sim.compiled.rows import Sizes
from game.sim.totals import Floats

Place = tuple[str, str, str]  # the names of a community, a partner and a tile
NOWHERE: Place = ("0", "0", "0")


class InWorld(Lines):
    """Writes how a World is read and changed at a place."""

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self.memory, self.layout = memory, memory.model.layout
        self.each = len(self.layout.communities)
        self.reading = Reading("")
        self.changes = 0  # places of text that change the World
        self.flags: set[int] = set()  # where it is noted that something was collected, and is kept until it is cleared

    def at(self, sizes: Sizes, place: Place) -> str:
        """Return the text of where an array of those sizes holds a place, for the world at hand."""
        _, partners, tiles = sizes
        strides = (partners * tiles, tiles, 1)
        terms = [f"{one} * {stride}" for one, size, stride in zip(place, sizes, strides, strict=True) if size > 1]
        return f"({' + '.join(terms)}) * n + w" if terms else "w"

    def fresh(self, kind: str, name: str, place: Place = NOWHERE) -> str:
        """Return the text that reads a part of the World now."""
        where = f"whole(a, {self.memory.array(kind, name)}), {self.at(self.memory.shape(kind, name), place)}"
        if kind in TRUTHS:
            return f"truth({where})"
        return f"float(whole({where}))" if kind in WHOLE else f"read_from({where})"

    def read(self, kind: str, name: str, place: Place = NOWHERE) -> str:
        """Return the name of what a part of the World holds at a place."""
        return self.let(self.fresh(kind, name, place))

    def change(self, kind: str, name: str, place: Place, value: str) -> None:
        """Change a part of the World at a place, which at most a loop over pairs or communities and tiles leads to."""
        self.changes += 1
        number = self.memory.array(kind, name, written=True)
        word = "change_whole" if kind in WHOLE else "change_truth" if kind in TRUTHS else "change"
        self.add(f"{word}(i, whole(a, {number}), {self.at(self.memory.shape(kind, name), place)}, {value})")

    def fixed(self, values: Floats, place: Place = NOWHERE) -> str:
        """Return the text of fixed numbers (C|1, P|1, rows|1, columns|1, 1) at a place."""
        if (values == values.flat[0]).all():
            return repr(float(values.flat[0]))
        communities, partners, rows, columns = values.shape[:4]
        sizes, strides = (communities, partners, rows * columns), (partners * rows * columns, rows * columns, 1)
        terms = [f"{one} * {stride}" for one, size, stride in zip(place, sizes, strides, strict=True) if size > 1]
        return self.let(f"read_from(f, {' + '.join([str(self.memory.keep(values)), *terms])})")
