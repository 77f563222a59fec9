"""The functions an expression may call: their spelling, their arguments, their axes."""

from __future__ import annotations

import ast
import math
from dataclasses import replace
from itertools import pairwise

from game.language.elementwise import FUNCTIONS_OF_VALUES
from game.language.memory_forms import delay_fixed, memory, trend
from game.language.nodes import (
    COMMUNITY,
    TILE,
    Aggregate,
    Arithmetic,
    Choice,
    Compare,
    Constant,
    Curve,
    Elementwise,
    Extreme,
    FlowValue,
    Near,
    Node,
    Special,
    StockName,
    walk,
)
from game.language.reading import Reader, Reading, axes_of
from game.language.scope import Scope
from game.language.suggest import did_you_mean
from game.language.time_forms import pulse, ramp, step
from game.language.unknown import look_up

FUNCTIONS = {
    "min": "min(a, b), or min(x) for the lowest of all",
    "max": "max(a, b), or max(x) for the highest of all",
    "clamp": "clamp(x, low, high)",
    "if": "if(condition, then, otherwise)",
    **{name: row.usage for name, row in FUNCTIONS_OF_VALUES.items()},
    "step": "step(height, at), 0 before that time and the height from then on",
    "pulse": "pulse(at, width), 1 from that time on for so long, else 0",
    "pulse_train": "pulse_train(at, width, every, until), such a pulse again and again",
    "ramp": "ramp(slope, at, until), 0 before that time and rising from then on",
    "near": "near(x), the mean of the neighbouring tiles",
    "mean": "mean(x) or mean(x, uses)",
    "sum": "sum(x) or sum(x, uses)",
    "share": "share(condition), the part of places where it holds",
    "count": "count(condition) or count(uses)",
    "saturate": "saturate(x, half), which is x / (x + half)",
    "curve": "curve(x, [[0, 0], [1, 1]]) or curve(x, table)",
    "series": "series(name), what a series of data says now",
    "noise": "noise(name), what chance says now",
    "delay": "delay(x, seasons) or delay(x, seasons, first), in three stages",
    "delay1": "delay1(x, seasons) or delay1(x, seasons, first), in one stage",
    "delay_fixed": "delay_fixed(x, seasons) or delay_fixed(x, seasons, first), what it was then",
    "smooth": "smooth(x, seasons) or smooth(x, seasons, first), in one stage",
    "smooth3": "smooth3(x, seasons) or smooth3(x, seasons, first), in three stages",
    "trend": "trend(x, seasons) or trend(x, seasons, first), by which share it grows in a season",
    "met": "met(flow), the share of what a flow asked that it got",
    "moved": "moved(flow), what a flow moved this season",
    "asked": "asked(flow), what a flow asked for this season",
    "total": "total(flow, community), what a flow moved in the whole window",
    "drift": "drift(name), by what share the total of closed stocks has moved since the start",
    "uses": "uses(community, tile)",
    "on": "on(terrain), 1 on tiles of that terrain",
    "full": "full(stock), its upper bound",
    "lasting": "lasting(action), 1 while its agreement runs",
}


def read_function(reader: Reader, name: str, arguments: list[ast.expr], offset: int) -> Node:
    """Return the node for a call of `name`; wrong arguments become faults."""
    reading, least, most = look_up(_READINGS, name, "function", "_READINGS in game/language/functions.py")
    if not least <= len(arguments) <= most:
        return reader.fault(
            offset, "wrong-arguments", f'"{name}" got {len(arguments)} arguments; write {FUNCTIONS[name]}'
        )
    return reading(reader, name, arguments, offset)


def _extreme(reader: Reader, name: str, arguments: list[ast.expr], offset: int) -> Node:
    if len(arguments) == 1 or (len(arguments) == 2 and _group_name(reader, arguments[1])):
        return _aggregate(reader, name, arguments, offset)
    parts = [reader.read(argument) for argument in arguments]
    result = parts[0]
    for part in parts[1:]:
        result = Extreme(result.axes | part.axes, name, result, part, offset=offset)
    return result


def _clamp(reader: Reader, name: str, arguments: list[ast.expr], offset: int) -> Node:
    value, low, high = (reader.read(argument) for argument in arguments)
    raised = Extreme(value.axes | low.axes, "max", value, low, offset=offset)
    return Extreme(raised.axes | high.axes, "min", raised, high, offset=offset)


def _choice(reader: Reader, name: str, arguments: list[ast.expr], offset: int) -> Node:
    condition, then, otherwise = (reader.read(argument) for argument in arguments)
    return Choice(condition.axes | then.axes | otherwise.axes, condition, then, otherwise, offset=offset)


def _elementwise(reader: Reader, name: str, arguments: list[ast.expr], offset: int) -> Node:
    values = tuple(reader.read(argument) for argument in arguments)
    return Elementwise(axes_of(values), name, values, offset=offset)


def _near(reader: Reader, name: str, arguments: list[ast.expr], offset: int) -> Node:
    argument = reader.read(arguments[0])
    if not argument.axes & TILE and not reader.faults:
        return reader.fault(
            offset, "wrong-domain", "near(...) looks at neighbouring tiles; what stands in it has no tiles"
        )
    return Near(argument.axes, argument, offset=offset)


def _group_name(reader: Reader, tree: ast.expr) -> str:
    scope = reader.scope
    if isinstance(tree, ast.Name) and (
        tree.id == "uses" or tree.id in scope.groups or (tree.id == "partners" and scope.partners)
    ):
        return tree.id
    return ""


def _aggregate(reader: Reader, name: str, arguments: list[ast.expr], offset: int) -> Node:
    group = _group_name(reader, arguments[-1])
    if name == "count" and len(arguments) == 1 and group not in ("", "uses", "target", "partners"):
        return Constant(0, float(len(reader.scope.groups[group])), offset=offset)
    if name == "count" and len(arguments) == 1 and group:
        argument: Node = Constant(0, 1.0)
    else:
        # A rule for one actor still collects over everybody: mean(grievance).
        argument = _read_for_all(reader, arguments[0])
        if len(arguments) == 2 and not group:
            allowed = ("uses", *(("partners",) if reader.scope.partners else ()), *reader.scope.groups)
            word = arguments[1].id if isinstance(arguments[1], ast.Name) else "this"
            return reader.fault(
                arguments[1].col_offset,
                "unknown-group",
                f'"{word}" is no group{did_you_mean(word, allowed)}; allowed: {", ".join(allowed)}',
            )
    if reader.faults:
        return Constant(0, 0.0)
    return _collapse(reader, name, argument, group, offset)


def _read_for_all(reader: Reader, tree: ast.expr) -> Node:
    before = reader.scope
    if before.default_who:
        reader.scope = replace(before, default_who="")
    try:
        return reader.read(tree)
    finally:
        reader.scope = before


def _collapse(reader: Reader, name: str, argument: Node, group: str, offset: int) -> Node:
    scope = reader.scope
    here = scope.axes
    if group == "uses":
        over, where = TILE, "uses"
        axes = (argument.axes & ~TILE) | COMMUNITY
    elif group == "target":
        over, where, axes = TILE, "target", argument.axes & ~TILE
    elif group:
        over, where = argument.axes, "partners" if group == "partners" else "group"
        if not argument.axes & COMMUNITY:
            return reader.fault(
                offset, "wrong-domain", f'"{group}" are communities; what stands before it must differ between them'
            )
        axes = 0
    else:
        extra = argument.axes & ~here
        over = extra or argument.axes
        axes, where = argument.axes & ~over, ""
        if not over:
            return reader.fault(offset, "wrong-domain", f"{name}(...) collects over places; this is one number already")
    members = scope.groups.get(group, ()) if where == "group" else ()
    return Aggregate(axes, name, argument, over, where, members, tile_stocks(argument, scope), offset=offset)


def tile_stocks(node: Node, scope: Scope) -> tuple[str, ...]:
    """Return the stocks of tiles that an expression reads: where it is collected, their tiles count."""
    found = {part.name for part in walk(node) if isinstance(part, StockName)}
    return tuple(sorted(name for name in found if scope.stocks[name].place == "tile"))


def _saturate(reader: Reader, name: str, arguments: list[ast.expr], offset: int) -> Node:
    value, half = (reader.read(argument) for argument in arguments)
    if reader.too_large(value, 2, offset):
        return Constant(0, 0.0)
    below = Arithmetic(value.axes | half.axes, "+", value, half, offset=offset)
    return Arithmetic(below.axes, "/", value, below, offset=offset)


def _curve(reader: Reader, name: str, arguments: list[ast.expr], offset: int) -> Node:
    argument, tree = reader.read(arguments[0]), arguments[1]
    if isinstance(tree, ast.Name):
        if tree.id in reader.scope.tables:
            return Curve(argument.axes, argument, reader.scope.tables[tree.id], offset=offset)
        hint = did_you_mean(tree.id, reader.scope.tables)
        return reader.fault(tree.col_offset, "unknown-name", f'there is no table "{tree.id}"{hint}')
    try:
        points = tuple((float(x), float(y)) for x, y in ast.literal_eval(arguments[1]))
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError, OverflowError):
        return reader.fault(arguments[1].col_offset, "wrong-arguments", "points are pairs of numbers: [[0, 0], [1, 1]]")
    rising = all(a[0] < b[0] for a, b in pairwise(points))
    finite = all(math.isfinite(value) and abs(value) <= 1e15 for point in points for value in point)
    if len(points) < 2 or not rising or not finite:
        return reader.fault(
            arguments[1].col_offset,
            "wrong-arguments",
            "a curve needs at least two points, each further to the right than the last",
        )
    return Curve(argument.axes, argument, points, offset=offset)


def _flow(reader: Reader, name: str, arguments: list[ast.expr], offset: int) -> Node:
    tree, flows = arguments[0], reader.scope.flows
    if name == "total" and not reader.scope.window:
        return reader.fault(
            offset, "wrong-domain", "total(...) adds up a window of seasons; it may stand in claims only"
        )
    if not isinstance(tree, ast.Name) or tree.id not in flows:
        word = tree.id if isinstance(tree, ast.Name) else "this"
        return reader.fault(tree.col_offset, "unknown-name", f'there is no flow "{word}"{did_you_mean(word, flows)}')
    view = flows[tree.id]
    who: tuple[str, ...] = ()
    if len(arguments) == 2:
        if not view.axes & COMMUNITY:
            return reader.fault(offset, "wrong-index", f'the flow "{tree.id}" is not counted per community')
        who = (reader.actor(arguments[1]),)
    elif reader.scope.default_who and view.axes & COMMUNITY:
        who = (reader.scope.default_who,)
    return FlowValue(0 if who else view.axes, name, tree.id, who, offset=offset)


def _drift(reader: Reader, name: str, arguments: list[ast.expr], offset: int) -> Node:
    tree, closed = arguments[0], reader.scope.closed
    if not reader.scope.window:
        return reader.fault(offset, "wrong-domain", "drift(...) looks back to the start; it may stand in claims only")
    if not isinstance(tree, ast.Name) or tree.id not in closed:
        word = tree.id if isinstance(tree, ast.Name) else "this"
        return reader.fault(
            tree.col_offset, "unknown-name", f'nothing closed is called "{word}"{did_you_mean(word, closed)}'
        )
    return FlowValue(0, name, tree.id, offset=offset)


def _uses(reader: Reader, name: str, arguments: list[ast.expr], offset: int) -> Node:
    words = [argument.id if isinstance(argument, ast.Name) else "" for argument in arguments]
    if words[1] != "tile" or not (
        words[0] == "community" or words[0] in reader.scope.actors + reader.scope.communities
    ):
        return reader.fault(offset, "wrong-arguments", "write uses(community, tile), or name the community")
    if words[0] == "community":
        return Special(COMMUNITY | TILE, "uses", offset=offset)
    return Special(TILE, "uses", (words[0],), offset=offset)


def _on(reader: Reader, name: str, arguments: list[ast.expr], offset: int) -> Node:
    tree, terrains = arguments[0], reader.scope.terrains
    if not isinstance(tree, ast.Name) or tree.id not in terrains:
        word = tree.id if isinstance(tree, ast.Name) else "this"
        hint = did_you_mean(word, terrains)
        return reader.fault(tree.col_offset, "unknown-name", f'there is no terrain "{word}"{hint}')
    return Special(TILE, "on", (tree.id,), offset=offset)


def _series(reader: Reader, name: str, arguments: list[ast.expr], offset: int) -> Node:
    tree, known = arguments[0], reader.scope.series
    if not isinstance(tree, ast.Name) or tree.id not in known:
        word = tree.id if isinstance(tree, ast.Name) else "this"
        return reader.fault(tree.col_offset, "unknown-name", f'there is no data "{word}"{did_you_mean(word, known)}')
    return Special(0, "series", (tree.id,), offset=offset)


def _noise(reader: Reader, name: str, arguments: list[ast.expr], offset: int) -> Node:
    tree, known = arguments[0], reader.scope.noise
    if not isinstance(tree, ast.Name) or tree.id not in known:
        word = tree.id if isinstance(tree, ast.Name) else "this"
        return reader.fault(tree.col_offset, "unknown-name", f'there is no noise "{word}"{did_you_mean(word, known)}')
    return Special(known[tree.id][0], "noise", (tree.id,), offset=offset)


def _full(reader: Reader, name: str, arguments: list[ast.expr], offset: int) -> Node:
    tree = arguments[0]
    if not isinstance(tree, ast.Name) or tree.id not in reader.scope.stocks:
        word = tree.id if isinstance(tree, ast.Name) else "this"
        return reader.fault(
            tree.col_offset, "unknown-name", f'there is no stock "{word}"{did_you_mean(word, reader.scope.stocks)}'
        )
    return Constant(0, reader.scope.stocks[tree.id].high, offset=offset)


def _lasting(reader: Reader, name: str, arguments: list[ast.expr], offset: int) -> Node:
    tree = arguments[0]
    if not isinstance(tree, ast.Name) or tree.id not in reader.scope.agreements:
        word = tree.id if isinstance(tree, ast.Name) else "this"
        hint = did_you_mean(word, reader.scope.agreements)
        return reader.fault(tree.col_offset, "unknown-name", f'no action "{word}" lasts{hint}')
    return Compare(0, ">", Special(0, "lasting", (tree.id,), offset=offset), Constant(0, 0.0), offset=offset)


_READINGS: dict[str, tuple[Reading, int, int]] = {
    "min": (_extreme, 1, 8),
    "max": (_extreme, 1, 8),
    "clamp": (_clamp, 3, 3),
    "if": (_choice, 3, 3),
    **{name: (_elementwise, row.arity, row.arity) for name, row in FUNCTIONS_OF_VALUES.items()},
    "step": (step, 2, 2),
    "pulse": (pulse, 2, 2),
    "pulse_train": (pulse, 4, 4),
    "ramp": (ramp, 2, 3),
    "near": (_near, 1, 1),
    "mean": (_aggregate, 1, 2),
    "sum": (_aggregate, 1, 2),
    "share": (_aggregate, 1, 2),
    "count": (_aggregate, 1, 2),
    "saturate": (_saturate, 2, 2),
    "curve": (_curve, 2, 2),
    "series": (_series, 1, 1),
    "noise": (_noise, 1, 1),
    "delay": (memory, 2, 3),
    "delay1": (memory, 2, 3),
    "delay_fixed": (delay_fixed, 2, 3),
    "smooth": (memory, 2, 3),
    "smooth3": (memory, 2, 3),
    "trend": (trend, 2, 3),
    "met": (_flow, 1, 2),
    "moved": (_flow, 1, 2),
    "asked": (_flow, 1, 2),
    "total": (_flow, 1, 2),
    "drift": (_drift, 1, 1),
    "uses": (_uses, 2, 2),
    "on": (_on, 1, 1),
    "full": (_full, 1, 1),
    "lasting": (_lasting, 1, 1),
}
