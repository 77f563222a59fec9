"""What several people at one keyboard may see together, while a season that has ended is told to all of them.

The one whose turn comes next is not alone before the table yet: what only
that person knows is left out, and what the table is drawn from stays.
"""

from __future__ import annotations

from typing import Any

from game.playing.session import Session
from game.playing.view_of_one import households
from game.sim.actions import SLOTS

Data = dict[str, Any]  # JSON types only
NO_PLAN = {"steps": [], "most": SLOTS, "days": None, "days_left": None, "days_left_told": None, "can_undo": False,
           "can_redo": False}  # fmt: skip
NOTHING_OF_ONE: Data = {
    "cards": [], "plan": NO_PLAN, "letters": [], "asked": {"letters": 0, "open": 0, "from": [], "note": ""},
    "facts": [], "messages": [], "note": "",
}  # fmt: skip
UNKNOWN = {"mine": False, "grievance": None, "need": None, "trust": None, "trusted": None}


def households_together(session: Session) -> list[Data]:
    """Return every household as anybody sees it: no need, no trust, and no difference between one's own and others."""
    return [{**one, **UNKNOWN} for one in households(session)]
