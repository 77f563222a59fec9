"""`powerdance replay`: a kept game played again."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from game.commands.kept_game import open_replay
from game.commands.usage import DOES_NOT_HOLD, FINE
from game.record.replay import read_replay
from game.telling import words
from game.telling.say import told_in


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `replay` takes."""
    parser.add_argument("file", metavar="FILE", help="a replay, as `simulate --replay` writes it")
    parser.add_argument(
        "--verify", action="store_true", help="compare every season with what is noted; 1 if one differs"
    )


def run(args: argparse.Namespace) -> int:
    """Play a replay again and say how it ended; with `--verify` compare every season, 1 where one differs."""
    if args.verify:
        kept = read_replay(Path(args.file))
        fault = kept.fault()
        print(fault or f"{len(kept.plans)} seasons, all as noted", file=sys.stderr if fault else sys.stdout)
        return DOES_NOT_HOLD if fault else FINE
    kept = open_replay(args.file)
    game = kept.game()
    outcome = ("still running", "won", "lost", "over without reaching every goal")[int(game.end.outcome[0])]
    title_ = game.model.level.title
    with told_in(game.model.level.seasons):
        length = words.turns(game.seasons)
    print(f"{title_}, seed {kept.seed}: {length}, {words.count(len(game.deeds), 'deed')}, {outcome}")
    return FINE
