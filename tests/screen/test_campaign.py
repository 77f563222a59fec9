"""The map of the campaign: every station is reached, told apart by shape, and in sight where one stands."""

from __future__ import annotations

import pygame
import pytest

from game.screen.campaignmap import places
from game.screen.title import TitleScene
from tests.screen import screens


def drawn(title: TitleScene, size: tuple[int, int] = (1280, 800), scale: float = 1.0) -> screens.Ui:
    ui = screens.new_ui(size, scale)
    for _ in range(3):
        screens.frame(ui, lambda one: title.draw(one, 0.0))
    return ui


@pytest.mark.parametrize(("size", "scale"), [((1024, 640), 2.0), ((1280, 800), 1.0)])
def test_the_keyboard_walks_to_every_station_and_each_comes_into_sight(size: tuple[int, int], scale: float) -> None:
    title = screens.long_campaign(19)
    ui = drawn(title, size, scale)
    tab = pygame.event.Event(pygame.KEYDOWN, key=pygame.K_TAB, mod=0)
    seen = set()
    for _ in range(60):
        screens.frame(ui, lambda one: title.draw(one, 0.0), screens.Input(mouse=screens.AWAY, keys=[tab]))
        screens.frame(ui, lambda one: title.draw(one, 0.0))
        if ui.focus.startswith("level level_"):
            box = dict(ui.areas)[ui.focus]
            mark = next(mark for mark in ui.marks if mark.kind == "button" and mark.rect == box)
            assert mark.seen.height == box.height, ui.focus
            seen.add(ui.focus)
    assert seen == {f"level level_{number}" for number in range(19)}


def test_a_map_that_is_too_long_begins_where_one_stands() -> None:
    title = screens.long_campaign(19)
    title.chosen = title.levels[15]
    ui = drawn(title, (1024, 640), 2.0)
    mark = next(mark for mark in ui.marks if mark.kind == "button" and mark.rect == dict(ui.areas)["level level_15"])
    assert mark.seen.height == mark.rect.height


def test_without_an_emblem_a_station_has_its_number_and_a_lock_hides_it() -> None:
    title = screens.long_campaign(10)
    title.levels = [level.model_copy(update={"emblem": "no_such_picture"}) for level in title.levels]
    told = [mark.text for mark in drawn(title).marks]
    assert {"0", "5", "6"} <= set(told) and "9" not in told


def test_what_a_station_is_shows_without_colour() -> None:
    """The same station won, open and locked differs in grey too: by wreath, emblem and padlock."""
    pictures = []
    for progress, open_all in (({"level_3": True}, False), ({}, True), ({}, False)):
        title = screens.long_campaign(5)
        title.progress, title.open_all, title.chosen = progress, open_all, title.levels[0]
        ui = drawn(title)
        box = dict(ui.areas)["level level_3"]
        disc = pygame.Rect(box.x, box.y - 6, box.width, 74)
        pictures.append(pygame.transform.grayscale(ui.surface.subsurface(disc)))
    as_bytes = [pygame.image.tobytes(one, "RGB") for one in pictures]
    for place, one in enumerate(as_bytes):
        for two in as_bytes[place + 1 :]:
            differing = sum(abs(a - b) > 40 for a, b in zip(one, two, strict=True)) / len(one)
            assert differing > 0.02


@pytest.mark.parametrize("count", [1, 2, 4, 10, 19])
def test_stations_have_their_room_at_any_number(count: int) -> None:
    ui = screens.new_ui((1280, 800), 1.0)
    found, high = places(ui, 780, 640, count, 50)
    assert (len(found) == count and high >= 640 - 1) or count == 0
    for number, (x, y) in enumerate(found):
        assert 60 <= x <= 720 and y < high - 50
        assert all(abs(x - other) >= 124 or abs(y - below) >= 120 for other, below in found[number + 1 :])
