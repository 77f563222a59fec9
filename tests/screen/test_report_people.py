"""The report of a season in the window: who is better off through one, why neighbours act, the offer to end early."""

from __future__ import annotations

from dataclasses import replace

import pygame
import pytest

from game.playing.motives import motives
from game.screen.kit.messages import Ended
from game.screen.pages.letters import LettersPage
from game.sim.world import WON
from tests.screen import screens

LEVEL = "nail_and_barn"


@pytest.fixture
def player() -> screens.Viewer:
    return screens.Viewer(screens.PlayScene(screens.played(LEVEL, 1), LEVEL, opening=False))


def open_report(player: screens.Viewer) -> str:
    player.scene.end_season()
    player.scene.read()
    session = player.scene.session
    for seat in session.seats:
        session.fared.ask(seat).wait()
    for _ in range(3):
        player.frame()
    return player.read()


def test_the_first_sheet_says_who_is_better_and_who_worse_off_and_why_neighbours_act(player: screens.Viewer) -> None:
    told = open_report(player)
    assert "Through you, so far" in told and "You are " in told
    assert "What the others did, and why" in told
    for one in motives(player.scene.session):
        assert one.did and one.did[0] in told and all(line in told for line in one.wants)


def test_what_would_change_a_mind_is_read_by_a_press_and_nothing_of_tiles_is_said() -> None:
    model = screens.model_of("first_steps")
    session = screens.Session(model, 7, 1, model.level.default_policies())
    session.add(next(index for index, one in enumerate(model.candidates) if one.key == "listen:birch"))
    player = screens.Viewer(screens.PlayScene(session, "first_steps", opening=False))
    told = open_report(player)
    assert "of the land." not in told
    report = player.scene.report
    assert report is not None
    one = next(one for one in report["neighbours"] if one["more"])
    assert not any(line in told for line in one["more"])
    player.click(f"more {one['household']}")
    player.frame()
    told = player.read().replace("\n", " ")
    assert all(line in told for line in one["more"])


def test_while_it_is_counted_the_sheet_says_so(player: screens.Viewer) -> None:
    player.scene.session.background.close()
    player.scene.end_season()
    player.scene.read()
    for _ in range(3):
        player.frame()
    assert "Being counted" in player.read()


def test_e_closes_the_report_and_does_not_end_another_season(player: screens.Viewer) -> None:
    open_report(player)
    season = player.scene.session.world.season
    player.settle()
    player.key(pygame.K_e)
    player.key(pygame.K_e)
    assert not player.scene.reading and player.scene.session.world.season == season


def test_a_game_whose_goals_stand_can_be_ended_from_its_report(player: screens.Viewer) -> None:
    session, goals = player.scene.session, len(player.scene.session.model.level.goals)
    while session.world.season < session.model.seasons - 2:
        session.end_turn()
    assert not session.may_finish
    told = open_report(player)
    assert "End the game here: won" not in told
    session.world = replace(session.world, streak=session.world.streak + session.model.seasons)
    session.world.reached = session.world.reached | True
    session.finish_offered = session.world.season
    for _ in range(2):
        player.frame()
    assert goals and "Every goal stands now" in player.read()
    player.click("finish")
    assert session.over and int(session.world.outcome[0]) == WON and not player.scene.reading
    assert any(isinstance(one, Ended) for one in player.scene.stack.taken())


def test_at_one_keyboard_giving_the_answers_hands_them_over() -> None:
    session = screens.Session(screens.model_of(LEVEL), 1, 2, ("idle",) * 4)
    offer = next(
        index
        for index, one in enumerate(session.model.candidates)
        if session.model.actions[one.action].accepts is not None and one.target == session.model.layout.seats[0]
    )
    player = screens.Viewer(screens.PlayScene(session, LEVEL, opening=False))
    session.end_turn()
    session.add(offer)
    player.scene.end_season()
    assert session.answering
    page = player.scene.stack.find(LettersPage)
    assert page is not None
    while player.scene.stack.top is not page:
        player.scene.stack.top.close()
    player.frame()
    player.click("letters done")
    assert session.world.season == 1 and not session.answering


def test_beside_the_board_stands_what_was_learnt_long_ago() -> None:
    session = screens.session_of("first_steps")
    ask = next(index for index, one in enumerate(session.model.candidates) if one.key == "listen:birch")
    session.add(ask)
    session.end_turn()
    known = session.roles.known
    assert known is not None
    session.world.stock[known][1, 0] = 0.0
    player = screens.Viewer(screens.PlayScene(session, "first_steps", opening=False))
    player.frame()
    spot = player.scene.view.homes(player.scene.view.place)[1].center
    for _ in range(2):
        player.frame(mouse=spot)
    assert "wanted " in player.read() and "have not asked" not in player.read()
