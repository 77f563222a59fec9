"""Looking back on a game that is over: what each deed did until the end, and whether luck or choice decided.

Both take many games; the second is worked out beside the screen, which goes
on meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Lock, Thread

import numpy as np

from game.insight.played import PlayedGame
from game.insight.readings import glow_threshold
from game.insight.ripples import Ripples, ripples
from game.insight.shares import fair_shares
from game.insight.who_pays import Payers, who_pays
from game.players.fates import Fates, fates_bit_by_bit, verdict
from game.playing.proof import Weighing
from game.playing.session import Session
from game.sim.totals import Floats
from game.telling import words
from game.telling.ripples import told
from game.telling.shares import Joint, joints, share_line


@dataclass(frozen=True)
class DeedPage:
    """One deed looked back on: a title, what is to be said of it, and the tiles it changed (rows, columns)."""

    season: int
    title: str
    mode: str
    lines: tuple[str, ...]
    sham: bool
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
        self._looks: dict[int, LookBack] = {}
        self._looking: dict[int, Thread] = {}
        self.fates: Fates | None = None
        self._weighing: Weighing | None = None
        self._thread: Thread | None = None
        self._left = False
        self._turn = Lock()  # what was asked for by a press goes before what is wondered about

    @property
    def game(self) -> PlayedGame:
        """The game as it was played."""
        if self._game is None:
            self._game = self.session.game()
        return self._game

    @property
    def weighing(self) -> Weighing:
        """The game under two rules of proof, worked out when it is asked to begin."""
        if self._weighing is None:
            self._weighing = Weighing(self.session, self.game)
        return self._weighing

    def look_back(self, seat: int) -> LookBack | None:
        """Return what one seat's deeds did, as far as it is known; when first asked begin to work it out meanwhile."""
        if seat not in self._looking:
            self._looking[seat] = Thread(target=self._look, args=(seat,), daemon=True)
            self._looking[seat].start()
        return self._looks.get(seat)

    def looked_back(self, seat: int) -> LookBack:
        """Return what one seat's deeds did, however long that takes."""
        self.look_back(seat)
        self._looking[seat].join()
        return self._looks[seat]

    def _look(self, seat: int) -> None:
        model, deeds = self.game.model, self.game.of_seat(seat)
        with self._turn:
            found = ripples(self.game, deeds)
        pages = [_page(found, number, books) for number, books in enumerate(who_pays(found))]
        self._looks[seat] = LookBack(tuple(pages))
        if self._left:
            return
        with self._turn:
            shared = joints(fair_shares(self.game, deeds), model.layout.seats[seat])
        for number, page in enumerate(pages):
            share = (line.strip() for line in share_line(model, shared, number))
            pages[number] = replace(page, lines=(*page.lines, *share))
        self._looks[seat] = LookBack(tuple(pages), tuple(shared))

    def wonder(self) -> None:
        """Begin to play the same decisions under other lucks, beside whatever else goes on; once is enough."""
        if self._thread is None:
            self._thread = Thread(target=self._play_on, daemon=True)
            self._thread.start()

    def wait(self) -> Fates | None:
        """Return the fates when they are known."""
        self.wonder()
        if self._thread is not None:
            self._thread.join()
        return self.fates

    def forget(self) -> None:
        """Stop wondering: the game is left."""
        self._left = True

    def _play_on(self) -> None:
        for found in fates_bit_by_bit(self.game, self.session.seats, self.session.policies):
            self.fates = found
            with self._turn:
                if self._left:
                    return

    def luck_or_choice(self) -> str:
        """Return in one sentence whether luck or choice decided; nothing before it is known."""
        return "" if self.fates is None else verdict(self.session.model, self.fates)


def _page(found: Ripples, number: int, books: Payers) -> DeedPage:
    model, deed = found.game.model, found.deeds[number]
    candidate = model.candidates[deed.candidate]
    lines = told(found, number, books)
    return DeedPage(
        deed.season + 1,
        words.action_name(model, candidate, True),
        books.called,
        tuple(line.strip() for line in lines[1:]),
        books.sham,
        _marked(found, found.now, number),
        _marked(found, found.late, number),
    )


def _marked(found: Ripples, tiles: dict[str, Floats], number: int) -> Floats:
    model = found.game.model
    marked = np.zeros((model.layout.rows, model.layout.columns))
    for name, values in tiles.items():
        marked = np.maximum(marked, np.abs(values[:, :, number]) > glow_threshold(model, name))
    return marked
