"""What stocks begin with where an expression says so, in plain Python: again and again, until all is known."""

from __future__ import annotations

from game.language.nodes import StockName, walk
from game.sim.model import Model
from game.sim.world import World
from tests.oracle.grid import Grid, clip
from tests.oracle.oracle import Oracle
from tests.oracle.reading import Reader


def starts(model: Model, world: World) -> dict[str, Grid]:
    """The starts of the only world of a batch, of those stocks that do not vary by luck nor rest on some that do."""
    oracle = Oracle.from_world(model, world)
    rules = {
        name: model.nodes["stocks", name, "start"]
        for name in model.level.stocks
        if ("stocks", name, "start") in model.nodes
    }
    varying = {name for name, stock in model.level.stocks.items() if stock.varies and name in rules}
    found: dict[str, Grid] = {}
    waiting = dict(rules)
    while waiting:
        for name, node in list(waiting.items()):
            read = {part.name for part in walk(node) if isinstance(part, StockName)}
            if read & waiting.keys():
                continue
            reader, stock = Reader(oracle), model.level.stocks[name]
            grid = Grid.made(
                oracle.stock[name].shape,
                lambda at, node=node, name=name, reader=reader, stock=stock: (
                    clip(_own(oracle, name, at, reader.read(node, *at)), *stock.range) * oracle.live(name, *at)
                ),
            )
            if name not in varying:
                oracle.stock[name] = found[name] = grid
            del waiting[name]
    return found


def _own(oracle: Oracle, name: str, at: tuple[int, int, int, int], said: float) -> float:
    """What the map or a community says instead of the rule."""
    place = oracle.stocks[name].place
    if place == "tile":
        sign = oracle.level.map.rows.splitlines()[at[2]][at[3]]
        return float(oracle.level.map.legend[sign].starts.get(name, said))
    if place in ("community", "player"):
        return float(oracle.level.communities[oracle.communities[at[0]]].starts.get(name, said))
    return said
