"""What an expression is evaluated in: a world, and who acts on what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from game.language.unknown import UnknownKind
from game.sim.layout import Layout
from game.sim.totals import COMMUNITY_AXIS, Floats, TileTree, halving_total
from game.sim.world import World


@dataclass
class Frame:
    """The values that names have at one moment, as (C, P, rows, columns, W) arrays.

    `me` and `target` are indices of communities.  `tiles` marks the tiles an
    action reaches, `members` those in an agreement.  Caches live as long as
    the frame; `this_season` may be handed from tick to tick.
    """

    layout: Layout
    world: World
    me: int = -1
    target: int = -1
    tiles: Floats | None = None
    tree: TileTree | None = None  # how to add over `tiles`
    members: Floats | None = None
    tick: int = 0  # how many ticks of the season have passed
    extra: dict[str, Floats] = field(default_factory=dict)
    terms: dict[str, Floats] = field(default_factory=dict)  # what an offer or an agreement settles: (1, 1, 1, 1, W)
    later: dict[str, Callable[[], Floats]] = field(default_factory=dict)  # worked out when first asked for
    this_tick: dict[object, Floats] = field(default_factory=dict)
    this_season: dict[object, Floats] = field(default_factory=dict)

    def special(self, name: str) -> Floats | float:
        """Return the value of a name that the engine provides.  Raises UnknownKind."""
        if name in self.extra:
            return self.extra[name]
        if name in self.later:
            self.extra[name] = self.later[name]()
            return self.extra[name]
        if name == "height":
            return self.layout.heights
        if name == "time":
            return float(self.world.season) + self.tick / self.layout.scope.ticks
        if name == "season":
            return float(self.world.season + 1)
        if name == "users":
            if "users" not in self.this_season:
                self.this_season["users"] = halving_total(self.world.uses, COMMUNITY_AXIS)
            return self.this_season["users"]
        raise UnknownKind("name", name, "Frame.special in game/sim/frame.py, or the rule's frame")

    def term(self, name: str) -> Floats:
        """Return what an offer or an agreement settles.  Raises UnknownKind."""
        if name not in self.terms:
            raise UnknownKind("term", name, "the frame in which the rules of its action are read")
        return self.terms[name]

    def index(self, who: str) -> int | None:
        """Return the index of a community; None stands for all of them, along the community axis."""
        if who == "me":
            return self.me
        if who == "target":
            return self.target
        return None if who == "partner" else self.layout.community_index[who]


def along_worlds(values: Floats, worlds: int) -> Floats:
    """Return a value of the whole world as (W,)."""
    flat = np.asarray(values, dtype=np.float64).reshape(-1)
    return flat if len(flat) == worlds else np.full(worlds, flat.item())
