"""Where everything that a compiled kernel works on lies: parts of the World, and what was worked out before.

Everything is handed out in the order in which it is first asked for, which
makes the text of a kernel depend on its level alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.language.nodes import (
    COMMUNITY,
    PARTNER,
    TILE,
    WORLD,
    Aggregate,
    Constant,
    Delayed,
    FlowValue,
    Near,
    Node,
    NumberName,
    Special,
    StockName,
    walk,
)
from game.language.unknown import look_up
from game.level.noise import AXES
from game.sim.compiled import tables as table
from game.sim.compiled.rows import Cover, Rows, Sizes, Space, cover_of, sizes_of
from game.sim.evaluation import season_constant
from game.sim.model import Model
from game.sim.totals import Floats

LEAVES = (Constant, NumberName, StockName, Special, FlowValue, Delayed)
SEASON, TICK, DOWNHILL = "season", "tick", "downhill"  # the moments at which values are worked out


@dataclass(frozen=True)
class Step:
    """A step that is the same in all levels: its kind, positions and lengths, and numbers; see `compiled_season`."""

    kind: int
    whole: tuple[int, ...]
    values: tuple[float, ...] = ()


Call = list[str] | Step  # the lines of a loop, or a step


class Places:
    """Knows where everything of a kernel lies, and collects the calls that work it out."""

    def __init__(self, model: Model, space: Space) -> None:
        self.model, self.layout, self.block = model, model.layout, space.row
        self.space = space
        self.places: dict[tuple[str, str], Rows] = {}
        self.calls: dict[str, list[Call]] = {SEASON: [], TICK: [], DOWNHILL: []}
        self.functions: dict[str, None] = {}  # the functions of values that are too long to stand in a loop
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
            stages = self.model.delays[name].node.stages if name in self.model.delays else 3
            return self.space.take(self.sizes(self._memory_axes(name)), stages)
        if kind in ("moved", "asked"):
            axes = next(flow.axes for flow in self.model.flows if flow.name == name)
            return self.space.take(self.sizes(axes & COMMUNITY))
        if kind == "noise":
            noise = self.model.level.noise[name]
            communities, _, tiles = self.sizes(AXES[noise.at])
            ticks = self.layout.scope.ticks if noise.each == "tick" else 1
            return self.space.take((communities, ticks, tiles))
        fixed = {"uses": COMMUNITY | TILE, "member": COMMUNITY, "number": WORLD, "outside": WORLD}
        axes = look_up(fixed, kind, "part of a world", "Places._place in game/sim/compiled/places.py")
        return self.space.take(self.sizes(axes))

    def _memory_axes(self, name: str) -> int:
        for flow in self.model.flows:
            if flow.name == name and flow.stage_seasons:
                return self.model.stocks[flow.target or flow.source].axes
        return self.model.delays[name].node.axes

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
