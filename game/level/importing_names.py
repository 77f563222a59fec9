"""What the variables of a model of another program are called in a level, and what they are worth at first."""

from __future__ import annotations

import math
import operator
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from game.level.parts import RESERVED

CONTROLS = ("time_step", "initial_time", "final_time", "saveper")
OTHER_CONTROLS = {"dt": "time_step", "starttime": "initial_time", "stoptime": "final_time"}
ARITHMETIC = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "^": operator.pow}
DEEPEST = 40  # steps from a name to its value


def spoken(name: str) -> str:
    """Return a name without what other programs do not tell apart: case, quotes, spaces and underscores."""
    return re.sub(r"(?:\\n|[\s_])+", "_", name.strip().strip('"').lower()).strip("_")


def plain(name: str) -> str:
    """Return a name in the letters that levels have."""
    letters = unicodedata.normalize("NFKD", spoken(name).casefold()).encode("ascii", "ignore").decode("ascii")
    found = re.sub(r"[^a-z0-9]+", "_", letters).strip("_")
    return found if found and found[0].isalpha() else f"v_{found}".rstrip("_")


@dataclass
class Names:
    """The variables of a model: each has a name of its own in the level, and constants have a value."""

    known: dict[str, str] = field(default_factory=dict)  # as spoken: the name in the level
    values: dict[str, Any] = field(default_factory=dict)  # as spoken: the expression, of what has only one
    controls: dict[str, float] = field(default_factory=dict)  # by their names in CONTROLS

    @classmethod
    def of(cls, variables: Iterable[tuple[str, Any]], taken: Iterable[str]) -> Names:
        """Return names for variables and their expressions; `taken` are words that mean something in levels."""
        found, used = cls(), {*RESERVED, *CONTROLS, "time", "season", *taken}
        for name, value in variables:
            key = spoken(name)
            if key in found.known or key in CONTROLS:
                found.values[key] = None if key in found.known else value
                continue
            own = plain(name)
            own = f"{own}_" if own in used else own
            count = 2
            while own in used:
                own, count = f"{plain(name)}_{count}", count + 1
            used.add(own)
            found.known[key], found.values[key] = own, value
        return found

    def new(self, name: str) -> str:
        """Return a name in the level for what has none in the model."""
        count, own = 2, name
        while own in self.known.values():
            own, count = f"{name}_{count}", count + 1
        self.known[own] = own
        return own

    def control(self, name: str) -> float | None:
        """Return what a control of the simulation is, such as the time step; None where a name is none."""
        key = spoken(name)
        return None if key in self.known else self.controls.get(OTHER_CONTROLS.get(key, key))

    def worth(self, node: Any, at_start: bool = False, depth: int = 0) -> float | None:
        """Return what an expression is worth, always or `at_start`; None where it is not one number."""
        kind = type(node).__name__
        if isinstance(node, (int, float)):
            return float(node)
        if depth > DEEPEST:
            return None
        if kind == "ReferenceStructure" and not getattr(node.subscripts, "subscripts", None):
            key = spoken(node.reference)
            if at_start and key == "time":
                return self.controls.get("initial_time", 0.0)
            known = self.control(key)
            return self.worth(self.values.get(key), at_start, depth + 1) if known is None else known
        if kind == "ArithmeticStructure":
            return _sum([self.worth(one, at_start, depth + 1) for one in node.arguments], node.operators)
        if kind == "CallStructure" and at_start and str(getattr(node.function, "reference", "")).lower() == "step":
            height, at = (self.worth(one, at_start, depth + 1) for one in node.arguments)
            if height is not None and at is not None:
                return height if self.controls.get("initial_time", 0.0) >= at else 0.0
        return None


def _sum(parts: list[float | None], signs: list[str]) -> float | None:
    """Return what numbers with signs of one kind between them are worth; None where that is no number."""
    numbers = [part for part in parts if part is not None]
    if len(numbers) < len(parts) or not numbers:
        return None
    if len(numbers) == 1:
        return -numbers[0] if signs[0] in ("-", "negative") else numbers[0]
    found = numbers[0]
    for sign, number in zip(signs, numbers[1:], strict=True):
        if sign not in ARITHMETIC:
            return None
        try:
            found = ARITHMETIC[sign](found, number)
        except ArithmeticError:
            return None
    return found if isinstance(found, float) and math.isfinite(found) else None
