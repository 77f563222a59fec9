"""Looking back on a game that is over: what each deed did until the end, and whether luck or choice decided.

Both take many games; they are worked out in the background of the one that is
over (`game.playing.background`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from game.insight.bargains import Bargains
from game.insight.played import Deed, PlayedGame
from game.insight.readings import glow_threshold
from game.insight.ripples import Ripples, ripples
from game.insight.shares import fair_shares
from game.insight.who_pays import Payers, who_pays
from game.players.fates import AT_ONCE, SEEDS, Fates, fates_bit_by_bit, verdict
from game.playing.background import PRESSED, WONDERED, Work
from game.playing.proof import Verdict, weigh
from game.playing.session import Session
from game.sim.totals import Floats
from game.telling import words
from game.telling.ripples import deed_lines
from game.telling.shares import Joint, joints, share_line


@dataclass(frozen=True)
class DeedPage:
    """One deed looked back on: a title, what is to be said of it, and the tiles it changed (rows, columns)."""

    season: int
    title: str
    mode: str
    lines: tuple[str, ...]
    sham: bool
    cosy: tuple[str, ...]  # who paid for it, where it calls itself partnering and others than its partners did
    tiles_now: Floats  # 1 where it changed something in its own season
    tiles_late: Floats  # 1 where something is still different at the end


@dataclass(frozen=True)
class LookBack:
    """A game looked back on by one seat: a page for each deed, and what they made together, None before it is known."""

    pages: tuple[DeedPage, ...]
    together: tuple[Joint, ...] | None = None


class Hindsight:
    """What is known about a game once it is over."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._game: PlayedGame | None = None
        self._looks: dict[int, Work[LookBack]] = {}
        self._proof: Work[Verdict] | None = None
        self._luck: Work[Fates] | None = None

    @property
    def game(self) -> PlayedGame:
        """The game as it was played."""
        if self._game is None:
            self._game = self.session.game()
        return self._game

    def proof(self) -> Work[Verdict]:
        """Return the work on the game under two rules of proof; begun when it is first asked for."""
        if self._proof is None or self._proof.cancelled:
            session, game = self.session, self.game

            def bits(work: Work[Verdict]) -> Iterator[Verdict | None]:
                yield weigh(session, game, ticks=work.ticks)

            self._proof = session.background.begin(bits, PRESSED)
        return self._proof

    def look_back(self, seat: int) -> Work[LookBack]:
        """Return the work on what one seat's deeds did: first each of them, then also all of them together."""
        if seat not in self._looks or self._looks[seat].cancelled:
            game = self.game
            self._looks[seat] = self.session.background.begin(
                lambda work: _look_back(game, seat, work), PRESSED, 3 * game.seasons + 2
            )
        return self._looks[seat]

    def luck(self) -> Work[Fates]:
        """Return the work on what becomes of the same decisions under other lucks."""
        if self._luck is None or self._luck.cancelled:
            game, seats, policies = self.game, self.session.seats, self.session.policies
            self._luck = self.session.background.begin(
                lambda _: fates_bit_by_bit(game, seats, policies), WONDERED, -(-SEEDS // AT_ONCE) * game.seasons + 1
            )
        return self._luck

    def luck_or_choice(self) -> str:
        """Return in one sentence whether luck or choice decided; nothing before it is known."""
        found = self.luck().result
        return "" if found is None else verdict(self.session.model, found)


def _look_back(game: PlayedGame, seat: int, work: Work[LookBack]) -> Iterator[LookBack | None]:
    model, deeds = game.model, game.of_seat(seat)
    found = ripples(game, deeds, work.ticks)
    bargains = Bargains(model, game.start, seat)
    for _ in bargains.catch_up(game, work.ticks):
        yield None
    yield None
    books = who_pays(found)
    paid = _who_paid(game, found, books, bargains, work)
    pages = [_page(found, number, each, paid.get(found.deeds[number], ())) for number, each in enumerate(books)]
    yield LookBack(tuple(pages))
    shared = joints(fair_shares(game, deeds, work.ticks), model.layout.seats[seat])
    for number, page in enumerate(pages):
        share = (line.strip() for line in share_line(model, shared, number))
        pages[number] = replace(page, lines=(*page.lines, *share))
    yield LookBack(tuple(pages), tuple(shared))


def _who_paid(
    game: PlayedGame, found: Ripples, books: list[Payers], bargains: Bargains, work: Work[LookBack]
) -> dict[Deed, tuple[str, ...]]:
    """Return who paid for which deeds without being asked: what others chose to give because of one is their own gift.

    So it is counted in twins in which everybody else does what he did, as it is for what was agreed.
    """
    cosy = {deed for deed, each in zip(found.deeds, books, strict=True) if each.cosy}
    marked = [number for number, deed in enumerate(game.deeds) if deed in cosy]
    as_they_did = replace(game, people=(), anew=None)
    again = who_pays(ripples(as_they_did, marked, work.ticks)) if marked else []
    paid = {game.deeds[number]: each.cosy for number, each in zip(marked, again, strict=True)}
    return paid | {one.deed: one.paid_by for one in bargains.found()}


def _page(found: Ripples, number: int, books: Payers, paid_by: tuple[str, ...]) -> DeedPage:
    model, deed = found.game.model, found.deeds[number]
    candidate = model.candidates[deed.candidate]
    lines = deed_lines(found, number, books)
    return DeedPage(
        deed.season + 1,
        words.action_name(model, candidate, True),
        books.called,
        tuple(line.strip() for line in lines[1:]),
        books.sham,
        paid_by,
        _marked(found, found.now, number),
        _marked(found, found.late, number),
    )


def _marked(found: Ripples, tiles: dict[str, Floats], number: int) -> Floats:
    model = found.game.model
    marked = np.zeros((model.layout.rows, model.layout.columns))
    for name, values in tiles.items():
        marked = np.maximum(marked, np.abs(values[:, :, number]) > glow_threshold(model, name))
    return marked
