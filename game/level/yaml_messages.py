"""The YAML library's complaints, said again in words a teacher can act on.

Both of its parsers (C and Python) report the same slip in different words and often far behind
the slip itself, so most of the diagnosis looks at the author's own lines around the place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml

from game.language.suggest import look_alike, look_alike_told
from game.level.yaml_nodes import (
    BLOCK_HEADER,
    COMMENT_FOR_VALUE,
    GLUED_COLON,
    MISSING_KEY,
    MISSING_VALUE,
    TOO_DEEP,
    Spot,
    shown,
    spot_of,
)


class Diagnosis(NamedTuple):
    """Where the slip probably is, its stable code, and one plain sentence with the cure."""

    spot: Spot
    code: str
    message: str


@dataclass(frozen=True)
class Complaint:
    """What the parser said, where it said so, where that began, and what it had last read before."""

    said: str
    spot: Spot
    began: Spot
    lines: list[str]
    last_event: Any

    def diagnosed(self, code: str, message: str, spot: Spot | None = None) -> Diagnosis:
        """Give the diagnosis, at the place of the complaint unless another one is named."""
        return Diagnosis(spot or self.spot, code, message)

    def line(self, number: int | None = None) -> str:
        """Give the author's line at the place of the complaint, or another one."""
        number = self.spot.line if number is None else number
        return self.lines[number] if number < len(self.lines) else ""

    def character(self, spot: Spot | None = None) -> str:
        """Give the character the parser stumbled over, "" at the end of a line or of the file."""
        line, column = spot or self.spot
        return self.line(line)[column : column + 1]

    def starts_line(self) -> bool:
        """Tell whether nothing but spaces stands before the place."""
        return not self.line()[: self.spot.column].strip()

    def line_before(self) -> int | None:
        """Give the nearest line above that is neither empty nor a comment."""
        for number in range(min(self.spot.line, len(self.lines)) - 1, -1, -1):
            if self.lines[number].strip() and not self.lines[number].lstrip().startswith("#"):
                return number
        return None


_CURE = "check the indentation and the line above, and put texts with special characters in quotes"
UNKNOWN_SLIP = f"this cannot be read as YAML; {_CURE}"
_QUOTED = re.compile(r"""(?<=[\s:,\[{])(?:"[^"]*"|'[^']*')""")
_COMMENT_FOR_VALUE = re.compile(r"(?:[^#]|\S#)*?:\s+(#)\w")
_COMPLETE_ENTRY = re.compile(r"\s*(?:- +)*[^\s#].*?:\s+[^\s#|>&]")
_ONLY_A_KEY = re.compile(r"\s*(?:- +)*\S[^:]*")


def explain(error: yaml.MarkedYAMLError, lines: list[str], last_event: Any) -> Diagnosis:
    """Translate one complaint of the parser."""
    mark = error.problem_mark or error.context_mark
    spot = spot_of(mark) if mark is not None else Spot(0, 0)
    complaint = Complaint(
        said=f"{error.context or ''}: {error.problem or ''}",
        spot=spot,
        began=spot_of(error.context_mark) if error.context_mark is not None else spot,
        lines=lines,
        last_event=last_event,
    )
    if (eaten := _eaten_by_comment(complaint)) is not None:
        return complaint.diagnosed("needs-quotes", COMMENT_FOR_VALUE, eaten)
    for pattern, diagnose in _DIAGNOSES:
        if pattern.search(complaint.said):
            return diagnose(complaint)
    return _unknown(complaint)


def _eaten_by_comment(complaint: Complaint) -> Spot | None:
    """Find a "#" within brackets that makes a comment of a value, and of the bracket's end with it: colour: #6aa84f."""
    first = complaint.began.line if complaint.began != complaint.spot else complaint.line_before()
    for number in range(complaint.spot.line if first is None else first, complaint.spot.line + 1):
        bare = _QUOTED.sub(lambda text: "." * len(text.group()), complaint.line(number))
        found = _COMMENT_FOR_VALUE.match(bare)
        if found and (number != first or any(sign in bare[: found.start(1)] for sign in "{[")):
            return Spot(number, found.start(1))
    return None


def _unknown(complaint: Complaint) -> Diagnosis:
    return complaint.diagnosed("yaml-syntax", UNKNOWN_SLIP)


def _colon_in_text(complaint: Complaint) -> Diagnosis:
    """A ":" where no key can stand: an inner colon, a key without space, or bad indentation."""
    before = complaint.line_before()
    if before is not None and _ONLY_A_KEY.fullmatch(complaint.line()[: complaint.spot.column]):
        above = complaint.lines[before]
        if glued := GLUED_COLON.match(above):
            spot = Spot(before, glued.end())
            return complaint.diagnosed("missing-space", "put a space after the colon", spot)
        if _COMPLETE_ENTRY.match(above):
            return complaint.diagnosed(
                "indentation",
                f"this line is indented deeper than line {before + 1}, which already has its value; "
                "give both the same indentation, or put the value above in quotes if it goes on here",
                _first_letter(complaint, complaint.spot.line),
            )
        if not re.search(r":(\s|$)", above):
            return _line_without_colon(complaint, before)
    return complaint.diagnosed(
        "needs-quotes", 'the ":" here ends the text; put the whole text in quotes, or remove the ":"'
    )


def _first_letter(complaint: Complaint, number: int) -> Spot:
    line = complaint.line(number)
    return Spot(number, len(line) - len(line.lstrip()))


def _line_without_colon(complaint: Complaint, number: int) -> Diagnosis:
    odd = look_alike(complaint.line(number))
    if odd is not None and odd[2] == ":":
        message = f"{look_alike_told(odd[1], odd[2])} and a space after it"
        return complaint.diagnosed("look-alike", message, Spot(number, odd[0]))
    return complaint.diagnosed(
        "missing-colon",
        f'"{shown(complaint.line(number).strip())}" has no ":"; write "name: value", '
        "or indent the line deeper if it goes on from the text above",
        _first_letter(complaint, number),
    )


def _key_never_ends(complaint: Complaint) -> Diagnosis:
    return _line_without_colon(complaint, complaint.began.line)


def _flow(complaint: Complaint) -> Diagnosis:
    """Inside [ ] or { }: a bracket left open, or a text that needs quotes."""
    began, character = complaint.began, complaint.character()
    opening, closing = "{}" if "mapping" in complaint.said else "[]"
    rest = [complaint.line()[complaint.spot.column :], *complaint.lines[complaint.spot.line + 1 :]]
    at_the_end = not any(line.strip() for line in rest)
    if at_the_end or (began.line != complaint.spot.line and character not in ("?", "]", "}")):
        message = f'the "{opening}" opened here is not closed; add a "{closing}"'
        return complaint.diagnosed("unclosed-bracket", message, began)
    if character in ("]", "}"):
        return complaint.diagnosed(
            "unclosed-bracket",
            f'this should be "{closing}": the "{opening}" on line {began.line + 1}, '
            f"column {began.column + 1} is still open",
        )
    if character in ("?", ":"):
        message = f'a text with "{character}" inside [ ] or {{ }} needs quotes'
        return complaint.diagnosed("needs-quotes", message)
    return complaint.diagnosed(
        "yaml-syntax", f'a "," or "{closing}" is missing here; put texts with special characters in quotes'
    )


def _unclosed_quote(complaint: Complaint) -> Diagnosis:
    quote = complaint.character(complaint.began) or "quote"
    message = f"the {quote} opened here is never closed; add a {quote} after the text"
    return complaint.diagnosed("unclosed-quote", message, complaint.began)


def _text_goes_on(complaint: Complaint) -> Diagnosis:
    """Something stands where the next key or item should: find what ended too early."""
    last, character, starts_line = complaint.last_event, complaint.character(), complaint.starts_line()
    if character in ("]", "}"):
        return _unopened(complaint)
    if last is not None and last.end_mark.line == complaint.spot.line and not starts_line:
        if isinstance(last, yaml.ScalarEvent) and last.style in ("'", '"'):
            return _after_quote(complaint, spot_of(last.start_mark), last.style)
        if isinstance(last, yaml.CollectionEndEvent):
            sign = "{" if isinstance(last, yaml.MappingEndEvent) else "["
            message = f'the text goes on after its bracket; put a text that begins with "{sign}" in quotes'
            return complaint.diagnosed("needs-quotes", message)
        if isinstance(last, yaml.AliasEvent):
            message = 'put a text that begins with "*" in quotes'
            return complaint.diagnosed("needs-quotes", message, spot_of(last.start_mark))
    if character == ":" and starts_line:
        return complaint.diagnosed("missing-key", MISSING_KEY)
    if character == "-" and starts_line:
        message = 'a list item ("- ") cannot stand here; indent it deeper than the name it belongs to'
        return complaint.diagnosed("indentation", message)
    return _bad_indentation(complaint) if starts_line else _unknown(complaint)


def _after_quote(complaint: Complaint, opened: Spot, quote: str) -> Diagnosis:
    if opened.line != complaint.spot.line:
        message = f"the {quote} opened here is not closed before line {complaint.spot.line + 1}; close it"
        return complaint.diagnosed("unclosed-quote", message, opened)
    other = "double" if quote == "'" else "single"
    message = f"the text goes on after its closing {quote}; put the whole text in {other} quotes"
    return complaint.diagnosed("text-after-quote", message)


def _bad_indentation(complaint: Complaint) -> Diagnosis:
    count = complaint.spot.column
    indent = "not indented" if count == 0 else f"indented by {count} space{'s' * (count > 1)}"
    message = f"this line is {indent}, which fits no line above; lines that belong together align"
    return complaint.diagnosed("indentation", message)


def _not_an_item(complaint: Complaint) -> Diagnosis:
    if not complaint.starts_line():
        return _text_goes_on(complaint)
    message = 'this line stands in a list but does not begin with "- "; check its indentation'
    return complaint.diagnosed("indentation", message)


def _unopened(complaint: Complaint) -> Diagnosis:
    message = f'this "{complaint.character()}" closes nothing; remove it, or put the whole text in quotes'
    return complaint.diagnosed("unopened-bracket", message)


def _bad_start(complaint: Complaint) -> Diagnosis:
    message = f'a text cannot begin with "{shown(complaint.character())}"; put the whole text in quotes'
    return complaint.diagnosed("needs-quotes", message)


def _bad_escape(complaint: Complaint) -> Diagnosis:
    line, column = complaint.line(), complaint.spot.column
    # One parser points at the backslash, the other behind it.
    column = max(line.rfind("\\", 0, column + 1), 0)
    escape = shown(line[column : column + 2])
    message = f'"{escape}" means nothing between double quotes; use single quotes, or "\\\\" for a backslash'
    return complaint.diagnosed("bad-escape", message, Spot(complaint.spot.line, column))


def _block_header(complaint: Complaint) -> Diagnosis:
    return complaint.diagnosed("block-text", BLOCK_HEADER)


def _nested_sign(complaint: Complaint) -> Diagnosis:
    sign = shown(complaint.character())
    message = f'"{sign} " cannot begin a value here; start a list on the next line, or put a text in quotes'
    return complaint.diagnosed("needs-quotes", message)


def _no_content(complaint: Complaint) -> Diagnosis:
    if complaint.character() in ("]", "}"):
        return _unopened(complaint)
    if complaint.character() == ",":
        message = 'nothing stands before this ","; remove it, or put the text in quotes'
        return complaint.diagnosed("needs-quotes", message)
    return complaint.diagnosed("missing-value", f"a value is missing here; {_CURE}")


def _reference_sign(complaint: Complaint) -> Diagnosis:
    message = f'put a text that begins with "{complaint.character(complaint.began)}" in quotes'
    return complaint.diagnosed("needs-quotes", message, complaint.began)


def _tag(complaint: Complaint) -> Diagnosis:
    message = 'tags are not allowed; put a text that begins with "!" in quotes'
    return complaint.diagnosed("tag", message, complaint.began)


def _no_value(complaint: Complaint) -> Diagnosis:
    return complaint.diagnosed("missing-value", MISSING_VALUE)


def _directive(complaint: Complaint) -> Diagnosis:
    message = 'a line that begins with "%" is not allowed here; remove it, or put the text in quotes'
    return complaint.diagnosed("directive", message, complaint.began)


# The first match decides. Where two wordings stand, one is the C parser's, one the Python parser's.
def _too_deep(complaint: Complaint) -> Diagnosis:
    """Newer parsers have a bound of their own, and may look so far ahead that ours is not met before."""
    return complaint.diagnosed("too-deep", TOO_DEEP)


_DIAGNOSES: tuple[tuple[re.Pattern[str], Callable[[Complaint], Diagnosis]], ...] = (
    (re.compile(r"mapping values are not allowed"), _colon_in_text),
    (re.compile(r"expected ',' or '[\]}]'"), _flow),
    (re.compile(r"quoted scalar: found unexpected (end of stream|document)"), _unclosed_quote),
    (re.compile(r"unknown escape|hexdecimal|escape sequence|character escape"), _bad_escape),
    (re.compile(r"parsing a block collection"), _not_an_item),
    (re.compile(r"expected key|parsing a block mapping: expected <block end>"), _text_goes_on),
    (re.compile(r"<document start>"), _text_goes_on),
    (re.compile(r"cannot start any token"), _bad_start),
    (re.compile(r"scanning a block scalar"), _block_header),
    (re.compile(r"(sequence entries|mapping keys) are not allowed"), _nested_sign),
    (re.compile(r"could not find expected ':'"), _key_never_ends),
    (re.compile(r"expected (the )?node content"), _no_content),
    (re.compile(r"(scanning|parsing) an? (anchor|alias)"), _reference_sign),
    (re.compile(r"found unexpected ':'"), _no_value),
    (re.compile(r"\btag\b"), _tag),
    (re.compile(r"directive"), _directive),
    (re.compile(r"nesting depth"), _too_deep),
)
