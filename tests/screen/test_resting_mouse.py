"""What comes up under a mouse at rest is not pointed at; a village is pointed at by each of its houses."""

from __future__ import annotations

import pygame

from game.screen.kit.ui import Input, Ui
from game.screen.table.play import PlayScene
from tests.screen import screens

SPOT = pygame.Rect(40, 40, 120, 40)


def tip_of(ui: Ui, mouse: tuple[int, int], pressed: bool = False) -> str:
    ui.begin(Input(mouse=mouse, pressed=pressed))
    ui.tip("Back to the hand.", SPOT)
    ui.end()
    return " ".join(mark.text for mark in ui.marks if mark.layer == 9)


def test_a_tip_waits_until_the_mouse_moves_after_a_press() -> None:
    ui = screens.new_ui((1280, 800), 1.0)
    at = SPOT.center
    assert tip_of(ui, at) == "Back to the hand."
    assert tip_of(ui, at, pressed=True) == "" and tip_of(ui, at) == ""
    assert tip_of(ui, (at[0] + 3, at[1])) == "Back to the hand."


def test_each_house_of_a_village_is_its_household() -> None:
    player = screens.Viewer(PlayScene(screens.session_of("the_shared_pasture"), "the_shared_pasture", opening=False))
    scene = player.scene
    place, board = scene.view.place, scene.view.board
    villages = [one for one in scene.scene.households if one.people >= 7]
    assert villages
    for village in villages:
        x, y = board.home_point(village)
        inwards = -1 if x > place.width // 2 else 1
        beside = place.x + x + inwards * round(1.6 * board.tile), place.y + max(y, board.tile)
        player.frame(mouse=beside)
        player.frame(mouse=beside)
        assert scene.inspect == ("household", village.index)
