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


def seconds_of(length: float) -> Wave:
    """Return the moments of a sound."""
    return np.arange(int(RATE * length)) / RATE


def swell(moments: Wave, rise: float, fall: float) -> Wave:
    """Return a loudness that rises softly and falls softly."""
    end = moments[-1]
    return np.sin(0.5 * np.pi * np.minimum(1.0, moments / rise)) * np.sin(
        0.5 * np.pi * np.minimum(1.0, (end - moments) / fall)
    )


def smoothed(noise: Wave, width: int) -> Wave:
    """Return noise without its high part; the wider, the duller."""
    return np.convolve(noise, np.hanning(width) / np.hanning(width).sum(), "same")


def hum() -> Wave:
    """Return bees among flowers: three wings a little out of tune, one of which comes by."""
    moments, found = seconds_of(2.4), np.zeros(int(RATE * 2.4))
    for pitch, near, strength in ((196.0, 0.5, 0.8), (207.0, 1.1, 0.7), (233.0, 1.5, 1.0)):
        bend = pitch * (moments + 0.004 * np.sin(2 * np.pi * 5.1 * moments + pitch))
        wings = sum(np.sin(2 * np.pi * number * bend) / number**1.4 for number in range(1, 8))
        found += strength * wings * (0.35 + np.exp(-(((moments - near) / 0.45) ** 2)))
    return found * (1 + 0.25 * np.sin(2 * np.pi * 11 * moments)) * swell(moments, 0.5, 0.9)


def howl() -> Wave:
    """Return a wolf far away, and the valley that answers."""
    moments = seconds_of(2.3)
    pitch = np.interp(moments, (0.0, 0.35, 0.8, 1.5, 2.3), (260.0, 400.0, 436.0, 420.0, 300.0))
    pitch = pitch * (1 + 0.008 * np.sin(2 * np.pi * 5.5 * moments))
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    voice = (np.sin(phase) + 0.32 * np.sin(2 * phase) + 0.08 * np.sin(3 * phase)) * swell(moments, 0.4, 0.9)
    far = smoothed(voice, 9)
    return after((0.0, far), (0.31, 0.34 * far), (0.62, 0.2 * far), (0.97, 0.12 * far))


def mill() -> Wave:
    """Return a wheel of wood in running water."""
    noise = np.random.default_rng(8).standard_normal(int(RATE * 2.6))
    moments = seconds_of(2.6)
    water = smoothed(noise, 24) * (0.75 + 0.35 * np.sin(2 * np.pi * 1.6 * moments))
    knocks = []
    for step in range(7):
        heavy = step % 2
        blow = tone(96.0 + 22 * heavy, 0.22, (1.0, 0.7, 0.3), 9.0)
        knocks.append((0.15 + 0.31 * step, (0.65 + 0.25 * heavy) * blow))
    creak = 0.16 * np.sin(2 * np.pi * (310 * moments + 14 * np.sin(2 * np.pi * 1.61 * moments)))
    creak = creak * np.maximum(0.0, np.sin(2 * np.pi * 1.61 * moments)) ** 4
    return after((0.0, (1.3 * water + creak) * swell(moments, 0.3, 0.7)), *knocks)


def hearth() -> Wave:
    """Return a fire that crackles."""
    dice, moments = np.random.default_rng(12), seconds_of(2.2)
    noise = dice.standard_normal(moments.size)
    glow = (smoothed(noise, 90) - smoothed(noise, 500)) * 2.0
    cracks = []
    for _ in range(26):
        length = dice.uniform(0.012, 0.05)
        snap = dice.standard_normal(int(RATE * length)) * np.exp(-6 * seconds_of(length) / length)[: int(RATE * length)]
        cracks.append((float(dice.uniform(0.05, 2.0)), dice.uniform(0.15, 0.8) * smoothed(snap, 7)))
    return after((0.0, glow * swell(moments, 0.3, 0.7)), *cracks)


def frog() -> Wave:
    """Return two frogs that answer each other."""

    def croak(pitch: float, length: float) -> Wave:
        moments = seconds_of(length)
        pulses = np.maximum(0.0, np.sin(2 * np.pi * 27 * moments)) ** 2
        throat = np.sin(2 * np.pi * pitch * moments * (1 + 0.12 * moments)) + 0.5 * np.sin(
            2 * np.pi * 2.02 * pitch * moments
        )
        return throat * pulses * swell(moments, 0.05, 0.1)

    return after((0.0, croak(430.0, 0.34)), (0.5, 0.5 * croak(560.0, 0.26)), (0.95, croak(430.0, 0.38)))


def ticks() -> Wave:
    """Return a little counter that ticks, now and then twice."""
    dice, moments = np.random.default_rng(11), seconds_of(2.4)
    air = (smoothed(dice.standard_normal(moments.size), 60)) * 0.18 * swell(moments, 0.4, 0.8)
    clicks = []
    for _ in range(19):
        length = 0.011
        click = (
            dice.standard_normal(int(RATE * length)) * np.exp(-7 * seconds_of(length) / length)[: int(RATE * length)]
        )
        clicks.append((float(dice.uniform(0.05, 2.25)), dice.uniform(0.5, 0.9) * smoothed(click, 3)))
    return after((0.0, air), *clicks)


def ears() -> Wave:
    """Return wind that goes over a field of ears, gust by gust."""
    dice, moments = np.random.default_rng(21), seconds_of(2.6)
    noise = dice.standard_normal(moments.size)
    rustle = noise - smoothed(noise, 7)
    gusts = sum(
        np.exp(-(((moments - near) / 0.33) ** 2)) * high for near, high in ((0.5, 0.6), (1.25, 1.0), (2.0, 0.5))
    )
    grains = 0.6 + 0.4 * np.sin(2 * np.pi * 17 * moments) * np.sin(2 * np.pi * 2.3 * moments)
    return (0.5 * rustle * grains + 2.2 * smoothed(noise, 60)) * gusts * swell(moments, 0.2, 0.6)


def wheel() -> Wave:
    """Return a potter's wheel that turns, a foot that treads, and pots that are set down."""
    moments = seconds_of(2.5)
    noise = np.random.default_rng(23).standard_normal(moments.size)
    turning = (smoothed(noise, 40) - smoothed(noise, 300)) * (0.7 + 0.3 * np.sin(2 * np.pi * 3.1 * moments))
    treads = [(0.1 + 0.62 * step, 0.5 * tone(74.0, 0.25, (1.0, 0.5), 10.0)) for step in range(4)]
    pots = [(at, 0.34 * tone(pitch, 0.3, (1.0, 0.1, 0.35), 8.0)) for at, pitch in ((0.75, 540.0), (1.55, 610.0))]
    return after((0.0, 1.5 * turning * swell(moments, 0.3, 0.7)), *treads, *pots)


def fog() -> Wave:
    """Return a church bell that is heard through smoke."""
    dull = smoothed(bell(233.1, 2.4), 25)
    air = smoothed(np.random.default_rng(29).standard_normal(int(RATE * 2.6)), 120)
    return after(
        (0.0, 0.9 * air * swell(seconds_of(2.6), 0.5, 0.9)), (0.1, dull), (1.15, 0.7 * dull[: int(RATE * 1.4)])
    )


def glass() -> Wave:
    """Return the rim of a glass that sings."""
    moments = seconds_of(2.6)
    found = np.zeros_like(moments)
    for pitch, strength in ((659.3, 1.0), (660.7, 0.7), (988.0, 0.4), (1318.5, 0.22), (1978.0, 0.07)):
        found += strength * np.sin(2 * np.pi * pitch * moments + pitch)
    return found * swell(moments, 0.7, 1.5)


def places() -> dict[str, tuple[Wave, float]]:
    """Return the sounds that levels may open with, each with its loudness."""
    return {
        "hum": (hum(), 0.28), "howl": (howl(), 0.3), "mill": (mill(), 0.3),
        "hearth": (hearth(), 0.3), "frog": (frog(), 0.26), "glass": (glass(), 0.24),
        "ticks": (ticks(), 0.22), "ears": (ears(), 0.26), "wheel": (wheel(), 0.28), "fog": (fog(), 0.3),
    }  # fmt: skip


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
    found = sounds() | places()
    for name, (sound, loudness) in found.items():
        samples = np.round(sound / np.abs(sound).max() * loudness * 32767).astype("<i2")
        with wave.open(str(FOLDER / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(samples.tobytes())
    print(f"wrote {len(found)} sounds into {FOLDER}")


if __name__ == "__main__":
    main()
