"""`powerdance warm`: compile levels beforehand, so that games of them start at their full speed."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.commands.usage import FINE, add_json

if TYPE_CHECKING:
    from game.sim.model import Model

COMPILED, KNOWN, NUMPY = "compiled", "was there", "NumPy only"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `warm` takes."""
    parser.add_argument(
        "level", nargs="*", metavar="LEVEL", help="ids or files of levels (default: all that are shipped)"
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Compile one level after the other; what is finished is kept, so that it may be stopped and goes on later."""
    from game.level.library import shipped_levels
    from game.run.backends import MISSING, BackendError, cache_folder, has_numba

    if not has_numba():
        raise BackendError(MISSING)
    names = arguments.level or [str(file) for file in shipped_levels()]
    rows = []
    for place, row in enumerate(_warmed(names), 1):
        rows.append(row)
        if not arguments.json:
            print(f"{place}/{len(names)} {row['level']:<24} {row['became']:<10} {row['seconds']:6.1f} s", flush=True)
    seconds, made = sum(row["seconds"] for row in rows), [row for row in rows if row["became"] == COMPILED]
    if arguments.json:
        print(json.dumps({"levels": rows, "seconds": seconds, "folder": str(cache_folder())}, indent=2))
    else:
        print(f"{len(made)} of {len(rows)} compiled in {seconds:.0f} s; kept in {cache_folder()}")
    return FINE


def _warmed(names: list[str]) -> Iterator[dict[str, Any]]:
    """Compile levels; yield of each what became of it, and how much time of the processor that took."""
    from game.level.reader import load_level
    from game.run.backends import is_compiled
    from game.sim.model import compile_level

    for name in names:
        model = compile_level(load_level(name))
        start = _seconds()
        became = KNOWN if is_compiled(model) else _compiled(name, model)
        yield {"level": Path(name).stem, "became": became, "seconds": round(_seconds() - start, 2)}


def _compiled(name: str, model: Model) -> str:
    """Compile a level in a process of its own, which an interrupt can end; return what became of it."""
    from game.run.backends import BackendError, cache_folder, is_compiled
    from game.run.ready import UNSUPPORTED, begin_apart, ended

    status = ended(begin_apart(model))
    if status == UNSUPPORTED:  # a rule that nobody has taught the compiler
        return NUMPY
    if status or not is_compiled(model):
        reason = f"the compiler ended with status {status}" if status else "what was compiled could not be kept"
        raise BackendError(f"{name}: {reason}; look whether {cache_folder()} can be written and has room")
    return COMPILED


def _seconds() -> float:
    """Return the processor time of this process and of those that it has waited for."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system
