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
from game.sim.units_told import unit_of
from game.telling import words
from game.telling.courses import BLOCKS, PLAIN, course, ends_of
from game.telling.say import told_in

GAMES, PATIENCE = 12, 0.25  # games of each way; seconds between two looks at the file
MOST = 3  # stocks beside each way to play


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
    stocks = list(watched(model, roles_of(model)))
    if model.level.kind == "model":
        _print_model(model, stocks, games)
    else:
        _print_game(model, stocks[:MOST], games)
    if picture is not None and model.level.kind == "model":
        print("a model without a game has no map to draw")
    elif picture is not None:
        with written_whole(picture) as file:
            file.write_bytes(drawn(model, new_worlds(model, [0]), WIDE))
    return True


def _print_game(model: Model, stocks: list[str], games: int) -> None:
    with told_in(model.level.seasons):
        length = words.turns(model.seasons)
    print(f"{model.level.title}: {length}, {games} games of each way to play, the same in every seat")
    ways = curves(model, stocks, games)
    ends = {name: ends_of([one.means[name] for one in ways], model.stocks[name].high) for name in stocks}
    for found in ways:
        parts = [f"{found.policy:<7} won {100 * found.won:3.0f} %"]
        parts += [f"{words.stock_word(model, name)} {_told(model, found, name, ends[name])}" for name in stocks]
        print("   ".join(parts), flush=True)


def _print_model(model: Model, stocks: list[str], games: int) -> None:
    """Print how the stocks of a model go, which nobody plays."""
    with told_in(model.level.seasons):
        length = words.turns(model.seasons)
    print(f"{model.level.title}: {length}, means of {games} runs")
    found = curves(model, stocks, games, ("idle",))[0]
    names = {name: words.stock_word(model, name) for name in stocks}
    width = max((len(word) for word in names.values()), default=0)
    for name, word in names.items():
        ends = ends_of([found.means[name]], model.stocks[name].high)
        print(f"{word:<{width}}   {_told(model, found, name, ends)}", flush=True)


def _told(model: Model, found: Curve, name: str, ends: tuple[float, float]) -> str:
    values = found.means[name]
    signs = BLOCKS if (sys.stdout.encoding or "").lower().startswith("utf") else PLAIN
    told = " to ".join(words.amount(value, unit_of(model, name), True) for value in (values[0], values[-1]))
    return f"{course(values, *ends, signs)} {told}"
