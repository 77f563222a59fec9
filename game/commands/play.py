"""`powerdance play`: one level, in the window or as text."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from game.commands.usage import FINE, FIRST_LEVEL, UsageError, add_difficulty, seat_policies, whole

if TYPE_CHECKING:
    from game.level.schema import Level
    from game.run.ready import Ready
    from game.sim.model import Model


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `play` takes."""
    parser.add_argument(
        "level",
        nargs="?",
        metavar="LEVEL",
        help=f"the id of a level, a file of one, a pack, a folder of them, or a kept game (default: {FIRST_LEVEL})",
    )
    parser.add_argument("--terminal", action="store_true", help="play as text")
    parser.add_argument(
        "--players",
        type=whole(1),
        default=1,
        metavar="N",
        help="how many people play; they take the first seats, in turn at one keyboard",
    )
    parser.add_argument("--seed", type=whole(0), metavar="S", help="the same seed gives the same game")
    parser.add_argument(
        "--policy",
        metavar="P",
        help="how the other seats play: with, over, ... or alder=over,others=with (default: as the level says)",
    )
    add_difficulty(parser)


def run(arguments: argparse.Namespace) -> int:
    """Play until the people leave."""
    if not arguments.terminal and not arguments.level and arguments.difficulty != "as_told":
        raise UsageError("say which level, as in `powerdance play the_shared_pasture --difficulty hard`")
    with _compiled_beside():
        if arguments.terminal:
            return _play_as_text(arguments)
        return _play_level(arguments) if arguments.level else _play_title()


@contextmanager
def _compiled_beside() -> Iterator[None]:
    """Let the seasons of whatever is played be compiled beside it; nothing of that is loaded before it is asked for."""
    from game.sim import at_hand

    making: list[Ready] = []

    def make(model: Model) -> None:
        from game.run.ready import Ready

        making[:] = making or [Ready()]
        making[0].begin(model)

    at_hand.answer(make)
    try:
        yield
    finally:
        at_hand.answer(None)
        for one in making:
            one.stop()


def _play_as_text(arguments: argparse.Namespace) -> int:
    from game.terminal.game import play

    level, policies = _told(arguments)
    return play(
        level, arguments.level or FIRST_LEVEL, arguments.players, arguments.seed, policies, arguments.policy or "",
        difficulty=arguments.difficulty,
    )  # fmt: skip


def _told(arguments: argparse.Namespace) -> tuple[Level, tuple[str, ...]]:
    """Return the level that is asked for, and who plays it.  Raises LevelError, UnreadableFile, UsageError."""
    from game.level.difficulty import at_difficulty
    from game.level.reader import load_level

    level = load_level(arguments.level or FIRST_LEVEL)
    if arguments.players > len(level.seats):
        raise UsageError(f"this level has {len(level.seats)} seats, so at most {len(level.seats)} people can play")
    level = at_difficulty(level, arguments.difficulty)
    return level, seat_policies(arguments.policy, level.seats) if arguments.policy else level.default_policies()


def _play_title() -> int:
    """Show the window at once, and load all else while it is seen."""
    from game.screen import opening

    window = opening.window()
    from game.screen.program import play_window

    play_window(window=window)
    return FINE


def _play_level(arguments: argparse.Namespace) -> int:
    """Play a level, or open a kept game or a folder of levels; what is wrong is said before there is a window."""
    from game.level.problems import UnreadableFile
    from game.record.game_file import GAME
    from game.screen.program import play_window

    file = Path(arguments.level)
    if file.suffix == GAME or file.is_dir():  # of a folder all levels are listed
        if not file.exists():
            raise UnreadableFile(str(file), "there is no such file")
        play_window(opened=file)
        return FINE
    _, policies = _told(arguments)
    play_window(arguments.level, arguments.players, arguments.seed, policies, difficulty=arguments.difficulty)
    return FINE
