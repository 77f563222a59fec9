"""Which actions call for vigilance: a first, coarse reading of the five circumstances.

Read off the model, not off labels: how much of the map an action reaches,
and which stocks its effects can reach along the level's own flows and
influences.  (The full meter with lags and half-lives comes with insight.)
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from game.language.nodes import FlowValue, StockName, walk
from game.sim.kernels.numpy_kernel import Evaluator
from game.sim.model import Model
from game.sim.plans import Candidate

# The answers depend on the rules alone; the compiled objective stands for its model, which cannot be hashed.
_KNOWN: WeakKeyDictionary[Evaluator, dict[str, tuple[str, ...]]] = WeakKeyDictionary()

VAST = 0.25  # share of the map from which an action counts as vast


def calls_for_vigilance(model: Model, candidate: Candidate) -> tuple[str, ...]:
    """Return why using force here calls for care; nothing for work of human, mechanical scale."""
    known = _KNOWN.setdefault(model.objective, {})
    if candidate.key not in known:
        known[candidate.key] = _circumstances(model, candidate)
    return known[candidate.key]


def _circumstances(model: Model, candidate: Candidate) -> tuple[str, ...]:
    reasons = []
    tiles = model.layout.rows * model.layout.columns
    if candidate.tiles is not None and float(candidate.tiles.sum()) / tiles > VAST:
        reasons.append("vast scale")
    plan = model.actions[candidate.action]
    touched = {effect.stock for effect in plan.now if effect.stock} | {item.stock for item in plan.later}
    touched |= {name for effect in plan.now for name, _ in (effect.source, effect.target) if name}
    if any(effect.kind == "users" for effect in plan.now):
        touched |= {name for name, stock in model.level.stocks.items() if stock.place == "tile"}
    reached = reachable(model, touched)
    specs = model.level.stocks
    if any(specs[name].living or specs[name].conflict or specs[name].place == "relation" for name in reached):
        reasons.append("living, complex systems")
    if any(specs[name].harmful for name in reached):
        reasons.append("lasting harm")
    return tuple(reasons)


def reachable(model: Model, start: set[str]) -> set[str]:
    """Return every stock that a change of the stocks in `start` can reach, those included."""
    edges: dict[str, set[str]] = {name: set() for name in model.stocks}
    for flow in model.flows:
        ends = {end for end in (flow.source, flow.target) if end}
        for name in _read_by(model, ("flows", flow.name, "rate")):
            edges[name] |= ends
        if flow.source:
            edges[flow.source] |= ends
    for influence in model.influences:
        for name in _read_by(model, ("influences", influence.name, "change")):
            edges[name].add(influence.of)
    found, waiting = set(start), sorted(start)
    while waiting:
        for name in sorted(edges.get(waiting.pop(), ())):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def _read_by(model: Model, path: tuple[str, ...]) -> list[str]:
    names = []
    for part in walk(model.nodes[path]):
        if isinstance(part, StockName):
            names.append(part.name)
        elif isinstance(part, FlowValue):
            flow = model.level.flows[part.name]
            names += [end for end in (flow.source_stock, flow.target_stock) if end in model.stocks]
    return names
