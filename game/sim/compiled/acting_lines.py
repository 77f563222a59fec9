"""Lines of text, of which compiled actions are made, and in which sense a rule is read in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from game.sim.compiled.loop import INDENT


@dataclass(frozen=True)
class Reading:
    """How rules are read: as those of an action, of whoever is asked, or of the members of an agreement.

    `name` tells apart what is collected; `lasting` whether that is kept until
    it is cleared.
    """

    name: str
    lasting: bool = False
    on_plot: bool = False  # a plot is at hand
    acting: bool = False  # somebody acts
    targeted: bool = False  # on a community
    partners: bool = False  # whoever is asked
    members: str = ""  # the agreement whose members count
    terms: str = ""  # the agreement whose settled amount counts
    offered: bool = False  # what it may be settled on is at hand, and not what it is settled on
    kept: str = ""  # the agreement that is held against what its members did
    after: bool = False  # the season is counted already


class Lines:
    """Lines of text, in blocks; a name that holds a value is known to the end of its block."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.depth = 1
        self.names: list[dict[str, str]] = [{}]
        self.count = 0

    def add(self, text: str) -> None:
        """Add a line."""
        self.lines.append(INDENT * self.depth + text)

    def new(self) -> str:
        """Return a name that nothing has yet."""
        self.count += 1
        return f"v{self.count}"

    def let(self, text: str) -> str:
        """Return a name for a value."""
        for names in self.names:
            if text in names:
                return names[text]
        name = self.names[-1][text] = self.new()
        self.add(f"{name} = {text}")
        return name

    def forget(self) -> None:
        """From here on values are worked out anew: something has changed."""
        self.names = [{} for _ in self.names]

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Put what follows below a line."""
        self.add(head)
        self.depth += 1
        self.names.append({})
        start = len(self.lines)
        yield
        if len(self.lines) == start:
            self.add("pass")
        self.names.pop()
        self.depth -= 1

    @contextmanager
    def over(self, size: int, index: str) -> Iterator[str]:
        """Put what follows into a loop; yields the name of the index, a plain 0 where there is nothing to loop over."""
        if size == 1:
            yield "0"
            return
        self.count += 1
        name = f"{index}{self.count}"
        with self.block(f"for {name} in range({size}):"):
            yield name
