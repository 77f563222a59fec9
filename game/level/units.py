"""Do the units of a level fit?  Warnings where two known units are added, compared or moved that are not the same.

A unit is a product of words with whole or half powers: `t`, `1/season`,
`t/animal/season`, `m^2`.  The words are the level's own (sacks, boats), so no
library knows them, and a tonne is no kilogram here: a sum of both is wrong
whether or not they measure the same.  What has no unit in the text, a plain
number in a rule above all, may have any.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from game.language.nodes import (
    Aggregate,
    Arithmetic,
    Auxiliary,
    Choice,
    Compare,
    Constant,
    Delayed,
    Elementwise,
    Extreme,
    FlowValue,
    Near,
    Node,
    NumberName,
    Special,
    StockName,
    children,
)
from game.level.checker import Checker
from game.level.merge import Path
from game.level.schema import Level, Rules

Unit = dict[str, Fraction]  # the power of each word
NONE: Unit = {}
PLAIN = ("1", "share", "")
POWERS = {"²": "^2", "³": "^3", "·": "*", "⁻¹": "^-1"}
OF_NUMBERS = ("exp", "ln", "log10", "sin", "cos", "tan")
LONGEST_UNIT = 24  # letters; windows and tables have no room for more
COUNTED = ("share", "count")  # collections that count places


def read_unit(text: str, turns: tuple[str, ...] = ()) -> Unit | None:
    """Return a unit, None where the text is none; `turns` are what the level calls its seasons."""
    for sign, plain in POWERS.items():
        text = text.replace(sign, plain)
    found: Unit = {}
    for sign, part in re.findall(r"(^|[*/])([^*/]*)", text.strip()):
        match = re.fullmatch(r"\s*([^\W\d_][\w .°%-]*|°\w+|%|1|)\s*(?:\^\s*(-?\d+))?\s*", part)
        if match is None or (not match[1] and part != text.strip()):
            return None
        if match[1].strip() not in PLAIN:
            power = Fraction(match[2] or 1) * (-1 if sign == "/" else 1)
            word = _word(match[1].strip(), turns)
            found[word] = found.get(word, Fraction(0)) + power
    return {word: power for word, power in found.items() if power}


def _word(word: str, turns: tuple[str, ...]) -> str:
    if word.lower() in turns or word == "seasons":
        return "season"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def unit_in_words(unit: Unit) -> str:
    """Return a unit as an author writes it."""
    above = [_powered(word, power) for word, power in sorted(unit.items()) if power > 0]
    below = [_powered(word, -power) for word, power in sorted(unit.items()) if power < 0]
    return "/".join(["*".join(above) or ("1" if below else "a share"), *below])


def _powered(word: str, power: Fraction) -> str:
    return word if power == 1 else f"{word}^{power}"


def _times(left: Unit, right: Unit, sign: int = 1) -> Unit:
    found = dict(left)
    for word, power in right.items():
        found[word] = found.get(word, Fraction(0)) + sign * power
    return {word: power for word, power in found.items() if power}


@dataclass
class _Reading:
    """The units of one rule's parts; `faults` holds where two do not fit, with what to say."""

    known: Mapping[str, Unit | None]
    faults: list[tuple[int, str]] = field(default_factory=list)

    def unit(self, node: Node) -> Unit | None:
        """Return the unit of a part, None where it may be any."""
        if isinstance(node, (StockName, NumberName)):
            return self.known.get(node.name)
        if isinstance(node, Auxiliary):
            return self.known.get(node.name)
        if isinstance(node, Special):
            return (
                {"season": Fraction(1)}
                if node.name in ("time", "season")
                else self.known.get(node.who[0] if node.who else "")
            )
        if isinstance(node, FlowValue):
            return NONE if node.kind == "met" else None  # what moved in a season is read as an amount and as a rate
        if isinstance(node, Constant):
            return None
        inside = [self.unit(child) for child in children(node)]
        return self._of_parts(node, inside)

    def _of_parts(self, node: Node, inside: list[Unit | None]) -> Unit | None:
        if isinstance(node, Arithmetic) and node.operator in "*/":
            left, right = inside
            return None if left is None or right is None else _times(left, right, 1 if node.operator == "*" else -1)
        if isinstance(node, Arithmetic):
            return self._alike(node, "adds" if node.operator == "+" else "takes", node.left, node.right, inside)
        if isinstance(node, Compare):
            self._alike(node, "compares", node.left, node.right, inside)
            return NONE
        if isinstance(node, Extreme):
            return self._alike(
                node, f"takes the {'least' if node.kind == 'min' else 'most'} of", node.left, node.right, inside
            )
        if isinstance(node, Choice):
            return self._alike(node, "chooses between", node.then, node.otherwise, inside[1:])
        if isinstance(node, Aggregate):
            return NONE if node.kind in COUNTED else inside[0]
        if isinstance(node, (Near, Delayed)):
            return inside[0]
        if isinstance(node, Elementwise) and node.kind in OF_NUMBERS:
            self._of_a_number(node, inside[0])
            return None
        if isinstance(node, Elementwise) and node.kind in ("abs", "floor", "round"):
            return inside[0]
        if isinstance(node, Elementwise) and node.kind == "sqrt" and inside[0] is not None:
            return {word: power / 2 for word, power in inside[0].items()}
        return None

    def _of_a_number(self, node: Elementwise, unit: Unit | None) -> None:
        """Note where a function of plain numbers is given an amount; the time may be a number."""
        if unit and set(unit) != {"season"}:
            part, told = in_words(node.arguments[0]), unit_in_words(unit)
            message = f"{node.kind} takes a plain number, and {part} is in {told}: divide it by so many {told}"
            self.faults.append((node.offset, f"{message}, as in {node.kind}({part} / 10)"))

    def _alike(self, node: Node, does: str, left: Node, right: Node, inside: list[Unit | None]) -> Unit | None:
        first, second = inside
        if first is not None and second is not None and first != second:
            joint = "from" if does == "takes" else "and"
            pair = ((right, second), (left, first)) if does == "takes" else ((left, first), (right, second))
            sides = f" {joint} ".join(f"{in_words(part)} ({unit_in_words(unit)})" for part, unit in pair)
            self.faults.append((node.offset, f"this {does} {sides}, and their units differ"))
            return None
        known, other = (second, left) if first is None else (first, right)
        # What stands beside it may be more than a number: "2 + met(meals)" days, "1 - fish" of one tonne.
        open_ = (first is None or second is None) and not known
        return None if open_ or (isinstance(other, Constant) and other.value) else known


def in_words(node: Node) -> str:
    """Return a part of a rule shortly, as its author would know it."""
    if isinstance(node, (StockName, NumberName, Auxiliary)):
        return node.name
    if isinstance(node, Constant):
        return f"{node.value:g}"
    if isinstance(node, Arithmetic):
        return f"{in_words(node.left)} {node.operator} {in_words(node.right)}"
    if isinstance(node, FlowValue):
        return f"{node.kind}({node.name})"
    if isinstance(node, (Aggregate, Extreme, Elementwise)):
        return f"{node.kind}({', '.join(in_words(child) for child in children(node))})"
    return getattr(node, "name", "the rest")


def check_units(level: Rules, nodes: Mapping[Path, Node], checker: Checker) -> None:
    """Warn of rules in which units do not fit, each with both sides."""
    known = _known(level)
    _check_written(level, checker)
    for path, node in nodes.items():
        if path[0] == "flows" and level.flows[str(path[1])].back_of:
            continue
        reading = _Reading(known)
        found = reading.unit(node)
        for offset, message in reading.faults:
            checker.warning(path, "units-differ", message, offset=offset)
        asked = _asked(level, known, path)
        if not reading.faults and found is not None and asked is not None and found != asked[0]:
            told = (
                f"this is {unit_in_words(found)}, and {asked[1]} {unit_in_words(asked[0])}: mend one of the two units"
            )
            checker.warning(path, "units-differ", told)


def _check_written(level: Rules, checker: Checker) -> None:
    """Warn of what is no unit, and of one that nobody has room for."""
    for section in ("stocks", "numbers", "auxiliaries", "tables"):
        for name, piece in getattr(level, section).items():
            text, path = piece.unit, (section, name, "unit")
            if text and any(not part.strip() for part in re.split(r"[*/]", text)):
                message = f'"{text[:40]}" is no unit: write words with / or * between, as in t, kg/day or 1/season'
                checker.warning(path, "no-unit", message)
            if len(text) > LONGEST_UNIT:
                message = f"a unit has at most {LONGEST_UNIT} letters, since it stands beside every number: shorten it"
                checker.warning(path, "unit-too-long", f"{message}, and say the rest in plain")


def _known(level: Rules) -> dict[str, Unit | None]:
    """Return the unit of every name whose author wrote one."""
    turns: tuple[str, ...] = ()
    if isinstance(level, Level) and level.seasons.name:
        turns = (level.seasons.name, level.seasons.several)
    known: dict[str, Unit | None] = {}
    for section in ("stocks", "numbers", "auxiliaries"):
        for name, piece in getattr(level, section).items():
            known[name] = read_unit(piece.unit, turns) if piece.unit and "unit" in piece.model_fields_set else None
    return known


def _ends(level: Rules, name: str) -> Iterator[str]:
    flow = level.flows[name]
    yield from (end for end in (flow.source_stock, flow.target_stock) if end in level.stocks)


Asked = tuple[Unit, str]


def _asked(level: Rules, known: Mapping[str, Unit | None], path: Path) -> Asked | None:
    """Return which unit a rule should have, and why."""
    name = str(path[1]) if len(path) > 1 else ""
    ways: dict[Any, Callable[[], tuple[str, bool] | None]] = {
        ("flows", "rate"): lambda: next(
            ((end, True) for end in _ends(level, name) if known.get(end) is not None), None
        ),
        ("influences", "change"): lambda: (level.influences[name].of, level.influences[name].once is None),
        ("stocks", "start"): lambda: (name, False),
        ("auxiliaries", "is"): lambda: (name, False),
    }
    way = ways.get((path[0], path[-1])) if len(path) == 3 else None
    found = way() if way else None
    unit = known.get(found[0]) if found else None
    if found is None or unit is None:
        return None
    if found[1]:
        return _times(unit, {"season": Fraction(-1)}), f'"{found[0]}" changes in'
    return unit, f'"{found[0]}" is in'
