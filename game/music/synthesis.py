"""How it sounds: each tone is a sum of sines with its own rise and fall, and poison makes it dull and unsteady."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from game.level.whole_files import written_whole
from game.music.composing import Bar, Dials, Note, compose

RATE = 22050  # samples a second
LOUD = 0.16  # of all voices together: far below the loudest there is
Wave = NDArray[np.float64]
# Of each voice: its overtones, how long it rises (seconds), and how fast it fades (times its length).
VOICES: dict[str, tuple[tuple[float, ...], float, float]] = {
    "pad": ((1.0, 0.35, 0.12, 0.05), 1.1, 0.6),
    "bass": ((1.0, 0.4, 0.1), 0.08, 2.2),
    "pluck": ((1.0, 0.45, 0.2, 0.08, 0.03), 0.008, 5.0),
}


def sounded(note: Note, dials: Dials) -> Wave:
    """Return a tone as samples; poison takes its overtones away and lets it waver.  Raises KeyError for no voice."""
    overtones, rise, fade = VOICES[note.voice]
    time = np.arange(int(RATE * note.length)) / RATE
    waver = 1.0 + 0.006 * dials.toxification * np.sin(2.0 * np.pi * 0.7 * time + note.pitch)
    turn = 2.0 * np.pi * note.pitch * np.cumsum(waver) / RATE
    found = np.zeros_like(time)
    for number, strength in enumerate(overtones, start=1):
        dull = (1.0 - 0.8 * dials.toxification) ** (number - 1)
        found += strength * dull * np.sin(number * turn) * np.exp(-fade * number**0.5 * time / note.length)
    release = np.minimum(1.0, (note.length - time) / min(0.25, note.length))
    return np.asarray(note.strength * found * np.minimum(1.0, time / rise) * release)


class Player:
    """Turns bars into samples one after the other; what rings on is carried into the next."""

    def __init__(self, seed: int) -> None:
        self.seed, self.number = seed, 0
        self._before: Bar | None = None
        self._tail = np.zeros(0)

    def next_bar(self, dials: Dials) -> NDArray[np.int16]:
        """Return the samples of the next bar, (N,) at `RATE`, as they are given to a loudspeaker."""
        bar = compose(self.seed, self.number, dials, self._before)
        size = int(RATE * bar.seconds)
        found = np.zeros(max(size, self._tail.size, *(int(RATE * (one.start + one.length)) + 1 for one in bar.notes)))
        found[: self._tail.size] += self._tail
        for note in bar.notes:
            tone = sounded(note, dials)
            start = int(RATE * note.start)
            found[start : start + tone.size] += tone
        self._before, self.number, self._tail = bar, self.number + 1, found[size:]
        # A soft bound instead of a hard one: nothing can clip.
        return np.asarray(np.round(32767.0 * np.tanh(LOUD * found[:size])), np.int16)


def write_music(file: Path, seed: int, dials: Dials, seconds: float) -> None:
    """Write so much music as a WAV file, one channel of 16 bits; whole or not at all.  Raises OSError."""
    player, parts, length = Player(seed), list[NDArray[np.int16]](), 0
    while length < seconds * RATE:
        parts.append(player.next_bar(dials))
        length += parts[-1].size
    samples = np.concatenate(parts)[: int(seconds * RATE)]
    fade = np.minimum(1.0, np.arange(samples.size)[::-1] / RATE)  # the last second
    with written_whole(file) as temporary, wave.open(str(temporary), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(np.round(samples * fade).astype("<i2").tobytes())
