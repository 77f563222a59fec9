"""Processes that do not hear Ctrl-C: a terminal sends it to all of them, and only the one that began them answers.

They end with it, too, whatever it is that ends it.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_AT_DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG of Linux


@contextmanager
def deaf_children() -> Iterator[None]:
    """Let processes that begin meanwhile hear no interrupt from their first step on; this one hears it afterwards.

    They could ignore it themselves only once their interpreter runs.  Where
    the system has no such masks they do so then.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end_with_whoever_began_it() -> None:
    """Let the system end this process as soon as the thread that began it is gone, where the system can.

    A thread of one's own that waits for that is not heard while a compiler works.
    """
    if sys.platform != "linux":
        return
    import ctypes

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_AT_DEATH_OF_PARENT, int(signal.SIGKILL))
