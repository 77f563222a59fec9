"""The real window on a virtual screen, played by a real mouse and a real keyboard through xdotool."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.record.store import Store
from game.screen.app import room_for

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a virtual screen is an X server"),
    pytest.mark.skipif(
        not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="Xvfb and xdotool are not installed"
    ),
]
ROOT = Path(__file__).resolve().parents[2]
SIZE = (1280, 800)
# The program as players start it, with the file of saved games and the seed given, which tells
# what is where on the screen, and with the world's digest, so that a test knows what to press.
PROGRAM = """
import json, os, sys
from pathlib import Path
import pygame
from game.screen import program, shell
kept, told = Path(sys.argv[1]), Path(sys.argv[2])
frames = 0
frame = shell.Shell.frame
start = shell.Shell.start
def seeded(self, model, name, people, seed, *more):
    start(self, model, name, people, 7 if seed is None else seed, *more)
def telling(self, ui, seconds):
    global frames
    going = frame(self, ui, seconds)
    frames += 1
    session = getattr(self.scene, "session", None)
    text = json.dumps({
        "frames": frames,
        "scene": type(self.scene).__name__,
        "areas": {name: list(rect.center) for name, rect in ui.areas},
        "focus": ui.focus,
        "season": session.world.season if session else 0,
        "outcome": int(session.world.outcome[0]) if session else 0,
        "digest": session.world.digest() if session else "",
        "plan": len(session.plan) if session else 0,
        "selected": getattr(self.scene, "selected", ""),
        "note": self.scene.shown["note"] if hasattr(self.scene, "shown") else "",
        "cards": {card["name"]: card["id"] for card in self.scene.fresh_cards()}
        if hasattr(self.scene, "fresh_cards") else {},
        "inspect": str(getattr(self.scene, "inspect", "")),
        "told": getattr(self.scene, "told", False),
        "settled": getattr(self.scene, "settled", False),
        "hand_seen": getattr(self.scene, "hand_seen", False),
        "report": getattr(self.scene, "report", None) is not None,
        "held": self.scene.session.world.stock[self.scene.session.roles.store][0, 0, 0, 0, 0].item()
        if hasattr(self.scene, "fresh_cards") and self.scene.session.roles.store else 0.0,
        "agreed": self.scene.session.world.member["spare_the_woods"][0, 0, 0, 0, 0].item() > 0
        if session and "spare_the_woods" in session.world.member else False,
        "size": list(ui.surface.get_size()),
        "corner": list(pygame.display.get_window_position()),
        "window": pygame.display.get_wm_info()["window"],
    })
    part = told.with_suffix(".part")
    part.write_text(text)
    part.replace(told)
    return going
shell.Shell.frame, shell.Shell.start = telling, seeded
program.play_window(file=kept)
"""


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A virtual screen of our own, on a number that the server finds to be free."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as answer:
        number = answer.readline().strip()
    if not number:
        server.kill()
        server.wait()
        pytest.skip("Xvfb does not start here")
    yield f":{number}"
    server.terminate()
    server.wait()


class Game:
    """The program in a window, and a person with a mouse and a keyboard."""

    def __init__(self, display: str, folder: Path) -> None:
        self.kept, self.told = folder / "games.sqlite3", folder / "told.json"
        self.told.unlink(missing_ok=True)
        store = Store(self.kept)
        store.set("open all", True)
        store.close()
        self.environment = {**os.environ, "DISPLAY": display, "SDL_AUDIODRIVER": "dummy", "SDL_VIDEODRIVER": "x11"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(self.kept), str(self.told)],
            cwd=ROOT,
            env=self.environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.until(lambda now: bool(now))
        self.run("mousemove", "640", "790", "windowfocus", str(self.now["window"]))

    def run(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def now(self) -> dict[str, object]:
        import json

        try:
            return dict(json.loads(self.told.read_text()))
        except FileNotFoundError:
            return {}

    def until(self, holds: object, frames: int = 900) -> dict[str, object]:
        """Wait for what is to come, at most so many frames of the program, however long a busy machine takes for them.

        Without a first frame it waits until the program ends, or the whole test is given up.
        """
        first = self.now.get("frames", 0)
        while True:
            now = self.now
            if holds(now):  # type: ignore[operator]
                return now
            if self.process.poll() is not None:
                raise AssertionError(f"the program ended: {self.process.stderr.read()}")  # type: ignore[union-attr]
            if now.get("frames", 0) > first + frames:  # type: ignore[operator]
                raise AssertionError(f"this did not come: {now}")
            time.sleep(0.005)

    def let_pass(self, frames: int) -> None:
        """Wait until the program has drawn so many frames more."""
        end = int(self.now["frames"]) + frames  # type: ignore[call-overload]
        self.until(lambda now: now["frames"] >= end or self.process.poll() is not None)

    def click(self, name: str) -> None:
        for _ in range(30):
            now = self.until(lambda now: name in now.get("areas", {}))
            x, y = now["areas"][name]  # type: ignore[index]
            left, top = now["corner"]  # type: ignore[misc]
            self.run("mousemove", str(left + x), str(top + y))
            self.let_pass(3)
            if self.now["areas"].get(name) == [x, y]:  # type: ignore[attr-defined]
                break  # what is told beside it came meanwhile, or not at all: it stands still
        self.run("click", "1")
        self.let_pass(5)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.run("key", key)
            self.let_pass(3)

    def plan(self, *cards: str) -> None:
        """Plan actions by mouse; a card with several targets is given its first."""
        for name in cards:
            before = self.now
            if f"card {name}" not in before["areas"]:  # type: ignore[operator]
                continue
            self.click(f"card {name}")
            now = self.until(lambda now: now["selected"] or now["plan"] > before["plan"], 120)  # noqa: B023
            if now["selected"]:
                # A frame may pass before the targets are drawn.
                now = self.until(lambda now: options_of(now) or not now["selected"])
                if options := options_of(now):
                    self.click(options[0])
                    self.until(lambda now: now["plan"] > before["plan"])  # noqa: B023
                else:
                    self.press("Escape")

    def season(self) -> None:
        """End the season, skip its telling, go on from its strip."""
        season = self.now["season"]
        self.until(lambda now: now["settled"])
        self.press("e")
        self.until(lambda now: now["season"] != season)
        if not self.now["told"]:
            # On a busy machine the telling may be over in these very frames: then this comes too early for its strip.
            self.until(lambda now: now["settled"] or now["told"])
            self.press("space")
        if self.until(lambda now: now["told"] or not now["report"])["told"]:
            self.until(lambda now: now["settled"] or not now["report"])
            self.press("Return")
        # In the moment in which the strip goes nothing can be pressed yet.
        self.until(lambda now: ("end season" in now["areas"] and now["hand_seen"]) or now["scene"] != "PlayScene")

    def to_the_end(self) -> int:
        while self.now["scene"] == "PlayScene":
            self.season()
            self.until(lambda now: now["scene"] == "EndingScene" or not now["outcome"])
        return int(self.now["outcome"])  # type: ignore[call-overload]

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait()
        if self.process.stderr:
            self.process.stderr.close()


def options_of(now: dict[str, object]) -> list[str]:
    return [one for one in now["areas"] if one.startswith("option")]  # type: ignore[union-attr]


@pytest.fixture
def games(display: str, tmp_path: Path) -> Iterator[object]:
    started: list[Game] = []

    def start() -> Game:
        started.append(Game(display, tmp_path))
        return started[-1]

    yield start
    for game in started:
        game.close()


def begin(game: Game, level: str, others: str) -> None:
    game.click(f"level {level}")
    game.click(f"others {others}")
    game.click("play")
    game.until(lambda now: now["scene"] == "PlayScene")
    game.press("Return")
    game.until(lambda now: "end season" in now["areas"])


WON, LOST = 1, 2


@pytest.mark.nightly
def test_the_pasture_is_lost_by_taking(games) -> None:
    game = games()
    begin(game, "the_shared_pasture", "over")
    for _ in range(2):
        game.plan("buy_cattle", "fence_off")
        assert game.now["plan"]
        game.season()
    assert game.to_the_end() == LOST
    game.click("look closer")
    game.until(lambda now: now["scene"] == "CloserPage" and "deeds" in now["areas"])
    game.click("deeds")
    game.until(lambda now: now["scene"] == "DeedsScene" and "deed 2" in now["areas"])
    game.click("deed 2")  # the first is all of them together
    game.press("Up", "Up")
    game.click("back")
    game.until(lambda now: now["scene"] == "CloserPage")


@pytest.mark.nightly
def test_the_pasture_is_won_by_partnering(games) -> None:
    game = games()
    begin(game, "the_shared_pasture", "with")
    game.plan("listen", "agree_ration")
    assert game.now["plan"] == 2
    game.season()
    assert game.to_the_end() == WON


def follow(game: Game) -> None:
    """Do what the note in the yellow box says: press the cards it names, or end the season."""
    note = str(game.now["note"])
    if "take them out" in note:
        game.click("chip 0")
        game.until(lambda now: now["plan"] == 0)
    named = note.split("*")[1::2]
    cards = [game.now["cards"][name] for name in named if name in game.now["cards"]]  # type: ignore[index,operator]
    if cards:
        game.plan(*cards)
    elif game.now["plan"] or "End season" in named:
        game.season()
    game.until(lambda now: now["note"] != note or now["scene"] != "PlayScene", 300)


@pytest.mark.nightly
def test_first_steps_is_won_by_following_its_notes(games) -> None:
    game = games()
    begin(game, "first_steps", "with")
    notes = []
    while game.now["scene"] == "PlayScene" and game.now["note"] and "up to you" not in str(game.now["note"]):
        notes.append(game.now["note"])
        follow(game)
    assert len(set(notes)) == len(notes) >= 7, "every note is shown once and leads to the next"
    assert game.to_the_end() == WON


@pytest.mark.nightly
def test_first_steps_is_lost_by_taking_all_one_can(games) -> None:
    game = games()
    begin(game, "first_steps", "over")
    for _ in range(2):
        game.plan("buy_cattle", "buy_cattle", "fence_off")
        assert game.now["plan"]
        game.season()
    assert game.to_the_end() not in (0, WON)


def choose(game: Game, option: str) -> None:
    """Plan one option of a card by mouse, as `talk:elm`."""
    before = game.now["plan"]
    game.click(f"card {option.split(':')[0]}")
    game.click(f"option {option}")
    game.until(lambda now: now["plan"] > before)


@pytest.mark.nightly
def test_nail_and_barn_goes_either_way(games) -> None:
    """Among people: won by hammering at home, asking each of them and calling the raising; lost by hammering alone."""
    game = games()
    begin(game, "nail_and_barn", "told")
    for neighbour in ("elm", "fir", "oak"):
        choose(game, f"talk:{neighbour}")
    game.plan("hammer")
    assert game.now["plan"] == 4
    game.season()
    choose(game, "barn_raising:all")
    game.season()
    for _ in range(2):
        game.plan("hammer")
        game.season()
    assert game.to_the_end() == WON
    game.click("title")
    begin(game, "nail_and_barn", "told")
    for _ in range(3):
        game.plan("hammer")
        game.season()
    assert game.to_the_end() not in (0, WON)
    game.click("title")
    begin(game, "nail_and_barn", "over")
    game.plan("take_beams")
    game.season()
    assert game.to_the_end() not in (0, WON)


@pytest.mark.nightly
def test_the_forest_is_lost_by_clearing_whole_slopes(games) -> None:
    """Seven seasons of clearing among neighbours who clear too; the springs fail long after."""
    game = games()
    begin(game, "the_living_forest", "over")
    game.click("card clear_cut")
    game.until(lambda now: now["selected"] == "clear_cut")
    assert len([one for one in game.now["areas"] if one.startswith("option")]) == 3  # type: ignore[union-attr]
    game.click("board")
    game.until(lambda now: now["plan"] == 1)
    cleared = 0
    for _ in range(7):
        game.plan("clear_cut")
        cleared += int(game.now["plan"])  # type: ignore[call-overload]
        game.season()
    assert cleared >= 4
    assert game.to_the_end() not in (0, WON)


@pytest.mark.nightly
def test_the_forest_is_won_by_agreeing_and_felling_with_care(games) -> None:
    """Ask, agree to spare the woods, and fell single trees whenever the stack is low: forty seasons of it."""
    game = games()
    begin(game, "the_living_forest", "with")
    game.plan("listen")
    game.season()
    while game.now["scene"] == "PlayScene":
        if not game.now["agreed"] and game.now["season"] < 5:  # type: ignore[operator]
            game.plan("spare_the_woods")
        if game.now["held"] < 2.0:  # type: ignore[operator]
            game.plan("selective_cut", "selective_cut")
        game.season()
        game.until(lambda now: now["scene"] == "EndingScene" or not now["outcome"])
    assert game.now["outcome"] == WON


@pytest.mark.nightly
def test_a_game_by_keyboard_alone(games) -> None:
    game = games()

    def walk(name: str) -> None:
        for _ in range(60):
            if game.now["focus"] == name:
                return
            game.press("Tab")
        raise AssertionError(f"the keyboard does not reach {name}")

    walk("level nail_and_barn")
    game.press("Return")
    walk("play")
    game.press("Return")
    game.until(lambda now: now["scene"] == "PlayScene")
    game.press("Return")
    game.until(lambda now: "end season" in now["areas"])
    walk("board")
    game.press("Up", "Left")
    game.until(lambda now: "tile" in now["inspect"])
    walk("card hammer")
    game.press("Return")
    game.until(lambda now: now["plan"] == 1)
    game.press("u", "r")
    game.until(lambda now: now["plan"] == 1)
    assert game.to_the_end() != 0
    walk("title")
    game.press("Return")
    game.until(lambda now: now["scene"] == "TitleScene")
    game.press("Escape")
    assert game.process.wait(10) == 0


@pytest.mark.nightly
def test_a_killed_game_goes_on_with_the_same_world(games) -> None:
    game = games()
    begin(game, "the_shared_pasture", "with")
    for _ in range(2):
        game.plan("listen")
        game.season()
    digest, season = game.now["digest"], game.now["season"]
    game.process.send_signal(signal.SIGKILL)
    game.process.wait()
    again = games()
    again.click("continue")
    now = again.until(lambda now: now["scene"] == "PlayScene")
    assert (now["season"], now["digest"]) == (season, digest)
    assert sqlite3.connect(again.kept).execute("pragma integrity_check").fetchone() == ("ok",)


def test_the_window_can_be_resized(games) -> None:
    game = games()
    begin(game, "nail_and_barn", "with")
    game.run("windowsize", str(game.now["window"]), "1024", "640")
    game.until(lambda now: now["size"] == [1024, 640])
    game.plan("hammer")
    assert game.now["plan"] == 1


def test_without_a_screen_one_line_names_the_terminal() -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")
    }
    done = subprocess.run(
        [sys.executable, "-m", "game", "play"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "--terminal" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not done.stdout.strip()


CAMPAIGN = {  # what a partner plans in the first seasons, and what a taker plans, by the names of cards
    "flowers_and_bees": (("listen", "barter_for_hives"), ("spray_the_trees", "rob_the_hives", "mow_the_meadow")),
    "two_villages_one_river": (("listen", "write_a_schedule"), ("raise_the_toll", "break_the_weir")),
    "what_the_spray_left_out": (("listen", "rest_the_spray"), ("spray", "hoe_clean", "grub_up_the_hedge")),
}


def attempt(game: Game, *cards: str) -> int:
    """Plan what can be planned of these cards, each on its first target; return how many that were."""
    planned = 0
    for card in cards:
        before = int(game.now["plan"])  # type: ignore[call-overload]
        game.click(f"card {card}")
        game.until(lambda now, card=card: now["selected"] == card or now["plan"] > before, 180)  # noqa: B023
        game.let_pass(5)  # until its targets are drawn, if there are any
        if options := options_of(game.now):
            game.click(options[0])
            game.until(lambda now: now["plan"] > before, 180)  # noqa: B023
        elif game.now["selected"]:
            game.press("Escape")
        planned += int(game.now["plan"]) > before  # type: ignore[call-overload]
    return planned


@pytest.mark.nightly
@pytest.mark.parametrize("level", CAMPAIGN)
def test_a_level_of_the_campaign_goes_either_way_in_a_real_window(games, level: str) -> None:
    partner, taker = CAMPAIGN[level]
    game = games()
    begin(game, level, "with")
    assert attempt(game, *partner) == 2
    game.season()
    assert game.to_the_end() == WON
    game.click("title")
    begin(game, level, "over")
    taken = 0
    for _ in range(4):
        taken += attempt(game, *taker)
        game.season()
    assert taken >= 4
    assert game.to_the_end() not in (0, WON)


@pytest.mark.parametrize(
    ("desktop", "size"),
    [((1366, 768), (1280, 692)), ((1920, 1080), (1280, 800)), ((1024, 600), (1008, 524)), ((1280, 800), (1264, 724))],
)
def test_the_window_is_no_larger_than_the_desktop_has_room_for(desktop: tuple[int, int], size: tuple[int, int]) -> None:
    assert room_for((1280, 800), desktop) == size
