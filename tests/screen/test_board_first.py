"""The board takes the window: how much of it is open land, how few words stand on it, what keeps its place."""

from __future__ import annotations

import pygame
import pytest

from game.level.library import shipped_levels
from game.screen.measure import board_share, measured, words_shown
from tests.screen import screens

SIZES = {(1280, 800): 0.50, (1366, 768): 0.50, (1600, 900): 0.55, (1920, 1080): 0.55}  # the least share of open land
MOST_WORDS = 90
SEASONS = (0, 2, 6)
LEVELS = sorted(path.stem for path in shipped_levels())


def still(ui: screens.Ui, scene: screens.PlayScene) -> None:
    """Draw the table while nothing is pointed at."""
    for _ in range(2):
        screens.frame(ui, scene.stack.draw)


@pytest.mark.parametrize("level", LEVELS)
def test_the_land_takes_the_window_and_few_words_stand_on_it(level: str) -> None:
    uis = {size: screens.new_ui(size, 1.0) for size in SIZES}
    session = screens.session_of(level)
    for season in range(max(SEASONS) + 1):
        if season in SEASONS:
            scene = screens.PlayScene(session, level, opening=False)
            for size, ui in uis.items():
                still(ui, scene)
                found = measured(ui, scene)
                assert found["board_share"] >= SIZES[size], (season, size, found)
                assert found["words"] <= MOST_WORDS, (season, size, words_shown(ui))
        if session.over:
            break
        session.end_turn()


@pytest.mark.parametrize("level", ["first_steps", "the_shared_pasture"])
def test_name_price_and_main_effect_of_every_open_card_are_read_without_pointing(level: str) -> None:
    scene = screens.PlayScene(screens.session_of(level), level, opening=False)
    ui = screens.new_ui((1280, 800), 1.0)
    still(ui, scene)
    told = [mark.text for mark in ui.marks if mark.kind == "text"]
    for card in scene.fresh_cards():
        if not card["possible"]:
            continue
        rect = dict(ui.areas)[f"card {card['id']}"]
        on_it = " ".join(mark.text for mark in ui.marks if mark.kind == "text" and rect.contains(mark.rect.clip(rect)))
        assert card["name"] in on_it.replace("\n", " "), (card["name"], told)
        options = [option for option in card["options"] if not option["obstacle"]]
        cheapest = min(options, key=lambda option: option["days"])
        assert all(cost["text"] in on_it and cost["icon"] for cost in cheapest["costs"])
        brought = [one for option in options for one in option["brings"]]
        assert all(one["text"] or one["icon"] for one in brought)
        assert not brought or not brought[0]["text"] or any(one["text"] in on_it for one in brought)


def test_what_covers_the_land_is_counted() -> None:
    level = "first_steps"
    scene = screens.PlayScene(screens.session_of(level), level, opening=False)
    ui = screens.new_ui((1280, 800), 1.0)
    still(ui, scene)
    free = board_share(ui, scene)
    place = scene.view.place
    assert place is not None
    ui.panel(pygame.Rect(place.x, place.y, 100, 100))
    assert board_share(ui, scene) == pytest.approx(free - 10_000 / (1280 * 800), abs=0.003)
    before = len(words_shown(ui))
    ui.text("three more words and 14 t", (0, 0))
    assert len(words_shown(ui)) == before + 4


@pytest.mark.parametrize("level", ["first_steps", "the_shared_pasture", "wolves_and_aspens"])
def test_cards_and_buttons_keep_their_places_through_a_game(level: str) -> None:
    session = screens.session_of(level)
    scene = screens.PlayScene(session, level, opening=False)
    ui = screens.new_ui((1280, 800), 1.0)

    def places() -> dict[str, pygame.Rect]:
        still(ui, scene)
        kept = ("card ", "end season", "undo", "redo", "lens", "coming", "help", "pause")
        return {name: rect.copy() for name, rect in ui.areas if name.startswith(kept)}

    start = places()
    for _ in range(4):
        screens.fill_plan(scene, 3)
        planned = places()
        assert all(planned[name] == rect for name, rect in start.items())
        scene.end_season()
        scene.read()
        scene.close_report()
        while scene.stack.top is not scene:
            scene.stack.top.close()
        now = places()
        assert all(now[name] == rect for name, rect in start.items())


def test_what_is_pointed_at_is_told_beside_it_shortly_and_wholly_once_pressed() -> None:
    level = "the_shared_pasture"
    scene = screens.PlayScene(screens.played(level, 2), level, opening=False)
    player = screens.Viewer(scene)
    place = scene.view.place
    assert place is not None
    spot = (place.x + round(place.width * 0.4), place.y + round(place.height * 0.4))
    quiet = len(words_shown(player.ui))
    for _ in range(2):
        player.frame(mouse=spot)
    short = len(words_shown(player.ui))
    assert "Grass around here" in player.read() and quiet < short
    player.frame(mouse=spot, pressed=True)
    player.frame(mouse=spot, released=True)
    assert scene.popup.rect is not None and len(words_shown(player.ui)) > short
    assert not scene.popup.rect.collidepoint(spot), "it lies beside what it speaks of"
    player.key(pygame.K_ESCAPE)
    assert scene.popup.rect is None and scene.stack.top is scene, "Escape shuts it and does not pause"


def test_a_kind_of_power_is_told_by_the_shape_of_its_card() -> None:
    from game.screen.table.shapes import card_outline

    rect = pygame.Rect(0, 0, 120, 64)
    shapes = {mode: card_outline(rect, mode, 8) for mode in ("over", "with", "neutral")}
    assert len({tuple(points) for points in shapes.values()}) == 3
    assert len(shapes["over"]) == 8, "eight straight edges"
    assert len(shapes["with"]) > 30, "a curve"
