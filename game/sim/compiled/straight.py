"""Changes of a World that nobody takes back, as text of compiled functions."""

from __future__ import annotations

from game.sim.compiled.acting_expressions import Expressions
from game.sim.compiled.acting_memory import TRUTHS, WHOLE
from game.sim.compiled.acting_world import Place


class Straight(Expressions):
    """Writes changes that nobody takes back."""

    def change(self, kind: str, name: str, place: Place, value: str) -> None:
        """Change a part of the World at a place."""
        number = self.memory.array(kind, name, written=True)
        word = "make_whole" if kind in WHOLE else "make_truth" if kind in TRUTHS else "make"
        given = f"int({value})" if kind in WHOLE else value
        self.add(f"{word}({self.at(number, self.memory.shape(kind, name), place)}, {given})")

    def body(self) -> str:
        """Return what was written."""
        return "\n".join(self.lines)
