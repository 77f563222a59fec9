"""What passes in the memories of delays and smoothings in a tick, as calls of a compiled kernel."""

from __future__ import annotations

from game.language.nodes import Constant
from game.language.unknown import UnknownKind
from game.sim.compiled import tables as table
from game.sim.compiled.loop import Loop
from game.sim.compiled.places import TICK, Call, Step
from game.sim.compiled.rows import Rows
from game.sim.compiled.source import Source


def remembering(source: Source, key: str, inputs: dict[str, Rows]) -> list[Call]:
    """Return the calls that let a tick pass for a memory; `inputs` tells where what was read lies, and its share."""
    node, rows = source.model.delays[key].node, source.given("memory", key)
    length = rows.count * source.block
    ends = [rows.at + stage * length for stage in range(node.stages)]
    before = [inputs[key].at, *ends[:-1]]
    if node.kind == "kept":
        return [Step(table.COPY, (to, of, length)) for to, of in reversed(list(zip(ends, before, strict=True)))]
    if node.kind == "told" and isinstance(node.share, Constant):
        steps = reversed(list(zip(ends, before, strict=True)))
        return [Step(table.APPROACH, (to, of, length), (node.share.value,)) for to, of in steps]
    if node.kind not in ("told", "carried"):
        raise UnknownKind("kind of memory", node.kind, "remembering in game/sim/compiled/memory.py")
    return [_passing(source, key, inputs, [Rows(at, rows.sizes) for at in ends])]


def _passing(source: Source, key: str, inputs: dict[str, Rows], stages: list[Rows]) -> Call:
    """Return the loop over the stages of a memory whose share differs."""
    node = source.model.delays[key].node
    loop = Loop(source, node.axes, TICK)
    given, entering = inputs.get(f"share {key}"), loop.read(inputs[key])
    share = loop.value(node.share) if given is None else loop.read(given)
    carried = node.kind == "carried"
    entering = loop.let(f"{entering} * {loop.tick()}") if carried else entering
    held = [loop.read(stage) for stage in stages]
    for stage, old in zip(stages, held, strict=True):
        leaving = loop.let(f"{old} * {share}") if carried else old
        change = f"{entering} - {leaving}" if carried else f"({entering} - {old}) * {share}"
        loop.write(stage, loop.let(f"{old} + ({change})"))
        entering = leaving
    return loop.text()
