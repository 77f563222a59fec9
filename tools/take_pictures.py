"""Takes the pictures of the documents, without a window: `python tools/take_pictures.py`.

Writes docs/pictures/*.png and an animated season.gif (this one needs Pillow
or ImageMagick; without them it is left as it is).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from game.level.library import data_root  # noqa: E402
from game.level.reader import load_level  # noqa: E402
from game.playing.session import Session  # noqa: E402
from game.screen.app import DESIGN, open_window  # noqa: E402
from game.screen.cards import cards_of  # noqa: E402
from game.screen.ending import EndingScene  # noqa: E402
from game.screen.play import PlayScene  # noqa: E402
from game.screen.table import TELLING  # noqa: E402
from game.screen.title import TitleScene  # noqa: E402
from game.screen.ui import Input, Ui  # noqa: E402
from game.sim.model import compile_level  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
LEVEL, SEED = "the_shared_pasture", 11
GIF_SIZE, GIF_FRAMES, GIF_MOST = (800, 500), 24, 2_000_000
# What is done before the pictures: the grass has suffered, and people begin to talk.
COURSE = (("buy_cattle",), ("buy_cattle", "listen"), ("fence_off",), ("listen", "share_a_meal"))
SEASON = ("listen", "agree_ration", "rest")


def add(session: Session, names: tuple[str, ...]) -> None:
    """Plan the first possible target of each action."""
    for name in names:
        card = next((one for one in cards_of(session, session.preview().world) if one.name == name), None)
        if card is not None and card.open_options:
            session.add(card.open_options[0].candidate)


def shot(ui: Ui, draw: Callable[[Ui], None], name: str = "", mouse: tuple[int, int] = (-1, -1)) -> pygame.Surface:
    """Draw until everything has settled, and keep the picture."""
    for _ in range(3):
        ui.begin(Input(mouse=mouse))
        draw(ui)
        ui.end()
    if name:
        pygame.image.save(ui.surface, str(FOLDER / f"{name}.png"))
    return ui.surface


def in_play() -> PlayScene:
    """Return a game some seasons old."""
    level = load_level(LEVEL)
    session = Session(compile_level(level), SEED, 1, ("with",) * len(level.seats))
    for names in COURSE:
        add(session, names)
        session.end_turn()
    scene = PlayScene(session, LEVEL)
    scene.opening, scene.clock = False, 3.0
    return scene


def take_screens(ui: Ui) -> list[pygame.Surface]:
    """Take title, season, telling, report and ending; return the frames of the telling."""
    title = TitleScene({"nail_and_barn": True}, None, None, "")
    title.chosen = next(level for level in title.levels if level.id == LEVEL)
    shot(ui, lambda one: title.draw(one, 0.02), "title")
    scene = in_play()
    add(scene.session, SEASON)
    scene.selected = "fence_off"
    shot(ui, scene.draw, "season", (480, 260))
    scene.selected = ""
    frames = [shot(ui, scene.draw).copy() for _ in range(3)]
    scene.end_season()
    for number in range(GIF_FRAMES):
        scene.told = TELLING * number / GIF_FRAMES
        scene.clock += TELLING / GIF_FRAMES
        frames.append(shot(ui, scene.draw, "telling" if number == GIF_FRAMES // 4 else "").copy())
    scene.reading = True
    frames += [shot(ui, scene.draw, "report").copy()] * 8
    while not scene.session.over:
        add(scene.session, SEASON)
        scene.session.end_turn()
    shot(ui, EndingScene(scene.session, LEVEL).draw, "ending")
    return frames


def take_terminal() -> None:
    """Draw what the text version shows, with the letters of the game on a dark sheet."""
    done = subprocess.run(
        [sys.executable, "-m", "game", "play", "--terminal", "--seed", "3"],
        cwd=ROOT,
        input="1\nend\n\nquit\nyes\n",
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80"},
    )
    lines = [re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", line) for line in done.stdout.splitlines()][:48]
    letters = pygame.font.Font(str(data_root() / "assets" / "fonts" / "Lato-Regular.ttf"), 15)
    wide, high = 9, 19
    sheet = pygame.Surface((84 * wide, (len(lines) + 2) * high))
    sheet.fill((32, 33, 36))
    for row, line in enumerate(lines):
        # Each sign in its own cell, as a terminal does.
        for column, sign in enumerate(line):
            picture = letters.render(sign, True, (226, 224, 214))
            sheet.blit(picture, (wide * (2 + column) + (wide - picture.get_width()) // 2, high * (row + 1)))
    pygame.image.save(sheet, str(FOLDER / "terminal.png"))


def make_gif(frames: list[pygame.Surface]) -> str:
    """Write season.gif with Pillow or ImageMagick; return with which, or nothing."""
    small = [pygame.transform.smoothscale(frame, GIF_SIZE) for frame in frames]
    target = FOLDER / "season.gif"
    try:
        from PIL import Image
    except ImportError:
        return _gif_by_convert(small, target)
    pictures = [Image.frombytes("RGB", GIF_SIZE, pygame.image.tobytes(one, "RGB")) for one in small]
    few = [picture.quantize(96, dither=Image.Dither.NONE) for picture in pictures]
    few[0].save(target, save_all=True, append_images=few[1:], duration=140, loop=0, optimize=True)
    return "Pillow"


def _gif_by_convert(frames: list[pygame.Surface], target: Path) -> str:
    tool = shutil.which("convert") or shutil.which("magick")
    if tool is None:
        return ""
    with tempfile.TemporaryDirectory() as folder:
        for number, frame in enumerate(frames):
            pygame.image.save(frame, f"{folder}/{number:03}.png")
        files = [f"{folder}/{number:03}.png" for number in range(len(frames))]
        looks = ["+dither", "-colors", "96", "-layers", "OptimizePlus"]
        subprocess.run([tool, "-delay", "14", "-loop", "0", *files, *looks, str(target)], check=True)
    return "ImageMagick"


def main() -> int:
    """Take all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    ui = open_window(DESIGN).ui
    frames = take_screens(ui)
    take_terminal()
    how = make_gif(frames)
    if not how:
        print("season.gif was not made: neither Pillow nor ImageMagick is here")
    for file in sorted(FOLDER.glob("*.*")):
        print(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1024} KiB")
    gif = FOLDER / "season.gif"
    return 1 if gif.exists() and gif.stat().st_size > GIF_MOST else 0


if __name__ == "__main__":
    sys.exit(main())
