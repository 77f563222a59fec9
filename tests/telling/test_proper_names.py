"""A household whose name has an article is told with it, and one with a name of its own without, wherever it stands."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import pytest

from game.level.library import data_root
from game.level.reader import load_level
from game.level.schema import Level
from game.playing.decide import decide
from game.playing.session import Session
from game.screen.kit.debrief import write_debrief
from game.sim.model import Model, compile_level
from game.telling import words
from game.terminal.game import play
from tests.telling.told import Telling

OWN = re.compile(r"\b[Tt]he (Class 8[ab])\b")  # an article where there is none
BARE = re.compile(r"(?<![Tt]he )\bOwls (ask|offer|are|mean|trust|used|lent)\b")  # and none where there is one


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template of a school with two classes that have names of their own, and one that takes an article."""
    text = (data_root() / "levels" / "templates" / "school.yaml").read_text(encoding="utf-8")
    for was, now in (("Class Blue", "Class 8a"), ("Class Green", "Class 8b"), ("Class Red", "The Owls")):
        text = text.replace(f"name: {was}", f"name: {now}")
    found = tmp_path_factory.mktemp("school") / "school.yaml"
    found.write_text(text, encoding="utf-8")
    return found


@cache
def level_of(file: Path) -> Level:
    return load_level(file)


@pytest.fixture
def model(file: Path) -> Model:
    return compile_level(level_of(file))


def wrong(said: list[str]) -> list[str]:
    return sorted({line for line in said if OWN.search(line) or BARE.search(line)})


def test_names_at_the_start_within_and_as_whose(model: Model) -> None:
    assert [words.the_people(model, one) for one in range(3)] == ["Class 8a", "Class 8b", "the Owls"]
    assert [words.people(model, one) for one in range(3)] == ["Class 8a", "Class 8b", "Owls"]
    assert [words.whose(model, one, 0) for one in range(3)] == ["your", "Class 8b's", "the Owls'"]
    assert words.between(model, "trust", 1, 2, 0) == "Class 8b's trust in the Owls"
    assert words.between(model, "trust", 2, 1, 0) == "the Owls' trust in Class 8b"


@pytest.mark.parametrize("seed", [1, 4])  # alone, and two people at one computer
def test_a_whole_game_puts_no_article_before_a_name_of_its_own(file: Path, seed: int) -> None:
    said = list(Telling(str(file), seed).said)
    assert wrong(said) == []
    assert any("the Owls" in line for line in said) and any(line.startswith("The Owls ") for line in said)
    assert any(re.search(r"[a-z] Class 8b\b", line) for line in said)


def test_the_terminal_and_the_page_to_keep_say_names_alike(file: Path, tmp_path: Path) -> None:
    level, written = level_of(file), io.StringIO()
    asked = "help|who|why me|why green|why rumour|coming|faring|yes 1|plan|1|end".split("|")
    play(level, "school", 2, 2, ("with",) * 3, "", io.StringIO("".join(f"{line}\n" for line in asked * 12)), written)
    assert wrong(written.getvalue().splitlines()) == []
    assert "Class 8b" in written.getvalue()
    assert "You speak for Class 8a. You have" in written.getvalue()  # who holds nothing in store
    session = Session(compile_level(level), 2, 1, ("with",) * 3)
    while not session.over:
        decide(session, {"do": "end"})
    write_debrief(tmp_path / "page.html", session)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    told = re.sub(r"<style.*?</style>|base64,[^\"]*|<[^>]*>", " ", page, flags=re.DOTALL).splitlines()
    assert wrong(told) == [] and any("Class 8b" in line for line in told)
