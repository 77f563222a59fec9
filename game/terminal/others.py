"""How the others fare, what they want and why they act, as rows of a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from game.playing.faring import faring_lines
from game.playing.session import Session
from game.playing.view import view
from game.telling import words
from game.telling.say import say
from game.terminal.paint import WIDTH, Style, painted, wrap


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


def season_rows(session: Session, style: Style) -> list[str]:
    """Return what is told of everybody when a season is over."""
    # What one knows of the others is not for everybody at the keyboard.
    others = neighbour_rows(session, style) if len(session.seats) == 1 else []
    told = view(session, parts=["finish"])["finish"]
    early = ["", *wrap(told["text"], WIDTH), *wrap(say("finish.terminal"), WIDTH)] if told["new"] else []
    return ["", *faring_rows(session, session.seats, style), *others, *early]


def neighbour_rows(session: Session, style: Style) -> list[str]:
    """Return what each neighbour wants, did last season and why, and what would change its mind."""
    rows = []
    for one in view(session, parts=["neighbours"])["neighbours"]:
        index = session.model.layout.communities.index(one["household"])
        rows.append(style.paint(words.people(session.model, index), "bold"))
        # The story of the season has told what anybody did.
        for line in (*(() if one["acted"] else one["did"]), *one["wants"], *one["change"]):
            rows += wrap(line, WIDTH, "  ", "    ")
    return ["", style.paint(say("motive.title"), "bold"), *rows] if rows else []
