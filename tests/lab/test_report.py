"""The page of `balance --report`: one file, complete, safe whatever a level says, readable without its plots."""

from __future__ import annotations

import re
from argparse import Namespace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from game.cli import main
from game.commands import balance as balancing
from game.lab import pages
from game.level.reader import parse_level
from tests.run.beans import BEANS
from tests.run.yard import YARD

pytest.importorskip("jinja2", reason="a report needs jinja2: pip install 'powerdance[lab]'")
pytest.importorskip("matplotlib", reason="a report needs matplotlib: pip install 'powerdance[lab]'")

EVIL = "<script>alert(1)</script>"
VOID = {"meta", "br", "link", "img", "input", "hr"}


class Tags(HTMLParser):
    """Holds that every tag is closed in its turn, and notes all that a page names."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[str] = []
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(text: str) -> Tags:
    tags = Tags()
    tags.feed(text)
    tags.close()
    return tags


@pytest.fixture
def kept_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(balancing, "default_path", lambda: tmp_path / "kept.sqlite")
    return tmp_path


def reported(folder: Path, text: str, *options: str) -> tuple[int, str]:
    (folder / "beans.yaml").write_text(text, encoding="utf-8")
    words = ["--runs", "40", "--policy-runs", "10", "--decision-runs", "1", "--report", str(folder / "r.html")]
    status = main(["balance", str(folder / "beans.yaml"), *words, *options])
    return status, (folder / "r.html").read_text(encoding="utf-8")


def test_the_page_tells_everything_and_needs_nothing_else(kept_here: Path) -> None:
    status, text = reported(kept_here, BEANS, "--ranges", "4", "--exploits", "4")
    tags = read(text)
    assert status == 0 and not tags.open
    assert "script" not in tags.seen and "link" not in tags.seen and "img" not in tags.seen
    for name, value in tags.attributes:
        assert name not in ("src", "srcset") and not name.startswith("on"), name
        assert name not in ("href", "xlink:href") or value.startswith("#"), value
    assert not re.search(r"url\(\s*['\"]?(?!#)", text) and "@import" not in text
    for said in (
        "Whoever buys has beans left.",
        "Without buying they run out.",
        "1 number chosen for play",
        "takes and forces",
        "Is there something to decide?",
        "A typical game",
        "Can it be won cheaply?",
        "wanted at least 90\u00a0%",
    ):
        assert said in text, said
    assert tags.seen.count("svg") == 2  # the curves of all games, and the typical beside the extreme one


@pytest.mark.parametrize(
    "found",
    [
        "title: A pot of beans",
        "plain: Whoever buys has beans left.",
        "plain: There are beans left.",
        "plain: Beans.}",
        "name: Us",
        "plain: Buy beans.",
    ],
)
def test_what_a_level_says_is_never_more_than_text(found: str, kept_here: Path) -> None:
    key, brace = found.split(":")[0], "}" if found.endswith("}") else ""
    _, text = reported(kept_here, BEANS.replace(found, f'{key}: "{EVIL} $x_{{^$"{brace}'))
    assert "<script" not in text.lower()
    assert not read(text).open


def test_names_in_plots_are_escaped_too(kept_here: Path) -> None:
    _, text = reported(kept_here, BEANS.replace("plain: Beans.}", f'name: "{EVIL} $^", plain: Beans.}}'))
    assert "<script" not in text.lower() and "&lt;script&gt;" in text.lower()


def test_a_level_without_claims_has_a_page(kept_here: Path) -> None:
    _, text = reported(kept_here, BEANS[: BEANS.index("claims:")])
    assert "makes no claims" in text


def test_the_missing_extra_is_named_before_any_work(
    kept_here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pages.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(balancing, "_report", None)
    assert main(["balance", "one_nail", "--report", str(kept_here / "r.html")]) == 2
    assert "pip install 'powerdance[lab]'" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "said"), [("r.txt", "should end in .html"), ("gone/r.html", "does not exist")])
def test_where_no_page_can_be_written_is_told_before_any_work(
    name: str, said: str, kept_here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["balance", "one_nail", "--report", str(kept_here / name)]) == 2
    assert said in capsys.readouterr().err


def test_a_page_that_cannot_be_finished_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "r.html"
    file.write_text("the old page")
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        pages.write_report(file, [], 0)
    assert file.read_text() == "the old page" and [one.name for one in tmp_path.iterdir()] == ["r.html"]


def test_who_plays_has_a_short_name() -> None:
    seats = ("alder", "birch", "cedar")
    assert pages.label_of(("with",) * 3, seats) == "with"
    assert pages.label_of(("over", "with", "with"), seats) == "alder: over, others: with"


def test_the_same_study_gives_the_same_page(kept_here: Path) -> None:
    assert reported(kept_here, BEANS)[1] == reported(kept_here, BEANS)[1]


def test_the_table_needs_no_report(kept_here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    level = parse_level(BEANS)
    assert Namespace(level=level).level.id == "level"
    (kept_here / "beans.yaml").write_text(BEANS, encoding="utf-8")
    assert main(["balance", str(kept_here / "beans.yaml"), "--runs", "40", "--decision-runs", "0"]) == 0
    said = capsys.readouterr().out
    assert "every seat played by one policy" in said and "selfless" in said
    assert "each claim rests on 1 number chosen" in said


def test_the_page_of_a_level_with_people_tells_when_it_is_decided_and_how_they_answer(kept_here: Path) -> None:
    text = YARD.replace("TRUST", "0.5").replace("TAKES", "4")
    _, page = reported(kept_here, text, "--tension-runs", "3", "--people-runs", "20")
    assert not read(page).open
    for said in (
        "When is it decided?",
        "100\u00a0%",
        "of the seasons are decided; wanted at most 33.3\u00a0%: too many",
        "Do people answer?",
        "of the games: takes more after force; wanted at least 90\u00a0%",
        "control: without memory in 0 of 20 games",
        "more than 15\u00a0%",  # idling wins
    ):
        assert said in page, said


def test_a_level_of_weeks_is_told_in_weeks(kept_here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = re.sub(r"seasons: (\d+)", r"seasons: {count: \1, name: week}", BEANS)
    text = re.sub(r"seasons: \{count: (\d+), ticks: (\d+)\}", r"seasons: {count: \1, ticks: \2, name: week}", text)
    _, page = reported(kept_here, text)
    tags = read(page)
    level = page[page.index('<section class="card" id="beans">') :]
    seen = re.sub(r"<style.*?</style>|<[^>]*>", " ", level)
    assert not tags.open and "weeks" in seen
    assert not re.search(r"\bseasons?\b", seen, re.IGNORECASE), re.findall(r".{30}\bseasons?\b.{20}", seen)[:3]
    assert not re.search(r"\bseasons?\b", capsys.readouterr().out, re.IGNORECASE)
