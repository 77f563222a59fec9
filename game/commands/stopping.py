"""Whoever asks a command to stop is obeyed within two seconds, whatever it is at.

An interrupt becomes a KeyboardInterrupt between two steps of Python.  Machine
code that is being made or that runs for long comes to no such step, threads
are waited for, and a compiler loses what is raised while it calls back.  So a
thread of its own hears of every signal too: it gives the command time to end
cleanly, and then ends it.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from contextlib import suppress
from types import FrameType
from typing import Any

STOPPED = 130  # exit status
PATIENCE = 1.2  # seconds for a clean end
SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopping:
    """Hears of signals that stop the program, once this process is one."""

    def __init__(self) -> None:
        self.begun = False
        self._told = threading.Lock()  # is held once the one line has been written

    def begin(self) -> None:
        """Listen from now on until the process ends; only the main thread may begin."""
        if self.begun:
            return
        self.begun = True
        heard, told = socket.socketpair()
        told.setblocking(False)
        signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
        for one in SIGNALS:
            if one != signal.SIGINT or signal.getsignal(one) is not signal.SIG_IGN:  # as `nohup` and `&` wish it
                signal.signal(one, _interrupt)
        sys.unraisablehook = self._lost
        self._sockets = (heard, told)  # which must stay open
        threading.Thread(target=self._listen, args=(heard,), name="stopping", daemon=True).start()

    def tell(self) -> None:
        """Say in one line that the command was stopped; a program says it once."""
        if not self.begun or self._told.acquire(blocking=False):
            with suppress(OSError, ValueError):
                print("\nstopped", file=sys.stderr, flush=True)

    def _listen(self, heard: socket.socket) -> None:
        """Wait for a signal, then for the command to end; end it where it does not."""
        while number := heard.recv(1):
            if number[0] in SIGNALS:  # and no other, such as of a window that changes its size
                break
        else:
            return
        threading.Event().wait(PATIENCE)
        self._end()

    def _lost(self, raised: Any) -> None:
        """Obey an interrupt that nobody could pass on, such as one within a compiler; tell of anything else."""
        if isinstance(raised.exc_value, KeyboardInterrupt):
            self._end()
        sys.__unraisablehook__(raised)

    def _end(self) -> None:
        self.tell()
        os._exit(STOPPED)


PROGRAM = Stopping()


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Interrupt the command; what comes after the first time is as good as said already."""
    for one in SIGNALS:
        signal.signal(one, signal.SIG_IGN)
    raise KeyboardInterrupt
