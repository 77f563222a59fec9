"""Whoever asks a command to stop is obeyed within two seconds, whatever it is at.

An interrupt becomes a KeyboardInterrupt between two steps of Python.  Machine
code that is being made or that runs for long comes to no such step, threads
are waited for, and a compiler loses what is raised while it calls back.  So a
thread of its own hears of every signal too: it gives the command time to end
cleanly, and then ends it.
"""

from __future__ import annotations

# This is the first module of a program; whatever else it needs is imported once signals are ours.
import os
import signal
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from socket import socket
    from types import FrameType
    from typing import Any

STOPPED = 130  # exit status
PATIENCE = 0.8  # seconds for a clean end
SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopping:
    """Hears of signals that stop the program, once this process is one."""

    def __init__(self) -> None:
        self.begun = False
        self._told = self._stopped = False

    def begin(self) -> None:
        """Listen from now on until the process ends; only the main thread may begin."""
        if self.begun:
            return
        self.begun = True
        sys.unraisablehook = self._lost
        for one in SIGNALS:
            if signal.getsignal(one) is not signal.SIG_IGN:  # as `nohup` and `&` wish it
                signal.signal(one, self._interrupt)
        from socket import socketpair
        from threading import Thread

        heard, told = self._sockets = socketpair()  # which must stay open
        told.setblocking(False)
        signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
        Thread(target=self._listen, args=(heard,), name="stopping", daemon=True).start()

    def tell(self) -> None:
        """Say in one line that the command was stopped; a program says it once."""
        if self.begun and self._told:
            return
        self._told = True
        try:
            print("\nstopped", file=sys.stderr, flush=True)
        except (OSError, ValueError):  # there is nobody to be told
            pass

    def _listen(self, heard: socket) -> None:
        """Wait for a signal, then for the command to end; end it where it does not."""
        while number := heard.recv(1):
            if number[0] in SIGNALS:  # and no other, such as of a window that changes its size
                break
        else:
            return
        from threading import Event

        Event().wait(PATIENCE)
        self._end()

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        """Interrupt the command; what comes after the first time is as good as said already."""
        self._stopped = True
        for one in SIGNALS:
            signal.signal(one, signal.SIG_IGN)
        import threading
        import warnings

        threading.excepthook = _unheard  # a pool whose workers are ended falls over something closed
        warnings.simplefilter("ignore")  # whoever catches the interrupt by mistake warns of what it has broken off
        if _importing(frame):  # modules of others make of an interrupt what they like
            self._end()
        raise KeyboardInterrupt

    def _lost(self, raised: Any) -> None:
        """Obey an interrupt that nobody could pass on, such as one within a compiler; tell of anything else."""
        if isinstance(raised.exc_value, KeyboardInterrupt):
            self._end()
        if not self._stopped:  # else it is a pool that falls over what was closed, as below
            sys.__unraisablehook__(raised)

    def _end(self) -> None:
        self.tell()
        os._exit(STOPPED)


PROGRAM = Stopping()


def _unheard(raised: Any) -> None:
    """Say nothing of what goes wrong in a thread of a program that is being stopped."""


def _importing(frame: FrameType | None) -> bool:
    """Whether a module is just being imported there."""
    while frame is not None:
        if frame.f_code.co_filename == "<frozen importlib._bootstrap>":
            return True
        frame = frame.f_back
    return False
