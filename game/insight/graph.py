"""What an action touches, and what that can reach along the level's own flows and influences.

A link leads from a stock to each stock whose change is read off it: the two
ends of a flow whose rate names it, the state that an influence moves, what
runs downhill at a speed that it sets.  A link knows how many seasons its
answer is on the way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from game.language.nodes import Aggregate, Delayed, FlowValue, Node, Special, StockName, children
from game.language.ranges import range_of
from game.level.merge import Path
from game.sim.effect_plans import AddEffect, MoveEffect, UsersEffect
from game.sim.model import Model
from game.sim.plans import ActionPlan

USES = ("users", "uses")  # the words of the rules that ask who may use a tile

Delays = dict[str, float]  # name -> seasons on the way


@dataclass(frozen=True)
class Touch:
    """A stock that an action changes by itself, and in which direction it can.

    Neither direction for what only an agreement sets or moves while it lasts.
    `loses` tells whether somebody or something else goes without: what actors
    take of their own, or put from one store into another, is not lost.
    """

    stock: str
    raises: bool = False
    lowers: bool = False
    after: int = 0  # seasons until it happens
    loses: bool = False


@dataclass(frozen=True)
class Graph:
    """The links of a model.

    `uses` holds, for each rule that asks who may use the ground, the stocks
    it speaks of, the one it changes, and the seasons on the way.
    """

    links: dict[str, Delays]
    uses: list[tuple[frozenset[str], str, float]]

    def following_use(self, model: Model, plan: ActionPlan) -> Delays:
        """Return what changes with who may use the ground, if the action changes that on ground where it lives."""
        target = plan.spec.target
        ground = getattr(target, "tiles", None) or getattr(target, "all", None)
        if ground is None or not sets_users(plan):
            return {}
        found: Delays = {}
        for stocks, changed, delay in self.uses:
            if all(ground in (model.level.stocks[name].on or (ground,)) for name in stocks):
                found[changed] = min(delay, found.get(changed, delay))
        return found

    def steps_from(self, start: Iterable[str]) -> dict[str, int]:
        """Return every stock that a change of those in `start` can reach, with the fewest links to it."""
        found = {name: 0 for name in start}
        waiting = list(found)
        for name in waiting:  # grows while it is walked
            for other in self.links[name]:
                if other not in found:
                    found[other] = found[name] + 1
                    waiting.append(other)
        return found


def reachable(model: Model, start: set[str]) -> set[str]:
    """Return every stock that a change of the stocks in `start` can reach, those included."""
    return set(links_of(model).steps_from(sorted(start)))


def links_of(model: Model) -> Graph:
    """Return the links between the stocks of a model."""
    graph = Graph({name: {} for name in model.stocks}, [])
    for flow in model.flows:
        spec, at = model.level.flows[flow.name], ("flows", flow.name)
        reads = _read_by(model, (*at, "rate"), (*at, "where"))
        if flow.source:
            reads.setdefault(flow.source, 0.0)
            _link(graph, reads, flow.source)
        if flow.target:
            _link(graph, {name: delay + (spec.delay or 0.0) for name, delay in reads.items()}, flow.target)
    for influence in model.influences:
        _link(graph, _read_by(model, ("influences", influence.name, "change")), influence.of)
    for name in model.stocks:
        _link(graph, _read_by(model, ("stocks", name, "downhill")), name)
    return graph


def _link(graph: Graph, reads: Delays, target: str) -> None:
    """Note the reads of one rule; of two ways between the same stocks the quicker one is the answer."""
    for name, delay in reads.items():
        if name in USES:
            graph.uses.append((frozenset({*reads, target} - set(USES)), target, delay))
        else:
            graph.links[name][target] = min(delay, graph.links[name].get(target, delay))


def _read_by(model: Model, *paths: Path) -> Delays:
    reads: Delays = {}
    for path in paths:
        if path in model.nodes:
            _collect(model, model.nodes[path], 0.0, reads, ())
    return reads


def _collect(model: Model, node: Node, delay: float, reads: Delays, seen: tuple[str, ...]) -> None:
    """Find the stocks (and words of use) an expression reads; what a flow did follows from its rate and its source."""
    if isinstance(node, Delayed):
        delay += node.seasons
    found = []
    if isinstance(node, StockName) or (isinstance(node, Special) and node.name in USES):
        found = [node.name]
    elif isinstance(node, Aggregate) and node.where == "uses":
        found = ["uses"]
    elif isinstance(node, FlowValue) and node.name in model.level.flows and node.name not in seen:
        flow = model.level.flows[node.name]
        found = [end for end in (flow.source_stock, flow.target_stock) if end in model.stocks]
        _collect(model, model.nodes["flows", node.name, "rate"], delay, reads, (*seen, node.name))
    for name in found:
        reads[name] = min(delay, reads.get(name, delay))
    for child in children(node):
        _collect(model, child, delay, reads, seen)


def touches(model: Model, plan: ActionPlan) -> list[Touch]:
    """Return what an action changes by itself; what is paid for it is not counted."""
    found = []
    at: Path = ("actions", plan.name)
    for index, effect in enumerate(plan.now):
        if isinstance(effect, AddEffect):
            own = not effect.group and (effect.who or ("me",))[0] == "me"
            found.append(_added(model, effect.stock, (*at, "now", index, "add"), own))
        elif isinstance(effect, MoveEffect):
            found += _moved(model, effect)
        else:
            found += [Touch(stock, raises=sign > 0.0, lowers=sign < 0.0) for stock, sign in effect.ends]
    for index, item in enumerate(plan.later):
        own = (item.who or ("me",))[0] == "me"
        found.append(_added(model, item.stock, (*at, "later", index, "add"), own, item.after))
    found += [Touch(effect.stock, raises=True) for effect in plan.finds]
    for effect in plan.each_season:
        found += [Touch(name) for name in effect.stocks]
    return found + [Touch(name) for name, _ in plan.sets if name in model.stocks]


def _added(model: Model, stock: str, path: Path, own: bool, after: int = 0) -> Touch:
    low, high = range_of(model.nodes[path], model.layout.scope)
    private = own and model.stocks[stock].place in ("community", "player")
    return Touch(stock, high > 0.0, low < 0.0, after, low < 0.0 and not private)


def _moved(model: Model, effect: MoveEffect) -> list[Touch]:
    (source, who), (target, _) = effect.source, effect.target
    if source == target:
        return [Touch(source)]  # from hand to hand: there is as much of it as before
    found = []
    if source:
        kept = model.stocks[source].place != "tile" and (bool(target) or who[:1] == ("me",))
        found.append(Touch(source, lowers=True, loses=not kept))
    return [*found, Touch(target, raises=True)] if target else found


def sets_users(plan: ActionPlan) -> bool:
    """Whether an action changes who may use the ground."""
    return any(isinstance(effect, UsersEffect) for effect in plan.now)
