"""Steps, pulses and ramps: made of comparisons of the time, each as if it were asked in the middle of a tick.

So a step at 3.1 is taken in the tick that begins at 3.1, however 3.1 is rounded.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from game.language.nodes import Arithmetic, Choice, Compare, Constant, Elementwise, Extreme, Logic, Node, Special
from game.language.ranges import range_of
from game.language.reading import Reader, axes_of


def _time(reader: Reader, offset: int) -> tuple[Node, Node]:
    """Return the time, and the middle of the tick: it tells on which side of a moment a tick lies."""
    time = Special(0, "time", offset=offset)
    return time, Arithmetic(0, "+", time, Constant(0, 0.5 / reader.scope.ticks), offset=offset)


def _when(conditions: Sequence[Node], then: Node, offset: int) -> Node:
    axes = axes_of([*conditions, then])
    holds = (
        conditions[0] if len(conditions) == 1 else Logic(axes_of(conditions), "and", tuple(conditions), offset=offset)
    )
    return Choice(axes, holds, then, Constant(0, 0.0), offset=offset)


def _compared(left: Node, operator: str, right: Node) -> Node:
    return Compare(left.axes | right.axes, operator, left, right, offset=right.offset)


def step(reader: Reader, name: str, arguments: list[ast.expr], offset: int) -> Node:
    """A height from some time on."""
    height, at = (reader.read(argument) for argument in arguments)
    return _when([_compared(_time(reader, offset)[1], ">", at)], height, offset)


def pulse(reader: Reader, name: str, arguments: list[ast.expr], offset: int) -> Node:
    """A pulse of height 1, at least a tick long; with four arguments, again and again."""
    at, width, *more = (reader.read(argument) for argument in arguments)
    if reader.too_large(at, 2, offset):
        return Constant(0, 0.0)
    middle = _time(reader, offset)[1]
    wide = Extreme(width.axes, "max", width, Constant(0, 1.0 / reader.scope.ticks), offset=offset)
    if not more:
        end = Arithmetic(at.axes | wide.axes, "+", at, wide, offset=offset)
        return _when([_compared(middle, ">", at), _compared(middle, "<", end)], Constant(0, 1.0), offset)
    every, until = more
    if range_of(every, reader.scope)[1] <= 0.0:
        message = "a pulse train takes an interval above 0, as in pulse_train(3, 1, 4, 20): from 3 to 20, every 4"
        return reader.fault(arguments[2].col_offset, "wrong-arguments", message)
    since = Arithmetic(at.axes, "-", middle, at, offset=offset)
    over = Elementwise(since.axes | every.axes, "mod", (since, every), offset=offset)
    holds = [_compared(middle, ">", at), _compared(middle, "<", until), _compared(over, "<", wide)]
    return _when(holds, Constant(0, 1.0), offset)


def ramp(reader: Reader, name: str, arguments: list[ast.expr], offset: int) -> Node:
    """A slope that begins, and may end."""
    slope, at, *more = (reader.read(argument) for argument in arguments)
    if reader.too_large(at, 2, offset):
        return Constant(0, 0.0)
    since = Arithmetic(at.axes, "-", _time(reader, offset)[0], at, offset=offset)
    risen: Node = Extreme(since.axes, "max", since, Constant(0, 0.0), offset=offset)
    for until in more:
        longest = Arithmetic(until.axes | at.axes, "-", until, at, offset=offset)
        risen = Extreme(risen.axes | longest.axes, "min", risen, longest, offset=offset)
    return Arithmetic(slope.axes | risen.axes, "*", slope, risen, offset=offset)
