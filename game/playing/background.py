"""Work in the background of a game, on one thread of its own.

Looking ahead and looking back take many games; a screen goes on meanwhile.
All of it that belongs to one game is done by one thread, a bit at a time, so
two pieces of work never meet, and what was asked for by a press goes before
what is only wondered about.  A piece of work knows how far it is, what it has
found so far and what went wrong; it is given up between two bits.

Each piece is an iterator of better and better results (None: nothing yet).
What it reads of a game must be taken from it before it begins: the game goes
on meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from threading import Lock
from typing import Any, Generic, TypeVar

from game.sim.actions import Actions
from game.sim.model import Model
from game.sim.step import quickest
from game.sim.world import World
from game.telling.say import say

PRESSED, POINTED, WONDERED = range(3)  # how urgent: asked for by a press, pointed at, wondered about
PATIENCE = 5.0  # seconds that closing waits for a bit to end
T = TypeVar("T")


class Work(Generic[T]):
    """One piece of work: `result` is what it has found so far, `steps` how many it has taken of `expected` ones.

    `expected` is 0 where nobody can tell.  `Background.begin` makes it.
    """

    def __init__(
        self, background: Background, bits: Callable[[Work[T]], Iterator[T | None]], urgency: int, expected: int
    ) -> None:
        self.urgency, self.expected = urgency, expected
        self.result: T | None = None
        self.steps = 0
        self._background, self._begin = background, bits
        self._bits: Iterator[T | None] | None = None
        self._over: Future[None] = Future()
        self._context = copy_context()  # what is said on the other thread is said in the same words
        self._given_up = False  # whether those who wait have been told that it was cancelled

    @property
    def progress(self) -> float:
        """How far it is, 0 to 1; 0 until it is done where nobody can tell."""
        if self.finished:
            return 1.0
        return min(1.0, self.steps / self.expected) if self.expected else 0.0

    @property
    def done(self) -> bool:
        """Whether nothing more will come of it: it is finished, given up, or something went wrong."""
        return self._over.done()

    @property
    def finished(self) -> bool:
        """Whether it has come to its end, and `result` is the whole of it."""
        return self.done and not self.cancelled and self.error is None

    @property
    def cancelled(self) -> bool:
        """Whether it was given up."""
        return self._over.cancelled()

    @property
    def error(self) -> BaseException | None:
        """What went wrong; None where nothing has."""
        return self._over.exception() if self.done and not self.cancelled else None

    @property
    def trouble(self) -> str:
        """What went wrong, in a sentence for players; nothing where nothing has."""
        error = self.error
        if error is None:
            return ""
        reason = next(iter(str(error).splitlines()), "")
        kind = type(error).__name__
        return say("word.trouble", what=f"{kind}: {reason}" if reason else kind)

    def cancel(self) -> None:
        """Give it up; what is being done for it ends with the present bit."""
        self._over.cancel()

    def again(self) -> None:
        """Try once more from the beginning, where something went wrong."""
        if self.error is not None:
            self.result, self.steps, self._bits, self._over = None, 0, None, Future()
            self._background.resume(self)

    def wait(self, seconds: float | None = None) -> T | None:
        """Return what it has found when it is done, or after so many seconds."""
        wait([self._over], seconds)
        return self.result

    def step(self) -> None:
        """Count a step.  Raises CancelledError where nobody waits for the work any more."""
        if self.cancelled:
            raise CancelledError
        self.steps += 1

    def ticks(self, model: Model, world: World, actions: Actions) -> None:
        """Let the ticks of a season pass, the quickest way at hand, and count it as a step."""
        self.step()
        quickest(model)(model, world, actions)

    def go_on(self) -> None:
        """Do the next bit, on the thread of the background."""
        try:
            if self._bits is None:
                self._bits = self._begin(self)
            found = self._context.run(next, self._bits)
            self.step()
            if found is not None:
                self.result = found
        except StopIteration:
            self._end(None)
        except CancelledError:
            self._end(None if self.cancelled else CancelledError())
        except Exception as error:
            self._end(error)

    def _end(self, error: Exception | None) -> None:
        self._bits = None
        if self._given_up or not self._over.set_running_or_notify_cancel():
            self._given_up = True
        elif error is None:
            self._over.set_result(None)
        else:
            self._over.set_exception(error)

    def give_up(self) -> None:
        """Let whoever waits for work that was cancelled go on."""
        if self.cancelled and not self._given_up:
            self._end(None)


class Background:
    """The work that goes on beside one game."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._works: list[Work[Any]] = []  # not done yet, in the order in which they were asked for
        self._pool: ThreadPoolExecutor | None = None  # made when there is something to do
        self._working: Future[None] | None = None
        self._closed = False

    def begin(self, bits: Callable[[Work[T]], Iterator[T | None]], urgency: int, expected: int = 0) -> Work[T]:
        """Begin a piece of work, or put it behind what is at least as urgent.

        `bits` makes its iterator, on the thread of the background; it is given
        the work, whose `step` or `ticks` it may call within a long bit.
        """
        work = Work(self, bits, urgency, expected)
        self.resume(work)
        return work

    def resume(self, work: Work[Any]) -> None:
        """Take a piece of work up (again); give it up at once where the background is closed."""
        with self._lock:
            if self._closed:
                work.cancel()
                work.give_up()
                return
            if work not in self._works:
                self._works.append(work)
            if self._working is None:
                self._pool = self._pool or ThreadPoolExecutor(1, "background")
                self._working = self._pool.submit(self._work)

    def cancel(self) -> None:
        """Give up everything."""
        with self._lock:
            for work in self._works:
                work.cancel()

    def close(self, seconds: float = PATIENCE) -> bool:
        """Give up everything for good; return whether the thread has come to rest within so many seconds."""
        with self._lock:
            self._closed = True
            working, pool = self._working, self._pool
        self.cancel()
        if pool is not None:
            pool.shutdown(wait=False)
        return working is None or working in wait([working], seconds).done

    def _work(self) -> None:
        while (work := self._most_urgent()) is not None:
            work.go_on()

    def _most_urgent(self) -> Work[Any] | None:
        with self._lock:
            for work in self._works:
                work.give_up()
            self._works = [work for work in self._works if not work.done]
            if not self._works:
                self._working = None
                return None
            return min(self._works, key=lambda work: work.urgency)
