"""Colours and widths of a terminal; over a pipe nothing but plain text comes out."""

from __future__ import annotations

import os
import re
import shutil
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TextIO

from game.telling.lines import Line, Place, Tone, line_of

WIDTH = 79
NARROW, LEAST = 60, 20  # below so many columns nothing stands side by side; and no line is broken shorter than this
CODES = {
    "bold": "1",
    "dim": "2",
    "reverse": "7",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "magenta": "35",
    "cyan": "36",
}
LOOKS: dict[Tone, tuple[str, ...]] = {
    "plain": (),
    "good": ("green",),
    "bad": ("red",),
    "notice": ("yellow",),
    "hint": ("cyan",),
}
# What stands before the first row of a line, and before the others.
INDENTS: dict[Place, tuple[str, str]] = {
    "text": ("", ""),
    "entry": ("", "  "),
    "heading": ("", ""),
    "title": ("", ""),
    "item": ("  * ", "    "),
    "under": ("    ", "    "),
    "yes": ("  + ", "    "),
    "no": ("  - ", "    "),
    "point": ("  - ", "    "),
    "inside": ("  ", "    "),
    "inset": ("  ", "  "),
    "warning": ("  ! ", "    "),
}
BAR = 10  # signs of a meter
_room = [WIDTH]  # columns of the terminal: of these there is one
_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Style:
    """What the output can show."""

    colour: bool = False
    unicode: bool = False
    width: int = WIDTH  # columns

    @property
    def narrow(self) -> bool:
        """Whether everything stands in one column: for a narrow window, large letters, or a reader that speaks."""
        return self.width < NARROW

    def paint(self, text: str, *looks: str) -> str:
        """Return `text` in the given looks: names from CODES, or SGR codes such as `48;5;34`."""
        if not self.colour or not looks or not text:
            return text
        codes = ";".join(CODES.get(look, look) for look in looks)
        return f"\x1b[{codes}m{text}\x1b[0m"

    def sign(self, pretty: str, plain: str) -> str:
        """Return the pretty sign where it can be shown, else the plain one."""
        return pretty if self.unicode else plain


def style_of(stream: TextIO) -> Style:
    """Return what `stream` can show: colours on a terminal, unless NO_COLOR is set (no-color.org)."""
    encoding = (getattr(stream, "encoding", None) or "ascii").lower().replace("-", "")
    on_terminal = is_terminal(stream) and os.environ.get("TERM") != "dumb"
    width = WIDTH
    if on_terminal or os.environ.get("COLUMNS"):  # which says it also over a pipe
        width = min(WIDTH, max(LEAST, shutil.get_terminal_size((WIDTH + 1, 24)).columns - 1))
    return Style(on_terminal and not os.environ.get("NO_COLOR"), encoding.startswith("utf"), width)


def use_width(columns: int) -> None:
    """Break all lines from now on within so many columns."""
    _room[0] = columns


def is_terminal(stream: TextIO) -> bool:
    """Whether somebody sits in front of this stream."""
    try:
        return stream.isatty()
    except (AttributeError, ValueError):
        return False


def seen(text: str) -> int:
    """Return how many columns `text` takes on the screen."""
    return len(_ESCAPE.sub("", text))


def pad(text: str, width: int) -> str:
    """Return `text` filled up with blanks to `width` columns."""
    return text + " " * max(0, width - seen(text))


def wrap(text: str, width: int = WIDTH, indent: str = "", hang: str | None = None) -> list[str]:
    """Return `text` in lines of at most `width` columns, and no more than the terminal has."""
    width = min(width, _room[0])
    hanging = indent if hang is None else hang
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=hanging, break_on_hyphens=False) or [""]


def narrowed(line: str, width: int) -> list[str]:
    """Return a line, colours and all, broken at its blanks into rows of at most `width` columns, set in as it was."""
    if seen(line) <= width:
        return [line]
    margin = " " * min(len(line) - len(line.lstrip(" ")) + 2, width // 3)
    rows, row, worn = [], "", ""  # `worn`: the colour that goes on in the next row
    for word in re.split(r"(?<=\S) +", line):
        if row and seen(f"{row} {word}") > width:
            rows.append(row + ("\x1b[0m" if worn else ""))
            row = margin + worn + word
        else:
            row = f"{row} {word}" if row else word
        for code in _ESCAPE.findall(word):
            worn = "" if code == "\x1b[0m" else code
    return [*rows, row]


def beside(left: list[str], right: list[str], width: int, gap: str = "  ") -> list[str]:
    """Return two columns side by side, the left one `width` columns wide."""
    count = max(len(left), len(right))
    rows = zip(left + [""] * (count - len(left)), right + [""] * (count - len(right)), strict=True)
    return [(pad(one, width) + gap + two).rstrip() for one, two in rows]


def painted(lines: Sequence[Line], style: Style) -> list[str]:
    """Return lines as rows of a terminal: wrapped, set in, and in the colours of their tones."""
    rows: list[str] = []
    for line in lines:
        rows += [""] if line.place == "heading" else []
        looks = (("bold",) if line.place in ("heading", "title") else ()) + LOOKS[line.tone]
        start, end = line.stress or (0, len(line.text))
        indent, hang = INDENTS[line.place]
        place, margin, text = 0, indent, line.text
        if line.share is not None:
            full = round(BAR * line.share)
            text = f"[{'#' * full}{'-' * (BAR - full)}] {text}"
        for wrapped in wrap(text, WIDTH, indent, hang):
            row = wrapped[len(margin) :]
            place = max(text.find(row, place), 0)
            first, last = (min(max(edge - place, 0), len(row)) for edge in (start, end))
            rows.append(margin + row[:first] + style.paint(row[first:last], *looks) + row[last:])
            place, margin = place + len(row), hang
    return rows


def painted_data(lines: Sequence[dict[str, Any]], style: Style) -> list[str]:
    """Return lines that came as plain data, as `painted` does."""
    return painted([line_of(line) for line in lines], style)
