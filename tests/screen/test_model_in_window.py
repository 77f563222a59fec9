"""A model without a game in the window: its course where a board would lie, and nothing of winning."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest

from game.level.reader import load_level
from game.level.templates import write_template
from game.playing.session import Session
from game.playing.shown import Shown
from game.screen.pages.ending import EndingScene
from game.screen.table.lenses import lenses_of
from game.screen.table.play import PlayScene
from game.sim.model import compile_level
from tests.screen.screens import Viewer


@pytest.fixture
def session(tmp_path: Path) -> Session:
    write_template(tmp_path / "m.yaml", "model")
    return Session(compile_level(load_level(str(tmp_path / "m.yaml"))), 1, 1, ("idle",))


def test_its_stocks_have_a_line_each_on_one_scale(session: Session) -> None:
    for _ in range(3):
        session.end_turn()
    lines = Shown(session)["course"]["lines"]
    assert [line["name"] for line in lines] == ["Susceptible", "Infectious", "Recovered"]
    assert lines[0]["values"][0] == 1.0 and lines[1]["values"][0] == 0.005, "5 of the most there were, 1000 people"


def test_it_has_no_goals_no_dials_and_no_word_of_winning(session: Session) -> None:
    session.end_turn()
    shown = Shown(session)
    assert shown["goals"] == [] and shown["dials"] == []
    dealt = shown.dealt()
    assert dealt["note"] == "" and not dealt["all_stand"]


def test_it_can_be_looked_at_whatever_key_is_pressed(session: Session) -> None:
    for _ in range(3):
        session.end_turn()
    viewer = Viewer(PlayScene(session, "m", opening=False))
    for key in (pygame.K_1, pygame.K_ESCAPE, pygame.K_2, pygame.K_ESCAPE, pygame.K_3, pygame.K_LEFT):
        viewer.key(key)
        viewer.settle()
    said = viewer.read()
    assert "Susceptible" in said and "Recovered" in said
    assert not [word for word in ("Every goal", "Depletion", "Conflict") if word in said]


def test_at_its_end_it_shows_its_course_and_nobody_has_won(session: Session) -> None:
    while not session.over:
        session.end_turn()
    viewer = Viewer(EndingScene(session, "m"))
    viewer.settle()
    said = viewer.read()
    assert "The model has run to its end." in said and "Susceptible" in said
    assert "goal" not in said and "What it became" not in said
    assert not {"next", "look closer", "keep", "timelines"} & set(dict(viewer.ui.areas))


def test_nobody_is_offered_to_end_it_with_a_win_and_no_lens_is_there_without_land(session: Session) -> None:
    while session.world.season < session.model.seasons - 1:
        session.end_turn()
    assert not session.may_finish and not Shown(session)["finish"]["possible"]
    assert lenses_of(PlayScene(session, "m", opening=False)) == ()
