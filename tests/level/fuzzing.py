"""Levels and expressions that nobody meant: made by the thousand from the shipped ones,
    and held against all bounds.

`python -m tests.level.fuzzing --inputs 20000 --seed 1` prints what came of
them as JSON; `--minutes` stops sooner.  It runs by itself, so that its memory
is that of the inputs alone.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from game.commands.check import check_files
from game.language.errors import PowerdanceError
from game.language.nodes import WORLD
from game.language.parser import parse
from game.language.scope import FlowView, Scope, StockView
from game.level.library import shipped_levels
from game.level.reader import load_level, parse_level
from game.level.templates import templates
from game.run.batch import play
from game.sim.model import compile_level

LONGEST = 1.0  # seconds of processor time beside what the same level takes as it was shipped
HANGS = 30.0  # after so many seconds of processor time an input is given up
WIDEST = 500  # megabytes of the whole process
SIGNS = [
    *"[]{}:-,#&*!|>'\"%@`?=<>()+/^~\\.\t\r\n\0 é\u00a0\u3000\uff1a\u202e\ufeff\ud800\u2028😀٣ａ\x85\x7f",
    *("1e", "0x", "--", "- - ", "<<: ", "---\n", "...\n", "!!python/", "*a"),
]
NUMBERS = [
    *"0 -0 -1 1 1e15 -1e15 1e16 1e-300 0.1 1/3 999999999999999 .nan .inf -.inf 0x1F 1_000 2001-99-99 1:30".split(),
    *f"128 129 1000000 {'9' * 400} true null ~".split(),
]
NASTY: list[Any] = [
    *(None, True, False, 0, -1, 1, 0.5, 1e15, -1e15, 10**14, [], [[]], {}, {"": ""}, [None], [1] * 200),
    *("", " ", "x", "x" * 2000, "me", "with", "min(grass", "1/0", "9**9**9", "__import__('os')", "../../x"),
    *("//host/share", "CON", "/dev/zero", "$" * 50, "{" * 40, "\u202e", "a\nb", "season > 0", "-" * 300),
    {"a": {"a": {"a": {}}}},
]
WORDS = [
    *"grass herd mood growth season users pact ann me target if and or not min max mean sum near curve abs".split(),
    *"floor clamp import lambda __class__ is in 1 0 1e9 2.5 True 'x' ( ) [ ] , + - * / // % ** < <= == !=".split(),
    *"> := = . : @ ^ ~ { } f'{1}' ... # \\ é".split(),
    "\n",
]
SCOPE = Scope(
    {"grass": StockView("tile", 0, 1), "herd": StockView("community", 0, 60), "mood": StockView("community", -1, 1)},
    {"growth": (0.3, 0.6)},
    {"grazing": FlowView(WORLD)},
    ("ann", "bob"),
    WORLD,
    specials={"season": WORLD},
    agreements=("pact",),
    place="a test",
)


class Hang(BaseException):
    """An input took far too long."""


def _letters(text: str, luck: random.Random) -> str:
    """A few letters changed, put in or taken out."""
    for _ in range(luck.choice((1, 1, 2, 5))):
        spot = luck.randrange(len(text) + 1)
        text = text[:spot] + luck.choice(SIGNS) * luck.choice((1, 1, 1, 3, 40)) + text[spot + luck.choice((0, 1, 3)) :]
    return text


def _lines(text: str, luck: random.Random) -> str:
    """Lines doubled, exchanged, indented otherwise, taken out, or cut off there."""
    lines = text.split("\n")
    for _ in range(luck.choice((1, 1, 3))):
        one, two = luck.randrange(len(lines)), luck.randrange(len(lines))
        kind = luck.randrange(5)
        if kind == 0:
            lines.insert(one, lines[two])
        elif kind == 1:
            lines[one], lines[two] = lines[two], lines[one]
        elif kind == 2:
            lines[one] = " " * luck.randrange(9) + lines[one].lstrip()
        elif kind == 3 and len(lines) > 1:
            del lines[one]
        else:
            lines = lines[: one + 1]
    return "\n".join(lines)


def _words(text: str, luck: random.Random) -> str:
    """A word or number replaced by another of the same text, or by one that is out of bounds."""
    for _ in range(luck.choice((1, 1, 2, 4))):
        parts = text.split(" ")
        one = luck.randrange(len(parts))
        parts[one] = luck.choice((luck.choice(parts), luck.choice(NUMBERS), luck.choice(WORDS)))
        text = " ".join(parts)
    return text


def _places(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    steps = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in steps:
        found += _places(value, (*path, key))
    return found


def _values(text: str, luck: random.Random) -> str:
    """A value of the tree replaced by another of it or by a nasty one, or a key renamed or left out."""
    tree = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    for _ in range(luck.choice((1, 1, 2, 3))):
        places = _places(tree)
        if not places:
            break
        path = luck.choice(places)
        above: Any = tree
        for step in path[:-1]:
            above = above[step]
        other: Any = tree
        for step in luck.choice(places):
            other = other[step]
        kind = luck.randrange(4)
        if kind == 0:
            del above[path[-1]]
        elif kind == 1 and isinstance(above, dict):
            above[luck.choice(("x", luck.choice(WORDS), str(luck.choice(places)[-1])))] = above.pop(path[-1])
        elif kind == 2:
            above[path[-1]] = json.loads(json.dumps(other))
        else:
            above[path[-1]] = luck.choice(NASTY)
    return str(
        yaml.dump(tree, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), allow_unicode=True, sort_keys=False)
    )


def _bytes(text: str, luck: random.Random) -> bytes:
    """Bits turned over, bytes of other encodings, cuts."""
    raw = bytearray(text.encode(luck.choice(("utf-8", "utf-8", "utf-8", "utf-16", "utf-16-le", "cp1252")), "replace"))
    for _ in range(luck.choice((0, 1, 8, 100))):
        raw[luck.randrange(len(raw))] ^= 1 << luck.randrange(8)
    return bytes(raw[: luck.randrange(len(raw) + 1)] if luck.random() < 0.2 else raw)


def _bracketed(text: str, luck: random.Random) -> str:
    """What grows: brackets in brackets, names of names, lists of lists."""
    depth = luck.choice((5, 15, 40, 300, 5000))
    grown = luck.choice((
        "[" * depth + "]" * depth, "{a: " * depth + "1" + "}" * depth, "- " * depth + "x",
        "\n".join(["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, min(depth, 60)))]),
        "(" * depth + "1" + ")" * depth, "-" * depth + "1", "1" + "+1" * depth, "x" * depth, "? " * depth,
        "'" + "''" * depth,
    ))  # fmt: skip
    lines = text.split("\n")
    spot = luck.randrange(len(lines))
    head, colon, _ = lines[spot].partition(": ")
    lines[spot] = f"{head}: {grown}" if colon else grown
    return "\n".join(lines)


def _expression(luck: random.Random) -> str:
    return luck.choice(("", " ")).join(luck.choice(WORDS) for _ in range(luck.choice((1, 3, 6, 12, 60, 400))))


TEXTS: tuple[Callable[[str, random.Random], str], ...] = (_letters, _lines, _words, _values, _bracketed)


class Fuzzing:
    """One run: what was tried, what came of it, what was wrong."""

    def __init__(self, seed: int, folder: Path, own: bool = False) -> None:
        self.luck, self.folder = random.Random(seed), folder
        self.came: Counter[str] = Counter()
        self.faults: list[dict[str, Any]] = []
        self.slowest = 0.0
        files = [*templates().values(), *(() if own else shipped_levels())]
        self.texts = {file: file.read_text(encoding="utf-8") for file in files}
        small = [file for file in files if len(self.texts[file]) < 6000]
        self.files = [*files, *small * 6]  # most of all the small ones: they are quicker to read
        self.usual: dict[tuple[Path, Callable[[Any], str]], float] = {}

    def one(self, expressions: float) -> None:
        """Make one input, and see to it that it is read or refused; `expressions` is the share of these."""
        if self.luck.random() < expressions:
            self._try(_expression(self.luck), self._read_expression, 0.0)
            return
        file = self.luck.choice(self.files)
        if self.luck.random() < 0.15:
            made, read = _bytes(self.texts[file], self.luck), self._read_bytes
            usual = self._usual(file, read, f"# as it is\n{self.texts[file]}".encode())
        else:
            made, read = self.luck.choice(TEXTS)(self.texts[file], self.luck), self._read_text
            usual = self._usual(file, read, self.texts[file])
        self._try(made, read, usual)

    def _usual(self, file: Path, read: Callable[[Any], str], made: Any) -> float:
        """Return how long the same takes with the level as it was shipped."""
        if (file, read) not in self.usual:
            self.usual[file, read] = self._seconds(lambda: read(made))[0]
        return self.usual[file, read]

    def _read_expression(self, text: str) -> str:
        parse(text, SCOPE)
        return "expression read"

    def _read_text(self, text: str) -> str:
        model = compile_level(parse_level(text))
        play(model, "with", [1], seasons=1, backend="numpy")
        return "level read and played"

    def _read_bytes(self, raw: bytes) -> str:
        file = self.folder / "fuzzed.yaml"
        file.write_bytes(raw)
        load_level(file)
        check_files([str(file)])
        return "level read and checked"

    def _try(self, made: Any, read: Callable[[Any], str], usual: float) -> None:
        try:
            seconds, came = self._seconds(lambda: read(made))
        except PowerdanceError as error:
            seconds, came = self.spent, f"refused: {type(error).__name__}"
            if not str(error).strip():
                self._fault("refused without a word", made)
        except Hang:
            seconds, came = HANGS, "hangs"
            self._fault("hangs", made)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            seconds, came = self.spent, "fault"
            self._fault(f"{type(error).__name__}: {str(error)[:200]}", made)
        self.came[came] += 1
        self.slowest = max(self.slowest, seconds - usual)
        if seconds > LONGEST + 2 * usual and came != "hangs":
            self._fault(f"{seconds:.2f} s of processor time, {usual:.2f} as shipped", made)

    def _seconds(self, work: Callable[[], Any]) -> tuple[float, Any]:
        start = time.process_time()
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGPROF, _hangs)
            signal.setitimer(signal.ITIMER_PROF, HANGS)
        try:
            return_value = work()
        finally:
            if hasattr(signal, "setitimer"):
                signal.setitimer(signal.ITIMER_PROF, 0)
            self.spent = time.process_time() - start
        return self.spent, return_value

    def _fault(self, what: str, made: Any) -> None:
        self.faults.append({"what": what, "input": repr(made)})


def _hangs(number: int, frame: Any) -> None:
    raise Hang


def megabytes() -> float:
    """The most memory this process has held; where the system tells, without what its parent held when it was born."""
    import resource

    status = Path("/proc/self/status")
    if status.exists():
        peak = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
        return int(peak.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


def main(words: list[str] | None = None) -> int:
    """Try so many inputs; print what came of them, and return 1 where something was wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--expressions", type=float, default=0.5, help="the share of expressions among them")
    parser.add_argument("--minutes", type=float, default=1e9, help="of processor time; an interrupt ends it sooner")
    parser.add_argument(
        "--templates", action="store_true", help="leave levels of the campaign out, which are slow to read"
    )
    given = parser.parse_args(words)
    warnings.simplefilter("error")
    with TemporaryDirectory() as folder, suppress(KeyboardInterrupt):
        run, tried = Fuzzing(given.seed, Path(folder), given.templates), 0
        while tried < given.inputs and time.process_time() < 60 * given.minutes:
            run.one(given.expressions)
            tried += 1
            if megabytes() > WIDEST:
                run.faults.append({"what": f"{megabytes():.0f} MB", "input": f"number {tried}"})
                break
    print(json.dumps({
        "inputs": tried, "seed": given.seed, "seconds": round(time.process_time(), 1),
        "slowest": round(run.slowest, 2),
        "megabytes": round(megabytes()), "came": dict(run.came.most_common()), "faults": run.faults[:50],
        "faults in all": len(run.faults),
    }, indent=1))  # fmt: skip
    return 1 if run.faults else 0


if __name__ == "__main__":
    sys.exit(main())
