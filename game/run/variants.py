"""The same level with something switched off or changed: what controls are made of."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from game.level.reader import changed_level
from game.level.schema import Claim, Control, Level


@dataclass(frozen=True)
class Variant:
    """What to change in a level, and who plays it; equal keys mean equal runs."""

    policies: tuple[str, ...]
    without_action: tuple[str, ...] = ()
    without_flow: tuple[str, ...] = ()
    without_event: tuple[str, ...] = ()
    change: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """A text that is equal for equal variants."""
        return json.dumps(
            [
                self.policies,
                sorted(self.without_action),
                sorted(self.without_flow),
                sorted(self.without_event),
                sorted(self.change.items(), key=lambda item: item[0]),
            ],
            default=str,
        )

    def apply(self, level: Level) -> Level:
        """Return the changed level.  Raises LevelError when a change does not fit."""
        change = dict(self.change)
        change.update({f"{name}.rate": 0.0 for name in self.without_flow})
        for name in self.without_event:
            change.update({f"{name}.chance": 0.0, f"{name}.at": ()})
        changed = changed_level(level, change) if change else level
        if self.without_action:
            offered = tuple(name for name in changed.allowed_actions() if name not in self.without_action)
            changed = changed.model_copy(update={"allow": offered})
        return changed


def seat_policies(level: Level, seats: dict[str, str | tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the policies of all seats: one line-up for each policy that a list names.

    `{all: [over, best_over]}` is two line-ups, `{alder: over, others: with}` one.
    """

    def choices(name: str) -> tuple[str, ...]:
        found = seats.get(name, seats.get("others", seats.get("all", "idle")))
        return (found,) if isinstance(found, str) else found

    count = max(len(choices(seat)) for seat in level.seats)
    return [tuple(choices(seat)[min(turn, len(choices(seat)) - 1)] for seat in level.seats) for turn in range(count)]


def claim_variants(level: Level, claim: Claim, seats: dict[str, str | tuple[str, ...]] | None = None) -> list[Variant]:
    """Return the runs a claim speaks of."""
    return [
        Variant(line_up, claim.without_action, (), claim.without_event, dict(claim.change))
        for line_up in seat_policies(level, seats or claim.seats)
    ]


def control_variants(
    level: Level, claim: Claim, seats: dict[str, str | tuple[str, ...]] | None = None
) -> list[Variant]:
    """Return the runs in which the claim must fail."""
    control: Control = claim.control
    line_ups = seat_policies(level, seats or control.seats or claim.seats)
    return [
        Variant(
            line_up,
            claim.without_action + control.without_action,
            control.without_flow,
            claim.without_event + control.without_event,
            {**claim.change, **control.change},
        )
        for line_up in line_ups
    ]
