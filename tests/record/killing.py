"""Programs that are ended again and again while they write, and what is found afterwards.

`python -m tests.record.killing KIND --kills 10000` prints as JSON how many
files were torn, how many acknowledged writes were lost and what lies about.
Each writer is a fork, since a fresh interpreter would take most of the time.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from game.level.reader import load_level
from game.level.whole_files import write_whole
from game.record.replay import Recorder, read_replay
from game.record.saved_game import SavedGame
from game.record.settings import Settings
from game.record.store import Store
from game.run.finished_blocks import FinishedBlocks
from game.sim.model import compile_level

LONGEST = 0.03  # seconds after its first write at which a writer is ended at the latest
Write = Callable[[int], None]


def plan_of(number: int) -> dict[int, tuple[tuple[str, ...], None]]:
    return {0: (tuple(f"season {number} action {one}" for one in range(30)), None)}


class Saves:
    """One game, all seasons of which say which save it was."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "games.sqlite3"

    def writer(self) -> Write:
        store = Store(self.file)
        profile = store.profile("Ada")
        game = store.running(profile) or SavedGame("pasture", 7, 1, ("with", "over"))

        def write(number: int) -> None:
            game.plans = [plan_of(number)] * (1 + number % 30)  # type: ignore[list-item]
            store.save(profile, game)

        return write

    def read(self) -> int:
        """Return which write is there.  Raises whatever is wrong."""
        with closing(sqlite3.connect(self.file)) as base:
            assert base.execute("pragma integrity_check").fetchone() == ("ok",)
        with closing(Store(self.file)) as store:
            game = store.running(store.profile("Ada"))
            assert game is not None
            number = int(game.plans[0][0][0][0].split()[1])
            assert game.plans == [plan_of(number)] * (1 + number % 30)
            return number


class Options:
    """Settings, one of which counts."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "settings.toml"

    def writer(self) -> Write:
        settings = Settings(self.file)
        return lambda number: settings.set("window", [700 + number % 1000, 500 + number // 1000])

    def read(self) -> int:
        settings = Settings(self.file)
        assert not settings.notice, settings.notice
        width, height = settings["window"]
        return (height - 500) * 1000 + width - 700


class Replays:
    """Replays of games that have just begun, one over the other."""

    def __init__(self, folder: Path) -> None:
        self.file, self.model = folder / "kept.json", compile_level(load_level("nail_and_barn"))

    def writer(self) -> Write:
        policies = ("idle",) * len(self.model.level.seats)
        return lambda number: Recorder(self.model, number, policies).replay().write(self.file)

    def read(self) -> int:
        return read_replay(self.file).seed


class Studies:
    """Finished blocks of a study, each of which stays."""

    def __init__(self, folder: Path) -> None:
        self.file, self.known = folder / "kept.sqlite", 0

    def writer(self) -> Write:
        blocks = FinishedBlocks(self.file)
        return lambda number: blocks.put(f"{number}", {"values": np.full(200, number)})

    def read(self) -> int:
        blocks = FinishedBlocks(self.file)
        with closing(blocks.database):
            while (found := blocks.get(f"{self.known + 1}")) is not None:
                assert (found["values"] == self.known + 1).all()
                self.known += 1
        return self.known


class Naive:
    """What many programs do: open, write, close."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "naive.json"

    def writer(self) -> Write:
        def write(number: int) -> None:
            with self.file.open("w", encoding="utf-8") as stream:
                for part in json.JSONEncoder().iterencode([number] * 2000):
                    stream.write(part)

        return write

    def read(self) -> int:
        found = json.loads(self.file.read_text(encoding="utf-8"))
        assert len(found) == 2000 and len(set(found)) == 1
        return int(found[0])


KINDS = {"saves": Saves, "settings": Options, "replays": Replays, "studies": Studies, "naive": Naive}


def _fork(write_from: Callable[[], Write], first: int, told: int) -> None:
    """Write one after the other until somebody ends this process; tell of each that is done."""
    try:
        write, number = write_from(), first
        while True:
            write(number)
            os.write(told, number.to_bytes(8, "little"))
            number += 1
    finally:
        os._exit(1)


def _ended(write_from: Callable[[], Write], first: int, wait: float) -> int:
    """Begin a writer, end it a while after its first write, and return the last write it told of."""
    hears, told = os.pipe()
    writer = os.fork()
    if writer == 0:
        _fork(write_from, first, told)
    os.close(told)
    with os.fdopen(hears, "rb") as stream:
        said = stream.read(8)
        time.sleep(wait)
        os.kill(writer, signal.SIGKILL)
        rest = stream.read()
    os.waitpid(writer, 0)
    whole = (said + rest)[: len(said + rest) // 8 * 8]
    return int.from_bytes(whole[-8:], "little") if whole else 0


def killed(kind: str, kills: int, seed: int, folder: Path) -> dict[str, object]:
    """End writers of a kind so many times; return what was wrong."""
    made, luck = KINDS[kind](folder), random.Random(seed)
    torn = lost = last = writes = 0
    first_fault = ""
    for number in range(kills):
        said = _ended(made.writer, last + 1, luck.random() * LONGEST)
        if not said:
            raise RuntimeError(f"the writer of {kind} does not get to its first write")
        writes += said - last
        try:
            found = made.read()
        except Exception as error:
            torn += 1
            first_fault = first_fault or f"kill {number}: {type(error).__name__}: {error}"[:500]
            found = said
            made.file.unlink()
        lost += found < said
        last = max(found, said)
    if kind not in ("saves", "studies"):  # what the last one left is tidied away by the next write
        made.writer()(last + 1)
    allowed = {f"{made.file.name}{end}" for end in ("", "-wal", "-shm")}
    litter = sorted(one.name for one in folder.iterdir() if one.name not in allowed)
    return {"kind": kind, "kills": kills, "writes": writes, "torn": torn, "lost": lost, "litter": litter,
            "first fault": first_fault}  # fmt: skip


def main() -> int:
    """Print what comes of it, and return 1 where something is wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=list(KINDS))
    parser.add_argument("--kills", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        write_whole(Path(folder) / "warm", "")  # whatever is imported or remembered at first
        (Path(folder) / "warm").unlink()
        found = killed(given.kind, given.kills, given.seed, Path(folder))
    print(json.dumps(found))
    return 1 if found["torn"] or found["lost"] or found["litter"] else 0


if __name__ == "__main__":
    sys.exit(main())
