"""A level that calls its turns weeks says so wherever a season would be told, and shows no year on its land."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from game.language.turns import in_turns
from game.level.library import data_root
from game.level.reader import examine, load_level
from game.level.schema import Level, Seasons
from game.picture.scene import look
from game.players.policies import plan_season
from game.playing.decide import decide
from game.playing.session import Session
from game.playing.view import view
from game.record.store import Store
from game.screen.kit.debrief import write_debrief
from game.screen.pages.ending import EndingScene
from game.sim.beginning import new_worlds
from game.sim.model import compile_level
from game.sim.step import step
from game.telling.say import told_in
from game.terminal.game import play
from tests.screen.players import Player
from tests.telling.told import texts

TIME_OF_YEAR = re.compile(r"\b(seasons?|spring|summer|autumn|winter)\b", re.IGNORECASE)
WEEKS = "{count: 5, ticks: 4, name: week, year: 4}"


def level_in_weeks(folder: Path, template: str = "school", seasons: str = WEEKS) -> Level:
    """A template whose turns have a name of their own; what it rests on says season, and its own text does not."""
    text = (data_root() / "levels" / "templates" / f"{template}.yaml").read_text(encoding="utf-8")
    text = re.sub(r"^seasons: .*$", f"seasons: {seasons}", text, flags=re.MULTILINE)
    file = folder / f"{template}_weeks.yaml"
    file.write_text(text.replace("in_a_row: 3, ", "").replace("1/season", "1/week"), encoding="utf-8")
    return load_level(file)


def speaks_of_seasons(said: list[str]) -> list[str]:
    return sorted({line for line in said if TIME_OF_YEAR.search(line)})


def test_words_keep_their_capital_number_and_article() -> None:
    assert in_turns("Each season; Seasons 1 to 3; a season", "week", "weeks") == "Each week; Weeks 1 to 3; a week"
    assert in_turns("0.5 t a season, t/season, seasoned", "hour", "hours") == "0.5 t an hour, t/hour, seasoned"


@pytest.mark.parametrize(
    ("name", "several"), [("week", "weeks"), ("day", "days"), ("century", "centuries"), ("lunch", "lunches")]
)
def test_several_turns(name: str, several: str) -> None:
    assert Seasons(count=3, name=name).several == several
    assert Seasons(count=3, name=name, names="Wochen").several == "Wochen"


def test_a_game_in_the_terminal_never_speaks_of_seasons(tmp_path: Path) -> None:
    level, written = level_in_weeks(tmp_path), io.StringIO()
    asked = "help|who|why me|why green|why rumour|goals|coming|faring|plan|look|1|end".split("|")
    play(level, "weeks", 1, 3, ("with",) * 3, "", io.StringIO("".join(f"{line}\n" for line in asked * 5)), written)
    told = written.getvalue()
    assert speaks_of_seasons(told.splitlines()) == []
    assert "Week 2 of 5, year 1." in told and "--- Week 5, year 2, is over ---" in told and "5 weeks" in told


def test_a_view_is_told_in_weeks_whoever_asks_for_it(tmp_path: Path) -> None:
    level = level_in_weeks(tmp_path)
    session = Session(compile_level(level), 1, 1, ("with",) * 3)
    said: list[str] = []
    while not session.over:
        said += texts(view(session))
        decide(session, {"do": "end"})
    session.fared.ask(session.seat).wait()
    said += texts(view(session))
    assert speaks_of_seasons(said) == []
    other = Session(compile_level(load_level("first_steps")), 1, 1, ("with",) * 2)
    decide(other, {"do": "end"})
    assert any("spring of year 1" in line for line in texts(view(other)))


def test_a_game_in_the_window_never_speaks_of_seasons(tmp_path: Path) -> None:
    level = level_in_weeks(tmp_path)
    store = Store(tmp_path / "games.db")
    player = Player(store)
    said: list[str] = []

    def frame(**events: object) -> None:
        player.frame(**events)
        said.extend(mark.text for mark in player.ui.marks if mark.kind == "text")

    player.shell.start(compile_level(level), str(tmp_path / "school_weeks.yaml"), 1, 3, ("with",) * 3)
    frame()
    player.begin_at_once()
    for week in range(5):
        session = player.scene.session
        for candidate in plan_season(session.model, session.world, ("with",) * 3).chosen[:, 0, 0].tolist():
            session.add(candidate)
        frame()
        for _, spot in list(player.ui.areas) if week == 2 else []:
            frame(mouse=spot.center)
        player.settle()
        player.key("e")
        frame(seconds=2.0)
        player.settle()
        player.key("space")
        frame(seconds=1.0)
        assert player.scene.report is not None
        player.scene.read()  # the whole report
        frame(seconds=2.0)
        player.scene.close_report()
        frame(seconds=1.0)
    assert isinstance(player.shell.scene, EndingScene)
    for _, spot in list(player.ui.areas):
        frame(mouse=spot.center)
    for door in ("look closer", "deeds"):
        player.click(door)
        for _, spot in list(player.ui.areas):
            frame(mouse=spot.center)
    assert any("week" in line.lower() for line in said) and len(set(said)) > 100
    assert speaks_of_seasons(said) == []
    store.close()


def test_the_page_to_keep_speaks_of_weeks(tmp_path: Path) -> None:
    session = Session(compile_level(level_in_weeks(tmp_path)), 1, 1, ("with",) * 3)
    while not session.over:
        decide(session, {"do": "end"})
    write_debrief(tmp_path / "page.html", session)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    words = re.sub(r"<style.*?</style>|base64,[^\"]*|<[^>]*>", " ", page, flags=re.DOTALL)
    assert speaks_of_seasons(words.splitlines()) == [] and "5 weeks" in words


def test_no_leaves_fall_and_no_snow_lies_where_turns_are_weeks(tmp_path: Path) -> None:
    plain, weeks = load_level("the_shared_pasture"), level_in_weeks(tmp_path, "pasture", "{count: 8, name: week}")
    seasons = {}
    for level in (plain, weeks):
        model = compile_level(level)
        world = new_worlds(model, [1])
        seasons[level.id] = []
        for _ in range(4):
            seasons[level.id].append(look(model, world).season)
            world = step(model, world)
    assert seasons == {plain.id: [0, 1, 2, 3], weeks.id: [1, 1, 1, 1]}


def test_rules_below_a_level_are_told_in_its_word_and_its_own_text_is_held_against_it(tmp_path: Path) -> None:
    level = level_in_weeks(tmp_path)
    assert level.numbers["healing"].unit == "1/week"
    assert level.influences["mornings"].plain == "Every week has its days."
    file = tmp_path / "said.yaml"
    text = (tmp_path / "school_weeks.yaml").read_text(encoding="utf-8")
    file.write_text(text.replace("promise: A rumour", "promise: One season a rumour"), encoding="utf-8")
    (found,) = [one for one in examine(file).problems if one.code == "season-said"]
    assert found.severity == "warning" and "write week" in found.message and found.line == 6


@pytest.mark.parametrize(
    ("seasons", "told"),
    [
        ("{count: 5, year: 12}", '"year" goes with a name for the turns'),
        ("{count: 5, name: a-very-long-turn}", "at most 14 letters"),
        ("{count: 5, name: week 2}", "one short word"),
        ("{count: 5, name: week, year: 1}", "year"),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_its_place(tmp_path: Path, seasons: str, told: str) -> None:
    file = tmp_path / "wrong.yaml"
    text = (data_root() / "levels" / "templates" / "school.yaml").read_text(encoding="utf-8")
    file.write_text(re.sub(r"^seasons: .*$", f"seasons: {seasons}", text, flags=re.MULTILINE), encoding="utf-8")
    errors = [one for one in examine(file).problems if one.severity == "error"]
    assert [one.line for one in errors] == [9] and told in errors[0].message


def test_words_of_one_level_do_not_reach_another() -> None:
    from game.telling.words import turns

    with told_in(Seasons(count=3, name="round")):
        assert turns(2) == "2 rounds" and turns(1, more=True) == "1 more round"
    assert turns(2) == "2 seasons"
