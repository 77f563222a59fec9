"""One game as it is kept: what was decided, sealed against damage, with its level whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from game.level.difficulty import TOLD
from game.level.written import LevelText
from game.record.carried import CarriedLevel

SEEDS = 2**64  # so many seeds there are; the upper half is kept as negative numbers, as SQLite has no larger ones
SEALED = "level, seed, people, policies, plans, season, outcome, rules, difficulty, branch, level_text"

# What somebody answered in a season: (slot, seat of who offers, yes); None: the rules of the level answered for him.
Said = tuple[tuple[int, int, bool | float], ...] | None


Decided = tuple[tuple[str, ...], Said]  # the keys of actions, and answers


@dataclass
class SavedGame:
    """One game: who plays what, and all decisions so far (season -> seat -> (actions, answers))."""

    level: str
    seed: int
    people: int
    policies: tuple[str, ...]
    plans: list[dict[int, Decided]] = field(default_factory=list)
    outcome: int = 0
    rules: int = 0
    id: int | None = None
    difficulty: str = TOLD
    branch: bool = False  # whether it is a season opened again: that wins nothing
    level_text: LevelText | None = None  # the level as it was; older games have none
    planned: dict[int, Decided] = field(default_factory=dict)  # of the season that is not over: seat -> plan so far
    played: str = ""  # when it was kept last, in the time of this computer: `2026-11-29 18:40`

    @property
    def season(self) -> int:
        """How many seasons have been played."""
        return len(self.plans)


def seal_of(kept: Iterable[object]) -> str:
    """Return the seal of a game as it is kept, SEALED: no change of it goes unseen."""
    return hashlib.sha256(json.dumps(list(kept)).encode()).hexdigest()


def signed(seed: int) -> int:
    """Return a seed as SQLite can keep it."""
    return seed - SEEDS if seed >= SEEDS // 2 else seed


def _said(kept: Any) -> Said:
    if kept is False:  # of before letters: the rules of the level answered
        return None
    if kept is None or kept is True:
        return None if kept is None else ()
    return tuple((int(slot), int(by), said if isinstance(said, bool) else float(said)) for slot, by, said in kept)


def _decided(kept: Any) -> dict[int, Decided]:
    return {int(seat): (tuple(actions), _said(said)) for seat, (actions, said) in kept.items()}


def written(plan: dict[int, Decided]) -> dict[str, list[Any]]:
    """Return what was decided in a season as it is kept, in JSON types."""
    return {str(seat): [list(actions), said] for seat, (actions, said) in plan.items()}


def _planned(kept: str) -> dict[int, Decided]:
    """Return the plan of a season that is not over; nothing where it is damaged: no more than a season is lost."""
    try:
        return _decided(json.loads(kept)) if kept else {}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}


def game_of(row: tuple[Any, ...]) -> SavedGame | None:
    """Return a game as it was kept; None where it is not so any more.

    `row` begins with its number and ends with its seal, its plan so far, when it was kept, and its level's text.
    """
    number, *kept, seal, planned, played, text_of_level = row
    level, seed, people, policies, plans, _, outcome, rules, difficulty, branch, digest = kept
    if seal and seal != seal_of(kept):
        return None
    try:
        read = [_decided(plan) for plan in json.loads(plans)]
        seats = tuple(json.loads(policies))
        text = _level_text(digest, text_of_level) if digest else None
        return SavedGame(
            level, seed % SEEDS, people, seats, read, outcome, rules, number, difficulty, bool(branch), text,
            _planned(planned), str(played),
        )  # fmt: skip
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def is_readable(kept: list[Any]) -> bool:
    """Whether a game that was kept without a seal, SEALED, can be read; its level stood beside it then."""
    return game_of((0, *kept[:-1], "", "", "", "", "")) is not None


def carried(level: LevelText | None) -> tuple[str, str]:
    """Return a level as it is kept, and its digest: many games of one level keep it once."""
    if level is None:
        return "", ""
    text = CarriedLevel.of(level).model_dump_json()
    return text, hashlib.sha256(text.encode()).hexdigest()


def _level_text(digest: str, text: str) -> LevelText:
    """Return a kept level.  Raises ValueError and TypeError where it is missing or not as it was kept."""
    if hashlib.sha256(text.encode()).hexdigest() != digest:
        raise ValueError("the level is not as it was kept")
    return CarriedLevel.model_validate_json(text).level_text()
