"""The ticks of a season of one level as the text of a compiled kernel, and the tables it is called with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.language.nodes import TILE, Constant
from game.sim.compiled import tables as table
from game.sim.compiled.formulas import function_text
from game.sim.compiled.lists import Lists
from game.sim.compiled.loop import INDENT, Loop, nest
from game.sim.compiled.memory import remembering
from game.sim.compiled.places import DOWNHILL, SEASON, TICK, Call, Step
from game.sim.compiled.rows import Cover, Rows, Space, everywhere
from game.sim.compiled.source import Source
from game.sim.model import Model
from game.sim.plans import DownhillPlan, FlowPlan, StockPlan
from game.sim.totals import Floats

CHANGED = ("stock", "moved", "asked", "memory", "outside")
LINES_PER_LOOP = 60  # of one inner loop: more share what they read, and too many wait for registers
LINES_PER_PART = 150  # of one function: the time to compile it grows faster than its length

HEAD = '''"""What the rules of one level do in a tick: written by Powerdance, compiled by numba.  It may be deleted."""

from game.sim.compiled.lanes import absolute, floor, lanes, larger, of_both, of_each, pick, put, smaller, sqrt
from game.sim.compiled.land import even_out, run_down
from game.sim.compiled.operations import INFINITY, compiled, peek
'''

PART = """

def {name}(s, f, number):
"""


Program = tuple[table.Integers, Floats]


@dataclass(frozen=True)
class KernelText:
    """The parts of a kernel as text, and everything that a season is called with and that all worlds share.

    A program is (steps, STEP_COLUMNS) whole numbers, its values (steps, 2).
    """

    text: str
    parts: tuple[str, ...]  # the names of the functions in the text
    beginning: Program  # once, when a season begins
    tick: Program
    ticks: int
    tree: int  # where there is space for totals
    length: int  # of the array of a block
    given: dict[tuple[str, str], Rows]  # what it reads of a World: (kind, name), and where it goes
    taken: dict[tuple[str, str], Rows]  # what of it is changed
    stocks: table.Integers  # one row for each stock of matter, STOCK_COLUMNS
    flows: table.Integers  # one row for each flow, FLOW_COLUMNS
    lists: table.Integers  # where flows and stocks live, and how to add up flows: LIST_COLUMNS
    bounds: Floats  # (stocks, 2) the lower and the upper bound of each stock of matter
    speeds: Floats  # the share of a stage of each flow's delay that leaves it in a tick
    fixed: Floats


def write_kernel(model: Model) -> KernelText:
    """Return the kernel of a model as text.  Raises Unsupported for a rule that only NumPy can do."""
    spread_out = Space(table.LANES, model.layout)
    _written(model, spread_out)
    return _written(model, Space(table.LANES, model.layout, spread_out.packed()))


def _written(model: Model, space: Space) -> KernelText:
    source = Source(model, space)
    shared = _Shared(source)
    asked = _ask(source, shared)
    changes, inputs = _drift(source, shared)
    summed = _sum_up(source, shared, asked)
    shared.close()
    lists = Lists(space.row)
    stocks, flows, bounds, speeds = _tables(source, lists, asked, summed)
    after = _after(source, changes, inputs)
    parts: list[str] = []
    beginning = _program(source.calls[SEASON], parts)
    tick = _program([*source.calls[TICK], Step(table.FLOWS, ()), *after], parts)
    return KernelText(
        HEAD + "".join(function_text(name) for name in source.functions) + "".join(parts),
        tuple(_part_name(index) for index in range(len(parts))),
        beginning,
        tick,
        model.level.seasons.ticks,
        source.tree.at,
        source.space.length,
        dict(source.places),
        {key: rows for key, rows in source.places.items() if key[0] in CHANGED},
        stocks,
        flows,
        lists.table(),
        bounds,
        speeds,
        source.space.fixed_numbers(),
    )


class _Shared:
    """Loops that several rules over the same places share; a loop that grows long is followed by another."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.loops: dict[tuple[int, Cover], list[Loop]] = {}

    def over(self, axes: int, masks: list[Floats]) -> Loop:
        """Return the loop over the places where one of some masks counts."""
        cover = self.source.cover(masks) if axes & TILE else everywhere(1)
        loops = self.loops.setdefault((axes, cover), [])
        if not loops or len(loops[-1].lines) > LINES_PER_LOOP:
            loops.append(Loop(self.source, axes, TICK, cover))
        return loops[-1]

    def close(self) -> None:
        """Let the loops so far run; those that follow may read what they wrote."""
        self.source.calls[TICK] += [nest(loops) for loops in self.loops.values()]
        self.loops = {}


def _ask(source: Source, shared: _Shared) -> dict[str, Rows]:
    """Write what flows ask for; return where it lies."""
    model, asked = source.model, {}
    for flow in model.flows:
        source.prepare(model.nodes["flows", flow.name, "rate"], flow.axes, TICK)
        if flow.where is not None:
            source.prepare(model.nodes["flows", flow.name, "where"], flow.axes, TICK)
    for flow in model.flows:
        loop = shared.over(flow.axes, [flow.live_tick])
        rate = loop.value(model.nodes["flows", flow.name, "rate"])
        if not flow.never_negative:
            rate = loop.let(f"larger({rate}, 0.0) + 0.0")
        gate = loop.fixed(flow.live_tick, of_ticks=True)
        if flow.where is not None:
            gate = loop.let(f"pick({loop.truth(model.nodes['flows', flow.name, 'where'])}, {gate}, 0.0)")
        asked[flow.name] = source.space.take(source.sizes(flow.axes))
        loop.write(asked[flow.name], loop.let(f"{rate} * {gate}"))
    return asked


def _sum_up(source: Source, shared: _Shared, asked: dict[str, Rows]) -> dict[tuple[str, int], Rows]:
    """Write the totals at the ends of stocks of tiles where all flows are of tiles; return where they lie."""
    shared.close()
    summed: dict[tuple[str, int], Rows] = {}
    for name, plan in source.model.stocks.items():
        for end in (table.SOURCE, table.TARGET) if plan.axes == TILE else ():
            flows = [flow for flow in source.model.flows if name == (flow.source, flow.target)[end - table.SOURCE]]
            late = end == table.TARGET and any(flow.stage_seasons for flow in flows)
            if len(flows) < 2 or late or any(flow.axes != TILE for flow in flows):
                continue
            loop, total = shared.over(TILE, [flow.live_tick for flow in flows]), ""
            for flow in flows:
                part = loop.read(asked[flow.name])
                total = loop.let(f"{total} + {part}") if total else part
            summed[name, end] = source.space.take(source.sizes(TILE))
            loop.write(summed[name, end], total)
    return summed


def _drift(source: Source, shared: _Shared) -> tuple[dict[str, Rows], dict[str, Rows]]:
    """Write how states change and what delays take in; return where it lies."""
    model = source.model
    changing: dict[str, list[str]] = {}
    for influence in model.influences:
        if not influence.once:
            changing.setdefault(influence.of, []).append(influence.name)
    for name, influences in changing.items():
        for one in influences:
            source.prepare(model.nodes["influences", one, "change"], model.stocks[name].axes, TICK)
    changes = {}
    for name, influences in changing.items():
        plan = model.stocks[name]
        loop = shared.over(plan.axes, [_changing(plan)])
        change = ""
        for one in influences:
            value = loop.value(model.nodes["influences", one, "change"])
            change = loop.let(f"{change} + {value}") if change else value
        changes[name] = source.space.take(source.sizes(plan.axes))
        loop.write(changes[name], loop.let(f"({change} * {loop.tick()}) * {loop.fixed(plan.live)}"))
    inputs = {}
    for key, node in source.layout.delays.items():
        if key in model.delays:
            inputs[key] = source.compute(node.argument, node.axes, TICK)
            if not isinstance(node.share, Constant):
                inputs[f"share {key}"] = source.compute(node.share, node.axes, TICK)
    return changes, inputs


def _changing(plan: StockPlan) -> Floats:
    """Return where a state is worked on: where it lives, or everywhere if the 0 of other places is below its range."""
    return plan.live if plan.low <= 0.0 <= plan.high else np.ones((1, 1, 1, 1, 1))


def _tables(
    source: Source, lists: Lists, asked: dict[str, Rows], summed: dict[tuple[str, int], Rows]
) -> tuple[table.Integers, table.Integers, Floats, Floats]:
    """Return the tables of stocks and flows, the bounds of stocks, and the speeds of delays."""
    model = source.model
    moving = {name for flow in model.flows for name in (flow.source, flow.target) if name}
    names = [name for name in model.stocks if name in moving]
    stocks = np.array([_stock_row(source, lists, name, summed) for name in names], dtype=np.int64).reshape(
        -1, table.STOCK_COLUMNS
    )
    flows = np.array([_flow_row(source, lists, flow, asked[flow.name], names) for flow in model.flows], dtype=np.int64)
    speeds = [min(model.tick / flow.stage_seasons, 1.0) if flow.stage_seasons else 0.0 for flow in model.flows]
    bounds = np.array([(model.stocks[name].low, model.stocks[name].high) for name in names]).reshape(-1, 2)
    return stocks, flows.reshape(-1, table.FLOW_COLUMNS), bounds, np.array(speeds)


def _stock_row(source: Source, lists: Lists, name: str, summed: dict[tuple[str, int], Rows]) -> list[int]:
    rows = source.given("stock", name)
    late = any(flow.target == name and flow.stage_seasons for flow in source.model.flows)
    masks = [flow.live_tick for flow in source.model.flows if name in (flow.source, flow.target)]
    cover = source.cover(masks) if rows.sizes[2] > 1 and not late else everywhere(rows.sizes[2])
    done = [summed.get((name, end)) for end in (table.SOURCE, table.TARGET)]
    totals = [(total or source.space.take(rows.sizes)).at for total in done]
    free = [source.space.take(rows.sizes).at for _ in range(3)]
    known = [int(total is not None) for total in done]
    place = [rows.at, rows.sizes[0], rows.sizes[2], rows.count * source.block]
    return [*place, *totals, *free, int(late), *known, *lists.stretches(cover, rows.sizes)]


def _flow_row(source: Source, lists: Lists, flow: FlowPlan, rows: Rows, names: list[str]) -> list[int]:
    communities, _, tiles = rows.sizes
    cover = source.cover([flow.live_tick]) if tiles > 1 else everywhere(1)
    take = source.space.take
    total = take((communities, 1, 1)).at if tiles > 1 else rows.at
    whole = take((1, 1, 1)).at if communities > 1 else total
    ends = [names.index(name) if name else -1 for name in (flow.source, flow.target)]
    shapes = [
        source.sizes(source.model.stocks[name].axes) if name else (0, 0, 0) for name in (flow.source, flow.target)
    ]
    by_tile = take((1, 1, tiles)).at if communities > 1 and (1, 1, tiles) in shapes and tiles > 1 else -1
    parts = {rows.sizes: rows.at, (0, 0, 0): -1}
    for sizes, at in (((communities, 1, 1), total), ((1, 1, 1), whole), ((1, 1, tiles), by_tile)):
        parts.setdefault(sizes, at)
    memory = source.given("memory", flow.name) if flow.stage_seasons else None
    return [
        rows.at,
        communities,
        tiles,
        *ends,
        *(parts[sizes] for sizes in shapes),
        total,
        whole,
        by_tile,
        take(rows.sizes).at,
        source.given("moved", flow.name).at,
        source.given("asked", flow.name).at if flow.counts_asked else -1,
        source.given("outside", flow.target or flow.source).at if not (flow.source and flow.target) else -1,
        memory.at if memory else -1,
        take(memory.sizes, 3).at if memory else -1,
        *lists.stretches(cover, rows.sizes),
        *lists.sums(cover, tiles),
        flow.first_stage,
    ]


def _after(source: Source, changes: dict[str, Rows], inputs: dict[str, Rows]) -> list[Call]:
    """Return the calls for what comes after the flows of a tick, but for running downhill."""
    model = source.model
    calls: list[Call] = []
    for name, rows in changes.items():
        plan, at = model.stocks[name], source.given("stock", name).at
        cover = source.cover([_changing(plan)]) if plan.axes & TILE else everywhere(rows.count)
        for begin, end in cover:
            stretch, length = begin * source.block, (end - begin) * source.block
            calls.append(Step(table.CLIP, (at + stretch, rows.at + stretch, length), (plan.low, plan.high)))
    for key in model.delays:
        calls += remembering(source, key, inputs)
    for name, plan in model.stocks.items():
        if plan.spread:
            held, free = source.given("stock", name), source.product.at
            edges = source.space.keep(_edges(plan, plan.spread * model.tick), of_ticks=True)
            cover = source.cover([plan.live])
            tiles = f"{len(cover)}, {source.stretches(cover)}"
            calls.append([f"even_out(s, f, {held.at}, {free}, {edges}, {tiles}, {plan.high!r}, {_map(source)})"])
            for begin, end in cover:
                stretch, length = begin * source.block, (end - begin) * source.block
                calls.append(Step(table.COPY, (held.at + stretch, free + stretch, length)))
    return calls + _downhill(source)


def _map(source: Source) -> str:
    return f"{source.layout.rows}, {source.layout.columns}, {source.block}"


def _downhill(source: Source) -> list[Call]:
    """Return the calls for what runs downhill: all shares first, then stock after stock."""
    model = source.model
    running = [(name, plan, plan.downhill) for name, plan in model.stocks.items() if plan.downhill]
    for name, _, _ in running:
        source.prepare(model.nodes["stocks", name, "downhill"], TILE, DOWNHILL)
    calls: list[Call] = []
    fits = source.space.take_between_guards(source.sizes(TILE)) if running else source.product
    for name, plan, downhill in running:
        loop, leaving = Loop(source, TILE, DOWNHILL), source.space.take_between_guards(source.sizes(TILE))
        rate = loop.value(model.nodes["stocks", name, "downhill"])
        share = loop.let(f"smaller(larger({rate}, 0.0) * {loop.tick()}, 1.0) + 0.0")
        at = source.given("stock", name)
        loop.write(leaving, loop.let(f"{loop.read(at)} * {share}"))
        source.calls[DOWNHILL].append(loop.text())
        ways = source.space.keep(_ways(downhill))
        arguments = f"{at.at}, {leaving.at}, {fits.at}, {ways}, {plan.high!r}, {_map(source)}"
        calls.append([f"run_down(s, f, {arguments})"])
    return source.calls[DOWNHILL] + calls


def _edges(plan: StockPlan, rate: float) -> Floats:
    """Return for each tile the rates of spreading to the tiles below, above, right and left of it."""
    live = plan.live
    down = (live[:, :, :-1] * live[:, :, 1:] * rate)[0, 0, :, :, 0]
    right = (live[:, :, :, :-1] * live[:, :, :, 1:] * rate)[0, 0, :, :, 0]
    edges = np.zeros((live.shape[2], live.shape[3], 4))
    edges[:-1, :, 0], edges[1:, :, 1] = down, down
    edges[:, :-1, 2], edges[:, 1:, 3] = right, right
    return edges


def _ways(plan: DownhillPlan) -> Floats:
    """Return for each tile the shares that run down, up, right and left, and those of what its neighbours send it."""
    down, up, right, left = (values[0, 0, :, :, 0] for values in (plan.down, plan.up, plan.right, plan.left))
    ways = np.zeros((*down.shape, 8))
    for index, values in enumerate((down, up, right, left)):
        ways[:, :, index] = values
    ways[1:, :, 4], ways[:-1, :, 5] = down[:-1], up[1:]
    ways[:, 1:, 6], ways[:, :-1, 7] = right[:, :-1], left[:, 1:]
    return ways


def _program(calls: list[Call], parts: list[str]) -> Program:
    """Return calls as the steps of a program; neighbouring loops become functions, which are added to `parts`."""
    steps: list[Step] = []
    lines: list[str] = []
    for call in [*calls, None]:
        if lines and (not isinstance(call, list) or len(lines) + len(call) > LINES_PER_PART):
            steps.append(Step(table.RUN_PART, (len(parts),)))
            body = "\n".join(INDENT + line for line in lines)
            parts.append(PART.format(name=_part_name(len(parts))) + body + "\n")
            lines = []
        if isinstance(call, list):
            lines += call
        elif call is not None:
            steps.append(call)
    program, values = np.zeros((len(steps), table.STEP_COLUMNS), np.int64), np.zeros((len(steps), 2))
    for index, step in enumerate(steps):
        program[index, : 1 + len(step.whole)] = (step.kind, *step.whole)
        values[index, : len(step.values)] = step.values
    return program, values


def _part_name(index: int) -> str:
    return f"part_{index}"
