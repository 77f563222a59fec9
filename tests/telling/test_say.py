"""Every sentence has an id and blanks; what does not fit them is an error, not a gap in a text."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.telling.say import SENTENCES, blanks, say
from game.telling.tables import SentenceError, merged

GAME = Path(__file__).resolve().parents[2] / "game"
TOPICS = [file for file in (GAME / "telling" / "english").glob("*.py") if file.stem != "__init__"]


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every place of the engine at which a sentence is said."""
    for file in sorted(GAME.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "say(" in text else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say" and node.args:
                yield f"{file.relative_to(GAME)}:{node.lineno}", node


def ids(node: ast.expr) -> list[str]:
    """The ids that the first argument of a call can be; a choice between two is two."""
    if isinstance(node, ast.IfExp):
        return ids(node.body) + ids(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def test_a_sentence_is_filled_in() -> None:
    assert say("ending.held_last", season=4) == "it held last in season 4"


def test_an_unknown_sentence_is_an_error() -> None:
    with pytest.raises(SentenceError, match=r"there is no sentence 'ending\.nope'"):
        say("ending.nope")


def test_a_missing_argument_and_one_without_a_blank_are_errors() -> None:
    with pytest.raises(SentenceError, match="missing: season; not in it: year"):
        say("ending.held_last", year=4)


def test_whoever_says_something_names_a_sentence_that_exists_with_arguments_that_fit() -> None:
    faults = []
    for where, call in calls():
        given = {word.arg for word in call.keywords}
        for name in ids(call.args[0]):
            if name not in SENTENCES:
                faults.append(f"{where}: no sentence {name}")
            elif None not in given and given != blanks(name):
                faults.append(f"{where}: {name} takes {sorted(blanks(name))}, not {sorted(map(str, given))}")
    assert not faults


def test_two_tables_with_one_id_are_an_error() -> None:
    assert merged({"a.one": "1"}, {"a.two": "2"}) == {"a.one": "1", "a.two": "2"}
    with pytest.raises(SentenceError, match=r"two sentences are called 'a\.one'"):
        merged({"a.one": "1"}, {"b.one": "2", "a.one": "3"})


def test_no_sentence_is_lost_between_its_topic_and_the_table() -> None:
    written = []
    for file in TOPICS:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Dict):
                written += [str(key.value) for key in node.keys if isinstance(key, ast.Constant)]
    assert sorted(written) == sorted(SENTENCES)


def named() -> Iterator[str]:
    """Every text of the engine that may be the id of a sentence, as a pattern: the texts of tables too."""
    for file in sorted(set(GAME.rglob("*.py")) - set(TOPICS)):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = [re.escape(str(one.value)) if isinstance(one, ast.Constant) else r"\w+" for one in node.values]
                yield "".join(parts)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in SENTENCES:
                yield re.escape(node.value)


def test_every_sentence_is_said_somewhere() -> None:
    beginning = re.compile(r"[a-z]+\\\.")  # of an id: its topic
    said = re.compile("|".join(sorted({one for one in named() if beginning.match(one)})))
    assert [name for name in sorted(SENTENCES) if not said.fullmatch(name)] == []


# Texts of several words that nobody who plays reads, each with its reason.
NOT_SAID = {
    "insight/settling.py": "told to authors by `check`, with a place",
    "screen/bench.py": "a program for another process",
}
SPOKEN = ("screen", "terminal", "playing", "players", "insight")  # folders that show or make what players read
SENTENCE = re.compile(r"[A-Za-z]{2,}[^A-Za-z]+[A-Za-z]+[^A-Za-z]+[A-Za-z]{2,}")


def unread(tree: ast.AST) -> set[int]:
    """The texts of a module that are for programmers: docstrings, errors, what is asserted, names of pages and keys."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            found.add(id(node.body[0].value))  # type: ignore[attr-defined]
        if isinstance(node, ast.Raise | ast.Assert):
            found |= {id(one) for one in ast.walk(node)}
    return found


def test_sentences_stand_in_the_table_and_nowhere_else() -> None:
    """A text of three words and more in what shows a game has an id and stands in game/telling/english."""
    in_place = []
    for folder in SPOKEN:
        for file in sorted((GAME / folder).rglob("*.py")):
            tree, name = ast.parse(file.read_text(encoding="utf-8")), str(file.relative_to(GAME).as_posix())
            left_out = unread(tree)
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
                    known = name in NOT_SAID or f"{name}: {node.value}" in NOT_SAID
                    text = node.value.strip()
                    told = bool(text) and (text[0].isupper() or text[-1] in ".?!:")  # names of buttons are neither
                    told = told and not text.endswith(".py")  # where a table stands, for programmers
                    if not known and told and SENTENCE.search(text) and " " in text:
                        in_place.append(f"{name}:{node.lineno}: {node.value!r}")
    assert in_place == []
