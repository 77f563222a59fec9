"""Expressions of PySD's abstract models in the words of levels."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from game.level.importing_names import Names, spoken

SMALL = "0.000001"  # what divisions that are safe from zero take for zero
WHOLE = "if({0} < 0, 0 - floor(0 - {0:w}), floor({0}))"
WHOLE_SHARE = "if({0:w} / {1:w} < 0, 0 - floor(0 - {0:w} / {1:w}), floor({0:w} / {1:w}))"
CALLS = {  # by the number of the value; with w as a part beside other signs
    "abs": "abs({0})", "min": "min({0}, {1})", "max": "max({0}, {1})", "sqrt": "sqrt({0})", "exp": "exp({0})",
    "ln": "ln({0})", "log": "ln({0}) / ln({1})", "log10": "log10({0})", "sin": "sin({0})", "cos": "cos({0})",
    "tan": "tan({0})", "sinh": "(exp({0}) - exp(0 - {0:w})) / 2", "cosh": "(exp({0}) + exp(0 - {0:w})) / 2",
    "tanh": "1 - 2 / (exp(2 * {0:w}) + 1)", "integer": WHOLE, "modulo": "{0:w} - {1:w} * " + WHOLE_SHARE,
    "quantum": "if({1} < " + SMALL + ", {0}, {1:w} * " + WHOLE_SHARE + ")", "if_then_else": "if({0}, {1}, {2})",
    "xidz": "if(abs({1}) < " + SMALL + ", {2}, {0:w} / {1:w})",
    "zidz": "if(abs({1}) < " + SMALL + ", 0, {0:w} / {1:w})",
    "active_initial": "{0}", "step": "step({0}, {1})", "pulse": "pulse({0}, {1})", "ramp": "ramp({0}, {1}, {2})",
    "pulse_train": "pulse_train({0}, {2}, {1}, {3})", "xramp": "ramp({0}, {1})", "power": "{0:w} ** {1:w}",
    "xpulse": "{1:w} * {ticks} * pulse({0}, 0)", "xpulse_train": "{2:w} * {ticks} * pulse_train({0}, 0, {1}, 1000000)",
}  # fmt: skip
IN_XMILE = {"integer": "floor({0})", "modulo": "{0:w} % {1:w}"}  # downwards there, towards zero in Vensim
OF_TIME = {  # which values are moments
    "step": (1,), "pulse": (0,), "pulse_train": (0, 3), "ramp": (1, 2), "xramp": (1,), "xpulse": (0,),
    "xpulse_train": (0,),
}  # fmt: skip
CHANCE = ("random_0_1", "random_uniform", "random_normal", "random_exponential", "random")
ARITHMETIC = {"+": "+", "-": "-", "*": "*", "/": "/", "^": "**", "negative": "0 -"}
LOGIC = {":AND:": "and", "and": "and", ":OR:": "or", "or": "or", ":NOT:": "not", "not": "not", "=": "==", "<>": "!="}
COMPARED = ("<", "<=", ">", ">=", "==", "!=")
STAGES = {("delay", 1): "delay1", ("delay", 3): "delay", ("smooth", 1): "smooth", ("smooth", 3): "smooth3"}
MOST_STAGES, MOST_POINTS, MOST_TICKS = 12, 128, 512
MOST_INLINE = 30  # points of a curve within an expression
ENDLESS = ("inf", "infinity", "infty")
OUTSIDE = "GetLookupsStructure GetDataStructure GetConstantsStructure DataStructure".split()


def number(value: float) -> str:
    """Return a number from 0 on as a level writes it: whole ones without a point."""
    return f"{float(value):.0f}" if float(value).is_integer() and value < 1e15 else repr(float(value))


def within(part: str) -> str:
    """Return a part of an expression so that it may stand beside any sign."""
    plain = re.fullmatch(r"[\w.]+", part) or re.fullmatch(r"\w*\([^()]*\)", part)
    return str(part) if plain else f"({part})"


def jumps(lookups: Any) -> bool:
    """Return whether a table has two values at one place."""
    return len(set(lookups.x)) < len(lookups.x)


def pieces(points: list[list[float]]) -> list[list[list[float]]]:
    """Return the parts of a table between its jumps; where it has more than two values at one place, first and last."""
    found: list[list[list[float]]] = [[]]
    for place, (x, y) in enumerate(points):
        before, after = points[place - 1 : place], points[place + 1 : place + 2]
        if before and before[0][0] == x:
            if after and after[0][0] == x:
                continue
            found.append([])
        found[-1].append([x, y])
    return [one for one in found if one]


class Part(str):
    """A part of an expression, which a format can ask for so that it may stand beside any sign."""

    def __format__(self, wanted: str) -> str:
        return within(self) if wanted == "w" else str(self)


@dataclass
class Words:
    """Says expressions; what has no word is noted in `lacking`, with the variable and the reason."""

    names: Names
    ticks: int = 1  # in a season
    kind: str = "vensim"
    lacking: list[str] = field(default_factory=list)
    tables: dict[str, list[list[float]]] = field(default_factory=dict)  # of its own, too long for an expression
    split: set[str] = field(default_factory=set)  # tables that jump and are said where they are read, as spoken
    varied: set[str] = field(default_factory=set)  # constants of which the model says how far they go, as spoken
    kept: dict[str, tuple[str, str]] = field(default_factory=dict)  # states of its own: their start, their change

    @property
    def begins(self) -> float:
        """The time at which the model begins."""
        return self.names.controls.get("initial_time", 0.0)

    def lack(self, name: str, why: str) -> str:
        """Note what cannot be carried over, once."""
        line = f"{name}: {why}"
        if line not in self.lacking:
            self.lacking.append(line)
        return ""

    def said(self, node: Any, name: str) -> str:
        """Return an expression as a level writes it."""
        if isinstance(node, (int, float)):
            if not math.isfinite(node):
                return self.lack(name, "is or reads infinity, and levels reckon with finite numbers: write a large one")
            return number(node) if node >= 0 else f"(0 - {number(-node)})"
        kind = type(node).__name__
        if kind in OUTSIDE:
            return self.lack(name, "is read from a file of data: give it as `data` or as a table")
        way = getattr(self, f"_{kind}", None)
        if way is None:
            return self.lack(name, f"{kind.removesuffix('Structure')} has no counterpart in a level")
        return str(way(node, name))

    def _many(self, nodes: Any, name: str) -> list[str]:
        return [self.said(node, name) for node in nodes]

    def _ReferenceStructure(self, node: Any, name: str) -> str:  # noqa: N802 - named as PySD names them
        key = spoken(str(node.reference))
        if node.subscripts is not None and getattr(node.subscripts, "subscripts", None):
            return self.lack(name, f"reads a part of {key}, which has subscripts")
        control = self.names.control(key)
        if key == "time":
            return f"(time + {self.said(self.begins, name)})" if self.begins else "time"
        if control is not None:
            return self.said(control, name)
        if key == "pi" and key not in self.names.known:
            return repr(math.pi)
        if key in ENDLESS and key not in self.names.known:
            return self.lack(name, "is or reads infinity, and levels reckon with finite numbers: write a large one")
        if key not in self.names.known:
            return self.lack(name, f'reads "{key}", which the model does not say')
        return self.names.known[key]

    def _ArithmeticStructure(self, node: Any, name: str) -> str:  # noqa: N802
        parts = [within(part) for part in self._many(node.arguments, name)]
        if len(parts) == 1:
            sign = node.operators[0]
            return f"(0 - {parts[0]})" if sign in ("-", "negative") else parts[0]
        if "^" in node.operators:
            base = node.arguments[0]
            if len(parts) > 2 or (isinstance(base, (int, float)) and base < 0):  # read alike with brackets and without
                return self.lack(name, "has a power that reads two ways: put its base into a variable of its own")
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
        word, key = function.lower().replace(" ", "_"), spoken(function)
        if word in CHANCE or word.startswith("random_"):
            return self.lack(name, f"{word} draws by chance: say it by `noise`")
        arguments = self._many(node.arguments, name)
        if not isinstance(node.function, str) and key in self.names.known and len(arguments) == 1:
            return self._read(key, arguments[0], name)
        if word not in CALLS:
            return self.lack(name, f'the function "{word}" has no counterpart in a level')
        if word == "xpulse_train" and self.names.worth(node.arguments[1]) == 0:
            word, arguments = "xpulse", [arguments[0], arguments[2]]
        if word in ("xidz", "zidz") and len(arguments) > 1:
            divisor = self.names.worth(node.arguments[1])
            if divisor is not None and abs(divisor) < float(SMALL) and not self._is_varied(node.arguments[1]):
                return arguments[2] if word == "xidz" and len(arguments) > 2 else "0"
        for place in OF_TIME.get(word, ()):
            if self.begins and place < len(arguments):
                arguments[place] = f"{within(arguments[place])} - {self.said(self.begins, name)}"
        if word in ("min", "max") and len(arguments) > 2:
            return f"{word}({', '.join(arguments)})"
        if word == "ramp" and len(arguments) == 2:
            word = "xramp"
        text = IN_XMILE.get(word, CALLS[word]) if self.kind == "xmile" else CALLS[word]
        wanted = 2 if word == "active_initial" else 1 + max(int(one) for one in re.findall(r"\{(\d)(?::w)?\}", text))
        if len(arguments) != wanted:
            return self.lack(name, f'"{word}" has {len(arguments)} values here, and {wanted} in a level')
        return text.format(*map(Part, arguments), ticks=self.ticks)

    def _read(self, key: str, argument: str, name: str) -> str:
        """Return what a table of the model gives for a value; one that jumps has no place among tables of levels."""
        table = self.names.values.get(key)
        if type(table).__name__ == "LookupsStructure" and jumps(table):
            self.split.add(key)
            return self._curve(table, argument, name)
        return f"curve({argument}, {self.names.known[key]})"

    def _curve(self, lookups: Any, argument: str, name: str) -> str:
        """Return what a table gives for a value; where it jumps, from there on what stands behind the jump."""
        parts = pieces(self.points(lookups, name))
        if not all(parts) or any(before[0] >= after[0] for one in parts for before, after in pairwise(one)):
            return self.lack(name, "is a table whose points do not go from left to right")
        told = [self._piece(one, argument, name) for one in parts]
        text = told[-1] if told else ""
        for before, part in zip(reversed(told[:-1]), reversed(parts[1:]), strict=True):
            text = f"if({argument} < {self.said(part[0][0], name)}, {before}, {text})"
        return text

    def _piece(self, points: list[list[float]], argument: str, name: str) -> str:
        if len(points) == 1:
            return self.said(points[0][1], name)
        if len(points) <= MOST_INLINE:
            return f"curve({argument}, {points})"
        own = self.names.new(f"{self.names.known.get(spoken(name), name)}_points")
        self.tables[own] = points
        return f"curve({argument}, {own})"

    def _is_varied(self, node: Any) -> bool:
        """Whether the model says between which values a constant may lie."""
        return type(node).__name__ == "ReferenceStructure" and spoken(str(node.reference)) in self.varied

    def points(self, lookups: Any, name: str) -> list[list[float]]:
        """Return the points of a table; none, and it is noted why, where levels have no such table."""
        points = [[float(x), float(y)] for x, y in zip(lookups.x, lookups.y, strict=True)]
        points = [one for one, before in zip(points, [None, *points], strict=False) if one != before]
        if lookups.type != "interpolate":
            self.lack(name, f'is a table that is read by "{lookups.type}": levels draw straight lines between points')
        elif not 2 <= len(points) <= MOST_POINTS:
            self.lack(name, f"is a table of {len(points)} points: a level has 2 to {MOST_POINTS}")
        else:
            return points
        return []

    def _InlineLookupsStructure(self, node: Any, name: str) -> str:  # noqa: N802
        return self._curve(node.lookups, self.said(node.argument, name), name)

    def _keep(self, name: str, what: str, start: str, change: str) -> str:
        own = self.names.new(f"{self.names.known.get(spoken(name), name)}_{what}")
        self.kept[own] = (start, change.replace("{own}", own))
        return own

    def _InitialStructure(self, node: Any, name: str) -> str:  # noqa: N802
        return self._keep(name, "first", self.said(node.initial, name), "")

    def _SampleIfTrueStructure(self, node: Any, name: str) -> str:  # noqa: N802
        condition, sample, start = self._many((node.condition, node.input, node.initial), name)
        text = f"if({condition}, {sample}, {{own}})"
        own = self._keep(name, "kept", start, f"({text} - {{own}}) * {self.ticks}")
        return text.replace("{own}", own)

    def _GameStructure(self, node: Any, name: str) -> str:  # noqa: N802
        return self.said(node.expression, name)

    def _delay(self, function: str, node: Any, name: str, long: Any) -> str:
        order = self.names.worth(node.order, at_start=True)
        if order is None or not 1 <= order <= MOST_STAGES or order != int(order):
            of = "that is no plain number" if order is None else f"of {order:g}"
            return self.lack(
                name, f"a {function} with an order {of} has no counterpart in a level: 1 to {MOST_STAGES} have"
            )
        text, time, first = self._many((node.input, long, node.initial), name)
        if (function, order) in STAGES:
            return f"{STAGES[function, int(order)]}({text}, {time}, {first})"
        for _ in range(int(order)):
            text = f"{STAGES[function, 1]}({text}, {within(time)} / {order:.0f}, {first})"
        return text

    def _DelayStructure(self, node: Any, name: str) -> str:  # noqa: N802
        return self._delay("delay", node, name, node.delay_time)

    def _DelayNStructure(self, node: Any, name: str) -> str:  # noqa: N802
        if self.names.worth(node.delay_time) is None:
            return self.lack(name, "a delay of n stages whose length changes has no counterpart in a level")
        return self._delay("delay", node, name, node.delay_time)

    def _SmoothStructure(self, node: Any, name: str) -> str:  # noqa: N802
        return self._delay("smooth", node, name, node.smooth_time)

    _SmoothNStructure = _SmoothStructure

    def _DelayFixedStructure(self, node: Any, name: str) -> str:  # noqa: N802
        long = self.names.worth(node.delay_time, at_start=True)
        if long is None or not 0 <= round(long * self.ticks) <= MOST_TICKS:
            return self.lack(name, f"is delayed by no plain number of up to {MOST_TICKS} ticks")
        # As long as the step allows, halves upwards: a time that lies between two steps is read at neither.
        steps = max(1, math.floor(long * self.ticks + 0.5))
        text, first = self._many((node.input, node.initial), name)
        return f"delay_fixed({text}, {number(steps / self.ticks)}, {first})"

    def _TrendStructure(self, node: Any, name: str) -> str:  # noqa: N802
        return f"trend({', '.join(self._many((node.input, node.average_time, node.initial_trend), name))})"

    def _ForecastStructure(self, node: Any, name: str) -> str:  # noqa: N802
        if self.names.worth(node.initial_trend) != 0:
            return self.lack(name, "a forecast that begins with a trend has no counterpart in a level")
        text, time, ahead = self._many((node.input, node.average_time, node.horizon), name)
        return f"{within(text)} * (1 + trend({text}, {time}, 0) * {within(ahead)})"
