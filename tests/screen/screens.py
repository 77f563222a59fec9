"""Every screen of the game drawn in memory, without a window, for tests that measure what was drawn."""

from __future__ import annotations

import os

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import pygame

from game.insight.causes import Where
from game.level.heads import Head, heads_now
from game.level.library import data_root, shipped_levels
from game.level.reader import load_level
from game.players.fates import Fates
from game.playing.background import PRESSED, Background, Work
from game.playing.branches import branch
from game.playing.codex import loop_met, met
from game.playing.decide import decide
from game.playing.session import Session
from game.playing.stars import count_stars
from game.playing.view_causes import question_of
from game.record.saved_game import SavedGame
from game.screen.achievements import Achievements
from game.screen.app import scale_for
from game.screen.kit.breath import FRAMES
from game.screen.kit.stack import PageStack, ScreenPage
from game.screen.kit.ui import Input, Ui
from game.screen.pages.causes import CausesPage
from game.screen.pages.codex import TABS as CODEX_TABS
from game.screen.pages.codex import CodexPage
from game.screen.pages.ending import EndingScene
from game.screen.pages.ending_closer import CloserPage
from game.screen.pages.games import GamesPage
from game.screen.pages.letters import LettersPage
from game.screen.pages.my_levels import MyLevelsPage
from game.screen.pages.overlays import HelpPage, PausePage
from game.screen.pages.profiles import ProfileSheet
from game.screen.pages.proof import ProofScene
from game.screen.pages.ripples import DeedsScene
from game.screen.pages.timelines import TimelinesScene
from game.screen.pages.title import LevelPage, TitleScene
from game.screen.table.cards import open_options
from game.screen.table.lenses import lenses_of
from game.screen.table.play import PlayScene
from game.sim.model import Model, compile_level
from game.sim.world import LOST, WON

# What a title bar and a bar of the desktop leave of 1024 x 600, 1366 x 768 and 1920 x 1080, and two more.
SIZES = ((1008, 524), (1280, 800), (1350, 692), (1904, 1004), (2560, 1440))
SCALES = (0.8, 1.0, 1.5, 2.0)
BY_DAY = ("nail_and_barn",)  # the others are measured at night
LATER = (
    "flowers_and_bees",
    "wolves_and_aspens",
    "two_villages_one_river",
    "the_gift_circle",
    "the_breath",
    "what_the_spray_left_out",
)
LEVELS = (*BY_DAY, "the_shared_pasture", "first_steps", "the_living_forest", *LATER)
AWAY = (-1, -1)
PRESSED_AT = pygame.Rect(300, 240, 40, 40)  # what was pressed, as far as a sheet beside it cares


def found(result: Any) -> Work[Any]:
    """Work that has come to this result."""
    work = Background().begin(lambda _: iter([result]), PRESSED)
    work.wait()
    return work


def nothing_yet() -> Work[Any]:
    """Work that nobody has begun."""
    return Work(Background(), lambda _: iter(()), PRESSED, 0)


NOTHING_YET = nothing_yet()


@lru_cache(maxsize=4)
def model_of(level: str) -> Model:
    return compile_level(load_level(level))


def surface_of(size: tuple[int, int]) -> pygame.Surface:
    pygame.display.init()
    pygame.font.init()
    pygame.display.set_mode((64, 64))
    return pygame.Surface(size)


def new_ui(size: tuple[int, int], scale: float) -> Ui:
    return Ui(surface_of(size), scale_for(size, scale))


def frame(ui: Ui, draw: Callable[[Ui], None], events: Input | None = None) -> None:
    ui.begin(events or Input(mouse=AWAY))
    draw(ui)
    ui.end()


def look(ui: Ui, stack: PageStack) -> None:
    """Let some frames and a second pass, as somebody does who looks before the next press."""
    for seconds in (0.0, *[1.0 / FRAMES] * FRAMES):
        frame(ui, lambda ui, seconds=seconds: stack.draw(ui, seconds))


class Viewer:
    """Somebody in front of a scene, with a frame for everything they do."""

    def __init__(self, scene: Any) -> None:
        self.scene = scene
        self.ui = new_ui((1280, 800), 1.0)
        self.frame()

    def frame(self, **events: Any) -> None:
        frame(self.ui, self.scene.stack.draw, Input(**{"mouse": AWAY, **events}))

    def shows(self, kind: type[ScreenPage]) -> bool:
        return isinstance(self.scene.stack.top, kind)

    def settle(self) -> None:
        """Look at what has come up until a press is meant for it."""
        look(self.ui, self.scene.stack)

    def shown(self, kind: type[ScreenPage]) -> Any:
        """The topmost page of a kind."""
        return self.scene.stack.find(kind)

    def key(self, code: int) -> None:
        self.frame(keys=[pygame.event.Event(pygame.KEYDOWN, key=code, mod=0)])
        self.frame()

    def click(self, name: str) -> None:
        """Press something once it stands still: what comes from the background may push it about."""
        if name not in dict(self.ui.areas):  # what has just come up is not lit yet
            self.settle()
        before, spot = (-1, -1), dict(self.ui.areas)[name].center
        while spot != before:
            self.frame()
            before, spot = spot, dict(self.ui.areas)[name].center
        self.frame(mouse=spot, pressed=True)
        self.frame(mouse=spot, released=True)

    def read(self) -> str:
        return " ".join(mark.text for mark in self.ui.marks if mark.kind == "text")


def settle(ui: Ui, draw: Callable[[Ui], None], mouse: tuple[int, int] = AWAY) -> None:
    """Draw until what was asked for is foreseen, and pages know whether they are too long."""
    frame(ui, draw, Input(mouse=mouse))
    stack = getattr(draw, "__self__", None)
    if isinstance(stack, PageStack) and isinstance(stack.scene, PlayScene):
        stack.scene.shown.outlook.wait()
    for _ in range(2):
        before = list(ui.marks)
        frame(ui, draw, Input(mouse=mouse))
        if ui.marks == before:
            return


def session_of(level: str, people: int = 1, seed: int = 7) -> Session:
    model = model_of(level)
    return Session(model, seed, people, ("with",) * len(model.level.seats))


def played(level: str, seasons: int, people: int = 1) -> Session:
    session = session_of(level, people)
    for _ in range(seasons * people):
        session.end_turn()
    return session


def fill_plan(scene: PlayScene, most: int = 8) -> None:
    for card in scene.fresh_cards():
        for option in open_options(card)[:1]:
            if len(scene.session.plan) < most:
                keys = [candidate.key for candidate in scene.session.model.candidates]
                scene.session.add(keys.index(option["id"]))  # also what cannot be paid after the others


def _play_screens(level: str) -> Iterator[tuple[str, Callable[[Ui], None], tuple[int, int]]]:
    scene = PlayScene(session_of(level), level)
    yield "opening", scene.stack.draw, AWAY
    scene.stack.top.close()
    yield "plain", scene.stack.draw, AWAY
    scene.tab = "people"
    yield "people", scene.stack.draw, AWAY
    numbers = [("number", (fact["stock"], fact["household"])) for fact in scene.shown["facts"]]
    for kind, what in (*numbers, ("household", 1), ("tile", (5, 6)), ("card", scene.fresh_cards()[0]["id"])):
        scene.pin(kind, what, PRESSED_AT)
        yield f"why {kind}", scene.stack.draw, AWAY
    scene.tab, scene.pinned = "act", None
    for card in scene.fresh_cards():
        scene.selected = card["id"]
        yield f"choosing {card['id']}", scene.stack.draw, AWAY
    scene.selected = ""
    fill_plan(scene)
    yield "plan full", scene.stack.draw, AWAY
    for page in (HelpPage(), PausePage()):
        scene.stack.push(page)
        yield ("help" if isinstance(page, HelpPage) else "pause"), scene.stack.draw, AWAY
        page.close()
    scene.end_season()
    for number in range(len(scene.ends)):
        scene.told_seconds = scene.ends[number] - 0.1
        yield f"telling {number}", scene.stack.draw, AWAY
    scene.skip()
    yield "strip", scene.stack.draw, AWAY
    scene.open_lens()
    yield "loops over the strip", scene.stack.draw, AWAY
    scene.lens = False
    scene.read()
    yield "report", scene.stack.draw, AWAY


def _causes_screens(scene: PlayScene, level: str) -> Iterator[tuple[str, Callable[[Ui], None], tuple[int, int]]]:
    """Both views of what this level is about."""
    where = Where(scene.session.charted[0] if scene.session.charted else scene.session.roles.trust)
    scene.ask_why(question_of(scene.session, where, 6))
    page = scene.stack.find(CausesPage)
    page.shown.causes(page.question).work.wait()
    for page.lens in ("blame", "web"):
        yield f"causes, {page.lens}", scene.stack.draw, AWAY
    page.close()


def ending_of(session: Session, level: str) -> EndingScene:
    """An ending without the two hundred games played beside it: they would slow down every test that follows."""
    ending = EndingScene(session, level, next_level=("the_shared_pasture", "The shared pasture"))
    ending.shown.hindsight.luck = lambda: NOTHING_YET  # type: ignore[method-assign]
    return ending


def _timelines(session: Session, level: str) -> Iterator[tuple[str, Callable[[Ui], None], tuple[int, int]]]:
    """Stepping back, and what came of it beside the first time."""
    yield "step back", TimelinesScene(session, level).stack.draw, AWAY
    again = branch(session, max(0, len(session.plans) - 2))
    while not again.over:
        again.end_turn()
    yield "two timelines", TimelinesScene(again, level).stack.draw, AWAY
    yield "the end of a branch", ending_of(again, level).stack.draw, AWAY


def _name_screens() -> Iterator[tuple[str, Callable[[Ui], None], tuple[int, int]]]:
    """The sheet of names: few, many with the longest letters, and the question before one is deleted."""
    for names in (["Mia"], [f"WWWWWWWWWWWWWW{number:02}" for number in range(12)]):
        title = TitleScene({}, [], None, "")
        sheet = ProfileSheet(names, names[0])
        title.stack.push(sheet)
        sheet.text = "WWWWWWWWWWWWWWWW"
        yield f"{len(names)} names", title.stack.draw, AWAY
    sheet.leaving = names[0]
    yield "delete a name", title.stack.draw, AWAY


def _own_level_screens() -> Iterator[tuple[str, Callable[[Ui], None], tuple[int, int]]]:
    """The sheet of one's own levels: none and some, each with templates to choose from."""
    title = TitleScene({}, [], None, "")
    for folder in (data_root() / "assets", data_root() / "levels" / "control"):
        page = MyLevelsPage(folder)
        title.stack.push(page)
        page.update(1.0)
        while page.found.reading:
            page.update(1.0)
        page.notice = "This could not be written: the disk is full."
        yield f"own levels of {folder.name}", title.stack.draw, AWAY
        page.choosing = True
        yield f"templates for {folder.name}", title.stack.draw, AWAY
        title.stack.pop(page)


def many_levels(count: int) -> list[Head]:
    """A campaign of so many levels, with long titles among them, and what lies beside it."""
    shipped = heads_now()
    first = next(one for one in shipped if one.kind == "campaign")
    words = ("The dance", "Two villages, one river", "What the spray left out", "Breath")
    made = [
        replace(first, id=f"level_{number}", title=words[number % 4], number=number, emblem="")
        for number in range(count)
    ]
    return [*made, *(one for one in shipped if one.kind != "campaign")]


def long_campaign(count: int) -> TitleScene:
    """The map of a long campaign of which five levels are won."""
    title = TitleScene({f"level_{number}": True for number in range(5)}, [], None, "")
    title.levels = many_levels(count)
    title.choose(title.levels[5])
    return title


def book_of(level: str, seasons: int = 6) -> CodexPage:
    """The codex after some seasons of a level."""
    session, kept = session_of(level), Achievements(None, 0)
    for _ in range(seasons):
        session.end_turn()
        if session.last is not None:
            kept.meet(met(session, session.last), level, None)
    kept.meet([loop_met(session.model, loop) for loop in session.loops()], level, None)
    return CodexPage(kept.entries, heads_now())


def _codex_screens(level: str) -> Iterator[tuple[str, Callable[[Ui], None], tuple[int, int]]]:
    book = book_of(level)
    for book.tab in CODEX_TABS:
        yield f"codex, {book.tab}", book.stack.draw, AWAY
    if level == LEVELS[0]:
        yield "codex, empty", CodexPage([], heads_now()).stack.draw, AWAY
        for count in (10, 19):
            title = long_campaign(count)
            yield f"{count} stations", title.stack.draw, AWAY


def screens(level: str) -> Iterator[tuple[str, Callable[[Ui], None], tuple[int, int]]]:
    """Yield (name, how to draw it, where the mouse is) one after the other; draw each before taking the next."""
    games = [
        SavedGame(one.stem, 5, 1, ("with",), [{}] * 7, id=number, difficulty="gentle", played="2026-11-29 18:40")
        for number, one in enumerate(shipped_levels())
    ]
    title = TitleScene(
        {level: True}, games, None, "The disk is full. Nothing will be kept.", {level: ("goals", "path")}
    )
    title.choose(next(one for one in title.levels if one.id == level))
    yield "title", title.stack.draw, AWAY
    if level == LEVELS[0]:
        title.stack.push(GamesPage(games, {one.id: one for one in title.levels}))
        yield "games that are not over", title.stack.draw, AWAY
        title.stack.top.close()
    for title.open_all in (False, True):

        def opened(ui: Ui) -> None:
            if not ui.roomy and title.stack.find(LevelPage) is None:
                title.stack.push(LevelPage(title))
            title.stack.draw(ui)

        yield f"title, a level open, all open {title.open_all}", opened, AWAY
    yield from _codex_screens(level)
    if level == LEVELS[0]:
        yield from _name_screens()
        yield from _own_level_screens()
    yield from _play_screens(level)
    scene = PlayScene(played(level, 6), level, opening=False)
    fill_plan(scene, 4)
    yield "season 7", scene.stack.draw, AWAY
    for name in lenses_of(scene):
        scene.overlay = name
        yield f"lens of {name}", scene.stack.draw, AWAY
    scene.overlay = ""
    scene.open_letters()
    if isinstance(scene.stack.top, LettersPage):
        yield "letters", scene.stack.draw, AWAY
        scene.stack.top.close()
    scene.open_lens()
    for number in range(len(scene.loops.found()[0])):
        scene.loop = number
        yield f"loop {number}", scene.stack.draw, AWAY
    scene.lens = False
    scene.stack.push(scene.ahead)
    scene.shown.standstill.ask().wait()
    for number in range(len(scene.shown["coming"]["numbers"])):
        scene.ahead.chosen = number
        yield f"on its way, {number}", scene.stack.draw, AWAY
    scene.ahead.close()
    for fact in scene.shown["facts"]:
        scene.pin("number", (fact["stock"], fact["household"]), PRESSED_AT)
        yield f"why {fact['title']} in season 7", scene.stack.draw, AWAY
    scene.pin("tile", (5, 6), PRESSED_AT)
    yield "why tile in season 7", scene.stack.draw, AWAY
    scene.tab, scene.pinned = "act", None
    scene.end_season()
    scene.read()
    yield "report of season 7", scene.stack.draw, AWAY
    ledger = pygame.Rect(0, 0, 0, 0)

    def pointing(ui: Ui) -> None:
        """Draw the report with the mouse on its first card, wherever that is."""
        nonlocal ledger
        ui.input.mouse = ledger.center if ledger.width else AWAY
        scene.stack.draw(ui)
        ledger = next((rect for name, rect in ui.areas if name.startswith("ledger")), ledger)

    yield "report, a card pointed at", pointing, AWAY
    yield from _causes_screens(scene, level)
    several = PlayScene(session_of(level, len(model_of(level).level.seats)), level)
    yield "hand over", several.stack.draw, AWAY
    session = session_of(level)
    while not session.over:
        session.end_turn()
    ending = ending_of(session, level)
    yield "ending", ending.stack.draw, AWAY
    ending.tally = count_stars(session, ["care"], ["care"])
    yield "ending with its stars", ending.stack.draw, AWAY
    ending.stack.push(CloserPage(ending.shown, ending.tally))
    yield "ending, closer", ending.stack.draw, AWAY
    known = found(Fates(np.full(200, WON), np.zeros(200), 0.0, LOST))
    ending.shown.hindsight.luck = lambda: known  # type: ignore[method-assign]
    yield "ending, and luck was bad", ending.stack.draw, AWAY
    ending.stack.top.close()
    if ending.outcome["lost"]:
        page = CausesPage(ending.shown, ending.outcome["lost"])
        ending.stack.push(page)
        for number, lost in enumerate(ending.outcome["lost"][:2]):
            page.chosen = number
            page.shown.causes(lost).work.wait()
            for page.lens in ("blame", "web"):
                yield f"why {number}, {page.lens}", ending.stack.draw, AWAY
        page.close()
    yield from _timelines(session, level)
    deeds = DeedsScene(ending.shown)
    ending.shown.hindsight.look_back(0).wait()
    yield "deeds together", deeds.stack.draw, AWAY
    deeds.chosen = 1
    yield "deeds", deeds.stack.draw, AWAY
    yield from _proof_screens(level)


def forceful(level: str) -> EndingScene:
    """The end of a game in which everybody takes all they can."""
    model = model_of(level)
    session = Session(model, 7, 1, ("over",) * len(model.level.seats))
    while not session.over:
        plan_force(session)
        session.end_turn()
    return ending_of(session, level)


def plan_force(session: Session) -> None:
    """Plan what the first cards of force offer."""
    for card in PlayScene(session, session.model.level.id).fresh_cards()[:3]:
        if card["mode"] == "over" and card["possible"]:
            decide(session, {"do": "plan", "card": card["id"], "option": open_options(card)[0]["id"]})


def _proof_screens(level: str) -> Iterator[tuple[str, Callable[[Ui], None], tuple[int, int]]]:
    """Two rules of proof, of a game full of force."""
    proof = ProofScene(forceful(level).shown)
    proof.shown.hindsight.proof = lambda: NOTHING_YET  # type: ignore[method-assign]
    yield "proof, working", proof.stack.draw, AWAY
    del proof.shown.hindsight.proof
    proof.shown.hindsight.proof().wait()
    yield "proof", proof.stack.draw, AWAY
