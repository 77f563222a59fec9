"""`powerdance --self-test`: whether everything that came with the game is there and works on this computer.

Each part is tried for itself and told in a line, so that whoever asks for help
can send what it prints.  Nothing is written but into a folder that is gone
afterwards, and no window is opened.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from game.commands.usage import DOES_NOT_HOLD, FINE

SEASONS = 3  # of each level that are played


def run(version: str) -> int:
    """Try every part, print a line for each and the version, and return 0 where all is well, else 1."""
    parts: tuple[tuple[str, Callable[[], str]], ...] = (
        ("arithmetic", _arithmetic), ("levels", _levels), ("games", _games), ("saved games", _saved),
        ("pictures", _pictures), ("sound", _sound),
    )  # fmt: skip
    sound = True
    for name, try_it in parts:
        try:
            told, fine = try_it(), True
        except Exception as error:
            told, fine = f"{type(error).__name__}: {error}".splitlines()[0], False
        sound = sound and fine
        print(f"{'ok  ' if fine else 'FAIL'} {name}: {told}", flush=True)
    from game.sim import RULE_NUMBER

    python = ".".join(str(part) for part in sys.version_info[:3])
    print(f"powerdance {version}, rules {RULE_NUMBER}, Python {python}, {sys.platform}")
    return FINE if sound else DOES_NOT_HOLD


def _must(holds: bool, what: str) -> None:
    if not holds:
        raise AssertionError(what)


def _arithmetic() -> str:
    from game.sim.selftest import self_test

    _must(self_test(), "games on this machine may differ from games elsewhere")
    return "the same bits as everywhere"


def _levels() -> str:
    from game.level.library import shipped_levels
    from game.level.reader import load_level

    files = shipped_levels()
    _must(len(files) > 0, "no level came with the game")
    for file in files:
        load_level(str(file))
    return f"{len(files)} read and checked"


def _games() -> str:
    from game.level.library import shipped_levels
    from game.level.reader import load_level
    from game.playing.session import Session
    from game.sim.model import compile_level

    for file in shipped_levels():
        level = load_level(str(file))
        session = Session(compile_level(level), 1, 1, level.default_policies())
        for _ in range(SEASONS):
            if not session.over:
                session.end_turn()
        session.background.close()
    return f"{SEASONS} seasons of each level played"


def _saved() -> str:
    from game.level.reader import load_level
    from game.record.game_file import export_game, import_game
    from game.record.saved_game import SavedGame
    from game.record.store import Store

    level = load_level("first_steps")
    game = SavedGame(level.id, 1, 1, ("with", "with"), [{0: (("listen:birch",), ())}], level_text=level.written)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "games.sqlite3")
        profile = store.profile("self test")
        store.save(profile, game)
        found = store.running(profile)
        store.close()
        _must(found is not None and found.plans == game.plans, "a game did not come back as it was kept")
        _must(
            import_game(export_game(game, Path(folder))).plans == game.plans, "a game did not come back from its file"
        )
    return "kept and found again"


def _pictures() -> str:
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    import pygame

    from game.level.library import asset, icon_names
    from game.screen.kit.lettering import rendered

    pygame.font.init()
    for name in icon_names():
        file = asset("icons", name, ".svg")
        _must(file is not None, f"the picture {name} is missing")
        pygame.image.load_sized_svg(str(file), (32, 32))
    _must(rendered("Powerdance", 20, True, (0, 0, 0)).get_width() > 40, "its letters are missing")
    return f"{len(icon_names())} icons and the letters"


def _sound() -> str:
    import wave

    from game.level.library import asset
    from game.music.composing import Dials
    from game.music.synthesis import write_music
    from game.screen.kit.sound import NAMES, PLACES

    for name in (*NAMES, *PLACES):
        file = asset("sounds", name, ".wav")
        _must(file is not None, f"the sound {name} is missing")
        with wave.open(str(file), "rb") as stream:
            _must(stream.getnframes() > 0, f"the sound {name} is empty")
    with tempfile.TemporaryDirectory() as folder:
        write_music(Path(folder) / "music.wav", 1, Dials(0.2, 0.2, 0.2), 4)
    return f"{len(NAMES) + len(PLACES)} sounds, and music of one's own"
