"""Where a compiled action finds the arrays of a World, and the numbers it works with."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from game.language.nodes import COMMUNITY, TILE, WORLD, Node
from game.language.unknown import look_up
from game.level.noise import AXES
from game.sim.compiled.acting_tables import SAID
from game.sim.compiled.rows import Sizes, sizes_of
from game.sim.feelings import parted_with
from game.sim.model import Model
from game.sim.totals import Floats

Part = tuple[str, str]  # of a World: its kind and its name

# Kinds of parts that are whole numbers, and that are true or not.
WHOLE = ("left", "offences", "need", "need_until", "outcome", "event_left")
TRUTHS = ("event_sign", "struck", "blocked")

SIMPLE = {  # parts of a World that vary over the same things whatever their name is
    "uses": COMMUNITY | TILE, "member": COMMUNITY, "number": WORLD, "outside": WORLD, "term": WORLD, "left": WORLD,
    "promise": COMMUNITY, "offences": COMMUNITY, "fined": COMMUNITY, "leaving": COMMUNITY, "need": COMMUNITY,
    "outcome": WORLD, "blocked": WORLD, "base_number": WORLD, "need_until": COMMUNITY, "event_left": WORLD,
    "event_sign": WORLD, "struck": COMMUNITY,
}  # fmt: skip


@dataclass
class Memory:
    """Hands out numbers for arrays, places for numbers to work with, and places for fixed numbers."""

    model: Model
    arrays: dict[Part, int] = field(default_factory=dict)
    written: set[Part] = field(default_factory=set)
    functions: dict[str, None] = field(default_factory=dict)  # of single values, in the order of their first use
    changes: int = 0  # places of text that change something, of the action that has most of them
    used: int = SAID
    fixed: list[Floats] = field(default_factory=list)
    fixed_used: int = 0
    fixed_at: dict[bytes, int] = field(default_factory=dict)
    broken_at: dict[str, tuple[int, int]] = field(default_factory=dict)
    collected: dict[tuple[str, Node], tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Set places aside that every action needs, for each community: what it says, answers, is touched, agrees."""
        each = len(self.model.layout.communities)
        self.said, self.answer = self.take(each), self.take(each)
        items = [item for plan in self.model.actions.values() for item in plan.later]
        self.noted = self.used  # what was sent, and how far stocks moved that it comes to: see `game.sim.later`
        self.shifted = {stock: self.take(4 * each) for stock in dict.fromkeys(item.stock for item in items)}
        self.sent = {item.key: self.take(3 * each) for item in items}
        self.noted_length = self.used - self.noted
        self.costs = self.take(max([1, *(len(plan.costs) for plan in self.model.actions.values())]))
        self.gives = self.take(self.most_gifts)
        self.touched, self.affected = self.take(each), self.take(each)
        self.yes, self.asked, self.inside, self.fits, self.felt = (self.take(each) for _ in range(5))
        self.chances = self.take(each)
        self.tiles = self.take(self.sizes(TILE)[2])
        self.pairs, self.rows = self.take(each * each), self.take(each)

    @property
    def most_gifts(self) -> int:
        """How much an action gives away of the doer's stores, at most: so many moves."""
        return max([1, *(len(parted_with(self.model.feelings, plan)) for plan in self.model.actions.values())])

    def sizes(self, axes: int) -> Sizes:
        """How many communities, partners and tiles something has that varies over `axes`."""
        return sizes_of(self.model.layout, axes)

    def take(self, length: int) -> int:
        """Return where so many new numbers to work with lie."""
        at = self.used
        self.used += length
        return at

    def array(self, kind: str, name: str, written: bool = False) -> int:
        """Return the number of an array of the World; `written` notes that actions change it."""
        if written:
            self.written.add((kind, name))
        return self.arrays.setdefault((kind, name), len(self.arrays))

    def shape(self, kind: str, name: str) -> Sizes:
        """How many communities, partners and tiles an array of the World has."""
        each = len(self.model.layout.communities)
        if kind == "stock":
            return self.sizes(self.model.stocks[name].axes)
        if kind in ("moved", "asked"):
            axes = next(flow.axes for flow in self.model.flows if flow.name == name)
            return self.sizes(axes & COMMUNITY)
        if kind == "noise":
            noise = self.model.level.noise[name]
            communities, _, tiles = self.sizes(AXES[noise.at])
            return communities, self.model.level.seasons.ticks if noise.each == "tick" else 1, tiles
        if kind == "later":
            raise ValueError("what is to come later is reached by its address alone")
        if kind == "memory":
            return self.sizes(self.model.delays[name].node.axes)  # of each stage
        if kind == "people":
            return (each, each, 1) if name in ("wrongs", "kindness") else (each, 1, 1)
        return self.sizes(look_up(SIMPLE, kind, "part of a world", "SIMPLE in game/sim/compiled/acting_memory.py"))

    def broken(self, agreement: str) -> tuple[int, int]:
        """Return where it lies for each member which share of a promise it kept, and what it moved beyond it."""
        if agreement not in self.broken_at:
            each = len(self.model.layout.communities)
            self.broken_at[agreement] = self.take(each), self.take(each)
        return self.broken_at[agreement]

    def keep(self, values: Floats) -> int:
        """Return where these fixed numbers lie; the same numbers are kept once."""
        flat = np.ascontiguousarray(values, dtype=np.float64).reshape(-1)
        key = flat.tobytes()
        if key not in self.fixed_at:
            self.fixed_at[key] = self.fixed_used
            self.fixed.append(flat)
            self.fixed_used += len(flat)
        return self.fixed_at[key]

    def fixed_numbers(self) -> Floats:
        """Return all fixed numbers as one array."""
        return np.concatenate([*self.fixed, np.zeros(1)])

    def slot(self, frame: str, node: Node) -> tuple[int, int]:
        """Return where what was collected lies, and whether it was: for each kind of frame in which rules are read."""
        if (frame, node) not in self.collected:
            communities, partners, tiles = self.sizes(node.axes)
            self.collected[frame, node] = self.take(communities * partners * tiles), self.take(1)
        return self.collected[frame, node]
