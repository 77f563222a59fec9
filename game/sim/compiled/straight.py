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
        where = f"whole(a, {number}), {self.at(self.memory.shape(kind, name), place)}"
        if kind in WHOLE:
            self.add(f"set_whole({where}, int({value}))")
        elif kind in TRUTHS:
            self.add(f"set_truth({where}, {value})")
        else:
            self.add(f"write_to({where}, {value})")

    def body(self) -> str:
        """Return what was written."""
        return "\n".join(self.lines)
