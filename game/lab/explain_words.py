"""What `balance --explain` prints: what carries each claim, and what is suspicious about a level."""

from __future__ import annotations

from typing import Any

from game.lab.balance_words import control_words
from game.run.carrying import Carried, Explanation, Piece, Without

MOST_TOLD = 8  # pieces that change a claim and do not carry it
FELT = 0.05  # of the seeds: a change of at least so much is told

WARNINGS = {
    "nothing-breaks-it": "{claim}: no single thing that is left out breaks it, so it rests on what all games have; "
    "claim more, or measure what something decides",
    "control-shows-nothing": "{claim}: it holds in its control as well; take a control of the list above that bites",
    "wins-alone": "{policy} in the first seat wins {won} of {runs} games: let the goals count everybody, or make what "
    "is at stake scarcer",
    "wins-everywhere": "{policy} in every seat wins {won} of {runs} games: {reason}",
    "wins-by": "{policy} wins by {deeds}: let a deed hang on whom it is for (fits, known, trust), an agreement need "
    "more (accepts) or end sooner (lasts while), or let the goals ask for more at once",
    "wins-by-none": "no action that is left out halves the games that {policy} wins: the goals ask for too little",
    "with-and-mixed-alike": "with and mixed play the same games ({share:.0%}): no force here is next to harmless, or "
    "none is worth it",
}
REASONS = {"idle": "what the goals ask for comes anyhow"}


def explain_lines(found: Explanation) -> list[str]:
    """Return what is told of a level: its claims one by one, then what is suspicious."""
    lines = [f"{found.level.title} ({found.level.id}), {found.runs} seeds; everything left out in turn"]
    if not found.claims:
        lines.append("  makes no claims")
    for carried in found.claims:
        lines += _claim_lines(carried)
    lines += [f"  WARNING  {warning_words(code, told)}" for code, told in found.warnings]
    return lines


def warning_words(code: str, told: dict[str, Any]) -> str:
    """Return a warning as a sentence, with what to do."""
    reason = REASONS.get(told.get("policy", ""), "the goals ask for too little, or some deed does good blindly")
    without, runs = told.get("without", {}), told.get("runs", 0)
    deeds = " and ".join(f"{name} ({won} of {runs} games without it)" for name, won in without.items())
    return WARNINGS[code].format(**told, reason=reason, deeds=deeds)


def _claim_lines(carried: Carried) -> list[str]:
    verdict = carried.verdict
    lines = [
        f"  {'holds' if carried.keeps else 'FAILS':5}  {verdict.plain}",
        f"         {verdict.id}: measured {verdict.measured:.3f}, wanted {verdict.bound}",
        f"         its control: {verdict.control_measured:.3f}, {control_words(verdict)}",
    ]
    if not carried.keeps:
        near = [one for one in carried.without if not one.breaks]
        told = [f"           without it the claim would hold: {_piece_words(one)}" for one in near[:MOST_TOLD]]
        return [*lines, *(told or ["         nothing that is left out makes it hold"])]
    if carried.carriers:
        lines.append("         carried by (what is measured without it):")
        lines += [f"           {_piece_words(one)}" for one in carried.carriers]
    moved = [one for one in carried.without if not one.breaks and _far(carried, one) >= FELT]
    if moved:
        lines.append("         moved, and not broken, by:")
        lines += [f"           {_piece_words(one)}" for one in moved[:MOST_TOLD]]
    rest = len(carried.without) - len(carried.carriers) - len(moved[:MOST_TOLD])
    return [*lines, f"         the other {rest} make little difference"]


def _far(carried: Carried, one: Without) -> float:
    return abs(one.verdict.measured - carried.verdict.measured)


def _piece_words(one: Without) -> str:
    low, high = one.verdict.interval
    bites = "   bites: would do as the control" if one.bites else ""
    return f"{piece_words(one.piece):44} {one.verdict.measured:6.3f} (95 %: {low:.3f} to {high:.3f}){bites}"


def piece_words(piece: Piece) -> str:
    """Return what is left out: `action listen`, `number growth = 0.3`."""
    value = "" if piece.value is None else f" = {piece.value:g}"
    return f"{piece.kind} {piece.name}{value}"
