"""Whoever stops a command has it stopped: within two seconds, in one line, and no process stays.

In full, 40 moments of each command: `pytest -m nightly tests/cli/test_stopping.py`; it prints what it found with `-s`.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from game.cli import main

ROOT = Path(__file__).resolve().parents[2]
MOMENTS = 40
WITHIN = 2.0  # seconds
POLICY = "--policy with --runs 400000"
# Each with the seconds of processor time that it and its workers may have taken when the signal comes.
COMMANDS = {
    "simulate": (f"simulate the_shared_pasture {POLICY} --backend numpy", 4.0),
    "simulate-2": (f"simulate the_shared_pasture {POLICY} --backend numpy --workers 2", 4.0),
    "simulate-compiling": (f"simulate the_shared_pasture {POLICY} --backend compiled", 12.0),
    "simulate-compiling-2": (f"simulate the_shared_pasture {POLICY} --backend compiled --workers 2", 12.0),
    "simulate-compiled": (f"simulate nail_and_barn {POLICY} --backend compiled", 5.0),
    "simulate-compiled-2": (f"simulate nail_and_barn {POLICY} --backend compiled --workers 2", 5.0),
    "balance": ("balance the_shared_pasture --runs 5000 --fresh --backend numpy --resume {folder}/kept.sqlite", 5.0),
    "balance-2": (
        "balance the_shared_pasture --runs 5000 --fresh --workers 2 --backend numpy --resume {folder}/kept.sqlite", 5.0
    ),
    "explain": ("balance --explain the_shared_pasture --fresh --backend numpy --resume {folder}/kept.sqlite", 6.0),
    "warm": ("warm", 8.0),
    "bench": ("bench", 8.0),
    "watch": ("watch {root}/levels/campaign/the_shared_pasture.yaml --games 2000", 5.0),
    "check": ("check {root}/levels", 6.0),
    "ripples": ("ripples {replay}", 1.5),
    "causes": ("causes {replay} grass", 1.5),
    "proof": ("proof {replay}", 2.0),
    "replay": ("replay {replay} --verify", 1.0),
    "debrief": ("debrief {replay} --out {folder}/page.html", 1.5),
    "terminal": ("play the_shared_pasture --terminal", 2.0),
    "window": ("play the_shared_pasture", 4.0),
}  # fmt: skip
needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes under /proc")


def stat(process: int) -> list[str]:
    """What the system says of a process, from its state on; nothing where there is none."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []


def seconds_of(process: int) -> float:
    found = stat(process)
    return (int(found[11]) + int(found[12])) / os.sysconf("SC_CLK_TCK") if found else 0.0


def of_session(leader: int) -> list[int]:
    """All processes that a command has begun, whoever is their parent by now."""
    numbers = [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()]
    return [one for one in numbers if (found := stat(one)) and found[3] == str(leader) and found[0] != "Z"]


@pytest.fixture(scope="module")
def replay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("kept") / "kept.json"
    assert main(["simulate", "the_shared_pasture", "--policy", "over", "--runs", "1", "--replay", str(file)]) == 0
    return file


class Stopped:
    """A command that was stopped at some moment."""

    def __init__(self, words: list[str], moment: float, number: int, to_all: bool, folder: Path) -> None:
        around = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache"), "XDG_DATA_HOME": str(folder / "data"),
                  "XDG_CONFIG_HOME": str(folder / "config"),
                  "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}  # fmt: skip
        # Whoever is himself begun in the background ignores Ctrl-C, and so would the command.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            process = subprocess.Popen(
                [sys.executable, "-m", "game", *words], cwd=ROOT, env=around, start_new_session=True, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            )  # fmt: skip
        finally:
            signal.signal(signal.SIGINT, before)
        while process.poll() is None and sum(map(seconds_of, of_session(process.pid))) < moment:
            time.sleep(0.01)
        self.by_itself = process.poll() is not None
        start = time.monotonic()
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number) if to_all else process.send_signal(number)
        self.told = process.communicate()[1]
        while of_session(process.pid):  # for ever, where one of them stays: then the test is given up
            time.sleep(0.01)
        self.took = time.monotonic() - start
        self.status = process.returncode

    @property
    def faults(self) -> list[str]:
        """What is wrong with how it ended, but for the time it took."""
        if self.by_itself and self.status == 0:
            return []
        found = [] if self.status == 130 else [f"status {self.status}"]
        lines = [line for line in self.told.splitlines() if line.strip() and not line.startswith("this takes at least")]
        return found + ([] if lines == ["stopped"] else [f"it said {self.told[-500:]!r}"])


def words_of(name: str, folder: Path, replay: Path) -> list[str]:
    return [word.format(folder=folder, root=ROOT, replay=replay) for word in COMMANDS[name][0].split()]


@needs_proc
@pytest.mark.nightly
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", list(COMMANDS))
def test_at_any_moment_a_command_ends_soon_in_one_line_and_leaves_no_process(
    name: str, tmp_path: Path, replay: Path
) -> None:
    if "compil" in name or name == "warm":
        pytest.importorskip("numba", reason="there is nothing to compile with")
    luck, wrong, took, early = random.Random(name), [], [], 0
    for moment in range(MOMENTS):
        # From the moment on at which a signal is ours to hear; before that it is Python's.
        at = 0.12 + (COMMANDS[name][1] - 0.12) * (moment / (MOMENTS - 1)) ** 2
        number, to_all = (signal.SIGINT, signal.SIGTERM)[moment % 2], luck.random() < 0.5
        folder = tmp_path / ("shared" if name.startswith("simulate-compiled") else str(moment))
        folder.mkdir(exist_ok=True)
        ended = Stopped(words_of(name, folder, replay), at, number, to_all and number == signal.SIGINT, folder)
        early += ended.by_itself
        if not ended.by_itself:
            took.append(ended.took)
        faults = ended.faults + ([f"it took {ended.took:.2f} s"] if ended.took > WITHIN else [])
        wrong += [f"{number.name} after {at:.2f} s: {fault}" for fault in faults]
    print(f"{name}: {len(took)} stopped, at the longest after {max(took):.2f} s; {early} were done before")
    assert not wrong, "\n".join(wrong)
    assert len(took) > MOMENTS / 2


@needs_proc
@pytest.mark.parametrize(("name", "moment"), [("simulate-2", 0.4), ("ripples", 0.2)])
def test_a_command_that_is_stopped_says_one_line_and_leaves_no_process(
    name: str, moment: float, tmp_path: Path, replay: Path
) -> None:
    ended = Stopped(words_of(name, tmp_path, replay), moment, signal.SIGINT, True, tmp_path)
    assert not ended.by_itself and ended.faults == []


@needs_proc
@pytest.mark.nightly
def test_a_compiler_at_work_loses_no_interrupt(tmp_path: Path) -> None:
    pytest.importorskip("numba", reason="there is nothing to compile with")
    ended = Stopped(words_of("simulate-compiling", tmp_path, tmp_path), 3.0, signal.SIGINT, False, tmp_path)
    assert not ended.by_itself and ended.faults == []


SLEEPS = "(print('begun', flush=True), time.sleep(600))"
DEAF = {
    "caught": f"while True:\n try: {SLEEPS}\n except KeyboardInterrupt: pass",
    "a thread": f"threading.Thread(target=time.sleep, args=(600,)).start()\n{SLEEPS}",
    "a callback": f"import ctypes\nctypes.CFUNCTYPE(None)(lambda: {SLEEPS})()\ntime.sleep(600)",
    "a finaliser": f"class Late:\n def __del__(self): {SLEEPS}\nLate()\ntime.sleep(600)",
}


@needs_proc
@pytest.mark.parametrize("name", list(DEAF))
def test_what_does_not_hear_an_interrupt_is_ended(name: str) -> None:
    text = f"import threading, time\nfrom game.commands.stopping import PROGRAM\nPROGRAM.begin()\n{DEAF[name]}"
    process = subprocess.Popen([sys.executable, "-c", text], cwd=ROOT, text=True, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)  # fmt: skip
    assert process.stdout is not None and process.stdout.readline() == "begun\n"
    process.send_signal(signal.SIGTERM)
    told = process.communicate()[1]
    assert process.returncode == 130
    assert [line for line in told.splitlines() if line.strip()][-1] == "stopped"


@needs_proc
def test_nothing_is_said_of_a_warning_by_whoever_caught_the_interrupt() -> None:
    text = f"""
import threading, time, warnings
from game.commands.stopping import PROGRAM
PROGRAM.begin()
try:
    {SLEEPS}
except BaseException:
    warnings.warn("something was broken off")
time.sleep(600)
"""
    process = subprocess.Popen([sys.executable, "-c", text], cwd=ROOT, text=True, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)  # fmt: skip
    assert process.stdout is not None and process.stdout.readline() == "begun\n"
    process.send_signal(signal.SIGTERM)
    told = process.communicate()[1]
    assert process.returncode == 130 and told.split() == ["stopped"]


@needs_proc
def test_nothing_is_said_of_what_falls_over_in_threads_and_finalisers_while_the_program_is_stopped() -> None:
    text = """
import threading, time
from game.commands.stopping import PROGRAM
PROGRAM.begin()
def fall(): raise OSError(9, "Bad file descriptor")
class Falls:
    __del__ = lambda self: fall()
def begin(): thread = threading.Thread(target=fall); thread.start(); thread.join(); Falls()
begin()
try: print("begun", flush=True), time.sleep(600)
except KeyboardInterrupt: begin(), PROGRAM.tell()
"""
    process = subprocess.Popen([sys.executable, "-c", text], cwd=ROOT, text=True, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)  # fmt: skip
    assert process.stdout is not None and process.stdout.readline() == "begun\n"
    process.send_signal(signal.SIGTERM)
    told = process.communicate()[1]
    assert told.count("Bad file descriptor\n") == 2 and told.endswith("descriptor\n\nstopped\n"), told


def test_a_program_says_only_once_that_it_was_stopped(capsys: pytest.CaptureFixture[str]) -> None:
    from game.commands.stopping import Stopping

    program = Stopping()
    program.begun = True
    program.tell()
    program.tell()
    assert capsys.readouterr().err.split() == ["stopped"]
