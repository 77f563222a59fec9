"""A deal for which others paid is one press away from the strip of a season and from the ending."""

from __future__ import annotations

import pytest

from game.playing.bargains import bargains_told
from game.playing.session import Session
from game.screen.pages.bargains import BargainsPage
from game.screen.pages.ending import EndingScene
from game.screen.table.play import PlayScene
from tests.barns import barns
from tests.insight.test_bargains import ANN, DEEDS
from tests.screen import screens
from tests.screen.test_layout import EXTREMES, faults
from tests.sim.levels import candidate


def agreed(key: str, seasons: int = 6, people: int = 1) -> Session:
    """A game in which Ann offers Bob something in its first season, and nothing is done later."""
    session = Session(barns(DEEDS, people=("ann", "bob", "cid"), seasons=6), 1, people, ("idle",) * 3)
    session.add(candidate(session.model, key, "bob"))
    for _ in range(seasons):
        session.end_turn()
    session.agreed.ask(ANN).wait()
    return session


def player_after_a_season(key: str) -> screens.Viewer:
    scene = PlayScene(agreed(key, seasons=0), "barns", opening=False)
    player = screens.Viewer(scene)
    scene.end_season()
    scene.skip()
    scene.session.agreed.ask(ANN).wait()
    player.frame()
    return player


def test_the_strip_of_a_season_marks_a_deal_that_others_paid_for_and_one_press_says_who() -> None:
    player = player_after_a_season("deal")
    assert "Others paid" in player.read()
    player.click("bargains")
    assert player.shows(BargainsPage)
    player.frame()
    assert "Season 1: Deal, with the Bobs" in player.read()
    assert "It calls itself partnering. So far the Cids paid for it." in player.read()
    player.click("close bargains")
    assert not player.shows(BargainsPage)


def test_help_that_a_partner_agreed_to_is_not_marked() -> None:
    assert "Others paid" not in player_after_a_season("ask").read()


@pytest.mark.parametrize(("key", "there"), [("deal", True), ("ask", False)])
def test_the_ending_says_it_in_a_line_that_opens_the_page(key: str, there: bool) -> None:
    session = agreed(key)
    assert session.over
    player = screens.Viewer(EndingScene(session, "barns"))
    player.frame()
    assert ("A deal of yours was paid for by others. Press to see who." in player.read()) == there
    if there:
        player.click("bargains")
        assert player.shows(BargainsPage)


def test_at_one_keyboard_nobody_is_told_what_another_has_agreed() -> None:
    session = agreed("deal", seasons=6, people=2)
    player = screens.Viewer(EndingScene(session, "barns"))
    player.frame()
    assert "bargains" not in dict(player.ui.areas)


def test_several_deals_are_counted() -> None:
    session = agreed("deal")
    (found,) = session.agreed.ask(ANN).result
    data = bargains_told(session.model, (found, found), ANN)
    assert data["line"] == "2 deals of yours were paid for by others. Press to see who."
    assert [one["own"] for one in data["deals"]] == [True, True]


@pytest.mark.parametrize("window", EXTREMES)
def test_nothing_of_it_is_cut_off(window: tuple[tuple[int, int], float]) -> None:
    session = agreed("deal")
    ending = EndingScene(session, "barns")
    ui = screens.new_ui(*window)
    screens.settle(ui, ending.stack.draw)
    assert faults(ui) == []
    ending.stack.push(BargainsPage(ending.shown))
    screens.settle(ui, ending.stack.draw)
    assert faults(ui) == []
