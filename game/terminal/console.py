"""Lines from a person and lines to one, in whatever the two streams are."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TextIO

from game.terminal.paint import is_terminal, narrowed, style_of, use_width


class Console:
    """Reads and writes lines; `asks` says whether somebody sits there, who is shown a prompt."""

    def __init__(self, reading: TextIO, writing: TextIO) -> None:
        self.reading, self.writing = reading, writing
        self.asks = is_terminal(reading) and is_terminal(writing)
        self.style = style_of(writing)
        use_width(self.style.width)

    def show(self, lines: Sequence[str]) -> None:
        """Write lines."""
        if self.style.narrow:
            lines = [row for line in lines for row in narrowed(line, self.style.width)]
        text = "".join(f"{line.rstrip()}\n" for line in lines)
        if not self.style.unicode:
            text = text.encode("ascii", "replace").decode("ascii")
        self.writing.write(text)
        self.writing.flush()

    def read(self, prompt: str) -> str | None:
        """Return the next line, None at the end of the input."""
        if self.asks and self.reading is sys.stdin and self.writing is sys.stdout:
            try:
                import readline  # noqa: F401  arrow keys and history, where the system has them
            except ImportError:
                pass
            try:
                return input(prompt)
            except EOFError:
                return None
        if self.asks:
            self.writing.write(prompt)
            self.writing.flush()
        return self.reading.readline(10_000) or None
