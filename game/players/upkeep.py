"""What a household must have in store, and whether it is running short of it."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np

from game.language.nodes import FlowValue, walk
from game.players.options import Mask
from game.sim.evaluation import Evaluator
from game.sim.model import Model
from game.sim.world import World

RESTED = 0.7  # own needs below this share of their range call for a day of rest
SEASONS_IN_STORE = 2.0  # a store that lasts for less than this is low

# What must be met follows from the rules; the compiled objective stands for its model, which cannot be hashed.
_KNOWN: WeakKeyDictionary[Evaluator, dict[str, list[str]]] = WeakKeyDictionary()


def stores(model: Model) -> dict[str, list[str]]:
    """Return the community stocks that feed flows which goals or the objective want met, each with these flows."""
    if model.objective not in _KNOWN:
        rules = [node for path, node in model.nodes.items() if path[0] in ("objective", "goals")]
        parts = [part for rule in rules for part in walk(rule)]
        wanted = {part.name for part in parts if isinstance(part, FlowValue) and part.kind == "met"}
        found: dict[str, list[str]] = {}
        for flow in model.flows:
            if flow.name in wanted and flow.source and model.stocks[flow.source].place == "community":
                found.setdefault(flow.source, []).append(flow.name)
        _KNOWN[model.objective] = found
    return _KNOWN[model.objective]


def lasts_too_short(model: Model, world: World, me: int, store: str) -> Mask:
    """Return where a store of a community is low, (W,), as it used it last season."""
    asked = np.zeros(world.count)
    for flow in stores(model)[store]:
        every = world.asked[flow]
        asked = asked + every[me if every.shape[0] > 1 else 0, 0, 0, 0]
    low: Mask = world.stock[store][me, 0, 0, 0] < SEASONS_IN_STORE * asked
    return low
