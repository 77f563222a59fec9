"""Somebody who plays through events alone: clicks and keys, with a policy to advise on what to plan."""

from __future__ import annotations

import os
from collections.abc import Collection

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"

import pygame

from game.players.policies import plan_season
from game.record.settings import Settings
from game.record.store import Store
from game.screen.app import DESIGN, Window
from game.screen.kit.breath import FRAMES
from game.screen.kit.stack import ScreenPage
from game.screen.pages.overlays import OpeningPage
from game.screen.shell import Shell
from game.screen.table.play import PlayScene
from tests.screen import screens

KEYS = {"tab": pygame.K_TAB, "enter": pygame.K_RETURN, "escape": pygame.K_ESCAPE, "delete": pygame.K_DELETE}


class Player:
    """Somebody in front of the program, with one frame for everything they do."""

    def __init__(self, store: Store | None, notice: str = "") -> None:
        screens.surface_of(DESIGN)
        surface = pygame.display.set_mode(DESIGN)
        self.window = Window(surface, screens.Ui(surface))
        settings = Settings(store.file.with_name("settings.toml"), store) if store else Settings()
        self.shell = Shell(self.window, store, notice, settings=settings)
        self.shell.title()
        self.going = True
        self.frame()

    @property
    def ui(self) -> screens.Ui:
        return self.window.ui

    @property
    def scene(self) -> PlayScene:
        assert isinstance(self.shell.scene, PlayScene)
        return self.shell.scene

    def shows(self, kind: type[ScreenPage]) -> bool:
        return isinstance(self.shell.stack.top, kind)

    def begin_at_once(self) -> None:
        """Put the first words of a level away."""
        page = self.shell.stack.find(OpeningPage)
        if page is not None:
            page.close()

    def frame(self, seconds: float = 0.02, **events: object) -> None:
        self.ui.begin(screens.Input(**{"mouse": screens.AWAY, **events}))
        self.going = self.shell.frame(self.ui, seconds)
        self.ui.end()

    def key(self, name: str, mod: int = 0) -> None:
        code = KEYS.get(name) or pygame.key.key_code(name)
        self.frame(keys=[pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod)])
        self.frame(seconds=0.0)

    def click(self, name: str) -> None:
        self.frame()
        if name not in dict(self.ui.areas):  # what has just come up is not lit yet
            self.settle()
        self.click_at(dict(self.ui.areas)[name].center)

    def click_at(self, spot: tuple[int, int]) -> None:
        self.frame(mouse=spot, pressed=True)
        self.frame(mouse=spot, released=True)

    def type(self, text: str) -> None:
        for sign in text:
            self.frame(text=sign)

    def enter_name(self, name: str) -> None:
        self.click("profile")
        self.frame()
        self.type(name)
        self.key("enter")
        self.frame()

    def walk_to(self, name: str) -> None:
        for _ in range(80):
            self.key("tab")
            if self.ui.focus == name:
                return
        raise AssertionError(f"the keyboard does not get to {name}; it reaches {[one for one, _ in self.ui.areas]}")

    def settle(self) -> None:
        """Look at what has come up until a press is meant for it."""
        for _ in range(FRAMES + 1):
            self.frame(seconds=0.5)

    def season(self) -> None:
        self.settle()
        self.key("e")
        self.settle()
        self.key("space")
        self.settle()
        self.key("enter")
        self.settle()

    def begin(self, level: str, others: str) -> None:
        """Choose a level on the map, say how the others play, and read the opening."""
        self.frame()
        if not self.shell.scene.open_all:  # type: ignore[union-attr]
            self.click("open all")
        self.click(f"level {level}")
        self.click(f"others {others}")
        self.click("play")
        self.key("enter")

    def plan_as(self, policy: str) -> int:
        """Plan by mouse what a policy would plan with the cards in hand; return how many actions stand in the plan."""
        session = self.scene.session
        advice = plan_season(session.model, session.world, (policy,) * len(session.policies)).chosen[:, 0, 0]
        for candidate in advice[advice >= 0].tolist():
            if session.model.candidates[candidate].action in self.scene.shown.dealt()["cards"]:
                self._choose(candidate)
        return len(session.plan)

    def answer(self, refused: Collection[str] = ()) -> int:
        """Open the letters and say yes to each, no to those that offer what is refused; return how many there were."""
        self.frame()
        letters = self.scene.session.letters()
        if "letters" not in dict(self.ui.areas):
            return 0
        self.click("letters")
        for number, letter in enumerate(letters):
            action = self.scene.session.model.candidates[letter.candidate].action
            name = f"letter {number} {'no' if action in refused else 'yes'}"
            self.frame()
            if name in dict(self.ui.areas):  # the same offered by another one is answered with it
                self.click(name)
        self.click("letters done")
        self.settle()  # a press on a card in the moment in which the page goes is not meant for it
        return len(letters)

    def _choose(self, candidate: int) -> None:
        chosen = self.scene.session.model.candidates[candidate]
        card, before = f"card {chosen.action}", len(self.scene.session.plan)
        self.frame()
        if card in dict(self.ui.areas):
            self.click(card)
        else:  # it lies below what is in sight
            self.walk_to(card)
            self.key("enter")
        if len(self.scene.session.plan) > before or not self.scene.selected:
            return
        self.frame()
        options = [name for name, _ in self.ui.areas if name.startswith("option ")]
        wanted = f"option {chosen.key}"
        if wanted in options or options:
            self.click(wanted if wanted in options else options[0])
        if len(self.scene.session.plan) == before:
            self.key("escape")
