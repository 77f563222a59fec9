"""The columns of the tables that tell the compiled flows where everything lies; positions are in elements."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]

LANES = 8  # worlds of a block: as many float64 as one instruction works on, and as one line of the cache holds

# Of both tables: where the rows lie, and how many communities and tiles they are for.
ROW, COMMUNITIES, TILES = range(3)

# Of a stock of matter: its length, what leaves and reaches it, and space to share out; whether something reaches it
# through a delay; whether a part of the kernel adds up what leaves and reaches it (1) or that is still to do (0).
SIZE, OUT, IN, SHARE, ROOM, HELD, LATE, OUT_SUMMED, IN_SUMMED = range(3, 12)
STOCK_FIRST, STOCK_LAST = range(12, 14)  # its stretches
STOCK_COLUMNS = 14

LOW, HIGH = range(2)  # of the bounds of a stock

# Of a flow: the stocks at its ends (-1: outside) and its amounts as each of them counts it; its totals for each
# community, for the whole world and for each tile; what it asked for; what is counted of it; the stages of its delay.
SOURCE, TARGET, SOURCE_PART, TARGET_PART = range(3, 7)
TOTAL, WHOLE, BY_TILE, KEPT, MOVED, ASKED, OUTSIDE, MEMORY, LEAVING = range(7, 16)
FLOW_FIRST, FLOW_LAST = range(16, 18)  # its stretches
SUM_FIRST, SUM_LAST, SUM_AT = range(18, 21)  # the additions of its total over tiles (SUM_AT DENSE: of all tiles)
FIRST_STAGE = 21  # into which of the three stages of its delay it runs
FLOW_COLUMNS = 22
PART = SOURCE_PART - SOURCE

# Of a stretch of rows where something may run: where it begins, its length, and where it begins within one map.
BEGIN, LENGTH, WITHIN = range(3)
# Of additions over neighbouring rows: where they write, what they add, how long they are.  Numbers from 0 up count
# from the first row of a flow, numbers below 0 name free space: -1 - where it lies there.
TO, LEFT, RIGHT, RUN = range(4)
LIST_COLUMNS = 4
DENSE = -(1 << 62)

# What is noted of a stock during a tick: whether it was short or full, where its totals are (-1: none), whether they
# have changed since, and whether more may reach it than it has room for.
SHORT, FULL, OUT_AT, IN_AT, OUT_STALE, IN_STALE, OVERFULL = range(7)
MARKS = 7

# Of an array (rows, W) of a World: where its elements lie in memory, how many rows it has, and where they go.
ADDRESS, LINES, PLACE = range(3)

# The steps of a program: what to do, then with what (positions and lengths, or the number of a part).
RUN_PART, TOTAL_OF, COLLAPSE, EXTREME, NEAR, COPY, CLIP, APPROACH, FLOWS = range(9)
STEP_COLUMNS = 12
