"""Letters in the window: a note lies beside the plan, and nothing opens before it is asked for."""

from __future__ import annotations

import pygame
import pytest

from game.screen.pages.letters import LettersPage
from game.screen.pages.overlays import HandoverPage
from game.telling import words
from tests.screen import screens

LEVEL = "nail_and_barn"  # three families ask for help from the second season on


@pytest.fixture
def player() -> screens.Viewer:
    return screens.Viewer(screens.PlayScene(screens.played(LEVEL, 1), LEVEL, opening=False))


def read_report(player: screens.Viewer) -> str:
    player.scene.end_season()
    player.scene.read()
    for _ in range(3):
        player.frame()
    return player.read()


def test_letters_wait_beside_the_plan_and_cover_nothing(player: screens.Viewer) -> None:
    session = player.scene.session
    assert len(session.letters()) == 3 and player.scene.stack.top is player.scene
    assert "Letters: 3 open" in player.read()
    spot = dict(player.ui.areas)["letters"].center
    for _ in range(2):
        player.frame(mouse=spot)
    assert "The Elms, the Firs and the Oaks ask: Call a barn raising" in player.read()
    player.scene.end_season()
    player.scene.read()
    player.scene.close_report()
    player.frame()
    assert session.letters() and player.scene.stack.top is player.scene, "nor when the next season begins"


@pytest.mark.parametrize("way", ["letters", pygame.K_a])
def test_a_click_or_a_key_opens_them_and_escape_or_the_button_shuts_them(
    player: screens.Viewer, way: str | int
) -> None:
    for shut in ("letters done", pygame.K_ESCAPE):
        player.click(way) if isinstance(way, str) else player.key(way)
        player.frame()
        assert player.shows(LettersPage) and player.ui.focus == "letters done"
        player.click(shut) if isinstance(shut, str) else player.key(shut)
        assert player.scene.stack.top is player.scene


def test_what_is_answered_asks_no_more(player: screens.Viewer) -> None:
    player.key(pygame.K_a)
    player.click("letter 0 yes")  # the others offer the same
    player.key(pygame.K_ESCAPE)
    player.frame()
    areas = [name for name, _ in player.ui.areas]
    assert "letters" in areas and "Letters: answered" in player.read()
    player.click("letters")
    assert player.shows(LettersPage), "until the season ends another answer may be given"


def test_a_season_with_open_letters_can_end_and_its_report_says_whose_they_were(player: screens.Viewer) -> None:
    letters = player.scene.session.letters()
    player.scene.session.answer(letters[0], False)
    told = read_report(player)
    assert player.scene.session.world.season == 2
    assert "You left unanswered what" in told and "What is not answered is not agreed." in told
    line = told[told.index("You left unanswered") :].split("asked:")[0]
    model = player.scene.session.model
    whose = [words.people(model, model.layout.seats[letter.seat]) for letter in letters]
    assert whose[0] not in line and all(name in line for name in whose[1:])


def test_where_nobody_asks_no_letter_lies_there_and_the_key_does_nothing() -> None:
    session = screens.session_of("one_nail")
    assert not session.letters()
    player = screens.Viewer(screens.PlayScene(session, "one_nail", opening=False))
    player.key(pygame.K_a)
    assert player.scene.stack.top is player.scene
    assert "letters" not in {name for name, _ in player.ui.areas}


def test_the_turn_that_is_there_for_answers_begins_with_them() -> None:
    session = screens.played(LEVEL, 1, 2)
    player = screens.Viewer(screens.PlayScene(session, LEVEL, opening=False))
    offer = next(
        number for number, one in enumerate(session.model.candidates) if session.model.actions[one.action].accepts
    )
    player.scene.stack.top.close()
    player.scene.end_season()
    assert player.shows(HandoverPage)
    player.scene.stack.top.close()
    assert player.scene.stack.top is player.scene, "the second one plans with nothing in the way"
    session.add(offer)
    player.scene.end_season()
    assert session.answering and player.shows(HandoverPage)
    player.scene.stack.top.close()
    assert player.shows(LettersPage)


@pytest.fixture
def same_offers() -> screens.Viewer:
    """In the third season all three neighbours offer the same ration."""
    level = "the_shared_pasture"
    model = screens.model_of(level)
    session = screens.Session(model, 1, 1, model.level.default_policies())
    for _ in range(2):
        for number, one in enumerate(model.candidates):
            if one.action == "listen":
                session.add(number)
        session.end_turn()
    return screens.Viewer(screens.PlayScene(session, level, opening=False))


def test_who_offers_the_same_is_answered_once(same_offers: screens.Viewer) -> None:
    letters = same_offers.scene.session.letters
    assert len({one.candidate for one in letters()}) == 1 < len(letters())
    same_offers.key(pygame.K_a)
    assert "offer the same: one answer is for all." in same_offers.read()
    assert "letter 1 yes" not in dict(same_offers.ui.areas)
    same_offers.click("letter 0 yes")
    assert [one.answer for one in letters()] == [True] * len(letters())


def test_who_offers_the_same_can_be_answered_one_by_one(same_offers: screens.Viewer) -> None:
    same_offers.key(pygame.K_a)
    same_offers.click("letter 0 apart")
    same_offers.frame()
    same_offers.click("letter 0 yes")
    same_offers.click("letter 1 no")
    answers = [one.answer for one in same_offers.scene.session.letters()]
    assert answers == [True, False, *[None] * (len(answers) - 2)]
