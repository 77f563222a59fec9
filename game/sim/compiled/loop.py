"""One loop of a compiled kernel as text: over places, with all worlds of a block at once.

It holds one or several expressions, each step of the intermediate form as one
line, in the order in which `evaluation` computes it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from game.language.elementwise import function_of_values
from game.language.errors import PowerdanceError
from game.language.nodes import (
    Arithmetic,
    Auxiliary,
    Choice,
    Compare,
    Constant,
    Curve,
    Delayed,
    Elementwise,
    Extreme,
    FlowValue,
    Logic,
    Near,
    Node,
    NumberName,
    Special,
    StockName,
)
from game.language.ranges import LARGEST
from game.language.unknown import UnknownKind, look_up
from game.sim.compiled.formulas import Text, TextWords
from game.sim.compiled.places import Places
from game.sim.compiled.rows import Cover, Rows, Sizes, everywhere
from game.sim.totals import Floats

INDENT = "    "
LONG = 10  # steps: a function that takes more is compiled by itself, for one world, or compiling would take minutes
HERE = "game/sim/compiled/loop.py"


class Unsupported(PowerdanceError):
    """A rule that this kernel cannot express; NumPy does it."""


class Loop:
    """The lines of one loop over `axes`; `moment` says which values are at hand, `cover` over which tiles it goes."""

    def __init__(self, places: Places, axes: int, moment: str, cover: Cover | None = None) -> None:
        self.places, self.axes, self.moment = places, axes, moment
        self.cover = cover or everywhere(places.sizes(axes)[2])
        self.before: dict[str, str] = {}  # text -> the name that holds its value, fixed for all worlds of a block
        self.lines: list[str] = []
        self.names: dict[str, str] = {}  # text -> the name that holds its value, for one world
        self.known: dict[Node, str] = {}

    # Text

    def once(self, text: str) -> str:
        """Return a name for something that is the same in all worlds."""
        return self.before.setdefault(text, f"k{len(self.before)}")

    def let(self, text: str) -> str:
        """Return a name for a value that differs from world to world."""
        if text not in self.names:
            self.names[text] = f"v{len(self.names)}"
            self.lines.append(f"{self.names[text]} = {text}")
        return self.names[text]

    def place(self, at: int, sizes: Sizes, step: int, who: tuple[str, ...] = ("c", "p")) -> str:
        """Return the text of a position: `at` and, for each axis that varies, its index times its stride."""
        communities, partners, tiles = sizes
        terms = [str(at)]
        for size, index, stride in (
            (communities, who[0], partners * tiles),
            (partners, who[1], tiles),
            (tiles, "t", 1),
        ):
            if size > 1 and index:
                terms.append(f"{index} * {stride * step}")
        return " + ".join(terms)

    def read(self, rows: Rows, who: tuple[str, ...] = ("c", "p"), at: int | None = None) -> str:
        """Return the name of what some rows hold at the place of the loop."""
        place = self.once(self.place(rows.at if at is None else at, rows.sizes, self.places.space.row, who))
        return self.let(f"lanes(s, {place})")

    def write(self, rows: Rows, value: str) -> None:
        """Set what some rows hold at the place of the loop."""
        place = self.once(self.place(rows.at, rows.sizes, self.places.space.row))
        self.lines.append(f"put(s, {place}, {value})")

    def fixed(self, values: Floats, of_ticks: bool = False) -> str:
        """Return the name of a fixed number at the place of the loop; `values` is (C|1, P|1, rows|1, columns|1, 1)."""
        communities, partners, rows, columns = values.shape[:4]
        at = self.places.space.keep(values, of_ticks)
        return self.once(f"peek(f, {self.place(at, (communities, partners, rows * columns), 1)})")

    def tick(self) -> str:
        """Return the name of the length of a tick: a number beside the text, which is the same in longer ticks."""
        return self.once(f"peek(f, {self.places.space.keep(np.array([self.places.model.tick]), of_ticks=True)})")

    def text(self) -> list[str]:
        """Return the lines of the loop."""
        return nest([self])

    # Expressions

    def value(self, node: Node) -> str:
        """Return the name (or number) that holds the value of an expression at the place of the loop."""
        if node not in self.known:
            made = self.places.made_rows(node, self.moment) if self.places.separate(node, self.axes) else None
            if made is None:
                write = look_up(_WRITERS, type(node), "step of an expression", f"_WRITERS in {HERE}")
                self.known[node] = write(self, node)
            else:
                share = f" * {self.fixed(self.places.layout.neighbour_share)}" if isinstance(node, Near) else ""
                self.known[node] = self.let(self.read(made) + share) if share else self.read(made)
        return self.known[node]

    def truth(self, node: Node) -> str:
        """Return the name of whether an expression is above 0."""
        return self.let(f"{self.value(node)} > 0.0")

    def divide(self, left: str, right: str) -> str:
        """Return the name of left / right, as `evaluation.divide` defines it."""
        zero = self.let(f"{right} == 0.0")
        quotient = self.let(f"{left} / pick({zero}, 1.0, {right})")
        bounded = self.let(f"smaller(larger({quotient}, {-LARGEST!r}), {LARGEST!r}) + 0.0")
        return self.let(f"pick({zero}, 0.0, {bounded})")

    def _whom(self, who: tuple[str, ...]) -> tuple[str, ...]:
        """Return the index on the community and on the partner axis of a value that belongs to `who`."""
        numbers = [self._number(one) for one in who]
        if len(who) == 1:
            return (numbers[0] or "c", "p")
        if numbers[1]:
            return (numbers[0] or "c", numbers[1])
        return (numbers[0], "c") if numbers[0] else ("c", "p")

    def _number(self, one: str) -> str:
        if one == "partner":
            return ""
        if one not in self.places.layout.community_index:
            raise Unsupported(f'"{one}" acts in no tick')
        return str(self.places.layout.community_index[one])

    def constant(self, node: Constant) -> str:
        """Return a number as text."""
        return repr(float(node.value))

    def number(self, node: NumberName) -> str:
        """Read a named number."""
        return self.read(self.places.given("number", node.name))

    def stock(self, node: StockName) -> str:
        """Read a stock."""
        rows = self.places.given("stock", node.name)
        return self.read(rows, self._whom(node.who)) if node.who else self.read(rows)

    def special(self, node: Special) -> str:
        """Read a name that the engine provides."""
        if node.name == "height":
            return self.fixed(self.places.layout.heights)
        if node.name == "on":
            return self.fixed(self.places.layout.terrain_mask[node.who[0]])
        if node.name == "time":
            return "number"
        if node.name == "season":
            return self.once("floor(number) + 1.0")
        if node.name == "noise":
            rows, ticks = self.places.given("noise", node.who[0]), float(self.places.layout.scope.ticks)
            tick = f"int(floor((number - floor(number)) * {ticks!r} + 0.5))"
            return self.read(rows, ("c", tick))
        if node.name == "series":
            scope = self.places.layout.scope
            values = scope.series[node.who[0]]
            tick = f"min(int(floor(number * {float(scope.ticks)!r} + 0.5)), {len(values) - 1})"
            return self.once(f"peek(f, {self.places.space.keep(np.array(values))} + {tick})")
        if node.name == "uses":
            rows = self.places.given("uses", "")
            return self.read(rows, self._whom(node.who)) if node.who else self.read(rows)
        if node.name == "users":
            return self.read(self.places.users())
        if node.name == "lasting":
            members = self.places.members(node.who[0])
            return self.read(members) if members else "0.0"
        raise Unsupported(f'"{node.name}" has no value in a tick')

    def flow(self, node: FlowValue) -> str:
        """Read what a flow did."""
        who = self._whom(node.who) if node.who else ("c", "p")
        if node.kind in ("moved", "asked"):
            return self.read(self.places.given(node.kind, node.name), who)
        if node.kind != "met":
            raise Unsupported(f'"{node.kind}" has no value in a tick')
        asked = self.read(self.places.given("asked", node.name), who)
        moved = self.read(self.places.given("moved", node.name), who)
        some = self.let(f"{asked} > 0.0")
        return self.let(f"pick({some}, {moved} / pick({some}, {asked}, 1.0), 1.0)")

    def arithmetic(self, node: Arithmetic) -> str:
        """One of + - * /."""
        if node.operator not in ("+", "-", "*", "/"):
            raise UnknownKind("operator", node.operator, f"Loop.arithmetic in {HERE}")
        left, right = self.value(node.left), self.value(node.right)
        if node.operator == "/" and not self.places.layout.never_zero(node.right):
            return self.divide(left, right)
        return self.let(f"{left} {node.operator} {right}")

    def compare(self, node: Compare) -> str:
        """1 where a comparison holds, else 0."""
        if node.operator not in ("<", "<=", ">", ">=", "==", "!="):
            raise UnknownKind("comparison", node.operator, f"Loop.compare in {HERE}")
        return self.let(f"pick({self.value(node.left)} {node.operator} {self.value(node.right)}, 1.0, 0.0)")

    def logic(self, node: Logic) -> str:
        """1 where `and`, `or`, `not` hold, else 0."""
        parts = [self.truth(part) for part in node.arguments]
        if node.operator == "not":
            return self.let(f"pick({parts[0]}, 0.0, 1.0)")
        sign = look_up({"and": " & ", "or": " | "}, node.operator, "operator", f"Loop.logic in {HERE}")
        together = sign.join(parts)
        return self.let(f"pick({together}, 1.0, 0.0)")

    def extreme(self, node: Extreme) -> str:
        """The smaller or larger of two values."""
        word = look_up({"min": "smaller", "max": "larger"}, node.kind, "extreme", f"Loop.extreme in {HERE}")
        return self.let(f"{word}({self.value(node.left)}, {self.value(node.right)}) + 0.0")

    def elementwise(self, node: Elementwise) -> str:
        """A function of single values."""
        function = function_of_values(node.kind)
        values = [self.value(part) for part in node.arguments]
        if function.steps < LONG:
            return self.let(str(function.formula(TextWords(self.let), *(Text(value) for value in values))))
        self.places.functions.setdefault(node.kind)
        return self.let(f"{('of_each', 'of_both')[function.arity - 1]}({node.kind}_of, {', '.join(values)})")

    def choice(self, node: Choice) -> str:
        """One of two values."""
        condition = self.truth(node.condition)
        return self.let(f"pick({condition}, {self.value(node.then)}, {self.value(node.otherwise)})")

    def curve(self, node: Curve) -> str:
        """Straight lines between points."""
        x, result = self.value(node.argument), repr(float(node.points[0][1]))
        for a, b in zip(node.points, node.points[1:], strict=False):
            width, slope = float(b[0] - a[0]), float((b[1] - a[1]) / (b[0] - a[0]))
            inside = self.let(f"smaller(larger({x} - {float(a[0])!r}, 0.0) + 0.0, {width!r}) + 0.0")
            result = self.let(f"{result} + {inside} * {slope!r}")
        return result

    def auxiliary(self, node: Auxiliary) -> str:
        """A named expression: worked out here, or that of a community which was worked out for all."""
        if not node.who:
            return self.value(node.argument)
        return self.read(self.places.made_rows(node.whole, self.moment), self._whom(node.who))

    def delayed(self, node: Delayed) -> str:
        """Read the last stage of a delay."""
        rows = self.places.given("memory", self.places.layout.delay_key(node))
        return self.read(rows, at=rows.at + (node.stages - 1) * rows.count * self.places.space.row)


def nest(loops: list[Loop]) -> list[str]:
    """Return the lines of several loops over the same places: all of them at one place, then at the next.

    What one of them wrote at a place is still in the cache when the next reads it there.
    """
    found, depth = [], 0
    cover = loops[0].cover
    for index, size in zip("cpt", loops[0].places.sizes(loops[0].axes), strict=True):
        if size > 1 and (index != "t" or cover == everywhere(size)):
            found.append(f"{INDENT * depth}for {index} in range({size}):")
            depth += 1
        elif size > 1:
            at = loops[0].places.stretches(cover)
            found.append(f"{INDENT * depth}for r in range({len(cover)}):")
            first, last = (f"int(peek(f, {at + end} + 2 * r))" for end in (0, 1))
            found.append(f"{INDENT * (depth + 1)}for t in range({first}, {last}):")
            depth += 2
    for loop in loops:
        found += [f"{INDENT * depth}{name} = {text}" for text, name in loop.before.items()]
        found += [f"{INDENT * depth}{line}" for line in loop.lines]
    return found


_WRITERS: dict[type[Node], Callable[[Any, Any], str]] = {
    Constant: Loop.constant,
    NumberName: Loop.number,
    StockName: Loop.stock,
    Special: Loop.special,
    FlowValue: Loop.flow,
    Arithmetic: Loop.arithmetic,
    Compare: Loop.compare,
    Logic: Loop.logic,
    Extreme: Loop.extreme,
    Elementwise: Loop.elementwise,
    Choice: Loop.choice,
    Curve: Loop.curve,
    Delayed: Loop.delayed,
    Auxiliary: Loop.auxiliary,
}
