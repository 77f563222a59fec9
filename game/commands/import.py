"""`powerdance import`: a model of another program as a level."""  # noqa: N999 - commands are called as their files are

from __future__ import annotations

import argparse
from pathlib import Path

from game.commands.usage import DOES_NOT_HOLD, FINE, UsageError
from game.level.importing import import_model
from game.level.whole_files import write_whole


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `import` takes."""
    parser.add_argument("model", metavar="MODEL", help="a model file: .xmile, .stmx, .xml or .mdl")
    parser.add_argument("-o", "--out", metavar="LEVEL", help="the file to write (default: MODEL.yaml)")


def run(arguments: argparse.Namespace) -> int:
    """Write the level, and list what of the model is not in it; 1 where something is not."""
    source = Path(arguments.model)
    out = Path(arguments.out) if arguments.out else source.with_suffix(".yaml")
    if out.suffix not in (".yaml", ".yml"):
        raise UsageError(f'"{out.name}" should end in .yaml')
    if not out.parent.is_dir():
        raise UsageError(f'the folder "{out.parent}" does not exist')
    taken = UsageError(f'there is a file "{out}" already: name another with -o')
    if out.exists():
        raise taken
    found = import_model(source)
    try:
        write_whole(out, found.text, over=False)
    except FileExistsError:  # meanwhile
        raise taken from None
    print(f"wrote {out}")
    for line in found.lacking:
        print(f"not carried over: {line}")
    return DOES_NOT_HOLD if found.lacking else FINE
