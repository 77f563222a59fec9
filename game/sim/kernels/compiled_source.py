"""What the rules of one level become in the text of a compiled kernel.

`Source` collects rows, loops and calls; `compiled_text` puts them together.
The text depends only on how a level is built; what differs from seed to seed
comes in with the worlds.  It is ordinary Python in the words of
`compiled_parts`, so that it can be read, and is kept in a file by whoever has
files.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.language.nodes import (
    COMMUNITY,
    PARTNER,
    TILE,
    Aggregate,
    Constant,
    Delayed,
    FlowValue,
    Near,
    Node,
    NumberName,
    Special,
    StockName,
    children,
    walk,
)
from game.sim.kernels import compiled_tables as table
from game.sim.kernels.compiled_loop import Loop
from game.sim.kernels.numpy_kernel import season_constant
from game.sim.kernels.rows import Cover, Rows, Sizes, Space, axes_of, cover_of, sizes_of
from game.sim.model import Model
from game.sim.totals import COLUMN_AXIS, COMMUNITY_AXIS, PARTNER_AXIS, ROW_AXIS, Floats, total_over

LEAVES = (Constant, NumberName, StockName, Special, FlowValue, Delayed)
SEASON, TICK, DOWNHILL = "season", "tick", "downhill"  # the moments at which values are worked out


@dataclass(frozen=True)
class Step:
    """A step that is the same in all levels: its kind, positions and lengths, and numbers; see `compiled_season`."""

    kind: int
    whole: tuple[int, ...]
    values: tuple[float, ...] = ()


Call = list[str] | Step  # the lines of a loop, or a step


class Source:
    """Collects the rows, loops and calls that make up a kernel."""

    def __init__(self, model: Model, space: Space) -> None:
        self.model, self.layout, self.block = model, model.layout, space.row
        self.space = space
        self.places: dict[tuple[str, str], Rows] = {}
        self.calls: dict[str, list[Call]] = {SEASON: [], TICK: [], DOWNHILL: []}
        self.made: dict[tuple[str, Node | str], Rows] = {}
        for kind, names in _state(model):
            for name in names:
                self.given(kind, name)
        # What spreads reads the rows behind its own: those of other stocks, or these, which stay 0.
        for sizes in ((1, 1, 1), self.sizes(TILE)):
            self.space.take_between_guards(sizes)
        self.product = self.space.take(self._largest_collected(), wide=True)
        self.tree = self.space.take(self.product.sizes, 2, wide=True)

    def sizes(self, axes: int) -> Sizes:
        """How many communities, partners and tiles something has that varies over `axes`."""
        return sizes_of(self.layout, axes)

    def cover(self, masks: list[Floats]) -> Cover:
        """Return the tiles where one of some masks counts."""
        return cover_of(masks, self.sizes(TILE)[2])

    def stretches(self, cover: Cover) -> int:
        """Return where the ends of the stretches of a cover are kept."""
        return self.space.keep(np.array(cover, dtype=np.float64))

    def _largest_collected(self) -> Sizes:
        """The sizes of the largest thing that is ever added up."""
        axes = [COMMUNITY | TILE, COMMUNITY | PARTNER]
        for node in self.model.nodes.values():
            axes += [
                part.argument.axes | part.over | (COMMUNITY | TILE if part.where == "uses" else 0)
                for part in walk(node)
                if isinstance(part, Aggregate)
            ]
        return max((self.sizes(one) for one in axes), key=lambda sizes: sizes[0] * sizes[1] * sizes[2])

    # Rows

    def given(self, kind: str, name: str) -> Rows:
        """Return where a part of the World lies: "stock", "number", "moved", "asked", "memory", "outside", "uses"."""
        key = (kind, name)
        if key not in self.places:
            self.places[key] = self._place(kind, name)
        return self.places[key]

    def _place(self, kind: str, name: str) -> Rows:
        if kind == "stock":
            return self.space.take(self.sizes(self.model.stocks[name].axes))
        if kind == "memory":
            return self.space.take(self.sizes(self._memory_axes(name)), 3)
        if kind in ("moved", "asked"):
            axes = next(flow.axes for flow in self.model.flows if flow.name == name)
            return self.space.take(self.sizes(axes & COMMUNITY))
        axes = {"uses": COMMUNITY | TILE, "member": COMMUNITY}.get(kind, 0)
        return self.space.take(self.sizes(axes))

    def _memory_axes(self, name: str) -> int:
        for flow in self.model.flows:
            if flow.name == name and flow.stage_seasons:
                return self.model.stocks[flow.target or flow.source].axes
        return self.model.delays[name][2]

    def made_rows(self, node: Node, moment: str) -> Rows:
        """Return where the value of a node lies that was worked out before."""
        return self.made[SEASON if season_constant(node) else moment, node]

    def users(self) -> Rows:
        """Return where the number of users of each tile lies."""
        return self._total_once("users", self.given("uses", ""))

    def members(self, action: str) -> Rows | None:
        """Return where the number of members of an agreement lies; None if the level has no such agreement."""
        plan = self.model.actions.get(action)
        if plan is None or not plan.spec.lasts:
            return None
        return self._total_once(f"members {action}", self.given("member", action))

    def _total_once(self, name: str, of: Rows) -> Rows:
        if (SEASON, name) not in self.made:
            rows = self.made[SEASON, name] = self.space.take((1, of.sizes[1], of.sizes[2]))
            length = of.sizes[1] * of.sizes[2] * self.block
            self.calls[SEASON].append(Step(table.TOTAL_OF, (rows.at, of.at, of.sizes[0], length)))
        return self.made[SEASON, name]

    # Expressions

    def separate(self, node: Node, axes: int) -> bool:
        """Whether a node is worked out in a loop of its own before a loop over `axes` reads it."""
        if isinstance(node, (Aggregate, Near)):
            return True
        if isinstance(node, LEAVES) or not axes & TILE or node.axes == axes:
            return False
        return any(isinstance(part, LEAVES) and not isinstance(part, Constant) for part in walk(node))

    def prepare(self, node: Node, axes: int, moment: str) -> None:
        """Work out whatever a loop over `axes` that computes `node` reads."""
        if self.separate(node, axes):
            self._make(node, SEASON if season_constant(node) else moment)
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


def _state(model: Model) -> list[tuple[str, list[str]]]:
    """What a season's ticks change, in a fixed order."""
    moving = [name for flow in model.flows for name in (flow.source, flow.target) if name]
    drifting = [influence.of for influence in model.influences if not influence.once]
    running = [name for name, plan in model.stocks.items() if plan.spread or plan.downhill]
    changed = [name for name in model.stocks if name in moving or name in drifting or name in running]
    return [
        ("stock", changed),
        ("moved", [flow.name for flow in model.flows]),
        ("asked", [flow.name for flow in model.flows if flow.counts_asked]),
        ("memory", [flow.name for flow in model.flows if flow.stage_seasons] + list(model.delays)),
        ("outside", [name for name in model.stocks if model.stocks[name].matter]),
    ]
