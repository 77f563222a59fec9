"""What one player has agreed with others, and what of it others paid for who were never asked: so far, as data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from game.insight.bargains import Bargain, Bargains
from game.insight.played import PlayedGame
from game.playing.background import WONDERED, Background, Work
from game.sim.model import Model
from game.sim.sight import unseen
from game.telling import words
from game.telling.ripples import payers
from game.telling.say import say

Data = dict[str, Any]  # JSON types only


class BargainsOf:
    """Keeps, beside one game, the twins without each agreement of a player; worked out in the background."""

    def __init__(self, background: Background, game: Callable[[], PlayedGame]) -> None:
        self._background, self._game = background, game
        self._twins: dict[int, Bargains] = {}
        self._works: dict[int, tuple[int, Work[tuple[Bargain, ...]]]] = {}  # by seat, with the seasons that were over

    def ask(self, seat: int) -> Work[tuple[Bargain, ...]]:
        """Return the work on what the player in a seat has agreed to, as things stand now."""
        game, known = self._game(), self._works.get(seat)
        if known is None or known[0] != game.seasons or known[1].cancelled:
            twins = self._twins.setdefault(seat, Bargains(game.model, game.start, seat))

            def bits(work: Work[tuple[Bargain, ...]]) -> Iterator[tuple[Bargain, ...] | None]:
                for _ in twins.catch_up(game, work.ticks):
                    yield None
                yield twins.found(unseen(game.model, game.end))

            known = game.seasons, self._background.begin(bits, WONDERED)
            self._works[seat] = known
        return known[1]


def bargains_told(model: Model, found: tuple[Bargain, ...], seat: int) -> Data:
    """Return those agreements for which others paid, each in sentences, and how many they are in one.

    `own` says whether the player has offered it.
    """
    deals = [_told(model, one, seat) for one in found if one.paid_by]
    line = ""
    if deals:
        line = say("bargains.one") if len(deals) == 1 else say("bargains.many", count=len(deals))
    return {"deals": deals, "line": line}


def _told(model: Model, one: Bargain, seat: int) -> Data:
    offered = model.candidates[one.deed.candidate]
    others = sorted(one.partners - {"you"})
    paid_by = words.joined([words.within(name) for name in one.paid_by])
    return {
        "season": one.deed.season + 1,
        "title": words.kind_name(model, offered.action),
        "with": words.joined([words.within(name) for name in others]),
        "own": one.deed.seat == seat,
        "paid_by": paid_by,
        "lines": [" ".join(line.split()) for line in payers(one.books)],
    }
