"""Breaks every shipped level file in one place at a time, in its own text, and says where the break is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from game.level.library import data_root
from game.level.yaml_nodes import Listing, Mapping, Node, Scalar
from game.level.yaml_text import Document, read_file

WRONG = "zzz_wrong"

# Texts for people: nothing can be wrong with what they say.
FREE = (
    "plain",
    "say",
    "name",
    "title",
    "promise",
    "lesson",
    "opening",
    "note",
    "age",
    "source",
    "icon",
    "emblem",
    "sign",
    "when_plain",
    "unbalanced",
    "unit",
    "place",
    "talk",
    "id",
)
# Below these keys stand names that the author makes up: misspelling one renames it.
MADE_UP = (
    "terrains",
    "needs",
    "stocks",
    "numbers",
    "flows",
    "influences",
    "actions",
    "events",
    "communities",
    "terms",
    "loops",
    "legend",
)
# Amounts that may be any number.
ANY_NUMBER = (
    "rate",
    "change",
    "add",
    "amount",
    "gain",
    "hold",
    "holds",
    "when",
    "where",
    "measure",
    "accepts",
    "while",
    "leaves",
    "objective",
    "weight",
    "protest",
    "sets",
    "cost",
    "steps",
    "number",
)


@dataclass(frozen=True)
class Breakage:
    """One change to one file: the new text, and the line and word that must be named."""

    file: str
    path: tuple[str | int, ...]
    kind: str  # key | type | value
    text: str
    line: int  # counted from 1
    word: str
    nearby: frozenset[int]  # lines of what it stands in, which may be named too
    deeper: frozenset[int] = frozenset()

    @property
    def name(self) -> str:
        """How the case is called in reports."""
        return f"{Path(self.file).stem}:{'.'.join(map(str, self.path))}:{self.kind}"


def shipped_files() -> list[Path]:
    """Return every level, ruleset and template that ships."""
    return sorted((data_root() / "levels").rglob("*.yaml"))


def breakages(file: Path) -> Iterator[Breakage]:
    """Yield every way in which `file` is broken once."""
    document = read_file(file)
    for path, key, node in nodes(document.root):
        if key is not None and not is_made_up(path):
            yield from misspelt(file, document, path, key, node)
        if isinstance(node, Scalar):
            yield from wrong_values(file, document, path, node)


def nodes(node: Node, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Scalar | None, Node]]:
    """Yield every piece of a document with its path and its key."""
    if isinstance(node, Mapping):
        for name, (key, inner) in node.entries.items():
            yield (*path, name), key, inner
            yield from nodes(inner, (*path, name))
    elif isinstance(node, Listing):
        for index, inner in enumerate(node.items):
            yield (*path, index), None, inner
            yield from nodes(inner, (*path, index))


def is_made_up(path: tuple[str | int, ...]) -> bool:
    """Whether the last key of the path is a name of the author's own making."""
    return (
        len(path) >= 2
        and path[-2] in MADE_UP
        and (len(path) == 2 or path[-2] in ("legend", "terms"))
        and path[-1] != "allow"
    )


def is_free(path: tuple[str | int, ...]) -> bool:
    """Whether the value at the path is a text for people."""
    named = [part for part in path if isinstance(part, str)]
    return named[-1] in FREE and not (len(path) > 1 and path[-2] in ("legend", "cost"))


def misspelt(
    file: Path, document: Document, path: tuple[str | int, ...], key: Scalar, node: Node
) -> Iterator[Breakage]:
    """Yield the key with a letter too many."""
    word = f"{key.text}q"
    text = replaced(document.text, key, word)
    if text is not None:
        inside = frozenset(inner.start.line + 1 for _, _, inner in nodes(node))
        yield Breakage(str(file), path, "key", text, key.start.line + 1, word, around(document, path), inside)


def wrong_values(file: Path, document: Document, path: tuple[str | int, ...], node: Scalar) -> Iterator[Breakage]:
    """Yield a value of a wrong type, and one that is out of range or names nothing."""
    line, near = node.start.line + 1, around(document, path)
    keys = [str(part) for part in path if isinstance(part, str)]
    word = keys[-1]
    if node.style not in ("|", ">"):
        text = replaced(document.text, node, "{zzz_wrong: 1}")
        if text is not None:
            yield Breakage(str(file), path, "type", text, line, word, near)
    if is_free(path):
        return
    number = isinstance(node.value, (int, float)) and not isinstance(node.value, bool)
    if number and any(key in ANY_NUMBER for key in keys):
        return
    if (number and path[-1] in ("value", "low", "high", 0, 1)) or (number and "change" in keys):
        return  # single bounds may lie anywhere; only together can they be wrong
    text = replaced(document.text, node, "-1000000" if number else WRONG)
    if text is not None:
        yield Breakage(
            str(file), path, "value", text, line, word if number or isinstance(node.value, bool) else WRONG, near
        )


def around(document: Document, path: tuple[str | int, ...]) -> frozenset[int]:
    """Return the lines on which everything begins that the path runs through."""
    lines = {1}
    for length in range(1, len(path) + 1):
        for key in (True, False):
            lines.add(document.place(path[:length], key).line)
    return frozenset(lines)


def replaced(text: str, node: Scalar, new: str) -> str | None:
    """Return the text with one scalar written otherwise; None where it spans lines or is escaped."""
    lines = text.split("\n")
    line, column = node.start
    quote = node.style if node.style in ("'", '"') else ""
    old = f"{quote}{node.text}{quote}"
    if node.style in ("|", ">") or not lines[line].startswith(old, column):
        return None
    rest = lines[line][column + len(old) :]
    lines[line] = (
        lines[line][:column] + (f"{quote}{new}{quote}" if quote and not new.startswith(("{", "-")) else new) + rest
    )
    return "\n".join(lines)
