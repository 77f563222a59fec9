"""Which part of a ruleset takes part in a level: what its map, people and actions can ever set in motion.

A ruleset may know forests, fields and springs; a level of pastures alone has
no use for them, should not show them and should not pay for them.  A stock is
out of play when it starts alike everywhere and nothing in the level can move
it: no tile bears it, no flow in play runs into or out of it, no influence
pulls at it, no action on offer touches it, and no rule of the level itself
asks for it.  What a level without a ruleset says, it says itself, and so all
of it takes part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.language.folding import fold
from game.language.nodes import Constant, Node, NumberName, StockName, walk
from game.language.ranges import range_of
from game.language.scope import Scope
from game.level.expressions import world_scope
from game.level.merge import Path
from game.level.schema import Action, Event, Level, TerrainTarget, TileTarget

LEVELS_OWN = ("objective", "goals", "lost_when", "hints", "guide", "claims")


def used_rules(level: Level, nodes: dict[Path, Node]) -> tuple[Level, dict[Path, Node]]:
    """Return the level and its bound expressions without what is out of play."""
    if level.rules is None:
        return level, nodes
    offered = _offered(level)
    known = {f"on {terrain}": 0.0 for terrain in level.terrains if terrain not in grounds(level)}
    if not level.map.heights.strip():
        known["height"] = 0.0
    still = {**_still_stocks(level, nodes, offered, known), **known}
    gone = frozenset(
        name
        for name, flow in level.flows.items()
        if flow.source_stock in still or flow.target_stock in still or _is_nothing(nodes["flows", name, "rate"], still)
    )
    idle = {
        name
        for name, item in level.influences.items()
        if item.of in still or _is_nothing(fold(nodes["influences", name, "change"], still, gone), still)
    }
    left_out = {"flows": gone, "influences": idle, "stocks": still, "actions": set(level.actions) - set(offered)}
    kept = {
        path: fold(node, still, gone)
        for path, node in nodes.items()
        if len(path) < 2 or path[1] not in left_out.get(str(path[0]), ())
    }
    kept = {path: node for path, node in kept.items() if path[0] != "auxiliaries" or not isinstance(node, Constant)}
    read = _numbers_in(node for path, node in kept.items() if path[0] != "events")
    events = {name: event for name, event in level.events.items() if _happens(name, event, nodes, read, still)}
    kept = {path: node for path, node in kept.items() if path[0] != "events" or path[1] in events}
    read = _numbers_in(kept.values()) | {name for event in events.values() for name in event.sets}
    update = {
        "stocks": {name: stock for name, stock in level.stocks.items() if name not in still},
        "flows": {name: flow for name, flow in level.flows.items() if name not in gone},
        "influences": {name: item for name, item in level.influences.items() if name not in idle},
        "events": events,
        "auxiliaries": {name: one for name, one in level.auxiliaries.items() if ("auxiliaries", name, "is") in kept},
        "closed": {name: one for name, one in level.closed.items() if not still.keys() & set(one.stocks)},
        "numbers": {name: number for name, number in level.numbers.items() if name in read},
        "allow": tuple(offered),
    }
    return level.model_copy(update=update), kept


def _is_nothing(node: Node, still: dict[str, float]) -> bool:
    folded = fold(node, still, frozenset())
    return isinstance(folded, Constant) and folded.value == 0.0


def _happens(name: str, event: Event, nodes: dict[Path, Node], read: set[str], still: dict[str, float]) -> bool:
    """Whether an event changes anything: a number that is read, or stocks that are in play."""
    if event.now:
        touched = (node for path, node in nodes.items() if path[:3] == ("events", name, "now"))
        ends = {part.name for node in touched for part in walk(node) if isinstance(part, StockName)}
        return not ends & still.keys()
    return not event.sets or bool(read & set(event.sets))


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


def _still_stocks(
    level: Level, nodes: dict[Path, Node], offered: dict[str, Action], known: dict[str, float]
) -> dict[str, float]:
    """The stocks out of play, each with the value it keeps: tried as still, until what moves is found out."""
    there, asked_for, scope = grounds(level), _asked_for(level, nodes, offered), world_scope(level)
    still: dict[str, float] = {}
    homeless = set()
    for name, stock in level.stocks.items():
        if name in asked_for:
            continue
        if stock.place == "tile" and stock.on and not there.intersection(stock.on):
            homeless.add(name)
            still[name] = 0.0
        elif not isinstance(stock.start, str) and (stock.start == 0.0 or (stock.place == "world" and not stock.varies)):
            still[name] = stock.start
    while True:
        moving = [name for name in still if name not in homeless and _can_move(level, nodes, scope, name, still, known)]
        if not moving:
            return still
        for name in moving:
            del still[name]


def _can_move(
    level: Level, nodes: dict[Path, Node], scope: Scope, name: str, still: dict[str, float], known: dict[str, float]
) -> bool:
    ends = {key: (flow.source_stock, flow.target_stock) for key, flow in level.flows.items()}
    gone = frozenset(key for key, (source, _) in ends.items() if still.get(source) == 0.0)
    value, (low, high) = still[name], level.stocks[name].range
    still = {**still, **known}
    for key, (source, target) in ends.items():
        runs = key not in gone and range_of(fold(nodes["flows", key, "rate"], still, gone), scope)[1] > 0.0
        if runs and (target == name or (source == name and value > 0.0)):
            return True
    for key, event in level.events.items():
        for index in range(len(event.now) if event.strikes is None else 0):
            raised = (nodes.get(("events", key, "now", index, *end)) for end in (("of",), ("move", "to")))
            if any(isinstance(node, StockName) and node.name == name for node in raised):
                return True
    pulls = [nodes["influences", key, "change"] for key, item in level.influences.items() if item.of == name]
    reaches = [range_of(fold(pull, still, gone), scope) for pull in pulls]
    return any((least < 0.0 and value > low) or (most > 0.0 and value < high) for least, most in reaches)


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
