"""What goes on with a season lies elsewhere at each stage: who presses one place again and again loses nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest

from game.level.library import shipped_levels
from game.screen.kit.wording import MOST, words_shown
from game.screen.pages.coming import ComingPage
from game.screen.pages.overlays import HelpPage
from game.screen.table.lenses import doors_of
from game.telling.say import say
from tests.screen import screens

GOING_ON = ("end season", "skip", "read", "finish")  # what ends a stage, by the names of its buttons
SIZES = ((1024, 600), *screens.SIZES, (1920, 1080))
LEVELS = [
    pytest.param(level, marks=[] if level in screens.BY_DAY else [pytest.mark.nightly])
    for level in sorted(path.stem for path in shipped_levels())
]


def stages(scene: screens.PlayScene) -> Iterator[str]:
    """Go through a season: its hand, how it is told, its strip, its report."""
    yield "hand"
    scene.end_season()
    yield "telling"
    scene.skip()
    yield "strip"
    scene.read()
    yield "report"
    scene.close_report()


def going_on(level: str) -> dict[tuple[tuple[int, int], float], dict[str, pygame.Rect]]:
    """Where each button lies in each window that ends a stage; the end with a win is offered in the last season."""
    scene = screens.PlayScene(screens.played(level, 2), level, opening=False)
    found = {(size, scale): {} for size in SIZES for scale in screens.SCALES}
    uis = {window: screens.new_ui(*window) for window in found}
    for season in range(2):
        if season == 1:
            scene.session.finish_offered = scene.session.world.season
        for stage in stages(scene):
            for window, ui in uis.items():
                screens.frame(ui, scene.stack.draw)
                _until_settled(ui, scene)
                for name, rect in ui.areas:
                    if name in GOING_ON:
                        key = f"{name} of the {stage}"
                        found[window][key] = rect.union(found[window].get(key, rect))
    scene.session.background.close()
    return found


def _until_settled(ui: screens.Ui, scene: screens.PlayScene) -> None:
    """Look at a stage until it can be ended, also how a season is told, however short that is."""
    screens.frame(ui, scene.stack.draw)
    while not scene.settled:
        screens.frame(ui, lambda ui: scene.stack.draw(ui, 0.5))
        if scene.stage == "telling":
            scene.told_seconds = 0.0
    screens.frame(ui, scene.stack.draw)


@pytest.mark.parametrize("level", LEVELS)
def test_what_ends_a_stage_lies_where_nothing_ends_another_at_any_size(level: str) -> None:
    wanted = {"end season of the hand", "skip of the telling", "read of the strip", "read of the report"}
    for window, found in going_on(level).items():
        assert wanted <= set(found), (window, sorted(found))
        does = {name: name.split(" of ")[0] for name in found}
        for one, first in found.items():
            for two, second in found.items():
                if does[one] < does[two]:
                    assert not first.colliderect(second), (window, one, first, two, second)


@pytest.mark.parametrize("size", [(1366, 768), (1008, 524)])
def test_a_double_press_loses_nothing_by_mouse(size: tuple[int, int]) -> None:
    level = "the_shared_pasture"
    player = screens.Viewer(screens.PlayScene(screens.session_of(level), level, opening=False))
    player.ui = screens.new_ui(size, 1.5)
    player.frame()
    scene = player.scene
    seen = []
    for name in ("end season", "skip", "read"):
        if name == "skip":
            _until_settled(player.ui, scene)
        elif name not in dict(player.ui.areas):
            player.settle()
        spot = dict(player.ui.areas)[name].center
        for _ in range(4):  # again and again, since nothing seems to happen
            player.frame(mouse=spot, pressed=True)
            player.frame(mouse=spot, released=True)
        seen.append((scene.stage, scene.session.world.season))
    assert seen == [("telling", 1), ("strip", 1), ("hand", 1)] and not scene.shown["plan"]["steps"]


def test_keys_of_what_can_be_opened_work_on_the_strip_as_at_the_table() -> None:
    level = "the_shared_pasture"
    player = screens.Viewer(screens.PlayScene(screens.session_of(level), level, opening=False))
    player.scene.end_season()
    player.scene.skip()
    player.settle()
    for code, kind in ((pygame.K_7, ComingPage), (pygame.K_w, ComingPage), (pygame.K_h, HelpPage)):
        player.key(code)
        assert player.shows(kind), pygame.key.name(code)
        player.key(code if kind is ComingPage else pygame.K_ESCAPE)
        assert player.scene.stack.top is player.scene and player.scene.report is not None
    for code, away in ((pygame.K_6, pygame.K_6), (pygame.K_l, pygame.K_ESCAPE)):
        player.key(code)
        assert player.scene.lens and "Loops: what drives what" in player.read(), pygame.key.name(code)
        player.key(away)
        player.settle()
        assert not player.scene.lens and player.scene.stack.top is player.scene
        assert "read" in dict(player.ui.areas), "the strip is there again"


def test_lenses_keep_their_words_after_a_season_where_there_is_room_for_them() -> None:
    """They are counted beside the hand alone, and not beside the strip that was drawn in the same frame before it."""
    player = screens.Viewer(screens.PlayScene(screens.session_of("first_steps"), "first_steps", opening=False))
    word = say("lens.numbered", key=1, word=say("lens.trust_word"))
    assert word in player.read()
    for _ in range(3):
        player.scene.end_season()
        player.scene.skip()
        player.click("read")
        player.settle()
        lost = word not in player.read()
        assert not lost or len(words_shown(player.ui)) + len(doors_of(player.scene)) + 1 > MOST
