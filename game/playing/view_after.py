"""Looking back on a game that is over, as plain data: deeds and what they did, two rules of proof, two timelines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from game.players.fates import Fates, verdict
from game.playing.branches import Row, deeds_line, outcome, rows
from game.playing.hindsight import DeedPage, LookBack
from game.playing.proof import Side, Verdict, errors, heads, measure
from game.playing.session import Session
from game.playing.view_past import main_lines
from game.sim.totals import Floats
from game.telling import words
from game.telling.shares import Joint

Data = dict[str, Any]  # JSON types only
MAIN = 2  # numbers of a course of which both timelines are drawn


def fates_told(session: Session, found: Fates) -> Data:
    """Return in a sentence whether luck or choice decided."""
    return {"text": verdict(session.model, found)}


def ripples_told(found: LookBack) -> Data:
    """Return what each deed did, and what all of them made together; None for that until it is known."""
    return {
        "deeds": [_deed(page) for page in found.pages],
        "together": None if found.together is None else [_joint(one) for one in found.together],
    }


def _deed(page: DeedPage) -> Data:
    return {
        "season": int(page.season),
        "title": page.title,
        "mode": page.mode,
        "sham": bool(page.sham),
        "paid_by": words.joined([words.within(name) for name in page.cosy]),
        "lines": [_line(one) for one in page.lines],
        "tiles_now": _tiles(page.tiles_now),
        "tiles_late": _tiles(page.tiles_late),
    }


def _line(line: str) -> Data:
    """Return what a line is about, which stands before its colon, and the line as it is written by itself."""
    kind, _, said = line.partition(":")
    return {"kind": kind, "text": f"{kind.capitalize()}: {said.strip()}" if said else line.capitalize()}


def _tiles(marked: Floats) -> list[list[int]]:
    found: list[list[int]] = np.argwhere(marked > 0.0).tolist()
    return found


def _joint(one: Joint) -> Data:
    parts = [
        {"label": part.label, "mode": part.mode, "amount": float(part.amount), "text": part.text} for part in one.parts
    ]
    return {"head": one.head, "parts": parts, "rest": one.rest, "leans": one.leans}


def proof_told(found: Verdict) -> Data:
    """Return what two rules of proof would have made of the game, and how far each erred; whether there was force."""
    return {
        "force": bool(found.found.force),
        "heads": list(heads()),
        "sides": [_side(one) for one in found.sides],
        "numbers": _rows(found.numbers),
    }


def _side(side: Side) -> Data:
    told = zip(errors(), side.errors, side.sentences, strict=True)
    return {
        "head": side.head,
        "rule": side.rule,
        "came": side.came,
        "errors": [
            {"name": name, "amount": float(amount), "told": measure(amount), "text": text}
            for name, amount, text in told
        ],
        "struck": list(side.struck),
    }


def _rows(found: Sequence[Row]) -> list[Data]:
    return [{"name": row.name, "first": row.first, "second": row.second, "better": int(row.better)} for row in found]


def timelines(session: Session) -> Data:
    """Return the timelines of a game, the one it branched off first: how each ended, what was done, the main lines.

    `branched_at` is after how many seasons they part, None where there is but one.
    """
    both = [session] if session.origin is None else [session.origin, session]
    return {
        "branched_at": None if session.origin is None else int(session.branched_at),
        "sides": [
            {
                "outcome": outcome(one),
                "seasons": len(one.plans),
                "deeds": [deeds_line(one, season) for season in range(len(one.plans))],
                "lines": [
                    {"name": name, "values": values}
                    for name, values in main_lines(one, next((other for other in both if other is not one), None))[
                        :MAIN
                    ]
                ],
            }
            for one in both
        ],
        "seasons": [words.season_name(season + 1) for season in range(max(len(one.plans) for one in both))],
    }


def timelines_at(session: Session, season: int) -> list[Data]:
    """Return the numbers that matter in both timelines after a season, side by side; of one alone twice the same."""
    return _rows(rows(session.origin or session, session, season))
