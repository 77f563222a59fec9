"""The same level with something switched off or changed: what controls are made of."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from game.level.reader import changed_level
from game.level.schema import Claim, Comparison, Control, Level

Seats = dict[str, str | tuple[str, ...]]

# Which planner plays a script's part when a claim is to rest on the kind of power and not on the script.
PLANNED = {"over": "best_over", "with": "best_with", "mixed": "planner"}


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

    def __hash__(self) -> int:
        return hash(self.key)

    def apply(self, level: Level) -> Level:
        """Return the changed level.  Raises LevelError when a change does not fit."""
        change = dict(self.change)
        change.update({f"{name}.rate": 0.0 for name in self.without_flow})
        for name in self.without_event:
            change.update({f"{name}.chance": 0.0, f"{name}.at": ()})
            if name in level.events and level.events[name].when is not None:
                change[f"{name}.when"] = 0.0
        changed = changed_level(level, change) if change else level
        if self.without_action:
            offered = tuple(name for name in changed.allowed_actions() if name not in self.without_action)
            changed = changed.model_copy(update={"allow": offered})
        return changed


def seat_policies(level: Level, seats: Seats) -> list[tuple[str, ...]]:
    """Return the policies of all seats: one line-up for each policy that a list names.

    `{all: [over, best_over]}` is two line-ups, `{alder: over, others: with}` one.
    """

    def choices(name: str) -> tuple[str, ...]:
        found = seats.get(name, seats.get("others", seats.get("all", "idle")))
        return (found,) if isinstance(found, str) else found

    count = max(len(choices(seat)) for seat in level.seats)
    return [tuple(choices(seat)[min(turn, len(choices(seat)) - 1)] for seat in level.seats) for turn in range(count)]


def claim_variants(level: Level, claim: Claim, other: Comparison | None = None) -> list[Variant]:
    """Return the runs a claim speaks of; with `other`, those it compares them with."""
    change = {**claim.change, **(other.change if other else {})}
    seats = (other and other.seats) or claim.seats
    return [
        Variant(line_up, claim.without_action, (), claim.without_event, change)
        for line_up in seat_policies(level, seats)
    ]


def control_variants(level: Level, claim: Claim, other: Comparison | None = None) -> list[Variant]:
    """Return the runs in which the claim must fail; with `other`, those they are compared with."""
    control: Control = claim.control
    line_ups = seat_policies(level, (other and other.seats) or control.seats or claim.seats)
    return [
        Variant(
            line_up,
            claim.without_action + control.without_action,
            control.without_flow,
            claim.without_event + control.without_event,
            {**claim.change, **(other.change if other else {}), **control.change},
        )
        for line_up in line_ups
    ]


def with_planners(level: Level) -> Level:
    """Return the level with those of its claims that scripts play, played by the planners of the same kind instead."""

    def planned(seats: Seats) -> Seats:
        found: Seats = {}
        for seat, names in seats.items():
            each = [PLANNED.get(name, name) for name in ((names,) if isinstance(names, str) else names)]
            found[seat] = each[0] if len(each) == 1 else tuple(dict.fromkeys(each))
        return found

    changed = []
    for claim in level.claims:
        control = claim.control
        if control.seats:
            control = control.model_copy(update={"seats": planned(control.seats)})
        compare = claim.compare
        if compare:
            compare = compare.model_copy(update={"seats": planned(compare.seats)})
        seats = planned(claim.seats)
        if seats != claim.seats:
            changed.append(claim.model_copy(update={"seats": seats, "control": control, "compare": compare}))
    return level.model_copy(update={"claims": tuple(changed)})
