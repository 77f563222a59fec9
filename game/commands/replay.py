"""`powerdance replay`: a kept game played again."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from game.commands.usage import DOES_NOT_HOLD, FINE
from game.record.replay import read_replay
from game.sim import RULE_NUMBER


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `replay` takes."""
    parser.add_argument("file", metavar="FILE", help="a replay, as `simulate --replay` writes it")
    parser.add_argument(
        "--verify", action="store_true", help="compare every season with what is noted; 1 if one differs"
    )


def run(args: argparse.Namespace) -> int:
    """Play a replay again and say how it ended; with `--verify` compare every season, 1 where one differs."""
    kept = read_replay(Path(args.file))
    if kept.rules != RULE_NUMBER:
        print(f"powerdance: {args.file} was played by rules {kept.rules}, these are {RULE_NUMBER}", file=sys.stderr)
    if args.verify:
        season = kept.differs_in()
        if season is not None:
            print(f"season {season} of {len(kept.plans)} comes out otherwise than noted", file=sys.stderr)
            return DOES_NOT_HOLD
        print(f"{len(kept.plans)} seasons, all as noted")
        return FINE
    game = kept.game()
    outcome = ("still running", "won", "lost", "over without reaching every goal")[int(game.end.outcome[0])]
    title_ = game.model.level.title
    print(f"{title_}, seed {kept.seed}: {game.seasons} seasons, {len(game.deeds)} deeds, {outcome}")
    return FINE
