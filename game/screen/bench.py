"""How fast the window is: from the start to the menu, and each frame of a played season, drawn in software."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Any

import numpy as np

from game.level.library import shipped_levels
from game.level.reader import load_level
from game.playing.background import WONDERED
from game.playing.session import Session
from game.screen.app import DESIGN, scale_for
from game.sim.model import compile_level

SIZES = ((1280, 800), (1366, 768), (1600, 900))  # windows in which the share of the land is measured
LEVELS = ("the_shared_pasture", "the_living_forest", "sandbox")  # open ground, a wood with every tree drawn, all of it
SEASONS = 2
_START = (
    "import os, time; os.environ.update(SDL_VIDEODRIVER='dummy', SDL_AUDIODRIVER='dummy'); "
    "from game.screen.app import open_window; from game.screen.shell import Shell; "
    "from game.screen.kit.ui import Input; "
    "window = open_window(); shell = Shell(window, None); shell.title(); "
    "window.ui.begin(Input()); shell.frame(window.ui, 0.0); window.ui.end()"
)


def measure() -> dict[str, Any]:
    """Return `start_seconds`, `frame_p95_ms`, `frame_max_ms`, `words` and `board_share`.

    The start is that of a new process up to its first drawn menu.  Frames are
    drawn at the size of the design without a screen: what a player would see,
    but nothing shown, in time of the processor, so that a busy machine gives the
    same.  They are those of the slowest level, among its people, and the ones in
    which a season ends are counted.  `words` are those on the table of each level
    at its start while nothing is pointed at, `board_share` the share of the window
    that is open land, for each size.
    """
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", _START], check=True, capture_output=True)
    start = time.perf_counter() - started
    frames = [np.array(_frames(level)) for level in LEVELS]
    return {
        "start_seconds": round(start, 3),
        "frame_p95_ms": round(max(float(np.percentile(each, 95)) for each in frames), 2),
        "frame_max_ms": round(max(float(each.max()) for each in frames), 2),
        **tables(),
    }


def tables() -> dict[str, Any]:
    """Return `words` of each shipped level, and `board_share` of each in each size of the window."""
    import pygame

    from game.screen.kit.ui import Input, Ui
    from game.screen.measure import measured
    from game.screen.table.play import PlayScene

    pygame.font.init()
    words: dict[str, float] = {}
    shares: dict[str, dict[str, float]] = {}
    for name in sorted(path.stem for path in shipped_levels()):
        model = compile_level(load_level(name))
        scene = PlayScene(Session(model, 7, 1, ("with",) * len(model.level.seats)), name, opening=False)
        for size in SIZES:
            ui = Ui(pygame.Surface(size), scale_for(size, 1.0))
            for _ in range(2):
                ui.begin(Input())
                scene.stack.draw(ui)
                ui.end()
            found = measured(ui, scene)
            words[name] = max(found["words"], words.get(name, 0))
            shares.setdefault(name, {})[f"{size[0]}x{size[1]}"] = found["board_share"]
        scene.session.background.close()
    return {"words": words, "board_share": shares}


def _frames(name: str) -> list[float]:
    """Play two seasons as a player would: look around, plan, see it told, read the report."""
    import pygame

    from game.screen.kit.ui import Ui
    from game.screen.table.cards import open_options
    from game.screen.table.play import PlayScene

    pygame.font.init()
    surface = pygame.Surface(DESIGN)
    ui = Ui(surface, scale_for(DESIGN, 1.0))
    model = compile_level(load_level(name))
    scene = PlayScene(Session(model, 7, 1, model.level.default_policies()), name, opening=False)
    times: list[float] = []
    _show(ui, scene, [], 1)  # the first frame comes after the words that open a level
    for _ in range(SEASONS):
        _show(ui, scene, times, 60)
        for card in [card for card in scene.fresh_cards() if card["possible"]][:3]:
            scene.choose(open_options(card)[0])
            _show(ui, scene, times, 20)
        scene.session.background.begin(lambda _: iter([None]), WONDERED).wait()  # whoever plans takes his time
        started = time.thread_time()
        scene.end_season()
        times.append(1000 * (time.thread_time() - started))
        while scene.report is not None:
            _show(ui, scene, times, 1)
            if scene.told:
                _show(ui, scene, times, 30)
                scene.close_report()
    return times


def _show(ui: object, scene: object, times: list[float], count: int) -> None:
    from game.screen.kit.ui import Input, Ui
    from game.screen.table.play import PlayScene

    assert isinstance(ui, Ui) and isinstance(scene, PlayScene)
    for number in range(count):
        started = time.thread_time()
        mouse = (300 + 7 * number, 120 + 5 * number)
        ui.begin(Input(mouse=mouse))
        scene.stack.draw(ui, 1 / 60)
        ui.end()
        times.append(1000 * (time.thread_time() - started))
