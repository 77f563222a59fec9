"""Expressions as text of a compiled action: one world at a time, one line for each step of the intermediate form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from game.language.nodes import (
    COMMUNITY,
    PARTNER,
    TILE,
    Aggregate,
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
    children,
    walk,
)
from game.language.unknown import UnknownKind, look_up
from game.sim.compiled import acting_tables as table
from game.sim.compiled.acting_world import NOWHERE, InWorld, Place, sum_of
from game.sim.compiled.loop import Unsupported
from game.sim.totals import COLUMN_AXIS, COMMUNITY_AXIS, PARTNER_AXIS, ROW_AXIS, total_over

HERE = "game/sim/compiled/acting_expressions.py"


class Expressions(InWorld):
    """Writes what expressions are worth at a place."""

    def prepare(self, node: Node) -> None:
        """Work out what is collected in an expression, before any loop reads it."""
        for child in children(node):
            self.prepare(child)
        if isinstance(node, (Aggregate, Auxiliary)):
            self._collect(node)

    def value(self, node: Node, place: Place = NOWHERE) -> str:
        """Return the name (or number) that holds the value of an expression at a place."""
        write = look_up(_WRITERS, type(node), "step of an expression", f"_WRITERS in {HERE}")
        found: str = write(self, node, place)
        return found

    def single(self, node: Node) -> str:
        """Return the value of an expression that is one number for each world."""
        self.prepare(node)
        return self.value(node)

    def truth(self, node: Node, place: Place) -> str:
        """Return the name of whether an expression is above 0."""
        return self.let(f"{self.value(node, place)} > 0.0")

    def divide(self, left: str, right: str) -> str:
        """Return the name of left / right, as `evaluation.divide` defines it."""
        return self.let(f"divided({left}, {right})")

    def clipped(self, value: str, low: float, high: float) -> str:
        """Return the text of a value kept within a range."""
        return f"clipped({value}, {low!r}, {high!r})"

    def whom(self, who: tuple[str, ...], place: Place) -> Place:
        """Return the place at which a value of `who` lies."""
        numbers = [self.number_of(one) for one in who]
        if len(who) == 1:
            return (numbers[0] or place[0], place[1], place[2])
        if numbers[1]:
            return (numbers[0] or place[0], numbers[1], place[2])
        return (numbers[0], place[0], place[2]) if numbers[0] else place

    def number_of(self, one: str) -> str:
        """Return the index of a community as text; nothing for whoever is asked, which are all."""
        if one == "partner":
            return ""
        if one == "me" and (self.reading.acting or self.reading.partners):
            return "me"
        if one == "target" and self.reading.targeted:
            return "target"
        if one not in self.layout.community_index:
            raise Unsupported(f'"{one}" is nobody here')
        return str(self.layout.community_index[one])

    def _constant(self, node: Constant, place: Place) -> str:
        return repr(float(node.value))

    def _number(self, node: NumberName, place: Place) -> str:
        return self.read("number", node.name)

    def _stock(self, node: StockName, place: Place) -> str:
        return self.read("stock", node.name, self.whom(node.who, place) if node.who else place)

    def _special(self, node: Special, place: Place) -> str:
        name, who, memory = node.name, node.who, self.memory
        if name == "height":
            return self.fixed(self.layout.heights, place)
        if name == "on":
            return self.fixed(self.layout.terrain_mask[who[0]], place)
        if name == "season":
            return "season"
        passed = "season" if self.reading.after else "(season - 1.0)"
        if name == "time":
            return passed
        if name == "noise":
            return self.read("noise", who[0], (place[0], "0", place[2]))  # actions come before all ticks
        if name == "series":
            values = self.layout.scope.series[who[0]]
            tick = f"min(int({passed} * {float(self.layout.scope.ticks)!r} + 0.5), {len(values) - 1})"
            return self.let(f"read_from(f, {memory.keep(np.array(values))} + {tick})")
        if name == "uses":
            return self.read("uses", "", self.whom(who, place) if who else place)
        if name == "users":
            array, (_, _, tiles) = memory.array("uses", ""), memory.shape("uses", "")
            of = f"whole(a, {array}), ({place[2]}) * n + w, {self.each}, {tiles} * n, x, {memory.rows}"
            return self.let(f"added_rows({of})")
        if name == "lasting":
            plan = memory.model.actions.get(who[0])
            if plan is None or not plan.spec.lasts:
                return "0.0"
            of = f"whole(a, {memory.array('member', who[0])}), w, {self.each}, n, x, {memory.rows}"
            return self.let(f"added_rows({of})")
        if name == "term":
            settled = self.reading.terms and not self.reading.offered
            return self.read("term", self.reading.terms) if settled else f"read_from(x, {table.TERM})"
        if name in ("kept", "excess") and self.reading.kept:
            at = memory.broken(self.reading.kept)[name == "excess"]
            return f"read_from(x, {at} + {place[1] if node.axes == PARTNER else place[0]})"
        if name == "fits" and self.reading.partners:
            return f"read_from(x, {memory.fits} + {place[0]})"
        known = {"resisting": table.RESISTING, "reach": table.REACH, "fits": table.FITS}
        if self.reading.acting and name in known:
            return f"read_from(x, {known[name]})"
        raise Unsupported(f'"{name}" has no value in a compiled action')

    def _flow(self, node: FlowValue, place: Place) -> str:
        here = self.whom(node.who, place) if node.who else place
        if node.kind in ("moved", "asked"):
            return self.read(node.kind, node.name, here)
        if node.kind != "met":
            raise Unsupported(f'"{node.kind}" has no value in a compiled action')
        asked, moved = self.read("asked", node.name, here), self.read("moved", node.name, here)
        some = self.let(f"{asked} > 0.0")
        return self.let(f"pick({some}, {moved} / pick({some}, {asked}, 1.0), 1.0)")

    def _arithmetic(self, node: Arithmetic, place: Place) -> str:
        if node.operator not in ("+", "-", "*", "/"):
            raise UnknownKind("operator", node.operator, f"Expressions._arithmetic in {HERE}")
        left, right = self.value(node.left, place), self.value(node.right, place)
        if node.operator == "/" and not self.layout.never_zero(node.right):
            return self.divide(left, right)
        return self.let(f"{left} {node.operator} {right}")

    def _compare(self, node: Compare, place: Place) -> str:
        if node.operator not in ("<", "<=", ">", ">=", "==", "!="):
            raise UnknownKind("comparison", node.operator, f"Expressions._compare in {HERE}")
        return self.let(
            f"pick({self.value(node.left, place)} {node.operator} {self.value(node.right, place)}, 1.0, 0.0)"
        )

    def _logic(self, node: Logic, place: Place) -> str:
        parts = [self.truth(part, place) for part in node.arguments]
        if node.operator == "not":
            return self.let(f"pick({parts[0]}, 0.0, 1.0)")
        sign = look_up({"and": " & ", "or": " | "}, node.operator, "operator", f"Expressions._logic in {HERE}")
        return self.let(f"pick({sign.join(parts)}, 1.0, 0.0)")

    def _extreme(self, node: Extreme, place: Place) -> str:
        word = look_up({"min": "smaller", "max": "larger"}, node.kind, "extreme", f"Expressions._extreme in {HERE}")
        return self.let(f"{word}({self.value(node.left, place)}, {self.value(node.right, place)}) + 0.0")

    def _elementwise(self, node: Elementwise, place: Place) -> str:
        self.memory.functions.setdefault(node.kind)
        return self.let(f"{node.kind}_of({', '.join(self.value(part, place) for part in node.arguments)})")

    def _choice(self, node: Choice, place: Place) -> str:
        condition = self.truth(node.condition, place)
        return self.let(f"pick({condition}, {self.value(node.then, place)}, {self.value(node.otherwise, place)})")

    def _curve(self, node: Curve, place: Place) -> str:
        argument, result = self.value(node.argument, place), repr(float(node.points[0][1]))
        for a, b in zip(node.points, node.points[1:], strict=False):
            width, slope = float(b[0] - a[0]), float((b[1] - a[1]) / (b[0] - a[0]))
            inside = self.let(f"smaller(larger({argument} - {float(a[0])!r}, 0.0) + 0.0, {width!r}) + 0.0")
            result = self.let(f"{result} + {inside} * {slope!r}")
        return result

    def _delayed(self, node: Delayed, place: Place) -> str:
        key = self.layout.delay_key(node)
        sizes = self.memory.shape("memory", key)
        last = (node.stages - 1) * sizes[0] * sizes[1] * sizes[2]
        return self.let(f"seen({self.at(self.memory.array('memory', key), sizes, place, last)})")

    def _near(self, node: Near, place: Place) -> str:
        raise Unsupported("neighbours are read in ticks")

    def _aggregate(self, node: Aggregate, place: Place) -> str:
        at, _ = self.memory.slot(self.reading.name, node)
        return self.let(f"read_from(x, {self._within(at, node.axes, place)})")

    def _auxiliary(self, node: Auxiliary, place: Place) -> str:
        at, _ = self.memory.slot(self.reading.name, node.whole)
        here = self.whom(node.who, place) if node.who else place
        return self.let(f"read_from(x, {self._within(at, node.whole.axes, here)})")

    def _within(self, first: int, axes: int, place: Place) -> str:
        """Return the text of where what was collected lies of a place, from `first` on."""
        if axes & TILE:
            raise Unsupported("what is collected differs from tile to tile")
        steps = [(place[0], self.each if axes & PARTNER else 1)] if axes & COMMUNITY else []
        return sum_of([*steps, (place[1], 1)] if axes & PARTNER else steps, first)

    # What is collected

    def _collect(self, node: Aggregate | Auxiliary) -> None:
        """Work out once what NumPy remembers: what is collected, and named expressions."""
        if isinstance(node, Auxiliary):
            node = node.whole
        elif node.where not in ("", "uses", "target", "partners", "group"):
            raise UnknownKind("place of a collection", node.where, f"Expressions._collect in {HERE}")
        elif node.where == "target" and not self.reading.on_plot:
            raise Unsupported("no plot is at hand")
        at, known = self.memory.slot(self.reading.name, node)
        if self.reading.lasting:
            self.flags.add(known)
            with self.block(f"if read_from(x, {known}) == 0.0:"):
                self._gather(node, at)
                self.add(f"write_to(x, {known}, 1.0)")
            return
        self._gather(node, at)

    def _gather(self, node: Aggregate | Auxiliary, at: int) -> None:
        communities, partners, _ = self.memory.sizes(node.axes)
        with self.over(communities, "c") as c, self.over(partners, "p") as p:
            if isinstance(node, Auxiliary):
                value = self.value(node.argument, (c, p, "0"))
            else:
                value = self._collected(node, c, p)
            self.add(f"write_to(x, {self._within(at, node.axes, (c, p, '0'))}, {value})")

    def _collected(self, node: Aggregate, c: str, p: str) -> str:
        """Return what is collected for one community and partner, over all that the node goes over."""
        total, count = self.new(), self.new()
        lowest = node.kind in ("min", "max")
        empty = "INFINITY" if node.kind == "min" else "-INFINITY"
        self.add(f"{total}, {count} = {empty if lowest else '0.0'}, 0.0")
        communities = self.each if node.over & COMMUNITY else 1
        partners = self.each if node.over & PARTNER else 1
        with self.over(communities, "c") as inner_c, self.over(partners, "p") as inner_p:
            here = (inner_c if node.over & COMMUNITY else c, inner_p if node.over & PARTNER else p)
            pair = sum_of([(inner_c, partners), (inner_p, 1)], self.memory.pairs)
            if node.over & TILE:
                self._over_tiles(node, here, total, count, empty)
            else:
                self._one(node, (*here, "0"), total, count, empty, pair)
            if node.over & TILE and not lowest and node.over & (COMMUNITY | PARTNER):
                self.add(f"write_to(x, {pair}, {total})")
        if lowest:
            reduced = self.let(f"{total} + 0.0")
            return self.let(f"pick({reduced} == {empty}, 0.0, {reduced})")
        if node.over & (COMMUNITY | PARTNER):
            self._add_pairs(total, communities, partners)
        if node.kind in ("sum", "count"):
            return total
        return self.divide(total, count if self._counts(node) else self._number_of_places(node, (c, p, "0")))

    def _add_pairs(self, total: str, communities: int, partners: int) -> None:
        pairs = self.memory.pairs
        for partner in range(partners):
            self.add(f"{total} = added(x, {pairs + partner}, {communities}, {partners})")
        if partners > 1:
            self.add(f"{total} = added(x, {pairs}, {partners}, 1)")

    def _over_tiles(self, node: Aggregate, here: tuple[str, str], total: str, count: str, empty: str) -> None:
        tiles = self.memory.tiles
        on_plot = node.where == "target"
        self.count += 1
        k = f"k{self.count}"
        with self.block(f"for {k} in range({'plot' if on_plot else self.memory.sizes(TILE)[2]}):"):
            t = self.let(f"whole(t, places + {k})") if on_plot else k
            self._one(node, (*here, t), total, count, empty, f"{tiles} + {k}")
        if node.kind in ("min", "max"):
            return
        self.add(
            f"{total} = added_plot(x, {tiles}, t, i)"
            if on_plot
            else f"{total} = added(x, {tiles}, {self.memory.sizes(TILE)[2]}, 1)"
        )

    def _one(self, node: Aggregate, place: Place, total: str, count: str, empty: str, at: str) -> None:
        value, mask = self.value(node.argument, place), self._mask(node, place)
        if node.kind in ("share", "count"):
            value = self.let(f"pick({value} > 0.0, 1.0, 0.0)")
        if node.kind in ("min", "max"):
            word = "smaller" if node.kind == "min" else "larger"
            self.add(f"{total} = {word}({total}, pick({mask} > 0.0, {value}, {empty}))")
            return
        self.add(f"write_to(x, {at}, {value if mask == '1.0' else f'{value} * {mask}'})")
        if node.kind in ("mean", "share") and self._counts(node):
            self.add(f"{count} += {mask}")

    def _mask(self, node: Aggregate, place: Place) -> str:
        mask = self.fixed(self.layout.collecting_mask(node), place)
        more = ""
        if node.where == "uses":
            more = self.read("uses", "", place)
        elif node.where == "partners" and self.reading.members:
            first = self.read("member", self.reading.members, (place[0], "0", "0"))
            second = self.read("member", self.reading.members, (place[1], "0", "0")) if node.over & PARTNER else ""
            more = self.let(f"{first} * {second}") if second else first
        if not more:
            return mask
        return more if mask == "1.0" else self.let(f"{mask} * {more}")

    def _counts(self, node: Aggregate) -> bool:
        """Whether it differs from world to world, or from plot to plot, how many places are counted."""
        return node.where in ("uses", "target") or (node.where == "partners" and bool(self.reading.members))

    def _number_of_places(self, node: Aggregate, place: Place) -> str:
        axes = {COMMUNITY: (COMMUNITY_AXIS,), PARTNER: (PARTNER_AXIS,), TILE: (ROW_AXIS, COLUMN_AXIS)}
        over = tuple(axis for bit, group in axes.items() if node.over & bit for axis in group)
        return self.fixed(np.asarray(total_over(self.layout.collecting_mask(node), over)), place)

    def names_in(self, *nodes: Node) -> set[str]:
        """Return the names that the engine provides for these expressions."""
        return {part.name for node in nodes for part in walk(node) if isinstance(part, Special)}


_WRITERS: dict[type[Node], Callable[[Any, Any, Place], str]] = {
    Constant: Expressions._constant,
    NumberName: Expressions._number,
    StockName: Expressions._stock,
    Special: Expressions._special,
    FlowValue: Expressions._flow,
    Arithmetic: Expressions._arithmetic,
    Compare: Expressions._compare,
    Logic: Expressions._logic,
    Extreme: Expressions._extreme,
    Elementwise: Expressions._elementwise,
    Choice: Expressions._choice,
    Curve: Expressions._curve,
    Delayed: Expressions._delayed,
    Near: Expressions._near,
    Aggregate: Expressions._aggregate,
    Auxiliary: Expressions._auxiliary,
}
