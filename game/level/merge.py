"""Lay a level over its rules, and remember where every piece was written.

The result is plain data; `Source` answers for any path in it which file, line
and column it came from, so that a fault in a ruleset is reported there.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from game.level.problems import Place, Problem, Severity, did_you_mean
from game.level.yaml_text import Document

Path = tuple[str | int, ...]
SECTIONS = (
    "terrains",
    "needs",
    "stocks",
    "numbers",
    "tables",
    "auxiliaries",
    "flows",
    "influences",
    "actions",
    "events",
    "closed",
)


@dataclass
class Source:
    """Merged data with the place of every piece."""

    main: Document
    data: dict[str, Any] = field(default_factory=dict)
    origins: dict[Path, tuple[Document, Path]] = field(default_factory=dict)
    unread: set[Path] = field(default_factory=set)  # what is told to be wrong already: nobody need miss it

    def _origin(self, path: Path) -> tuple[Document, Path]:
        for length in range(len(path), -1, -1):
            found = self.origins.get(path[:length])
            if found:
                return found[0], found[1] + path[length:]
        return self.main, path

    def document(self, path: Path) -> Document:
        """In which document the value at `path` was written."""
        return self._origin(path)[0]

    def place(self, path: Path, key: bool = False) -> Place:
        """Where the value (or its key) at `path` was written."""
        document, inner = self._origin(path)
        return document.place(inner, key)

    def text_place(self, path: Path, offset: int) -> Place:
        """Where character `offset` of the text at `path` was written."""
        document, inner = self._origin(path)
        return document.text_place(inner, offset)

    def problem(
        self,
        path: Path,
        code: str,
        message: str,
        severity: Severity = "error",
        key: bool = False,
        offset: int | None = None,
    ) -> Problem:
        """Return a Problem at `path`."""
        place = self.place(path, key) if offset is None else self.text_place(path, offset)
        return Problem(place.file, place.line, place.column, severity, code, message)


def merge(level: Document, rules: Sequence[Document]) -> tuple[Source, list[Problem]]:
    """Return the level laid over its rules, the undermost first, with the problems met on the way.

    Whatever the upper one writes in a section replaces that piece of the lower,
    field by field; `change` then overrides single values by dotted name.
    """
    source = Source(level)
    problems: list[Problem] = []
    for document in (*rules, level):
        _lay_over(source, document, problems, is_level=document is level)
    change = source.data.get("change")
    if isinstance(change, dict):
        for name, value in change.items():
            origin = source._origin(("change", name))
            problem = apply_change(source.data, name, value, source, origin, ("change", name))
            if problem:
                problems.append(problem)
    return source, problems


def _lay_over(source: Source, document: Document, problems: list[Problem], is_level: bool) -> None:
    data = document.data if isinstance(document.data, dict) else {}
    for key, value in data.items():
        if key in (*SECTIONS, "difficulty") and isinstance(value, dict):
            _lay_section(source, document, key, value, problems)
        elif is_level or key not in ("format", "title"):
            source.data[key] = copy.deepcopy(value)
            source.origins[(key,)] = (document, (key,))


def _lay_section(
    source: Source, document: Document, section: str, value: dict[str, Any], problems: list[Problem]
) -> None:
    below = source.data.setdefault(section, {})
    if not isinstance(below, dict):
        return
    source.origins.setdefault((section,), (document, (section,)))
    for name, item in value.items():
        path = (section, name)
        if section == "actions" and name == "allow":
            source.data["allow"] = copy.deepcopy(item)
            source.origins[("allow",)] = (document, path)
        elif name in below and isinstance(below[name], dict) and isinstance(item, dict):
            for inner, part in item.items():
                below[name][inner] = copy.deepcopy(part)
                field_path = (*path, inner)
                source.origins[field_path] = (document, field_path)
        elif section == "numbers" and name in below and not isinstance(item, dict):
            below[name]["value"] = item
            value_path = (*path, "value")
            source.origins[value_path] = (document, path)
        elif section == "numbers" and isinstance(item, (int, float)) and not isinstance(item, bool):
            place = document.place(path)
            problems.append(
                Problem(
                    place.file,
                    place.line,
                    place.column,
                    "error",
                    "missing-key",
                    f'"{name}" is a new number: give it {{value, low, high, unit, plain}}',
                )
            )
        else:
            below[name] = copy.deepcopy(item)
            source.origins[path] = (document, path)


def apply_change(
    data: dict[str, Any],
    name: str,
    value: Any,
    source: Source,
    origin: tuple[Document, Path] | None = None,
    at: Path = (),
) -> Problem | None:
    """Override one value of merged level data by its dotted name, in place.

    `growth` or `growth.value` is a number, `herd.start` a field of a stock,
    `alder.herd` a stock of one community, `seasons.count` a field of the
    level.  Returns a Problem when nothing has that name.
    """
    path = _find(data, name.split("."))
    if path is None:
        return unknown_name(data, name, source, at)
    holder = data
    for part in path[:-1]:
        holder = holder[part]
    holder[path[-1]] = copy.deepcopy(value)
    if origin:
        source.origins[tuple(path)] = origin
    return None


def unknown_name(data: dict[str, Any], name: str, source: Source, at: Path) -> Problem | None:
    """Return a Problem when nothing in merged level data has a dotted name."""
    if _find(data, name.split(".")) is not None:
        return None
    suggestion = did_you_mean(name, _changeable(data))
    return source.problem(at, "unknown-name", f'nothing here is called "{name}"{suggestion}', key=True)


def find_value(data: dict[str, Any], name: str) -> Any:
    """Return the value of merged level data that a dotted name means, None where nothing has that name."""
    path = _find(data, name.split("."))
    holder: Any = data
    for part in path or ():
        holder = holder.get(part) if isinstance(holder, dict) else None
    return holder if path else None


def _find(data: dict[str, Any], parts: list[str]) -> list[str] | None:
    head, rest = parts[0], parts[1:]
    for section in SECTIONS:
        item = data.get(section, {})
        if isinstance(item, dict) and isinstance(item.get(head), dict):
            if not rest:
                return [section, head, "value"] if section == "numbers" else None
            return _descend(data, [section, head, *rest])
    communities = data.get("communities", {})
    if isinstance(communities, dict) and isinstance(communities.get(head), dict) and len(rest) == 1:
        return ["communities", head, rest[0]]
    if head in ("seasons", "objective", "resistance", "title", "author", "licence", "promise", "opening"):
        return _descend(data, parts)
    return None


def _descend(data: dict[str, Any], path: list[str]) -> list[str] | None:
    """Return `path` when something can stand there; whether it fits is for the schema to say."""
    holder: Any = data
    for part in path[:-1]:
        if not isinstance(holder, dict) or part not in holder:
            return None
        holder = holder[part]
    return path if isinstance(holder, dict) else None


def _changeable(data: dict[str, Any]) -> list[str]:
    names: list[str] = []
    for section in SECTIONS:
        items = data.get(section, {})
        for name, item in items.items() if isinstance(items, dict) else ():
            fields = item if isinstance(item, dict) else {}
            names += [name] if section == "numbers" else [f"{name}.{part}" for part in fields]
    return names
