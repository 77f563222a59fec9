"""Steps a second of two levels of dmlab2d, as JSON; run by tools/bench_peers.py in an environment of its own.

No observations are requested.  With `acting`, every player takes a random
action each step, drawn beforehand; otherwise the step is given no action.
"""

import json
import random
import sys
import time

import dmlab2d  # type: ignore[import-not-found]
from dmlab2d import runfiles_helper

LEVELS = ("commons_harvest", "clean_up")
PREPARED = 500


def steps_per_second(level: str, players: int, acting: bool, seconds: float) -> float:
    """Return how many steps of one environment this core makes in a second."""
    settings = {"levelName": level, "numPlayers": str(players)}
    environment = dmlab2d.Environment(dmlab2d.Lab2d(runfiles_helper.find(), settings), observation_names=[], seed=1)
    environment.reset()
    draw, choices = random.Random(1), environment.action_spec()
    moves = [
        {name: draw.randint(int(choice.minimum), int(choice.maximum)) for name, choice in choices.items()}
        if acting
        else {}
        for _ in range(PREPARED)
    ]
    steps, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        for move in moves:
            if environment.step(move).last():
                environment.reset()
        steps += PREPARED
    return steps / (time.perf_counter() - start)


if __name__ == "__main__":
    length = float(sys.argv[1])
    print(
        json.dumps(
            {
                f"{level}, 4 players {'acting' if acting else 'still'}": steps_per_second(level, 4, acting, length)
                for level in LEVELS
                for acting in (True, False)
            }
        )
    )
