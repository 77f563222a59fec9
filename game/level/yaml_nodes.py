"""Parser events become a small tree of nodes with places, within hard bounds.

Level files come from strangers. So nothing here recurses over what they wrote, nothing is
constructed by the YAML library, and each bound is checked while the events arrive: a file of
a million brackets is refused after the thirty-third. Values follow YAML 1.2 habits: `no` and
`1:30` are text, `012` is twelve, `1e3` is a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple, NoReturn, TypeAlias

import yaml

from game.level.problems import LevelError, Problem

DEEPEST = 32
TOO_DEEP = f"nested deeper than {DEEPEST} levels; write it flatter"
MOST_NODES = 50_000
MOST_ALIASES = 100
LONGEST_KEY = 64
LONGEST_TEXT = 2_000
LONGEST_BLOCK = 65_536
MOST_DIGITS = 15
LARGEST_NUMBER = 1e15
# More lines than this help nobody, and a hostile file must not print a megabyte.
MOST_PROBLEMS = 100

_WHOLE_NUMBER = re.compile(r"[-+]?0*([0-9]+)")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_COMMENT_GLUED_TO_KEY = re.compile(r" *#[^\s#]")
GLUED_COLON = re.compile(r"\s*(?:- +)*[A-Za-z_][\w-]*:(?=[^\s:/])")
_GLUED_TO_BLOCK_SIGN = re.compile(r"(?:&\S+ +)?[|>][-+0-9]*[^-+0-9 ]")
_GLUED_TO_END = re.compile(r":[,\[\]{}]")
# Escapes such as "\0" bring in what the check of the raw text cannot see.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
COMMENT_FOR_VALUE = 'what follows "#" is a comment, so no value is left; if it is text, put it in quotes'
MISSING_VALUE = 'after this ":" a value is missing; write it, or put the whole text in quotes'
MISSING_KEY = 'the name before this ":" is missing; write it'
BLOCK_HEADER = (
    'after "|" or ">" the line must end and the text begin on the next one; '
    "if the sign belongs to the text, put the text in quotes"
)
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}


class Spot(NamedTuple):
    """A position counted from 0, as the parser gives it."""

    line: int
    column: int


@dataclass(slots=True)
class Scalar:
    """One text, number, truth value or nothing; `style` is the quote or block sign, "" when plain."""

    start: Spot
    text: str
    style: str
    value: str | int | float | bool | None


@dataclass(slots=True)
class Listing:
    """A list; `size` and `height` count what stands below with every alias written out."""

    start: Spot
    items: list[Node] = field(default_factory=list)
    size: int = 1
    height: int = 1


@dataclass(slots=True)
class Mapping:
    """A map from the key's text to the key and its value; `size` and `height` as in `Listing`."""

    start: Spot
    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)
    size: int = 1
    height: int = 1


Node: TypeAlias = Scalar | Listing | Mapping


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been seen, and the key that waits for its value."""

    node: Listing | Mapping
    anchor: str | None
    flow: bool
    awaits_value: bool = False
    key: Scalar | None = None


class TreeBuilder:
    """Takes parser events one by one; keeps the tree, the problems, and where the parser stands."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self.lines = lines
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.last_event: Any = None
        self._open: list[_Open] = []
        self._anchors: dict[str, Node] = {}
        self._nodes = 0
        self._aliases = 0
        self._documents = 0

    # -- problems ------------------------------------------------------------------

    def report(self, spot: Spot, code: str, message: str) -> None:
        """Note a problem and go on, so that the author sees the next one too."""
        # The parser's marks can stand behind the last line; editors cannot go there.
        line = min(spot.line, len(self.lines) - 1)
        length = len(self.lines[line])
        column = min(spot.column, length) if line == spot.line else length
        self.problems.append(Problem(self.file, line + 1, column + 1, "error", code, message))
        if len(self.problems) >= MOST_PROBLEMS:
            raise LevelError(self.problems)

    def refuse(self, spot: Spot, code: str, message: str) -> NoReturn:
        """Note a problem and stop: what follows cannot be read safely."""
        self.report(spot, code, message)
        raise LevelError(self.problems)

    # -- events --------------------------------------------------------------------

    def take(self, event: Any) -> None:
        """Grow the tree by one event."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._start(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._document(event)
        # The end of the document says nothing about the slip behind it.
        if not isinstance(event, yaml.DocumentEndEvent):
            self.last_event = event

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            message = 'a level file holds 1 document; remove this "---", or move the rest to its own file'
            self.refuse(spot_of(event.start_mark), "several-documents", message)

    def _start(self, event: Any) -> None:
        spot = spot_of(event.start_mark)
        if len(self._open) >= DEEPEST:
            self.refuse(spot, "too-deep", TOO_DEEP)
        self._refuse_tag(event, spot)
        self._count(spot)
        node = Mapping(spot) if isinstance(event, yaml.MappingStartEvent) else Listing(spot)
        self._open.append(_Open(node, event.anchor, bool(event.flow_style)))
        if event.anchor is not None:
            self._name(event.anchor, node)

    def _end(self) -> None:
        self._place(self._open.pop().node)

    def _scalar(self, event: Any) -> None:
        spot, style = spot_of(event.start_mark), event.style or ""
        self._refuse_tag(event, spot)
        self._count(spot)
        node = Scalar(spot, event.value, style, event.value)
        self._check_text(node)
        if style == "" and len(event.value) <= LONGEST_TEXT and not self._awaits_key():
            node.value = self._resolve(spot, event.value)
        if event.anchor is not None:
            if style == "" and event.value == "":
                message = f'"&{shown(event.anchor)}" names a value, but none follows; if it is text, quote it'
                self.report(spot, "needs-quotes", message)
            self._name(event.anchor, node)
        self._place(node)

    def _alias(self, event: Any) -> None:
        spot, name = spot_of(event.start_mark), shown(event.anchor)
        self._aliases += 1
        if self._aliases > MOST_ALIASES:
            message = f"more than {MOST_ALIASES} aliases (*name); write the values out"
            self.refuse(spot, "too-many-aliases", message)
        if any(frame.anchor == event.anchor for frame in self._open):
            message = f'"*{name}" stands inside its own value; write the value out'
            self.refuse(spot, "self-reference", message)
        node = self._anchors.get(event.anchor)
        if node is None:
            message = f'"*{name}" repeats a value that no "&{name}" names; if it is text, put it in quotes'
            self.report(spot, "undefined-alias", message)
            node = Scalar(spot, f"*{name}", "", None)
        self._count(spot, _size(node))
        if len(self._open) + _height(node) > DEEPEST:
            message = f"nested deeper than {DEEPEST} levels once the alias is written out"
            self.refuse(spot, "too-deep", message)
        self._place(node)

    # -- tree ----------------------------------------------------------------------

    def _awaits_key(self) -> bool:
        frame = self._open[-1] if self._open else None
        return frame is not None and isinstance(frame.node, Mapping) and not frame.awaits_value

    def _place(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        frame = self._open[-1]
        frame.node.size += _size(node)
        frame.node.height = max(frame.node.height, 1 + _height(node))
        if isinstance(frame.node, Listing):
            frame.node.items.append(node)
        elif not frame.awaits_value:
            frame.key = self._key(frame.node, node)
            frame.awaits_value = True
        else:
            if frame.key is not None:
                frame.node.entries[frame.key.text] = (frame.key, node)
            frame.key, frame.awaits_value = None, False

    def _key(self, parent: Mapping, node: Node) -> Scalar | None:
        """Give the key when it can stand; None drops the entry and lets the reading go on."""
        if not isinstance(node, Scalar):
            self.report(node.start, "key-not-text", "a key must be a plain word, not a list or a map")
        elif node.text == "<<" and node.style == "":
            self.report(node.start, "merge-key", 'merge keys ("<<") are not allowed; write the keys out')
        elif node.text == "" and node.style == "":
            self.report(node.start, "missing-key", MISSING_KEY)
        elif node.style == "" and _cut_number(node, self.lines):
            message = "a comma ends the value here; write a decimal number with a point, as in 4.5"
            self.report(Spot(node.start.line, node.start.column - 1), "decimal-comma", message)
        elif len(node.text) > LONGEST_KEY:
            self.report(node.start, "key-too-long", f"a key may have at most {LONGEST_KEY} characters")
        elif node.text in parent.entries:
            lines = _both_lines(parent.entries[node.text][0], node)
            message = f'"{shown(node.text)}" stands twice in the same map, on {lines}; keep one of them'
            self.report(node.start, "duplicate-key", message)
        else:
            return node
        return None

    def _name(self, anchor: str, node: Node) -> None:
        if anchor in self._anchors:
            lines = _both_lines(self._anchors[anchor], node)
            message = f'"&{shown(anchor)}" is named twice, on {lines}; rename one of them'
            self.report(node.start, "duplicate-anchor", message)
        self._anchors[anchor] = node

    # -- checks --------------------------------------------------------------------

    def _count(self, spot: Spot, more: int = 1) -> None:
        self._nodes += more
        if self._nodes > MOST_NODES:
            values = "values" if more == 1 else "values once the aliases are written out"
            self.refuse(spot, "too-many-values", f"more than {MOST_NODES} {values}; shorten the level")

    def _refuse_tag(self, event: Any, spot: Spot) -> None:
        if event.tag is not None:
            tag = shown(event.tag.replace("tag:yaml.org,2002:", "!!"))
            message = f'tags such as "{tag}" are not allowed; put a text that begins with "!" in quotes'
            self.report(spot, "tag", message)

    def _check_text(self, node: Scalar) -> None:
        spot, block = node.start, node.style in ("|", ">")
        longest = LONGEST_BLOCK if block else LONGEST_TEXT
        if len(node.text) > longest:
            cure = "shorten it" if block else f'a block that begins with "|" may have {LONGEST_BLOCK}'
            self.report(spot, "text-too-long", f"a text may have at most {longest} characters; {cure}")
        if hidden := _HIDDEN.search(node.text):
            message = f"the text hides the character {code_point(hidden[0])}; remove it"
            self.report(spot, "bad-character", message)
        line = self.lines[min(spot.line, len(self.lines) - 1)]
        if self._awaits_key() and line[: spot.column].rstrip().endswith("?"):
            self.report(spot, "needs-quotes", 'put a text that begins with "?" in quotes')
        if block and _GLUED_TO_BLOCK_SIGN.match(line, spot.column):
            self.report(spot, "block-text", BLOCK_HEADER)
        if node.style == "":
            self._check_plain(node.text, spot, line)

    def _check_plain(self, text: str, spot: Spot, line: str) -> None:
        """Report what only looks right: a text eaten by a comment, a glued colon, a stray sign."""
        frame = self._open[-1] if self._open else None
        if frame is not None and frame.flow and "?" in text:
            sign = Spot(spot.line, max(line.find("?", spot.column), spot.column))
            self.report(sign, "needs-quotes", 'a text with "?" inside [ ] or { } needs quotes')
        if text == "" and _COMMENT_GLUED_TO_KEY.match(line, spot.column):
            message = COMMENT_FOR_VALUE
            self.report(spot, "needs-quotes", message)
        # One parser takes "{a:}" for an empty value and the other refuses it; so do we.
        if text == "" and _GLUED_TO_END.fullmatch(line[max(0, spot.column - 1) : spot.column + 1]):
            self.report(Spot(spot.line, spot.column - 1), "missing-value", MISSING_VALUE)
        in_list = frame is not None and isinstance(frame.node, Listing)
        if not in_list and not self._awaits_key() and not line[: spot.column].strip():
            if glued := GLUED_COLON.match(line):
                self.report(Spot(spot.line, glued.end()), "missing-space", "put a space after the colon")

    def _resolve(self, spot: Spot, text: str) -> str | int | float | bool | None:
        if text in _WORDS:
            return _WORDS[text]
        if whole := _WHOLE_NUMBER.fullmatch(text):
            if len(whole[1]) <= MOST_DIGITS:
                return int(text)
            message = f"a whole number may have at most {MOST_DIGITS} digits; use a smaller one"
            self.report(spot, "number-too-large", message)
        elif _DECIMAL.fullmatch(text):
            # Adding zero washes -0.0 out, so that no later division or digest sees a sign.
            if abs(number := float(text)) <= LARGEST_NUMBER:
                return number + 0.0
            self.report(spot, "number-too-large", f"a number may be at most {LARGEST_NUMBER:.0e}; use a smaller one")
        elif _NOT_FINITE.fullmatch(text):
            self.report(spot, "not-finite", f'numbers must be finite, and "{text}" is not')
        return text


def spot_of(mark: Any) -> Spot:
    """Turn a mark of either parser into a position."""
    return Spot(mark.line, mark.column)


def shown(text: str, longest: int = 40) -> str:
    """Quote foreign text in a message: one line, no control characters, not too long."""
    text = "".join(letter if letter.isprintable() else " " for letter in text[: longest + 1])
    return text if len(text) <= longest else text[: longest - 1] + "…"


def code_point(character: str) -> str:
    """Name a character that cannot be shown, as `U+202E`."""
    return f"U+{ord(character):04X}"


def _size(node: Node) -> int:
    return 1 if isinstance(node, Scalar) else node.size


def _height(node: Node) -> int:
    return 0 if isinstance(node, Scalar) else node.height


def _both_lines(first: Node, second: Node) -> str:
    return f"lines {first.start.line + 1} and {second.start.line + 1}"


def _cut_number(node: Scalar, lines: list[str]) -> bool:
    """Whether a key is what stands behind the comma of a number: the 5 of `{herd: 4,5}`."""
    line, column = lines[min(node.start.line, len(lines) - 1)], node.start.column
    return node.text.isdecimal() and re.search(r"[:\s][-+]?\d+,$", line[:column]) is not None
