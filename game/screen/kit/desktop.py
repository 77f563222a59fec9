"""What the desktop does for us: opening a file in the program that is meant for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

OPENERS = {"darwin": "open", "linux": "xdg-open"}


def open_with_desktop(file: Path) -> str:
    """Open a file or a folder as a double click would; return what went wrong, nothing where nothing did."""
    try:
        if sys.platform == "win32":
            os.startfile(file)
            return ""
        opener = shutil.which(OPENERS.get(sys.platform, "xdg-open"))
        if opener is None:
            return "this computer says of no program that it opens files"
        subprocess.Popen(
            [opener, os.fspath(file)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        return (error.strerror or "it cannot be opened").lower()
    return ""
