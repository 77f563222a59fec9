"""Compiled seasons for whoever plays: made beside the game, in a process of its own, and used once they are there.

A compiler takes half a minute of a whole core; in the process of a window it
would take turns with every frame.  So another process fills the folder that
`game.run.backends` keeps compiled code in, and a thread loads it from there.
Whatever goes wrong, NumPy plays on.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from contextlib import suppress
from threading import Lock, Thread

from game.run import backends
from game.run.deaf_children import deaf_children, end_with_whoever_began_it
from game.sim import at_hand
from game.sim.model import Model, compile_level

NICE = 10  # whoever plays goes first
UNSUPPORTED = 3  # status of a compiler that cannot read a rule


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
                self._process.kill()  # the thread that waits for it goes on

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
            process = self._process = begin_apart(model)
        ended(process)
        with self._lock:
            self._process = None


def begin_apart(model: Model) -> subprocess.Popen[bytes]:
    """Begin to compile the seasons of a model in a process of its own, which ends as soon as this one does.

    An interrupt that comes while machine code is made is lost in the compiler:
    a process can be killed instead.  It ends with 0, or with UNSUPPORTED where
    the level has a rule that nobody has taught the compiler.
    """
    with deaf_children():
        process = subprocess.Popen(
            [sys.executable, "-m", "game.run.ready"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,  # a compiler has nothing to say to whoever plays
            stderr=subprocess.DEVNULL,
        )
    assert process.stdin is not None
    with suppress(BrokenPipeError):  # it has ended already; its status tells
        process.stdin.write(pickle.dumps((model.source, backends.cache_folder())))
        process.stdin.flush()
    return process


def ended(process: subprocess.Popen[bytes]) -> int:
    """Wait until such a process has ended; return its status.  Whoever is interrupted meanwhile ends it."""
    try:
        return process.wait()
    finally:
        process.kill()
        process.wait()
        if process.stdin is not None:
            with suppress(BrokenPipeError):
                process.stdin.close()


def main() -> int:
    """Compile the level that comes in by standard input, for the folder that comes with it; return the status."""
    end_with_whoever_began_it()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever has begun it sees to its end
    if hasattr(os, "nice"):
        os.nice(NICE)
    level, folder = pickle.load(sys.stdin.buffer)
    Thread(target=_end_with_whoever_began_it, daemon=True).start()
    backends.cache_folder = lambda: folder
    try:
        backends.compiled_kernel(compile_level(level))
    except backends.BackendError:
        return UNSUPPORTED
    return 0


def _end_with_whoever_began_it() -> None:
    """Wait until nobody holds the other end of standard input any more."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
