"""`powerdance debrief`: a kept game that is over as one page with pictures, its course and questions."""

from __future__ import annotations

import argparse
from pathlib import Path

from game.commands.kept_game import open_replay
from game.commands.usage import FINE, UsageError
from game.playing.branches import retold
from game.playing.session import Session
from game.telling import words
from game.telling.say import told_in


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `debrief` takes."""
    parser.add_argument("file", metavar="REPLAY", help="a replay, as `simulate --replay` writes it")
    parser.add_argument("-o", "--out", metavar="PAGE.html", required=True, type=Path, help="where the page is written")


def run(args: argparse.Namespace) -> int:
    """Write the page of a replay.  Raises UsageError where the game is not over."""
    from game.screen.kit.debrief import write_debrief

    if args.out.suffix not in (".html", ".htm"):
        raise UsageError(f'"{args.out.name}" should end in .html')
    kept = open_replay(args.file)
    game = kept.game()
    session = retold(Session(game.model, kept.seed, 1, kept.policies), game.plans)
    if not session.over:
        with told_in(game.model.level.seasons):
            length = words.turns(game.model.seasons)
        raise UsageError(f"this game is not over: {len(game.plans)} of {length} were played")
    write_debrief(args.out, session)
    return FINE
