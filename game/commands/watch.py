"""`powerdance watch`: a level in the making, checked and tried again whenever it is saved."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from game.commands.check import check_files
from game.commands.picture import WIDE, drawn, named_png
from game.commands.usage import DOES_NOT_HOLD, FINE, whole
from game.insight.roles import roles_of, watched
from game.level.beside import stamps
from game.level.problems import UnreadableFile, no_file
from game.level.whole_files import written_whole
from game.run.curves import Curve, curves
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.telling import words
from game.telling.say import told_in

GAMES, PATIENCE = 12, 0.25  # games of each way; seconds between two looks at the file
MOST = 3  # stocks
BLOCKS, PLAIN = "▁▂▃▄▅▆▇█", "_.-:=+*#"  # from low to high; the second where a console has not got the first
LONG = 24  # characters of a course


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `watch` takes."""
    parser.add_argument("path", metavar="FILE", help="the level that is being written")
    parser.add_argument("--games", type=whole(1), default=GAMES, metavar="N", help=f"games of each way ({GAMES})")
    parser.add_argument("--picture", metavar="FILE.png", help="also draw the board into this file each time")
    parser.add_argument("--once", action="store_true", help="look once, and end with what `check` would end with")


def run(arguments: argparse.Namespace) -> int:
    """Tell what is wrong and how the level goes, now and after each time it is saved; Ctrl-C ends it."""
    path, seen = Path(arguments.path), ""
    picture = named_png(arguments.picture) if arguments.picture else None
    if not path.is_file():
        raise UnreadableFile(arguments.path, no_file(path))
    while True:
        now = _state_of(path)
        if now != seen:
            seen = now
            fine = look(path, arguments.games, picture)
            if arguments.once:
                return FINE if fine else DOES_NOT_HOLD
            print("watching; save the file to look again, Ctrl-C ends", flush=True)
        time.sleep(PATIENCE)


def _state_of(path: Path) -> str:
    """Return what changes when the level, or a file beside it, is saved; "" while an editor replaces it."""
    files = [path, *sorted((path.parent / "rules").glob("*.yaml"))]
    try:
        return " ".join([*(str(file.stat().st_mtime_ns) for file in files), str(stamps(path))])
    except OSError:
        return ""


def look(path: Path, games: int, picture: Path | None = None) -> bool:
    """Print what is wrong with a level, then how it goes under each way to play; return whether it checks.

    `picture` is a file in which the board is drawn as a game begins.
    """
    checked = check_files([str(path)], run=False)
    for line in (*checked.problems, *checked.unreadable):
        print(line)
    if not checked.levels:
        return False
    model = compile_level(checked.levels[0])
    stocks = list(watched(model, roles_of(model)))[:MOST]
    with told_in(model.level.seasons):
        length = words.turns(model.seasons)
    print(f"{model.level.title}: {length}, {games} games of each way to play, the same in every seat")
    ways = curves(model, stocks, games)
    ends = {name: _ends([one.means[name] for one in ways], model.stocks[name].high) for name in stocks}
    for found in ways:
        print(_told(model, found, ends), flush=True)
    if picture is not None and model.level.kind == "model":
        print("a model without a game has no map to draw")
    elif picture is not None:
        with written_whole(picture) as file:
            file.write_bytes(drawn(model, new_worlds(model, [0]), WIDE))
    return True


def _ends(courses: list[list[float]], high: float) -> tuple[float, float]:
    """Return what the lowest and the highest sign stand for, in all ways to play alike.

    From 0, or what they fall to below it, to the bound, or what they come to far below that.
    """
    most, least = (end(end(values) for values in courses) for end in (max, min))
    return min(least, 0.0), high if most > 0.3 * high else max(most, 0.0)


def _told(model: Model, found: Curve, scale: dict[str, tuple[float, float]]) -> str:
    parts = [f"{found.policy:<7} won {100 * found.won:3.0f} %"]
    for name, values in found.means.items():
        unit = model.level.stocks[name].unit
        ends = " to ".join(words.amount(value, unit, True) for value in (values[0], values[-1]))
        parts.append(f"{words.stock_word(model, name)} {_course(values, *scale[name])} {ends}")
    return "   ".join(parts)


def _course(values: list[float], bottom: float, top: float) -> str:
    """Return a course as a row of signs, from `bottom` to `top`."""
    signs = BLOCKS if (sys.stdout.encoding or "").lower().startswith("utf") else PLAIN
    every = max(1, -(-len(values) // LONG))
    high = max(top - bottom, 1e-9)
    steps = [min(len(signs) - 1, max(0, int((value - bottom) / high * len(signs)))) for value in values[::every]]
    return "".join(signs[step] for step in steps)
