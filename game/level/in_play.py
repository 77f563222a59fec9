"""Which part of a ruleset takes part in a level: what its map, people and actions can ever bring to life.

A ruleset may know forests, fields and springs; a level of pastures alone has
no use for them, should not show them and should not pay for them.  A stock is
out of play when it starts at 0 everywhere and nothing in the level can raise
it: no tile bears it, no flow in play runs into it, no influence lifts it, no
action on offer touches it, and no rule of the level itself asks for it.  What
a level without a ruleset says, it says itself, and so all of it takes part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.language.folding import fold
from game.language.nodes import Node, NumberName, StockName, walk
from game.language.ranges import range_of
from game.language.scope import Scope
from game.level.expressions import world_scope
from game.level.merge import Path
from game.level.schema import Action, Level, TerrainTarget, TileTarget

LEVELS_OWN = ("objective", "goals", "lost_when", "hints", "guide", "claims")


def in_play(level: Level, nodes: dict[Path, Node]) -> tuple[Level, dict[Path, Node]]:
    """Return the level and its bound expressions without what is out of play."""
    if level.rules is None:
        return level, nodes
    offered = _offered(level)
    absent = _absent_stocks(level, nodes, offered)
    flows = {name: flow for name, flow in level.flows.items() if not absent & {flow.source_stock, flow.target_stock}}
    influences = {name: item for name, item in level.influences.items() if item.of not in absent}
    gone = frozenset(name for name in level.flows if name not in flows)
    kept = {
        path: fold(node, absent, gone)
        for path, node in nodes.items()
        if not (path[0] == "flows" and path[1] in gone)
        and not (path[0] == "influences" and path[1] not in influences)
        and not (path[0] == "actions" and path[1] not in offered)
        and not (path[0] == "stocks" and path[1] in absent)
    }
    read = _numbers_in(node for path, node in kept.items() if path[0] != "events")
    events = {name: event for name, event in level.events.items() if not event.sets or read & set(event.sets)}
    kept = {path: node for path, node in kept.items() if path[0] != "events" or path[1] in events}
    read |= _numbers_in(kept.values()) | {name for event in events.values() for name in event.sets}
    reduced = level.model_copy(
        update={
            "stocks": {name: stock for name, stock in level.stocks.items() if name not in absent},
            "flows": flows,
            "influences": influences,
            "events": events,
            "numbers": {name: number for name, number in level.numbers.items() if name in read},
            "allow": tuple(offered),
        }
    )
    return reduced, kept


def _numbers_in(nodes: Iterable[Node]) -> set[str]:
    return {part.name for node in nodes for part in walk(node) if isinstance(part, NumberName)}


def grounds(level: Level) -> set[str]:
    """The terrains that at least one tile of the map has; homes stand on the homestead."""
    home = "homestead" if "homestead" in level.terrains else next(iter(level.terrains), "")
    signs = {sign for row in level.map.rows.splitlines() for sign in row}
    return {level.map.legend[sign].terrain or home for sign in signs if sign in level.map.legend}


def _offered(level: Level) -> dict[str, Action]:
    """The actions on offer; without `allow`, those for whose target the map has a place."""
    allowed = level.allowed_actions()
    if level.allow is not None:
        return allowed
    there = grounds(level)
    return {name: action for name, action in allowed.items() if _ground_of(action) in (None, *there)}


def _ground_of(action: Action) -> str | None:
    if isinstance(action.target, TileTarget):
        return action.target.tiles
    return action.target.all if isinstance(action.target, TerrainTarget) else None


def _absent_stocks(level: Level, nodes: dict[Path, Node], offered: dict[str, Action]) -> frozenset[str]:
    scope = world_scope(level)
    there, asked_for = grounds(level), _asked_for(level, nodes, offered)
    absent = {
        name
        for name, stock in level.stocks.items()
        if name not in asked_for and (stock.start == 0.0 or not _has_place(level, name, there)) and stock.range[0] >= 0
    }
    homeless = {name for name in absent if not _has_place(level, name, there)}
    while True:
        risen = {name for name in absent - homeless if _can_rise(level, nodes, scope, name, frozenset(absent))}
        if not risen:
            return frozenset(absent)
        absent -= risen


def _has_place(level: Level, name: str, there: set[str]) -> bool:
    stock = level.stocks[name]
    return stock.place != "tile" or not stock.on or bool(there.intersection(stock.on))


def _can_rise(level: Level, nodes: dict[Path, Node], scope: Scope, name: str, absent: frozenset[str]) -> bool:
    gone = frozenset(key for key, flow in level.flows.items() if absent & {flow.source_stock, flow.target_stock})
    rates = [
        nodes["flows", key, "rate"]
        for key, flow in level.flows.items()
        if flow.target_stock == name and flow.source_stock not in absent
    ]
    rates += [nodes["influences", key, "change"] for key, item in level.influences.items() if item.of == name]
    return any(range_of(fold(rate, absent, gone), scope)[1] > 0.0 for rate in rates)


def _asked_for(level: Level, nodes: dict[Path, Node], offered: dict[str, Action]) -> set[str]:
    """The stocks that the level itself names, or that an action on offer touches, costs or aims at."""
    named = {stock for community in level.communities.values() for stock in community.starts}
    signs = {sign for row in level.map.rows.splitlines() for sign in row}
    named |= {stock for sign in signs if sign in level.map.legend for stock in level.map.legend[sign].starts}
    named |= {member for loop in level.loops.values() for member in loop.through}
    drifting = [level.wants, *(community.wants for community in level.communities.values())]
    named |= {wants.known_by for wants in drifting if wants and wants.known_by}
    for action in offered.values():
        named |= set(_touched(action))
    for path, node in nodes.items():
        own = path[0] in LEVELS_OWN
        reference = path[0] == "actions" and path[1] in offered and path[-1] in ("of", "from", "to")
        if own or reference:
            named |= {part.name for part in walk(node) if isinstance(part, StockName)}
    return named


def _touched(action: Action) -> Iterator[str]:
    yield from action.cost
    if action.aim:
        yield action.aim.of
    if action.lasts:
        yield from _set_by(action)


def _set_by(action: Action) -> Iterable[str]:
    lasts = action.lasts
    if lasts is None:
        return ()
    fines = (lasts.fines.stock, *lasts.fines.seizes) if lasts.fines else ()
    return (*lasts.sets, *fines)
