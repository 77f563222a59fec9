"""What the rules of one level become in the text of a compiled kernel.

`Source` collects rows, loops and calls; `text` puts them together.
The text depends only on how a level is built; what differs from seed to seed
comes in with the worlds.  It is ordinary Python in the words of
`operations`, so that it can be read, and is kept in a file by whoever has
files.
"""

from __future__ import annotations

from game.language.nodes import (
    COMMUNITY,
    PARTNER,
    TILE,
    Aggregate,
    Auxiliary,
    Constant,
    Delayed,
    Near,
    Node,
    StockName,
    children,
)
from game.sim.compiled import tables as table
from game.sim.compiled.loop import Loop
from game.sim.compiled.places import SEASON, Places, Step
from game.sim.compiled.rows import Rows, axes_of
from game.sim.evaluation import season_constant
from game.sim.totals import COLUMN_AXIS, COMMUNITY_AXIS, PARTNER_AXIS, ROW_AXIS, Floats, total_over


class Source(Places):
    """Collects the rows, loops and calls that make up a kernel."""

    def prepare(self, node: Node, axes: int, moment: str) -> None:
        """Work out whatever a loop over `axes` that computes `node` reads."""
        if self.separate(node, axes):
            self._make(node, SEASON if season_constant(node) else moment)
        elif isinstance(node, Auxiliary) and node.who:
            self._make(node.whole, SEASON if season_constant(node) else moment)
        elif not isinstance(node, Delayed):
            for child in children(node):
                self.prepare(child, axes, moment)

    def _make(self, node: Node, moment: str) -> None:
        if (moment, node) in self.made:
            return
        if isinstance(node, Aggregate):
            rows = self._collect(node, moment)
        elif isinstance(node, Near):
            rows = self._near(node, moment)
        else:
            rows = self.compute(node, node.axes, moment)
        self.made[moment, node] = rows

    def compute(self, node: Node, axes: int, moment: str) -> Rows:
        """Work out a value in new rows over `axes`."""
        self.prepare(node, axes, moment)
        loop, rows = Loop(self, axes, moment), self.space.take(self.sizes(axes))
        loop.write(rows, loop.value(node))
        self.calls[moment].append(loop.text())
        return rows

    def _near(self, node: Near, moment: str) -> Rows:
        axes = node.argument.axes | TILE
        of = (
            self.given("stock", node.argument.name)
            if isinstance(node.argument, StockName) and node.argument.axes == TILE
            else self.compute(node.argument, axes, moment)
        )
        rows = self.space.take(of.sizes)
        step = of.sizes[2] * self.block
        for one in range(of.sizes[0] * of.sizes[1]):
            ends = (rows.at + one * step, of.at + one * step, self.product.at)
            self.calls[moment].append(Step(table.NEAR, (*ends, self.layout.rows, self.layout.columns)))
        return rows

    def _collect(self, node: Aggregate, moment: str) -> Rows:
        mask = self.layout.collecting_mask(node)
        uses = node.where == "uses"
        axes = node.argument.axes | axes_of(mask) | (COMMUNITY | TILE if uses else 0)
        found = self._gathered(node, mask, uses, axes, moment)
        if node.kind in ("sum", "count"):
            return found
        loop, rows = Loop(self, axes & ~node.over, moment), self.space.take(found.sizes)
        value = loop.read(found)
        if node.kind in ("min", "max"):
            reduced = loop.let(f"{value} + 0.0")
            loop.write(rows, loop.let(f"pick({reduced} == {_nothing(node)}, 0.0, {reduced})"))
        elif uses:
            number = Aggregate(node.axes, "sum", Constant(0, 1.0), node.over, node.where, node.group, node.on)
            counted = self._counted(number, mask)
            loop.write(rows, loop.divide(value, loop.read(counted)))
        else:
            over = tuple(
                axis
                for bit, group in (
                    (COMMUNITY, (COMMUNITY_AXIS,)),
                    (PARTNER, (PARTNER_AXIS,)),
                    (TILE, (ROW_AXIS, COLUMN_AXIS)),
                )
                if node.over & bit
                for axis in group
            )
            loop.write(rows, loop.divide(value, loop.fixed(total_over(mask, over))))
        self.calls[moment].append(loop.text())
        return rows

    def _counted(self, node: Aggregate, mask: Floats) -> Rows:
        """Return how much a collection over places in use counts, which holds for a season."""
        if (SEASON, node) not in self.made:
            self.made[SEASON, node] = self._gathered(node, mask, True, COMMUNITY | TILE | axes_of(mask), SEASON)
        return self.made[SEASON, node]

    def _gathered(self, node: Aggregate, mask: Floats, uses: bool, axes: int, moment: str) -> Rows:
        """Return new rows with the total, or the least or greatest, of a value over what a collection counts."""
        self.prepare(node.argument, axes, moment)
        loop, value = Loop(self, axes, moment), ""
        value = loop.value(node.argument)
        if node.kind in ("share", "count"):
            value = loop.let(f"pick({value} > 0.0, 1.0, 0.0)")
        weight = loop.fixed(mask)
        if uses:
            weight = loop.let(f"{weight} * {loop.read(self.given('uses', ''))}")
        sizes = self.sizes(axes)
        product = Rows(self.product.at, sizes)
        kept = self.sizes(axes & ~node.over)
        rows = self.space.take(kept)
        ends = (rows.at, product.at, *sizes, *kept)
        if node.kind in ("min", "max"):
            loop.write(product, loop.let(f"pick({weight} > 0.0, {value}, {_nothing(node)})"))
            step = Step(table.EXTREME, (*ends, int(node.kind == "min")))
        else:
            loop.write(product, loop.let(f"{value} * {weight}"))
            step = Step(table.COLLAPSE, ends)
        self.calls[moment] += [loop.text(), step]
        return rows


def _nothing(node: Aggregate) -> str:
    """What the least or greatest of nothing starts from."""
    return "INFINITY" if node.kind == "min" else "-INFINITY"
