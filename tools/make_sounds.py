"""Makes the sounds of the game, out of sines and a little noise: `python tools/make_sounds.py`.

They are made by code so that there is no doubt whose work they are.  Every
run writes the same bytes.
"""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 22050
FOLDER = Path(__file__).resolve().parents[1] / "assets" / "sounds"
Wave = NDArray[np.float64]


def tone(pitch: float, seconds: float, partials: tuple[float, ...] = (1.0, 0.3, 0.1), decay: float = 5.0) -> Wave:
    """Return a struck tone that fades away, with its overtones."""
    time = np.arange(int(RATE * seconds)) / RATE
    found = np.zeros_like(time)
    for number, strength in enumerate(partials, start=1):
        found += strength * np.sin(2 * np.pi * pitch * number * time) * np.exp(-decay * number * time / seconds)
    attack = np.minimum(1.0, time / 0.006)
    release = np.minimum(1.0, (seconds - time) / 0.02)
    return found * attack * release


def bell(pitch: float, seconds: float) -> Wave:
    """Return a bell: its overtones are not multiples of its pitch."""
    time = np.arange(int(RATE * seconds)) / RATE
    found = np.zeros_like(time)
    for ratio, strength in ((1.0, 1.0), (2.0, 0.5), (2.76, 0.35), (5.4, 0.12)):
        found += strength * np.sin(2 * np.pi * pitch * ratio * time) * np.exp(-4.0 * ratio * time / seconds)
    return found * np.minimum(1.0, time / 0.004) * np.minimum(1.0, (seconds - time) / 0.05)


def breath(seconds: float) -> Wave:
    """Return a gust of wind that comes and goes."""
    noise = np.random.default_rng(5).standard_normal(int(RATE * seconds))
    soft = np.convolve(noise, np.hanning(64) / np.hanning(64).sum(), "same")
    return soft * np.sin(np.linspace(0, np.pi, soft.size)) ** 2


def after(*parts: tuple[float, Wave]) -> Wave:
    """Return sounds laid over each other, each beginning at its own second."""
    length = max(int(start * RATE) + part.size for start, part in parts)
    found = np.zeros(length)
    for start, part in parts:
        place = int(start * RATE)
        found[place : place + part.size] += part
    return found


def sounds() -> dict[str, tuple[Wave, float]]:
    """Return every sound with its loudness."""
    chord = [(0.11 * step, tone(pitch, 0.7)) for step, pitch in enumerate((392.0, 493.9, 587.3, 784.0))]
    fall = [(0.2 * step, tone(pitch, 0.8)) for step, pitch in enumerate((392.0, 349.2, 293.7))]
    return {
        "press": (tone(660.0, 0.07, (1.0, 0.2)), 0.25),
        "plan": (after((0.0, tone(523.3, 0.12)), (0.06, tone(659.3, 0.16))), 0.35),
        "undo": (after((0.0, tone(523.3, 0.12)), (0.06, tone(415.3, 0.16))), 0.3),
        "season": (after((0.0, 4.0 * breath(0.9)), (0.25, 0.4 * tone(330.0, 0.6))), 0.35),
        "agreed": (after((0.25, bell(880.0, 1.1)), (0.45, 0.7 * bell(1108.7, 0.9))), 0.4),
        "blocked": (after((0.2, tone(98.0, 0.5, (1.0, 0.6, 0.4))), (0.36, tone(92.5, 0.5, (1.0, 0.6, 0.4)))), 0.5),
        "won": (after(*chord), 0.5),
        "lost": (after(*fall), 0.45),
        "star": (after(*[(0.14 * step, bell(pitch, 0.9)) for step, pitch in enumerate((1046.5, 1318.5, 1568.0))]), 0.4),
        "codex": (after((0.2, 1.2 * breath(0.25)), (0.42, bell(1174.7, 0.7))), 0.3),
        "unlock": (after((0.0, tone(220.0, 0.1, (1.0, 0.7))), (0.12, bell(784.0, 0.9)), (0.3, bell(1046.5, 0.9))), 0.4),
    }


def main() -> None:
    """Write all sounds."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, (sound, loudness) in sounds().items():
        samples = np.round(sound / np.abs(sound).max() * loudness * 32767).astype("<i2")
        with wave.open(str(FOLDER / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(samples.tobytes())
    print(f"wrote {len(sounds())} sounds into {FOLDER}")


if __name__ == "__main__":
    main()
