"""What a tick does with matter, compiled once for all levels: the same steps as `game.sim.flows`, row by row.

Importing this module needs numba.  Two tables say where everything lies in
the array of a block: see `tables`.  `marks` and `kept` are notes for
one tick; `tree` is free space for totals.
"""

from __future__ import annotations

import numpy as np

from game.sim.compiled.operations import (
    above,
    add,
    add_and_clip,
    compiled,
    copy,
    exceeding,
    exceeding_both,
    fill,
    gain_and_lose,
    less_room,
    lose,
    multiply,
    pass_on,
    room,
    scaled,
    shares,
    subtract,
    without_room,
)
from game.sim.compiled.tables import (
    ASKED,
    BEGIN,
    BY_TILE,
    COMMUNITIES,
    DENSE,
    FIRST_STAGE,
    FLOW_FIRST,
    FLOW_LAST,
    FULL,
    HELD,
    HIGH,
    IN,
    IN_AT,
    IN_STALE,
    IN_SUMMED,
    KEPT,
    LATE,
    LEAVING,
    LENGTH,
    LOW,
    MARKS,
    MEMORY,
    MOVED,
    OUT,
    OUT_AT,
    OUT_STALE,
    OUT_SUMMED,
    OUTSIDE,
    OVERFULL,
    PART,
    ROOM,
    ROW,
    SHARE,
    SHORT,
    SIZE,
    SOURCE,
    STOCK_FIRST,
    STOCK_LAST,
    SUM_AT,
    SUM_FIRST,
    SUM_LAST,
    TARGET,
    TILES,
    TOTAL,
    WHOLE,
    WITHIN,
    Integers,
)
from game.sim.compiled.totals import halved, over_communities, sparsely
from game.sim.totals import Floats


@compiled
def forget(s: Floats, flows: Integers, row: int) -> None:
    """Count anew what flows move and ask for."""
    for one in range(len(flows)):
        fill(s, flows[one, MOVED], flows[one, COMMUNITIES] * row, 0.0)
        if flows[one, ASKED] >= 0:
            fill(s, flows[one, ASKED], flows[one, COMMUNITIES] * row, 0.0)


@compiled
def sum_up(s: Floats, flows: Integers, lists: Integers, one: int, row: int, tree: int) -> None:
    """Work out the totals of a flow that its ends need."""
    at, communities, tiles = flows[one, ROW], flows[one, COMMUNITIES], flows[one, TILES]
    if flows[one, BY_TILE] >= 0:
        first, count = flows[one, FLOW_FIRST], (flows[one, FLOW_LAST] - flows[one, FLOW_FIRST]) // communities
        for r in range(first, first + count):
            out, begin = flows[one, BY_TILE] + lists[r, BEGIN], at + lists[r, BEGIN]
            over_communities(s, out, begin, communities, tiles * row, lists[r, LENGTH], tree)
    if tiles > 1:
        first, last, place = flows[one, SUM_FIRST], flows[one, SUM_LAST], flows[one, SUM_AT]
        for community in range(communities):
            out, begin = flows[one, TOTAL] + community * row, at + community * tiles * row
            if place == DENSE:
                halved(s, out, begin, tiles, row, tree)
            else:
                sparsely(s, out, begin, lists, first, last, place, row, tree)
    if communities > 1:
        halved(s, flows[one, WHOLE], flows[one, TOTAL], communities, row, tree)


@compiled
def total_at(s: Floats, stocks: Integers, flows: Integers, lists: Integers, stock: int, end: int, late: bool) -> int:
    """Return where the total of the flows at one end of a stock lies, -1 if there are none.

    `late` counts what arrives through delays as well.
    """
    out, size = stocks[stock, OUT if end == SOURCE else IN], stocks[stock, SIZE]
    found = -1
    for one in range(len(flows)):
        if flows[one, end] != stock:
            continue
        part = flows[one, end + PART]
        if end == TARGET and flows[one, MEMORY] >= 0:
            if not late:
                continue
            part = flows[one, LEAVING] + 2 * size
        if found < 0:
            found = part
        else:
            for r in range(stocks[stock, STOCK_FIRST], stocks[stock, STOCK_LAST]):
                begin = lists[r, BEGIN]
                add(s, out + begin, found + begin, part + begin, lists[r, LENGTH])
            found = out
    return found


@compiled
def cut(
    s: Floats, stocks: Integers, flows: Integers, lists: Integers, marks: Integers, kept: Integers, stock: int,
    end: int, total: int, bound: int, row: int, tree: int,
) -> None:  # fmt: skip
    """Cut the flows at one end of a stock to what fits, all by the same share."""
    share = stocks[stock, SHARE]
    for r in range(stocks[stock, STOCK_FIRST], stocks[stock, STOCK_LAST]):
        begin = lists[r, BEGIN]
        shares(s, share + begin, total + begin, bound + begin, lists[r, LENGTH])
    for one in range(len(flows)):
        if flows[one, end] != stock or (end == TARGET and flows[one, MEMORY] >= 0):
            continue
        if kept[one] == 0:
            copy_living(s, flows, lists, one, flows[one, KEPT], flows[one, ROW])
            kept[one] = 1
        tiles = flows[one, TILES]
        for r in range(flows[one, FLOW_FIRST], flows[one, FLOW_LAST]):
            at, length = flows[one, ROW] + lists[r, BEGIN], lists[r, LENGTH]
            community = lists[r, BEGIN] // (tiles * row) if stocks[stock, COMMUNITIES] > 1 else 0
            if stocks[stock, TILES] == tiles:
                multiply(s, at, at, share + community * tiles * row + lists[r, WITHIN], length)
            else:
                for tile in range(0, length, row):
                    multiply(s, at + tile, at + tile, share + community * row, row)
        changed(flows, marks, one)
        sum_up(s, flows, lists, one, row, tree)


@compiled
def copy_living(s: Floats, flows: Integers, lists: Integers, one: int, out: int, source: int) -> None:
    """Copy the rows of a flow where it can run."""
    for r in range(flows[one, FLOW_FIRST], flows[one, FLOW_LAST]):
        copy(s, out + lists[r, BEGIN], source + lists[r, BEGIN], lists[r, LENGTH])


@compiled
def changed(flows: Integers, marks: Integers, one: int) -> None:
    """Note that a flow is not what the totals of its ends hold."""
    if flows[one, SOURCE] >= 0:
        marks[flows[one, SOURCE], OUT_STALE] = 1
    if flows[one, TARGET] >= 0:
        marks[flows[one, TARGET], IN_STALE] = 1


@compiled
def exceeds(s: Floats, stocks: Integers, lists: Integers, stock: int, total: int, bound: int) -> bool:
    """Whether a total at one end of a stock lies above its bound anywhere."""
    found = 0
    for r in range(stocks[stock, STOCK_FIRST], stocks[stock, STOCK_LAST]):
        found += exceeding(s, total + lists[r, BEGIN], bound + lists[r, BEGIN], lists[r, LENGTH])
    return found > 0


@compiled
def cut_source(
    s: Floats, stocks: Integers, flows: Integers, lists: Integers, bounds: Floats, marks: Integers, kept: Integers,
    stock: int, bound: int, row: int, tree: int,
) -> bool:  # fmt: skip
    """Cut the flows out of a stock to what `bound` holds; return whether any was cut.

    On the way it is found out whether the flows into the stock fit, as they are now.
    """
    if marks[stock, OUT_STALE]:
        marks[stock, OUT_AT] = total_at(s, stocks, flows, lists, stock, SOURCE, False)
        marks[stock, OUT_STALE] = 0
    if marks[stock, IN_STALE] and not stocks[stock, LATE]:
        marks[stock, IN_AT] = total_at(s, stocks, flows, lists, stock, TARGET, False)
        marks[stock, IN_STALE] = 0
    lost, held = marks[stock, OUT_AT], stocks[stock, ROW]
    gained = -1 if stocks[stock, LATE] else marks[stock, IN_AT]
    short, full = 0, 0
    for r in range(stocks[stock, STOCK_FIRST], stocks[stock, STOCK_LAST]):
        begin, length = lists[r, BEGIN], lists[r, LENGTH]
        if lost >= 0 and gained >= 0 and bound == held:
            less, more = exceeding_both(s, lost + begin, gained + begin, held + begin, bounds[stock, HIGH], length)
            short, full = short + less, full + more
            continue
        if lost >= 0:
            short += exceeding(s, lost + begin, bound + begin, length)
        if gained >= 0:
            full += without_room(s, gained + begin, held + begin, bounds[stock, HIGH], length)
    marks[stock, OVERFULL] = full > 0
    if short == 0:
        return False
    cut(s, stocks, flows, lists, marks, kept, stock, SOURCE, lost, bound, row, tree)
    return True


@compiled
def cut_target(
    s: Floats, stocks: Integers, flows: Integers, lists: Integers, bounds: Floats, marks: Integers, kept: Integers,
    stock: int, row: int, tree: int,
) -> bool:  # fmt: skip
    """Cut the flows into a stock to what it has room for; return whether any was cut."""
    if marks[stock, IN_STALE]:
        marks[stock, IN_AT] = total_at(s, stocks, flows, lists, stock, TARGET, False)
        marks[stock, IN_STALE] = stocks[stock, LATE]  # what comes late is counted when it moves
        marks[stock, OVERFULL] = 1  # which is not known any more
    total, size, bound = marks[stock, IN_AT], stocks[stock, SIZE], stocks[stock, ROOM]
    if total < 0 or marks[stock, OVERFULL] == 0:
        return False
    room(s, bound, stocks[stock, ROW], bounds[stock, HIGH], size)
    for one in range(len(flows)):
        if flows[one, TARGET] == stock and flows[one, MEMORY] >= 0:
            less_room(s, bound, flows[one, LEAVING] + 2 * size, size)
    if not exceeds(s, stocks, lists, stock, total, bound):
        return False
    cut(s, stocks, flows, lists, marks, kept, stock, TARGET, total, bound, row, tree)
    return True


@compiled
def leave_delays(s: Floats, stocks: Integers, flows: Integers, bounds: Floats, speeds: Floats) -> None:
    """Work out what leaves the stages of each delay; a full target holds back the last."""
    for one in range(len(flows)):
        if flows[one, MEMORY] >= 0:
            end = flows[one, TARGET] if flows[one, TARGET] >= 0 else flows[one, SOURCE]
            scaled(s, flows[one, LEAVING], flows[one, MEMORY], speeds[one], 3 * stocks[end, SIZE])
    for stock in range(len(stocks)):
        if not stocks[stock, LATE]:
            continue
        size, total = stocks[stock, SIZE], -1
        for one in range(len(flows)):
            if flows[one, TARGET] == stock and flows[one, MEMORY] >= 0:
                last = flows[one, LEAVING] + 2 * size
                if total >= 0:
                    add(s, stocks[stock, IN], total, last, size)
                    total = stocks[stock, IN]
                else:
                    total = last
        room(s, stocks[stock, ROOM], stocks[stock, ROW], bounds[stock, HIGH], size)
        shares(s, stocks[stock, SHARE], total, stocks[stock, ROOM], size)
        for one in range(len(flows)):
            if flows[one, TARGET] == stock and flows[one, MEMORY] >= 0:
                last = flows[one, LEAVING] + 2 * size
                multiply(s, last, last, stocks[stock, SHARE], size)


@compiled
def share_out(
    s: Floats, stocks: Integers, flows: Integers, lists: Integers, bounds: Floats, marks: Integers, kept: Integers,
    row: int, tree: int,
) -> None:  # fmt: skip
    """Cut what flows ask for to what they get; see `game.sim.flows` for the second pass."""
    scarce = False
    for stock in range(len(stocks)):
        held = stocks[stock, ROW]
        if bounds[stock, LOW] != 0.0:
            held = stocks[stock, HELD]
            above(s, held, stocks[stock, ROW], bounds[stock, LOW], stocks[stock, SIZE])
        marks[stock, SHORT] = cut_source(s, stocks, flows, lists, bounds, marks, kept, stock, held, row, tree)
        scarce = scarce or marks[stock, SHORT] == 1
    for stock in range(len(stocks)):
        marks[stock, FULL] = cut_target(s, stocks, flows, lists, bounds, marks, kept, stock, row, tree)
    if not scarce:
        return
    for stock in range(len(stocks)):
        if marks[stock, SHORT]:
            size, arriving = stocks[stock, SIZE], total_at(s, stocks, flows, lists, stock, TARGET, True)
            copy(s, stocks[stock, HELD], stocks[stock, ROW], size)
            if arriving >= 0:
                add(s, stocks[stock, HELD], stocks[stock, ROW], arriving, size)
            if bounds[stock, LOW] != 0.0:
                above(s, stocks[stock, HELD], stocks[stock, HELD], bounds[stock, LOW], size)
    for one in range(len(flows)):
        if flows[one, SOURCE] >= 0 and flows[one, TARGET] >= 0 and marks[flows[one, SOURCE], SHORT]:
            marks[flows[one, TARGET], FULL] = 1
        if kept[one]:
            copy_living(s, flows, lists, one, flows[one, ROW], flows[one, KEPT])
            changed(flows, marks, one)
            sum_up(s, flows, lists, one, row, tree)
    for stock in range(len(stocks)):
        if marks[stock, SHORT]:
            cut_source(s, stocks, flows, lists, bounds, marks, kept, stock, stocks[stock, HELD], row, tree)
    for stock in range(len(stocks)):
        if marks[stock, FULL]:
            cut_target(s, stocks, flows, lists, bounds, marks, kept, stock, row, tree)


@compiled
def count(s: Floats, stocks: Integers, flows: Integers, one: int, row: int, tree: int) -> None:
    """Count what a flow moved, let it pass through its delay, and book what came from outside or went there."""
    communities = flows[one, COMMUNITIES]
    add(s, flows[one, MOVED], flows[one, MOVED], flows[one, TOTAL], communities * row)
    if flows[one, SOURCE] < 0:
        add(s, flows[one, OUTSIDE], flows[one, OUTSIDE], flows[one, WHOLE], row)
    outgoing = flows[one, WHOLE]
    if flows[one, MEMORY] >= 0:
        end = TARGET if flows[one, TARGET] >= 0 else SOURCE
        size, stages, leaving = stocks[flows[one, end], SIZE], flows[one, MEMORY], flows[one, LEAVING]
        first = flows[one, FIRST_STAGE]
        pass_on(s, stages + first * size, flows[one, end + PART], leaving + first * size, size)
        for later in range(first + 1, 3):
            pass_on(s, stages + later * size, leaving + (later - 1) * size, leaving + later * size, size)
        if flows[one, TARGET] < 0:
            stock = flows[one, SOURCE]
            by_community, outgoing = tree, tree + stocks[stock, COMMUNITIES] * row
            free, tiles = outgoing + row, stocks[stock, TILES]
            for community in range(stocks[stock, COMMUNITIES]):
                at = leaving + 2 * size + community * tiles * row
                halved(s, by_community + community * row, at, tiles, row, free)
            halved(s, outgoing, by_community, stocks[stock, COMMUNITIES], row, free)
    if flows[one, TARGET] < 0:
        subtract(s, flows[one, OUTSIDE], flows[one, OUTSIDE], outgoing, row)


@compiled
def move(
    s: Floats, stocks: Integers, flows: Integers, lists: Integers, bounds: Floats, marks: Integers, row: int, tree: int
) -> None:
    """Move what is left of the flows, and keep every stock in its range."""
    for one in range(len(flows)):
        count(s, stocks, flows, one, row, tree)
    for stock in range(len(stocks)):
        lost, gained = marks[stock, OUT_AT], marks[stock, IN_AT]
        if marks[stock, OUT_STALE]:
            lost = total_at(s, stocks, flows, lists, stock, SOURCE, True)
        if marks[stock, IN_STALE]:
            gained = total_at(s, stocks, flows, lists, stock, TARGET, True)
        for r in range(stocks[stock, STOCK_FIRST], stocks[stock, STOCK_LAST]):
            begin, length = lists[r, BEGIN], lists[r, LENGTH]
            at, low, high = stocks[stock, ROW] + begin, bounds[stock, LOW], bounds[stock, HIGH]
            if gained >= 0 and lost >= 0:
                gain_and_lose(s, at, gained + begin, lost + begin, low, high, length)
            elif lost >= 0:
                lose(s, at, lost + begin, low, high, length)
            elif gained >= 0:
                add_and_clip(s, at, gained + begin, low, high, length)


@compiled
def flow(
    s: Floats, stocks: Integers, flows: Integers, lists: Integers, bounds: Floats, speeds: Floats, row: int, tree: int,
    first: bool,
) -> None:  # fmt: skip
    """Let what the flows ask for, which lies in their rows, be shared out and moved."""
    marks = np.zeros((len(stocks), MARKS), np.int64)
    for stock in range(len(stocks)):
        marks[stock, OUT_AT], marks[stock, OUT_STALE] = stocks[stock, OUT], 1 - stocks[stock, OUT_SUMMED]
        marks[stock, IN_AT], marks[stock, IN_STALE] = stocks[stock, IN], 1 - stocks[stock, IN_SUMMED]
    kept = np.zeros(len(flows), np.int64)
    if first:
        forget(s, flows, row)
    leave_delays(s, stocks, flows, bounds, speeds)
    for one in range(len(flows)):
        sum_up(s, flows, lists, one, row, tree)
        if flows[one, ASKED] >= 0:
            add(s, flows[one, ASKED], flows[one, ASKED], flows[one, TOTAL], flows[one, COMMUNITIES] * row)
    share_out(s, stocks, flows, lists, bounds, marks, kept, row, tree)
    move(s, stocks, flows, lists, bounds, marks, row, tree)
