"""Pictures of a level's own: named like shipped ones, found in `pictures/` beside it, and carried along with it.

A picture that was found and is safe gets a name by what it shows, `boat@` and
a digest: two levels with a picture of one name never show each other's, and a
level whose picture was changed is another one.  Authors cannot write such a
name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from game.level.beside import ENDINGS, PICTURES, Beside, TooMuchBeside
from game.level.library import is_plain_name
from game.level.picture_files import PictureFault, safe_png, safe_svg
from game.level.problems import Problem

if TYPE_CHECKING:  # pictures are drawn before the window shows its name; levels are read after it
    from game.level.merge import Path, Source

MARK = "@"  # between the name of a picture and its digest
SAFE = {".svg": safe_svg, ".png": safe_png}


@dataclass(frozen=True)
class Picture:
    """A picture that is safe to draw: as SVG or PNG."""

    name: str
    ending: str
    raw: bytes


_KNOWN: WeakValueDictionary[str, Picture] = WeakValueDictionary()  # of all levels there are; a level holds its own


def own_picture(name: str) -> Picture | None:
    """Return a picture of a level's own by its name with digest, as levels hold it; None for any other name."""
    return _KNOWN.get(name) if MARK in name else None


def plain_name_of(name: str) -> str:
    """Return the name of a picture as its author wrote it."""
    return name.partition(MARK)[0]


def lay_pictures(source: Source, beside: Beside) -> tuple[tuple[Picture, ...], list[Problem]]:
    """Give every name in merged data that is a picture beside the level its digest, in place.

    Returns the pictures, which whoever keeps the level has to keep, and what is wrong with their files.
    """
    kept: dict[str, Picture] = {}
    problems: dict[str, Problem] = {}
    for holder, key, path in _named(source.data):
        name = holder[key]
        if MARK in name:
            message = f'"{name[:60]}" is no name of a picture: write its plain name, as in "cow"'
            problems.setdefault(name, source.problem(path, "not-an-icon", message))
            holder[key] = ""  # what is told once is enough
            continue
        try:
            found = beside.get(PICTURES, name, ENDINGS[PICTURES]) if is_plain_name(name) else None
        except TooMuchBeside as error:
            problems.setdefault("", source.problem(path, "too-many", str(error)))
            continue
        if found is None:
            continue
        file, raw = found
        holder[key] = ""
        if file in problems:
            continue
        ending = file[file.rindex(".") :]
        try:
            safe = SAFE[ending](raw)
        except PictureFault as fault:
            told = f'the picture "{name}" {fault}'
            problems[file] = Problem(beside.file_of(file), fault.line, fault.column, "error", "bad-picture", told)
            continue
        whole = f"{name}{MARK}{hashlib.sha256(safe).hexdigest()[:16]}"
        kept[whole] = _KNOWN.setdefault(whole, Picture(whole, ending, safe))
        holder[key] = whole
    return tuple(kept.values()), list(problems.values())


def _named(data: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str, Path]]:
    """Give every place of merged data where a picture is named: what holds it, by which key, and its path."""
    if isinstance(data.get("emblem"), str):
        yield data, "emblem", ("emblem",)
    for section, key in (("stocks", "icon"), ("auxiliaries", "icon"), ("actions", "icon"), ("events", "icon"),
                         ("terrains", "looks_like")):  # fmt: skip
        pieces = data.get(section)
        for name, piece in pieces.items() if isinstance(pieces, dict) else ():
            if isinstance(piece, dict) and isinstance(piece.get(key), str):
                yield piece, key, (section, name, key)
            finds = piece.get("finds") if isinstance(piece, dict) and section == "actions" else None
            if isinstance(finds, dict) and isinstance(finds.get("icon"), str):
                yield finds, "icon", (section, name, "finds", "icon")
