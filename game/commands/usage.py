"""What commands share: exit statuses, the error of wrong usage, policies of seats, arguments that many take."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from glob import glob, has_magic

from game.language.errors import PowerdanceError
from game.language.suggest import did_you_mean

FINE, DOES_NOT_HOLD, WRONG_USAGE = 0, 1, 2  # exit statuses; game.commands.stopping has another
FIRST_LEVEL = "the_shared_pasture"
DIFFICULTIES = ("gentle", "as_told", "hard")  # as in game.level.difficulty
BACKENDS = ("auto", "numpy", "compiled")  # as in game.run.backends, which is slow to import


class UsageError(PowerdanceError):
    """Something the person at the keyboard can put right; its text is the line they see."""


def seat_policies(text: str, seats: Sequence[str]) -> tuple[str, ...]:
    """Return the policy of each seat for `with` or `alder=over,others=with`.

    Raises UsageError for unknown seats or policies, and for seats left out.
    """
    from game.level.vocabulary import POLICY_NAMES

    said: dict[str, str] = {}
    for part in text.split(","):
        seat, equals, policy = (word.strip() for word in part.rpartition("="))
        seat = seat if equals else "all"
        if policy not in POLICY_NAMES:
            hint = did_you_mean(policy, POLICY_NAMES)
            raise UsageError(f'there is no policy "{policy}"{hint}; policies: {", ".join(POLICY_NAMES)}')
        if seat not in (*seats, "all", "others"):
            hint = did_you_mean(seat, seats)
            raise UsageError(f'there is no seat "{seat}"{hint}; seats: {", ".join(seats)}, and others')
        if seat in said:
            raise UsageError(f'"{seat}" is given two policies')
        said[seat] = policy
    if {"all", "others"} <= set(said):
        told = f"{seats[0]}={said['all']},others={said['others']}"
        raise UsageError(f'a policy without a seat is for all of them, and so is "others": write {told}')
    rest = said.get("others", said.get("all"))
    missing = [seat for seat in seats if seat not in said]
    if missing and rest is None:
        raise UsageError(f"say how {', '.join(missing)} play: add others=with")
    return tuple(said.get(seat, rest or "") for seat in seats)


def expanded(names: Sequence[str]) -> list[str]:
    """Return names of files with `*`, `?` and `[ ]` written out, as Windows shells do not; others as they are."""
    found: list[str] = []
    for name in names:
        matching = sorted(glob(name)) if has_magic(name) and not os.path.exists(name) else []
        found += matching or [name]
    return found


def whole(least: int) -> Callable[[str], int]:
    """Return a reader of whole numbers from `least` upwards, for argparse."""

    def read(text: str) -> int:
        if not text.isdecimal() or len(text) > 18 or int(text) < least:
            raise argparse.ArgumentTypeError(f'"{text}" is not a whole number from {least} upwards')
        return int(text)

    return read


def add_level(parser: argparse.ArgumentParser) -> None:
    """Take one level that must be named."""
    parser.add_argument("level", metavar="LEVEL", help="the id of a level or the path of a file")


def add_json(parser: argparse.ArgumentParser) -> None:
    """Take `--json`."""
    parser.add_argument("--json", action="store_true", help="print as JSON")


def add_difficulty(parser: argparse.ArgumentParser) -> None:
    """Take `--difficulty`."""
    parser.add_argument(
        "--difficulty",
        choices=DIFFICULTIES,
        default="as_told",
        help="gentle, as_told or hard, where the level or its rules have such a preset (default: as_told)",
    )


def add_backend(parser: argparse.ArgumentParser) -> None:
    """Take `--backend`."""
    parser.add_argument(
        "--backend",
        choices=BACKENDS,
        default="auto",
        help="what computes: numpy, compiled (needs numba), or auto, which compiles what is worth it; the same bits",
    )


def add_workers(parser: argparse.ArgumentParser) -> None:
    """Take `--workers`."""
    parser.add_argument(
        "--workers",
        type=whole(1),
        default=1,
        metavar="W",
        help="share the games among W threads where they are compiled, else processes; the results are the same to "
        "the bit (default: 1)",
    )
