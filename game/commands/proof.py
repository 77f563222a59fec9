"""`powerdance proof`: a kept game under two rules of proof."""

from __future__ import annotations

import argparse
import json

from game.commands.kept_game import open_replay
from game.commands.usage import FINE, add_backend, add_json
from game.playing.branches import retold
from game.playing.proof import as_data, verdict_lines, weigh
from game.playing.session import Session
from game.run.backends import kernel
from game.telling.say import told_in


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `proof` takes."""
    parser.add_argument("file", metavar="REPLAY", help="a replay, as `simulate --replay` writes it")
    add_json(parser)
    add_backend(parser)


def run(args: argparse.Namespace) -> int:
    """Print what two rules of proof would have made of a replay."""
    kept = open_replay(args.file)
    game = kept.game()
    session = retold(Session(game.model, kept.seed, 1, kept.policies), game.plans)
    with told_in(game.model.level.seasons):
        found = weigh(session, game, -1, kernel(args.backend, game.model, 1 + len(game.deeds)))
        if args.json:
            print(json.dumps(as_data(game.model, found), indent=1, ensure_ascii=False))
        else:
            print("\n".join(verdict_lines(found)))
    return FINE
