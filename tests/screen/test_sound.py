"""Sounds: every name has its file, a level is heard when it opens and when a season begins, and mute mutes all."""

from __future__ import annotations

import os

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"

import wave
from typing import Any, get_args

import numpy as np
import pytest

from game.level.library import data_root
from game.level.reader import load_level
from game.level.schema import Level
from game.playing.session import Session
from game.screen.kit.sound import NAMES, PLACES, Sounds
from game.screen.table.play import PlayScene
from game.sim.model import compile_level

FOLDER = data_root() / "assets" / "sounds"


def samples(name: str) -> tuple[np.ndarray, float]:
    with wave.open(str(FOLDER / f"{name}.wav"), "rb") as file:
        found = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(float) / 32767
        return found, file.getnframes() / file.getframerate()


def test_what_a_level_may_name_is_what_there_is() -> None:
    named = [one for part in get_args(Level.model_fields["sound"].annotation) for one in get_args(part)]
    assert tuple(named) == PLACES
    assert {file.stem for file in FOLDER.glob("*.wav")} == {*NAMES, *PLACES}


@pytest.mark.parametrize("name", PLACES)
def test_the_sound_of_a_place_is_short_and_quiet_and_begins_and_ends_in_silence(name: str) -> None:
    found, seconds = samples(name)
    assert 0.8 < seconds < 3.5
    assert 0.1 < np.abs(found).max() < 0.35
    assert np.abs(found[:30]).max() < 0.05 and np.abs(found[-30:]).max() < 0.05


def test_no_two_places_sound_alike() -> None:
    def spectrum(name: str) -> np.ndarray:
        parts = np.abs(np.fft.rfft(samples(name)[0], 65536))[: 64 * 400].reshape(400, 64).sum(axis=1)
        return parts / np.linalg.norm(parts)

    for number, one in enumerate(PLACES):
        for two in PLACES[number + 1 :]:
            assert spectrum(one) @ spectrum(two) < 0.9, (one, two)


def scene_of(name: str) -> PlayScene:
    level = load_level(name)
    return PlayScene(Session(compile_level(level), 3, 1, level.default_policies()), name)


def test_a_level_is_heard_when_it_opens_and_when_each_season_begins() -> None:
    scene = scene_of("flowers_and_bees")
    assert scene.sounds == ["hum"]
    scene.sounds = []
    scene.end_season()
    assert "hum" not in scene.sounds
    scene.close_report()
    assert scene.sounds[-1] == "hum"


def test_a_level_that_names_none_opens_in_silence() -> None:
    assert scene_of("nail_and_barn").sounds == []


def test_mute_mutes_places_as_well() -> None:
    class Heard:
        count = 0

        def set_volume(self, loud: float) -> None: ...

        def play(self) -> None:
            self.count += 1

    sounds, heard = Sounds(), Heard()
    loaded: dict[str, Any] = dict.fromkeys(PLACES, heard)
    sounds._loaded = loaded
    sounds.muted = True
    for name in PLACES:
        sounds.play(name)
    assert heard.count == 0
    sounds.muted = False
    sounds.play("hum")
    assert heard.count == 1
