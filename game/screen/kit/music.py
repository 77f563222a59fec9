"""Music while one plays: the next bar is made beside the game while the present one sounds."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

import pygame

from game.music.composing import Dials
from game.music.synthesis import RATE, Player

CHANNEL = 0  # kept free of everything else
LOUDEST = 0.6


def open_mixer() -> None:
    """Open the device for whatever sounds, once.  Raises pygame.error where there is none."""
    if pygame.mixer.get_init() is None:
        pygame.mixer.init(RATE, -16, 1, 512)


class Music:
    """Plays bar after bar; silent without a device, when muted, and while nobody can see the window."""

    def __init__(self, seed: int = 0, silent: bool = False) -> None:
        self.volume, self.muted = 0.5, False
        self._silent, self._player = silent, Player(seed)
        self._channel: pygame.mixer.Channel | None = None
        self._pool: ThreadPoolExecutor | None = None
        self._coming: Future[pygame.mixer.Sound] | None = None

    @property
    def sounding(self) -> bool:
        """Whether it can be heard now."""
        return self._channel is not None and self._channel.get_busy()

    def go_on(self, dials: Dials, heard: bool = True) -> None:
        """See to it that there is a next bar, by the dials as they stand; call it once a frame."""
        if self._silent or self.muted or not self.volume or not heard:
            self.stop()
            return
        if self._channel is None and not self._open():
            return
        assert self._channel is not None and self._pool is not None
        self._channel.set_volume(LOUDEST * self.volume)
        if self._coming is None:
            if self._channel.get_queue() is None:
                self._coming = self._pool.submit(self._made, dials)
        elif self._coming.done():
            made, self._coming = self._coming, None
            if made.exception() is not None:  # the device went away: the game goes on without it
                self._silent = True
                return
            bar = made.result()
            if self._channel.get_busy():
                self._channel.queue(bar)
            else:
                self._channel.play(bar, fade_ms=400)

    def stop(self) -> None:
        """Fall silent softly."""
        if self.sounding:
            assert self._channel is not None
            self._channel.fadeout(300)
        self._coming = None

    def close(self) -> None:
        """Fall silent for good."""
        self.stop()
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
        self._silent = True

    def _made(self, dials: Dials) -> pygame.mixer.Sound:
        return pygame.mixer.Sound(buffer=self._player.next_bar(dials).tobytes())

    def _open(self) -> bool:
        try:
            open_mixer()
            if pygame.mixer.get_init() != (RATE, -16, 1):
                raise pygame.error("this device has another rate")
            pygame.mixer.set_reserved(CHANNEL + 1)
            self._channel = pygame.mixer.Channel(CHANNEL)
        except (pygame.error, NotImplementedError):
            self._silent = True  # a game without music is still a game
            return False
        self._pool = ThreadPoolExecutor(1, "music")
        return True
