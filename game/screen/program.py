"""The program in its window, from the moment it opens until it has closed."""

from __future__ import annotations

from pathlib import Path

import pygame

from game.level.difficulty import TOLD, at_difficulty
from game.level.heads import heads_now, read_beside
from game.level.reader import load_level
from game.music.composing import Dials
from game.playing.background import PATIENCE
from game.record.rescue import open_store
from game.record.settings import Settings
from game.record.store import Store, StoreError
from game.screen import opening
from game.screen.app import Window, run
from game.screen.kit.sound import Sounds
from game.screen.kit.ui import Ui
from game.screen.shell import Shell
from game.screen.table.play import PlayScene
from game.sim.model import compile_level
from game.telling.say import say


def play_window(
    name: str | None = None,
    people: int = 1,
    seed: int | None = None,
    policies: tuple[str, ...] | None = None,
    file: Path | None = None,
    difficulty: str = TOLD,
    opened: Path | None = None,
    window: Window | None = None,
) -> Window:
    """Play a level by name, or open the title; `opened` is a kept game or a folder of levels.

    `window` is one that is open already.  `file` says where games are kept; the settings are beside it then.
    Raises NoDisplay without a screen, LevelError and UnreadableFile for the level.
    """
    level = at_difficulty(load_level(name), difficulty) if name else None
    window = window or opening.window(file)
    try:
        store: Store | None
        store, notice = open_store(file)
    except StoreError as error:
        store, notice = None, say("kept.nothing", reason=error)
    settings = Settings(opening.settings_file(file), store)
    sounds = Sounds()
    shell = Shell(window, store, notice, sounds, settings)
    if level is not None and name is not None:
        shell.start(compile_level(level), name, people, seed, policies or level.default_policies(), difficulty)
    else:
        shell.title()
        if opened is not None:
            shell.open_file(opened)
    reading = read_beside(() if level is not None else heads_now())
    music = sounds.music

    def frame(ui: Ui, seconds: float) -> bool:
        music.go_on(_dials(shell), pygame.display.get_active())
        return shell.frame(ui, seconds)

    try:
        run(window, frame)
    finally:
        reading.stop()
        music.close()
        shell.leave_game(PATIENCE)
        shell.change_setting("window", list(window.size))
        if store is not None:
            store.close()
    return window


def _dials(shell: Shell) -> Dials:
    """Return how things stand in the game in play, for the music; all is well on the title."""
    scene = shell.scene
    if not isinstance(scene, PlayScene):
        return Dials()
    return Dials(**{dial["name"]: dial["value"] for dial in scene.shown["dials"]})
