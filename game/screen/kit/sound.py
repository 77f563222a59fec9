"""A few soft sounds; silent where there is no device, and when muted."""

from __future__ import annotations

import secrets

import pygame

from game.level.library import data_root
from game.screen.kit.music import Music, open_mixer

NAMES = ("press", "plan", "undo", "season", "agreed", "blocked", "won", "lost", "star", "codex", "unlock")
PLACES = (
    "hum",
    "howl",
    "mill",
    "hearth",
    "frog",
    "glass",
    "ticks",
    "ears",
    "wheel",
    "fog",
)  # what a level may open with
VOLUME, SOFT = 0.5, 0.3


class Sounds:
    """Plays sounds by name.  The device is opened with the first sound, not at the start."""

    def __init__(self, silent: bool = False) -> None:
        self.muted, self.volume = False, 1.0  # from 0 to 1
        self.music = Music(secrets.randbelow(1_000_000), silent)
        self._silent = silent
        self._loaded: dict[str, pygame.mixer.Sound] | None = None

    def play(self, name: str) -> None:
        """Play a sound, if it can be heard."""
        if self._silent or self.muted or not self.volume:
            return
        if self._loaded is None:
            self._open()
        sound = (self._loaded or {}).get(name)
        if sound is not None:
            sound.set_volume(self.volume * (SOFT if name in PLACES else VOLUME))
            sound.play()

    def _open(self) -> None:
        self._loaded = {}
        try:
            open_mixer()
            for name in (*NAMES, *PLACES):
                self._loaded[name] = pygame.mixer.Sound(str(data_root() / "assets" / "sounds" / f"{name}.wav"))
        except (pygame.error, OSError, NotImplementedError):
            # No device, or files gone: a game without sound is still a game.
            self._silent = True
