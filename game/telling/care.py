"""How much care force calls for, in words: the meter, its mark on a card, and what is in force."""

from __future__ import annotations

from game.insight.vigilance import GREAT, HARMLESS
from game.insight.watchfulness import PROTEST, TRIAL_ANSWERED, TRIAL_GOES_ON, WATCHED_FOR, WEB_TRIED, Care, Note
from game.telling import words
from game.telling.say import say


def care_word(care: float) -> str:
    """Return in a word or two how much care (0 to 1) is called for."""
    return say("care.little" if care < HARMLESS else "care.great" if care >= GREAT else "care.some")


def care_mark(care: float) -> str:
    """Return what a card is marked with; nothing where force is next to harmless."""
    return say("care.great") if care >= GREAT else say("care.mark") if care >= HARMLESS else ""


def care_lines(care: Care) -> tuple[str, ...]:
    """Return the meter in words: how much care is called for, and where it differs how much would be by itself."""
    line = say("care.calls_for", care=care_word(care.now), hundredths=f"{100 * care.now:.0f}")
    if not care.changed:
        return (line,)
    return line, say("care.by_itself", care=care_word(care.usual), hundredths=f"{100 * care.usual:.0f}")


def care_notes(care: Care, chance_told: bool = False) -> tuple[str, ...]:
    """Return what players are told of what is in force; with `chance_told` who may stop it is said beside it."""
    notes = (note for note in care.notes if not (chance_told and note.kind == PROTEST))
    return tuple(dict.fromkeys(map(note_line, notes)))


def note_line(note: Note) -> str:
    """Return what is in force in a sentence.  Raises ValueError for what has none."""
    match note.kind:
        case kind if kind == WATCHED_FOR:
            return say("care.watched", seasons=note.number)
        case kind if kind == TRIAL_GOES_ON:
            return say("care.trial_goes_on", seasons=words.turns(int(note.number), more=True))
        case kind if kind == TRIAL_ANSWERED:
            return say("care.trial_answered")
        case kind if kind == WEB_TRIED:
            return say("care.web_tried")
        case kind if kind == PROTEST:
            return say("care.protest", chance=100 * note.number)
    raise ValueError(f"nobody says what {note.kind!r} is, which is in force")
