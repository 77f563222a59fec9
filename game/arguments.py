"""What each command takes on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable

FIRST_LEVEL = "the_shared_pasture"
DIFFICULTIES = ("gentle", "as_told", "hard")  # as in game.level.difficulty
BACKENDS = ("auto", "numpy", "compiled")  # as in game.run.backends, which is slow to import


def play_arguments(play: argparse.ArgumentParser) -> None:
    """What `play` takes."""
    play.add_argument(
        "level",
        nargs="?",
        metavar="LEVEL",
        help=f"the id of a level or the path of a file (default: {FIRST_LEVEL})",
    )
    play.add_argument("--terminal", action="store_true", help="play as text")
    play.add_argument(
        "--players",
        type=whole(1),
        default=1,
        metavar="N",
        help="how many people play; they take the first seats, in turn at one keyboard",
    )
    play.add_argument("--seed", type=whole(0), metavar="S", help="the same seed gives the same game")
    play.add_argument(
        "--policy",
        metavar="P",
        help="how the other seats play: with, over, ... or alder=over,others=with (default: as the level says)",
    )
    _difficulty_argument(play)


def run_arguments(simulate: argparse.ArgumentParser, balance: argparse.ArgumentParser) -> None:
    """What `simulate` and `balance` take."""
    simulate.add_argument("level", metavar="LEVEL", help="the id of a level or the path of a file")
    simulate.add_argument(
        "--policy",
        required=True,
        metavar="P",
        help="how the seats play: with, over, ... or alder=over,others=with",
    )
    _difficulty_argument(simulate)
    simulate.add_argument("--runs", type=whole(1), default=100, metavar="N", help="how many seeds (default: 100)")
    simulate.add_argument("--seed", type=whole(0), default=0, metavar="S", help="the first seed (default: 0)")
    simulate.add_argument("--seasons", type=whole(1), metavar="K", help="stop after so many seasons")
    simulate.add_argument("--out", metavar="FILE", help="a row for each run and season: FILE.csv, .jsonl or .parquet")
    simulate.add_argument("--replay", metavar="FILE", help="also keep the game of the first seed, as a replay")
    simulate.add_argument(
        "--change",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="another value for a number of the level, as in growth=0.3; may be given often",
    )
    _backend_argument(simulate)
    _workers_argument(simulate)
    simulate.add_argument("--json", action="store_true", help="print as JSON")
    balance_arguments(balance)


def balance_arguments(balance: argparse.ArgumentParser) -> None:
    """What `balance` takes."""
    balance.add_argument(
        "level", nargs="*", metavar="LEVEL", help="ids of levels or paths of files (default: campaign and controls)"
    )
    balance.add_argument("--all", action="store_true", help="all levels of the campaign and all controls")
    balance.add_argument("--runs", type=whole(1), default=500, metavar="N", help="how many seeds (default: 500)")
    balance.add_argument("--seed", type=whole(0), default=0, metavar="S", help="the first seed (default: 0)")
    balance.add_argument(
        "--decision-runs",
        type=whole(0),
        metavar="N",
        help="in how many planned games to count the seasons that are real decisions "
        "(default: 3 where levels are named, else none)",
    )
    balance.add_argument(
        "--planner",
        action="store_true",
        help="also try the claims with planners in the scripts' seats; told only, and slow",
    )
    balance.add_argument(
        "--planner-runs", type=whole(1), default=30, metavar="N", help="how many seeds for --planner (default: 30)"
    )
    _study_arguments(balance)
    _backend_argument(balance)
    _workers_argument(balance)
    balance.add_argument("--json", action="store_true", help="print as JSON")


def _study_arguments(balance: argparse.ArgumentParser) -> None:
    """What `balance` takes beside its claims: what else is tried, and what is kept."""
    balance.add_argument(
        "--policy-runs",
        type=whole(0),
        default=60,
        metavar="N",
        help="how many seeds each policy plays for the table of policies (default: 60, at most --runs; 0: no table)",
    )
    balance.add_argument(
        "--ranges",
        type=whole(0),
        default=0,
        metavar="N",
        help="try the claims at N points of the ranges of the numbers chosen for play (default: 0)",
    )
    balance.add_argument(
        "--exploits",
        type=whole(0),
        nargs="?",
        const=100,
        default=0,
        metavar="N",
        help="search N plans for cheap wins (100 without a number; default: none)",
    )
    balance.add_argument("--report", metavar="FILE", help="also write one self-contained page: FILE.html")
    balance.add_argument(
        "--resume", metavar="FILE", help="keep finished work in this file (default: in the user's cache folder)"
    )
    balance.add_argument("--fresh", action="store_true", help="play everything anew, whatever was kept")


def looking_back_arguments(
    replay: argparse.ArgumentParser,
    ripples: argparse.ArgumentParser,
    loops: argparse.ArgumentParser,
    why: argparse.ArgumentParser,
    proof: argparse.ArgumentParser,
) -> None:
    """What `replay`, `ripples`, `loops`, `why` and `proof` take."""
    replay.add_argument("file", metavar="FILE", help="a replay, as `simulate --replay` writes it")
    replay.add_argument(
        "--verify", action="store_true", help="compare every season with what is noted; 1 if one differs"
    )
    ripples.add_argument("file", metavar="FILE", help="a replay")
    ripples.add_argument("--seat", metavar="WHO", help="only the deeds of one seat (default: of all)")
    ripples.add_argument("--json", action="store_true", help="print as JSON")
    _backend_argument(ripples)
    loops.add_argument("level", metavar="LEVEL", help="the id of a level or the path of a file")
    loops.add_argument("--season", type=whole(0), default=0, metavar="K", help="after so many seasons (default: 0)")
    loops.add_argument("--policy", metavar="P", help="how the seats play until then (default: as the level says)")
    loops.add_argument("--seed", type=whole(0), default=0, metavar="S", help="the seed of that game (default: 0)")
    loops.add_argument(
        "--format", default="text", choices=("text", "mermaid", "dot", "json"), help="how to print (default: text)"
    )
    why.add_argument("file", metavar="REPLAY", help="a replay, as `simulate --replay` writes it")
    why.add_argument("stock", metavar="STOCK", help="what changed: a stock of the level, by its id or its name")
    why.add_argument("--community", metavar="X", help="whose (default: of all; of what lies between two, towards X)")
    why.add_argument("--season", type=whole(1), metavar="N", help="in which season (default: where it got worst)")
    why.add_argument("--json", action="store_true", help="print as JSON")
    proof.add_argument("file", metavar="REPLAY", help="a replay, as `simulate --replay` writes it")
    proof.add_argument("--json", action="store_true", help="print as JSON")
    _backend_argument(proof)


def _difficulty_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--difficulty",
        choices=DIFFICULTIES,
        default="as_told",
        help="gentle, as_told or hard, where the level or its rules have such a preset (default: as_told)",
    )


def _backend_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--backend",
        choices=BACKENDS,
        default="auto",
        help="what computes: numpy, compiled (needs numba), or auto, which compiles what is worth it; the same bits",
    )


def _workers_argument(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--workers",
        type=whole(1),
        default=1,
        metavar="W",
        help="share the games among W processes; the results are the same to the bit (default: 1)",
    )


def whole(least: int) -> Callable[[str], int]:
    """Return a reader of whole numbers from `least` upwards, for argparse."""

    def read(text: str) -> int:
        if not text.isdecimal() or len(text) > 18 or int(text) < least:
            raise argparse.ArgumentTypeError(f'"{text}" is not a whole number from {least} upwards')
        return int(text)

    return read
