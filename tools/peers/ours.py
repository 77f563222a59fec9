"""Ticks a second of our own levels, as JSON; run by tools/bench_peers.py in a process of its own."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that it also runs where the game is not installed

from game.bench.scaling import games_per_hour
from game.bench.speed import BATCHES, Effort, kernels, speed
from game.level.reader import load_level
from game.sim.model import compile_level

EQUAL = Path(__file__).with_name("equal_commons.yaml")  # what mesa_commons.py works out, in our words

if __name__ == "__main__":
    effort, found, backends = Effort(1, float(sys.argv[1]) / len(BATCHES), BATCHES), {}, kernels()
    for name, make in backends.items():
        for title, level in (
            ("the_shared_pasture", "the_shared_pasture"),
            ("sandbox", "sandbox"),
            ("Mesa's commons", str(EQUAL)),
        ):
            figures = speed(compile_level(load_level(level)), make, effort)
            found[f"Powerdance {title}, {name}, nobody acts"] = figures["world_ticks_per_second"]
        pasture = load_level("the_shared_pasture")
        an_hour = games_per_hour(pasture, "with", 64, backend=name) * pasture.seasons.count * pasture.seasons.ticks
        found[f"Powerdance the_shared_pasture, {name}, four players plan and act"] = an_hour / 3600.0
    print(json.dumps(found))
