"""What the desktop does for us: opening a file in the program that is meant for it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

OPENERS = {"darwin": "open", "linux": "xdg-open"}
EDITORS = ("VISUAL", "EDITOR")  # where somebody has written which editor opens what the desktop opens with nothing
NO_PROGRAM = "this computer says of no program that it opens files"


class Opening:
    """A file that is being opened: one program after the other is tried, until one does not complain."""

    def __init__(self, programs: Sequence[Sequence[str]] = ()) -> None:
        self._programs = list(programs)
        self._running: subprocess.Popen[bytes] | None = None
        self._trouble = ""
        if programs:
            self._next()

    def look(self) -> str:
        """Return what went wrong; nothing while a program runs, and where one opened the file."""
        if self._running is not None and self._running.poll():
            self._trouble = NO_PROGRAM
            self._next()
        return self._trouble

    def _next(self) -> None:
        self._running = None
        while self._programs and self._running is None:
            try:
                self._running = subprocess.Popen(
                    self._programs.pop(0),
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )  # fmt: skip
                self._trouble = ""
            except OSError as error:
                self._trouble = (error.strerror or "it cannot be opened").lower()


class NotOpened(Opening):
    """What never began to open."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self._trouble = reason


def open_with_desktop(file: Path) -> Opening:
    """Open a file or a folder as a double click would, or else in the editor that VISUAL or EDITOR names."""
    if sys.platform == "win32":
        try:
            os.startfile(file)
        except OSError as error:
            return NotOpened((error.strerror or "it cannot be opened").lower())
        return Opening()
    opener = shutil.which(OPENERS.get(sys.platform, "xdg-open"))
    programs = [[opener]] if opener is not None else []
    if not file.is_dir():
        programs += [words for name in EDITORS if (words := _words(os.environ.get(name, "")))]
    return Opening([[*words, os.fspath(file)] for words in programs]) if programs else NotOpened(NO_PROGRAM)


def _words(command: str) -> list[str]:
    """Return the words of a command, as in `code --wait`; none where its quotes do not close."""
    try:
        return shlex.split(command)
    except ValueError:
        return []
