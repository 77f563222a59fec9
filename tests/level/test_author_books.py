"""The books for authors: what they show is a level that checks, and whose promise holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game.cli import main
from game.insight.faring import parts_of
from game.language.ranges import SPECIAL_RANGES
from game.level.library import data_root
from game.level.reader import examine, load_level
from game.level.templates import templates
from game.level.vocabulary import POLICY_NAMES
from game.run.claims import check_claims
from game.sim.model import compile_level

BOOKS = Path(__file__).parents[2] / "docs" / "authors"


def blocks(book: str, kind: str) -> list[str]:
    """Return what stands in boxes of one kind in a book."""
    parts = re.split(r"^```(.*)\n", (BOOKS / book).read_text(encoding="utf-8"), flags=re.MULTILINE)
    inside = zip(parts[1::4], parts[2::4], strict=True)  # text, kind, box, "", text, …
    return [box for each, box in inside if each == kind]


def bare(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def test_the_pieces_of_the_bay_make_its_template() -> None:
    pieces = "\n".join(blocks("piece-by-piece.md", "yaml"))
    assert bare(pieces) == bare(templates()["fishery"].read_text(encoding="utf-8"))


@pytest.mark.parametrize("template", sorted(templates()))
def test_what_a_template_promises_holds_and_fails_in_its_control(template: str) -> None:
    found = examine(templates()[template])
    assert found.level is not None and found.problems == ()
    verdicts = check_claims(found.level, range(4_000, 4_040))
    assert verdicts and all(verdict.holds and verdict.control_fails for verdict in verdicts), verdicts


@pytest.mark.parametrize("template", sorted(templates()))
def test_a_template_settles_and_gives_no_warning(template: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(templates()[template])]) == 0
    assert capsys.readouterr().out == ""


def test_every_command_of_the_books_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for book in ("first-level.md", "piece-by-piece.md"):
        for line in "\n".join(blocks(book, "")).splitlines():
            words = line.split()
            if not words:
                continue
            assert words[0] == "powerdance"
            if words[1] != "play":  # opens a window
                assert main([*words[1:], *(["--runs", "2"] if words[1] == "simulate" else [])]) == 0, line
            (tmp_path / "my_bay.yaml").write_bytes(templates()["fishery"].read_bytes())


def test_the_levels_of_the_books_are_where_they_say() -> None:
    for book in BOOKS.glob("*.md"):
        for link in re.findall(r"\]\(([^)#]+)", book.read_text(encoding="utf-8")):
            assert (BOOKS / link).resolve().is_file(), (book.name, link)
    assert load_level(data_root() / "levels" / "templates" / "fishery.yaml").title == "The bay"


def test_what_harms_is_no_good_life_in_a_school() -> None:
    parts = parts_of(compile_level(load_level(templates()["school"])))
    assert parts.life == ("wellbeing",) and parts.wronged == ("grievance",)


def test_every_word_of_the_engine_and_every_policy_is_told() -> None:
    told = (BOOKS / "words.md").read_text(encoding="utf-8")
    rows = " ".join(line.split("|")[1] for line in told.splitlines() if line.startswith("| `"))
    for word in (*SPECIAL_RANGES, *POLICY_NAMES):
        assert re.search(rf"`{word}[`(]", rows), word


def test_every_icon_is_told() -> None:
    told = (BOOKS / "words.md").read_text(encoding="utf-8").partition("## Icons")[2].partition("## ")[0]
    there = {file.stem for file in (data_root() / "assets" / "icons").glob("*.svg")}
    assert set(re.findall(r"`([a-z_0-9]+)`", told.partition(": ")[2])) == there


def test_a_name_that_the_rules_below_have_taken_is_told_with_these_rules(tmp_path: Path) -> None:
    file = tmp_path / "street.yaml"
    text = templates()["town"].read_text(encoding="utf-8").replace("  sleepless: {", "  fading: {")
    file.write_text(text, encoding="utf-8")
    (told,) = [one.message for one in examine(file).problems if one.code == "name-taken"]
    assert told.startswith('"fading" is a name in numbers already, in the rules people;')
