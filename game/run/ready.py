"""Compiled seasons for whoever plays: made beside the game, in a process of its own, and used once they are there.

A compiler takes half a minute of a whole core; in the process of a window it
would take turns with every frame.  So another process fills the folder that
`game.run.backends` keeps compiled code in, and a thread loads it from there.
Whatever goes wrong, NumPy plays on.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from contextlib import suppress
from threading import Lock, Thread

from game.run import backends
from game.sim import at_hand
from game.sim.model import Model, compile_level

NICE = 10  # whoever plays goes first


class Ready:
    """Makes compiled seasons ready for one model after the other; a newer one goes first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._wanted: list[Model] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: Thread | None = None
        self._stopped = False

    def begin(self, model: Model) -> None:
        """Begin to make the seasons of a model ready; returns at once."""
        with self._lock:
            if self._stopped or not backends.has_numba() or at_hand.found(model) is not None:
                return
            self._wanted.append(model)
            if self._thread is None:
                self._thread = Thread(target=self._make_all, name="compiled seasons", daemon=True)
                self._thread.start()

    def wait(self, seconds: float) -> None:
        """Wait until all that was begun is ready, or so many seconds."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def stop(self) -> None:
        """Give up what is not ready yet; a compiler ends at once, and what it has finished is kept."""
        with self._lock:
            self._stopped = True
            self._wanted.clear()
            if self._process is not None:
                self._process.kill()

    def _make_all(self) -> None:
        while True:
            with self._lock:
                if not self._wanted:
                    self._thread = None
                    return
                model = self._wanted.pop()
            with suppress(Exception):  # a full disk, a broken numba: NumPy is there for all of that
                self._make(model)

    def _make(self, model: Model) -> None:
        if not backends.is_compiled(model):
            self._compile_apart(model)
        if not self._stopped and backends.is_compiled(model):
            at_hand.put(model, backends.compiled_kernel(model))

    def _compile_apart(self, model: Model) -> None:
        with self._lock:
            if self._stopped:
                return
            self._process = subprocess.Popen(
                [sys.executable, "-m", "game.run.ready"],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,  # a compiler has nothing to say to whoever plays
                stderr=subprocess.DEVNULL,
            )
        self._process.communicate(pickle.dumps((model.level, backends.cache_folder())))
        self._process = None


def main() -> None:
    """Compile the level that comes in by standard input, for the folder that comes with it."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    level, folder = pickle.load(sys.stdin.buffer)
    backends.cache_folder = lambda: folder
    backends.compiled_kernel(compile_level(level))


if __name__ == "__main__":
    main()
