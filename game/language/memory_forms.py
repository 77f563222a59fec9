"""Delays and smoothings: what a reading was, in stages that a world keeps.

Three kinds of memory.  What is *told* moves towards what is read (Forrester's
information delay, SMOOTH); what is *carried* is conserved on its way, also
while the time it takes changes (a material delay, DELAY3); what is *kept*
comes out as it went in, a fixed time later.
"""

from __future__ import annotations

import ast
from dataclasses import replace

from game.language.nodes import Arithmetic, Constant, Delayed, Elementwise, Extreme, Node
from game.language.ranges import range_of
from game.language.reading import Reader, axes_of

LONGEST = 100  # seasons
MOST_KEPT = 512  # ticks
ALWAYS = frozenset(("season", "time", "users", "height"))  # the names that have a value in every tick
ORDERS = {"delay": 3, "delay1": 1, "smooth": 1, "smooth3": 3}


def memory(reader: Reader, name: str, arguments: list[ast.expr], offset: int) -> Node:
    """One of delay, delay1, smooth, smooth3: of a value, over so many seasons, perhaps with what it begins with."""
    value, seasons, *more = (reader.read(argument) for argument in arguments)
    if _misplaced(reader, name, offset):
        return Constant(0, 0.0)
    key = f"{name}({', '.join(ast.unparse(argument) for argument in arguments)})"
    order, ticks = ORDERS[name], reader.scope.ticks
    axes = axes_of([value, seasons, *more])
    start = more[0] if more else None
    shortest = 1.0 / ticks
    low, high = range_of(seasons, reader.scope)
    if high < shortest - 1e-9 or (isinstance(seasons, Constant) and low > LONGEST):
        message = f"a delay takes a number of seasons from {shortest:g} (a tick) to {LONGEST}"
        return reader.fault(arguments[1].col_offset, "wrong-arguments", message)
    if isinstance(seasons, Constant):
        # Below a tick a stage it would take longer than it says.
        stages = min(order, max(1, int(seasons.value * ticks + 1e-9)))
        if name == "delay" and not more:
            key = f"{ast.unparse(arguments[0])} delayed by {seasons.value:g}"
        share: Node = Constant(0, min(float(stages) * (1.0 / ticks) / seasons.value, 1.0))
        return Delayed(axes, value, share, start, "told", stages, seasons.value, key, offset=offset)
    shortest_of_all = Constant(0, order / ticks)
    longer = Extreme(seasons.axes, "max", seasons, shortest_of_all, offset=offset)
    share = Arithmetic(seasons.axes, "/", shortest_of_all, longer, offset=offset)
    if name.startswith("smooth"):
        return Delayed(axes, value, share, start, "told", order, 0.0, key, offset=offset)
    kept = Delayed(axes, value, share, start, "carried", order, 0.0, key, offset=offset)
    leaving = Arithmetic(axes, "*", kept, share, offset=offset)
    return Arithmetic(axes, "*", leaving, Constant(0, float(ticks)), offset=offset)


def delay_fixed(reader: Reader, name: str, arguments: list[ast.expr], offset: int) -> Node:
    """What a value was so many seasons ago, exactly; before that what it begins with."""
    value, seasons, *more = (reader.read(argument) for argument in arguments)
    if _misplaced(reader, name, offset):
        return Constant(0, 0.0)
    ticks = reader.scope.ticks
    stages = round(seasons.value * ticks) if isinstance(seasons, Constant) else 0
    if not 1 <= stages <= MOST_KEPT:
        message = f"a fixed delay takes a plain number of seasons, from 1 to {MOST_KEPT} ticks ({1 / ticks:g} to "
        return reader.fault(arguments[1].col_offset, "wrong-arguments", f"{message}{MOST_KEPT / ticks:g} seasons)")
    key = f"{name}({', '.join(ast.unparse(argument) for argument in arguments)})"
    start = more[0] if more else None
    axes = axes_of([value, *more])
    return Delayed(axes, value, Constant(0, 1.0), start, "kept", stages, stages / ticks, key, offset=offset)


def trend(reader: Reader, name: str, arguments: list[ast.expr], offset: int) -> Node:
    """By which share a value grows in a season, as somebody sees it who smooths it over so many seasons."""
    value, seasons, *more = (reader.read(argument) for argument in arguments)
    if _misplaced(reader, name, offset) or reader.too_large(value, 3, offset):
        return Constant(0, 0.0)
    first = more[0] if more else Constant(0, 0.0)
    axes = axes_of([value, seasons, first])
    grown = Arithmetic(axes, "+", Constant(0, 1.0), Arithmetic(axes, "*", first, seasons), offset=offset)
    usual = memory(reader, "smooth", arguments[:2], offset)
    if not isinstance(usual, Delayed):
        return usual
    key = f"{name}({', '.join(ast.unparse(argument) for argument in arguments)})"
    usual = replace(usual, axes=axes, start=Arithmetic(axes, "/", value, grown, offset=offset), key=key)
    gap = Arithmetic(axes, "-", value, usual, offset=offset)
    size = Elementwise(axes, "abs", (usual,), offset=offset)
    return Arithmetic(axes, "/", gap, Arithmetic(axes, "*", seasons, size, offset=offset), offset=offset)


def _misplaced(reader: Reader, name: str, offset: int) -> bool:
    scope = reader.scope  # what an agreement settles and asks is known in its own moment only
    if not (scope.actors or scope.window or scope.partners or scope.specials.keys() - ALWAYS):
        return False
    message = f"{name}(...) keeps a memory; it may stand in flows, influences and auxiliaries only"
    reader.fault(offset, "wrong-domain", message)
    return True
