"""Measure dmlab2d and Mesa beside our own levels, in turn, one process on one core at a time.

    python tools/bench_peers.py [--rounds 3] [--seconds 1.0] [--json] [--keep FOLDER]

Both are installed into a throw-away virtual environment, which takes a
network; what cannot be installed is told, and the rest is measured.  Every
round runs all of them one after the other, so that whatever else the machine
does meets them alike; the best round counts.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

PEERS = Path(__file__).resolve().parent / "peers"
WANTED = {"dmlab2d_levels.py": "dmlab2d", "mesa_commons.py": "mesa>=3"}
OURS = "Powerdance "
# One core each: libraries that would take more are told not to.
ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}


def main() -> int:
    """Install, measure, print."""
    parser = argparse.ArgumentParser(description="Measure dmlab2d and Mesa beside our own levels.")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured; the best counts")
    parser.add_argument("--seconds", type=float, default=1.0, help="how long each measurement takes")
    parser.add_argument("--keep", metavar="FOLDER", help="where to make the environment, and keep it for another run")
    parser.add_argument("--json", action="store_true", help="print as JSON")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        folder = Path(arguments.keep or passing) / "peers"
        python, missing = environment(folder)
        programs = [(python, name) for name, package in WANTED.items() if package not in missing]
        best = measured([*programs, (Path(sys.executable), "ours.py")], arguments.rounds, arguments.seconds)
    if arguments.json:
        print(json.dumps({"per_second": best, "times": times(best), "missing": missing}, indent=2))
    else:
        print(table(best, missing))
    return 0


def environment(folder: Path) -> tuple[Path, dict[str, str]]:
    """Return the Python of a virtual environment with the peers, and those that could not be installed, with why."""
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    missing = {}
    for package in WANTED.values():
        command = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", package]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or ["pip failed"]
            missing[package] = lines[-1]
    return python, missing


def measured(programs: list[tuple[Path, str]], rounds: int, seconds: float) -> dict[str, float]:
    """Return the best of a few rounds for everything the programs measure."""
    best: dict[str, float] = {}
    for _ in range(rounds):
        for python, name in programs:
            command = [str(python), str(PEERS / name), str(seconds)]
            done = subprocess.run(
                command, stdout=subprocess.PIPE, text=True, check=True, env={**os.environ, **ONE_CORE}
            )
            for what, rate in json.loads(done.stdout).items():
                best[what] = max(rate, best.get(what, 0.0))
    return best


def times(best: dict[str, float]) -> dict[str, dict[str, float]]:
    """Return for each of ours how many times as many steps a second it makes as each of the others."""
    others = {name: rate for name, rate in best.items() if not name.startswith(OURS)}
    return {
        name: {other: rate / their_rate for other, their_rate in others.items()}
        for name, rate in best.items()
        if name.startswith(OURS)
    }


def table(best: dict[str, float], missing: dict[str, str]) -> str:
    """Return everything as text."""
    lines = [f"{name:<64} {rate:>12,.0f} a second" for name, rate in best.items()]
    for name, ratios in times(best).items():
        lines += ["", f"{name}, times as fast as"]
        lines += [f"    {other:<60} {ratio:>12.2f}" for other, ratio in ratios.items()]
    lines += [f"{package} could not be installed for this Python: {why}" for package, why in missing.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
