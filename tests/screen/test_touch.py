"""A finger reaches whatever a mouse does: what it comes near to is what it means, 40 pixels wide and high."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest

from game.record.store import Store
from game.screen.app import FOR_FINGERS, read_input, scale_for
from game.screen.kit.finger import TARGET, meant, reach
from game.screen.kit.ui import Ui
from game.screen.pages.settings import SettingsPage
from tests.screen import screens
from tests.screen.players import Player

SIZES = ((1280, 800), (1350, 692), (1904, 1004))  # the last two are what a title bar leaves of usual screens
LEVELS = [
    pytest.param(level, marks=[] if level in screens.BY_DAY else [pytest.mark.nightly]) for level in screens.LEVELS
]


def touch(kind: int, spot: tuple[int, int]) -> pygame.event.Event:
    """What SDL makes of a finger beside its own events."""
    return pygame.event.Event(kind, pos=spot, button=1, touch=True)


def extent(number: int, areas: list[pygame.Rect], window: pygame.Rect) -> tuple[int, int]:
    """How wide and high that part of the window is in which a finger means one area, every second pixel tried."""
    own = areas[number]
    around = reach(own).clip(window)
    hits = [
        (x, y)
        for x in range(around.left, around.right, 2)
        for y in range(around.top, around.bottom, 2)
        if own.collidepoint(meant((x, y), areas))
    ]
    across, down = [x for x, _ in hits], [y for _, y in hits]
    return max(across) - min(across) + 2, max(down) - min(down) + 2


def small(ui: Ui) -> list[str]:
    """Return what a finger would miss: what is wholly in sight and takes less than it should."""
    found = []
    for number, (name, rect) in enumerate(ui.areas):
        if ui.in_sight[number].size != rect.size or min(rect.size) >= TARGET:
            continue
        width, height = extent(number, ui.in_sight, ui.surface.get_rect())
        if min(width, height) < TARGET:
            found.append(f"{name} {rect.size}: a finger has {width} x {height}")
    return found


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("size", [SIZES[0], *(pytest.param(one, marks=pytest.mark.nightly) for one in SIZES[1:])])
def test_everything_that_can_be_pressed_is_wide_and_high_enough(size: tuple[int, int], level: str) -> None:
    ui, found = screens.new_ui(size, 1.0), []
    ui.scale = scale_for(size, 1.0, FOR_FINGERS)
    for name, draw, mouse in screens.screens(level):
        screens.settle(ui, draw, mouse)
        found += [f"{name}: {fault}" for fault in small(ui)]
    assert not found, f"{len(found)} are too small:\n" + "\n".join(found[:25])


def test_the_measure_notices_what_is_too_small() -> None:
    ui = screens.new_ui((400, 300), 1.0)
    ui.begin(screens.Input())
    for place in range(3):
        ui.area(f"row {place}", pygame.Rect(100, 100 + 20 * place, 80, 18))
    ui.end()
    assert [fault.split(":")[0] for fault in small(ui)] == ["row 0 (80, 18)", "row 1 (80, 18)", "row 2 (80, 18)"]


def test_a_finger_beside_something_means_it_and_one_far_away_means_nothing() -> None:
    one, two = pygame.Rect(100, 100, 30, 20), pygame.Rect(140, 100, 60, 60)
    assert meant((110, 110), [one, two]) == (110, 110)
    assert one.collidepoint(meant((96, 92), [one, two])) and one.collidepoint(meant((134, 110), [one, two]))
    assert two.collidepoint(meant((150, 150), [one, two])) and two.collidepoint(meant((140, 125), [one, two]))
    assert meant((50, 50), [one, two]) == (50, 50)


def test_a_tap_beside_a_button_presses_it_and_makes_everything_larger(tmp_path: Path) -> None:
    player = Player(Store(tmp_path / "games.sqlite3"))
    player.frame()
    before, button = player.ui.scale, dict(player.ui.areas)["settings"]
    pygame.event.clear()
    spot = (button.left - 3, button.centery) if button.width < TARGET else (button.centerx, button.bottom + 1)
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        pygame.event.post(touch(kind, spot))
    found, _ = read_input(player.window)
    player.frame(mouse=found.mouse, pressed=found.pressed, released=found.released)
    player.frame()
    assert player.window.touched and player.ui.scale >= FOR_FINGERS > before
    assert player.shows(SettingsPage) or button.height >= TARGET
