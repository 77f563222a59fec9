"""What goes wrong in the background of a game is told on its page, with a way back and a way to try again."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest

from game.insight.causes import Where
from game.playing.background import PRESSED, Background, Work
from game.playing.stars import counting
from game.playing.view_causes import question_of
from game.screen.pages.ending import EndingScene
from tests.screen import screens

TROUBLE = "This could not be worked out (ArithmeticError: out of hay)."
LEVEL = "nail_and_barn"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """All that is worked out in the background goes wrong."""

    def fails(*_: object, **__: object) -> None:
        raise ArithmeticError("out of hay")

    for name in (
        "causes.causes_bit_by_bit", "forecast.forecast_bit_by_bit", "standstill.stopped_bit_by_bit",
        "hindsight.fates_bit_by_bit", "hindsight.ripples", "hindsight.weigh", "stars.light_hand",
    ):  # fmt: skip
        monkeypatch.setattr(f"game.playing.{name}", fails)
    yield monkeypatch


def over() -> screens.Session:
    """A game in which the player has used force, so that there is something to look back on."""
    session = screens.session_of(LEVEL)
    screens.plan_force(session)
    while not session.over:
        session.end_turn()
    return session


def in_play() -> screens.Viewer:
    return screens.Viewer(screens.PlayScene(screens.played(LEVEL, 1), LEVEL, opening=False))


def told(player: screens.Viewer, work: Work[object]) -> str:
    """Return what is read once nothing more comes of some work."""
    work.wait()
    player.frame()
    player.frame()
    return player.read()


def heals(player: screens.Viewer, broken: pytest.MonkeyPatch, work: Work[object]) -> bool:
    """Whether pressing the button works it out, once the fault is gone."""
    broken.undo()
    player.click("try again")
    return TROUBLE not in told(player, work) and work.error is None


def test_why_something_was_lost(broken: pytest.MonkeyPatch) -> None:
    player = in_play()
    where = Where(next(iter(player.scene.session.model.stocks)))
    player.scene.ask_why(question_of(player.scene.session, where, 0))
    page = player.scene.stack.top
    work = page.shown.causes(page.question).work
    assert TROUBLE in told(player, work)
    player.key(pygame.K_ESCAPE)
    assert player.scene.stack.top is player.scene
    player.scene.stack.push(page)
    player.frame()
    player.frame()
    assert heals(player, broken, work)


def test_if_everyone_stopped_now(broken: pytest.MonkeyPatch) -> None:
    player = in_play()
    player.key(pygame.K_w)
    work = player.scene.shown.standstill.ask()
    assert TROUBLE in told(player, work)
    assert heals(player, broken, work)
    player.click("close coming")
    assert player.scene.stack.top is player.scene


def test_what_may_come_of_a_plan(broken: pytest.MonkeyPatch) -> None:
    player = in_play()
    screens.fill_plan(player.scene, 1)
    player.scene.pin("", None, pygame.Rect(1100, 700, 9, 9))
    player.frame()
    player.scene.shown.outlook.wait()
    player.frame()
    player.frame()
    assert TROUBLE in player.read()
    player.scene.end_season()
    player.scene.shown.outlook.wait()
    assert player.scene.shown.outlook.trouble(2) == TROUBLE
    player.scene.read()
    for _ in range(3):
        player.frame()
    assert f"What was foreseen: {TROUBLE}" in player.read()
    player.click("read")
    assert player.scene.stack.top is player.scene


def test_the_end_of_a_game_tells_that_luck_and_stars_are_not_known(broken: pytest.MonkeyPatch) -> None:
    session = over()
    work = counting(session, [], [])
    work.wait()
    ending = EndingScene(session, LEVEL, None, False, work)
    player = screens.Viewer(ending)
    assert TROUBLE in told(player, work)
    player.click("look closer")
    assert TROUBLE in told(player, ending.shown.hindsight.luck())
    broken.undo()
    ending.stack.top.close()
    work.again()
    ending.shown.hindsight.luck().again()
    assert TROUBLE not in told(player, work) and ending.tally is not None
    player.click("look closer")
    told(player, ending.shown.hindsight.luck())
    assert "With the same decisions" in player.read()


@pytest.mark.parametrize("button", ["deeds", "proof"])
def test_pages_that_look_back(broken: pytest.MonkeyPatch, button: str) -> None:
    ending = EndingScene(over(), LEVEL)
    player = screens.Viewer(ending)
    player.click("look closer")
    closer = ending.stack.top
    player.click(button)
    player.frame()
    assert ending.stack.top is not closer
    work = ending.shown.hindsight.look_back(0) if button == "deeds" else ending.shown.hindsight.proof()
    assert TROUBLE in told(player, work)
    assert heals(player, broken, work)
    player.key(pygame.K_ESCAPE)
    assert ending.stack.top is closer


def test_a_bar_shows_how_far_it_is() -> None:
    half_way = Work(Background(), lambda _: iter(()), PRESSED, 4)
    half_way.steps = 2
    ending = screens.ending_of(over(), LEVEL)
    ending.shown.hindsight.look_back = lambda seat: half_way  # type: ignore[method-assign]
    page = screens.DeedsScene(ending.shown)
    ending.stack.push(page)
    player = screens.Viewer(ending)
    before = pygame.surfarray.array3d(player.ui.surface).copy()
    half_way.steps = 3
    player.frame()
    assert (pygame.surfarray.array3d(player.ui.surface) != before).any()
