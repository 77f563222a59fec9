"""What is on its way, and what would come if everyone stopped now, as lines."""

from __future__ import annotations

from game.insight.coming import pipeline
from game.players.standstill import Stopped
from game.playing.background import Work
from game.playing.session import Session
from game.playing.standstill import ahead, course_in_words, drain_line, goal_lines, numbers_of
from game.telling.coming import lines
from game.terminal.paint import WIDTH, Style, wrap


def coming(session: Session, work: Work[Stopped], style: Style) -> list[str]:
    """Return a line for all that is under way, then where the numbers would go as far as there is a time to come."""
    model, since = session.model, session.world.season
    told_lines = [style.paint("On its way, whatever happens:", "bold")]
    for line in lines(model, pipeline(model, session.world), session.me):
        told_lines += wrap(line, WIDTH, "  ", "    ")
    if work.trouble:
        return told_lines + wrap(f'{work.trouble} Write "coming" to try again.', WIDTH)
    found = work.result
    if found is None:
        return told_lines
    told_lines += [style.paint("If everyone stopped now (imagined 40 times, each with other luck):", "bold")]
    for number in numbers_of(session):
        one = ahead(session, number, found)
        said = " ".join(part for part in (course_in_words(model, one, since), drain_line(session, one)) if part)
        told_lines += wrap(said, WIDTH, "  ", "    ")
    for on, line in goal_lines(model, found):
        told_lines += wrap(line, WIDTH, "  + " if on else "  - ", "    ")
    return told_lines
