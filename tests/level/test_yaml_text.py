"""How level text is read: what each spelling means, what is refused, where, and with which cure."""

import json
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from game.level import yaml_text
from game.level.problems import LevelError, Place, Problem, UnreadableFile, did_you_mean
from game.level.yaml_text import read_document, read_file

ROOT = Path(__file__).resolve().parents[2]
PARSERS = [
    pytest.param(
        getattr(yaml, "CSafeLoader", None),
        id="c",
        marks=pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="PyYAML was built without its C parser"),
    ),
    pytest.param(yaml.SafeLoader, id="python"),
]

SAMPLE = """\
# a level
title: The shared pasture
promise: "Four herds, one common."
seasons: {count: 24, ticks: 8}
seats: [alder, 'birch', cedar]
map:
  legend: {".": {terrain: pasture}, "o": {terrain: pond}}
  rows: |
    A..B
    .oo.
opening: >
  Your grandmother
  grazed here.
base: &base {a: 1, b: .5}
again: *base
goals:
  - {id: green, hold: mean(grass) >= 5, by: 24}
  - id: fed
    hold: "min(x) > 1e3"
"""


@pytest.fixture(params=PARSERS)
def parser(request, monkeypatch):
    monkeypatch.setattr(yaml_text, "PARSER", request.param)


with_both_parsers = pytest.mark.usefixtures("parser")


def data(text):
    return read_document(text, "level.yaml").data


def problems(text):
    with pytest.raises(LevelError) as caught:
        read_document(text, "level.yaml")
    return caught.value.problems


def only_problem(text):
    found = problems(text)
    assert len(found) == 1, found
    return found[0]


# -- what a spelling means ---------------------------------------------------------------

SPELLINGS = [
    ("true", True), ("True", True), ("TRUE", True), ("false", False), ("False", False), ("FALSE", False),
    ("tRUE", "tRUE"), ("yes", "yes"), ("Yes", "Yes"), ("no", "no"), ("NO", "NO"), ("on", "on"),
    ("off", "off"), ("y", "y"), ("n", "n"),
    ("null", None), ("Null", None), ("NULL", None), ("~", None), ("", None), ("none", "none"),
    ("0", 0), ("12", 12), ("012", 12), ("0009", 9), ("+3", 3), ("-4", -4), ("-0", 0),
    ("999999999999999", 999_999_999_999_999), ("0000000000000000012", 12),
    ("1.5", 1.5), ("1.", 1.0), (".5", 0.5), ("-.5", -0.5), ("+1.25", 1.25), ("1e3", 1000.0), ("1E3", 1000.0),
    ("1e-3", 0.001), ("1.5e+2", 150.0), ("00.5", 0.5), ("-0.0", 0.0), ("1e15", 1e15), ("1e-400", 0.0),
    (".", "."), ("e3", "e3"), ("1e", "1e"), ("1.2.3", "1.2.3"),
    ("1:30", "1:30"), ("1_000", "1_000"), ("1,5", "1,5"), ("2001-01-01", "2001-01-01"),
    ("2001-99-99", "2001-99-99"), ("0x1F", "0x1F"), ("0x", "0x"), ("0o17", "0o17"), ("0b1", "0b1"),
    ("1 000", "1 000"), ("nan", "nan"), ("inf", "inf"), ("=", "="), ("<<", "<<"), ("١٢", "١٢"),
    ('"12"', "12"), ("'true'", "true"), ('"no"', "no"), ("'~'", "~"), ('""', ""), ("'it''s'", "it's"),
    ('"a\\nb"', "a\nb"), ("a b", "a b"), ("mean(grass) >= 5", "mean(grass) >= 5"), ("-x", "-x"),
    ("What now?", "What now?"), ("a#b", "a#b"), ("a, b", "a, b"),
    ("http://a.b/c", "http://a.b/c"), ("a\tb", "a b"),
]  # fmt: skip


@with_both_parsers
@pytest.mark.parametrize(("spelling", "meaning"), SPELLINGS)
def test_a_spelling_means_what_a_teacher_thinks(spelling, meaning):
    value = data(f"key: {spelling}")["key"]
    assert value == meaning
    assert type(value) is type(meaning)
    assert str(value) == str(meaning)  # -0.0 equals 0.0


@with_both_parsers
def test_keys_are_text_as_written():
    assert data("12: a\nno: b\n1e3: c\n~: d\n'': e\ntrue: f") == {
        "12": "a", "no": "b", "1e3": "c", "~": "d", "": "e", "true": "f",
    }  # fmt: skip


@with_both_parsers
def test_lists_maps_blocks_and_aliases():
    assert data(SAMPLE) == {
        "title": "The shared pasture",
        "promise": "Four herds, one common.",
        "seasons": {"count": 24, "ticks": 8},
        "seats": ["alder", "birch", "cedar"],
        "map": {"legend": {".": {"terrain": "pasture"}, "o": {"terrain": "pond"}}, "rows": "A..B\n.oo.\n"},
        "opening": "Your grandmother grazed here.\n",
        "base": {"a": 1, "b": 0.5},
        "again": {"a": 1, "b": 0.5},
        "goals": [
            {"id": "green", "hold": "mean(grass) >= 5", "by": 24},
            {"id": "fed", "hold": "min(x) > 1e3"},
        ],
    }


def test_an_alias_gives_a_value_of_its_own():
    read = data("a: &a [1]\nb: *a")
    read["b"].append(2)
    assert read["a"] == [1]


def test_windows_line_ends_and_byte_order_mark_change_nothing():
    assert data("\ufeff" + SAMPLE.replace("\n", "\r\n")) == data(SAMPLE)


# -- what is wrong, where, and how to mend it ----------------------------------------------

MISTAKES = [
    # text, line, column, code, a piece of the cure
    ("", 1, 1, "empty-file", "the file is empty; a level needs at least title, map and goals"),
    ("# only a comment\n", 1, 1, "empty-file", "title, map and goals"),
    ("a: 1\nb: 2\na: 3", 3, 1, "duplicate-key", "lines 1 and 3"),
    ("<<: 1", 1, 1, "merge-key", "write the keys out"),
    ("[1]: 2", 1, 1, "key-not-text", "plain word"),
    (": 2", 1, 1, "missing-key", "missing"),
    ("k" * 65 + ": 1", 1, 1, "key-too-long", "64"),
    ("a: " + "x" * 2001, 1, 4, "text-too-long", "2000"),
    ("a: |\n  " + "x" * 65_537, 1, 4, "text-too-long", "65536"),
    ("a: .nan", 1, 4, "not-finite", "finite"),
    ("a: -.inf", 1, 4, "not-finite", "finite"),
    ("a: 1000000000000000", 1, 4, "number-too-large", "15 digits"),
    ("a: -1e400", 1, 4, "number-too-large", "1e+15"),
    ("a: !!python/object x", 1, 4, "tag", '"!!python/object"'),
    ("a: !b c", 1, 4, "tag", "quotes"),
    ("a: 1\n---\nb: 2", 2, 1, "several-documents", "1 document"),
    ("a: &x [*x]", 1, 8, "self-reference", "inside its own value"),
    ("a: *nobody", 1, 4, "undefined-alias", "quotes"),
    ("a: &x 1\nb: &x 2", 2, 4, "duplicate-anchor", "lines 1 and 2"),
    ("a: &b", 1, 4, "needs-quotes", "quote it"),
    ("%YAML 1.1\n---\na: 1", 1, 1, "directive", "%"),
    ("a: x\u202ey", 1, 5, "bidi-character", "U+202E"),
    ("# x\u200f", 1, 4, "bidi-character", "U+200F"),
    ("a: \x00", 1, 4, "bad-character", "U+0000"),
    ("a: \ud800", 1, 4, "bad-character", "U+D800"),
    ('a: "\\0"', 1, 4, "bad-character", "U+0000"),
    ("a: b\u2028c", 1, 5, "bad-character", "Enter"),
    ("a:\n\tb: 1", 2, 1, "tab", "use spaces"),
    ("a: [x, why?]", 1, 11, "needs-quotes", '"?"'),
    ("a: [?why]", 1, 6, "needs-quotes", '"?"'),
    ("? a\n: b", 1, 3, "needs-quotes", '"?"'),
    ("a: [b: c, d: e: f]", 1, 15, "needs-quotes", '":"'),
    ("a: what: ever", 1, 8, "needs-quotes", "quotes"),
    ("a: x ? 1 : 2", 1, 10, "needs-quotes", "quotes"),
    ("a: {x} is bad", 1, 8, "needs-quotes", 'begins with "{"'),
    ("a: [x] + 1", 1, 8, "needs-quotes", 'begins with "["'),
    ("a: #b", 1, 3, "needs-quotes", "comment"),
    ("a: &", 1, 4, "needs-quotes", 'begins with "&"'),
    ("a: *", 1, 4, "needs-quotes", 'begins with "*"'),
    ("a: %b", 1, 4, "needs-quotes", 'begin with "%"'),
    ("a: @b", 1, 4, "needs-quotes", 'begin with "@"'),
    ("a: `b", 1, 4, "needs-quotes", 'begin with "`"'),
    ("a: - b", 1, 4, "needs-quotes", "next line"),
    ("a: ,b", 1, 4, "needs-quotes", '","'),
    ("a: [1,,2]", 1, 7, "needs-quotes", '","'),
    ('b: 1\na: "x', 2, 4, "unclosed-quote", 'add a "'),
    ("a: 'x\nb: 1", 1, 4, "unclosed-quote", "add a '"),
    ('a: "b\nc: "d"\n', 1, 4, "unclosed-quote", "before line 2"),
    ("a: 'it's'", 1, 8, "text-after-quote", "double quotes"),
    ('a: "x" y', 1, 8, "text-after-quote", "single quotes"),
    ("a: [b", 1, 4, "unclosed-bracket", 'add a "]"'),
    ("a: [1, 2\nb: 3", 1, 4, "unclosed-bracket", 'add a "]"'),
    ("a: {b: 1\nc: 2", 1, 4, "unclosed-bracket", 'add a "}"'),
    ("a: {b: 1]", 1, 9, "unclosed-bracket", "column 4"),
    ("a: {b:}", 1, 6, "missing-value", "quotes"),
    ("a: [b]]", 1, 7, "unopened-bracket", "closes nothing"),
    ("a: }", 1, 4, "unopened-bracket", "closes nothing"),
    ("a:\n  b: 1\n c: 2", 3, 2, "indentation", "1 space"),
    (" a: 1\nb: 2", 2, 1, "indentation", "not indented"),
    ("a: 1\n  b: 2", 2, 3, "indentation", "line 1"),
    ("a: b\n- c", 2, 1, "indentation", "list item"),
    ("- a\nb: 1", 2, 1, "indentation", "stands in a list"),
    ("title:Foo", 1, 7, "missing-space", "space after the colon"),
    ("title:Foo\nmap: 3", 1, 7, "missing-space", "space after the colon"),
    ("grass:\n  start:5\n  unit:t", 2, 9, "missing-space", "space after the colon"),
    ("title\nmap: 3", 1, 1, "missing-colon", '"title" has no ":"'),
    ("a: |\n x\nb\nc: 1", 3, 1, "missing-colon", '"b" has no ":"'),
    ("a: |x\n  y", 1, 5, "block-text", "next one"),
    ('a: "\\d"', 1, 5, "bad-escape", "single quotes"),
    ('a: "\\xZZ"', 1, 5, "bad-escape", "single quotes"),
    ("a:\n  b: 1\n \u00a0c: 2", 3, 1, "look-alike", "no-break space (U+00A0)"),
    ("a:\n\u3000- b", 2, 1, "look-alike", "ideographic space (U+3000)"),
    ("a: 1\nb\uff1a 2", 2, 2, "look-alike", 'fullwidth colon (U+FF1A) only looks like ":"'),
    ("a: {herd: 4,5}", 1, 12, "decimal-comma", "4.5"),
    ("a: [{b: -4,25}]", 1, 11, "decimal-comma", "point"),
]


def test_odd_spaces_within_a_text_are_text():
    assert data("a: |\n  \u3000once upon a time\n  \u00a0and so on\nb: 4 \u00a0km") == {
        "a": "\u3000once upon a time\n\u00a0and so on\n", "b": "4 \u00a0km",
    }  # fmt: skip


@with_both_parsers
@pytest.mark.parametrize(
    ("text", "line", "column", "code", "cure"), MISTAKES, ids=[repr(row[0])[:40] for row in MISTAKES]
)
def test_a_mistake_is_named_with_place_and_cure(text, line, column, code, cure):
    found = only_problem(text)
    assert (found.line, found.column, found.code) == (line, column, code)
    assert cure in found.message


@with_both_parsers
def test_all_problems_are_told_at_once():
    found = problems("a: .nan\na: 1\nb: !t x\nc: [why\n")
    assert [(each.line, each.code) for each in found] == [
        (1, "not-finite"), (2, "duplicate-key"), (3, "tag"), (4, "unclosed-bracket"),
    ]  # fmt: skip


def test_a_hostile_file_does_not_print_a_megabyte():
    assert len(problems("- .nan\n" * 15_000)) == 100


def test_line_and_column_count_letters_not_bytes():
    assert problems('a: "äöü😀" x')[0].column == 11


# -- places ------------------------------------------------------------------------------


@with_both_parsers
@pytest.mark.parametrize(
    ("path", "key", "line", "column"),
    [
        ((), False, 2, 1),
        (("title",), False, 2, 8),
        (("title",), True, 2, 1),
        (("seats", 1), False, 5, 16),
        (("seats", 1), True, 5, 16),
        (("goals", 1, "hold"), False, 19, 11),
        (("goals", 1, "hold"), True, 19, 5),
        (("goals", 1, "missing"), False, 18, 5),
        (("goals", 9), False, 16, 1),
        (("seasons", "missing", "deep"), False, 4, 1),
        (("again", "b"), False, 14, 23),
        (("again",), True, 15, 1),
        (("nothing",), False, 2, 1),
    ],
)
def test_place_of_a_value_of_a_key_or_of_the_nearest_ancestor(path, key, line, column):
    assert read_document(SAMPLE, "f").place(path, key) == Place("f", line, column)


@with_both_parsers
@pytest.mark.parametrize(
    ("text", "offset", "line", "column"),
    [
        ("e: min(x)", 4, 1, 8),
        ('e: "min(x)"', 4, 1, 9),
        ("e: 'min(x)'", 4, 1, 9),
        ("e: &name min(x)", 4, 1, 14),
        ("e: min(x)", 99, 1, 10),
        ("e: |\n  a\n  bc", 3, 3, 4),
        ("e: | # note\n\n    a\n     bc", 4, 4, 6),
        ("e: |2\n   a\n  b", 0, 2, 3),
        ('e: "\\x41 min"', 3, 1, 4),
        ("e: 'it''s'", 3, 1, 4),
        ("e: a\n  b", 2, 1, 4),
        ("e: >\n  a\n  b", 2, 1, 4),
        ("e: 12", 1, 1, 5),
        ("e: a\r\nf: bcd", 0, 1, 4),
    ],
)
def test_place_inside_a_text(text, offset, line, column):
    assert read_document(text, "f").text_place(("e",), offset) == Place("f", line, column)


def test_place_inside_a_text_that_is_not_there_is_its_ancestors_key():
    assert read_document(SAMPLE, "f").text_place(("goals", 0, "none"), 3) == Place("f", 17, 5)


# -- files -------------------------------------------------------------------------------


def test_a_file_is_read_as_utf8_with_or_without_mark(tmp_path):
    for start in (b"", b"\xef\xbb\xbf"):
        path = tmp_path / "level.yaml"
        path.write_bytes(start + "title: Größe\r\n".encode())
        document = read_file(path)
        assert (document.data, document.file) == ({"title": "Größe"}, str(path))
        assert document.place(("title",)).column == 8


@pytest.mark.parametrize(
    ("raw", "line", "column", "message"),
    [
        ("title: Größe".encode("utf-16"), 1, 1, "UTF-16"),
        ("title: Größe".encode("utf-16-le"), 1, 1, "UTF-16"),
        ("title: Größe".encode("utf-16-be"), 1, 1, "UTF-16"),
        ("a: 1\ntitle: Größe".encode("latin-1"), 2, 10, "0xF6 here is not UTF-8"),
        (b"\xef\xbb\xbfa\r\n\xff", 2, 1, "0xFF"),
        (b"a: \xed\xa0\x80", 1, 4, "not UTF-8"),
    ],
)
def test_another_encoding_is_refused_with_place_and_cure(tmp_path, raw, line, column, message):
    path = tmp_path / "level.yaml"
    path.write_bytes(raw)
    with pytest.raises(LevelError) as caught:
        read_file(path)
    (found,) = caught.value.problems
    assert (found.line, found.column, found.code) == (line, column, "not-utf8")
    assert message in found.message and "as UTF-8" in found.message


def test_what_the_system_cannot_open_is_no_fault_of_a_level(tmp_path):
    for path in (tmp_path, tmp_path / "none.yaml", "a\0b", Path("x" * 5000)):
        with pytest.raises(UnreadableFile) as caught:
            read_file(path)
        assert str(caught.value).startswith(str(path))
        assert "\n" not in str(caught.value)


def test_a_file_past_the_size_bound_is_not_even_read(tmp_path):
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(50 * 1024**3)
    with pytest.raises(LevelError, match="1 MiB"):
        read_file(path)


# -- bombs -------------------------------------------------------------------------------

MEGABYTE = 1024 * 1024
LAUGHS = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
CHAIN = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 60))
BOMBS = {
    "brackets": ("[" * MEGABYTE, "32 levels"),
    "braces": ("{" * MEGABYTE, "32 levels"),
    "mixed": ("[{a: " * 200_000, "32 levels"),
    "dashes": ("- " * 500_000, "32 levels"),
    "steps": ("".join(" " * n + "a:\n" for n in range(1300)), "32 levels"),
    "laughs": (LAUGHS, "50000 values once the aliases are written out"),
    "chain": (CHAIN, "32 levels once the alias is written out"),
    "aliases": ("a: &a 1\nb: [" + "*a, " * 200 + "]", "100 aliases"),
    "values": ("[" + "1," * 500_000 + "]", "50000 values"),
    "lines": ("- 1\n" * 250_000, "20000 lines"),
    "one text": ("a " * 524_000, "2000 characters"),
    "one word": ("a: " + "x" * (MEGABYTE - 3), "2000 characters"),
    "large": ("#" * (MEGABYTE + 1), "1048576 bytes"),
    "wide": ("#" + "é" * (MEGABYTE // 2), "1048576 bytes"),
    "escapes": ('"' + "\\\\" * 500_000, "never closed"),
    "blank": (" " * MEGABYTE, "empty"),
}
CHILD = """
import json, sys, time, yaml
from game.level import yaml_text
from game.level.problems import LevelError
text = json.load(sys.stdin)
for yaml_text.PARSER in (yaml_text.PARSER, yaml.SafeLoader):
    start = time.process_time()
    try:
        yaml_text.read_document(text, "f")
    except LevelError as error:
        print(json.dumps([time.process_time() - start, str(error)]))
"""


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_at_once_and_by_the_name_of_its_bound(name):
    # In a child process, because the C library can end the whole process instead of raising.
    text, bound = BOMBS[name]
    child = subprocess.run(
        [sys.executable, "-c", CHILD],
        input=json.dumps(text),
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert child.returncode == 0, child.stderr
    first, fallback = map(json.loads, child.stdout.splitlines())
    assert bound in first[1] and bound in fallback[1]
    # Seconds of the processor: what else the machine does is no fault. The Python parser is slower by far.
    assert first[0] < 2 and fallback[0] < 10


@with_both_parsers
def test_what_lies_within_the_bounds_is_read():
    deep = "[" * 32 + "]" * 32
    assert data(deep) is not None
    assert problems("[" + deep + "]")[0].code == "too-deep"
    assert len(data("[" + "1," * 40_000 + "]")) == 40_000
    assert data("a: &a [1]\nb: [" + "*a, " * 100 + "]")["b"] == [[1]] * 100
    assert len(data("a: " + "x" * 2000)["a"]) == 2000


# -- fuzz --------------------------------------------------------------------------------

PIECES = [
    " ", "  ", "\n", "\n  ", "\n    ", ":", ": ", "- ", "[", "]", "{", "}", ",", ", ", "'", '"', "#", " #",
    "&a", "&a ", "*a", "!", "!!str ", "|\n", ">\n", "|-", "%", "@", "`", "?", "? ", "\\", "\\n", "\\u", "\t",
    "a", "key", "b", "no", "1", "012", "1e3", ".5", ".nan", "-", "---\n", "--- ", "...", "<<", "~", "=",
    "\r\n", "ä", "😀",
]  # fmt: skip
UGLY = ["\u202e", "\x00", "\x85", "\u2028", "\ud800", "\ufeff", "\x07", "\xa0"]
random_text = st.lists(st.sampled_from(PIECES * 4 + UGLY), max_size=30).map("".join)


@st.composite
def mutated_sample(draw):
    text = SAMPLE
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(text)))
        removed = draw(st.integers(0, 4))
        text = text[:place] + draw(st.sampled_from(["", *PIECES])) + text[place + removed :]
    return text


def outcome(text, which, monkey):
    monkey.setattr(yaml_text, "PARSER", which)
    try:
        return repr(read_document(text, "f").data)
    except LevelError as error:
        lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for found in error.problems:
            assert 1 <= found.line <= len(lines)
            assert 1 <= found.column <= len(lines[found.line - 1]) + 1
            assert found.message.isprintable() and len(found.message) < 250
        return "refused"


# The same examples each time: a new one must not stop somebody who changed something else.
@settings(max_examples=800, deadline=None, derandomize=True, database=None)
@given(st.one_of(random_text, mutated_sample()))
def test_any_text_is_read_alike_by_both_parsers_or_refused_with_a_place(text):
    with pytest.MonkeyPatch.context() as monkey:
        by_python = outcome(text, yaml.SafeLoader, monkey)
        if hasattr(yaml, "CSafeLoader"):
            assert outcome(text, yaml.CSafeLoader, monkey) == by_python


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.binary(max_size=60))
def check_bytes(path, raw):
    path.write_bytes(raw)
    try:
        read_file(path)
    except LevelError as error:
        assert error.problems


def test_any_bytes_are_read_or_refused(tmp_path):
    check_bytes(tmp_path / "level.yaml")


# -- problems ----------------------------------------------------------------------------


def test_a_problem_is_one_line_for_people_and_six_keys_for_programs():
    problem = Problem("a.yaml", 3, 7, "error", "unknown-key", "what is that")
    assert str(problem) == "a.yaml:3:7: error: what is that"
    assert problem.as_dict() == {
        "file": "a.yaml", "line": 3, "column": 7, "severity": "error", "code": "unknown-key",
        "message": "what is that",
    }  # fmt: skip


def test_errors_are_sorted_and_survive_a_trip_between_processes():
    first, second = Problem("a", 2, 9, "error", "c", "m"), Problem("a", 10, 1, "warning", "c", "m")
    error = pickle.loads(pickle.dumps(LevelError([second, first])))
    assert error.problems == (first, second)
    assert str(error).splitlines() == [str(first), str(second)]
    assert str(pickle.loads(pickle.dumps(UnreadableFile("a", "no such file")))) == "a: no such file"
    with pytest.raises(ValueError, match="at least one"):
        LevelError([])


@pytest.mark.parametrize(
    ("word", "answer"),
    [
        ("gras", ' (did you mean "grass"?)'),
        ("GRASS", ' (did you mean "grass"?)'),
        ("zzz", ""),
        ("g" * 9999, ""),
    ],
)
def test_did_you_mean(word, answer):
    assert did_you_mean(word, ["water", "grass", "soil"]) == answer
    assert did_you_mean(word, ["soil", "grass", "water"]) == answer


def test_reading_a_level_is_quick():
    start = time.process_time()
    for _ in range(10):
        read_document(SAMPLE, "f")
    assert time.process_time() - start < 1


@with_both_parsers
@pytest.mark.parametrize(
    "text",
    [
        "s: {at: world, colour: #2f6f9f, plain: M.}",
        "s: {at: world, colour: #2f6f9f}\nt: {at: world}",
        "s:\n  {at: world, colour: #2f6f9f,\n   icon: star, plain: M.}",
        "s:\n  {at: world,\n   colour:  #2f6f9f, icon: star}\nt: 1",
        's: {plain: "a: #b", colours: [{of: #2f6f9f, by: x}]}',
    ],
)
def test_a_colour_without_quotes_in_braces_is_told_at_its_sign(text: str) -> None:
    found = only_problem(text)
    row = next(number for number, line in enumerate(text.splitlines()) if "#2f6f9f" in line)
    assert (found.line, found.column) == (row + 1, text.splitlines()[row].index("#2f6f9f") + 1)
    assert found.message == 'what follows "#" is a comment, so no value is left; if it is text, put it in quotes'


@with_both_parsers
@pytest.mark.parametrize(
    "text", ['s: {colour: "#2f6f9f",  # so: #it\n plain: M]', "s: {a: 'x: #y', b: 1]", "s: {a: b#: c]"]
)
def test_other_slips_beside_a_number_sign_are_told_as_what_they_are(text: str) -> None:
    assert '"#"' not in only_problem(text).message
