"""Which deed lets whoever plays at random win: each action is left out in turn, and the games are counted again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from game.level.schema import Level
from game.run.study import Record, Request
from game.run.variants import Variant
from game.run.winning import Row

BLIND = "random"
MOST_NAMED = 3  # actions that are told


@dataclass(frozen=True)
class Fewer:
    """How often random wins where an action is left out."""

    action: str
    runs: int
    won: int


def line_up(level: Level, alone: bool) -> tuple[str, ...]:
    """Return who plays: random in the first seat among the level's neighbours, or in every seat."""
    return (BLIND, *level.default_policies()[1:]) if alone else (BLIND,) * len(level.seats)


def blind_requests(level: Level, actions: Iterable[str], seeds: Sequence[int], alone: bool) -> list[Request]:
    """Return the games in which each of some actions is left out."""
    return [Request(Variant(line_up(level, alone), (name,)), seeds, [], True) for name in actions]


def fewer(level: Level, records: dict[str, Record], actions: Iterable[str], row: Row, alone: bool) -> list[Fewer]:
    """Return the actions without which random wins half as often at most, the one that it wins by most first."""
    share = row.alone_share if alone else row.share
    found = []
    for name in actions:
        won = records[Variant(line_up(level, alone), (name,)).key].won
        found.append(Fewer(name, len(won), int(np.count_nonzero(won))))
    carrying = [one for one in found if one.won <= 0.5 * share * one.runs]
    return sorted(carrying, key=lambda one: one.won)[:MOST_NAMED]
