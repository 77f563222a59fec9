"""Read a level file: text, rules laid under it, shape, names; every problem at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

from game.level.beside import Beside, beside_file, beside_text, stamps
from game.level.checks import MAY_CHANGE, Checker, check_difficulty, check_level, check_rules
from game.level.library import data_root, find_level, find_rules, shipped_rules
from game.level.look_checks import keep_own_colours
from game.level.merge import SECTIONS, Source, apply_change, merge
from game.level.noise import lay_noise
from game.level.packs import PACK, read_pack
from game.level.pictures import lay_pictures
from game.level.problems import LevelError, Problem, did_you_mean
from game.level.pure_model import complete, is_pure_model
from game.level.schema import Level, Part, Rules
from game.level.series import lay_data
from game.level.time_words import tell_rules_in_turns
from game.level.validation import SUGGESTION, validate
from game.level.written import LevelText, plain_name
from game.level.yaml_text import REMEMBERED_BYTES, Document, read_document, read_file

OF_A_LEVEL = ("map", "goals", "seasons", "seats", "communities")  # a ruleset says nothing of these
DEEPEST_RULES = 4  # so many rulesets may rest on each other


@dataclass(frozen=True)
class Shelf:
    """Where the rulesets and files of a level are looked up: `find` returns the ruleset of a name, None for none."""

    find: Callable[[str], Document | None]
    known: tuple[str, ...]
    beside: Beside  # pictures and data
    called: str = "shipped"  # what those known are, in messages


@dataclass(frozen=True)
class Findings:
    """What reading a file brought: the level (None for a ruleset or a broken file) and all problems."""

    level: Level | None
    problems: tuple[Problem, ...]
    source: Source | None = None

    @property
    def broken(self) -> bool:
        """Whether at least one problem is an error."""
        return any(problem.severity == "error" for problem in self.problems)


def load_level(name: str | FilePath) -> Level:
    """Return the checked level of an id or a path.

    Raises LevelError with every problem, UnreadableFile when there is no such file.
    """
    file = find_level(str(name))
    if file.suffix == PACK:
        return level_from(read_pack(file))
    document = read_file(file)
    if len(document.text) > REMEMBERED_BYTES:
        return _level_of(_examine_safely(file, lambda: document))
    try:
        below = rules_below(document, file)
    except LevelError:
        below = []  # is found again, and told with everything else
    return _read_once(file, tuple((one.file, one.text) for one in (document, *below)), stamps(file))


@lru_cache(maxsize=64)
def _read_once(file: FilePath, texts: tuple[tuple[str, str], ...], beside: tuple[tuple[str, int, int], ...]) -> Level:
    """Return the checked level in `file`; its texts, and times of what lies beside it, tell whether it is the same."""
    return _level_of(examine(file))


def parse_level(text: str, file: str = "level.yaml") -> Level:
    """Return the checked level written in `text`; `file` names it in messages.  Raises LevelError."""
    path = FilePath(file)
    return _level_of(_examine_safely(path, lambda: read_document(text, str(path))))


@lru_cache(maxsize=8)
def level_from(written: LevelText) -> Level:
    """Return the checked level that a text holds; its rulesets come from there too, and no file is opened.

    Raises LevelError.
    """
    return _level_of(_examine_written(written)).written_in(written)


def _examine_written(written: LevelText, before: str = "") -> Findings:
    """Return what is found in a level with its rulesets; `before` stands before the names of files in messages."""
    rules = dict(written.rules)

    def find(name: str) -> Document | None:
        return read_document(rules[name], f"{before}rules/{name}.yaml") if name in rules else None

    shelf = Shelf(find, tuple(rules), beside_text(written.beside, before), "carried with the level")
    return _examine_safely(
        FilePath(written.file), lambda: read_document(written.text, f"{before}{written.file}"), shelf
    )


def _level_of(findings: Findings) -> Level:
    if findings.broken:
        raise LevelError(problem for problem in findings.problems if problem.severity == "error")
    if findings.level is None:
        file = findings.source.main.file if findings.source else "level.yaml"
        raise LevelError(
            [Problem(file, 1, 1, "error", "not-a-level", "this is a ruleset; a level also has a map and goals")]
        )
    return findings.level


def examine(file: FilePath) -> Findings:
    """Return the level in `file` and everything wrong with it.

    Raises UnreadableFile when it cannot be opened; everything else is a Problem.
    """
    if file.suffix == PACK:
        try:
            return _examine_written(read_pack(file), f"{file}/")
        except LevelError as error:
            return Findings(None, error.problems)
    return _examine_safely(file, lambda: read_file(file))


def _examine_safely(file: FilePath, read: Callable[[], Document], shelf: Shelf | None = None) -> Findings:
    try:
        return _examine(read(), file, shelf or _beside(file))
    except LevelError as error:
        return Findings(None, error.problems)


def _examine(document: Document, file: FilePath, shelf: Shelf) -> Findings:
    data = document.data
    if not isinstance(data, dict):
        raise LevelError(
            [
                Problem(
                    document.file,
                    1,
                    1,
                    "error",
                    "not-a-level",
                    "a level is a list of keys with values: title, map, goals …",
                )
            ]
        )
    pure = is_pure_model(data)
    if (
        not pure
        and not any(key in data for key in OF_A_LEVEL)
        and ("stocks" in data or "numbers" in data or "flows" in data)
    ):
        return _examine_rules(document, file, shelf)
    below = rules_below(document, file, shelf)
    source, problems = merge(document, below)
    source.data["id"] = file.stem
    if pure:
        complete(source.data)
    if isinstance(source.data.get("seasons"), int) and not isinstance(source.data["seasons"], bool):
        source.data["seasons"] = {"count": source.data["seasons"]}
        document_path = source.origins.pop(("seasons",))
        source.origins[("seasons", "count")] = document_path
    tell_rules_in_turns(source)
    keep_own_colours(source)
    problems += lay_data(source, shelf.beside)
    lay_noise(source)
    pictures, found = lay_pictures(source, shelf.beside)
    problems += found
    level, found = validate(Level, source)
    problems += found
    if isinstance(level, Level) and not _misspelt_section(Level, found):
        problems += check_level(level, source)
    broken = any(problem.severity == "error" for problem in problems)
    if broken or not isinstance(level, Level):
        return Findings(None, tuple(sorted(set(problems))), source)
    whole = level.written_in(_text_of(document, below, file, shelf.beside), pictures)
    return Findings(whole, tuple(sorted(set(problems))), source)


def _text_of(document: Document, below: list[Document], file: FilePath, beside: Beside) -> LevelText:
    rules = tuple((FilePath(one.file).stem, one.text) for one in reversed(below))
    shipped = (data_root() / "levels").resolve() in file.resolve().parents
    return LevelText(plain_name(file.stem), document.text, rules, shipped, beside.carried)


def _misspelt_section(model: type[Rules], problems: list[Problem]) -> bool:
    """Whether a whole section is lost by its name: whoever uses what stood in it is not to blame."""
    meant = (SUGGESTION.match(problem.message) for problem in problems)
    return any(match[1] in (*model.model_fields, *SECTIONS) for match in meant if match)


def _beside(file: FilePath) -> Shelf:
    """Return the rulesets that a file can rest on: those in its folder and the shipped ones."""

    def find(name: str) -> Document | None:
        path = find_rules(name, file)
        return None if path is None else read_file(path)

    return Shelf(find, tuple(shipped_rules()), beside_file(file))


def rules_below(document: Document, file: FilePath, shelf: Shelf | None = None) -> list[Document]:
    """Return the rulesets below a level or a ruleset, the undermost first; from a shelf, or from beside `file`."""
    shelf = shelf or _beside(file)
    below: list[Document] = []
    seen = [file.stem]
    while isinstance(document.data, dict) and isinstance(name := document.data.get("rules"), str):
        found = shelf.find(name)
        if found is None:
            known = [one for one in shelf.known if one not in seen]
            message = f'there is no ruleset "{name}"{did_you_mean(name, known)}; {shelf.called}: {", ".join(known)}'
            raise LevelError([_at_rules(document, "unknown-rules", message)])
        if (len(seen) > 1 and name in seen) or len(below) == DEEPEST_RULES:
            way = ", ".join([*seen, name])
            message = f"rulesets rest on each other in a ring or more than {DEEPEST_RULES} deep: {way}"
            raise LevelError([_at_rules(document, "rules-in-a-ring", message)])
        seen.append(name)
        document = found
        below.insert(0, document)
    return below


def _at_rules(document: Document, code: str, message: str) -> Problem:
    place = document.place(("rules",))
    return Problem(place.file, place.line, place.column, "error", code, message)


def _examine_rules(document: Document, file: FilePath, shelf: Shelf) -> Findings:
    source, problems = merge(document, rules_below(document, file, shelf))
    rules, found = validate(Rules, source)
    problems += found
    if rules is not None and not _misspelt_section(Rules, problems):
        problems += check_rules(rules, source)
        if not any(problem.severity == "error" for problem in problems):
            checker = Checker(source)
            check_difficulty(rules, checker)
            problems += checker.problems
    return Findings(None, tuple(sorted(set(problems))), source)


def changed_level(level: Level, change: dict[str, Any]) -> Level:
    """Return a copy of `level` with single values replaced by dotted name.

    Raises LevelError when a name does not exist or a value does not fit.
    """
    data = level.model_dump(by_alias=True, warnings=False)  # an interrupt within is no cause to warn of anything
    source = Source(read_document("{}", f"{level.id}.yaml"), data)
    problems = [problem for name, value in change.items() if (problem := apply_change(data, name, value, source))]
    found: Part | None = None
    if not problems:
        found, problems = validate(Level, source)
    if isinstance(found, Level) and not problems:
        problems = [
            p for p in check_level(found, source, warn=False) if p.severity == "error" and p.code not in MAY_CHANGE
        ]
    if problems or not isinstance(found, Level):
        raise LevelError(problems)
    return found
