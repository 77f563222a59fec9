"""How the others fare, what they want and why they act, as rows of a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from game.playing.faring import faring_lines
from game.playing.session import Session
from game.telling.say import say
from game.terminal.paint import Style, painted


def faring_rows(session: Session, seats: Sequence[int], style: Style) -> list[str]:
    """Return who is better and who is worse off through those in some seats, and in what; waits until it is counted."""
    if not session.world.season:
        return [say("faring.none_yet")]
    model, rows = session.model, []
    for seat in seats:
        work = session.fared.ask(seat)
        work.again()  # where it went wrong before
        work.wait()
        mine = model.layout.seats[seat]
        rows += painted(faring_lines(model, work, mine, mine if len(session.seats) == 1 else -1), style)
    return rows
