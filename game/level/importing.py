"""A model of system dynamics in another format as the text of a level; what cannot be carried over is listed.

PySD's translators (the extra `import`) read XMILE and Vensim files; here its
abstract model becomes YAML.  Stocks become states of the world that change by
what flows into and out of them, step by step as in the model (Euler), so the
numbers stay the same; constants become numbers, lookups tables, all else
auxiliaries.  Nothing is left out in silence: whatever has no counterpart
stands in `lacking`, with the reason.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from game.language.errors import PowerdanceError
from game.level.importing_names import CONTROLS, Names, spoken
from game.level.importing_words import MOST_TICKS, Words, jumps
from game.level.parts import COLUMNS
from game.level.problems import LevelError, no_file
from game.level.reader import parse_level

MISSING = "models of other programs are read by PySD: pip install 'powerdance[import]'"
READERS = {".xmile": "xmile", ".stmx": "xmile", ".xml": "xmile", ".mdl": "vensim"}
MOST_BYTES = 4 * 1024 * 1024
LARGEST = 1e12  # bounds of what has none
MOST_SEASONS = 1000
SECTIONS = ("numbers", "tables", "stocks", "auxiliaries", "influences")
# What Vensim notes at the end of a file, the fourth number: how it integrates.
VENSIM_METHOD = re.compile(rb"^15:\d+,\d+,\d+,(\d)", re.MULTILINE)
CONVEYOR = re.compile(rb"<stock\s[^>]*\bname\s*=\s*[\"']([^\"']*)[\"'](?:(?!</stock>).)*?<conveyor[\s>/]", re.DOTALL)
NO_CONVEYOR = "what comes out after a time is delay_fixed(what goes in, that time, 0)"
XMILE_METHOD = re.compile(rb"<sim_specs[^>]*\bmethod\s*=\s*[\"']([^\"']*)[\"']")


class ImportFault(PowerdanceError):
    """A model that cannot be imported at all; the text says why and what to do."""


@dataclass
class Imported:
    """The text of a level, what of the model is not in it, and what its variables are called there."""

    text: str
    lacking: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


def import_model(path: Path) -> Imported:
    """Return a model file as a level.  Raises ImportFault."""
    kind = READERS.get(path.suffix.lower())
    if kind is None:
        raise ImportFault(f'"{path.name}" ends in none of {", ".join(READERS)}')
    main, macros = _sections(path, kind)
    elements = [(str(element.name), component, element) for element in main for component in element.components]
    words = Words(Names.of(((name, component.ast) for name, component, _ in elements), COLUMNS), kind=kind)
    words.varied = {spoken(name) for name, _, element in elements if any(_ends(element))}
    count, words.ticks = _time(words)
    _note_parts(path, kind, macros, words)
    sections: dict[str, list[str]] = {key: [] for key in SECTIONS}
    for name, component, element in elements:
        if spoken(name) not in CONTROLS:
            _write(name, component, element, words, sections)
    for own, (start, change) in words.kept.items():
        _write_state(own, start, change, -LARGEST, ", plain: What was kept of it.", words, sections)
    for own, points in words.tables.items():
        sections["tables"].append(f"  {own}: {{points: {points}, plain: Points that are read in one place.}}")
    for name, component, _ in elements:
        jumping = type(component.ast).__name__ == "LookupsStructure" and jumps(component.ast)
        if jumping and spoken(name) not in words.split:
            words.lack(words.names.known[spoken(name)], "is a table that jumps, and nothing reads it")
    if not any(sections.values()):
        raise ImportFault(f"{path.name} has nothing that could be carried over: {'; '.join(words.lacking) or 'none'}")
    turn = next((element.units for name, _, element in elements if spoken(name) == "time_step"), "") or ""
    title = re.sub(r"[_-]+", " ", path.stem).strip().capitalize() or "A model"
    seasons = f"seasons: {{count: {count}, ticks: {words.ticks}{_turn(str(turn))}}}"
    body = [line for key in SECTIONS if sections[key] for line in (f"{key}:", *sections[key])]
    if not words.lacking:
        _try("\n".join(["format: 1", f"title: {_quoted(title)}", seasons, *body]) + "\n", words)
    notes = [f"# not carried over: {line}" for line in words.lacking]
    text = "\n".join(["format: 1", f"title: {_quoted(title)}", seasons, *notes, *body]) + "\n"
    return Imported(text, words.lacking, dict(words.names.known))


def _try(text: str, words: Words) -> None:
    """Note why a level that should hold the whole model is refused all the same."""
    try:
        parse_level(text)
    except LevelError as error:
        words.lack("the level", f"is refused: {str(error).splitlines()[0]}")


def _note_parts(path: Path, kind: str, macros: list[str], words: Words) -> None:
    """Note what PySD reads past: other ways to integrate, macros and modules."""
    raw = path.read_bytes()
    found = (XMILE_METHOD if kind == "xmile" else VENSIM_METHOD).search(raw)
    said = found.group(1).decode("ascii", "replace").strip() if found else ""
    if kind == "vensim":
        said = {"1": "RK4", "5": "RK4", "3": "RK2", "4": "RK2"}.get(said, "")
    if said and said.lower() != "euler":
        words.lack("the model", f"is integrated by {said}; a level steps by Euler's method, so its numbers differ")
    for macro in macros:
        words.lack(macro, "is a macro; write its expression where it is used")
    for stock in CONVEYOR.findall(raw) if kind == "xmile" else ():
        name = spoken(stock.decode("utf-8", "replace"))
        words.lack(words.names.known.get(name, name), "is a conveyor, written as a plain stock: " + NO_CONVEYOR)
    if kind == "xmile" and len(re.findall(rb"<model[\s>]", raw)) > 1:
        words.lack("the model", "has modules, of which only the first is read; write them as one model")


def _turn(unit: str) -> str:
    """Return what a turn is called, where the model has a word for its time."""
    word = unit.strip().lower().removesuffix("s")
    return f", name: {word}" if re.fullmatch(r"[a-z]{2,14}", word) and word != "season" else ""


def _sections(path: Path, kind: str) -> tuple[list[Any], list[str]]:
    """Return the elements of the model itself, and the names of its macros."""
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
        said = (str(error).strip().splitlines() or [type(error).__name__])[0]
        belts = [one.decode("utf-8", "replace") for one in CONVEYOR.findall(path.read_bytes())]
        if kind == "xmile" and belts:
            said = f'"{belts[0]}" is a conveyor; make it a stock: {NO_CONVEYOR} ({said})'
        raise ImportFault(f"{path.name} cannot be read as a model: {said}") from None
    macros = [str(section.name) for section in model.sections if section.type == "macro"]
    return [one for section in model.sections if section.type != "macro" for one in section.elements], macros


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


def _time(words: Words) -> tuple[int, int]:
    """Return how many seasons, in how many ticks each, and keep what the controls of the simulation are."""
    controls = {"initial_time": 0.0, "final_time": 100.0, "time_step": 1.0}
    for name in ("initial_time", "time_step", "final_time", "saveper"):
        said = words.names.values.get(name)
        value = None if said is None else words.names.worth(said)
        if value is not None:
            controls[name] = value
        elif said is not None and name != "saveper":
            words.lack(name, "is an expression; write `seasons` by hand")
        words.names.controls = dict(controls)
    begins, ends, step = controls["initial_time"], controls["final_time"], controls["time_step"]
    ticks = round(1.0 / step) if step > 0 else 0
    if not 1 <= ticks <= MOST_TICKS or abs(ticks * step - 1.0) > 1e-9:
        ticks = min(max(ticks, 1), MOST_TICKS)
        words.lack(
            "time_step",
            f"of {step:g} cuts no season into 1 to {MOST_TICKS} equal ticks; written with ticks: {ticks}, "
            f"steps of {1 / ticks:g}, so its numbers differ",
        )
    count = round(ends - begins)
    if not 1 <= count <= MOST_SEASONS or abs(count - (ends - begins)) > 1e-9:
        words.lack("final_time", f"{ends:g} lies no whole number of 1 to {MOST_SEASONS} seasons after {begins:g}")
        count = min(max(count, 1), MOST_SEASONS)
    return count, ticks


def _quoted(text: str) -> str:
    """Return a text that YAML reads as that text."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def _write(name: str, component: Any, element: Any, words: Words, sections: dict[str, list[str]]) -> None:
    """Add one element of a model to the sections of a level."""
    kind = type(component.ast).__name__
    subscripts = component.subscripts[0] if component.subscripts else []
    where = words.names.known[spoken(name)]
    if subscripts or len(element.components) > 1:
        words.lack(where, "has subscripts; write one stock or auxiliary for each")
        return
    if words.names.values[spoken(name)] is None:
        words.lack(where, "is said twice; write one of them")
        return
    said = "1" if str(element.units or "").lower() in ("dmnl", "dimensionless") else str(element.units or "")
    unit = f", unit: {_quoted(said)}" if said else ""
    told = " ".join(str(element.documentation or "").split())[:200]
    plain = f"plain: {_quoted(told or str(element.name))}"
    before = len(words.lacking)
    if isinstance(component.ast, (int, float)):
        if words.said(component.ast, where):
            bounds = _bounds(float(component.ast), element)
            sections["numbers"].append(f"  {where}: {{value: {float(component.ast)!r}, {bounds}{unit}, {plain}}}")
        return
    if any(_ends(element)):
        low, high = _ends(element)
        told = " to ".join("…" if end is None else f"{end:g}" for end in (low, high))
        words.lack(where, f"its range of {told} is not kept: models only warn of it, and a level would stop it there")
        before += 1
    if kind == "LookupsStructure":
        if jumps(component.ast):
            return

        points = words.points(component.ast, where)
        if points:
            sections["tables"].append(f"  {where}: {{points: {points}, {plain}}}")
    elif kind == "IntegStructure":
        start, change = words.said(component.ast.initial, where), words.said(component.ast.flow, where)
        if len(words.lacking) == before:
            low = 0.0 if component.ast.non_negative else -LARGEST
            _write_state(where, start, change, low, f"{unit}, {plain}", words, sections)
    else:
        rule = words.said(component.ast, where)
        if rule and len(words.lacking) == before:
            sections["auxiliaries"].append(f"  {where}: {{is: {_quoted(rule)}{unit}, {plain}}}")


def _ends(element: Any) -> tuple[float | None, float | None]:
    """Return between which values the model says that something lies, None for an end that it does not say."""
    low, high = (
        float(end) if isinstance(end, (int, float)) and math.isfinite(end) else None
        for end in (*(getattr(element, "limits", None) or ()), None, None)[:2]
    )
    return low, high


def _bounds(value: float, element: Any) -> str:
    """Return how low and high a constant may be: as the model says, and where it says nothing it is what it is.

    No seed draws another value for it, as for a number that was chosen for play.
    """
    low, high = (value if end is None else end for end in _ends(element))
    return f"low: {min(value, low)!r}, high: {max(value, high)!r}, each_seed: [1, 1]"


def _write_state(
    where: str, start: str, change: str, low: float, more: str, words: Words, sections: dict[str, list[str]]
) -> None:
    """Add a state of the world, and what changes it where something does."""
    sections["stocks"].append(
        f"  {where}: {{at: world, kind: state, range: [{low!r}, {LARGEST!r}], start: {_quoted(start)}, "
        f'unbalanced: "as in the model that it was taken from"{more}}}'
    )
    if change:
        own = words.names.new(f"{where}_changes")
        sections["influences"].append(
            f"  {own}: {{of: {where}, change: {_quoted(change)}, plain: How {where} changes.}}"
        )
