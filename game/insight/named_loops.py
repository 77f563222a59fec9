"""Are the loops that an author names there, and of the kind that is said?

A loop is there where each of its stocks can reach the next by rules of the
level, or by what an action reads or costs and what it changes.  Its kind is
that of the loops through its stocks that pull by rules alone, as the game
begins, and with stocks from low to high: its own, and then all of them.  What
tips reinforces only near its threshold, so the steps are small.
"""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx
import numpy as np

from game.insight.graph import links_of, touches
from game.insight.links import links_now
from game.insight.loops import Loop, cycles
from game.language.nodes import StockName, walk
from game.level.merge import Source
from game.level.problems import Problem
from game.level.schema import Level
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level

LEVELS = (0.5, 0.1, 0.9, 0.2, 0.3, 0.05, 0.4, 0.15, 0.7, 0.02, 0.6, 0.8)  # of a range: where loops are looked at


def loop_problems(level: Level, source: Source) -> list[Problem]:
    """Return a warning for each named loop that does not go round, or never is of the kind that is said."""
    if not level.loops:
        return []
    model = compile_level(level)
    ways, found = _ways(model), []
    looked = _Looked(model)
    for name, loop in level.loops.items():
        missing = _missing(ways, [one for one in loop.through if one in model.stocks])
        if missing:
            start, end = missing
            message = f'nothing leads from "{start}" to "{end}" in these rules and actions, so this loop does not close'
            found.append(source.problem(("loops", name, "through"), "no-such-loop", message, "warning"))
        elif loop.kind:
            seen = looked.kinds_of(frozenset(one for one in loop.through if one in model.stocks), loop.kind)
            if seen and loop.kind not in seen:
                message = f'"{name}" is {next(iter(seen))} wherever it was looked at, not {loop.kind}'
                found.append(source.problem(("loops", name, "kind"), "other-kind-of-loop", message, "warning"))
    return found


def _ways(model: Model) -> nx.DiGraph[str]:
    ways: nx.DiGraph[str] = nx.DiGraph()
    ways.add_nodes_from(model.stocks)
    graph = links_of(model)
    ways.add_edges_from((one, other) for one, others in graph.links.items() for other in others)
    for name, plan in model.actions.items():
        changed = {touch.stock for touch in touches(model, plan)} | graph.following_use(model, plan).keys()
        read = {stock for stock, _ in plan.costs} | changed | set(_read(model, name))
        ways.add_edges_from((one, other) for one in read for other in changed)
    return ways


def _read(model: Model, action: str) -> Iterator[str]:
    for path, node in model.nodes.items():
        if path[:2] == ("actions", action):
            yield from (part.name for part in walk(node) if isinstance(part, StockName))


def _missing(ways: nx.DiGraph[str], through: list[str]) -> tuple[str, str] | None:
    """Return two neighbouring stocks of a loop between which there is no way; a stock alone has to lead to itself."""
    for start, end in zip(through, [*through[1:], *through[:1]], strict=True):
        if not any(nx.has_path(ways, step, end) for step in ways.successors(start)):
            return start, end
    return None


class _Looked:
    """The loops of a model that pull by rules alone, where they were looked at; each place once."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._found: dict[tuple[frozenset[str], float | None], list[Loop]] = {}

    def kinds_of(self, through: frozenset[str], wanted: str) -> set[str]:
        """Return of which kinds loops through some stocks are; no further looked once one is as wanted."""
        seen: set[str] = set()
        for moved, share in self._places(through):
            seen |= {loop.kind for loop in self._loops(moved, share) if through <= set(loop.members)}
            if wanted in seen:
                break
        return seen

    def _places(self, through: frozenset[str]) -> Iterator[tuple[frozenset[str], float | None]]:
        yield frozenset(), None
        for moved in (frozenset(self.model.stocks), through):
            yield from ((moved, share) for share in LEVELS)

    def _loops(self, moved: frozenset[str], share: float | None) -> list[Loop]:
        """Return the loops where some stocks stand at a share of their ranges, and the others as at the start."""
        if (moved, share) not in self._found:
            world = new_worlds(self.model, [0])
            for name in sorted(moved):
                plan = self.model.stocks[name]
                value = plan.low + (share or 0.0) * (plan.high - plan.low)
                world.stock[name] = np.zeros_like(world.stock[name]) + value * plan.live
            self._found[moved, share] = cycles(links_now(self.model, world))
        return self._found[moved, share]
