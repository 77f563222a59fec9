"""Lines for players as plain data: what is said, in which tone, in which place; whoever shows them paints them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

Tone = Literal["plain", "good", "bad", "notice", "hint"]
Place = Literal[
    "text", "entry", "heading", "title", "item", "under", "yes", "no", "point", "inside", "inset", "warning"
]


@dataclass(frozen=True)
class Line:
    """One paragraph.

    Parameters
    ----------
    text
        What is said, in one piece: wrapping is up to whoever shows it.
    tone
        `plain`; `good` and `bad` for what went well or badly; `notice` for
        what came from outside; `hint` for advice.
    place
        `text` begins at the edge; `entry` does too, and further rows of it
        stand in; `heading` stands alone with a space before it; `title` is a
        heading without one; `item` is one of a list, `under` belongs to the
        item before it; `yes` and `no` are items that hold and that do not;
        `point` is one of a list of questions; `inside` and `inset` belong to
        the text before them, further rows of `inside` stand in still more;
        `warning` says what to beware of.
    stress
        Where in `text` the words stand that have the tone, as (start, end);
        None where all of it has.
    share
        Of a full measure, 0 to 1: what a bar before the text shows; None without one.
    """

    text: str
    tone: Tone = "plain"
    place: Place = "text"
    stress: tuple[int, int] | None = None
    share: float | None = None

    def after(self, lead: str, place: Place) -> Line:
        """Return the line with other words before it, and in another place."""
        shifted = None if self.stress is None else (self.stress[0] + len(lead), self.stress[1] + len(lead))
        return replace(self, text=lead + self.text, place=place, stress=shifted)


def told(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Return lines as data of JSON types."""
    return [asdict(line) | {"stress": list(line.stress) if line.stress else None} for line in lines]


def line_of(data: dict[str, Any]) -> Line:
    """Return the line that `told` made data of."""
    return Line(**{**data, "stress": tuple(data["stress"]) if data["stress"] else None})
