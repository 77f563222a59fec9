"""How often the window is drawn: rarely while nobody does anything, at once when somebody does."""

from __future__ import annotations

import os

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"

import pygame
import pytest

from game.screen.app import HIDDEN, PATIENT, QUIET, STILL_QUIET, Pace
from game.screen.kit.breath import BREATH, Breath
from game.screen.kit.ui import Input
from tests.screen import screens
from tests.screen.players import Player


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How long each frame would have waited for something to happen."""
    pygame.display.set_mode((640, 400))
    found: list[int] = []

    def wait(milliseconds: int) -> pygame.event.Event:
        found.append(milliseconds)
        return pygame.event.Event(pygame.NOEVENT)

    monkeypatch.setattr(pygame.event, "wait", wait)
    monkeypatch.setattr(pygame.time, "wait", found.append)
    return found


def test_frames_become_rarer_after_a_while_without_a_hand_and_never_before(waits: list[int]) -> None:
    pace = Pace()
    for _ in range(int(PATIENT) - 1):
        pace.wait()
        pace.saw(Input(), 1.0)
    assert waits == []
    for _ in range(3):
        pace.saw(Input(), 1.0)
    pace.wait()
    assert waits == [QUIET]


@pytest.mark.parametrize(
    "done",
    [
        Input(mouse=(9, 9)), Input(pressed=True), Input(held=True), Input(text="a"), Input(wheel=1),
        Input(keys=[pygame.event.Event(pygame.KEYDOWN, key=pygame.K_e, mod=0)]),
    ],
)  # fmt: skip
def test_whatever_somebody_does_brings_all_frames_back(done: Input, waits: list[int]) -> None:
    pace = Pace()
    pace.saw(Input(), PATIENT * 2)
    pace.saw(done, 0.1)
    pace.wait()
    assert waits == []


def test_what_ends_the_wait_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    pygame.display.set_mode((640, 400))
    pygame.event.clear()
    pace = Pace()
    pace.saw(Input(), PATIENT * 2)
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_e, mod=0))
    pace.wait()
    assert pygame.K_e in [event.key for event in pygame.event.get(pygame.KEYDOWN)]


def test_a_window_that_cannot_be_seen_rests_longest(waits: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pygame.display, "get_active", lambda: False)
    Pace().wait()
    assert waits == [HIDDEN]


def test_a_press_that_was_meant_for_what_lay_there_before_does_nothing() -> None:
    """Whoever presses twice because nothing seems to have happened loses no report and no season."""
    player = Player(None)
    model = screens.model_of("first_steps")
    player.shell.start(model, "first_steps", 1, 5, model.level.default_policies())
    player.begin_at_once()
    player.settle()
    scene, season = player.scene, player.scene.session.world.season
    for code in ("e", "e", "space", "enter"):
        player.key(code)
    assert scene.report is not None and not scene.told, "its telling has just begun"
    player.settle()
    for code in ("space", "space", "enter", "e"):
        player.key(code)
    assert scene.report is not None and scene.told, "the strip has just come up"
    player.settle()
    for code in ("enter", "e", "e"):
        player.key(code)
    assert scene.report is None and scene.session.world.season == season + 1, "the hand has just come up"
    card = next(card for card in scene.fresh_cards() if card["possible"])
    assert not scene.selected and not scene.shown["plan"]["steps"], "keys were pressed, and no card"
    player.click(f"card {card['id']}")
    assert scene.selected or scene.shown["plan"]["steps"], "where nothing was pressed before, a card is meant"


def test_where_nothing_moves_by_itself_frames_are_rarer_still(waits: list[int]) -> None:
    pace = Pace(lambda: True)
    for _ in range(2):
        pace.saw(Input(), PATIENT)
    pace.wait()
    assert waits == [STILL_QUIET] and STILL_QUIET > QUIET


def test_where_a_frame_takes_seconds_a_press_from_before_a_stage_was_seen_does_not_end_it() -> None:
    """What is pressed while a frame is drawn comes with the next one: then the stage has been drawn, but not seen."""
    breath = Breath("hand", over=True)
    assert breath.over()
    for ready in (False, False, True):
        breath.draw("telling", 30.0)
        assert breath.over() is ready
    for _ in range(5):
        breath.draw("strip", BREATH / 9)
    assert not breath.over(), "nor do many frames in no time count"
