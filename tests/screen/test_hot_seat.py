"""Several people at one keyboard: behind the hand-over nothing of the next one's table is seen or reached."""

from __future__ import annotations

import string
from collections.abc import Iterator

import pygame
import pytest

from game.playing.session import Session
from game.playing.view_of_one import households
from game.screen.pages.overlays import HandoverPage, HelpPage, PausePage
from tests.screen import screens

LEVEL = "the_shared_pasture"
SIZES = {"wide": (1280, 800), "folded": (900, 600)}
KEYS = [
    *(ord(sign) for sign in string.ascii_lowercase + string.digits),
    pygame.K_F1, pygame.K_TAB, pygame.K_LEFT, pygame.K_UP, pygame.K_PAGEDOWN, pygame.K_BACKSPACE,
]  # fmt: skip


def with_secrets(session: Session) -> Session:
    """Give Birch, who comes second, another plan, other days and another knowledge of Alder than usual."""
    model, world = session.model, session.world
    listens = next(index for index, one in enumerate(model.candidates) if one.key == "listen:alder")
    session.planning[1].change((listens,))
    days = session.roles.days
    assert days is not None
    world.stock[days][1] -= 1.0
    world.stock["known"][0, 1] = 1.0  # of Alder, to Birch
    return session


def at_hand_over(session: Session, size: tuple[int, int]) -> screens.Viewer:
    """Somebody in front of the hand-over from Alder, who has looked around, to Birch."""
    scene = screens.PlayScene(session, LEVEL, opening=False)
    player = screens.Viewer(scene)
    player.ui = screens.new_ui(size, 1.0)
    player.settle()
    player.key(pygame.K_RETURN)  # Alder is ready
    player.settle()
    player.frame(mouse=dict(player.ui.areas)["board"].center)
    player.frame()
    player.click("end season")
    player.settle()
    return player


def picture(player: screens.Viewer) -> bytes:
    return pygame.image.tobytes(player.ui.surface, "RGB")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_the_hand_over_looks_the_same_whatever_the_next_one_knows_and_plans(size: tuple[int, int]) -> None:
    plain, secret = screens.played(LEVEL, 1, 2), with_secrets(screens.played(LEVEL, 1, 2))
    assert [one["need"] for one in households(plain)] == [one["need"] for one in households(secret)], "Alder's view"
    one, other = at_hand_over(plain, size), at_hand_over(secret, size)
    assert one.shows(HandoverPage) and one.scene.session.seat == 1
    assert picture(one) == picture(other)
    for player in (one, other):
        player.key(pygame.K_RETURN)
    assert one.scene.stack.top is one.scene and picture(one) != picture(other), "what is hidden is there"


def test_not_even_the_frame_in_which_a_turn_ends_shows_the_next_table() -> None:
    player = screens.Viewer(screens.PlayScene(screens.played(LEVEL, 1, 2), LEVEL, opening=False))
    player.settle()
    player.key(pygame.K_RETURN)
    player.settle()
    screens.frame(player.ui, player.scene.stack.draw,
                  screens.Input(mouse=dict(player.ui.areas)["end season"].center, pressed=True))  # fmt: skip
    assert player.shows(HandoverPage)
    assert [name for name, _ in player.ui.areas] == [], "nothing of it can be pressed in its first moment"
    at_once = picture(player)
    player.frame()
    assert picture(player) == at_once, "it hides as much as all later ones"
    player.settle()
    assert [name for name, _ in player.ui.areas] == ["sheet Birches: your turn"]


def pressed_anything(player: screens.Viewer) -> Iterator[str]:
    """Press every key and click all over the window, but for the button that says that one is ready."""
    (_, ready), *_ = player.ui.areas
    for code in KEYS:
        player.key(code)
        yield pygame.key.name(code)
    for x in range(20, player.ui.surface.get_width(), 60):
        for y in range(20, player.ui.surface.get_height(), 60):
            if not ready.collidepoint(x, y):
                player.frame(mouse=(x, y), pressed=True, wheel=-1)
                player.frame(mouse=(x, y), released=True)
                yield f"{x}, {y}"


def test_no_key_and_no_click_gets_past_the_hand_over() -> None:
    player = at_hand_over(with_secrets(screens.played(LEVEL, 1, 2)), SIZES["wide"])
    scene, seen = player.scene, player.read()
    plan, view = scene.session.plan, scene.inspect
    for what in pressed_anything(player):
        assert player.shows(HandoverPage), what
        assert player.read() == seen, what
    assert scene.session.plan == plan and scene.session.seat == 1 and not scene.lens and scene.inspect == view


def test_pause_and_help_lie_above_the_hand_over_and_hide_as_much() -> None:
    player = at_hand_over(with_secrets(screens.played(LEVEL, 1, 2)), SIZES["wide"])
    player.key(pygame.K_ESCAPE)
    assert player.shows(PausePage)
    paused = picture(player)
    usual = at_hand_over(screens.played(LEVEL, 1, 2), SIZES["wide"])
    usual.key(pygame.K_ESCAPE)
    assert picture(usual) == paused
    player.click("pause help")
    player.frame()
    assert player.shows(HelpPage)
    player.key(pygame.K_ESCAPE)
    assert player.shows(HandoverPage)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_a_season_is_told_without_what_the_first_one_alone_knows(size: tuple[int, int]) -> None:
    pictures = []
    for alder_knows in (False, True):
        session = screens.played(LEVEL, 1, 2)
        scene = screens.PlayScene(session, LEVEL, opening=False)
        player = screens.Viewer(scene)
        player.ui = screens.new_ui(size, 1.0)
        for _ in session.seats:
            for code in (pygame.K_RETURN, pygame.K_e):
                player.settle()
                player.key(code)
        assert scene.report is not None and session.seat == 0
        if alder_knows:
            session.world.stock["known"][1:, 0] = 1.0
            session.world.stock["trust"][:] = 0.9
        scene.shown.count_farings()  # what is counted meanwhile is a difference of the machine and of nobody's
        told = []
        for seconds in (0.5, 60.0):
            scene.told_seconds = seconds
            player.settle()  # so that a press is meant for what is seen now
            player.frame(mouse=scene.view.place.center)
            player.frame(mouse=scene.view.place.center)
            told.append(picture(player))
        pictures.append(told)
        player.key(pygame.K_RETURN)
        assert player.shows(HandoverPage)
    assert pictures[0] == pictures[1]
