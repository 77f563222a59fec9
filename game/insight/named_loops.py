"""Are the loops that an author names there, and of the kind that is said?

A loop is there where each of its stocks can reach the next by rules of the
level, or by what an action reads or costs and what it changes.  Its kind is
that of the loops through its stocks that pull by rules alone, as the game
begins, and with every stock low, middling and high.
"""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx
import numpy as np

from game.insight.graph import links_of, touches
from game.insight.links import links_now
from game.insight.loops import cycles
from game.language.nodes import StockName, walk
from game.level.merge import Source
from game.level.problems import Problem
from game.level.schema import Level
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level

LEVELS = (0.1, 0.5, 0.9)  # of the range of every stock: where loops are looked at besides the start


def loop_problems(level: Level, source: Source) -> list[Problem]:
    """Return a warning for each named loop that does not go round, or never is of the kind that is said."""
    if not level.loops:
        return []
    model = compile_level(level)
    ways, found = _ways(model), []
    kinds: dict[frozenset[str], set[str]] | None = None
    for name, loop in level.loops.items():
        missing = _missing(ways, [one for one in loop.through if one in model.stocks])
        if missing:
            start, end = missing
            message = f'nothing leads from "{start}" to "{end}" in these rules and actions, so this loop does not close'
            found.append(source.problem(("loops", name, "through"), "no-such-loop", message, "warning"))
        elif loop.kind:
            kinds = _kinds(model) if kinds is None else kinds
            seen = {kind for members, some in kinds.items() if set(loop.through) <= members for kind in some}
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


def _kinds(model: Model) -> dict[frozenset[str], set[str]]:
    """Return of which kinds loops through the same stocks are, by rules alone."""
    found: dict[frozenset[str], set[str]] = {}
    for share in (None, *LEVELS):
        world = new_worlds(model, [0])
        for name, plan in model.stocks.items() if share is not None else ():
            world.stock[name] = (
                np.zeros_like(world.stock[name]) + (plan.low + (share or 0.0) * (plan.high - plan.low)) * plan.live
            )
        for loop in cycles(links_now(model, world)):
            found.setdefault(frozenset(loop.members), set()).add(loop.kind)
    return found
