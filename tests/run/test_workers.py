"""Several processes share the seeds: the same bits as one, and nothing lost when one of them dies."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

import game
from game.cli import main
from game.run.claims import check_claims
from game.run.workers import dealt_out, in_processes, play_with_workers

SEEDS = range(30, 51)
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("workers", [2, pytest.param(7, marks=pytest.mark.nightly)])
def test_any_number_of_workers_gives_the_bits_of_one(workers: int) -> None:
    level = game.load_level("the_shared_pasture")
    alone = game.play(game.compile_level(level), "with", SEEDS, seasons=3, keep_history=True)
    shared = play_with_workers(level, "with", SEEDS, workers, seasons=3, keep_history=True)
    assert shared.digests == alone.digests and shared.seeds == alone.seeds
    assert [table.keys() for table in shared.history] == [table.keys() for table in alone.history]
    for one, other in zip((*alone.history, alone.final), (*shared.history, shared.final), strict=True):
        assert all(one[name].tobytes() == other[name].tobytes() for name in one)


def test_claims_are_judged_alike_by_one_worker_and_by_two() -> None:
    level = game.load_level("empty_pasture")
    assert check_claims(level, range(12), workers=2) == check_claims(level, range(12))


def test_every_seed_is_dealt_out_once_and_every_worker_has_some() -> None:
    model = game.compile_level(game.load_level("the_shared_pasture"))
    for count, workers in ((1, 3), (7, 2), (128, 2), (1000, 7)):
        blocks = dealt_out(model, range(count), workers)
        assert [seed for block in blocks for seed in block] == list(range(count))
        assert len(blocks) >= min(count, workers)


def test_workers_have_as_much_to_do_and_no_batch_lies_on_a_few_places_of_the_cache() -> None:
    model = game.compile_level(game.load_level("the_shared_pasture"))
    for count, workers in ((3072, 2), (2048, 2), (5000, 3), (1024, 1)):
        sizes = [len(block) for block in dealt_out(model, range(count), workers)]
        assert all(size < 256 or size % 16 == 8 for size in sizes[:-1])
        shares = [sum(sizes[worker::workers]) for worker in range(workers)]
        assert max(shares) <= 1.06 * count / workers


def dies_the_first_time(item: tuple[str, int]) -> int:
    """Kill this process, unless another has left a mark that it did so before."""
    mark = Path(item[0])
    if item[1] == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return item[1] * 2


def always_dies(item: int) -> int:
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return item


def test_what_a_killed_worker_held_is_done_again(tmp_path: Path) -> None:
    items, told = [(str(tmp_path / "mark"), number) for number in range(6)], []
    assert in_processes(dies_the_first_time, items, 2, told.append) == [0, 2, 4, 6, 8, 10]
    assert sorted(told) == sorted(items)


def test_workers_that_die_again_and_again_end_in_plain_words() -> None:
    with pytest.raises(RuntimeError, match="died 3 times"):
        in_processes(always_dies, [1, 2], 2)


def test_simulate_prints_the_same_with_two_workers(capsys: pytest.CaptureFixture[str]) -> None:
    common = ["simulate", "the_shared_pasture", "--policy", "over", "--runs", "6", "--seasons", "2", "--json"]
    printed = []
    for more in ([], ["--workers", "2"]):
        assert main([*common, *more]) == 0
        printed.append(json.loads(capsys.readouterr().out))
    assert printed[0] == printed[1]


def quick_or_long(file: Path) -> None:
    if file.name == "long":
        time.sleep(20.0)
        file.write_text("done")


def test_whoever_stops_the_work_does_not_wait_for_what_is_still_at_it(tmp_path: Path) -> None:
    def stop(file: Path, answer: None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        in_processes(quick_or_long, [tmp_path / "long", tmp_path / "quick"], 2, each=stop)
    for _ in range(1000):  # a process that another thread has seen end is told of only a moment later
        if not multiprocessing.active_children():
            break
        time.sleep(0.01)
    assert not multiprocessing.active_children()
    assert not (tmp_path / "long").exists()


def children_of(process: int) -> set[int]:
    """Return the processes that a process has begun, and theirs."""
    found: set[int] = set()
    for one in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            parent = int((one / "stat").read_text().rsplit(")", 1)[1].split()[1])
            if parent == process:
                found |= {int(one.name), *children_of(int(one.name))}
    return found


def processor_time(process: int) -> float:
    """Return the seconds of processor time that a process has taken."""
    try:
        parts = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


# With compiled code workers would be threads, which end with their process.
SIMULATE = "simulate nail_and_barn --policy with --runs 100000 --workers 2 --backend numpy"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes under /proc")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
@pytest.mark.parametrize(
    ("command", "count"), [(SIMULATE, 2), ("warm the_shared_pasture", 1)], ids=["games", "compiler"]
)
def test_however_a_command_ends_its_workers_end_with_it_and_one_line_tells_it(
    command: str, count: int, name: str, tmp_path: Path
) -> None:
    if command.startswith("warm"):
        pytest.importorskip("numba", reason="there is nothing to compile with")
    # Whoever is himself begun in the background ignores Ctrl-C, and so would the command.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        ended = subprocess.Popen(
            [sys.executable, "-m", "game", *command.split()], stderr=subprocess.PIPE, cwd=ROOT, text=True,
            env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)},
        )  # fmt: skip
    finally:
        signal.signal(signal.SIGINT, before)
    # Whoever is killed cannot see to it that the worker it is just starting gets its orders: so both have begun.
    begun = 0.3 if name == "SIGKILL" else 0.0
    workers: set[int] = set()
    while sum(processor_time(one) >= begun for one in workers) < count:
        time.sleep(0.02)
        workers = children_of(ended.pid)
    ended.send_signal(getattr(signal, name))
    told = ended.communicate()[1]
    while any(is_alive(one) for one in workers):  # for ever, where one of them stays: then the test is given up
        time.sleep(0.02)
    assert ended.returncode == (-signal.SIGKILL if name == "SIGKILL" else 130)
    assert "Traceback" not in told and (name == "SIGKILL" or told.rstrip().endswith("stopped"))


def stopped_at(monkeypatch: pytest.MonkeyPatch, began: list[object]) -> None:
    """Send SIGTERM to this process while it starts its first worker, before the worker is told what to do."""
    start = multiprocessing.process.BaseProcess.start

    def start_and_stop(process: multiprocessing.process.BaseProcess) -> None:
        signal.raise_signal(signal.SIGTERM)
        start(process)
        began.append(process)

    monkeypatch.setattr(multiprocessing.process.BaseProcess, "start", start_and_stop)


def is_gone(process: object) -> bool:
    """Whether a process has ended; for a moment one that another thread has waited for still counts as alive."""
    for _ in range(1000):
        if not process.is_alive():  # type: ignore[attr-defined]
            return True
        time.sleep(0.01)
    return False


def test_a_signal_waits_until_a_worker_has_begun_and_then_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ends(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    began: list[object] = []
    stopped_at(monkeypatch, began)
    before = signal.signal(signal.SIGTERM, ends)
    try:
        with pytest.raises(KeyboardInterrupt):
            in_processes(quick_or_long, [tmp_path / "long", tmp_path / "long"], 2)
        assert signal.getsignal(signal.SIGTERM) is ends
    finally:
        signal.signal(signal.SIGTERM, before)
    assert began and all(is_gone(process) for process in began)


@pytest.mark.skipif(sys.platform != "linux", reason="only there the system ends children with their parent")
def test_a_process_that_hears_of_nothing_ends_with_whoever_began_it() -> None:
    """As a compiler does, a search holds the interpreter for hours: no thread of that process gets a turn."""
    deaf = "import os, re, sys; from game.run.deaf_children import end_with_whoever_began_it as end; end()\n"
    deaf += "print(os.getpid(), flush=True); re.match('(a+)+$', 'a' * 60 + 'b')"
    begins = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {deaf!r}]); time.sleep(600)"
    parent = subprocess.Popen([sys.executable, "-c", begins], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    while Path(f"/proc/{child}").exists():  # for ever, where it stays: then the test is given up
        time.sleep(0.01)
