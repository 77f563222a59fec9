"""Takes the pictures of the documents, without a window: `python tools/take_pictures.py`.

Writes docs/pictures/*.png and an animated season.gif (this one needs Pillow
or ImageMagick; without them it is left as it is).
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from game.level.library import data_root  # noqa: E402
from game.level.reader import load_level  # noqa: E402
from game.players.policies import plan_season  # noqa: E402
from game.playing.branches import branch  # noqa: E402
from game.playing.cards import cards_of  # noqa: E402
from game.playing.codex import met  # noqa: E402
from game.playing.session import Session  # noqa: E402
from game.playing.stars import count_stars  # noqa: E402
from game.screen.achievements import Achievements  # noqa: E402
from game.screen.app import DESIGN, scale_for  # noqa: E402
from game.screen.kit.breath import BREATH  # noqa: E402
from game.screen.kit.stack import PageStack  # noqa: E402
from game.screen.kit.ui import Input, Ui  # noqa: E402
from game.screen.pages.codex import CodexPage  # noqa: E402
from game.screen.pages.ending import EndingScene  # noqa: E402
from game.screen.pages.ripples import DeedsScene  # noqa: E402
from game.screen.pages.timelines import TimelinesScene  # noqa: E402
from game.screen.pages.title import TitleScene  # noqa: E402
from game.screen.table.play import PlayScene  # noqa: E402
from game.sim.model import compile_level  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
LEVEL, SEED = "the_shared_pasture", 11
CELL, DARK, LIGHT = (10, 20), (32, 33, 36), (226, 224, 214)
BRIGHT = {
    30: (32, 33, 36), 31: (240, 128, 112), 32: (140, 200, 120), 33: (235, 200, 100), 34: (130, 170, 240),
    35: (210, 150, 210), 36: (110, 205, 215), 37: (226, 224, 214),
}  # fmt: skip
GIF_SIZE, GIF_FRAMES, GIF_MOST = (720, 450), 15, 2_000_000
# What is done before the pictures: the grass has suffered, and people begin to talk.
COURSE = (("buy_cattle",), ("buy_cattle", "listen"), ("fence_off",), ("listen", "share_a_meal"))
SEASON, THEN = ("listen",), ("fence_off", "rest")
LOOPS_AFTER = 4  # seasons of taking
CODEX_AFTER = 5  # seasons of partnering
BRANCH_AFTER = 2  # seasons of it, before another way is tried
# The wood as it was found, and twenty seasons after its slopes began to be cleared.
FOREST, FOREST_SEED, FOREST_SEASONS = "the_living_forest", 7, {"forest": (2, "with"), "forest_cleared": (20, "over")}
# Each other level that has no other picture: its file, a seed, a season, and how all play it.
CAMPAIGN = {
    "flowers_and_bees": ("flowers_and_bees", 7, 6, "with"),
    "wolves_and_aspens": ("wolves_and_aspens", 7, 12, "with"),
    "two_villages": ("two_villages_one_river", 7, 10, "with"),
    "gift_circle": ("the_gift_circle", 7, 9, "with"),
    "the_breath": ("the_breath", 7, 2, "with"),
    "spray": ("what_the_spray_left_out", 7, 6, "over"),
    "new_seed": ("the_new_seed", 7, 5, "mixed"),
    "small_things": ("small_things", 7, 9, "with"),
    "green_cup": ("the_green_cup", 7, 5, "with"),
    "market_and_message": ("market_and_message", 7, 9, "with"),
    "quick_news": ("quick_news", 7, 4, "over"),
}


def add(session: Session, names: tuple[str, ...]) -> None:
    """Plan the first possible target of each action."""
    for name in names:
        card = next((one for one in cards_of(session, session.preview().world) if one.name == name), None)
        if card is not None and card.open_options:
            session.add(card.open_options[0].candidate)


def shot(ui: Ui, draw: Callable[[Ui], None], name: str = "", mouse: tuple[int, int] = (-1, -1)) -> pygame.Surface:
    """Draw until everything has settled, and keep the picture; of a season that is told only so much as is asked."""
    stack = getattr(draw, "__self__", None)
    scene = stack.scene if isinstance(stack, PageStack) else None
    telling = isinstance(scene, PlayScene) and scene.stage == "telling"
    if isinstance(stack, PageStack) and not telling:  # what ends a stage is lit after its first moment
        clock = getattr(scene, "clock", 0.0)
        draw = partial(stack.draw, seconds=BREATH / 2)
    for _ in range(4):
        if isinstance(stack, PageStack) and isinstance(stack.scene, PlayScene):
            stack.scene.shown.outlook.wait()
        ui.begin(Input(mouse=mouse))
        draw(ui)
        ui.end()
    if isinstance(scene, PlayScene) and not telling:
        scene.clock = clock
    if name:
        pygame.image.save(ui.surface, str(FOLDER / f"{name}.png"))
    return ui.surface


def in_play() -> PlayScene:
    """Return a game some seasons old."""
    level = load_level(LEVEL)
    session = Session(compile_level(level), SEED, 1, level.default_policies())
    for names in COURSE:
        add(session, names)
        session.end_turn()
    scene = PlayScene(session, LEVEL, opening=False)
    scene.clock = 3.0
    return scene


def take_screens(ui: Ui) -> list[pygame.Surface]:
    """Take title, season, telling, report and ending; return the frames of the telling."""
    take_campaign(ui)
    scene = in_play()
    add(scene.session, SEASON)
    scene.selected = "fence_off"
    shot(ui, scene.stack.draw, "season", (480, 260))
    scene.selected = ""
    scene.shown.stopped().wait()
    scene.stack.push(scene.ahead)
    shot(ui, scene.stack.draw, "on_its_way")
    scene.ahead.close()
    add(scene.session, THEN)
    frames = [shot(ui, scene.stack.draw).copy() for _ in range(3)]
    scene.end_season()
    for number in range(GIF_FRAMES):
        scene.told_seconds = scene.ends[-1] * number / GIF_FRAMES
        scene.clock += scene.ends[-1] / GIF_FRAMES
        frames.append(shot(ui, scene.stack.draw, "telling" if number == GIF_FRAMES // 4 else "").copy())
    scene.shown.count_farings()
    scene.skip()
    frames += [shot(ui, scene.stack.draw).copy()] * 10
    scene.read()
    frames += [shot(ui, scene.stack.draw, "report").copy()] * 8
    while not scene.session.over:
        add(scene.session, (*SEASON, *THEN))
        scene.session.end_turn()
    scene.session.rulers(scene.session.world.season)
    ending = EndingScene(scene.session, LEVEL)
    ending.tally = count_stars(scene.session, [], [])
    shot(ui, ending.stack.draw, "ending")
    return frames


def take_campaign(ui: Ui) -> None:
    """Take the map with two levels won, and the codex after a few seasons of partnering."""
    won = {"first_steps": ("goals", "light", "path"), "nail_and_barn": ("goals", "path")}
    title = TitleScene(dict.fromkeys(won, True), [], None, "", won)
    shot(ui, title.stack.draw, "campaign")
    session, kept = (
        Session(compile_level(load_level(LEVEL)), SEED, 1, load_level(LEVEL).default_policies()),
        Achievements(None, 0),
    )
    for _ in range(CODEX_AFTER):
        play_on(session, "with", session.world.season + 2)
        if session.last is not None:
            kept.meet(met(session, session.last), LEVEL, None)
    title.stack.push(CodexPage(kept.entries, title.levels))
    shot(ui, title.stack.draw, "codex")


def take_loops(ui: Ui) -> None:
    """Take the loops of the common after some seasons in which everybody took."""
    model = compile_level(load_level(LEVEL))
    session = Session(model, SEED, 1, ("over",) * len(model.level.seats))
    while session.world.season < LOOPS_AFTER:
        add(session, ("buy_cattle",))
        session.end_turn()
    scene = PlayScene(session, LEVEL, opening=False)
    scene.clock = 3.0
    scene.open_lens()
    shot(ui, scene.stack.draw, "loops")


def play_on(session: Session, policy: str, season: int) -> None:
    """Play the person's seat by a policy until a season begins or the game is over."""
    policies = (policy,) * len(session.policies)
    while session.world.season + 1 < season and not session.over:
        chosen = plan_season(session.model, session.world, policies).chosen[:, session.seat, 0]
        for candidate in chosen[chosen >= 0].tolist():
            session.add(candidate)
        session.end_turn()


def take_forest(ui: Ui) -> None:
    """Take the wooded hill in its second season, and the same hill when its springs have run dry."""
    model = compile_level(load_level(FOREST))
    for name, (season, policy) in FOREST_SEASONS.items():
        session = Session(model, FOREST_SEED, 1, (policy,) * len(model.level.seats))
        play_on(session, policy, season)
        session.rulers(season)
        scene = PlayScene(session, FOREST, opening=False)
        scene.clock = 3.0
        if policy == "over":
            scene.inspect = ("number", ("spring", None))
        shot(ui, scene.stack.draw, name)


def take_timelines(ui: Ui) -> None:
    """Take a lost game beside what came of it when its second season was played otherwise, and the deeds of that."""
    level = load_level(LEVEL)
    lost = Session(compile_level(level), SEED, 1, level.default_policies())
    play_on(lost, "over", level.seasons.count + 1)
    again = branch(lost, BRANCH_AFTER)
    play_on(again, "with", level.seasons.count + 1)
    shot(ui, TimelinesScene(again, LEVEL).stack.draw, "timelines")
    ending = EndingScene(again, LEVEL)
    ending.shown.hindsight.look_back(again.seat).wait()
    shot(ui, DeedsScene(ending.shown).stack.draw, "deeds")


def take_terminal() -> None:
    """Draw what the text version shows, with the letters of the game on a dark sheet."""
    rows = [cells_of(line) for line in terminal_text().splitlines()][:46]
    sheet = pygame.Surface((84 * CELL[0], (len(rows) + 2) * CELL[1]))
    sheet.fill(DARK)
    fonts = {
        bold: pygame.font.Font(str(data_root() / "assets" / "fonts" / f"Lato-{'Bold' if bold else 'Regular'}.ttf"), 15)
        for bold in (False, True)
    }
    for row, cells in enumerate(rows):
        # Each sign in its own cell, as a terminal does.
        for column, (sign, letters, ground, bold) in enumerate(cells):
            cell = pygame.Rect(CELL[0] * (2 + column), CELL[1] * (row + 1), *CELL)
            if ground:
                sheet.fill(ground, cell)
            picture = fonts[bold].render(sign, True, letters)
            sheet.blit(picture, picture.get_rect(center=cell.center))
    pygame.image.save(sheet, str(FOLDER / "terminal.png"))


def terminal_text() -> str:
    """Return what the text version writes: in colour from a pseudo terminal, plain where there is none."""
    command = ["-m", "game", "play", LEVEL, "--terminal", "--seed", "3"]
    plain = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    environment = {**plain, "PYTHONIOENCODING": "utf-8", "TERM": "xterm-256color"}
    try:
        import pexpect  # type: ignore[import-untyped, unused-ignore]
    except ImportError:
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, input="", capture_output=True, text=True, env=environment
        )
        return done.stdout
    game = pexpect.spawn(
        sys.executable, command, cwd=str(ROOT), encoding="utf-8", env=environment, dimensions=(70, 80), timeout=30
    )
    game.expect("season 1> ")
    game.close(force=True)
    return str(game.before)


Cell = tuple[str, tuple[int, int, int], "tuple[int, int, int] | None", bool]


def cells_of(line: str) -> list[Cell]:
    """Return the signs of a line with their colours, as its escape sequences say."""
    cells: list[Cell] = []
    letters, ground, bold = LIGHT, None, False
    for part in re.split(r"(\x1b\[[0-9;?]*[a-zA-Z])", line):
        if not part.startswith("\x1b"):
            cells += [(sign, letters, ground, bold) for sign in part if sign.isprintable()]
            continue
        codes = [int(code) for code in re.findall(r"\d+", part)] if part.endswith("m") else []
        if codes[:2] == [48, 5]:
            ground = colour_of(codes[2])
        elif codes[:2] == [38, 5]:
            letters = colour_of(codes[2])
        for code in codes if 5 not in codes[1:2] else ():
            letters = LIGHT if code == 0 else BRIGHT.get(code, letters)
            ground = None if code == 0 else ground
            bold = code == 1 or (bold and code != 0)
    return cells


def colour_of(code: int) -> tuple[int, int, int]:
    """Return one of the 256 colours of a terminal."""
    if code >= 232:
        return (8 + 10 * (code - 232),) * 3
    if code < 16:
        return BRIGHT.get(30 + code % 8, LIGHT)
    steps = (0, 95, 135, 175, 215, 255)
    code -= 16
    return steps[code // 36], steps[code // 6 % 6], steps[code % 6]


def make_gif(frames: list[pygame.Surface]) -> str:
    """Write season.gif with Pillow or ImageMagick; return with which, or nothing."""
    small = [pygame.transform.smoothscale(frame, GIF_SIZE) for frame in frames]
    target = FOLDER / "season.gif"
    try:
        from PIL import Image  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        return _gif_by_convert(small, target)
    pictures = [Image.frombytes("RGB", GIF_SIZE, pygame.image.tobytes(one, "RGB")) for one in small]
    few = [picture.quantize(160, dither=Image.Dither.NONE) for picture in pictures]
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
        looks = ["+dither", "-colors", "160", "-layers", "OptimizePlus"]
        subprocess.run([tool, "-delay", "14", "-loop", "0", *files, *looks, str(target)], check=True)
    return "ImageMagick"


def take_levels(ui: Ui) -> None:
    """Take the other levels of the campaign, each in a season that shows what it is about."""
    for name, (level_id, seed, season, policy) in CAMPAIGN.items():
        level = load_level(level_id)
        session = Session(compile_level(level), seed, 1, (policy,) * len(level.seats))
        play_on(session, policy, season)
        scene = PlayScene(session, level_id, opening=False)
        scene.clock = 3.0
        shot(ui, scene.stack.draw, name)


def take_cosy_deal(ui: Ui) -> None:
    """Take what the measure says of deals between friends at the clay pit: who paid for them."""
    level = load_level("market_and_message")
    session = Session(compile_level(level), 5, 1, ("deaf", *("person" for _ in level.seats[1:])))
    play_on(session, "deaf", session.model.seasons + 1)
    ending = EndingScene(session, level.id, None)
    ending.shown.hindsight.look_back(0).wait()
    deeds = DeedsScene(ending.shown)
    told = (ending.shown.ripples().result or {"deeds": []})["deeds"]
    deeds.chosen = next(
        number for number, deed in enumerate(told, 1) if deed["paid_by"] and "deal" in deed["title"].lower()
    )
    shot(ui, deeds.stack.draw, "cosy_deal")


def main() -> int:
    """Take all pictures."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    pygame.init()
    ui = Ui(pygame.display.set_mode(DESIGN), scale_for(DESIGN, 1.0))  # whatever desktop there is
    frames = take_screens(ui)
    take_loops(ui)
    take_forest(ui)
    take_levels(ui)
    take_cosy_deal(ui)
    take_timelines(ui)
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
