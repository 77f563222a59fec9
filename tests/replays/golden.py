"""Games whose every bit is known: the digests of their last worlds, kept for each number of the rules.

    python -m tests.replays.golden --print   what this machine makes of them
    python -m tests.replays.golden           writes digests.json for the present RULE_NUMBER

The levels are copies that stay as they are while the shipped ones are tuned.
Digests of a number of the rules that has been released are never written anew;
`--again` does so while the number is still being worked on.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from game.level.reader import load_level
from game.run.batch import play
from game.sim import RULE_NUMBER
from game.sim.model import compile_level
from game.sim.selftest import digest as self_test_digest

HERE = Path(__file__).parent
FILE = HERE / "digests.json"
SEEDS = (1, 2, 2**63 + 5)
GAMES = tuple(
    (level, policy, seasons)
    for level, seasons in (("pasture", 2), ("forest", 4), ("everything", 8))
    for policy in ("idle", "random", "over", "with", "deaf")
)


def played() -> list[dict[str, Any]]:
    """Play every game here and now; return one row for each game and seed."""
    models = {level: compile_level(load_level(HERE / "levels" / f"{level}.yaml")) for level, _, _ in GAMES}
    rows = []
    for level, policy, seasons in GAMES:
        digests = play(models[level], policy, SEEDS, seasons=seasons).digests
        rows += [
            {"level": level, "policy": policy, "seed": seed, "seasons": seasons, "digest": digest}
            for seed, digest in zip(SEEDS, digests, strict=True)
        ]
    return rows


def kept() -> dict[str, list[dict[str, Any]]]:
    """Return what is written down, by the number of the rules."""
    found: dict[str, list[dict[str, Any]]] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    return found


def moved(now: list[dict[str, Any]], before: list[dict[str, Any]]) -> list[str]:
    """Return in words which games end in other bits than before."""
    known = {_name(row): row["digest"] for row in before}
    found = [f"{_name(row)}: {known.get(_name(row), 'not there')[:12]} became {row['digest'][:12]}" for row in now]
    return [line for line, row in zip(found, now, strict=True) if known.get(_name(row)) != row["digest"]]


def _name(row: dict[str, Any]) -> str:
    return f"{row['level']} under {row['policy']}, seed {row['seed']}, {row['seasons']} seasons"


def main(words: list[str]) -> int:
    """Print or write the digests."""
    now = played()
    if "--print" in words:
        print(json.dumps({"self_test": self_test_digest(), "games": now}))
        return 0
    digests, number = kept(), str(RULE_NUMBER)
    if number in digests and moved(now, digests[number]) and "--again" not in words:
        print(f"rules {number} are written down already, and games moved; raise RULE_NUMBER in game/sim/__init__.py")
        return 1
    digests[number] = now
    FILE.write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8")
    print(f"wrote {len(now)} digests of rules {number}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
