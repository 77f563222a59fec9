"""The end of a game: two pictures and a sentence first, then what comes next; no page is offered that is empty."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest

from game.cli import main
from game.playing.debrief import questions
from game.playing.session import Session
from game.playing.stars import count_stars
from game.screen import endings
from game.screen.kit.debrief import write_debrief
from game.screen.kit.messages import Again, Continue, Message, NextLevel, OpenCodex, PlayLevel
from game.screen.pages.ending import EndingScene
from game.screen.pages.ending_closer import CloserPage
from game.telling.say import say
from tests.screen import screens

LEVEL = "first_steps"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def quiet() -> Session:
    """A game in which the player did nothing and nobody used force."""
    session = screens.session_of(LEVEL)
    while not session.over:
        session.end_turn()
    return session


def forceful() -> Session:
    session = screens.session_of(LEVEL)
    screens.plan_force(session)
    while not session.over:
        session.end_turn()
    return session


def test_what_a_place_was_and_became_and_who_is_better_off_is_said_first() -> None:
    session = forceful()
    ending = EndingScene(session, LEVEL, count_stars(session, [], []))
    player = screens.Viewer(ending)
    session.fared.ask(0).wait()
    player.frame()
    first, last = session.history[0].living, session.history[-1].living
    assert f"Grass: {100 * first:.0f} % at the start, {100 * last:.0f} % now." in ending.sentence()
    fared = session.fared.ask(0).result
    assert fared is not None
    better = [one.community for one in fared if one.way == "better"]
    assert ("Better off through you" in ending.sentence()) == (0 < len(better) < len(fared))
    assert "What it was" in player.read() and "What it became" in player.read()
    assert all(line.means in player.read() for line in ending.tally.lines)


def test_no_page_is_offered_that_has_nothing_to_show() -> None:
    nothing, something = (CloserPage(EndingScene(one, LEVEL).shown, None) for one in (quiet(), forceful()))
    assert {"deeds", "proof"}.isdisjoint(nothing.choices())
    assert {"deeds", "proof"} <= set(something.choices())


def test_the_next_level_comes_first_once_a_game_is_won_and_only_where_it_is_open() -> None:
    won = EndingScene(quiet(), LEVEL, next_level=("nail_and_barn", "The nail and the barn"))
    won.outcome = won.outcome | {"name": "won"}
    assert won.choices()[0] == "next"
    player = screens.Viewer(won)
    player.click("next")
    assert won.stack.taken() == [NextLevel("nail_and_barn")]
    assert "next" not in EndingScene(quiet(), LEVEL).choices()
    assert endings.next_level(LEVEL, {LEVEL: True}, {}, False) is not None
    assert endings.next_level("the_green_cup", {}, {}, False) is None, "what is locked is not offered"


class Read(HTMLParser):
    """What a page holds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pages") / "page.html"
    write_debrief(file, forceful())
    return file


def test_a_page_to_keep_holds_all_it_needs(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    found = Read(text)
    pictures = [attrs["src"] or "" for tag, attrs in found.tags if tag == "img"]
    assert len(pictures) == 2 and len(set(pictures)) == 2
    assert all(one.startswith("data:image/png;base64,") for one in pictures)
    assert not re.search(r"(src|href)=\"(?!data:)", text) and "<script" not in text
    assert [tag for tag, _ in found.tags].count("textarea") == 3
    assert [tag for tag, _ in found.tags].count("polyline") >= 3
    level = screens.model_of(LEVEL).level
    assert all(question in text for question in questions(level.talk))


def test_three_questions_are_asked_of_any_level() -> None:
    assert len(set(questions(()))) == 3
    assert questions(("Why?",))[0] == "Why?" and len(questions(tuple("abcde"))) == 3


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")
def test_a_browser_shows_the_page(page: Path, tmp_path: Path) -> None:
    assert CHROMIUM is not None
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={tmp_path}"]
    shown = subprocess.run([CHROMIUM, *flags, "--dump-dom", page.as_uri()], capture_output=True, text=True, timeout=120)
    assert shown.returncode == 0, shown.stderr
    assert "First steps" in shown.stdout and shown.stdout.count("<textarea") == 3
    picture = tmp_path / "page.png"
    wide = ["--window-size=1000,1400", f"--screenshot={picture}"]
    subprocess.run([CHROMIUM, *flags, *wide, page.as_uri()], capture_output=True, timeout=120, check=True)
    colours = screens.pygame.image.load(picture)
    assert len({tuple(colours.get_at((x, 420)))[:3] for x in range(60, 940, 5)}) > 10, "the land is seen"


def test_the_command_writes_the_page_of_a_replay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replay, out = tmp_path / "game.json", tmp_path / "page.html"
    assert main(["simulate", LEVEL, "--policy", "with", "--runs", "1", "--seed", "7", "--replay", str(replay)]) == 0
    assert main(["debrief", str(replay), "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8").count("<textarea") == 3
    capsys.readouterr()
    assert main(["debrief", str(replay), "--out", str(tmp_path / "page.txt")]) == 2
    assert "should end in .html" in capsys.readouterr().err


def test_the_button_says_where_the_page_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endings, "pages_folder", lambda: tmp_path / "pages")
    told = endings.keep_page(forceful())
    (file,) = (tmp_path / "pages").iterdir()
    assert str(file) in told and file.suffix == ".html"
    (tmp_path / "file").touch()
    monkeypatch.setattr(endings, "pages_folder", lambda: tmp_path / "file")
    assert "could not be written" in endings.keep_page(forceful())


def test_a_look_closer_says_which_partnering_others_paid_for() -> None:
    ending = EndingScene(forceful(), LEVEL, None)
    deal = {"season": 3, "title": "A deal between friends", "paid_by": "The Slips and the living world"}
    fair = {"season": 4, "title": "Share a meal", "paid_by": ""}
    ending.shown.luck = lambda: SimpleNamespace(result={"text": "Choice."}, trouble="")  # type: ignore[method-assign, assignment, return-value]
    for deeds, told in (([deal, fair], True), ([fair], False)):
        ending.shown.ripples = lambda deeds=deeds: SimpleNamespace(result={"deeds": deeds})  # type: ignore[method-assign, assignment, misc]
        player = screens.Viewer(CloserPage(ending.shown, None))
        player.frame()
        assert ("Season 3: A deal between friends. The price was paid by The Slips and the living world."
                in player.read()) == told  # fmt: skip
        assert "Season 4: Share a meal" not in player.read()


def test_while_the_stars_are_counted_the_window_says_so() -> None:
    ui = screens.new_ui((1280, 800), 1.0)
    ui.begin(screens.Input())
    endings.show_wait(ui, screens.nothing_yet())
    assert [mark.text for mark in ui.marks] == [say("end.counting")]
    ui.begin(screens.Input())
    endings.show_wait(ui, screens.found(None))
    endings.show_wait(ui, None)
    assert not ui.marks


@pytest.mark.parametrize("asked", [PlayLevel("first_steps"), Continue(), Again(True), NextLevel("first_steps")])
def test_while_a_game_is_opened_the_window_says_so(asked: Message) -> None:
    ui = screens.new_ui((1280, 800), 1.0)
    ui.begin(screens.Input())
    endings.show_opening(ui, asked)
    assert [mark.text for mark in ui.marks] == [say("shell.opening")]
    ui.begin(screens.Input())
    endings.show_opening(ui, OpenCodex())
    assert not ui.marks


def test_the_end_states_the_lesson_and_beside_what_it_is_held_that_somebody_has_more() -> None:
    session = forceful()
    ending = EndingScene(session, LEVEL, count_stars(session, [], []))
    player = screens.Viewer(ending)
    session.fared.ask(0).wait()
    player.frame()
    told = " ".join(player.read().split())
    assert session.model.level.lesson in told
    assert any(row["differences"] for row in ending.shown.farings()[0]["households"]) and say("faring.beside") in told
