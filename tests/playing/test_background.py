"""Work in the background of a game: one thing at a time, the most urgent first, and an end to it at any moment."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from game.playing.background import PRESSED, WONDERED, Background, Work

ROOT = Path(__file__).resolve().parents[2]
# A game that is over, with all that can be asked about it asked; the window is shut while it is worked on.
CLOSING = """
import sys
import pygame
from pathlib import Path
from game.level.reader import load_level
from game.screen import program, shell
from game.screen.pages.ending import EndingScene
from game.sim.model import compile_level
frame = shell.Shell.frame
def closing(self, ui, seconds):
    ending = self.stack.find(EndingScene)
    if ending is None:
        model = compile_level(load_level("nail_and_barn"))
        self.start(model, "nail_and_barn", 1, 7, ("over",) * len(model.level.seats))
        while not self.session.over:
            self.session.end_turn()
        self.stack.show(EndingScene(self.session, "nail_and_barn"))
    else:
        looking, proof = ending.shown.hindsight.look_back(0), ending.shown.hindsight.proof()
        if ending.shown.hindsight.luck().steps or looking.steps or proof.steps:
            print("still at work:", not ending.shown.hindsight.luck().done)
            pygame.event.post(pygame.event.Event(pygame.QUIT))
    return frame(self, ui, seconds)
shell.Shell.frame = closing
program.play_window(file=Path(sys.argv[1]))
"""


class Gate:
    """Bits of work that wait until they may go on, so that a test knows what is being done."""

    def __init__(self) -> None:
        self.begun, self.may_go_on = threading.Event(), threading.Event()

    def bits(self, work: Work[int]) -> Iterator[int | None]:
        self.begun.set()
        assert self.may_go_on.wait(30)
        yield 1


@pytest.fixture
def background() -> Iterator[Background]:
    opened = Background()
    yield opened
    assert opened.close(30)


def test_results_become_better_bit_by_bit_and_progress_counts_the_steps(background: Background) -> None:
    seen, go_on = [], threading.Semaphore(0)
    noted = threading.Semaphore(0)

    def bits(work: Work[str]) -> Iterator[str | None]:
        for found in (None, "rough", "fine"):
            seen.append((work.progress, work.result))
            noted.release()
            assert go_on.acquire(timeout=30)
            yield found

    work = background.begin(bits, PRESSED, expected=3)
    for _ in range(3):
        assert noted.acquire(timeout=30) and not work.done
        go_on.release()
    assert work.wait(30) == "fine"
    assert seen == [(0.0, None), (pytest.approx(1 / 3), None), (pytest.approx(2 / 3), "rough")]
    assert work.finished and work.progress == 1.0 and work.error is None and work.trouble == ""


def test_what_was_asked_for_by_a_press_goes_before_what_is_wondered_about(background: Background) -> None:
    order: list[str] = []

    def named(name: str, bits: int):  # type: ignore[no-untyped-def]
        def work(_: Work[int]) -> Iterator[int | None]:
            for _ in range(bits):
                order.append(name)
                yield 1

        return work

    gate = Gate()
    first = background.begin(gate.bits, WONDERED)
    assert gate.begun.wait(30)
    works = [background.begin(named("wondered", 2), WONDERED), background.begin(named("pressed", 2), PRESSED)]
    gate.may_go_on.set()
    for work in (first, *works):
        work.wait(30)
    assert order == ["pressed", "pressed", "wondered", "wondered"]


def test_a_press_comes_between_two_bits_of_what_is_wondered_about(background: Background) -> None:
    begun = threading.Event()

    def wondering(work: Work[int]) -> Iterator[int | None]:
        for number in count():
            begun.set()
            yield number

    for_ever = background.begin(wondering, WONDERED)
    assert begun.wait(30)
    assert background.begin(lambda _: iter(["answer"]), PRESSED).wait(30) == "answer"
    assert not for_ever.done
    for_ever.cancel()


def test_two_pieces_of_work_are_never_done_at_the_same_time(background: Background) -> None:
    within, most = [0], [0]
    lock = threading.Lock()

    def bits(work: Work[int]) -> Iterator[int | None]:
        for _ in range(200):
            with lock:
                within[0] += 1
                most[0] = max(most[0], within[0])
            with lock:
                within[0] -= 1
            yield 1

    works = [background.begin(bits, urgency) for urgency in (PRESSED, WONDERED) * 4]
    for work in works:
        assert work.wait(30) == 1
    assert most == [1]


def test_cancelled_work_ends_with_its_bit_and_lets_go_who_waits(background: Background) -> None:
    work = background.begin(lambda _: iter(lambda: None, 1), WONDERED)
    work.cancel()
    assert work.cancelled and work.done and not work.finished and work.error is None
    assert work.wait(30) is None


def test_work_without_bits_ends_at_its_next_step(background: Background) -> None:
    begun, ended = threading.Event(), threading.Event()

    def one_long_bit(work: Work[int]) -> Iterator[int | None]:
        try:
            while True:
                begun.set()
                work.step()
        finally:
            ended.set()
        yield 1

    work = background.begin(one_long_bit, PRESSED)
    assert begun.wait(30)
    work.cancel()
    assert ended.wait(30)
    assert background.begin(lambda _: iter([2]), PRESSED).wait(30) == 2


def test_an_error_is_kept_told_and_can_be_tried_again(background: Background) -> None:
    faults = [ValueError("no such ground\nand more")]

    def bits(work: Work[int]) -> Iterator[int | None]:
        if faults:
            raise faults.pop()
        yield 3

    work = background.begin(bits, PRESSED)
    assert work.wait(30) is None
    assert isinstance(work.error, ValueError)
    assert work.trouble == "This could not be worked out (ValueError: no such ground)."
    assert background.begin(lambda _: iter([4]), PRESSED).wait(30) == 4, "the others go on"
    work.again()
    assert work.wait(30) == 3 and work.error is None


def test_after_closing_nothing_is_begun(background: Background) -> None:
    gate = Gate()
    running = background.begin(gate.bits, PRESSED)
    assert gate.begun.wait(30)
    assert not background.close(0.0), "a bit is not broken off"
    gate.may_go_on.set()
    assert background.close(30)
    assert running.cancelled
    late = background.begin(lambda _: iter([1]), PRESSED)
    assert late.cancelled and late.wait(30) is None


def test_no_thread_dies_with_the_program() -> None:
    gate, background = Gate(), Background()
    background.begin(gate.bits, PRESSED)
    assert gate.begun.wait(30)
    ours = [thread for thread in threading.enumerate() if thread.name.startswith("background")]
    assert ours and not any(thread.daemon for thread in ours)
    gate.may_go_on.set()
    assert background.close(30)


@pytest.mark.parametrize("times", [1, pytest.param(10, marks=pytest.mark.nightly)])
def test_the_window_closes_cleanly_while_work_goes_on(times: int, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "SDL_VIDEODRIVER": "dummy",
        "SDL_AUDIODRIVER": "dummy",
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    for number in range(times):
        done = subprocess.run(
            [sys.executable, "-c", CLOSING, str(tmp_path / f"{number}.sqlite3")],
            cwd=ROOT, env=environment, capture_output=True, text=True, timeout=100,
        )  # fmt: skip
        assert "still at work: True" in done.stdout
        assert (done.returncode, done.stderr) == (0, "")
