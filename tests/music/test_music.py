"""Music follows the dials, never says a bar twice, is quiet, cannot clip, and stays away where it is not wanted."""

from __future__ import annotations

import os

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"

import time
import wave
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.cli import main
from game.music.composing import AEOLIAN, LYDIAN, Bar, Dials, compose, hertz
from game.music.synthesis import RATE, Player
from game.screen.kit.music import Music

WELL, ILL = Dials(), Dials(1.0, 1.0, 1.0)
SHARES = st.floats(0.0, 1.0)


def bars(count: int, dials: Dials, seed: int = 5) -> list[Bar]:
    found: list[Bar] = []
    for number in range(count):
        found.append(compose(seed, number, dials, found[-1] if found else None))
    return found


def sounded(count: int, dials: Dials, seed: int = 5) -> np.ndarray:
    player = Player(seed)
    return np.concatenate([player.next_bar(dials) for _ in range(count)]) / 32767


def test_the_same_seed_gives_the_same_music_and_another_seed_other_music() -> None:
    assert bars(16, WELL) == bars(16, WELL) != bars(16, WELL, seed=6)
    assert (sounded(3, ILL) == sounded(3, ILL)).all()


def test_no_two_bars_of_a_thousand_are_the_same() -> None:
    assert len({bar.notes for bar in bars(1000, WELL)}) == 1000


@given(st.integers(0, 10**6), SHARES, SHARES, SHARES)
@settings(max_examples=25, deadline=None)
def test_wherever_the_dials_stand_it_is_quiet_and_does_not_clip(
    seed: int, land: float, people: float, ground: float
) -> None:
    found = sounded(3, Dials(land, people, ground), seed)
    loud = 20 * np.log10(np.sqrt((found**2).mean()))
    assert np.abs(found).max() < 0.6 and -34 < loud < -16


def test_bars_join_without_a_click() -> None:
    for dials in (WELL, ILL):
        player = Player(8)
        parts = [player.next_bar(dials) / 32767 for _ in range(12)]
        jumps = [abs(after[0] - before[-1]) for before, after in pairwise(parts)]
        assert max(jumps) < 0.08


def test_bare_land_thins_the_melody_out() -> None:
    full, thin = (
        sum(note.voice == "pluck" for bar in bars(200, dials) for note in bar.notes) for dials in (WELL, Dials(1.0))
    )
    assert thin < 0.5 * full


def test_quarrels_darken_the_scale_and_bring_tones_that_rub() -> None:
    def steps(dials: Dials) -> set[int]:
        tones = (note.pitch for bar in bars(80, dials) for note in bar.notes if note.voice == "pad")
        return {round(12 * np.log2(tone / hertz(0))) % 12 for tone in tones}

    assert steps(WELL) <= set(LYDIAN)
    assert steps(ILL) - set(LYDIAN) and set(AEOLIAN) & steps(ILL) - set(LYDIAN)


def test_poison_takes_the_brightness() -> None:
    def bright(dials: Dials) -> float:
        spectrum = np.abs(np.fft.rfft(sounded(12, dials)))
        tones = np.fft.rfftfreq(2 * (spectrum.size - 1), 1 / RATE)
        return float(spectrum[tones > 900].sum() / spectrum.sum())

    assert bright(Dials(toxification=1.0)) < 0.8 * bright(WELL)


def test_the_command_writes_a_file_of_the_length_that_was_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "calm.wav"
    assert main(["music", str(file), "--seconds", "7", "--conflict", "40"]) == 0
    with wave.open(str(file), "rb") as found:
        assert found.getnframes() == 7 * RATE and found.getnchannels() == 1
    for wrong in (
        ["music", "a.mp3"],
        ["music", str(file), "--conflict", "101"],
        ["music", str(file), "--seconds", "99999"],
    ):
        assert main(wrong) == 2
        assert "Traceback" not in capsys.readouterr().err


@pytest.fixture
def music() -> Iterator[Music]:
    pygame.mixer.quit()
    found = Music(3)
    yield found
    found.close()
    pygame.mixer.quit()


def wait(music: Music) -> None:
    for _ in range(500):
        music.go_on(WELL)
        if music.sounding:
            return
        time.sleep(0.01)
    raise AssertionError("no music after five seconds")


def test_it_plays_and_stops_when_muted_or_when_nobody_sees_the_window(music: Music) -> None:
    wait(music)
    music.muted = True
    music.go_on(WELL)
    assert not music._coming
    music.muted = False
    wait(music)
    music.go_on(WELL, heard=False)
    assert not music._coming


def test_at_no_loudness_nothing_is_opened(music: Music) -> None:
    music.volume = 0.0
    music.go_on(WELL)
    assert pygame.mixer.get_init() is None and not music.sounding


def test_without_a_device_the_game_goes_on_silently(music: Music, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise pygame.error("no such audio device")

    monkeypatch.setattr(pygame.mixer, "init", fails)
    for _ in range(3):
        music.go_on(WELL)
    assert not music.sounding


def test_a_device_that_goes_away_ends_the_music_and_not_the_game(music: Music, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise pygame.error("mixer not initialized")

    wait(music)
    monkeypatch.setattr(music, "_made", fails)
    for _ in range(2000):
        music.go_on(WELL)
        if music._silent:
            return
        time.sleep(0.01)
    raise AssertionError("it was not noticed")
