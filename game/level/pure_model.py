"""Models without a game: what a level needs besides its rules, where its author wrote rules alone.

A file with `seasons` and without a map, goals, seats or actions is such a
model.  It runs on one tile; where it names no communities, somebody who only
looks on sits there.
"""

from __future__ import annotations

from typing import Any

OF_A_GAME = ("map", "goals", "seats", "actions", "rules")
LOOKS_ON = "onlooker"
MOST_SEATS = 6


def is_pure_model(data: dict[str, Any]) -> bool:
    """Return whether what a file holds is a model without a game; a ruleset says nothing of seasons."""
    return "seasons" in data and not any(key in data for key in OF_A_GAME)


def complete(data: dict[str, Any]) -> None:
    """Add to the data of such a model, in place, what a level needs to run."""
    written = data.get("communities")
    people = written if isinstance(written, dict) and written else {LOOKS_ON: {"name": "The onlooker"}}
    ground = data.get("terrains")
    grounds = ground if isinstance(ground, dict) and ground else {"ground": {"plain": "Where the model runs."}}
    here = next(iter(grounds))
    data.update(
        kind="model",
        communities=people,
        terrains=grounds,
        seats=list(people)[:MOST_SEATS],
        map={"legend": {".": {"terrain": here, "users": list(people)}}, "rows": "."},
        goals=[{"id": "run", "plain": "The model runs to its end.", "hold": 1, "at": "end"}],
    )
