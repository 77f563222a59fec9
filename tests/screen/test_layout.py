"""Nothing is cut off, covered or outside, at any size of the window and of the letters."""

from __future__ import annotations

import pygame
import pytest

from game.screen.kit.ui import Mark, Ui
from tests.screen import screens

WINDOWS = [(size, scale) for size in screens.SIZES for scale in screens.SCALES]
LEVELS = [
    pytest.param(level, marks=[] if level in screens.BY_DAY else [pytest.mark.nightly]) for level in screens.LEVELS
]
# The least room and the largest letters, and the other way round.
EXTREMES = [(WINDOWS[0][0], WINDOWS[-1][1]), (WINDOWS[-1][0], WINDOWS[0][1])]
BETWEEN = [window for window in WINDOWS if window not in EXTREMES]


def inked(mark: Mark) -> pygame.Rect:
    """The part of a line of text that holds ink: above and below it there is air."""
    air = round(mark.seen.height * 0.16)
    return mark.seen.inflate(-2, -2 * air)


def faults(ui: Ui) -> list[str]:
    """Return what is wrong with a frame, in words."""
    window = ui.surface.get_rect()
    found = []
    for mark in ui.marks:
        if not mark.inside.inflate(2, 2).contains(mark.rect):
            found.append(f"{mark.kind} {mark.text!r} {mark.rect} leaves {mark.inside}")
        if not mark.scrolls and not window.contains(mark.rect):
            found.append(f"{mark.kind} {mark.text!r} {mark.rect} leaves the window")
    for kind in ("text", "button"):
        marks = [mark for mark in ui.marks if mark.kind == kind and mark.seen.width and mark.seen.height]
        for place, one in enumerate(marks):
            first = inked(one) if kind == "text" else one.seen.inflate(-2, -2)
            for two in marks[place + 1 :]:
                second = inked(two) if kind == "text" else two.seen.inflate(-2, -2)
                if one.layer == two.layer and first.colliderect(second):
                    found.append(f"{kind} {one.text!r} {one.seen} covers {two.text!r} {two.seen}")
    return found


@pytest.mark.usefixtures("dreaming")
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    "windows",
    [pytest.param(EXTREMES, id="extremes"), pytest.param(BETWEEN, id="between", marks=pytest.mark.nightly)],
)
def test_nothing_is_cut_covered_or_outside(windows: list[tuple[tuple[int, int], float]], level: str) -> None:
    """Each page is shown in all windows, as to somebody who pulls at the window's edge."""
    uis = [(*window, screens.new_ui(*window)) for window in windows]
    found = []
    for name, draw, mouse in screens.screens(level):
        uis.reverse()  # it begins in the window that it was seen in last, for which the land is drawn already
        for size, scale, ui in uis:
            screens.settle(ui, draw, mouse)
            assert ui.marks, name
            found += [f"{name} at {size[0]}x{size[1]}, letters {scale:g}: {fault}" for fault in faults(ui)]
    assert not found, f"{len(found)} faults:\n" + "\n".join(found[:25])


def test_the_measure_notices_faults() -> None:
    ui = screens.new_ui((400, 300), 1.0)
    ui.begin(screens.Input())
    box = pygame.Rect(10, 10, 60, 30)
    ui.text("far too long for its box", (12, 12), inside=box)
    ui.text("covered", (14, 14))
    ui.text("outside", (380, 280))
    assert any("leaves Rect(10" in fault for fault in faults(ui))
    assert any("covers" in fault for fault in faults(ui))
    assert any("leaves the window" in fault for fault in faults(ui))


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_scrolled_away_can_be_reached_by_keyboard(level: str) -> None:
    """Tab through everything: whatever holds the focus is in sight."""
    ui = screens.new_ui((1024, 640), 2.0)
    scene = screens.PlayScene(screens.played(level, 3), level, opening=False)
    screens.settle(ui, scene.stack.draw)
    seen: set[str] = set()
    tab = pygame.event.Event(pygame.KEYDOWN, key=pygame.K_TAB, mod=0)
    for _ in range(3 * len(ui.areas)):  # once round: how much there is hangs on the level
        screens.frame(ui, scene.stack.draw, screens.Input(mouse=screens.AWAY, keys=[tab]))
        screens.frame(ui, scene.stack.draw)
        seen.add(ui.focus)
        mark = next(
            (mark for mark in ui.marks if mark.kind == "button" and dict(ui.areas)[ui.focus] == mark.rect), None
        )
        if mark is not None:
            assert mark.seen.height >= min(mark.rect.height, 40), (ui.focus, mark)
    assert {f"card {name}" for name in scene.shown.dealt()["cards"]} <= seen


def test_large_letters_are_large() -> None:
    """Where the window has room, a scale of 2 doubles the letters."""
    assert screens.scale_for((1280, 800), 2.0) == pytest.approx(2.0)
    assert screens.scale_for((2560, 1440), 2.0) == pytest.approx(3.6)
    assert screens.scale_for((1024, 640), 0.8) == pytest.approx(0.64)


def cut(ui: Ui) -> list[str]:
    """What ends in dots because its box was too narrow."""
    return [mark.text for mark in ui.marks if mark.kind == "text" and mark.text.endswith("…")]


@pytest.mark.parametrize("size", [(1024, 600), screens.SIZES[0]])
def test_no_name_of_a_level_is_cut_on_the_map_of_a_small_window(size: tuple[int, int]) -> None:
    ui = screens.new_ui(size, 1.0)
    title = screens.TitleScene({}, [], None, "")
    screens.settle(ui, title.stack.draw)
    assert [mark for mark in ui.marks if "river" in mark.text] and cut(ui) == []


@pytest.mark.usefixtures("dreaming")
@pytest.mark.parametrize("level", ["first_steps", "nail_and_barn"])
def test_numbers_of_a_season_leave_out_their_unit_rather_than_themselves(level: str) -> None:
    ui = screens.new_ui((1024, 600), 1.0)
    scene = screens.PlayScene(screens.session_of(level), level, opening=False)
    scene.end_season()
    scene.skip()
    screens.settle(ui, scene.stack.draw)
    told = [mark.text for mark in ui.marks if " → " in mark.text]
    assert len(told) >= 2 and not [text for text in told if text.endswith("…")]
