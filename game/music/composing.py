"""What is played: chords, a bass and a melody, drawn bar by bar from the dials and a seed.

Harmony walks between neighbouring chords of one scale (a first-order chain, as
in Xenakis 1963); the scale darkens, the tones thin out and the beat limps as
the land, the people and the ground fare worse.  The same seed, bar and dials
give the same bar, and no bar is like the one before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

BEATS = 8  # of a bar, in quavers
LOWEST = 110.0  # hertz, of the note 0
MAJOR, LYDIAN, DORIAN, AEOLIAN = (
    (0, 2, 4, 5, 7, 9, 11), (0, 2, 4, 6, 7, 9, 11), (0, 2, 3, 5, 7, 9, 10), (0, 2, 3, 5, 7, 8, 10),
)  # fmt: skip
NEXT = {0: (3, 4, 5, 1), 1: (4, 3, 6), 2: (5, 3), 3: (0, 1, 4), 4: (0, 5, 3), 5: (3, 1, 2), 6: (0, 2)}


@dataclass(frozen=True)
class Dials:
    """How things stand, each from 0 (well) to 1: the land, the people, the ground."""

    depletion: float = 0.0
    conflict: float = 0.0
    toxification: float = 0.0


@dataclass(frozen=True)
class Note:
    """One tone: `voice` is pad, bass or pluck; `start` and `length` in seconds from the start of its bar."""

    voice: str
    pitch: float  # hertz
    start: float
    length: float
    strength: float  # 0 to 1


@dataclass(frozen=True)
class Bar:
    """One bar of music, and the chord on which it stands."""

    notes: tuple[Note, ...]
    seconds: float
    chord: int


def hertz(step: int) -> float:
    """Return the pitch so many semitones above the lowest, in equal temperament."""
    return float(LOWEST * 2.0 ** (step / 12.0))


def compose(seed: int, number: int, dials: Dials, before: Bar | None = None) -> Bar:
    """Return the bar of this number (from 0); `before` is the one it follows."""
    luck = np.random.Generator(np.random.PCG64([seed, number]))
    while True:
        found = _bar(luck, number, dials, before)
        if before is None or found.notes != before.notes:
            return found


def _bar(luck: np.random.Generator, number: int, dials: Dials, before: Bar | None) -> Bar:
    beat = 0.42 + 0.12 * dials.depletion + 0.02 * float(luck.random())
    scale = _scale(dials)
    chord = 0 if before is None or number % 8 == 0 else int(luck.choice(NEXT[before.chord]))
    steps = [_step(scale, chord + place) for place in (0, 2, 4)]
    if luck.random() < 0.8 * dials.conflict:
        steps.append(steps[0] + 1)  # a semitone that rubs
    length = BEATS * beat
    notes = [Note("pad", hertz(step + 12), 0.0, length * 1.1, 0.5) for step in steps]
    notes.append(Note("bass", hertz(steps[0] - 12 if steps[0] >= 7 else steps[0]), 0.0, length * 0.9, 0.7))
    notes += _melody(luck, scale, chord, beat, dials)
    return Bar(tuple(notes), length, chord)


def _scale(dials: Dials) -> tuple[int, ...]:
    """Return the scale: the brighter the better people and land fare."""
    dark = 0.5 * dials.depletion + 0.6 * dials.conflict + 0.3 * dials.toxification
    return (LYDIAN, MAJOR, DORIAN, AEOLIAN)[min(3, int(dark * 5.0))]


def _step(scale: tuple[int, ...], degree: int) -> int:
    octave, place = divmod(degree, len(scale))
    return 12 * octave + scale[place]


def _melody(luck: np.random.Generator, scale: tuple[int, ...], chord: int, beat: float, dials: Dials) -> list[Note]:
    """Return a line that wanders by small steps, with fewer tones the barer the land."""
    dense = 0.62 * (1.0 - 0.75 * dials.depletion)
    degree = chord + int(luck.choice((0, 2, 4)))
    notes = []
    for place in range(BEATS):
        sounds, move = luck.random(), int(luck.choice((-2, -1, -1, 1, 1, 2)))
        late = 0.35 * dials.conflict * float(luck.random())  # of a beat: quarrels limp
        strength = 0.35 + 0.25 * float(luck.random())
        if sounds < dense * (1.0 if place % 2 == 0 else 0.6):
            degree = min(max(degree + move, chord - 2), chord + 9)
            notes.append(Note("pluck", hertz(_step(scale, degree) + 24), (place + late) * beat, 3.2 * beat, strength))
    return notes
