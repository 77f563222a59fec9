"""`powerdance music`: the music of the game as a file, to be listened to or measured."""

from __future__ import annotations

import argparse
from pathlib import Path

from game.commands.usage import FINE, UsageError, whole

LONGEST = 3600  # seconds


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `music` takes."""
    parser.add_argument("out", metavar="FILE.wav", help="the file to write")
    parser.add_argument("--seconds", type=whole(1), default=60, metavar="S", help="how long (default: 60)")
    parser.add_argument("--seed", type=whole(0), default=0, metavar="S", help="the same seed gives the same music")
    for dial in ("depletion", "conflict", "toxification"):
        parser.add_argument(f"--{dial}", type=whole(0), default=0, metavar="0..100", help="where the dial stands")


def run(arguments: argparse.Namespace) -> int:
    """Write the music that plays where the dials stand so, and say so."""
    from game.music.composing import Dials
    from game.music.synthesis import write_music

    stands = [arguments.depletion, arguments.conflict, arguments.toxification]
    if max(stands) > 100:
        raise UsageError("dials stand between 0 and 100")
    if arguments.seconds > LONGEST:
        raise UsageError(f"at most {LONGEST} seconds")
    if Path(arguments.out).suffix != ".wav":
        raise UsageError(f"the file is to end in .wav, as in {Path(arguments.out).with_suffix('.wav').name}")
    write_music(Path(arguments.out), arguments.seed, Dials(*(stand / 100 for stand in stands)), arguments.seconds)
    print(f"wrote {arguments.out}: {arguments.seconds} s")
    return FINE
