"""The columns of the tables that tell the compiled flows where everything lies; positions are in elements."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]

# Of both tables: where the rows lie, and how many communities and tiles they are for.
ROW, COMMUNITIES, TILES = range(3)

# Of a stock of matter: its length, what leaves and reaches it, and space to share out; whether something reaches it
# through a delay; whether a part of the kernel adds up what leaves and reaches it (1) or that is still to do (0).
SIZE, OUT, IN, SHARE, ROOM, HELD, LATE, OUT_SUMMED, IN_SUMMED = range(3, 12)
STOCK_COLUMNS = 12

# Of a flow: the stocks at its ends (-1: outside) and its amounts as each of them counts it; its totals for each
# community, for the whole world and for each tile; what it asked for; what is counted of it; the stages of its delay.
SOURCE, TARGET, SOURCE_PART, TARGET_PART = range(3, 7)
TOTAL, WHOLE, BY_TILE, KEPT, MOVED, ASKED, OUTSIDE, MEMORY, LEAVING = range(7, 16)
FLOW_COLUMNS = 16
PART = SOURCE_PART - SOURCE

# What is noted of a stock during a tick: whether it was short or full, and where its totals are (-1: none).
SHORT, FULL, OUT_AT, IN_AT, OUT_STALE, IN_STALE = range(6)
MARKS = 6

# Of an array (rows, W) of a World: where its elements lie in memory, how many rows it has, and where they go.
ADDRESS, LINES, PLACE = range(3)

# The steps of a program: what to do, then with what (positions and lengths, or the number of a part).
RUN_PART, TOTAL_OF, COLLAPSE, EXTREME, NEAR, COPY, CLIP, APPROACH, FLOWS = range(9)
STEP_COLUMNS = 12
