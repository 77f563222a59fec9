"""The page of what is on its way: opened and shut, read, and drawn at the ends of the scale."""

from __future__ import annotations

import pygame
import pytest

from game.screen.pages.coming import ComingPage
from game.screen.pages.overlays import PausePage
from game.screen.table.cards import open_options
from game.telling.say import say
from tests.screen import screens

PASTURE = "the_shared_pasture"

pytestmark = pytest.mark.usefixtures("dreaming")


class Player(screens.Viewer):
    """Somebody in front of one game, with a frame for everything they do."""

    def __init__(self, seasons: int = 3, level: str = PASTURE, plan: tuple[str, ...] = ("buy_cattle",)) -> None:
        session = screens.session_of(level)
        self.scene = screens.PlayScene(session, level, opening=False)
        for _ in range(seasons):
            self.take(plan)
            session.end_turn()
        super().__init__(self.scene)

    def take(self, names: tuple[str, ...]) -> None:
        for name in names:
            card = next(one for one in self.scene.fresh_cards() if one["id"] == name)
            if card["possible"]:
                option = open_options(card)[0]["id"]
                self.scene.shown.decide({"do": "plan", "card": name, "option": option})

    def dream(self) -> None:
        self.scene.shown.standstill.ask().wait()
        self.frame()


def test_a_key_and_a_button_open_the_page_and_three_ways_shut_it() -> None:
    player = Player()
    player.key(pygame.K_w)
    assert player.shows(ComingPage) and "If nobody acted any more" in player.read()
    player.key(pygame.K_w)
    assert not player.shows(ComingPage)
    player.click("coming")
    assert player.shows(ComingPage) and player.scene.inspect == ("", None), "the button is not the board"
    player.key(pygame.K_ESCAPE)
    assert not player.shows(ComingPage) and not player.shows(PausePage)
    player.click("coming")
    player.click("close coming")
    assert not player.shows(ComingPage)


def test_the_keyboard_begins_at_the_way_back_and_reaches_every_number() -> None:
    player = Player()
    player.key(pygame.K_w)
    assert player.ui.focus == "close coming"
    player.dream()
    names = {name for name, _ in player.ui.areas}
    assert {f"ahead {place}" for place in range(len(player.scene.shown["coming"]["numbers"]))} <= names
    player.ui.focus = "ahead 1"
    player.key(pygame.K_RETURN)
    assert player.scene.ahead.chosen == 1 and player.shows(ComingPage)


def test_a_calf_stands_at_its_season() -> None:
    player = Player(1)
    herd = player.scene.session.world.season + 4
    player.key(pygame.K_w)
    (row,) = [row for row in player.scene.shown["coming"]["rows"] if row["mine"] and row["marks"]]
    assert [mark["season"] for mark in row["marks"]] == [herd] and "They bear a calf." in player.read()
    assert "+1" in player.read()


def test_while_it_is_dreamt_the_page_says_so_and_then_it_tells() -> None:
    player = Player()
    player.scene.stack.push(player.scene.ahead)
    player.dream()
    told = player.read()
    assert "nobody acted any more, grass would" in told and "of 40 times" in told
    player.click("ahead 1")
    player.frame()
    assert "nobody acted any more, your hay would" in player.read()


def test_where_nothing_is_on_its_way_it_says_so() -> None:
    player = Player(0, "nail_and_barn", ())
    player.key(pygame.K_w)
    assert say("coming.nothing") in player.read()


def test_the_report_leads_to_it_and_back() -> None:
    player = Player(0)
    player.take(("buy_cattle",))
    player.scene.end_season()
    player.scene.read()
    player.frame()
    while player.scene.session.background._works:  # what comes of them makes the report longer
        player.frame()
    right = (900, 400)
    for _ in range(9):  # the button stands below all that others did
        player.frame(mouse=right, wheel=-3)
    player.click("coming")
    assert player.shows(ComingPage) and player.scene.report is not None
    player.key(pygame.K_ESCAPE)
    assert not player.shows(ComingPage) and player.scene.report is not None and player.scene.reading


@pytest.mark.parametrize("level", screens.LEVELS)
def test_it_opens_in_the_first_season_of_every_level(level: str) -> None:
    player = Player(0, level, ())
    player.key(pygame.K_w)
    player.dream()
    assert player.shows(ComingPage) and "If nobody acted any more" in player.read()
