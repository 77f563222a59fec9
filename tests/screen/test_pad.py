"""A gamepad reaches whatever the keyboard reaches: a game is begun, planned, ended and left without any key."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pygame
import pytest

from game.record.store import Store
from game.screen.app import read_input
from game.screen.kit.pad import FIRST, LATER, Pad
from game.screen.pages.overlays import HelpPage, PausePage
from game.screen.pages.settings import SettingsPage
from game.screen.pages.title import TitleScene
from game.screen.table.play import PlayScene
from tests.screen.players import Player

A, B, X, Y = (
    pygame.CONTROLLER_BUTTON_A, pygame.CONTROLLER_BUTTON_B, pygame.CONTROLLER_BUTTON_X, pygame.CONTROLLER_BUTTON_Y,
)  # fmt: skip
RIGHT = pygame.CONTROLLER_BUTTON_RIGHTSHOULDER


def pressed(button: int) -> list[pygame.event.Event]:
    return [pygame.event.Event(kind, button=button, instance_id=0)
            for kind in (pygame.CONTROLLERBUTTONDOWN, pygame.CONTROLLERBUTTONUP)]  # fmt: skip


def leaned(axis: int, share: float) -> pygame.event.Event:
    return pygame.event.Event(pygame.CONTROLLERAXISMOTION, axis=axis, value=round(share * 32767), instance_id=0)


def codes(events: Sequence[pygame.event.Event]) -> list[int]:
    return [event.key for event in events]


def test_a_stick_that_is_held_walks_on_and_one_that_trembles_does_not() -> None:
    pad, axis = Pad(), pygame.CONTROLLER_AXIS_LEFTX
    assert codes(pad.keys([leaned(axis, 0.3)], 0.0)) == []
    assert codes(pad.keys([leaned(axis, 0.9)], 1.0)) == [pygame.K_RIGHT]
    assert codes(pad.keys([leaned(axis, 0.95), leaned(axis, 0.5), leaned(axis, 0.7)], 1.1)) == []
    assert codes(pad.keys([], 1.0 + FIRST)) == [pygame.K_RIGHT]
    assert codes(pad.keys([], 1.0 + FIRST + LATER / 2)) == []
    assert codes(pad.keys([], 1.0 + FIRST + LATER * 1.1)) == [pygame.K_RIGHT]
    assert codes(pad.keys([leaned(axis, -0.9)], 5.0)) == [pygame.K_LEFT]
    assert codes(pad.keys([leaned(axis, 0.0)], 5.1)) == []
    assert codes(pad.keys([], 9.0)) == []


def test_triggers_scroll_and_shoulders_go_through_everything() -> None:
    pad = Pad()
    assert codes(pad.keys([leaned(pygame.CONTROLLER_AXIS_TRIGGERRIGHT, 1.0)], 0.0)) == [pygame.K_PAGEDOWN]
    (back,) = pad.keys(pressed(pygame.CONTROLLER_BUTTON_LEFTSHOULDER), 0.1)
    assert back.key == pygame.K_TAB and back.mod == pygame.KMOD_SHIFT


def test_without_a_gamepad_or_its_part_of_sdl_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pygame._sdl2", None)
    pad = Pad()
    pad.listen()
    assert pad.keys([pygame.event.Event(pygame.CONTROLLERDEVICEADDED, device_index=0)], 0.0) == []


class Padded(Player):
    """Somebody with a gamepad alone."""

    def press(self, button: int) -> None:
        pygame.event.clear()
        for event in pressed(button):
            pygame.event.post(event)
        found, _ = read_input(self.window)
        assert found.keys, "it is heard"
        self.frame(keys=found.keys)
        self.frame(seconds=0.0)

    def go_to(self, name: str) -> None:
        for _ in range(80):
            self.press(RIGHT)
            if self.ui.focus == name:
                return
        raise AssertionError(f"the gamepad does not get to {name}; it reaches {[one for one, _ in self.ui.areas]}")


def test_a_game_is_begun_planned_ended_and_left_by_gamepad(tmp_path: Path) -> None:
    player = Padded(Store(tmp_path / "games.sqlite3"))
    player.go_to("settings")
    player.press(A)
    assert player.shows(SettingsPage)
    player.go_to("high_contrast")
    player.press(A)
    assert player.shell.settings["high_contrast"]
    player.press(B)
    player.go_to("play")
    player.press(A)
    player.press(A)  # the first words have been read
    player.settle()
    assert isinstance(player.shell.stack.top, PlayScene)
    player.press(Y)
    assert player.shows(HelpPage)
    player.press(B)
    player.settle()
    player.go_to("card listen")
    player.press(A)
    plan = player.scene.session.plan
    assert len(plan) == 1
    player.go_to(next(name for name, _ in player.ui.areas if name.startswith(("plan ", "chip "))))
    player.press(X)
    assert player.scene.session.plan == ()
    player.go_to("end season")
    player.press(A)
    assert player.scene.session.world.season == 1
    player.settle()  # so that a press is meant for what is seen now
    player.press(A)
    assert player.scene.told
    player.settle()
    player.press(A)
    assert player.scene.report is None
    player.press(B)
    assert player.shows(PausePage)
    player.go_to("leave")
    player.press(A)
    assert isinstance(player.shell.scene, TitleScene)
