"""Processes that do not hear Ctrl-C: a terminal sends it to all of them, and only the one that began them answers."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


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
