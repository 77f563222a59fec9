"""A model of system dynamics in another format as the text of a level; what cannot be carried over is listed.

PySD's translators (the extra `import`) read XMILE and Vensim files; here its
abstract model becomes YAML.  Stocks become states of the world that change by
what flows into and out of them, step by step as in the model (Euler), so the
numbers stay the same; constants become numbers, lookups tables, all else
auxiliaries.  Nothing is left out in silence: whatever has no counterpart
stands in `lacking`, with the reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from game.language.errors import PowerdanceError
from game.level.importing_words import Words
from game.level.problems import no_file

MISSING = "models of other programs are read by PySD: pip install 'powerdance[import]'"
READERS = {".xmile": "xmile", ".stmx": "xmile", ".xml": "xmile", ".mdl": "vensim"}
MOST_BYTES = 4 * 1024 * 1024
LARGEST = 1e12  # bounds of what has none
MOST_TICKS, MOST_SEASONS = 512, 1000
CONTROLS = ("time_step", "initial_time", "final_time", "saveper")


class ImportFault(PowerdanceError):
    """A model that cannot be imported at all; the text says why and what to do."""


@dataclass
class Imported:
    """The text of a level, and what of the model is not in it."""

    text: str
    lacking: list[str] = field(default_factory=list)


def import_model(path: Path) -> Imported:
    """Return a model file as a level.  Raises ImportFault."""
    elements = _elements(path)
    words = Words({_plain(name) for name, _, _ in elements})
    title = re.sub(r"[_-]+", " ", path.stem).strip().capitalize() or "A model"
    controls = {_plain(name): component for name, component, _ in elements if _plain(name) in CONTROLS}
    count, ticks, begins = _time(controls, words)
    words.begins = begins
    turn = next((element.units for name, _, element in elements if _plain(name) == "time_step"), "") or ""
    sections: dict[str, list[str]] = {key: [] for key in ("numbers", "tables", "auxiliaries", "stocks", "influences")}
    for name, component, element in elements:
        if _plain(name) not in CONTROLS:
            _write(_plain(name), component, element, words, sections)
    lines = ["format: 1", f"title: {_quoted(title)}", f"seasons: {{count: {count}, ticks: {ticks}{_turn(str(turn))}}}"]
    lines += [f"# not carried over: {line}" for line in words.lacking]
    for key in ("numbers", "tables", "stocks", "auxiliaries", "influences"):
        if sections[key]:
            lines += [f"{key}:", *sections[key]]
    if not sections["stocks"]:
        raise ImportFault(f"{path.name} has no stock that could be carried over: {'; '.join(words.lacking) or 'none'}")
    return Imported("\n".join(lines) + "\n", words.lacking)


def _turn(unit: str) -> str:
    """Return what a turn is called, where the model has a word for its time."""
    word = unit.strip().lower().removesuffix("s")
    return f", name: {word}" if re.fullmatch(r"[a-z]{2,14}", word) and word != "season" else ""


def _elements(path: Path) -> list[tuple[str, Any, Any]]:
    kind = READERS.get(path.suffix.lower())
    if kind is None:
        raise ImportFault(f'"{path.name}" ends in none of {", ".join(READERS)}')
    _check_file(path, kind)
    try:
        from pysd.translators.vensim.vensim_file import VensimFile
        from pysd.translators.xmile.xmile_file import XmileFile
    except ImportError:
        raise ImportFault(MISSING) from None
    try:
        file = (XmileFile if kind == "xmile" else VensimFile)(path)
        file.parse()
        model = file.get_abstract_model()
    except Exception as error:  # whatever a parser of others says of a file that it cannot read
        said = str(error).strip().splitlines()
        raise ImportFault(
            f"{path.name} cannot be read as a model: {said[0] if said else type(error).__name__}"
        ) from None
    return [
        (element.name, component, element)
        for section in model.sections
        for element in section.elements
        for component in element.components
    ]


def _check_file(path: Path, kind: str) -> None:
    """Refuse what a parser of others should not be given: what never ends, is huge, or names other files."""
    try:
        if not path.is_file():
            raise ImportFault(f"{path}: {no_file(path)}")
        if path.stat().st_size > MOST_BYTES:
            raise ImportFault(f"{path}: is larger than {MOST_BYTES // 1024 // 1024} MiB, more than a model may have")
        if kind == "xmile" and b"<!DOCTYPE" in path.read_bytes().replace(b"\0", b"").upper():
            raise ImportFault(f"{path}: says <!DOCTYPE, which no model needs and which may name other files")
    except OSError as error:
        raise ImportFault(f"{path}: {(error.strerror or 'cannot be read').lower()}") from None


def _time(controls: dict[str, Any], words: Words) -> tuple[int, int, float]:
    """Return how many seasons, in how many ticks each, and the time at which the model begins."""

    def value(name: str, usual: float) -> float:
        if name not in controls:
            return usual
        said = controls[name].ast
        if not isinstance(said, (int, float)):
            words.lack(name, "is an expression; write `seasons` by hand")
            return usual
        return float(said)

    begins, ends, step = value("initial_time", 0.0), value("final_time", 100.0), value("time_step", 1.0)
    ticks = round(1.0 / step) if step > 0 else 0
    if not 1 <= ticks <= MOST_TICKS or abs(ticks * step - 1.0) > 1e-9:
        words.lack("time_step", f"of {step:g} cuts no season into 1 to {MOST_TICKS} equal ticks; written with 8")
        ticks = 8
    count = round(ends - begins)
    if not 1 <= count <= MOST_SEASONS or abs(count - (ends - begins)) > 1e-9:
        words.lack("final_time", f"{ends:g} lies no whole number of 1 to {MOST_SEASONS} seasons after {begins:g}")
        count = min(max(count, 1), MOST_SEASONS)
    return count, ticks, begins


def _plain(name: str) -> str:
    """Return a name as levels write it."""
    found = re.sub(r"[^a-z0-9]+", "_", name.strip().strip('"').lower()).strip("_")
    return found if found and found[0].isalpha() else f"v_{found}"


def _quoted(text: str) -> str:
    """Return a text that YAML reads as that text."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def _write(name: str, component: Any, element: Any, words: Words, sections: dict[str, list[str]]) -> None:
    """Add one element of a model to the sections of a level."""
    kind = type(component.ast).__name__
    subscripts = component.subscripts[0] if component.subscripts else []
    if subscripts or len(element.components) > 1:
        words.lack(name, "has subscripts; write one stock or auxiliary for each")
        return
    said = "1" if str(element.units or "").lower() in ("dmnl", "dimensionless") else str(element.units or "")
    unit = f", unit: {_quoted(said)}" if said else ""
    told = " ".join(str(element.documentation or "").split())[:200]
    plain = f"plain: {_quoted(told or element.name)}"
    where = words.name(name)
    before = len(words.lacking)
    if isinstance(component.ast, (int, float)):
        value = float(component.ast)
        low, high = min(0.0, 2 * value), max(1.0, 2 * value)
        sections["numbers"].append(
            f"  {where}: {{value: {value!r}, low: {low!r}, high: {high!r}, from: literature{unit}, {plain}}}"
        )
    elif kind == "LookupsStructure":
        points = [[float(x), float(y)] for x, y in zip(component.ast.x, component.ast.y, strict=True)]
        sections["tables"].append(f"  {where}: {{points: {points}, {plain}}}")
    elif kind == "IntegStructure":
        _write_stock(where, name, component.ast, f"{unit}, {plain}", plain, words, sections)
    else:
        rule = words.said(component.ast, name)
        if rule and len(words.lacking) == before:
            sections["auxiliaries"].append(f"  {where}: {{is: {_quoted(rule)}{unit}, {plain}}}")


def _write_stock(
    where: str, name: str, integral: Any, more: str, plain: str, words: Words, sections: dict[str, list[str]]
) -> None:
    before = len(words.lacking)
    start, change = words.said(integral.initial, name), words.said(integral.flow, name)
    if len(words.lacking) > before:
        return
    low = 0.0 if integral.non_negative else -LARGEST
    sections["stocks"].append(
        f"  {where}: {{at: world, kind: state, range: [{low!r}, {LARGEST!r}], start: {_quoted(start)}, "
        f'unbalanced: "as in the model that it was taken from"{more}}}'
    )
    sections["influences"].append(f"  {where}_changes: {{of: {where}, change: {_quoted(change)}, {plain}}}")
