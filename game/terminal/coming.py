"""What is on its way, and what would come if everyone stopped now, as lines."""

from __future__ import annotations

from game.players.forecast import DREAMS
from game.players.standstill import Stopped
from game.playing.background import Work
from game.playing.session import Session
from game.playing.standstill import ahead, course_in_words, drain_line, goal_lines, numbers_of
from game.playing.view import view
from game.telling.say import say
from game.terminal.paint import WIDTH, Style, wrap


def coming(session: Session, work: Work[Stopped], style: Style) -> list[str]:
    """Return a line for all that is under way, then where the numbers would go as far as there is a time to come."""
    model, since = session.model, session.world.season
    told_lines = [style.paint(say("ahead.on_its_way"), "bold")]
    for line in view(session, parts=["coming"])["coming"]["sentences"]:
        told_lines += wrap(line, WIDTH, "  ", "    ")
    if work.trouble:
        return told_lines + wrap(say("ahead.try_again", trouble=work.trouble), WIDTH)
    found = work.result
    if found is None:
        return told_lines
    told_lines += [style.paint(say("ahead.standstill", games=DREAMS), "bold")]
    for number in numbers_of(session):
        one = ahead(session, number, found)
        said = " ".join(part for part in (course_in_words(model, one, since), drain_line(session, one)) if part)
        told_lines += wrap(said, WIDTH, "  ", "    ")
    for on, line in goal_lines(model, found):
        told_lines += wrap(line, WIDTH, "  + " if on else "  - ", "    ")
    return told_lines
