"""`powerdance picture`: the board of a level as a picture, without any window."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from game.commands.usage import FINE, UsageError, add_level, seat_policies, whole
from game.level.reader import load_level
from game.level.whole_files import written_whole
from game.players.policies import plan_season
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.step import step
from game.sim.world import RUNNING, World
from game.telling import words
from game.telling.say import told_in

WIDE, MOST = 960, 4096  # pixels: by default, and at most
HIGH = 0.75  # of the width, at most


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `picture` takes."""
    add_level(parser)
    parser.add_argument("-o", "--out", metavar="FILE.png", help="the file to write (default: as the level)")
    parser.add_argument("--season", type=whole(0), default=0, metavar="K", help="after so many seasons (default: 0)")
    parser.add_argument("--policy", metavar="P", help="how the seats play until then (default: as the level says)")
    parser.add_argument("--seed", type=whole(0), default=0, metavar="S", help="the seed of that game (default: 0)")
    parser.add_argument("--width", type=whole(100), default=WIDE, metavar="W", help=f"pixels at most ({WIDE})")


def run(args: argparse.Namespace) -> int:
    """Write the board of a level after some seasons under a policy, and say where."""
    if args.width > MOST:
        raise UsageError(f"at most {MOST} pixels wide")
    level = load_level(args.level)
    out = named_png(args.out or f"{level.written.name if level.written else level.id}.png")
    policies = seat_policies(args.policy, level.seats) if args.policy else level.default_policies()
    if level.kind == "model":
        raise UsageError(f'"{level.id}" is a model without a game and has no map to draw')
    model = compile_level(level)
    world = _world(model, policies, args.season, args.seed)
    with written_whole(out) as file:
        file.write_bytes(drawn(model, world, args.width))
    with told_in(level.seasons):
        print(f"wrote {out}: {level.title} after {words.turns(int(world.season))}")
    return FINE


def named_png(name: str) -> Path:
    """Return where a picture goes.  Raises UsageError where the name is none of a picture."""
    out = Path(name)
    if out.suffix != ".png":
        raise UsageError(f"a picture ends in .png, as in {out.with_suffix('.png').name}")
    return out


def _world(model: Model, policies: tuple[str, ...], seasons: int, seed: int) -> World:
    """Return the world after some seasons, or at the end of a game that was over sooner."""
    world = new_worlds(model, [seed])
    while world.season < min(seasons, model.seasons) and world.outcome[0] == RUNNING:
        world = step(model, world, plan_season(model, world, policies))
    return world


def drawn(model: Model, world: World, width: int) -> bytes:
    """Return the board as a PNG file."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    from io import BytesIO

    import pygame

    from game.picture.board import Board
    from game.picture.scene import look

    scene = look(model, world)
    rows, columns = scene.ground.shape
    board = Board(rows, columns, (width, round(width * HIGH)))
    surface = pygame.Surface(board.size)
    board.draw(surface, scene)
    stream = BytesIO()
    pygame.image.save(surface, stream, "board.png")
    return stream.getvalue()
