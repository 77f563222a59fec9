"""Pages on a stack: the topmost is used, Escape shuts it, and what a page asks for is understood or refused."""

from __future__ import annotations

import pygame
import pytest

from game.language.unknown import UnknownKind
from game.record.saved_game import SavedGame
from game.screen.kit.messages import Branch, ChangeSetting
from game.screen.kit.stack import PageStack, ScreenPage
from game.screen.kit.ui import Ui
from game.screen.pages.overlays import HelpPage, PausePage
from tests.screen import screens
from tests.screen.players import Player


class Drawn(ScreenPage):
    """A page that writes down that it was drawn."""

    def __init__(self, name: str, log: list[str]) -> None:
        self.name, self.log = name, log

    def draw(self, ui: Ui) -> None:
        self.log.append(f"{self.name} below" if ui.blocked else self.name)
        ui.button(self.name, pygame.Rect(10, 10, 90, 30), self.name)


class Filling(Drawn):
    fills = True


class Alone(Drawn):
    alone = True


def drawn(stack: PageStack, log: list[str]) -> list[str]:
    log.clear()
    screens.frame(screens.new_ui((300, 200), 1.0), stack.draw)
    return list(log)


def test_what_lies_below_is_drawn_but_cannot_be_pressed() -> None:
    log: list[str] = []
    stack = PageStack(Filling("scene", log), Drawn("sheet", log))
    ui = screens.new_ui((300, 200), 1.0)
    screens.frame(ui, stack.draw)
    assert log == ["scene below", "sheet"]
    assert [name for name, _ in ui.areas] == ["sheet"]


def test_what_fills_the_window_or_lies_alone_hides_what_is_below_it() -> None:
    log: list[str] = []
    stack = PageStack(Filling("scene", log), Drawn("sheet", log), Alone("large", log))
    assert drawn(stack, log) == ["scene below", "large"]
    other = Filling("other", log)
    stack.push(other)
    assert drawn(stack, log) == ["other"] and stack.scene is other
    other.close()
    stack.top.close()
    assert drawn(stack, log) == ["scene below", "sheet"]


def test_escape_shuts_the_topmost_page_alone() -> None:
    log: list[str] = []
    stack = PageStack(Filling("scene", log), Drawn("one", log), Drawn("two", log))
    escape = pygame.event.Event(pygame.KEYDOWN, key=pygame.K_ESCAPE, mod=0)
    screens.frame(screens.new_ui((300, 200), 1.0), stack.draw, screens.Input(keys=[escape]))
    assert [page.name for page in stack.pages] == ["scene", "one"]


def test_a_new_page_is_a_class_and_one_line_that_opens_it() -> None:
    player = screens.Viewer(screens.PlayScene(screens.session_of("nail_and_barn"), "nail_and_barn", opening=False))
    page = Drawn("new", [])
    player.scene.stack.push(page)
    player.frame()
    assert [name for name, _ in player.ui.areas] == ["new"]
    player.key(pygame.K_e)
    assert player.scene.session.world.season == 0, "the table below hears no keys"
    player.key(pygame.K_ESCAPE)
    assert player.scene.stack.top is player.scene
    player.key(pygame.K_ESCAPE)
    assert player.shows(PausePage), "Escape pauses where nothing lies above the table"


def test_help_lies_above_the_strip_and_pauses_do_not_pile_up() -> None:
    scene = screens.PlayScene(screens.session_of("nail_and_barn"), "nail_and_barn", opening=False)
    scene.end_season()
    scene.read()
    player = screens.Viewer(scene)
    player.key(pygame.K_ESCAPE)
    assert scene.stack.top is scene and not scene.reading, "the first one lays the report aside"
    player.key(pygame.K_ESCAPE)
    player.click("pause help")
    player.frame()
    assert player.shows(HelpPage) and scene.report is not None
    for _ in range(2):
        player.key(pygame.K_ESCAPE)
        player.key(pygame.K_ESCAPE)
        assert len(scene.stack.pages) <= 3
    assert scene.report is not None


def test_a_message_that_nobody_knows_is_an_error() -> None:
    player = Player(None)
    player.shell.stack.send(SavedGame("x", 1, 1, ()))  # type: ignore[arg-type]
    with pytest.raises(UnknownKind, match="SavedGame"):
        player.frame()
    player.shell.stack.send(ChangeSetting("colour", True))
    with pytest.raises(UnknownKind, match="colour"):
        player.frame()


def test_messages_are_plain_values() -> None:
    assert Branch(3) == Branch(3) != Branch(4)
