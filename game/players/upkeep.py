"""What a household must have in store, and whether it is running short of it."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np

from game.language.nodes import FlowValue, walk
from game.players.options import Option
from game.sim.evaluation import Evaluator
from game.sim.model import Model
from game.sim.totals import Floats
from game.sim.world import World

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


def fills_a_store(model: Model, option: Option) -> bool:
    """Return whether the option is there to fill a store that feeds what must be met."""
    aim = option.plan.spec.aim
    return aim is not None and aim.of in stores(model)


def refills(model: Model, world: World, seat: int, option: Option) -> Floats:
    """Return how well the option fills a store of mine that is low, (W,): 0 not at all, near 1 for large gains."""
    aim = option.plan.spec.aim
    flows = stores(model).get(aim.of, []) if aim else []
    if aim is None or not flows:
        return np.zeros(world.count)
    me = model.layout.seats[seat]
    asked = np.zeros(world.count)
    for flow in flows:
        every = world.asked[flow]
        asked = asked + every[me if every.shape[0] > 1 else 0, 0, 0, 0]
    low = world.stock[aim.of][me, 0, 0, 0] < SEASONS_IN_STORE * asked
    gain = np.maximum(option.gain, 0.0)
    return np.where(low, gain / (1.0 + gain), 0.0)
