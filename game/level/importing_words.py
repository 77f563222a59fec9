"""Expressions of PySD's abstract models in the words of levels."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from game.level.parts import RESERVED

CALLS = {
    "abs": "abs({0})", "min": "min({0}, {1})", "max": "max({0}, {1})", "sqrt": "sqrt({0})", "exp": "exp({0})",
    "ln": "ln({0})", "log": "ln({0}) / ln({1})", "log10": "log10({0})", "sin": "sin({0})", "cos": "cos({0})",
    "tan": "tan({0})", "integer": "floor({0})", "int": "floor({0})", "modulo": "({0}) % ({1})",
    "quantum": "({1}) * floor(({0}) / ({1}))", "if_then_else": "if({0}, {1}, {2})",
    "xidz": "if(({1}) == 0, {2}, ({0}) / ({1}))", "zidz": "({0}) / ({1})", "safediv": "({0}) / ({1})",
    "step": "step({0}, {1})", "pulse": "pulse({0}, {1})", "pulse_train": "pulse_train({0}, {1}, {2}, {3})",
    "ramp": "ramp({0}, {1}, {2})", "power": "({0}) ** ({1})",
}  # fmt: skip
OF_TIME = {"step": (1,), "pulse": (0,), "pulse_train": (0, 3), "ramp": (1, 2)}  # which values are moments
CHANCE = ("random_0_1", "random_uniform", "random_normal", "random_exponential", "random")
ARITHMETIC = {"+": "+", "-": "-", "*": "*", "/": "/", "^": "**", "negative": "0 -"}
LOGIC = {":AND:": "and", "and": "and", ":OR:": "or", "or": "or", ":NOT:": "not", "not": "not", "=": "==", "<>": "!="}
COMPARED = ("<", "<=", ">", ">=", "==", "!=")


def number(value: float) -> str:
    """Return a number from 0 on as a level writes it: whole ones without a point."""
    return f"{float(value):.0f}" if float(value).is_integer() and value < 1e15 else repr(float(value))


def within(part: str) -> str:
    """Return a part of an expression so that it may stand beside any sign."""
    return part if re.fullmatch(r"[\w.]+", part) or re.fullmatch(r"\w+\([^()]*\)", part) else f"({part})"


@dataclass
class Words:
    """Says expressions; what has no word is noted in `lacking`, with the variable and the reason."""

    names: set[str]
    begins: float = 0.0  # the time at which the model begins
    lacking: list[str] = field(default_factory=list)

    def lack(self, name: str, why: str) -> str:
        """Note what cannot be carried over."""
        self.lacking.append(f"{name}: {why}")
        return ""

    def name(self, plain: str) -> str:
        """Return a name that levels may use: one that means nothing else there."""
        return f"{plain}_" if plain in RESERVED or plain in ("time", "season") or plain in CALLS else plain

    def said(self, node: Any, name: str) -> str:
        """Return an expression as a level writes it."""
        if isinstance(node, (int, float)):
            return number(node) if node >= 0 else f"(0 - {number(-node)})"
        way = getattr(self, f"_{type(node).__name__}", None)
        if way is None:
            return self.lack(name, f"{type(node).__name__.removesuffix('Structure')} has no counterpart in a level")
        return str(way(node, name))

    def _many(self, nodes: Any, name: str) -> list[str]:
        return [self.said(node, name) for node in nodes]

    def _ReferenceStructure(self, node: Any, name: str) -> str:  # noqa: N802 - named as PySD names them
        plain = re.sub(r"[^a-z0-9]+", "_", str(node.reference).strip('"').lower()).strip("_")
        if node.subscripts is not None and getattr(node.subscripts, "subscripts", None):
            return self.lack(name, f"reads a part of {plain}, which has subscripts")
        if plain == "time":
            return f"(time + {self.said(self.begins, name)})" if self.begins else "time"
        if plain not in self.names:
            return self.lack(name, f'reads "{plain}", which the model does not say')
        return self.name(plain)

    def _ArithmeticStructure(self, node: Any, name: str) -> str:  # noqa: N802
        parts = [within(part) for part in self._many(node.arguments, name)]
        if len(parts) == 1:
            sign = node.operators[0]
            return f"(0 - {parts[0]})" if sign in ("-", "negative") else parts[0]
        text = parts[0]
        for sign, part in zip(node.operators, parts[1:], strict=True):
            if sign not in ARITHMETIC:
                return self.lack(name, f'"{sign}" has no counterpart in a level')
            text = f"{text} {ARITHMETIC[sign]} {part}"
        return text

    def _LogicStructure(self, node: Any, name: str) -> str:  # noqa: N802
        parts = [within(part) for part in self._many(node.arguments, name)]
        signs = [LOGIC.get(sign, sign) for sign in node.operators]
        if len(parts) == 1:
            return f"not {parts[0]}"
        if any(sign not in (*COMPARED, "and", "or") for sign in signs):
            return self.lack(name, f'"{signs[0]}" has no counterpart in a level')
        text = parts[0]
        for sign, part in zip(signs, parts[1:], strict=True):
            text = f"{text} {sign} {part}"
        return text

    def _CallStructure(self, node: Any, name: str) -> str:  # noqa: N802
        function = node.function if isinstance(node.function, str) else str(getattr(node.function, "reference", ""))
        plain = function.lower().replace(" ", "_")
        arguments = self._many(node.arguments, name)
        if plain in CHANCE:
            return self.lack(name, f"{plain} draws by chance: say it by `noise`")
        if not isinstance(node.function, str) and plain in self.names and len(arguments) == 1:
            return f"curve({arguments[0]}, {self.name(plain)})"
        if plain not in CALLS:
            return self.lack(name, f'the function "{plain}" has no counterpart in a level')
        for place in OF_TIME.get(plain, ()):
            if self.begins and place < len(arguments):
                arguments[place] = f"({arguments[place]}) - {self.said(self.begins, name)}"
        wanted = 1 + max(int(one) for one in re.findall(r"\{(\d)\}", CALLS[plain]))
        if plain in ("min", "max") and len(arguments) > 2:
            return f"{plain}({', '.join(arguments)})"
        if plain == "ramp" and len(arguments) == 2:
            return f"ramp({', '.join(arguments)})"
        if len(arguments) != wanted:
            return self.lack(name, f'"{plain}" has {len(arguments)} values here, and {wanted} in a level')
        return CALLS[plain].format(*arguments)

    def _InlineLookupsStructure(self, node: Any, name: str) -> str:  # noqa: N802
        points = [[float(x), float(y)] for x, y in zip(node.lookups.x, node.lookups.y, strict=True)]
        return f"curve({self.said(node.argument, name)}, {points})"

    def _InitialStructure(self, node: Any, name: str) -> str:  # noqa: N802
        return self.lack(name, "keeps what something was at first: write it into a `start`")

    def _GameStructure(self, node: Any, name: str) -> str:  # noqa: N802
        return self.said(node.expression, name)

    def _delay(self, function: str, node: Any, name: str, order: Any) -> str:
        names = {
            ("delay", 1.0): "delay1",
            ("delay", 3.0): "delay",
            ("smooth", 1.0): "smooth",
            ("smooth", 3.0): "smooth3",
        }
        word = names.get((function, float(order))) if isinstance(order, (int, float)) else None
        if word is None:
            return self.lack(name, f"a {function} of order {order} has no counterpart in a level: 1 and 3 have")
        long = node.delay_time if function == "delay" else node.smooth_time
        return f"{word}({', '.join(self._many((node.input, long, node.initial), name))})"

    def _DelayStructure(self, node: Any, name: str) -> str:  # noqa: N802
        return self._delay("delay", node, name, node.order)

    _DelayNStructure = _DelayStructure

    def _SmoothStructure(self, node: Any, name: str) -> str:  # noqa: N802
        return self._delay("smooth", node, name, node.order)

    _SmoothNStructure = _SmoothStructure

    def _DelayFixedStructure(self, node: Any, name: str) -> str:  # noqa: N802
        return f"delay_fixed({', '.join(self._many((node.input, node.delay_time, node.initial), name))})"

    def _TrendStructure(self, node: Any, name: str) -> str:  # noqa: N802
        return f"trend({', '.join(self._many((node.input, node.average_time, node.initial_trend), name))})"
