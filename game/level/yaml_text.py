"""YAML text becomes plain data with places; everything dangerous is refused on the way.

Levels are written by strangers and read in classrooms. Whatever the bytes are, only `LevelError`
(with places and cures) and `UnreadableFile` leave this module, in less than a second.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from game.language.suggest import look_alike_told
from game.level.problems import LevelError, Place, Problem, UnreadableFile, no_file
from game.level.yaml_messages import UNKNOWN_SLIP, explain
from game.level.yaml_nodes import Listing, Mapping, Node, Scalar, Spot, TreeBuilder, code_point, spot_of

MOST_BYTES = 1024 * 1024
# Where only the Python parser is there, a megabyte of short lines would take it seconds.
MOST_LINES = 20_000
# All levels rest on few rulesets: a text of ordinary size is parsed once.
REMEMBERED_BYTES = 100_000

# The C parser is ten times as fast; where PyYAML was built without it, the Python one does the same.
PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_EMPTY = "the file is empty; a level needs at least title, map and goals"
_TOO_MANY_LINES = f"the file has more than {MOST_LINES} lines; split the level or shorten it"
_TOO_LARGE = f"the file is larger than {MOST_BYTES} bytes (1 MiB); split the level or shorten its texts"
_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LINE_BREAKS = re.compile("[\x85\u2028\u2029]")
_ENTRY = r"\s*(?:- |[^\s#:][^#\n]*:(?:[ \t]|$))"
_ODD_INDENT = re.compile(rf"^ *([\u00a0\u2000-\u200a\u202f\u205f\u3000])(?={_ENTRY})", re.MULTILINE)
_TAB_INDENT = re.compile("^ *\t[ \t]*(?=[^ \t\n])", re.MULTILINE)
_ANCHOR = re.compile(r"&\S+ +")


@dataclass(frozen=True)
class Document:
    """One file as plain data (`data`), which still knows where in `text` each value was written."""

    file: str
    text: str
    data: object
    root: Node

    def place(self, path: tuple[str | int, ...], key: bool = False) -> Place:
        """Give the place of the value at `path`, or of its key; else of the nearest ancestor's key."""
        spot, name = self.root.start, None
        node, found = self.root, True
        for part in path:
            below = _below(node, part)
            if below is None:
                found = False
                break
            name, node = below
            spot = node.start
        if name is not None and (key or not found):
            spot = name.start
        return Place(self.file, spot.line + 1, spot.column + 1)

    def text_place(self, path: tuple[str | int, ...], offset: int) -> Place:
        """Give the place of one character of a text; the text's start where it was folded or escaped."""
        node = self.root
        for part in path:
            below = _below(node, part)
            if below is None:
                return self.place(path)
            node = below[1]
        spot = node.start
        if isinstance(node, Scalar):
            spot = _character_spot(node, self.text.split("\n"), max(0, min(offset, len(node.text)))) or spot
        return Place(self.file, spot.line + 1, spot.column + 1)


def read_document(text: str, file: str) -> Document:
    """Read one YAML text; raise `LevelError` with every problem that can be found at once."""
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise LevelError([Problem(file, 1, 1, "error", "file-too-large", _TOO_LARGE)])
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > MOST_LINES:
        raise LevelError([Problem(file, MOST_LINES + 1, 1, "error", "too-many-lines", _TOO_MANY_LINES)])
    lines = text.split("\n")
    builder = TreeBuilder(file, lines)
    _check_characters(text, builder)
    # Inside a line a tab is a space to people; the two parsers disagree about it.
    _parse(text.replace("\t", " "), builder)
    root = builder.root
    if root is None or (isinstance(root, Scalar) and root.text == "" and root.style == "" and not builder.problems):
        builder.refuse(Spot(0, 0), "empty-file", _EMPTY)
    if builder.problems:
        raise LevelError(builder.problems)
    return Document(file, text, _data(root), root)


def read_file(path: str | os.PathLike[str]) -> Document:
    """Read one YAML file; raise `UnreadableFile` when the system cannot open it."""
    file = os.fspath(path)
    try:
        # A pipe or a device could block or never end.
        if not Path(file).is_file():
            raise UnreadableFile(file, no_file(Path(file)))
        with open(file, "rb") as stream:
            if os.fstat(stream.fileno()).st_size > MOST_BYTES:
                raise LevelError([Problem(file, 1, 1, "error", "file-too-large", _TOO_LARGE)])
            raw = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableFile(file, (error.strerror or "cannot be read").lower()) from None
    except ValueError:
        raise UnreadableFile(file, "is not a usable file name") from None
    if len(raw) > MOST_BYTES:
        raise LevelError([Problem(file, 1, 1, "error", "file-too-large", _TOO_LARGE)])
    text = decoded(raw, file)
    return _remembered(text, file) if len(raw) <= REMEMBERED_BYTES else read_document(text, file)


@lru_cache(maxsize=32)
def _remembered(text: str, file: str) -> Document:
    return read_document(text, file)


def decoded(raw: bytes, file: str) -> str:
    """Return the text of a file that is to be UTF-8.  Raises LevelError with the place where it is not."""
    # Text of plain letters in UTF-16 holds a zero in every second byte, also where no mark stands before it.
    zeros = max(raw[:200:2].count(0), raw[1:200:2].count(0))
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or zeros > len(raw[:200]) // 4:
        message = 'the file is saved as UTF-16; save it again as UTF-8 (in the editor: "Save as", encoding UTF-8)'
        raise LevelError([Problem(file, 1, 1, "error", "not-utf8", message)])
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        good = raw[: error.start].decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        line, column = good.count("\n") + 1, len(good) - good.rfind("\n")
        message = (
            f"the byte 0x{raw[error.start]:02X} here is not UTF-8; "
            'save the file again as UTF-8 (in the editor: "Save as", encoding UTF-8)'
        )
        raise LevelError([Problem(file, line, column, "error", "not-utf8", message)]) from None


def _check_characters(text: str, builder: TreeBuilder) -> None:
    """Refuse what people cannot see, before the parser gets to stumble over it."""
    for found, code, message in _bad_characters(text):
        line = text.count("\n", 0, found.start())
        column = found.start() - (text.rfind("\n", 0, found.start()) + 1)
        builder.report(Spot(line, column), code, message)
    for number, line_text in enumerate(builder.lines):
        if line_text.startswith("%"):
            builder.report(Spot(number, 0), "directive", 'a line that begins with "%" is not allowed here; remove it')
        # Only in front of the first content is "%" a directive; one parser skips it there unseen.
        if line_text.strip() and not line_text.lstrip().startswith("#"):
            break
    if builder.problems:
        raise LevelError(builder.problems)


def _bad_characters(text: str) -> Iterator[tuple[re.Match[str], str, str]]:
    for found in _UNPRINTABLE.finditer(text):
        if not _LINE_BREAKS.match(found[0]):
            message = f"the invisible character {code_point(found[0])} is not allowed; remove it"
            yield found, "bad-character", message
    for found in _LINE_BREAKS.finditer(text):
        message = f"the unusual line break {code_point(found[0])} is not allowed; break the line with Enter"
        yield found, "bad-character", message
    for found in _BIDI.finditer(text):
        message = f"the character {code_point(found[0])} hides in which order text is read; remove it"
        yield found, "bidi-character", message
    for found in _TAB_INDENT.finditer(text):
        yield found, "tab", "this line is indented with a tab; use spaces"
    for found in _ODD_INDENT.finditer(text):
        yield found, "look-alike", f"in the indentation of this line {look_alike_told(found[1], ' ')}"


def _parse(text: str, builder: TreeBuilder) -> None:
    """Run the parser event by event, so that a bound stops it long before the end of the file."""
    try:
        for event in yaml.parse(text, Loader=PARSER):
            builder.take(event)
    except LevelError:
        raise
    except yaml.MarkedYAMLError as error:
        builder.refuse(*explain(error, builder.lines, builder.last_event))
    # The parsers are known to leak other exceptions for odd input; none of them may reach a teacher.
    except Exception:
        last = builder.last_event
        spot = spot_of(last.end_mark) if last is not None else Spot(0, 0)
        builder.refuse(spot, "yaml-syntax", UNKNOWN_SLIP)


def _data(node: Node) -> object:
    """Give plain values; the depth was bounded when the tree was built."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Listing):
        return [_data(item) for item in node.items]
    return {name: _data(value) for name, (_, value) in node.entries.items()}


def _below(node: Node, part: str | int) -> tuple[Scalar | None, Node] | None:
    if isinstance(node, Mapping):
        return node.entries.get(str(part))
    if isinstance(node, Listing) and isinstance(part, int) and 0 <= part < len(node.items):
        return None, node.items[part]
    return None


def _character_spot(node: Scalar, lines: list[str], offset: int) -> Spot | None:
    if node.style == "|":
        above = node.text[:offset]
        line = node.start.line + 1 + above.count("\n")
        if line >= len(lines):
            return None
        written = node.text.split("\n")[above.count("\n")]
        # The indentation is whatever the file's line has more than the value's.
        indent = max(0, len(lines[line]) - len(written))
        return Spot(line, indent + len(above) - (above.rfind("\n") + 1))
    line, column = node.start
    if anchor := _ANCHOR.match(lines[line], column):
        column = anchor.end()
    column += len(node.style)
    # A text that was folded or escaped is not what stands in the file, so no column would be right.
    return Spot(line, column + offset) if lines[line].startswith(node.text, column) else None
