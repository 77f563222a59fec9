"""What a tick of a level costs: parts of its rules times the places where each is worked out.

The number is the same on every machine, so that an author can tell how big a
level may be before anything runs, and no level can make a step last for ever.
"""

from __future__ import annotations

from collections.abc import Mapping

from game.language.elementwise import function_of_values
from game.language.nodes import (
    COMMUNITY,
    PARTNER,
    TILE,
    Aggregate,
    Constant,
    Curve,
    Delayed,
    Elementwise,
    Near,
    Node,
    NumberName,
    walk,
)
from game.level.checker import Checker
from game.level.expressions import bind, flow_axes
from game.level.merge import Path
from game.level.ruleset_schema import TileTarget
from game.level.schema import Level
from game.level.used_rules import used_rules

MOST_NODE_TILES = 20_000_000
MOST_IN_A_SEASON = 64 * MOST_NODE_TILES
MOST_CHOICES = 1_500  # of tiles, of all actions together: each is looked at in every season by everybody

# What the engine does around an expression, in steps as long as one part of an expression.
FLOW_STEPS = 6  # what is asked, what there is, what fits, what is moved
DELAY_STEPS = 9  # three stages
SPREAD_STEPS = 10  # four edges
DOWNHILL_STEPS = 24  # four edges, both ways, and what has no room


def level_cost(level: Level) -> int:
    """Return the node-tiles of one tick of a checked level, of those rules only that take part in it."""
    return node_tiles(*used_rules(level, bind(level)[0]))


def node_tiles(level: Level, nodes: Mapping[Path, Node]) -> int:
    """Return the sum over all parts of all rules of a tick of the number of places where each is worked out."""
    places = _Places(level)
    cost = 0
    for path, node in nodes.items():
        if path[0] in ("flows", "influences", "stocks") and path[-1] != "start":
            cost += sum(_steps(part) * places.of(_axes(part)) for part in walk(node))
    for name, flow in level.flows.items():
        cost += (FLOW_STEPS + (DELAY_STEPS if flow.delay else 0)) * places.of(flow_axes(level, name))
    for stock in level.stocks.values():
        if stock.place == "tile":
            steps = (SPREAD_STEPS if stock.spread else 0) + (DOWNHILL_STEPS if stock.downhill is not None else 0)
            cost += steps * places.of(TILE)
    return cost


def choices(level: Level) -> dict[str, int]:
    """Return for each action that aims at tiles how many choices it gives: plots, each with all its amounts."""
    found = {}
    for name, action in level.actions.items():
        if isinstance(action.target, TileTarget):
            ground, area = action.target.tiles, action.target.area
            signs = {sign for sign, entry in level.map.legend.items() if entry.terrain == ground}
            plots = {
                (row // area, column // area)
                for row, line in enumerate(level.map.rows.splitlines())
                for column, sign in enumerate(line)
                if sign in signs
            }
            found[name] = len(plots) * max((len(term.values) for term in action.terms.values()), default=1)
    return found


def _check_choices(level: Level, checker: Checker) -> None:
    """Note an error where players, policies and forecasts would have to look at too many places."""
    found = choices(level)
    if sum(found.values()) <= MOST_CHOICES:
        return
    name = max(found, key=lambda one: found[one])
    checker.error(
        ("map",),
        "too-many-places",
        f'the actions of this level offer {sum(found.values()):,} places, "{name}" {found[name]:,} of them; at most '
        f"{MOST_CHOICES:,} are allowed: use a smaller map, allow fewer actions, or give that one a larger area",
        key=True,
    )


def check_cost(level: Level, nodes: Mapping[Path, Node], checker: Checker) -> None:
    """Note an error when a tick of the level costs more than MOST_NODE_TILES, or its actions offer too many places."""
    _check_choices(level, checker)
    cost = node_tiles(level, nodes)
    if cost > MOST_NODE_TILES:
        checker.error(("map",), "too-costly", f"{in_words(cost)}; use a smaller map or simpler rules", key=True)
    elif cost * level.seasons.ticks > MOST_IN_A_SEASON:
        told = f"{level.seasons.ticks} ticks of {cost:,} node-tiles each; a season may cost {MOST_IN_A_SEASON:,}"
        checker.error(("seasons", "ticks"), "too-costly", f"{told}: write at most {MOST_IN_A_SEASON // cost} ticks")


def in_words(cost: int) -> str:
    """Return a cost as a sentence that names the bound."""
    return f"a tick of this level costs {cost:,} node-tiles; at most {MOST_NODE_TILES:,} are allowed"


class _Places:
    def __init__(self, level: Level) -> None:
        self.tiles = sum(len(row) for row in level.map.rows.splitlines() if row.strip())
        self.communities = max(len(level.communities), 1)

    def of(self, axes: int) -> int:
        """How many values something has that varies over `axes`."""
        each = (self.communities if axes & COMMUNITY else 1) * (self.communities if axes & PARTNER else 1)
        return each * (self.tiles if axes & TILE else 1)


def _steps(part: Node) -> int:
    if isinstance(part, (Constant, NumberName)):
        return 0
    if isinstance(part, Delayed):
        return 2 * part.stages
    if isinstance(part, Elementwise):
        return function_of_values(part.kind).steps
    if isinstance(part, Near):
        return 8
    return 4 * (len(part.points) - 1) if isinstance(part, Curve) else 1


def _axes(part: Node) -> int:
    """The axes along which a part is worked out: a total is as dear as what it is taken over."""
    if not isinstance(part, Aggregate):
        return part.axes
    each = COMMUNITY if part.where == "uses" else 0
    return part.axes | part.over | part.argument.axes | each
