"""Lenses lie over the same board, each on a number key with a legend of one line."""

from __future__ import annotations

import pygame
import pytest

from game.level.library import data_root
from game.screen.measure import board_share
from game.screen.pages.coming import ComingPage
from game.screen.table.lenses import doors_of, legend_of, lenses_of, word_of
from tests.screen import screens

LEVEL = "the_shared_pasture"


@pytest.fixture
def player() -> screens.Viewer:
    return screens.Viewer(screens.PlayScene(screens.played(LEVEL, 2), LEVEL, opening=False))


@pytest.mark.parametrize("name", ["trust", "grievance", "living", "water", "use"])
def test_a_number_key_lays_a_lens_over_the_board_with_its_legend_and_takes_it_off(
    player: screens.Viewer, name: str
) -> None:
    place, key = player.scene.view.place, pygame.K_1 + lenses_of(player.scene).index(name)
    before = pygame.surfarray.array3d(player.ui.surface.subsurface(place)).astype(int)
    free = board_share(player.ui, player.scene)
    player.key(key)
    legend = legend_of(player.scene, name)
    assert legend in player.read() and len(legend.split()) <= 14
    seen = pygame.surfarray.array3d(player.ui.surface.subsurface(place)).astype(int)
    assert (abs(seen - before).max(axis=2) > 12).mean() > 0.2, "the land looks otherwise"
    assert board_share(player.ui, player.scene) > free - 0.03, "and only the legend lies on it"
    player.key(key)
    assert legend not in player.read()


def test_one_lens_takes_the_place_of_another_and_escape_takes_it_off(player: screens.Viewer) -> None:
    player.key(pygame.K_1)
    player.key(pygame.K_3)
    assert player.scene.overlay == "living" and legend_of(player.scene, "trust") not in player.read()
    player.key(pygame.K_ESCAPE)
    assert player.scene.overlay == "" and player.scene.stack.top is player.scene


def test_loops_and_what_is_coming_have_numbers_too(player: screens.Viewer) -> None:
    player.key(pygame.K_6)
    assert player.scene.lens
    player.key(pygame.K_ESCAPE)
    player.key(pygame.K_7)
    assert player.shows(ComingPage)


def test_each_lens_has_a_button_with_its_number(player: screens.Viewer) -> None:
    said = player.read()
    for number, name in enumerate(doors_of(player.scene), start=1):
        assert f"{number} {word_of(player.scene, name)}" in said
    player.click("lens use")
    assert player.scene.overlay == "use"


def of(level: str) -> screens.Viewer:
    file = data_root() / "levels" / "templates" / f"{level}.yaml"
    name = str(file) if file.is_file() else level
    return screens.Viewer(screens.PlayScene(screens.session_of(name), level, opening=False))


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("the_shared_pasture", ["Trust", "Anger", "Grass", "Water", "Use", "Loops", "Coming"]),
        ("the_living_forest", ["Trust", "Anger", "Old forest", "Water", "Use", "Loops", "Coming"]),
        ("school", ["Trust", "Anger", "Loops", "Coming"]),
        ("town", ["Trust", "Anger", "Shade", "Loops", "Coming"]),
        ("fishery", ["Trust", "Anger", "Fish", "Use", "Loops", "Coming"]),
    ],
)
def test_a_level_has_the_lenses_that_it_has_something_for_called_as_it_calls_it(level: str, words: list[str]) -> None:
    player = of(level)
    assert [word_of(player.scene, name) for name in doors_of(player.scene)] == words
    numbered = {label.partition(" ")[2] for label in player.read() if label[:1].isdigit()}
    assert not {"Growth", "Water", "Grass", "Use"}.difference(words) & numbered


def test_the_keys_after_the_last_lens_open_loops_and_what_is_coming() -> None:
    player = of("school")
    player.key(pygame.K_3)
    assert player.scene.lens and not player.scene.overlay
    player.key(pygame.K_ESCAPE)
    player.key(pygame.K_4)
    assert player.shows(ComingPage)
    player.key(pygame.K_ESCAPE)
    player.key(pygame.K_5)
    assert not player.scene.overlay and not player.scene.lens and player.scene.stack.top is player.scene


@pytest.mark.parametrize("level", screens.LEVELS)
def test_at_most_five_loops_are_shown_each_with_a_sentence(level: str) -> None:
    scene = screens.PlayScene(screens.played(level, 4), level, opening=False)
    found = scene.loops.found()[0]
    assert len(found) <= 5
    for number, one in enumerate(found):
        sentences = [text for text, *_ in scene.loops._row_lines(number, one) if text.endswith(".")]
        assert sentences and one["text"].startswith(sentences[0].rstrip("."))
