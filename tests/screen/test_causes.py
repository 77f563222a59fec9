"""The page on which one asks why: reached from the report and from the end, both lenses, by mouse and by key."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pygame
import pytest

from game.playing.causes import causes_bit_by_bit
from game.screen.pages.causes import CausesPage
from game.screen.pages.ending import EndingScene
from game.screen.pages.overlays import PausePage
from game.screen.table.cards import card_named, open_options
from game.telling.say import say
from tests.screen import screens

PASTURE = "the_shared_pasture"


GRASS = {"stock": "grass", "household": None, "partner": None, "season": 3, "icon": "", "name": "grass", "label": ""}


def reading() -> screens.Viewer:
    """Somebody who reads what a season brought in which hay was paid for cattle."""
    scene = screens.PlayScene(screens.played(PASTURE, 2), PASTURE, opening=False)
    scene.choose(open_options(card_named(scene.fresh_cards(), "buy_cattle"))[0])
    scene.end_season()
    scene.read()
    return screens.Viewer(scene)


def test_a_number_that_fell_leads_from_the_report_to_both_views_and_back() -> None:
    player = reading()
    shifts = [name for name, _ in player.ui.areas if name.startswith("shift")]
    assert shifts, "something fell"
    player.click(shifts[0])
    page = player.shown(CausesPage)
    assert page is not None and page.question["season"] == 3
    page.shown.causes(page.question).work.wait()
    player.frame()
    assert say("causes.halves") in player.read() and "All that pushed directly in season 3" in player.read()
    player.click("lens web")
    player.frame()
    assert "of all that pushed it" in player.read() and "Nobody: what would have come" in player.read()
    player.key(pygame.K_ESCAPE)
    assert not player.shows(CausesPage) and player.scene.report is not None and not player.shows(PausePage)


def test_only_what_got_worse_can_be_asked_about() -> None:
    player = reading()
    asked = {name for name, _ in player.ui.areas if name.startswith("shift")}
    changes = player.scene.report["changes"]
    assert asked == {f"shift {at}" for at, one in enumerate(changes) if one["change"] < -0.005}


def test_the_page_opens_at_once_and_the_frame_goes_on_while_it_is_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    player, may_answer = reading(), Event()

    def held_back(*question: object) -> Iterator[object]:
        may_answer.wait()
        yield from causes_bit_by_bit(*question)

    monkeypatch.setattr("game.playing.causes.causes_bit_by_bit", held_back)
    player.scene.ask_why(GRASS)
    for _ in range(20):  # a frame that waited for the answer would never end
        player.frame()
    assert player.scene.shown.causes(GRASS).result is None
    may_answer.set()
    assert player.scene.shown.causes(GRASS).work.wait() is not None


def test_the_arrow_or_the_row_pointed_at_is_told_in_a_sentence() -> None:
    player = reading()
    player.scene.ask_why(GRASS)
    page = player.shown(CausesPage)
    page.shown.causes(page.question).work.wait()
    web = page.shown.causes(page.question).result["web"]
    page.lens = "web"
    player.frame()
    assert len(web) > 2
    for number in (1, 2):
        points = page._web[1].ways[number]
        spot = (round(points[len(points) // 2][0]), round(points[len(points) // 2][1]))
        player.frame(mouse=spot)
        near = page.lit
        assert near == page._web[1].pointed_at(player.ui, player.ui.surface.get_rect())
    player.ui.focus = "lens web"
    for _ in range(12):
        player.key(pygame.K_TAB)
        if player.ui.focus == "strand 1":
            break
    assert page.lit == 1
    assert web[1]["text"] in player.read()


def test_the_end_of_a_game_leads_to_its_losses() -> None:
    session = screens.Session(screens.model_of(PASTURE), 3, 1, ("over",) * 4)
    while not session.over:
        session.end_turn()
    ending = EndingScene(session, PASTURE)
    player = screens.Viewer(ending)
    player.click("look closer")
    player.click("ask why")
    assert player.shows(CausesPage) and len(player.shown(CausesPage).asked) == len(ending.outcome["lost"]) > 1
    player.frame()
    player.click("asked 1")
    assert player.shown(CausesPage).chosen == 1
    ending.shown.causes(player.shown(CausesPage).question).work.wait()
    player.frame()
    player.click("close causes")
    assert not player.shows(CausesPage)
    player.frame()
    assert "ask why" in dict(player.ui.areas)
